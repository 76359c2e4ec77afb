/*
 * The daemon's half of the door: a command is taken from its line, carried out in
 * the turn's transaction, and its reply kept until after the commit.  Nobody is
 * told "recorded" before it is.
 */
#include "service/control.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "contract/wire_command.h"
#include "desk/reply.h"
#include "service/turn.h"

/* A reply that waits for the commit. */
struct pending {
	struct bus_route route;
	struct buffer reply;
	bool is_secret; /* wiped when it was sent */
};

struct control {
	struct office *office;
	struct bus_socket *socket;
	size_t taken; /* commands taken in this turn */
	struct pending pending[CONTROL_PER_TURN_MAX];
	size_t pending_count;
};

enum rc
control_open(struct bus *bus, struct office *o, struct control **out)
{
	struct control *c = memory_new(1, sizeof(*c));
	char path[FILE_PATH_MAX];
	enum rc rc;

	file_join(path, o->dir, OFFICE_CONTROL_FILE);
	rc = bus_listen_control(bus, path, &c->socket);
	if (rc != RC_OK) {
		free(c);
		return rc;
	}
	c->office = o;
	for (size_t i = 0; i < CONTROL_PER_TURN_MAX; i++)
		c->pending[i].reply.limit = REPLY_BYTES_MAX;
	*out = c;
	return RC_OK;
}

void
control_close(struct control *c)
{
	if (c == NULL)
		return;
	bus_socket_close(c->socket);
	for (size_t i = 0; i < CONTROL_PER_TURN_MAX; i++)
		buffer_clear(&c->pending[i].reply);
	free(c);
}

static enum rc
receive_commands(void *context, struct bus_frame *frame)
{
	struct control *c = context;
	enum rc rc;

	if (c->taken == CONTROL_PER_TURN_MAX)
		return RC_NONE;
	rc = bus_receive(c->socket, frame);
	c->taken += rc == RC_OK;
	return rc;
}

static void
carry_out(struct control *c, struct span bytes, struct pending *p)
{
	struct reply_writer w;
	struct command command;

	if (wire_command_unpack(bytes, &command) == RC_OK) {
		reply_init(&w, command.language);
		turn_command(c->office, &command, &w);
	} else {
		log_warn("office=%s event=malformed_command",
		    c->office->settings.office);
		reply_init(&w, language_code(c->office->language));
		reply_refuse(&w, EXIT_REFUSED, SAY_CONTROL_MALFORMED, NULL);
	}
	p->is_secret = w.is_secret;
	reply_pack(&w, &p->reply);
	reply_clear(&w);
}

static void
hear_command(void *context, const struct bus_frame *frame)
{
	struct control *c = context;
	struct pending *p;

	CHECK(c->pending_count < CONTROL_PER_TURN_MAX);
	p = &c->pending[c->pending_count++];
	p->route = frame->route;
	buffer_reset(&p->reply);
	carry_out(c, frame->bytes, p);
}

static void
send_replies(void *context)
{
	struct control *c = context;

	for (size_t i = 0; i < c->pending_count; i++) {
		struct pending *p = &c->pending[i];
		enum rc rc =
		    bus_send(c->socket, &p->route, buffer_span(&p->reply));

		if (rc != RC_OK) {
			log_warn("office=%s event=reply_lost reason=\"%s\"",
			    c->office->settings.office, rc_text(rc));
		}
		if (p->is_secret)
			sodium_memzero(p->reply.at, p->reply.size);
	}
	c->pending_count = 0;
	c->taken = 0;
}

struct turn_part
control_part(struct control *c)
{
	return (struct turn_part){ .context = c,
		.receive = receive_commands,
		.hear = hear_command,
		.answer = send_replies };
}
