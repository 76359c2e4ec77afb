/* query_code - printed once, recognised however it is typed. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "petition/query_code.h"

#include "support/unit.h"

static void
expect_form(const char *typed, const char *wanted)
{
	char out[QUERY_CODE_MAX + 1];

	assert_int_equal(query_code_normalise(span_of_text(typed), out), RC_OK);
	assert_string_equal(out, wanted);
}

TEST(test_a_code_carries_all_its_bits)
{
	uint8_t bits[QUERY_CODE_BITS_BYTES] = { 0 };
	char none[QUERY_CODE_MAX + 1], one[QUERY_CODE_MAX + 1];

	(void)state;
	query_code_format(bits, none);
	assert_string_equal(none, "0000-0000-0000-0000");
	for (size_t bit = 0; bit < 80; bit++) {
		memset(bits, 0, sizeof(bits));
		bits[bit / 8] = (uint8_t)(1U << (bit % 8));
		query_code_format(bits, one);
		assert_string_not_equal(one, none);
	}
	memset(bits, 0xff, sizeof(bits));
	query_code_format(bits, one);
	assert_string_equal(one, "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
}

TEST(test_new_codes_differ_and_are_in_form)
{
	char one[QUERY_CODE_MAX + 1], other[QUERY_CODE_MAX + 1];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		query_code_new(one);
		query_code_new(other);
		assert_string_not_equal(one, other);
		expect_form(one, one);
	}
}

TEST(test_typing_habits_do_not_matter)
{
	(void)state;
	expect_form("7qk2m9xd03fzv4tr", "7QK2-M9XD-03FZ-V4TR");
	expect_form(" 7QK2 M9XD 03FZ V4TR ", "7QK2-M9XD-03FZ-V4TR");
	expect_form("７ＱＫ２－Ｍ９ＸＤ－０３ＦＺ－Ｖ４ＴＲ",
	    "7QK2-M9XD-03FZ-V4TR");
	expect_form("7QK2—M9XD—O3FZ—V4TR", "7QK2-M9XD-03FZ-V4TR");
	expect_form("IL00-OoiI-l111-0000", "1100-0011-1111-0000");
}

TEST(test_what_is_no_code_is_refused)
{
	static const char *const bad[] = { "", "7QK2-M9XD-03FZ-V4T",
		"7QK2-M9XD-03FZ-V4TRR", "7QK2-M9XD-03FZ-V4TU",
		"7QK2-M9XD-03FZ-V4T?", "编号", "\xff" };
	char out[QUERY_CODE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(query_code_normalise(span_of_text(bad[i]),
				     out),
		    RC_MALFORMED);
		assert_string_equal(out, "");
	}
}

TEST(test_the_hash_depends_on_code_and_key)
{
	static const char one[] = "7QK2-M9XD-03FZ-V4TR";
	static const char other[] = "7QK2-M9XD-03FZ-V4TS";
	uint8_t key[QUERY_CODE_KEY_BYTES] = { 1 };
	uint8_t a[HASH_BYTES], b[HASH_BYTES];

	(void)state;
	query_code_hash(one, key, a);
	query_code_hash(one, key, b);
	assert_memory_equal(a, b, HASH_BYTES);
	query_code_hash(other, key, b);
	assert_memory_not_equal(a, b, HASH_BYTES);
	key[31] = 1;
	query_code_hash(one, key, b);
	assert_memory_not_equal(a, b, HASH_BYTES);
}
