#include "base/log.h"

#include "support/unit.h"

TEST(test_a_line_comes_again_only_after_its_interval)
{
	struct log_rarely line = { 0 };
	uint64_t passed_over = 99;

	assert_true(log_rarely(&line, 0, &passed_over));
	assert_int_equal(passed_over, 0);
	assert_false(log_rarely(&line, 0, &passed_over));
	assert_false(log_rarely(&line, LOG_RARELY_MS - 1, NULL));
	assert_true(log_rarely(&line, LOG_RARELY_MS, &passed_over));
	assert_int_equal(passed_over, 2);
	assert_true(log_rarely(&line, 2 * LOG_RARELY_MS, &passed_over));
	assert_int_equal(passed_over, 0);
}

TEST(test_what_a_peer_wrote_is_made_safe_for_one_line)
{
	char out[LOG_ESCAPED_MAX + 1];

	assert_string_equal(log_escape(span_of("a\n\"\\\xff", 5), out),
	    "a\\x0a\\x22\\x5c\\xff");
}
