/*
 * Asking a rule set: which limits there are, whom they concern, when one ends.
 *
 * Everything was judged when the file was read (rules_parse.c), so nothing
 * here can fail.  The set of the program itself is read once, by whichever
 * thread asks first, and is never changed afterwards.
 */
#include "law/limits/rules.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "law/limits/defaults.h"
#include "law/limits/rules_internal.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

static struct rules *shipped;

static void
read_shipped(void)
{
	struct law_fault fault;

	CHECK(rules_parse(defaults_rules(), &shipped, &fault) == RC_OK);
}

const struct rules *
rules_default(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	CHECK(pthread_once(&once, read_shipped) == 0);
	return shipped;
}

void
rules_free(struct rules *r)
{
	free(r);
}

const char *
rules_version(const struct rules *r)
{
	return r->version;
}

int64_t
rules_effective_ms(const struct rules *r)
{
	return calendar_end_of(r->effective_day - 1, r->offset_min) + 1;
}

int
rules_offset_min(const struct rules *r)
{
	return r->offset_min;
}

size_t
rules_count(const struct rules *r)
{
	return r->count;
}

const struct rules_limit *
rules_at(const struct rules *r, size_t index)
{
	CHECK(index < r->count);
	return &r->limits[index];
}

const struct rules_limit *
rules_limit_named(const struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++) {
		if (strcmp(r->limits[i].name, name) == 0)
			return &r->limits[i];
	}
	return NULL;
}

static bool
holds(const struct condition *condition, const struct rules_subject *subject)
{
	const char *const values[SUBJECT_FIELDS] = {
		[SUBJECT_CHANNEL] = subject->channel,
		[SUBJECT_PURPOSE] = subject->purpose,
		[SUBJECT_CLASS] = subject->legal_class,
		[SUBJECT_PROCEDURE] = subject->procedure,
	};
	const char *value = values[condition->field];
	bool is_one = false;

	for (size_t i = 0; i < condition->count && value != NULL; i++)
		is_one |= strcmp(condition->codes[i], value) == 0;
	return is_one != condition->is_negated;
}

bool
rules_apply(const struct rules *r, const struct rules_limit *limit,
    const struct rules_subject *subject)
{
	size_t index = (size_t)(limit - r->limits);

	CHECK(index < r->count);
	for (size_t i = 0; i < r->condition_counts[index]; i++) {
		if (!holds(&r->conditions[index][i], subject))
			return false;
	}
	return true;
}

bool
rules_has_move(uint64_t moves, enum life_move move)
{
	return (moves >> move & 1) != 0;
}

const struct rules_ladder *
rules_ladder(const struct rules *r)
{
	return &r->ladder;
}

int64_t
rules_due(const struct rules *r, const struct rules_limit *limit,
    const struct calendar *c, int64_t start_ms, unsigned extra_days,
    bool *is_provisional)
{
	int64_t day = calendar_day_of(start_ms, r->offset_min) + extra_days;

	CHECK(extra_days <= RULES_EXTRA_MAX);
	if (limit->unit == RULES_HOUR) {
		return calendar_clamp(start_ms) + (int64_t)extra_days * DAY_MS +
		       (int64_t)limit->amount * HOUR_MS;
	}
	if (limit->unit == RULES_WORKING_DAY) {
		day =
		    calendar_add_working(c, day, limit->amount, is_provisional);
	} else {
		day += limit->amount;
	}
	if (r->ends_move)
		day = calendar_working_from(c, day, is_provisional);
	return calendar_end_of(day, r->offset_min);
}

const char *
rules_unit_word(enum rules_unit unit)
{
	static const char *const words[] = {
		[RULES_DAY] = "day",
		[RULES_WORKING_DAY] = "working-day",
		[RULES_HOUR] = "hour",
	};

	return words[unit];
}
