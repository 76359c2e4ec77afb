/*
 * ask_published - what a hub asks about files that it publishes downwards.
 *
 * Times are UTC milliseconds.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_PUBLISHED_H
#define REGISTER_ASK_PUBLISHED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/record.h"
#include "contract/supervision.h"

struct views;

/* One copy that has yet to be recorded. */
struct ask_copy {
	char audience[OFFICE_CODE_MAX + 1]; /* the child; "": our own */
	struct published published;
	struct buffer text; /* of `published`; the caller clears it */
	char role[ACTOR_MAX + 1], actor[ACTOR_MAX + 1];
};
/* The first that `parent` gave us and that is not ours yet.  False: none. */
bool ask_missing_own(struct views *v, const char *own, const char *parent,
    struct ask_copy *out);
/* The first of ours that a child has not been given yet.  False: none. */
bool ask_missing_below(struct views *v, const char *own, struct ask_copy *out);

/*
 * This version, as `office` published it for everybody above: `text` receives
 * it.  False: it did not.
 */
bool ask_version(struct views *v, const char *office,
    const struct published *which, struct buffer *text, int64_t *effective_ms);

/* What `own` recorded for a child, in order; texts borrowed. */
struct ask_given {
	const char *sort, *version;
	uint32_t incarnation;
	uint64_t sequence;
};
void ask_walk_given(struct views *v, const char *own, const char *child);
/* False: there is no more, and the walk is over. */
bool ask_next_given(struct views *v, struct ask_given *out);

#endif
