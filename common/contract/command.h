/*
 * command - what a person asks of an office, and the answer: plain values.
 *
 * The one door for writing.  The command line packs a command (wire_command.h)
 * and sends it over the control socket, or, when no daemon runs, hands it to
 * the desk in its own process; the desk (desk/desk.h) answers.
 */
#ifndef CONTRACT_COMMAND_H
#define CONTRACT_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/directive.h"
#include "contract/petition.h"
#include "contract/supervision.h"

enum {
	COMMAND_BYTES_MAX = 1024 * 1024,
	COMMAND_ITEMS_MAX = 256, /* arrivals in one register command */
	COMMAND_ADDRESS_MAX = 120,
	INVITE_DAYS_MAX = 90,
	COMMAND_MOVES_MAX = 256, /* moves in one act command */
	QUERY_CODE_TYPED_MAX = 64,
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
	COMMAND_ACT = 20,
	COMMAND_MATCH = 21,
	COMMAND_QUERY = 22,
	COMMAND_PUBLISH = 23,
	COMMAND_IDENTITY = 24,
	COMMAND_ATTACH = 25,
	COMMAND_DESTROY_KEY = 26,
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

/* A move as typed: its word (or code) stands in `word`. */
enum { MOVE_WORD_MAX = 31 };
struct command_move {
	struct moved moved; /* its `move` is not used */
	char word[MOVE_WORD_MAX + 1];
	int64_t claimed_ms;             /* 0: now */
	struct span source, source_ref; /* instead of an item number */
};

struct command_act {
	const struct command_move *moves;
	uint32_t moves_count;
};

/* One record that is for everybody above; sequence 0: the whole office. */
struct command_status {
	char origin[OFFICE_CODE_MAX + 1];
	uint32_t incarnation;
	uint64_t sequence;
};

struct command_query {
	char code[QUERY_CODE_TYPED_MAX + 1];
};

struct command {
	enum command_kind kind;
	char language[CODE_MAX + 1];
	char actor_role[ACTOR_MAX + 1];
	char actor[ACTOR_MAX + 1];
	union {
		struct command_register registering;
		struct command_status status;
		struct command_invite invite;
		struct command_revoke revoke;
		struct directive directive; /* id empty */
		struct directive_step step;
		struct stream_key settle;
		struct command_act act;
		struct matter_linked match; /* score and reasons are ours */
		struct command_query query;
		struct published publish; /* version and date: from the text */
		struct identity_step identity;
		struct attached attach; /* sizes, parts: not judged yet */
		struct key_destroyed destroy_key;
	};
};

struct reply {
	int32_t exit;         /* enum exit_status */
	struct span sentence; /* for the person, when exit is not 0 */
	struct span json;     /* the result: one document, or empty */
};

#endif
