/*
 * A directive for people: a head, what it says, and its steps in their order.
 *
 * Made from the document alone, so that `show` and `directives` cannot tell
 * different things of one directive.
 */
#include "cli/cli_internal.h"
#include "cli/supervision/directive.h"
#include "law/moves/directive_core.h"
#include "petition/codes.h"

static void
print_line(const struct cli *cli, enum say label, const char *text)
{
	if (text[0] != '\0')
		(void)printf("%s: %s\n", cli_word(cli, label), text);
}

static void
print_files(const struct cli *cli, const json_t *step)
{
	const json_t *files = json_object_get(step, "attachments"), *file;
	char size[DOC_DIGITS_MAX + 1];

	for (size_t i = 0; (file = json_array_get(files, i)) != NULL; i++) {
		(void)printf("    %s: %s  %s  %s\n",
		    cli_word(cli, SAY_CLI_LABEL_FILE), doc_member(file, "name"),
		    doc_digits(file, "size", size), doc_member(file, "hash"));
	}
}

static void
print_answer(const struct cli *cli, const char *kind, const json_t *step)
{
	bool is_suggestion = directive_is_suggestion(kind);
	const char *verdict = doc_member(step, "verdict");

	if (verdict[0] != '\0') {
		(void)printf("    %s: %s\n",
		    cli_word(cli, is_suggestion ? SAY_CLI_LABEL_ADOPTED
						: SAY_CLI_LABEL_VERDICT),
		    codes_name(is_suggestion ? CODES_SUGGESTION_ANSWER
					     : CODES_VERDICT,
			verdict, cli->language));
	}
	if (doc_member(step, "done")[0] != '\0') {
		(void)printf("    %s: %s\n", cli_word(cli, SAY_CLI_LABEL_DONE),
		    doc_member(step, "done"));
	}
	if (doc_member(step, "report")[0] != '\0') {
		(void)printf("    %s: %s\n",
		    cli_word(cli, SAY_CLI_LABEL_REPORT),
		    doc_member(step, "report"));
	}
	print_files(cli, step);
}

static void
print_step(const struct cli *cli, const char *kind, const json_t *step)
{
	char time[DOC_MINUTE_MAX + 1], due[DOC_MINUTE_MAX + 1];

	(void)doc_minute(json_object_get(step, "due_at"), due);
	(void)printf("  %s  %s  %s%s%s\n",
	    doc_minute(json_object_get(step, "recorded_at"), time),
	    doc_member(step, "office"),
	    codes_name(CODES_DIRECTIVE_STATUS, doc_member(step, "status"),
		cli->language),
	    due[0] != '-' ? " -> " : "", due[0] != '-' ? due : "");
	if (doc_member(step, "text")[0] != '\0')
		(void)printf("    %s\n", doc_member(step, "text"));
	print_answer(cli, kind, step);
}

void
cli_print_directive(const struct cli *cli, const json_t *directive)
{
	const json_t *steps = json_object_get(directive, "steps"), *step;
	const char *kind = doc_member(directive, "kind");
	const char *ground = doc_member(directive, "ground");
	char time[DOC_MINUTE_MAX + 1];

	(void)printf("\n%s  %s  %s -> %s  %s\n", doc_member(directive, "id"),
	    codes_name(CODES_DIRECTIVE_KIND, kind, cli->language),
	    doc_member(directive, "issuer"), doc_member(directive, "addressee"),
	    codes_name(CODES_DIRECTIVE_STATUS, doc_member(directive, "status"),
		cli->language));
	print_line(cli, SAY_CLI_LABEL_DUE,
	    doc_minute(json_object_get(directive, "due"), time));
	if (!json_is_null(json_object_get(directive, "asked_due"))) {
		print_line(cli, SAY_CLI_LABEL_ASKED,
		    doc_minute(json_object_get(directive, "asked_due"), time));
	}
	print_line(cli, SAY_CLI_HEAD_ITEM, doc_member(directive, "item"));
	print_line(cli, SAY_CLI_LABEL_GROUND,
	    ground[0] != '\0' ? codes_name(CODES_GROUND, ground, cli->language)
			      : "");
	print_line(cli, SAY_CLI_LABEL_REFERENCE,
	    doc_member(directive, "reference"));
	print_line(cli, SAY_CLI_LABEL_REPLACES,
	    doc_member(directive, "supersedes"));
	print_line(cli, SAY_CLI_LABEL_REPLACED_BY,
	    doc_member(directive, "superseded_by"));
	(void)printf("%s\n", doc_member(directive, "text"));
	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++)
		print_step(cli, kind, step);
}
