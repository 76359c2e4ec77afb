/*
 * backoff - how long to wait before the next attempt.
 *
 * Each wait is twice the one before, up to a limit; half of it is left to
 * chance, so that a thousand offices do not return in the same moment after
 * their city was away.  Pure: the caller brings the random number.
 */
#ifndef MECH_BACKOFF_H
#define MECH_BACKOFF_H

#include <stdint.h>

struct backoff {
	int64_t first_ms; /* the first wait at its longest; > 0 */
	int64_t max_ms;   /* no wait is longer; >= first_ms */
	int64_t next_ms;  /* the next wait at its longest */
};

void backoff_init(struct backoff *b, int64_t first_ms, int64_t max_ms);

/*
 * The wait before the next attempt, in ms: between half of and all of
 * first_ms, then twice that, and so on.
 */
int64_t backoff_next(struct backoff *b, uint64_t random);

/* An attempt succeeded: begin with the first wait again. */
void backoff_reset(struct backoff *b);

#endif
