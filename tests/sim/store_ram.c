/*
 * store_ram - a disk in memory that can lose power, or be replaced.
 *
 * A transaction works on a second set of arrays; committing makes it the first,
 * a power cut drops it.  Blocks are never moved while the world lives, so that
 * rows may be borrowed as from the real store.
 */
#include "store_ram.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "mech/merkle.h"
#include "relay/journal.h"

enum { VALUES_MAX = 16, NAME_MAX = 64, VALUE_MAX = 64 };

struct ram_stream {
	struct store_stream stream;
	uint8_t frontier[MERKLE_PACKED_MAX];
};

struct ram_value {
	char name[NAME_MAX];
	uint8_t value[VALUE_MAX];
	size_t size;
};

/* All that a disk holds; a transaction works on a second one. */
struct ram_disk {
	struct store_row *rows;
	size_t rows_count, rows_capacity;
	struct ram_stream *streams;
	size_t streams_count;
	struct ram_value values[VALUES_MAX];
	size_t values_count;
};

struct store_ram {
	struct ram_disk disk;    /* committed */
	struct ram_disk working; /* inside a transaction */
	bool in_transaction;
	size_t walk, walk_all; /* next row index of either walk */
	uint32_t walk_id;
	void **blocks; /* every allocation, released at the end */
	size_t blocks_count, blocks_capacity;
};

static void *
keep(struct store_ram *s, const void *bytes, size_t size)
{
	if (s->blocks_count == s->blocks_capacity) {
		s->blocks_capacity =
		    s->blocks_capacity > 0 ? 2 * s->blocks_capacity : 64;
		s->blocks =
		    memory_grow(s->blocks, s->blocks_capacity, sizeof(void *));
	}
	s->blocks[s->blocks_count] = memory_new(1, size);
	if (size > 0)
		memcpy(s->blocks[s->blocks_count], bytes, size);
	return s->blocks[s->blocks_count++];
}

static void
disk_clear(struct ram_disk *d)
{
	free(d->rows);
	free(d->streams);
	*d = (struct ram_disk){ 0 };
}

static void
disk_copy(struct ram_disk *to, const struct ram_disk *from)
{
	struct store_row *rows = to->rows;
	struct ram_stream *streams = to->streams;

	if (to->rows_capacity < from->rows_count) {
		to->rows_capacity = from->rows_count + 64;
		rows = memory_grow(rows, to->rows_capacity,
		    sizeof(struct store_row));
	}
	if (from->rows_count > 0) {
		memcpy(rows, from->rows,
		    from->rows_count * sizeof(struct store_row));
	}
	streams = memory_grow(streams, from->streams_count + 1,
	    sizeof(struct ram_stream));
	if (from->streams_count > 0) {
		memcpy(streams, from->streams,
		    from->streams_count * sizeof(struct ram_stream));
	}
	to->rows = rows;
	to->rows_count = from->rows_count;
	to->streams = streams;
	to->streams_count = from->streams_count;
	memcpy(to->values, from->values, sizeof(to->values));
	to->values_count = from->values_count;
}

struct store_ram *
store_ram_new(void)
{
	return memory_new(1, sizeof(struct store_ram));
}

void
store_ram_free(struct store_ram *s)
{
	if (s == NULL)
		return;
	disk_clear(&s->disk);
	disk_clear(&s->working);
	for (size_t i = 0; i < s->blocks_count; i++)
		free(s->blocks[i]);
	free(s->blocks);
	free(s);
}

void
store_ram_crash(struct store_ram *s)
{
	s->in_transaction = false;
}

struct store_ram *
store_ram_copy(const struct store_ram *s)
{
	struct store_ram *copy = store_ram_new();

	disk_copy(&copy->disk, &s->disk);
	return copy;
}

void
store_ram_restore(struct store_ram *s, const struct store_ram *backup)
{
	CHECK(!s->in_transaction);
	disk_copy(&s->disk, &backup->disk);
}

size_t
store_ram_rows(const struct store_ram *s)
{
	return s->disk.rows_count;
}

const struct store_row *
store_ram_row(const struct store_ram *s, size_t i)
{
	return &s->disk.rows[i];
}

uint64_t
store_ram_size(const struct store_ram *s, const struct stream_key *key)
{
	for (size_t i = 0; i < s->disk.streams_count; i++) {
		const struct ram_stream *rs = &s->disk.streams[i];
		struct merkle tree;

		if (rs->stream.branch > 0 ||
		    !stream_key_equal(&rs->stream.key, key))
			continue;
		CHECK(merkle_unpack(span_of(rs->frontier,
					rs->stream.frontier.size),
			  &tree) == RC_OK);
		return tree.size;
	}
	return 0;
}

/* -- the operations -- */

static struct ram_disk *
now_at(struct store_ram *s)
{
	return s->in_transaction ? &s->working : &s->disk;
}

static void
begin(void *store)
{
	struct store_ram *s = store;

	CHECK(!s->in_transaction);
	disk_copy(&s->working, &s->disk);
	s->in_transaction = true;
}

static void
commit(void *store)
{
	struct store_ram *s = store;
	struct ram_disk old = s->disk;

	CHECK(s->in_transaction);
	s->disk = s->working;
	s->working = old;
	s->in_transaction = false;
}

static void
add_row(void *store, const struct store_row *row)
{
	struct store_ram *s = store;
	struct ram_disk *d = &s->working;
	struct store_row *kept;

	CHECK(s->in_transaction);
	if (d->rows_count == d->rows_capacity) {
		d->rows_capacity += 64;
		d->rows = memory_grow(d->rows, d->rows_capacity,
		    sizeof(struct store_row));
	}
	kept = &d->rows[d->rows_count++];
	*kept = *row;
	kept->leaf = keep(s, row->leaf, HASH_BYTES);
	kept->bytes.at = keep(s, row->bytes.at, row->bytes.size);
}

static void
save_stream(void *store, const struct store_stream *stream)
{
	struct store_ram *s = store;
	struct ram_disk *d = &s->working;
	struct ram_stream *kept;

	CHECK(s->in_transaction);
	CHECK(stream->id <= d->streams_count + 1);
	if (stream->id == d->streams_count + 1) {
		d->streams = memory_grow(d->streams, stream->id,
		    sizeof(struct ram_stream));
		d->streams_count = stream->id;
	}
	kept = &d->streams[stream->id - 1];
	kept->stream = *stream;
	CHECK(stream->frontier.size <= sizeof(kept->frontier));
	memcpy(kept->frontier, stream->frontier.at, stream->frontier.size);
}

/* A frontier is a short cut; without any, trees are read from the start. */
static void
save_frontier(void *store, uint32_t stream, uint64_t size, struct span frontier)
{
	(void)store;
	(void)stream;
	(void)size;
	(void)frontier;
}

static bool
load_frontier(void *store, uint32_t stream, uint64_t size, struct buffer *out)
{
	(void)store;
	(void)stream;
	(void)size;
	(void)out;
	return false;
}

static void
put(void *store, const char *name, struct span value)
{
	struct store_ram *s = store;
	struct ram_disk *d = &s->working;
	size_t i = 0;

	CHECK(s->in_transaction);
	CHECK(value.size <= VALUE_MAX && strlen(name) < NAME_MAX);
	while (i < d->values_count && strcmp(d->values[i].name, name) != 0)
		i++;
	CHECK(i < VALUES_MAX);
	if (i == d->values_count)
		d->values_count++;
	memcpy(d->values[i].name, name, strlen(name) + 1);
	memcpy(d->values[i].value, value.at, value.size);
	d->values[i].size = value.size;
}

static bool
get(void *store, const char *name, struct buffer *out)
{
	const struct ram_disk *d = now_at(store);

	for (size_t i = 0; i < d->values_count; i++) {
		if (strcmp(d->values[i].name, name) != 0)
			continue;
		buffer_reset(out);
		return buffer_append(out, span_of(d->values[i].value,
					      d->values[i].size)) == RC_OK;
	}
	return false;
}

static bool
load_stream(void *store, uint32_t id, struct store_stream *out)
{
	const struct ram_disk *d = now_at(store);

	if (id > d->streams_count)
		return false;
	*out = d->streams[id - 1].stream;
	out->frontier.at = d->streams[id - 1].frontier;
	return true;
}

static uint64_t
end(void *store)
{
	const struct ram_disk *d = now_at(store);

	return d->rows_count > 0 ? d->rows[d->rows_count - 1].position : 0;
}

static void
walk_stream(void *store, uint32_t stream, uint64_t first)
{
	struct store_ram *s = store;
	const struct ram_disk *d = now_at(s);

	s->walk_id = stream;
	s->walk = 0;
	while (
	    s->walk < d->rows_count && (d->rows[s->walk].stream != stream ||
					   d->rows[s->walk].sequence < first))
		s->walk++;
}

static bool
next_in_stream(void *store, struct store_row *row)
{
	struct store_ram *s = store;
	const struct ram_disk *d = now_at(s);

	while (s->walk < d->rows_count && d->rows[s->walk].stream != s->walk_id)
		s->walk++;
	if (s->walk == d->rows_count)
		return false;
	*row = d->rows[s->walk++];
	return true;
}

static void
walk_rows(void *store, uint64_t first_position)
{
	struct store_ram *s = store;
	const struct ram_disk *d = now_at(s);

	s->walk_all = 0;
	while (s->walk_all < d->rows_count &&
	       d->rows[s->walk_all].position < first_position)
		s->walk_all++;
}

static bool
next_row(void *store, struct store_row *row)
{
	struct store_ram *s = store;
	const struct ram_disk *d = now_at(s);

	if (s->walk_all >= d->rows_count)
		return false;
	*row = d->rows[s->walk_all++];
	return true;
}

static void
stop(void *store)
{
	(void)store;
}

const struct store_ops store_ram_ops = { .begin = begin,
	.commit = commit,
	.add_row = add_row,
	.save_stream = save_stream,
	.save_frontier = save_frontier,
	.put = put,
	.load_stream = load_stream,
	.load_frontier = load_frontier,
	.get = get,
	.end = end,
	.walk_stream = walk_stream,
	.next_in_stream = next_in_stream,
	.stop_stream = stop,
	.walk_rows = walk_rows,
	.next_row = next_row,
	.stop_rows = stop };
