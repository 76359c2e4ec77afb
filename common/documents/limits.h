/*
 * limits - the time limits of items: what ends soon, what was missed, and who
 * holds it.
 *
 * One row:
 *	item, clock, due_date (null: by the hour), title_zh, title_en, round,
 *	article, start, started_at, limit, unit, extra_days, due, state,
 *	met_at, stopped_at, days_left (null: met or stopped), holder, rules,
 *	calendar, provisional
 *
 * The register keeps when each limit ends; whether that is past depends on
 * the moment asked about.  Days are counted in the zone of the rules that
 * made the limit.
 */
#ifndef DOCUMENTS_LIMITS_H
#define DOCUMENTS_LIMITS_H

#include "documents/reading.h"

/* Texts are borrowed. */
struct limits_filter {
	const char *office; /* who holds it */
	const char *clock;
	const char *item;
	int64_t as_of_ms;    /* as it was then; 0: now */
	bool is_within;      /* only what ends within so many days: */
	int64_t within_days; /* >= 0 */
	bool only_missed;    /* what ended before that moment */
	bool with_ended;     /* also what was met or stopped */
	int64_t limit;
};

/* What ends first in front.  What is nobody's duty is not in it. */
bool documents_limits(const struct reading *r, const struct limits_filter *f,
    documents_row *row, void *context);
uint64_t documents_limits_count(const struct reading *r,
    const struct limits_filter *f);

/* All limits of one item as an array, in the order of their start. */
json_t *documents_limits_of(const struct reading *r, const char *item);

#endif
