/*
 * bus - frames between processes: libzmq, and every rule for using it.
 *
 * Two kinds of line.  Peers: TCP with CURVE, a listener (ROUTER) and dialers
 * (DEALER).  Control: a local socket file that only its owner may use.
 *
 * What we rely on, because libzmq left alone does otherwise:
 *   1. no admission function, or one that says no: nobody is admitted
 *      (ZAP_DOMAIN + ENFORCE_DOMAIN, and a self-test before listening);
 *   2. who a frame is from comes from the admission alone, and is read from
 *      the payload frame;
 *   3. one dialer is one connection attempt: nothing from before an outage
 *      can arrive after it;
 *   4. no peer chooses its address at the listener, takes over another's, or
 *      makes a send block;
 *   5. no ZMTP heartbeats: with a full receive queue they abort the process;
 *   6. nothing is larger than BUS_FRAME_MAX.
 *
 * Not bounded by libzmq: how many parts an admitted peer puts into one
 * multipart message.  The service's memory limit is the bound there.
 *
 * At most 16 sockets are open at once (a listener holds many peers).
 * A bus and its sockets belong to one thread.  No fork after bus_open.
 */
#ifndef MECH_BUS_H
#define MECH_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

struct bus;
struct bus_socket;

enum {
	BUS_KEY_BYTES = 32,
	BUS_USER_MAX = 63,       /* bytes of a user id */
	BUS_ROUTE_MAX = 16,      /* bytes of a return address */
	BUS_ROUTE_BYTES = 5,     /* of one that libzmq made */
	BUS_FRAME_MAX = 1 << 20, /* bytes of a frame */
	BUS_ENDPOINT_MAX = 127,  /* bytes of an address */
	BUS_DIAL_MS_MAX = 20000, /* a dialer that is not up by then is closed */
	BUS_SELF_TEST_MS = 2000, /* a refusal must come within */
};

/* Curve25519, raw bytes. */
struct bus_keys {
	uint8_t public_key[BUS_KEY_BYTES];
	uint8_t secret_key[BUS_KEY_BYTES];
};

/* Where an answer to a frame goes: a connection, not an office. */
struct bus_route {
	uint8_t bytes[BUS_ROUTE_MAX];
	size_t size;
};

/*
 * A frame that arrived.  Zero-initialise.  Not to be copied by assignment:
 * `bytes` may point into `storage`.
 */
struct bus_frame {
	struct bus_route route;           /* listeners only; else size 0 */
	char user[BUS_USER_MAX + 1];      /* as admitted; "" on control lines */
	struct span bytes;                /* until bus_frame_clear */
	bool is_filled;                   /* storage holds a message */
	_Alignas(16) uint8_t storage[64]; /* libzmq's message */
};

/*
 * Who is behind this key?  RC_OK fills `user` (not empty); anything else
 * refuses.  Called from bus_wait and from bus_listen (self-test, a random
 * key), in the loop's thread.  The bus logs refusals, and everybody else who
 * is turned away at a listener, in a line or two per minute.
 */
typedef enum rc bus_admit(void *context, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1]);

/* `admit` may be NULL: nobody is admitted.  Never NULL. */
struct bus *bus_open(bus_admit *admit, void *context);

/*
 * Closes what is still open.  Waits up to a second for control replies to
 * leave.  Comes before giving up the directory's lock: the socket file is
 * removed in here.  NULL is fine.
 */
void bus_close(struct bus *bus);

/* A fresh key pair. */
void bus_keys_make(struct bus_keys *keys);

/*
 * Listen for peers at "tcp://HOST:PORT"; HOST is an address of this
 * machine, "[v6 address]", an interface's name, or "*" for all of both kinds;
 * not a host name.  Port "*" or 0 takes a free one (ask bus_endpoint).
 * RC_BUSY: the address is in use.  RC_MALFORMED: no address of this machine.
 * RC_DENIED: not ours to open.  RC_REFUSED: the self-test found that an
 * unknown key is not refused; nothing listens.
 */
MUST_USE enum rc bus_listen(struct bus *bus, const char *endpoint,
    const struct bus_keys *keys, struct bus_socket **out);

/*
 * Start one attempt to reach the peer that holds `server_key`.  Back at
 * once; see bus_dial_state.  A host name is looked up by libzmq's only I/O
 * thread and delays every line meanwhile: prefer addresses.
 * RC_MALFORMED: not an address.
 */
MUST_USE enum rc bus_dial(struct bus *bus, const char *endpoint,
    const uint8_t server_key[BUS_KEY_BYTES], const struct bus_keys *keys,
    struct bus_socket **out);

/*
 *   TRYING --handshake--> UP --connection lost--> CLOSED
 *     |
 *     +--> DENIED, NO_HANDSHAKE, CLOSED: final; dial anew after a pause
 */
enum bus_dial_state {
	BUS_DIAL_TRYING,
	BUS_DIAL_UP,
	BUS_DIAL_DENIED,       /* the peer does not admit our key */
	BUS_DIAL_NO_HANDSHAKE, /* TCP came up, the handshake did not: wrong
				  server key, or no peer of our kind, or too
				  busy for 10 s */
	BUS_DIAL_CLOSED,       /* lost, refused, or BUS_DIAL_MS_MAX over */
};

/*
 * As far as the events say by now.  Frames that came before the line was lost
 * can still be received.
 */
enum bus_dial_state bus_dial_state(struct bus_socket *s);

/*
 * Listen for commands at the socket file `path` (0600).  A file that is
 * there is removed first: the caller holds the directory's lock.  Changes
 * the process's umask for a moment: call it before threads make files.
 * RC_TOO_BIG, RC_DENIED.
 */
MUST_USE enum rc bus_listen_control(struct bus *bus, const char *path,
    struct bus_socket **out);

/* As bus_dial.  Nobody listens there: BUS_DIAL_CLOSED soon after. */
MUST_USE enum rc bus_dial_control(struct bus *bus, const char *path,
    struct bus_socket **out);

/*
 * What is not sent yet is dropped; control replies get a second.  NULL ok.
 * A listener's address is free a moment later; for certain after bus_close.
 */
void bus_socket_close(struct bus_socket *s);

/* The real address of a listener. */
void bus_endpoint(struct bus_socket *s, char out[BUS_ENDPOINT_MAX + 1]);

/*
 * Take the next frame.  RC_NONE: nothing waits.  What is not of our shape
 * (several parts, no user, too long) is skipped.  Clear the frame afterwards;
 * a filled one is cleared first.
 */
MUST_USE enum rc bus_receive(struct bus_socket *s, struct bus_frame *frame);
void bus_frame_clear(struct bus_frame *frame);

/*
 * Send a copy of `bytes` along `route` (NULL for dialers); never blocks.
 * RC_BUSY: the line is full or not up yet.  RC_NONE: that peer is gone.
 * RC_TOO_BIG: over BUS_FRAME_MAX.
 */
MUST_USE enum rc bus_send(struct bus_socket *s, const struct bus_route *route,
    struct span bytes);

/*
 * Sleep until a frame waits, a dialer changed its state, `signal_fd` (-1:
 * none) is readable or `timeout_ms` (-1: for ever) is over; admits peers
 * meanwhile.  True: one of the first three may be so.
 */
bool bus_wait(struct bus *bus, int signal_fd, int timeout_ms);

#endif
