/*
 * downlink - the hub's listener: who speaks, and to whom.
 *
 * Frames of enrolled offices go to the relay under the office that their key
 * stands for; whatever a frame itself claims is the relay's to distrust.
 * Invitations may enrol and nothing else.  Frames of a revoked office, or of
 * an office's earlier key, are answered with REFUSE_REVOKED and dropped.
 * Bytes that are no frame, and peers that do not read, are counted and logged
 * rarely, per peer.
 *
 * Belongs to one thread.
 */
#ifndef LINE_DOWNLINK_H
#define LINE_DOWNLINK_H

#include <stdint.h>

#include "base/rc.h"
#include "mech/bus.h"
#include "service/turn.h"

struct downlink;
struct office;
struct relay_link;
struct roster;

enum {
	DOWNLINK_ANSWERS_MAX = 64,   /* answers outside sessions, per turn */
	DOWNLINK_NUISANCES_MAX = 32, /* remembered at a time */
};

/*
 * Listen at the office's address.  `bus` was opened with roster_admit.
 * Results of bus_listen; RC_NONE: no address is configured.
 */
MUST_USE enum rc downlink_open(struct bus *bus, struct office *o,
    struct roster *roster, struct downlink **out);
void downlink_close(struct downlink *d); /* NULL is fine */

/* Tell the peer of `link` that it is cut off; comes before its link goes. */
void downlink_cut(struct downlink *d, struct relay_link *link);

struct turn_part downlink_part(struct downlink *d);

#endif
