/*
 * intake_tidy - one spelling of the same text, before it is masked and kept.
 *
 * Line ends become one kind, control and format characters go (they can hide
 * text from a reader, or turn it round), blanks at the edges go.  Spans point
 * into one memory that grows while fields are tidied, so places are kept as
 * offsets and turned into spans at the end.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/text.h"
#include "petition/intake_internal.h"
#include "petition/item_number.h"
#include "petition/mask.h"
#include "petition/typed.h"

enum { FIELDS_MAX = 32 };

/* Where a tidied field lies in the memory, which may still move. */
struct place {
	size_t offset; /* of the span in struct intake */
	size_t start, size;
};

static bool
is_line_end(uint32_t point)
{
	return point == '\n' || point == '\r' || point == 0x85 ||
	       point == 0x2028 || point == 0x2029;
}

/* What to write for a point; 0: nothing. */
static uint32_t
clean_point(uint32_t point, bool is_line)
{
	utf8proc_category_t category;

	if (is_line_end(point))
		return is_line ? ' ' : '\n';
	if (point == '\t')
		return is_line ? ' ' : '\t';
	category = utf8proc_category((utf8proc_int32_t)point);
	if (category == UTF8PROC_CATEGORY_CC ||
	    category == UTF8PROC_CATEGORY_CF)
		return 0;
	return point;
}

/* Copy `from` cleaned; `to` has room for from.size bytes. */
static size_t
clean(struct span from, bool is_line, uint8_t *to)
{
	const uint8_t *at = from.at, *end = from.at + from.size;
	size_t used = 0;

	while (at < end) {
		uint32_t point = text_next(&at, end);
		uint32_t wanted = clean_point(point, is_line);

		if (point == '\r' && at < end && *at == '\n')
			continue;
		if (wanted != 0) {
			used += (size_t)
			    utf8proc_encode_char((utf8proc_int32_t)wanted,
				to + used);
		}
	}
	return used;
}

static bool
is_blank_at(struct span text, size_t at)
{
	const uint8_t *from = text.at + at;

	return typed_plain(text_next(&from, text.at + text.size)) == ' ';
}

/* Without the blanks at both ends. */
static struct span
trim(struct span text)
{
	const uint8_t *next;
	size_t last;

	while (text.size > 0 && is_blank_at(text, 0)) {
		next = text.at;
		(void)text_next(&next, text.at + text.size);
		text = span_of(next, (size_t)(text.at + text.size - next));
	}
	while (text.size > 0) {
		last = text.size - 1;
		while (last > 0 && (text.at[last] & 0xc0) == 0x80)
			last--;
		if (!is_blank_at(text, last))
			break;
		text.size = last;
	}
	return text;
}

/* NFC, for free(); its size in `size`. */
static uint8_t *
compose(struct span text, size_t *size)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t used =
	    utf8proc_map(text.at, (utf8proc_ssize_t)text.size, &composed,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	/* It is valid UTF-8: only memory can be short. */
	if (used < 0)
		fatal("text: %s", utf8proc_errmsg(used));
	*size = (size_t)used;
	return composed;
}

static void
tidy_span(struct span from, const struct intake_field *f, struct buffer *memory,
    uint32_t *masked)
{
	uint8_t *cleaned = memory_new(from.size, 1), *composed;
	size_t size = clean(from, f->is_line, cleaned);
	struct span text = trim(span_of(cleaned, size));
	enum rc rc;

	composed = compose(text, &size);
	text = span_of(composed, size);
	rc = text.size == 0 ? RC_OK
	     : f->is_masked ? mask_text(text, memory, masked)
			    : buffer_append(memory, text);
	CHECK(rc == RC_OK);
	free(composed);
	free(cleaned);
}

static struct span
span_at(const struct intake *intake, size_t offset)
{
	struct span value;

	memcpy(&value, (const char *)intake + offset, sizeof(value));
	return value;
}

static void
tidy_numbers(struct intake *intake)
{
	char printed[ITEM_NUMBER_MAX + 1];

	if (intake->heads == 0)
		intake->heads = 1;
	if (item_number_normalise(intake->earlier_item, printed) == RC_OK)
		memcpy(intake->earlier_item, printed, sizeof(printed));
	intake_accused_tidy(intake);
}

void
intake_tidy(struct intake *intake, struct buffer *memory, uint32_t *masked)
{
	struct place places[FIELDS_MAX];
	const struct intake_field *f;
	size_t count = 0;

	memory->limit = 0;
	for (size_t i = 0; (f = intake_field_at(i)) != NULL; i++) {
		size_t start = memory->size;
		struct span from;

		if (f->kind != INTAKE_SPAN)
			continue;
		from = span_at(intake, f->offset);
		if (from.size == 0 || from.size > f->bytes_max ||
		    !text_is_utf8(from))
			continue;
		CHECK(count < FIELDS_MAX);
		tidy_span(from, f, memory, masked);
		places[count++] =
		    (struct place){ f->offset, start, memory->size - start };
	}
	for (size_t i = 0; i < count; i++) {
		struct span value =
		    span_of(memory->size > 0 ? memory->at + places[i].start
					     : NULL,
			places[i].size);

		memcpy((char *)intake + places[i].offset, &value,
		    sizeof(value));
	}
	tidy_numbers(intake);
}
