/*
 * The only file that steps a statement, so that each is reset on every path: a
 * query left open pins the WAL, which then grows without end.  A failure in
 * here is either our bug (abort) or the ground's (the process ends with one
 * sentence); callers see only what they can do something about.
 */
#include "mech/db.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/db_internal.h"

enum { SENTENCE_MAX = 400 };

static const char *const own_sql[OWN_COUNT] = {
	[OWN_BEGIN] = "BEGIN IMMEDIATE",
	[OWN_COMMIT] = "COMMIT",
	[OWN_ROLLBACK] = "ROLLBACK",
};

void (*db_on_ground_failure)(const char *sentence);

/* -- failures -- */

static bool
is_no_space(int code, int system_error)
{
	/* The number is of this failure only when it was one of I/O. */
	if ((code & 0xff) == SQLITE_IOERR)
		return system_error == ENOSPC || system_error == EDQUOT;
	return (code & 0xff) == SQLITE_FULL;
}

static const char *
ground_advice(const struct db *db, int code, int system_error)
{
	/* A register follows its ledger, which may have been written. */
	if (db->role == DB_REGISTER && is_no_space(code, system_error)) {
		return "the disk is full; free some space and start again to "
		       "see what was recorded";
	}
	if ((code & 0xff) == SQLITE_FULL) {
		return "the disk is full; nothing of the open transaction was "
		       "recorded; free some space and start again";
	}
	if (is_no_space(code, system_error)) {
		return "the disk is full; free some space and start again to "
		       "see what of the open transaction was recorded";
	}
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "the file is damaged; stop, keep a copy, check the disk "
		       "and restore a backup";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another program holds the file; end it and start "
		       "again";
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
		return "the file cannot be written; check its owner and mode "
		       "and start again";
	default:
		return "the disk did not do what was asked; check it and "
		       "start again to see what was recorded";
	}
}

__attribute__((noreturn)) static void
ground_failed(struct db *db, const char *doing)
{
	char sentence[SENTENCE_MAX];
	int code = sqlite3_extended_errcode(db->handle);
	int system_error = sqlite3_system_errno(db->handle);
	const char *advice = ground_advice(db, code, system_error);

	if ((code & 0xff) == SQLITE_NOMEM)
		fatal("out of memory");
	if (text_format(sentence, sizeof(sentence),
		"cannot %s in %.120s (%s, sqlite %d, errno %d): %s", doing,
		db->path, sqlite3_errmsg(db->handle), code, system_error,
		advice) == RC_OK)
		advice = sentence;
	if (db_on_ground_failure != NULL)
		db_on_ground_failure(advice);
	fatal("%s", advice);
}

bool
db_is_our_bug(int code)
{
	switch (code & 0xff) {
	case SQLITE_ERROR:
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
	case SQLITE_MISMATCH:
	case SQLITE_CONSTRAINT:
	case SQLITE_TOOBIG:
	case SQLITE_AUTH:
		return true;
	default:
		return false;
	}
}

void
db_failed(struct db *db, const char *doing, const char *sql)
{
	if (!db_is_our_bug(sqlite3_extended_errcode(db->handle)))
		ground_failed(db, doing);
	log_fatal("event=wrong_sql reason=\"%s\" sql=\"%s\"",
	    sqlite3_errmsg(db->handle), sql);
	check_failed("the SQL is right", __FILE__, __LINE__);
}

enum rc
db_open_rc(struct db *db, int code)
{
	if (is_no_space(code, sqlite3_system_errno(db->handle)))
		return RC_FULL;
	switch (code & 0xff) {
	case SQLITE_OK:
		return RC_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RC_BUSY;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return RC_DENIED;
	case SQLITE_NOMEM:
		fatal("out of memory");
	default:
		return RC_DAMAGED;
	}
}

enum rc
db_ask(struct db *db, const char *sql, char *answer, size_t size)
{
	sqlite3_stmt *handle;
	int code = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);
	const char *text = "";
	enum rc rc;

	if (code != SQLITE_OK)
		return db_open_rc(db, code);
	code = sqlite3_step(handle);
	if (code == SQLITE_ROW && sqlite3_column_text(handle, 0) != NULL)
		text = (const char *)sqlite3_column_text(handle, 0);
	rc = code == SQLITE_ROW || code == SQLITE_DONE ? RC_OK
						       : db_open_rc(db, code);
	if (text_copy(answer, size, text) != RC_OK && rc == RC_OK)
		rc = RC_DAMAGED;
	(void)sqlite3_finalize(handle);
	return rc;
}

/* -- statements -- */

void
db_close(struct db *db)
{
	struct stmt *older;

	if (db == NULL)
		return;
	for (struct stmt *s = db->statements; s != NULL; s = older) {
		older = s->older;
		db_finish(s);
	}
	CHECK(sqlite3_close(db->handle) == SQLITE_OK);
	free(db);
}

struct stmt *
db_prepare(struct db *db, const char *sql)
{
	struct stmt *s = memory_new(1, sizeof(*s));
	const char *rest = "";

	s->db = db;
	if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
		&s->handle, &rest) != SQLITE_OK)
		db_failed(db, "read the tables", sql);
	CHECK(s->handle != NULL);
	/* A second statement would silently never run. */
	CHECK(rest[strspn(rest, " \t\r\n;")] == '\0');
	s->older = db->statements;
	if (s->older != NULL)
		s->older->newer = s;
	db->statements = s;
	return s;
}

void
db_finish(struct stmt *s)
{
	if (s == NULL)
		return;
	if (s->newer != NULL) {
		s->newer->older = s->older;
	} else {
		s->db->statements = s->older;
	}
	if (s->older != NULL)
		s->older->newer = s->newer;
	(void)sqlite3_finalize(s->handle);
	free(s);
}

static void
bound(struct stmt *s, int code)
{
	if (code != SQLITE_OK)
		db_failed(s->db, "bind a value", sqlite3_sql(s->handle));
}

/* The place of the next value. */
static int
place(struct stmt *s)
{
	CHECK(!s->stepping);
	return ++s->bound;
}

void
db_bind_i64(struct stmt *s, int64_t value)
{
	bound(s, sqlite3_bind_int64(s->handle, place(s), value));
}

void
db_bind_u64(struct stmt *s, uint64_t value)
{
	CHECK(value <= INT64_MAX);
	db_bind_i64(s, (int64_t)value);
}

void
db_bind_text(struct stmt *s, const char *text)
{
	CHECK(text != NULL);
	bound(s,
	    sqlite3_bind_text(s->handle, place(s), text, -1, SQLITE_TRANSIENT));
}

void
db_bind_span(struct stmt *s, struct span blob)
{
	/* A NULL pointer would bind NULL instead of an empty value. */
	bound(s, sqlite3_bind_blob64(s->handle, place(s),
		     blob.size > 0 ? (const void *)blob.at : "", blob.size,
		     SQLITE_STATIC));
}

void
db_bind_span_text(struct stmt *s, struct span utf8)
{
	bound(s, sqlite3_bind_text64(s->handle, place(s),
		     utf8.size > 0 ? (const char *)utf8.at : "", utf8.size,
		     SQLITE_STATIC, SQLITE_UTF8));
}

void
db_bind_null(struct stmt *s)
{
	bound(s, sqlite3_bind_null(s->handle, place(s)));
}

static int
step(struct stmt *s)
{
	if (!s->stepping)
		CHECK(s->bound == sqlite3_bind_parameter_count(s->handle));
	s->stepping = true;
	return sqlite3_step(s->handle);
}

static bool
is_duplicate(int code)
{
	return code == SQLITE_CONSTRAINT_UNIQUE ||
	       code == SQLITE_CONSTRAINT_PRIMARYKEY ||
	       code == SQLITE_CONSTRAINT_ROWID;
}

enum rc
db_run(struct stmt *s)
{
	int code;

	CHECK(!s->stepping);
	code = step(s);
	CHECK(code != SQLITE_ROW);
	if (code != SQLITE_DONE && !is_duplicate(code))
		db_failed(s->db, "write", sqlite3_sql(s->handle));
	db_reset(s);
	return code == SQLITE_DONE ? RC_OK : RC_DUPLICATE;
}

void
db_do(struct db *db, const char *sql)
{
	struct stmt *s = db_prepare(db, sql);

	CHECK(db_run(s) == RC_OK);
	db_finish(s);
}

bool
db_next(struct stmt *s)
{
	int code = step(s);

	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		db_failed(s->db, "read", sqlite3_sql(s->handle));
	db_reset(s);
	return false;
}

void
db_reset(struct stmt *s)
{
	/* Repeats the error of the step before, which has been handled. */
	(void)sqlite3_reset(s->handle);
	(void)sqlite3_clear_bindings(s->handle);
	s->bound = 0;
	s->stepping = false;
}

static void
check_column(struct stmt *s, int column)
{
	CHECK(column >= 0);
	CHECK(column < sqlite3_data_count(s->handle));
}

int64_t
db_column_i64(struct stmt *s, int column)
{
	check_column(s, column);
	return sqlite3_column_int64(s->handle, column);
}

uint64_t
db_column_u64(struct stmt *s, int column)
{
	int64_t value = db_column_i64(s, column);

	CHECK(value >= 0);
	return (uint64_t)value;
}

struct span
db_column_span(struct stmt *s, int column)
{
	const void *at;

	check_column(s, column);
	at = sqlite3_column_blob(s->handle, column);
	return span_of(at, (size_t)sqlite3_column_bytes(s->handle, column));
}

const char *
db_column_text(struct stmt *s, int column)
{
	const unsigned char *text;

	check_column(s, column);
	text = sqlite3_column_text(s->handle, column);
	return text != NULL ? (const char *)text : "";
}

bool
db_column_is_null(struct stmt *s, int column)
{
	check_column(s, column);
	return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}

/* -- transactions -- */

static void
run_own(struct db *db, enum own_sql which, const char *doing)
{
	struct stmt *s = db->own[which];

	if (s == NULL)
		s = db->own[which] = db_prepare(db, own_sql[which]);
	if (sqlite3_step(s->handle) != SQLITE_DONE)
		ground_failed(db, doing);
	db_reset(s);
}

void
db_begin(struct db *db)
{
	CHECK(db->role != DB_READER);
	CHECK(!db_in_transaction(db));
	run_own(db, OWN_BEGIN, "begin a transaction");
}

void
db_commit(struct db *db)
{
	CHECK(db_in_transaction(db));
	db->may_commit = true;
	run_own(db, OWN_COMMIT, "commit a transaction");
	db->may_commit = false;
}

void
db_rollback(struct db *db)
{
	CHECK(db_in_transaction(db));
	run_own(db, OWN_ROLLBACK, "roll back a transaction");
}

bool
db_in_transaction(const struct db *db)
{
	return sqlite3_get_autocommit(db->handle) == 0;
}

/* -- short questions -- */

void
db_column_copy(struct stmt *s, int column, char *to, size_t size)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

bool
db_has_row(struct stmt *s)
{
	bool is_found = db_next(s);

	if (is_found)
		db_reset(s);
	return is_found;
}

bool
db_exists(struct db *db, const char *sql, const char *const texts[])
{
	struct stmt *s = db_prepare(db, sql);
	bool is_found;

	for (size_t i = 0; texts != NULL && texts[i] != NULL; i++)
		db_bind_text(s, texts[i]);
	is_found = db_has_row(s);
	db_finish(s);
	return is_found;
}

/* -- health -- */

enum rc
db_check(struct db *db)
{
	char answer[DB_ANSWER_MAX];
	enum rc rc =
	    db_ask(db, "PRAGMA quick_check(1)", answer, sizeof(answer));

	if (rc != RC_OK || strcmp(answer, "ok") != 0)
		return RC_DAMAGED;
	return RC_OK;
}

int64_t
db_size_bytes(struct db *db)
{
	char answer[DB_ANSWER_MAX];

	if (db_ask(db,
		"SELECT page_count * page_size"
		" FROM pragma_page_count, pragma_page_size",
		answer, sizeof(answer)) != RC_OK)
		ground_failed(db, "read the size");
	return (int64_t)strtoll(answer, NULL, 10);
}

enum rc
db_space_left(const char *dir, uint64_t *bytes)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0) {
		return errno == ENOENT || errno == ENOTDIR ? RC_NONE
							   : RC_DENIED;
	}
	*bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	return RC_OK;
}
