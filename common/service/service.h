/*
 * service - the skeleton of both daemons: start, breathe, stop in order.
 *
 * A daemon opens its office, its bus and the lines that it needs, adds each
 * as a part of the turn, and then runs: sleep until something is there, take
 * a turn, and again, until SIGTERM or SIGINT.
 *
 * Belongs to the main thread.
 */
#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H

#include <stdint.h>

#include "base/rc.h"
#include "mech/bus.h"

struct control;
struct office;
struct office_trade;
struct turn;
struct uplink;

enum {
	SERVICE_FILES_SPARE = 256,  /* descriptors beside the peers' */
	SERVICE_LOCK_MS_MAX = 1000, /* wait so long for the lock */
};

struct service {
	struct office *office;
	struct bus *bus;
	struct turn *turn;
	struct uplink *uplink;
	struct control *control;
	int signal_fd;
};

/*
 * Signals, descriptors for `peers` connections, the office.  Returns an exit
 * status; when it is not EXIT_DONE its sentence is on stderr and the service
 * is to be closed.
 */
int service_open(struct service *s, const char *dir,
    const struct office_trade *trade, uint64_t peers);

/* The bus, with `admit` (NULL: nobody comes in), the turn and its parts that
 * every office has: the line to the parent and the door. */
int service_connect(struct service *s, bus_admit *admit, void *context);

/* Until told to stop.  Returns an exit status. */
int service_loop(struct service *s);

/* Whatever was opened. */
void service_close(struct service *s);

#endif
