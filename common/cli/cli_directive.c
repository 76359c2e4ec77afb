/*
 * Directives: listing them, issuing one, and moving one on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/table.h"
#include "mech/db.h"
#include "petition/codes.h"
#include "petition/item_number.h"

/* -- what was typed -- */

static bool
copy_value(const struct cli *cli, const char *option, char *to, size_t size)
{
	const char *value = cli_text(cli, option, "");

	if (text_copy(to, size, value) == RC_OK &&
	    text_is_utf8(span_of_text(value)))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG, SAY_ARGS(option));
	return false;
}

static bool
read_text(const struct cli *cli, const char *option, struct span *out)
{
	*out = span_of_text(cli_text(cli, option, ""));
	if (text_is_utf8(*out))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NOT_TEXT, SAY_ARGS(option));
	return false;
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

/* -- directives -- */

static const struct cli_option list_options[] = {
	{ "open", CLI_FLAG, NULL, SAY_CLI_OPTION_OPEN },
	{ "id", CLI_VALUE, "ID", SAY_CLI_OPTION_ID },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
is_over(const json_t *directive)
{
	const char *status = cli_member(directive, "status");

	return strcmp(status, "CLS") == 0 || strcmp(status, "CXL") == 0;
}

static void
drop_ended(json_t *list)
{
	size_t i = json_array_size(list);

	while (i-- > 0) {
		if (is_over(json_array_get(list, i)))
			(void)json_array_remove(list, i);
	}
}

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
		    (const char *const[]){ cli_member(d, "id"),
			codes_name(CODES_DIRECTIVE_KIND, cli_member(d, "kind"),
			    cli->language),
			cli_member(d, "addressee"),
			codes_name(CODES_DIRECTIVE_STATUS,
			    cli_member(d, "status"), cli->language),
			cli_time_text(json_object_get(d, "due_at"), due),
			cli_member(d, "item"), cli_member(d, "text"), NULL });
	}
	cli_print_table(t);
}

static void
print_directives(const struct cli *cli, const json_t *list)
{
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
	}
}

/* As printed, whatever was typed; what is no number will not be found. */
static const char *
listed_id(const struct cli *cli, char id[static ITEM_NUMBER_MAX + 1])
{
	const char *typed = cli_text(cli, "id", "");

	return item_number_normalise(typed, id) == RC_OK ? id : typed;
}

static int
run_list(struct cli *cli)
{
	char id[ITEM_NUMBER_MAX + 1];
	struct cli_register r;
	json_t *list;
	int exit = cli_register_open(cli, &r);

	if (exit != EXIT_DONE)
		return exit;
	list = cli_directives_json(r.db, cli_has(cli, "id") ? "id" : NULL,
	    listed_id(cli, id));
	cli_register_close(&r);
	if (cli_has(cli, "open"))
		drop_ended(list);
	print_directives(cli, list);
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

/* -- issue -- */

static const struct cli_option issue_options[] = {
	{ "to", CLI_VALUE, "CODE,...|all", SAY_CLI_OPTION_TO },
	{ "kind", CLI_VALUE, "KIND", SAY_CLI_OPTION_KIND },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_ITEM },
	{ "matter", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ABOUT_MATTER },
	{ "due", CLI_VALUE, "DATE", SAY_CLI_OPTION_DUE },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_DIRECTIVE_TEXT },
	{ "ground", CLI_VALUE, "CODE", SAY_CLI_OPTION_GROUND },
	{ "reference", CLI_VALUE, "ID", SAY_CLI_OPTION_REFERENCE },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* A code of a list, also by its name; the desk refuses what is neither. */
static bool
copy_code(const struct cli *cli, const char *option, enum codes_list list,
    char to[static CODE_MAX + 1])
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

/* "420106, 420111" -> an array in `codes`; the count, or 0 after a sentence. */
static size_t
read_to(const struct cli *cli, char (*codes)[OFFICE_CODE_MAX + 1])
{
	const char *at = cli_text(cli, "to", "");
	size_t count = 0;

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
read_issue(const struct cli *cli, struct directive *d)
{
	if (!cli_has(cli, "kind")) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--kind JB|CB|DB|GP|YT|TB"));
		return false;
	}
	return copy_code(cli, "kind", CODES_DIRECTIVE_KIND, d->kind) &&
	       copy_code(cli, "ground", CODES_GROUND, d->ground) &&
	       copy_value(cli, "item", d->item, sizeof(d->item)) &&
	       copy_value(cli, "matter", d->matter, sizeof(d->matter)) &&
	       copy_value(cli, "reference", d->reference,
		   sizeof(d->reference)) &&
	       read_text(cli, "text", &d->text) &&
	       cli_date(cli, "due", true, &d->due_ms);
}

static int
print_issued(const struct cli *cli, const json_t *result)
{
	char count[CLI_NUMBER_MAX + 1];

	if (cli_has(cli, "json")) {
		cli_print_json(result);
		return EXIT_DONE;
	}
	CHECK(text_format(count, sizeof(count), "%zu",
		  json_array_size(json_object_get(result, "addressees"))) ==
	      RC_OK);
	cli_say(cli, stdout, SAY_CLI_ISSUED,
	    SAY_ARGS(cli_member(result, "id"), count));
	return EXIT_DONE;
}

static int
run_issue(struct cli *cli)
{
	struct command ask;
	char(*codes)[OFFICE_CODE_MAX + 1] =
	    memory_new(DIRECTIVE_TO_MAX, sizeof(*codes));
	json_t *result = NULL;
	int exit = EXIT_USAGE;

	cli_command_init(cli, COMMAND_DIRECTIVE_ISSUE, &ask);
	if (read_issue(cli, &ask.directive))
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

const struct cli_command cli_directive_issue = {
	.name = "directive issue",
	.arguments = "",
	.help = SAY_CLI_DIRECTIVE_ISSUE,
	.options = issue_options,
	.run = run_issue,
};

/* -- moves -- */

static const struct cli_option addressee_options[] = {
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static const struct cli_option issuer_options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_ADDRESSEE },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static const struct cli_option return_options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_ADDRESSEE },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "due", CLI_VALUE, "DATE", SAY_CLI_OPTION_DUE },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
move(struct cli *cli, const char *status, bool is_issuer, bool has_due)
{
	struct command ask;
	struct directive_step *step = &ask.step;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_DIRECTIVE_MOVE, &ask);
	CHECK(text_copy(step->status, sizeof(step->status), status) == RC_OK);
	if (!read_id(cli, step->id))
		return EXIT_REFUSED;
	if (is_issuer && !copy_value(cli, "office", step->addressee,
			     sizeof(step->addressee)))
		return EXIT_USAGE;
	if (!read_text(cli, "text", &step->text) ||
	    (has_due && !cli_date(cli, "due", true, &step->due_ms)))
		return EXIT_USAGE;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_MOVED,
		    SAY_ARGS(cli_member(result, "id"),
			codes_name(CODES_DIRECTIVE_STATUS, status,
			    cli->language)));
	}
	json_decref(result);
	return exit;
}

static int
run_sign(struct cli *cli)
{
	return move(cli, "SGN", false, false);
}

static int
run_work(struct cli *cli)
{
	return move(cli, "WRK", false, false);
}

static int
run_answer(struct cli *cli)
{
	return move(cli, "ANS", false, false);
}

static int
run_close(struct cli *cli)
{
	return move(cli, "CLS", true, false);
}

static int
run_return(struct cli *cli)
{
	return move(cli, "RTN", true, true);
}

static int
run_cancel(struct cli *cli)
{
	return move(cli, "CXL", true, false);
}

#define MOVE(variable, word, sentence, table, function)                        \
	const struct cli_command variable = {                                  \
		.name = "directive " word,                                     \
		.arguments = "ID",                                             \
		.least = 1,                                                    \
		.most = 1,                                                     \
		.help = sentence,                                              \
		.options = table,                                              \
		.run = function,                                               \
	}

MOVE(cli_directive_sign, "sign", SAY_CLI_DIRECTIVE_SIGN, addressee_options,
    run_sign);
MOVE(cli_directive_work, "work", SAY_CLI_DIRECTIVE_WORK, addressee_options,
    run_work);
MOVE(cli_directive_answer, "answer", SAY_CLI_DIRECTIVE_ANSWER,
    addressee_options, run_answer);
MOVE(cli_directive_close, "close", SAY_CLI_DIRECTIVE_CLOSE, issuer_options,
    run_close);
MOVE(cli_directive_return, "return", SAY_CLI_DIRECTIVE_RETURN, return_options,
    run_return);
MOVE(cli_directive_cancel, "cancel", SAY_CLI_DIRECTIVE_CANCEL, issuer_options,
    run_cancel);
