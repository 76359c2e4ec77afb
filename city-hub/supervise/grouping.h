/*
 * grouping - which arrivals are one matter: links by themselves where it is
 * certain, proposals where a person must look.
 *
 * Certain: the petitioner names the earlier item, an office merged one into
 * the other, or the matcher is certain (matcher.h).  Likely ones become
 * proposals with score and reasons; what a person rejected or split is never
 * linked or proposed again.  Each is a record (MATTER_LINKED), so that every
 * level groups alike (register/matters.c) and a mistake can be undone.
 *
 * The index of the matcher follows the reactor's cursor in a file of its own;
 * it is committed after the ledger, and caught up at the opening.
 *
 * Inside the turn's transaction.  Belongs to one thread.
 */
#ifndef SUPERVISE_GROUPING_H
#define SUPERVISE_GROUPING_H

#include <stdbool.h>
#include <stdint.h>

struct command;
struct grouping;
struct office;
struct reply_writer;

enum {
	GROUPING_PROPOSALS_MAX = 3, /* made for one arrival */
};

/* Opens DIR/match.db, or makes it again when it cannot be used. */
struct grouping *grouping_open(struct office *o);
void grouping_close(struct grouping *g); /* NULL is fine */

/*
 * An arrival that the register has at `position`: find what it belongs to,
 * then put it on file.  `position` grows from call to call; what lies between
 * is no arrival.
 */
void grouping_arrival(struct grouping *g, uint64_t position);
/*
 * The index was lost, or fell behind at a crash: put on file what the reactor
 * has dealt with already (up to `position`).  True: more is left.
 */
bool grouping_catch_up(struct grouping *g, uint64_t position,
    int64_t until_steady_ms);
/* `item` was merged into `other` by the office that holds it. */
void grouping_merged(struct grouping *g, const char *item, const char *other);

/* The turn's commit went through: keep the index as well. */
void grouping_commit(struct grouping *g);

/*
 * COMMAND_MATCH: a person links, splits or rejects.
 * {"item", "matter", "verdict", "position"}
 */
void grouping_match(struct grouping *g, const struct command *c,
    struct reply_writer *reply);

#endif
