/*
 * table - lists for people at a terminal.
 *
 *	t = table_new(SAY_ARGS("Office", "State", "Unsent"));
 *	table_right(t, 2);
 *	table_text(t, "420106"); table_text(t, "down"); table_text(t, "17");
 *	rc = table_print(t, table_terminal_columns(1), out);
 *
 * Columns are as wide as their widest cell; a cell is one line and is cut at
 * TABLE_CELL_MAX.  Where the terminal is narrower, the widest columns give
 * way, too.  What does not fit ends in an ellipsis.
 *
 * Belongs to one thread.
 */
#ifndef WORDS_TABLE_H
#define WORDS_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

enum {
	TABLE_COLUMNS_MAX = 24,
	TABLE_COLUMN_MIN = 4, /* narrower than this nothing is cut */
	TABLE_CELL_MAX = 60,  /* columns of the screen */
};

struct table;

/* `headers` ends with NULL and is copied.  Release with table_free. */
struct table *table_new(const char *const headers[]);
void table_free(struct table *table);

/* Align a column (from 0) to the right: numbers. */
void table_right(struct table *table, size_t column);

/* The next cell, from left to right, row by row; copied, made safe. */
void table_text(struct table *table, const char *text);
/* A whole row; `cells` ends with NULL. */
void table_row(struct table *table, const char *const cells[]);

/*
 * Append header, rule and rows to `out`, each line at most `width` columns
 * (0: no limit).  The last row must be complete.  RC_TOO_BIG: out's limit.
 */
MUST_USE enum rc table_print(const struct table *table, size_t width,
    struct buffer *out);

/* Columns of the terminal behind `fd`; 0 when it is none. */
size_t table_terminal_columns(int fd);

#endif
