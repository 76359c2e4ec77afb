/*
 * district - an office with nobody below it: what one event leads to.
 *
 *	signal, socket, timer -> turn (service/turn.h)
 *	frame from the parent -> uplink -> relay -> journal -> views, orders
 *	command               -> control -> desk
 *	record of ours        -> relay -> uplink
 */
#ifndef DISTRICT_DISTRICT_H
#define DISTRICT_DISTRICT_H

#include "office/office.h"

extern const struct office_trade district_trade;

/* The daemon, in the foreground.  Returns an exit status. */
int district_run(const char *dir);

#endif
