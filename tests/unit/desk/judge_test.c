/* judge - what was typed, whatever the command. */
#include <string.h>

#include "desk/judge.h"

#include "support/unit.h"

enum { YEAR = 2026 };

static void
number_of(enum number_kind kind, char out[static ITEM_NUMBER_MAX + 1])
{
	struct item_number n = { .office = "420106",
		.kind = kind,
		.year = YEAR,
		.serial = 7 };

	item_number_format(&n, 0, out);
}

TEST(test_a_good_number_is_printed_as_it_should_be)
{
	char item[ITEM_NUMBER_MAX + 1], typed[ITEM_NUMBER_MAX + 1];
	struct item_number n;
	struct judged why;

	(void)state;
	number_of(NUMBER_ITEM, item);
	memcpy(typed, item, sizeof(typed));
	for (char *at = typed; *at != '\0'; at++) {
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	}
	assert_true(judge_item_number(typed, &n, &why));
	assert_string_equal(typed, item);
	assert_string_equal(n.office, "420106");
}

TEST(test_a_bad_number_stays_as_it_was_typed)
{
	char typed[ITEM_NUMBER_MAX + 1] = "nonsense";
	struct item_number n;
	struct judged why;

	(void)state;
	assert_false(judge_item_number(typed, &n, &why));
	assert_int_equal(why.say, SAY_ITEM_NUMBER_MALFORMED);
	assert_string_equal(why.args[0], "nonsense");
	assert_string_equal(typed, "nonsense");
	number_of(NUMBER_ITEM, typed);
	typed[5] = '7';
	assert_false(judge_item_number(typed, &n, &why));
	assert_int_equal(why.say, SAY_ITEM_NUMBER_MISTYPED);
}

TEST(test_a_number_of_something_else_is_none)
{
	char item[ITEM_NUMBER_MAX + 1], directive[ITEM_NUMBER_MAX + 1];
	struct item_number n;
	struct judged why;

	(void)state;
	number_of(NUMBER_ITEM, item);
	number_of(NUMBER_DIRECTIVE, directive);
	assert_true(judge_directive_number(directive, &n, &why));
	assert_false(judge_item_number(directive, &n, &why));
	assert_int_equal(why.say, SAY_ITEM_NUMBER_MALFORMED);
	assert_false(judge_directive_number(item, &n, &why));
	assert_int_equal(why.say, SAY_DESK_NO_DIRECTIVE_ID);
}

TEST(test_a_code_may_be_named)
{
	char code[CODE_MAX + 1] = " cb ";
	struct judged why;

	(void)state;
	assert_true(judge_code(CODES_DIRECTIVE_KIND, code, "--kind", &why));
	assert_string_equal(code, "CB");
	memcpy(code, "NO", sizeof("NO"));
	assert_false(judge_code(CODES_DIRECTIVE_KIND, code, "--kind", &why));
	assert_int_equal(why.say, SAY_DESK_UNKNOWN_CODE);
	assert_string_equal(why.args[0], "--kind");
	assert_string_equal(why.args[1], "NO");
	assert_string_equal(why.args[2], codes_all(CODES_DIRECTIVE_KIND));
	assert_null(why.args[3]);
}

TEST(test_limits_themselves)
{
	struct judged why;

	(void)state;
	assert_true(judge_length(4, 4, "4 B", &why));
	assert_false(judge_length(5, 4, "4 B", &why));
	assert_int_equal(why.say, SAY_DESK_TEXT_TOO_LONG);
	assert_string_equal(why.args[0], "4 B");
	assert_true(judge_due(11, 10, &why));
	assert_false(judge_due(10, 10, &why));
	assert_int_equal(why.say, SAY_DESK_DUE_PAST);
	assert_null(why.args[0]);
	assert_true(judge_office_code("420106", &why));
	assert_false(judge_office_code("somewhere else", &why));
	assert_int_equal(why.say, SAY_OFFICE_CODE_MALFORMED);
}
