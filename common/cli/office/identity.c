/*
 * identity - asking to see who a petitioner is, agreeing, looking; and who
 * did so.
 */
#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "contract/supervision.h"
#include "desk/reply.h"
#include "documents/identities.h"
#include "words/table.h"

/* -- list -- */

static const char *
step_word(const struct cli *cli, const char *step)
{
	static const struct {
		const char *step;
		enum say word;
	} words[] = {
		{ IDENTITY_REQUEST, SAY_CLI_STEP_REQUEST },
		{ IDENTITY_APPROVE, SAY_CLI_STEP_APPROVE },
		{ IDENTITY_REFUSE, SAY_CLI_STEP_REFUSE },
		{ IDENTITY_SHOW, SAY_CLI_STEP_SHOW },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i].step, step) == 0)
			return cli_word(cli, words[i].word);
	}
	return step;
}

static const struct cli_option list_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
ask_identities(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_identities(r, filter, row, context);
}

static const enum say heads[] = { SAY_CLI_HEAD_TIME, SAY_CLI_HEAD_ITEM,
	SAY_CLI_HEAD_STEP, SAY_CLI_HEAD_REQUESTER, SAY_CLI_HEAD_ACTOR,
	SAY_CLI_HEAD_REASON, SAY_COUNT };

static void
add_cells(const struct cli *cli, struct table *t, const json_t *step)
{
	char time[DOC_MINUTE_MAX + 1];

	table_text(t, doc_minute(json_object_get(step, "recorded_at"), time));
	table_text(t, doc_member(step, "item"));
	table_text(t, step_word(cli, doc_member(step, "step")));
	table_text(t, doc_member(step, "requester"));
	table_text(t, doc_member(step, "user"));
	table_text(t, doc_member(step, "reason"));
}

static int
run_list(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_identities,
		.heads = heads,
		.cells = add_cells,
		.none = SAY_CLI_IDENTITY_NOBODY };
	char item[ITEM_NUMBER_MAX + 1] = "";
	struct identities_filter f = { .item = item };

	if (cli->arguments_count == 1 &&
	    !cli_item(cli, cli->arguments[0], item))
		return EXIT_REFUSED;
	return listing_run(cli, &listing, &f);
}

const struct cli_command cli_identity_list = {
	.name = "identity list",
	.arguments = "[ITEM]",
	.most = 1,
	.help = SAY_CLI_IDENTITY_LIST,
	.options = list_options,
	.run = run_list,
};

/* -- one step -- */

/* Fill the command; false: a sentence was printed. */
static bool
read_step(const struct cli *cli, const char *step, struct command *out)
{
	struct identity_step *identity = &out->identity;

	cli_command_init(cli, COMMAND_IDENTITY, out);
	CHECK(text_copy(identity->step, sizeof(identity->step), step) == RC_OK);
	identity->reason = span_of("", 0);
	if (!cli_item(cli, cli->arguments[0], identity->item))
		return false;
	if (cli_takes(cli, "requester") &&
	    !cli_copy_text(cli, "requester", identity->requester,
		sizeof(identity->requester)))
		return false;
	return !cli_takes(cli, "reason") ||
	       cli_read_span(cli, "reason", &identity->reason);
}

static int
take_step(struct cli *cli, const char *step, json_t **result)
{
	struct command ask;

	*result = NULL;
	if (!read_step(cli, step, &ask))
		return EXIT_REFUSED;
	return cli_ask(cli, &ask, result);
}

static int
say_step(struct cli *cli, const char *step, enum say done)
{
	json_t *result;
	int exit = take_step(cli, step, &result);

	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, done,
		    SAY_ARGS(doc_member(result, "requester")));
	}
	json_decref(result);
	return exit;
}

/* -- request -- */

static const struct cli_option request_options[] = {
	{ "reason", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REASON },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run_request(struct cli *cli)
{
	return say_step(cli, IDENTITY_REQUEST, SAY_CLI_IDENTITY_REQUESTED);
}

const struct cli_command cli_identity_request = {
	.name = "identity request",
	.arguments = "ITEM",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_IDENTITY_REQUEST,
	.options = request_options,
	.run = run_request,
};

/* -- approve, refuse -- */

static const struct cli_option decide_options[] = {
	{ "requester", CLI_VALUE, "USER", SAY_CLI_OPTION_REQUESTER },
	{ "reason", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REASON },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run_decide(struct cli *cli)
{
	if (!cli_has(cli, "requester")) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--requester USER"));
	}
	if (cli->command == &cli_identity_approve)
		return say_step(cli, IDENTITY_APPROVE,
		    SAY_CLI_IDENTITY_APPROVED);
	return say_step(cli, IDENTITY_REFUSE, SAY_CLI_IDENTITY_TURNED_DOWN);
}

const struct cli_command cli_identity_approve = {
	.name = "identity approve",
	.arguments = "ITEM",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_IDENTITY_APPROVE,
	.options = decide_options,
	.run = run_decide,
};

const struct cli_command cli_identity_refuse = {
	.name = "identity refuse",
	.arguments = "ITEM",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_IDENTITY_REFUSE,
	.options = decide_options,
	.run = run_decide,
};

/* -- show -- */

static const struct cli_option show_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_identity(const struct cli *cli, const json_t *identity)
{
	static const struct {
		const char *key;
		enum say label;
	} lines[] = {
		{ "name", SAY_CLI_LABEL_PERSON_NAME },
		{ "document", SAY_CLI_LABEL_DOCUMENT },
		{ "phone", SAY_CLI_LABEL_PHONE },
		{ "address", SAY_CLI_LABEL_ADDRESS },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const char *text = doc_member(identity, lines[i].key);

		if (text[0] != '\0') {
			(void)printf("%s: %s\n", cli_word(cli, lines[i].label),
			    text);
		}
	}
}

static void
print_identities(const struct cli *cli, const json_t *result)
{
	const json_t *list = json_object_get(result, "identities"), *one;

	for (size_t i = 0; (one = json_array_get(list, i)) != NULL; i++) {
		if (i > 0)
			cli_say(cli, stdout, SAY_CLI_SAME_NUMBER, NULL);
		print_identity(cli, one);
	}
	cli_say(cli, stdout, SAY_CLI_IDENTITY_SHOWN, NULL);
}

static int
run_show(struct cli *cli)
{
	json_t *result;
	int exit = take_step(cli, IDENTITY_SHOW, &result);

	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		print_identities(cli, result);
	}
	reply_wipe(result);
	json_decref(result);
	if (cli->storage.at != NULL)
		sodium_memzero(cli->storage.at, cli->storage.size);
	return exit;
}

const struct cli_command cli_identity_show = {
	.name = "identity show",
	.arguments = "ITEM",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_IDENTITY_SHOW,
	.options = show_options,
	.run = run_show,
};
