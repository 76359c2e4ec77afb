/*
 * recovery - what a lost disk had said, said again.
 *
 * A hub whose disk was replaced gets the streams for its children back from
 * them.  In these stand words that it had said to everybody as well: records
 * of its own that it handed down, notices of escalations.  What of that its
 * own stream no longer holds would be known below and nowhere else, and two
 * levels would show two states of one item for ever.  So it is recorded once
 * more: a record in a wrapping (RECORD_CARRIED), a notice as it was.
 *
 * What climbs comes first: as long as the parent may still give something
 * back (relay_is_refilled), nothing is said again.  The first position that
 * has to be looked at is kept in the ledger, and moves in the transaction of
 * what comes of it.
 *
 * A reactor (reactor.h).  Inside the turn's transaction.  One thread.
 */
#ifndef SUPERVISE_RECOVERY_H
#define SUPERVISE_RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

struct office;
struct recovery;
struct roster;
struct store_row;

/* The ledger's value: the first position to look at; 0: nothing is left. */
#define RECOVERY_CURSOR "reactor.recovery"

struct recovery *recovery_open(struct office *o, const struct roster *roster);
void recovery_close(struct recovery *r); /* NULL is fine */

/* A row that the reactor passes; it is remembered when it came back to us. */
void recovery_note(struct recovery *r, const struct store_row *row);

/* Say again until this steady time.  True: more can be done at once. */
bool recovery_run(struct recovery *r, int64_t until_ms);

#endif
