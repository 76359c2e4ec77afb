/*
 * Goal of this test: each field of a record, of what it carries, and of a
 * command, at its limit and one beyond it.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
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
	size_t min, max;
	uint32_t field;
	bool is_bytes; /* not a text: may hold anything */
} text_rules[] = {
	{ &record, 1, OFFICE_CODE_MAX, 1, false },
	{ &record, 0, OFFICE_CODE_MAX, 3, false },
	{ &record, 0, ACTOR_MAX, 10, false },
	{ &record, 0, ACTOR_MAX, 11, false },
	{ &opened, 1, OFFICE_CODE_MAX, 1, false },
	{ &opened, 0, OFFICE_NAME_MAX, 2, false },
	{ &opened, KEY_BYTES, KEY_BYTES, 3, true },
	{ &petition, 1, ITEM_NUMBER_MAX, 1, false },
	{ &petition, 0, CODE_MAX, 2, false },
	{ &petition, 0, CODE_MAX, 3, false },
	{ &petition, 0, CODE_MAX, 4, false },
	{ &petition, 0, CODE_MAX, 5, false },
	{ &petition, 0, CODE_MAX, 6, false },
	{ &petition, 0, OFFICE_CODE_MAX, 8, false },
	{ &petition, 0, SUBJECT_BYTES_MAX, 9, false },
	{ &petition, 0, TEXT_BYTES_MAX, 10, false },
	{ &petition, 0, PLACE_BYTES_MAX, 11, false },
	{ &petition, 0, SOURCE_BYTES_MAX, 12, false },
	{ &petition, 0, SOURCE_REF_BYTES_MAX, 13, false },
	{ &petition, 0, SEALED_BYTES_MAX, 17, true },
	{ &petition, 0, ITEM_NUMBER_MAX, 19, false },
	{ &directive, 1, DIRECTIVE_ID_MAX, 1, false },
	{ &directive, 0, CODE_MAX, 2, false },
	{ &directive, 1, OFFICE_CODE_MAX, 3, false },
	{ &directive, 0, ITEM_NUMBER_MAX, 4, false },
	{ &directive, 0, ITEM_NUMBER_MAX, 5, false },
	{ &directive, 0, DIRECTIVE_TEXT_BYTES_MAX, 7, false },
	{ &directive, 0, CODE_MAX, 8, false },
	{ &directive, 0, DIRECTIVE_ID_MAX, 9, false },
	{ &one_step, 1, DIRECTIVE_ID_MAX, 1, false },
	{ &one_step, 1, OFFICE_CODE_MAX, 2, false },
	{ &one_step, 0, CODE_MAX, 3, false },
	{ &one_step, 0, DIRECTIVE_TEXT_BYTES_MAX, 4, false },
	{ &accusing, 1, OFFICE_CODE_MAX, 20, false },
	{ &accusing, 0, CODE_MAX, 21, false },
	{ &replacing, 0, LIMIT_NAME_MAX, 10, false },
	{ &replacing, 0, DIRECTIVE_ID_MAX, 11, false },
	{ &answer, 0, CODE_MAX, 6, false },
	{ &answer, 0, DIRECTIVE_TEXT_BYTES_MAX, 7, false },
	{ &answer, 0, DIRECTIVE_TEXT_BYTES_MAX, 8, false },
	{ &answer, HASH_BYTES, HASH_BYTES, 9, true },
	{ &answer, 0, DIRECTIVE_ID_MAX, 10, false },
	{ &moved, 1, ITEM_NUMBER_MAX, 1, false },
	{ &moved, 1, CODE_MAX, 2, false },
	{ &moved, 0, OFFICE_CODE_MAX, 3, false },
	{ &moved, 0, MOVE_TEXT_BYTES_MAX, 6, false },
	{ &moved, 0, DOCUMENT_NUMBER_MAX, 7, false },
	{ &moved, 0, CODE_MAX, 8, false },
	{ &moved, 0, CODE_MAX, 9, false },
	{ &moved, 0, CODE_MAX, 10, false },
	{ &moved, 0, CODE_MAX, 11, false },
	{ &moved, 0, ITEM_NUMBER_MAX, 12, false },
	{ &moved, 0, ACTOR_MAX, 13, false },
	{ &moved, 0, ACTOR_MAX, 14, false },
	{ &attached, HASH_BYTES, HASH_BYTES, 1, true },
	{ &attached, 0, ATTACHMENT_NAME_MAX, 2, false },
	{ &attached, 0, ATTACHMENT_PART_BYTES, 6, true },
	{ &linked, 1, ITEM_NUMBER_MAX, 1, false },
	{ &linked, 1, ITEM_NUMBER_MAX, 2, false },
	{ &linked, 0, CODE_MAX, 3, false },
	{ &linked, 0, REASONS_MAX, 4, false },
	{ &linked, 0, LINK_TEXT_BYTES_MAX, 6, false },
	{ &escalated, 1, DIRECTIVE_ID_MAX, 1, false },
	{ &escalated, 0, ITEM_NUMBER_MAX, 3, false },
	{ &escalated, 1, ITEM_NUMBER_MAX, 4, false },
	{ &escalated, 1, OFFICE_CODE_MAX, 5, false },
	{ &escalated, 0, CODE_MAX, 6, false },
	{ &escalated, 0, CODE_MAX, 7, false },
	{ &escalated, 0, CODE_MAX, 8, false },
	{ &escalated, 0, CODE_MAX, 12, false },
	{ &escalated, 0, CODE_MAX, 13, false },
	{ &escalated, 0, ITEM_NUMBER_MAX, 15, false },
	{ &escalated, 0, CODE_MAX, 16, false },
	{ &published, 1, SORT_MAX, 1, false },
	{ &published, 0, PUBLISHED_VERSION_MAX, 2, false },
	{ &published, 0, PUBLISHED_TEXT_BYTES_MAX, 4, false },
	{ &opening, 1, ITEM_NUMBER_MAX, 1, false },
	{ &opening, 0, CODE_MAX, 2, false },
	{ &opening, 0, LINK_TEXT_BYTES_MAX, 3, false },
	{ &opening, 0, ACTOR_MAX, 4, false },
	{ &destroyed, 0, LINK_TEXT_BYTES_MAX, 2, false },
	{ &child, 1, OFFICE_CODE_MAX, 1, false },
	{ &child, 0, OFFICE_NAME_MAX, 2, false },
	{ &child, KEY_BYTES, KEY_BYTES, 3, true },
	{ &child, 0, OFFICE_CODE_MAX, 4, false },
	{ &child, 0, sizeof(((struct child *)0)->invitation) - 1, 5, false },
	{ &identity, 0, PERSON_FIELD_BYTES_MAX, 1, false },
	{ &identity, 0, PERSON_FIELD_BYTES_MAX, 2, false },
	{ &identity, 0, PERSON_FIELD_BYTES_MAX, 3, false },
	{ &identity, 0, PERSON_FIELD_BYTES_MAX, 4, false },
	{ &status, 0, CODE_MAX, 1, false },
	{ &status, 0, ACTOR_MAX, 2, false },
	{ &status, 0, ACTOR_MAX, 3, false },
};
enum { TEXT_RULES = sizeof(text_rules) / sizeof(text_rules[0]) };

TEST_WITH(test_every_text_has_its_limit, NULL, tear_down)
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
		if (r->min > 0) {
			assert_int_equal(with_text(r->message, r->field,
					     r->min - 1),
			    RC_MALFORMED);
		}
	}
}

TEST_WITH(test_a_text_is_utf8_without_nul, NULL, tear_down)
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
		for (size_t j = 0; j < sizeof(wrong) / sizeof(wrong[0]); j++) {
			assert_int_equal(with_bytes(r->message, r->field,
					     span_of_text(wrong[j])),
			    RC_MALFORMED);
		}
	}
}

TEST_WITH(test_a_text_may_use_all_of_unicode, NULL, tear_down)
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

TEST_WITH(test_an_office_code_is_digits_and_capitals, NULL, tear_down)
{
	static const struct text_rule offices[] = {
		{ &record, 0, 0, 1, false },
		{ &record, 0, 0, 3, false },
		{ &opened, 0, 0, 1, false },
		{ &petition, 0, 0, 8, false },
		{ &directive, 0, 0, 3, false },
		{ &one_step, 0, 0, 2, false },
		{ &accusing, 0, 0, 20, false },
		{ &moved, 0, 0, 3, false },
		{ &escalated, 0, 0, 5, false },
		{ &child, 0, 0, 1, false },
		{ &child, 0, 0, 4, false },
	};
	static const char *const wrong[] = { "42010a", "all", "42-106",
		" 420106", "420106\n", "武昌" };

	(void)state;
	for (size_t i = 0; i < sizeof(offices) / sizeof(offices[0]); i++) {
		const struct text_rule *r = &offices[i];

		assert_int_equal(with_bytes(r->message, r->field,
				     span_of_text("420106KF")),
		    RC_OK);
		for (size_t j = 0; j < sizeof(wrong) / sizeof(wrong[0]); j++) {
			assert_int_equal(with_bytes(r->message, r->field,
					     span_of_text(wrong[j])),
			    RC_MALFORMED);
		}
	}
}

TEST_WITH(test_a_hash_is_whole_or_not_there, NULL, tear_down)
{
	static const struct text_rule hashes[] = {
		{ &opened, 0, 0, 6, true },
		{ &petition, 0, 0, 14, true },
		{ &petition, 0, 0, 15, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
		const struct text_rule *r = &hashes[i];

		assert_int_equal(with_text(r->message, r->field, 0), RC_OK);
		assert_int_equal(with_text(r->message, r->field, HASH_BYTES),
		    RC_OK);
		for (size_t size = 1; size < (size_t)3 * HASH_BYTES; size++) {
			if (size != HASH_BYTES) {
				assert_int_equal(with_text(r->message, r->field,
						     size),
				    RC_MALFORMED);
			}
		}
	}
}

TEST_WITH(test_every_number_has_its_range, NULL, tear_down)
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
		{ &moved, 5, 0, 3650 },
		{ &attached, 3, 0,
		    (uint64_t)ATTACHMENT_PARTS_MAX * ATTACHMENT_PART_BYTES },
		{ &attached, 4, 1, 3 }, /* of 3 parts */
		{ &attached, 5, 2, ATTACHMENT_PARTS_MAX },
		{ &linked, 5, 0, 1000 },
		{ &escalated, 2, 1, 100000 },
		{ &escalated, 9, 0, 1000000 },
		{ &escalated, 10, 0, HEADS_MAX },
		{ &destroyed, 1, 1949, 2999 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct message *m = rules[i].message;
		uint32_t field = rules[i].field;

		assert_int_equal(with_number(m, field, rules[i].min), RC_OK);
		assert_int_equal(with_number(m, field, rules[i].max), RC_OK);
		if (rules[i].min > 0) {
			assert_int_equal(with_number(m, field,
					     rules[i].min - 1),
			    RC_MALFORMED);
		}
		if (rules[i].max < UINT32_MAX || rules[i].max == SIZE_LIMIT) {
			assert_int_equal(with_number(m, field,
					     rules[i].max + 1),
			    RC_MALFORMED);
		}
	}
	assert_int_equal(with_number(&record, 4, UINT64_MAX), RC_MALFORMED);
	assert_int_equal(with_number(&reply, 1, (uint64_t)-1), RC_MALFORMED);
}

TEST_WITH(test_a_time_lies_within_ten_thousand_years, NULL, tear_down)
{
	static const struct {
		const struct message *message;
		uint32_t field;
	} times[] = { { &record, 5 }, { &record, 6 }, { &directive, 6 },
		{ &one_step, 5 }, { &moved, 4 }, { &escalated, 11 },
		{ &published, 3 } };

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
