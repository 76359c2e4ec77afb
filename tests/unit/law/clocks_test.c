/* clocks - every limit of an item, from the moves of its life. */
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/limits/clocks.h"

#include "support/unit.h"

enum { EVENTS_MAX = 40, EAST_8 = 8 * 60 };

#define CITY  "420100"
#define NORTH "420106"
#define SOUTH "420111"

static const int64_t hour_ms = INT64_C(3600000), day_ms = INT64_C(86400000);

/* One item's life, told event by event. */
struct tale {
	struct life_event events[EVENTS_MAX];
	size_t count;
	struct rules_subject subject;
	struct life life;
	struct clock_row rows[CLOCKS_MAX];
	size_t rows_count;
};

static const struct rules *
usual_rules(void *context, const char *office, int64_t at_ms)
{
	(void)context;
	(void)at_ms;
	assert_true(office[0] != '\0');
	return rules_default();
}

static const struct calendar *
usual_calendar(void *context, const char *office, int64_t at_ms)
{
	(void)context;
	(void)office;
	(void)at_ms;
	return calendar_default();
}

static const struct clocks_law usual_law = { usual_rules, usual_calendar,
	NULL };

static void
compute(struct tale *t, const struct clocks_law *law)
{
	life_fold(&t->life, t->events, t->count);
	t->rows_count =
	    clocks_compute(t->events, t->count, &t->subject, law, t->rows);
}

/* Nine o'clock on a day in China. */
static int64_t
nine(int month, int day)
{
	return calendar_day(2024, month, day) * day_ms + hour_ms;
}

/* The last millisecond of it. */
static int64_t
night(int month, int day)
{
	return calendar_end_of(calendar_day(2024, month, day), EAST_8);
}

static struct life_event *
tell(struct tale *t, enum life_move move, const char *office, int64_t at_ms)
{
	struct life_event *e = &t->events[t->count++];

	assert_true(t->count <= EVENTS_MAX);
	*e = (struct life_event){ .move = move,
		.claimed_ms = at_ms,
		.recorded_ms = at_ms,
		.incarnation = 1,
		.sequence = t->count,
		.rating = -1 };
	(void)snprintf(e->office, sizeof(e->office), "%s", office);
	return e;
}

static void
send(struct tale *t, enum life_move move, const char *office, const char *to,
    int64_t at_ms, int64_t due_ms)
{
	struct life_event *e = tell(t, move, office, at_ms);

	(void)snprintf(e->to, sizeof(e->to), "%s", to);
	e->due_ms = due_ms;
}

static const struct clock_row *
row_of(struct tale *t, const char *name, unsigned round)
{
	compute(t, &usual_law);
	assert_int_equal(t->life.crossed, 0);
	for (size_t i = 0; i < t->rows_count; i++) {
		if (strcmp(t->rows[i].name, name) == 0 &&
		    t->rows[i].round == round)
			return &t->rows[i];
	}
	return NULL;
}

static void
/* NOLINTNEXTLINE(readability-function-size): a row, as a line of a table */
expect(struct tale *t, const char *name, unsigned round, const char *holder,
    int64_t due_ms, int64_t met_ms, int64_t stopped_ms)
{
	const struct clock_row *row = row_of(t, name, round);

	if (row == NULL) {
		fail_msg("there is no %s %u", name, round);
		return;
	}
	assert_string_equal(row->holder, holder);
	if (row->due_ms != due_ms || row->met_ms != met_ms ||
	    row->stopped_ms != stopped_ms) {
		fail_msg("%s: due %" PRId64 " met %" PRId64 " stopped %" PRId64,
		    name, row->due_ms, row->met_ms, row->stopped_ms);
	}
}

TEST(test_an_item_that_is_handled_where_it_came)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, NORTH, nine(3, 1));
	expect(&t, "register", 1, NORTH, night(3, 18), 0, 0);
	expect(&t, "notice_direct", 1, NORTH, night(3, 18), 0, 0);
	assert_int_equal(t.rows_count, 2);
	tell(&t, MOVE_ACCEPT, NORTH, nine(3, 5));
	expect(&t, "register", 1, NORTH, night(3, 18), nine(3, 5), 0);
	expect(&t, "notice_direct", 1, NORTH, night(3, 18), nine(3, 5), 0);
	/* The sixtieth day is Saturday 4 May, in the holidays. */
	expect(&t, "handle", 1, NORTH, night(5, 6), 0, 0);
	assert_string_equal(row_of(&t, "handle", 1)->article, "R22 Art 34");
	assert_string_equal(row_of(&t, "handle", 1)->rules, "cn 2022.1");
	assert_string_equal(row_of(&t, "handle", 1)->calendar, "cn 2026.1");
	tell(&t, MOVE_WORK, NORTH, nine(3, 6));
	tell(&t, MOVE_EXTEND, NORTH, nine(4, 20))->days = 20;
	expect(&t, "handle", 1, NORTH, night(5, 24), 0, 0);
	assert_int_equal(row_of(&t, "handle", 1)->extra_days, 20);
	tell(&t, MOVE_REPLY, NORTH, nine(5, 20));
	expect(&t, "handle", 1, NORTH, night(5, 24), nine(5, 20), 0);
	expect(&t, "ask_review", 1, "", night(6, 19), 0, 0);
	assert_int_equal(t.rows_count, 4);
}

TEST(test_the_review_chain_has_a_clock_for_each_step)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, NORTH, nine(3, 1));
	tell(&t, MOVE_REPLY, NORTH, nine(3, 4));
	/* A reply tells as much as a notice does; no acceptance, no handling. */
	expect(&t, "notice_direct", 1, NORTH, night(3, 18), nine(3, 4), 0);
	assert_null(row_of(&t, "handle", 1));
	tell(&t, MOVE_REVIEW, CITY, nine(3, 20));
	expect(&t, "ask_review", 1, "", night(4, 3), nine(3, 20), 0);
	expect(&t, "review", 1, CITY, night(4, 19), 0, 0);
	tell(&t, MOVE_REVIEWED, CITY, nine(4, 1));
	expect(&t, "review", 1, CITY, night(4, 19), nine(4, 1), 0);
	expect(&t, "ask_final", 1, "", night(5, 6), 0, 0);
	tell(&t, MOVE_FINAL, "420000", nine(4, 30));
	expect(&t, "final", 1, "420000", night(5, 30), 0, 0);
	tell(&t, MOVE_HEARING, "420000", nine(5, 10))->days = 3;
	tell(&t, MOVE_HEARING, "420000", nine(5, 15))->days = 2;
	/* 4 June, a Tuesday. */
	expect(&t, "final", 1, "420000", night(6, 4), 0, 0);
	tell(&t, MOVE_FINISHED, "420000", nine(6, 5));
	expect(&t, "final", 1, "420000", night(6, 4), nine(6, 5), 0);
	assert_int_equal(clock_state_at(row_of(&t, "final", 1), nine(7, 1)),
	    CLOCK_MISSED);
}

TEST(test_a_forward_hands_the_notice_to_the_addressee)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_FORWARD, CITY, NORTH, nine(3, 5), 0);
	expect(&t, "register", 1, CITY, night(3, 18), nine(3, 5), 0);
	expect(&t, "notice_direct", 1, CITY, night(3, 18), 0, nine(3, 5));
	expect(&t, "notice", 1, NORTH, night(3, 20), 0, 0);
	expect(&t, "objection", 1, "", night(3, 12), 0, 0);
	tell(&t, MOVE_TAKE, NORTH, nine(3, 6));
	expect(&t, "notice", 1, NORTH, night(3, 20), 0, 0);
	expect(&t, "objection", 1, "", night(3, 12), 0, nine(3, 6));
	/* It passes the item on: its own clock ends, the next one begins. */
	send(&t, MOVE_FORWARD, NORTH, SOUTH, nine(3, 22), 0);
	expect(&t, "notice", 1, NORTH, night(3, 20), 0, nine(3, 22));
	assert_int_equal(clock_state_at(row_of(&t, "notice", 1), nine(4, 1)),
	    CLOCK_MISSED); /* stopped after its end */
	expect(&t, "notice", 2, SOUTH, night(4, 7), 0, 0);
	tell(&t, MOVE_ACCEPT, SOUTH, nine(3, 25));
	expect(&t, "notice", 2, SOUTH, night(4, 7), nine(3, 25), 0);
	expect(&t, "handle", 1, SOUTH, night(5, 24), 0, 0);
}

TEST(test_an_objection_waits_and_may_be_refused)
{
	struct tale t = { 0 };
	int64_t due_ms = night(4, 15);

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_ASSIGN, CITY, NORTH, nine(3, 4), due_ms);
	expect(&t, "feedback", 1, NORTH, due_ms, 0, 0);
	tell(&t, MOVE_OBJECT, NORTH, nine(3, 6));
	expect(&t, "objection", 1, "", night(3, 11), nine(3, 6), 0);
	expect(&t, "notice", 1, NORTH, night(3, 19), 0, nine(3, 6));
	expect(&t, "feedback", 1, NORTH, due_ms, 0, nine(3, 6));
	tell(&t, MOVE_INSIST, CITY, nine(3, 11));
	expect(&t, "notice", 1, NORTH, night(3, 19), 0, nine(3, 6));
	expect(&t, "notice", 2, NORTH, night(3, 26), 0, 0);
	expect(&t, "feedback", 2, NORTH, due_ms + 5 * day_ms, 0, 0);
	assert_null(row_of(&t, "objection", 2));
	tell(&t, MOVE_REPLY, NORTH, nine(3, 20));
	expect(&t, "feedback", 2, NORTH, due_ms + 5 * day_ms, nine(3, 20), 0);
}

TEST(test_an_agreed_objection_gives_the_sender_its_term)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_FORWARD, CITY, NORTH, nine(3, 4), 0);
	tell(&t, MOVE_OBJECT, NORTH, nine(3, 6));
	tell(&t, MOVE_AGREE, CITY, nine(3, 8));
	expect(&t, "notice", 1, NORTH, night(3, 19), 0, nine(3, 6));
	expect(&t, "resend", 1, CITY, night(3, 25), 0, 0);
	send(&t, MOVE_FORWARD, CITY, SOUTH, nine(3, 9), 0);
	expect(&t, "resend", 1, CITY, night(3, 25), nine(3, 9), 0);
	expect(&t, "notice", 2, SOUTH, night(3, 25), 0, 0);
}

TEST(test_who_accepted_answers_until_somebody_took_it_over)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	tell(&t, MOVE_ACCEPT, CITY, nine(3, 1));
	send(&t, MOVE_FORWARD, CITY, NORTH, nine(3, 4), 0);
	expect(&t, "handle", 1, CITY, night(4, 30), 0, 0);
	tell(&t, MOVE_OBJECT, NORTH, nine(3, 6));
	tell(&t, MOVE_AGREE, CITY, nine(3, 8));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, 0);
	send(&t, MOVE_FORWARD, CITY, SOUTH, nine(3, 9), 0);
	tell(&t, MOVE_ACCEPT, SOUTH, nine(3, 11));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, nine(3, 11));
	expect(&t, "handle", 2, SOUTH, night(5, 10), 0, 0);
}

TEST(test_a_date_that_was_set_is_not_shed_by_passing_on)
{
	struct tale t = { 0 };
	int64_t due_ms = night(5, 15);

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_ASSIGN, CITY, NORTH, nine(3, 4), due_ms);
	tell(&t, MOVE_TAKE, NORTH, nine(3, 5));
	send(&t, MOVE_FORWARD, NORTH, SOUTH, nine(3, 6), 0);
	expect(&t, "feedback", 1, NORTH, due_ms, 0, 0);
	tell(&t, MOVE_ACCEPT, SOUTH, nine(3, 7));
	tell(&t, MOVE_REPLY, SOUTH, nine(4, 7));
	expect(&t, "feedback", 1, NORTH, due_ms, nine(4, 7), 0);
}

TEST(test_another_addressee_frees_the_first)
{
	struct tale t = { 0 };
	int64_t due_ms = night(5, 15);

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_ASSIGN, CITY, NORTH, nine(3, 4), due_ms);
	send(&t, MOVE_ASSIGN, CITY, SOUTH, nine(3, 6), due_ms + day_ms);
	expect(&t, "feedback", 1, NORTH, due_ms, 0, nine(3, 6));
	expect(&t, "notice", 1, NORTH, night(3, 19), 0, nine(3, 6));
	expect(&t, "feedback", 2, SOUTH, due_ms + day_ms, 0, 0);
	expect(&t, "notice", 2, SOUTH, night(3, 21), 0, 0);
	expect(&t, "objection", 2, "", night(3, 13), 0, 0);
}

TEST(test_a_merge_stops_and_an_unmerge_runs_on)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	tell(&t, MOVE_ACCEPT, CITY, nine(3, 1));
	(void)snprintf(tell(&t, MOVE_MERGE, CITY, nine(3, 4))->other,
	    ITEM_NUMBER_MAX + 1, "420106-2024-000001-AAA");
	expect(&t, "handle", 1, CITY, night(4, 30), 0, nine(3, 4));
	tell(&t, MOVE_UNMERGE, CITY, nine(3, 8));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, 0);
	tell(&t, MOVE_WITHDRAW, CITY, nine(3, 9));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, nine(3, 9));
	tell(&t, MOVE_REOPEN, CITY, nine(3, 11));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, nine(3, 9));
	expect(&t, "handle", 2, CITY, night(5, 10), 0, 0);
}

TEST(test_an_unmerge_takes_nothing_back_but_the_merge)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	send(&t, MOVE_FORWARD, CITY, NORTH, nine(3, 2), 0);
	tell(&t, MOVE_TAKE, NORTH, nine(3, 3));
	(void)snprintf(tell(&t, MOVE_MERGE, NORTH, nine(3, 4))->other,
	    ITEM_NUMBER_MAX + 1, "420106-2024-000001-AAA");
	tell(&t, MOVE_UNMERGE, NORTH, nine(3, 8));
	expect(&t, "notice_direct", 1, CITY, night(3, 18), 0, nine(3, 2));
	expect(&t, "objection", 1, "", night(3, 8), 0, nine(3, 3));
	expect(&t, "notice", 1, NORTH, night(3, 18), 0, 0);
}

/* Whatever the fold lets through: computed from events as they are. */
TEST(test_a_clock_is_extended_once)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	tell(&t, MOVE_ACCEPT, CITY, nine(3, 1));
	tell(&t, MOVE_EXTEND, CITY, nine(3, 2))->days = 10;
	tell(&t, MOVE_EXTEND, CITY, nine(3, 3))->days = 10;
	compute(&t, &usual_law);
	t.events[2].days = 400;
	t.events[3].is_applied = true;
	t.rows_count =
	    clocks_compute(t.events, t.count, &t.subject, &usual_law, t.rows);
	assert_int_equal(t.rows_count, 3);
	assert_string_equal(t.rows[2].name, "handle");
	assert_int_equal(t.rows[2].extra_days, 30);
}

TEST(test_rounds_have_an_end)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	for (int i = 0; i < 2 * CLOCKS_ROUND_MAX; i++) {
		send(&t, MOVE_FORWARD, CITY, i % 2 == 0 ? NORTH : SOUTH,
		    nine(3, 2 + i), 0);
	}
	assert_non_null(row_of(&t, "notice", CLOCKS_ROUND_MAX));
	assert_null(row_of(&t, "notice", CLOCKS_ROUND_MAX + 1));
}

TEST(test_accepting_again_gains_no_time)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	tell(&t, MOVE_ACCEPT, CITY, nine(3, 1));
	tell(&t, MOVE_WORK, CITY, nine(3, 4));
	tell(&t, MOVE_ACCEPT, CITY, nine(4, 20));
	expect(&t, "handle", 1, CITY, night(4, 30), 0, 0);
	assert_null(row_of(&t, "handle", 2));
}

TEST(test_an_extension_after_the_end_comes_too_late)
{
	struct tale t = { 0 };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	tell(&t, MOVE_ACCEPT, CITY, nine(3, 1));
	tell(&t, MOVE_EXTEND, CITY, nine(5, 6))->days = 30;
	expect(&t, "handle", 1, CITY, night(4, 30), 0, 0);
	assert_int_equal(row_of(&t, "handle", 1)->extra_days, 0);
}

TEST(test_the_simple_procedure_has_its_own_terms)
{
	struct tale t = { .subject = { .procedure = "S" } };

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, nine(4, 3));
	send(&t, MOVE_FORWARD, CITY, NORTH, nine(4, 7), 0);
	/* 4 to 6 April are holidays; Sunday the 7th works. */
	expect(&t, "simple_register", 1, CITY, night(4, 7), nine(4, 7), 0);
	expect(&t, "simple_notice", 1, NORTH, night(4, 10), 0, 0);
	tell(&t, MOVE_ACCEPT, NORTH, nine(4, 8));
	expect(&t, "simple_handle", 1, NORTH, night(4, 22), 0, 0);
	assert_null(row_of(&t, "register", 1));
	assert_null(row_of(&t, "notice", 1));
	assert_null(row_of(&t, "handle", 1));
}

TEST(test_a_state_is_that_of_its_moment)
{
	struct clock_row row = { .due_ms = night(3, 5) };

	(void)state;
	assert_int_equal(clock_state_at(&row, night(3, 5)), CLOCK_RUNNING);
	assert_int_equal(clock_state_at(&row, night(3, 5) + 1), CLOCK_MISSED);
	row.met_ms = nine(3, 4);
	assert_int_equal(clock_state_at(&row, nine(3, 3)), CLOCK_RUNNING);
	assert_int_equal(clock_state_at(&row, nine(3, 4)), CLOCK_MET);
	assert_int_equal(clock_state_at(&row, nine(9, 4)), CLOCK_MET);
	row.met_ms = night(3, 5) + 1;
	assert_int_equal(clock_state_at(&row, nine(9, 4)), CLOCK_MISSED);
	row.met_ms = 0;
	row.stopped_ms = night(3, 5);
	assert_int_equal(clock_state_at(&row, nine(9, 4)), CLOCK_STOPPED);
	assert_int_equal(clock_days_left(&row, nine(3, 5), EAST_8), 0);
	assert_int_equal(clock_days_left(&row, nine(3, 1), EAST_8), 4);
	assert_int_equal(clock_days_left(&row, nine(3, 6), EAST_8), -1);
	row.due_ms = nine(3, 5);
	assert_int_equal(clock_days_left(&row, nine(3, 5) + 1, EAST_8), -1);
	assert_string_equal(clock_state_word(CLOCK_STOPPED), "stopped");
}

TEST(test_a_year_that_nobody_knows_is_provisional)
{
	struct tale t = { 0 };
	int64_t at_ms = calendar_day(2026, 12, 20) * day_ms;

	(void)state;
	tell(&t, MOVE_REGISTER, CITY, at_ms);
	assert_true(row_of(&t, "register", 1)->is_provisional);
	t.events[0].claimed_ms = at_ms - 10 * day_ms;
	assert_false(row_of(&t, "register", 1)->is_provisional);
}

TEST(test_moments_of_no_reason_do_no_harm)
{
	static const int64_t moments[] = { INT64_MIN, -1, 0, 1, INT64_MAX };
	static const char *const procedures[] = { "", "S", "U" };

	(void)state;
	for (size_t i = 0; i < 15; i++) {
		struct tale t = { .subject = {
				      .procedure = procedures[i / 5] } };

		tell(&t, MOVE_REGISTER, CITY, moments[i % 5])->recorded_ms = 1;
		send(&t, MOVE_ASSIGN, CITY, NORTH, moments[4 - i % 5],
		    INT64_MAX);
		tell(&t, MOVE_OBJECT, NORTH, moments[i % 5]);
		tell(&t, MOVE_INSIST, CITY, moments[4 - i % 5]);
		for (size_t k = 0; k < t.count; k++)
			t.events[k].recorded_ms = (int64_t)k;
		compute(&t, &usual_law);
		assert_true(t.rows_count > 3);
		assert_true(t.rows[0].met_ms != 0);
	}
}

/* -- random lives -- */

static uint64_t seed;

static unsigned
draw(unsigned below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % below;
}

static const char *const offices[] = { CITY, NORTH, SOUTH, "420000" };

static struct life_event *
draw_event(struct tale *t, enum life_move move, int64_t at_ms)
{
	const char *office = offices[draw(4)];
	const char *to = offices[draw(4)];
	struct life_event *e;

	/* The odd one knocks in vain. */
	if (move != MOVE_REGISTER && draw(20) != 0 &&
	    (!life_allows(&t->life, move, office, true) || to == office))
		return NULL;
	e = tell(t, move, office, at_ms - (draw(4) == 0 ? day_ms : 0));
	e->recorded_ms = at_ms;
	if (move == MOVE_FORWARD || move == MOVE_ASSIGN)
		(void)snprintf(e->to, sizeof(e->to), "%s", to);
	if (move == MOVE_ASSIGN)
		e->due_ms = at_ms + (int64_t)draw(60) * day_ms;
	if (move == MOVE_EXTEND || move == MOVE_HEARING)
		e->days = 1 + draw(40);
	if (move == MOVE_MERGE)
		e->other[0] = 'x';
	e->rating = (int)draw(4);
	return e;
}

static const struct rules *sets[2];

/* The second set is in force from the middle of 2024. */
static const struct rules *
dated_rules(void *context, const char *office, int64_t at_ms)
{
	(void)context;
	assert_true(office[0] != '\0');
	return at_ms < rules_effective_ms(sets[1]) ? sets[0] : sets[1];
}

static const struct clocks_law dated_law = { dated_rules, usual_calendar,
	NULL };

/* What was said stays said when `now` has one event more than `before`. */
static void
expect_continued(const struct tale *before, const struct tale *now)
{
	const struct life_event *e = &now->events[now->count - 1];

	assert_true(now->rows_count >= before->rows_count);
	for (size_t i = 0; i < before->rows_count; i++) {
		const struct clock_row *a = &before->rows[i];
		const struct clock_row *b = &now->rows[i];

		assert_string_equal(a->name, b->name);
		assert_string_equal(a->holder, b->holder);
		assert_int_equal(a->round, b->round);
		assert_true(a->start_ms == b->start_ms);
		if (!e->is_applied ||
		    (e->move != MOVE_EXTEND && e->move != MOVE_HEARING))
			assert_true(a->due_ms == b->due_ms);
		assert_true(a->met_ms == 0 || a->met_ms == b->met_ms);
		assert_true(a->stopped_ms == 0 ||
			    a->stopped_ms == b->stopped_ms ||
			    e->move == MOVE_UNMERGE);
		if (!e->is_applied)
			assert_memory_equal(a, b, sizeof(*a));
	}
	assert_true(e->is_applied || now->rows_count == before->rows_count);
}

static bool
has_start(const struct tale *t, const struct clock_row *row)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct life_event *e = &t->events[i];

		if (e->is_applied && e->move == row->start &&
		    e->claimed_ms == row->start_ms)
			return true;
	}
	return false;
}

static void
expect_sound(const struct tale *t)
{
	int64_t turn_ms = rules_effective_ms(sets[1]);
	bool is_over = t->life.state == LIFE_MRG || t->life.state == LIFE_WDR;

	for (size_t i = 0; i < t->rows_count; i++) {
		const struct clock_row *row = &t->rows[i];
		bool is_right = row->held_by == RULES_HELD_BY_PETITIONER ||
				row->held_by == RULES_HELD_BY_NOBODY;

		assert_true(has_start(t, row));
		assert_true(row->met_ms == 0 || row->stopped_ms == 0);
		if (is_over)
			assert_true(row->met_ms != 0 || row->stopped_ms != 0);
		/* A right is nobody's duty, and a duty always somebody's. */
		assert_int_equal(row->holder[0] == '\0', is_right);
		assert_true(row->held_by != RULES_HELD_BY_PETITIONER ||
			    row->start == MOVE_REPLY ||
			    row->start == MOVE_REVIEWED);
		assert_true(
		    row->extra_days <= 30 || strcmp(row->name, "final") == 0);
		assert_true(row->extra_days == 0 ||
			    strcmp(row->name, "final") == 0 ||
			    strcmp(row->name, "handle") == 0);
		assert_string_equal(row->rules,
		    row->start_ms < turn_ms ? "cn 2022.1" : "cn 2024.2");
		assert_true(strcmp(row->name, "handle") != 0 ||
			    row->amount == (row->start_ms < turn_ms ? 60 : 45));
	}
}

static void
live(void)
{
	static struct tale t, before;
	int64_t at_ms = nine(4, 1);
	unsigned moves = 6 + draw(20), tries = 0;

	memset(&t, 0, sizeof(t));
	memset(&before, 0, sizeof(before));
	t.subject.procedure = draw(4) == 0 ? "S" : "";
	(void)draw_event(&t, MOVE_REGISTER, at_ms);
	compute(&t, &dated_law);
	while (t.count < moves && tries++ < 2000) {
		enum life_move move =
		    (enum life_move)(1 + draw(MOVE_COUNT - 1));

		before = t;
		at_ms += 1 + (int64_t)draw(400) * hour_ms;
		if (draw_event(&t, move, at_ms) == NULL) {
			at_ms = before.events[before.count - 1].recorded_ms;
			continue;
		}
		compute(&t, &dated_law);
		expect_continued(&before, &t);
		expect_sound(&t);
	}
}

/* data/rules/cn.ini, changed as a later version might be. */
static struct rules *
later_rules(void)
{
	static const char limit[] =
	    "[limit.%s]\ntitle_zh = x\ntitle_en = x\narticle = x\n"
	    "start = %s\nstop = %s\nlimit = %d\nunit = day\nholder = %s\n";
	static char text[4000];
	struct law_fault fault;
	size_t size = (size_t)snprintf(text, sizeof(text),
	    "[rules]\n"
	    "name = cn\nversion = 2024.2\neffective = 2024-07-01\n"
	    "utc_offset = +08:00\nrest_day_end = keep\n");
	struct rules *r;

	size += (size_t)snprintf(text + size, sizeof(text) - size, limit,
	    "handle", "accept reopen", "reply", 45, "taker");
	size += (size_t)snprintf(text + size, sizeof(text) - size, "%s",
	    "ends = taken-over\nextended_by = extend\nextension = 10\n");
	size += (size_t)snprintf(text + size, sizeof(text) - size, limit,
	    "ask_review", "reply", "review", 20, "petitioner");
	(void)snprintf(text + size, sizeof(text) - size, limit, "final",
	    "final", "finished", 20, "above\nskips = hearing");
	assert_int_equal(rules_parse(span_of_text(text), &r, &fault), RC_OK);
	return r;
}

/* Twenty-four limits that each forward begins anew. */
TEST(test_a_sheet_has_an_end)
{
	static char text[RULES_BYTES_MAX];
	struct tale t = { 0 };
	struct law_fault fault;
	struct rules *r;
	size_t size = (size_t)snprintf(text, sizeof(text),
	    "[rules]\n"
	    "name = t\nversion = 1\neffective = 2024-01-01\n"
	    "utc_offset = +08:00\nrest_day_end = keep\n");

	(void)state;
	for (int i = 0; i < RULES_LIMITS_MAX; i++) {
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "[limit.%d]\ntitle_zh = x\ntitle_en = x\narticle = x\n"
		    "start = forward\nstop = reply\nends = forward\n"
		    "limit = 1\nunit = day\nholder = taker\n",
		    i);
	}
	assert_int_equal(rules_parse(span_of_text(text), &r, &fault), RC_OK);
	tell(&t, MOVE_REGISTER, CITY, nine(3, 1));
	for (int i = 0; i < 4; i++) {
		send(&t, MOVE_FORWARD, CITY, i % 2 == 0 ? NORTH : SOUTH,
		    nine(3, 2 + i), 0);
	}
	sets[0] = sets[1] = r;
	compute(&t, &dated_law);
	assert_int_equal(t.rows_count, CLOCKS_MAX);
	assert_int_equal(t.rows[CLOCKS_MAX - 1].round, 2);
	rules_free(r);
}

TEST(test_thousands_of_lives_keep_the_rules)
{
	enum { LIVES = 4000 };
	const char *given = getenv("CLOCKS_SEED"); /* NOLINT: one thread */
	uint64_t first = given != NULL ? strtoull(given, NULL, 10) : 20260304;
	struct rules *later = later_rules();

	(void)state;
	sets[0] = rules_default();
	sets[1] = later;
	print_message("seeds from %" PRIu64 " on; CLOCKS_SEED=N\n", first);
	for (uint64_t n = 0; n < LIVES; n++) {
		seed = (first + n) * UINT64_C(0x9E3779B97F4A7C15) + 1;
		live();
	}
	rules_free(later);
}
