/*
 * act - one move of one item.
 */
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "law/moves/lifecycle.h"
#include "petition/codes.h"

static const struct cli_option options[] = {
	{ "to", CLI_VALUE, "CODE", SAY_CLI_OPTION_ACT_TO },
	{ "due", CLI_VALUE, "DATE", SAY_CLI_OPTION_DUE },
	{ "days", CLI_VALUE, "N", SAY_CLI_OPTION_ACT_DAYS },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_ACT_TEXT },
	{ "document", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_DOCUMENT },
	{ "opinion", CLI_VALUE, "CODE", SAY_CLI_OPTION_OPINION },
	{ "outcome", CLI_VALUE, "CODE", SAY_CLI_OPTION_OUTCOME },
	{ "rating", CLI_VALUE, "0-3", SAY_CLI_OPTION_RATING },
	{ "cause", CLI_VALUE, "CODE", SAY_CLI_OPTION_CAUSE },
	{ "other", CLI_VALUE, "ITEM", SAY_CLI_OPTION_OTHER },
	{ "into", CLI_VALUE, "ITEM", SAY_CLI_OPTION_OTHER },
	{ "approver", CLI_VALUE, "USER", SAY_CLI_OPTION_APPROVER },
	{ "person", CLI_VALUE, "USER", SAY_CLI_OPTION_PERSON },
	{ "at", CLI_VALUE, "TIME", SAY_CLI_OPTION_AT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

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

static bool
read_codes(const struct cli *cli, struct moved *m)
{
	return copy_code(cli, "opinion", CODES_OPINION, m->opinion) &&
	       copy_code(cli, "outcome", CODES_OUTCOME, m->outcome) &&
	       copy_code(cli, "rating", CODES_RATING, m->rating) &&
	       copy_code(cli, "cause", CODES_CAUSE, m->cause);
}

static bool
read_days(const struct cli *cli, uint32_t *days)
{
	const char *typed = cli_value(cli, "days");
	int64_t number = 0;

	if (typed != NULL &&
	    number_parse(typed, 1, UINT16_MAX, &number) != RC_OK) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
		    SAY_ARGS("days", typed));
		return false;
	}
	*days = (uint32_t)number;
	return true;
}

static bool
read_text(const struct cli *cli, struct span *out)
{
	*out = span_of_text(cli_text(cli, "text", ""));
	if (text_is_utf8(*out))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NOT_TEXT, SAY_ARGS("text"));
	return false;
}

/* --into of a merge and --other of everything else are one thing. */
static bool
read_other(const struct cli *cli, char item[static ITEM_NUMBER_MAX + 1])
{
	const char *typed = cli_value(cli, "other");

	if (typed == NULL)
		typed = cli_value(cli, "into");
	return typed == NULL || cli_item(cli, typed, item);
}

static bool
read_word(const struct cli *cli, char word[static MOVE_WORD_MAX + 1])
{
	const char *typed = cli->arguments[1];

	if (text_is_utf8(span_of_text(typed)) &&
	    text_copy(word, MOVE_WORD_MAX + 1, typed) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG, SAY_ARGS("MOVE"));
	return false;
}

static bool
read_move(const struct cli *cli, struct command_move *out)
{
	struct moved *m = &out->moved;

	return read_word(cli, out->word) &&
	       copy_value(cli, "to", m->to, sizeof(m->to)) &&
	       copy_value(cli, "document", m->document, sizeof(m->document)) &&
	       copy_value(cli, "approver", m->approver, sizeof(m->approver)) &&
	       copy_value(cli, "person", m->person, sizeof(m->person)) &&
	       read_codes(cli, m) && read_days(cli, &m->days) &&
	       read_text(cli, &m->text) && read_other(cli, m->other) &&
	       cli_date(cli, "due", true, &m->due_ms) &&
	       cli_date(cli, "at", false, &out->claimed_ms);
}

/* -- the answer -- */

static int
print_result(const struct cli *cli, const json_t *result)
{
	const json_t *move =
	    json_array_get(json_object_get(result, "moves"), 0);
	enum life_move m;

	if (strcmp(doc_member(move, "outcome"), "refused") == 0) {
		return cli_complain(EXIT_REFUSED,
		    span_of_text(doc_member(move, "sentence")));
	}
	if (cli_has(cli, "json")) {
		cli_print_json(move);
		return EXIT_DONE;
	}
	m = life_move_of_word(doc_member(move, "move"));
	cli_say(cli, stdout, SAY_CLI_ACT_DONE,
	    SAY_ARGS(doc_member(move, "item"),
		m < MOVE_COUNT ? life_move_name(m, cli->language) : "",
		codes_name(CODES_STATE, doc_member(move, "state"),
		    cli->language),
		doc_member(move, "holder")));
	return EXIT_DONE;
}

static int
run(struct cli *cli)
{
	struct command_move move = { 0 };
	struct command ask;
	json_t *result = NULL;
	int exit;

	if (!cli_item(cli, cli->arguments[0], move.moved.item))
		return EXIT_REFUSED;
	if (!read_move(cli, &move))
		return EXIT_USAGE;
	cli_command_init(cli, COMMAND_ACT, &ask);
	ask.act.moves = &move;
	ask.act.moves_count = 1;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE)
		exit = print_result(cli, result);
	json_decref(result);
	return exit;
}

const struct cli_command cli_act = {
	.name = "act",
	.arguments = "ITEM MOVE",
	.least = 2,
	.most = 2,
	.help = SAY_CLI_ACT,
	.options = options,
	.run = run,
};
