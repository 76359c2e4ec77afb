/* relay_internal - shared by the relay's own files and by nobody else. */
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

struct relay_link {
	char office[OFFICE_CODE_MAX + 1]; /* the peer */
	bool is_parent;                   /* the peer is above us */
	struct link_core core;
	uint64_t route; /* of the session that counts */
	void *owner;    /* the transport's */
	bool hello_due, welcome_due, ping_due, pong_due, dial_due, hang_up_due;
	struct relay_refusal refusals[RELAY_REFUSALS_MAX];
	uint32_t refusals_count;
	int64_t stale_told_ms; /* last STALE_SESSION, to say it rarely */
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
	char last_error[RELAY_ERROR_MAX + 1];
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

/* relay.c */
bool relay_in_scope(const struct relay *r, const struct relay_link *link,
    const struct stream_key *key);
void relay_stream_grew(struct relay *r, const struct stream *s);
void relay_step(struct relay *r, struct relay_link *link,
    const struct link_event *event, struct relay_now now,
    struct link_todo *todo);
void relay_next_incarnation(struct relay *r, struct relay_now now);
void relay_forked(struct relay *r, struct relay_link *link, struct stream *s,
    uint64_t peer_size, struct relay_now now);
void relay_note_error(struct relay_link *link, const char *text);
struct relay_link *relay_each_link(struct relay *r, size_t index);
/* Append one record, whoever made it, and tell everybody here. */
uint64_t relay_append(struct relay *r, struct stream *s, struct span bytes,
    const struct record *record, const uint8_t leaf[static HASH_BYTES],
    struct relay_now now);

/* relay_hear.c: `key` and `s` may be NULL; said after the commit. */
void relay_refuse(struct relay_link *link, uint64_t route, uint64_t session,
    enum refuse_code code, const struct stream_key *key, const struct stream *s,
    struct relay_now now);

/* relay_settle.c */
void relay_carry(struct relay *r, struct relay_now now);

#endif
