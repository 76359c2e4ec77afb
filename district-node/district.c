#include "district.h"

#include "base/check.h"
#include "desk/commands.h"
#include "relay/relay.h"
#include "service/service.h"
#include "service/status.h"
#include "service/uplink.h"

static const struct desk_command commands[] = {
	STATUS_COMMANDS,
	DESK_COMMANDS_END,
};

const struct office_trade district_trade = {
	.program = "district-node",
	.commands = commands,
};

/* -- lines -- */

static void
send(void *context, struct relay_link *link, uint64_t route, struct span frame)
{
	struct service *s = context;

	(void)link;
	(void)route;
	uplink_send(s->uplink, frame);
}

static void
dial(void *context, struct relay_link *link)
{
	(void)link;
	uplink_dial(((struct service *)context)->uplink);
}

static void
hang_up(void *context, struct relay_link *link)
{
	(void)link;
	uplink_hang_up(((struct service *)context)->uplink);
}

int
district_run(const char *dir)
{
	struct service s;
	int exit = service_open(&s, dir, &district_trade, 1);

	if (exit == EXIT_DONE)
		exit = service_connect(&s, NULL, NULL);
	if (exit == EXIT_DONE) {
		s.office->transport = (struct office_transport){
			.context = &s,
			.send = send,
			.dial = dial,
			.hang_up = hang_up,
		};
		exit = service_loop(&s);
	}
	service_close(&s);
	return exit;
}
