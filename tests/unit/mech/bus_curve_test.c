/*
 * Goal of this test: an admitted peer cannot say who it is.  Our own CURVE
 * client (rfc.zeromq.org/spec/26), byte by byte, writes "User-Id: east" into
 * its encrypted greeting, which no libzmq client would let it.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/number.h"
#include "base/text.h"
#include "mech/bus.h"

enum { PATIENCE_MS = 5000, KEY = BUS_KEY_BYTES, BOX = crypto_box_MACBYTES };

static struct bus_keys hub;
static struct bus_keys west;

/* What the client knows while it shakes hands. */
struct client {
	int fd;
	struct bus *bus; /* served while the client waits */
	struct bus_keys brief;
	uint8_t server_brief[KEY];
	uint8_t cookie[96];
	uint64_t nonce;
};

static enum rc
admit(void *context, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1])
{
	(void)context;
	if (memcmp(key, west.public_key, KEY) != 0)
		return RC_NONE;
	return text_copy(user, BUS_USER_MAX + 1, "west");
}

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static void
give(struct client *c, const void *bytes, size_t size)
{
	assert_int_equal(write(c->fd, bytes, size), size);
}

static void
take(struct client *c, uint8_t *out, size_t size)
{
	int64_t end = clock_steady_ms() + PATIENCE_MS;
	size_t have = 0;

	while (have < size && clock_steady_ms() < end) {
		ssize_t got =
		    recv(c->fd, out + have, size - have, MSG_DONTWAIT);

		if (got > 0)
			have += (size_t)got;
		(void)bus_wait(c->bus, -1, 5);
	}
	assert_int_equal(have, size);
}

static uint8_t *
put(uint8_t *at, const void *bytes, size_t size)
{
	memcpy(at, bytes, size);
	return at + size;
}

static uint8_t *
put_property(uint8_t *at, const char *name, const char *value)
{
	*at++ = (uint8_t)strlen(name);
	at = put(at, name, strlen(name));
	number_put_u32(at, (uint32_t)strlen(value));
	return put(at + 4, value, strlen(value));
}

static void
short_nonce(struct client *c, const char *prefix, uint8_t out[24])
{
	memcpy(out, prefix, 16);
	number_put_u64(out + 16, c->nonce++);
}

static void
greet(struct client *c)
{
	uint8_t greeting[64] = { 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1, 'C',
		'U', 'R', 'V', 'E' };

	give(c, greeting, sizeof(greeting));
	take(c, greeting, sizeof(greeting));
}

static void
say_hello(struct client *c)
{
	uint8_t frame[202] = { 4, 200, 5, 'H', 'E', 'L', 'L', 'O', 1, 0 };
	uint8_t zeros[64] = { 0 };
	uint8_t nonce[24];

	short_nonce(c, "CurveZMQHELLO---", nonce);
	memcpy(frame + 2 + 80, c->brief.public_key, KEY);
	memcpy(frame + 2 + 112, nonce + 16, 8);
	assert_int_equal(crypto_box_easy(frame + 2 + 120, zeros, 64, nonce,
			     hub.public_key, c->brief.secret_key),
	    0);
	give(c, frame, sizeof(frame));
}

static void
hear_welcome(struct client *c)
{
	uint8_t frame[2 + 168];
	uint8_t plain[128];
	uint8_t nonce[24];

	take(c, frame, sizeof(frame));
	memcpy(nonce, (const char[]){ "WELCOME-" }, 8);
	memcpy(nonce + 8, frame + 2 + 8, 16);
	assert_int_equal(crypto_box_open_easy(plain, frame + 2 + 24, 144, nonce,
			     hub.public_key, c->brief.secret_key),
	    0);
	memcpy(c->server_brief, plain, KEY);
	memcpy(c->cookie, plain + KEY, sizeof(c->cookie));
}

/* Long-term key, vouch and the properties, boxed. */
static void
initiate(struct client *c)
{
	uint8_t plain[512];
	uint8_t frame[1024];
	uint8_t vouch[2 * KEY];
	uint8_t nonce[24];
	uint8_t *at = put(plain, west.public_key, KEY);
	size_t size;

	memcpy(vouch, c->brief.public_key, KEY);
	memcpy(vouch + KEY, hub.public_key, KEY);
	memcpy(nonce, (const char[]){ "VOUCH---" }, 8);
	randombytes_buf(nonce + 8, 16);
	at = put(at, nonce + 8, 16);
	assert_int_equal(crypto_box_easy(at, vouch, sizeof(vouch), nonce,
			     c->server_brief, west.secret_key),
	    0);
	at = put_property(at + sizeof(vouch) + BOX, "Socket-Type", "DEALER");
	at = put_property(at, "User-Id", "east");
	size = (size_t)(at - plain);

	frame[0] = 4;
	at = put(frame + 2, "\x08INITIATE", 9);
	at = put(at, c->cookie, sizeof(c->cookie));
	short_nonce(c, "CurveZMQINITIATE", nonce);
	at = put(at, nonce + 16, 8);
	assert_int_equal(crypto_box_easy(at, plain, size, nonce,
			     c->server_brief, c->brief.secret_key),
	    0);
	at += size + BOX;
	assert_true(at - frame - 2 < (ptrdiff_t)0x100 * 2);
	/* Longer than 255: the long form of a command. */
	if (at - frame - 2 > 0xff) {
		uint8_t head[9] = { 6 };

		number_put_u64(head + 1, (uint64_t)(at - frame - 2));
		give(c, head, sizeof(head));
	} else {
		frame[1] = (uint8_t)(at - frame - 2);
		give(c, frame, 2);
	}
	give(c, frame + 2, (size_t)(at - frame - 2));
}

static void
hear_ready(struct client *c)
{
	uint8_t head[2 + 6];

	take(c, head, sizeof(head));
	assert_memory_equal(head + 2, "\x05READY", 6);
}

static void
say(struct client *c, const char *text)
{
	uint8_t plain[64] = { 0 };
	uint8_t frame[128] = { 0 };
	uint8_t nonce[24];
	size_t size = strlen(text) + 1;
	uint8_t *at = put(frame + 2, "\x07MESSAGE", 8);

	memcpy(plain + 1, text, size - 1);
	short_nonce(c, "CurveZMQMESSAGEC", nonce);
	at = put(at, nonce + 16, 8);
	assert_int_equal(crypto_box_easy(at, plain, size, nonce,
			     c->server_brief, c->brief.secret_key),
	    0);
	at += size + BOX;
	frame[1] = (uint8_t)(at - frame - 2);
	give(c, frame, (size_t)(at - frame));
}

static int
dial_tcp(const char *endpoint)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int64_t port = 0;

	assert_int_equal(number_parse(strrchr(endpoint, ':') + 1, 1, 65535,
			     &port),
	    RC_OK);
	to.sin_port = htons((uint16_t)port);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

TEST(test_a_user_claimed_in_the_handshake_is_not_believed)
{
	struct client c = { .bus = bus_open(admit, NULL), .nonce = 1 };
	struct bus_frame frame = { 0 };
	struct bus_socket *listener;
	char endpoint[BUS_ENDPOINT_MAX + 1];
	int64_t end = clock_steady_ms() + PATIENCE_MS;

	(void)state;
	assert_int_equal(bus_listen(c.bus, "tcp://127.0.0.1:*", &hub,
			     &listener),
	    RC_OK);
	bus_endpoint(listener, endpoint);
	bus_keys_make(&c.brief);
	c.fd = dial_tcp(endpoint);
	greet(&c);
	say_hello(&c);
	hear_welcome(&c);
	initiate(&c);
	hear_ready(&c);
	say(&c, "I am east");
	while (
	    bus_receive(listener, &frame) == RC_NONE && clock_steady_ms() < end)
		(void)bus_wait(c.bus, -1, 20);
	assert_true(span_equal(frame.bytes, span_of_text("I am east")));
	assert_string_equal(frame.user, "west");
	bus_frame_clear(&frame);
	(void)close(c.fd);
	bus_close(c.bus);
}

TEST_FIRST()
{
	(void)alarm(30);
	log_set_sink(quiet);
	assert_int_equal(sodium_init() >= 0, 1);
	bus_keys_make(&hub);
	bus_keys_make(&west);
}
