/*
 * status - how an office stands: for the person who asks, and for scripts.
 *
 * STATUS of any office, and SETTLE, which puts an end to a fork that the
 * status shows.  Keys of the JSON are a contract (docs, command line).
 *
 * One link:
 *	office, name, direction ("up": to the parent, "down": to a child),
 *	state ("stopped" when no daemon runs; else down, dialing, greeting,
 *	streaming), since, unsent_records, unsent_bytes, oldest_unsent_age_s
 *	(null: nothing unsent), last_ack_at, last_heard_at, last_error,
 *	peer_records (of the peer's own history, here), awaited_records (the
 *	peer says that it has them; we do not yet), forked_streams
 *
 * Of one record (command_status): {"held_by_parent": true, false, or null
 * when nobody is above us}.  It is what the marks of the link say now or, as
 * long as there is no session, what they said when the ledger last kept them.
 *
 * Belongs to one thread.
 */
#ifndef SERVICE_STATUS_H
#define SERVICE_STATUS_H

#include <jansson.h>

struct command;
struct office;
struct relay_link;
struct reply_writer;

enum { STATUS_STREAMS_MAX = 2000 }; /* listed; `streams_count` counts all */

/*
 * Rows of every program's table (desk/commands.h); they stand here since the
 * desk knows no lines.
 */
#define STATUS_COMMANDS                                                        \
	{ COMMAND_STATUS, DESK_EVERYBODY, NULL, status_handle },               \
	{                                                                      \
		COMMAND_SETTLE, DESK_ADMINISTRATOR, NULL, status_settle        \
	}

void status_handle(struct office *o, const struct command *c,
    struct reply_writer *reply);
void status_settle(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* `name` of the peer; "" when it is not known. */
json_t *status_link(struct office *o, struct relay_link *link,
    const char *name);

#endif
