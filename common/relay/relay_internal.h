/*
 * relay_internal - shared by the relay's own files and by nobody else.
 *
 *	relay.c		links and their scope, recording, incarnations, forks
 *	relay_hear.c	frames from the peers: inside the transaction
 *	relay_settle.c	after a fork: inside the transaction
 *	relay_answer.c	frames to the peers: after the commit
 *
 * What the first three want to say waits in the link (the flags *_due, the
 * refusals, the core's own marks) for the last.
 */
#ifndef RELAY_RELAY_INTERNAL_H
#define RELAY_RELAY_INTERNAL_H

#include "base/log.h"
#include "relay/relay.h"

enum { RELAY_CODES = REFUSE_CREDIT + 1 }; /* refusals on a link */

/* One word to a peer that may not be in session: sent after the commit. */
struct relay_refusal {
	uint64_t route;
	uint64_t session;
	struct frame_refuse refuse;
};

/* One peer: what the core knows of it, and what is to be said to it. */
struct relay_link {
	char office[OFFICE_CODE_MAX + 1]; /* the peer */
	bool is_parent;                   /* the peer is above us */
	struct link_core core;
	uint64_t route; /* of the session that counts */
	struct relay_transport transport;
	void *owner; /* the transport's */
	/* Wished for by the core; done and cleared by relay_answer. */
	bool hello_due, welcome_due, ping_due, pong_due, dial_due, hang_up_due;
	struct relay_refusal refusals[RELAY_REFUSALS_MAX];
	uint32_t refusals_count; /* of this turn */
	int64_t stale_next_ms;   /* before this STALE_SESSION is not repeated */
	struct log_rarely refusal_log[RELAY_CODES]; /* [code] */
	int64_t since_wall_ms;                      /* of the present state */
	int64_t last_ack_wall_ms;
	int64_t last_heard_wall_ms;
	/*
	 * Of the greeting: streams that we had not heard of.  One of them may
	 * still reach us from elsewhere, and must not be sent to this peer.
	 */
	struct stream_mark *unknown;
	uint32_t unknown_count;
	struct merkle **trees; /* [stream id - 1]: as of the last send */
	uint32_t trees_count;
	char last_error[RELAY_ERROR_MAX + 1]; /* for people; "": none */
};

struct relay {
	struct journal *journal;
	struct relay_settings settings;
	struct relay_hooks hooks;
	struct relay_link *parent; /* NULL: nobody above */
	struct relay_link **children;
	size_t children_count;
	uint32_t incarnation; /* 0: not begun */
	bool is_full;
	bool has_set_aside; /* a branch lies in the journal */
	bool is_carrying;              /* more to carry over: come back soon */
	int64_t incarnation_at_ms;     /* when a peer's word last began one */
	uint8_t (*leaves)[HASH_BYTES]; /* BATCH_COUNT_MAX: of one batch */
	struct buffer packed;          /* a record being made */
	struct buffer carried;         /* a record being carried over */
	struct buffer records;         /* a batch being made: its records */
	struct buffer frame;           /* a frame being made */
	struct stream_mark *marks;     /* GREETING_MARKS_MAX: out */
	struct link_mark *heard;       /* GREETING_MARKS_MAX: in */
};

/* What a frame came with; or, for words of our own, the present session. */
struct hearing {
	struct relay *relay;
	struct relay_link *link;
	uint64_t route;   /* the connection: answers go there */
	uint64_t session; /* that the frame names; 0: none that we know */
	struct relay_now now;
};

/* -- relay.c -- */

/* May this stream travel on this link?  See relay.h. */
bool relay_in_scope(const struct relay *r, const struct relay_link *link,
    const struct stream_key *key);
/* Every link that shares `s` learns that it is new, or how long it is. */
void relay_stream_grew(struct relay *r, const struct stream *s);
/* One step of a link's core; what it wants to say is kept until the answer. */
void relay_step(struct relay_link *link, const struct link_event *event,
    struct relay_now now, struct link_todo *todo);
/* Begin a new history of our own, now; its first record is the owner's. */
void relay_next_incarnation(struct relay *r, struct relay_now now);
/* Halt `s`: the peer's copy, of `peer_size` records, differs from ours. */
void relay_forked(struct relay *r, struct relay_link *link, struct stream *s,
    uint64_t peer_size, struct relay_now now);
/* What people see of the link until it streams again. */
void relay_note_error(struct relay_link *link, const char *text);
/* The parent (if any) and then the children; NULL: behind the last. */
struct relay_link *relay_each_link(struct relay *r, size_t index);
/*
 * Append one record, whoever made it, and give it to the owner (on_record).
 * `record` is what `bytes` hold; NULL: nobody can read them.
 */
uint64_t relay_append(struct relay *r, struct stream *s, struct span bytes,
    const struct record *record, const uint8_t leaf[static HASH_BYTES],
    struct relay_now now);

/* -- relay_hear.c -- */

/*
 * Refuse, after the commit, the frame that `h` is about, or of it the stream
 * `key`, of which we hold `s`; both may be NULL.  What does not fit the turn's
 * list is not said.
 */
void relay_refuse(const struct hearing *h, enum refuse_code code,
    const struct stream_key *key, const struct stream *s);
/* For a word of our own: to the session that counts. */
struct hearing relay_in_session(struct relay *r, struct relay_link *link,
    struct relay_now now);

/* -- relay_settle.c -- */

/* Record anew what only set-aside branches of ours hold, a little at a time. */
void relay_carry(struct relay *r, struct relay_now now);

#endif
