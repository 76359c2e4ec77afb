/*
 * directive sign, work, extend, answer (addressee); send, grant, refuse,
 * close, return, cancel, supersede, expire (issuer).
 *
 * One function for all: what differs is the step that is recorded and which
 * options say more about it.  Whether a move may be made is the desk's to say.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/supervision/directive.h"
#include "law/moves/directive_core.h"

#define TEXT_OPTION                                                            \
	{                                                                      \
		"text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT            \
	}
#define DUE_OPTION                                                             \
	{                                                                      \
		"due", CLI_VALUE, "DATE", SAY_CLI_OPTION_DUE                   \
	}
#define OFFICE_OPTION                                                          \
	{                                                                      \
		"office", CLI_VALUE, "CODE", SAY_CLI_OPTION_ADDRESSEE          \
	}
#define LAST_OPTIONS                                                           \
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON }, CLI_ACTOR_OPTIONS,    \
	{                                                                      \
		NULL, CLI_FLAG, NULL, SAY_COUNT                                \
	}

static const struct cli_option send_options[] = { LAST_OPTIONS };
static const struct cli_option addressee_options[] = { TEXT_OPTION,
	LAST_OPTIONS };
static const struct cli_option extend_options[] = { DUE_OPTION, TEXT_OPTION,
	LAST_OPTIONS };
static const struct cli_option answer_options[] = { TEXT_OPTION,
	{ "true", CLI_VALUE, "yes|part|no", SAY_CLI_OPTION_TRUE },
	{ "answer", CLI_VALUE, "FULL|PART|NO", SAY_CLI_OPTION_ADOPTED },
	{ "done", CLI_VALUE, "TEXT", SAY_CLI_OPTION_DONE },
	{ "report", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REPORT_TEXT },
	{ "attach", CLI_LIST, "FILE", SAY_CLI_OPTION_ATTACH }, LAST_OPTIONS };
static const struct cli_option issuer_options[] = { OFFICE_OPTION, TEXT_OPTION,
	LAST_OPTIONS };
static const struct cli_option date_options[] = { OFFICE_OPTION, DUE_OPTION,
	TEXT_OPTION, LAST_OPTIONS };
static const struct cli_option supersede_options[] = { { "by", CLI_VALUE, "ID",
							   SAY_CLI_OPTION_BY },
	OFFICE_OPTION, TEXT_OPTION, LAST_OPTIONS };

/* -- what was typed -- */

/* Does the command have this option, and was it given? */
static bool
is_given(const struct cli *cli, const char *option)
{
	return cli_takes(cli, option) && cli_has(cli, option);
}

/* Only the numbers of directives stand here: the desk judges them. */
static bool
read_id(const struct cli *cli, char id[static DIRECTIVE_ID_MAX + 1])
{
	if (text_copy(id, DIRECTIVE_ID_MAX + 1, cli->arguments[0]) == RC_OK &&
	    text_is_utf8(span_of_text(id)))
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED, SAY_DESK_NO_DIRECTIVE_ID,
	    SAY_ARGS(cli->arguments[0]));
	return false;
}

static bool
read_verdict(const struct cli *cli, struct directive_step *step)
{
	if (is_given(cli, "true") && is_given(cli, "answer")) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TRUE_OR_ADOPTED,
		    NULL);
		return false;
	}
	if (is_given(cli, "answer")) {
		return cli_copy_code(cli, "answer", CODES_SUGGESTION_ANSWER,
		    step->verdict);
	}
	return !is_given(cli, "true") ||
	       cli_copy_code(cli, "true", CODES_VERDICT, step->verdict);
}

static bool
read_step(const struct cli *cli, struct directive_step *step)
{
	if (is_given(cli, "office") &&
	    !cli_copy_text(cli, "office", step->addressee,
		sizeof(step->addressee)))
		return false;
	if (is_given(cli, "text") && !cli_read_span(cli, "text", &step->text))
		return false;
	if (is_given(cli, "by") &&
	    !cli_copy_text(cli, "by", step->other, sizeof(step->other)))
		return false;
	if (is_given(cli, "done") && !cli_read_span(cli, "done", &step->done))
		return false;
	if (is_given(cli, "report") &&
	    !cli_read_span(cli, "report", &step->report))
		return false;
	return read_verdict(cli, step) &&
	       (!is_given(cli, "due") ||
		   cli_date(cli, "due", true, &step->due_ms));
}

/* -- the moves -- */

static int
move_directive(struct cli *cli, const char *status)
{
	struct command ask;
	struct directive_step *step = &ask.step;
	json_t *result = NULL;
	int exit;

	cli_command_init(cli, COMMAND_DIRECTIVE_MOVE, &ask);
	CHECK(text_copy(step->status, sizeof(step->status), status) == RC_OK);
	if (!read_id(cli, step->id))
		return EXIT_REFUSED;
	if (!read_step(cli, step))
		return EXIT_USAGE;
	if (is_given(cli, "attach")) {
		exit = cli_attach(cli, step);
		if (exit != EXIT_DONE)
			return exit;
	}
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_MOVED,
		    SAY_ARGS(doc_member(result, "id"),
			codes_name(CODES_DIRECTIVE_STATUS, status,
			    cli->language)));
	}
	json_decref(result);
	return exit;
}

#define MOVE(word, step, sentence, table)                                      \
	static int run_##word(struct cli *cli)                                 \
	{                                                                      \
		return move_directive(cli, directive_code(DIRECTIVE_##step));  \
	}                                                                      \
	const struct cli_command cli_directive_##word = {                      \
		.name = "directive " #word,                                    \
		.arguments = "ID",                                             \
		.least = 1,                                                    \
		.most = 1,                                                     \
		.help = sentence,                                              \
		.options = table,                                              \
		.run = run_##word,                                             \
	}

MOVE(sign, SGN, SAY_CLI_DIRECTIVE_SIGN, addressee_options);
MOVE(work, WRK, SAY_CLI_DIRECTIVE_WORK, addressee_options);
MOVE(extend, EXQ, SAY_CLI_DIRECTIVE_EXTEND, extend_options);
MOVE(answer, ANS, SAY_CLI_DIRECTIVE_ANSWER, answer_options);
MOVE(send, SNT, SAY_CLI_DIRECTIVE_SEND, send_options);
MOVE(grant, EXG, SAY_CLI_DIRECTIVE_GRANT, date_options);
MOVE(refuse, EXR, SAY_CLI_DIRECTIVE_REFUSE, issuer_options);
MOVE(close, CLS, SAY_CLI_DIRECTIVE_CLOSE, issuer_options);
MOVE(return, RTN, SAY_CLI_DIRECTIVE_RETURN, date_options);
MOVE(cancel, CXL, SAY_CLI_DIRECTIVE_CANCEL, issuer_options);
MOVE(supersede, SPD, SAY_CLI_DIRECTIVE_SUPERSEDE, supersede_options);
MOVE(expire, LPS, SAY_CLI_DIRECTIVE_EXPIRE, issuer_options);
