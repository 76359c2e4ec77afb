/* Which commands this program has. */
#include "cli/cli.h"

#include "district.h"

static const struct cli_command *const commands[] = { &cli_init, &cli_join,
	&cli_run, &cli_status, &cli_register, &cli_import, &cli_petitions,
	&cli_act, &cli_due, &cli_show, &cli_escalations, &cli_escalation_sign,
	&cli_escalation_answer, &cli_matters, &cli_directives,
	&cli_directive_sign, &cli_directive_work, &cli_directive_answer,
	&cli_directive_extend, &cli_attachment, &cli_rules_show,
	&cli_rules_check, &cli_rules, &cli_settle, &cli_rebuild,
	CLI_PEOPLE_COMMANDS, NULL };

int
main(int argc, char **argv)
{
	const struct cli_program program = {
		.trade = &district_trade,
		.summary = SAY_CLI_SUMMARY_DISTRICT,
		.commands = commands,
		.run = district_run,
	};

	return cli_main(&program, argc, argv);
}
