/*
 * db - one SQLite file, with the settings that our promises rest on.
 *
 * Three roles: the ledger (WAL, every commit reaches the disk before it
 * returns), the register (WAL, a commit may be lost with the power but never
 * torn) and readers (see the last commit, never write, never checkpoint).
 * Exactly one connection per file may write: SQLite before 3.51.3 can lose
 * commits when two do (its WAL-reset bug).  The directory's lock
 * (mech/daemon.h) sees to that.
 *
 * The ground: no space, an I/O error, a damaged page or a commit that failed
 * end the process with one sentence, because the outcome of the transaction
 * is then unknown; the next start reads what is there.  Wrong SQL, a wrong
 * number of bound values and a write outside db_begin..db_commit are our bugs
 * and abort.
 *
 * Every table is STRICT.  A connection and its statements belong to one
 * thread; different connections may live in different threads.
 */
#ifndef MECH_DB_H
#define MECH_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

struct db;
struct stmt;

enum db_role {
	DB_LEDGER,   /* WAL, synchronous=FULL: commit means on disk */
	DB_REGISTER, /* WAL, synchronous=NORMAL: can be rebuilt */
	DB_READER,   /* read only, never checkpoints */
};

/*
 * How the tables came to be: step i takes user_version i to i + 1, each in a
 * transaction of its own.  Steps are added at the end, never changed.
 */
struct db_schema {
	const char *const *steps; /* one or more SQL statements each */
	size_t steps_count;
};

/*
 * Replaced by tests to see what would end the process.  `sentence` says what
 * failed, in which file, and what to do.  Must not return (longjmp, _exit);
 * if it does the process ends after all.  NULL: fatal().
 */
extern void (*db_on_ground_failure)(const char *sentence);

/*
 * Open `path`; a writer makes the file (mode 0600) and brings its tables up
 * to `schema`; a reader only looks.  ":memory:" is a ledger for tests.
 * `schema` may be NULL (no tables of ours, any version).
 * RC_NONE: a reader found no file, or tables older than `schema` (its writer
 * has not been there yet).  RC_DENIED: may not be read, made or written.
 * RC_DAMAGED: no database, or a broken one.  RC_TOO_NEW: its user_version is
 * beyond `schema`.  RC_FULL.  RC_BUSY: somebody else writes.
 */
MUST_USE enum rc db_open(const char *path, enum db_role role,
    const struct db_schema *schema, struct db **out);

/*
 * Finalises every statement that is left; an open transaction is rolled
 * back.  A writer checkpoints.  NULL is fine.
 */
void db_close(struct db *db);

/*
 * Throw the file away, with its WAL and shared memory; nobody may have it
 * open.  For what can be made again: an old WAL beside a new file would be
 * worse than none.
 */
void db_remove_file(const char *path);

/* -- statements -- */

/*
 * One SQL statement, meant to be run often.  Owned by `db`: it dies with
 * db_close or, earlier, with db_finish (NULL is fine).
 */
struct stmt *db_prepare(struct db *db, const char *sql);
void db_finish(struct stmt *s);

/*
 * Values for the question marks, from left to right, all of them.  Text is
 * copied.  Spans are borrowed until db_run returns, db_next says false or
 * db_reset.  A span of size 0 is an empty value, not NULL.
 */
void db_bind_i64(struct stmt *s, int64_t value);
void db_bind_u64(struct stmt *s, uint64_t value); /* at most INT64_MAX */
void db_bind_text(struct stmt *s, const char *text);
void db_bind_span(struct stmt *s, struct span blob);
void db_bind_span_text(struct stmt *s, struct span utf8);
void db_bind_null(struct stmt *s);

/*
 * Run a statement that gives no rows, then forget its values.
 * RC_DUPLICATE: a unique or primary key is already there; nothing changed.
 */
MUST_USE enum rc db_run(struct stmt *s);

/* Prepare, run and finish a statement without values that gives no rows. */
void db_do(struct db *db, const char *sql);

/*
 * Step to the next row.  False: there is no more; the statement is reset and
 * its values forgotten.  Leave a query early with db_reset: an open query
 * pins the WAL.
 */
MUST_USE bool db_next(struct stmt *s);
void db_reset(struct stmt *s);

/*
 * The present row, columns from 0.  Spans and text are borrowed until the
 * next db_next or db_reset.  NULL reads as 0, an empty span, "".
 */
int64_t db_column_i64(struct stmt *s, int column);
uint64_t db_column_u64(struct stmt *s, int column); /* CHECKed: >= 0 */
struct span db_column_span(struct stmt *s, int column);
const char *db_column_text(struct stmt *s, int column);
bool db_column_is_null(struct stmt *s, int column);
/* Text into an array; CHECKed that it fits. */
void db_column_copy(struct stmt *s, int column, char *to, size_t size);

/*
 * Is there a row?  The first is for a statement that is bound and goes on
 * being used; the second asks once, with texts for the question marks:
 * db_exists(db, "SELECT 1 FROM office WHERE code = ?", DB_TEXTS(code)).
 */
bool db_has_row(struct stmt *s);
bool db_exists(struct db *db, const char *sql, const char *const texts[]);
#define DB_TEXTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* -- transactions: BEGIN IMMEDIATE, owned by the turn -- */

void db_begin(struct db *db);
void db_commit(struct db *db); /* back only when it is kept (see role) */
void db_rollback(struct db *db);
bool db_in_transaction(const struct db *db);

/* -- health -- */

/* Read every page (slow).  RC_OK or RC_DAMAGED. */
MUST_USE enum rc db_check(struct db *db);

int64_t db_size_bytes(struct db *db); /* the database, without its WAL */

/*
 * Bytes that we may still use on the file system of `dir`.
 * RC_NONE: no such directory.  RC_DENIED: it cannot be asked.
 */
MUST_USE enum rc db_space_left(const char *dir, uint64_t *bytes);

#endif
