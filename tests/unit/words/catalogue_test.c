/* catalogue - two languages that say the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "words/catalogue.h"

#include "support/unit.h"

/* Bit n-1 for each {n}; fails on a brace that opens nothing known. */
static unsigned
placeholders(const char *text)
{
	unsigned found = 0;

	for (; (text = strchr(text, '{')) != NULL; text++) {
		assert_true(text[1] >= '1' && text[1] <= '0' + SAY_ARGS_MAX);
		assert_int_equal(text[2], '}');
		found |= 1U << (text[1] - '1');
	}
	return found;
}

TEST(test_both_languages_use_the_same_placeholders)
{
	(void)state;
	for (int id = 0; id < SAY_COUNT; id++) {
		unsigned zh = placeholders(say(LANGUAGE_ZH, (enum say)id));
		unsigned en = placeholders(say(LANGUAGE_EN, (enum say)id));

		if (zh != en) {
			print_error("differs: %s\n",
			    say(LANGUAGE_EN, (enum say)id));
		}
		assert_int_equal(zh, en);
	}
}

TEST(test_no_text_is_empty_or_too_long_or_broken)
{
	(void)state;
	for (int id = 0; id < SAY_COUNT; id++) {
		for (int l = 0; l < LANGUAGE_COUNT; l++) {
			const char *text = say((enum language)l, (enum say)id);

			assert_non_null(text);
			assert_true(strlen(text) > 0);
			assert_true(strlen(text) < SAY_TEXT_MAX / 2);
			assert_true(text_is_utf8(span_of_text(text)));
		}
	}
}

TEST(test_arguments_take_their_places)
{
	char out[SAY_TEXT_MAX];

	(void)state;
	say_to(out, sizeof(out), LANGUAGE_EN, SAY_ITEM_NUMBER_MALFORMED,
	    SAY_ARGS("x{2}", "y"));
	assert_string_equal(out,
	    "'x{2}' is not an item number: it should look like y.");
	say_to(out, sizeof(out), LANGUAGE_ZH, SAY_ITEM_NUMBER_MALFORMED,
	    SAY_ARGS("甲", "乙"));
	assert_string_equal(out, "“甲”不是信访件编号：应形如 乙。");
}

TEST(test_a_missing_argument_leaves_its_placeholder)
{
	char out[SAY_TEXT_MAX];

	(void)state;
	say_to(out, sizeof(out), LANGUAGE_EN, SAY_ITEM_NUMBER_MALFORMED,
	    SAY_ARGS("x"));
	assert_non_null(strstr(out, "{2}"));
	say_to(out, sizeof(out), LANGUAGE_EN, SAY_ITEM_NUMBER_MALFORMED, NULL);
	assert_string_equal(out, say(LANGUAGE_EN, SAY_ITEM_NUMBER_MALFORMED));
}

TEST(test_what_does_not_fit_is_cut_between_characters)
{
	char whole[SAY_TEXT_MAX], out[SAY_TEXT_MAX];

	(void)state;
	say_to(whole, sizeof(whole), LANGUAGE_ZH, SAY_ITEM_NUMBER_MISTYPED,
	    SAY_ARGS("汉字𠀀a"));
	for (size_t size = 1; size <= strlen(whole) + 1; size++) {
		say_to(out, size, LANGUAGE_ZH, SAY_ITEM_NUMBER_MISTYPED,
		    SAY_ARGS("汉字𠀀a"));
		assert_true(strlen(out) < size);
		assert_true(size - strlen(out) <= 4);
		assert_true(text_is_utf8(span_of_text(out)));
		assert_memory_equal(out, whole, strlen(out));
	}
	assert_string_equal(out, whole);
}

static void
expect_language(const char *all, const char *messages, const char *lang,
    enum language wanted)
{
	assert_int_equal(setenv("LC_ALL", all, 1), 0);           /* NOLINT */
	assert_int_equal(setenv("LC_MESSAGES", messages, 1), 0); /* NOLINT */
	assert_int_equal(setenv("LANG", lang, 1), 0);            /* NOLINT */
	assert_int_equal(language_of_environment(), wanted);
}

TEST(test_the_environment_chooses_the_language)
{
	(void)state;
	expect_language("", "", "", LANGUAGE_ZH);
	expect_language("", "", "zh_CN.UTF-8", LANGUAGE_ZH);
	expect_language("", "", "en_US.UTF-8", LANGUAGE_EN);
	expect_language("", "C", "zh_CN.UTF-8", LANGUAGE_EN);
	expect_language("zh_CN.UTF-8", "C", "en_GB", LANGUAGE_ZH);
	expect_language("POSIX", "", "zh_CN", LANGUAGE_EN);
	expect_language("C.UTF-8", "", "", LANGUAGE_EN);
	expect_language("eng", "", "", LANGUAGE_ZH);
	unsetenv("LC_ALL");      /* NOLINT */
	unsetenv("LC_MESSAGES"); /* NOLINT */
	unsetenv("LANG");        /* NOLINT */
	assert_int_equal(language_of_environment(), LANGUAGE_ZH);
}

TEST(test_a_command_names_its_language)
{
	(void)state;
	assert_int_equal(language_of_code("en"), LANGUAGE_EN);
	assert_int_equal(language_of_code("zh"), LANGUAGE_ZH);
	assert_int_equal(language_of_code(""), LANGUAGE_ZH);
	assert_int_equal(language_of_code(NULL), LANGUAGE_ZH);
	assert_string_equal(language_code(LANGUAGE_EN), "en");
	assert_string_equal(language_code(LANGUAGE_ZH), "zh");
}
