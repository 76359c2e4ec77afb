/* columns - nothing sticks out, nothing is lost. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "words/columns.h"

#include "support/unit.h"

static void
expect_lines(const char *text, size_t width, const char *wanted)
{
	struct span rest = span_of_text(text);
	char out[400] = "";
	size_t used = 0;

	while (rest.size > 0) {
		const uint8_t *from = rest.at;
		size_t size = columns_break(rest, width, &rest);

		assert_true(size > 0);
		assert_true(text_columns(span_of(from, size)) <= width);
		memcpy(out + used, from, size);
		used += size;
		out[used++] = '/';
	}
	out[used] = '\0';
	assert_string_equal(out, wanted);
}

TEST(test_text_breaks_where_a_reader_expects_it)
{
	(void)state;
	expect_lines("one two three", 8, "one two/three/");
	expect_lines("one two three", 7, "one two/three/");
	expect_lines("路灯不亮已经三个月", 8, "路灯不亮/已经三个/月/");
	expect_lines("路灯不亮，三个月", 8, "路灯不/亮，三个/月/");
	expect_lines("见 420106-2026", 12, "见/420106-2026/");
	expect_lines("abcdefghij", 4, "abcd/efgh/ij/");
	expect_lines("a  b", 2, "a/b/");
	expect_lines("", 4, "");
	expect_lines("，，，，", 2, "，/，/，/，/");
}

TEST(test_what_moves_the_cursor_does_not_get_through)
{
	struct buffer out = { 0 };

	(void)state;
	assert_int_equal(columns_safe(span_of_text("a\nb\x1b[2J\xff"
						   "c\xe2\x80\xae"
						   "d\xc2\x9b"),
			     &out),
	    RC_OK);
	assert_true(
	    span_equal(buffer_span(&out), span_of_text("a b [2J?c d ")));
	buffer_clear(&out);
}

TEST(test_a_fit_never_cuts_a_character)
{
	struct span text = span_of_text("a路b灯");

	(void)state;
	assert_int_equal(columns_fit(text, 0), 0);
	assert_int_equal(columns_fit(text, 1), 1);
	assert_int_equal(columns_fit(text, 2), 1);
	assert_int_equal(columns_fit(text, 3), 4);
	assert_int_equal(columns_fit(text, 5), 5);
	assert_int_equal(columns_fit(text, 6), 8);
	assert_int_equal(columns_fit(text, 60), 8);
}

/* Every character but blanks comes out, in its order. */
TEST(test_breaking_loses_nothing_but_blanks)
{
	static const char *const pieces[] = { "a", "bc", " ", "路", "，", "。",
		"7", "(", ")" };

	(void)state;
	srand(20260304); /* NOLINT: the same texts every time */
	for (int n = 0; n < 20000; n++) {
		char text[200] = "", left[200], joined[200];
		size_t size = 0, kept = 0, out = 0;
		struct span rest;

		for (int k = rand() % 30; k > 0; k--) {     /* NOLINT */
			const char *p = pieces[rand() % 9]; /* NOLINT */

			memcpy(text + size, p, strlen(p)); /* NOLINT */
			size += strlen(p);
		}
		rest = span_of(text, size);
		while (rest.size > 0) {
			const uint8_t *from = rest.at;
			size_t part = columns_break(rest,
			    2 + (size_t)rand() % 20, &rest); /* NOLINT */

			for (size_t i = 0; i < part; i++) {
				if (from[i] != ' ')
					joined[out++] = (char)from[i];
			}
		}
		for (size_t i = 0; i < size; i++) {
			if (text[i] != ' ')
				left[kept++] = text[i];
		}
		assert_int_equal(kept, out);
		if (kept > 0)
			assert_memory_equal(left, joined, kept);
	}
}
