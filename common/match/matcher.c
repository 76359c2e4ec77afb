/*
 * matcher - the index of arrivals, in one file that can be thrown away.
 *
 * How often each cell was seen (`counts`) changes with every arrival and would
 * be the most written page of all: it is kept in memory and written from time
 * to time, and a crash loses at most UNCOUNTED_MAX items of it, which weighs
 * nothing in a comparison.  Items themselves are written with their position,
 * so that a restart goes on behind the last one.
 */
#include "match/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "match/matcher_internal.h"
#include "mech/db.h"

enum {
	COUNTS_BLOCKS = 64,
	BLOCK_CELLS = LIKENESS_CELLS / COUNTS_BLOCKS,
	COUNTS_BYTES = BLOCK_CELLS * 4,
	UNCOUNTED_MAX = 4096, /* items whose counts a crash may lose */
	ITEMS_MAX = INT32_MAX,
};

static const char schema_head[] =
    "CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " applied INTEGER NOT NULL, items INTEGER NOT NULL) STRICT;"
    "INSERT INTO state (one, applied, items) VALUES (1, 0, 0);"
    /* `person` is the keyed hash, or NULL; `sketch` as likeness_pack. */
    "CREATE TABLE item (n INTEGER PRIMARY KEY, position INTEGER NOT NULL,"
    " item TEXT NOT NULL, office TEXT NOT NULL, earlier TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, person BLOB, sketch BLOB NOT NULL) STRICT;"
    "CREATE TABLE counts (block INTEGER PRIMARY KEY,"
    " petitions INTEGER NOT NULL, cells BLOB NOT NULL) STRICT;";

/* -- opening -- */

static enum rc
load_counts(struct matcher *m)
{
	enum rc rc = RC_OK;
	struct stmt *s =
	    db_prepare(m->db, "SELECT block, petitions, cells FROM counts");

	while (rc == RC_OK && db_next(s)) {
		uint64_t block = db_column_u64(s, 0);
		struct span cells = db_column_span(s, 2);
		uint32_t *to;

		if (block >= COUNTS_BLOCKS || cells.size != COUNTS_BYTES) {
			rc = RC_DAMAGED;
			continue;
		}
		m->counts->petitions = db_column_u64(s, 1);
		to = m->counts->cells + block * BLOCK_CELLS;
		for (size_t i = 0; i < BLOCK_CELLS; i++)
			to[i] = number_get_u32(cells.at + 4 * i);
	}
	db_finish(s);
	return rc;
}

static enum rc
load(struct matcher *m)
{
	struct stmt *s = db_prepare(m->db, "SELECT applied, items FROM state");

	CHECK(db_next(s));
	m->applied = db_column_u64(s, 0);
	m->items = db_column_u64(s, 1);
	db_finish(s);
	return load_counts(m);
}

static void
prepare(struct matcher *m)
{
	matcher_index_prepare(m);
	m->item = db_prepare(m->db,
	    "SELECT position, item, office, earlier, claimed_ms, person, sketch"
	    " FROM item WHERE n = ?");
	if (!m->is_writer)
		return;
	m->put_item = db_prepare(m->db,
	    "INSERT INTO item (n, position, item, office, earlier, claimed_ms,"
	    " person, sketch) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
	m->put_state =
	    db_prepare(m->db, "UPDATE state SET applied = ?, items = ?");
	m->put_counts = db_prepare(m->db,
	    "INSERT OR REPLACE INTO counts (block, petitions, cells)"
	    " VALUES (?, ?, ?)");
}

/* The newest segment's entries should stay in memory while it grows. */
static void
widen_cache(struct matcher *m)
{
	struct stmt *s = db_prepare(m->db, "PRAGMA cache_size = -65536");

	while (db_next(s))
		;
	db_finish(s);
}

enum rc
matcher_open_file(const char *path, bool writer, struct matcher **out)
{
	const char *steps[] = { schema_head, matcher_index_schema };
	struct db_schema schema = { .steps = steps,
		.steps_count = sizeof(steps) / sizeof(*steps) };
	struct matcher *m = memory_new(1, sizeof(*m));
	enum rc rc =
	    db_open(path, writer ? DB_REGISTER : DB_READER, &schema, &m->db);

	if (rc != RC_OK) {
		free(m);
		return rc;
	}
	m->is_writer = writer;
	m->counts = memory_new(1, sizeof(*m->counts));
	m->slots = memory_new(MATCHER_SLOTS, sizeof(*m->slots));
	m->hits = memory_new(MATCHER_SLOTS, sizeof(*m->hits));
	m->given = memory_new(1, sizeof(*m->given));
	m->filed = memory_new(1, sizeof(*m->filed));
	if (writer)
		widen_cache(m);
	prepare(m);
	rc = load(m);
	if (rc == RC_OK) {
		*out = m;
	} else {
		matcher_close(m);
	}
	return rc;
}

enum rc
matcher_open(const char *dir, bool writer, struct matcher **out)
{
	char path[FILE_PATH_MAX];

	file_join(path, dir, MATCHER_FILE);
	return matcher_open_file(path, writer, out);
}

/* -- in a transaction -- */

static void
save_counts(struct matcher *m)
{
	static uint8_t bytes[COUNTS_BYTES];

	for (size_t block = 0; block < COUNTS_BLOCKS; block++) {
		const uint32_t *from = m->counts->cells + block * BLOCK_CELLS;

		for (size_t i = 0; i < BLOCK_CELLS; i++)
			number_put_u32(bytes + 4 * i, from[i]);
		db_bind_u64(m->put_counts, block);
		db_bind_u64(m->put_counts, m->counts->petitions);
		db_bind_span(m->put_counts, span_of(bytes, sizeof(bytes)));
		CHECK(db_run(m->put_counts) == RC_OK);
	}
	m->uncounted = 0;
}

void
matcher_begin(struct matcher *m)
{
	CHECK(m->is_writer);
	db_begin(m->db);
}

void
matcher_commit(struct matcher *m)
{
	db_bind_u64(m->put_state, m->applied);
	db_bind_u64(m->put_state, m->items);
	CHECK(db_run(m->put_state) == RC_OK);
	if (m->uncounted >= UNCOUNTED_MAX)
		save_counts(m);
	db_commit(m->db);
}

void
matcher_close(struct matcher *m)
{
	if (m == NULL)
		return;
	if (m->is_writer && db_in_transaction(m->db)) {
		db_rollback(m->db);
	} else if (m->is_writer && m->uncounted > 0) {
		db_begin(m->db);
		save_counts(m);
		db_commit(m->db);
	}
	db_close(m->db);
	free(m->counts);
	free(m->slots);
	free(m->hits);
	free(m->given);
	free(m->filed);
	free(m);
}

uint64_t
matcher_applied(const struct matcher *m)
{
	return m->applied;
}

void
matcher_pass(struct matcher *m, uint64_t position)
{
	CHECK(db_in_transaction(m->db));
	CHECK(position >= m->applied);
	m->applied = position;
}

static void
put_item(struct matcher *m, const struct matcher_item *item)
{
	uint8_t packed[LIKENESS_PACKED_MAX];
	const char *earlier =
	    item->earlier_item == NULL ? "" : item->earlier_item;
	struct stmt *s = m->put_item;

	db_bind_u64(s, m->items);
	db_bind_u64(s, item->position);
	db_bind_text(s, item->item);
	db_bind_text(s, item->office);
	db_bind_text(s, earlier);
	db_bind_i64(s, item->claimed_ms);
	if (item->person_key.size == MATCHER_PERSON_BYTES) {
		db_bind_span(s, item->person_key);
	} else {
		db_bind_null(s);
	}
	db_bind_span(s, span_of(packed, likeness_pack(m->given, packed)));
	CHECK(db_run(s) == RC_OK);
}

void
matcher_sketch(struct matcher *m, const struct matcher_item *item)
{
	struct likeness_petition p = { .subject = item->subject,
		.text = item->text,
		.place = item->place,
		.category = item->category };

	likeness_sketch(&p, m->given);
}

void
matcher_add(struct matcher *m, const struct matcher_item *item)
{
	struct matcher_entry entries[MATCHER_ENTRIES_MAX];
	size_t count;

	CHECK(db_in_transaction(m->db));
	CHECK(item->position > m->applied);
	CHECK(m->items < ITEMS_MAX);
	matcher_sketch(m, item);
	likeness_count(m->counts, m->given);
	m->items++;
	put_item(m, item);
	count = matcher_entries(m, item, false, entries);
	matcher_file(m, m->items, entries, count);
	m->applied = item->position;
	m->uncounted++;
}

uint64_t
matcher_items(const struct matcher *m)
{
	return m->items;
}

int64_t
matcher_bytes(struct matcher *m)
{
	return db_size_bytes(m->db);
}
