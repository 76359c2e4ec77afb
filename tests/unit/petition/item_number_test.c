/* item_number - numbers that cannot be mistyped unnoticed. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "petition/item_number.h"

#include "support/unit.h"

static uint64_t seed = 20260301;

static uint32_t
pick(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
	return (uint32_t)(seed >> 33) % below;
}

static struct item_number
some_number(void)
{
	static const char *const offices[] = { "420106", "420106003",
		"420106003007", "WHDHGX", "000000", "42018A" };
	struct item_number n = {
		.kind = (enum number_kind)pick(NUMBER_ESCALATION + 1),
		.year = 2000 + (int)pick(100),
		.serial = 1 + pick(pick(4) == 0 ? ITEM_SERIAL_MAX : 9999),
	};

	strcpy(n.office, offices[pick(6)]); /* NOLINT: constants that fit */
	return n;
}

TEST(test_a_number_reads_back_as_it_was)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct item_number n = some_number(), back;
		char text[ITEM_NUMBER_MAX + 1], again[ITEM_NUMBER_MAX + 1];

		item_number_format(&n, pick(UINT32_MAX), text);
		assert_int_equal(item_number_parse(text, &back), RC_OK);
		assert_int_equal(back.kind, n.kind);
		assert_string_equal(back.office, n.office);
		assert_int_equal(back.year, n.year);
		assert_int_equal(back.serial, n.serial);
		assert_int_equal(item_number_normalise(text, again), RC_OK);
		assert_string_equal(text, again);
	}
}

TEST(test_a_number_looks_as_documented)
{
	struct item_number n = { NUMBER_ITEM, "420106", 2026, 123, "" };
	char text[ITEM_NUMBER_MAX + 1];

	(void)state;
	item_number_format(&n, 1767225600, text);
	assert_int_equal(strlen(text), strlen("420106-2026-000123-7QK"));
	assert_memory_equal(text, "420106-2026-000123-", 19);
	n.kind = NUMBER_DIRECTIVE;
	n.serial = 7;
	item_number_format(&n, 1767225600, text);
	assert_memory_equal(text, "D420106-2026-0007-", 18);
	n.kind = NUMBER_ESCALATION;
	n.serial = 1;
	item_number_format(&n, 1767225600, text);
	assert_memory_equal(text, "E420106-2026-0001-", 18);
	n.serial = 1234567;
	n.kind = NUMBER_ITEM;
	item_number_format(&n, 1767225600, text);
	assert_memory_equal(text, "420106-2026-1234567-", 20);
}

/* Put every other letter and digit in the place of text[at]. */
static void
expect_found(char *text, size_t at)
{
	static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	char right = text[at], same[ITEM_NUMBER_MAX + 1];

	for (const char *c = all; *c != '\0' && right != '-'; c++) {
		text[at] = *c;
		if (*c == right || item_number_parse(text, NULL) != RC_OK)
			continue;
		/* O for 0 and the like: repaired. */
		assert_int_equal(item_number_normalise(text, same), RC_OK);
		assert_int_equal(same[at], right);
	}
	text[at] = right;
}

TEST(test_any_wrong_character_is_found)
{
	(void)state;
	for (int i = 0; i < 500; i++) {
		struct item_number n = some_number();
		char text[ITEM_NUMBER_MAX + 1];

		item_number_format(&n, pick(UINT32_MAX), text);
		for (size_t at = 0; text[at] != '\0'; at++)
			expect_found(text, at);
	}
}

TEST(test_any_two_exchanged_letters_or_digits_are_found)
{
	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct item_number n = some_number();
		char text[ITEM_NUMBER_MAX + 1];
		size_t size;

		item_number_format(&n, pick(UINT32_MAX), text);
		size = strlen(text);
		for (size_t a = 0; a < size; a++) {
			for (size_t b = a + 1; b < size; b++) {
				char kept = text[a];

				if (kept == text[b] || kept == '-' ||
				    text[b] == '-')
					continue;
				text[a] = text[b];
				text[b] = kept;
				assert_int_not_equal(item_number_parse(text,
							 NULL),
				    RC_OK);
				text[b] = text[a];
				text[a] = kept;
			}
		}
	}
}

TEST(test_mistyped_is_told_from_malformed)
{
	struct item_number n = { NUMBER_ITEM, "420106", 2026, 123, "" };
	char text[ITEM_NUMBER_MAX + 1];

	(void)state;
	item_number_format(&n, 1767225600, text);
	text[17] = '4';
	assert_int_equal(item_number_parse(text, &n), RC_DAMAGED);
	assert_int_equal(n.serial, 123);
	assert_int_equal(item_number_parse("", NULL), RC_MALFORMED);
	assert_int_equal(item_number_parse("420106", NULL), RC_MALFORMED);
	assert_int_equal(item_number_parse("420106-2026-000000-7QK", NULL),
	    RC_MALFORMED);
	assert_int_equal(item_number_parse("420106-2026-000123-7QU", NULL),
	    RC_MALFORMED);
	assert_int_equal(item_number_parse("420106-2026-000123-7QKK", NULL),
	    RC_MALFORMED);
	assert_int_equal(item_number_parse("420106-2026-000123-7QK-", NULL),
	    RC_MALFORMED);
	assert_int_equal(item_number_parse("\xff\xfe", NULL), RC_MALFORMED);
}

/* The letter in front is part of what the check is about. */
TEST(test_one_kind_is_not_taken_for_another)
{
	static const char kinds[] = "DE";
	char text[ITEM_NUMBER_MAX + 1];

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct item_number n = some_number();

		if (n.kind == NUMBER_ITEM)
			continue;
		item_number_format(&n, pick(UINT32_MAX), text);
		text[0] = kinds[n.kind == NUMBER_DIRECTIVE];
		assert_int_equal(item_number_parse(text, NULL), RC_DAMAGED);
		assert_int_equal(item_number_parse(text + 1, NULL), RC_DAMAGED);
	}
}

TEST(test_what_a_person_types_is_brought_into_form)
{
	static const char *const typed[] = {
		"420106-2026-000123-7qk",
		"  420106 - 2026 - 000123 - 7 q k \n",
		"４２０１０６－２０２６－０００１２３－７ＱＫ",
		"420106—2026–000123−7QK",
		"420106-2026-123-7QK",
		"420106　-2026\xc2\xa0-000123-7QK",
	};
	char out[ITEM_NUMBER_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++) {
		assert_int_equal(item_number_normalise(typed[i], out), RC_OK);
		assert_string_equal(out, "420106-2026-000123-7QK");
	}
	assert_int_equal(item_number_normalise("420106-2026-000123-oil", out),
	    RC_OK);
	assert_string_equal(out, "420106-2026-000123-011");
	assert_int_equal(item_number_normalise("42O106-2026-000123-7QK", out),
	    RC_OK);
	assert_string_equal(out, "42O106-2026-000123-7QK");
	assert_int_equal(item_number_normalise("420106-2O26-000123-7QK", out),
	    RC_MALFORMED);
	assert_string_equal(out, "");
}

TEST(test_an_office_begun_anew_prints_other_numbers)
{
	uint32_t collisions = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct item_number n = some_number();
		char one[ITEM_NUMBER_MAX + 1], other[ITEM_NUMBER_MAX + 1];
		uint32_t first = pick(UINT32_MAX),
			 second = first + 1 + pick(100000);

		item_number_format(&n, first, one);
		item_number_format(&n, second, other);
		collisions += strcmp(one, other) == 0;
	}
	assert_true(collisions < 20000 / 256);
}
