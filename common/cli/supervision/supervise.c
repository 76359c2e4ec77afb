/*
 * supervise - what the ladder of limits asks for, and sending it.
 *
 * Sending goes item by item through the office, as if a person had issued
 * each directive; the list is read whole and closed before the first is sent.
 */
#include "documents/supervise.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "law/moves/omission.h"
#include "petition/codes.h"
#include "words/table.h"

static const struct cli_option options[] = {
	{ "send", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_SEND },
	{ "send-all", CLI_FLAG, NULL, SAY_CLI_OPTION_SEND_ALL },
	{ "clock", CLI_VALUE, "NAME", SAY_CLI_OPTION_CLOCK },
	{ "kind", CLI_VALUE, "KIND", SAY_CLI_OPTION_RUNG },
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_HOLDER },
	{ "as-of", CLI_VALUE, "DATE", SAY_CLI_OPTION_AS_OF },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
read_filter(const struct cli *cli, char item[static ITEM_NUMBER_MAX + 1],
    struct supervise_filter *f)
{
	f->item = cli_has(cli, "send") ? item : NULL;
	f->kind = cli_value(cli, "kind");
	f->clock = cli_value(cli, "clock");
	if (f->kind != NULL && ladder_of_kind(f->kind) == RUNG_NONE) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
		    SAY_ARGS("--kind", f->kind, "CB DB GP"));
		return false;
	}
	if (cli_has(cli, "send-all") &&
	    (cli_has(cli, "send") || f->kind == NULL)) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_SEND_OR_ALL, NULL);
		return false;
	}
	return cli_read_office(cli, "office", &f->office) &&
	       cli_date(cli, "as-of", true, &f->as_of_ms) &&
	       cli_read_limit(cli, &f->limit) &&
	       cli_read_item(cli, "send", item);
}

/* -- listing -- */

static bool
ask_supervise(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_supervise(r, filter, row, context);
}

static uint64_t
count_supervise(const struct reading *r, const void *filter)
{
	return documents_supervise_count(r, filter);
}

static const enum say heads[] = { SAY_CLI_HEAD_ITEM, SAY_CLI_HEAD_CLOCK,
	SAY_CLI_HEAD_HOLDER, SAY_CLI_HEAD_DUE, SAY_CLI_HEAD_DAYS_OVER,
	SAY_CLI_HEAD_KIND, SAY_CLI_HEAD_ADDRESSEE, SAY_COUNT };

enum { RIGHT = 1 << 4 };

static bool
is_barred(const json_t *row)
{
	return json_is_true(json_object_get(row, "accused"));
}

static void
add_cells(const struct cli *cli, struct table *t, const json_t *row)
{
	char due[DOC_MINUTE_MAX + 1], days[DOC_DIGITS_MAX + 1];

	table_text(t, doc_member(row, "item"));
	table_text(t, doc_member(row, "clock"));
	table_text(t, doc_member(row, "holder"));
	table_text(t, doc_minute(json_object_get(row, "due"), due));
	table_text(t, doc_digits(row, "days_over", days));
	table_text(t, codes_name(CODES_DIRECTIVE_KIND, doc_member(row, "kind"),
			  cli->language));
	table_text(t, is_barred(row) ? "-" : doc_member(row, "to"));
}

/* -- sending -- */

static void
copy_member(char *to, size_t size, const json_t *row, const char *key)
{
	CHECK(text_copy(to, size, doc_member(row, key)) == RC_OK);
}

static int
send_directive(struct cli *cli, const json_t *row)
{
	char to[1][OFFICE_CODE_MAX + 1];
	struct command ask;
	struct directive *d = &ask.directive;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_DIRECTIVE_ISSUE, &ask);
	copy_member(d->kind, sizeof(d->kind), row, "kind");
	copy_member(d->item, sizeof(d->item), row, "item");
	copy_member(d->clock, sizeof(d->clock), row, "clock");
	copy_member(to[0], sizeof(to[0]), row, "to");
	if (!json_is_true(json_object_get(row, "is_reminder"))) {
		CHECK(text_copy(d->ground, sizeof(d->ground),
			  omission_ground_of_limit(d->clock)) == RC_OK);
	}
	d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to;
	d->to_count = 1;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_SUPERVISE_SENT,
		    SAY_ARGS(doc_member(row, "kind"), doc_member(result, "id"),
			doc_member(row, "item"), doc_member(row, "to")));
	}
	json_decref(result);
	return exit;
}

static int
send_directives(struct cli *cli, const struct supervise_filter *f,
    const json_t *rows)
{
	bool is_one = f->item != NULL;
	int exit = EXIT_DONE;
	const json_t *row;

	if (json_array_size(rows) == 0 && is_one) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_SUPERVISE_NOT_DUE,
		    SAY_ARGS(f->item));
	}
	if (json_array_size(rows) == 0 && !cli_has(cli, "json"))
		cli_say(cli, stdout, SAY_CLI_SUPERVISE_NONE, NULL);
	for (size_t i = 0;
	     exit == EXIT_DONE && (row = json_array_get(rows, i)) != NULL;
	     i++) {
		/* Of many, one that was reported is passed over; of one item
		 * the desk says why not. */
		if (is_one || !is_barred(row))
			exit = send_directive(cli, row);
	}
	return exit;
}

static int
send_due(struct cli *cli, struct supervise_filter *f)
{
	json_t *rows = json_array();
	struct reading r;
	int exit = cli_reading_open(cli, &r);

	f->limit = 0;
	if (exit == EXIT_DONE) {
		(void)documents_supervise(&r, f, documents_collect, rows);
		cli_say_behind(cli, &r);
	}
	cli_reading_close(cli);
	if (exit == EXIT_DONE)
		exit = send_directives(cli, f, rows);
	json_decref(rows);
	return exit;
}

static int
run_supervise(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_supervise,
		.count = count_supervise,
		.heads = heads,
		.right = RIGHT,
		.cells = add_cells,
		.none = SAY_CLI_SUPERVISE_NONE,
		.follows = true };
	char item[ITEM_NUMBER_MAX + 1];
	struct supervise_filter f = { 0 };

	if (!read_filter(cli, item, &f))
		return EXIT_USAGE;
	if (f.item != NULL || cli_has(cli, "send-all"))
		return send_due(cli, &f);
	return listing_run(cli, &listing, &f);
}

const struct cli_command cli_supervise_list = {
	.name = "supervise",
	.arguments = "",
	.help = SAY_CLI_SUPERVISE,
	.options = options,
	.run = run_supervise,
};
