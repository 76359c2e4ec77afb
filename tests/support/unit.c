/*
 * unit - main() of every file of unit tests.
 *
 * Tests register themselves before main() runs, so that none can be written
 * and forgotten in a list; a file without any is a failure.
 */
#include "support/unit.h"

#include <errno.h>
#include <stdio.h>

enum { UNIT_TESTS_MAX = 256 };

static struct CMUnitTest tests[UNIT_TESTS_MAX];
static size_t tests_count;
static CMFixtureFunction group_setup, group_teardown;
static void (*first)(void), (*last)(void);

void
unit_add(const char *name, CMUnitTestFunction test, CMFixtureFunction setup,
    CMFixtureFunction teardown)
{
	if (tests_count < UNIT_TESTS_MAX) {
		tests[tests_count] = (struct CMUnitTest){ .name = name,
			.test_func = test,
			.setup_func = setup,
			.teardown_func = teardown };
	}
	tests_count++;
}

void
unit_group(CMFixtureFunction setup, CMFixtureFunction teardown)
{
	group_setup = setup;
	group_teardown = teardown;
}

void
unit_first(void (*act)(void))
{
	first = act;
}

void
unit_last(void (*act)(void))
{
	last = act;
}

int
main(void)
{
	int failed;

	/* One more than fits was counted, not kept. */
	if (tests_count == 0 || tests_count > UNIT_TESTS_MAX) {
		(void)fprintf(stderr, "%s: %zu tests; 1 to %d are wanted\n",
		    program_invocation_short_name, tests_count, UNIT_TESTS_MAX);
		return 1;
	}
	if (first != NULL)
		first();
	failed = _cmocka_run_group_tests(program_invocation_short_name, tests,
	    tests_count, group_setup, group_teardown);
	if (last != NULL)
		last();
	return failed;
}
