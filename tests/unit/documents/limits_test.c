/* Time limits: what ends when, and how many days that is. */
#include "documents/limits.h"

#include "support/asked.h"

#define OFFICE "420106"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS  (24 * HOUR_MS)

/*
 * Days of +05:30, of which VJ_START_MS is 05:30 on the first of January: both
 * limits end with the second of January.
 */
#define ZONE_MS (5 * HOUR_MS + HOUR_MS / 2)
#define DUE_MS  (VJ_START_MS + 2 * DAY_MS - ZONE_MS - 1)

static const char rules[] =
    "[rules]\nname = t\nversion = 1\neffective = 2026-01-01\n"
    "utc_offset = +05:30\nrest_day_end = keep\n"
    "[limit.handle]\ntitle_zh = 办\ntitle_en = handle\narticle = a\n"
    "start = register\nstop = reply\nlimit = 1\nunit = day\n"
    "holder = recorder\n"
    "[limit.ask]\ntitle_zh = 问\ntitle_en = ask\narticle = a\n"
    "start = register\nstop = review\nlimit = 1\nunit = day\n"
    "holder = petitioner\n"
    "[ladder]\nremind_before = 5\nCB = 1\nDB = 10\nGP = 30\n"
    "unit = day\nsuggestion_days = 30\n";

static void
begin(struct asked *a)
{
	struct stream *own = vj_stream(a->journal, OFFICE, "");

	(void)vj_rules_text(a->journal, own, 1, rules, VJ_START_MS - ZONE_MS);
	(void)vj_petition(a->journal, own, OFFICE, 1, "");
	asked_fold(a);
}

static bool
list(struct asked *a, const struct limits_filter *f)
{
	asked_forget(a);
	return documents_limits(&a->r, f, asked_row, a->rows);
}

/* Days left of the only limit that is somebody's, at this moment. */
static json_int_t
days_left_at(struct asked *a, int64_t now_ms)
{
	a->r.now_ms = now_ms;
	assert_false(list(a, &(struct limits_filter){ 0 }));
	assert_int_equal(json_array_size(a->rows), 1);
	return asked_number(a->rows, 0, "days_left");
}

TEST_WITH(test_days_left_are_days_of_the_rules_own_zone, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	int64_t midnight_ms = VJ_START_MS + DAY_MS - ZONE_MS;

	begin(a);
	assert_int_equal(days_left_at(a, VJ_START_MS), 1);
	assert_string_equal(asked_text(a->rows, 0, "due_date"), "2026-01-02");
	assert_string_equal(asked_text(a->rows, 0, "title_en"), "handle");
	/* Midnight there; at +08:00 it is half past two already. */
	assert_int_equal(days_left_at(a, midnight_ms - 1), 1);
	assert_int_equal(days_left_at(a, midnight_ms), 0);
	assert_int_equal(days_left_at(a, DUE_MS), 0);
	assert_string_equal(asked_text(a->rows, 0, "state"), "running");
	assert_int_equal(days_left_at(a, DUE_MS + 1), -1);
	assert_string_equal(asked_text(a->rows, 0, "state"), "missed");
}

TEST_WITH(test_so_are_those_of_a_right_that_nobody_holds, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	json_t *all;

	begin(a);
	a->r.now_ms = DUE_MS;
	all = documents_limits_of(&a->r, vj_item(OFFICE, 1));
	assert_int_equal(json_array_size(all), 2);
	assert_string_equal(asked_text(all, 0, "clock"), "ask");
	assert_string_equal(asked_text(all, 0, "holder"), "");
	assert_string_equal(asked_text(all, 0, "title_en"), "ask");
	assert_string_equal(asked_text(all, 0, "due_date"), "2026-01-02");
	assert_int_equal(asked_number(all, 0, "days_left"), 0);
	json_decref(all);
}

TEST_WITH(test_a_list_takes_what_ends_within_days, asked_start, asked_finish)
{
	struct asked *a = *state;
	struct limits_filter f = { .is_within = true, .within_days = 1 };

	begin(a);
	assert_int_equal(documents_limits_count(&a->r, &f), 0);
	f.within_days = 2;
	assert_int_equal(documents_limits_count(&a->r, &f), 1);
	f.only_missed = true;
	assert_int_equal(documents_limits_count(&a->r, &f), 0);
	a->r.now_ms = DUE_MS + 1;
	assert_int_equal(documents_limits_count(&a->r, &f), 1);
	f.office = "420107";
	assert_int_equal(documents_limits_count(&a->r, &f), 0);
}

TEST_WITH(test_looking_back_what_ended_later_still_runs, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	struct limits_filter f = { 0 };

	begin(a);
	a->journal->recorded_ms += HOUR_MS;
	(void)vj_move(a->journal, vj_stream(a->journal, OFFICE, ""),
	    vj_item(OFFICE, 1), "ACC", "");
	a->journal->recorded_ms += HOUR_MS;
	(void)vj_move(a->journal, vj_stream(a->journal, OFFICE, ""),
	    vj_item(OFFICE, 1), "RPL", "");
	asked_fold(a);
	a->r.now_ms = VJ_START_MS + 3 * HOUR_MS;
	assert_int_equal(documents_limits_count(&a->r, &f), 0);
	f.as_of_ms = VJ_START_MS + HOUR_MS;
	assert_false(list(a, &f));
	assert_int_equal(json_array_size(a->rows), 1);
	assert_string_equal(asked_text(a->rows, 0, "state"), "running");
	f.as_of_ms = 0;
	f.with_ended = true;
	assert_false(list(a, &f));
	assert_string_equal(asked_text(a->rows, 0, "state"), "met");
	assert_true(json_is_null(
	    json_object_get(json_array_get(a->rows, 0), "days_left")));
}
