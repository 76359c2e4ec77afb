/*
 * Goal of this test: of UTF-8 exactly the valid sequences pass.
 */
#include <string.h>

#include "base/text.h"

#include "support/unit.h"

enum { POINTS = 0x110000, SEQUENCE_MAX = 4 };

/* `point` in `bytes` bytes, be that the right number or not. */
static struct span
encode(uint32_t point, size_t bytes, uint8_t out[static SEQUENCE_MAX])
{
	static const uint8_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = bytes; i-- > 1; point >>= 6)
		out[i] = (uint8_t)(0x80 | (point & 0x3f));
	out[0] = (uint8_t)(lead[bytes] | point);
	return span_of(out, bytes);
}

static size_t
bytes_of(uint32_t point)
{
	if (point < 0x80)
		return 1;
	if (point < 0x800)
		return 2;
	return point < 0x10000 ? 3 : 4;
}

TEST(test_every_character_passes_and_no_surrogate)
{
	uint8_t bytes[SEQUENCE_MAX];

	(void)state;
	for (uint32_t point = 0; point < POINTS; point++) {
		bool is_good = point != 0 && (point < 0xd800 || point > 0xdfff);

		assert_int_equal(text_is_utf8(
				     encode(point, bytes_of(point), bytes)),
		    is_good);
	}
	assert_false(text_is_utf8(encode(POINTS, 4, bytes)));
}

TEST(test_no_longer_form_of_a_character_passes)
{
	uint8_t bytes[SEQUENCE_MAX];

	(void)state;
	for (uint32_t point = 0; point < 0x10000; point++) {
		for (size_t i = bytes_of(point) + 1; i <= SEQUENCE_MAX; i++)
			assert_false(text_is_utf8(encode(point, i, bytes)));
	}
}

TEST(test_nothing_cut_or_stray_passes)
{
	static const uint32_t points[] = { 0xe9, 0x6c49, 0xff0c, 0x1f600 };
	uint8_t text[3 + SEQUENCE_MAX] = { 0xe6, 0xb1, 0x89 };

	(void)state;
	assert_true(text_is_utf8(span_of("", 0)));
	assert_false(text_is_utf8(span_of("a\0b", 3)));
	assert_false(text_is_utf8(span_of("\x80", 1)));
	assert_false(text_is_utf8(span_of("\xff", 1)));
	/* Behind a Han character, cut, and with a wrong byte anywhere. */
	for (size_t p = 0; p < sizeof(points) / sizeof(*points); p++) {
		size_t size = bytes_of(points[p]);

		for (size_t i = 1; i < size; i++) {
			(void)encode(points[p], size, text + 3);
			assert_true(text_is_utf8(span_of(text, 3 + size)));
			assert_false(text_is_utf8(span_of(text, 3 + i)));
			text[3 + i] = 'x';
			assert_false(text_is_utf8(span_of(text, 3 + size)));
		}
	}
}
