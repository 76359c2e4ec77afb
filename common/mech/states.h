/*
 * states - a state machine that cannot wander.
 *
 * Written in three steps, one below the other: a drawing, the enum, the table
 * of allowed moves.  A move that the table does not allow is our bug.
 *
 *	 *   DOWN --tick--> GREETING --welcome--> STREAMING
 *	 *    ^                |                      |
 *	 *    +----silence-----+-------silence--------+
 *
 *	static const struct state_rule rules[UPLINK_STATES] = {
 *		[UPLINK_DOWN] = { "down", BIT(UPLINK_GREETING) },
 *		...
 *	};
 *	u->state = states_move(rules, UPLINK_STATES, u->state, UPLINK_DOWN);
 *
 * Staying is a move, too: allow it where it is meant.  Pure; any thread.
 */
#ifndef MECH_STATES_H
#define MECH_STATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/check.h"

#ifndef BIT
#define BIT(n) (UINT32_C(1) << (n))
#endif

struct state_rule {
	const char *name; /* for the log */
	uint32_t next;    /* BIT of each state that may follow */
};

/* Whether `to` may follow `from`; for moves that a peer asks for. */
static inline bool
states_allow(const struct state_rule *rules, unsigned count, unsigned from,
    unsigned to)
{
	CHECK(count <= 32);
	CHECK(from < count);
	CHECK(to < count);
	return (rules[from].next & BIT(to)) != 0;
}

/* The new state, which is `to`. */
static inline unsigned
states_move(const struct state_rule *rules, unsigned count, unsigned from,
    unsigned to)
{
	CHECK(states_allow(rules, count, from, to));
	return to;
}

static inline const char *
states_name(const struct state_rule *rules, unsigned count, unsigned state)
{
	CHECK(state < count);
	return rules[state].name;
}

#endif
