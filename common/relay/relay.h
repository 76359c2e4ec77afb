/*
 * relay - one office's part in the tree: its journal and its links.
 *
 * It takes frames from the peers, stores what is new, and sends what a peer
 * lacks; it records what this office itself makes; it begins a new
 * incarnation when a peer turns out to hold more of our history than we do;
 * it halts a stream whose two copies disagree and settles it when told.
 *
 * No socket and no clock: the daemon and the simulator drive the same code.
 * Each turn of either goes
 *
 *	journal_begin
 *	    relay_hear, relay_record, relay_tick ...   save
 *	relay_commit                                   on disk
 *	relay_answer                                   and only now: speak
 *
 * Scope of a link between a parent P and its child C (what either end may
 * send and take):
 *   - streams for everybody above (audience "") of C and of every office
 *     below C: they climb, and come back down to refill C;
 *   - streams of P with audience C: they descend, and go back up to refill P.
 *
 * Belongs to one thread.
 */
#ifndef RELAY_RELAY_H
#define RELAY_RELAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/frame.h"
#include "relay/journal.h"
#include "relay/link_core.h"

enum {
	RELAY_CHILDREN_MAX = 4096,
	RELAY_ERROR_MAX = 200,    /* bytes of a link's last error */
	RELAY_REFUSALS_MAX = 16,  /* refusals per link and turn */
	RELAY_CARRY_MAX = 256,    /* carried records per tick */
	RELAY_HISTORIES_MAX = 64, /* incarnations of one office that we keep */
	/* A peer's word may begin a new history of ours only so often. */
	RELAY_INCARNATION_EVERY_MS = 60 * 1000,
	/* A record must still fit when it is carried over, twice or more. */
	RELAY_PAYLOAD_MAX = RECORD_BYTES_MAX / 4 * 3,
	RELAY_CARRIED_MAX = RECORD_BYTES_MAX - 512,
	/* A record of that size, also one carried before, within another. */
	RELAY_HANDED_MAX = RELAY_PAYLOAD_MAX + 2048,
};

struct relay;
struct relay_link;

/* What happened to a record that was just appended; spans live in the call. */
struct relay_entry {
	uint64_t position;
	int64_t received_ms;
	const struct stream *stream;
	const struct record *record; /* NULL: unreadable, kept all the same */
	struct span bytes;
	const uint8_t *leaf; /* HASH_BYTES */
};

/*
 * What the owner does for the relay.  on_* are called inside the transaction
 * and may call relay_record.
 */
struct relay_hooks {
	void *context;
	/* Is `office` somewhere below `child`?  Also when it is `child`. */
	bool (*is_below)(void *context, const char *office, const char *child);
	/* A record was appended, ours or another's. */
	void (*on_record)(void *context, const struct relay_entry *entry);
	/*
	 * A new incarnation begins; record OfficeOpened first.  `previous` is
	 * NULL for the very first.
	 */
	void (*on_incarnation)(void *context, const struct stream *previous);
	/* For nonces of sessions and for jitter. */
	uint64_t (*random)(void *context);
};

/*
 * The line that carries a link.  Called by relay_answer only, outside any
 * transaction; `owner` is what relay_attach was given.  All may be NULL: what
 * nobody carries is lost, as on any line, and asked for again.
 */
struct relay_transport {
	/*
	 * `route` is what relay_hear was given for the session's greeting or,
	 * for a refusal, for the frame that is refused; `frame` lives in the
	 * call.  May lose it.
	 */
	void (*send_frame)(void *owner, uint64_t route, struct span frame);
	/* Of the link to the parent: begin a connection, end it. */
	void (*dial)(void *owner);
	void (*hang_up)(void *owner);
};

struct relay_settings {
	char office[OFFICE_CODE_MAX + 1];      /* who we are */
	char software[SOFTWARE_BYTES_MAX + 1]; /* for the peer's status */
	struct link_settings link;             /* of all links alike */
};

/* Time of both kinds, as the turn saw it when it began. */
struct relay_now {
	int64_t steady_ms; /* for timers */
	int64_t wall_ms;   /* for records and people */
};

/* For screens: one link as it stands. */
struct relay_link_status {
	const char *office; /* the peer */
	bool is_parent;     /* the peer is above us */
	enum link_state state;
	int64_t since_wall_ms;    /* of that state */
	int64_t last_ack_wall_ms; /* either way; 0: never in this process */
	int64_t last_heard_wall_ms;
	const char *last_error;  /* "" if none */
	uint64_t unsent_records; /* for the peer, not known to be held */
	uint64_t unsent_bytes;
	int64_t oldest_unsent_ms; /* when it was stored; 0: nothing unsent */
	uint64_t peer_records;    /* of the child's own history, up to now */
	uint64_t awaited_records; /* the peer said that it has them; we don't */
	uint32_t forked_streams;
};

/*
 * The journal stays with its owner and must outlive the relay; settings and
 * hooks are copied.  No links yet.
 */
struct relay *relay_open(struct journal *journal,
    const struct relay_settings *settings, const struct relay_hooks *hooks);
void relay_close(struct relay *r); /* with all links; NULL is fine */

/* -- who is connected to whom; at any time outside a turn -- */

/*
 * The link to the office above, in place of the one before ("" leaves none:
 * NULL); the link to a child, which may be there already.  Links live until
 * they are dropped, replaced or the relay is closed.
 */
struct relay_link *relay_set_parent(struct relay *r, const char *office,
    struct relay_now now);
struct relay_link *relay_add_child(struct relay *r, const char *office,
    struct relay_now now);
/* Cut off at once; later frames of this office find no link. */
void relay_drop_child(struct relay *r, const char *office);
/* NULL: no such link. */
struct relay_link *relay_parent(struct relay *r);
struct relay_link *relay_child(struct relay *r, const char *office);
/* The children in no particular order; index < count. */
size_t relay_child_count(const struct relay *r);
struct relay_link *relay_child_at(struct relay *r, size_t index);
/*
 * From now on `owner` carries this link; it detaches itself before it goes,
 * or goes with the link.  A link without a line is silent.
 */
void relay_attach(struct relay_link *link,
    const struct relay_transport *transport, void *owner);
void relay_detach(struct relay_link *link);
/* The roster changed: work out again which streams each link shares. */
void relay_rescope(struct relay *r);

/* -- inside a turn's transaction -- */

/*
 * The first incarnation of a new office.  Every office calls it once, before
 * anything is recorded; later incarnations begin by themselves.
 */
void relay_begin(struct relay *r, struct relay_now now);
bool relay_has_begun(const struct relay *r);
uint32_t relay_incarnation(const struct relay *r);

/*
 * Record something of our own, for everybody above (audience "") or for one
 * child.  Of `draft` kind, claimed_ms, actor and payload are taken; key,
 * sequence, recorded_ms and schema are filled in.  `leaf` may be NULL.
 * RC_TOO_BIG: payload over RELAY_PAYLOAD_MAX (another record, carried or
 * handed: over its own limit); nothing was recorded.
 */
MUST_USE enum rc relay_record(struct relay *r, const char *audience,
    struct record *draft, struct relay_now now, uint64_t *position,
    uint8_t leaf[HASH_BYTES]);

/*
 * A frame came from the peer of `link` (authenticated by the caller) on the
 * connection `route`.  Whatever it holds, nothing else suffers.
 */
void relay_hear(struct relay *r, struct relay_link *link, uint64_t route,
    struct span bytes, struct relay_now now);

/* The dialled connection stands, or is gone (`why` for people; may be ""). */
void relay_link_up(struct relay *r, struct relay_link *link,
    struct relay_now now);
void relay_link_lost(struct relay *r, struct relay_link *link, const char *why,
    struct relay_now now);

/* Timers and carried records.  Call it each turn. */
void relay_tick(struct relay *r, struct relay_now now);

/* Take nothing in for now (the disk is full), or take it in again. */
void relay_set_full(struct relay *r, bool is_full);

/*
 * Settle a fork: set our copy of the stream aside, take the peer's, and, if
 * the stream is our own, carry over what only our copy had into the present
 * incarnation.  RC_NONE: no such stream, or it is not forked.  RC_REFUSED:
 * not ours to settle; the office stream->forked_with has to.
 */
MUST_USE enum rc relay_settle(struct relay *r, const struct stream_key *key,
    struct relay_now now);

/* The turn's commit: back only when everything is on disk. */
void relay_commit(struct relay *r, struct relay_now now);

/* -- after the commit -- */

/* Send what is due: greetings, refusals, acknowledgements, batches. */
void relay_answer(struct relay *r, struct relay_now now);

/*
 * Is everything here that we ever said to our parent?  False while it holds
 * more of that than we do, or may: no link to it, a fork, a branch that is
 * still carried over.  A top office has nobody to ask: true.
 */
bool relay_is_refilled(const struct relay *r);

/* Steady time at which relay_tick is wanted; INT64_MAX: never. */
int64_t relay_wake_ms(const struct relay *r);

/* -- for screens -- */

/* `with_bytes`: also count bytes and age, which walks what is unsent. */
void relay_status(struct relay *r, struct relay_link *link, bool with_bytes,
    struct relay_link_status *out);
/*
 * Does the parent hold this record: now, or as far as we knew when we last
 * heard of it?  What stands in no stream here came from above.  CHECKed:
 * there is a parent.
 */
bool relay_parent_holds(struct relay *r, const struct stream_key *key,
    uint64_t sequence);
/* Who was attached; NULL: nobody. */
void *relay_link_owner(struct relay_link *link);
/* The peer's code; lives as long as the link. */
const char *relay_link_office(const struct relay_link *link);

#endif
