/* ladder - supervision comes when its day has come, and not before. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "law/moves/ladder.h"

#include "support/unit.h"

static const int64_t hour_ms = INT64_C(3600000), day_ms = INT64_C(86400000);

/* The first millisecond of a day in China. */
static int64_t
morning(int year, int month, int day)
{
	return calendar_day(year, month, day) * day_ms - 8 * hour_ms;
}

static enum rung
rung_at(int64_t due_ms, int64_t now_ms)
{
	struct clock_row row = { .due_ms = due_ms, .holder = "420106" };

	return ladder_rung(rules_default(), calendar_default(), &row, now_ms);
}

TEST(test_each_rung_comes_on_the_morning_of_its_day)
{
	/* Friday 2024-03-01, to its last millisecond. */
	int64_t due_ms = morning(2024, 3, 2) - 1;

	(void)state;
	assert_int_equal(rung_at(due_ms, due_ms - 5 * day_ms), RUNG_NONE);
	assert_int_equal(rung_at(due_ms, due_ms - 5 * day_ms + 1), RUNG_REMIND);
	assert_int_equal(rung_at(due_ms, due_ms), RUNG_REMIND);
	/* A weekend is nobody's working day. */
	assert_int_equal(rung_at(due_ms, due_ms + 1), RUNG_NONE);
	assert_int_equal(rung_at(due_ms, morning(2024, 3, 4) - 1), RUNG_NONE);
	assert_int_equal(rung_at(due_ms, morning(2024, 3, 4)), RUNG_CB);
	assert_int_equal(rung_at(due_ms, morning(2024, 3, 15) - 1), RUNG_CB);
	assert_int_equal(rung_at(due_ms, morning(2024, 3, 15)), RUNG_DB);
	/* The thirtieth working day: 5 April is a holiday, 7 April works. */
	assert_int_equal(rung_at(due_ms, morning(2024, 4, 12) - 1), RUNG_DB);
	assert_int_equal(rung_at(due_ms, morning(2024, 4, 15)), RUNG_GP);
	assert_int_equal(rung_at(due_ms, morning(2034, 4, 15)), RUNG_GP);
}

TEST(test_nobody_is_supervised_without_a_miss_of_his_own)
{
	struct clock_row row = { .due_ms = morning(2024, 3, 2) - 1,
		.holder = "420106" };
	int64_t late_ms = morning(2024, 6, 1);
	const struct rules *r = rules_default();
	const struct calendar *c = calendar_default();

	(void)state;
	assert_int_equal(ladder_rung(r, c, &row, late_ms), RUNG_GP);
	row.met_ms = late_ms - 1;
	assert_int_equal(ladder_rung(r, c, &row, late_ms), RUNG_NONE);
	row.met_ms = 0;
	row.stopped_ms = 1;
	assert_int_equal(ladder_rung(r, c, &row, late_ms), RUNG_NONE);
	row.stopped_ms = 0;
	row.holder[0] = '\0';
	assert_int_equal(ladder_rung(r, c, &row, late_ms), RUNG_NONE);
	assert_int_equal(ladder_rung(r, c, &row, row.due_ms), RUNG_NONE);
}

static struct rules *
with_ladder(const char *ladder)
{
	static const char head[] =
	    "[rules]\nname = t\nversion = 1\n"
	    "effective = 2024-01-01\nutc_offset = +08:00\nrest_day_end = keep\n"
	    "[limit.a]\ntitle_zh = a\ntitle_en = a\narticle = x\n"
	    "start = register\nstop = reply\nholder = taker\nlimit = 3\n"
	    "unit = hour\n";
	struct buffer text = { 0 };
	struct law_fault fault;
	struct rules *r;

	assert_int_equal(buffer_append(&text, span_of_text(head)), RC_OK);
	assert_int_equal(buffer_append(&text, span_of_text(ladder)), RC_OK);
	assert_int_equal(rules_parse(buffer_span(&text), &r, &fault), RC_OK);
	buffer_clear(&text);
	return r;
}

TEST(test_a_ladder_of_hours_counts_hours)
{
	struct rules *r = with_ladder("[ladder]\nremind_before = 1\nCB = 1\n"
				      "GP = 24\nunit = hour\n");
	struct clock_row row = { .due_ms = 100 * hour_ms, .holder = "420106" };
	const struct calendar *c = calendar_default();

	(void)state;
	assert_int_equal(ladder_rung(r, c, &row, 99 * hour_ms), RUNG_NONE);
	assert_int_equal(ladder_rung(r, c, &row, 99 * hour_ms + 1),
	    RUNG_REMIND);
	assert_int_equal(ladder_rung(r, c, &row, 101 * hour_ms - 1), RUNG_NONE);
	assert_int_equal(ladder_rung(r, c, &row, 101 * hour_ms), RUNG_CB);
	assert_int_equal(ladder_rung(r, c, &row, 124 * hour_ms - 1), RUNG_CB);
	assert_int_equal(ladder_rung(r, c, &row, 124 * hour_ms), RUNG_GP);
	rules_free(r);
}

TEST(test_a_set_without_a_ladder_proposes_nothing)
{
	struct rules *r = with_ladder("");
	struct clock_row row = { .due_ms = 1, .holder = "420106" };

	(void)state;
	assert_int_equal(ladder_rung(r, calendar_default(), &row, 0),
	    RUNG_NONE);
	assert_int_equal(ladder_rung(r, calendar_default(), &row,
			     9999 * day_ms),
	    RUNG_NONE);
	rules_free(r);
}

TEST(test_rungs_and_kinds_belong_together)
{
	(void)state;
	assert_string_equal(ladder_kind(RUNG_NONE), "");
	assert_string_equal(ladder_kind(RUNG_REMIND), "CB");
	assert_int_equal(ladder_of_kind("CB"), RUNG_CB);
	assert_int_equal(ladder_of_kind(ladder_kind(RUNG_DB)), RUNG_DB);
	assert_int_equal(ladder_of_kind(ladder_kind(RUNG_GP)), RUNG_GP);
	assert_int_equal(ladder_of_kind("JB"), RUNG_NONE);
	assert_int_equal(ladder_of_kind(""), RUNG_NONE);
}

/* A directive about the limit `handle`, which runs from 100 to 200. */
static bool
covers(const char *kind, const char *clock, int64_t at_ms, enum rung rung)
{
	const struct ladder_issued d = { .kind = kind,
		.item = "A",
		.matter = "",
		.clock = clock,
		.recorded_ms = at_ms };
	struct ladder_issued draft = d;

	draft.is_draft = true;
	assert_false(ladder_covers(&draft, rung, "handle", 100, 200));
	return ladder_covers(&d, rung, "handle", 100, 200);
}

TEST(test_a_rung_is_covered_by_itself_and_by_what_is_above)
{
	assert_true(covers("CB", "handle", 201, RUNG_CB));
	assert_true(covers("DB", "handle", 201, RUNG_CB));
	assert_true(covers("GP", "handle", 201, RUNG_CB));
	assert_false(covers("CB", "handle", 201, RUNG_DB));
	assert_true(covers("DB", "handle", 201, RUNG_DB));
	assert_false(covers("DB", "handle", 201, RUNG_GP));
	assert_true(covers("GP", "handle", 201, RUNG_GP));
	assert_false(covers("JB", "handle", 201, RUNG_CB));
	/* About the item and no limit of it; about another limit. */
	assert_true(covers("CB", "", 201, RUNG_CB));
	assert_false(covers("CB", "answer", 201, RUNG_CB));
}

TEST(test_a_reminder_does_not_cover_the_miss_behind_it)
{
	assert_false(covers("CB", "handle", 99, RUNG_REMIND));
	assert_true(covers("CB", "handle", 100, RUNG_REMIND));
	assert_true(covers("DB", "handle", 100, RUNG_REMIND));
	assert_false(covers("CB", "handle", 200, RUNG_CB));
	/* Supervision before the end was meant, and stands. */
	assert_true(covers("DB", "handle", 200, RUNG_CB));
	assert_false(covers("DB", "handle", 99, RUNG_CB));
}
