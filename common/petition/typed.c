/*
 * typed - one form for characters that look or are meant alike.
 *
 * Only what input methods really produce is mapped: full width forms, several
 * blanks and dashes.  Nothing is guessed beyond that; a number with any other
 * character in it is no number.
 */
#include "petition/typed.h"

#include "base/text.h"

static bool
is_blank(uint32_t point)
{
	return (point >= '\t' && point <= '\r') || point == 0xa0 ||
	       point == 0x1680 || (point >= 0x2000 && point <= 0x200d) ||
	       point == 0x202f || point == 0x205f || point == 0x2060 ||
	       point == 0x3000 || point == 0xfeff;
}

static bool
is_dash(uint32_t point)
{
	return point == 0xad || (point >= 0x2010 && point <= 0x2015) ||
	       point == 0x2212 || point == 0xfe58 || point == 0xfe63 ||
	       point == 0xff0d;
}

uint32_t
typed_plain(uint32_t point)
{
	if (point < 0x80 && point > '\r')
		return point;
	if (is_blank(point))
		return ' ';
	if (is_dash(point))
		return '-';
	if (point >= 0xff01 && point <= 0xff5e)
		return point - 0xfee0;
	return point;
}

/* A capital letter, a digit or '-'; '\0' for whatever else. */
static char
number_character(uint32_t plain)
{
	if (plain >= 'a' && plain <= 'z')
		plain -= 'a' - 'A';
	if (typed_is_digit(plain) || (plain >= 'A' && plain <= 'Z') ||
	    plain == '-')
		return (char)plain;
	return '\0';
}

enum rc
typed_number(struct span typed, bool keep_dashes, char *out, size_t size)
{
	const uint8_t *at = typed.at, *end = typed.at + typed.size;
	size_t used = 0;

	out[0] = '\0';
	if (typed.size == 0)
		return RC_OK;
	if (!text_is_utf8(typed))
		return RC_MALFORMED;
	while (at < end) {
		uint32_t plain = typed_plain(text_next(&at, end));
		char c = number_character(plain);

		if (plain == ' ' || (plain == '-' && !keep_dashes))
			continue;
		if (c == '\0' || used + 1 >= size) {
			out[0] = '\0';
			return c == '\0' ? RC_MALFORMED : RC_TOO_BIG;
		}
		out[used++] = c;
	}
	out[used] = '\0';
	return RC_OK;
}
