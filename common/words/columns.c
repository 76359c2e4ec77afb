/*
 * columns - texts in columns of a terminal.
 *
 * Widths are counted in columns (two for a Han character), and control and
 * direction characters never get through: a petition's text must not move the
 * cursor of who reads it.
 */
#include "words/columns.h"

#include "base/check.h"
#include "base/text.h"

enum { REPLACED = 0xfffd };

static bool
is_control(uint32_t point)
{
	return point < ' ' || (point >= 0x7f && point < 0xa0) ||
	       point == 0x2028 || point == 0x2029 ||
	       (point >= 0x200b && point <= 0x200f) ||
	       (point >= 0x202a && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069) || point == 0xfeff;
}

enum rc
columns_safe(struct span text, struct buffer *out)
{
	const uint8_t *at = text.at;
	const uint8_t *end = text.size > 0 ? text.at + text.size : at;

	while (at < end) {
		const uint8_t *from = at;
		uint32_t point = text_next(&at, end);
		struct span piece = span_of(from, (size_t)(at - from));

		if (point == REPLACED || !text_is_utf8(piece)) {
			piece = span_of_text("?");
		} else if (is_control(point)) {
			piece = span_of_text(" ");
		}
		if (buffer_append(out, piece) != RC_OK)
			return RC_TOO_BIG;
	}
	return RC_OK;
}

size_t
columns_fit(struct span text, size_t width)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t used = 0;

	while (at < end) {
		const uint8_t *from = at;

		(void)text_next(&at, end);
		used += text_columns(span_of(from, (size_t)(at - from)));
		if (used > width)
			return (size_t)(from - text.at);
	}
	return text.size;
}

/* Marks that must not stand at the beginning of a line. */
static bool
closes(uint32_t point)
{
	static const uint32_t marks[] = { 0x3001, 0x3002, 0x300b, 0x300d,
		0x300f, 0x3011, 0x3015, 0xff01, 0xff09, 0xff0c, 0xff1a, 0xff1b,
		0xff1f, 0x201d, 0x2019, ',', '.', ';', ':', '!', '?', ')' };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (point == marks[i])
			return true;
	}
	return false;
}

static bool
is_word(uint32_t point)
{
	return point > ' ' && point < 0x1100;
}

static uint32_t
point_at(struct span text, size_t at)
{
	const uint8_t *from = text.at + at;

	return text_next(&from, text.at + text.size);
}

static size_t
character_before(struct span text, size_t at)
{
	while (at > 0 && (text.at[--at] & 0xc0) == 0x80)
		;
	return at;
}

/* May a line end right before `at`? */
static bool
may_break(struct span text, size_t at)
{
	uint32_t here = point_at(text, at);
	uint32_t before = point_at(text, character_before(text, at));

	if (here == ' ')
		return true;
	return !closes(here) && !(is_word(before) && is_word(here));
}

size_t
columns_break(struct span text, size_t width, struct span *rest)
{
	size_t fits = columns_fit(text, width), at = fits;

	CHECK(width >= 2);
	if (fits < text.size) {
		while (at > 0 && !may_break(text, at))
			at = character_before(text, at);
		if (at == 0)
			at = fits;
	}
	*rest = span_of(text.at + at, text.size - at);
	while (rest->size > 0 && rest->at[0] == ' ')
		*rest = span_of(rest->at + 1, rest->size - 1);
	while (at > 1 && text.at[at - 1] == ' ')
		at--;
	return at;
}

enum rc
columns_repeat(const char *piece, size_t count, struct buffer *out)
{
	for (size_t i = 0; i < count; i++) {
		if (buffer_append(out, span_of_text(piece)) != RC_OK)
			return RC_TOO_BIG;
	}
	return RC_OK;
}
