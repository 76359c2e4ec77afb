/* Goal of this test: what mech/db.h promises, on real files. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "mech/db.h"

static const char *const steps[] = {
	"CREATE TABLE pair (key INTEGER PRIMARY KEY, value BLOB) STRICT;"
	"CREATE TABLE word (text TEXT NOT NULL UNIQUE) STRICT;",
	"ALTER TABLE word ADD COLUMN note TEXT",
};
static const struct db_schema first = { steps, 1 };
static const struct db_schema schema = { steps, 2 };

static char folder[FILE_PATH_MAX];
static char path[FILE_PATH_MAX];
static jmp_buf ground;
static char ground_sentence[512];

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/db_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	file_join(path, folder, "a.db");
	log_set_sink(quiet);
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "a.db", "a.db-wal", "a.db-shm",
		"b.db", "b.db-wal", "b.db-shm" };
	char one[FILE_PATH_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		file_join(one, folder, names[i]);
		(void)unlink(one);
	}
	assert_int_equal(rmdir(folder), 0);
	db_on_ground_failure = NULL;
	log_set_sink(NULL);
	return 0;
}

static struct db *
open_ledger(void)
{
	struct db *db;

	assert_int_equal(db_open(path, DB_LEDGER, &schema, &db), RC_OK);
	return db;
}

static enum rc
put(struct db *db, int64_t key, const char *value)
{
	struct stmt *s = db_prepare(db, "INSERT INTO pair VALUES (?, ?)");
	enum rc rc;

	db_bind_i64(s, key);
	db_bind_span(s, span_of_text(value));
	rc = db_run(s);
	db_finish(s);
	return rc;
}

static int64_t
count(struct db *db)
{
	struct stmt *s = db_prepare(db, "SELECT count(*) FROM pair");
	int64_t n;

	assert_true(db_next(s));
	n = db_column_i64(s, 0);
	db_reset(s);
	db_finish(s);
	return n;
}

static char *
ask_text(struct db *db, const char *sql)
{
	static char answer[64];
	struct stmt *s = db_prepare(db, sql);

	assert_true(db_next(s));
	(void)snprintf(answer, sizeof(answer), "%s", db_column_text(s, 0));
	db_finish(s);
	return answer;
}

/* Whether `act` aborts, tried in a child process. */
static bool
aborts(void (*act)(struct db *db))
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct db *db;

		(void)freopen("/dev/null", "w", stderr);
		(void)alarm(10);
		if (db_open(":memory:", DB_LEDGER, &schema, &db) != RC_OK)
			_exit(2);
		act(db);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void
note_ground(const char *sentence)
{
	(void)snprintf(ground_sentence, sizeof(ground_sentence), "%s",
	    sentence);
	longjmp(ground, 1);
}

TEST_WITH(test_values_come_back_as_they_went_in, set_up, tear_down)
{
	struct db *db = open_ledger();
	struct stmt *in = db_prepare(db, "INSERT INTO word VALUES (?, ?)");
	struct stmt *out = db_prepare(db, "SELECT text, note FROM word"
					  " ORDER BY text");
	char passing[] = "zwei";

	(void)state;
	db_begin(db);
	db_bind_text(in, passing);
	passing[0] = '!';
	db_bind_null(in);
	assert_int_equal(db_run(in), RC_OK);
	db_bind_span_text(in, span_of(NULL, 0));
	db_bind_span_text(in, span_of_text("note"));
	assert_int_equal(db_run(in), RC_OK);
	db_commit(db);

	assert_true(db_next(out));
	assert_string_equal(db_column_text(out, 0), "");
	assert_false(db_column_is_null(out, 0));
	assert_true(span_equal(db_column_span(out, 1), span_of_text("note")));
	assert_true(db_next(out));
	assert_string_equal(db_column_text(out, 0), "zwei");
	assert_true(db_column_is_null(out, 1));
	assert_string_equal(db_column_text(out, 1), "");
	assert_false(db_next(out));
	db_close(db);
}

static int64_t
size_of(const char *file)
{
	struct stat st;

	return stat(file, &st) == 0 ? (int64_t)st.st_size : -1;
}

TEST_WITH(test_the_settings_are_those_of_the_role, set_up, tear_down)
{
	struct db *db = open_ledger();
	char wal[FILE_PATH_MAX];
	struct stat st;

	(void)state;
	file_join(wal, folder, "a.db-wal");
	assert_string_equal(ask_text(db, "PRAGMA journal_mode"), "wal");
	assert_string_equal(ask_text(db, "PRAGMA synchronous"), "2");
	assert_string_equal(ask_text(db, "PRAGMA page_size"), "8192");
	assert_string_equal(ask_text(db, "PRAGMA secure_delete"), "0");
	assert_string_equal(ask_text(db, "PRAGMA mmap_size"), "0");
	assert_string_equal(ask_text(db, "PRAGMA wal_autocheckpoint"), "4096");
	assert_true(db_size_bytes(db) >= 8192);
	assert_true(size_of(wal) > 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	db_close(db);
	assert_int_equal(db_open(path, DB_REGISTER, &schema, &db), RC_OK);
	assert_string_equal(ask_text(db, "PRAGMA synchronous"), "1");
	db_close(db);
}

TEST_WITH(test_a_duplicate_is_told_and_changes_nothing, set_up, tear_down)
{
	struct db *db = open_ledger();

	(void)state;
	db_begin(db);
	assert_int_equal(put(db, 1, "one"), RC_OK);
	assert_int_equal(put(db, 1, "other"), RC_DUPLICATE);
	assert_int_equal(put(db, 2, "two"), RC_OK);
	db_commit(db);
	assert_int_equal(count(db), 2);
	db_close(db);
}

TEST_WITH(test_a_file_is_thrown_away_with_what_stands_beside_it, set_up,
    tear_down)
{
	char other[FILE_PATH_MAX], wal[FILE_PATH_MAX], near[FILE_PATH_MAX];

	(void)state;
	file_join(other, folder, "o.db");
	file_join(wal, folder, "o.db-wal");
	file_join(near, folder, "o.db.new");
	assert_int_equal(file_write(other, span_of_text("x"), 0600, true),
	    RC_OK);
	assert_int_equal(file_write(wal, span_of_text("x"), 0600, true), RC_OK);
	assert_int_equal(file_write(near, span_of_text("x"), 0600, true),
	    RC_OK);
	db_remove_file(other);
	db_remove_file(other); /* what is not there is gone already */
	assert_false(file_exists(other));
	assert_false(file_exists(wal));
	assert_true(file_exists(near));
	(void)unlink(near);
}

static void
write_stray(struct db *db)
{
	(void)put(db, 1, "stray");
}

static void
write_wrong_sql(struct db *db)
{
	(void)db_prepare(db, "SELECT nothing FROM nowhere");
}

static void
quote_wrongly(struct db *db)
{
	(void)db_prepare(db, "SELECT \"no column\" FROM pair");
}

static void
bind_too_little(struct db *db)
{
	struct stmt *s = db_prepare(db, "INSERT INTO pair VALUES (?, ?)");

	db_begin(db);
	db_bind_i64(s, 1);
	assert_int_equal(db_run(s), RC_OK);
}

static void
write_null_against_the_rule(struct db *db)
{
	struct stmt *s = db_prepare(db, "INSERT INTO word VALUES (?, ?)");

	db_begin(db);
	db_bind_null(s);
	db_bind_null(s);
	assert_int_equal(db_run(s), RC_OK);
}

static void
bind_too_large(struct db *db)
{
	db_bind_u64(db_prepare(db, "SELECT ?"), (uint64_t)INT64_MAX + 1);
}

TEST_WITH(test_our_own_mistakes_abort, set_up, tear_down)
{
	(void)state;
	assert_true(aborts(write_stray));
	assert_true(aborts(write_wrong_sql));
	assert_true(aborts(quote_wrongly));
	assert_true(aborts(bind_too_little));
	assert_true(aborts(write_null_against_the_rule));
	assert_true(aborts(bind_too_large));
}

TEST_WITH(test_the_schema_only_moves_forward, set_up, tear_down)
{
	struct db *db;

	(void)state;
	assert_int_equal(db_open(path, DB_LEDGER, &first, &db), RC_OK);
	db_close(db);
	assert_int_equal(db_open(path, DB_READER, &schema, &db), RC_NONE);
	assert_int_equal(db_open(path, DB_LEDGER, &schema, &db), RC_OK);
	assert_string_equal(ask_text(db, "PRAGMA user_version"), "2");
	db_close(db);
	assert_int_equal(db_open(path, DB_LEDGER, &first, &db), RC_TOO_NEW);
	assert_int_equal(db_open(path, DB_READER, &first, &db), RC_TOO_NEW);
	assert_int_equal(db_open(path, DB_READER, NULL, &db), RC_OK);
	db_close(db);
}

TEST_WITH(test_a_reader_sees_commits_but_cannot_write, set_up, tear_down)
{
	struct db *reader;
	struct db *db;

	(void)state;
	assert_int_equal(db_open(path, DB_READER, &schema, &reader), RC_NONE);
	assert_null(reader);
	db = open_ledger();
	assert_int_equal(db_open(path, DB_READER, &schema, &reader), RC_OK);
	db_begin(db);
	assert_int_equal(put(db, 1, "one"), RC_OK);
	assert_int_equal(count(reader), 0);
	db_commit(db);
	assert_int_equal(count(reader), 1);
	db_on_ground_failure = note_ground;
	if (setjmp(ground) == 0) {
		(void)put(reader, 2, "two");
		fail();
	}
	db_close(db);
	assert_int_equal(count(reader), 1);
	db_close(reader);
}

static void
copy(const char *from, const char *to)
{
	struct buffer b = { .limit = 64 << 20 };

	assert_int_equal(file_read(from, &b), RC_OK);
	assert_int_equal(file_write(to, buffer_span(&b), 0600, true), RC_OK);
	buffer_clear(&b);
}

TEST_WITH(test_a_reader_reads_the_wal_of_a_dead_writer, set_up, tear_down)
{
	struct db *db = open_ledger();
	struct db *reader;
	char wal[FILE_PATH_MAX];
	char dead[FILE_PATH_MAX];
	char dead_wal[FILE_PATH_MAX];
	int64_t wal_bytes;

	(void)state;
	file_join(wal, folder, "a.db-wal");
	file_join(dead, folder, "b.db");
	file_join(dead_wal, folder, "b.db-wal");
	db_begin(db);
	assert_int_equal(put(db, 1, "one"), RC_OK);
	db_commit(db);
	/* As after kill -9 and a reboot: a WAL, no shared memory. */
	copy(path, dead);
	copy(wal, dead_wal);
	db_close(db);

	assert_int_equal(db_open(dead, DB_READER, &schema, &reader), RC_OK);
	wal_bytes = size_of(dead_wal);
	assert_true(wal_bytes > 0);
	assert_int_equal(count(reader), 1);
	assert_int_equal(db_check(reader), RC_OK);
	db_close(reader);
	/* It neither checkpointed nor removed what is the writer's. */
	assert_int_equal(db_open(dead, DB_READER, &schema, &reader), RC_OK);
	assert_int_equal(size_of(dead_wal), wal_bytes);
	db_close(reader);
}

TEST_WITH(test_a_second_writer_is_told_to_wait, set_up, tear_down)
{
	struct db *db = open_ledger();
	struct db *other;
	static const char *const more[] = { "SELECT 1", "SELECT 1",
		"CREATE TABLE late (x INTEGER) STRICT" };
	const struct db_schema newer = { more, 3 };

	(void)state;
	db_begin(db);
	assert_int_equal(db_open(path, DB_LEDGER, &newer, &other), RC_BUSY);
	db_rollback(db);
	db_close(db);
}

TEST_WITH(test_damage_is_found_when_opening, set_up, tear_down)
{
	static const uint8_t zeros[16384];
	struct db *db;

	(void)state;
	assert_int_equal(file_write(path,
			     span_of_text("this is no database at all, but "
					  "long enough to be looked at"),
			     0600, true),
	    RC_OK);
	assert_int_equal(db_open(path, DB_LEDGER, &schema, &db), RC_DAMAGED);
	assert_int_equal(db_open(path, DB_READER, &schema, &db), RC_DAMAGED);
	assert_int_equal(file_write(path, span_of(zeros, sizeof(zeros)), 0600,
			     true),
	    RC_OK);
	assert_int_equal(db_open(path, DB_LEDGER, &schema, &db), RC_DAMAGED);
}

TEST_WITH(test_damage_inside_is_found_by_a_check, set_up, tear_down)
{
	struct db *db = open_ledger();
	char junk[8192];
	int fd;

	(void)state;
	db_begin(db);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(put(db, i, "some bytes to fill pages"), RC_OK);
	db_commit(db);
	assert_int_equal(db_check(db), RC_OK);
	db_close(db);
	fd = open(path, O_WRONLY);
	memset(junk, 0xa5, sizeof(junk));
	assert_int_equal(pwrite(fd, junk, sizeof(junk), 8192L * 6),
	    sizeof(junk));
	assert_int_equal(close(fd), 0);
	db = open_ledger();
	assert_int_equal(db_check(db), RC_DAMAGED);
	db_close(db);
}

TEST_WITH(test_what_cannot_be_made_is_denied, set_up, tear_down)
{
	struct db *db;

	(void)state;
	assert_int_equal(db_open("/proc/none/a.db", DB_LEDGER, &schema, &db),
	    RC_DENIED);
	assert_int_equal(db_open(folder, DB_LEDGER, &schema, &db), RC_DENIED);
}

TEST_WITH(test_a_full_disk_says_that_nothing_was_recorded, set_up, tear_down)
{
	struct db *db = open_ledger();

	(void)state;
	(void)ask_text(db, "PRAGMA max_page_count = 8");
	db_on_ground_failure = note_ground;
	db_begin(db);
	if (setjmp(ground) == 0) {
		for (int i = 0; i < 10000; i++)
			(void)put(db, i, "some bytes to fill pages");
		fail();
	}
	assert_non_null(
	    strstr(ground_sentence, "nothing of the open transaction"));
	assert_non_null(strstr(ground_sentence, path));
	db_close(db);
	db = open_ledger();
	assert_int_equal(count(db), 0);
	db_close(db);
}

TEST_WITH(test_a_backup_can_be_made_by_sql, set_up, tear_down)
{
	struct db *db = open_ledger();
	struct db *reader;
	char target[FILE_PATH_MAX];
	struct stmt *s;

	(void)state;
	db_begin(db);
	assert_int_equal(put(db, 1, "one"), RC_OK);
	db_commit(db);
	file_join(target, folder, "b.db");
	assert_int_equal(db_open(path, DB_READER, &schema, &reader), RC_OK);
	s = db_prepare(db, "VACUUM INTO ?");
	db_bind_text(s, target);
	assert_int_equal(db_run(s), RC_OK);
	db_close(reader);
	db_close(db);
	assert_int_equal(db_open(target, DB_READER, &schema, &reader), RC_OK);
	assert_int_equal(count(reader), 1);
	db_close(reader);
}

TEST_WITH(test_the_space_left_is_known, set_up, tear_down)
{
	uint64_t bytes = 0;

	(void)state;
	assert_int_equal(db_space_left(folder, &bytes), RC_OK);
	assert_true(bytes > 0);
	assert_int_equal(db_space_left("/none/such", &bytes), RC_NONE);
}
