/* omission - what must be supervised has a ground, and what covers it. */
#include "law/moves/omission.h"

#include "support/unit.h"

TEST(test_each_omission_has_its_ground)
{
	static const char *const grounds[LOWER_STATES] = {
		[LOWER_NOP] = "",
		[LOWER_UNR] = "G3",
		[LOWER_TRM] = "",
		[LOWER_OVD] = "G1",
		[LOWER_RPD] = "",
		[LOWER_RVD] = "",
		[LOWER_FIN] = "",
		[LOWER_DEC] = "G3",
	};

	for (enum lower_state s = LOWER_NOP; s < LOWER_STATES; s++)
		assert_string_equal(omission_ground_of_lower(s), grounds[s]);
	assert_string_equal(omission_ground_of_limit("feedback"), "G2");
	assert_string_equal(omission_ground_of_limit("handle"), "G1");
}

/* Of item I, which is L below, of matter M, raised at 100. */
static bool
covers(const char *item, const char *matter, int64_t at_ms)
{
	const struct omission_raised raised = { "I", "L", "M", 100 };
	const struct ladder_issued d = { .kind = "DB",
		.item = item,
		.matter = matter,
		.clock = "",
		.recorded_ms = at_ms };
	struct ladder_issued draft = d;

	draft.is_draft = true;
	assert_false(omission_covers(&draft, &raised));
	return omission_covers(&d, &raised);
}

TEST(test_a_directive_since_covers_what_went_up)
{
	assert_true(covers("I", "", 100));
	assert_true(covers("L", "", 100));
	assert_true(covers("M", "", 100));
	assert_true(covers("", "M", 100));
	assert_true(covers("X", "M", 100));
	assert_false(covers("I", "M", 99));
	assert_false(covers("X", "", 100));
	assert_false(covers("", "I", 100));
}

TEST(test_nothing_known_is_nothing_in_common)
{
	const struct omission_raised raised = { "I", "", "", 100 };
	const struct ladder_issued d = { .kind = "DB",
		.item = "",
		.matter = "",
		.clock = "",
		.recorded_ms = 200 };

	assert_false(omission_covers(&d, &raised));
}
