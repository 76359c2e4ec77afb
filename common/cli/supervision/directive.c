/*
 * directives - the list of them, one line for each addressee.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/supervision/directive_internal.h"
#include "mech/db.h"
#include "petition/item_number.h"
#include "words/doc.h"
#include "words/table.h"

enum { LIMIT_FOR_PEOPLE = 50 }; /* rows of a table, unless told */

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

/* -- what was typed; also for the other commands about directives -- */

bool
cli_directive_copy(const struct cli *cli, const char *option, char *to,
    size_t size)
{
	const char *value = cli_text(cli, option, "");

	if (text_copy(to, size, value) == RC_OK &&
	    text_is_utf8(span_of_text(value)))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG, SAY_ARGS(option));
	return false;
}

bool
cli_directive_text(const struct cli *cli, const char *option, struct span *out)
{
	*out = span_of_text(cli_text(cli, option, ""));
	if (text_is_utf8(*out))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NOT_TEXT, SAY_ARGS(option));
	return false;
}

bool
cli_directive_code(const struct cli *cli, const char *option,
    enum codes_list list, char to[static CODE_MAX + 1])
{
	const char *typed = cli_text(cli, option, "");
	const char *code = codes_find(list, typed);

	if (typed[0] == '\0')
		return true;
	if (code != NULL && text_copy(to, CODE_MAX + 1, code) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
	    SAY_ARGS(option, typed, codes_all(list)));
	return false;
}

/* -- filters -- */

/* What the filter's texts point at. */
struct typed {
	char id[ITEM_NUMBER_MAX + 1], item[ITEM_NUMBER_MAX + 1],
	    matter[ITEM_NUMBER_MAX + 1];
	char kind[CODE_MAX + 1], status[CODE_MAX + 1];
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
read_limit(const struct cli *cli, int64_t *limit)
{
	const char *typed = cli_value(cli, "limit");

	*limit = cli_has(cli, "json") ? 0 : LIMIT_FOR_PEOPLE;
	if (typed == NULL || number_parse(typed, 0, INT32_MAX, limit) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS("limit", typed));
	return false;
}

static bool
read_filter(const struct cli *cli, struct typed *typed,
    struct cli_directive_filter *f)
{
	f->id = read_number(cli, "id", typed->id);
	f->item = read_number(cli, "item", typed->item);
	f->matter = read_number(cli, "matter", typed->matter);
	f->to = cli_value(cli, "to");
	f->is_open = cli_has(cli, "open");
	f->overdue_ms = cli_has(cli, "overdue") ? clock_wall_ms() : 0;
	if (!cli_directive_code(cli, "kind", CODES_DIRECTIVE_KIND,
		typed->kind) ||
	    !cli_directive_code(cli, "status", CODES_DIRECTIVE_STATUS,
		typed->status) ||
	    !read_limit(cli, &f->limit))
		return false;
	f->kind = typed->kind[0] != '\0' ? typed->kind : NULL;
	f->status = typed->status[0] != '\0' ? typed->status : NULL;
	return true;
}

/* -- printing -- */

static void
print_list(const struct cli *cli, const json_t *list)
{
	struct table *t;
	const json_t *d;

	t = table_new((
	    const char *const[]){ cli_word(cli, SAY_CLI_HEAD_DIRECTIVE),
	    cli_word(cli, SAY_CLI_HEAD_KIND),
	    cli_word(cli, SAY_CLI_HEAD_ADDRESSEE),
	    cli_word(cli, SAY_CLI_HEAD_STATE), cli_word(cli, SAY_CLI_LABEL_DUE),
	    cli_word(cli, SAY_CLI_HEAD_ITEM), cli_word(cli, SAY_CLI_HEAD_TEXT),
	    NULL });
	for (size_t i = 0; (d = json_array_get(list, i)) != NULL; i++) {
		char due[CLI_TIME_MAX + 1];

		table_row(t,
		    (const char *const[]){ doc_member(d, "id"),
			codes_name(CODES_DIRECTIVE_KIND, doc_member(d, "kind"),
			    cli->language),
			doc_member(d, "addressee"),
			codes_name(CODES_DIRECTIVE_STATUS,
			    doc_member(d, "status"), cli->language),
			cli_time_text(json_object_get(d, "due"), due),
			doc_member(d, "item"), doc_member(d, "text"), NULL });
	}
	cli_print_table(t);
}

static void
print_directives(const struct cli *cli, const json_t *list, int64_t limit)
{
	char shown[CLI_NUMBER_MAX + 1];
	const json_t *d;

	if (cli_has(cli, "json")) {
		cli_print_json(list);
	} else if (json_array_size(list) == 0) {
		cli_say(cli, stdout, SAY_CLI_NO_DIRECTIVES, NULL);
	} else if (cli_has(cli, "id")) {
		for (size_t i = 0; (d = json_array_get(list, i)) != NULL; i++)
			cli_print_directive(cli, d);
	} else {
		print_list(cli, list);
		if (limit == 0 || json_array_size(list) < (size_t)limit)
			return;
		CHECK(text_format(shown, sizeof(shown), "%zu",
			  json_array_size(list)) == RC_OK);
		cli_say(cli, stdout, SAY_CLI_FIRST, SAY_ARGS(shown));
	}
}

static int
run_list(struct cli *cli)
{
	struct cli_directive_filter f = { 0 };
	struct typed typed = { 0 };
	struct reading r;
	json_t *list;
	int exit;

	if (!read_filter(cli, &typed, &f))
		return EXIT_USAGE;
	exit = cli_reading_open(cli, &r);
	if (exit != EXIT_DONE)
		return exit;
	list = cli_directives_json(r.db, &f);
	cli_reading_close(cli);
	print_directives(cli, list, f.limit);
	json_decref(list);
	return EXIT_DONE;
}

const struct cli_command cli_directives = {
	.name = "directives",
	.arguments = "",
	.help = SAY_CLI_DIRECTIVES,
	.options = list_options,
	.run = run_list,
};
