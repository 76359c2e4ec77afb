/*
 * query - what a petitioner may see with the code on the slip.
 *
 * A code on the command line stands in the list of processes while the
 * command runs; with - it is read from standard input.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "petition/codes.h"

static const struct cli_option options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_line(const struct cli *cli, enum say label, const char *text)
{
	(void)printf("%s: %s\n", cli_word(cli, label), text);
}

static void
print_answers(const struct cli *cli, const json_t *answers)
{
	char time[DOC_MINUTE_MAX + 1];
	const json_t *answer;

	if (json_array_size(answers) == 0) {
		print_line(cli, SAY_CLI_QUERY_ANSWER,
		    cli_word(cli, SAY_CLI_QUERY_NO_ANSWER));
	}
	for (size_t i = 0; (answer = json_array_get(answers, i)) != NULL; i++) {
		(void)printf("%s: %s  %s  %s  %s\n  %s\n",
		    cli_word(cli, SAY_CLI_QUERY_ANSWER),
		    doc_minute(json_object_get(answer, "at"), time),
		    doc_member(answer, "office_name"),
		    codes_name(CODES_OPINION, doc_member(answer, "opinion"),
			cli->language),
		    doc_member(answer, "document"), doc_member(answer, "text"));
	}
}

static void
print_dues(const struct cli *cli, const json_t *dues)
{
	char text[SAY_TEXT_MAX];
	const json_t *due;

	for (size_t i = 0; (due = json_array_get(dues, i)) != NULL; i++) {
		bool has_article = doc_member(due, "article")[0] != '\0';

		say_to(text, sizeof(text), cli->language,
		    has_article ? SAY_SLIP_DUE : SAY_SLIP_DUE_PLAIN,
		    SAY_ARGS(doc_member(due, "date"), doc_member(due, "what"),
			doc_member(due, "article")));
		print_line(cli, SAY_SLIP_DUES, text);
	}
}

static void
print_all(const struct cli *cli, const json_t *d)
{
	char time[DOC_MINUTE_MAX + 1];

	print_line(cli, SAY_SLIP_OFFICE, doc_member(d, "office_name"));
	print_line(cli, SAY_SLIP_ITEM, doc_member(d, "item"));
	print_line(cli, SAY_CLI_QUERY_SUBJECT, doc_member(d, "subject"));
	print_line(cli, SAY_SLIP_CLAIMED,
	    doc_minute(json_object_get(d, "claimed_at"), time));
	print_line(cli, SAY_SLIP_RECORDED,
	    doc_minute(json_object_get(d, "recorded_at"), time));
	print_line(cli, SAY_CLI_QUERY_STATE,
	    codes_name(CODES_STATE, doc_member(d, "state"), cli->language));
	print_line(cli, SAY_CLI_QUERY_RESPONSIBLE,
	    doc_member(d, "responsible_name"));
	print_answers(cli, json_object_get(d, "answers"));
	print_dues(cli, json_object_get(d, "due"));
	print_line(cli, SAY_SLIP_FINGERPRINT, doc_member(d, "leaf"));
	cli_say(cli, stdout, SAY_SLIP_ABOUT_RIGHTS, NULL);
}

/* What is too long is no code; the desk says so. */
static void
read_code(const struct cli *cli, char code[static QUERY_CODE_TYPED_MAX + 1])
{
	const char *typed = cli->arguments[0];
	char line[QUERY_CODE_TYPED_MAX + 2] = "";

	if (strcmp(typed, "-") == 0) {
		if (fgets(line, sizeof(line), stdin) == NULL)
			line[0] = '\0';
		line[strcspn(line, "\r\n")] = '\0';
		typed = line;
	}
	if (text_copy(code, QUERY_CODE_TYPED_MAX + 1, typed) != RC_OK ||
	    !text_is_utf8(span_of_text(code)))
		(void)memcpy(code, "-", 2);
	sodium_memzero(line, sizeof(line));
}

static int
run(struct cli *cli)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_QUERY, &ask);
	read_code(cli, ask.query.code);
	exit = cli_ask(cli, &ask, &result);
	sodium_memzero(&ask, sizeof(ask));
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		print_all(cli, result);
	}
	json_decref(result);
	return exit;
}

const struct cli_command cli_query_code = {
	.name = "query",
	.arguments = "CODE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_QUERY,
	.options = options,
	.run = run,
};
