/*
 * Lines: what is set on each kind of socket, and what a dialer's monitor
 * tells (a listener's: bus_door.c).  Every option is read back: one that did not take would be a hole
 * or an abort much later.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/bus_internal.h"

enum {
	CURVE_OVERHEAD = 33, /* bytes that CURVE adds to a frame */
	QUEUE_MESSAGES_MAX = 64,
	SEND_MESSAGES_MAX = 256, /* all batches that may be out, and words */
	CONNECT_MS = 10000,
	NEVER_MS = 24 * 3600 * 1000, /* nobody keeps a lost dialer that long */
	UNACKED_MS = 60000,          /* TCP gives up on unacknowledged bytes */
	KEEPALIVE_IDLE_S = 30,
	KEEPALIVE_INTERVAL_S = 10,
	KEEPALIVE_COUNT = 3,
	BACKLOG = 512,
	CONTROL_LINGER_MS = 1000,
	CONTROL_MODE = 0600,
	CONTROL_UMASK = 0177,
	/* Numbered in the header's draft part; setting it works all the same. */
	ZAP_ENFORCE_DOMAIN = 93,
	SUN_PATH_MAX = sizeof(((struct sockaddr_un *)0)->sun_path) - 1,
};

/* -- options -- */

void
bus_set_int(void *handle, int option, int value)
{
	int back = ~value;
	size_t size = sizeof(back);

	CHECK(zmq_setsockopt(handle, option, &value, sizeof(value)) == 0);
	CHECK(zmq_getsockopt(handle, option, &back, &size) == 0);
	CHECK(back == value);
}

static void
set_bytes(void *handle, int option, const void *value, size_t size)
{
	uint8_t back[256];
	size_t back_size = sizeof(back);

	/* Asked for in exactly 32 bytes a key comes back raw, else as text. */
	if (size == BUS_KEY_BYTES)
		back_size = BUS_KEY_BYTES;
	CHECK(zmq_setsockopt(handle, option, value, size) == 0);
	CHECK(zmq_getsockopt(handle, option, back, &back_size) == 0);
	CHECK(back_size >= size);
	CHECK(memcmp(back, value, size) == 0);
}

static void
set_max_size(void *handle)
{
	int64_t most = BUS_FRAME_MAX + CURVE_OVERHEAD;
	int64_t back = 0;
	size_t size = sizeof(back);

	CHECK(zmq_setsockopt(handle, ZMQ_MAXMSGSIZE, &most, sizeof(most)) == 0);
	CHECK(zmq_getsockopt(handle, ZMQ_MAXMSGSIZE, &back, &size) == 0);
	CHECK(back == most);
}

static void
set_common(void *handle)
{
	set_max_size(handle);
	bus_set_int(handle, ZMQ_LINGER, 0);
	bus_set_int(handle, ZMQ_HANDSHAKE_IVL, BUS_HANDSHAKE_MS);
	bus_set_int(handle, ZMQ_HEARTBEAT_IVL, 0);
	bus_set_int(handle, ZMQ_SNDHWM, SEND_MESSAGES_MAX);
}

static void
set_listener(void *handle)
{
	int on = 1;

	set_common(handle);
	bus_set_int(handle, ZMQ_RCVHWM, QUEUE_MESSAGES_MAX);
	bus_set_int(handle, ZMQ_BACKLOG, BACKLOG);
	/* Can be set but not asked; bus_test sees that it works. */
	CHECK(
	    zmq_setsockopt(handle, ZMQ_ROUTER_MANDATORY, &on, sizeof(on)) == 0);
}

static void
set_dialer(void *handle)
{
	set_common(handle);
	/* Bounded by the credit that we give, in bytes. */
	bus_set_int(handle, ZMQ_RCVHWM, 0);
	bus_set_int(handle, ZMQ_IMMEDIATE, 1);
	/*
	 * One attempt.  RECONNECT_IVL=-1 would say so, too, but it, as well as
	 * IMMEDIATE=1, makes libzmq throw away what arrived just before the
	 * line was lost: a peer's last word.  What IMMEDIATE is for, no frames
	 * from before an outage after it, holds as a dialer has no second
	 * connection, and as bus_send sends only while the line is up.
	 */
	bus_set_int(handle, ZMQ_RECONNECT_IVL, NEVER_MS);
	bus_set_int(handle, ZMQ_IMMEDIATE, 0);
	bus_set_int(handle, ZMQ_CONNECT_TIMEOUT, CONNECT_MS);
}

/* IPv6 sockets show IPv4 peers as ::ffff:a.b.c.d: only where needed. */
static bool
needs_ipv6(const char *host)
{
	return host[strspn(host, "0123456789.")] != ':';
}

static enum rc
set_tcp(void *handle, const char *endpoint)
{
	static const char scheme[] = "tcp://";

	if (strncmp(endpoint, scheme, strlen(scheme)) != 0 ||
	    strlen(endpoint) > BUS_ENDPOINT_MAX)
		return RC_MALFORMED;
	bus_set_int(handle, ZMQ_IPV6,
	    needs_ipv6(endpoint + strlen(scheme)) ? 1 : 0);
	bus_set_int(handle, ZMQ_TCP_KEEPALIVE, 1);
	bus_set_int(handle, ZMQ_TCP_KEEPALIVE_IDLE, KEEPALIVE_IDLE_S);
	bus_set_int(handle, ZMQ_TCP_KEEPALIVE_INTVL, KEEPALIVE_INTERVAL_S);
	bus_set_int(handle, ZMQ_TCP_KEEPALIVE_CNT, KEEPALIVE_COUNT);
	bus_set_int(handle, ZMQ_TCP_MAXRT, UNACKED_MS);
	return RC_OK;
}

static void
set_keys(void *handle, const struct bus_keys *keys)
{
	set_bytes(handle, ZMQ_CURVE_PUBLICKEY, keys->public_key, BUS_KEY_BYTES);
	set_bytes(handle, ZMQ_CURVE_SECRETKEY, keys->secret_key, BUS_KEY_BYTES);
}

static void
check_curve(void *handle)
{
	int mechanism = -1;
	size_t size = sizeof(mechanism);

	CHECK(zmq_getsockopt(handle, ZMQ_MECHANISM, &mechanism, &size) == 0);
	CHECK(mechanism == ZMQ_CURVE);
}

static void
set_curve_server(void *handle, const struct bus_keys *keys)
{
	bus_set_int(handle, ZMQ_CURVE_SERVER, 1);
	set_keys(handle, keys);
	set_bytes(handle, ZMQ_ZAP_DOMAIN, bus_zap_domain,
	    strlen(bus_zap_domain));
	/* Without this a listener with no admission admits everybody. */
	bus_set_int(handle, ZAP_ENFORCE_DOMAIN, 1);
	check_curve(handle);
}

/* -- monitors -- */

void
bus_monitor_start(struct bus_socket *s, int events)
{
	struct bus *bus = s->bus;
	char name[64];

	CHECK(text_format(name, sizeof(name), "inproc://monitor-%u",
		  bus->monitors++) == RC_OK);
	CHECK(zmq_socket_monitor(s->handle, name, events) == 0);
	s->monitor = zmq_socket(bus->context, ZMQ_PAIR);
	CHECK(s->monitor != NULL);
	bus_set_int(s->monitor, ZMQ_LINGER, 0);
	/* A full monitor would halt libzmq's I/O thread. */
	bus_set_int(s->monitor, ZMQ_RCVHWM, 0);
	CHECK(zmq_connect(s->monitor, name) == 0);
}

/* An event is two frames: number and value, then the address. */
bool
bus_monitor_read(void *monitor, uint16_t *event)
{
	uint8_t head[6];
	uint8_t address[BUS_ENDPOINT_MAX + 1];

	if (zmq_recv(monitor, head, sizeof(head), ZMQ_DONTWAIT) < 0)
		return false;
	memcpy(event, head, sizeof(*event));
	(void)zmq_recv(monitor, address, sizeof(address), ZMQ_DONTWAIT);
	return true;
}

/* -- listening -- */

static enum rc
bind_rc(int error)
{
	switch (error) {
	case EADDRINUSE:
		return RC_BUSY;
	case EACCES:
	case EPERM:
	case EROFS:
		return RC_DENIED;
	case ENAMETOOLONG:
		return RC_TOO_BIG;
	default:
		return RC_MALFORMED;
	}
}

/* A stranger must be told no, by the listener itself, before others call. */
static enum rc
self_test(struct bus_socket *listener, const struct bus_keys *server)
{
	struct bus *bus = listener->bus;
	char endpoint[BUS_ENDPOINT_MAX + 1];
	struct bus_keys stranger;
	struct bus_socket *dialer;
	int64_t left_ms;
	int64_t end_ms = clock_steady_ms() + BUS_SELF_TEST_MS;
	bool is_refused;

	bus_keys_make(&stranger);
	bus_endpoint(listener, endpoint);
	if (bus_dial(bus, endpoint, server->public_key, &stranger, &dialer) !=
	    RC_OK)
		return RC_REFUSED;
	bus->self_test_key = stranger.public_key;
	while (dialer->state == BUS_DIAL_TRYING &&
	       (left_ms = end_ms - clock_steady_ms()) > 0)
		(void)bus_wait_once(bus, -1, (int)left_ms, true);
	bus->self_test_key = NULL;
	is_refused = dialer->state == BUS_DIAL_DENIED;
	bus_socket_close(dialer);
	return is_refused ? RC_OK : RC_REFUSED;
}

enum rc
bus_listen(struct bus *bus, const char *endpoint, const struct bus_keys *keys,
    struct bus_socket **out)
{
	struct bus_socket *s = bus_socket_new(bus, BUS_PEERS, ZMQ_ROUTER);
	char real[BUS_ENDPOINT_MAX + 1];
	enum rc rc = set_tcp(s->handle, endpoint);

	*out = NULL;
	set_listener(s->handle);
	set_curve_server(s->handle, keys);
	if (rc == RC_OK && zmq_bind(s->handle, endpoint) != 0)
		rc = bind_rc(errno);
	if (rc == RC_OK) {
		bus_door_open(s);
		rc = self_test(s, keys);
	}
	if (rc != RC_OK) {
		bus_socket_close(s);
		return rc;
	}
	bus_door_opened(s);
	bus_endpoint(s, real);
	log_info("listen=%s event=listening frame_bytes_max=%d queue_max=%d "
		 "handshake_ms=%d keepalive_s=%d/%d/%d tcp_maxrt_ms=%d "
		 "backlog=%d linger_ms=0 mandatory=1 enforce_domain=1 "
		 "heartbeat=0 self_test=refused",
	    real, BUS_FRAME_MAX, QUEUE_MESSAGES_MAX, BUS_HANDSHAKE_MS,
	    KEEPALIVE_IDLE_S, KEEPALIVE_INTERVAL_S, KEEPALIVE_COUNT, UNACKED_MS,
	    BACKLOG);
	*out = s;
	return RC_OK;
}

/*
 * "ipc://PATH" for libzmq.  A path beyond what a socket address holds goes
 * by way of its opened folder, so that deep directories work too.
 */
static enum rc
control_endpoint(struct bus_socket *s, const char *path, char *out, size_t size)
{
	char folder[FILE_PATH_MAX];
	char *slash;
	const char *name;

	if (strlen(path) <= SUN_PATH_MAX)
		return text_format(out, size, "ipc://%s", path);
	if (text_copy(folder, sizeof(folder), path) != RC_OK)
		return RC_TOO_BIG;
	slash = strrchr(folder, '/');
	if (slash == NULL)
		return RC_TOO_BIG;
	*slash = '\0';
	name = slash + 1;
	s->folder_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->folder_fd < 0)
		return RC_DENIED;
	return text_format(out, size, "ipc:///proc/self/fd/%d/%s", s->folder_fd,
	    name);
}

/* The umask makes it 0600 from its first moment. */
static enum rc
bind_control(struct bus_socket *s, const char *endpoint, const char *path)
{
	mode_t old;
	int code;
	int error;

	if (unlink(path) != 0 && errno != ENOENT)
		return RC_DENIED;
	old = umask(CONTROL_UMASK);
	code = zmq_bind(s->handle, endpoint);
	error = errno;
	(void)umask(old);
	if (code != 0)
		return error == ENOENT ? RC_DENIED : bind_rc(error);
	/* libzmq 4.3.4 leaves the file behind. */
	s->remove_path = memory_text(path);
	return chmod(path, CONTROL_MODE) == 0 ? RC_OK : RC_DENIED;
}

enum rc
bus_listen_control(struct bus *bus, const char *path, struct bus_socket **out)
{
	struct bus_socket *s = bus_socket_new(bus, BUS_CONTROLLERS, ZMQ_ROUTER);
	char endpoint[sizeof("ipc://") + SUN_PATH_MAX];
	enum rc rc;

	*out = NULL;
	set_listener(s->handle);
	bus_set_int(s->handle, ZMQ_LINGER, CONTROL_LINGER_MS);
	rc = control_endpoint(s, path, endpoint, sizeof(endpoint));
	if (rc == RC_OK)
		rc = bind_control(s, endpoint, path);
	if (rc != RC_OK) {
		bus_socket_close(s);
		return rc;
	}
	*out = s;
	return RC_OK;
}

/* -- dialling -- */

static void
start_watch(struct bus_socket *s)
{
	bus_monitor_start(s, ZMQ_EVENT_CLOSED | ZMQ_EVENT_DISCONNECTED |
				 ZMQ_EVENT_HANDSHAKE_SUCCEEDED |
				 ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
				 ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
				 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH);
	s->state = BUS_DIAL_TRYING;
	s->dialled_ms = clock_steady_ms();
}

static enum rc
start_dialling(struct bus_socket *s, const char *endpoint, enum rc rc,
    struct bus_socket **out)
{
	*out = NULL;
	if (rc == RC_OK) {
		start_watch(s);
		if (zmq_connect(s->handle, endpoint) != 0)
			rc = bind_rc(errno);
	}
	if (rc != RC_OK) {
		bus_socket_close(s);
		return rc;
	}
	*out = s;
	return RC_OK;
}

enum rc
bus_dial(struct bus *bus, const char *endpoint,
    const uint8_t server_key[BUS_KEY_BYTES], const struct bus_keys *keys,
    struct bus_socket **out)
{
	struct bus_socket *s = bus_socket_new(bus, BUS_PEER, ZMQ_DEALER);
	enum rc rc = set_tcp(s->handle, endpoint);

	set_dialer(s->handle);
	set_bytes(s->handle, ZMQ_CURVE_SERVERKEY, server_key, BUS_KEY_BYTES);
	set_keys(s->handle, keys);
	check_curve(s->handle);
	return start_dialling(s, endpoint, rc, out);
}

enum rc
bus_dial_control(struct bus *bus, const char *path, struct bus_socket **out)
{
	struct bus_socket *s = bus_socket_new(bus, BUS_CONTROL, ZMQ_DEALER);
	char endpoint[sizeof("ipc://") + SUN_PATH_MAX];
	enum rc rc;

	set_dialer(s->handle);
	bus_set_int(s->handle, ZMQ_LINGER, CONTROL_LINGER_MS);
	rc = control_endpoint(s, path, endpoint, sizeof(endpoint));
	return start_dialling(s, endpoint, rc, out);
}

/* The first final state stays: what follows it is only its echo. */
static enum bus_dial_state
next_state(enum bus_dial_state state, unsigned event)
{
	if (state != BUS_DIAL_TRYING && state != BUS_DIAL_UP)
		return state;
	switch (event) {
	case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
		return BUS_DIAL_UP;
	case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
		return BUS_DIAL_DENIED;
	case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
	case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
		return BUS_DIAL_NO_HANDSHAKE;
	case ZMQ_EVENT_DISCONNECTED:
	case ZMQ_EVENT_CLOSED:
		return BUS_DIAL_CLOSED;
	default:
		return state;
	}
}

bool
bus_line_watch(struct bus_socket *s)
{
	enum bus_dial_state before = s->state;
	uint16_t event;

	if (s->monitor == NULL)
		return false;
	if (s->kind == BUS_PEERS) {
		if (s->bus->self_test_key == NULL)
			bus_door_watch(s);
		return false;
	}
	while (bus_monitor_read(s->monitor, &event))
		s->state = next_state(s->state, event);
	/* A name that cannot be looked up makes no event at all. */
	if (s->state == BUS_DIAL_TRYING &&
	    clock_steady_ms() - s->dialled_ms > BUS_DIAL_MS_MAX)
		s->state = BUS_DIAL_CLOSED;
	return s->state != before;
}

enum bus_dial_state
bus_dial_state(struct bus_socket *s)
{
	CHECK(s->kind == BUS_PEER || s->kind == BUS_CONTROL);
	(void)bus_line_watch(s);
	return s->state;
}
