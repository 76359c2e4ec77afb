/*
 * db_internal - what db.c and db_open.c share; nobody else includes it.
 *
 *	db_open.c	files, settings, schema
 *	db.c		failures, statements, transactions, health
 */
#ifndef MECH_DB_INTERNAL_H
#define MECH_DB_INTERNAL_H

#include <sqlite3.h>

#include "base/file.h"
#include "mech/db.h"

enum { DB_ANSWER_MAX = 400 }; /* bytes of db_ask's answer */

enum own_sql {
	OWN_BEGIN,
	OWN_COMMIT,
	OWN_ROLLBACK,
	OWN_COUNT,
};

struct stmt {
	struct db *db;
	sqlite3_stmt *handle;
	int bound;          /* values given so far */
	bool stepping;      /* a query is open */
	struct stmt *newer; /* neighbours in the db's list */
	struct stmt *older;
};

struct db {
	sqlite3 *handle;
	enum db_role role;
	char path[FILE_PATH_MAX];
	struct stmt *statements;     /* newest first */
	struct stmt *own[OWN_COUNT]; /* prepared when first needed */
	bool may_commit;             /* inside db_commit */
};

/*
 * The first column of the first row, as text; "" when there is none.  For
 * questions that may fail: the result is db_open_rc's.
 */
MUST_USE enum rc db_ask(struct db *db, const char *sql, char *answer,
    size_t size);

/* What a failure means while nothing has been promised yet. */
enum rc db_open_rc(struct db *db, int code);

/* Errors that no disk can cause: wrong SQL, wrong use. */
bool db_is_our_bug(int code);

/* End the process: our bug, or the ground. */
__attribute__((noreturn)) void db_failed(struct db *db, const char *doing,
    const char *sql);

#endif
