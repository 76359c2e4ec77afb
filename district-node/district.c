/* A district's trade: nobody below, nothing to do by itself. */
#include "district.h"

#include "desk/commands.h"
#include "service/service.h"
#include "service/status.h"

static const struct desk_command commands[] = {
	STATUS_COMMANDS,
	DESK_COMMANDS_END,
};

const struct office_trade district_trade = {
	.program = "district-node",
	.commands = commands,
};

int
district_run(const char *dir)
{
	struct service s;
	int exit = service_open(&s, dir, &district_trade, 1);

	if (exit == EXIT_DONE)
		exit = service_connect(&s, NULL, NULL);
	if (exit == EXIT_DONE)
		exit = service_loop(&s);
	service_close(&s);
	return exit;
}
