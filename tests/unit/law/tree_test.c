/* tree - who may come in, who stands above whom, and the ways between. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "law/offices/tree.h"

#include "support/unit.h"

#define NATION   "000000"
#define PROVINCE "420000"
#define CITY     "420100"
#define DISTRICT "420106"
#define SIBLING  "420107"
#define STREET   "420106003"
#define VILLAGE  "420106003007"
#define ZONE     "WUHANZONE" /* outside the standard */

/* A city's tree: two districts, a street below one of them. */
static int
begin_city(void **state)
{
	struct tree *t = tree_new();

	tree_begin(t, CITY, PROVINCE);
	assert_int_equal(tree_enrol(t, DISTRICT, CITY), RC_OK);
	assert_int_equal(tree_enrol(t, SIBLING, CITY), RC_OK);
	assert_int_equal(tree_enrol(t, STREET, DISTRICT), RC_OK);
	*state = t;
	return 0;
}

static int
end_city(void **state)
{
	tree_free(*state);
	return 0;
}

#define IN_CITY(name) TEST_WITH(name, begin_city, end_city)

/* -- who may come in -- */

IN_CITY(test_no_office_takes_anothers_away)
{
	struct tree *t = *state;

	assert_int_equal(tree_enrol(t, STREET, SIBLING), RC_DENIED);
	assert_string_equal(tree_parent_of(t, STREET), DISTRICT);
	/* Once more by its own parent is no harm. */
	assert_int_equal(tree_enrol(t, STREET, DISTRICT), RC_OK);
	/* Ours goes before. */
	assert_int_equal(tree_enrol(t, STREET, CITY), RC_OK);
	assert_string_equal(tree_parent_of(t, STREET), CITY);
	assert_int_equal(tree_enrol(t, STREET, DISTRICT), RC_DENIED);
}

IN_CITY(test_a_revoked_office_stays_where_it_was_until_another_takes_it)
{
	struct tree *t = *state;

	assert_int_equal(tree_revoke(t, STREET, SIBLING), RC_NONE);
	assert_int_equal(tree_revoke(t, STREET, DISTRICT), RC_OK);
	assert_true(tree_is_below(t, STREET, DISTRICT));
	assert_int_equal(tree_enrol(t, STREET, SIBLING), RC_OK);
	assert_true(tree_is_below(t, STREET, SIBLING));
	assert_false(tree_is_below(t, STREET, DISTRICT));
	assert_int_equal(tree_revoke(t, VILLAGE, STREET), RC_NONE);
}

IN_CITY(test_nobody_enrols_us_or_who_is_above_us_or_above_itself)
{
	struct tree *t = *state;

	assert_int_equal(tree_enrol(t, CITY, DISTRICT), RC_REFUSED);
	assert_int_equal(tree_enrol(t, PROVINCE, DISTRICT), RC_REFUSED);
	assert_int_equal(tree_enrol(t, VILLAGE, VILLAGE), RC_REFUSED);
	assert_int_equal(tree_revoke(t, DISTRICT, CITY), RC_OK);
	assert_int_equal(tree_enrol(t, DISTRICT, STREET), RC_REFUSED);
	assert_string_equal(tree_parent_of(t, DISTRICT), CITY);
	/* Not even by our own word. */
	assert_int_equal(tree_enrol(t, PROVINCE, CITY), RC_REFUSED);
}

IN_CITY(test_an_office_that_only_opened_is_below_nobody)
{
	struct tree *t = *state;

	assert_int_equal(tree_open(t, VILLAGE), RC_OK);
	assert_int_equal(tree_open(t, VILLAGE), RC_DUPLICATE);
	assert_int_equal(tree_open(t, STREET), RC_DUPLICATE);
	assert_true(tree_knows(t, VILLAGE));
	assert_string_equal(tree_parent_of(t, VILLAGE), "");
	assert_false(tree_is_below(t, VILLAGE, CITY));
	assert_false(tree_is_below(t, VILLAGE, ""));
	assert_true(tree_is_below(t, VILLAGE, VILLAGE));
	assert_int_equal(tree_revoke(t, VILLAGE, CITY), RC_NONE);
	assert_int_equal(tree_enrol(t, VILLAGE, STREET), RC_OK);
	assert_true(tree_is_below(t, VILLAGE, CITY));
}

TEST(test_a_parent_may_become_known_after_its_child)
{
	struct tree *t = tree_new();

	tree_begin(t, PROVINCE, NATION);
	assert_int_equal(tree_enrol(t, DISTRICT, CITY), RC_OK);
	assert_false(tree_is_below(t, DISTRICT, PROVINCE));
	assert_true(tree_is_below(t, DISTRICT, CITY));
	assert_int_equal(tree_enrol(t, CITY, PROVINCE), RC_OK);
	assert_true(tree_is_below(t, DISTRICT, PROVINCE));
	/* And begins again from nothing. */
	tree_begin(t, PROVINCE, NATION);
	assert_false(tree_knows(t, CITY));
	assert_int_equal(tree_put(t, DISTRICT, CITY, true), RC_OK);
	assert_int_equal(tree_enrol(t, DISTRICT, SIBLING), RC_OK);
	tree_free(t);
}

TEST(test_many_offices_and_long_lines_have_limits)
{
	struct tree *t = tree_new();
	char code[OFFICE_CODE_MAX + 1], last[OFFICE_CODE_MAX + 1] = CITY;
	struct tree_way way;

	tree_begin(t, CITY, "");
	for (int depth = 1; depth <= TREE_DEPTH_MAX + 1; depth++) {
		assert_int_equal(text_format(code, sizeof(code), "LINE%02d",
				     depth),
		    RC_OK);
		assert_int_equal(tree_enrol(t, code, last), RC_OK);
		assert_int_equal(tree_is_below(t, code, CITY),
		    depth <= TREE_DEPTH_MAX);
		tree_way_to(t, code, tree_own(t), &way);
		assert_int_equal(way.is_whole, depth <= TREE_DEPTH_MAX);
		assert_int_equal(way.count, depth);
		memcpy(last, code, sizeof(last));
	}
	for (int i = 1; i < TREE_OFFICES_MAX - TREE_DEPTH_MAX; i++) {
		assert_int_equal(text_format(code, sizeof(code), "%06d",
				     100000 + i),
		    RC_OK);
		assert_int_equal(tree_enrol(t, code, CITY), RC_OK);
	}
	assert_int_equal(tree_enrol(t, "ONEMORE", CITY), RC_FULL);
	assert_int_equal(tree_open(t, "ONEMORE"), RC_FULL);
	assert_false(tree_knows(t, "ONEMORE"));
	assert_int_equal(tree_enrol(t, "100001", CITY), RC_OK);
	tree_free(t);
}

/* A list that is wrong: no walk may go round for ever. */
TEST(test_a_circle_ends)
{
	struct tree *t = tree_new();
	struct tree_way way;

	tree_begin(t, PROVINCE, NATION);
	assert_int_equal(tree_put(t, CITY, DISTRICT, false), RC_OK);
	assert_int_equal(tree_put(t, DISTRICT, CITY, false), RC_OK);
	assert_false(tree_is_below(t, CITY, PROVINCE));
	tree_way_to(t, CITY, tree_own(t), &way);
	assert_false(way.is_whole);
	tree_free(t);
}

/* -- asking -- */

IN_CITY(test_below_includes_the_office_itself_and_goes_one_way)
{
	struct tree *t = *state;

	assert_true(tree_is_below(t, STREET, STREET));
	assert_true(tree_is_below(t, STREET, DISTRICT));
	assert_true(tree_is_below(t, STREET, CITY));
	assert_false(tree_is_below(t, STREET, SIBLING));
	assert_false(tree_is_below(t, CITY, STREET));
	assert_false(tree_is_below(t, CITY, PROVINCE));
	assert_string_equal(tree_parent_of(t, CITY), PROVINCE);
	assert_string_equal(tree_parent_of(t, VILLAGE), "");
}

IN_CITY(test_who_stands_above_whom)
{
	static const struct {
		const char *office, *below;
		bool stands_above;
	} rows[] = {
		/* Both in the tree that we know. */
		{ DISTRICT, STREET, true },
		{ CITY, STREET, true },
		{ SIBLING, STREET, false },
		{ STREET, DISTRICT, false },
		{ STREET, STREET, false },
		/* Above us: our parent, and then whom the codes name. */
		{ PROVINCE, CITY, true },
		{ PROVINCE, STREET, true },
		{ NATION, STREET, true },
		{ "430000", STREET, false },
		{ "430100", STREET, false },
		{ ZONE, STREET, false },
		/* Not below us either of them: by the level of their codes. */
		{ "430000", "430101", true },
		{ "430101", "430000", false },
		{ "430100", "420200", false },
		{ ZONE, "430000", true },
		{ "430101", ZONE, true },
		{ ZONE, ZONE, false },
		/* One below us does not stand above a stranger. */
		{ CITY, "430101", false },
		{ DISTRICT, PROVINCE, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (tree_stands_above(*state, rows[i].office, rows[i].below) !=
		    rows[i].stands_above)
			fail_msg("%s above %s", rows[i].office, rows[i].below);
	}
}

TEST(test_who_is_above_us)
{
	static const struct {
		const char *own, *above, *office;
		bool stands_above;
	} rows[] = {
		{ CITY, PROVINCE, PROVINCE, true },
		{ CITY, PROVINCE, "430000", false },
		/* At the top there is nobody. */
		{ CITY, "", PROVINCE, false },
		{ NATION, NULL, PROVINCE, false },
		/* Nobody has said it yet: by our code. */
		{ CITY, NULL, PROVINCE, true },
		{ CITY, NULL, NATION, true },
		{ CITY, NULL, "430000", false },
		/* Nothing says who is above a zone. */
		{ ZONE, NULL, "430000", true },
		{ CITY, ZONE, "430000", true },
		{ ZONE, PROVINCE, PROVINCE, true },
		{ ZONE, PROVINCE, NATION, true },
		{ ZONE, PROVINCE, "430000", false },
		/* Run by another than its code names: that one counts. */
		{ CITY, "430000", "430000", true },
		{ CITY, "430000", PROVINCE, false },
	};
	struct tree *t = tree_new();

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		tree_begin(t, rows[i].own, rows[i].above);
		if (tree_stands_above(t, rows[i].office, rows[i].own) !=
		    rows[i].stands_above)
			fail_msg("row %zu", i);
	}
	tree_free(t);
}

TEST(test_what_codes_do_not_say_may_be_higher)
{
	assert_true(tree_may_be_higher(PROVINCE, CITY));
	assert_false(tree_may_be_higher(CITY, PROVINCE));
	assert_false(tree_may_be_higher(CITY, CITY));
	assert_true(tree_may_be_higher(NATION, VILLAGE));
	assert_true(tree_may_be_higher(ZONE, PROVINCE));
	assert_true(tree_may_be_higher(VILLAGE, ZONE));
}

/* -- ways -- */

IN_CITY(test_the_way_down_names_our_child_last)
{
	struct tree *t = *state;
	struct tree_way way;

	tree_way_to(t, STREET, tree_own(t), &way);
	assert_true(way.is_whole);
	assert_int_equal(way.count, 2);
	assert_string_equal(way.offices[0], STREET);
	assert_string_equal(way.offices[1], DISTRICT);
	assert_int_equal(tree_way_find(&way, DISTRICT), 1);
	assert_int_equal(tree_way_find(&way, CITY), 2);
	tree_way_to(t, CITY, tree_own(t), &way);
	assert_true(way.is_whole);
	assert_int_equal(way.count, 0);
	/* Nobody is known to be above it. */
	tree_way_to(t, VILLAGE, tree_own(t), &way);
	assert_false(way.is_whole);
	assert_int_equal(way.count, 1);
	assert_int_equal(tree_open(t, VILLAGE), RC_OK);
	tree_way_to(t, VILLAGE, tree_own(t), &way);
	assert_false(way.is_whole);
	assert_int_equal(way.count, 1);
}

static void
assert_climb(const char *office, const char *parent, const char *expected,
    bool is_whole)
{
	char got[TREE_DEPTH_MAX * (OFFICE_CODE_MAX + 1) + 1] = "";
	struct tree_way way;

	tree_climb(office, parent, &way);
	for (size_t i = 0; i < way.count; i++) {
		size_t used = strlen(got);

		(void)snprintf(got + used, sizeof(got) - used, "%s%s",
		    i > 0 ? " " : "", way.offices[i]);
	}
	assert_string_equal(got, expected);
	assert_int_equal(way.is_whole, is_whole);
}

TEST(test_codes_are_climbed_as_far_as_they_say)
{
	assert_climb(STREET, NULL, DISTRICT " " CITY " " PROVINCE " " NATION,
	    true);
	assert_climb(STREET, "", DISTRICT " " CITY " " PROVINCE " " NATION,
	    true);
	assert_climb(STREET, SIBLING, SIBLING " " CITY " " PROVINCE " " NATION,
	    true);
	assert_climb(DISTRICT, ZONE, ZONE, false);
	assert_climb(ZONE, NULL, "", false);
	assert_climb(NATION, NULL, "", true);
}
