/*
 * directive_fold - where a directive stands at one addressee.
 *
 * The drawing is at the head of directive_fold.c, the moves are
 * directive_core's.  Folding what is known of the two offices' steps gives
 * the status, and the dates that hold; a step that another office has not
 * heard of yet is missing here, and everybody who has the same steps comes
 * to the same, whatever order they came in.
 *
 * Pure; any thread.
 */
#ifndef LAW_MOVES_DIRECTIVE_FOLD_H
#define LAW_MOVES_DIRECTIVE_FOLD_H

#include "contract/record.h"
#include "law/moves/directive_core.h"

enum {
	/* Of one addressee's, in one stream; what comes behind them does not
	 * count, and is the same for everybody. */
	DIRECTIVE_STEPS_MAX = 512,
};

/*
 * One step as it was recorded: what, and at which place.  An issuer says each
 * of its steps twice, in the stream for everybody above and in that for the
 * addressee; numbers of different streams are not to be compared.
 */
struct directive_taken {
	enum directive_code step;
	char audience[OFFICE_CODE_MAX + 1]; /* of its stream; "": all above */
	uint32_t incarnation;
	uint64_t sequence;
	int64_t due_ms; /* that it brings; 0: none */
};

struct directive_stand {
	enum directive_code status;
	int64_t due_ms; /* the issuer's last word; 0: what the directive says */
	int64_t asked_ms; /* the addressee's last request; 0: none */
};

/*
 * Puts `steps` into an order of its own and folds them; steps that are no
 * move of a directive do not count.  `is_draft`: of the directive itself
 * nothing is known but its issuer's own copy.
 */
void directive_fold(struct directive_taken *steps, size_t count, bool is_draft,
    struct directive_stand *out);

#endif
