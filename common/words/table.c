/*
 * table - a list for a terminal, no wider than that.
 *
 * All cells are kept in one buffer until the table is printed, since a column's
 * width is known only then; the widest columns give way first.
 */
#include "words/table.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "words/columns.h"

static const char between[] = "  ";
static const char ellipsis[] = "…";

/* A cell's text inside `texts`. */
struct cell {
	size_t start, size;
};

struct table {
	size_t columns;
	bool is_right[TABLE_COLUMNS_MAX];
	struct buffer texts; /* of all cells, one after the other */
	struct cell *cells;  /* the headers first */
	size_t cell_count, cell_capacity;
};

struct table *
table_new(const char *const headers[])
{
	struct table *t = memory_new(1, sizeof(*t));
	size_t columns = 0;

	while (headers[columns] != NULL)
		columns++;
	CHECK(columns >= 1 && columns <= TABLE_COLUMNS_MAX);
	t->columns = columns;
	for (size_t i = 0; i < columns; i++)
		table_text(t, headers[i]);
	return t;
}

void
table_free(struct table *table)
{
	if (table == NULL)
		return;
	buffer_clear(&table->texts);
	free(table->cells);
	free(table);
}

void
table_right(struct table *table, size_t column)
{
	CHECK(column < table->columns);
	table->is_right[column] = true;
}

/* Cut what stands in `texts` from `start`. */
static void
cut(struct buffer *texts, size_t start)
{
	struct span cell;

	if (texts->size == start)
		return;
	cell = span_of(texts->at + start, texts->size - start);
	if (text_columns(cell) <= TABLE_CELL_MAX)
		return;
	texts->size = start + columns_fit(cell, TABLE_CELL_MAX - 1);
	CHECK(buffer_append(texts, span_of_text(ellipsis)) == RC_OK);
}

void
table_text(struct table *table, const char *text)
{
	size_t start = table->texts.size;
	enum rc rc = columns_safe(span_of_text(text), &table->texts);

	CHECK(rc == RC_OK);
	cut(&table->texts, start);
	if (table->cell_count == table->cell_capacity) {
		table->cell_capacity =
		    2 * table->cell_capacity + table->columns;
		table->cells = memory_grow(table->cells, table->cell_capacity,
		    sizeof(*table->cells));
	}
	table->cells[table->cell_count++] =
	    (struct cell){ start, table->texts.size - start };
}

void
table_row(struct table *table, const char *const cells[])
{
	size_t count = 0;

	for (; cells[count] != NULL; count++)
		table_text(table, cells[count]);
	CHECK(count == table->columns);
}

static struct span
cell_text(const struct table *t, size_t index)
{
	const struct cell *c = &t->cells[index];

	return span_of(c->size > 0 ? t->texts.at + c->start
				   : (const uint8_t *)"",
	    c->size);
}

static size_t
total(const struct table *t, const size_t widths[])
{
	size_t sum = (t->columns - 1) * (sizeof(between) - 1);

	for (size_t i = 0; i < t->columns; i++)
		sum += widths[i];
	return sum;
}

/* The widest columns give way until all fit, or nothing more can. */
static void
choose_widths(const struct table *t, size_t width,
    size_t widths[static TABLE_COLUMNS_MAX])
{
	for (size_t i = 0; i < t->columns; i++)
		widths[i] = 0;
	for (size_t i = 0; i < t->cell_count; i++) {
		size_t columns = text_columns(cell_text(t, i));
		size_t *widest = &widths[i % t->columns];

		if (width > 0 && columns > width)
			columns = width;
		if (columns > *widest)
			*widest = columns;
	}
	while (width > 0 && total(t, widths) > width) {
		size_t widest = 0;

		for (size_t i = 1; i < t->columns; i++) {
			if (widths[i] > widths[widest])
				widest = i;
		}
		if (widths[widest] <= TABLE_COLUMN_MIN)
			break;
		widths[widest]--;
	}
}

/* The text, cut to `width`; in `used` the columns that it takes. */
static enum rc
print_cut(struct span text, size_t width, struct buffer *out, size_t *used)
{
	enum rc rc;

	*used = text_columns(text);
	if (*used <= width)
		return text.size > 0 ? buffer_append(out, text) : RC_OK;
	text.size = columns_fit(text, width - 1);
	*used = text_columns(text) + 1;
	rc = text.size > 0 ? buffer_append(out, text) : RC_OK;
	return rc == RC_OK ? buffer_append(out, span_of_text(ellipsis)) : rc;
}

static enum rc
print_cell(const struct table *t, size_t index, size_t width,
    struct buffer *out)
{
	size_t column = index % t->columns, used;
	struct span text = cell_text(t, index);
	bool is_last = column == t->columns - 1;
	size_t columns = text_columns(text);
	enum rc rc = RC_OK;

	if (t->is_right[column] && columns < width)
		rc = columns_repeat(" ", width - columns, out);
	if (rc == RC_OK)
		rc = print_cut(text, width, out, &used);
	if (rc != RC_OK || is_last)
		return rc;
	if (!t->is_right[column] && used < width)
		rc = columns_repeat(" ", width - used, out);
	return rc == RC_OK ? buffer_append(out, span_of_text(between)) : rc;
}

static enum rc
print_row(const struct table *t, size_t first, const size_t widths[],
    struct buffer *out)
{
	for (size_t i = 0; i < t->columns; i++) {
		enum rc rc = print_cell(t, first + i, widths[i], out);

		if (rc != RC_OK)
			return rc;
	}
	return buffer_append(out, span_of_text("\n"));
}

enum rc
table_print(const struct table *table, size_t width, struct buffer *out)
{
	size_t widths[TABLE_COLUMNS_MAX];
	enum rc rc;

	CHECK(table->cell_count % table->columns == 0);
	choose_widths(table, width, widths);
	rc = print_row(table, 0, widths, out);
	if (rc == RC_OK)
		rc = columns_repeat("─", total(table, widths), out);
	if (rc == RC_OK)
		rc = buffer_append(out, span_of_text("\n"));
	for (size_t i = table->columns; rc == RC_OK && i < table->cell_count;
	     i += table->columns)
		rc = print_row(table, i, widths, out);
	return rc;
}

size_t
table_terminal_columns(int fd)
{
	struct winsize size = { 0 };

	if (isatty(fd) == 0 || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}
