/*
 * cli_table - rows for people: columns as wide as what stands in them, wide
 * characters counted as two.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"

enum { CELL_BYTES_MAX = 6 * CLI_CELL_COLUMNS_MAX };

struct cells {
	char *text[CLI_COLUMNS_MAX];
};

struct cli_table {
	struct cells *rows;
	size_t count, room;
	size_t columns;			/* in the widest row */
	size_t widths[CLI_COLUMNS_MAX]; /* on the screen */
};

struct cli_table *
cli_table_new(void)
{
	return memory_new(1, sizeof(struct cli_table));
}

/* One line of at most CLI_CELL_COLUMNS_MAX columns; "…" where it is cut. */
static char *
fit_cell(const char *text)
{
	static const char more[] = "…";
	struct span all = span_of_text(text);
	const uint8_t *at = all.at, *end = all.at + all.size;
	char *cell = memory_new(CELL_BYTES_MAX + sizeof(more) + 1, 1);
	size_t used = 0, columns = 0;

	if (!text_is_utf8(all))
		return cell;
	while (at < end) {
		const uint8_t *from = at;
		uint32_t point = text_next(&at, end);
		size_t size = (size_t)(at - from);
		size_t wide = text_columns(span_of(from, size));

		if (columns + wide >= CLI_CELL_COLUMNS_MAX ||
		    used + size > CELL_BYTES_MAX) {
			memcpy(cell + used, more, sizeof(more));
			break;
		}
		memcpy(cell + used, from, size);
		if (point < ' ')
			cell[used] = ' ';
		used += size;
		columns += wide;
	}
	return cell;
}

void
cli_table_row(struct cli_table *t, const char *const cells[])
{
	struct cells *row;

	if (t->count == t->room) {
		t->room = t->room * 2 + 16;
		t->rows = memory_grow(t->rows, t->room, sizeof(*t->rows));
	}
	row = &t->rows[t->count++];
	*row = (struct cells){ 0 };
	for (size_t i = 0; cells[i] != NULL; i++) {
		size_t width;

		CHECK(i < CLI_COLUMNS_MAX);
		row->text[i] = fit_cell(cells[i]);
		width = text_columns(span_of_text(row->text[i]));
		if (width > t->widths[i])
			t->widths[i] = width;
		if (i + 1 > t->columns)
			t->columns = i + 1;
	}
}

size_t
cli_table_count(const struct cli_table *t)
{
	return t->count;
}

static void
print_row(const struct cli_table *t, const struct cells *row, FILE *to)
{
	for (size_t i = 0; i < t->columns; i++) {
		const char *text = row->text[i] != NULL ? row->text[i] : "";
		size_t width = text_columns(span_of_text(text));

		(void)fputs(text, to);
		if (i + 1 == t->columns)
			break;
		for (; width < t->widths[i] + 2; width++)
			(void)fputc(' ', to);
	}
	(void)fputc('\n', to);
}

void
cli_table_print(const struct cli_table *t, FILE *to)
{
	for (size_t i = 0; i < t->count; i++) {
		print_row(t, &t->rows[i], to);
		if (i > 0)
			continue;
		for (size_t c = 0; c < t->columns; c++) {
			for (size_t w = 0; w < t->widths[c]; w++)
				(void)fputc('-', to);
			(void)fputs(c + 1 < t->columns ? "  " : "\n", to);
		}
	}
}

void
cli_table_free(struct cli_table *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->count; i++) {
		for (size_t c = 0; c < CLI_COLUMNS_MAX; c++)
			free(t->rows[i].text[c]);
	}
	free(t->rows);
	free(t);
}

/* "2026-03-01T09:30:00.000+08:00" -> "2026-03-01 09:30" */
static const char *
shorten(const char *time, char out[static CLI_TIME_MAX + 1])
{
	if (strlen(time) < CLI_TIME_MAX) {
		memcpy(out, "-", 2);
		return out;
	}
	memcpy(out, time, CLI_TIME_MAX);
	out[CLI_TIME_MAX] = '\0';
	out[10] = ' ';
	return out;
}

const char *
cli_time(int64_t wall_ms, char out[static CLI_TIME_MAX + 1])
{
	char text[CLOCK_TEXT_MAX + 1] = "";

	if (wall_ms != 0)
		clock_format(wall_ms, text);
	return shorten(text, out);
}

const char *
cli_time_text(const json_t *time, char out[static CLI_TIME_MAX + 1])
{
	const char *text = json_string_value(time);

	return shorten(text != NULL ? text : "", out);
}
