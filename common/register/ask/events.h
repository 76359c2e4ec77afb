/*
 * events - what a row of the journal tells of, for those who do something
 * once because of it.
 *
 * A record tells of one thing at most.  What that is follows from its bytes
 * alone, and is the same however it came: by itself, carried over from a
 * branch that was put aside, or forwarded by the office above.  Whether it
 * counts does not: the register may have set it apart, may have had it before,
 * or it may be meant for another office.  So the rest is asked of the register,
 * ask_event in register/ask/reactor.h, at the time when somebody acts on it.
 */
#ifndef REGISTER_ASK_EVENTS_H
#define REGISTER_ASK_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/limits.h"

enum event_kind {
	EVENT_NONE, /* nothing that anybody acts on, or unreadable */
	EVENT_ARRIVAL,
	EVENT_MOVE,
	EVENT_LINK, /* any word about two items */
	EVENT_ESCALATION,
	EVENT_DIRECTIVE,
	EVENT_STEP,   /* of one addressee of a directive, or of a notice */
	EVENT_OFFICE, /* it came into the tree, or what was said of it came */
	EVENT_KINDS,
};

/* What does not belong to its kind is "". */
struct event {
	uint64_t position;
	enum event_kind kind;
	char origin[OFFICE_CODE_MAX + 1]; /* who says it */
	char item[ITEM_NUMBER_MAX + 1];
	/* Of a move the other item; of a link or a directive the matter. */
	char other[ITEM_NUMBER_MAX + 1];
	/* Whom an escalation notifies; the addressee; the office itself. */
	char office[OFFICE_CODE_MAX + 1];
	char id[DIRECTIVE_ID_MAX + 1]; /* of the directive or the notice */
	char code[CODE_MAX + 1];       /* the move, the verdict, the status */
	bool is_received; /* it came from elsewhere, later than it was made */
};

/*
 * What the row tells of: `kind` (enum record_kind) and `bytes` are the row's.
 * Unpacks records: what they last gave in this thread is gone (wire.h).
 */
enum event_kind event_kind_of(uint32_t kind, struct span bytes);

#endif
