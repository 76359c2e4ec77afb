/*
 * csv_file - the rows of a CSV file, one by one, whatever the file is like.
 *
 * Bytes are read in steps of 64 KiB, brought to UTF-8, and split by libcsv
 * (RFC 4180, lenient: a quote inside a quoted cell need not be doubled).
 * Memory is bounded by the limits below, whatever the size of the file.
 *
 * Charset: a byte order mark decides; else the first MiB does: UTF-8 when at
 * least nine in ten of its multi-byte sequences are good UTF-8, otherwise
 * GB18030 (which GBK and GB2312 are part of).  A row with a byte that is no
 * text makes that row refused, never the file.
 *
 * A quote that is never closed would swallow the rest of the file.  When a
 * row outgrows its limit, or the file ends inside one, that row is refused
 * and reading goes on at the line below the one where it began; so one slip
 * costs one row.  After CSV_FILE_REREADS_MAX of these the rest is not tried
 * again line by line, so that a file made of quotes cannot cost hours.
 *
 * Invariants:
 *   1. every row's first line number is larger than the one before;
 *   2. at most CSV_FILE_ROW_BYTES_MAX + 2 steps of text are held.
 *
 * Belongs to one thread.
 */
#ifndef IMPORT_CSV_FILE_H
#define IMPORT_CSV_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

enum {
	CSV_FILE_COLUMNS_MAX = 256,
	CSV_FILE_CELL_BYTES_MAX = 256 * 1024,
	CSV_FILE_ROW_BYTES_MAX = 1024 * 1024,
	CSV_FILE_REREADS_MAX = 100,
};

enum csv_file_charset { CSV_FILE_AUTO, CSV_FILE_UTF8, CSV_FILE_GB18030 };

enum csv_file_problem {
	CSV_FILE_FINE,
	CSV_FILE_OPEN_QUOTE,   /* the file ends inside a quoted cell */
	CSV_FILE_ROW_TOO_BIG,  /* over CSV_FILE_ROW_BYTES_MAX */
	CSV_FILE_CELL_TOO_BIG, /* over CSV_FILE_CELL_BYTES_MAX */
	CSV_FILE_COLUMNS,      /* more than CSV_FILE_COLUMNS_MAX */
	CSV_FILE_NOT_TEXT,     /* bytes that are no text in this charset */
};

struct csv_file_format {
	enum csv_file_charset charset;
	char delimiter;
};

/* The cells live until the next call.  A refused row has none. */
struct csv_file_row {
	uint64_t line;      /* of the file, from 1, where the row begins */
	uint64_t last_line; /* cells may hold newlines */
	size_t count;
	const struct span *cells;
	enum csv_file_problem problem;
};

struct csv_file;

/*
 * RC_NONE: no such file.  RC_DENIED: not readable, or not a plain file.
 * RC_MALFORMED: UTF-16 or a workbook: not a CSV file.
 */
MUST_USE enum rc csv_file_open(const char *path,
    const struct csv_file_format *format, struct csv_file **out);

/*
 * RC_OK: a row.  RC_MALFORMED: a row that is refused, see row->problem.
 * RC_NONE: the end.  RC_DAMAGED: the disk gives no more of the file.
 * Lines with nothing in them are passed over.
 */
MUST_USE enum rc csv_file_next(struct csv_file *file, struct csv_file_row *row);

/* What CSV_FILE_AUTO came to. */
enum csv_file_charset csv_file_charset(const struct csv_file *file);

/* Bytes of the file worked through, and its size when it was opened. */
uint64_t csv_file_bytes_done(const struct csv_file *file);
uint64_t csv_file_bytes_total(const struct csv_file *file);

/* NULL is fine. */
void csv_file_close(struct csv_file *file);

#endif
