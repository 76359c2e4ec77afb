/* office_code - levels and parents from codes. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "petition/office_code.h"

#include "support/unit.h"

static void
expect_place(const char *code, const char *named, char level,
    const char *parent)
{
	char found[OFFICE_CODE_MAX + 1];

	assert_int_equal(office_code_level(code, named), level);
	assert_int_equal(office_code_parent(code, named, found), RC_OK);
	assert_string_equal(found, parent);
}

TEST(test_the_standard_says_level_and_parent)
{
	(void)state;
	expect_place("420106", NULL, 'D', "420100");
	expect_place("420100", NULL, 'C', "420000");
	expect_place("420000", "", 'P', "000000");
	expect_place("420106003", NULL, 'T', "420106");
	expect_place("420106003007", NULL, 'V', "420106003");
	expect_place("222401", NULL, 'D', "222400");
}

TEST(test_districts_of_municipalities_lie_below_the_province_level)
{
	(void)state;
	expect_place("110105", NULL, 'D', "110000");
	expect_place("120101", NULL, 'D', "120000");
	expect_place("310115", NULL, 'D', "310000");
	expect_place("500229", NULL, 'D', "500000");
	expect_place("110000", NULL, 'P', "000000");
}

TEST(test_counties_run_by_the_province_skip_the_city)
{
	(void)state;
	expect_place("429004", NULL, 'D', "420000");
	expect_place("469001", NULL, 'D', "460000");
	expect_place("429004101", NULL, 'T', "429004");
}

TEST(test_a_city_without_districts_has_towns)
{
	(void)state;
	expect_place("441900003", NULL, 'T', "441900");
}

TEST(test_the_national_office_has_no_parent)
{
	char parent[OFFICE_CODE_MAX + 1] = "x";

	(void)state;
	assert_int_equal(office_code_level("000000", NULL), 'N');
	assert_int_equal(office_code_parent("000000", NULL, parent), RC_NONE);
	assert_string_equal(parent, "");
}

TEST(test_a_code_outside_the_standard_needs_a_named_parent)
{
	static const char *const outside[] = { "42018A", "WHDHGX", "990101",
		"110100", "429000", "420106000", "420106003000", "4201060031" };
	char parent[OFFICE_CODE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(outside) / sizeof(*outside); i++) {
		assert_false(office_code_is_standard(outside[i]));
		assert_int_equal(office_code_level(outside[i], ""), '\0');
		assert_int_equal(office_code_parent(outside[i], NULL, parent),
		    RC_MALFORMED);
		expect_place(outside[i], "420100", 'D', "420100");
	}
	expect_place("WHDHGX", "110000", 'D', "110000");
	expect_place("WHDHGX", "420000", 'C', "420000");
	expect_place("WHDHGX", "420106", 'T', "420106");
}

TEST(test_a_named_parent_wins)
{
	(void)state;
	expect_place("420106", "42018A", 'D', "42018A");
}

TEST(test_a_parent_that_cannot_be_is_refused)
{
	char parent[OFFICE_CODE_MAX + 1];

	(void)state;
	assert_int_equal(office_code_parent("420106", "420106", parent),
	    RC_MALFORMED);
	assert_int_equal(office_code_parent("420106", "4201", parent),
	    RC_MALFORMED);
	assert_int_equal(office_code_level("WHDHGX", "XXXXXX"), '\0');
	assert_int_equal(office_code_level("WHDHGX", "420106003007"), '\0');
}

TEST(test_what_is_no_code_is_refused)
{
	static const char *const bad[] = { "", "42010", "42010a", "420 06",
		"4201060030071", "４２０１０６", "420106-1", "D42010", "E42010",
		"ECONOM" };
	char parent[OFFICE_CODE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(office_code_is_shaped(bad[i]));
		assert_int_equal(office_code_parent(bad[i], "420100", parent),
		    RC_MALFORMED);
	}
}

/* Every standard code climbs to the national office in at most five steps. */
TEST(test_every_chain_of_parents_ends_at_the_top)
{
	(void)state;
	for (unsigned n = 0; n < 1000000; n++) {
		char code[OFFICE_CODE_MAX + 1], up[OFFICE_CODE_MAX + 1];
		int steps = 0;

		for (unsigned i = 0, rest = n; i < 6; i++, rest /= 10)
			code[5 - i] = (char)('0' + rest % 10);
		code[6] = '\0';
		if (!office_code_is_standard(code))
			continue;
		while (office_code_parent(code, NULL, up) == RC_OK) {
			assert_true(
			    office_level_steps(office_code_level(code, NULL),
				office_code_level(up, NULL)) > 0);
			memcpy(code, up, sizeof(code));
			assert_true(++steps <= 5);
		}
		assert_string_equal(code, OFFICE_CODE_NATIONAL);
	}
}

TEST(test_levels_are_counted_upwards)
{
	(void)state;
	assert_int_equal(office_level_steps('D', 'C'), 1);
	assert_int_equal(office_level_steps('D', 'N'), 3);
	assert_int_equal(office_level_steps('C', 'D'), -1);
	assert_string_equal(office_level_code('D'), "D");
	assert_string_equal(office_level_code(OFFICE_LEVEL_UNKNOWN), "");
}
