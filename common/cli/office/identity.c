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
#include "desk/reply.h"
#include "mech/db.h"
#include "words/table.h"

/* -- the steps as they stand in the register -- */

json_t *
cli_identity_json(struct db *db, const char *item)
{
	json_t *list = json_array();
	struct stmt *s = db_prepare(db,
	    item != NULL
		? "SELECT item, origin, step, requester, role, actor, reason,"
		  " recorded_ms, received_ms FROM identity_step"
		  " WHERE item = ? ORDER BY recorded_ms, position"
		: "SELECT item, origin, step, requester, role, actor, reason,"
		  " recorded_ms, received_ms FROM identity_step"
		  " ORDER BY recorded_ms, position");

	if (item != NULL)
		db_bind_text(s, item);
	while (db_next(s)) {
		json_t *step = json_object();

		doc_set(step, "item", doc_text(db_column_text(s, 0)));
		doc_set(step, "office", doc_text(db_column_text(s, 1)));
		doc_set(step, "step", doc_text(db_column_text(s, 2)));
		doc_set(step, "requester", doc_text(db_column_text(s, 3)));
		doc_set(step, "role", doc_text(db_column_text(s, 4)));
		doc_set(step, "user", doc_text(db_column_text(s, 5)));
		doc_set(step, "reason", doc_text(db_column_text(s, 6)));
		doc_set(step, "recorded_at", doc_time(db_column_i64(s, 7)));
		doc_set(step, "received_at", doc_time(db_column_i64(s, 8)));
		doc_add(list, step);
	}
	db_finish(s);
	return list;
}

static const char *
step_word(const struct cli *cli, const char *step)
{
	static const struct {
		const char *step;
		enum say word;
	} words[] = {
		{ "REQUEST", SAY_CLI_STEP_REQUEST },
		{ "APPROVE", SAY_CLI_STEP_APPROVE },
		{ "REFUSE", SAY_CLI_STEP_REFUSE },
		{ "SHOW", SAY_CLI_STEP_SHOW },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i].step, step) == 0)
			return cli_word(cli, words[i].word);
	}
	return step;
}

/* -- list -- */

static const struct cli_option list_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_list(const struct cli *cli, const json_t *list)
{
	struct table *t;
	const json_t *step;

	t = table_new((const char *const[]){ cli_word(cli, SAY_CLI_HEAD_TIME),
	    cli_word(cli, SAY_CLI_HEAD_ITEM), cli_word(cli, SAY_CLI_HEAD_STEP),
	    cli_word(cli, SAY_CLI_HEAD_REQUESTER),
	    cli_word(cli, SAY_CLI_HEAD_ACTOR),
	    cli_word(cli, SAY_CLI_HEAD_REASON), NULL });
	for (size_t i = 0; (step = json_array_get(list, i)) != NULL; i++) {
		char time[CLI_TIME_MAX + 1];

		table_row(t,
		    (const char *const[]){
			cli_time_text(json_object_get(step, "recorded_at"),
			    time),
			doc_member(step, "item"),
			step_word(cli, doc_member(step, "step")),
			doc_member(step, "requester"), doc_member(step, "user"),
			doc_member(step, "reason"), NULL });
	}
	cli_print_table(t);
}

static int
run_list(struct cli *cli)
{
	char item[ITEM_NUMBER_MAX + 1];
	bool is_one = cli->arguments_count == 1;
	struct reading r;
	json_t *list;
	int exit;

	if (is_one && !cli_item(cli, cli->arguments[0], item))
		return EXIT_REFUSED;
	exit = cli_reading_open(cli, &r);
	if (exit != EXIT_DONE)
		return exit;
	list = cli_identity_json(r.db, is_one ? item : NULL);
	cli_reading_close(cli);
	if (cli_has(cli, "json")) {
		cli_print_json(list);
	} else if (json_array_size(list) == 0) {
		cli_say(cli, stdout, SAY_CLI_IDENTITY_NOBODY, NULL);
	} else {
		print_list(cli, list);
	}
	json_decref(list);
	return EXIT_DONE;
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
	const char *requester = "";

	cli_command_init(cli, COMMAND_IDENTITY, out);
	CHECK(text_copy(identity->step, sizeof(identity->step), step) == RC_OK);
	identity->reason = span_of("", 0);
	if (!cli_item(cli, cli->arguments[0], identity->item))
		return false;
	if (cli_takes(cli, "requester"))
		requester = cli_text(cli, "requester", "");
	if (text_copy(identity->requester, sizeof(identity->requester),
		requester) != RC_OK ||
	    !text_is_utf8(span_of_text(requester))) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG,
		    SAY_ARGS("--requester"));
		return false;
	}
	if (!cli_takes(cli, "reason"))
		return true;
	identity->reason = span_of_text(cli_text(cli, "reason", ""));
	if (text_is_utf8(identity->reason))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NOT_TEXT,
	    SAY_ARGS("--reason"));
	return false;
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
	return say_step(cli, "REQUEST", SAY_CLI_IDENTITY_REQUESTED);
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
		return say_step(cli, "APPROVE", SAY_CLI_IDENTITY_APPROVED);
	return say_step(cli, "REFUSE", SAY_CLI_IDENTITY_TURNED_DOWN);
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
	int exit = take_step(cli, "SHOW", &result);

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
