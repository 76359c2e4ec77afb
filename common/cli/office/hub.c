/*
 * invite, revoke - who may come in below.
 *
 * An invitation is a text that whoever has it can join with, once: it goes to
 * a file that only its owner reads, or to standard output.
 */
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"

static bool
read_office(const struct cli *cli, const char *typed,
    char out[OFFICE_CODE_MAX + 1])
{
	if (text_copy(out, OFFICE_CODE_MAX + 1, typed) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_OFFICE_CODE_MALFORMED,
	    SAY_ARGS(typed));
	return false;
}

/* -- invite -- */

static const struct cli_option invite_options[] = {
	{ "address", CLI_VALUE, "ADDR", SAY_CLI_OPTION_INVITE_ADDRESS },
	{ "days", CLI_VALUE, "N", SAY_CLI_OPTION_DAYS },
	{ "output", CLI_VALUE, "FILE", SAY_CLI_OPTION_INVITE_FILE },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};
enum { INVITE_DAYS = 7, INVITATION_MODE = 0600 };

static int
write_invitation(const struct cli *cli, const char *path, const char *text)
{
	enum rc rc =
	    file_write(path, span_of_text(text), INVITATION_MODE, false);

	if (rc == RC_DUPLICATE) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_FILE_EXISTS,
		    SAY_ARGS(path));
	}
	if (rc != RC_OK) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
		    SAY_ARGS(path));
	}
	cli_say(cli, stdout, SAY_CLI_INVITE_DONE, SAY_ARGS(path));
	return EXIT_DONE;
}

static int
read_invite(const struct cli *cli, struct command_invite *out)
{
	int64_t days;

	if (!read_office(cli, cli->arguments[0], out->office))
		return EXIT_USAGE;
	if (!cli_copy_text(cli, "address", out->address, sizeof(out->address)))
		return EXIT_USAGE;
	out->days = INVITE_DAYS;
	if (cli_value(cli, "days") == NULL)
		return EXIT_DONE;
	if (number_parse(cli_value(cli, "days"), 1, INVITE_DAYS_MAX, &days) !=
	    RC_OK) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
		    SAY_ARGS("days", cli_value(cli, "days")));
	}
	out->days = (uint32_t)days;
	return EXIT_DONE;
}

static int
run_invite(struct cli *cli)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_INVITE, &ask);
	exit = read_invite(cli, &ask.invite);
	if (exit != EXIT_DONE)
		return exit;
	exit = cli_ask(cli, &ask, &result);
	if (exit != EXIT_DONE)
		return exit;
	if (cli_value(cli, "output") != NULL) {
		exit = write_invitation(cli, cli_value(cli, "output"),
		    doc_member(result, "invitation"));
	} else if (cli_has(cli, "json")) {
		cli_print_json(result);
	} else {
		(void)fputs(doc_member(result, "invitation"), stdout);
	}
	json_decref(result);
	return exit;
}

const struct cli_command cli_invite = {
	.name = "invite",
	.arguments = "CODE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_INVITE,
	.options = invite_options,
	.run = run_invite,
};

/* -- revoke -- */

static const struct cli_option revoke_options[] = {
	{ "reason", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REASON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run_revoke(struct cli *cli)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_REVOKE, &ask);
	if (!read_office(cli, cli->arguments[0], ask.revoke.office))
		return EXIT_USAGE;
	if (!cli_read_span(cli, "reason", &ask.revoke.reason))
		return EXIT_USAGE;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_REVOKE_DONE,
		    SAY_ARGS(cli->arguments[0]));
	}
	json_decref(result);
	return exit;
}

const struct cli_command cli_revoke = {
	.name = "revoke",
	.arguments = "CODE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_REVOKE,
	.options = revoke_options,
	.run = run_revoke,
};
