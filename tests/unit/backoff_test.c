/* Goal of this test: what mech/backoff.h promises. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include "mech/backoff.h"

static void
test_waits_double_up_to_the_limit(void **state)
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

static void
test_success_begins_anew(void **state)
{
	struct backoff b;

	(void)state;
	backoff_init(&b, 100, 1000);
	(void)backoff_next(&b, 0);
	(void)backoff_next(&b, 0);
	backoff_reset(&b);
	assert_int_equal(backoff_next(&b, 0), 100);
}

static void
test_chance_takes_at_most_half(void **state)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waits_double_up_to_the_limit),
		cmocka_unit_test(test_success_begins_anew),
		cmocka_unit_test(test_chance_takes_at_most_half),
	};

	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}
