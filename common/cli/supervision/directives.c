/*
 * directives - the list of them, one line for each addressee; one that is
 * asked for by its number is shown with its steps.
 */
#include "documents/directives.h"

#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "cli/supervision/directive.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "words/table.h"

static const struct cli_option list_options[] = {
	{ "open", CLI_FLAG, NULL, SAY_CLI_OPTION_OPEN },
	{ "overdue", CLI_FLAG, NULL, SAY_CLI_OPTION_DIRECTIVES_OVERDUE },
	{ "id", CLI_VALUE, "ID", SAY_CLI_OPTION_ID },
	{ "to", CLI_VALUE, "CODE", SAY_CLI_OPTION_DIRECTIVES_TO },
	{ "kind", CLI_VALUE, "KIND", SAY_CLI_OPTION_KIND },
	{ "status", CLI_VALUE, "CODE", SAY_CLI_OPTION_DIRECTIVE_STATUS },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_ITEM },
	{ "matter", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_MATTER },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* -- filters -- */

/* What the filter's texts point at. */
struct typed {
	char id[ITEM_NUMBER_MAX + 1], item[ITEM_NUMBER_MAX + 1],
	    matter[ITEM_NUMBER_MAX + 1];
};

/* As printed, whatever was typed; what is no number will not be found. */
static const char *
read_number(const struct cli *cli, const char *option,
    char number[static ITEM_NUMBER_MAX + 1])
{
	const char *typed = cli_value(cli, option);

	if (typed == NULL)
		return NULL;
	return item_number_normalise(typed, number) == RC_OK ? number : typed;
}

static bool
read_filter(const struct cli *cli, struct typed *typed,
    struct directives_filter *f)
{
	f->id = read_number(cli, "id", typed->id);
	f->item = read_number(cli, "item", typed->item);
	f->matter = read_number(cli, "matter", typed->matter);
	f->to = cli_value(cli, "to");
	f->only_open = cli_has(cli, "open");
	f->only_overdue = cli_has(cli, "overdue");
	return cli_read_code(cli, "kind", CODES_DIRECTIVE_KIND, &f->kind) &&
	       cli_read_code(cli, "status", CODES_DIRECTIVE_STATUS,
		   &f->status) &&
	       cli_read_limit(cli, &f->limit);
}

/* -- the list -- */

static bool
ask_directives(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_directives(r, filter, row, context);
}

static uint64_t
count_directives(const struct reading *r, const void *filter)
{
	return documents_directives_count(r, filter);
}

static const enum say heads[] = { SAY_CLI_HEAD_DIRECTIVE, SAY_CLI_HEAD_KIND,
	SAY_CLI_HEAD_ADDRESSEE, SAY_CLI_HEAD_STATE, SAY_CLI_LABEL_DUE,
	SAY_CLI_HEAD_ITEM, SAY_CLI_HEAD_TEXT, SAY_COUNT };

static void
add_cells(const struct cli *cli, struct table *t, const json_t *d)
{
	char due[DOC_MINUTE_MAX + 1];

	table_text(t, doc_member(d, "id"));
	table_text(t, codes_name(CODES_DIRECTIVE_KIND, doc_member(d, "kind"),
			  cli->language));
	table_text(t, doc_member(d, "addressee"));
	table_text(t, codes_name(CODES_DIRECTIVE_STATUS,
			  doc_member(d, "status"), cli->language));
	table_text(t, doc_minute(json_object_get(d, "due"), due));
	table_text(t, doc_member(d, "item"));
	table_text(t, doc_member(d, "text"));
}

static int
run_directives(struct cli *cli)
{
	struct listing listing = { .ask = ask_directives,
		.count = count_directives,
		.none = SAY_CLI_NO_DIRECTIVES };
	struct directives_filter f = { 0 };
	struct typed typed;

	if (!read_filter(cli, &typed, &f))
		return EXIT_USAGE;
	if (cli_has(cli, "id")) {
		listing.print = cli_print_directive;
	} else {
		listing.heads = heads;
		listing.cells = add_cells;
	}
	return listing_run(cli, &listing, &f);
}

const struct cli_command cli_directives = {
	.name = "directives",
	.arguments = "",
	.help = SAY_CLI_DIRECTIVES,
	.options = list_options,
	.run = run_directives,
};
