/*
 * due - time limits: what ends soon, what was missed, and who holds it.
 *
 * The register keeps when each limit ends; whether that is past depends on
 * the time at which somebody asks.
 */
#include "base/clock.h"
#include "base/number.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/items/clocks.h"
#include "mech/db.h"
#include "words/table.h"

enum {
	WITHIN_DAYS_MAX = 3650,
};

#define DAY_MS INT64_C(86400000)

static const struct cli_option options[] = {
	{ "within", CLI_VALUE, "DAYS", SAY_CLI_OPTION_WITHIN },
	{ "overdue", CLI_FLAG, NULL, SAY_CLI_OPTION_OVERDUE },
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_HOLDER },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ITEM },
	{ "clock", CLI_VALUE, "NAME", SAY_CLI_OPTION_CLOCK },
	{ "all", CLI_FLAG, NULL, SAY_CLI_OPTION_ALL_CLOCKS },
	{ "as-of", CLI_VALUE, "DATE", SAY_CLI_OPTION_AS_OF },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

struct filter {
	const char *office, *clock;
	char item[ITEM_NUMBER_MAX + 1];
	int64_t now_ms;
	int64_t until_ms; /* ends at or before; 0: open */
	bool only_missed, with_ended, is_looking_back;
	int64_t limit; /* 0: none */
};

/* -- filters -- */

static bool
read_within(const struct cli *cli, int64_t *days)
{
	const char *typed = cli_value(cli, "within");

	if (typed == NULL ||
	    number_parse(typed, 0, WITHIN_DAYS_MAX, days) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS("within", typed));
	return false;
}

static bool
read_filter(const struct cli *cli, struct filter *f)
{
	int64_t within = -1;

	f->now_ms = clock_wall_ms();
	f->clock = cli_value(cli, "clock");
	f->only_missed = cli_has(cli, "overdue");
	f->with_ended = cli_has(cli, "all");
	if (!cli_date(cli, "as-of", true, &f->now_ms) ||
	    !read_within(cli, &within) || !cli_read_limit(cli, &f->limit) ||
	    !cli_read_office(cli, "office", &f->office) ||
	    !cli_read_item(cli, "item", f->item))
		return false;
	f->is_looking_back = cli_has(cli, "as-of");
	if (within >= 0)
		f->until_ms = f->now_ms + within * DAY_MS;
	if (f->only_missed)
		f->until_ms = f->now_ms - 1;
	return true;
}

/* -- SQL -- */

static void
add_from(const struct filter *f, struct query *q)
{
	query_add(q, " FROM clock WHERE holder <> ''");
	/* As it was then: what ended later still ran. */
	if (f->is_looking_back) {
		query_number(q, " AND start_ms <= ?", f->now_ms);
		if (!f->with_ended) {
			query_number(q,
			    " AND (met_ms = 0 OR met_ms > ?)"
			    " AND (stopped_ms = 0 OR stopped_ms > ?)",
			    f->now_ms);
		}
	} else if (!f->with_ended) {
		query_add(q, " AND met_ms = 0 AND stopped_ms = 0");
	}
	query_number(q, " AND due_ms <= ?", f->until_ms);
	query_text(q, " AND holder = ?", f->office);
	query_text(q, " AND name = ?", f->clock);
	query_text(q, " AND item = ?", f->item);
}

static uint64_t
count_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(db, &q);
}

static struct stmt *
select_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT " CLI_CLOCK_COLUMNS);
	add_from(f, &q);
	query_add(&q, " ORDER BY due_ms, item, name, round");
	query_number(&q, " LIMIT ?", f->limit);
	return query_open(db, &q);
}

/* -- printing -- */

static void
print_json(const struct reading *r, const struct filter *f)
{
	struct stmt *s = select_rows(r->db, f);
	struct cli_array rows = { 0 };

	while (db_next(s))
		cli_array_add(&rows, cli_clock_json(r, s, f->now_ms));
	cli_array_end(&rows);
	db_finish(s);
}

static void
print_table(const struct cli *cli, const struct reading *r,
    const struct filter *f)
{
	struct stmt *s = select_rows(r->db, f);
	struct table *t = cli_clock_table(cli, true);
	bool has_provisional = false;
	size_t count;

	while (db_next(s)) {
		json_t *row = cli_clock_json(r, s, f->now_ms);

		cli_clock_row(cli, t, row, true);
		has_provisional |=
		    json_is_true(json_object_get(row, "provisional"));
		json_decref(row);
	}
	db_finish(s);
	count = table_rows(t);
	if (count == 0) {
		cli_say(cli, stdout, SAY_CLI_NO_DUE, NULL);
		table_free(t);
		return;
	}
	cli_print_table(t);
	if (has_provisional)
		cli_say(cli, stdout, SAY_CLI_PROVISIONAL, NULL);
	if (f->limit != 0 && count == (size_t)f->limit)
		cli_print_shown(cli, count, count_rows(r->db, f));
}

static int
run(struct cli *cli)
{
	struct filter f = { 0 };
	struct reading r;
	int status;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	status = cli_reading_open(cli, &r);
	if (status == EXIT_DONE) {
		if (cli_has(cli, "count")) {
			cli_print_count(cli, count_rows(r.db, &f));
		} else if (cli_has(cli, "json")) {
			print_json(&r, &f);
		} else {
			print_table(cli, &r, &f);
		}
		cli_say_behind(cli, &r);
	}
	cli_reading_close(cli);
	return status;
}

const struct cli_command cli_due = {
	.name = "due",
	.arguments = "",
	.help = SAY_CLI_DUE,
	.options = options,
	.run = run,
};
