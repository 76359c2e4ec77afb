/*
 * import_read - the file and its cells.
 *
 * Opens the table, matches the titles of its header with what the map names
 * (the same title twice is found by its order), and gives each row to the parts
 * that make an arrival (import_read_fields.c) and its moves
 * (import_read_moves.c) of it.  A bad row is told and passed over; only a file
 * that is none ends the reading.
 */
#include "import/import_read.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "import/import_read_internal.h"

/* --- opening --- */

static enum rc
fail(const struct import_reader *r, struct import_fault *fault, enum rc rc,
    enum say id, const char *const args[])
{
	say_to(fault->sentence, sizeof(fault->sentence), r->map->language, id,
	    args);
	return rc;
}

static enum rc
open_rows(struct import_reader *r, const char *path, struct import_fault *fault)
{
	enum rc rc = csv_file_open(path, import_map_format(r->map), &r->file);

	if (rc == RC_NONE)
		return fail(r, fault, rc, SAY_TABLE_NONE, SAY_ARGS(path));
	if (rc == RC_MALFORMED) {
		return fail(r, fault, rc, SAY_TABLE_WORKBOOK, SAY_ARGS(path));
	}
	if (rc != RC_OK)
		return fail(r, fault, rc, SAY_TABLE_UNREADABLE, SAY_ARGS(path));
	return RC_OK;
}

/* Without blanks and byte order marks around it. */
static struct span
trim_title(struct span title)
{
	while (title.size > 0 && title.at[0] <= ' ') {
		title.at++;
		title.size--;
	}
	while (title.size > 0 && title.at[title.size - 1] <= ' ')
		title.size--;
	return title;
}

/* Where the header has `name`: its place, or `count`. */
static size_t
find_title(const struct csv_file_row *header, const char *name, size_t start)
{
	size_t i = start;

	while (i < header->count &&
	       !span_equal(trim_title(header->cells[i]), span_of_text(name)))
		i++;
	return i;
}

/* As many titles as fit, for the sentence. */
static void
list_titles(const struct csv_file_row *header, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < header->count; i++) {
		struct span title = header->cells[i];

		if (used + title.size + 3 > size)
			return;
		used += (size_t)snprintf(out + used, size - used, "%s%.*s",
		    used > 0 ? ", " : "", (int)title.size, title.at);
	}
}

static enum rc
read_header(struct import_reader *r, const char *path,
    struct import_fault *fault)
{
	struct csv_file_row header;
	char titles[IMPORT_FAULT_MAX / 2];

	if (csv_file_next(r->file, &header) != RC_OK) {
		return fail(r, fault, RC_MALFORMED, SAY_TABLE_NO_HEADER,
		    SAY_ARGS(path));
	}
	r->column_count = header.count;
	list_titles(&header, titles, sizeof(titles));
	for (size_t i = 0; i < import_map_columns(r->map); i++) {
		const char *name = import_map_column(r->map, i);
		size_t place = find_title(&header, name, 0);

		if (place == header.count) {
			return fail(r, fault, RC_MALFORMED, SAY_TABLE_NO_COLUMN,
			    SAY_ARGS(path, name, titles));
		}
		if (find_title(&header, name, place + 1) < header.count) {
			return fail(r, fault, RC_MALFORMED,
			    SAY_TABLE_COLUMN_TWICE, SAY_ARGS(path, name));
		}
		r->places[i] = place;
	}
	return RC_OK;
}

/* The map names columns by their number. */
static void
number_columns(struct import_reader *r)
{
	for (size_t i = 0; i < import_map_columns(r->map); i++) {
		int64_t number;

		CHECK(number_parse(import_map_column(r->map, i), 1,
			  CSV_FILE_COLUMNS_MAX, &number) == RC_OK);
		r->places[i] = (size_t)number - 1;
	}
}

enum rc
import_open(const char *path, const struct import_map *map,
    const uint8_t key[static QUERY_KEY_BYTES], struct import_reader **out,
    struct import_fault *fault)
{
	struct import_reader *r = memory_new(1, sizeof(*r));
	enum rc rc;

	CHECK(sodium_init() >= 0);
	*out = NULL;
	r->map = map;
	r->slots = IMPORT_FIELDS + import_map_moves(map) * IMPORT_MOVE_FIELDS;
	memcpy(r->key, key, sizeof(r->key));
	rc = open_rows(r, path, fault);
	if (rc == RC_OK && import_map_has_header(map)) {
		rc = read_header(r, path, fault);
	} else if (rc == RC_OK) {
		number_columns(r);
	}
	if (rc == RC_OK) {
		*out = r;
	} else {
		import_close(r);
	}
	return rc;
}

/* --- refusing --- */

void
import_set_detail(char out[static IMPORT_DETAIL_MAX + 1], struct span text)
{
	size_t size = text.size;

	if (size > IMPORT_DETAIL_MAX) {
		size = IMPORT_DETAIL_MAX;
		while (size > 0 && (text.at[size] & 0xc0) == 0x80)
			size--;
	}
	CHECK(text_copy_span(out, IMPORT_DETAIL_MAX + 1,
		  span_of(text.at, size)) == RC_OK);
}

enum rc
import_refuse(struct import_row *row, enum import_problem problem,
    enum import_field field, struct span detail)
{
	row->problem = problem;
	row->field = field;
	import_set_detail(row->detail, detail);
	return RC_MALFORMED;
}

static enum import_problem
problem_of_file(enum csv_file_problem problem)
{
	switch (problem) {
	case CSV_FILE_OPEN_QUOTE:
		return IMPORT_OPEN_QUOTE;
	case CSV_FILE_ROW_TOO_BIG:
		return IMPORT_ROW_TOO_BIG;
	case CSV_FILE_CELL_TOO_BIG:
		return IMPORT_CELL_TOO_BIG;
	case CSV_FILE_COLUMNS:
		return IMPORT_TOO_MANY_COLUMNS;
	case CSV_FILE_NOT_TEXT:
		return IMPORT_NOT_TEXT;
	case CSV_FILE_FINE:
		break;
	}
	return IMPORT_FINE;
}

/* --- from cells to texts --- */

/* Empty cells behind the last column are no error. */
static enum rc
check_width(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	size_t count = cells->count;
	char detail[IMPORT_DETAIL_MAX];

	if (r->column_count == 0)
		r->column_count = count;
	while (count > r->column_count && cells->cells[count - 1].size == 0)
		count--;
	if (count == r->column_count)
		return RC_OK;
	CHECK(text_format(detail, sizeof(detail), "%zu / %zu", count,
		  r->column_count) == RC_OK);
	return import_refuse(row, IMPORT_COLUMNS, IMPORT_FIELDS,
	    span_of_text(detail));
}

static enum rc
pick_cells(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	for (size_t i = 0; i < import_map_columns(r->map); i++) {
		if (r->places[i] >= cells->count) {
			return import_refuse(row, IMPORT_COLUMNS, IMPORT_FIELDS,
			    span_of_text(import_map_column(r->map, i)));
		}
		r->cells[i] = cells->cells[r->places[i]];
	}
	return RC_OK;
}

/* Fields of codes and figures: full-width characters become plain ones. */
static void
fold_width(struct buffer *made, size_t start)
{
	const uint8_t *at = made->at + start, *end = made->at + made->size;
	uint8_t *to = made->at + start;

	while (at < end) {
		const uint8_t *from = at;
		uint32_t point = text_next(&at, end);

		if (point >= 0xff01 && point <= 0xff5e) {
			*to++ = (uint8_t)(point - 0xff01 + '!');
			continue;
		}
		memmove(to, from, (size_t)(at - from));
		to += at - from;
	}
	made->size = (size_t)(to - made->at);
}

static bool
is_prose(size_t slot)
{
	switch (slot) {
	case IMPORT_SUBJECT:
	case IMPORT_TEXT:
	case IMPORT_PLACE:
	case IMPORT_SOURCE_REF:
	case IMPORT_PERSON_NAME:
	case IMPORT_PERSON_ADDRESS:
		return true;
	default:
		return slot >= IMPORT_FIELDS &&
		       (slot - IMPORT_FIELDS) % IMPORT_MOVE_FIELDS ==
			   IMPORT_MOVE_TEXT;
	}
}

static void
fill_fields(struct import_reader *r)
{
	buffer_reset(&r->made);
	for (size_t i = 0; i < r->slots; i++) {
		size_t start = r->made.size;

		import_map_fill(r->map, i, r->cells, &r->made);
		if (!is_prose(i) && r->made.size > start)
			fold_width(&r->made, start);
		r->ends[i] = r->made.size;
	}
}

struct span
import_filled(const struct import_reader *r, size_t slot)
{
	size_t start = slot == 0 ? 0 : r->ends[slot - 1];

	if (r->ends[slot] == start)
		return span_of("", 0);
	return span_of(r->made.at + start, r->ends[slot] - start);
}

/* RC_NONE: a row that the map leaves out. */
static enum rc
take_row(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	enum rc rc = check_width(r, cells, row);

	if (rc == RC_OK)
		rc = pick_cells(r, cells, row);
	if (rc != RC_OK)
		return rc;
	if (import_map_skips(r->map, r->cells))
		return RC_NONE;
	fill_fields(r);
	rc = import_make_intake(r, cells, row);
	if (rc == RC_OK)
		import_make_moves(r, row);
	return rc;
}

/* --- reading --- */

enum rc
import_next(struct import_reader *r, struct import_row *row)
{
	struct csv_file_row cells;
	enum rc rc;

	do {
		*row = (struct import_row){ .field = IMPORT_FIELDS };
		rc = csv_file_next(r->file, &cells);
		if (rc == RC_NONE || rc == RC_DAMAGED)
			return rc;
		row->line = cells.line;
		row->last_line = cells.last_line;
		if (rc == RC_OK) {
			rc = take_row(r, &cells, row);
		} else {
			rc = import_refuse(row, problem_of_file(cells.problem),
			    IMPORT_FIELDS, span_of("", 0));
		}
		r->counts.skipped += rc == RC_NONE;
	} while (rc == RC_NONE);
	r->counts.usable += rc == RC_OK;
	r->counts.refused += rc == RC_MALFORMED;
	return rc;
}

struct import_progress
import_progress(const struct import_reader *reader)
{
	struct import_progress progress = reader->counts;

	progress.bytes_done = csv_file_bytes_done(reader->file);
	progress.bytes_total = csv_file_bytes_total(reader->file);
	return progress;
}

void
import_close(struct import_reader *reader)
{
	if (reader == NULL)
		return;
	csv_file_close(reader->file);
	buffer_clear(&reader->made);
	sodium_memzero(reader->key, sizeof(reader->key));
	free(reader);
}

static void
say_problem(const char *name, enum import_problem problem, const char *detail,
    enum language language, char out[static IMPORT_SENTENCE_MAX + 1])
{
#define ZH(name, zh, en) zh,
#define EN(name, zh, en) en,
	static const char *const texts[LANGUAGE_COUNT][IMPORT_PROBLEMS] = {
		[LANGUAGE_ZH] = { IMPORT_PROBLEM_LIST(ZH) },
		[LANGUAGE_EN] = { IMPORT_PROBLEM_LIST(EN) },
	};
#undef ZH
#undef EN
	bool has_detail = detail[0] != '\0';

	CHECK(problem < IMPORT_PROBLEMS);
	CHECK(text_format(out, IMPORT_SENTENCE_MAX + 1, "%s%s%s%s%s%s", name,
		  name[0] != '\0' ? ": " : "", texts[language][problem],
		  has_detail ? " (" : "", detail,
		  has_detail ? ")" : "") == RC_OK);
}

void
import_sentence(const struct import_row *row, enum language language,
    char out[static IMPORT_SENTENCE_MAX + 1])
{
	say_problem(row->field < IMPORT_FIELDS ? import_field_name(row->field)
					       : "",
	    row->problem, row->detail, language, out);
}

void
import_move_sentence(const struct import_reader *reader,
    const struct import_move *move, enum language language,
    char out[static IMPORT_SENTENCE_MAX + 1])
{
	char name[IMPORT_SLOT_NAME_MAX + 1];

	import_map_slot_name(reader->map, move->slot, name);
	say_problem(name, move->problem, move->detail, language, out);
}
