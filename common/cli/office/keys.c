/*
 * keys - the yearly keys that petitioners' identities are sealed under, and
 * the end of one.
 */
#include "documents/keys.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "keys/seal.h"
#include "words/table.h"

/* -- list -- */

static const struct cli_option list_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static enum say
state_word(const char *state)
{
	if (strcmp(state, "kept") == 0)
		return SAY_CLI_KEY_KEPT;
	return strcmp(state, "destroyed") == 0 ? SAY_CLI_KEY_DESTROYED
					       : SAY_CLI_KEY_MISSING;
}

static bool
ask_keys(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_keys(r, filter, row, context);
}

static const enum say heads[] = { SAY_CLI_LABEL_OFFICE, SAY_CLI_HEAD_YEAR,
	SAY_CLI_HEAD_KEY, SAY_CLI_HEAD_IDENTITIES, SAY_CLI_HEAD_TIME,
	SAY_CLI_HEAD_REASON, SAY_COUNT };

static void
add_cells(const struct cli *cli, struct table *t, const json_t *key)
{
	char year[DOC_DIGITS_MAX + 1], count[DOC_DIGITS_MAX + 1];
	char time[DOC_MINUTE_MAX + 1];

	table_text(t, doc_member(key, "office"));
	table_text(t, doc_digits(key, "year", year));
	table_text(t, cli_word(cli, state_word(doc_member(key, "state"))));
	table_text(t, doc_digits(key, "identities", count));
	table_text(t, doc_minute(json_object_get(key, "destroyed_at"), time));
	table_text(t, doc_member(key, "reason"));
}

static int
run_list(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_keys,
		.heads = heads,
		.cells = add_cells };
	int years[SEAL_YEARS_MAX];
	struct keys_kept kept = { .years = years };

	if (seal_years(cli->dir, years, &kept.count) != RC_OK) {
		return cli_refuse(cli, EXIT_CONFIG, SAY_DESK_NO_KEYS,
		    SAY_ARGS(cli->dir));
	}
	return listing_run(cli, &listing, &kept);
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
	return cli_read_span(cli, "reason", &out->reason) ? EXIT_DONE
							  : EXIT_USAGE;
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
