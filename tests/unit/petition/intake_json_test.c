/* intake_json - files that say what they mean, and files that do not. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "petition/intake_json.h"

#include "support/unit.h"

static void
expect_broken(const char *json, enum rc wanted, enum say what,
    const char *field, size_t item)
{
	struct intake_list list = { 0 };
	struct intake_problem problem = { 0 };
	char out[SAY_TEXT_MAX];

	assert_int_equal(intake_json_read(span_of_text(json), &list, &problem),
	    wanted);
	assert_int_equal(problem.what, what);
	assert_string_equal(problem.field, field);
	assert_int_equal(problem.item, item);
	assert_null(list.items);
	assert_int_equal(list.count, 0);
	intake_problem_say(out, sizeof(out), LANGUAGE_EN, &problem);
	assert_null(strchr(out, '{'));
}

TEST(test_one_object_is_one_item)
{
	static const char json[] =
	    "\xef\xbb\xbf{\"channel\":\"来访\","
	    "\"heads\":12,\"subject\":\"路\\n灯\",\"text\":null,"
	    "\"claimed_at\":\"1970-01-01T08:00:01+08:00\","
	    "\"person_name\":\"某\"}";
	struct intake_list list = { 0 };
	struct intake_problem problem;

	(void)state;
	assert_int_equal(intake_json_read(span_of_text(json), &list, &problem),
	    RC_OK);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].channel, "LF");
	assert_int_equal(list.items[0].heads, 12);
	assert_int_equal(list.items[0].claimed_ms, 1000);
	assert_int_equal(list.items[0].text.size, 0);
	assert_true(span_equal(list.items[0].subject, span_of_text("路\n灯")));
	intake_list_clear(&list);
	intake_list_clear(&list);
}

TEST(test_a_list_keeps_its_order)
{
	struct intake_list list = { 0 };
	struct intake_problem problem;

	(void)state;
	assert_int_equal(
	    intake_json_read(
		span_of_text(
		    "[{\"heads\":1},{\"heads\":2},{\"claimed_ms\":3}]"),
		&list, &problem),
	    RC_OK);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.items[1].heads, 2);
	assert_int_equal(list.items[2].claimed_ms, 3);
	intake_list_clear(&list);
	assert_int_equal(intake_json_read(span_of_text("[]"), &list, &problem),
	    RC_OK);
	assert_int_equal(list.count, 0);
	intake_list_clear(&list);
}

TEST(test_an_unknown_key_is_refused_by_name)
{
	struct intake_list list = { 0 };
	struct intake_problem problem;
	char out[SAY_TEXT_MAX];

	(void)state;
	expect_broken("[{},{\"person_phne\":\"1\"}]", RC_NONE,
	    SAY_INTAKE_FIELD_UNKNOWN, "", 2);
	assert_int_equal(intake_json_read(span_of_text("{\"person_phne\":1}"),
			     &list, &problem),
	    RC_NONE);
	intake_problem_say(out, sizeof(out), LANGUAGE_EN, &problem);
	assert_non_null(strstr(out, "'person_phne'"));
	assert_non_null(strstr(out, "person_phone"));
	assert_non_null(strstr(out, "person_address."));
}

TEST(test_the_accused_come_as_a_list_or_as_text)
{
	struct intake_list list = { 0 };
	struct intake_problem problem;

	(void)state;
	assert_int_equal(
	    intake_json_read(
		span_of_text("[{\"accused\":[\"420106\",\"420111\"],"
			     "\"procedure\":\"U\"},"
			     "{\"accused\":\"420106,420111\"},{\"accused\":[]},"
			     "{\"accused\":null}]"),
		&list, &problem),
	    RC_OK);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(list.items[i].accused_count, 2);
		assert_string_equal(list.items[i].accused[0], "420106");
		assert_string_equal(list.items[i].accused[1], "420111");
	}
	assert_string_equal(list.items[0].procedure, "U");
	assert_int_equal(list.items[2].accused_count, 0);
	assert_int_equal(list.items[3].accused_count, 0);
	intake_list_clear(&list);
	expect_broken("{\"accused\":[420106]}", RC_MALFORMED,
	    SAY_INTAKE_NEEDS_TEXT, "accused", 0);
	expect_broken("{\"accused\":420106}", RC_MALFORMED,
	    SAY_INTAKE_NEEDS_TEXT, "accused", 0);
	expect_broken("{\"accused\":[\"武昌区\"]}", RC_MALFORMED,
	    SAY_INTAKE_OFFICE, "accused", 0);
	expect_broken("{\"accused\":{}}", RC_MALFORMED, SAY_INTAKE_NEEDS_TEXT,
	    "accused", 0);
}

TEST(test_types_are_checked)
{
	(void)state;
	expect_broken("{\"heads\":\"3\"}", RC_MALFORMED,
	    SAY_INTAKE_NEEDS_NUMBER, "heads", 0);
	expect_broken("{\"heads\":1.5}", RC_MALFORMED, SAY_INTAKE_NEEDS_NUMBER,
	    "heads", 0);
	expect_broken("{\"heads\":-1}", RC_MALFORMED, SAY_INTAKE_NUMBER,
	    "heads", 0);
	expect_broken("{\"text\":[]}", RC_MALFORMED, SAY_INTAKE_NEEDS_TEXT,
	    "text", 0);
	expect_broken("[{\"source_ref\":17}]", RC_MALFORMED,
	    SAY_INTAKE_NEEDS_TEXT, "source_ref", 1);
	expect_broken("{\"claimed_at\":\"2026\"}", RC_MALFORMED,
	    SAY_INTAKE_TIME, "claimed_at", 0);
	expect_broken("{\"claimed_at\":\"2026-01-01\",\"claimed_ms\":1}",
	    RC_MALFORMED, SAY_INTAKE_TWO_TIMES, "claimed_ms", 0);
}

TEST(test_what_is_no_json_is_refused_with_its_place)
{
	static const char *const broken[] = { "", "{", "nonsense", "{\"a\":1,}",
		"{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"\\u0000\"}",
		"{\"text\":\"\xff\"}", "17" };

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		expect_broken(broken[i], RC_MALFORMED, SAY_INTAKE_JSON_BROKEN,
		    "", 0);
	}
	expect_broken("[[]]", RC_MALFORMED, SAY_INTAKE_JSON_SHAPE, "", 1);
	expect_broken("[1]", RC_MALFORMED, SAY_INTAKE_JSON_SHAPE, "", 1);
}

TEST(test_a_file_has_its_limits)
{
	size_t size = (size_t)3 * (INTAKE_JSON_ITEMS_MAX + 1) + 1, used = 0;
	char *json = calloc(1, size + 1);
	struct intake_list list = { 0 };
	struct intake_problem problem;

	(void)state;
	assert_non_null(json);
	for (json[used++] = '['; used + 3 <= size;) {
		memcpy(json + used, "{},", 3); /* NOLINT */
		used += 3;
	}
	json[used - 1] = ']';
	expect_broken(json, RC_TOO_BIG, SAY_INTAKE_JSON_TOO_MANY, "", 0);
	assert_int_equal(intake_json_read(span_of(json,
					      INTAKE_JSON_BYTES_MAX + 1),
			     &list, &problem),
	    RC_TOO_BIG);
	free(json);
}
