/*
 * command - what a person asks of an office, and the answer: plain values.
 *
 * The one door for writing.  The command line packs a command (relay/wire.h)
 * and sends it over the control socket, or, when no daemon runs, hands it to
 * the desk in its own process; the desk (node/desk.h) answers.
 */
#ifndef RELAY_COMMAND_H
#define RELAY_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "relay/record.h"

enum {
	COMMAND_BYTES_MAX = 1024 * 1024,
	COMMAND_ITEMS_MAX = 256, /* arrivals in one register command */
	COMMAND_ADDRESS_MAX = 120,
	INVITE_DAYS_MAX = 90,
	REPLY_BYTES_MAX = 1024 * 1024,
};

enum command_kind {
	COMMAND_REGISTER = 10,
	COMMAND_STATUS = 11,
	COMMAND_INVITE = 12,
	COMMAND_REVOKE = 13,
	COMMAND_DIRECTIVE_ISSUE = 14,
	COMMAND_DIRECTIVE_MOVE = 15,
	COMMAND_SETTLE = 16,
	COMMAND_DISTRICTS = 17,
};

struct command_register {
	const struct intake *items;
	uint32_t items_count;
	bool want_query_codes;
};

struct command_invite {
	char office[OFFICE_CODE_MAX + 1];
	char address[COMMAND_ADDRESS_MAX + 1];
	uint32_t days;
};

struct command_revoke {
	char office[OFFICE_CODE_MAX + 1];
	struct span reason;
};

struct command {
	enum command_kind kind;
	char language[CODE_MAX + 1];
	char actor_role[ACTOR_MAX + 1];
	char actor[ACTOR_MAX + 1];
	union {
		struct command_register registering;
		struct command_invite invite;
		struct command_revoke revoke;
		struct directive directive; /* id empty */
		struct directive_step step;
		struct stream_key settle;
	};
};

struct reply {
	int32_t exit;         /* enum exit_status */
	struct span sentence; /* for the person, when exit is not 0 */
	struct span json;     /* the result: one document, or empty */
};

#endif
