/*
 * law_ini - a data file of the law, read entry by entry.
 *
 * The INI of calendars and rules, stricter than libinih by itself: UTF-8
 * without NUL, no line over LAW_LINE_BYTES_MAX, no continued lines, no section
 * that comes twice or holds nothing.  The file may come from anywhere: it is
 * bounded by the caller's limit, and the first fault ends the reading.
 *
 * Inside common/law only.  Pure; any thread.
 */
#ifndef LAW_LIMITS_LAW_INI_H
#define LAW_LIMITS_LAW_INI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "law/limits/calendar.h"

enum {
	LAW_LINE_BYTES_MAX = 198,
	LAW_SECTIONS_MAX = 40,
	LAW_SECTION_BYTES_MAX = 48,
	LAW_WORD_MAX = 40, /* bytes of a name or a version */
};

struct law_ini_entry {
	const char *section, *key, *value; /* until the callback returns */
	unsigned line;
	bool is_first; /* of its section */
};

/* Take one entry; false: `fault` says why not, and nothing more is read. */
typedef bool (*law_ini_take)(void *context, const struct law_ini_entry *e,
    struct law_fault *fault);

/* RC_TOO_BIG: more than `bytes_max`.  RC_MALFORMED: see `fault`. */
MUST_USE enum rc law_ini_read(struct span text, size_t bytes_max,
    law_ini_take take, void *context, struct law_fault *fault);

/* Fill `fault` and return false, for `return law_fault_at(...)`. */
__attribute__((format(printf, 3, 4))) bool law_fault_at(struct law_fault *fault,
    unsigned line, const char *format, ...);

/* -- values that both kinds of file hold -- */

/* Letters, digits, '.', '-', '_' only, 1 to `max` bytes. */
bool law_word_is_good(const char *text, size_t max);
/* "2026-01-31" as a day number; false: no such day, or outside the years. */
bool law_day_read(const char *text, int64_t *day);

#endif
