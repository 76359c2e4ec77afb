/*
 * One dialer is one attempt (bus.h): a line that is given up is closed whole, and
 * the next begins with nothing of the last.  What became of it is only noticed
 * in the turn, by watching; the relay then decides when to try again.
 */
#include "service/uplink.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "office/office.h"
#include "office/office_keys.h"
#include "relay/relay.h"
#include "words/catalogue.h"

struct uplink {
	struct bus *bus;
	struct office *office;
	struct bus_socket *line; /* NULL: none */
	bool was_up;             /* the relay knows that the line stands */
	bool dial_failed;        /* the address is none */
};

/* -- the relay's transport -- */

static void
hang_up_on_parent(void *owner)
{
	struct uplink *u = owner;

	bus_socket_close(u->line);
	u->line = NULL;
	u->was_up = false;
}

static void
dial_parent(void *owner)
{
	struct uplink *u = owner;
	const struct office_settings *s = &u->office->settings;
	uint8_t key[KEY_BYTES], curve[KEY_BYTES];
	struct bus_keys keys;

	hang_up_on_parent(u);
	office_keys_for_bus(u->office->identity, &keys);
	u->dial_failed = text_unhex(s->parent_key, key, KEY_BYTES) != RC_OK ||
			 office_keys_curve_of(key, curve) != RC_OK ||
			 bus_dial(u->bus, s->parent_address, curve, &keys,
			     &u->line) != RC_OK;
	explicit_bzero(&keys, sizeof(keys));
}

static void
send_to_parent(void *owner, uint64_t route, struct span frame)
{
	struct uplink *u = owner;

	(void)route; /* there is one line */
	/* One that was lost meanwhile shows at the next watch. */
	if (u->line != NULL)
		(void)!bus_send(u->line, NULL, frame);
}

static const struct relay_transport uplink_transport = {
	.send_frame = send_to_parent,
	.dial = dial_parent,
	.hang_up = hang_up_on_parent,
};

/* -- life -- */

struct uplink *
uplink_open(struct bus *bus, struct office *o)
{
	struct uplink *u = memory_new(1, sizeof(*u));
	struct relay_link *link = relay_parent(o->relay);

	u->bus = bus;
	u->office = o;
	if (link != NULL)
		relay_attach(link, &uplink_transport, u);
	return u;
}

void
uplink_close(struct uplink *u)
{
	struct relay_link *link;

	if (u == NULL)
		return;
	link = relay_parent(u->office->relay);
	if (link != NULL)
		relay_detach(link);
	hang_up_on_parent(u);
	free(u);
}

/* -- the turn -- */

static enum rc
receive_frame(void *context, struct bus_frame *frame)
{
	struct uplink *u = context;

	return u->line != NULL ? bus_receive(u->line, frame) : RC_NONE;
}

static void
hear_parent(void *context, const struct bus_frame *frame)
{
	struct office *o = ((struct uplink *)context)->office;
	struct relay_link *link = relay_parent(o->relay);

	if (link != NULL)
		relay_hear(o->relay, link, 0, frame->bytes, o->now);
}

static enum say
reason_of(enum bus_dial_state state, bool was_up)
{
	switch (state) {
	case BUS_DIAL_DENIED:
		return SAY_UPLINK_DENIED;
	case BUS_DIAL_NO_HANDSHAKE:
		return SAY_UPLINK_NO_HANDSHAKE;
	case BUS_DIAL_TRYING:
	case BUS_DIAL_UP:
	case BUS_DIAL_CLOSED:
		break;
	}
	return was_up ? SAY_UPLINK_LOST : SAY_UPLINK_UNREACHABLE;
}

static void
give_up_line(struct uplink *u, struct relay_link *link, enum say id)
{
	const struct office *o = u->office;
	char text[RELAY_ERROR_MAX + 1];

	say_to(text, sizeof(text), o->language, id,
	    SAY_ARGS(o->settings.parent, o->settings.parent_address));
	hang_up_on_parent(u);
	relay_link_lost(o->relay, link, text, o->now);
}

static void
watch_line(void *context)
{
	struct uplink *u = context;
	struct office *o = u->office;
	struct relay_link *link = relay_parent(o->relay);
	enum bus_dial_state state;

	if (link == NULL)
		return;
	if (u->dial_failed) {
		u->dial_failed = false;
		give_up_line(u, link, SAY_UPLINK_ADDRESS);
		return;
	}
	if (u->line == NULL)
		return;
	state = bus_dial_state(u->line);
	if (state == BUS_DIAL_TRYING || (state == BUS_DIAL_UP && u->was_up))
		return;
	if (state == BUS_DIAL_UP) {
		u->was_up = true;
		relay_link_up(o->relay, link, o->now);
		return;
	}
	give_up_line(u, link, reason_of(state, u->was_up));
}

struct turn_part
uplink_part(struct uplink *u)
{
	return (struct turn_part){ .context = u,
		.receive = receive_frame,
		.hear = hear_parent,
		.watch = watch_line };
}
