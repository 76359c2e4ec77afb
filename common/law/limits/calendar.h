/*
 * calendar - which days are working days, and arithmetic with them.
 *
 * A day is the number of civil days since 1970-01-01 in the office's own time
 * zone; there is no time of day in here.  The file is the State Council's
 * yearly notice as data: rest days that would be working days and working
 * days that would be rest days (swapped weekends).  A year that the file does
 * not cover is unknown: its Saturdays and Sundays count as rest days, and
 * whatever was computed with it is provisional.
 *
 * Text of a calendar file (UTF-8, at most CALENDAR_BYTES_MAX), [calendar]
 * first; the days in their order, each once; what follows the comma is for
 * the reader:
 *	[calendar]
 *	name = cn
 *	version = 2026.1
 *	years = 2022-2026
 *	[days]
 *	2026-01-01 = rest, 元旦
 *	2026-01-04 = work, 元旦
 *
 * Source: Measures on national holidays and memorial days (全国年节及纪念日
 * 放假办法) and the yearly notices of the General Office of the State Council.
 *
 * Pure; any thread once made.
 */
#ifndef LAW_LIMITS_CALENDAR_H
#define LAW_LIMITS_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

enum {
	CALENDAR_BYTES_MAX = 48 * 1024,
	CALENDAR_DAYS_MAX = 2000,  /* exceptions in one file */
	CALENDAR_VERSION_MAX = 40, /* bytes of "cn 2026.1" */
	CALENDAR_ADD_MAX = 3650,   /* days added at once */
	CALENDAR_YEAR_MIN = 1970,  /* that a file may name */
	CALENDAR_YEAR_MAX = 2199,
	CALENDAR_YEARS_MAX = 60, /* in one file */
	LAW_FAULT_MAX = 240,     /* bytes of why a file was refused */
};

struct calendar;

/* Why a file was refused; line 0: the whole of it.  English, for {1}. */
struct law_fault {
	unsigned line;
	char text[LAW_FAULT_MAX];
};

/* RC_MALFORMED or RC_TOO_BIG: `fault` says why and `*out` is NULL. */
MUST_USE enum rc calendar_parse(struct span text, struct calendar **out,
    struct law_fault *fault);
/* data/calendars/cn-2022-2026.ini, compiled in.  Lives for ever. */
const struct calendar *calendar_default(void);
void calendar_free(struct calendar *c); /* NULL is fine */

/* "cn 2026.1" */
const char *calendar_version(const struct calendar *c);

/* Is the year of `day` in the file? */
bool calendar_knows(const struct calendar *c, int64_t day);
bool calendar_is_working(const struct calendar *c, int64_t day);

/*
 * The day `count` (0..CALENDAR_ADD_MAX) working days after `day`, which
 * itself is not counted.  count 0: `day`.  `*is_provisional` is set when an
 * unknown year was looked at, and left alone otherwise.
 */
int64_t calendar_add_working(const struct calendar *c, int64_t day,
    unsigned count, bool *is_provisional);
/* `day` or the first working day after it. */
int64_t calendar_working_from(const struct calendar *c, int64_t day,
    bool *is_provisional);

/*
 * -- days and moments; `offset_min` is the zone, east positive.  Moments
 * before 1900 or after 2999 count as those ends: they come from records, and
 * nothing may overflow. --
 */

int64_t calendar_clamp(int64_t wall_ms);
int64_t calendar_day_of(int64_t wall_ms, int offset_min);
/* The last millisecond of `day`. */
int64_t calendar_end_of(int64_t day, int offset_min);
/* Proleptic Gregorian; month 1..12, day_of_month 1..31 (CHECKed). */
int64_t calendar_day(int year, int month, int day_of_month);
int calendar_year_of(int64_t day);
/* "2026-12-08", for people. */
enum { CALENDAR_DATE_MAX = 15 };
void calendar_date(int64_t day, char out[static CALENDAR_DATE_MAX + 1]);

#endif
