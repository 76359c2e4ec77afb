/*
 * Goal of this test: what mech/bus.h promises, over real sockets.  Hostile
 * peers are made with libzmq itself, or byte by byte.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/bus.h"

enum { PATIENCE_MS = 5000, QUIET_MS = 200, TEST_SECONDS_MAX = 60 };

struct office {
	const char *name;
	struct bus_keys keys;
};

static struct office east = { .name = "east" };
static struct office west = { .name = "west" };
static struct office stranger = { .name = "stranger" };
static struct bus_keys hub;

struct world {
	struct bus *bus;
	struct bus_socket *listener;
	char endpoint[BUS_ENDPOINT_MAX + 1];
};

static enum rc
admit(void *context, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1])
{
	struct office *offices[] = { &east, &west };

	(void)context;
	for (size_t i = 0; i < 2; i++) {
		if (memcmp(key, offices[i]->keys.public_key, BUS_KEY_BYTES) ==
		    0) {
			return text_copy(user, BUS_USER_MAX + 1,
			    offices[i]->name);
		}
	}
	return RC_NONE;
}

static enum rc
admit_anybody(void *context, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1])
{
	(void)context;
	(void)key;
	return text_copy(user, BUS_USER_MAX + 1, "anybody");
}

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static void
open_world(struct world *w, bus_admit *who)
{
	w->bus = bus_open(who, NULL);
	assert_int_equal(bus_listen(w->bus, "tcp://127.0.0.1:*", &hub,
			     &w->listener),
	    RC_OK);
	bus_endpoint(w->listener, w->endpoint);
}

static struct bus_socket *
dial(struct world *w, const struct bus_keys *keys)
{
	struct bus_socket *s;

	assert_int_equal(bus_dial(w->bus, w->endpoint, hub.public_key, keys,
			     &s),
	    RC_OK);
	return s;
}

/* The state that follows TRYING. */
static enum bus_dial_state
outcome(struct world *w, struct bus_socket *s)
{
	int64_t end = clock_steady_ms() + PATIENCE_MS;

	while (bus_dial_state(s) == BUS_DIAL_TRYING && clock_steady_ms() < end)
		(void)bus_wait(w->bus, -1, 50);
	return bus_dial_state(s);
}

static enum bus_dial_state
after_up(struct world *w, struct bus_socket *s)
{
	int64_t end = clock_steady_ms() + PATIENCE_MS;

	while (bus_dial_state(s) == BUS_DIAL_UP && clock_steady_ms() < end)
		(void)bus_wait(w->bus, -1, 50);
	return bus_dial_state(s);
}

static enum rc
receive(struct world *w, struct bus_socket *s, struct bus_frame *frame, int ms)
{
	int64_t end = clock_steady_ms() + ms;

	while (bus_receive(s, frame) == RC_NONE) {
		if (clock_steady_ms() >= end)
			return RC_NONE;
		(void)bus_wait(w->bus, -1, 20);
	}
	return RC_OK;
}

static bool
is_text(const struct bus_frame *frame, const char *text)
{
	return span_equal(frame->bytes, span_of_text(text));
}

TEST(test_a_known_key_talks_both_ways)
{
	struct world w;
	struct bus_frame frame = { 0 };
	struct bus_route route;
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	assert_int_equal(bus_send(s, NULL, span_of_text("hello")), RC_OK);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "hello"));
	assert_string_equal(frame.user, "east");
	route = frame.route;
	bus_frame_clear(&frame);
	assert_int_equal(bus_send(w.listener, &route, span_of_text("welcome")),
	    RC_OK);
	assert_int_equal(receive(&w, s, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "welcome"));
	assert_string_equal(frame.user, "");
	assert_int_equal(frame.route.size, 0);
	bus_frame_clear(&frame);
	bus_close(w.bus);
}

TEST(test_an_unknown_key_is_denied)
{
	struct world w;
	struct bus_frame frame = { 0 };
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &stranger.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_DENIED);
	assert_int_equal(bus_send(s, NULL, span_of_text("hello")), RC_NONE);
	assert_int_equal(receive(&w, w.listener, &frame, QUIET_MS), RC_NONE);
	assert_int_equal(bus_dial_state(s), BUS_DIAL_DENIED);
	bus_close(w.bus);
}

TEST(test_without_admission_nobody_is_admitted)
{
	struct world w;

	(void)state;
	open_world(&w, NULL);
	assert_int_equal(outcome(&w, dial(&w, &east.keys)), BUS_DIAL_DENIED);
	bus_close(w.bus);
}

TEST(test_an_open_door_is_not_opened)
{
	struct bus *bus = bus_open(admit_anybody, NULL);
	struct bus_socket *s;
	int64_t start = clock_steady_ms();

	(void)state;
	assert_int_equal(bus_listen(bus, "tcp://127.0.0.1:*", &hub, &s),
	    RC_REFUSED);
	assert_null(s);
	assert_true(clock_steady_ms() - start <= BUS_SELF_TEST_MS + 500);
	bus_close(bus);
}

TEST(test_a_wrong_server_key_makes_no_handshake)
{
	struct world w;
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	assert_int_equal(bus_dial(w.bus, w.endpoint, west.keys.public_key,
			     &east.keys, &s),
	    RC_OK);
	assert_int_equal(outcome(&w, s), BUS_DIAL_NO_HANDSHAKE);
	bus_close(w.bus);
}

TEST(test_nobody_there_is_closed)
{
	struct world w;
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	bus_close(w.bus);
	w.bus = bus_open(NULL, NULL);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_CLOSED);
	bus_close(w.bus);
}

TEST(test_a_lost_line_is_closed_and_stays_so)
{
	struct world w;
	struct bus_keys keys = hub;
	struct bus_socket *s;
	struct bus_socket *again;
	int64_t end = clock_steady_ms() + PATIENCE_MS;
	enum rc rc;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	bus_socket_close(w.listener);
	assert_int_equal(after_up(&w, s), BUS_DIAL_CLOSED);
	assert_int_equal(bus_send(s, NULL, span_of_text("x")), RC_NONE);
	/* The same address listens again: the old dialer does not return. */
	while ((rc = bus_listen(w.bus, w.endpoint, &keys, &again)) == RC_BUSY)
		assert_true(clock_steady_ms() < end);
	assert_int_equal(rc, RC_OK);
	(void)bus_wait(w.bus, -1, QUIET_MS);
	assert_int_equal(bus_dial_state(s), BUS_DIAL_CLOSED);
	assert_int_equal(outcome(&w, dial(&w, &east.keys)), BUS_DIAL_UP);
	bus_close(w.bus);
}

TEST(test_two_dialers_are_told_apart_by_their_keys)
{
	struct world w;
	struct bus_frame frame = { 0 };
	struct bus_socket *a;
	struct bus_socket *b;

	(void)state;
	open_world(&w, admit);
	a = dial(&w, &east.keys);
	b = dial(&w, &west.keys);
	assert_int_equal(outcome(&w, a), BUS_DIAL_UP);
	assert_int_equal(outcome(&w, b), BUS_DIAL_UP);
	/* Each claims to be the other. */
	assert_int_equal(bus_send(a, NULL, span_of_text("west")), RC_OK);
	assert_int_equal(bus_send(b, NULL, span_of_text("east")), RC_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS),
		    RC_OK);
		assert_false(span_equal(frame.bytes, span_of_text(frame.user)));
		assert_int_equal(bus_send(w.listener, &frame.route,
				     span_of_text(frame.user)),
		    RC_OK);
		bus_frame_clear(&frame);
	}
	assert_int_equal(receive(&w, a, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "east"));
	assert_int_equal(receive(&w, b, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "west"));
	bus_frame_clear(&frame);
	bus_close(w.bus);
}

TEST(test_sending_to_a_gone_peer_says_so)
{
	struct world w;
	struct bus_frame frame = { 0 };
	struct bus_route route;
	struct bus_socket *s;
	int64_t end = clock_steady_ms() + PATIENCE_MS;
	enum rc rc = RC_OK;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	assert_int_equal(bus_send(s, NULL, span_of_text("hello")), RC_OK);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	route = frame.route;
	bus_frame_clear(&frame);
	bus_socket_close(s);
	while (rc == RC_OK && clock_steady_ms() < end) {
		(void)bus_wait(w.bus, -1, 20);
		rc = bus_send(w.listener, &route, span_of_text("there?"));
	}
	assert_int_equal(rc, RC_NONE);
	bus_close(w.bus);
}

TEST(test_a_peer_that_does_not_read_never_blocks_us)
{
	struct world w;
	struct bus_frame frame = { 0 };
	struct bus_socket *s;
	struct bus_route route;
	uint8_t *big = memory_new(1, BUS_FRAME_MAX);
	enum rc rc = RC_OK;
	int sent = 0;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	assert_int_equal(bus_send(s, NULL, span_of_text("hello")), RC_OK);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	route = frame.route;
	bus_frame_clear(&frame);
	/* The dialer may queue any number: it is we who fill the line. */
	for (; sent < 4096 && rc == RC_OK; sent++)
		rc = bus_send(w.listener, &route, span_of(big, BUS_FRAME_MAX));
	assert_int_equal(rc, RC_BUSY);
	free(big);
	bus_close(w.bus);
}

TEST(test_the_largest_frame_passes_and_a_larger_is_told)
{
	struct world w;
	struct bus_frame frame = { 0 };
	uint8_t *big = memory_new(1, BUS_FRAME_MAX + 1);
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	assert_int_equal(bus_send(s, NULL, span_of(big, BUS_FRAME_MAX + 1)),
	    RC_TOO_BIG);
	assert_int_equal(bus_send(s, NULL, span_of(big, BUS_FRAME_MAX)), RC_OK);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_int_equal(frame.bytes.size, BUS_FRAME_MAX);
	bus_frame_clear(&frame);
	free(big);
	bus_close(w.bus);
}

/* An admitted peer that keeps none of our rules. */
struct rogue {
	void *context;
	void *socket;
};

static void
open_rogue(struct rogue *r, struct world *w, const char *routing_id,
    int heartbeat_ms)
{
	int linger = 0;

	r->context = zmq_ctx_new();
	r->socket = zmq_socket(r->context, ZMQ_DEALER);
	zmq_setsockopt(r->socket, ZMQ_CURVE_SERVERKEY, hub.public_key,
	    BUS_KEY_BYTES);
	zmq_setsockopt(r->socket, ZMQ_CURVE_PUBLICKEY, west.keys.public_key,
	    BUS_KEY_BYTES);
	zmq_setsockopt(r->socket, ZMQ_CURVE_SECRETKEY, west.keys.secret_key,
	    BUS_KEY_BYTES);
	zmq_setsockopt(r->socket, ZMQ_LINGER, &linger, sizeof(linger));
	if (heartbeat_ms > 0) {
		zmq_setsockopt(r->socket, ZMQ_HEARTBEAT_IVL, &heartbeat_ms,
		    sizeof(heartbeat_ms));
	}
	if (routing_id != NULL) {
		zmq_setsockopt(r->socket, ZMQ_ROUTING_ID, routing_id,
		    strlen(routing_id));
	}
	assert_int_equal(zmq_connect(r->socket, w->endpoint), 0);
}

static void
close_rogue(struct rogue *r)
{
	zmq_close(r->socket);
	zmq_ctx_term(r->context);
}

static void
check_east_still_talks(struct world *w, struct bus_socket *s)
{
	struct bus_frame frame = { 0 };

	assert_int_equal(bus_dial_state(s), BUS_DIAL_UP);
	assert_int_equal(bus_send(s, NULL, span_of_text("still")), RC_OK);
	assert_int_equal(receive(w, w->listener, &frame, PATIENCE_MS), RC_OK);
	assert_string_equal(frame.user, "east");
	assert_true(is_text(&frame, "still"));
	bus_frame_clear(&frame);
}

TEST(test_an_oversized_frame_hurts_only_its_sender)
{
	struct world w;
	struct rogue r;
	struct bus_frame frame = { 0 };
	struct bus_socket *s;
	uint8_t *big = memory_new(2, BUS_FRAME_MAX);

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	open_rogue(&r, &w, NULL, 0);
	assert_int_equal(zmq_send(r.socket, big, BUS_FRAME_MAX + 1, 0),
	    BUS_FRAME_MAX + 1);
	assert_int_equal(zmq_send(r.socket, big, (size_t)2 * BUS_FRAME_MAX, 0),
	    2 * BUS_FRAME_MAX);
	assert_int_equal(receive(&w, w.listener, &frame, 500), RC_NONE);
	check_east_still_talks(&w, s);
	close_rogue(&r);
	free(big);
	bus_close(w.bus);
}

TEST(test_garbage_of_several_parts_is_skipped)
{
	struct world w;
	struct rogue r;
	struct bus_frame frame = { 0 };

	(void)state;
	open_world(&w, admit);
	open_rogue(&r, &w, NULL, 0);
	for (int i = 0; i < 3; i++) {
		zmq_send(r.socket, "", 0, ZMQ_SNDMORE);
		zmq_send(r.socket, "b", 1, ZMQ_SNDMORE);
		zmq_send(r.socket, "c", 1, 0);
	}
	zmq_send(r.socket, "good", 4, 0);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "good"));
	assert_string_equal(frame.user, "west");
	zmq_send(r.socket, "", 0, 0);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_int_equal(frame.bytes.size, 0);
	bus_frame_clear(&frame);
	close_rogue(&r);
	bus_close(w.bus);
}

TEST(test_a_peer_cannot_choose_its_address)
{
	/* Ten bytes once passed, and stopped the hub further on. */
	static const char *const names[] = { "x", "12345", "ten bytes.",
		"sixteen bytes...",
		"a name that is longer than an address of ours" };
	struct world w;
	struct rogue r;
	struct bus_frame frame = { 0 };
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		open_rogue(&r, &w, names[i], 0);
		zmq_send(r.socket, "x", 1, 0);
		assert_int_equal(receive(&w, w.listener, &frame, QUIET_MS),
		    RC_NONE);
		close_rogue(&r);
	}
	check_east_still_talks(&w, s);
	bus_close(w.bus);
}

TEST(test_a_peers_heartbeats_and_a_full_queue_do_no_harm)
{
	struct world w;
	struct rogue r;
	struct bus_frame frame = { 0 };
	struct bus_socket *s;
	int got = 0;

	(void)state;
	open_world(&w, admit);
	s = dial(&w, &east.keys);
	assert_int_equal(outcome(&w, s), BUS_DIAL_UP);
	open_rogue(&r, &w, NULL, 10);
	assert_int_equal(zmq_send(r.socket, "first", 5, 0), 5);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	bus_frame_clear(&frame);
	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 900; i++)
			(void)zmq_send(r.socket, "flood", 5, ZMQ_DONTWAIT);
		/* Nobody reads while the pings come. */
		for (int i = 0; i < 10; i++)
			(void)bus_wait(w.bus, -1, 10), (void)usleep(10000);
		while (bus_receive(w.listener, &frame) == RC_OK)
			got++;
	}
	assert_true(got > 64);
	bus_frame_clear(&frame);
	close_rogue(&r);
	while (receive(&w, w.listener, &frame, QUIET_MS) == RC_OK)
		got++;
	check_east_still_talks(&w, s);
	bus_close(w.bus);
}

TEST(test_a_client_without_encryption_gets_nowhere)
{
	struct world w;
	struct bus_frame frame = { 0 };
	void *context = zmq_ctx_new();
	void *plain = zmq_socket(context, ZMQ_DEALER);
	int linger = 0;

	(void)state;
	open_world(&w, admit);
	zmq_setsockopt(plain, ZMQ_LINGER, &linger, sizeof(linger));
	assert_int_equal(zmq_connect(plain, w.endpoint), 0);
	zmq_send(plain, "hello", 5, 0);
	assert_int_equal(receive(&w, w.listener, &frame, 500), RC_NONE);
	zmq_close(plain);
	zmq_ctx_term(context);
	bus_close(w.bus);
}

/* -- strangers at the door, byte by byte -- */

static const char http[] = "GET / HTTP/1.0\r\n\r\n";
static char refusals[512]; /* the last line about the door */
static unsigned refusal_lines;

static void
keep_refusals(enum log_level level, const char *line)
{
	(void)level;
	if (strstr(line, "event=handshakes_refused") == NULL)
		return;
	(void)snprintf(refusals, sizeof(refusals), "%s", line);
	refusal_lines++;
}

/* Says `bytes`, waits until it is hung up on (or for a while), and leaves. */
static void
knock(struct world *w, const void *bytes, size_t size)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct timeval patience = { .tv_usec = 300000 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char answer[256];

	to.sin_port =
	    htons((uint16_t)strtoul(strrchr(w->endpoint, ':') + 1, NULL, 10));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			     sizeof(patience)),
	    0);
	assert_int_equal(send(fd, bytes, size, MSG_NOSIGNAL), size);
	while (recv(fd, answer, sizeof(answer), 0) > 0)
		continue;
	(void)close(fd);
}

static void
assert_refused(struct world *w, const char *expected)
{
	int64_t end = clock_steady_ms() + PATIENCE_MS;

	while (refusal_lines == 0 && clock_steady_ms() < end)
		(void)bus_wait(w->bus, -1, 20);
	assert_int_equal(refusal_lines, 1);
	if (strstr(refusals, expected) == NULL)
		fail_msg("%s instead of %s", refusals, expected);
}

/* A listener of its own, so that the line comes at once. */
static void
check_knock(const void *bytes, size_t size, const char *expected)
{
	struct world w;

	refusal_lines = 0;
	log_set_sink(keep_refusals);
	open_world(&w, admit);
	(void)bus_wait(w.bus, -1, 50);
	/* The self-test is no stranger. */
	assert_int_equal(refusal_lines, 0);
	knock(&w, bytes, size);
	assert_refused(&w, expected);
	log_set_sink(quiet);
	bus_close(w.bus);
}

TEST(test_who_knocks_in_vain_is_counted_in_the_log)
{
	static const uint8_t null_greeting[64] = { 0xff, 0, 0, 0, 0, 0, 0, 0, 1,
		0x7f, 3, 1, 'N', 'U', 'L', 'L' };
	/* A command of 2 GiB before any handshake. */
	static const uint8_t oversized[64 + 9] = { 0xff, 0, 0, 0, 0, 0, 0, 0, 1,
		0x7f, 3, 1, 'C', 'U', 'R', 'V', 'E', [64] = 6, [69] = 0x7f };
	(void)state;
	check_knock(http, strlen(http),
	    "count=1 denied=0 malformed=0 unfinished=0 not_ours=1");
	check_knock(oversized, sizeof(oversized),
	    "count=1 denied=0 malformed=0 unfinished=0 not_ours=1");
	check_knock(null_greeting, sizeof(null_greeting),
	    "count=1 denied=0 malformed=1 unfinished=0 not_ours=0");
	check_knock("\xff", 1,
	    "count=1 denied=0 malformed=0 unfinished=1 not_ours=0");
}

TEST(test_many_strangers_make_one_line_and_friends_none)
{
	struct world w;

	(void)state;
	refusal_lines = 0;
	log_set_sink(keep_refusals);
	open_world(&w, admit);
	assert_int_equal(outcome(&w, dial(&w, &east.keys)), BUS_DIAL_UP);
	(void)bus_wait(w.bus, -1, QUIET_MS);
	assert_int_equal(refusal_lines, 0);
	assert_int_equal(outcome(&w, dial(&w, &stranger.keys)),
	    BUS_DIAL_DENIED);
	assert_refused(&w, "count=1 denied=1 ");
	for (int i = 0; i < 100; i++) {
		knock(&w, http, strlen(http));
		(void)bus_wait(w.bus, -1, 0);
	}
	assert_int_equal(refusal_lines, 1);
	log_set_sink(quiet);
	bus_close(w.bus);
}

TEST(test_addresses_that_are_none_or_taken_are_told)
{
	struct world w;
	struct bus_socket *s;

	(void)state;
	open_world(&w, admit);
	assert_int_equal(bus_listen(w.bus, w.endpoint, &hub, &s), RC_BUSY);
	assert_int_equal(bus_listen(w.bus, "tcp://nonsense", &hub, &s),
	    RC_MALFORMED);
	assert_int_equal(bus_listen(w.bus, "ipc:///tmp/x", &hub, &s),
	    RC_MALFORMED);
	assert_int_equal(bus_listen(w.bus, "tcp://203.0.113.1:*", &hub, &s),
	    RC_MALFORMED);
	assert_int_equal(bus_dial(w.bus, "tcp://127.0.0.1", hub.public_key,
			     &east.keys, &s),
	    RC_MALFORMED);
	assert_int_equal(bus_dial(w.bus, "", hub.public_key, &east.keys, &s),
	    RC_MALFORMED);
	bus_close(w.bus);
}

TEST(test_all_addresses_and_ipv6_can_be_listened_at)
{
	struct bus *bus = bus_open(admit, NULL);
	struct bus_socket *s;

	(void)state;
	assert_int_equal(bus_listen(bus, "tcp://0.0.0.0:0", &hub, &s), RC_OK);
	bus_socket_close(s);
	assert_int_equal(bus_listen(bus, "tcp://*:*", &hub, &s), RC_OK);
	bus_socket_close(s);
	assert_int_equal(bus_listen(bus, "tcp://localhost:*", &hub, &s),
	    RC_MALFORMED);
	bus_close(bus);
}

TEST(test_waiting_ends_in_time_and_wakes_for_a_signal)
{
	struct world w;
	int64_t start;
	int ends[2];

	(void)state;
	open_world(&w, admit);
	start = clock_steady_ms();
	assert_false(bus_wait(w.bus, -1, 100));
	assert_true(clock_steady_ms() - start >= 99);
	assert_false(bus_wait(w.bus, -1, 0));
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_true(bus_wait(w.bus, ends[0], PATIENCE_MS));
	(void)close(ends[0]);
	(void)close(ends[1]);
	bus_close(w.bus);
}

/* -- control -- */

static char folder[200];

static void
control_path(char *path, size_t size, bool is_long)
{
	char deep[512];

	(void)snprintf(folder, sizeof(folder), "/tmp/bus_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, size, "%s/control.sock", folder);
	if (!is_long)
		return;
	(void)snprintf(deep, sizeof(deep), "%s/%0120d", folder, 0);
	assert_int_equal(mkdir(deep, 0700), 0);
	(void)snprintf(path, size, "%s/control.sock", deep);
}

static void
remove_folder(void)
{
	char command[256];

	(void)snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static void
talk_over_control(bool is_long)
{
	struct bus *bus = bus_open(NULL, NULL);
	struct world w = { .bus = bus };
	struct bus_frame frame = { 0 };
	struct bus_socket *client;
	struct stat st;
	char path[600];

	control_path(path, sizeof(path), is_long);
	assert_int_equal(bus_listen_control(bus, path, &w.listener), RC_OK);
	/* A file that was left is replaced. */
	bus_socket_close(w.listener);
	assert_int_equal(bus_listen_control(bus, path, &w.listener), RC_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(bus_dial_control(bus, path, &client), RC_OK);
	assert_int_equal(outcome(&w, client), BUS_DIAL_UP);
	assert_int_equal(bus_send(client, NULL, span_of_text("ask")), RC_OK);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "ask"));
	assert_string_equal(frame.user, "");
	assert_int_equal(bus_send(w.listener, &frame.route,
			     span_of_text("answer")),
	    RC_OK);
	bus_socket_close(w.listener);
	assert_int_equal(receive(&w, client, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "answer"));
	bus_frame_clear(&frame);
	bus_close(bus);
	assert_int_equal(stat(path, &st), -1);
	remove_folder();
}

TEST(test_commands_go_over_a_socket_file)
{
	(void)state;
	talk_over_control(false);
}

TEST(test_a_socket_file_may_lie_deep)
{
	(void)state;
	talk_over_control(true);
}

TEST(test_no_daemon_at_the_socket_file_is_closed)
{
	struct world w = { .bus = bus_open(NULL, NULL) };
	struct bus_socket *s;
	char path[600];

	(void)state;
	control_path(path, sizeof(path), false);
	assert_int_equal(bus_dial_control(w.bus, path, &s), RC_OK);
	assert_int_equal(outcome(&w, s), BUS_DIAL_CLOSED);
	assert_int_equal(bus_send(s, NULL, span_of_text("x")), RC_NONE);
	bus_close(w.bus);
	remove_folder();
}

/* ZMTP 3 by hand: a client may write any property into its greeting. */
static void
claim_a_user(int fd)
{
	static const uint8_t ready[] = "\x04\x2c\x05READY"
				       "\x0bSocket-Type\0\0\0\x06"
				       "DEALER"
				       "\x07User-Id\0\0\0\x04"
				       "east"
				       "\x00\x01x";
	uint8_t greeting[64] = { 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 'N',
		'U', 'L', 'L' };

	assert_int_equal(write(fd, greeting, sizeof(greeting)), 64);
	/* Theirs: what comes too early closes the line. */
	assert_int_equal(recv(fd, greeting, sizeof(greeting), MSG_WAITALL), 64);
	assert_int_equal(write(fd, ready, sizeof(ready) - 1),
	    sizeof(ready) - 1);
}

TEST(test_a_user_claimed_over_control_is_not_believed)
{
	struct world w = { .bus = bus_open(NULL, NULL) };
	struct bus_frame frame = { 0 };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	char path[sizeof(to.sun_path)];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	control_path(path, sizeof(path), false);
	assert_int_equal(bus_listen_control(w.bus, path, &w.listener), RC_OK);
	memcpy(to.sun_path, path, sizeof(path));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	claim_a_user(fd);
	assert_int_equal(receive(&w, w.listener, &frame, PATIENCE_MS), RC_OK);
	assert_true(is_text(&frame, "x"));
	assert_string_equal(frame.user, "");
	bus_frame_clear(&frame);
	(void)close(fd);
	bus_close(w.bus);
	remove_folder();
}

TEST_FIRST()
{
	(void)alarm(TEST_SECONDS_MAX);
	log_set_sink(quiet);
	bus_keys_make(&hub);
	bus_keys_make(&east.keys);
	bus_keys_make(&west.keys);
	bus_keys_make(&stranger.keys);
}
