/*
 * petitions - the arrivals in the register as a list, newest first.
 */
#include <string.h>

#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "documents/items.h"
#include "petition/codes.h"
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

/* Deeper categories than those of our list exist: any code will do. */
static const char *
read_category(const struct cli *cli)
{
	const char *typed = cli_value(cli, "category"), *code;

	if (typed == NULL)
		return NULL;
	code = codes_find(CODES_CATEGORY, typed);
	return code != NULL ? code : typed;
}

static bool
read_filter(const struct cli *cli, char item[static ITEM_NUMBER_MAX + 1],
    struct items_filter *f)
{
	f->item = item;
	f->source = cli_value(cli, "source");
	f->only_urgent = cli_has(cli, "urgent");
	f->category = read_category(cli);
	return cli_read_office(cli, "office", &f->office) &&
	       cli_read_code(cli, "channel", CODES_CHANNEL, &f->channel) &&
	       cli_read_code(cli, "state", CODES_STATE, &f->state) &&
	       cli_read_item(cli, "item", item) &&
	       cli_date(cli, "since", false, &f->since_ms) &&
	       cli_date(cli, "until", true, &f->until_ms) &&
	       cli_read_limit(cli, &f->limit);
}

/* -- the list -- */

static bool
ask_items(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_items(r, filter, row, context);
}

static uint64_t
count_items(const struct reading *r, const void *filter)
{
	return documents_items_count(r, filter);
}

static const enum say heads[] = { SAY_CLI_HEAD_ITEM, SAY_CLI_HEAD_RECORDED,
	SAY_CLI_HEAD_CHANNEL, SAY_CLI_HEAD_CATEGORY, SAY_CLI_HEAD_STATE,
	SAY_CLI_HEAD_SUBJECT, SAY_COUNT };

static const char *
coded(const struct cli *cli, enum codes_list list, const json_t *row,
    const char *key)
{
	return codes_name(list, doc_member(row, key), cli->language);
}

static void
add_cells(const struct cli *cli, struct table *t, const json_t *row)
{
	char time[DOC_MINUTE_MAX + 1];
	const char *subject = doc_member(row, "subject");
	char marked[SUBJECT_BYTES_MAX + SAY_TEXT_MAX];

	if (subject[0] == '\0')
		subject = doc_member(row, "text");
	if (strcmp(doc_member(row, "procedure"), PROCEDURE_URGENT) == 0) {
		say_to(marked, sizeof(marked), cli->language, SAY_CLI_URGENT,
		    SAY_ARGS(subject));
		subject = marked;
	}
	table_text(t, doc_member(row, "item"));
	table_text(t, doc_minute(json_object_get(row, "recorded_at"), time));
	table_text(t, coded(cli, CODES_CHANNEL, row, "channel"));
	table_text(t, doc_member(row, "category"));
	table_text(t, coded(cli, CODES_STATE, row, "state"));
	table_text(t, subject);
}

static int
run_petitions(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_items,
		.count = count_items,
		.heads = heads,
		.cells = add_cells };
	char item[ITEM_NUMBER_MAX + 1];
	struct items_filter f = { 0 };

	return read_filter(cli, item, &f) ? listing_run(cli, &listing, &f)
					  : EXIT_USAGE;
}

const struct cli_command cli_petitions = {
	.name = "petitions",
	.arguments = "",
	.help = SAY_CLI_PETITIONS,
	.options = options,
	.run = run_petitions,
};
