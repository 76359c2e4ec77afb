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
