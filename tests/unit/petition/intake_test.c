/* intake - what may be recorded, and what is said about the rest. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "petition/intake.h"
#include "petition/item_number.h"

#include "support/unit.h"

static const int64_t now_ms = INT64_C(1772330400000); /* 2026-03-01 10:00 +8 */

static struct intake
some_letter(void)
{
	return (struct intake){ .channel = "LX",
		.purpose = "QJ",
		.heads = 1,
		.subject = span_of_text("路灯不亮"),
		.text = span_of_text("三个月了。") };
}

static void
expect_refused(const struct intake *intake, const char *field, enum say what)
{
	struct intake_problem problem = { 0 };
	char zh[SAY_TEXT_MAX], en[SAY_TEXT_MAX];

	assert_int_equal(intake_check(intake, now_ms, &problem), RC_REFUSED);
	assert_string_equal(problem.field, field);
	assert_int_equal(problem.what, what);
	intake_problem_say(zh, sizeof(zh), LANGUAGE_ZH, &problem);
	intake_problem_say(en, sizeof(en), LANGUAGE_EN, &problem);
	assert_null(strchr(zh, '{'));
	assert_null(strchr(en, '{'));
	assert_non_null(strstr(en, field));
	assert_non_null(strstr(zh, field));
	assert_true(text_is_utf8(span_of_text(zh)));
}

static void
expect_taken(const struct intake *intake)
{
	struct intake_problem problem;

	assert_int_equal(intake_check(intake, now_ms, &problem), RC_OK);
}

TEST(test_a_plain_letter_is_taken)
{
	struct intake i = some_letter();

	(void)state;
	expect_taken(&i);
	i = (struct intake){ .channel = "LD",
		.text = span_of_text("只有正文") };
	expect_taken(&i);
}

TEST(test_unknown_codes_are_refused_by_field)
{
	struct intake i = some_letter();

	(void)state;
	memcpy(i.channel, "XX", 3);
	expect_refused(&i, "channel", SAY_INTAKE_CODE_UNKNOWN);
	memset(i.channel, 0, sizeof(i.channel));
	expect_refused(&i, "channel", SAY_INTAKE_REQUIRED);
	i = some_letter();
	memcpy(i.purpose, "lx", 3);
	expect_refused(&i, "purpose", SAY_INTAKE_CODE_UNKNOWN);
	i = some_letter();
	memcpy(i.legal_class, "C7", 3);
	expect_refused(&i, "legal_class", SAY_INTAKE_CODE_UNKNOWN);
	i = some_letter();
	memcpy(i.level, "X", 2);
	expect_refused(&i, "level", SAY_INTAKE_CODE_UNKNOWN);
}

TEST(test_a_deeper_category_needs_a_known_first_level)
{
	static const char *const good[] = { "03", "0302", "030201", "99" };
	static const char *const bad[] = { "3", "17", "1701", "030", "03020101",
		"03ab" };
	struct intake i = some_letter();

	(void)state;
	for (size_t n = 0; n < sizeof(good) / sizeof(*good); n++) {
		memcpy(i.category, good[n], strlen(good[n]) + 1);
		expect_taken(&i);
	}
	for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++) {
		memcpy(i.category, bad[n], strlen(bad[n]) + 1);
		expect_refused(&i, "category", SAY_INTAKE_CODE_UNKNOWN);
	}
}

TEST(test_every_text_has_its_limit)
{
	static uint8_t bytes[TEXT_BYTES_MAX + 1];
	const struct intake_field *f;

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	for (size_t n = 0; (f = intake_field_at(n)) != NULL; n++) {
		struct intake i = some_letter();
		struct span value = span_of(bytes, f->bytes_max);

		if (f->kind != INTAKE_SPAN)
			continue;
		i.source = span_of_text("x");
		memcpy((char *)&i + f->offset, &value, sizeof(value));
		expect_taken(&i);
		value.size++;
		memcpy((char *)&i + f->offset, &value, sizeof(value));
		expect_refused(&i, f->name, SAY_INTAKE_TOO_LONG);
		value = span_of("\xff", 1);
		memcpy((char *)&i + f->offset, &value, sizeof(value));
		expect_refused(&i, f->name, SAY_INTAKE_NOT_UTF8);
	}
}

TEST(test_an_arrival_must_say_something)
{
	struct intake i = some_letter();

	(void)state;
	i.subject.size = i.text.size = 0;
	expect_refused(&i, "subject", SAY_INTAKE_NOTHING_SAID);
	i.text = span_of_text("x");
	expect_taken(&i);
}

TEST(test_heads_stay_in_their_range)
{
	struct intake i = some_letter();

	(void)state;
	memcpy(i.channel, "LF", 3);
	i.heads = HEADS_MAX;
	expect_taken(&i);
	i.heads = HEADS_MAX + 1;
	expect_refused(&i, "heads", SAY_INTAKE_NUMBER);
}

TEST(test_the_claimed_time_lies_between_1949_and_now)
{
	struct intake i = some_letter();

	(void)state;
	i.claimed_ms = now_ms;
	expect_taken(&i);
	i.claimed_ms = now_ms + 1;
	expect_refused(&i, "claimed_at", SAY_INTAKE_FUTURE);
	i.claimed_ms = INT64_MAX;
	expect_refused(&i, "claimed_at", SAY_INTAKE_FUTURE);
	i.claimed_ms = INT64_C(-639129600000);
	expect_taken(&i);
	i.claimed_ms--;
	expect_refused(&i, "claimed_at", SAY_INTAKE_TOO_EARLY);
	i.claimed_ms = INT64_MIN;
	expect_refused(&i, "claimed_at", SAY_INTAKE_TOO_EARLY);
}

TEST(test_offices_and_numbers_are_checked)
{
	struct item_number n = { NUMBER_ITEM, "420106", 2026, 7, "" };
	struct intake i = some_letter();

	(void)state;
	memcpy(i.responsible, "4201", 5);
	expect_refused(&i, "responsible", SAY_INTAKE_OFFICE);
	memcpy(i.responsible, "420106", 7);
	item_number_format(&n, 1772330400, i.earlier_item);
	expect_taken(&i);
	i.earlier_item[17] = '8';
	expect_refused(&i, "earlier_item", SAY_INTAKE_EARLIER_MISTYPED);
	memcpy(i.earlier_item, "123", 4);
	expect_refused(&i, "earlier_item", SAY_INTAKE_EARLIER_MALFORMED);
	i = some_letter();
	i.source_ref = span_of_text("17");
	expect_refused(&i, "source", SAY_INTAKE_SOURCE_NEEDED);
}

static void
accuse(struct intake *i, const char *office)
{
	assert_int_equal(text_copy(i->accused[i->accused_count++],
			     OFFICE_CODE_MAX + 1, office),
	    RC_OK);
}

TEST(test_the_accused_are_offices_and_not_who_answers)
{
	static const char *const wrong[] = { "", "4201", "420106a", "D42010",
		"武昌区" };
	struct intake i = some_letter();

	(void)state;
	accuse(&i, "420106");
	accuse(&i, "420106KF");
	expect_taken(&i);
	memcpy(i.responsible, "420106", 7);
	expect_refused(&i, "accused", SAY_INTAKE_ACCUSED_RESPONSIBLE);
	memcpy(i.responsible, "420100", 7);
	expect_taken(&i);
	for (size_t n = 0; n < sizeof(wrong) / sizeof(*wrong); n++) {
		i.accused_count = 1;
		accuse(&i, wrong[n]);
		expect_refused(&i, "accused", SAY_INTAKE_OFFICE);
	}
	i.accused_count = ACCUSED_MAX + 1;
	expect_refused(&i, "accused", SAY_INTAKE_ACCUSED_MANY);
}

TEST(test_a_procedure_is_one_of_two_or_none)
{
	struct intake i = some_letter();

	(void)state;
	memcpy(i.procedure, "S", 2);
	expect_taken(&i);
	memcpy(i.procedure, "U", 2);
	expect_taken(&i);
	memcpy(i.procedure, "u", 2);
	expect_refused(&i, "procedure", SAY_INTAKE_CODE_UNKNOWN);
}

TEST(test_what_is_odd_is_advised_and_not_refused)
{
	struct intake_problem advice[INTAKE_ADVICE_MAX];
	struct intake i = some_letter();

	(void)state;
	assert_int_equal(intake_advise(&i, advice), 0);
	memcpy(i.purpose, "JK", 3);
	memcpy(i.legal_class, "C6", 3);
	expect_taken(&i);
	assert_int_equal(intake_advise(&i, advice), 1);
	assert_int_equal(advice[0].what, SAY_INTAKE_ADVISE_CLASS);
	memcpy(i.legal_class, "B", 2);
	assert_int_equal(intake_advise(&i, advice), 0);
	memcpy(i.channel, "LF", 3);
	i.heads = 4;
	assert_int_equal(intake_advise(&i, advice), 0);
	i.heads = 5;
	assert_int_equal(intake_advise(&i, advice), 1);
	assert_true(intake_is_collective(i.channel, i.heads));
	assert_false(intake_is_collective(i.channel, 4));
	assert_false(intake_is_collective("LX", 500));
	i.heads = 6;
	expect_taken(&i);
	assert_int_equal(intake_advise(&i, advice), 1);
	assert_int_equal(advice[0].what, SAY_INTAKE_ADVISE_COLLECTIVE);
}

static enum rc
set(struct intake *i, const char *field, const char *value)
{
	struct intake_problem problem;
	char out[SAY_TEXT_MAX];
	enum rc rc = intake_set(i, field, span_of_text(value), &problem);

	if (rc != RC_OK) {
		intake_problem_say(out, sizeof(out), LANGUAGE_ZH, &problem);
		assert_null(strchr(out, '{'));
		assert_true(strlen(out) < SAY_TEXT_MAX - 1);
	}
	return rc;
}

TEST(test_fields_are_set_by_name)
{
	struct intake i = { 0 };

	(void)state;
	assert_int_equal(set(&i, "channel", "来信"), RC_OK);
	assert_string_equal(i.channel, "LX");
	assert_int_equal(set(&i, "purpose", "jk"), RC_OK);
	assert_string_equal(i.purpose, "JK");
	assert_int_equal(set(&i, "category", "030201"), RC_OK);
	assert_int_equal(set(&i, "heads", "40"), RC_OK);
	assert_int_equal(i.heads, 40);
	assert_int_equal(set(&i, "claimed_at", "1970-01-01T08:00:01+08:00"),
	    RC_OK);
	assert_int_equal(i.claimed_ms, 1000);
	assert_int_equal(set(&i, "claimed_ms", "77"), RC_OK);
	assert_int_equal(i.claimed_ms, 77);
	assert_int_equal(set(&i, "person_name", "某"), RC_OK);
	assert_int_equal(i.person_name.size, strlen("某"));
	assert_int_equal(set(&i, "heads", ""), RC_OK);
	assert_int_equal(i.heads, 40);
}

TEST(test_the_accused_are_typed_as_a_list)
{
	struct intake i = { 0 };

	(void)state;
	assert_int_equal(set(&i, "accused",
			     " 420106,４２０１０７、420111kf；\n420106 ,, "),
	    RC_OK);
	assert_int_equal(i.accused_count, 3);
	assert_string_equal(i.accused[0], "420106");
	assert_string_equal(i.accused[1], "420107");
	assert_string_equal(i.accused[2], "420111KF");
	assert_int_equal(set(&i, "accused", ""), RC_OK);
	assert_int_equal(i.accused_count, 3);
	assert_int_equal(set(&i, "accused", "420100"), RC_OK);
	assert_int_equal(i.accused_count, 1);
	/* As long as a code may be. */
	assert_int_equal(set(&i, "accused", "420106003007 wuhanzone001"),
	    RC_OK);
	assert_string_equal(i.accused[0], "420106003007");
	assert_string_equal(i.accused[1], "WUHANZONE001");
	assert_int_equal(set(&i, "accused", ", "), RC_MALFORMED);
	assert_int_equal(i.accused_count, 0);
	assert_int_equal(set(&i, "accused",
			     "420101 420102 420103 420104 "
			     "420105 420106 420107 420111 420111"),
	    RC_OK);
	assert_int_equal(i.accused_count, ACCUSED_MAX);
	assert_int_equal(set(&i, "accused",
			     "420101 420102 420103 420104 "
			     "420105 420106 420107 420111 420112"),
	    RC_TOO_BIG);
	assert_int_equal(set(&i, "accused", "420106;武昌区"), RC_MALFORMED);
	assert_int_equal(set(&i, "accused", "42010"), RC_MALFORMED);
	assert_int_equal(set(&i, "accused", "420-106"), RC_MALFORMED);
	assert_int_equal(set(&i, "accused", "1234567890123"), RC_MALFORMED);
	assert_int_equal(set(&i, "accused", "420106\xff"), RC_MALFORMED);
	assert_int_equal(set(&i, "procedure", "简易程序"), RC_OK);
	assert_string_equal(i.procedure, "S");
	assert_int_equal(set(&i, "procedure", "u"), RC_OK);
	assert_string_equal(i.procedure, "U");
}

TEST(test_tidying_leaves_each_of_the_accused_once)
{
	struct intake i = { .accused = { " 420106", "", "420106",
				"wuhanzone001", "武昌区", "4201-06" },
		.accused_count = 6 };
	struct buffer memory = { 0 };
	uint32_t masked = 0;

	(void)state;
	intake_tidy(&i, &memory, &masked);
	assert_int_equal(i.accused_count, 4);
	assert_string_equal(i.accused[0], "420106");
	assert_string_equal(i.accused[1], "WUHANZONE001");
	assert_string_equal(i.accused[2], "武昌区");
	assert_string_equal(i.accused[3], "4201-06");
	assert_string_equal(i.accused[4], "");
	buffer_clear(&memory);
}

TEST(test_a_value_that_cannot_be_is_refused_at_once)
{
	struct intake i = { 0 };

	(void)state;
	assert_int_equal(set(&i, "colour", "red"), RC_NONE);
	assert_int_equal(set(&i, "channel", "a long story"), RC_TOO_BIG);
	assert_int_equal(set(&i, "channel", "\xff"), RC_MALFORMED);
	assert_int_equal(set(&i, "responsible", "1234567890123"), RC_TOO_BIG);
	assert_int_equal(set(&i, "heads", "0"), RC_MALFORMED);
	assert_int_equal(set(&i, "heads", "100001"), RC_MALFORMED);
	assert_int_equal(set(&i, "heads", "many\n"), RC_MALFORMED);
	assert_int_equal(set(&i, "claimed_at", "yesterday"), RC_MALFORMED);
	assert_int_equal(set(&i, "claimed_at", "2026-02-30"), RC_MALFORMED);
}

static struct span
tidied(const char *text, bool is_line, struct buffer *memory, uint32_t *masked)
{
	struct intake i = { 0 };

	buffer_reset(memory);
	*masked = 0;
	if (is_line) {
		i.subject = span_of_text(text);
	} else {
		i.text = span_of_text(text);
	}
	intake_tidy(&i, memory, masked);
	assert_int_equal(i.heads, 1);
	return is_line ? i.subject : i.text;
}

static void
expect_tidy(const char *text, const char *line, const char *lines)
{
	struct buffer memory = { 0 };
	uint32_t masked;

	assert_true(span_equal(tidied(text, true, &memory, &masked),
	    span_of_text(line)));
	assert_true(span_equal(tidied(text, false, &memory, &masked),
	    span_of_text(lines)));
	buffer_clear(&memory);
}

TEST(test_one_text_has_one_spelling)
{
	(void)state;
	expect_tidy("a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd");
	expect_tidy("a\tb", "a b", "a\tb");
	expect_tidy("\xc2\xa0　 a 　\n", "a", "a");
	expect_tidy("a\x01\x1b[31mb\x7f", "a[31mb", "a[31mb");
	expect_tidy("e\xcc\x81", "\xc3\xa9", "\xc3\xa9");
	expect_tidy("a\xe2\x80\x8b\xe2\x80\xae"
		    "b",
	    "ab", "ab");
	expect_tidy("a\xe2\x80\xa8"
		    "b",
	    "a b", "a\nb");
	expect_tidy("　\n ", "", "");
	expect_tidy("", "", "");
}

TEST(test_tidying_masks_where_the_text_leaves_the_office)
{
	struct buffer memory = { 0 };
	uint32_t masked;
	struct intake i = { .subject = span_of_text("找13912345678"),
		.text = span_of_text("139\xe2\x80\x8b"
				     "12345678"),
		.place = span_of_text("电话027-87654321"),
		.source = span_of_text("网 "),
		.source_ref = span_of_text("13912345678"),
		.person_phone = span_of_text(" 13912345678 "),
		.person_document = span_of_text("42019919800101006X") };

	(void)state;
	masked = 1;
	intake_tidy(&i, &memory, &masked);
	assert_int_equal(masked, 4);
	assert_true(span_equal(i.subject, span_of_text("找*********78")));
	assert_true(span_equal(i.text, span_of_text("*********78")));
	assert_true(span_equal(i.place, span_of_text("电话***-******21")));
	assert_true(span_equal(i.source, span_of_text("网")));
	assert_true(span_equal(i.source_ref, span_of_text("13912345678")));
	assert_true(span_equal(i.person_phone, span_of_text("13912345678")));
	assert_true(
	    span_equal(i.person_document, span_of_text("42019919800101006X")));
	buffer_clear(&memory);
}

TEST(test_what_cannot_be_tidied_is_left_for_the_check)
{
	static uint8_t long_text[TEXT_BYTES_MAX + 1];
	struct buffer memory = { 0 };
	uint32_t masked = 0;
	struct intake i = { .channel = "LX",
		.subject = span_of("a\0b", 3),
		.text = span_of(long_text, sizeof(long_text)) };

	(void)state;
	memset(long_text, ' ', sizeof(long_text));
	intake_tidy(&i, &memory, &masked);
	assert_int_equal(i.subject.size, 3);
	assert_ptr_equal(i.text.at, long_text);
	expect_refused(&i, "subject", SAY_INTAKE_NOT_UTF8);
	buffer_clear(&memory);
}

TEST(test_tidying_twice_changes_nothing)
{
	static const char *const pieces[] = { "a", " ", "\r", "\n", "　",
		"\xcc\x81", "e", "13912345678", "-", "\xe2\x80\x8b", "号",
		"\xef\xac\x81", "\xe1\x84\x80\xe1\x85\xa1", "\t", "*" };
	struct buffer once = { 0 }, twice = { 0 };
	uint32_t masked;

	(void)state;
	srand(20260303); /* NOLINT: the same texts every time */
	for (int n = 0; n < 20000; n++) {
		char text[400] = "", again[400];
		size_t used = 0;
		struct span first;

		for (int k = rand() % 20; k > 0; k--) /* NOLINT */
			used +=
			    (size_t)snprintf(text + used, sizeof(text) - used,
				"%s", pieces[rand() % 15]); /* NOLINT */
		first = tidied(text, n % 2 == 0, &once, &masked);
		assert_int_equal(text_copy_span(again, sizeof(again), first),
		    RC_OK);
		assert_true(span_equal(first,
		    tidied(again, n % 2 == 0, &twice, &masked)));
		assert_int_equal(masked, 0);
	}
	buffer_clear(&once);
	buffer_clear(&twice);
}
