/*
 * omissions - what must be supervised and was not, as a table with the
 * coverage below it.
 */
#include "documents/omissions.h"

#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "petition/codes.h"
#include "words/table.h"

static const struct cli_option options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_HOLDER },
	{ "as-of", CLI_VALUE, "DATE", SAY_CLI_OPTION_AS_OF },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
read_filter(const struct cli *cli, struct omissions_filter *f)
{
	f->only_numbers = cli_has(cli, "count");
	return cli_read_office(cli, "office", &f->office) &&
	       cli_date(cli, "as-of", true, &f->as_of_ms) &&
	       cli_read_limit(cli, &f->limit);
}

static const enum say heads[] = { SAY_CLI_HEAD_ITEM, SAY_CLI_LABEL_OFFICE,
	SAY_CLI_HEAD_GROUND, SAY_CLI_HEAD_ARTICLE, SAY_CLI_HEAD_CLOCK,
	SAY_CLI_HEAD_SINCE, SAY_CLI_HEAD_DAYS_OVER, SAY_COUNT };

static void
add_cells(const struct cli *cli, struct table *t, const json_t *row)
{
	char since[DOC_MINUTE_MAX + 1], days[DOC_DIGITS_MAX + 1];
	const char *clock = doc_member(row, "clock");

	table_text(t, doc_member(row, "item"));
	table_text(t, doc_member(row, "office"));
	table_text(t,
	    codes_name(CODES_GROUND, doc_member(row, "ground"), cli->language));
	table_text(t, doc_member(row, "article"));
	table_text(t, clock[0] != '\0' ? clock : doc_member(row, "escalation"));
	table_text(t, doc_minute(json_object_get(row, "since"), since));
	table_text(t, doc_digits(row, "days", days));
}

static void
print_omissions(const struct cli *cli, const json_t *document)
{
	const json_t *rows = json_object_get(document, "omissions"), *row;
	struct table *t;

	if (json_array_size(rows) == 0) {
		cli_say(cli, stdout, SAY_CLI_OMISSIONS_NONE, NULL);
		return;
	}
	t = listing_table(cli, heads, 0);
	for (size_t i = 0; (row = json_array_get(rows, i)) != NULL; i++)
		add_cells(cli, t, row);
	cli_print_table(t);
	cli_print_shown(cli, json_array_size(rows),
	    (uint64_t)json_integer_value(json_object_get(document, "count")));
}

static void
print_coverage(const struct cli *cli, const json_t *coverage)
{
	char supervised[DOC_DIGITS_MAX + 1], must[DOC_DIGITS_MAX + 1];

	/* Of nothing there is no part. */
	if (json_integer_value(json_object_get(coverage, "must")) == 0) {
		cli_say(cli, stdout, SAY_CLI_COVERAGE_NONE, NULL);
		return;
	}
	cli_say(cli, stdout, SAY_CLI_COVERAGE,
	    SAY_ARGS(doc_digits(coverage, "supervised", supervised),
		doc_digits(coverage, "must", must)));
}

static void
print_document(const struct cli *cli, const json_t *document)
{
	char count[DOC_DIGITS_MAX + 1];

	if (cli_has(cli, "json")) {
		cli_print_json(document);
	} else if (cli_has(cli, "count")) {
		(void)printf("%s\n", doc_digits(document, "count", count));
	} else {
		print_omissions(cli, document);
		print_coverage(cli, json_object_get(document, "coverage"));
	}
}

static int
run_omissions(struct cli *cli)
{
	struct omissions_filter f = { 0 };
	json_t *document;
	struct reading r;
	int exit;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	exit = cli_reading_open(cli, &r);
	if (exit == EXIT_DONE) {
		document = documents_omissions(&r, &f);
		print_document(cli, document);
		json_decref(document);
		cli_say_behind(cli, &r);
	}
	cli_reading_close(cli);
	return exit;
}

const struct cli_command cli_omissions = {
	.name = "omissions",
	.arguments = "",
	.help = SAY_CLI_OMISSIONS,
	.options = options,
	.run = run_omissions,
};
