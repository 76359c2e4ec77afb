#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "contract/command.h"
#include "contract/wire.h"
#include "mech/db.h"
#include "register/views.h"
#include "service/control.h"

enum {
	MS_PER_MINUTE = 60 * 1000,
	MS_PER_DAY = 24 * 60 * MS_PER_MINUTE,
	DATE_BYTES = 10, /* 2026-03-01 */
};

/* -- what was given -- */

static size_t
place_of(const struct cli *cli, const char *option)
{
	size_t i = 0;

	while (cli->command->options[i].name != NULL &&
	       strcmp(cli->command->options[i].name, option) != 0)
		i++;
	CHECK(cli->command->options[i].name != NULL);
	return i;
}

bool
cli_takes(const struct cli *cli, const char *option)
{
	const struct cli_option *o = cli->command->options;

	while (o->name != NULL && strcmp(o->name, option) != 0)
		o++;
	return o->name != NULL;
}

bool
cli_has(const struct cli *cli, const char *option)
{
	return cli->given[place_of(cli, option)];
}

const char *
cli_value(const struct cli *cli, const char *option)
{
	return cli->values[place_of(cli, option)];
}

const char *
cli_text(const struct cli *cli, const char *option, const char *otherwise)
{
	const char *value = cli_value(cli, option);

	return value != NULL ? value : otherwise;
}

bool
cli_date(const struct cli *cli, const char *option, bool is_end,
    int64_t *wall_ms)
{
	const char *value = cli_value(cli, option);

	if (value == NULL)
		return true;
	if (clock_parse(value, wall_ms) != RC_OK) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_DATE,
		    SAY_ARGS(option, value));
		return false;
	}
	if (is_end && strlen(value) == DATE_BYTES)
		*wall_ms += MS_PER_DAY - 1;
	return true;
}

/* -- saying -- */

const char *
cli_word(const struct cli *cli, enum say id)
{
	return say(cli->language, id);
}

/* What was typed may be no text, and is repeated in a sentence. */
static void
replace_what_is_no_text(char *text)
{
	enum { CHARACTER_BYTES_MAX = 4 };
	size_t size = strlen(text);

	for (size_t at = 0; at < size;) {
		size_t bytes = 1;

		while (bytes <= CHARACTER_BYTES_MAX && at + bytes <= size &&
		       !text_is_utf8(span_of(text + at, bytes)))
			bytes++;
		if (bytes > CHARACTER_BYTES_MAX || at + bytes > size) {
			text[at] = '?';
			bytes = 1;
		}
		at += bytes;
	}
}

void
cli_say(const struct cli *cli, FILE *to, enum say id, const char *const args[])
{
	char text[SAY_TEXT_MAX];

	say_to(text, sizeof(text), cli->language, id, args);
	replace_what_is_no_text(text);
	(void)fprintf(to, "%s\n", text);
}

int
cli_refuse(const struct cli *cli, enum exit_status exit, enum say id,
    const char *const args[])
{
	cli_say(cli, stderr, id, args);
	return (int)exit;
}

int
cli_complain(enum exit_status exit, struct span sentence)
{
	(void)fprintf(stderr, "%.*s\n", (int)sentence.size,
	    (const char *)sentence.at);
	return (int)exit;
}

int
cli_fault(const struct office_fault *fault)
{
	return cli_complain(fault->exit, span_of_text(fault->sentence));
}

void
cli_print_json(const json_t *document)
{
	if (json_dumpf(document, stdout, JSON_COMPACT) != 0)
		fatal("cannot write the result");
	(void)putchar('\n');
}

const char *
cli_number(const json_t *object, const char *key,
    char out[static CLI_NUMBER_MAX + 1])
{
	return doc_digits(object, key, out);
}

/* -- asking the office -- */

struct office_options
cli_office_options(const struct cli *cli)
{
	return (struct office_options){ .language = cli->language };
}

/* The given text or the beginning of it that fits. */
static void
copy_actor(char out[static ACTOR_MAX + 1], const char *text)
{
	if (text_copy(out, ACTOR_MAX + 1, text) != RC_OK ||
	    !text_is_utf8(span_of_text(out)))
		CHECK(text_copy(out, ACTOR_MAX + 1, "-") == RC_OK);
}

/* Who does it goes into records: not to be cut or guessed at. */
static bool
is_actor_fit(const struct cli *cli, const char *option)
{
	char fitting[ACTOR_MAX + 1];
	const char *value;

	if (!cli_takes(cli, option))
		return true;
	value = cli_text(cli, option, "");
	if (text_copy(fitting, sizeof(fitting), value) == RC_OK &&
	    text_is_utf8(span_of_text(value)))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG, SAY_ARGS(option));
	return false;
}

void
cli_command_init(const struct cli *cli, enum command_kind kind,
    struct command *out)
{
	char system_user[ACTOR_MAX + 1];

	*out = (struct command){ .kind = kind };
	CHECK(text_copy(out->language, sizeof(out->language),
		  language_code(cli->language)) == RC_OK);
	if (!cli_takes(cli, "user"))
		return;
	if (cli->actor[0] != '\0') {
		memcpy(out->actor_role, cli->actor_role,
		    sizeof(out->actor_role));
		memcpy(out->actor, cli->actor, sizeof(out->actor));
		return;
	}
	copy_actor(out->actor_role, cli_text(cli, "role", "clerk"));
	copy_actor(out->actor,
	    cli_text(cli, "user", cli_system_user(system_user)));
}

static int
read_result(const struct cli *cli, struct span json, json_t **result)
{
	if (json.size == 0)
		return EXIT_DONE;
	*result = json_loadb((const char *)json.at, json.size, 0, NULL);
	if (*result == NULL) {
		return cli_refuse(cli, EXIT_TRY_AGAIN,
		    SAY_CLI_ANSWER_UNREADABLE, NULL);
	}
	return EXIT_DONE;
}

int
cli_ask(struct cli *cli, const struct command *c, json_t **result)
{
	struct office_options options = cli_office_options(cli);
	struct reply reply;

	*result = NULL;
	door_ask_once(cli->dir, cli->program->trade, &options, c, &cli->storage,
	    &reply);
	if (reply.exit != EXIT_DONE) {
		return cli_complain((enum exit_status)reply.exit,
		    reply.sentence);
	}
	return read_result(cli, reply.json, result);
}

static int
open_beside_daemon(struct cli *cli)
{
	enum rc rc = views_open(cli->dir, false, &cli->reader);

	if (rc == RC_OK)
		return EXIT_DONE;
	return cli_refuse(cli,
	    rc == RC_BUSY || rc == RC_NONE ? EXIT_TRY_AGAIN : EXIT_CONFIG,
	    SAY_CLI_REGISTER_UNREADABLE,
	    SAY_ARGS(cli->dir, cli->program->trade->program));
}

static int
open_register(struct cli *cli)
{
	struct office_options options = cli_office_options(cli);
	struct office_fault fault;
	enum rc rc = office_open(cli->dir, cli->program->trade, &options,
	    &cli->office, &fault);

	if (rc == RC_OK)
		return EXIT_DONE;
	if (rc == RC_BUSY)
		return open_beside_daemon(cli);
	/* Only looking: a clock that was set back does no harm here. */
	if (rc == RC_REFUSED) {
		(void)cli_fault(&fault);
		return open_beside_daemon(cli);
	}
	return cli_fault(&fault);
}

int
cli_reading_open(struct cli *cli, struct reading *out)
{
	int status;

	CHECK(cli->office == NULL);
	CHECK(cli->reader == NULL);
	status = open_register(cli);
	if (status == EXIT_DONE) {
		*out = reading_of(cli->office != NULL ? cli->office->views
						      : cli->reader,
		    clock_wall_ms(), cli->language);
	}
	return status;
}

void
cli_reading_close(struct cli *cli)
{
	views_close(cli->reader);
	office_close(cli->office);
	cli->reader = NULL;
	cli->office = NULL;
}

/* -- the whole -- */

/* What a command logs is for the person at the screen: only what is bad. */
static void
plain_line(enum log_level level, const char *line)
{
	if (level <= LOG_LEVEL_ERROR)
		(void)fprintf(stderr, "%s\n", line);
}

/*
 * The disk failed under a command that had no daemon.  The hook takes no
 * context, so what the sentence needs is kept here.
 */
static const struct cli *failing;

static void
complain_of_disk(const char *sentence)
{
	(void)sentence; /* for an administrator's log, not for a clerk */
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): the end */
	exit(cli_refuse(failing, EXIT_TRY_AGAIN, SAY_CLI_GROUND,
	    SAY_ARGS(failing->dir)));
}

static void
speak_to_a_person(const struct cli *cli)
{
	log_set_sink(plain_line);
	failing = cli;
	db_on_ground_failure = complain_of_disk;
}

/*
 * The office keeps it, so that the command itself finds nothing to refuse.
 * Whatever else is wrong with the office the command will say.
 */
static void
accept_clock(const struct cli *cli)
{
	struct office_options options = cli_office_options(cli);
	struct office_fault fault;
	struct office *office;

	options.accept_clock = true;
	if (office_open(cli->dir, cli->program->trade, &options, &office,
		&fault) == RC_OK)
		office_close(office);
	/* A daemon that follows tells more than a command does. */
	log_set_level(LOG_LEVEL_INFO);
}

int
cli_main(const struct cli_program *program, int argc, char **argv)
{
	struct cli cli = { .program = program };
	int status = EXIT_USAGE;

	switch (cli_parse(&cli, argc, argv)) {
	case CLI_PARSED:
		if (cli.command != &cli_run)
			speak_to_a_person(&cli);
		if (cli.accepts_clock)
			accept_clock(&cli);
		if (!is_actor_fit(&cli, "role") || !is_actor_fit(&cli, "user"))
			break;
		status = cli_actor_resolve(&cli);
		if (status == EXIT_DONE)
			status = cli.command->run(&cli);
		break;
	case CLI_HELPED:
		status = EXIT_DONE;
		break;
	case CLI_MISTAKEN:
		break;
	}
	buffer_clear(&cli.storage);
	wire_release();
	if (fflush(stdout) != 0 && status == EXIT_DONE)
		status = EXIT_REFUSED; /* a full disk behind a redirection */
	return status;
}
