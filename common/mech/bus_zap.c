/*
 * Admission (ZAP, rfc.zeromq.org/spec/27): for each CURVE handshake libzmq's
 * I/O thread asks one question over inproc and waits for our answer.  The
 * endpoint must exist before anything listens: without it libzmq admits
 * everybody unless the listener enforces its domain.
 */
#include <inttypes.h>
#include <string.h>
#include <zmq.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "mech/bus_internal.h"

enum {
	ZAP_PARTS = 7,
	ZAP_PART_MAX = 255,
	ZAP_BATCH_MAX = 64, /* questions answered per round */
	KEY_SHOWN_BYTES = 8,
};

enum zap_part {
	ZAP_VERSION,
	ZAP_REQUEST,
	ZAP_DOMAIN,
	ZAP_ADDRESS,
	ZAP_IDENTITY,
	ZAP_MECHANISM,
	ZAP_KEY,
};

struct question {
	uint8_t bytes[ZAP_PARTS][ZAP_PART_MAX];
	size_t sizes[ZAP_PARTS];
	bool is_whole; /* exactly the parts expected */
};

const char bus_zap_domain[] = "petition";

void
bus_zap_open(struct bus *bus)
{
	bus->zap = zmq_socket(bus->context, ZMQ_REP);
	CHECK(bus->zap != NULL);
	bus_set_int(bus->zap, ZMQ_LINGER, 0);
	CHECK(zmq_bind(bus->zap, "inproc://zeromq.zap.01") == 0);
}

static bool
read_part(void *zap, struct question *q, size_t index, bool *more)
{
	zmq_msg_t part;
	bool fits;

	CHECK(zmq_msg_init(&part) == 0);
	if (zmq_msg_recv(&part, zap, ZMQ_DONTWAIT) < 0) {
		(void)zmq_msg_close(&part);
		return false;
	}
	fits = index < ZAP_PARTS && zmq_msg_size(&part) <= ZAP_PART_MAX;
	if (fits) {
		q->sizes[index] = zmq_msg_size(&part);
		memcpy(q->bytes[index], zmq_msg_data(&part), q->sizes[index]);
	}
	q->is_whole = q->is_whole && fits;
	*more = zmq_msg_more(&part) != 0;
	(void)zmq_msg_close(&part);
	return true;
}

static bool
read_question(void *zap, struct question *q)
{
	bool more = true;
	size_t count = 0;

	q->is_whole = true;
	memset(q->sizes, 0, sizeof(q->sizes));
	for (; more; count++) {
		if (!read_part(zap, q, count, &more))
			return false;
	}
	q->is_whole = q->is_whole && count == ZAP_PARTS;
	return true;
}

static struct span
part_of(const struct question *q, enum zap_part part)
{
	return span_of(q->bytes[part], q->sizes[part]);
}

static bool
part_is(const struct question *q, enum zap_part part, const char *text)
{
	return span_equal(part_of(q, part), span_of_text(text));
}

static bool
is_admitted(struct bus *bus, const struct question *q, char *user)
{
	memset(user, 0, BUS_USER_MAX + 1);
	if (!q->is_whole || bus->admit == NULL)
		return false;
	if (!part_is(q, ZAP_VERSION, "1.0") ||
	    !part_is(q, ZAP_DOMAIN, bus_zap_domain) ||
	    !part_is(q, ZAP_MECHANISM, "CURVE") ||
	    q->sizes[ZAP_KEY] != BUS_KEY_BYTES)
		return false;
	if (bus->admit(bus->admit_context, q->bytes[ZAP_KEY], user) != RC_OK)
		return false;
	CHECK(memchr(user, '\0', BUS_USER_MAX + 1) != NULL);
	return user[0] != '\0';
}

/* Strangers may knock as often as they like; they do not fill the log. */
static void
log_refusal(struct bus *bus, const struct question *q)
{
	char key[2 * KEY_SHOWN_BYTES + 1] = "";
	char address[LOG_ESCAPED_MAX + 1];
	uint64_t passed_over;

	if (bus->self_test_key != NULL && q->sizes[ZAP_KEY] == BUS_KEY_BYTES &&
	    memcmp(q->bytes[ZAP_KEY], bus->self_test_key, BUS_KEY_BYTES) == 0)
		return;
	if (!log_rarely(&bus->refusals, clock_steady_ms(), &passed_over))
		return;
	if (q->sizes[ZAP_KEY] >= KEY_SHOWN_BYTES)
		text_hex(span_of(q->bytes[ZAP_KEY], KEY_SHOWN_BYTES), key);
	log_warn("key=%s event=peer_refused address=\"%s\" unlogged=%llu", key,
	    log_escape(part_of(q, ZAP_ADDRESS), address),
	    (unsigned long long)passed_over);
}

static void
send_part(void *zap, struct span part, int more)
{
	/* Fails only when the asking connection is gone; then nobody cares. */
	(void)zmq_send(zap, part.at, part.size, ZMQ_DONTWAIT | more);
}

static void
answer_question(struct bus *bus, const struct question *q)
{
	char user[BUS_USER_MAX + 1];
	bool admitted = is_admitted(bus, q, user);

	if (!admitted) {
		log_refusal(bus, q);
		user[0] = '\0';
	}
	send_part(bus->zap, span_of_text("1.0"), ZMQ_SNDMORE);
	send_part(bus->zap, part_of(q, ZAP_REQUEST), ZMQ_SNDMORE);
	send_part(bus->zap, span_of_text(admitted ? "200" : "400"),
	    ZMQ_SNDMORE);
	send_part(bus->zap, span_of_text(admitted ? "OK" : "unknown key"),
	    ZMQ_SNDMORE);
	send_part(bus->zap, span_of_text(user), ZMQ_SNDMORE);
	send_part(bus->zap, span_of(NULL, 0), 0);
}

void
bus_zap_serve(struct bus *bus)
{
	struct question q;

	for (int i = 0; i < ZAP_BATCH_MAX; i++) {
		if (!read_question(bus->zap, &q))
			return;
		answer_question(bus, &q);
	}
}
