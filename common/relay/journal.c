/*
 * The rows lie in a store (store.h); this file keeps what must be known of each
 * stream at all times: its tree and its flags.  Streams are changed in memory
 * first and saved with the transaction, so a commit writes each that changed
 * once.  That is safe because nothing that was not committed is ever read
 * again: the process either commits or ends.
 */
#include "relay/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/number.h"
#include "base/text.h"

struct journal {
	const struct store_ops *ops;
	void *store;
	struct stream **streams; /* [id - 1]; each stays where it is */
	uint32_t count;
	uint32_t capacity;
	uint64_t end; /* last position */
	bool in_transaction;
};

bool
stream_key_equal(const struct stream_key *a, const struct stream_key *b)
{
	return a->incarnation == b->incarnation &&
	       strcmp(a->origin, b->origin) == 0 &&
	       strcmp(a->audience, b->audience) == 0;
}

static struct stream *
add_to_table(struct journal *j)
{
	if (j->count == j->capacity) {
		j->capacity = j->capacity > 0 ? 2 * j->capacity : 16;
		j->streams = memory_grow(j->streams, j->capacity,
		    sizeof(struct stream *));
	}
	j->streams[j->count] = memory_new(1, sizeof(struct stream));
	j->count++;
	j->streams[j->count - 1]->id = j->count;
	return j->streams[j->count - 1];
}

static void
load_streams(struct journal *j)
{
	struct store_stream kept;

	while (j->ops->load_stream(j->store, j->count + 1, &kept)) {
		struct stream *s = add_to_table(j);

		s->key = kept.key;
		s->branch = kept.branch;
		s->is_forked = kept.forked_with[0] != '\0';
		memcpy(s->forked_with, kept.forked_with,
		    sizeof(s->forked_with));
		s->peer_size = kept.peer_size;
		s->carried = kept.carried;
		s->acked = kept.acked;
		CHECK(merkle_unpack(kept.frontier, &s->tree) == RC_OK);
	}
	j->end = j->ops->end(j->store);
}

struct journal *
journal_open(const struct store_ops *ops, void *store)
{
	struct journal *j = memory_new(1, sizeof(*j));

	j->ops = ops;
	j->store = store;
	load_streams(j);
	return j;
}

void
journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	for (uint32_t i = 0; i < j->count; i++)
		free(j->streams[i]);
	free(j->streams);
	free(j);
}

void
journal_begin(struct journal *j)
{
	CHECK(!j->in_transaction);
	j->ops->begin(j->store);
	j->in_transaction = true;
}

static void
save_streams(struct journal *j)
{
	uint8_t packed[MERKLE_PACKED_MAX];

	for (uint32_t i = 0; i < j->count; i++) {
		struct stream *s = j->streams[i];
		struct store_stream kept = { .id = s->id,
			.key = s->key,
			.branch = s->branch,
			.peer_size = s->peer_size,
			.carried = s->carried,
			.acked = s->acked };

		if (!s->is_dirty)
			continue;
		kept.frontier = span_of(packed, merkle_pack(&s->tree, packed));
		memcpy(kept.forked_with, s->forked_with,
		    sizeof(kept.forked_with));
		j->ops->save_stream(j->store, &kept);
		s->is_dirty = false;
	}
}

void
journal_commit(struct journal *j)
{
	CHECK(j->in_transaction);
	if (mutant_is(MUTANT_MARK_OUTSIDE)) {
		j->ops->commit(j->store);
		mutant_pause();
		j->ops->begin(j->store);
	}
	save_streams(j);
	j->ops->commit(j->store);
	j->in_transaction = false;
}

struct stream *
journal_find(struct journal *j, const struct stream_key *key)
{
	for (uint32_t i = 0; i < j->count; i++) {
		struct stream *s = j->streams[i];

		if (s->branch == 0 && stream_key_equal(&s->key, key))
			return s;
	}
	return NULL;
}

struct stream *
journal_stream(struct journal *j, uint32_t id)
{
	CHECK(id >= 1 && id <= j->count);
	return j->streams[id - 1];
}

uint32_t
journal_stream_count(const struct journal *j)
{
	return j->count;
}

void
journal_touch(struct journal *j, struct stream *s)
{
	CHECK(j->in_transaction);
	s->is_dirty = true;
}

enum rc
journal_open_stream(struct journal *j, const struct stream_key *key,
    struct stream **out)
{
	struct stream *s = journal_find(j, key);

	if (s == NULL) {
		if (j->count == JOURNAL_STREAMS_MAX)
			return RC_TOO_BIG;
		s = add_to_table(j);
		s->key = *key;
		journal_touch(j, s);
	}
	*out = s;
	return RC_OK;
}

void
journal_fork(struct journal *j, struct stream *s, const char *with,
    uint64_t peer_size)
{
	CHECK(text_copy(s->forked_with, sizeof(s->forked_with), with) == RC_OK);
	s->is_forked = true;
	s->peer_size = peer_size;
	journal_touch(j, s);
}

void
journal_agree(struct journal *j, struct stream *s)
{
	s->is_forked = false;
	s->forked_with[0] = '\0';
	journal_touch(j, s);
}

struct stream *
journal_set_aside(struct journal *j, struct stream *s)
{
	struct stream *fresh;
	uint32_t branches = 0;

	CHECK(s->branch == 0);
	for (uint32_t i = 0; i < j->count; i++)
		branches += stream_key_equal(&j->streams[i]->key, &s->key);
	s->branch = branches; /* the stream itself counts: at least 1 */
	journal_agree(j, s);
	CHECK(journal_open_stream(j, &s->key, &fresh) == RC_OK);
	return fresh;
}

uint64_t
journal_append(struct journal *j, struct stream *s, struct span bytes,
    uint32_t kind, const uint8_t leaf[static HASH_BYTES], int64_t received_ms)
{
	CHECK(j->in_transaction);
	CHECK(s->branch == 0);
	CHECK(bytes.size <= RECORD_BYTES_MAX);
	merkle_append(&s->tree, leaf);
	j->end++;
	j->ops->add_row(j->store, &(struct store_row){ .position = j->end,
				      .stream = s->id,
				      .sequence = s->tree.size,
				      .kind = kind,
				      .received_ms = received_ms,
				      .leaf = leaf,
				      .bytes = bytes });
	s->is_dirty = true;
	if (s->tree.size % JOURNAL_FRONTIER_EVERY == 0) {
		uint8_t packed[MERKLE_PACKED_MAX];

		j->ops->save_frontier(j->store, s->id, s->tree.size,
		    span_of(packed, merkle_pack(&s->tree, packed)));
	}
	return j->end;
}

void
journal_tree_at(struct journal *j, const struct stream *s, uint64_t size,
    struct merkle *out)
{
	struct buffer packed = { .limit = MERKLE_PACKED_MAX };
	struct store_row row;

	CHECK(size <= s->tree.size);
	if (size == s->tree.size) {
		*out = s->tree;
		return;
	}
	*out = (struct merkle){ 0 };
	if (j->ops->load_frontier(j->store, s->id, size, &packed))
		CHECK(merkle_unpack(buffer_span(&packed), out) == RC_OK);
	buffer_clear(&packed);
	if (out->size == size)
		return;
	j->ops->walk_stream(j->store, s->id, out->size + 1);
	while (out->size < size && j->ops->next_in_stream(j->store, &row))
		merkle_append(out, row.leaf);
	j->ops->stop_stream(j->store);
	CHECK(out->size == size);
}

void
journal_walk_stream(struct journal *j, const struct stream *s, uint64_t first)
{
	j->ops->walk_stream(j->store, s->id, first);
}

bool
journal_next_in_stream(struct journal *j, struct store_row *row)
{
	return j->ops->next_in_stream(j->store, row);
}

void
journal_stop_stream(struct journal *j)
{
	j->ops->stop_stream(j->store);
}

uint64_t
journal_end(const struct journal *j)
{
	return j->end;
}

void
journal_walk(struct journal *j, uint64_t first_position)
{
	j->ops->walk_rows(j->store, first_position);
}

bool
journal_next(struct journal *j, struct store_row *row)
{
	return j->ops->next_row(j->store, row);
}

void
journal_stop(struct journal *j)
{
	j->ops->stop_rows(j->store);
}

void
journal_put(struct journal *j, const char *name, struct span value)
{
	CHECK(j->in_transaction);
	CHECK(value.size <= JOURNAL_VALUE_MAX);
	j->ops->put(j->store, name, value);
}

bool
journal_get(struct journal *j, const char *name, struct buffer *out)
{
	return j->ops->get(j->store, name, out);
}

void
journal_put_u64(struct journal *j, const char *name, uint64_t value)
{
	uint8_t packed[8];

	number_put_u64(packed, value);
	journal_put(j, name, span_of(packed, sizeof(packed)));
}

uint64_t
journal_get_u64(struct journal *j, const char *name, uint64_t unset)
{
	struct buffer packed = { .limit = JOURNAL_VALUE_MAX };
	uint64_t value = unset;

	if (journal_get(j, name, &packed)) {
		CHECK(packed.size == 8);
		value = number_get_u64(packed.at);
	}
	buffer_clear(&packed);
	return value;
}
