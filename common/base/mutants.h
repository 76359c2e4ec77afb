/*
 * mutants - deliberate faults, to show that the simulator would find them.
 *
 * Built in only with PETITION_MUTANTS (./dev sim --mutants); everywhere else
 * mutant_is() is a constant false and the fault is not in the program.
 * Each names a rule that the code around it must keep.
 */
#ifndef BASE_MUTANTS_H
#define BASE_MUTANTS_H

#include <stdbool.h>

#define MUTANT_LIST(X)                                                         \
	X(MUTANT_ACK_BEFORE_COMMIT, "acknowledge before the commit")           \
	X(MUTANT_MARK_OUTSIDE, "stream size saved outside the transaction")    \
	X(MUTANT_STALE_SESSION, "a frame of an old session is accepted")       \
	X(MUTANT_NO_LINEAGE, "greeting roots are not compared")                \
	X(MUTANT_NO_BATCH_ROOT, "a batch's root is not compared")              \
	X(MUTANT_SENT_SURVIVES,                                                \
	    "a new session sends on from the old one's end")                   \
	X(MUTANT_NO_WINDOW, "more is sent than the peer's window allows")      \
	X(MUTANT_SAME_INCARNATION, "a restored office goes on as before")      \
	X(MUTANT_SENT_IS_HELD, "what was sent counts as held by the peer")     \
	X(MUTANT_NO_ACK_TIMEOUT, "a lost acknowledgement is never noticed")    \
	X(MUTANT_UNLISTED_IS_HELD, "a stream the peer does not list is held")  \
	X(MUTANT_FORGET_CARRY, "a settled branch is not carried over")         \
	X(MUTANT_HAND_TO_ACCUSED, "an item is handed to whom it reports")      \
	X(MUTANT_SECRET_CLIMBS, "what is kept here alone is told above")       \
	X(MUTANT_ORDER_OF_ARRIVAL, "moves count in the order of arrival")      \
	X(MUTANT_STEP_TWICE, "the issuer's two copies of a step are two")      \
	X(MUTANT_MET_AGAIN, "a clock that was met is met by a later move")     \
	X(MUTANT_LINK_BY_ARRIVAL, "the link that came last counts")            \
	X(MUTANT_NEVER_RESTATED, "an escalation is never judged again")        \
	X(MUTANT_CURSOR_AHEAD, "the reactor passes what it only looked at")    \
	X(MUTANT_HANDED_AGAIN, "a record is handed down every time")           \
	X(MUTANT_BRANCH_STAYS, "a stream put aside stays in the register")

#define MUTANT_NAME(name, text) name,
enum mutant { MUTANT_NONE, MUTANT_LIST(MUTANT_NAME) MUTANT_COUNT };
#undef MUTANT_NAME

#ifdef PETITION_MUTANTS
extern enum mutant mutant_active;
/* Where a fault opens a window, the simulator may crash the node in it. */
extern void (*mutant_pause_hook)(void);

static inline bool
mutant_is(enum mutant m)
{
	return mutant_active == m;
}

static inline void
mutant_pause(void)
{
	if (mutant_pause_hook != 0)
		mutant_pause_hook();
}
#else
static inline bool
mutant_is(enum mutant m)
{
	(void)m;
	return false;
}

static inline void
mutant_pause(void)
{
}
#endif

#endif
