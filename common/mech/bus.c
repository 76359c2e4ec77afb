/*
 * Receiving passes over what is no frame of ours (wrong number of parts, too
 * large, sender unknown), but only SKIP_MAX at a time, so that no peer keeps
 * the turn busy with rubbish.  Sending never waits: a full queue is the
 * caller's to know (RC_BUSY).
 */
#include "mech/bus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/bus_internal.h"

enum {
	SKIP_MAX = 64, /* ill-shaped messages passed over in one receive */
	Z85_KEY = 41,  /* libzmq's text form of a key, with its NUL */
};

_Static_assert(sizeof(zmq_msg_t) <= sizeof(((struct bus_frame *)0)->storage),
    "a libzmq message fits into a frame");

/* -- life -- */

struct bus *
bus_open(bus_admit *admit, void *context)
{
	struct bus *bus = memory_new(1, sizeof(*bus));

	bus->admit = admit;
	bus->admit_context = context;
	bus->context = zmq_ctx_new();
	if (bus->context == NULL)
		fatal("libzmq gives no context: errno %d", errno);
	bus_zap_open(bus);
	return bus;
}

void
bus_close(struct bus *bus)
{
	struct bus_socket *older;

	if (bus == NULL)
		return;
	for (struct bus_socket *s = bus->sockets; s != NULL; s = older) {
		older = s->older;
		bus_socket_close(s);
	}
	CHECK(zmq_close(bus->zap) == 0);
	while (zmq_ctx_term(bus->context) != 0)
		CHECK(errno == EINTR);
	free(bus);
}

void
bus_keys_make(struct bus_keys *keys)
{
	char public_text[Z85_KEY];
	char secret_text[Z85_KEY];

	CHECK(zmq_curve_keypair(public_text, secret_text) == 0);
	CHECK(zmq_z85_decode(keys->public_key, public_text) != NULL);
	CHECK(zmq_z85_decode(keys->secret_key, secret_text) != NULL);
	explicit_bzero(secret_text, sizeof(secret_text));
}

struct bus_socket *
bus_socket_new(struct bus *bus, enum bus_kind kind, int zmq_type)
{
	struct bus_socket *s = memory_new(1, sizeof(*s));

	CHECK(bus->sockets_count < BUS_SOCKETS_MAX);
	s->bus = bus;
	s->kind = kind;
	s->folder_fd = -1;
	s->handle = zmq_socket(bus->context, zmq_type);
	if (s->handle == NULL)
		fatal("libzmq gives no socket: errno %d", errno);
	s->older = bus->sockets;
	if (s->older != NULL)
		s->older->newer = s;
	bus->sockets = s;
	bus->sockets_count++;
	return s;
}

static void
unlist_socket(struct bus_socket *s)
{
	if (s->newer != NULL) {
		s->newer->older = s->older;
	} else {
		s->bus->sockets = s->older;
	}
	if (s->older != NULL)
		s->older->newer = s->newer;
	s->bus->sockets_count--;
}

void
bus_socket_close(struct bus_socket *s)
{
	if (s == NULL)
		return;
	unlist_socket(s);
	if (s->monitor != NULL) {
		(void)zmq_socket_monitor(s->handle, NULL, 0);
		CHECK(zmq_close(s->monitor) == 0);
	}
	CHECK(zmq_close(s->handle) == 0);
	if (s->remove_path != NULL)
		(void)unlink(s->remove_path);
	if (s->folder_fd >= 0)
		(void)close(s->folder_fd);
	free(s->remove_path);
	free(s);
}

void
bus_endpoint(struct bus_socket *s, char out[BUS_ENDPOINT_MAX + 1])
{
	size_t size = BUS_ENDPOINT_MAX + 1;

	if (zmq_getsockopt(s->handle, ZMQ_LAST_ENDPOINT, out, &size) != 0)
		out[0] = '\0';
}

/* -- receiving -- */

static bool
is_listener(const struct bus_socket *s)
{
	return s->kind == BUS_PEERS || s->kind == BUS_CONTROLLERS;
}

static zmq_msg_t *
message_of(struct bus_frame *frame)
{
	return (zmq_msg_t *)(void *)frame->storage;
}

void
bus_frame_clear(struct bus_frame *frame)
{
	if (frame->is_filled)
		(void)zmq_msg_close(message_of(frame));
	frame->is_filled = false;
	frame->bytes = span_of(NULL, 0);
	frame->route.size = 0;
	frame->user[0] = '\0';
}

/* The address that the ROUTER put in front.  False: nothing waits. */
static bool
receive_route(struct bus_socket *s, struct bus_frame *frame, bool *is_good)
{
	uint8_t route[256];
	int size = zmq_recv(s->handle, route, sizeof(route), ZMQ_DONTWAIT);

	if (size < 0)
		return false;
	/*
	 * libzmq's own addresses are five bytes, the first of them zero, and
	 * no peer can choose one that begins so.  Any other is a name that
	 * the peer gave itself: ours do not.
	 */
	*is_good = size == BUS_ROUTE_BYTES && route[0] == 0;
	if (*is_good) {
		memcpy(frame->route.bytes, route, (size_t)size);
		frame->route.size = (size_t)size;
	}
	return true;
}

/* A peer of ours always has a user; on other lines a name proves nothing. */
static bool
read_user(const struct bus_socket *s, struct bus_frame *frame)
{
	const char *user;

	if (s->kind != BUS_PEERS)
		return true;
	user = zmq_msg_gets(message_of(frame), "User-Id");
	return user != NULL && user[0] != '\0' &&
	       text_copy(frame->user, sizeof(frame->user), user) == RC_OK;
}

static bool
receive_payload(struct bus_socket *s, struct bus_frame *frame, bool *is_good)
{
	zmq_msg_t *message = message_of(frame);

	CHECK(zmq_msg_init(message) == 0);
	frame->is_filled = true;
	if (zmq_msg_recv(message, s->handle, ZMQ_DONTWAIT) < 0)
		return false;
	if (zmq_msg_more(message) != 0 ||
	    zmq_msg_size(message) > BUS_FRAME_MAX || !read_user(s, frame))
		*is_good = false;
	frame->bytes = span_of(zmq_msg_data(message), zmq_msg_size(message));
	return true;
}

/* Pass over the parts that are left of a message. */
static void
drain(struct bus_socket *s, struct bus_frame *frame)
{
	zmq_msg_t *message = message_of(frame);

	while (zmq_msg_more(message) != 0) {
		if (zmq_msg_recv(message, s->handle, ZMQ_DONTWAIT) < 0)
			return;
	}
}

static bool
has_more(struct bus_socket *s)
{
	int more = 0;
	size_t size = sizeof(more);

	CHECK(zmq_getsockopt(s->handle, ZMQ_RCVMORE, &more, &size) == 0);
	return more != 0;
}

enum rc
bus_receive(struct bus_socket *s, struct bus_frame *frame)
{
	for (int i = 0; i < SKIP_MAX; i++) {
		bool is_good = true;

		bus_frame_clear(frame);
		if (is_listener(s) && !receive_route(s, frame, &is_good))
			return RC_NONE;
		/* An address alone: a message without any part. */
		if (is_listener(s) && !has_more(s))
			continue;
		if (!receive_payload(s, frame, &is_good))
			break;
		if (is_good)
			return RC_OK;
		drain(s, frame);
	}
	bus_frame_clear(frame);
	return RC_NONE;
}

/* -- sending -- */

static enum rc
send_part(struct bus_socket *s, struct span part, int more)
{
	if (zmq_send(s->handle, part.at, part.size, ZMQ_DONTWAIT | more) >= 0)
		return RC_OK;
	if (errno == EHOSTUNREACH)
		return RC_NONE;
	CHECK(errno == EAGAIN || errno == EINTR);
	return RC_BUSY;
}

/* libzmq looks at its news at most every millisecond unless asked. */
static void
look_at_news(struct bus_socket *s)
{
	int events;
	size_t size = sizeof(events);

	CHECK(zmq_getsockopt(s->handle, ZMQ_EVENTS, &events, &size) == 0);
}

/* Before and after its time a line would take frames, too: not for us. */
static enum rc
send_dialled(struct bus_socket *s, struct span bytes)
{
	enum rc rc;

	if (s->state == BUS_DIAL_TRYING)
		(void)bus_line_watch(s);
	if (s->state == BUS_DIAL_TRYING)
		return RC_BUSY;
	if (s->state != BUS_DIAL_UP)
		return RC_NONE;
	rc = send_part(s, bytes, 0);
	if (rc == RC_BUSY) {
		look_at_news(s);
		rc = send_part(s, bytes, 0);
	}
	return rc;
}

enum rc
bus_send(struct bus_socket *s, const struct bus_route *route, struct span bytes)
{
	enum rc rc;

	CHECK((route != NULL) == is_listener(s));
	if (bytes.size > BUS_FRAME_MAX)
		return RC_TOO_BIG;
	if (route == NULL)
		return send_dialled(s, bytes);
	look_at_news(s);
	rc = send_part(s, span_of(route->bytes, route->size), ZMQ_SNDMORE);
	if (rc == RC_OK) {
		/* A route that was taken takes its payload too. */
		CHECK(send_part(s, bytes, 0) == RC_OK);
	}
	return rc;
}

/* -- waiting -- */

enum { ITEMS_MAX = 2 + 2 * BUS_SOCKETS_MAX };

struct poll_set {
	zmq_pollitem_t items[ITEMS_MAX]; /* admission and monitors first */
	size_t count;
	size_t news_from; /* the first item that concerns the caller */
};

static void
watch(struct poll_set *set, void *socket, int fd)
{
	CHECK(set->count < ITEMS_MAX);
	set->items[set->count++] = (zmq_pollitem_t){ .socket = socket,
		.fd = fd,
		.events = ZMQ_POLLIN };
}

static void
fill(struct poll_set *set, struct bus *bus, int signal_fd, bool self_test)
{
	struct bus_socket *s;

	set->count = 0;
	watch(set, bus->zap, 0);
	for (s = bus->sockets; s != NULL; s = s->older) {
		if (s->monitor != NULL)
			watch(set, s->monitor, 0);
	}
	set->news_from = set->count;
	for (s = bus->sockets; s != NULL && !self_test; s = s->older)
		watch(set, s->handle, 0);
	if (signal_fd >= 0)
		watch(set, NULL, signal_fd);
}

bool
bus_wait_once(struct bus *bus, int signal_fd, int timeout_ms, bool self_test)
{
	struct poll_set set;
	bool news = false;

	fill(&set, bus, signal_fd, self_test);
	/* EINTR is no news, only an early end of the sleep. */
	if (zmq_poll(set.items, (int)set.count, timeout_ms) > 0) {
		for (size_t i = set.news_from; i < set.count; i++)
			news = news || set.items[i].revents != 0;
	}
	bus_zap_serve(bus);
	for (struct bus_socket *s = bus->sockets; s != NULL; s = s->older)
		news = bus_line_watch(s) || news;
	return news;
}

bool
bus_wait(struct bus *bus, int signal_fd, int timeout_ms)
{
	int64_t end_ms = clock_steady_ms() + timeout_ms;
	int64_t left_ms = timeout_ms;

	do {
		if (bus_wait_once(bus, signal_fd, (int)left_ms, false))
			return true;
		if (timeout_ms >= 0)
			left_ms = end_ms - clock_steady_ms();
	} while (timeout_ms < 0 || left_ms > 0);
	return false;
}
