/*
 * limits - the time limits of items.
 *
 * A row of `clock` says by which rules it was made; which file that is says
 * the lawbook, by the office that holds the limit and the moment when it
 * began.  A right has no holder (nobody is late), so there the version that
 * the row names decides.  The file gives titles and the zone in which days
 * are counted: east and west of it another day may have begun.
 */
#include "documents/limits.h"

#include <string.h>

#include "documents/page.h"
#include "law/limits/clocks.h"
#include "mech/db.h"
#include "mech/query.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "words/doc.h"

#define DAY_MS INT64_C(86400000)

#define COLUMNS                                                                \
	"SELECT item, name, round, start_move, start_ms, due_ms, met_ms,"      \
	" stopped_ms, extra_days, holder, rules, calendar, article, unit,"     \
	" amount, is_provisional"

/* In the order above. */
enum column {
	COLUMN_ITEM,
	COLUMN_NAME,
	COLUMN_ROUND,
	COLUMN_START,
	COLUMN_START_MS,
	COLUMN_DUE_MS,
	COLUMN_MET_MS,
	COLUMN_STOPPED_MS,
	COLUMN_EXTRA,
	COLUMN_HOLDER,
	COLUMN_RULES,
	COLUMN_CALENDAR,
	COLUMN_ARTICLE,
	COLUMN_UNIT,
	COLUMN_AMOUNT,
	COLUMN_PROVISIONAL,
};

/* -- one limit -- */

static struct clock_row
present_clock(struct stmt *s)
{
	return (struct clock_row){
		.start_ms = db_column_i64(s, COLUMN_START_MS),
		.due_ms = db_column_i64(s, COLUMN_DUE_MS),
		.met_ms = db_column_i64(s, COLUMN_MET_MS),
		.stopped_ms = db_column_i64(s, COLUMN_STOPPED_MS),
	};
}

/* The rules that made the limit; those in force where they are gone. */
static const struct rules *
rules_of(const struct reading *r, struct stmt *s)
{
	struct lawbook *book = views_lawbook(r->views);
	const char *version = db_column_text(s, COLUMN_RULES);
	const struct rules *rules =
	    lawbook_rules(book, db_column_text(s, COLUMN_HOLDER),
		db_column_i64(s, COLUMN_START_MS));
	const struct rules *named;

	if (strcmp(rules_version(rules), version) == 0)
		return rules;
	named = lawbook_rules_named(book, version);
	return named != NULL ? named : rules;
}

static json_t *
unit_json(struct stmt *s)
{
	int64_t unit = db_column_i64(s, COLUMN_UNIT);

	return doc_text(unit >= RULES_DAY && unit <= RULES_HOUR
			    ? rules_unit_word((enum rules_unit)unit)
			    : "");
}

static json_t *
start_json(const char *code)
{
	enum life_move move = life_move_of_code(code);

	return doc_text(move < MOVE_COUNT ? life_move_word(move) : code);
}

/* The last day, as the country of the rules counts days. */
static json_t *
date_json(int64_t due_ms, int offset_min)
{
	char date[CALENDAR_DATE_MAX + 1];

	calendar_date(calendar_day_of(due_ms, offset_min), date);
	return json_string(date);
}

/* What its rules say of it; a name that they do not know stands for itself. */
static void
add_rules(json_t *out, const struct rules *rules, struct stmt *s)
{
	const char *name = db_column_text(s, COLUMN_NAME);
	const struct rules_limit *limit = rules_limit_named(rules, name);
	bool has_date = db_column_i64(s, COLUMN_UNIT) != RULES_HOUR;

	doc_set(out, "due_date",
	    has_date ? date_json(db_column_i64(s, COLUMN_DUE_MS),
			   rules_offset_min(rules))
		     : json_null());
	doc_set(out, "title_zh",
	    doc_text(limit != NULL ? limit->title[LANGUAGE_ZH] : name));
	doc_set(out, "title_en",
	    doc_text(limit != NULL ? limit->title[LANGUAGE_EN] : name));
}

/* Where it stands at that moment. */
static void
add_state(json_t *out, const struct rules *rules, const struct clock_row *c,
    int64_t now_ms)
{
	bool is_open = c->met_ms == 0 && c->stopped_ms == 0;

	doc_set(out, "due", doc_time(c->due_ms));
	doc_set(out, "state",
	    doc_text(clock_state_word(clock_state_at(c, now_ms))));
	doc_set(out, "met_at", doc_time(c->met_ms));
	doc_set(out, "stopped_at", doc_time(c->stopped_ms));
	doc_set(out, "days_left",
	    is_open ? json_integer(
			  clock_days_left(c, now_ms, rules_offset_min(rules)))
		    : json_null());
}

static json_t *
present_row(const struct reading *r, struct stmt *s, int64_t now_ms)
{
	const struct rules *rules = rules_of(r, s);
	struct clock_row c = present_clock(s);
	json_t *out = json_object();

	doc_set(out, "item", doc_text(db_column_text(s, COLUMN_ITEM)));
	doc_set(out, "clock", doc_text(db_column_text(s, COLUMN_NAME)));
	add_rules(out, rules, s);
	doc_set(out, "round", json_integer(db_column_i64(s, COLUMN_ROUND)));
	doc_set(out, "article", doc_text(db_column_text(s, COLUMN_ARTICLE)));
	doc_set(out, "start", start_json(db_column_text(s, COLUMN_START)));
	doc_set(out, "started_at", doc_time(c.start_ms));
	doc_set(out, "limit", json_integer(db_column_i64(s, COLUMN_AMOUNT)));
	doc_set(out, "unit", unit_json(s));
	doc_set(out, "extra_days",
	    json_integer(db_column_i64(s, COLUMN_EXTRA)));
	add_state(out, rules, &c, now_ms);
	doc_set(out, "holder", doc_text(db_column_text(s, COLUMN_HOLDER)));
	doc_set(out, "rules", doc_text(db_column_text(s, COLUMN_RULES)));
	doc_set(out, "calendar", doc_text(db_column_text(s, COLUMN_CALENDAR)));
	doc_set(out, "provisional",
	    json_boolean(db_column_i64(s, COLUMN_PROVISIONAL) != 0));
	return out;
}

/* -- which -- */

static int64_t
moment_of(const struct reading *r, const struct limits_filter *f)
{
	return f->as_of_ms != 0 ? f->as_of_ms : r->now_ms;
}

/* The last moment at which a limit that is asked for ends; 0: any. */
static int64_t
latest_due_ms(const struct limits_filter *f, int64_t now_ms)
{
	if (f->only_missed)
		return now_ms - 1;
	return f->is_within ? now_ms + f->within_days * DAY_MS : 0;
}

static void
add_from(const struct limits_filter *f, int64_t now_ms, struct query *q)
{
	query_add(q, " FROM clock WHERE holder <> ''");
	/* As it was then: what ended later still ran. */
	if (f->as_of_ms != 0) {
		query_number(q, " AND start_ms <= ?", now_ms);
		if (!f->with_ended) {
			query_number(q,
			    " AND (met_ms = 0 OR met_ms > ?)"
			    " AND (stopped_ms = 0 OR stopped_ms > ?)",
			    now_ms);
		}
	} else if (!f->with_ended) {
		query_add(q, " AND met_ms = 0 AND stopped_ms = 0");
	}
	query_number(q, " AND due_ms <= ?", latest_due_ms(f, now_ms));
	query_text(q, " AND holder = ?", f->office);
	query_text(q, " AND name = ?", f->clock);
	query_text(q, " AND item = ?", f->item);
}

uint64_t
documents_limits_count(const struct reading *r, const struct limits_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, moment_of(r, f), &q);
	return query_count(r->db, &q);
}

bool
documents_limits(const struct reading *r, const struct limits_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	int64_t now_ms = moment_of(r, f);
	struct query q = { 0 };
	struct stmt *s;

	query_add(&q, COLUMNS);
	add_from(f, now_ms, &q);
	query_add(&q, " ORDER BY due_ms, item, name, round");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(r, s, now_ms));
	db_finish(s);
	return page.is_more;
}

json_t *
documents_limits_of(const struct reading *r, const char *item)
{
	struct stmt *s = db_prepare(r->db,
	    COLUMNS " FROM clock WHERE item = ?"
		    " ORDER BY start_ms, due_ms, name, round");
	json_t *list = json_array();

	db_bind_text(s, item);
	while (db_next(s))
		doc_add(list, present_row(r, s, r->now_ms));
	db_finish(s);
	return list;
}
