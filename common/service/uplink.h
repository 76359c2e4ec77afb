/*
 * uplink - a child's line to its parent: dials, watches, hangs up.
 *
 * The relay decides when to dial and what to say; this carries it out with
 * one bus line at a time and turns what became of the line into a sentence
 * for the person who asks for the status.
 *
 * Belongs to one thread.
 */
#ifndef SERVICE_UPLINK_H
#define SERVICE_UPLINK_H

#include "mech/bus.h"
#include "service/turn.h"

struct office;
struct uplink;

/*
 * Carries the relay's link to the parent (relay_transport), if the office has
 * one, until it is closed.  Both must outlive it.  Dials nothing yet.
 */
struct uplink *uplink_open(struct bus *bus, struct office *o);
void uplink_close(struct uplink *u); /* NULL is fine */

/* What the turn needs of it. */
struct turn_part uplink_part(struct uplink *u);

#endif
