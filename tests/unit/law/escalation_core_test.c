/* escalation_core - the eight states below, lawfulness, and later knowledge. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "law/moves/escalation_core.h"
#include "petition/codes.h"

#include "support/unit.h"

#define PROVINCE "420000"
#define CITY     "420100"
#define DISTRICT "420106"
#define STREET   "420106003"

enum { ITEMS_MAX = 6, EVENTS_MAX = 32, CLOCKS_HERE = 4, POOL = 16 };
enum { ARRIVAL = 100000 };

struct item {
	struct life_event events[EVENTS_MAX];
	struct clock_row clocks[CLOCKS_HERE];
	size_t events_count, clocks_count;
};

/* A matter of the district appears at the city at ARRIVAL. */
struct scene {
	struct item *items[ITEMS_MAX]; /* in the pool */
	struct lower_item borrowed[ITEMS_MAX];
	struct escalation_facts facts;
	struct escalation_verdict verdict;
};

/* Too big for the stack; enough for the two scenes of one test. */
static struct item *
new_item(void)
{
	static struct item pool[POOL];
	static size_t used;
	struct item *item = &pool[used++ % POOL];

	memset(item, 0, sizeof(*item));
	return item;
}

static struct item *
add_item(struct scene *s)
{
	struct item *item = new_item();

	s->items[s->facts.items_count++] = item;
	return item;
}

static struct life_event *
add(struct item *item, int64_t at_ms, enum life_move move, const char *office)
{
	struct life_event *e = &item->events[item->events_count++];

	assert_true(item->events_count <= EVENTS_MAX);
	*e = (struct life_event){
		.move = move,
		.claimed_ms = at_ms,
		.recorded_ms = at_ms,
		.incarnation = 1,
		.sequence = (uint64_t)at_ms,
		.rating = -1,
		.days = move == MOVE_EXTEND ? 30 : 0,
	};
	(void)snprintf(e->office, sizeof(e->office), "%s", office);
	if (move == MOVE_MERGE)
		(void)snprintf(e->other, sizeof(e->other),
		    "420106-2026-000001-AAA");
	return e;
}

static void
sent(struct item *item, int64_t at_ms, const char *from, const char *to)
{
	struct life_event *e = add(item, at_ms, MOVE_FORWARD, from);

	(void)snprintf(e->to, sizeof(e->to), "%s", to);
}

static struct clock_row *
limit(struct item *item, const char *holder, int64_t start_ms, int64_t due_ms)
{
	struct clock_row *c = &item->clocks[item->clocks_count++];

	assert_true(item->clocks_count <= CLOCKS_HERE);
	*c = (struct clock_row){
		.round = 1,
		.start_ms = start_ms,
		.started_recorded_ms = start_ms,
		.due_ms = due_ms,
	};
	(void)snprintf(c->holder, sizeof(c->holder), "%s", holder);
	return c;
}

static const struct escalation_verdict *
judge(struct scene *s)
{
	if (s->facts.at_ms == 0)
		s->facts.at_ms = ARRIVAL;
	if (s->facts.office == NULL)
		s->facts.office = DISTRICT;
	if (s->facts.channel == NULL)
		s->facts.channel = "LF";
	if (s->facts.from_level == '\0')
		s->facts.from_level = 'D';
	if (s->facts.to_level == '\0')
		s->facts.to_level = 'C';
	for (size_t i = 0; i < s->facts.items_count; i++) {
		s->borrowed[i] = (struct lower_item){
			.events = s->items[i]->events,
			.events_count = s->items[i]->events_count,
			.clocks = s->items[i]->clocks,
			.clocks_count = s->items[i]->clocks_count,
		};
	}
	s->facts.items = s->borrowed;
	escalation_judge(&s->facts, &s->verdict);
	return &s->verdict;
}

static void
expect(struct scene *s, enum lower_state lower, bool knew, size_t decisive)
{
	judge(s);
	assert_string_equal(lower_code(s->verdict.lower), lower_code(lower));
	assert_int_equal(s->verdict.knew_before, knew);
	assert_int_equal(s->verdict.decisive, decisive);
}

/* Registered by the district, then these moves of its own. */
static struct item *
item_of(struct scene *s, const enum life_move *moves, size_t count)
{
	struct item *item = add_item(s);

	add(item, 1000, MOVE_REGISTER, DISTRICT);
	for (size_t i = 0; i < count; i++) {
		bool is_opinion =
		    moves[i] == MOVE_REVIEWED || moves[i] == MOVE_FINISHED;

		add(item, 2000 + 1000 * (int64_t)i, moves[i],
		    is_opinion ? CITY : DISTRICT);
	}
	return item;
}

#define ITEM(s, ...)                                                           \
	item_of((s), (const enum life_move[]){ __VA_ARGS__ },                  \
	    sizeof((const enum life_move[]){ __VA_ARGS__ }) /                  \
		sizeof(enum life_move))

/* -- codes -- */

TEST(test_the_codes_are_those_of_the_lists)
{
	(void)state;
	assert_non_null(codes_at(CODES_LOWER_STATE, LOWER_STATES - 1));
	assert_null(codes_at(CODES_LOWER_STATE, LOWER_STATES));
	for (size_t i = 0; i < LOWER_STATES; i++) {
		assert_string_equal(lower_code((enum lower_state)i),
		    codes_at(CODES_LOWER_STATE, i)->code);
	}
	assert_non_null(codes_at(CODES_LAWFULNESS, LAWFULS - 1));
	assert_null(codes_at(CODES_LAWFULNESS, LAWFULS));
	for (size_t i = 0; i < LAWFULS; i++) {
		assert_string_equal(lawfulness_code((enum lawfulness)i),
		    codes_at(CODES_LAWFULNESS, i)->code);
	}
}

TEST(test_three_of_the_eight_are_failures)
{
	(void)state;
	for (enum lower_state s = LOWER_NOP; s < LOWER_STATES; s++) {
		assert_int_equal(lower_is_failure(s),
		    s == LOWER_UNR || s == LOWER_OVD || s == LOWER_DEC);
	}
}

TEST(test_levels_have_ranks)
{
	(void)state;
	assert_int_equal(level_rank('V'), 0);
	assert_int_equal(level_rank('T'), 1);
	assert_int_equal(level_rank('D'), 2);
	assert_int_equal(level_rank('C'), 3);
	assert_int_equal(level_rank('P'), 4);
	assert_int_equal(level_rank('N'), 5);
	assert_int_equal(level_rank('X'), -1);
	assert_int_equal(level_rank('\0'), -1);
}

/* -- lawfulness -- */

TEST(test_only_visits_have_a_rule_of_levels)
{
	static const struct {
		char from, to;
		const char *channel;
		enum lawfulness lawfulness;
	} cases[] = {
		{ 'D', 'D', "LF", LAWFUL_OWN },
		{ 'C', 'D', "LF", LAWFUL_OWN },
		{ 'D', 'C', "LF", LAWFUL_UP1 },
		{ 'V', 'T', "LF", LAWFUL_UP1 },
		{ 'D', 'P', "LF", LAWFUL_SKP },
		{ 'D', 'N', "LF", LAWFUL_SKP },
		{ 'V', 'N', "LF", LAWFUL_SKP },
		{ 'D', 'N', "LX", LAWFUL_NA },
		{ 'D', 'D', "WX", LAWFUL_NA },
		{ 'D', 'C', "LD", LAWFUL_NA },
		{ 'D', 'C', "", LAWFUL_NA },
		{ '?', 'C', "LF", LAWFUL_NA },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct scene s = { .facts = {
				       .from_level = cases[i].from,
				       .to_level = cases[i].to,
				       .channel = cases[i].channel,
				   } };

		assert_int_equal(judge(&s)->lawfulness, cases[i].lawfulness);
		assert_int_equal(s.verdict.lower, LOWER_NOP);
	}
}

/* -- the eight states -- */

TEST(test_NOP_when_nothing_had_reached_the_office)
{
	struct scene s = { 0 };

	(void)state;
	expect(&s, LOWER_NOP, false, 0);
	/* The arrival itself is an item of the city, not of the district. */
	add(add_item(&s), ARRIVAL, MOVE_REGISTER, CITY);
	/* Received and registered afterwards. */
	add(add_item(&s), ARRIVAL + 1, MOVE_REGISTER, DISTRICT);
	s.facts.told_ms = ARRIVAL + 1;
	expect(&s, LOWER_NOP, false, 2);
}

TEST(test_UNR_when_the_item_says_it_was_received_before)
{
	struct scene s = { 0 };
	struct life_event *e =
	    add(add_item(&s), ARRIVAL + 5000, MOVE_REGISTER, DISTRICT);

	(void)state;
	e->claimed_ms = ARRIVAL;
	expect(&s, LOWER_UNR, false, 0);
	e->claimed_ms = ARRIVAL + 1;
	expect(&s, LOWER_NOP, false, 1);
}

TEST(test_UNR_when_it_had_been_told)
{
	struct scene s = { .facts.told_ms = ARRIVAL };
	struct item *item = add_item(&s);

	(void)state;
	/* Handed down, not taken. */
	add(item, 1000, MOVE_REGISTER, CITY);
	sent(item, 2000, CITY, DISTRICT);
	expect(&s, LOWER_UNR, false, 1);
	add(item, ARRIVAL, MOVE_TAKE, DISTRICT);
	expect(&s, LOWER_TRM, true, 0);
}

TEST(test_TRM_while_in_hand_and_in_time)
{
	static const enum life_move last[] = { MOVE_ACCEPT, MOVE_WORK,
		MOVE_WITHDRAW, MOVE_MERGE };

	(void)state;
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
		struct scene s = { 0 };

		limit(ITEM(&s, last[i]), DISTRICT, 1000, ARRIVAL);
		expect(&s, LOWER_TRM, true, 0);
	}
}

TEST(test_OVD_when_a_limit_was_missed_before_an_answer)
{
	struct scene s = { 0 };
	struct item *item = ITEM(&s, MOVE_ACCEPT);
	struct clock_row *notice = limit(item, DISTRICT, 1000, 1500);
	struct clock_row *handle = limit(item, DISTRICT, 2000, ARRIVAL);

	(void)state;
	/* A late notice stays late, though the handling is in time. */
	notice->met_ms = notice->met_recorded_ms = 2000;
	expect(&s, LOWER_OVD, true, 0);
	notice->met_ms = 1500;
	expect(&s, LOWER_TRM, true, 0);
	handle->due_ms = ARRIVAL - 1;
	expect(&s, LOWER_OVD, true, 0);
	/* Answered later: it had been open then. */
	handle->met_ms = handle->met_recorded_ms = ARRIVAL + 1;
	add(item, ARRIVAL + 1, MOVE_REPLY, DISTRICT);
	expect(&s, LOWER_OVD, true, 0);
	/* Answered in time, as it says, but recorded later. */
	handle->met_ms = ARRIVAL - 2;
	expect(&s, LOWER_OVD, true, 0);
}

TEST(test_a_limit_counts_only_as_far_as_it_ran)
{
	struct scene s = { 0 };
	struct clock_row *c =
	    limit(ITEM(&s, MOVE_ACCEPT), DISTRICT, 1000, ARRIVAL - 10);

	(void)state;
	expect(&s, LOWER_OVD, true, 0);
	c->started_recorded_ms = ARRIVAL + 1;
	expect(&s, LOWER_TRM, true, 0);
	c->started_recorded_ms = ARRIVAL;
	c->stopped_ms = ARRIVAL - 10;
	expect(&s, LOWER_TRM, true, 0);
	c->stopped_ms = ARRIVAL - 9;
	expect(&s, LOWER_OVD, true, 0);
	c->stopped_ms = 0;
	c->holder[0] = '\0';
	expect(&s, LOWER_TRM, true, 0);
}

TEST(test_the_limits_of_the_office_above_are_not_ours)
{
	struct scene s = { 0 };
	struct item *item = add_item(&s);

	(void)state;
	add(item, 1000, MOVE_REGISTER, CITY);
	sent(item, 9000, CITY, DISTRICT);
	limit(item, CITY, 1000, 5000);
	expect(&s, LOWER_NOP, false, 1);
	add(item, 9500, MOVE_ACCEPT, DISTRICT);
	expect(&s, LOWER_TRM, true, 0);
	/* Those of an office further down are. */
	sent(item, 9600, DISTRICT, STREET);
	limit(item, STREET, 9600, 9700);
	expect(&s, LOWER_OVD, true, 0);
}

TEST(test_OVD_when_handed_down_and_left_lying)
{
	struct scene s = { .facts.told_ms = 2000 };
	struct item *item = add_item(&s);

	(void)state;
	add(item, 1000, MOVE_REGISTER, CITY);
	sent(item, 2000, CITY, DISTRICT);
	limit(item, DISTRICT, 2000, ARRIVAL - 1);
	expect(&s, LOWER_OVD, false, 0);
}

TEST(test_nothing_is_left_lying_once_it_was_withdrawn_above)
{
	struct scene s = { 0 };
	struct item *item = add_item(&s);

	(void)state;
	add(item, 1000, MOVE_REGISTER, CITY);
	sent(item, 2000, CITY, DISTRICT);
	limit(item, DISTRICT, 2000, ARRIVAL - 1);
	add(item, 3000, MOVE_WITHDRAW, CITY);
	expect(&s, LOWER_NOP, false, 1);
}

TEST(test_RPD_RVD_FIN_by_the_answer_that_had_been_given)
{
	struct scene replied = { 0 }, asked = { 0 }, closed = { 0 };
	struct scene reviewed = { 0 }, final = { 0 }, finished = { 0 };
	struct scene closed_final = { 0 }, reopened = { 0 };

	(void)state;
	/* An answer that came late is an answer. */
	limit(ITEM(&replied, MOVE_REPLY), DISTRICT, 1000, 1500);
	expect(&replied, LOWER_RPD, true, 0);
	ITEM(&asked, MOVE_REPLY, MOVE_REVIEW);
	expect(&asked, LOWER_RPD, true, 0);
	ITEM(&closed, MOVE_REPLY, MOVE_CLOSE);
	expect(&closed, LOWER_RPD, true, 0);
	ITEM(&reviewed, MOVE_REPLY, MOVE_REVIEW, MOVE_REVIEWED);
	expect(&reviewed, LOWER_RVD, true, 0);
	ITEM(&final, MOVE_REPLY, MOVE_REVIEW, MOVE_REVIEWED, MOVE_CLOSE,
	    MOVE_FINAL);
	expect(&final, LOWER_RVD, true, 0);
	ITEM(&finished, MOVE_REPLY, MOVE_REVIEW, MOVE_REVIEWED, MOVE_FINAL,
	    MOVE_FINISHED);
	expect(&finished, LOWER_FIN, true, 0);
	ITEM(&closed_final, MOVE_REPLY, MOVE_REVIEW, MOVE_REVIEWED, MOVE_FINAL,
	    MOVE_FINISHED, MOVE_CLOSE);
	expect(&closed_final, LOWER_FIN, true, 0);
	ITEM(&reopened, MOVE_REPLY, MOVE_CLOSE, MOVE_REOPEN, MOVE_CLOSE);
	expect(&reopened, LOWER_RPD, true, 0);
}

TEST(test_a_withdrawn_review_leaves_the_answer)
{
	struct scene s = { 0 }, t = { 0 };

	(void)state;
	ITEM(&s, MOVE_REPLY, MOVE_REVIEW, MOVE_WITHDRAW);
	expect(&s, LOWER_RPD, true, 0);
	ITEM(&t, MOVE_REPLY, MOVE_REVIEW, MOVE_REVIEWED, MOVE_FINAL,
	    MOVE_WITHDRAW);
	expect(&t, LOWER_RVD, true, 0);
}

TEST(test_nothing_is_owed_for_what_was_withdrawn_or_merged)
{
	struct scene s = { 0 }, t = { 0 };

	(void)state;
	limit(ITEM(&s, MOVE_WITHDRAW), DISTRICT, 1000, 1500);
	expect(&s, LOWER_TRM, true, 0);
	limit(ITEM(&t, MOVE_MERGE), DISTRICT, 1000, 1500);
	expect(&t, LOWER_TRM, true, 0);
}

TEST(test_closed_without_an_answer_goes_by_its_limits)
{
	struct scene s = { 0 };
	struct clock_row *c =
	    limit(ITEM(&s, MOVE_WORK, MOVE_CLOSE), DISTRICT, 1000, 2500);

	(void)state;
	c->met_ms = c->met_recorded_ms = 2400;
	expect(&s, LOWER_TRM, true, 0);
	c->met_ms = c->met_recorded_ms = 3000;
	expect(&s, LOWER_OVD, true, 0);
}

TEST(test_DEC_when_it_was_not_accepted)
{
	struct scene s = { 0 }, t = { 0 }, u = { 0 };

	(void)state;
	ITEM(&s, MOVE_DECLINE);
	expect(&s, LOWER_DEC, true, 0);
	ITEM(&t, MOVE_REFUSE, MOVE_CLOSE);
	expect(&t, LOWER_DEC, true, 0);
	ITEM(&u, MOVE_DECLINE, MOVE_REOPEN);
	expect(&u, LOWER_TRM, true, 0);
}

/* -- several items, later knowledge -- */

TEST(test_the_item_that_had_come_furthest_decides)
{
	struct scene s = { .facts.told_ms = 500 };
	static const enum lower_state order[] = { LOWER_UNR, LOWER_TRM,
		LOWER_OVD, LOWER_DEC, LOWER_RPD };

	(void)state;
	add(add_item(&s), ARRIVAL + 1, MOVE_REGISTER, DISTRICT)->claimed_ms = 1;
	expect(&s, order[0], false, 0);
	ITEM(&s, MOVE_ACCEPT);
	expect(&s, order[1], true, 1);
	limit(ITEM(&s, MOVE_ACCEPT), DISTRICT, 1000, 1500);
	expect(&s, order[2], true, 2);
	ITEM(&s, MOVE_DECLINE);
	expect(&s, order[3], true, 3);
	ITEM(&s, MOVE_REPLY);
	expect(&s, order[4], true, 4);
}

TEST(test_a_registration_that_comes_late_restates)
{
	struct scene s = { .facts.told_ms = 500 };
	struct item *item = add_item(&s);

	(void)state;
	s.facts.items_count = 0;
	expect(&s, LOWER_UNR, false, 0);
	/* The line comes back: it had been registered in time, offline. */
	s.facts.items_count = 1;
	add(item, 600, MOVE_REGISTER, DISTRICT);
	expect(&s, LOWER_TRM, true, 0);
	add(item, 700, MOVE_REPLY, DISTRICT);
	expect(&s, LOWER_RPD, true, 0);
	/* What the office did after the arrival changes nothing. */
	add(item, ARRIVAL + 1, MOVE_REVIEW, DISTRICT);
	add(item, ARRIVAL + 2, MOVE_REVIEWED, CITY);
	expect(&s, LOWER_RPD, true, 0);
}

TEST(test_a_clock_that_runs_ahead_above_hides_nothing_below)
{
	struct scene s = { 0 };
	struct item *item = add_item(&s);

	(void)state;
	add(item, ARRIVAL + 9, MOVE_REGISTER, CITY);
	sent(item, ARRIVAL - 5, CITY, DISTRICT);
	add(item, ARRIVAL - 4, MOVE_ACCEPT, DISTRICT);
	expect(&s, LOWER_TRM, true, 0);
}

TEST(test_an_item_of_the_street_was_in_hand_but_not_known)
{
	struct scene s = { 0 };

	(void)state;
	add(add_item(&s), 1000, MOVE_REGISTER, STREET);
	expect(&s, LOWER_TRM, false, 0);
}

TEST(test_an_office_without_a_standard_code_goes_by_itself)
{
	struct scene s = { .facts.office = "WHKFQ1" };
	struct item *item = add_item(&s);

	(void)state;
	add(item, 1000, MOVE_REGISTER, CITY);
	expect(&s, LOWER_NOP, false, 1);
	sent(item, 2000, CITY, "WHKFQ1");
	add(item, 3000, MOVE_DECLINE, "WHKFQ1");
	expect(&s, LOWER_DEC, true, 0);
}

TEST(test_an_item_of_an_office_of_unknown_level_says_nothing)
{
	struct scene s = { 0 };

	(void)state;
	add(add_item(&s), 1000, MOVE_REGISTER, "WHKFQ1");
	expect(&s, LOWER_NOP, false, 1);
}

TEST(test_an_item_without_a_registration_says_nothing)
{
	struct scene s = { 0 };

	(void)state;
	add(add_item(&s), 1000, MOVE_ACCEPT, DISTRICT);
	add_item(&s);
	expect(&s, LOWER_NOP, false, 2);
}

/* -- any order -- */

static uint32_t seed;

static unsigned
chance(unsigned count)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % count;
}

static void
any_item(struct item *item, int64_t begin_ms)
{
	static const char *const offices[] = { DISTRICT, DISTRICT, CITY, STREET,
		PROVINCE };
	size_t count = chance(12);

	add(item, begin_ms, MOVE_REGISTER, offices[chance(5)]);
	item->events[0].claimed_ms -= chance(2) * INT64_C(60000);
	for (size_t i = 0; i < count; i++) {
		struct life_event *e =
		    add(item, begin_ms + (int64_t)chance(80000),
			(enum life_move)chance(MOVE_COUNT), offices[chance(5)]);

		(void)snprintf(e->to, sizeof(e->to), "%s", offices[chance(5)]);
	}
	count = chance(CLOCKS_HERE + 1);
	for (size_t i = 0; i < count; i++) {
		struct clock_row *c = limit(item, offices[chance(5)], begin_ms,
		    begin_ms + (int64_t)chance(100000));

		if (chance(2) == 0) {
			c->met_ms = c->met_recorded_ms =
			    begin_ms + (int64_t)chance(100000);
		}
	}
}

static void
swap_events(struct item *item)
{
	for (size_t i = item->events_count - 1; i > 0; i--) {
		size_t j = chance((unsigned)i + 1);
		struct life_event kept = item->events[i];

		item->events[i] = item->events[j];
		item->events[j] = kept;
	}
}

TEST(test_the_order_of_items_and_events_does_not_matter)
{
	unsigned seen[LOWER_STATES] = { 0 };

	(void)state;
	for (uint32_t run = 0; run < 3000; run++) {
		struct scene s = { 0 }, t;
		size_t count;

		seed = run * 7919;
		count = chance(ITEMS_MAX + 1);
		if (chance(2) == 0)
			s.facts.told_ms = 1 + chance(150000);
		/* Begun at different moments, so that one decides. */
		for (size_t i = 0; i < count; i++) {
			any_item(add_item(&s),
			    1000 * (int64_t)i + (chance(3) == 0 ? 110000 : 1));
		}
		t = s;
		for (size_t i = 0; i < count; i++) {
			t.items[i] = new_item();
			*t.items[i] = *s.items[count - 1 - i];
			swap_events(t.items[i]);
		}
		judge(&s);
		judge(&t);
		assert_int_equal(s.verdict.lower, t.verdict.lower);
		assert_int_equal(s.verdict.knew_before, t.verdict.knew_before);
		if (s.verdict.decisive == count) {
			assert_int_equal(t.verdict.decisive, count);
		} else {
			assert_int_equal(s.verdict.decisive +
					     t.verdict.decisive,
			    count - 1);
		}
		seen[s.verdict.lower]++;
	}
	for (size_t i = 0; i < LOWER_STATES; i++) {
		/* Two opinions in a row are too rare for chance. */
		if (i != LOWER_FIN && i != LOWER_RVD)
			assert_in_range(seen[i], 5, 3000);
	}
}
