/*
 * item - all that is known here of one item, but for the identity.
 *
 * An arrival's own members (documents/items.h) with office_name and
 * responsible_name; and, whichever arrival bears the number:
 *	the life (documents/life.h), holder_name, pending_name
 *	matter, initial, matter_items: [{item, office, channel, state, holder,
 *	subject, heads, claimed_at, recorded_at, received_at}]
 *	links: [{item, matter, verdict, reasons, text, office, role, user,
 *	score, claimed_at, recorded_at, received_at}]
 *	clocks (documents/limits.h)
 *	escalations of its matter (documents/escalations.h)
 *	directives about it or its matter (documents/directives.h)
 *	identity_steps (documents/identities.h)
 *	timeline (documents/timeline.h)
 *
 * A name is "" when the register knows none.
 */
#ifndef DOCUMENTS_ITEM_H
#define DOCUMENTS_ITEM_H

#include "documents/reading.h"

/*
 * All arrivals that bear this number, as an array: one, but after a settled
 * fork; none when it has not come here.
 */
json_t *documents_item(const struct reading *r, const char *item);

#endif
