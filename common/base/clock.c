/*
 * Two clocks that must never be mixed: the wall's may jump, in either direction,
 * when somebody sets it; the steady one says nothing to people.  Only the first
 * can be moved by a test, because only it reaches records.
 */
#include "base/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/number.h"

enum {
	MS_PER_S = 1000,
	US_PER_MS = 1000,
	NS_PER_US = 1000,
	YEAR_BASE = 1900,
	S_PER_MIN = 60
};

static int64_t
test_shift_ms(void)
{
#ifdef PETITION_TEST_HOOKS
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): in tests only */
	const char *text = getenv("PETITION_TEST_CLOCK_SHIFT_S");
	int64_t shift_s = 0;

	if (text != NULL &&
	    number_parse(text, -1000000000, 1000000000, &shift_s) == RC_OK)
		return shift_s * MS_PER_S;
#endif
	return 0;
}

int64_t
clock_wall_ms(void)
{
	struct timespec now;

	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return (int64_t)now.tv_sec * MS_PER_S +
	       now.tv_nsec / NS_PER_US / US_PER_MS + test_shift_ms();
}

int64_t
clock_steady_us(void)
{
	struct timespec now;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return (int64_t)now.tv_sec * MS_PER_S * US_PER_MS +
	       now.tv_nsec / NS_PER_US;
}

int64_t
clock_steady_ms(void)
{
	return clock_steady_us() / US_PER_MS;
}

static struct tm
local_time(int64_t wall_ms)
{
	time_t seconds = (time_t)(wall_ms / MS_PER_S);
	struct tm tm;

	if (wall_ms % MS_PER_S < 0)
		seconds--;
	CHECK(localtime_r(&seconds, &tm) != NULL);
	return tm;
}

void
clock_format(int64_t wall_ms, char out[static CLOCK_TEXT_MAX + 1])
{
	struct tm tm = local_time(wall_ms);
	long zone_min = tm.tm_gmtoff / S_PER_MIN;
	long ms = (long)(((wall_ms % MS_PER_S) + MS_PER_S) % MS_PER_S);
	long away = zone_min < 0 ? -zone_min : zone_min;
	int size;

	size = snprintf(out, CLOCK_TEXT_MAX + 1,
	    "%04d-%02d-%02dT%02d:%02d:%02d.%03ld%c%02ld:%02ld",
	    tm.tm_year + YEAR_BASE, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec, ms, zone_min < 0 ? '-' : '+', away / 60,
	    away % 60);
	CHECK(size > 0 && size <= CLOCK_TEXT_MAX);
}

/* Read ".250", "Z" and "+08:00" behind the seconds; false: not a zone. */
static bool
parse_tail(const char *tail, int64_t *ms, bool *has_zone, long *zone_s)
{
	int hours, minutes, used = 0;
	char sign;

	*ms = 0;
	*has_zone = false;
	if (*tail == '.') {
		int64_t scale = MS_PER_S / 10;

		for (tail++; *tail >= '0' && *tail <= '9'; tail++) {
			*ms += (*tail - '0') * scale;
			scale /= 10;
		}
	}
	if (*tail == '\0')
		return true;
	*has_zone = true;
	*zone_s = 0;
	if (strcmp(tail, "Z") == 0 || strcmp(tail, "z") == 0)
		return true;
	/* NOLINTNEXTLINE(cert-err34-c): two digits cannot overflow */
	if (sscanf(tail, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 ||
	    tail[used] != '\0' || (sign != '+' && sign != '-') || hours < 0 ||
	    hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*zone_s = (hours * 60L + minutes) * S_PER_MIN * (sign == '-' ? -1 : 1);
	return true;
}

enum rc
clock_parse(const char *text, int64_t *wall_ms)
{
	static const char *const shapes[] = { "%Y-%m-%dT%H:%M:%S",
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M",
		"%Y-%m-%d" };

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct tm tm = { .tm_isdst = -1 };
		const char *tail = strptime(text, shapes[i], &tm);
		int64_t ms;
		bool has_zone;
		long zone_s = 0;
		time_t seconds;
		int day = tm.tm_mday;

		if (tail == NULL || !parse_tail(tail, &ms, &has_zone, &zone_s))
			continue;
		seconds = has_zone ? timegm(&tm) - zone_s : mktime(&tm);
		/* 30 February parses; it comes back as another day. */
		if (tm.tm_mday != day)
			return RC_MALFORMED;
		*wall_ms = (int64_t)seconds * MS_PER_S + ms;
		return RC_OK;
	}
	return RC_MALFORMED;
}

int
clock_year(int64_t wall_ms)
{
	return local_time(wall_ms).tm_year + YEAR_BASE;
}
