/*
 * reactor - what a hub does once because of a record: group an arrival, tell
 * a district that its matter went up, restate that when later records change
 * the picture, hand records down to whom they concern.
 *
 * A cursor over the journal, kept in the ledger and moved in the same
 * transaction as the records that come of it: a rebuild of the register
 * repeats nothing, and a crash repeats all of the turn or nothing.  Bounded
 * per turn; under a flood it falls behind the intake and catches up.
 *
 * Inside the turn's transaction.  Belongs to one thread.
 */
#ifndef SUPERVISE_REACTOR_H
#define SUPERVISE_REACTOR_H

#include <stdbool.h>
#include <stdint.h>

struct grouping;
struct office;
struct reactor;
struct roster;

enum {
	REACTOR_ROWS_MAX = 256, /* looked up ahead */
};

struct reactor *reactor_open(struct office *o, const struct roster *roster,
    struct grouping *grouping);
void reactor_close(struct reactor *r); /* NULL is fine */

/* React to what is new until this steady time.  True: more is left. */
bool reactor_run(struct reactor *r, int64_t until_ms);

#endif
