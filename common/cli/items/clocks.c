#include "cli/items/clocks.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "law/limits/clocks.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "words/table.h"

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

/* Days are counted as the law's own country counts them. */
enum { OFFSET_MIN = 8 * 60 };

static const char *const units[] = { "day", "working-day", "hour" };

static void
read_row(struct stmt *s, struct clock_row *c)
{
	*c = (struct clock_row){
		.start_ms = db_column_i64(s, COLUMN_START_MS),
		.due_ms = db_column_i64(s, COLUMN_DUE_MS),
		.met_ms = db_column_i64(s, COLUMN_MET_MS),
		.stopped_ms = db_column_i64(s, COLUMN_STOPPED_MS),
	};
}

static const char *
unit_word(struct stmt *s)
{
	int64_t unit = db_column_i64(s, COLUMN_UNIT);

	return unit >= 0 && unit < 3 ? units[unit] : "";
}

static const char *
move_word(const char *code)
{
	enum life_move move = life_move_of_code(code);

	return move < MOVE_COUNT ? life_move_word(move) : code;
}

/* The last day, as the country of the rules counts days. */
static json_t *
due_date(int64_t due_ms, int offset_min)
{
	char date[CALENDAR_DATE_MAX + 1];

	calendar_date(calendar_day_of(due_ms, offset_min), date);
	return json_string(date);
}

/* A name that the rules do not know any more stands for itself. */
static void
add_titles(const struct reading *r, const struct clock_row *c, struct stmt *s,
    json_t *out)
{
	const char *name = db_column_text(s, COLUMN_NAME);
	const struct rules *rules = lawbook_rules(views_lawbook(r->views),
	    db_column_text(s, COLUMN_HOLDER), c->start_ms);
	const struct rules_limit *limit = rules_limit_named(rules, name);

	doc_set(out, "due_date",
	    db_column_i64(s, COLUMN_UNIT) != RULES_HOUR
		? due_date(c->due_ms, rules_offset_min(rules))
		: json_null());
	doc_set(out, "title_zh",
	    doc_text(limit != NULL ? limit->title[LANGUAGE_ZH] : name));
	doc_set(out, "title_en",
	    doc_text(limit != NULL ? limit->title[LANGUAGE_EN] : name));
}

json_t *
cli_clock_json(const struct reading *r, struct stmt *s, int64_t now_ms)
{
	json_t *out = json_object();
	enum clock_state state;
	struct clock_row c;

	read_row(s, &c);
	state = clock_state_at(&c, now_ms);
	doc_set(out, "item", doc_text(db_column_text(s, COLUMN_ITEM)));
	doc_set(out, "clock", doc_text(db_column_text(s, COLUMN_NAME)));
	add_titles(r, &c, s, out);
	doc_set(out, "round", json_integer(db_column_i64(s, COLUMN_ROUND)));
	doc_set(out, "article", doc_text(db_column_text(s, COLUMN_ARTICLE)));
	doc_set(out, "start",
	    doc_text(move_word(db_column_text(s, COLUMN_START))));
	doc_set(out, "started_at", doc_time(c.start_ms));
	doc_set(out, "limit", json_integer(db_column_i64(s, COLUMN_AMOUNT)));
	doc_set(out, "unit", doc_text(unit_word(s)));
	doc_set(out, "extra_days",
	    json_integer(db_column_i64(s, COLUMN_EXTRA)));
	doc_set(out, "due", doc_time(c.due_ms));
	doc_set(out, "state", doc_text(clock_state_word(state)));
	doc_set(out, "met_at", doc_time(c.met_ms));
	doc_set(out, "stopped_at", doc_time(c.stopped_ms));
	doc_set(out, "days_left",
	    c.met_ms == 0 && c.stopped_ms == 0
		? json_integer(clock_days_left(&c, now_ms, OFFSET_MIN))
		: json_null());
	doc_set(out, "holder", doc_text(db_column_text(s, COLUMN_HOLDER)));
	doc_set(out, "rules", doc_text(db_column_text(s, COLUMN_RULES)));
	doc_set(out, "calendar", doc_text(db_column_text(s, COLUMN_CALENDAR)));
	doc_set(out, "provisional",
	    json_boolean(db_column_i64(s, COLUMN_PROVISIONAL) != 0));
	return out;
}

static const char *
state_name(const struct cli *cli, const char *word)
{
	static const struct {
		const char *word;
		enum say say;
	} names[] = {
		{ "running", SAY_CLOCK_RUNNING },
		{ "met", SAY_CLOCK_MET },
		{ "missed", SAY_CLOCK_MISSED },
		{ "stopped", SAY_CLOCK_STOPPED },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i].word, word) == 0)
			return cli_word(cli, names[i].say);
	}
	return word;
}

struct table *
cli_clock_table(const struct cli *cli, bool has_item)
{
	const char *heads[] = { cli_word(cli, SAY_CLI_HEAD_ITEM),
		cli_word(cli, SAY_CLI_HEAD_LIMIT),
		cli_word(cli, SAY_CLI_HEAD_STATE),
		cli_word(cli, SAY_CLI_HEAD_DUE),
		cli_word(cli, SAY_CLI_HEAD_LEFT),
		cli_word(cli, SAY_CLI_HEAD_HOLDER),
		cli_word(cli, SAY_CLI_HEAD_ARTICLE), NULL };
	struct table *t = table_new(has_item ? heads : heads + 1);

	table_right(t, has_item ? 4 : 3);
	return t;
}

void
cli_clock_row(const struct cli *cli, struct table *t, const json_t *clock,
    bool has_item)
{
	bool is_provisional =
	    json_is_true(json_object_get(clock, "provisional"));
	char left[CLI_NUMBER_MAX + 1], due[CLI_TIME_MAX + 1];
	char due_text[CLI_TIME_MAX + 2];
	const char *date = doc_member(clock, "due_date");

	if (date[0] == '\0')
		date = cli_time_text(json_object_get(clock, "due"), due);
	CHECK(text_format(due_text, sizeof(due_text), "%s%s", date,
		  is_provisional ? "*" : "") == RC_OK);
	if (has_item)
		table_text(t, doc_member(clock, "item"));
	table_text(t,
	    doc_member(clock,
		cli->language == LANGUAGE_ZH ? "title_zh" : "title_en"));
	table_text(t, state_name(cli, doc_member(clock, "state")));
	table_text(t, due_text);
	table_text(t, cli_number(clock, "days_left", left));
	table_text(t, doc_member(clock, "holder"));
	table_text(t, doc_member(clock, "article"));
}

json_t *
cli_clocks_of(const struct reading *r, const char *item, int64_t now_ms)
{
	struct stmt *s = db_prepare(r->db,
	    "SELECT " CLI_CLOCK_COLUMNS " FROM clock WHERE item = ?"
	    " ORDER BY start_ms, due_ms, name, round");
	json_t *list = json_array();

	db_bind_text(s, item);
	while (db_next(s)) {
		doc_add(list, cli_clock_json(r, s, now_ms));
	}
	db_finish(s);
	return list;
}

void
cli_say_behind(const struct cli *cli, const struct reading *r)
{
	char done_text[24], all_text[24];
	uint64_t done, all;

	if (!documents_behind(r, &done, &all))
		return;
	CHECK(text_format(done_text, sizeof(done_text), "%llu",
		  (unsigned long long)done) == RC_OK);
	CHECK(text_format(all_text, sizeof(all_text), "%llu",
		  (unsigned long long)all) == RC_OK);
	cli_say(cli, stderr, SAY_CLI_FOLLOWING, SAY_ARGS(done_text, all_text));
}
