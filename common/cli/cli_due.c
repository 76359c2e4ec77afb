/*
 * due - time limits: what ends soon, what was missed, and who holds it.
 *
 * The register keeps when each limit ends; whether that is past depends on
 * the time at which somebody asks.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_clocks.h"
#include "cli/cli_internal.h"
#include "cli/cli_petition.h"
#include "cli/table.h"
#include "mech/db.h"
#include "node/reply.h"
#include "petition/office_code.h"

enum {
	LIMIT_FOR_PEOPLE = 50,
	SQL_MAX = 1500,
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
read_number(const struct cli *cli, const char *option, int64_t max,
    int64_t *out)
{
	const char *typed = cli_value(cli, option);

	if (typed == NULL || number_parse(typed, 0, max, out) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS(option, typed));
	return false;
}

static bool
read_office(const struct cli *cli, const char **code)
{
	*code = cli_value(cli, "office");
	if (*code == NULL || office_code_is_shaped(*code))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_OFFICE_CODE_MALFORMED,
	    SAY_ARGS(*code));
	return false;
}

static bool
read_filter(const struct cli *cli, struct filter *f)
{
	const char *item = cli_value(cli, "item");
	int64_t within = -1;

	f->now_ms = clock_wall_ms();
	f->clock = cli_value(cli, "clock");
	f->only_missed = cli_has(cli, "overdue");
	f->with_ended = cli_has(cli, "all");
	f->limit = cli_has(cli, "json") ? 0 : LIMIT_FOR_PEOPLE;
	if (!cli_date(cli, "as-of", true, &f->now_ms) ||
	    !read_number(cli, "within", WITHIN_DAYS_MAX, &within) ||
	    !read_number(cli, "limit", INT32_MAX, &f->limit) ||
	    !read_office(cli, &f->office) ||
	    (item != NULL && !cli_item(cli, item, f->item)))
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
add_sql(char sql[static SQL_MAX], const char *more)
{
	size_t used = strlen(sql);

	CHECK(text_copy(sql + used, SQL_MAX - used, more) == RC_OK);
}

static void
add_where(const struct filter *f, char sql[static SQL_MAX])
{
	add_sql(sql, " FROM clock WHERE holder <> ''");
	/* As it was then: what ended later still ran. */
	if (f->is_looking_back) {
		add_sql(sql, " AND start_ms <= ?");
		if (!f->with_ended) {
			add_sql(sql, " AND (met_ms = 0 OR met_ms > ?)"
				     " AND (stopped_ms = 0 OR stopped_ms > ?)");
		}
	} else if (!f->with_ended) {
		add_sql(sql, " AND met_ms = 0 AND stopped_ms = 0");
	}
	if (f->until_ms != 0)
		add_sql(sql, " AND due_ms <= ?");
	if (f->office != NULL)
		add_sql(sql, " AND holder = ?");
	if (f->clock != NULL)
		add_sql(sql, " AND name = ?");
	if (f->item[0] != '\0')
		add_sql(sql, " AND item = ?");
}

static void
bind_where(const struct filter *f, struct stmt *s)
{
	int times = f->is_looking_back ? (f->with_ended ? 1 : 3) : 0;

	for (int i = 0; i < times; i++)
		db_bind_i64(s, f->now_ms);
	if (f->until_ms != 0)
		db_bind_i64(s, f->until_ms);
	if (f->office != NULL)
		db_bind_text(s, f->office);
	if (f->clock != NULL)
		db_bind_text(s, f->clock);
	if (f->item[0] != '\0')
		db_bind_text(s, f->item);
}

static uint64_t
count_rows(struct db *db, const struct filter *f)
{
	char sql[SQL_MAX] = "SELECT count(*)";
	struct stmt *s;
	uint64_t count;

	add_where(f, sql);
	s = db_prepare(db, sql);
	bind_where(f, s);
	CHECK(db_next(s));
	count = db_column_u64(s, 0);
	db_finish(s);
	return count;
}

static struct stmt *
select_rows(struct db *db, const struct filter *f)
{
	char sql[SQL_MAX] = "SELECT " CLI_CLOCK_COLUMNS;
	struct stmt *s;

	add_where(f, sql);
	add_sql(sql, " ORDER BY due_ms, item, name, round");
	if (f->limit != 0)
		add_sql(sql, " LIMIT ?");
	s = db_prepare(db, sql);
	bind_where(f, s);
	if (f->limit != 0)
		db_bind_i64(s, f->limit);
	return s;
}

/* -- printing -- */

static void
print_json(const struct cli_register *r, const struct filter *f)
{
	struct stmt *s = select_rows(r->db, f);
	const char *between = "[";

	while (db_next(s)) {
		json_t *row = cli_clock_json(r, s, f->now_ms);

		(void)fputs(between, stdout);
		if (json_dumpf(row, stdout, JSON_COMPACT) != 0)
			fatal("cannot write the result");
		json_decref(row);
		between = ",\n";
	}
	(void)puts(between[0] == '[' ? "[]" : "]");
	db_finish(s);
}

static void
print_table(const struct cli *cli, const struct cli_register *r,
    const struct filter *f)
{
	struct stmt *s = select_rows(r->db, f);
	struct table *t = cli_clock_table(cli, true);
	char shown[24], all[24];
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
	if (f->limit == 0 || count < (size_t)f->limit)
		return;
	CHECK(text_format(shown, sizeof(shown), "%zu", count) == RC_OK);
	CHECK(text_format(all, sizeof(all), "%llu",
		  (unsigned long long)count_rows(r->db, f)) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_SHOWN_OF, SAY_ARGS(shown, all));
}

static void
print_count(const struct cli *cli, struct db *db, const struct filter *f)
{
	uint64_t count = count_rows(db, f);
	json_t *document;

	if (!cli_has(cli, "json")) {
		(void)printf("%llu\n", (unsigned long long)count);
		return;
	}
	document = json_object();
	cli_set(document, "count", json_integer((json_int_t)count));
	cli_print_json(document);
	json_decref(document);
}

static int
run(struct cli *cli)
{
	struct filter f = { 0 };
	struct cli_register r;
	int status;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	status = cli_register_open(cli, &r);
	if (status == EXIT_DONE) {
		if (cli_has(cli, "count")) {
			print_count(cli, r.db, &f);
		} else if (cli_has(cli, "json")) {
			print_json(&r, &f);
		} else {
			print_table(cli, &r, &f);
		}
		cli_say_behind(cli, r.db);
	}
	cli_register_close(&r);
	return status;
}

const struct cli_command cli_due = {
	.name = "due",
	.arguments = "",
	.help = SAY_CLI_DUE,
	.options = options,
	.run = run,
};
