/*
 * omission - what must be supervised (R22 Art 40), and whether it was.
 *
 *	what was found				ground
 *	a limit past the ladder's first day	G1: not done in time
 *	the result of an assignment among them	G2: not fed back
 *	a matter that went up, overdue below	G1
 *	the same, not registered or declined	G3: not accepted as it should
 *
 * What went up is supervised by any directive about it that was issued since:
 * about the item above, the one below, or the matter.  What covers a missed
 * limit is the ladder's to say (ladder.h).
 *
 * Source: R22 Art 40.  Pure; any thread.
 */
#ifndef LAW_MOVES_OMISSION_H
#define LAW_MOVES_OMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "law/moves/escalation_core.h"
#include "law/moves/ladder.h"

/* The article that every omission goes by. */
#define OMISSION_ARTICLE "R22 Art 40"

/* Why a limit of this name past its end is supervised: "G1" or "G2". */
const char *omission_ground_of_limit(const char *clock);
/* Why a matter is that went up from this state: "G1", "G3"; "": it is not. */
const char *omission_ground_of_lower(enum lower_state lower);

/* A matter that went up; texts may be "" where nothing is known. */
struct omission_raised {
	const char *item, *lower_item, *matter;
	int64_t at_ms; /* when it arrived above */
};

/* Does this directive cover it? */
bool omission_covers(const struct ladder_issued *d,
    const struct omission_raised *r);

#endif
