/*
 * cli - one run of a program: parse, find out who acts, run the command.
 *
 * The top of the command line: it calls the parser and the commands, and
 * nothing here calls it.  What the commands themselves need stands in
 * cli_internal.h.
 */
#include "cli/cli.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "contract/wire.h"
#include "mech/db.h"

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
