/*
 * ask - one command to the office, or questions to its register.
 *
 * A command goes through the door of the daemon, or is carried out here under
 * the directory's lock when there is none; a reading stands beside the daemon,
 * or takes the same lock, so that it is never behind the journal.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "register/views.h"
#include "service/control.h"

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
