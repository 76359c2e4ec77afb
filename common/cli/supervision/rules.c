/*
 * By what an office counts: the rule file and the calendar in force, and how
 * a hub publishes them to the offices below.
 */
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "documents/published.h"
#include "law/limits/publication.h"

/* -- rules -- */

static const struct cli_option rules_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_source(const struct cli *cli, const json_t *source, enum say sentence)
{
	char since[DOC_MINUTE_MAX + 1], by[SAY_TEXT_MAX];
	const char *publisher = doc_member(source, "publisher");

	say_to(by, sizeof(by), cli->language,
	    publisher[0] != '\0' ? SAY_CLI_RULES_BY : SAY_CLI_RULES_BUILT_IN,
	    SAY_ARGS(publisher));
	cli_say(cli, stdout, sentence,
	    SAY_ARGS(doc_member(source, "version"),
		doc_minute(json_object_get(source, "effective"), since), by));
}

static void
print_law(const struct cli *cli, const json_t *law, enum say sentence)
{
	const json_t *next = json_object_get(law, "next");

	print_source(cli, law, sentence);
	if (json_is_object(next))
		print_source(cli, next, SAY_CLI_RULES_NEXT);
}

static void
print_rules(const struct cli *cli, const json_t *status)
{
	const json_t *calendar = json_object_get(status, "calendar");
	char year[DOC_DIGITS_MAX + 1];

	print_law(cli, json_object_get(status, "rules"), SAY_CLI_RULES_NOW);
	print_law(cli, calendar, SAY_CLI_CALENDAR_NOW);
	cli_say(cli, stdout, SAY_CLI_CALENDAR_UNKNOWN,
	    SAY_ARGS(doc_digits(calendar, "unknown_from", year)));
}

static int
ask_status(struct cli *cli, json_t **status)
{
	struct command ask;

	cli_command_init(cli, COMMAND_STATUS, &ask);
	return cli_ask(cli, &ask, status);
}

static int
run_rules(struct cli *cli)
{
	json_t *status, *out;
	int exit = ask_status(cli, &status);

	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		out = json_object();
		doc_set(out, "rules",
		    json_incref(json_object_get(status, "rules")));
		doc_set(out, "calendar",
		    json_incref(json_object_get(status, "calendar")));
		cli_print_json(out);
		json_decref(out);
	} else if (exit == EXIT_DONE) {
		print_rules(cli, status);
	}
	json_decref(status);
	return exit;
}

const struct cli_command cli_rules = {
	.name = "rules",
	.arguments = "",
	.help = SAY_CLI_RULES,
	.options = rules_options,
	.run = run_rules,
};

/* -- the sort of a file -- */

static bool
read_sort(const struct cli *cli, const char *otherwise, const char **sort)
{
	const char *typed = cli_value(cli, "sort");

	*sort = typed != NULL ? publication_sort(typed) : otherwise;
	if (*sort != NULL)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_PUBLISH_SORT, SAY_ARGS(typed));
	return false;
}

/* -- rules show -- */

static const struct cli_option show_options[] = {
	{ "sort", CLI_VALUE, "SORT", SAY_CLI_OPTION_SORT },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_text(const char *text)
{
	size_t size = strlen(text);

	(void)fputs(text, stdout);
	if (size > 0 && text[size - 1] != '\n')
		(void)putchar('\n');
}

static int
run_show(struct cli *cli)
{
	struct reading r;
	const char *sort;
	json_t *file = NULL;
	int exit;

	if (!read_sort(cli, PUBLICATION_RULES, &sort))
		return EXIT_USAGE;
	exit = cli_reading_open(cli, &r);
	if (exit == EXIT_DONE)
		file = documents_published(&r, sort);
	cli_reading_close(cli);
	if (exit == EXIT_DONE && file == NULL) {
		exit = cli_refuse(cli, EXIT_REFUSED, SAY_CLI_NOTHING_PUBLISHED,
		    SAY_ARGS(sort));
	} else if (exit == EXIT_DONE) {
		print_text(doc_member(file, "text"));
	}
	json_decref(file);
	return exit;
}

const struct cli_command cli_rules_show = {
	.name = "rules show",
	.arguments = "",
	.help = SAY_CLI_RULES_SHOW,
	.options = show_options,
	.run = run_show,
};

/* -- rules check -- */

static const struct cli_option check_options[] = {
	{ "sort", CLI_VALUE, "SORT", SAY_CLI_OPTION_SORT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
read_file(const struct cli *cli, struct buffer *text)
{
	enum rc rc;

	text->limit = PUBLISHED_TEXT_BYTES_MAX;
	rc = file_read(cli->arguments[0], text);
	if (rc == RC_OK)
		return EXIT_DONE;
	if (rc == RC_TOO_BIG) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PUBLISH_FILE,
		    SAY_ARGS("it is larger than 64 KiB"));
	}
	return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_FILE_UNREADABLE,
	    SAY_ARGS(cli->arguments[0]));
}

static int
refuse_file(const struct cli *cli, const struct law_fault *fault)
{
	char line[DOC_DIGITS_MAX + 1];

	CHECK(text_format(line, sizeof(line), "%u", fault->line) == RC_OK);
	return cli_refuse(cli, EXIT_REFUSED,
	    fault->line > 0 ? SAY_PUBLISH_LINE : SAY_PUBLISH_FILE,
	    fault->line > 0 ? SAY_ARGS(line, fault->text)
			    : SAY_ARGS(fault->text));
}

static void
say_sound(const struct cli *cli, const struct published *p)
{
	json_t *out;

	if (!cli_has(cli, "json")) {
		cli_say(cli, stdout, SAY_CLI_CHECK_GOOD,
		    SAY_ARGS(cli->arguments[0], p->sort, p->version));
		return;
	}
	out = json_object();
	doc_set(out, "sort", json_string(p->sort));
	doc_set(out, "version", json_string(p->version));
	cli_print_json(out);
	json_decref(out);
}

static int
run_check(struct cli *cli)
{
	struct buffer text = { 0 };
	struct published p;
	struct law_fault fault;
	const char *sort;
	int exit;

	if (!read_sort(cli, "", &sort))
		return EXIT_USAGE;
	exit = read_file(cli, &text);
	if (exit == EXIT_DONE &&
	    publication_read(buffer_span(&text), sort, &p, &fault) != RC_OK)
		exit = refuse_file(cli, &fault);
	if (exit == EXIT_DONE)
		say_sound(cli, &p);
	buffer_clear(&text);
	return exit;
}

const struct cli_command cli_rules_check = {
	.name = "rules check",
	.arguments = "FILE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_RULES_CHECK,
	.options = check_options,
	.run = run_check,
};

/* -- rules publish -- */

static const struct cli_option publish_options[] = {
	{ "sort", CLI_VALUE, "SORT", SAY_CLI_OPTION_SORT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
say_published(const struct cli *cli, const json_t *result)
{
	char from[DOC_MINUTE_MAX + 1];
	bool is_new = strcmp(doc_member(result, "outcome"), "published") == 0;

	cli_say(cli, stdout,
	    is_new ? SAY_CLI_PUBLISHED : SAY_CLI_PUBLISHED_ALREADY,
	    SAY_ARGS(doc_member(result, "sort"), doc_member(result, "version"),
		doc_minute(json_object_get(result, "effective"), from)));
}

static int
run_publish(struct cli *cli)
{
	struct buffer text = { 0 };
	struct command ask;
	const char *sort;
	json_t *result = NULL;
	int exit;

	if (!read_sort(cli, "", &sort))
		return EXIT_USAGE;
	cli_command_init(cli, COMMAND_PUBLISH, &ask);
	CHECK(text_copy(ask.publish.sort, sizeof(ask.publish.sort), sort) ==
	      RC_OK);
	exit = read_file(cli, &text);
	ask.publish.text = buffer_span(&text);
	if (exit == EXIT_DONE && !text_is_utf8(ask.publish.text)) {
		exit = cli_refuse(cli, EXIT_REFUSED, SAY_CLI_NOT_TEXT,
		    SAY_ARGS(cli->arguments[0]));
	}
	if (exit == EXIT_DONE)
		exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		say_published(cli, result);
	}
	json_decref(result);
	buffer_clear(&text);
	return exit;
}

const struct cli_command cli_rules_publish = {
	.name = "rules publish",
	.arguments = "FILE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_RULES_PUBLISH,
	.options = publish_options,
	.run = run_publish,
};
