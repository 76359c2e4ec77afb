/* slip - all that the petitioner needs, inside the box. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "contract/limits.h"
#include "petition/slip.h"

#include "support/unit.h"

static const struct slip_due dues[] = {
	{ "告知是否受理", "2026-03-16", "《信访工作条例》第二十三条" },
	{ "办结并书面答复", "2026-05-15", NULL },
};
static const uint8_t leaf[HASH_BYTES] = { 0xab, 0xcd, 1, 2, 3, 4, 5, 0x6f };

static struct slip
some_slip(void)
{
	return (struct slip){ .language = LANGUAGE_ZH,
		.is_bilingual = true,
		.office = "武汉市武昌区信访局",
		.item = "420106-2026-000123-7QK",
		.query_code = "7QK2-M9XD-03FZ-V4TR",
		.channel = "LF",
		.subject = span_of_text("反映小区路灯三个月不亮，夜间行走不便，"
					"物业与社区相互推诿，请求尽快修复并公开"
					"责任单位 street lamps of block 12"),
		.responsible = "武昌区城市管理执法局",
		.claimed_ms = INT64_C(1772328600000),
		.recorded_ms = INT64_C(1772330400000),
		.due = dues,
		.due_count = 2,
		.fingerprint = leaf };
}

static char *
print(const struct slip *s, struct buffer *out)
{
	buffer_reset(out);
	assert_int_equal(slip_print(s, out), RC_OK);
	assert_int_equal(buffer_append(out, span_of("", 1)), RC_OK);
	return (char *)out->at;
}

/* Every line begins and ends with the box and is exactly as wide. */
static void
expect_box(const char *text)
{
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");

		assert_int_equal(text_columns(span_of(text, size)),
		    SLIP_COLUMNS);
		text += size;
		assert_int_equal(*text++, '\n');
	}
}

TEST(test_the_slip_says_what_a_petitioner_needs)
{
	static const char *const wanted[] = { "信访事项登记回执",
		"Receipt for a petition", "武汉市武昌区信访局",
		"420106-2026-000123-7QK", "7QK2-M9XD-03FZ-V4TR", "来访",
		"武昌区城市管理执法局", "2026-03-01 09:30", "2026-03-01 10:00",
		"2026-03-16 前：告知是否受理（",
		"2026-05-15 前：办结并书面答复 ", "复查", "复核",
		" abcd01020304056f ", "abcd01020304056f0000000000000000" };
	struct slip s = some_slip();
	struct buffer out = { 0 };
	const char *text = print(&s, &out);

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		if (strstr(text, wanted[i]) == NULL)
			print_error("%s\n%s\n", wanted[i], text);
		assert_non_null(strstr(text, wanted[i]));
	}
	expect_box(text);
	buffer_clear(&out);
}

TEST(test_what_is_unknown_is_left_out)
{
	struct slip s = some_slip();
	struct buffer out = { 0 };
	const char *text;

	(void)state;
	s.query_code = NULL;
	s.due_count = 0;
	s.fingerprint = NULL;
	s.claimed_ms = 0;
	s.is_bilingual = false;
	text = print(&s, &out);
	assert_null(strstr(text, "查询码"));
	assert_null(strstr(text, "期限"));
	assert_null(strstr(text, "指纹"));
	assert_null(strstr(text, "信访时间"));
	assert_null(strstr(text, "Receipt"));
	expect_box(text);
	buffer_clear(&out);
}

TEST(test_a_visit_of_five_is_told_of_its_representatives)
{
	static const char *const wanted[LANGUAGE_COUNT] = { [LANGUAGE_ZH] =
								"不得超过 5 人",
		[LANGUAGE_EN] = "representatives, at most" };
	struct slip s = some_slip();
	struct buffer out = { 0 };

	(void)state;
	for (int i = 0; i < LANGUAGE_COUNT; i++) {
		s.language = (enum language)i;
		s.channel = "LF";
		s.heads = 4;
		assert_null(strstr(print(&s, &out), wanted[i]));
		s.heads = 5;
		assert_non_null(strstr(print(&s, &out), wanted[i]));
		expect_box((const char *)out.at);
		s.channel = "LX";
		assert_null(strstr(print(&s, &out), wanted[i]));
	}
	buffer_clear(&out);
}

TEST(test_any_subject_stays_in_the_box)
{
	static const char *const pieces[] = { "路", "灯", "，", "a", "word ",
		" ", "\n", "\x1b", "ＡＢ", "𠀀", "7" };
	struct buffer out = { 0 };

	(void)state;
	srand(20260305); /* NOLINT: the same texts every time */
	for (int n = 0; n < 3000; n++) {
		struct slip s = some_slip();
		char text[SUBJECT_BYTES_MAX + 8] = "";
		size_t used = 0, wanted = (size_t)rand() % /* NOLINT */
					  SUBJECT_BYTES_MAX;

		while (used < wanted) {
			const char *p = pieces[rand() % 11]; /* NOLINT */

			memcpy(text + used, p, strlen(p)); /* NOLINT */
			used += strlen(p);
		}
		s.subject = span_of(text, used);
		s.language = n % 2 == 0 ? LANGUAGE_ZH : LANGUAGE_EN;
		expect_box(print(&s, &out));
	}
	buffer_clear(&out);
}

TEST(test_a_full_buffer_is_told)
{
	struct slip s = some_slip();

	(void)state;
	for (size_t limit = 1; limit < 3000; limit += 7) {
		struct buffer out = { .limit = limit };

		assert_int_equal(slip_print(&s, &out), RC_TOO_BIG);
		assert_true(out.size <= limit);
		buffer_clear(&out);
	}
}

TEST_FIRST()
{
	(void)setenv("TZ", "Asia/Shanghai", 1); /* NOLINT: one thread yet */
	tzset();
}
