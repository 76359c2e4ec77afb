/*
 * control_door - the outside of the door: who answers a command?
 *
 * The lock says it.  Free: we take it and are the office.  Held: a daemon has
 * it, or another command line, or a process that is just starting or ending.
 * So: try the lock, try the socket, wait a little, and again, until one of
 * the two answers or patience ends.  Once a command was sent it is never
 * sent again: nobody could tell whether it was carried out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire_command.h"
#include "service/control.h"
#include "service/turn.h"

enum {
	CONNECT_MS_MAX = 2000, /* a daemon's socket is there or it is not */
	NS_PER_MS = 1000000,
};

struct door {
	char dir[FILE_PATH_MAX];
	const struct office_trade *trade;
	struct office_options options;
	struct office *office;   /* when we are the office */
	struct bus *bus;         /* when we have asked a daemon */
	struct bus_socket *line; /* NULL: not connected */
	struct buffer command;   /* packed */
	struct buffer reply;     /* packed */
	struct office_fault fault;
};

struct door *
door_new(const char *dir, const struct office_trade *trade,
    const struct office_options *options)
{
	struct door *d = memory_new(1, sizeof(*d));

	CHECK(!options->is_daemon);
	if (text_copy(d->dir, sizeof(d->dir), dir) != RC_OK)
		fatal("the path of the directory is too long");
	d->trade = trade;
	d->options = *options;
	d->command.limit = COMMAND_BYTES_MAX;
	d->reply.limit = REPLY_BYTES_MAX;
	return d;
}

static void
hang_up(struct door *d)
{
	bus_socket_close(d->line);
	d->line = NULL;
}

void
door_free(struct door *d)
{
	if (d == NULL)
		return;
	hang_up(d);
	bus_close(d->bus);
	office_close(d->office);
	buffer_clear(&d->command);
	buffer_clear(&d->reply);
	free(d);
}

/* -- answers -- */

static void
answer_fault(const struct office_fault *fault, struct reply *out)
{
	*out = (struct reply){ .exit = (int32_t)fault->exit,
		.sentence = span_of_text(fault->sentence) };
}

static void
refuse(struct door *d, enum exit_status exit, enum say id, struct reply *out)
{
	office_fault_say(&d->fault, exit, d->options.language, id,
	    SAY_ARGS(d->dir));
	answer_fault(&d->fault, out);
}

static void
answer_packed(struct door *d, struct reply *out)
{
	if (wire_reply_unpack(buffer_span(&d->reply), out) != RC_OK)
		refuse(d, EXIT_TRY_AGAIN, SAY_CONTROL_LOST, out);
}

/* -- the daemon -- */

static bool
connect_line(struct door *d)
{
	int64_t until_ms = clock_steady_ms() + CONNECT_MS_MAX;
	char path[FILE_PATH_MAX];

	if (d->bus == NULL)
		d->bus = bus_open(NULL, NULL);
	file_join(path, d->dir, OFFICE_CONTROL_FILE);
	if (!file_exists(path) ||
	    bus_dial_control(d->bus, path, &d->line) != RC_OK)
		return false;
	while (bus_dial_state(d->line) == BUS_DIAL_TRYING &&
	       clock_steady_ms() < until_ms)
		(void)bus_wait(d->bus, -1, DOOR_RETRY_MS);
	if (bus_dial_state(d->line) == BUS_DIAL_UP)
		return true;
	hang_up(d);
	return false;
}

/* Wait for the reply to what was just sent. */
static enum rc
await(struct door *d)
{
	int64_t until_ms = clock_steady_ms() + DOOR_TIMEOUT_MS;
	struct bus_frame frame = { 0 };
	enum rc rc = RC_NONE;

	while (rc == RC_NONE && clock_steady_ms() < until_ms) {
		rc = bus_receive(d->line, &frame);
		if (rc == RC_OK || bus_dial_state(d->line) != BUS_DIAL_UP)
			break;
		(void)bus_wait(d->bus, -1, DOOR_RETRY_MS);
	}
	if (rc == RC_OK) {
		buffer_reset(&d->reply);
		rc = buffer_append(&d->reply, frame.bytes);
	}
	bus_frame_clear(&frame);
	return rc;
}

/* False: there is no daemon to ask; nothing was sent. */
static bool
ask_daemon(struct door *d, const struct command *c, struct reply *out)
{
	if (d->line != NULL && bus_dial_state(d->line) != BUS_DIAL_UP)
		hang_up(d);
	if (d->line == NULL && !connect_line(d))
		return false;
	buffer_reset(&d->command);
	wire_command_pack(&d->command, c);
	if (bus_send(d->line, NULL, buffer_span(&d->command)) != RC_OK) {
		hang_up(d);
		return false;
	}
	if (await(d) == RC_OK) {
		answer_packed(d, out);
		return true;
	}
	hang_up(d);
	refuse(d, EXIT_TRY_AGAIN, SAY_CONTROL_LOST, out);
	return true;
}

/* -- asking -- */

static bool
ask_here(struct door *d, const struct command *c, struct reply *out)
{
	enum rc rc = RC_OK;

	if (d->office == NULL) {
		rc = office_open(d->dir, d->trade, &d->options, &d->office,
		    &d->fault);
	}
	if (rc == RC_BUSY)
		return false;
	if (rc != RC_OK) {
		answer_fault(&d->fault, out);
		return true;
	}
	buffer_reset(&d->reply);
	office_do(d->office, c, &d->reply);
	answer_packed(d, out);
	return true;
}

static void
pause_ms(int64_t ms)
{
	struct timespec wait = { .tv_nsec = ms * NS_PER_MS };

	(void)nanosleep(&wait, NULL);
}

void
door_ask(struct door *d, const struct command *c, struct reply *out)
{
	/* A line that works is asked first: the lock is known to be held. */
	if (d->line != NULL && ask_daemon(d, c, out))
		return;
	for (int i = 0; i < DOOR_RETRIES_MAX; i++) {
		if (ask_here(d, c, out) || ask_daemon(d, c, out))
			return;
		pause_ms(DOOR_RETRY_MS);
	}
	/* office_open's sentence says who has the lock. */
	answer_fault(&d->fault, out);
}

static void
keep(struct buffer *storage, struct span bytes)
{
	if (bytes.size > 0)
		CHECK(buffer_append(storage, bytes) == RC_OK);
}

void
door_ask_once(const char *dir, const struct office_trade *trade,
    const struct office_options *options, const struct command *c,
    struct buffer *storage, struct reply *out)
{
	struct door *d = door_new(dir, trade, options);
	struct reply r;
	size_t sentence;

	door_ask(d, c, &r);
	buffer_reset(storage);
	keep(storage, r.sentence);
	sentence = storage->size;
	keep(storage, r.json);
	*out = (struct reply){ .exit = r.exit,
		.sentence = span_of(storage->at, sentence) };
	if (r.json.size > 0)
		out->json = span_of(storage->at + sentence, r.json.size);
	door_free(d);
}
