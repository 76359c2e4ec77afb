/*
 * ask_internal - how a question keeps its statement.
 *
 * One place a question, since a statement answers one asker at a time: it is
 * prepared when it is asked for the first time and kept until the register is
 * closed.  A walk leaves its statement open until it is stopped or over, so
 * that no question may be asked inside its own walk.
 */
#ifndef REGISTER_ASK_INTERNAL_H
#define REGISTER_ASK_INTERNAL_H

#include "mech/db.h"
#include "register/views.h"

enum ask {
	ASK_NUMBER_USED,
	ASK_HAS_ITEM,
	ASK_HELD_BACK,
	ASK_SOURCE,
	ASK_MOVE_MADE,
	ASK_RECUSED,
	ASK_SLIP,
	ASK_ANSWERS,
	ASK_QUARANTINED,
	ASK_URGENT,
	ASK_STANDING,
	ASK_DIRECTIVE,
	ASK_DRAFT,
	ASK_SENT,
	ASK_ADDRESSED,
	ASK_NOTICE_OFFICE,
	ASK_NOTICE_ITEMS,
	ASK_IS_CHILD,
	ASK_CHILDREN,
	ASK_OFFICE_NAME,
	ASK_PUBLISHED_TEXT,
	ASK_IDENTITY_COUNT,
	ASK_IDENTITY_STEP,
	ASK_IDENTITIES,
	ASK_KEY_GONE,
	ASK_KEY_NEEDED,
	ASK_PART,
	ASK_FILE_OFFICES,
	ASK_FILE_PARTS,
	ASK_ARRIVAL,
	ASK_MATTER_OFFICE,
	ASK_LOWER_ITEMS,
	ASK_NOTIFIED,
	ASK_BATCH,
	ASK_ESCALATED,
	ASK_FINDINGS,
	ASK_RULED_OUT,
	ASK_PROPOSED,
	ASK_LINK,
	ASK_ARRIVALS,
	ASK_PIECES,
	ASK_FORWARDED,
	ASK_ACCUSED,
	ASK_MISSING_OWN,
	ASK_MISSING_BELOW,
	ASK_VERSION,
	ASK_COPIES,
	ASK_SAID_ARRIVAL,
	ASK_SAID_MOVE,
	ASK_SAID_LINK,
	ASK_SAID_NOTICE,
	ASK_EVENT_ARRIVAL,
	ASK_EVENT_MOVE,
	ASK_EVENT_LINK,
	ASK_EVENT_ESCALATION,
	ASK_EVENT_DIRECTIVE,
	ASK_EVENT_STEP,
	ASK_EVENT_OFFICE,
	ASK_MENTIONED,
	ASK_MATTER_ITEMS,
	ASK_UNESCALATED,
	ASK_LINKED_ITEMS,
	ASK_DELIVERED,
	ASK_NOTICE_PAGE,
	ASK_OFFICE_PAGE,
	ASK_COUNT
};

/* The statement of a question; `sql` is the same at every call. */
struct stmt *ask_prepared(struct views *v, enum ask question, const char *sql);

#endif
