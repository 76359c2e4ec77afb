/*
 * turn - gather, record, answer: how an office breathes.
 *
 *	gather   take what waits at the sockets, bounded
 *	record   one transaction for all of it: the journal; the views beside it
 *	answer   only now speak: acknowledgements and batches to peers, then, when
 *	         the views are committed too, replies to people
 *
 * "Never acknowledge what is not on disk" lives in turn_run, and nowhere
 * else.  One turn carries what came while the disk worked on the last one,
 * so under load many things share one fsync, and idle each goes at once.  A
 * turn that writes nothing costs no fsync.
 *
 * The journal commits before the views: views that lag are caught up at the
 * next opening, views that lead could not be taken back.
 *
 * Belongs to one thread.
 */
#ifndef SERVICE_TURN_H
#define SERVICE_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "mech/bus.h"

struct command;
struct office;
struct reply_writer;

enum {
	TURN_FRAMES_MAX = 256,
	TURN_BYTES_MAX = 8 * 1024 * 1024,
	TURN_GATHER_MS_MAX = 5,
	TURN_PARTS_MAX = 4,
};

/*
 * One who takes part: a socket and what its frames mean.  Functions may be
 * NULL.  Called in this order, each once per turn but for receive and hear.
 */
struct turn_part {
	void *context;
	/* gather: take the next frame; RC_NONE: nothing waits. */
	enum rc (*receive)(void *context, struct bus_frame *frame);
	/* record: one frame; may be anything a stranger can send */
	void (*hear)(void *context, const struct bus_frame *frame);
	/* record: what changed without a frame (a line came up, is lost) */
	void (*watch)(void *context);
	/* answer: after the commit */
	void (*answer)(void *context);
	/* steady time at which a turn is wanted; INT64_MAX: never */
	int64_t (*wake_ms)(void *context);
};

struct turn;

/* The office must outlive the turn. */
struct turn *turn_new(struct office *o);
void turn_free(struct turn *t); /* NULL is fine */
void turn_add(struct turn *t, struct turn_part part);

void turn_run(struct turn *t);

/* How long the loop may sleep before the next turn. */
int turn_sleep_ms(const struct turn *t);

/*
 * A command, inside the turn's transaction: to the desk, unless the disk is
 * full.
 */
void turn_command(struct office *o, const struct command *c,
    struct reply_writer *reply);

/*
 * One command in a process of its own: the same turn, without sockets.
 * Appends the packed reply.
 */
void office_do(struct office *o, const struct command *c, struct buffer *reply);

#endif
