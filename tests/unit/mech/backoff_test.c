/* Goal of this test: what mech/backoff.h promises. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include "mech/backoff.h"

TEST(test_waits_double_up_to_the_limit)
{
	struct backoff b;

	(void)state;
	backoff_init(&b, 100, 1000);
	assert_int_equal(backoff_next(&b, 0), 100);
	assert_int_equal(backoff_next(&b, 0), 200);
	assert_int_equal(backoff_next(&b, 0), 400);
	assert_int_equal(backoff_next(&b, 0), 800);
	assert_int_equal(backoff_next(&b, 0), 1000);
	assert_int_equal(backoff_next(&b, 0), 1000);
}

TEST(test_success_begins_anew)
{
	struct backoff b;

	(void)state;
	backoff_init(&b, 100, 1000);
	(void)backoff_next(&b, 0);
	(void)backoff_next(&b, 0);
	backoff_reset(&b);
	assert_int_equal(backoff_next(&b, 0), 100);
}

TEST(test_chance_takes_at_most_half)
{
	struct backoff b;

	(void)state;
	for (uint64_t random = 0; random < 500; random++) {
		int64_t wait;

		backoff_init(&b, 100, 1000);
		wait = backoff_next(&b, random);
		assert_true(wait >= 50);
		assert_true(wait <= 100);
	}
	backoff_init(&b, 1, 1);
	assert_int_equal(backoff_next(&b, UINT64_MAX), 1);
	backoff_init(&b, INT64_MAX, INT64_MAX);
	assert_true(backoff_next(&b, UINT64_MAX) > 0);
	assert_true(backoff_next(&b, 0) > 0);
}
