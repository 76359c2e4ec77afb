/*
 * floor - what this machine's disk and SQLite allow at best.
 *
 *	floor DIR [--records N] [--rows-per-commit N]
 *
 * One table with the columns of the register's petitions and two indexes,
 * 600-byte rows, prepared eight-row inserts, every commit on disk: no
 * network, no journal, no tree, no protobuf.  Prints one JSON object with
 * the records per second, and the median of an fdatasync after a 4 KiB
 * append in the same directory.  Benchmarks of the relay are told as ratios
 * to this, because the ratio survives a change of machine.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "mech/db.h"

enum {
	OFFICES = 8,
	ROWS_AT_ONCE = 8,
	TEXT_BYTES = 330, /* with the other columns: about 600 */
	SYNCS = 200,
	MEDIAN = SYNCS / 2,
	SYNC_BYTES = 4096,
	US_PER_S = 1000000,
};

static const char *const steps[] = {
	"CREATE TABLE petition (position INTEGER PRIMARY KEY,"
	" item TEXT NOT NULL, office TEXT NOT NULL,"
	" incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,"
	" channel TEXT NOT NULL, purpose TEXT NOT NULL,"
	" legal_class TEXT NOT NULL, category TEXT NOT NULL,"
	" level TEXT NOT NULL, state TEXT NOT NULL, heads INTEGER NOT NULL,"
	" responsible TEXT NOT NULL, claimed_ms INTEGER NOT NULL,"
	" recorded_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,"
	" subject TEXT NOT NULL, text TEXT NOT NULL, place TEXT NOT NULL,"
	" source TEXT NOT NULL, source_ref TEXT NOT NULL, person_key BLOB,"
	" person_key_version INTEGER NOT NULL, query_hash BLOB,"
	" sealed_identity BLOB, seal_year INTEGER NOT NULL,"
	" earlier_item TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;"
	"CREATE INDEX petition_item ON petition (item);"
	"CREATE INDEX petition_office_time ON petition (office, recorded_ms);",
};

#define ROW                                                                    \
	"(?, ?, ?, 1767225600, ?, 'WX', 'QJ', 'C6', '03', 'D', 'REG', 1, ?,"   \
	" ?, ?, ?, ?, ?, '', 'bench', ?, NULL, 0, NULL, NULL, 0, '', ?)"

static void
bind_row(struct stmt *s, int64_t i, const char *text)
{
	static const uint8_t leaf[32] = { 1 };
	char office[16], item[40], ref[24];
	int64_t at_ms = 1767225600000 + i;

	CHECK(text_format(office, sizeof(office), "9901%02d",
		  (int)(i % OFFICES) + 1) == RC_OK);
	CHECK(text_format(item, sizeof(item), "%s-2026-%06lld-7QK", office,
		  (long long)(i / OFFICES)) == RC_OK);
	CHECK(text_format(ref, sizeof(ref), "%lld", (long long)i) == RC_OK);
	db_bind_i64(s, i + 1);
	db_bind_text(s, item);
	db_bind_text(s, office);
	db_bind_i64(s, i / OFFICES + 1);
	db_bind_text(s, office);
	db_bind_i64(s, at_ms);
	db_bind_i64(s, at_ms);
	db_bind_i64(s, at_ms);
	db_bind_text(s, "bench: a street lamp that has been dark for weeks");
	db_bind_span_text(s, span_of_text(text));
	db_bind_text(s, ref);
	db_bind_span(s, span_of(leaf, sizeof(leaf)));
}

static double
measure_rows(const char *dir, int64_t records, int64_t rows_per_commit)
{
	static const struct db_schema schema = { steps, 1 };
	char path[FILE_PATH_MAX], text[TEXT_BYTES + 1];
	struct db *db;
	struct stmt *insert;
	int64_t start_us;

	file_join(path, dir, "floor.db");
	(void)unlink(path);
	CHECK(db_open(path, DB_LEDGER, &schema, &db) == RC_OK);
	insert =
	    db_prepare(db, "INSERT INTO petition VALUES" ROW "," ROW "," ROW
			   "," ROW "," ROW "," ROW "," ROW "," ROW);
	memset(text, 'x', TEXT_BYTES);
	text[TEXT_BYTES] = '\0';
	start_us = clock_steady_us();
	db_begin(db);
	for (int64_t i = 0; i < records; i += ROWS_AT_ONCE) {
		for (int k = 0; k < ROWS_AT_ONCE; k++)
			bind_row(insert, i + k, text);
		CHECK(db_run(insert) == RC_OK);
		if ((i + ROWS_AT_ONCE) % rows_per_commit == 0) {
			db_commit(db);
			db_begin(db);
		}
	}
	db_commit(db);
	start_us = clock_steady_us() - start_us;
	db_close(db);
	(void)unlink(path);
	return (double)records * US_PER_S / (double)start_us;
}

static int
by_size(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static double
measure_sync_ms(const char *dir)
{
	static const uint8_t block[SYNC_BYTES];
	char path[FILE_PATH_MAX];
	int64_t took_us[SYNCS];
	int fd;

	file_join(path, dir, "floor.sync");
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(fd >= 0);
	for (int i = 0; i < SYNCS; i++) {
		int64_t start_us = clock_steady_us();

		CHECK(write(fd, block, sizeof(block)) == sizeof(block));
		CHECK(fdatasync(fd) == 0);
		took_us[i] = clock_steady_us() - start_us;
	}
	(void)close(fd);
	(void)unlink(path);
	qsort(took_us, SYNCS, sizeof(*took_us), by_size);
	return (double)took_us[MEDIAN] / 1000;
}

int
main(int argc, char **argv)
{
	int64_t records = 100000, rows_per_commit = 10000;
	double sync_ms;

	for (int i = 2; i + 1 < argc; i += 2) {
		int64_t *to = strcmp(argv[i], "--records") == 0
				  ? &records
				  : &rows_per_commit;

		if (number_parse(argv[i + 1], ROWS_AT_ONCE, 100000000, to) !=
		    RC_OK)
			return EXIT_USAGE;
	}
	if (argc < 2 || rows_per_commit % ROWS_AT_ONCE != 0) {
		(void)fprintf(stderr,
		    "usage: floor DIR [--records N] [--rows-per-commit N]\n");
		return EXIT_USAGE;
	}
	records -= records % ROWS_AT_ONCE;
	sync_ms = measure_sync_ms(argv[1]);
	(void)
	    printf("{\"floor_records_per_s\": %.0f, \"fsync_p50_ms\": %.3f}\n",
		measure_rows(argv[1], records, rows_per_commit), sync_ms);
	return EXIT_DONE;
}
