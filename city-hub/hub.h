/*
 * hub - an office with others below it: what one event leads to.
 *
 *	frame from a child     -> downlink -> relay -> journal -> views, roster
 *	frame from the parent  -> uplink -> relay -> journal -> views, orders
 *	ENROL                  -> downlink -> roster -> record -> ENROLLED
 *	command                -> control -> desk, by its row or one of hub.c
 *	the roster changed     -> after the commit: links come and go
 *	record of ours, or new from below -> relay -> uplink, downlink
 *
 * A hub with a parent is a child like any other.
 */
#ifndef HUB_HUB_H
#define HUB_HUB_H

#include "office/office.h"

extern const struct office_trade hub_trade;

/* The daemon, in the foreground.  Returns an exit status. */
int hub_run(const char *dir);

#endif
