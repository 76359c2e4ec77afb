/*
 * directive_core - the life of a directive at one addressee.
 *
 * The drawing and the table of moves are at the head of directive_core.c;
 * docs/directives.md repeats them and a test compares the two.
 *
 * Two offices move a directive: the addressee (sign, work, ask for more time,
 * answer) and the issuer (grant, refuse, return, close, cancel, replace, let
 * lapse).  Each judges a move by what it knows, so that an answer and a
 * cancellation may cross; directive_fold.h says where it stands then.
 *
 * Source: R22 Art 22, 40; R05 Art 36 for the answer to a suggestion.
 *
 * Pure; any thread.
 */
#ifndef LAW_MOVES_DIRECTIVE_CORE_H
#define LAW_MOVES_DIRECTIVE_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Codes that SQL repeats. */
#define DIRECTIVE_DRF_CODE "DRF"
#define DIRECTIVE_DLV_CODE "DLV"

/*
 * Where a directive may stand, and the steps that lead there; EXG and EXR are
 * steps only.  The code is what records carry and tables keep.
 */
#define DIRECTIVE_CODE_LIST(X)                                                 \
	X(DIRECTIVE_DRF, DIRECTIVE_DRF_CODE) /* a draft */                     \
	X(DIRECTIVE_SNT, "SNT")              /* sent */                        \
	X(DIRECTIVE_DLV, DIRECTIVE_DLV_CODE) /* delivered */                   \
	X(DIRECTIVE_SGN, "SGN")              /* signed for */                  \
	X(DIRECTIVE_WRK, "WRK")              /* in work */                     \
	X(DIRECTIVE_EXQ, "EXQ")              /* more time asked for */         \
	X(DIRECTIVE_ANS, "ANS")              /* answered */                    \
	X(DIRECTIVE_RTN, "RTN")              /* the answer returned */         \
	X(DIRECTIVE_CLS, "CLS")              /* closed */                      \
	X(DIRECTIVE_CXL, "CXL")              /* cancelled */                   \
	X(DIRECTIVE_SPD, "SPD")              /* superseded */                  \
	X(DIRECTIVE_LPS, "LPS")              /* lapsed */                      \
	X(DIRECTIVE_EXG, "EXG")              /* more time granted */           \
	X(DIRECTIVE_EXR, "EXR")              /* more time refused */

#define X(name, code) name,
enum directive_code { DIRECTIVE_CODE_LIST(X) DIRECTIVE_CODES };
#undef X

enum directive_side { DIRECTIVE_BY_ADDRESSEE, DIRECTIVE_BY_ISSUER };

/* What a move must bring with it. */
enum directive_needs {
	DIRECTIVE_NEEDS_TEXT = 1 << 0,
	DIRECTIVE_NEEDS_DUE = 1 << 1,   /* a date that is still to come */
	DIRECTIVE_NEEDS_OTHER = 1 << 2, /* another directive */
	DIRECTIVE_TAKES_DUE = 1 << 3,   /* may bring a date */
	DIRECTIVE_TAKES_ALL = 1 << 4,   /* no addressee named: all of them */
	DIRECTIVE_IS_ANSWER = 1 << 5,   /* text, done or report; verdict */
};

struct directive_rule {
	enum directive_code step; /* what the record says */
	const char *word;         /* what a person types; "": by itself */
	uint32_t from;            /* BIT of each status it leads from */
	enum directive_code to;   /* where it stands then */
	const char *kind;         /* of the only directives that may; "": all */
	enum directive_side side;
	unsigned needs; /* enum directive_needs */
};

/* "SGN".  Lives for ever. */
const char *directive_code(enum directive_code code);
/* DIRECTIVE_CODES: no code of ours. */
enum directive_code directive_code_of(const char *text);

/* The table; NULL behind the last. */
const struct directive_rule *directive_rule_at(size_t index);

/* The rule by which a directive of this kind goes from `from` by `step`, both
 * as codes; NULL: it may not. */
const struct directive_rule *directive_rule(const char *step, const char *kind,
    const char *from);
/* Any rule of this step, to tell whose it is; NULL: no step at all. */
const struct directive_rule *directive_rule_of(enum directive_code step);
const struct directive_rule *directive_step_rule(const char *step);

/* CLS, CXL, SPD, LPS: nothing follows. */
bool directive_is_over(enum directive_code status);
/* Sent, and no answer stands: its date may be missed. */
bool directive_is_awaited(enum directive_code status);
/* IMP, POL, ACC: answered with FULL, PART or NO. */
bool directive_is_suggestion(const char *kind);

/* One step as a third one knows it. */
struct directive_said {
	enum directive_code step; /* DIRECTIVE_CODES: of a later version */
	enum directive_side side;
	int64_t at_ms; /* when its office recorded it, by its own clock */
};

/*
 * One order for the steps of one addressee's directive.  `steps` holds each
 * office's steps in that office's own order (the two in any order between
 * them); `order` receives indices of `steps`.
 * An answer to something comes behind what it answers, whatever the clocks
 * said; apart from that the recorded times decide.
 */
void directive_order(const struct directive_said *steps, size_t count,
    size_t *order);

#endif
