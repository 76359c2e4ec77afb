/*
 * Goal of this test: each invariant of relay/journal.h, and a test that tries
 * to break it: forgetting a turn, dying at every step of it, forks, and many
 * streams in turns.
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
#include "base/text.h"
#include "relay/journal.h"
#include "relay/store_sqlite.h"

enum {
	DIED = 77,         /* exit status of a child that was cut off */
	STEPS_TRIED = 100, /* more than the longest script has */
	RECEIVED_MS = 1234,
};

static char folder[FILE_PATH_MAX];
static char path[FILE_PATH_MAX];
static struct store_sqlite *store;
static struct journal *journal;

/* -- a store that dies before its Nth writing step -- */

static unsigned steps_left;

static void
step(void)
{
	if (steps_left > 0 && --steps_left == 0)
		_exit(DIED);
}

static void
dying_begin(void *s)
{
	step();
	store_sqlite_ops.begin(s);
}

static void
dying_commit(void *s)
{
	step();
	store_sqlite_ops.commit(s);
	step();
}

static void
dying_add_row(void *s, const struct store_row *row)
{
	step();
	store_sqlite_ops.add_row(s, row);
}

static void
dying_save_stream(void *s, const struct store_stream *stream)
{
	step();
	store_sqlite_ops.save_stream(s, stream);
}

static void
dying_save_frontier(void *s, uint32_t stream, uint64_t size,
    struct span frontier)
{
	step();
	store_sqlite_ops.save_frontier(s, stream, size, frontier);
}

static void
dying_put(void *s, const char *name, struct span value)
{
	step();
	store_sqlite_ops.put(s, name, value);
}

static struct store_ops
dying_ops(void)
{
	struct store_ops ops = store_sqlite_ops;

	ops.begin = dying_begin;
	ops.commit = dying_commit;
	ops.add_row = dying_add_row;
	ops.save_stream = dying_save_stream;
	ops.save_frontier = dying_save_frontier;
	ops.put = dying_put;
	return ops;
}

/* -- set up -- */

static void
close_all(void)
{
	journal_close(journal);
	store_sqlite_close(store);
	journal = NULL;
	store = NULL;
}

static void
reopen(void)
{
	close_all();
	assert_int_equal(store_sqlite_open(path, &store), RC_OK);
	journal = journal_open(&store_sqlite_ops, store);
}

static void
remove_ledger(void)
{
	static const char *const names[] = { "ledger.db", "ledger.db-wal",
		"ledger.db-shm" };
	char one[FILE_PATH_MAX];

	close_all();
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		file_join(one, folder, names[i]);
		(void)unlink(one);
	}
}

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/journal_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	file_join(path, folder, "ledger.db");
	reopen();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	remove_ledger();
	assert_int_equal(rmdir(folder), 0);
	return 0;
}

static struct stream_key
key_of(const char *origin, const char *audience)
{
	struct stream_key key = { .incarnation = 1700000000 };

	assert_int_equal(text_copy(key.origin, sizeof(key.origin), origin),
	    RC_OK);
	assert_int_equal(text_copy(key.audience, sizeof(key.audience),
			     audience),
	    RC_OK);
	return key;
}

static struct stream *
stream_of(const char *origin)
{
	struct stream_key key = key_of(origin, "");
	struct stream *s;

	assert_int_equal(journal_open_stream(journal, &key, &s), RC_OK);
	return s;
}

/* Every record differs from every other. */
static uint64_t
append(struct stream *s)
{
	static unsigned long serial;
	char text[80];
	uint8_t leaf[HASH_BYTES];
	struct span bytes;

	(void)snprintf(text, sizeof(text), "%s branch %u record %lu",
	    s->key.origin, s->branch, ++serial);
	bytes = span_of_text(text);
	merkle_leaf(bytes, leaf);
	return journal_append(journal, s, bytes, RECORD_PETITION_REGISTERED,
	    leaf, RECEIVED_MS);
}

static void
append_turn(struct stream *s, unsigned count)
{
	journal_begin(journal);
	for (unsigned i = 0; i < count; i++)
		(void)append(s);
	journal_commit(journal);
}

/* -- the invariants, looked at from outside -- */

static void
assert_same_tree(const struct merkle *a, const struct merkle *b)
{
	uint8_t root_a[HASH_BYTES], root_b[HASH_BYTES];

	assert_int_equal(a->size, b->size);
	merkle_root(a, root_a);
	merkle_root(b, root_b);
	assert_memory_equal(root_a, root_b, sizeof(root_a));
}

static void
assert_positions_are_dense(void)
{
	struct store_row row;
	uint64_t position = 0;

	journal_walk(journal, 1);
	while (journal_next(journal, &row))
		assert_int_equal(row.position, ++position);
	assert_int_equal(position, journal_end(journal));
}

static void
assert_stream_is_its_tree(struct stream *s)
{
	struct merkle tree = { 0 };
	struct store_row row;
	uint8_t leaf[HASH_BYTES];

	journal_walk_stream(journal, s, 1);
	while (journal_next_in_stream(journal, &row)) {
		assert_int_equal(row.stream, s->id);
		assert_int_equal(row.sequence, tree.size + 1);
		merkle_leaf(row.bytes, leaf);
		assert_memory_equal(row.leaf, leaf, sizeof(leaf));
		merkle_append(&tree, leaf);
	}
	assert_same_tree(&s->tree, &tree);
}

/* 1 and 2; and that no row belongs to nobody. */
static void
assert_invariants(void)
{
	uint64_t rows = 0;

	assert_positions_are_dense();
	for (uint32_t id = 1; id <= journal_stream_count(journal); id++) {
		struct stream *s = journal_stream(journal, id);

		assert_int_equal(s->id, id);
		assert_stream_is_its_tree(s);
		rows += s->tree.size;
	}
	assert_int_equal(rows, journal_end(journal));
}

/* -- 1: positions are 1..end without gaps -- */

TEST_WITH(test_positions_have_no_gaps_after_forgotten_turns, set_up, tear_down)
{
	(void)state;
	for (unsigned turn = 0; turn < 12; turn++) {
		journal_begin(journal);
		(void)append(stream_of(turn % 2 ? "420106" : "420107"));
		(void)append(stream_of("420108"));
		if (turn % 3 == 0) {
			reopen();
		} else {
			journal_commit(journal);
		}
		assert_invariants();
	}
	assert_int_equal(journal_end(journal), 16);
	reopen();
	assert_int_equal(journal_end(journal), 16);
	assert_invariants();
}

TEST_WITH(test_an_empty_journal_holds_nothing, set_up, tear_down)
{
	struct stream_key key = key_of("420106", "");
	struct store_row row;

	(void)state;
	assert_int_equal(journal_end(journal), 0);
	assert_int_equal(journal_stream_count(journal), 0);
	assert_null(journal_find(journal, &key));
	journal_walk(journal, 1);
	assert_false(journal_next(journal, &row));
	journal_begin(journal);
	journal_commit(journal);
	assert_invariants();
}

/* -- 2: a stream's rows are 1..size, and its tree has these leaves -- */

TEST_WITH(test_streams_in_turns_keep_their_own_sequence, set_up, tear_down)
{
	static const char *const origins[] = { "420106", "420107", "420100",
		"420111" };
	unsigned draw = 1;

	(void)state;
	for (unsigned turn = 0; turn < 20; turn++) {
		journal_begin(journal);
		for (unsigned i = 0; i < 25; i++) {
			draw = draw * 1103515245U + 12345U;
			(void)append(stream_of(origins[draw >> 16 & 3]));
		}
		journal_commit(journal);
	}
	assert_int_equal(journal_end(journal), 500);
	assert_invariants();
	reopen();
	assert_int_equal(journal_stream_count(journal), 4);
	assert_invariants();
}

TEST_WITH(test_a_stream_is_named_by_all_of_its_key, set_up, tear_down)
{
	struct stream_key up = key_of("420100", "");
	struct stream_key down = key_of("420100", "420106");
	struct stream_key later = up;
	struct stream *a, *b, *c, *again;

	(void)state;
	later.incarnation++;
	journal_begin(journal);
	assert_int_equal(journal_open_stream(journal, &up, &a), RC_OK);
	assert_int_equal(journal_open_stream(journal, &down, &b), RC_OK);
	assert_int_equal(journal_open_stream(journal, &later, &c), RC_OK);
	assert_int_equal(journal_open_stream(journal, &up, &again), RC_OK);
	journal_commit(journal);
	assert_ptr_equal(a, again);
	assert_ptr_not_equal(a, b);
	assert_ptr_not_equal(a, c);
	assert_int_equal(journal_stream_count(journal), 3);
	reopen();
	assert_int_equal(journal_find(journal, &down)->id, 2);
	assert_int_equal(journal_find(journal, &later)->id, 3);
	later.incarnation++;
	assert_null(journal_find(journal, &later));
}

TEST_WITH(test_the_tree_of_every_earlier_size_can_be_had, set_up, tear_down)
{
	enum { SIZE = 2 * JOURNAL_FRONTIER_EVERY + 60 };
	struct merkle *trees = calloc(SIZE + 1, sizeof(*trees));
	struct merkle found;
	struct stream *s;

	(void)state;
	assert_non_null(trees);
	journal_begin(journal);
	s = stream_of("420106");
	for (unsigned size = 1; size <= SIZE; size++) {
		(void)append(s);
		(void)append(stream_of("420107"));
		trees[size] = s->tree;
	}
	journal_commit(journal);
	reopen();
	s = journal_stream(journal, 1);
	for (unsigned size = 0; size <= SIZE; size++) {
		unsigned off = size % JOURNAL_FRONTIER_EVERY;

		/* All near a saved frontier, and some of the others. */
		if (off > 3 && off < JOURNAL_FRONTIER_EVERY - 3 &&
		    size % 97 != 0)
			continue;
		journal_tree_at(journal, s, size, &found);
		assert_same_tree(&found, &trees[size]);
	}
	free(trees);
}

TEST_WITH(test_an_earlier_tree_can_be_had_inside_the_turn, set_up, tear_down)
{
	struct merkle before, found;
	struct stream *s;

	(void)state;
	journal_begin(journal);
	s = stream_of("420106");
	for (unsigned i = 0; i < JOURNAL_FRONTIER_EVERY + 5; i++)
		(void)append(s);
	before = s->tree;
	(void)append(s);
	journal_tree_at(journal, s, s->tree.size - 1, &found);
	assert_same_tree(&found, &before);
	reopen();
	/* The frontier that was saved meanwhile is forgotten, too. */
	journal_begin(journal);
	s = stream_of("420106");
	for (unsigned i = 0; i < JOURNAL_FRONTIER_EVERY - 1; i++)
		(void)append(s);
	before = s->tree;
	(void)append(s);
	(void)append(s);
	journal_tree_at(journal, s, before.size, &found);
	assert_same_tree(&found, &before);
	journal_commit(journal);
	assert_invariants();
}

/* -- 3: a stream's size and its rows are committed together -- */

/* Five turns; what is there after turn n follows from n alone. */
static void
play(void)
{
	struct stream *s;

	for (unsigned turn = 1; turn <= 5; turn++) {
		journal_begin(journal);
		s = stream_of("420106");
		(void)append(s);
		(void)append(stream_of("420107"));
		if (turn == 3)
			s = journal_set_aside(journal, s);
		(void)append(s);
		journal_put_u64(journal, "turns", turn);
		journal_commit(journal);
	}
}

/* The child's exit status: DIED, or 0 when it came to the end. */
static int
play_and_die(unsigned steps)
{
	struct store_ops ops = dying_ops();
	int status;
	pid_t child = fork();

	if (child == 0) {
		steps_left = steps;
		if (store_sqlite_open(path, &store) != RC_OK)
			_exit(2);
		journal = journal_open(&ops, store);
		play();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

TEST_WITH(test_dying_at_any_step_leaves_whole_turns, set_up, tear_down)
{
	int status = DIED;
	unsigned steps;

	(void)state;
	for (steps = 1; status == DIED && steps < STEPS_TRIED; steps++) {
		uint64_t turns;

		remove_ledger();
		status = play_and_die(steps);
		reopen();
		assert_invariants();
		turns = journal_get_u64(journal, "turns", 0);
		assert_int_equal(journal_end(journal), 3 * turns);
		assert_int_equal(journal_stream_count(journal), turns == 0 ? 0
								: turns < 3
								    ? 2
								    : 3);
		if (status == 0)
			assert_int_equal(turns, 5);
	}
	assert_int_equal(status, 0);
	assert_true(steps > 30);
}

TEST_WITH(test_a_forgotten_turn_takes_back_streams_and_values, set_up,
    tear_down)
{
	struct stream_key new = key_of("420111", "");
	struct merkle before;
	struct stream *s;

	(void)state;
	journal_begin(journal);
	(void)append(stream_of("420106"));
	journal_put_u64(journal, "cursor", 7);
	journal_commit(journal);
	before = journal_stream(journal, 1)->tree;

	journal_begin(journal);
	s = stream_of("420106");
	(void)append(s);
	journal_fork(journal, s, "420100", 99);
	(void)append(journal_set_aside(journal, s));
	(void)append(stream_of("420111"));
	journal_put_u64(journal, "cursor", 8);
	assert_int_equal(journal_get_u64(journal, "cursor", 0), 8);
	reopen();

	assert_int_equal(journal_stream_count(journal), 1);
	assert_null(journal_find(journal, &new));
	s = journal_stream(journal, 1);
	assert_same_tree(&s->tree, &before);
	assert_int_equal(s->branch, 0);
	assert_false(s->is_forked);
	assert_int_equal(s->peer_size, 0);
	assert_int_equal(journal_get_u64(journal, "cursor", 0), 7);
	assert_invariants();
}

/* -- 4: what was appended is never changed and never removed -- */

/* Everything that can be done to a journal, after `play`. */
static void
disturb(void)
{
	struct stream *s;

	journal_begin(journal);
	s = stream_of("420107");
	journal_fork(journal, s, "420100", 1);
	journal_commit(journal);
	journal_begin(journal);
	s = journal_set_aside(journal, s);
	(void)append(s);
	s->carried = 1;
	journal_put(journal, "value", span_of_text("x"));
	journal_commit(journal);
	journal_begin(journal);
	(void)append(s);
	reopen();
}

TEST_WITH(test_rows_stay_as_they_were_whatever_happens, set_up, tear_down)
{
	struct buffer before = { 0 };
	struct store_row row;
	struct span rest;
	uint64_t end;

	(void)state;
	play();
	end = journal_end(journal);
	journal_walk(journal, 1);
	while (journal_next(journal, &row)) {
		assert_int_equal(row.received_ms, RECEIVED_MS);
		assert_int_equal(buffer_append(&before, row.bytes), RC_OK);
	}
	disturb();
	assert_int_equal(journal_end(journal), end + 1);
	rest = buffer_span(&before);
	journal_walk(journal, 1);
	for (uint64_t i = 0; i < end; i++) {
		assert_true(journal_next(journal, &row));
		assert_true(row.bytes.size <= rest.size);
		assert_memory_equal(row.bytes.at, rest.at, row.bytes.size);
		rest.at += row.bytes.size;
		rest.size -= row.bytes.size;
	}
	assert_int_equal(rest.size, 0);
	journal_stop(journal);
	buffer_clear(&before);
	assert_invariants();
}

/* Whether `act` aborts, tried in a child process. */
static bool
aborts(void (*act)(void))
{
	int status;
	pid_t child;

	close_all();
	child = fork();
	if (child == 0) {
		(void)freopen("/dev/null", "w", stderr);
		(void)alarm(10);
		reopen();
		act();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	reopen();
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
append_to_a_branch(void)
{
	struct stream *s;

	journal_begin(journal);
	s = stream_of("420106");
	(void)journal_set_aside(journal, s);
	(void)append(s);
}

static void
append_outside_a_turn(void)
{
	(void)append(journal_stream(journal, 2));
}

static void
append_too_much(void)
{
	static uint8_t bytes[RECORD_BYTES_MAX + 1];
	static const uint8_t leaf[HASH_BYTES];

	journal_begin(journal);
	(void)journal_append(journal, stream_of("420106"),
	    span_of(bytes, sizeof(bytes)), 2, leaf, 0);
}

static void
put_a_branch_aside_again(void)
{
	struct stream *s;

	journal_begin(journal);
	s = stream_of("420106");
	(void)journal_set_aside(journal, s);
	(void)journal_set_aside(journal, s);
}

static void
ask_for_a_later_tree(void)
{
	struct stream *s = journal_stream(journal, 1);
	struct merkle tree;

	journal_tree_at(journal, s, s->tree.size + 1, &tree);
}

static void
append_well(void)
{
	append_turn(journal_stream(journal, 2), 2);
}

TEST_WITH(test_misuse_stops_the_process, set_up, tear_down)
{
	(void)state;
	play();
	assert_true(aborts(append_to_a_branch));
	assert_true(aborts(append_outside_a_turn));
	assert_true(aborts(append_too_much));
	assert_true(aborts(put_a_branch_aside_again));
	assert_true(aborts(ask_for_a_later_tree));
	assert_false(aborts(append_well));
	assert_invariants();
}

/* -- forks -- */

TEST_WITH(test_two_forks_leave_two_branches_and_the_stream, set_up, tear_down)
{
	struct stream_key key = key_of("420106", "");
	struct stream *s;

	(void)state;
	journal_begin(journal);
	s = stream_of("420106");
	for (unsigned fork_number = 1; fork_number <= 2; fork_number++) {
		struct stream *old = s;

		(void)append(s);
		journal_fork(journal, s, "420100", 0);
		s = journal_set_aside(journal, s);
		assert_int_equal(s->branch, 0);
		assert_int_equal(s->tree.size, 0);
		assert_int_equal(old->branch, fork_number);
		assert_false(old->is_forked);
		assert_int_equal(old->tree.size, 1);
		old->carried = fork_number;
	}
	(void)append(s);
	(void)append(s);
	journal_commit(journal);
	reopen();
	assert_int_equal(journal_stream_count(journal), 3);
	s = journal_find(journal, &key);
	assert_int_equal(s->id, 3);
	assert_int_equal(s->tree.size, 2);
	assert_int_equal(journal_stream(journal, 1)->branch, 1);
	assert_int_equal(journal_stream(journal, 2)->branch, 2);
	assert_int_equal(journal_stream(journal, 2)->carried, 2);
	assert_invariants();
}

TEST_WITH(test_flags_are_kept_when_they_were_touched, set_up, tear_down)
{
	struct stream *s;

	(void)state;
	journal_begin(journal);
	s = stream_of("420106");
	(void)append(s);
	journal_commit(journal);
	journal_begin(journal);
	journal_fork(journal, s, "420100", UINT64_C(1) << 53);
	journal_commit(journal);
	reopen();
	s = journal_stream(journal, 1);
	assert_true(s->is_forked);
	assert_string_equal(s->forked_with, "420100");
	assert_int_equal(s->peer_size, UINT64_C(1) << 53);
	assert_int_equal(s->tree.size, 1);
}

/* -- walks and values -- */

TEST_WITH(test_a_walk_begins_and_stops_where_it_is_told, set_up, tear_down)
{
	struct store_row row;
	struct stream *s;

	(void)state;
	play();
	journal_walk(journal, journal_end(journal));
	assert_true(journal_next(journal, &row));
	assert_int_equal(row.position, journal_end(journal));
	assert_false(journal_next(journal, &row));
	journal_walk(journal, journal_end(journal) + 1);
	assert_false(journal_next(journal, &row));
	journal_walk(journal, 2);
	assert_true(journal_next(journal, &row));
	assert_int_equal(row.position, 2);
	journal_stop(journal);
	s = stream_of("420107");
	journal_walk_stream(journal, s, 3);
	assert_true(journal_next_in_stream(journal, &row));
	assert_int_equal(row.sequence, 3);
	journal_stop_stream(journal);
	journal_walk_stream(journal, s, s->tree.size);
	assert_true(journal_next_in_stream(journal, &row));
	assert_false(journal_next_in_stream(journal, &row));
}

TEST_WITH(test_values_are_remembered_by_name, set_up, tear_down)
{
	struct buffer out = { .limit = JOURNAL_VALUE_MAX };
	static const uint8_t large[JOURNAL_VALUE_MAX];

	(void)state;
	assert_int_equal(journal_get_u64(journal, "cursor", 42), 42);
	assert_false(journal_get(journal, "large", &out));
	journal_begin(journal);
	journal_put_u64(journal, "cursor", UINT64_MAX);
	journal_put(journal, "large", span_of(large, sizeof(large)));
	journal_commit(journal);
	reopen();
	assert_int_equal(journal_get_u64(journal, "cursor", 42), UINT64_MAX);
	assert_true(journal_get(journal, "large", &out));
	assert_true(
	    span_equal(buffer_span(&out), span_of(large, sizeof(large))));
	buffer_clear(&out);
}
