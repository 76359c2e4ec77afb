/*
 * omission - grounds, and what counts as having done something.
 *
 * Omissions and coverage are what an office is judged by, so the rule stands
 * here alone: whoever lists them only brings the limits, the escalations and
 * the directives.
 */
#include "law/moves/omission.h"

#include <string.h>

const char *
omission_ground_of_limit(const char *clock)
{
	return strcmp(clock, "feedback") == 0 ? "G2" : "G1";
}

const char *
omission_ground_of_lower(enum lower_state lower)
{
	if (!lower_is_failure(lower))
		return "";
	return lower == LOWER_OVD ? "G1" : "G3";
}

static bool
is_same(const char *a, const char *b)
{
	return a[0] != '\0' && strcmp(a, b) == 0;
}

bool
omission_covers(const struct ladder_issued *d, const struct omission_raised *r)
{
	if (d->is_draft || d->recorded_ms < r->at_ms)
		return false;
	/* The number of a matter is that of one of its items. */
	return is_same(d->item, r->item) || is_same(d->item, r->lower_item) ||
	       is_same(d->item, r->matter) || is_same(d->matter, r->matter);
}
