/* involved - who stands where towards an item, and whose word counts. */
#include <string.h>

#include "base/text.h"
#include "law/offices/involved.h"
#include "law/offices/tree.h"

#include "support/unit.h"

#define PROVINCE "420000"
#define CITY     "420100"

#define ITEM "420106003-2026-000123-7QK"

/* Of each district of the city two streets. */
#define HOME       "420106003"
#define ABOVE_HOME "420106"
#define SENT       "420107003"
#define ABOVE_SENT "420107"
#define TOLD       "420111003"
#define ABOVE_TOLD "420111"
#define BESIDE     "420106004"
#define STRANGER   "420112"
#define ELSEWHERE  "420202" /* another city's */

static int
begin_city(void **state)
{
	static const char *const enrolments[][2] = { { ABOVE_HOME, CITY },
		{ ABOVE_SENT, CITY }, { ABOVE_TOLD, CITY }, { STRANGER, CITY },
		{ HOME, ABOVE_HOME }, { BESIDE, ABOVE_HOME },
		{ SENT, ABOVE_SENT }, { TOLD, ABOVE_TOLD } };
	struct tree *t = tree_new();

	tree_begin(t, CITY, PROVINCE);
	for (size_t i = 0; i < sizeof(enrolments) / sizeof(*enrolments); i++) {
		assert_int_equal(tree_enrol(t, enrolments[i][0],
				     enrolments[i][1]),
		    RC_OK);
	}
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

struct row {
	const char *office;
	enum involved_part part;
	bool counts, may_send;
};

static void
assert_rows(const struct involved *in, const struct tree *t,
    const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *r = &rows[i];

		if (involved_as(in, t, r->office) != r->part ||
		    involved_counts(in, t, r->office) != r->counts ||
		    involved_may_send(in, t, r->office) != r->may_send)
			fail_msg("row %zu: %s", i, r->office);
	}
}

IN_CITY(test_each_row_of_who_and_where)
{
	static const struct row rows[] = {
		{ HOME, INVOLVED_HOME, true, true },
		{ ABOVE_HOME, INVOLVED_ABOVE, true, true },
		{ SENT, INVOLVED_SENT, true, true },
		{ ABOVE_SENT, INVOLVED_ABOVE, true, true },
		{ CITY, INVOLVED_ABOVE, true, true },
		{ TOLD, INVOLVED_NOTIFIED, true, false },
		{ ABOVE_TOLD, INVOLVED_ABOVE_NOTIFIED, true, false },
		{ BESIDE, INVOLVED_NOT, false, false },
		{ STRANGER, INVOLVED_NOT, false, false },
		/* Judged above. */
		{ PROVINCE, INVOLVED_NOT_OURS, true, true },
		{ ELSEWHERE, INVOLVED_NOT_OURS, true, true },
	};
	struct involved in;

	involved_begin(&in, ITEM);
	involved_add_sent(&in, SENT);
	involved_add_notified(&in, TOLD);
	assert_rows(&in, *state, rows, sizeof(rows) / sizeof(*rows));
}

IN_CITY(test_an_item_that_nobody_sent_is_its_homes_and_of_who_is_above)
{
	static const struct row rows[] = {
		{ HOME, INVOLVED_HOME, true, true },
		{ ABOVE_HOME, INVOLVED_ABOVE, true, true },
		{ CITY, INVOLVED_ABOVE, true, true },
		{ SENT, INVOLVED_NOT, false, false },
		{ ABOVE_SENT, INVOLVED_NOT, false, false },
		{ BESIDE, INVOLVED_NOT, false, false },
	};
	struct involved in;

	involved_begin(&in, ITEM);
	assert_int_equal(in.count, 1);
	assert_rows(&in, *state, rows, sizeof(rows) / sizeof(*rows));
}

IN_CITY(test_what_is_no_number_is_nobodys)
{
	static const char *const items[] = { "", "-2026", "420106003",
		"4201060030070-2026-000001-ABC" };
	struct involved in;

	for (size_t i = 0; i < sizeof(items) / sizeof(*items); i++) {
		involved_begin(&in, items[i]);
		assert_int_equal(in.count, 0);
		assert_int_equal(involved_as(&in, *state, HOME), INVOLVED_NOT);
		/* Then the first that it was sent to is not its home. */
		involved_add_sent(&in, SENT);
		assert_int_equal(involved_as(&in, *state, SENT), INVOLVED_SENT);
	}
}

IN_CITY(test_whoever_is_two_things_may_do_more)
{
	struct involved in;

	involved_begin(&in, ITEM);
	involved_add_sent(&in, HOME);
	involved_add_sent(&in, SENT);
	involved_add_sent(&in, SENT);
	assert_int_equal(in.sent_count, 2);
	involved_add_notified(&in, SENT);
	involved_add_notified(&in, HOME);
	assert_int_equal(in.count, 2);
	involved_add_notified(&in, ABOVE_HOME);
	involved_add_notified(&in, PROVINCE);
	assert_int_equal(in.count, 4);
	assert_int_equal(involved_as(&in, *state, HOME), INVOLVED_HOME);
	assert_int_equal(involved_as(&in, *state, SENT), INVOLVED_SENT);
	assert_int_equal(involved_as(&in, *state, ABOVE_HOME), INVOLVED_ABOVE);
	assert_int_equal(involved_as(&in, *state, PROVINCE), INVOLVED_NOT_OURS);
}

IN_CITY(test_more_than_the_list_holds_are_not_involved)
{
	char code[OFFICE_CODE_MAX + 1];
	struct involved in;

	involved_begin(&in, ITEM);
	for (int i = 0; i < INVOLVED_MAX + 3; i++) {
		assert_int_equal(text_format(code, sizeof(code), "42011200%d",
				     i),
		    RC_OK);
		assert_int_equal(tree_enrol(*state, code, STRANGER), RC_OK);
		involved_add_sent(&in, code);
	}
	assert_int_equal(in.count, INVOLVED_MAX);
	assert_int_equal(involved_as(&in, *state, code), INVOLVED_NOT);
	involved_add_notified(&in, TOLD);
	assert_int_equal(involved_as(&in, *state, TOLD), INVOLVED_NOT);
}
