/*
 * directive issue, suggest - a directive goes down.
 *
 * A suggestion is a directive of a kind of its own; only how its kind is named
 * differs.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"

#define ABOUT_OPTIONS                                                          \
	{ "to", CLI_VALUE, "CODE,...|all", SAY_CLI_OPTION_TO },                \
	    { "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_ITEM },        \
	    { "matter", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_MATTER },    \
	    { "due", CLI_VALUE, "DATE", SAY_CLI_OPTION_DUE },                  \
	    { "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_DIRECTIVE_TEXT },      \
	    { "ground", CLI_VALUE, "CODE", SAY_CLI_OPTION_GROUND },            \
	    { "reference", CLI_VALUE, "ID", SAY_CLI_OPTION_REFERENCE },        \
	    { "clock", CLI_VALUE, "NAME", SAY_CLI_OPTION_ISSUE_CLOCK },        \
	    { "supersedes", CLI_VALUE, "ID", SAY_CLI_OPTION_SUPERSEDES },      \
	    { "draft", CLI_FLAG, NULL, SAY_CLI_OPTION_DRAFT },                 \
	{                                                                      \
		"json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON                    \
	}

static const struct cli_option issue_options[] = {
	{ "kind", CLI_VALUE, "KIND", SAY_CLI_OPTION_KIND },
	ABOUT_OPTIONS,
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static const struct cli_option suggest_options[] = {
	ABOUT_OPTIONS,
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* "420106, 420111" -> an array in `codes`; the count, or 0 after a sentence. */
static uint32_t
read_to(const struct cli *cli, char (*codes)[OFFICE_CODE_MAX + 1])
{
	const char *at = cli_text(cli, "to", "");
	uint32_t count = 0;

	while (*at != '\0' && count < DIRECTIVE_TO_MAX) {
		size_t size = strcspn(at, ", ");

		if (size > 0 &&
		    text_copy_span(codes[count++], OFFICE_CODE_MAX + 1,
			span_of(at, size)) != RC_OK) {
			(void)cli_refuse(cli, EXIT_USAGE,
			    SAY_OFFICE_CODE_MALFORMED, SAY_ARGS(at));
			return 0;
		}
		at += size + strspn(at + size, ", ");
	}
	if (count == 0) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--to CODE[,CODE...]|all"));
	}
	return count;
}

static bool
read_kind(const struct cli *cli, struct directive *d)
{
	if (cli_has(cli, "kind")) {
		return cli_copy_code(cli, "kind", CODES_DIRECTIVE_KIND,
		    d->kind);
	}
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
	    SAY_ARGS("--kind JB|CB|DB|GP|YT|TB|IMP|POL|ACC"));
	return false;
}

static bool
read_suggestion(const struct cli *cli, struct directive *d)
{
	const char *typed = cli->arguments[0];
	const char *code = codes_find(CODES_SUGGESTION, typed);

	if (code != NULL && text_copy(d->kind, sizeof(d->kind), code) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
	    SAY_ARGS("suggest", typed, codes_all(CODES_SUGGESTION)));
	return false;
}

static bool
read_about(const struct cli *cli, struct directive *d)
{
	d->is_draft = cli_has(cli, "draft");
	return cli_copy_code(cli, "ground", CODES_GROUND, d->ground) &&
	       cli_copy_text(cli, "item", d->item, sizeof(d->item)) &&
	       cli_copy_text(cli, "matter", d->matter, sizeof(d->matter)) &&
	       cli_copy_text(cli, "reference", d->reference,
		   sizeof(d->reference)) &&
	       cli_copy_text(cli, "clock", d->clock, sizeof(d->clock)) &&
	       cli_copy_text(cli, "supersedes", d->supersedes,
		   sizeof(d->supersedes)) &&
	       cli_read_span(cli, "text", &d->text) &&
	       cli_date(cli, "due", true, &d->due_ms);
}

static int
print_issued(const struct cli *cli, const json_t *result)
{
	char count[DOC_DIGITS_MAX + 1];

	if (cli_has(cli, "json")) {
		cli_print_json(result);
		return EXIT_DONE;
	}
	CHECK(text_format(count, sizeof(count), "%zu",
		  json_array_size(json_object_get(result, "addressees"))) ==
	      RC_OK);
	cli_say(cli, stdout,
	    cli_has(cli, "draft") ? SAY_CLI_DRAFTED : SAY_CLI_ISSUED,
	    SAY_ARGS(doc_member(result, "id"), count));
	return EXIT_DONE;
}

static int
issue(struct cli *cli, bool (*read)(const struct cli *cli, struct directive *d))
{
	struct command ask;
	char(*codes)[OFFICE_CODE_MAX + 1] =
	    memory_new(DIRECTIVE_TO_MAX, sizeof(*codes));
	json_t *result = NULL;
	int exit = EXIT_USAGE;

	cli_command_init(cli, COMMAND_DIRECTIVE_ISSUE, &ask);
	if (read(cli, &ask.directive) && read_about(cli, &ask.directive))
		ask.directive.to_count = read_to(cli, codes);
	if (ask.directive.to_count > 0) {
		ask.directive.to = (const char(*)[OFFICE_CODE_MAX + 1]) codes;
		exit = cli_ask(cli, &ask, &result);
	}
	if (exit == EXIT_DONE)
		exit = print_issued(cli, result);
	json_decref(result);
	free(codes);
	return exit;
}

static int
run_issue(struct cli *cli)
{
	return issue(cli, read_kind);
}

static int
run_suggest(struct cli *cli)
{
	return issue(cli, read_suggestion);
}

const struct cli_command cli_directive_issue = {
	.name = "directive issue",
	.arguments = "",
	.help = SAY_CLI_DIRECTIVE_ISSUE,
	.options = issue_options,
	.run = run_issue,
};

const struct cli_command cli_suggest = {
	.name = "suggest",
	.arguments = "IMP|POL|ACC",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_SUGGEST,
	.options = suggest_options,
	.run = run_suggest,
};
