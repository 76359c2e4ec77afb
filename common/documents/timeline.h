/*
 * timeline - what happened to an item, at every level, as one list in the
 * order of time.
 *
 * One line:
 *	at		when it is claimed to have happened
 *	recorded_at, received_at
 *	office, kind	registered, item, move, link, escalation, notice,
 *			directive, step or identity
 *	what		in words
 *	by		role and user, or ""
 *	late		more than a day before it was recorded
 *	counted		false: a move that led nowhere where it came
 *
 * Pure; any thread.
 */
#ifndef DOCUMENTS_TIMELINE_H
#define DOCUMENTS_TIMELINE_H

#include <jansson.h>

#include "words/catalogue.h"

/*
 * From an item's document (documents/item.h): itself, matter_items, moves,
 * links, escalations, directives, identity_steps.  An array.
 */
json_t *documents_timeline(const json_t *item, enum language language);

#endif
