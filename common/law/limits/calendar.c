/*
 * Days as numbers, working days as one byte each, and the file they come from.
 *
 * A day of the years that the file covers is looked up; any other goes by
 * the week, and whoever asked is told that the answer is provisional.  Walks
 * go day by day: the longest is bounded by CALENDAR_ADD_MAX working days, and
 * behind the covered years every week has five of them, so each one ends.
 *
 * Moments come from records of other offices.  They are clamped before
 * anything is added: a made-up date must not overflow.
 */
#include "law/limits/calendar.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "law/limits/defaults.h"
#include "law/limits/law_ini.h"

enum { MINUTE_MS = 60 * 1000, DAY_MS = 24 * 60 * MINUTE_MS };

enum day_kind { DAY_BY_WEEK, DAY_REST, DAY_WORK };

struct calendar {
	char name[LAW_WORD_MAX + 1];
	char number[LAW_WORD_MAX + 1];          /* "2026.1" */
	char version[CALENDAR_VERSION_MAX + 1]; /* name and number */
	int64_t first, end; /* days of the years: first <= day < end */
	uint8_t *kinds;     /* enum day_kind of each, from `first` */
	size_t exceptions;
	int64_t last; /* exception read */
};

/* -- days and moments -- */

/*
 * Days are counted in eras of 400 years that begin on a first of March, so
 * that the leap day is the last of its year.
 */
int64_t
calendar_day(int year, int month, int day_of_month)
{
	int64_t march_year = (int64_t)year - (month <= 2);
	int64_t era = (march_year >= 0 ? march_year : march_year - 399) / 400;
	int64_t year_of_era = march_year - era * 400;
	int64_t day_of_year;

	CHECK(month >= 1 && month <= 12);
	CHECK(day_of_month >= 1 && day_of_month <= 31);
	day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
		      day_of_month - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + day_of_year - 719468;
}

int
calendar_year_of(int64_t day)
{
	int64_t year = 1970 + day / 365;

	/* 365 is too short a year: go back to the one that began by then. */
	while (calendar_day((int)year, 1, 1) > day)
		year--;
	while (calendar_day((int)year + 1, 1, 1) <= day)
		year++;
	return (int)year;
}

static int64_t
within(int64_t value, int64_t min, int64_t max)
{
	if (value < min)
		return min;
	return value > max ? max : value;
}

int64_t
calendar_clamp(int64_t wall_ms)
{
	return within(wall_ms, calendar_day(1900, 1, 1) * DAY_MS,
	    calendar_day(3000, 1, 1) * DAY_MS - 1);
}

int64_t
calendar_day_of(int64_t wall_ms, int offset_min)
{
	int64_t local =
	    calendar_clamp(wall_ms) + (int64_t)offset_min * MINUTE_MS;

	return local >= 0 ? local / DAY_MS : -((-local - 1) / DAY_MS) - 1;
}

int64_t
calendar_end_of(int64_t day, int offset_min)
{
	/* A year more than day_of gives, and what may be added to that. */
	day = within(day, calendar_day(1899, 1, 1), calendar_day(3050, 1, 1));
	return (day + 1) * DAY_MS - (int64_t)offset_min * MINUTE_MS - 1;
}

/* -- working days -- */

bool
calendar_knows(const struct calendar *c, int64_t day)
{
	return day >= c->first && day < c->end;
}

/* 1970-01-01 was a Thursday. */
static bool
is_weekend(int64_t day)
{
	int64_t weekday = ((day + 3) % 7 + 7) % 7; /* 0: Monday */

	return weekday >= 5;
}

bool
calendar_is_working(const struct calendar *c, int64_t day)
{
	uint8_t kind = DAY_BY_WEEK;

	if (calendar_knows(c, day))
		kind = c->kinds[day - c->first];
	return kind == DAY_BY_WEEK ? !is_weekend(day) : kind == DAY_WORK;
}

/* Whether `day` is a working day, remembering whether that is known. */
static bool
look(const struct calendar *c, int64_t day, bool *is_provisional)
{
	if (!calendar_knows(c, day))
		*is_provisional = true;
	return calendar_is_working(c, day);
}

int64_t
calendar_add_working(const struct calendar *c, int64_t day, unsigned count,
    bool *is_provisional)
{
	CHECK(count <= CALENDAR_ADD_MAX);
	while (count > 0) {
		day++;
		if (look(c, day, is_provisional))
			count--;
	}
	return day;
}

int64_t
calendar_working_from(const struct calendar *c, int64_t day,
    bool *is_provisional)
{
	/* A file of nothing but rest ends where its years end. */
	while (!look(c, day, is_provisional))
		day++;
	return day;
}

/* -- the file -- */

static bool
take_years(struct calendar *c, const struct law_ini_entry *e,
    struct law_fault *fault)
{
	char first_text[8] = "", last_text[8] = "";
	const char *dash = strchr(e->value, '-');
	size_t size =
	    dash != NULL ? (size_t)(dash - e->value) : strlen(e->value);
	const char *last_at = dash != NULL ? dash + 1 : e->value;
	int64_t first, last;

	if (text_copy_span(first_text, sizeof(first_text),
		span_of(e->value, size)) != RC_OK ||
	    text_copy(last_text, sizeof(last_text), last_at) != RC_OK ||
	    number_parse(first_text, CALENDAR_YEAR_MIN, CALENDAR_YEAR_MAX,
		&first) != RC_OK ||
	    number_parse(last_text, first, CALENDAR_YEAR_MAX, &last) != RC_OK ||
	    last - first >= CALENDAR_YEARS_MAX) {
		return law_fault_at(fault, e->line,
		    "years is FIRST-LAST, from %d to %d and at most %d of them",
		    CALENDAR_YEAR_MIN, CALENDAR_YEAR_MAX, CALENDAR_YEARS_MAX);
	}
	c->first = calendar_day((int)first, 1, 1);
	c->end = calendar_day((int)last + 1, 1, 1);
	c->kinds = memory_new((size_t)(c->end - c->first), 1);
	c->last = c->first - 1;
	return true;
}

static bool
take_word(char *to, const struct law_ini_entry *e, struct law_fault *fault)
{
	if (to[0] != '\0')
		return law_fault_at(fault, e->line, "%s comes twice", e->key);
	if (!law_word_is_good(e->value, LAW_WORD_MAX)) {
		return law_fault_at(fault, e->line,
		    "%s takes 1 to %d letters, digits, dots, dashes", e->key,
		    LAW_WORD_MAX);
	}
	return text_copy(to, LAW_WORD_MAX + 1, e->value) == RC_OK;
}

static bool
take_head(struct calendar *c, const struct law_ini_entry *e,
    struct law_fault *fault)
{
	if (strcmp(e->key, "name") == 0)
		return take_word(c->name, e, fault);
	if (strcmp(e->key, "version") == 0)
		return take_word(c->number, e, fault);
	if (strcmp(e->key, "years") != 0) {
		return law_fault_at(fault, e->line,
		    "[calendar] has name, version and years, not %.60s",
		    e->key);
	}
	if (c->kinds != NULL)
		return law_fault_at(fault, e->line, "years comes twice");
	return take_years(c, e, fault);
}

/* "rest" or "work", and behind a comma whatever helps the reader. */
static enum day_kind
kind_of(const char *value)
{
	size_t size = strcspn(value, ", \t");
	const char *rest = value + size + strspn(value + size, " \t");

	if (size != 4 || (*rest != '\0' && *rest != ','))
		return DAY_BY_WEEK;
	if (strncmp(value, "rest", 4) == 0)
		return DAY_REST;
	return strncmp(value, "work", 4) == 0 ? DAY_WORK : DAY_BY_WEEK;
}

static bool
take_day(struct calendar *c, const struct law_ini_entry *e,
    struct law_fault *fault)
{
	enum day_kind kind = kind_of(e->value);
	int64_t day;

	if (c->kinds == NULL) {
		return law_fault_at(fault, e->line,
		    "[calendar] with its years comes before [days]");
	}
	if (!law_day_read(e->key, &day)) {
		return law_fault_at(fault, e->line,
		    "%.40s is not a day like 2026-01-31", e->key);
	}
	if (!calendar_knows(c, day)) {
		return law_fault_at(fault, e->line,
		    "%s is not within the years of the file", e->key);
	}
	if (day <= c->last) {
		return law_fault_at(fault, e->line,
		    "%s comes twice or after a later day", e->key);
	}
	if (kind == DAY_BY_WEEK) {
		return law_fault_at(fault, e->line,
		    "a day is rest or work, then a comma and a remark");
	}
	if (c->exceptions == CALENDAR_DAYS_MAX) {
		return law_fault_at(fault, e->line,
		    "there are more than %d days", CALENDAR_DAYS_MAX);
	}
	c->kinds[day - c->first] = (uint8_t)kind;
	c->last = day;
	c->exceptions++;
	return true;
}

static bool
take(void *context, const struct law_ini_entry *e, struct law_fault *fault)
{
	if (strcmp(e->section, "calendar") == 0)
		return take_head(context, e, fault);
	if (strcmp(e->section, "days") == 0)
		return take_day(context, e, fault);
	return law_fault_at(fault, e->line,
	    "there is no section [%s]; there are [calendar] and [days]",
	    e->section);
}

static bool
finish(struct calendar *c, struct law_fault *fault)
{
	if (c->name[0] == '\0' || c->number[0] == '\0' || c->kinds == NULL) {
		return law_fault_at(fault, 0,
		    "[calendar] needs name, version and years");
	}
	if (text_format(c->version, sizeof(c->version), "%s %s", c->name,
		c->number) != RC_OK) {
		return law_fault_at(fault, 0,
		    "name and version together are longer than %d bytes",
		    CALENDAR_VERSION_MAX);
	}
	return true;
}

enum rc
calendar_parse(struct span text, struct calendar **out, struct law_fault *fault)
{
	struct calendar *c = memory_new(1, sizeof(*c));
	enum rc rc = law_ini_read(text, CALENDAR_BYTES_MAX, take, c, fault);

	*out = NULL;
	if (rc == RC_OK && !finish(c, fault))
		rc = RC_MALFORMED;
	if (rc != RC_OK) {
		calendar_free(c);
		return rc;
	}
	*out = c;
	return RC_OK;
}

static struct calendar *shipped;

static void
read_shipped(void)
{
	struct law_fault fault;

	CHECK(calendar_parse(defaults_calendar(), &shipped, &fault) == RC_OK);
}

const struct calendar *
calendar_default(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	CHECK(pthread_once(&once, read_shipped) == 0);
	return shipped;
}

void
calendar_free(struct calendar *c)
{
	if (c == NULL)
		return;
	free(c->kinds);
	free(c);
}

const char *
calendar_version(const struct calendar *c)
{
	return c->version;
}

void
calendar_date(int64_t day, char out[static CALENDAR_DATE_MAX + 1])
{
	int year = calendar_year_of(day);
	int month = 12;

	while (calendar_day(year, month, 1) > day)
		month--;
	CHECK(
	    text_format(out, CALENDAR_DATE_MAX + 1, "%04d-%02d-%02d", year,
		month, (int)(day - calendar_day(year, month, 1)) + 1) == RC_OK);
}
