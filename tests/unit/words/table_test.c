/* table - lists that stay in their columns. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "words/catalogue.h"
#include "words/table.h"

#include "support/unit.h"

static struct table *
some_table(void)
{
	struct table *t = table_new(SAY_ARGS("机构", "state", "n"));

	table_right(t, 2);
	table_text(t, "420106");
	table_text(t, "武昌区信访局");
	table_text(t, "7");
	table_text(t, "武汉");
	table_text(t, "");
	table_text(t, "-1234");
	return t;
}

static void
expect_print(const struct table *t, size_t width, const char *wanted)
{
	struct buffer out = { 0 };

	assert_int_equal(table_print(t, width, &out), RC_OK);
	assert_int_equal(buffer_append(&out, span_of("", 1)), RC_OK);
	assert_string_equal((char *)out.at, wanted);
	buffer_clear(&out);
}

TEST(test_columns_line_up_with_wide_characters)
{
	struct table *t = some_table();

	(void)state;
	expect_print(t, 0,
	    "机构    state             n\n"
	    "───────────────────────────\n"
	    "420106  武昌区信访局      7\n"
	    "武汉                  -1234\n");
	table_free(t);
}

TEST(test_a_narrow_terminal_cuts_the_widest_column)
{
	struct table *t = some_table();

	(void)state;
	expect_print(t, 23,
	    "机构    state         n\n"
	    "───────────────────────\n"
	    "420106  武昌区…       7\n"
	    "武汉              -1234\n");
	table_free(t);
}

TEST(test_no_line_is_wider_than_the_terminal)
{
	struct table *t = some_table();

	(void)state;
	for (size_t width = 17; width < 60; width++) {
		struct buffer out = { 0 };
		const uint8_t *from, *end;

		assert_int_equal(table_print(t, width, &out), RC_OK);
		from = out.at;
		for (; from < out.at + out.size; from = end + 1) {
			end = memchr(from, '\n',
			    (size_t)(out.at + out.size - from));
			assert_non_null(end);
			assert_true(text_columns(span_of(from,
					(size_t)(end - from))) <= width);
		}
		buffer_clear(&out);
	}
	table_free(t);
}

TEST(test_a_cell_cannot_break_its_line)
{
	struct table *t = table_new(SAY_ARGS("a"));

	(void)state;
	table_text(t, "x\ny\x1b");
	expect_print(t, 0, "a\n────\nx y \n");
	table_free(t);
	table_free(NULL);
}

TEST(test_a_long_cell_is_cut_also_in_a_file)
{
	static const char *const headers[] = { "a", "b", NULL };
	struct table *t = table_new(headers);
	struct buffer out = { 0 };
	char text[3 * 200 + 1] = "", expected[300];

	(void)state;
	for (size_t i = 0; i < 200; i++)
		memcpy(text + 3 * i, "汉", 4);
	table_row(t, (const char *const[]){ text, "z", NULL });
	assert_int_equal(table_print(t, 0, &out), RC_OK);
	assert_int_equal(buffer_append(&out, span_of("", 1)), RC_OK);
	/* 29 characters of two columns, and the ellipsis. */
	(void)snprintf(expected, sizeof(expected), "%.87s…  z\n", text);
	assert_non_null(strstr((char *)out.at, expected));
	buffer_clear(&out);
	table_free(t);
}

TEST(test_a_full_buffer_is_told)
{
	struct table *t = some_table();
	struct buffer out = { .limit = 60 };

	(void)state;
	assert_int_equal(table_print(t, 0, &out), RC_TOO_BIG);
	buffer_clear(&out);
	table_free(t);
}
