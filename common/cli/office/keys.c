/*
 * keys - the yearly keys that petitioners' identities are sealed under, and
 * the end of one.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "keys/seal.h"
#include "mech/db.h"
#include "words/table.h"

/* -- list -- */

static const struct cli_option list_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/*
 * Years with identities or with an end on record; our own office's, and of
 * the others the ends that they told us of.
 */
static const char select_years[] =
    "SELECT y.office, y.year,"
    " (SELECT count(*) FROM petition p WHERE p.office = y.office"
    "  AND p.seal_year = y.year AND p.sealed_identity IS NOT NULL),"
    " coalesce((SELECT max(d.recorded_ms) FROM key_destroyed d"
    "  WHERE d.origin = y.office AND d.year = y.year), 0),"
    " coalesce((SELECT d.reason FROM key_destroyed d"
    "  WHERE d.origin = y.office AND d.year = y.year"
    "  ORDER BY d.position DESC LIMIT 1), ''),"
    " y.office = (SELECT office FROM applied)"
    " FROM (SELECT office, seal_year AS year FROM petition"
    "   WHERE sealed_identity IS NOT NULL"
    "   AND office = (SELECT office FROM applied)"
    "  UNION SELECT origin, year FROM key_destroyed) y"
    " ORDER BY y.office, y.year";

struct kept {
	int years[SEAL_YEARS_MAX];
	bool is_listed[SEAL_YEARS_MAX];
	size_t count;
};

/* Is there a key of this year? */
static bool
take_kept(struct kept *kept, int64_t year)
{
	for (size_t i = 0; i < kept->count; i++) {
		if (kept->years[i] == year) {
			kept->is_listed[i] = true;
			return true;
		}
	}
	return false;
}

static json_t *
year_json(struct stmt *s, struct kept *kept)
{
	int64_t destroyed_ms = db_column_i64(s, 3);
	const char *state = destroyed_ms > 0 ? "destroyed" : "missing";

	/* A key may be there again: of identities recorded since. */
	if (db_column_i64(s, 5) != 0 && take_kept(kept, db_column_i64(s, 1)))
		state = "kept";
	return json_pack("{s:o, s:I, s:s, s:I, s:o, s:o}", "office",
	    doc_text(db_column_text(s, 0)), "year",
	    (json_int_t)db_column_i64(s, 1), "state", state, "identities",
	    (json_int_t)db_column_i64(s, 2), "destroyed_at",
	    doc_time(destroyed_ms), "reason", doc_text(db_column_text(s, 4)));
}

/* Keys that sealed nothing, for completeness. */
static void
add_unused(const struct kept *kept, const char *office, json_t *list)
{
	for (size_t i = 0; i < kept->count; i++) {
		if (kept->is_listed[i])
			continue;
		doc_add(list,
		    json_pack("{s:s, s:i, s:s, s:i, s:n, s:s}", "office",
			office, "year", kept->years[i], "state", "kept",
			"identities", 0, "destroyed_at", "reason", ""));
	}
}

static json_t *
read_years(struct db *db, struct kept *kept)
{
	struct stmt *s = db_prepare(db, select_years);
	json_t *list = json_array();

	while (db_next(s))
		doc_add(list, year_json(s, kept));
	db_finish(s);
	s = db_prepare(db, "SELECT office FROM applied");
	CHECK(db_next(s));
	add_unused(kept, db_column_text(s, 0), list);
	db_finish(s);
	return list;
}

static enum say
state_word(const char *state)
{
	if (strcmp(state, "kept") == 0)
		return SAY_CLI_KEY_KEPT;
	return strcmp(state, "destroyed") == 0 ? SAY_CLI_KEY_DESTROYED
					       : SAY_CLI_KEY_MISSING;
}

static void
print_years(const struct cli *cli, const json_t *list)
{
	struct table *t;
	const json_t *one;

	t = table_new((
	    const char *const[]){ cli_word(cli, SAY_CLI_LABEL_OFFICE),
	    cli_word(cli, SAY_CLI_HEAD_YEAR), cli_word(cli, SAY_CLI_HEAD_KEY),
	    cli_word(cli, SAY_CLI_HEAD_IDENTITIES),
	    cli_word(cli, SAY_CLI_HEAD_TIME),
	    cli_word(cli, SAY_CLI_HEAD_REASON), NULL });
	for (size_t i = 0; (one = json_array_get(list, i)) != NULL; i++) {
		char year[CLI_NUMBER_MAX + 1], count[CLI_NUMBER_MAX + 1];
		char time[CLI_TIME_MAX + 1];

		table_row(t,
		    (const char *const[]){ doc_member(one, "office"),
			cli_number(one, "year", year),
			cli_word(cli, state_word(doc_member(one, "state"))),
			cli_number(one, "identities", count),
			cli_time_text(json_object_get(one, "destroyed_at"),
			    time),
			doc_member(one, "reason"), NULL });
	}
	cli_print_table(t);
}

static int
run_list(struct cli *cli)
{
	struct kept kept = { 0 };
	struct reading r;
	json_t *list;
	int exit = cli_reading_open(cli, &r);

	if (exit != EXIT_DONE)
		return exit;
	if (seal_years(cli->dir, kept.years, &kept.count) != RC_OK) {
		cli_reading_close(cli);
		return cli_refuse(cli, EXIT_CONFIG, SAY_DESK_NO_KEYS,
		    SAY_ARGS(cli->dir));
	}
	list = read_years(r.db, &kept);
	cli_reading_close(cli);
	if (cli_has(cli, "json")) {
		cli_print_json(list);
	} else {
		print_years(cli, list);
	}
	json_decref(list);
	return EXIT_DONE;
}

const struct cli_command cli_keys_list = {
	.name = "keys list",
	.arguments = "",
	.help = SAY_CLI_KEYS_LIST,
	.options = list_options,
	.run = run_list,
};

/* -- destroy -- */

static const struct cli_option destroy_options[] = {
	{ "reason", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REASON },
	{ "confirm", CLI_VALUE, "YEAR", SAY_CLI_OPTION_CONFIRM },
	{ "force", CLI_FLAG, NULL, SAY_CLI_OPTION_FORCE_KEY },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* A slip of the finger must not cost a year. */
static int
read_year(const struct cli *cli, struct key_destroyed *out)
{
	const char *typed = cli->arguments[0];
	int64_t year;

	if (number_parse(typed, KEY_YEAR_MIN, KEY_YEAR_MAX, &year) != RC_OK) {
		return cli_refuse(cli, EXIT_USAGE, SAY_KEY_YEAR,
		    SAY_ARGS(typed));
	}
	if (strcmp(cli_text(cli, "confirm", ""), typed) != 0) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_KEY_CONFIRM,
		    SAY_ARGS(typed));
	}
	if (year >= clock_year(clock_wall_ms()) && !cli_has(cli, "force")) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_KEY_CURRENT,
		    SAY_ARGS(typed));
	}
	out->year = (uint32_t)year;
	out->reason = span_of_text(cli_text(cli, "reason", ""));
	if (text_is_utf8(out->reason))
		return EXIT_DONE;
	return cli_refuse(cli, EXIT_USAGE, SAY_CLI_NOT_TEXT,
	    SAY_ARGS("--reason"));
}

static int
run_destroy(struct cli *cli)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_DESTROY_KEY, &ask);
	exit = read_year(cli, &ask.destroy_key);
	if (exit != EXIT_DONE)
		return exit;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_KEY_DONE, SAY_ARGS(cli->arguments[0]));
	}
	json_decref(result);
	return exit;
}

const struct cli_command cli_keys_destroy = {
	.name = "keys destroy",
	.arguments = "YEAR",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_KEYS_DESTROY,
	.options = destroy_options,
	.run = run_destroy,
};
