/*
 * matters - matters of several items, the one that grew last in front.
 */
#include "documents/matters.h"

#include <string.h>

#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "petition/codes.h"
#include "words/table.h"

enum {
	OFFICES_TEXT_MAX = 120,
};

static const struct cli_option options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_MATTER_OFFICE },
	{ "collective", CLI_FLAG, NULL, SAY_CLI_OPTION_COLLECTIVE },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
ask_matters(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_matters(r, filter, row, context);
}

static uint64_t
count_matters(const struct reading *r, const void *filter)
{
	return documents_matters_count(r, filter);
}

static const enum say heads[] = { SAY_CLI_HEAD_MATTER, SAY_CLI_HEAD_ITEMS,
	SAY_CLI_HEAD_OFFICES, SAY_CLI_HEAD_BATCHES, SAY_CLI_HEAD_PEOPLE,
	SAY_CLI_HEAD_COLLECTIVE, SAY_CLI_HEAD_FIRST, SAY_CLI_HEAD_LAST,
	SAY_CLI_HEAD_STATE, SAY_CLI_HEAD_RAISED, SAY_CLI_HEAD_SUBJECT,
	SAY_COUNT };
enum { RIGHT = 1 << 1 | 1 << 3 | 1 << 4 | 1 << 9 };

static void
join_offices(const json_t *list, char out[static OFFICES_TEXT_MAX])
{
	const json_t *one;
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; (one = json_array_get(list, i)) != NULL; i++) {
		if (text_format(out + used, OFFICES_TEXT_MAX - used, "%s%s",
			i > 0 ? " " : "", json_string_value(one)) != RC_OK)
			return;
		used += strlen(out + used);
	}
}

static void
add_cells(const struct cli *cli, struct table *t, const json_t *m)
{
	char items[DOC_DIGITS_MAX + 1], batches[DOC_DIGITS_MAX + 1];
	char heads_count[DOC_DIGITS_MAX + 1], raised[DOC_DIGITS_MAX + 1];
	char first[DOC_MINUTE_MAX + 1], last[DOC_MINUTE_MAX + 1];
	char offices[OFFICES_TEXT_MAX];
	bool is_collective = json_is_true(json_object_get(m, "collective"));

	join_offices(json_object_get(m, "offices"), offices);
	table_row(t,
	    (const char *const[]){ doc_member(m, "matter"),
		doc_digits(m, "items", items), offices,
		doc_digits(m, "batches", batches),
		doc_digits(m, "heads", heads_count),
		is_collective ? cli_word(cli, SAY_CLI_COLLECTIVE) : "",
		doc_minute(json_object_get(m, "first_at"), first),
		doc_minute(json_object_get(m, "last_at"), last),
		codes_name(CODES_STATE, doc_member(m, "state"), cli->language),
		doc_digits(m, "escalations", raised), doc_member(m, "subject"),
		NULL });
}

static int
run_matters(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_matters,
		.count = count_matters,
		.is_long = true,
		.heads = heads,
		.right = RIGHT,
		.cells = add_cells,
		.none = SAY_CLI_NO_MATTERS };
	struct matters_filter f = { .only_collective =
					cli_has(cli, "collective") };

	if (!cli_read_office(cli, "office", &f.office) ||
	    !cli_read_limit(cli, &f.limit))
		return EXIT_USAGE;
	return listing_run(cli, &listing, &f);
}

const struct cli_command cli_matters = {
	.name = "matters",
	.arguments = "",
	.help = SAY_CLI_MATTERS,
	.options = options,
	.run = run_matters,
};
