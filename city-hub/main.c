/* Which commands this program has. */
#include "cli/cli.h"

#include "hub.h"

/* A hub with a parent is an addressee as well: it signs, works, answers. */
static const struct cli_command *const commands[] = { &cli_init, &cli_join,
	&cli_run, &cli_status, &cli_invite, &cli_revoke, &cli_districts,
	&cli_register, &cli_import, &cli_petitions, &cli_act, &cli_due,
	&cli_show, &cli_escalations, &cli_escalation_sign,
	&cli_escalation_answer, &cli_matters, &cli_match, &cli_directives,
	&cli_directive_issue, &cli_directive_close, &cli_directive_return,
	&cli_directive_cancel, &cli_directive_sign, &cli_directive_work,
	&cli_directive_answer, &cli_directive_send, &cli_directive_grant,
	&cli_directive_refuse, &cli_directive_supersede, &cli_directive_expire,
	&cli_suggest, &cli_directive_extend, &cli_attachment,
	&cli_supervise_list, &cli_omissions, &cli_rules_publish,
	&cli_rules_show, &cli_rules_check, &cli_rules, &cli_settle,
	&cli_rebuild, CLI_PEOPLE_COMMANDS, NULL };

int
main(int argc, char **argv)
{
	const struct cli_program program = {
		.trade = &hub_trade,
		.summary = SAY_CLI_SUMMARY_HUB,
		.commands = commands,
		.run = hub_run,
	};

	return cli_main(&program, argc, argv);
}
