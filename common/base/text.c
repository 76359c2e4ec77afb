/*
 * Text from outside is checked once, where it comes in; what walks it later
 * (text_next, text_columns) relies on that.  text_is_utf8 runs over every byte
 * of every record and is written for speed; what it lets pass is what RFC 3629
 * does: no surrogates, nothing longer than need be, no NUL.
 */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum rc
text_copy_span(char *to, size_t size, struct span from)
{
	if (from.size >= size) {
		to[0] = '\0';
		return RC_TOO_BIG;
	}
	if (from.size > 0)
		memcpy(to, from.at, from.size);
	to[from.size] = '\0';
	return RC_OK;
}

enum rc
text_copy(char *to, size_t size, const char *from)
{
	return text_copy_span(to, size, span_of_text(from));
}

enum rc
text_format(char *to, size_t size, const char *format, ...)
{
	va_list args;
	int used;

	va_start(args, format);
	used = vsnprintf(to, size, format, args);
	va_end(args);
	if (used >= 0 && (size_t)used < size)
		return RC_OK;
	to[0] = '\0';
	return RC_TOO_BIG;
}

/* Bytes of the sequence that starts with `lead`; 0: no lead byte. */
static size_t
sequence_bytes(uint8_t lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	if (lead >= 0xf0 && lead < 0xf5)
		return 4;
	return 0;
}

/* The second byte rules out overlong forms, surrogates and > U+10FFFF. */
static bool
second_byte_fits(uint8_t lead, uint8_t second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second < 0xa0;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second < 0x90;
	default:
		return true;
	}
}

/* Three bytes that hold for any lead but e0 and ed: Han, and its commas. */
static bool
is_han(const uint8_t *at)
{
	return at[0] >= 0xe1 && at[0] <= 0xef && at[0] != 0xed &&
	       (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80;
}

/* Bytes of the valid sequence at `at`; 0: there is none. */
static size_t
valid_bytes(const uint8_t *at, size_t left)
{
	size_t bytes = sequence_bytes(*at);

	if (bytes == 0 || *at == 0 || bytes > left)
		return 0;
	if (bytes > 1 && !second_byte_fits(at[0], at[1]))
		return 0;
	for (size_t i = 1; i < bytes; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	return bytes;
}

/*
 * Most of our text is Han or plain ASCII: passes over that quickly.  Beside
 * the rare cases gcc would make this loop slower by a third.
 */
__attribute__((noinline)) static const uint8_t *
pass_plain(const uint8_t *at, const uint8_t *end)
{
	while (at < end) {
		if (*at >= 1 && *at < 0x80) {
			at++;
		} else if (end - at >= 3 && is_han(at)) {
			at += 3;
		} else {
			break;
		}
	}
	return at;
}

bool
text_is_utf8(struct span text)
{
	const uint8_t *at = text.at, *end;

	if (text.size == 0)
		return true; /* there may be no bytes to point at */
	end = at + text.size;
	while ((at = pass_plain(at, end)) < end) {
		size_t bytes = valid_bytes(at, (size_t)(end - at));

		if (bytes == 0)
			return false;
		at += bytes;
	}
	return true;
}

uint32_t
text_next(const uint8_t **at, const uint8_t *end)
{
	static const uint8_t lead_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t bytes = sequence_bytes(**at);
	uint32_t point;

	if (bytes == 0 || bytes > (size_t)(end - *at)) {
		(*at)++;
		return 0xfffd;
	}
	point = **at & lead_mask[bytes];
	for (size_t i = 1; i < bytes; i++)
		point = point << 6 | ((*at)[i] & 0x3f);
	*at += bytes;
	return point;
}

static bool
is_wide(uint32_t point)
{
	return (point >= 0x1100 && point <= 0x115f) ||
	       (point >= 0x2e80 && point <= 0xa4cf) ||
	       (point >= 0xac00 && point <= 0xd7a3) ||
	       (point >= 0xf900 && point <= 0xfaff) ||
	       (point >= 0xfe30 && point <= 0xfe6f) ||
	       (point >= 0xff00 && point <= 0xff60) ||
	       (point >= 0xffe0 && point <= 0xffe6) ||
	       (point >= 0x1f300 && point <= 0x1faff) ||
	       (point >= 0x20000 && point <= 0x3fffd);
}

size_t
text_columns(struct span text)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t columns = 0;

	while (at < end)
		columns += is_wide(text_next(&at, end)) ? 2 : 1;
	return columns;
}

void
text_hex(struct span bytes, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes.size; i++) {
		out[2 * i] = digits[bytes.at[i] >> 4];
		out[2 * i + 1] = digits[bytes.at[i] & 15];
	}
	out[2 * bytes.size] = '\0';
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum rc
text_unhex(const char *hex, uint8_t *out, size_t size)
{
	if (strlen(hex) != 2 * size)
		return RC_MALFORMED;
	for (size_t i = 0; i < size; i++) {
		int high = hex_value(hex[2 * i]);
		int low = hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return RC_MALFORMED;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return RC_OK;
}
