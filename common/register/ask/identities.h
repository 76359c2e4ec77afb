/*
 * ask_identities - what the desk asks about petitioners' sealed identities.
 *
 * Times are UTC milliseconds.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_IDENTITIES_H
#define REGISTER_ASK_IDENTITIES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/supervision.h"

struct views;

/*
 * Did `office` take the item in?  `has_identity` says whether it left a sealed
 * identity with it.
 */
bool ask_identity_is_here(struct views *v, const char *item, const char *office,
    bool *has_identity);

/* The last step but looks, about one item and one requester of `office`. */
struct ask_identity_step {
	char step[CODE_MAX + 1]; /* "": never asked */
	char actor[ACTOR_MAX + 1];
	int64_t recorded_ms;
};
void ask_identity_step(struct views *v, const char *item, const char *requester,
    const char *office, struct ask_identity_step *out);

/* Sealed identities of an item that `office` took: one, but after a fork. */
struct ask_identity {
	struct span sealed; /* borrowed until the next step of the walk */
	int year;           /* whose key sealed it */
	int64_t recorded_ms;
};
void ask_walk_identities(struct views *v, const char *item, const char *office);
/* False: there is no more, and the walk is over. */
bool ask_next_identity(struct views *v, struct ask_identity *out);
void ask_stop_identities(struct views *v);

/* Did `office` destroy the key of `year` at `since_ms` or later? */
bool ask_key_is_destroyed(struct views *v, const char *office, int year,
    int64_t since_ms);
/* Has `office` identities of `year` that no record says are lost? */
bool ask_key_is_needed(struct views *v, const char *office, int year);

#endif
