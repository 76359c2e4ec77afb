/*
 * Goal of this test: the SQLite store keeps the contract of relay/store.h, on
 * a real file.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "mech/db.h"
#include "relay/store_sqlite.h"

static const struct store_ops *const ops = &store_sqlite_ops;

static char folder[FILE_PATH_MAX];
static char path[FILE_PATH_MAX];
static struct store_sqlite *store;

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static void
reopen(void)
{
	store_sqlite_close(store);
	assert_int_equal(store_sqlite_open(path, &store), RC_OK);
}

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/store_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	file_join(path, folder, "ledger.db");
	store = NULL;
	reopen();
	log_set_sink(quiet);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "ledger.db", "ledger.db-wal",
		"ledger.db-shm" };
	char one[FILE_PATH_MAX];

	(void)state;
	store_sqlite_close(store);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		file_join(one, folder, names[i]);
		(void)unlink(one);
	}
	assert_int_equal(rmdir(folder), 0);
	log_set_sink(NULL);
	return 0;
}

/* Whether `act` aborts, tried in a child process on a store of its own. */
static bool
aborts(void (*act)(void))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		(void)freopen("/dev/null", "w", stderr);
		(void)alarm(10);
		if (store_sqlite_open(":memory:", &store) != RC_OK)
			_exit(2);
		act();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

/* What every test row holds follows from its place. */
static struct span
body_of(uint32_t stream, uint64_t sequence)
{
	static char text[64];

	(void)snprintf(text, sizeof(text), "stream %u, sequence %llu", stream,
	    (unsigned long long)sequence);
	return span_of_text(text);
}

static void
add(uint64_t position, uint32_t stream, uint64_t sequence)
{
	uint8_t leaf[HASH_BYTES];

	memset(leaf, (int)(position & 0xff), sizeof(leaf));
	ops->add_row(store, &(struct store_row){ .position = position,
				.stream = stream,
				.sequence = sequence,
				.kind = 2,
				.received_ms = -5 + (int64_t)position,
				.leaf = leaf,
				.bytes = body_of(stream, sequence) });
}

static void
assert_row(const struct store_row *row, uint64_t position, uint32_t stream,
    uint64_t sequence)
{
	uint8_t leaf[HASH_BYTES];

	memset(leaf, (int)(position & 0xff), sizeof(leaf));
	assert_int_equal(row->position, position);
	assert_int_equal(row->stream, stream);
	assert_int_equal(row->sequence, sequence);
	assert_int_equal(row->kind, 2);
	assert_int_equal(row->received_ms, -5 + (int64_t)position);
	assert_memory_equal(row->leaf, leaf, sizeof(leaf));
	assert_true(span_equal(row->bytes, body_of(stream, sequence)));
}

/* Positions 1..6: streams 1 and 2 in turns. */
static void
add_six(void)
{
	ops->begin(store);
	for (uint64_t i = 0; i < 6; i++)
		add(i + 1, 1 + (uint32_t)(i % 2), 1 + i / 2);
	ops->commit(store);
}

/* -- rows -- */

TEST_WITH(test_rows_come_back_in_the_order_of_positions, set_up, tear_down)
{
	struct store_row row;

	(void)state;
	assert_int_equal(ops->end(store), 0);
	add_six();
	reopen();
	assert_int_equal(ops->end(store), 6);
	ops->walk_rows(store, 3);
	for (uint64_t i = 2; i < 6; i++) {
		assert_true(ops->next_row(store, &row));
		assert_row(&row, i + 1, 1 + (uint32_t)(i % 2), 1 + i / 2);
	}
	assert_false(ops->next_row(store, &row));
	assert_false(ops->next_row(store, &row));
}

TEST_WITH(test_a_stream_is_walked_without_the_others, set_up, tear_down)
{
	struct store_row row;

	(void)state;
	add_six();
	ops->walk_stream(store, 2, 2);
	assert_true(ops->next_in_stream(store, &row));
	assert_row(&row, 4, 2, 2);
	assert_true(ops->next_in_stream(store, &row));
	assert_row(&row, 6, 2, 3);
	assert_false(ops->next_in_stream(store, &row));
	ops->walk_stream(store, 3, 1);
	assert_false(ops->next_in_stream(store, &row));
	ops->walk_stream(store, 2, 4);
	assert_false(ops->next_in_stream(store, &row));
}

TEST_WITH(test_both_walks_may_be_open_and_stop_early, set_up, tear_down)
{
	struct store_row row;

	(void)state;
	add_six();
	ops->walk_rows(store, 1);
	ops->walk_stream(store, 1, 1);
	assert_true(ops->next_row(store, &row));
	assert_true(ops->next_in_stream(store, &row));
	assert_true(ops->next_row(store, &row));
	assert_row(&row, 2, 2, 1);
	assert_true(ops->next_in_stream(store, &row));
	assert_row(&row, 3, 1, 2);
	ops->stop_rows(store);
	ops->stop_stream(store);
	assert_false(ops->next_row(store, &row));
	assert_false(ops->next_in_stream(store, &row));
	ops->stop_rows(store);
	ops->walk_rows(store, 6);
	assert_true(ops->next_row(store, &row));
	assert_row(&row, 6, 2, 3);
	ops->stop_rows(store);
}

TEST_WITH(test_a_walk_sees_what_is_added_on_its_way, set_up, tear_down)
{
	struct store_row row;

	(void)state;
	add_six();
	ops->begin(store);
	ops->walk_rows(store, 6);
	assert_true(ops->next_row(store, &row));
	add(7, 1, 4);
	assert_true(ops->next_row(store, &row));
	assert_row(&row, 7, 1, 4);
	ops->commit(store);
	assert_false(ops->next_row(store, &row));
	assert_int_equal(ops->end(store), 7);
}

TEST_WITH(test_what_was_not_committed_is_not_there, set_up, tear_down)
{
	(void)state;
	add_six();
	ops->begin(store);
	add(7, 1, 4);
	assert_int_equal(ops->end(store), 7);
	reopen();
	assert_int_equal(ops->end(store), 6);
	ops->begin(store);
	add(7, 1, 4);
	ops->commit(store);
	assert_int_equal(ops->end(store), 7);
}

TEST_WITH(test_the_largest_record_fits_and_an_empty_one_too, set_up, tear_down)
{
	static uint8_t large[RECORD_BYTES_MAX];
	static const uint8_t leaf[HASH_BYTES];
	struct store_row row = { .position = 1,
		.stream = 1,
		.sequence = 1,
		.kind = UINT32_MAX,
		.received_ms = INT64_MIN,
		.leaf = leaf,
		.bytes = span_of(large, sizeof(large)) };
	struct store_row back;

	(void)state;
	memset(large, 0xa5, sizeof(large));
	ops->begin(store);
	ops->add_row(store, &row);
	row.position = 2;
	row.sequence = 2;
	row.bytes = span_of(NULL, 0);
	ops->add_row(store, &row);
	ops->commit(store);
	ops->walk_rows(store, 1);
	assert_true(ops->next_row(store, &back));
	assert_int_equal(back.kind, UINT32_MAX);
	assert_int_equal(back.received_ms, INT64_MIN);
	assert_true(span_equal(back.bytes, span_of(large, sizeof(large))));
	assert_true(ops->next_row(store, &back));
	assert_int_equal(back.bytes.size, 0);
	assert_false(ops->next_row(store, &back));
}

/* -- what would be our bug -- */

static void
add_a_place_twice(void)
{
	ops->begin(store);
	add(1, 1, 1);
	add(2, 1, 1);
}

static void
add_a_position_twice(void)
{
	ops->begin(store);
	add(1, 1, 1);
	add(1, 1, 2);
}

static void
add_outside_a_transaction(void)
{
	add(1, 1, 1);
}

static void
begin_twice(void)
{
	ops->begin(store);
	ops->begin(store);
}

static void
walk_rows_twice(void)
{
	ops->walk_rows(store, 1);
	ops->walk_rows(store, 1);
}

static void
walk_streams_twice(void)
{
	ops->walk_stream(store, 1, 1);
	ops->walk_stream(store, 2, 1);
}

static void
use_it_well(void)
{
	add_six();
}

TEST_WITH(test_misuse_stops_the_process, set_up, tear_down)
{
	(void)state;
	assert_true(aborts(add_a_place_twice));
	assert_true(aborts(add_a_position_twice));
	assert_true(aborts(add_outside_a_transaction));
	assert_true(aborts(begin_twice));
	assert_true(aborts(walk_rows_twice));
	assert_true(aborts(walk_streams_twice));
	assert_false(aborts(use_it_well));
}

/* -- streams, frontiers, values -- */

TEST_WITH(test_a_stream_is_saved_whole_and_replaced_whole, set_up, tear_down)
{
	struct store_stream in = { .id = 1,
		.key = { .origin = "420106",
		    .incarnation = UINT32_MAX,
		    .audience = "" },
		.frontier = span_of_text("frontier") };
	struct store_stream out;

	(void)state;
	ops->begin(store);
	assert_false(ops->load_stream(store, 1, &out));
	ops->save_stream(store, &in);
	in.branch = 3;
	memcpy(in.forked_with, "420100", 7);
	in.acked = 5;
	in.peer_size = 77;
	in.carried = 66;
	in.frontier = span_of_text("later frontier");
	assert_int_equal(text_copy(in.key.audience, sizeof(in.key.audience),
			     "420106003"),
	    RC_OK);
	ops->save_stream(store, &in);
	ops->commit(store);
	reopen();
	assert_true(ops->load_stream(store, 1, &out));
	assert_int_equal(out.id, 1);
	assert_string_equal(out.key.origin, "420106");
	assert_int_equal(out.key.incarnation, UINT32_MAX);
	assert_string_equal(out.key.audience, "420106003");
	assert_int_equal(out.branch, 3);
	assert_string_equal(out.forked_with, "420100");
	assert_int_equal(out.acked, 5);
	assert_int_equal(out.peer_size, 77);
	assert_int_equal(out.carried, 66);
	assert_true(span_equal(out.frontier, span_of_text("later frontier")));
	assert_false(ops->load_stream(store, 2, &out));
}

static void
assert_frontier(uint32_t stream, uint64_t size, const char *expected)
{
	struct buffer out = { 0 };
	bool is_there = ops->load_frontier(store, stream, size, &out);

	assert_int_equal(is_there, expected != NULL);
	if (expected != NULL) {
		assert_true(
		    span_equal(buffer_span(&out), span_of_text(expected)));
	}
	buffer_clear(&out);
}

TEST_WITH(test_the_nearest_frontier_below_is_found, set_up, tear_down)
{
	(void)state;
	ops->begin(store);
	ops->save_frontier(store, 1, 1024, span_of_text("1/1024"));
	ops->save_frontier(store, 1, 2048, span_of_text("1/2048"));
	ops->save_frontier(store, 2, 1500, span_of_text("2/1500"));
	ops->commit(store);
	reopen();
	assert_frontier(1, 1023, NULL);
	assert_frontier(1, 1024, "1/1024");
	assert_frontier(1, 2047, "1/1024");
	assert_frontier(1, UINT64_C(1) << 53, "1/2048");
	assert_frontier(2, 1499, NULL);
	assert_frontier(2, 1600, "2/1500");
	assert_frontier(3, 9999, NULL);
}

static void
assert_value(const char *name, const char *expected)
{
	struct buffer out = { 0 };

	assert_int_equal(buffer_append(&out, span_of_text("+")), RC_OK);
	assert_int_equal(ops->get(store, name, &out), expected != NULL);
	assert_int_equal(out.size,
	    1 + (expected != NULL ? strlen(expected) : 0));
	if (expected != NULL)
		assert_memory_equal(out.at + 1, expected, strlen(expected));
	buffer_clear(&out);
}

TEST_WITH(test_a_named_value_is_the_last_one_committed, set_up, tear_down)
{
	(void)state;
	assert_value("cursor", NULL);
	ops->begin(store);
	ops->put(store, "cursor", span_of_text("one"));
	ops->put(store, "nothing", span_of(NULL, 0));
	ops->commit(store);
	ops->begin(store);
	ops->put(store, "cursor", span_of_text("two"));
	assert_value("cursor", "two");
	reopen();
	assert_value("cursor", "one");
	assert_value("nothing", "");
	assert_value("curso", NULL);
}

/* -- the file -- */

TEST_WITH(test_what_is_no_ledger_is_not_opened, set_up, tear_down)
{
	struct store_sqlite *other;
	struct span noise = span_of_text("this has never been a database, "
					 "however long one looks at it");

	(void)state;
	assert_int_equal(store_sqlite_open("/nowhere/ledger.db", &other),
	    RC_DENIED);
	store_sqlite_close(store);
	store = NULL;
	assert_int_equal(file_write(path, noise, 0600, true), RC_OK);
	assert_int_equal(store_sqlite_open(path, &other), RC_DAMAGED);
}

TEST_WITH(test_the_owners_tables_share_the_transaction, set_up, tear_down)
{
	struct db *db = store_sqlite_db(store);
	struct stmt *s;

	(void)state;
	ops->begin(store);
	assert_true(db_in_transaction(db));
	s = db_prepare(db, "CREATE TABLE ours (x INTEGER) STRICT");
	assert_int_equal(db_run(s), RC_OK);
	add(1, 1, 1);
	reopen();
	db = store_sqlite_db(store);
	s = db_prepare(db, "SELECT count(*) FROM sqlite_schema"
			   " WHERE name = 'ours'");
	assert_true(db_next(s));
	assert_int_equal(db_column_i64(s, 0), 0);
	db_reset(s);
	assert_int_equal(ops->end(store), 0);
}

/* What is open when the process dies is gone; what was committed is not. */
TEST_WITH(test_a_killed_process_leaves_whole_transactions, set_up, tear_down)
{
	int status;
	pid_t child;

	(void)state;
	store_sqlite_close(store);
	store = NULL;
	child = fork();
	if (child == 0) {
		if (store_sqlite_open(path, &store) != RC_OK)
			_exit(2);
		add_six();
		ops->begin(store);
		add(7, 1, 4);
		(void)kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	reopen();
	assert_int_equal(ops->end(store), 6);
}
