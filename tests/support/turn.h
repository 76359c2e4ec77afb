/*
 * turn - an office's turn around something that a test does inside it.
 *
 * The one place among the tests that opens the two transactions and commits
 * them in the order of service/turn.h.  It differs from turn_run in one thing:
 * what time demands is done when a test says so, and then without looking at
 * a clock, so that the same test takes the same turns on a slow machine.
 * Commands go through office_do (support/desk.h).
 *
 * Payloads that are given are cleared.  Whatever fails, fails the test.
 */
#ifndef SUPPORT_TURN_H
#define SUPPORT_TURN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/record.h"

struct office;

/* `act` between the beginning and the commit of one turn of `o`. */
void in_turn(struct office *o, void (*act)(void *context), void *context);

/*
 * A turn in which nothing came: the slow views follow to the end, the trade
 * does what time demands until this steady time (0: one thing; INT64_MAX: all
 * that it does in one turn).  True: the trade has more to do.
 */
bool turn_idle(struct office *o, int64_t until_ms);
/* As many whole ones as there is something to do; over 200 fail. */
void turns_until_idle(struct office *o);

/* A record of the office itself for everybody above; a turn of its own. */
void office_says(struct office *o, uint32_t kind, struct buffer *payload);

/* Incarnation 7 of `origin`; `audience` "": what it says upwards. */
struct stream_key stream_of(const char *origin, const char *audience);

/*
 * The next record of a stream of another office, made and claimed at `at_ms`,
 * as a batch brings it; a turn of its own.
 */
void office_hears(struct office *o, const struct stream_key *key, uint32_t kind,
    int64_t at_ms, struct buffer *payload);

/*
 * `by` says that `office` is a child of its own (RECORD_CHILD_ENROLLED) or no
 * longer (RECORD_CHILD_REVOKED).  `at_ms`: as in office_hears; when `by` is
 * `o` itself it is now, whatever is given.  Each office has a key of its own,
 * the same each time.
 */
void office_child(struct office *o, const char *by, uint32_t kind,
    const char *office, int64_t at_ms);

/* Does any link of `o` carry the office's own stream for this audience? */
bool is_sent_to_anybody(struct office *o, const char *audience);

#endif
