/*
 * rules - the time limits as data: versioned, effective-dated.
 *
 * A rule file (UTF-8, INI, at most RULES_BYTES_MAX) has one section for each
 * limit; docs/rules.md has the whole form:
 *
 *	[rules]
 *	name = cn
 *	version = 2022.1
 *	effective = 2022-05-01
 *	utc_offset = +08:00
 *	rest_day_end = next-working-day	; or keep
 *
 *	[limit.handle]
 *	title_zh = 办理答复
 *	title_en = handle and reply
 *	article = R22 Art 34
 *	start = accept reopen
 *	stop = reply close decline	; met
 *	ends = taken-over		; over, neither met nor missed
 *	limit = 60
 *	unit = day			; day, working-day, hour
 *	holder = taker			; who answers: see enum rules_holder
 *	extended_by = extend		; once, by at most `extension` days
 *	extension = 30
 *	when = procedure:!S class:!A|B
 *
 *	[ladder]			; see ladder.h
 *	remind_before = 5
 *	CB = 1
 *	DB = 10
 *	GP = 30
 *	unit = working-day
 *	suggestion_days = 30
 *
 * Start, stop and ends are words of moves (lifecycle.h), "register" among
 * them; ends may begin with "taken-over", whatever move did it.  Withdrawing
 * and merging end every clock without being named.
 * Limits have names of their own: a later one never hides an earlier one.
 *
 * Shipped: data/rules/cn.ini (the default, compiled in), cpgrams.ini,
 * beijing-12345.ini.
 *
 * Pure; any thread once made.
 */
#ifndef LAW_LIMITS_RULES_H
#define LAW_LIMITS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "law/limits/calendar.h"
#include "law/moves/lifecycle.h"

enum {
	RULES_BYTES_MAX = 48 * 1024,
	RULES_LIMITS_MAX = 24,
	RULES_NAME_MAX = 23, /* bytes of a limit's name: "handle" */
	RULES_TITLE_MAX = 90,
	RULES_ARTICLE_MAX = 60,
	RULES_VERSION_MAX = 40, /* "cn 2022.1" */
	RULES_LIMIT_MAX = 3650,
	RULES_EXTRA_MAX = 3650,    /* extension and hearings together */
	RULES_EXTENSION_MAX = 365, /* days that a file may allow */
};

enum rules_unit { RULES_DAY, RULES_WORKING_DAY, RULES_HOUR };

enum rules_holder {
	RULES_HELD_BY_RECORDER,   /* the office that recorded the start */
	RULES_HELD_BY_TAKER,      /* the addressee of a forward, else holder */
	RULES_HELD_BY_ABOVE,      /* the office that was asked (review) */
	RULES_HELD_BY_PETITIONER, /* a right: informs, nobody is late */
	RULES_HELD_BY_NOBODY,     /* an office's right: nobody is late */
	RULES_HOLDERS
};

/* What of an item decides whether a limit applies to it; NULL is "". */
struct rules_subject {
	const char *channel, *purpose, *legal_class, *procedure;
};

struct rules_limit {
	char name[RULES_NAME_MAX + 1];
	char title[LANGUAGE_COUNT][RULES_TITLE_MAX + 1];
	char article[RULES_ARTICLE_MAX + 1];
	uint64_t start;       /* bit 1 << move of each: a clock begins */
	uint64_t stop;        /* it is met */
	uint64_t ends;        /* it is over, neither met nor missed */
	bool ends_taken_over; /* it is over when another office holds it */
	unsigned amount;
	enum rules_unit unit;
	enum rules_holder holder;
	bool is_set;         /* the date in the move itself counts (assign) */
	bool is_extendable;  /* by MOVE_EXTEND, once, its days */
	unsigned extension;  /* the most days of that */
	bool skips_hearings; /* MOVE_HEARING's days are added */
};

struct rules;

/* RC_MALFORMED or RC_TOO_BIG: `fault` says why and `*out` is NULL. */
MUST_USE enum rc rules_parse(struct span text, struct rules **out,
    struct law_fault *fault);
/* data/rules/cn.ini, compiled in; lives for ever. */
const struct rules *rules_default(void);
void rules_free(struct rules *r); /* NULL is fine */

const char *rules_version(const struct rules *r); /* "cn 2022.1" */
/* The first millisecond of the day, in the rules' own zone. */
int64_t rules_effective_ms(const struct rules *r);
int rules_offset_min(const struct rules *r);
size_t rules_count(const struct rules *r);
const struct rules_limit *rules_at(const struct rules *r, size_t index);
/* NULL: no such limit. */
const struct rules_limit *rules_limit_named(const struct rules *r,
    const char *name);
bool rules_apply(const struct rules *r, const struct rules_limit *limit,
    const struct rules_subject *subject);
bool rules_has_move(uint64_t moves, enum life_move move);

/* The ladder of directives: units after the limit, 0: not in this rule set. */
struct rules_ladder {
	/* `remind_before` is in days, or in hours when that is the unit. */
	unsigned remind_before, reminder, supervise, list; /* CB, DB, GP */
	enum rules_unit unit;
	unsigned suggestion_days; /* written answer to a suggestion */
};
const struct rules_ladder *rules_ladder(const struct rules *r);

/*
 * When a limit that starts at `start_ms` ends: its last millisecond.  The day
 * of the start is not counted.  `extra_days` (calendar, at most
 * RULES_EXTRA_MAX) are added first (extension, hearings).
 * `*is_provisional` is set when an unknown year was looked at.
 */
int64_t rules_due(const struct rules *r, const struct rules_limit *limit,
    const struct calendar *c, int64_t start_ms, unsigned extra_days,
    bool *is_provisional);

const char *rules_unit_word(enum rules_unit unit); /* "working-day" */

#endif
