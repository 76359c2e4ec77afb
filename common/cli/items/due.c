/*
 * due - time limits: what ends soon, what was missed, and who holds it.
 */
#include "base/number.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/items/clocks.h"
#include "cli/listing.h"
#include "documents/limits.h"

enum {
	WITHIN_DAYS_MAX = 3650,
};

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

static bool
read_within(const struct cli *cli, struct limits_filter *f)
{
	const char *typed = cli_value(cli, "within");

	f->is_within = typed != NULL;
	if (typed == NULL ||
	    number_parse(typed, 0, WITHIN_DAYS_MAX, &f->within_days) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS("within", typed));
	return false;
}

static bool
read_filter(const struct cli *cli, char item[static ITEM_NUMBER_MAX + 1],
    struct limits_filter *f)
{
	f->item = item;
	f->clock = cli_value(cli, "clock");
	f->only_missed = cli_has(cli, "overdue");
	f->with_ended = cli_has(cli, "all");
	return cli_date(cli, "as-of", true, &f->as_of_ms) &&
	       read_within(cli, f) && cli_read_limit(cli, &f->limit) &&
	       cli_read_office(cli, "office", &f->office) &&
	       cli_read_item(cli, "item", item);
}

/* -- the list -- */

static bool
ask_limits(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_limits(r, filter, row, context);
}

static uint64_t
count_limits(const struct reading *r, const void *filter)
{
	return documents_limits_count(r, filter);
}

static void
add_cells(const struct cli *cli, struct table *t, const json_t *limit)
{
	cli_limit_cells(cli, t, limit, true);
}

static bool
is_provisional(const json_t *limit)
{
	return json_is_true(json_object_get(limit, "provisional"));
}

static int
run_due(struct cli *cli)
{
	const struct listing listing = { .ask = ask_limits,
		.count = count_limits,
		.heads = cli_limit_heads,
		.right = CLI_LIMIT_RIGHT,
		.cells = add_cells,
		.none = SAY_CLI_NO_DUE,
		.note = SAY_CLI_PROVISIONAL,
		.is_noted = is_provisional,
		.follows = true };
	char item[ITEM_NUMBER_MAX + 1];
	struct limits_filter f = { 0 };

	return read_filter(cli, item, &f) ? listing_run(cli, &listing, &f)
					  : EXIT_USAGE;
}

const struct cli_command cli_due = {
	.name = "due",
	.arguments = "",
	.help = SAY_CLI_DUE,
	.options = options,
	.run = run_due,
};
