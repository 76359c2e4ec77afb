/* codes - tables that are complete and unambiguous. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "contract/limits.h"
#include "petition/codes.h"

#include "support/unit.h"

TEST(test_every_entry_is_complete_and_fits_a_record)
{
	(void)state;
	for (int list = 0; list < CODES_LISTS; list++) {
		const struct code *c;

		assert_non_null(codes_at((enum codes_list)list, 0));
		for (size_t i = 0;
		     (c = codes_at((enum codes_list)list, i)) != NULL; i++) {
			assert_true(strlen(c->code) > 0);
			assert_true(strlen(c->code) <= CODE_MAX);
			assert_true(strlen(c->zh) > 0);
			assert_true(strlen(c->en) > 0);
		}
	}
}

TEST(test_every_name_finds_its_own_code)
{
	(void)state;
	for (int l = 0; l < CODES_LISTS; l++) {
		enum codes_list list = (enum codes_list)l;
		const struct code *c;

		for (size_t i = 0; (c = codes_at(list, i)) != NULL; i++) {
			assert_true(codes_known(list, c->code));
			assert_string_equal(codes_find(list, c->code), c->code);
			assert_string_equal(codes_find(list, c->zh), c->code);
			assert_string_equal(codes_find(list, c->en), c->code);
			assert_string_equal(codes_name(list, c->code,
						LANGUAGE_ZH),
			    c->zh);
			assert_string_equal(codes_name(list, c->code,
						LANGUAGE_EN),
			    c->en);
		}
	}
}

TEST(test_the_line_of_all_codes_names_the_list_in_its_order)
{
	(void)state;
	for (int l = 0; l < CODES_LISTS; l++) {
		enum codes_list list = (enum codes_list)l;
		const char *at = codes_all(list);
		const struct code *c;

		for (size_t i = 0; (c = codes_at(list, i)) != NULL; i++) {
			size_t size = strlen(c->code);

			assert_memory_equal(at, c->code, size);
			at += size;
			at += *at == ' ';
		}
		assert_string_equal(at, "");
	}
}

TEST(test_an_import_may_use_names)
{
	(void)state;
	assert_string_equal(codes_find(CODES_CHANNEL, "来信"), "LX");
	assert_string_equal(codes_find(CODES_CHANNEL, " lx\n"), "LX");
	assert_string_equal(codes_find(CODES_CHANNEL, "Phone"), "LD");
	assert_string_equal(codes_find(CODES_CATEGORY, "城乡建设"), "03");
	assert_string_equal(codes_find(CODES_RATING, "基本满意"), "2");
	assert_null(codes_find(CODES_CHANNEL, "来"));
	assert_null(codes_find(CODES_CHANNEL, ""));
	assert_null(codes_find(CODES_CHANNEL, "   "));
}

TEST(test_an_unknown_code_is_its_own_name)
{
	(void)state;
	assert_false(codes_known(CODES_CHANNEL, "QQ"));
	assert_false(codes_known(CODES_CHANNEL, "lx"));
	assert_false(codes_known(CODES_CHANNEL, ""));
	assert_string_equal(codes_name(CODES_CHANNEL, "QQ", LANGUAGE_ZH), "QQ");
}
