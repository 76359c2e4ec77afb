/*
 * petitions - the register as a list, newest first.
 *
 * JSON is written row by row, so that a register of any size passes through
 * in little memory.
 */
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/cli_petition.h"
#include "cli/table.h"
#include "mech/db.h"
#include "node/views.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "petition/office_code.h"

enum {
	LIMIT_FOR_PEOPLE = 50, /* rows of a table, unless told */
	SQL_MAX = 2048,
};

static const struct cli_option options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_OFFICE },
	{ "since", CLI_VALUE, "DATE", SAY_CLI_OPTION_SINCE },
	{ "until", CLI_VALUE, "DATE", SAY_CLI_OPTION_UNTIL },
	{ "category", CLI_VALUE, "CODE", SAY_CLI_OPTION_CATEGORY },
	{ "channel", CLI_VALUE, "CODE", SAY_CLI_OPTION_CHANNEL },
	{ "state", CLI_VALUE, "CODE", SAY_CLI_OPTION_STATE },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ITEM },
	{ "source", CLI_VALUE, "NAME", SAY_CLI_OPTION_SOURCE },
	{ "urgent", CLI_FLAG, NULL, SAY_CLI_OPTION_URGENT },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* -- filters -- */

struct filter {
	const char *office, *category, *channel, *state, *source;
	char item[ITEM_NUMBER_MAX + 1];
	int64_t since_ms, until_ms; /* 0: open */
	int64_t limit;              /* 0: none */
	bool only_urgent;
};

/* A code, or the name of it. */
static bool
read_code(const struct cli *cli, const char *option, enum codes_list list,
    const char **code)
{
	const char *typed = cli_value(cli, option);

	if (typed == NULL)
		return true;
	*code = codes_find(list, typed);
	if (*code == NULL) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
		    SAY_ARGS(option, typed, codes_all(list)));
	}
	return *code != NULL;
}

/* Deeper categories than those of our list exist: any code will do. */
static void
read_category(const struct cli *cli, const char **code)
{
	const char *typed = cli_value(cli, "category");

	if (typed == NULL)
		return;
	*code = codes_find(CODES_CATEGORY, typed);
	if (*code == NULL)
		*code = typed;
}

static bool
read_item(const struct cli *cli, char item[static ITEM_NUMBER_MAX + 1])
{
	const char *typed = cli_value(cli, "item");

	return typed == NULL || cli_item(cli, typed, item);
}

static bool
read_limit(const struct cli *cli, int64_t *limit)
{
	const char *typed = cli_value(cli, "limit");

	*limit = cli_has(cli, "json") ? 0 : LIMIT_FOR_PEOPLE;
	if (typed == NULL || number_parse(typed, 0, INT32_MAX, limit) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS("limit", typed));
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
	f->source = cli_value(cli, "source");
	f->only_urgent = cli_has(cli, "urgent");
	read_category(cli, &f->category);
	return read_office(cli, &f->office) &&
	       read_code(cli, "channel", CODES_CHANNEL, &f->channel) &&
	       read_code(cli, "state", CODES_STATE, &f->state) &&
	       read_item(cli, f->item) &&
	       cli_date(cli, "since", false, &f->since_ms) &&
	       cli_date(cli, "until", true, &f->until_ms) &&
	       read_limit(cli, &f->limit);
}

/* SQL as it grows; what does not fit is our bug. */
static void
add_sql(char sql[static SQL_MAX], const char *more)
{
	size_t used = strlen(sql);

	CHECK(text_copy(sql + used, SQL_MAX - used, more) == RC_OK);
}

static void
add_where(const struct filter *f, char sql[static SQL_MAX])
{
	add_sql(sql, " FROM petition WHERE 1");
	if (f->office != NULL)
		add_sql(sql, " AND office = ?");
	if (f->since_ms != 0)
		add_sql(sql, " AND recorded_ms >= ?");
	if (f->until_ms != 0)
		add_sql(sql, " AND recorded_ms <= ?");
	if (f->category != NULL)
		add_sql(sql, " AND substr(category, 1, length(?)) = ?");
	if (f->channel != NULL)
		add_sql(sql, " AND channel = ?");
	if (f->state != NULL) {
		add_sql(sql, " AND coalesce((SELECT n.state FROM item_now n"
			     " WHERE n.item = petition.item), 'REG') = ?");
	}
	if (f->source != NULL)
		add_sql(sql, " AND source = ?");
	if (f->item[0] != '\0')
		add_sql(sql, " AND item = ?");
	if (f->only_urgent)
		add_sql(sql, " AND " VIEWS_URGENT_WAITING);
}

static void
bind_text(struct stmt *s, const char *text)
{
	if (text != NULL)
		db_bind_text(s, text);
}

/* In the order of add_where. */
static void
bind_where(const struct filter *f, struct stmt *s)
{
	bind_text(s, f->office);
	if (f->since_ms != 0)
		db_bind_i64(s, f->since_ms);
	if (f->until_ms != 0)
		db_bind_i64(s, f->until_ms);
	bind_text(s, f->category);
	bind_text(s, f->category);
	bind_text(s, f->channel);
	bind_text(s, f->state);
	bind_text(s, f->source);
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
	char sql[SQL_MAX] = "SELECT " CLI_PETITION_COLUMNS;
	struct stmt *s;

	add_where(f, sql);
	add_sql(sql, " ORDER BY position DESC");
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

static void
print_array(struct db *db, const struct filter *f)
{
	struct stmt *s = select_rows(db, f);
	const char *between = "[";

	while (db_next(s)) {
		json_t *item = cli_petition_json(s);

		(void)fputs(between, stdout);
		if (json_dumpf(item, stdout, JSON_COMPACT) != 0)
			fatal("cannot write the result");
		json_decref(item);
		between = ",\n";
	}
	(void)puts(between[0] == '[' ? "[]" : "]");
	db_finish(s);
}

static void
add_row(const struct cli *cli, struct table *t, struct stmt *s)
{
	char time[CLI_TIME_MAX + 1];
	const char *subject = db_column_text(s, CLI_PETITION_SUBJECT);
	char marked[SUBJECT_BYTES_MAX + SAY_TEXT_MAX];

	if (subject[0] == '\0')
		subject = db_column_text(s, CLI_PETITION_TEXT);
	if (strcmp(db_column_text(s, CLI_PETITION_PROCEDURE), "U") == 0) {
		say_to(marked, sizeof(marked), cli->language, SAY_CLI_URGENT,
		    SAY_ARGS(subject));
		subject = marked;
	}
	table_row(t,
	    (const char *const[]){ db_column_text(s, CLI_PETITION_ITEM),
		cli_time(db_column_i64(s, CLI_PETITION_RECORDED), time),
		codes_name(CODES_CHANNEL,
		    db_column_text(s, CLI_PETITION_CHANNEL), cli->language),
		db_column_text(s, CLI_PETITION_CATEGORY),
		codes_name(CODES_STATE, db_column_text(s, CLI_PETITION_STATE),
		    cli->language),
		subject, NULL });
}

static void
print_table(const struct cli *cli, struct db *db, const struct filter *f)
{
	struct table *t;
	struct stmt *s = select_rows(db, f);
	char shown[24], all[24];
	uint64_t count;

	t = table_new((const char *const[]){ cli_word(cli, SAY_CLI_HEAD_ITEM),
	    cli_word(cli, SAY_CLI_HEAD_RECORDED),
	    cli_word(cli, SAY_CLI_HEAD_CHANNEL),
	    cli_word(cli, SAY_CLI_HEAD_CATEGORY),
	    cli_word(cli, SAY_CLI_HEAD_STATE),
	    cli_word(cli, SAY_CLI_HEAD_SUBJECT), NULL });
	while (db_next(s))
		add_row(cli, t, s);
	db_finish(s);
	count = count_rows(db, f);
	CHECK(text_format(shown, sizeof(shown), "%zu", table_rows(t)) == RC_OK);
	CHECK(text_format(all, sizeof(all), "%llu",
		  (unsigned long long)count) == RC_OK);
	cli_print_table(t);
	if (strcmp(shown, all) != 0)
		cli_say(cli, stdout, SAY_CLI_SHOWN_OF, SAY_ARGS(shown, all));
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
			print_array(r.db, &f);
		} else {
			print_table(cli, r.db, &f);
		}
	}
	cli_register_close(&r);
	return status;
}

const struct cli_command cli_petitions = {
	.name = "petitions",
	.arguments = "",
	.help = SAY_CLI_PETITIONS,
	.options = options,
	.run = run,
};
