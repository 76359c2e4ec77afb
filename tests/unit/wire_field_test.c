/*
 * Goal of this test: each field of a record, of what it carries, and of a
 * command, at its limit and one beyond it.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "wire_messages.h"

#define SIZE_LIMIT    (UINT64_C(1) << 53)
#define TIME_LIMIT_MS INT64_C(253402300799999)

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

/* -- one field at a time -- */

/* The message with `size` letters in `field` instead. */
static enum rc
with_text(const struct message *m, uint32_t field, size_t size)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	m->make(&bytes);
	raw_bytes(&bytes, field, letters('7', size));
	rc = again_try(m->again, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

static enum rc
with_bytes(const struct message *m, uint32_t field, struct span value)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	m->make(&bytes);
	raw_bytes(&bytes, field, value);
	rc = again_try(m->again, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

static enum rc
with_number(const struct message *m, uint32_t field, uint64_t value)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	m->make(&bytes);
	raw_number(&bytes, field, value);
	rc = again_try(m->again, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

/* Every text and what it may hold; `min` is 1 where it must be there. */
static const struct text_rule {
	const struct message *message;
	uint32_t field;
	size_t min, max;
	bool is_bytes; /* not a text: may hold anything */
} text_rules[] = {
	{ &record, 1, 1, OFFICE_CODE_MAX, false },
	{ &record, 3, 0, OFFICE_CODE_MAX, false },
	{ &record, 10, 0, ACTOR_MAX, false },
	{ &record, 11, 0, ACTOR_MAX, false },
	{ &opened, 1, 1, OFFICE_CODE_MAX, false },
	{ &opened, 2, 0, OFFICE_NAME_MAX, false },
	{ &opened, 3, KEY_BYTES, KEY_BYTES, true },
	{ &petition, 1, 1, ITEM_NUMBER_MAX, false },
	{ &petition, 2, 0, CODE_MAX, false },
	{ &petition, 3, 0, CODE_MAX, false },
	{ &petition, 4, 0, CODE_MAX, false },
	{ &petition, 5, 0, CODE_MAX, false },
	{ &petition, 6, 0, CODE_MAX, false },
	{ &petition, 8, 0, OFFICE_CODE_MAX, false },
	{ &petition, 9, 0, SUBJECT_BYTES_MAX, false },
	{ &petition, 10, 0, TEXT_BYTES_MAX, false },
	{ &petition, 11, 0, PLACE_BYTES_MAX, false },
	{ &petition, 12, 0, SOURCE_BYTES_MAX, false },
	{ &petition, 13, 0, SOURCE_REF_BYTES_MAX, false },
	{ &petition, 17, 0, SEALED_BYTES_MAX, true },
	{ &petition, 19, 0, ITEM_NUMBER_MAX, false },
	{ &directive, 1, 1, DIRECTIVE_ID_MAX, false },
	{ &directive, 2, 0, CODE_MAX, false },
	{ &directive, 3, 1, OFFICE_CODE_MAX, false },
	{ &directive, 4, 0, ITEM_NUMBER_MAX, false },
	{ &directive, 5, 0, ITEM_NUMBER_MAX, false },
	{ &directive, 7, 0, DIRECTIVE_TEXT_BYTES_MAX, false },
	{ &directive, 8, 0, CODE_MAX, false },
	{ &directive, 9, 0, DIRECTIVE_ID_MAX, false },
	{ &one_step, 1, 1, DIRECTIVE_ID_MAX, false },
	{ &one_step, 2, 1, OFFICE_CODE_MAX, false },
	{ &one_step, 3, 0, CODE_MAX, false },
	{ &one_step, 4, 0, DIRECTIVE_TEXT_BYTES_MAX, false },
	{ &child, 1, 1, OFFICE_CODE_MAX, false },
	{ &child, 2, 0, OFFICE_NAME_MAX, false },
	{ &child, 3, KEY_BYTES, KEY_BYTES, true },
	{ &child, 4, 0, OFFICE_CODE_MAX, false },
	{ &child, 5, 0, sizeof(((struct child *)0)->invitation) - 1, false },
	{ &identity, 1, 0, PERSON_FIELD_BYTES_MAX, false },
	{ &identity, 2, 0, PERSON_FIELD_BYTES_MAX, false },
	{ &identity, 3, 0, PERSON_FIELD_BYTES_MAX, false },
	{ &identity, 4, 0, PERSON_FIELD_BYTES_MAX, false },
	{ &status, 1, 0, CODE_MAX, false },
	{ &status, 2, 0, ACTOR_MAX, false },
	{ &status, 3, 0, ACTOR_MAX, false },
};
enum { TEXT_RULES = sizeof(text_rules) / sizeof(text_rules[0]) };

static void
test_every_text_has_its_limit(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_RULES; i++) {
		const struct text_rule *r = &text_rules[i];

		assert_int_equal(with_text(r->message, r->field, r->max),
		    RC_OK);
		assert_int_equal(with_text(r->message, r->field, r->max + 1),
		    RC_MALFORMED);
		assert_int_equal(with_text(r->message, r->field, r->min),
		    RC_OK);
		if (r->min > 0)
			assert_int_equal(with_text(r->message, r->field,
					     r->min - 1),
			    RC_MALFORMED);
	}
}

static void
test_a_text_is_utf8_without_nul(void **state)
{
	static const char *const wrong[] = { "\xff", "\xc0\xaf", "\xed\xa0\x80",
		"\xe6\xad", "ab\xe6\xad", "\xf4\x90\x80\x80", "\xe0\x80\x80",
		"\xe6\xad\xa6\x80" };

	(void)state;
	for (size_t i = 0; i < TEXT_RULES; i++) {
		const struct text_rule *r = &text_rules[i];

		if (r->is_bytes)
			continue;
		assert_int_equal(with_bytes(r->message, r->field,
				     span_of("7\0007", 3)),
		    RC_MALFORMED);
		assert_int_equal(with_bytes(r->message, r->field,
				     span_of("", 1)),
		    RC_MALFORMED);
		for (size_t j = 0; j < sizeof(wrong) / sizeof(wrong[0]); j++)
			assert_int_equal(with_bytes(r->message, r->field,
					     span_of_text(wrong[j])),
			    RC_MALFORMED);
	}
}

static void
test_a_text_may_use_all_of_unicode(void **state)
{
	static const char *const right[] = { "ñ", "武", "，", "𠮷", "a武ñ𠮷",
		"\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf" };

	(void)state;
	for (size_t j = 0; j < sizeof(right) / sizeof(right[0]); j++) {
		assert_int_equal(with_bytes(&petition, 9,
				     span_of_text(right[j])),
		    RC_OK);
		assert_int_equal(with_bytes(&record, 11,
				     span_of_text(right[j])),
		    RC_OK);
	}
}

static void
test_an_office_code_is_digits_and_capitals(void **state)
{
	static const struct text_rule offices[] = {
		{ &record, 1, 0, 0, false },
		{ &record, 3, 0, 0, false },
		{ &opened, 1, 0, 0, false },
		{ &petition, 8, 0, 0, false },
		{ &directive, 3, 0, 0, false },
		{ &one_step, 2, 0, 0, false },
		{ &child, 1, 0, 0, false },
		{ &child, 4, 0, 0, false },
	};
	static const char *const wrong[] = { "42010a", "all", "42-106",
		" 420106", "420106\n", "武昌" };

	(void)state;
	for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++) {
		const struct text_rule *r = &offices[i];

		assert_int_equal(with_bytes(r->message, r->field,
				     span_of_text("420106KF")),
		    RC_OK);
		for (size_t j = 0; j < sizeof(wrong) / sizeof(wrong[0]); j++)
			assert_int_equal(with_bytes(r->message, r->field,
					     span_of_text(wrong[j])),
			    RC_MALFORMED);
	}
}

static void
test_a_hash_is_whole_or_not_there(void **state)
{
	static const struct text_rule hashes[] = {
		{ &opened, 6, 0, 0, true },
		{ &petition, 14, 0, 0, true },
		{ &petition, 15, 0, 0, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
		const struct text_rule *r = &hashes[i];

		assert_int_equal(with_text(r->message, r->field, 0), RC_OK);
		assert_int_equal(with_text(r->message, r->field, HASH_BYTES),
		    RC_OK);
		for (size_t size = 1; size < 3 * HASH_BYTES; size++) {
			if (size != HASH_BYTES)
				assert_int_equal(with_text(r->message, r->field,
						     size),
				    RC_MALFORMED);
		}
	}
}

static void
test_every_number_has_its_range(void **state)
{
	static const struct {
		const struct message *message;
		uint32_t field;
		uint64_t min, max;
	} rules[] = {
		{ &record, 2, 1, UINT32_MAX },
		{ &record, 4, 1, SIZE_LIMIT },
		{ &record, 7, 0, UINT32_MAX },
		{ &record, 8, 0, UINT32_MAX },
		{ &opened, 4, 0, UINT32_MAX },
		{ &opened, 5, 0, SIZE_LIMIT },
		{ &petition, 7, 0, HEADS_MAX },
		{ &petition, 16, 0, UINT32_MAX },
		{ &petition, 18, 0, UINT32_MAX },
		{ &reply, 1, 0, 255 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct message *m = rules[i].message;
		uint32_t field = rules[i].field;

		assert_int_equal(with_number(m, field, rules[i].min), RC_OK);
		assert_int_equal(with_number(m, field, rules[i].max), RC_OK);
		if (rules[i].min > 0)
			assert_int_equal(with_number(m, field,
					     rules[i].min - 1),
			    RC_MALFORMED);
		if (rules[i].max < UINT32_MAX || rules[i].max == SIZE_LIMIT)
			assert_int_equal(with_number(m, field,
					     rules[i].max + 1),
			    RC_MALFORMED);
	}
	assert_int_equal(with_number(&record, 4, UINT64_MAX), RC_MALFORMED);
	assert_int_equal(with_number(&reply, 1, (uint64_t)-1), RC_MALFORMED);
}

static void
test_a_time_lies_within_ten_thousand_years(void **state)
{
	static const struct {
		const struct message *message;
		uint32_t field;
	} times[] = { { &record, 5 }, { &record, 6 }, { &directive, 6 },
		{ &one_step, 5 } };

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		const struct message *m = times[i].message;
		uint32_t field = times[i].field;

		assert_int_equal(with_number(m, field, TIME_LIMIT_MS), RC_OK);
		assert_int_equal(with_number(m, field, TIME_LIMIT_MS + 1),
		    RC_MALFORMED);
		assert_int_equal(with_number(m, field,
				     (uint64_t)-TIME_LIMIT_MS),
		    RC_OK);
		assert_int_equal(with_number(m, field,
				     (uint64_t)-TIME_LIMIT_MS - 1),
		    RC_MALFORMED);
		assert_int_equal(with_number(m, field, (uint64_t)INT64_MIN),
		    RC_MALFORMED);
	}
}

#define WIRING(test) cmocka_unit_test_teardown(test, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WIRING(test_every_text_has_its_limit),
		WIRING(test_a_text_is_utf8_without_nul),
		WIRING(test_a_text_may_use_all_of_unicode),
		WIRING(test_an_office_code_is_digits_and_capitals),
		WIRING(test_a_hash_is_whole_or_not_there),
		WIRING(test_every_number_has_its_range),
		WIRING(test_a_time_lies_within_ten_thousand_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
