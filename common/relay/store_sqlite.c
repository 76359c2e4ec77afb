/*
 * The ledger.  A row is written once and read back by position or by place in
 * its stream, both of which are indexed; nothing is ever updated but a stream's
 * own line and the named values.  Steps of the schema are added, never changed.
 */
#include "relay/store_sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/db.h"

static const char *const steps[] = {
	"CREATE TABLE row ("
	" position INTEGER PRIMARY KEY,"
	" stream INTEGER NOT NULL,"
	" sequence INTEGER NOT NULL,"
	" kind INTEGER NOT NULL,"
	" received_ms INTEGER NOT NULL,"
	" leaf BLOB NOT NULL,"
	" bytes BLOB NOT NULL) STRICT;"
	"CREATE UNIQUE INDEX row_place ON row (stream, sequence);"
	"CREATE TABLE stream ("
	" id INTEGER PRIMARY KEY,"
	" origin TEXT NOT NULL,"
	" incarnation INTEGER NOT NULL,"
	" audience TEXT NOT NULL,"
	" branch INTEGER NOT NULL,"
	" forked_with TEXT NOT NULL,"
	" peer_size INTEGER NOT NULL,"
	" carried INTEGER NOT NULL,"
	" acked INTEGER NOT NULL,"
	" frontier BLOB NOT NULL) STRICT;"
	"CREATE TABLE frontier ("
	" stream INTEGER NOT NULL,"
	" size INTEGER NOT NULL,"
	" peaks BLOB NOT NULL,"
	" PRIMARY KEY (stream, size)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE value ("
	" name TEXT PRIMARY KEY,"
	" value BLOB NOT NULL) STRICT, WITHOUT ROWID;",
};
static const struct db_schema schema = { steps,
	sizeof(steps) / sizeof(steps[0]) };

enum sql {
	SQL_ADD_ROW,
	SQL_SAVE_STREAM,
	SQL_SAVE_FRONTIER,
	SQL_PUT,
	SQL_LOAD_STREAM,
	SQL_LOAD_FRONTIER,
	SQL_GET,
	SQL_END,
	SQL_WALK_STREAM,
	SQL_WALK_ROWS,
	SQL_COUNT,
};

#define ROW "position, stream, sequence, kind, received_ms, leaf, bytes"

static const char *const sql[SQL_COUNT] = {
	[SQL_ADD_ROW] =
	    "INSERT INTO row (" ROW ") VALUES (?, ?, ?, ?, ?, ?, ?)",
	[SQL_SAVE_STREAM] = "INSERT OR REPLACE INTO stream"
			    " (id, origin, incarnation, audience, branch,"
			    " forked_with, peer_size, carried, acked,"
			    " frontier)"
			    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[SQL_SAVE_FRONTIER] = "INSERT OR REPLACE INTO frontier"
			      " (stream, size, peaks) VALUES (?, ?, ?)",
	[SQL_PUT] = "INSERT OR REPLACE INTO value (name, value)"
		    " VALUES (?, ?)",
	[SQL_LOAD_STREAM] = "SELECT origin, incarnation, audience, branch,"
			    " forked_with, peer_size, carried, acked,"
			    " frontier"
			    " FROM stream WHERE id = ?",
	[SQL_LOAD_FRONTIER] = "SELECT peaks FROM frontier"
			      " WHERE stream = ? AND size <= ?"
			      " ORDER BY size DESC LIMIT 1",
	[SQL_GET] = "SELECT value FROM value WHERE name = ?",
	[SQL_END] = "SELECT max(position) FROM row",
	[SQL_WALK_STREAM] = "SELECT " ROW " FROM row"
			    " WHERE stream = ? AND sequence >= ?"
			    " ORDER BY sequence",
	[SQL_WALK_ROWS] = "SELECT " ROW " FROM row WHERE position >= ?"
			  " ORDER BY position",
};

struct store_sqlite {
	struct db *db;
	struct stmt *statements[SQL_COUNT];
	struct buffer frontier; /* what load_stream handed out */
	bool in_stream;         /* a walk is open */
	bool in_rows;           /* the other one is */
};

/* -- life -- */

enum rc
store_sqlite_open(const char *path, struct store_sqlite **out)
{
	struct db *db;
	enum rc rc = db_open(path, DB_LEDGER, &schema, &db);

	if (rc != RC_OK)
		return rc;
	*out = memory_new(1, sizeof(**out));
	(*out)->db = db;
	for (size_t i = 0; i < SQL_COUNT; i++)
		(*out)->statements[i] = db_prepare(db, sql[i]);
	return RC_OK;
}

void
store_sqlite_close(struct store_sqlite *store)
{
	if (store == NULL)
		return;
	db_close(store->db);
	buffer_clear(&store->frontier);
	free(store);
}

struct db *
store_sqlite_db(struct store_sqlite *store)
{
	return store->db;
}

/* -- writing -- */

static void
begin(void *arg)
{
	struct store_sqlite *store = arg;

	db_begin(store->db);
}

static void
commit(void *arg)
{
	struct store_sqlite *store = arg;

	db_commit(store->db);
}

static void
stop_stream(void *arg)
{
	struct store_sqlite *store = arg;

	db_reset(store->statements[SQL_WALK_STREAM]);
	store->in_stream = false;
}

static void
stop_rows(void *arg)
{
	struct store_sqlite *store = arg;

	db_reset(store->statements[SQL_WALK_ROWS]);
	store->in_rows = false;
}

static void
add_row(void *arg, const struct store_row *row)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_ADD_ROW];

	db_bind_u64(s, row->position);
	db_bind_u64(s, row->stream);
	db_bind_u64(s, row->sequence);
	db_bind_u64(s, row->kind);
	db_bind_i64(s, row->received_ms);
	db_bind_span(s, span_of(row->leaf, HASH_BYTES));
	db_bind_span(s, row->bytes);
	/* A place that is taken would be our bug. */
	CHECK(db_run(s) == RC_OK);
}

static void
save_stream(void *arg, const struct store_stream *stream)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_SAVE_STREAM];

	db_bind_u64(s, stream->id);
	db_bind_text(s, stream->key.origin);
	db_bind_u64(s, stream->key.incarnation);
	db_bind_text(s, stream->key.audience);
	db_bind_u64(s, stream->branch);
	db_bind_text(s, stream->forked_with);
	db_bind_u64(s, stream->peer_size);
	db_bind_u64(s, stream->carried);
	db_bind_u64(s, stream->acked);
	db_bind_span(s, stream->frontier);
	CHECK(db_run(s) == RC_OK);
}

static void
save_frontier(void *arg, uint32_t stream, uint64_t size, struct span frontier)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_SAVE_FRONTIER];

	db_bind_u64(s, stream);
	db_bind_u64(s, size);
	db_bind_span(s, frontier);
	CHECK(db_run(s) == RC_OK);
}

static void
put(void *arg, const char *name, struct span value)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_PUT];

	db_bind_text(s, name);
	db_bind_span(s, value);
	CHECK(db_run(s) == RC_OK);
}

/* -- reading -- */

static void
read_stream(struct stmt *s, struct store_stream *out)
{
	db_column_copy(s, 0, out->key.origin, sizeof(out->key.origin));
	out->key.incarnation = (uint32_t)db_column_u64(s, 1);
	db_column_copy(s, 2, out->key.audience, sizeof(out->key.audience));
	out->branch = (uint32_t)db_column_u64(s, 3);
	db_column_copy(s, 4, out->forked_with, sizeof(out->forked_with));
	out->peer_size = db_column_u64(s, 5);
	out->carried = db_column_u64(s, 6);
	out->acked = db_column_u64(s, 7);
	out->frontier = db_column_span(s, 8);
}

static bool
load_stream(void *arg, uint32_t id, struct store_stream *out)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_LOAD_STREAM];

	db_bind_u64(s, id);
	if (!db_next(s))
		return false;
	out->id = id;
	read_stream(s, out);
	buffer_reset(&store->frontier);
	CHECK(buffer_append(&store->frontier, out->frontier) == RC_OK);
	out->frontier = buffer_span(&store->frontier);
	db_reset(s);
	return true;
}

/* The one value that a query gives, if any. */
static bool
read_one(struct stmt *s, struct buffer *out)
{
	if (!db_next(s))
		return false;
	CHECK(buffer_append(out, db_column_span(s, 0)) == RC_OK);
	db_reset(s);
	return true;
}

static bool
load_frontier(void *arg, uint32_t stream, uint64_t size, struct buffer *out)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_LOAD_FRONTIER];

	db_bind_u64(s, stream);
	db_bind_u64(s, size);
	return read_one(s, out);
}

static bool
get(void *arg, const char *name, struct buffer *out)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_GET];

	db_bind_text(s, name);
	return read_one(s, out);
}

static uint64_t
end(void *arg)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_END];
	uint64_t position;

	CHECK(db_next(s));
	position = db_column_u64(s, 0);
	db_reset(s);
	return position;
}

static bool
read_row(struct stmt *s, struct store_row *row)
{
	struct span leaf;

	if (!db_next(s))
		return false;
	row->position = db_column_u64(s, 0);
	row->stream = (uint32_t)db_column_u64(s, 1);
	row->sequence = db_column_u64(s, 2);
	row->kind = (uint32_t)db_column_u64(s, 3);
	row->received_ms = db_column_i64(s, 4);
	leaf = db_column_span(s, 5);
	CHECK(leaf.size == HASH_BYTES);
	row->leaf = leaf.at;
	row->bytes = db_column_span(s, 6);
	return true;
}

static void
walk_stream(void *arg, uint32_t stream, uint64_t first)
{
	struct store_sqlite *store = arg;
	struct stmt *s = store->statements[SQL_WALK_STREAM];

	CHECK(!store->in_stream);
	db_bind_u64(s, stream);
	db_bind_u64(s, first);
	store->in_stream = true;
}

static bool
next_in_stream(void *arg, struct store_row *row)
{
	struct store_sqlite *store = arg;

	if (store->in_stream) {
		store->in_stream =
		    read_row(store->statements[SQL_WALK_STREAM], row);
	}
	return store->in_stream;
}

static void
walk_rows(void *arg, uint64_t first_position)
{
	struct store_sqlite *store = arg;

	CHECK(!store->in_rows);
	db_bind_u64(store->statements[SQL_WALK_ROWS], first_position);
	store->in_rows = true;
}

static bool
next_row(void *arg, struct store_row *row)
{
	struct store_sqlite *store = arg;

	if (store->in_rows) {
		store->in_rows =
		    read_row(store->statements[SQL_WALK_ROWS], row);
	}
	return store->in_rows;
}

const struct store_ops store_sqlite_ops = {
	.begin = begin,
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
	.stop_stream = stop_stream,
	.walk_rows = walk_rows,
	.next_row = next_row,
	.stop_rows = stop_rows,
};
