/*
 * Before the first promise a failure is an answer (enum rc), not the end: the
 * file may be somebody else's, damaged, or from a newer version.  The two
 * settings that durability rests on are read back, since SQLite ignores a
 * PRAGMA that it cannot follow.  A commit hook refuses every commit that is
 * not db_commit's.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/db_internal.h"

enum {
	BUSY_TIMEOUT_MS = 2000,
	FILE_MODE = 0600,
};

/* Settings of a writer; 4096 pages of 8 KiB are 32 MiB of WAL. */
static const char writer_settings[] = "PRAGMA page_size = 8192;"
				      "PRAGMA wal_autocheckpoint = 4096;"
				      "PRAGMA journal_size_limit = -1;"
				      "PRAGMA secure_delete = OFF;"
				      "PRAGMA temp_store = MEMORY;"
				      "PRAGMA cache_size = -16384;"
				      "PRAGMA foreign_keys = OFF;"
				      "PRAGMA mmap_size = 0;";

static const char reader_settings[] = "PRAGMA query_only = ON;"
				      "PRAGMA wal_autocheckpoint = 0;"
				      "PRAGMA temp_store = MEMORY;"
				      "PRAGMA cache_size = -4096;"
				      "PRAGMA mmap_size = 0;";

static void
configure_library(void)
{
	/* Refused when a test's VFS came first; then it only costs time. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool
is_memory(const struct db *db)
{
	return strcmp(db->path, ":memory:") == 0;
}

/*
 * Make the file ourselves, so that it (and the WAL, which copies its mode) is
 * never readable by others.  An existing file must not be opened here:
 * closing it would drop the locks of this process's other connections.
 */
static enum rc
make_file(const struct db *db)
{
	int fd;

	if (is_memory(db))
		return RC_OK;
	fd = open(db->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	if (fd >= 0) {
		(void)close(fd);
	} else if (errno == ENOSPC || errno == EDQUOT) {
		return RC_FULL;
	} else if (errno != EEXIST) {
		return RC_DENIED;
	}
	return RC_OK;
}

/* A commit that did not come through db_commit is undone and reported. */
static int
refuse_stray_commit(void *context)
{
	const struct db *db = context;

	return db->may_commit ? 0 : 1;
}

static enum rc
open_handle(struct db *db)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	bool reads = db->role == DB_READER;
	int code;

	flags |= reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	code = sqlite3_open_v2(db->path, &db->handle, flags, NULL);
	if (db->handle == NULL)
		fatal("out of memory");
	if (code != SQLITE_OK)
		return db_open_rc(db, code);
	(void)sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
	    (int)reads, NULL);
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* "x" is a column or an error, never a string by accident. */
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (!reads && sqlite3_db_readonly(db->handle, "main") != 0)
		return RC_DENIED;
	return RC_OK;
}

static enum rc
execute(struct db *db, const char *sql)
{
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	if (db_is_our_bug(code))
		db_failed(db, "set up the file", sql);
	return db_open_rc(db, code);
}

static enum rc
read_version(struct db *db, size_t *version)
{
	char answer[DB_ANSWER_MAX];
	/* Reading the schema is what finds a file that is no database. */
	enum rc rc = db_ask(db, "SELECT count(*) FROM sqlite_schema", answer,
	    sizeof(answer));

	if (rc == RC_OK)
		rc = db_ask(db, "PRAGMA user_version", answer, sizeof(answer));
	if (rc == RC_OK)
		*version = (size_t)strtoul(answer, NULL, 10);
	return rc;
}

/* Set, then read back: a setting that did not take is a promise broken. */
static enum rc
choose_durability(struct db *db)
{
	bool is_ledger = db->role == DB_LEDGER;
	char mode[DB_ANSWER_MAX];
	char level[DB_ANSWER_MAX];
	enum rc rc =
	    db_ask(db, "PRAGMA journal_mode = WAL", mode, sizeof(mode));

	if (rc == RC_OK) {
		rc = execute(db, is_ledger ? "PRAGMA synchronous = FULL"
					   : "PRAGMA synchronous = NORMAL");
	}
	if (rc == RC_OK)
		rc = db_ask(db, "PRAGMA synchronous", level, sizeof(level));
	if (rc != RC_OK)
		return rc;
	CHECK(strcmp(level, is_ledger ? "2" : "1") == 0);
	if (strcmp(mode, is_memory(db) ? "memory" : "wal") != 0) {
		log_error("db=%s event=no_wal mode=%s", db->path, mode);
		return RC_DENIED;
	}
	return RC_OK;
}

static enum rc
run_step(struct db *db, const char *sql, size_t version)
{
	char set_version[64];
	enum rc rc;

	if (text_format(set_version, sizeof(set_version),
		"PRAGMA user_version = %zu", version) != RC_OK)
		return RC_DAMAGED;
	rc = execute(db, "BEGIN IMMEDIATE");
	if (rc == RC_OK)
		rc = execute(db, sql);
	if (rc == RC_OK)
		rc = execute(db, set_version);
	if (rc == RC_OK)
		rc = execute(db, "COMMIT");
	return rc;
}

static enum rc
migrate(struct db *db, const struct db_schema *schema)
{
	size_t version = 0;
	enum rc rc = read_version(db, &version);

	if (rc != RC_OK || schema == NULL)
		return rc;
	if (version > schema->steps_count)
		return RC_TOO_NEW;
	if (db->role == DB_READER)
		return version == schema->steps_count ? RC_OK : RC_NONE;
	for (; version < schema->steps_count && rc == RC_OK; version++)
		rc = run_step(db, schema->steps[version], version + 1);
	return rc;
}

static enum rc
prepare_file(struct db *db, const struct db_schema *schema)
{
	size_t version;
	bool reads = db->role == DB_READER;
	enum rc rc;

	if (reads && !file_exists(db->path))
		return RC_NONE;
	rc = reads ? RC_OK : make_file(db);
	if (rc == RC_OK)
		rc = open_handle(db);
	if (rc == RC_OK)
		rc = execute(db, reads ? reader_settings : writer_settings);
	/* Look before journal_mode writes: damaged files stay untouched. */
	if (rc == RC_OK && !reads)
		rc = read_version(db, &version);
	if (rc == RC_OK && !reads)
		rc = choose_durability(db);
	if (rc == RC_OK)
		rc = migrate(db, schema);
	return rc;
}

enum rc
db_open(const char *path, enum db_role role, const struct db_schema *schema,
    struct db **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct db *db = memory_new(1, sizeof(*db));
	enum rc rc;

	*out = NULL;
	(void)pthread_once(&once, configure_library);
	db->role = role;
	if (text_copy(db->path, sizeof(db->path), path) != RC_OK)
		fatal("the path %s is too long", path);
	rc = prepare_file(db, schema);
	if (rc != RC_OK) {
		if (rc == RC_DAMAGED || rc == RC_DENIED) {
			log_warn("db=%s event=open_failed reason=\"%s\"", path,
			    db->handle != NULL ? sqlite3_errmsg(db->handle)
					       : strerrorname_np(errno));
		}
		db_close(db);
		return rc;
	}
	(void)sqlite3_commit_hook(db->handle, refuse_stray_commit, db);
	*out = db;
	return RC_OK;
}

void
db_remove_file(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	char file[FILE_PATH_MAX + sizeof("-wal")];

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		if (text_format(file, sizeof(file), "%s%s", path, tails[i]) ==
		    RC_OK)
			(void)unlink(file);
	}
}
