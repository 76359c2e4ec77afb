/*
 * clock - the only place that asks what time it is.
 *
 * Wall time is UTC milliseconds since 1970 (what records carry); steady time
 * is milliseconds that never jump (what timers use).  Cores never call this:
 * time reaches them inside an event.
 *
 * Any thread.  With PETITION_TEST_HOOKS the environment variable
 * PETITION_TEST_CLOCK_SHIFT_S moves wall time, so that a test can set the
 * clock back without touching the machine's.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

/* RFC 3339 with zone, e.g. 2026-03-01T09:30:00.000+08:00 */
enum { CLOCK_TEXT_MAX = 32 };

int64_t clock_wall_ms(void);
int64_t clock_steady_ms(void);
int64_t clock_steady_us(void);

/* Write `wall_ms` in the local zone as RFC 3339, with milliseconds. */
void clock_format(int64_t wall_ms, char out[static CLOCK_TEXT_MAX + 1]);

/*
 * Read RFC 3339, "YYYY-MM-DD HH:MM[:SS]" or "YYYY-MM-DD" (local zone when
 * none is given; a bare date is midnight).  RC_MALFORMED otherwise.
 */
MUST_USE enum rc clock_parse(const char *text, int64_t *wall_ms);

/* The local calendar year of a moment. */
int clock_year(int64_t wall_ms);

#endif
