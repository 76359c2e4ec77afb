/*
 * petitions - the register as a list, newest first.
 *
 * JSON is written row by row, so that a register of any size passes through
 * in little memory.
 */
#include <string.h>

#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/items/petition.h"
#include "mech/db.h"
#include "petition/codes.h"
#include "register/views.h"
#include "words/table.h"

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
read_filter(const struct cli *cli, struct filter *f)
{
	f->source = cli_value(cli, "source");
	f->only_urgent = cli_has(cli, "urgent");
	read_category(cli, &f->category);
	return cli_read_office(cli, "office", &f->office) &&
	       cli_read_code(cli, "channel", CODES_CHANNEL, &f->channel) &&
	       cli_read_code(cli, "state", CODES_STATE, &f->state) &&
	       cli_read_item(cli, "item", f->item) &&
	       cli_date(cli, "since", false, &f->since_ms) &&
	       cli_date(cli, "until", true, &f->until_ms) &&
	       cli_read_limit(cli, &f->limit);
}

static void
add_from(const struct filter *f, struct query *q)
{
	query_add(q, " FROM petition WHERE 1");
	query_text(q, " AND office = ?", f->office);
	query_number(q, " AND recorded_ms >= ?", f->since_ms);
	query_number(q, " AND recorded_ms <= ?", f->until_ms);
	query_text(q, " AND substr(category, 1, length(?)) = ?", f->category);
	query_text(q, " AND channel = ?", f->channel);
	query_text(q,
	    " AND coalesce((SELECT n.state FROM item_now n"
	    " WHERE n.item = petition.item), 'REG') = ?",
	    f->state);
	query_text(q, " AND source = ?", f->source);
	/* An empty name asks for those that came from nowhere else. */
	if (f->source != NULL && f->source[0] == '\0')
		query_add(q, " AND source = ''");
	query_text(q, " AND item = ?", f->item);
	if (f->only_urgent)
		query_add(q, " AND " VIEWS_URGENT_WAITING);
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

	query_add(&q, "SELECT " CLI_PETITION_COLUMNS);
	add_from(f, &q);
	query_add(&q, " ORDER BY position DESC");
	query_number(&q, " LIMIT ?", f->limit);
	return query_open(db, &q);
}

/* -- printing -- */

static void
print_array(struct db *db, const struct filter *f)
{
	struct stmt *s = select_rows(db, f);
	struct cli_array rows = { 0 };

	while (db_next(s))
		cli_array_add(&rows, cli_petition_json(s));
	cli_array_end(&rows);
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
	size_t shown;

	t = table_new((const char *const[]){ cli_word(cli, SAY_CLI_HEAD_ITEM),
	    cli_word(cli, SAY_CLI_HEAD_RECORDED),
	    cli_word(cli, SAY_CLI_HEAD_CHANNEL),
	    cli_word(cli, SAY_CLI_HEAD_CATEGORY),
	    cli_word(cli, SAY_CLI_HEAD_STATE),
	    cli_word(cli, SAY_CLI_HEAD_SUBJECT), NULL });
	while (db_next(s))
		add_row(cli, t, s);
	db_finish(s);
	shown = table_rows(t);
	cli_print_table(t);
	cli_print_shown(cli, shown, count_rows(db, f));
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
			print_array(r.db, &f);
		} else {
			print_table(cli, r.db, &f);
		}
	}
	cli_reading_close(cli);
	return status;
}

const struct cli_command cli_petitions = {
	.name = "petitions",
	.arguments = "",
	.help = SAY_CLI_PETITIONS,
	.options = options,
	.run = run,
};
