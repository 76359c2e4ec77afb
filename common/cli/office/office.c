/*
 * init, join, run, status, districts, settle, rebuild - the office itself.
 *
 * init and join make what all other commands need; status and districts ask
 * the daemon, which alone knows how its links stand.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "law/limits/publication.h"
#include "office/rebuild.h"
#include "petition/office_code.h"
#include "service/enrol.h"
#include "words/table.h"

enum { FORK_COMMAND_MAX = 120, RULES_TEXT_MAX = 100 };

static const struct cli_option no_options[] = {
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static const struct cli_option json_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* -- init -- */

static const struct cli_option init_options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_OWN_CODE },
	{ "name", CLI_VALUE, "NAME", SAY_CLI_OPTION_OWN_NAME },
	{ "parent", CLI_VALUE, "CODE", SAY_CLI_OPTION_PARENT },
	{ "listen", CLI_VALUE, "ADDR", SAY_CLI_OPTION_LISTEN },
	{ "address", CLI_VALUE, "ADDR", SAY_CLI_OPTION_ADDRESS },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run_init(struct cli *cli)
{
	struct office_make wish = { .office = cli_value(cli, "office"),
		.name = cli_value(cli, "name"),
		.parent = cli_text(cli, "parent", ""),
		.listen = cli_text(cli, "listen", ""),
		.address = cli_text(cli, "address", ""),
		.language = cli->language };
	struct office_fault fault;

	if (wish.office == NULL) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--office CODE"));
	}
	if (wish.name == NULL) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--name NAME"));
	}
	if (office_make(cli->dir, cli->program->trade, &wish, &fault) != RC_OK)
		return cli_fault(&fault);
	/* Nobody may be above a hub; a district without one is of no use. */
	cli_say(cli, stdout,
	    cli->program->trade->has_children ? SAY_CLI_INIT_DONE_HUB
					      : SAY_CLI_INIT_DONE,
	    SAY_ARGS(wish.office, wish.name, cli->dir,
		cli->program->trade->program));
	return EXIT_DONE;
}

const struct cli_command cli_init = {
	.name = "init",
	.arguments = "",
	.help = SAY_CLI_INIT,
	.options = init_options,
	.run = run_init,
};

/* -- join -- */

static const struct cli_option join_options[] = {
	{ "force", CLI_FLAG, NULL, SAY_CLI_OPTION_FORCE_JOIN },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run_join(struct cli *cli)
{
	struct enrol_options options = { .language = cli->language,
		.force = cli_has(cli, "force") };
	struct enrol_result result;
	struct office_fault fault;

	if (enrol_join(cli->dir, cli->program->trade, cli->arguments[0],
		&options, &result, &fault) != RC_OK)
		return cli_fault(&fault);
	cli_say(cli, stdout, SAY_CLI_JOIN_DONE,
	    SAY_ARGS(result.parent, result.parent_name, result.parent_address,
		cli->program->trade->program));
	return EXIT_DONE;
}

const struct cli_command cli_join = {
	.name = "join",
	.arguments = "FILE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_JOIN,
	.options = join_options,
	.run = run_join,
};

/* -- run -- */

static int
run_run(struct cli *cli)
{
	/* A daemon asks the environment, which a service manager sets; here a
	 * person may have chosen.  There is no second thread yet. */
	(void)setenv("LC_ALL", language_code(cli->language), 1); /* NOLINT */
	return cli->program->run(cli->dir);
}

const struct cli_command cli_run = {
	.name = "run",
	.arguments = "",
	.help = SAY_CLI_RUN,
	.options = no_options,
	.run = run_run,
};

/* -- status -- */

static void
print_office(const struct cli *cli, const json_t *status)
{
	char records[DOC_DIGITS_MAX + 1], bad[DOC_DIGITS_MAX + 1];

	cli_say(cli, stdout, SAY_CLI_STATUS_OFFICE,
	    SAY_ARGS(doc_member(status, "office"), doc_member(status, "name"),
		cli_word(cli, json_is_true(json_object_get(status, "running"))
				  ? SAY_CLI_RUNNING
				  : SAY_CLI_STOPPED)));
	cli_say(cli, stdout, SAY_CLI_STATUS_JOURNAL,
	    SAY_ARGS(doc_digits(status, "journal_records", records)));
	if (json_integer_value(json_object_get(status, "quarantined_records")) >
	    0) {
		cli_say(cli, stdout, SAY_CLI_STATUS_QUARANTINE,
		    SAY_ARGS(doc_digits(status, "quarantined_records", bad)));
	}
	if (json_integer_value(json_object_get(status, "urgent_waiting")) > 0) {
		cli_say(cli, stdout, SAY_CLI_STATUS_URGENT,
		    SAY_ARGS(doc_digits(status, "urgent_waiting", bad)));
	}
	if (json_is_true(json_object_get(status, "disk_full")))
		cli_say(cli, stdout, SAY_CLI_STATUS_FULL, NULL);
}

static enum say
state_word(const json_t *link)
{
	const char *state = doc_member(link, "state");
	static const struct {
		const char *state;
		enum say word;
	} words[] = {
		{ "stopped", SAY_CLI_LINK_STOPPED },
		{ "down", SAY_CLI_LINK_DOWN },
		{ "dialing", SAY_CLI_LINK_DIALING },
		{ "greeting", SAY_CLI_LINK_GREETING },
		{ "streaming", SAY_CLI_LINK_STREAMING },
		{ "revoked", SAY_CLI_LINK_REVOKED },
		{ "further_down", SAY_CLI_LINK_FURTHER },
	};

	/* Whatever else: somebody has to look. */
	if (json_integer_value(json_object_get(link, "forked_streams")) > 0)
		return SAY_CLI_LINK_FORKED;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(words[i].state, state) == 0)
			return words[i].word;
	}
	return SAY_CLI_LINK_UNKNOWN;
}

/* The last rules that were sent to an office below, and whether it has them. */
static const char *
rules_of(const struct cli *cli, const json_t *link,
    char out[static RULES_TEXT_MAX])
{
	const json_t *published = json_object_get(link, "published"), *p;
	const char *version = "-", *mark = "";

	for (size_t i = 0; (p = json_array_get(published, i)) != NULL; i++) {
		if (strcmp(doc_member(p, "sort"), PUBLICATION_RULES) != 0)
			continue;
		version = doc_member(p, "version");
		mark = json_is_true(json_object_get(p, "delivered"))
			   ? ""
			   : cli_word(cli, SAY_CLI_NOT_DELIVERED);
	}
	CHECK(text_format(out, RULES_TEXT_MAX, "%s%s", version, mark) == RC_OK);
	return out;
}

static void
add_link(const struct cli *cli, struct table *t, const json_t *link)
{
	char rules[RULES_TEXT_MAX];
	char unsent[DOC_DIGITS_MAX + 1], age[DOC_DIGITS_MAX + 1];
	char ack[DOC_MINUTE_MAX + 1];
	const char *direction = doc_member(link, "direction");

	table_row(t, (const char *const[]){ doc_member(link, "office"),
			 doc_member(link, "name"),
			 direction[0] == 'u' ? cli_word(cli, SAY_CLI_UP)
					     : cli_word(cli, SAY_CLI_DOWN),
			 cli_word(cli, state_word(link)),
			 doc_digits(link, "unsent_records", unsent),
			 doc_digits(link, "oldest_unsent_age_s", age),
			 doc_minute(json_object_get(link, "last_ack_at"), ack),
			 doc_member(link, "last_error"),
			 json_object_get(link, "published") != NULL
			     ? rules_of(cli, link, rules)
			     : NULL,
			 NULL });
}

/* Links as a table; nothing when there are none.  Those of `districts` tell
 * what was published for each. */
static void
print_links(const struct cli *cli, const json_t *links, enum say when_none)
{
	struct table *t;
	const json_t *link;

	if (json_array_size(links) == 0) {
		cli_say(cli, stdout, when_none,
		    SAY_ARGS(cli->program->trade->program));
		return;
	}
	t = table_new((
	    const char *const[]){ cli_word(cli, SAY_CLI_LABEL_OFFICE),
	    cli_word(cli, SAY_CLI_HEAD_NAME),
	    cli_word(cli, SAY_CLI_HEAD_DIRECTION),
	    cli_word(cli, SAY_CLI_HEAD_STATE),
	    cli_word(cli, SAY_CLI_HEAD_UNSENT), cli_word(cli, SAY_CLI_HEAD_AGE),
	    cli_word(cli, SAY_CLI_HEAD_ACK), cli_word(cli, SAY_CLI_HEAD_ERROR),
	    json_object_get(json_array_get(links, 0), "published") != NULL
		? cli_word(cli, SAY_CLI_HEAD_RULES)
		: NULL,
	    NULL });
	for (size_t i = 0; (link = json_array_get(links, i)) != NULL; i++)
		add_link(cli, t, link);
	cli_print_table(t);
}

/*
 * Where a fork is settled: at the office whose history it is, or by whoever
 * has the other copy from above.
 */
static const char *
settler(const json_t *status, const json_t *stream)
{
	const char *here = doc_member(status, "office");
	const char *with = doc_member(stream, "forked_with");

	if (strcmp(doc_member(stream, "origin"), here) == 0 ||
	    strcmp(with, doc_member(status, "parent")) == 0)
		return here;
	return with;
}

static void
print_fork(const struct cli *cli, const json_t *status, const json_t *stream)
{
	char incarnation[DOC_DIGITS_MAX + 1];
	char command[FORK_COMMAND_MAX + 1];
	const char *origin = doc_member(stream, "origin");
	const char *audience = doc_member(stream, "audience");

	(void)doc_digits(stream, "incarnation", incarnation);
	CHECK(text_format(command, sizeof(command), "settle %s %s%s%s", origin,
		  incarnation, audience[0] == '\0' ? "" : " --audience ",
		  audience) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_STATUS_FORK,
	    SAY_ARGS(origin, incarnation, settler(status, stream), command));
}

/* A stream that is halted is not to be overlooked. */
static void
print_forks(const struct cli *cli, const json_t *status)
{
	const json_t *streams = json_object_get(status, "streams");
	const json_t *stream;

	for (size_t i = 0; (stream = json_array_get(streams, i)) != NULL; i++) {
		if (json_is_true(json_object_get(stream, "forked")))
			print_fork(cli, status, stream);
	}
}

static int
ask_and_print(struct cli *cli, enum command_kind kind, json_t **result)
{
	struct command ask;
	int exit;

	cli_command_init(cli, kind, &ask);
	exit = cli_ask(cli, &ask, result);
	if (exit == EXIT_DONE && cli_has(cli, "json"))
		cli_print_json(*result);
	return exit;
}

static int
run_status(struct cli *cli)
{
	json_t *status;
	int exit = ask_and_print(cli, COMMAND_STATUS, &status);

	if (exit == EXIT_DONE && !cli_has(cli, "json")) {
		print_office(cli, status);
		print_links(cli, json_object_get(status, "links"),
		    SAY_CLI_NO_LINKS);
		print_forks(cli, status);
	}
	json_decref(status);
	return exit;
}

const struct cli_command cli_status = {
	.name = "status",
	.arguments = "",
	.help = SAY_CLI_STATUS,
	.options = json_options,
	.run = run_status,
};

/* -- districts -- */

static int
run_districts(struct cli *cli)
{
	json_t *links;
	int exit = ask_and_print(cli, COMMAND_DISTRICTS, &links);

	if (exit == EXIT_DONE && !cli_has(cli, "json"))
		print_links(cli, links, SAY_CLI_NO_DISTRICTS);
	json_decref(links);
	return exit;
}

const struct cli_command cli_districts = {
	.name = "districts",
	.arguments = "",
	.help = SAY_CLI_DISTRICTS,
	.options = json_options,
	.run = run_districts,
};

/* -- settle -- */

static const struct cli_option settle_options[] = {
	{ "audience", CLI_VALUE, "CODE", SAY_CLI_OPTION_AUDIENCE },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static bool
read_code(const struct cli *cli, const char *typed,
    char out[OFFICE_CODE_MAX + 1])
{
	if (office_code_is_shaped(typed) &&
	    text_copy(out, OFFICE_CODE_MAX + 1, typed) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_OFFICE_CODE_MALFORMED,
	    SAY_ARGS(typed));
	return false;
}

static int
run_settle(struct cli *cli)
{
	struct command ask;
	json_t *result;
	int64_t incarnation;
	int exit;

	cli_command_init(cli, COMMAND_SETTLE, &ask);
	if (number_parse(cli->arguments[1], 1, UINT32_MAX, &incarnation) !=
	    RC_OK) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
		    SAY_ARGS("INCARNATION", cli->arguments[1]));
	}
	ask.settle.incarnation = (uint32_t)incarnation;
	if (!read_code(cli, cli->arguments[0], ask.settle.origin) ||
	    (cli_has(cli, "audience") &&
		!read_code(cli, cli_value(cli, "audience"),
		    ask.settle.audience)))
		return EXIT_USAGE;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_SETTLE_DONE,
		    SAY_ARGS(cli->arguments[0]));
	}
	json_decref(result);
	return exit;
}

const struct cli_command cli_settle = {
	.name = "settle",
	.arguments = "OFFICE INCARNATION",
	.least = 2,
	.most = 2,
	.help = SAY_CLI_SETTLE,
	.options = settle_options,
	.run = run_settle,
};

/* -- rebuild -- */

static void
show_progress(void *context, uint64_t done, uint64_t all)
{
	const struct cli *cli = context;

	if (isatty(STDERR_FILENO) == 0)
		return;
	(void)fprintf(stderr, "\r%s %llu / %llu%s",
	    cli_word(cli, SAY_CLI_REBUILDING), (unsigned long long)done,
	    (unsigned long long)all, done == all ? "\n" : "");
}

static int
run_rebuild(struct cli *cli)
{
	struct rebuild_result result;
	struct office_fault fault;
	char records[DOC_DIGITS_MAX + 1], bad[DOC_DIGITS_MAX + 1];

	if (rebuild_register(cli->dir, cli->language, show_progress, cli,
		&result, &fault) != RC_OK)
		return cli_fault(&fault);
	CHECK(text_format(records, sizeof(records), "%llu",
		  (unsigned long long)result.records) == RC_OK);
	CHECK(text_format(bad, sizeof(bad), "%llu",
		  (unsigned long long)result.quarantined) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_REBUILD_DONE, SAY_ARGS(records, bad));
	return EXIT_DONE;
}

const struct cli_command cli_rebuild = {
	.name = "rebuild",
	.arguments = "",
	.help = SAY_CLI_REBUILD,
	.options = no_options,
	.run = run_rebuild,
};
