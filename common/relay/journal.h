/*
 * journal - what this office must never forget.
 *
 * Every record belongs to a stream: one office's records in that office's
 * own order.  A stream has one writer, the office of origin; everybody else
 * holds a prefix of it.  So two copies of a stream can always be compared by
 * (size, root), and whoever has less takes the rest from whoever has more,
 * in either direction.  Each stream is one RFC 6962 tree; its leaf i is the
 * record with sequence i + 1.
 *
 * Beside its place in a stream each row has a position: this office's own
 * order of coming to know it, which views and reactors follow.
 *
 * Invariants, outside a transaction:
 *   1. positions are 1..end without gaps;
 *   2. the rows of a stream are 1..size without gaps, and its tree has
 *      exactly these leaves;
 *   3. a stream's size and its rows are committed together or not at all;
 *   4. what was appended is never changed and never removed.
 *
 * Belongs to one thread.  The turn owns the transaction.
 */
#ifndef RELAY_JOURNAL_H
#define RELAY_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/record.h"
#include "mech/merkle.h"
#include "relay/store.h"

enum {
	JOURNAL_FRONTIER_EVERY = 1024, /* rows between saved frontiers */
	JOURNAL_STREAMS_MAX = 65536,   /* streams in one office */
	JOURNAL_VALUE_MAX = 4096,      /* bytes of a named value */
};

/*
 * One stream as this office holds it.  Read it freely; what is written here
 * from outside (`carried`, `acked`) is saved only after journal_touch.
 */
struct stream {
	uint32_t id; /* dense from 1; also its place in the table */
	struct stream_key key;
	struct merkle tree; /* its size is the stream's size */
	uint32_t branch;    /* > 0: a set-aside branch, local only */
	bool is_forked;     /* halted until somebody settles it */
	char forked_with[OFFICE_CODE_MAX + 1]; /* whose copy differs */
	uint64_t peer_size; /* when forked: what the other side holds */
	uint64_t carried;   /* of a branch: rows carried over so far */
	uint64_t acked;     /* the receiving peer was known to hold this;
				    kept for screens, saved when convenient */
	bool is_dirty;      /* to be saved with this transaction */
};

struct journal;

/*
 * `store` is what `ops` work on; it stays with its owner and must outlive the
 * journal.  All streams are read at once; their rows stay in the store.
 */
struct journal *journal_open(const struct store_ops *ops, void *store);
void journal_close(struct journal *j); /* NULL is fine */

/*
 * The turn's transaction; nothing below that writes works outside it.  A
 * commit that returns is on disk: only then may anybody be told.  There is no
 * way back: what must not be recorded is found out before, and a process that
 * dies in between has recorded nothing.
 */
void journal_begin(struct journal *j);
void journal_commit(struct journal *j);

/*
 * A stream by its key (never a branch; NULL: not here) or by its id, which
 * must be 1..count.  It stays where it is until journal_close.
 */
struct stream *journal_find(struct journal *j, const struct stream_key *key);
struct stream *journal_stream(struct journal *j, uint32_t id);
uint32_t journal_stream_count(const struct journal *j);

/*
 * Find or create, inside a transaction.  RC_TOO_BIG: there are
 * JOURNAL_STREAMS_MAX already, and a liar is not to fill our memory.
 */
MUST_USE enum rc journal_open_stream(struct journal *j,
    const struct stream_key *key, struct stream **out);
/* The stream's flags were changed; save them with this transaction. */
void journal_touch(struct journal *j, struct stream *s);
/*
 * The copy of the office `with`, which holds `peer_size` records, is found to
 * differ from ours; or, later, the two are known to agree again.  In between
 * the stream is halted: that it is survives a restart.
 */
void journal_fork(struct journal *j, struct stream *s, const char *with,
    uint64_t peer_size);
void journal_agree(struct journal *j, struct stream *s);
/*
 * Put the local rows of a forked stream aside as a branch and begin it anew,
 * empty.  Nothing is deleted.  The stream keeps its id for the branch; the
 * new, empty one is returned.
 */
struct stream *journal_set_aside(struct journal *j, struct stream *s);

/*
 * Append the next record of `s`, which is no branch: its sequence is
 * s->tree.size + 1.  `bytes` are copied, at most RECORD_BYTES_MAX, and never
 * looked into; `kind` is kept beside them for whoever walks; `leaf` is
 * merkle_leaf(bytes), which the caller has from checking them anyway.
 * `received_ms` is this office's own time.  Returns the position.
 */
uint64_t journal_append(struct journal *j, struct stream *s, struct span bytes,
    uint32_t kind, const uint8_t leaf[static HASH_BYTES], int64_t received_ms);

/*
 * The tree of `s` when it had `size` leaves; size <= s->tree.size.  Costs a
 * walk over at most JOURNAL_FRONTIER_EVERY leaves.
 */
void journal_tree_at(struct journal *j, const struct stream *s, uint64_t size,
    struct merkle *out);

/*
 * Walk a stream from the sequence `first`.  One such walk at a time; a row's
 * spans live until the next call.  Stop it also when it came to its end.
 */
void journal_walk_stream(struct journal *j, const struct stream *s,
    uint64_t first);
bool journal_next_in_stream(struct journal *j, struct store_row *row);
void journal_stop_stream(struct journal *j);

/*
 * Walk all rows of this office from a position on, in the order in which it
 * came to know them; one such walk at a time, beside one through a stream.
 * `end` is the last position, 0 in an empty journal.
 */
uint64_t journal_end(const struct journal *j);
void journal_walk(struct journal *j, uint64_t first_position);
bool journal_next(struct journal *j, struct store_row *row);
void journal_stop(struct journal *j);

/*
 * Named values (cursors, counters, the current incarnation): put inside the
 * transaction, at most JOURNAL_VALUE_MAX bytes, in place of the one before.
 * journal_get appends to `out`; false: never put.
 */
void journal_put_u64(struct journal *j, const char *name, uint64_t value);
uint64_t journal_get_u64(struct journal *j, const char *name, uint64_t unset);
void journal_put(struct journal *j, const char *name, struct span value);
bool journal_get(struct journal *j, const char *name, struct buffer *out);

/* Same origin, incarnation and audience. */
bool stream_key_equal(const struct stream_key *a, const struct stream_key *b);

#endif
