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

#include "base/span.h"
#include "mech/bus.h"
#include "service/turn.h"

struct office;
struct relay_link;
struct uplink;

/* Both must outlive the uplink.  Dials nothing yet. */
struct uplink *uplink_open(struct bus *bus, struct office *o);
void uplink_close(struct uplink *u); /* NULL is fine */

/* relay_hooks of the link to the parent. */
void uplink_dial(struct uplink *u);
void uplink_hang_up(struct uplink *u);
void uplink_send(struct uplink *u, struct span frame);

/* What the turn needs of it. */
struct turn_part uplink_part(struct uplink *u);

#endif
