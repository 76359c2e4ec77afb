/*
 * link_core - one end of a link between a child and its parent.
 *
 * Pure: no socket, no clock, no SQL, no malloc but its own table.  Events go
 * in with the time; what to do comes out in a todo.  Both ends use this one
 * core, because a link is symmetric: the two ends share a set of streams,
 * tell each other how much of each they hold, and whoever holds more of a
 * stream sends the rest.  Records of the child's subtree normally climb and
 * orders for the child normally descend; after one side lost its disk the
 * same mechanism runs the other way.
 *
 *   child   DOWN --tick--> DIALING --up--> GREETING --welcome--> STREAMING
 *            ^                |               |                      |
 *            +---lost, late, refused, silent--+----------------------+
 *
 *   parent  DOWN --hello--> STREAMING --hello--> STREAMING (new session)
 *            ^                  |
 *            +------silent------+
 *
 * The todo's contract: first save what it says, then commit, and only then
 * send.  The acknowledgement of a batch is therefore not in the todo of the
 * batch: link_core_ack_due says so after the commit.
 *
 * Rules that it keeps (each has a seeded fault in mutants.h or a test):
 *   1. only the newest session counts: older frames are dropped;
 *   2. a batch is taken only if nothing is missing before it;
 *   3. what is already held is not taken again;
 *   4. a stream counts as held by the peer only when the peer has said so;
 *   5. bytes in flight stay within the peer's window;
 *   6. a silent peer, and one that stops acknowledging, is given up;
 *   7. a forked stream is halted; the others go on.  One that the peer
 *      does not take yet (scope) is tried again after a silence's time.
 *
 * Belongs to one thread.
 */
#ifndef RELAY_LINK_CORE_H
#define RELAY_LINK_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/frame.h"
#include "mech/backoff.h"

enum {
	LINK_FLIGHT_MAX = 64,       /* batches under way, unacknowledged */
	LINK_PINGS_PER_SILENCE = 3, /* two may be lost before we are given up */
	LINK_NEVER = INT32_MAX,
};

/* Which end of the link this is: the child dials, the parent waits. */
enum link_role { LINK_CHILD, LINK_PARENT };

enum link_state {
	LINK_DOWN,
	LINK_DIALING,
	LINK_GREETING,
	LINK_STREAMING,
	LINK_STATE_COUNT,
};

/* The same at both ends is best; nothing breaks when they differ. */
struct link_settings {
	int64_t dial_ms;          /* give up a connection attempt after */
	int64_t greeting_ms;      /* no WELCOME after: hang up */
	int64_t silence_ms;       /* peer counts as gone after */
	int64_t ack_ms;           /* nothing acknowledged after: hang up */
	int64_t backoff_first_ms; /* wait before dialing again, doubling ... */
	int64_t backoff_max_ms;   /* ... up to this, each with jitter */
	uint32_t window_bytes;    /* what we let the peer have in flight */
};

/* One stream as this link sees it. */
struct link_stream {
	uint64_t local;   /* records that we hold */
	uint64_t peer;    /* records that the peer says it holds */
	uint64_t sent;    /* the last one sent in this session */
	bool is_shared;   /* in this link's scope */
	bool is_first;    /* the child's own: goes before all others */
	bool is_halted;   /* forked, or refused by the peer */
	int64_t retry_ms; /* when halted: try again then; INT64_MAX: never */
	bool ack_due;     /* tell the peer after the commit */
};

/* A batch that was sent and is not acknowledged. */
struct link_flight {
	uint32_t stream;
	uint64_t last;  /* sequence of its last record */
	uint32_t bytes; /* of its records, out of the peer's window */
};

/*
 * The whole state of one end.  A plain value: the shell reads it (state,
 * session, what the peer holds), and changes it through the functions below.
 */
struct link_core {
	enum link_role role;
	enum link_state state;
	struct link_settings settings;
	uint64_t session;      /* nonce of the HELLO that counts; 0: none */
	uint32_t peer_window;  /* bytes that the peer lets us have out */
	uint32_t flight_bytes; /* bytes out, unacknowledged */
	uint32_t taken_bytes;  /* bytes taken in, not yet acknowledged */
	int64_t entered_ms;    /* when this state began */
	int64_t heard_ms;      /* last sign of the peer */
	int64_t spoke_ms;      /* last frame to the peer */
	int64_t progress_ms;   /* last acknowledgement, or first flight */
	int64_t dial_at_ms;    /* in DOWN, child: next attempt */
	struct backoff backoff;
	struct link_stream *streams; /* [stream id - 1] */
	uint32_t streams_count;
	uint32_t next_stream; /* round robin among the others */
	struct link_flight flight[LINK_FLIGHT_MAX];
	uint32_t flight_first, flight_count;
};

enum link_event_kind {
	LINK_TICK,    /* time has passed */
	LINK_UP,      /* child: the dialled connection stands */
	LINK_LOST,    /* child: the connection is gone or was denied */
	LINK_GREETED, /* HELLO at the parent, WELCOME at the child */
	LINK_BATCH,
	LINK_ACK,
	LINK_PING,
	LINK_PONG,
	LINK_REFUSED, /* the peer refuses */
	LINK_FORKED,  /* the shell found that a stream's roots differ */
};

/* What the peer holds of a stream; whether it agrees was found out before. */
struct link_mark {
	uint32_t stream; /* id */
	uint64_t size;
};

/* Fields that a kind does not name are 0. */
struct link_event {
	enum link_event_kind kind;
	int64_t now_ms;
	uint64_t random;       /* TICK, LOST, REFUSED: for jitter and nonce */
	uint64_t session;      /* of the frame */
	uint32_t stream;       /* BATCH, REFUSED, FORKED; 0: none */
	uint64_t first;        /* BATCH */
	uint32_t count;        /* BATCH */
	uint32_t bytes;        /* BATCH: the records' bytes */
	uint32_t window_bytes; /* GREETED, ACK */
	enum refuse_code code; /* REFUSED */
	const struct link_mark *marks; /* GREETED, ACK */
	uint32_t marks_count;
};

/* All false: nothing.  `take` is for now, the rest for after the commit. */
struct link_todo {
	bool take;     /* BATCH: store the records behind `skip` */
	uint32_t skip; /* so many at its start are already held */
	bool dial;     /* child: open a connection */
	bool hang_up;  /* child: close it */
	bool send_hello;
	bool send_welcome;
	bool send_ping;
	bool send_pong;
	enum refuse_code refuse; /* REFUSE_NOT: nothing to refuse */
};

/* DOWN, without a stream.  A child dials at its first tick. */
void link_core_init(struct link_core *l, enum link_role role,
    const struct link_settings *settings, int64_t now_ms);
void link_core_clear(struct link_core *l);

/*
 * One event.  `todo` receives all that is to be done for it.  Whatever a peer
 * sends, this returns: a frame out of place is refused or dropped.
 */
void link_core_step(struct link_core *l, const struct link_event *event,
    struct link_todo *todo);

/*
 * Tell the link about a stream, when it is new, has grown, or the roster has
 * changed: it holds `local` records here, is in this link's scope or not, and
 * belongs to the child itself (`is_first`: its own word goes before what it
 * passes on).  Ids are the journal's, dense from 1.
 */
void link_core_stream(struct link_core *l, uint32_t stream, uint64_t local,
    bool is_shared, bool is_first);

/*
 * The peer holds so much of this stream: it said so in its greeting, or it
 * sent a batch that was found good.
 */
void link_core_peer_holds(struct link_core *l, uint32_t stream, uint64_t size);

/* Forget what is known of a stream (it was set aside or settled). */
void link_core_reset_stream(struct link_core *l, uint32_t stream);

/*
 * The next batch that may be sent now: which stream, from where, at most how
 * many bytes.  False: nothing to send, no credit, or not streaming.  After
 * sending, link_core_sent; until then the answer stays the same.
 */
bool link_core_next_batch(const struct link_core *l, uint32_t *stream,
    uint64_t *first, uint32_t *bytes_max);
void link_core_sent(struct link_core *l, uint32_t stream, uint64_t last,
    uint32_t bytes, int64_t now_ms);

/* After the commit: is there something to acknowledge?  Then send and tell. */
bool link_core_ack_due(const struct link_core *l);
/* The acknowledgement that was due is said. */
void link_core_acked(struct link_core *l, int64_t now_ms);
/* Any other frame went out. */
void link_core_spoke(struct link_core *l, int64_t now_ms);

/* When the link wants a TICK at the latest; INT64_MAX: never. */
int64_t link_core_wake_ms(const struct link_core *l);

/* "down", "dialing", "greeting", "streaming" */
const char *link_state_name(enum link_state state);

#endif
