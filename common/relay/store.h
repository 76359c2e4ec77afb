/*
 * store - where a journal keeps its rows: the narrow seam below it.
 *
 * Two makes exist: SQLite (store_sqlite.c, the product) and memory with a
 * crash switch (tests/sim/store_ram.c).  A third, shared by several hub
 * processes, would fit here: append in one serialised step, read from a
 * place, keep named values in the same transaction.
 *
 * What holds for every make: a commit that returned survives any crash, and
 * one that did not has left nothing; what was added is seen by every read
 * after it, in the same transaction and by walks that are under way.
 *
 * A store belongs to one thread.  Errors of the ground do not return.
 */
#ifndef RELAY_STORE_H
#define RELAY_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/span.h"
#include "contract/record.h"

/* One record in the order in which this office came to know it. */
struct store_row {
	uint64_t position;   /* dense from 1 in this office */
	uint32_t stream;     /* id of its stream */
	uint64_t sequence;   /* dense from 1 in its stream */
	uint32_t kind;       /* RECORD_UNREADABLE when not parseable */
	int64_t received_ms; /* when this office stored it */
	const uint8_t *leaf; /* HASH_BYTES: its leaf hash */
	struct span bytes;   /* the record, exactly as its office made it */
};

/* A stream as it is saved; the meaning is the journal's (struct stream). */
struct store_stream {
	uint32_t id; /* dense from 1 */
	struct stream_key key;
	uint32_t branch; /* 0: the stream; > 0: set aside after a fork */
	/* Halted until somebody settles it: whose copy differs; "": no fork. */
	char forked_with[OFFICE_CODE_MAX + 1];
	uint64_t peer_size;   /* when forked: what the other side holds */
	uint64_t carried;     /* of a branch: rows already carried over */
	uint64_t acked;       /* what the receiving peer was known to hold */
	struct span frontier; /* packed merkle: size and peaks */
};

/* `store` is always the make's own state, as its opening returned it. */
struct store_ops {
	/* One transaction at a time; everything that writes is inside it. */
	void (*begin)(void *store);
	void (*commit)(void *store);

	/* Inside a transaction.  (stream, sequence) must be new. */
	void (*add_row)(void *store, const struct store_row *row);
	/* Insert, or replace the stream with that id. */
	void (*save_stream)(void *store, const struct store_stream *stream);
	/* The tree of `stream` when it had `size` leaves, packed. */
	void (*save_frontier)(void *store, uint32_t stream, uint64_t size,
	    struct span frontier);
	/* A named value, in place of the one before. */
	void (*put)(void *store, const char *name, struct span value);

	/*
	 * Reading.  One walk of each kind at a time; row spans live until the
	 * next call.  next_* return false at the end and then close the walk.
	 */
	/* False: there are not so many.  `out` lives until the next call. */
	bool (*load_stream)(void *store, uint32_t id, struct store_stream *out);
	/* The saved frontier of the greatest size <= `size`. */
	bool (*load_frontier)(void *store, uint32_t stream, uint64_t size,
	    struct buffer *out);
	/* Appends to `out`.  False: never put. */
	bool (*get)(void *store, const char *name, struct buffer *out);
	uint64_t (*end)(void *store); /* last position, 0: empty */
	/* The rows of one stream from a sequence on. */
	void (*walk_stream)(void *store, uint32_t stream, uint64_t first);
	bool (*next_in_stream)(void *store, struct store_row *row);
	void (*stop_stream)(void *store);
	/* All rows from a position on. */
	void (*walk_rows)(void *store, uint64_t first_position);
	bool (*next_row)(void *store, struct store_row *row);
	void (*stop_rows)(void *store);
};

#endif
