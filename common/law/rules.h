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
 *	start = accept
 *	stop = reply close decline withdraw
 *	limit = 60
 *	unit = day			; day, working-day, hour
 *	holder = taker			; who answers: see enum rules_holder
 *	extended_by = extend
 *	when = procedure:!simple class:C6 channel:LF ...	; optional
 *
 *	[ladder]			; see ladder.h
 *	remind_before = 5
 *	CB = 1
 *	DB = 10
 *	GP = 30
 *	unit = working-day
 *
 * Start and stop are words of moves (lifecycle.h), "register" among them.
 * Limits have names of their own: a later one never hides an earlier one.
 *
 * Shipped: data/rules/cn.ini (the default, compiled in), cpgrams.ini,
 * beijing-12345.ini.
 *
 * Pure; any thread once made.
 */
#ifndef LAW_RULES_H
#define LAW_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

#include "law/calendar.h"
#include "law/lifecycle.h"

enum {
	RULES_BYTES_MAX = 48 * 1024,
	RULES_LIMITS_MAX = 24,
	RULES_NAME_MAX = 23, /* bytes of a limit's name: "handle" */
	RULES_TITLE_MAX = 90,
	RULES_ARTICLE_MAX = 60,
	RULES_VERSION_MAX = 40, /* "cn 2022.1" */
	RULES_LIMIT_MAX = 3650,
};

enum rules_unit { RULES_DAY, RULES_WORKING_DAY, RULES_HOUR };

enum rules_holder {
	RULES_HELD_BY_RECORDER,   /* the office that recorded the start */
	RULES_HELD_BY_TAKER,      /* the addressee of a forward, else holder */
	RULES_HELD_BY_ABOVE,      /* the office that was asked (review) */
	RULES_HELD_BY_PETITIONER, /* informs only: nobody is late */
};

/* What of an item decides whether a limit applies to it. */
struct rules_subject {
	const char *channel, *purpose, *legal_class, *procedure;
};

struct rules_limit {
	char name[RULES_NAME_MAX + 1];
	char title[LANGUAGE_COUNT][RULES_TITLE_MAX + 1];
	char article[RULES_ARTICLE_MAX + 1];
	uint64_t start, stop; /* BIT64 of moves */
	unsigned amount;
	enum rules_unit unit;
	enum rules_holder holder;
	bool is_set;         /* the date in the move itself counts (assign) */
	bool is_extendable;  /* by MOVE_EXTEND, once, its days */
	bool skips_hearings; /* MOVE_HEARING's days are added */
};

struct rules;

MUST_USE enum rc rules_parse(struct span text, struct rules **out,
    struct law_fault *fault);
const struct rules *rules_default(void); /* cn, compiled in; lives for ever */
void rules_free(struct rules *r);        /* NULL is fine */

const char *rules_version(const struct rules *r); /* "cn 2022.1" */
int64_t rules_effective_ms(const struct rules *r);
int rules_offset_min(const struct rules *r);
bool rules_ends_move(const struct rules *r); /* off rest days */
size_t rules_count(const struct rules *r);
const struct rules_limit *rules_at(const struct rules *r, size_t index);
bool rules_apply(const struct rules *r, const struct rules_limit *limit,
    const struct rules_subject *subject);

/* The ladder of directives: days after the limit, 0: not in this rule set. */
struct rules_ladder {
	unsigned remind_before, reminder, supervise, list; /* CB, DB, GP */
	enum rules_unit unit;
	unsigned suggestion_days; /* written answer to a suggestion */
};
const struct rules_ladder *rules_ladder(const struct rules *r);

/*
 * When a limit that starts at `start_ms` ends: its last millisecond.
 * `extra_days` (calendar) are added first (extension, hearings).
 * `*is_provisional` is set when an unknown year was looked at.
 */
int64_t rules_due(const struct rules *r, const struct rules_limit *limit,
    const struct calendar *c, int64_t start_ms, unsigned extra_days,
    bool *is_provisional);

#endif
