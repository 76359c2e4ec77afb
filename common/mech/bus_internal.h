/*
 * bus_internal - what the bus's own files share; nobody else includes it.
 *
 *	bus.c		life, sending, receiving, waiting
 *	bus_line.c	listeners and dialers: options and monitors
 *	bus_door.c	who was turned away at a listener
 *	bus_zap.c	admission
 */
#ifndef MECH_BUS_INTERNAL_H
#define MECH_BUS_INTERNAL_H

#include "base/log.h"
#include "mech/bus.h"

enum {
	BUS_SOCKETS_MAX = 16, /* open at once in one bus */
	BUS_HANDSHAKE_MS = 10000,
};

enum bus_kind {
	BUS_PEERS,       /* ROUTER on TCP */
	BUS_PEER,        /* DEALER on TCP */
	BUS_CONTROLLERS, /* ROUTER on a socket file */
	BUS_CONTROL,     /* DEALER on a socket file */
};

struct bus {
	void *context;    /* libzmq's */
	void *zap;        /* REP, asked by the I/O thread */
	bus_admit *admit; /* NULL: admit nobody */
	void *admit_context;
	const uint8_t *self_test_key; /* not logged when refused; or NULL */
	struct log_rarely refusals;   /* lines about them */
	unsigned monitors;            /* for unique names */
	struct bus_socket *sockets;   /* newest first */
	size_t sockets_count;
};

/* Connections that a listener turned away, by reason. */
struct bus_refused {
	uint64_t denied;     /* the key */
	uint64_t malformed;  /* no CURVE, or not to our key */
	uint64_t unfinished; /* gave up, or took too long */
	uint64_t silent;     /* not our protocol; libzmq tells no reason */
};

/* Totals of one listener. */
struct bus_door {
	uint64_t accepted;
	uint64_t admitted;
	uint64_t left; /* admitted or not */
	struct bus_refused refused;
	struct bus_refused told;  /* of these the log knows */
	struct log_rarely log;    /* its lines */
	int64_t mark_ms;          /* steady time of the mark */
	uint64_t accepted_mark;   /* then */
	uint64_t accepted_before; /* at the mark before */
};

struct bus_socket {
	struct bus *bus;
	void *handle;  /* libzmq's */
	void *monitor; /* PAIR; NULL on the control line's listener */
	enum bus_kind kind;
	struct bus_door door;      /* listeners for peers only */
	enum bus_dial_state state; /* dialers only */
	int64_t dialled_ms;        /* steady time */
	int folder_fd;             /* long socket paths; -1: none */
	char *remove_path;         /* socket file to remove; or NULL */
	struct bus_socket *newer;
	struct bus_socket *older;
};

/* Set and read back. */
void bus_set_int(void *handle, int option, int value);

struct bus_socket *bus_socket_new(struct bus *bus, enum bus_kind kind,
    int zmq_type);

/* One sleep; only admission and monitors when `self_test`. */
bool bus_wait_once(struct bus *bus, int signal_fd, int timeout_ms,
    bool self_test);

/* Tell `events` of the socket on its monitor, and read one of them. */
void bus_monitor_start(struct bus_socket *s, int events);
bool bus_monitor_read(void *monitor, uint16_t *event);

/*
 * Watch a listener: counts who is turned away, and logs it rarely.  Open
 * before the self-test, whose refusal is not told; opened after it.
 */
void bus_door_open(struct bus_socket *s);
void bus_door_opened(struct bus_socket *s);
void bus_door_watch(struct bus_socket *s);

/* Read the monitor's events; true when a dialer's state changed. */
bool bus_line_watch(struct bus_socket *s);

/* Answer the admission questions that wait, at most a batch. */
void bus_zap_open(struct bus *bus);
void bus_zap_serve(struct bus *bus);
extern const char bus_zap_domain[];

#endif
