/*
 * omissions - what must be supervised (R22 Art 40) and was not.
 *
 *	a limit past the ladder's first day		G1, Art 40
 *	the result of an assignment not fed back	G2, Art 40
 *	a matter that went up: below, overdue		G1
 *	the same: heard but not registered, declined	G3
 *
 * and no directive about it since.  Coverage counts both kinds: how many of
 * those that must be have been.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/supervision/supervise.h"
#include "desk/reply.h"
#include "law/moves/omission.h"
#include "mech/db.h"
#include "petition/codes.h"
#include "words/table.h"

#define DAY_MS INT64_C(86400000)

static const char article[] = "R22 Art 40";

static const struct cli_option options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_HOLDER },
	{ "as-of", CLI_VALUE, "DATE", SAY_CLI_OPTION_AS_OF },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

struct found {
	const char *office; /* only this one's; NULL: all */
	int64_t now_ms;
	int64_t limit; /* rows that are shown; 0: all */
	json_t *rows;
	uint64_t all, covered;
};

struct omission {
	const char *item, *office, *ground, *clock, *escalation;
	int64_t since_ms, days;
	bool is_covered;
};

static void
add(struct found *f, const struct omission *m)
{
	json_t *row;

	if (f->office != NULL && strcmp(f->office, m->office) != 0)
		return;
	f->all++;
	f->covered += m->is_covered;
	if (m->is_covered ||
	    (f->limit > 0 && json_array_size(f->rows) == (size_t)f->limit))
		return;
	row = json_object();
	doc_set(row, "item", doc_text(m->item));
	doc_set(row, "office", doc_text(m->office));
	doc_set(row, "ground", doc_text(m->ground));
	doc_set(row, "article", doc_text(article));
	doc_set(row, "clock", doc_text(m->clock));
	doc_set(row, "escalation", doc_text(m->escalation));
	doc_set(row, "since", doc_time(m->since_ms));
	doc_set(row, "days", json_integer(m->days));
	doc_add(f->rows, row);
}

/* -- limits -- */

static void
add_limits(struct found *f, const struct cli_supervise *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct supervise_row *row = &s->rows[i];
		if (row->rung != RUNG_CB)
			continue;
		add(f, &(struct omission){ .item = row->item,
			   .office = row->holder,
			   .ground = omission_ground_of_limit(row->clock),
			   .clock = row->clock,
			   .escalation = "",
			   .since_ms = row->due_ms,
			   .days = row->days_over,
			   .is_covered = row->is_covered });
	}
}

/* -- what went up -- */

static void
add_escalations(struct found *f, struct db *db)
{
	struct stmt *s = db_prepare(db,
	    "SELECT e.item, e.office, e.lower_state, e.id, e.at_ms,"
	    " EXISTS (SELECT 1 FROM directive_issue d WHERE"
	    "  d.recorded_ms >= e.at_ms AND d.audience <> d.origin AND"
	    "  (d.item IN (e.item, e.lower_item, e.matter) AND d.item <> ''"
	    "   OR d.matter = e.matter AND d.matter <> ''))"
	    " FROM escalation_now n JOIN escalation e"
	    "  ON e.id = n.id AND e.item = n.item"
	    "  AND e.revision = n.revision"
	    " WHERE e.lower_state IN ('UNR', 'OVD', 'DEC') AND e.at_ms <= ?"
	    " ORDER BY e.at_ms, e.id");

	db_bind_i64(s, f->now_ms);
	while (db_next(s)) {
		add(f, &(struct omission){ .item = db_column_text(s, 0),
			   .office = db_column_text(s, 1),
			   .ground = strcmp(db_column_text(s, 2), "OVD") == 0
					 ? "G1"
					 : "G3",
			   .clock = "",
			   .escalation = db_column_text(s, 3),
			   .since_ms = db_column_i64(s, 4),
			   .days = (f->now_ms - db_column_i64(s, 4)) / DAY_MS,
			   .is_covered = db_column_i64(s, 5) != 0 });
	}
	db_finish(s);
}

/* -- printing -- */

static json_t *
coverage(const struct found *f)
{
	json_t *out = json_object();

	doc_set(out, "supervised", doc_number(f->covered));
	doc_set(out, "must", doc_number(f->all));
	return out;
}

static void
print_json(const struct cli *cli, const struct found *f)
{
	json_t *out = json_object();

	doc_set(out, "count", doc_number(f->all - f->covered));
	doc_set(out, "coverage", coverage(f));
	if (!cli_has(cli, "count"))
		doc_set(out, "omissions", json_incref(f->rows));
	cli_print_json(out);
	json_decref(out);
}

static void
print_row(const struct cli *cli, struct table *t, const json_t *row)
{
	char since[CLI_TIME_MAX + 1], days[CLI_NUMBER_MAX + 1];
	const char *clock = doc_member(row, "clock");

	table_row(t,
	    (const char *const[]){ doc_member(row, "item"),
		doc_member(row, "office"),
		codes_name(CODES_GROUND, doc_member(row, "ground"),
		    cli->language),
		doc_member(row, "article"),
		clock[0] != '\0' ? clock : doc_member(row, "escalation"),
		cli_time_text(json_object_get(row, "since"), since),
		cli_number(row, "days", days), NULL });
}

static void
print_people(const struct cli *cli, const struct found *f)
{
	char covered[CLI_NUMBER_MAX + 1], all[CLI_NUMBER_MAX + 1];
	struct table *t;
	const json_t *row;

	if (cli_has(cli, "count")) {
		(void)printf("%llu\n",
		    (unsigned long long)(f->all - f->covered));
		return;
	}
	if (json_array_size(f->rows) == 0) {
		cli_say(cli, stdout, SAY_CLI_OMISSIONS_NONE, NULL);
	} else {
		t = table_new(
		    (const char *const[]){ cli_word(cli, SAY_CLI_HEAD_ITEM),
			cli_word(cli, SAY_CLI_LABEL_OFFICE),
			cli_word(cli, SAY_CLI_HEAD_GROUND),
			cli_word(cli, SAY_CLI_HEAD_ARTICLE),
			cli_word(cli, SAY_CLI_HEAD_CLOCK),
			cli_word(cli, SAY_CLI_HEAD_SINCE),
			cli_word(cli, SAY_CLI_HEAD_DAYS_OVER), NULL });
		for (size_t i = 0; (row = json_array_get(f->rows, i)) != NULL;
		     i++)
			print_row(cli, t, row);
		cli_print_table(t);
		cli_print_shown(cli, json_array_size(f->rows),
		    f->all - f->covered);
	}
	/* Of nothing there is no part. */
	if (f->all == 0) {
		cli_say(cli, stdout, SAY_CLI_COVERAGE_NONE, NULL);
		return;
	}
	CHECK(text_format(covered, sizeof(covered), "%llu",
		  (unsigned long long)f->covered) == RC_OK);
	CHECK(text_format(all, sizeof(all), "%llu",
		  (unsigned long long)f->all) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_COVERAGE, SAY_ARGS(covered, all));
}

static bool
read_filter(const struct cli *cli, struct found *f)
{
	f->now_ms = clock_wall_ms();
	return cli_read_office(cli, "office", &f->office) &&
	       cli_date(cli, "as-of", true, &f->now_ms) &&
	       cli_read_limit(cli, &f->limit);
}

static int
run(struct cli *cli)
{
	struct cli_supervise s = { 0 };
	struct reading r = { 0 };
	struct found f = { 0 };
	int exit;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	f.rows = json_array();
	exit = cli_reading_open(cli, &r);
	if (exit == EXIT_DONE)
		exit = cli_supervise_read(cli, &r, f.now_ms, RUNG_CB, &s);
	if (exit == EXIT_DONE) {
		add_limits(&f, &s);
		add_escalations(&f, r.db);
		if (cli_has(cli, "json")) {
			print_json(cli, &f);
		} else {
			print_people(cli, &f);
		}
		cli_say_behind(cli, &r);
	}
	cli_reading_close(cli);
	cli_supervise_free(&s);
	json_decref(f.rows);
	return exit;
}

const struct cli_command cli_omissions = {
	.name = "omissions",
	.arguments = "",
	.help = SAY_CLI_OMISSIONS,
	.options = options,
	.run = run,
};
