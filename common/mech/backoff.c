/*
 * Half of each wait is left to chance: offices that lost their hub at the same
 * moment must not all come back at the same moment.
 */
#include "mech/backoff.h"

#include "base/check.h"

void
backoff_init(struct backoff *b, int64_t first_ms, int64_t max_ms)
{
	CHECK(first_ms > 0);
	CHECK(max_ms >= first_ms);
	b->first_ms = first_ms;
	b->max_ms = max_ms;
	b->next_ms = first_ms;
}

int64_t
backoff_next(struct backoff *b, uint64_t random)
{
	int64_t longest = b->next_ms;
	int64_t half = longest / 2;

	b->next_ms = longest > b->max_ms / 2 ? b->max_ms : longest * 2;
	return longest - (int64_t)(random % ((uint64_t)half + 1));
}

void
backoff_reset(struct backoff *b)
{
	b->next_ms = b->first_ms;
}
