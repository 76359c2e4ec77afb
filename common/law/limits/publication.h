/*
 * publication - a file that a hub may publish: which sort it is, its version,
 * from when it holds, and whether it is sound.
 *
 *	[rules]		RULES, see rules.h; holds from its own date
 *	[calendar]	CALENDAR, see calendar.h; from the first day of its
 *			first year, in the zone of Beijing
 *	[categories]	CATEGORIES: name, version, maybe effective, and
 *			"0301 = 征地拆迁, land acquisition": codes of the second
 *			(four digits) and third (six) level, parents first
 *	[templates]	TEMPLATES: name, version, maybe effective; then
 *			[template.DB] with zh and en for each kind of directive
 *
 * The first section says the sort.  Pure; any thread.
 */
#ifndef LAW_LIMITS_PUBLICATION_H
#define LAW_LIMITS_PUBLICATION_H

#include "contract/supervision.h"
#include "law/limits/calendar.h"

/* The sorts; literals, so that SQL may repeat them. */
#define PUBLICATION_RULES      "RULES"
#define PUBLICATION_CALENDAR   "CALENDAR"
#define PUBLICATION_CATEGORIES "CATEGORIES"
#define PUBLICATION_TEMPLATES  "TEMPLATES"

enum {
	PUBLICATION_CODES_MAX = 2000, /* categories in one file */
};

/*
 * Read `text`.  `sort` is "" (as the file says) or one that it must be.
 * `out` gets sort, version and date; date 0: the file names none, and it
 * holds from when it is published.  out->text is `text`.
 * RC_MALFORMED, RC_TOO_BIG: `fault` says why.
 */
MUST_USE enum rc publication_read(struct span text, const char *sort,
    struct published *out, struct law_fault *fault);

/* "rules" -> "RULES"; NULL: no such sort. */
const char *publication_sort(const char *typed);

#endif
