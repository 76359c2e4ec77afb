#include "district.h"

#include "base/check.h"
#include "contract/command.h"
#include "desk/reply.h"
#include "relay/relay.h"
#include "service/service.h"
#include "service/status.h"
#include "service/uplink.h"

static void
handle(struct office *o, const struct command *c, struct reply_writer *reply)
{
	switch (c->kind) {
	case COMMAND_STATUS:
		status_handle(o, reply);
		return;
	case COMMAND_SETTLE:
		status_settle(o, c, reply);
		return;
	case COMMAND_INVITE:
	case COMMAND_REVOKE:
	case COMMAND_DISTRICTS:
	case COMMAND_REGISTER:
	case COMMAND_DIRECTIVE_ISSUE:
	case COMMAND_DIRECTIVE_MOVE:
	case COMMAND_ACT:
	case COMMAND_MATCH:
	case COMMAND_QUERY:
	case COMMAND_PUBLISH:
	case COMMAND_IDENTITY:
	case COMMAND_ATTACH:
	case COMMAND_DESTROY_KEY:
		break;
	}
	reply_refuse(reply, EXIT_REFUSED, SAY_OFFICE_NOT_HERE,
	    SAY_ARGS(o->trade->program));
}

const struct office_trade district_trade = {
	.program = "district-node",
	.handle = handle,
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
