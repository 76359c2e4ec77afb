/*
 * Goal of this test: whatever the disk refuses, a commit that db_commit
 * returned from is kept whole, and nothing is kept in part.
 *
 * A VFS over the real one refuses the Nth write, sync or truncation and all
 * that follow, for N = 1, 2, .. until a run has nothing left to refuse.  Each
 * run ends where the process would; then the files are opened anew on a sound
 * disk.
 */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "mech/db.h"

enum {
	TRANSACTIONS = 6,
	ROWS_EACH = 40,
	FAULTS_MAX = 5000,
};

enum fault { NO_SPACE, BROKEN, TORN, FAULT_COUNT };

static const char *const steps[] = {
	"CREATE TABLE row (turn INTEGER NOT NULL, body BLOB NOT NULL) STRICT;"
	"CREATE INDEX row_turn ON row (turn);",
};
static const struct db_schema schema = { steps, 1 };

/* -- a disk that fails -- */

struct fault_file {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct in memory */
};

static sqlite3_vfs fault_vfs;
static sqlite3_vfs *real_vfs;
static sqlite3_io_methods fault_methods;
static enum fault fault;
static int operations_left; /* until the first refusal; -1: sound */
static bool is_refused;

static sqlite3_file *
real_of(sqlite3_file *file)
{
	return ((struct fault_file *)(void *)file)->real;
}

static bool
is_refusing(void)
{
	if (operations_left < 0)
		return false;
	if (operations_left > 0) {
		operations_left--;
		return false;
	}
	is_refused = true;
	return true;
}

static int
write_part(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
	sqlite3_file *real = real_of(file);

	if (!is_refusing())
		return real->pMethods->xWrite(real, bytes, size, at);
	if (fault == TORN && size > 1)
		(void)real->pMethods->xWrite(real, bytes, size / 2, at);
	return fault == NO_SPACE ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
sync_file(sqlite3_file *file, int flags)
{
	sqlite3_file *real = real_of(file);

	if (is_refusing())
		return SQLITE_IOERR_FSYNC;
	return real->pMethods->xSync(real, flags);
}

static int
truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(file);

	if (is_refusing())
		return SQLITE_IOERR_TRUNCATE;
	return real->pMethods->xTruncate(real, size);
}

static int
close_file(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int
read_part(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
	return real_of(file)->pMethods->xRead(real_of(file), out, size, at);
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int
lock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int
unlock(sqlite3_file *file, int level)
{
	return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int
check_lock(sqlite3_file *file, int *out)
{
	return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int
control(sqlite3_file *file, int op, void *arg)
{
	return real_of(file)->pMethods->xFileControl(real_of(file), op, arg);
}

static int
sector_size(sqlite3_file *file)
{
	return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int
traits(sqlite3_file *file)
{
	return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int
shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
	return real_of(file)->pMethods->xShmMap(real_of(file), page, size,
	    extend, out);
}

static int
shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return real_of(file)->pMethods->xShmLock(real_of(file), offset, n,
	    flags);
}

static void
shm_barrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int
shm_unmap(sqlite3_file *file, int delete)
{
	return real_of(file)->pMethods->xShmUnmap(real_of(file), delete);
}

static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
    int *out_flags)
{
	struct fault_file *f = (struct fault_file *)(void *)file;
	int code;

	(void)vfs;
	f->real = (sqlite3_file *)(void *)(f + 1);
	code = real_vfs->xOpen(real_vfs, name, f->real, flags, out_flags);
	f->base.pMethods = code == SQLITE_OK ? &fault_methods : NULL;
	return code;
}

static void
install_disk(void)
{
	fault_methods = (sqlite3_io_methods){ .iVersion = 2,
		.xClose = close_file,
		.xRead = read_part,
		.xWrite = write_part,
		.xTruncate = truncate_file,
		.xSync = sync_file,
		.xFileSize = file_size,
		.xLock = lock,
		.xUnlock = unlock,
		.xCheckReservedLock = check_lock,
		.xFileControl = control,
		.xSectorSize = sector_size,
		.xDeviceCharacteristics = traits,
		.xShmMap = shm_map,
		.xShmLock = shm_lock,
		.xShmBarrier = shm_barrier,
		.xShmUnmap = shm_unmap };
	real_vfs = sqlite3_vfs_find(NULL);
	fault_vfs = *real_vfs;
	fault_vfs.zName = "fault";
	fault_vfs.szOsFile =
	    (int)sizeof(struct fault_file) + real_vfs->szOsFile;
	fault_vfs.xOpen = open_file;
	assert_int_equal(sqlite3_vfs_register(&fault_vfs, 1), SQLITE_OK);
}

/* -- runs -- */

static char folder[FILE_PATH_MAX];
static char path[FILE_PATH_MAX];
static jmp_buf ground;
static struct db *db;
static int committed;        /* transactions that db_commit returned from */
static bool is_nothing_more; /* so the last sentence said */

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static void
end_of_process(const char *sentence)
{
	assert_non_null(strstr(sentence, path));
	is_nothing_more = strstr(sentence, "nothing of the open") != NULL;
	longjmp(ground, 1);
}

static void
remove_files(void)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char one[FILE_PATH_MAX + 16];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		(void)snprintf(one, sizeof(one), "%s%s", path, ends[i]);
		(void)unlink(one);
	}
}

static void
write_turn(struct stmt *insert, int turn)
{
	static const uint8_t body[600] = { 1 };

	for (int i = 0; i < ROWS_EACH; i++) {
		db_bind_i64(insert, turn);
		db_bind_span(insert, span_of(body, sizeof(body)));
		assert_int_equal(db_run(insert), RC_OK);
	}
}

static void
run_until_refused(void)
{
	struct stmt *insert;
	enum rc rc = db_open(path, DB_LEDGER, &schema, &db);

	if (rc != RC_OK) {
		assert_null(db);
		/* A broken write is no reason to call the file damaged ... */
		assert_true(rc == RC_FULL || rc == RC_DAMAGED);
		/* ... but an honest lack of space is told as such. */
		return;
	}
	insert = db_prepare(db, "INSERT INTO row VALUES (?, ?)");
	for (int turn = 0; turn < TRANSACTIONS; turn++) {
		db_begin(db);
		write_turn(insert, turn);
		db_commit(db);
		committed = turn + 1;
	}
}

/* What a fresh start finds: turns 0..n-1, each whole, n >= committed. */
static void
check_what_is_kept(void)
{
	struct stmt *s;
	int turns = 0;

	assert_int_equal(db_open(path, DB_LEDGER, &schema, &db), RC_OK);
	assert_int_equal(db_check(db), RC_OK);
	s = db_prepare(db, "SELECT turn, count(*) FROM row GROUP BY turn");
	for (; db_next(s); turns++) {
		assert_int_equal(db_column_i64(s, 0), turns);
		assert_int_equal(db_column_i64(s, 1), ROWS_EACH);
	}
	assert_true(turns >= committed);
	assert_true(turns <= committed + (is_nothing_more ? 0 : 1));
	db_close(db);
}

/* One run that is refused from operation `n` on; false: it was not. */
static bool
run(enum fault kind, int n)
{
	fault = kind;
	is_refused = false;
	is_nothing_more = false;
	committed = 0;
	db = NULL;
	remove_files();
	operations_left = n;
	if (setjmp(ground) == 0)
		run_until_refused();
	/* Closing would write; a process that ends does not. */
	db_close(db);
	operations_left = -1;
	check_what_is_kept();
	return is_refused;
}

static void
try_all(enum fault kind)
{
	int n = 0;

	while (run(kind, n)) {
		n++;
		assert_true(n < FAULTS_MAX);
	}
	/* Refused at every place that there is, and whole without refusal. */
	assert_true(n > TRANSACTIONS);
	assert_int_equal(committed, TRANSACTIONS);
}

TEST(test_a_full_disk_keeps_whole_transactions)
{
	(void)state;
	try_all(NO_SPACE);
}

TEST(test_a_broken_disk_keeps_whole_transactions)
{
	(void)state;
	try_all(BROKEN);
}

TEST(test_a_torn_write_keeps_whole_transactions)
{
	(void)state;
	try_all(TORN);
}

TEST_FIRST()
{
	(void)alarm(170);
	log_set_sink(quiet);
	(void)snprintf(folder, sizeof(folder), "/tmp/db_fault.XXXXXX");
	assert_non_null(mkdtemp(folder));
	file_join(path, folder, "a.db");
	db_on_ground_failure = end_of_process;
	install_disk();
}

TEST_LAST()
{
	remove_files();
	(void)rmdir(folder);
}
