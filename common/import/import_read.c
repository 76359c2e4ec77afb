#include "import/import_read.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "petition/codes.h"
#include "petition/intake.h"
#include "petition/office_code.h"

enum {
	REF_HASH_BYTES = 16,
	SUBJECT_CHARACTERS = 40, /* taken from the text */
	FIELD_TEXT_MAX = 64,     /* of a code, number or moment */
};

struct import_reader {
	struct csv_file *file;
	const struct import_map *map;
	uint8_t key[QUERY_KEY_BYTES];
	/* The place of each of the map's columns in the file. */
	size_t places[CSV_FILE_COLUMNS_MAX];
	size_t column_count; /* of the header; 0: not known yet */
	struct span cells[CSV_FILE_COLUMNS_MAX]; /* in the map's order */
	struct buffer made;         /* the row's fields, filled in */
	size_t ends[IMPORT_FIELDS]; /* of the fields in `made` */
	char reference[4 + 2 * REF_HASH_BYTES + 1];
	struct import_progress counts; /* but for the bytes */
};

/* How long a field may be; 0: judged elsewhere. */
static const size_t bytes_max[IMPORT_FIELDS] = {
	[IMPORT_SUBJECT] = SUBJECT_BYTES_MAX,
	[IMPORT_TEXT] = TEXT_BYTES_MAX,
	[IMPORT_PLACE] = PLACE_BYTES_MAX,
	[IMPORT_SOURCE_REF] = SOURCE_REF_BYTES_MAX,
	[IMPORT_EARLIER_ITEM] = ITEM_NUMBER_MAX,
	[IMPORT_PERSON_NAME] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_DOCUMENT] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_PHONE] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_ADDRESS] = PERSON_FIELD_BYTES_MAX,
};

/* --- opening --- */

__attribute__((format(printf, 3, 4))) static enum rc
fail(struct import_fault *fault, enum rc rc, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is not */
	(void)vsnprintf(fault->sentence, sizeof(fault->sentence), format, args);
	va_end(args);
	return rc;
}

static enum rc
open_rows(struct import_reader *r, const char *path, struct import_fault *fault)
{
	enum rc rc = csv_file_open(path, import_map_format(r->map), &r->file);

	if (rc == RC_NONE)
		return fail(fault, rc, "%s: there is no such file", path);
	if (rc == RC_MALFORMED) {
		return fail(fault, rc,
		    "%s: this is UTF-16 text or a workbook; "
		    "save it as CSV (UTF-8 or GB18030)",
		    path);
	}
	if (rc != RC_OK)
		return fail(fault, rc, "%s: the file cannot be read", path);
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
		return fail(fault, RC_MALFORMED,
		    "%s: there is no header to read", path);
	}
	r->column_count = header.count;
	list_titles(&header, titles, sizeof(titles));
	for (size_t i = 0; i < import_map_columns(r->map); i++) {
		const char *name = import_map_column(r->map, i);
		size_t place = find_title(&header, name, 0);

		if (place == header.count) {
			return fail(fault, RC_MALFORMED,
			    "%s: there is no column '%s'; there are %s", path,
			    name, titles);
		}
		if (find_title(&header, name, place + 1) < header.count) {
			return fail(fault, RC_MALFORMED,
			    "%s: there are two columns '%s'", path, name);
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

static void
set_detail(struct import_row *row, struct span text)
{
	size_t size = text.size;

	if (size > IMPORT_DETAIL_MAX) {
		size = IMPORT_DETAIL_MAX;
		while (size > 0 && (text.at[size] & 0xc0) == 0x80)
			size--;
	}
	CHECK(text_copy_span(row->detail, sizeof(row->detail),
		  span_of(text.at, size)) == RC_OK);
}

static enum rc
refuse(struct import_row *row, enum import_problem problem,
    enum import_field field, struct span detail)
{
	row->problem = problem;
	row->field = field;
	set_detail(row, detail);
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

/* --- from cells to fields --- */

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
	return refuse(row, IMPORT_COLUMNS, IMPORT_FIELDS, span_of_text(detail));
}

static enum rc
pick_cells(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	for (size_t i = 0; i < import_map_columns(r->map); i++) {
		if (r->places[i] >= cells->count) {
			return refuse(row, IMPORT_COLUMNS, IMPORT_FIELDS,
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
is_prose(enum import_field field)
{
	return field == IMPORT_SUBJECT || field == IMPORT_TEXT ||
	       field == IMPORT_PLACE || field == IMPORT_SOURCE_REF ||
	       field == IMPORT_PERSON_NAME || field == IMPORT_PERSON_ADDRESS;
}

static void
fill_fields(struct import_reader *r)
{
	buffer_reset(&r->made);
	for (int i = 0; i < IMPORT_FIELDS; i++) {
		size_t start = r->made.size;

		import_map_fill(r->map, (enum import_field)i, r->cells,
		    &r->made);
		if (!is_prose((enum import_field)i) && r->made.size > start)
			fold_width(&r->made, start);
		r->ends[i] = r->made.size;
	}
}

static struct span
filled(const struct import_reader *r, enum import_field field)
{
	size_t start = field == 0 ? 0 : r->ends[field - 1];

	if (r->ends[field] == start)
		return span_of("", 0);
	return span_of(r->made.at + start, r->ends[field] - start);
}

/* The field's text after [values]. */
static enum rc
get(const struct import_reader *r, enum import_field field,
    struct import_row *row, struct span *text)
{
	struct span cell = filled(r, field);

	if (import_map_value(r->map, field, cell, text) != RC_OK)
		return refuse(row, IMPORT_VALUE_UNKNOWN, field, cell);
	if (bytes_max[field] > 0 && text->size > bytes_max[field]) {
		return refuse(row, IMPORT_FIELD_TOO_LONG, field,
		    span_of("", 0));
	}
	return RC_OK;
}

/* A deeper category keeps its digits: 0402 under 04. */
static bool
is_deeper_category(const char *text)
{
	char first[3] = { 0 };
	size_t size = strlen(text);

	if (size <= 2 || size > CODE_MAX || strspn(text, "0123456789") != size)
		return false;
	memcpy(first, text, 2);
	return codes_known(CODES_CATEGORY, first);
}

static enum rc
get_code(const struct import_reader *r, enum import_field field,
    enum codes_list list, struct import_row *row, char out[CODE_MAX + 1])
{
	char text[FIELD_TEXT_MAX];
	const char *code;
	struct span cell;
	enum rc rc = get(r, field, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(text, sizeof(text), cell) != RC_OK)
		return refuse(row, IMPORT_CODE_UNKNOWN, field, cell);
	code = codes_find(list, text);
	if (code == NULL && list == CODES_CATEGORY && is_deeper_category(text))
		code = text;
	if (code == NULL || text_copy(out, CODE_MAX + 1, code) != RC_OK)
		return refuse(row, IMPORT_CODE_UNKNOWN, field, cell);
	return RC_OK;
}

static enum rc
get_codes(const struct import_reader *r, struct import_row *row)
{
	struct intake *to = &row->intake;
	const struct {
		enum import_field field;
		enum codes_list list;
		char *out;
	} codes[] = {
		{ IMPORT_CHANNEL, CODES_CHANNEL, to->channel },
		{ IMPORT_PURPOSE, CODES_PURPOSE, to->purpose },
		{ IMPORT_LEGAL_CLASS, CODES_LEGAL_CLASS, to->legal_class },
		{ IMPORT_CATEGORY, CODES_CATEGORY, to->category },
		{ IMPORT_LEVEL, CODES_LEVEL, to->level },
		{ IMPORT_PROCEDURE, CODES_PROCEDURE, to->procedure },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		enum rc rc = get_code(r, codes[i].field, codes[i].list, row,
		    codes[i].out);

		if (rc != RC_OK)
			return rc;
	}
	if (to->channel[0] == '\0') {
		return refuse(row, IMPORT_FIELD_EMPTY, IMPORT_CHANNEL,
		    span_of("", 0));
	}
	return RC_OK;
}

/* "12", "12人", "12 人次"; empty: not said. */
static enum rc
get_heads(const struct import_reader *r, struct import_row *row)
{
	static const char *const units[] = { "", "人", "人次", "名", "people" };
	char text[FIELD_TEXT_MAX];
	const char *unit;
	int64_t heads;
	size_t digits;
	struct span cell;
	enum rc rc = get(r, IMPORT_HEADS, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(text, sizeof(text), cell) != RC_OK)
		return refuse(row, IMPORT_NUMBER_WRONG, IMPORT_HEADS, cell);
	digits = strspn(text, "0123456789");
	unit = text + digits + strspn(text + digits, " ");
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(unit, units[i]) != 0)
			continue;
		text[digits] = '\0';
		if (number_parse(text, 1, HEADS_MAX, &heads) != RC_OK)
			break;
		row->intake.heads = (uint32_t)heads;
		return RC_OK;
	}
	return refuse(row, IMPORT_NUMBER_WRONG, IMPORT_HEADS, cell);
}

static enum rc
get_responsible(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc = get(r, IMPORT_RESPONSIBLE, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(row->intake.responsible,
		sizeof(row->intake.responsible), cell) != RC_OK ||
	    !office_code_is_shaped(row->intake.responsible)) {
		return refuse(row, IMPORT_OFFICE_WRONG, IMPORT_RESPONSIBLE,
		    cell);
	}
	return RC_OK;
}

/* "420106,420107" */
static enum rc
get_accused(const struct import_reader *r, struct import_row *row)
{
	struct intake_problem problem;
	struct span cell;
	enum rc rc = get(r, IMPORT_ACCUSED, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (intake_set(&row->intake, "accused", cell, &problem) != RC_OK)
		return refuse(row, IMPORT_OFFICE_WRONG, IMPORT_ACCUSED, cell);
	return RC_OK;
}

static enum rc
get_claimed(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc;

	if (!import_map_has(r->map, IMPORT_CLAIMED))
		return RC_OK;
	rc = get(r, IMPORT_CLAIMED, row, &cell);
	if (rc != RC_OK)
		return rc;
	rc = import_map_time(r->map, cell, &row->intake.claimed_ms);
	if (rc == RC_NONE)
		return refuse(row, IMPORT_FIELD_EMPTY, IMPORT_CLAIMED, cell);
	return rc == RC_OK
		   ? RC_OK
		   : refuse(row, IMPORT_TIME_WRONG, IMPORT_CLAIMED, cell);
}

static enum rc
get_earlier_item(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc = get(r, IMPORT_EARLIER_ITEM, row, &cell);

	if (rc == RC_OK) {
		rc = text_copy_span(row->intake.earlier_item,
		    sizeof(row->intake.earlier_item), cell);
	}
	return rc;
}

static enum rc
get_texts(const struct import_reader *r, struct import_row *row)
{
	struct intake *to = &row->intake;
	const struct {
		enum import_field field;
		struct span *out;
	} texts[] = {
		{ IMPORT_SUBJECT, &to->subject },
		{ IMPORT_TEXT, &to->text },
		{ IMPORT_PLACE, &to->place },
		{ IMPORT_SOURCE_REF, &to->source_ref },
		{ IMPORT_PERSON_NAME, &to->person_name },
		{ IMPORT_PERSON_DOCUMENT, &to->person_document },
		{ IMPORT_PERSON_PHONE, &to->person_phone },
		{ IMPORT_PERSON_ADDRESS, &to->person_address },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		enum rc rc = get(r, texts[i].field, row, texts[i].out);

		if (rc != RC_OK)
			return rc;
	}
	to->source = span_of_text(import_map_source(r->map));
	return RC_OK;
}

/* The first line of the text, or the beginning of it. */
static struct span
begin_of(struct span text)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t size = 0;

	for (int i = 0; i < SUBJECT_CHARACTERS && at < end; i++) {
		if (text_next(&at, end) == '\n')
			break;
		size = (size_t)(at - text.at);
	}
	return span_of(text.at, size);
}

/* A reference from the whole row, so that a repeat is recognised. */
static void
make_reference(struct import_reader *r, const struct csv_file_row *cells)
{
	crypto_generichash_state state;
	uint8_t hash[REF_HASH_BYTES];

	CHECK(crypto_generichash_init(&state, r->key, sizeof(r->key),
		  sizeof(hash)) == 0);
	for (size_t i = 0; i < cells->count; i++) {
		uint8_t size[8];

		number_put_u64(size, cells->cells[i].size);
		CHECK(
		    crypto_generichash_update(&state, size, sizeof(size)) == 0);
		CHECK(crypto_generichash_update(&state, cells->cells[i].at,
			  cells->cells[i].size) == 0);
	}
	CHECK(crypto_generichash_final(&state, hash, sizeof(hash)) == 0);
	memcpy(r->reference, "row-", 4);
	text_hex(span_of(hash, sizeof(hash)), r->reference + 4);
}

/* What must be there, and what stands in where it may be missing. */
static enum rc
complete(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	struct intake *to = &row->intake;

	if (to->subject.size == 0)
		to->subject = begin_of(to->text);
	if (to->subject.size == 0) {
		return refuse(row, IMPORT_EMPTY, IMPORT_FIELDS, span_of("", 0));
	}
	if (!import_map_has(r->map, IMPORT_SOURCE_REF)) {
		make_reference(r, cells);
		to->source_ref = span_of_text(r->reference);
	}
	if (to->source_ref.size == 0) {
		return refuse(row, IMPORT_FIELD_EMPTY, IMPORT_SOURCE_REF,
		    span_of("", 0));
	}
	return RC_OK;
}

static enum rc
make_intake(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	enum rc rc;

	fill_fields(r);
	rc = get_codes(r, row);
	if (rc == RC_OK)
		rc = get_heads(r, row);
	if (rc == RC_OK)
		rc = get_responsible(r, row);
	if (rc == RC_OK)
		rc = get_accused(r, row);
	if (rc == RC_OK)
		rc = get_claimed(r, row);
	if (rc == RC_OK)
		rc = get_earlier_item(r, row);
	if (rc == RC_OK)
		rc = get_texts(r, row);
	if (rc == RC_OK)
		rc = complete(r, cells, row);
	return rc;
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
	return import_map_skips(r->map, r->cells) ? RC_NONE
						  : make_intake(r, cells, row);
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
			rc = refuse(row, problem_of_file(cells.problem),
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

void
import_sentence(const struct import_row *row, enum language language,
    char out[static IMPORT_SENTENCE_MAX + 1])
{
#define ZH(name, zh, en) zh,
#define EN(name, zh, en) en,
	static const char *const texts[LANGUAGE_COUNT][IMPORT_PROBLEMS] = {
		[LANGUAGE_ZH] = { IMPORT_PROBLEM_LIST(ZH) },
		[LANGUAGE_EN] = { IMPORT_PROBLEM_LIST(EN) },
	};
#undef ZH
#undef EN
	bool has_field = row->field < IMPORT_FIELDS;
	bool has_detail = row->detail[0] != '\0';

	CHECK(row->problem < IMPORT_PROBLEMS);
	CHECK(text_format(out, IMPORT_SENTENCE_MAX + 1, "%s%s%s%s%s%s",
		  has_field ? import_field_name(row->field) : "",
		  has_field ? ": " : "", texts[language][row->problem],
		  has_detail ? " (" : "", row->detail,
		  has_detail ? ")" : "") == RC_OK);
}
