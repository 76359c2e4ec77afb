/* Goal of this test: what mech/states.h promises. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mech/states.h"

enum door { OPEN, SHUT, LOCKED, DOORS };

static const struct state_rule rules[DOORS] = {
	[OPEN] = { "open", BIT(SHUT) },
	[SHUT] = { "shut", BIT(OPEN) | BIT(LOCKED) },
	[LOCKED] = { "locked", BIT(SHUT) },
};

static bool
aborts(unsigned from, unsigned to)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		(void)freopen("/dev/null", "w", stderr);
		(void)states_move(rules, DOORS, from, to);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

TEST(test_an_allowed_move_is_made)
{
	(void)state;
	assert_int_equal(states_move(rules, DOORS, SHUT, LOCKED), LOCKED);
	assert_true(states_allow(rules, DOORS, OPEN, SHUT));
	assert_string_equal(states_name(rules, DOORS, LOCKED), "locked");
}

TEST(test_any_other_move_aborts)
{
	(void)state;
	assert_false(states_allow(rules, DOORS, OPEN, LOCKED));
	assert_true(aborts(OPEN, LOCKED));
	assert_true(aborts(OPEN, OPEN));
	assert_true(aborts(OPEN, DOORS));
	assert_false(aborts(OPEN, SHUT));
}
