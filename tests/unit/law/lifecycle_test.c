/* lifecycle - the table, the fold, who may do what, and hostile events. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/moves/lifecycle.h"
#include "mech/states.h"
#include "petition/codes.h"

#include "support/unit.h"

#define CITY     "420100"
#define DISTRICT "420106"
#define STREET   "420106003"
#define OTHER    "420107"

/* -- a script of events; the clock moves one step with each -- */

struct script {
	struct life_event events[64];
	size_t count;
	struct life life;
};

static struct life_event *
add(struct script *s, enum life_move move, const char *office)
{
	struct life_event *e = &s->events[s->count++];

	assert_true(s->count <= 64);
	*e = (struct life_event){
		.move = move,
		.claimed_ms = (int64_t)s->count * 1000,
		.recorded_ms = (int64_t)s->count * 1000,
		.incarnation = 1,
		.sequence = s->count,
		.rating = -1,
	};
	(void)snprintf(e->office, sizeof(e->office), "%s", office);
	if (move == MOVE_EXTEND || move == MOVE_HEARING)
		e->days = 30;
	if (move == MOVE_MERGE)
		(void)snprintf(e->other, sizeof(e->other),
		    "420106-2026-000001-AAA");
	return e;
}

static void
sent(struct script *s, enum life_move move, const char *office, const char *to)
{
	struct life_event *e = add(s, move, office);

	(void)snprintf(e->to, sizeof(e->to), "%s", to);
}

static const struct life *
fold(struct script *s)
{
	life_fold(&s->life, s->events, s->count);
	return &s->life;
}

static void
expect(struct script *s, enum life_state state, const char *holder,
    const char *pending, unsigned crossed)
{
	fold(s);
	assert_string_equal(life_state_code(s->life.state),
	    life_state_code(state));
	assert_string_equal(s->life.holder, holder);
	assert_string_equal(s->life.pending, pending);
	assert_int_equal(s->life.crossed, crossed);
}

/* An answered item of the district. */
static void
answered(struct script *s)
{
	add(s, MOVE_REGISTER, DISTRICT);
	add(s, MOVE_ACCEPT, DISTRICT);
	add(s, MOVE_REPLY, DISTRICT);
}

/* -- the tables -- */

TEST(test_the_states_are_those_of_the_code_list)
{
	(void)state;
	assert_non_null(codes_at(CODES_STATE, LIFE_STATES - 1));
	assert_null(codes_at(CODES_STATE, LIFE_STATES));
	for (size_t i = 0; i < LIFE_STATES; i++) {
		assert_string_equal(life_state_code((enum life_state)i),
		    codes_at(CODES_STATE, i)->code);
	}
}

TEST(test_every_move_has_one_rule_and_names_of_its_own)
{
	(void)state;
	for (enum life_move m = MOVE_REGISTER; m < MOVE_COUNT; m++) {
		assert_true(strlen(life_move_code(m)) <= CODE_MAX);
		assert_int_equal(life_move_of_word(life_move_word(m)), m);
		assert_int_equal(life_move_of_code(life_move_code(m)), m);
		assert_int_equal(life_move_of_word(
				     life_move_name(m, LANGUAGE_ZH)),
		    m);
		assert_true(strlen(life_move_name(m, LANGUAGE_EN)) > 0);
		if (m == MOVE_REGISTER)
			continue;
		assert_int_equal(life_rule_of(m)->move, m);
		assert_true(life_rule_of(m)->from != 0);
		assert_true(life_rule_of(m)->to < LIFE_STATES);
		assert_true(life_rule_of(m)->article[0] != '\0');
	}
	assert_int_equal(life_move_of_word("fly"), MOVE_COUNT);
	assert_int_equal(life_move_of_word(""), MOVE_COUNT);
	assert_int_equal(life_move_of_code("fwd"), MOVE_COUNT);
}

TEST(test_roles_have_words_and_nobody_technical_moves_an_item)
{
	(void)state;
	assert_int_equal(life_role_of_word("clerk"), ROLE_CLERK);
	assert_int_equal(life_role_of_word("administrator"),
	    ROLE_ADMINISTRATOR);
	assert_int_equal(life_role_of_word("chief"), ROLE_COUNT);
	for (enum life_move m = MOVE_FORWARD; m < MOVE_COUNT; m++) {
		unsigned roles = life_rule_of(m)->roles;

		assert_true((roles & BIT(ROLE_HEAD)) != 0);
		assert_false((roles & BIT(ROLE_AUDITOR)) != 0);
		assert_false((roles & BIT(ROLE_ADMINISTRATOR)) != 0);
	}
	assert_false(life_rule_of(MOVE_REPLY)->roles & BIT(ROLE_CLERK));
	assert_true(life_rule_of(MOVE_ACCEPT)->roles & BIT(ROLE_CLERK));
	assert_true(life_rule_of(MOVE_EXTEND)->needs & LIFE_NEEDS_APPROVER);
}

TEST(test_open_means_that_an_office_owes_a_step)
{
	(void)state;
	for (enum life_state s = LIFE_REG; s < LIFE_STATES; s++) {
		bool is_open = s <= LIFE_EXT || s == LIFE_RVW || s == LIFE_CHK;

		assert_int_equal(life_is_open(s), is_open);
	}
}

/* -- lives -- */

TEST(test_a_whole_life_to_the_final_opinion)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	expect(&s, LIFE_REG, CITY, "", 0);
	sent(&s, MOVE_FORWARD, CITY, DISTRICT);
	expect(&s, LIFE_FWD, CITY, DISTRICT, 0);
	add(&s, MOVE_ACCEPT, DISTRICT);
	expect(&s, LIFE_ACC, DISTRICT, "", 0);
	add(&s, MOVE_WORK, DISTRICT);
	expect(&s, LIFE_WRK, DISTRICT, "", 0);
	add(&s, MOVE_EXTEND, DISTRICT);
	expect(&s, LIFE_EXT, DISTRICT, "", 0);
	assert_true(s.life.is_extended);
	strcpy(add(&s, MOVE_REPLY, DISTRICT)->opinion, "DEN");
	expect(&s, LIFE_RPL, DISTRICT, "", 0);
	assert_string_equal(s.life.replier, DISTRICT);
	add(&s, MOVE_REVIEW, DISTRICT);
	expect(&s, LIFE_RVW, DISTRICT, "", 0);
	strcpy(add(&s, MOVE_REVIEWED, CITY)->opinion, "EXP");
	expect(&s, LIFE_RVD, DISTRICT, "", 0);
	assert_string_equal(s.life.opinion, "EXP");
	add(&s, MOVE_FINAL, CITY);
	add(&s, MOVE_HEARING, "420000");
	expect(&s, LIFE_CHK, DISTRICT, "", 0);
	add(&s, MOVE_FINISHED, "420000");
	expect(&s, LIFE_FIN, DISTRICT, "", 0);
	add(&s, MOVE_RATE, DISTRICT)->rating = 2;
	strcpy(add(&s, MOVE_CLOSE, DISTRICT)->outcome, "RES");
	expect(&s, LIFE_CLS, DISTRICT, "", 0);
	assert_int_equal(s.life.rating, 2);
	assert_string_equal(s.life.outcome, "RES");
	assert_string_equal(s.life.sender, CITY);
	assert_int_equal(s.life.since_ms, s.events[s.count - 1].claimed_ms);
	/* Finally closed is closed: no second review. */
	add(&s, MOVE_REVIEW, CITY);
	add(&s, MOVE_FINAL, CITY);
	expect(&s, LIFE_CLS, DISTRICT, "", 2);
}

TEST(test_the_sender_answers_until_the_addressee_takes_it)
{
	static const enum life_move takes[] = { MOVE_TAKE, MOVE_ACCEPT,
		MOVE_WORK, MOVE_REPLY, MOVE_DECLINE };

	(void)state;
	for (size_t i = 0; i < sizeof(takes) / sizeof(takes[0]); i++) {
		struct script s = { 0 };

		add(&s, MOVE_REGISTER, CITY);
		sent(&s, MOVE_ASSIGN, CITY, DISTRICT);
		expect(&s, LIFE_ASG, CITY, DISTRICT, 0);
		assert_string_equal(s.events[1].holder, CITY);
		/* Nobody else takes it. */
		add(&s, takes[i], OTHER);
		expect(&s, LIFE_ASG, CITY, DISTRICT, 1);
		add(&s, takes[i], DISTRICT);
		fold(&s);
		assert_string_equal(s.life.holder, DISTRICT);
		assert_string_equal(s.life.pending, "");
		assert_string_equal(s.events[3].holder, DISTRICT);
		assert_int_equal(s.life.crossed, 1);
	}
}

TEST(test_an_item_goes_down_two_levels)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	sent(&s, MOVE_FORWARD, CITY, DISTRICT);
	/* Sending on takes it over. */
	sent(&s, MOVE_FORWARD, DISTRICT, STREET);
	expect(&s, LIFE_FWD, DISTRICT, STREET, 0);
	assert_string_equal(s.life.sender, DISTRICT);
	add(&s, MOVE_OBJECT, STREET);
	expect(&s, LIFE_OBJ, DISTRICT, STREET, 0);
	add(&s, MOVE_AGREE, DISTRICT);
	expect(&s, LIFE_REG, DISTRICT, "", 0);
	assert_string_equal(s.life.sender, CITY);
}

TEST(test_an_untaken_item_is_sent_elsewhere_or_handled_after_all)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	add(&s, MOVE_ACCEPT, CITY);
	sent(&s, MOVE_FORWARD, CITY, OTHER);
	sent(&s, MOVE_FORWARD, CITY, DISTRICT);
	expect(&s, LIFE_FWD, CITY, DISTRICT, 0);
	add(&s, MOVE_TAKE, OTHER);
	expect(&s, LIFE_FWD, CITY, DISTRICT, 1);
	add(&s, MOVE_OBJECT, DISTRICT);
	add(&s, MOVE_AGREE, CITY);
	expect(&s, LIFE_ACC, CITY, "", 1);
	sent(&s, MOVE_FORWARD, CITY, OTHER);
	add(&s, MOVE_REPLY, CITY);
	expect(&s, LIFE_RPL, CITY, "", 1);
}

TEST(test_an_objection_is_agreed_to_or_refused_by_the_sender)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	sent(&s, MOVE_ASSIGN, CITY, DISTRICT);
	add(&s, MOVE_OBJECT, DISTRICT);
	fold(&s);
	assert_int_equal(s.life.paused, LIFE_ASG);
	/* The objector cannot decide about its own objection. */
	add(&s, MOVE_AGREE, DISTRICT);
	add(&s, MOVE_ACCEPT, DISTRICT);
	expect(&s, LIFE_OBJ, CITY, DISTRICT, 2);
	add(&s, MOVE_INSIST, CITY);
	expect(&s, LIFE_ASG, CITY, DISTRICT, 2);
	add(&s, MOVE_ACCEPT, DISTRICT);
	expect(&s, LIFE_ACC, DISTRICT, "", 2);
}

TEST(test_merging_pauses_whatever_it_was)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	sent(&s, MOVE_FORWARD, CITY, DISTRICT);
	add(&s, MOVE_OBJECT, DISTRICT);
	add(&s, MOVE_MERGE, CITY);
	expect(&s, LIFE_MRG, CITY, DISTRICT, 0);
	assert_int_equal(s.life.paused, LIFE_OBJ);
	assert_string_equal(s.life.merged_into, "420106-2026-000001-AAA");
	add(&s, MOVE_ACCEPT, DISTRICT);
	expect(&s, LIFE_MRG, CITY, DISTRICT, 1);
	add(&s, MOVE_UNMERGE, CITY);
	expect(&s, LIFE_OBJ, CITY, DISTRICT, 1);
	assert_int_equal(s.life.paused, LIFE_FWD);
	assert_string_equal(s.life.merged_into, "");
	add(&s, MOVE_INSIST, CITY);
	expect(&s, LIFE_FWD, CITY, DISTRICT, 1);
}

/* A move that brings none takes none away. */
TEST(test_results_stay_when_later_moves_bring_none)
{
	struct script s = { 0 };

	answered(&s);
	add(&s, MOVE_REVIEW, DISTRICT);
	strcpy(add(&s, MOVE_REVIEWED, CITY)->opinion, "SUP");
	strcpy(add(&s, MOVE_CLOSE, DISTRICT)->outcome, "RES");
	add(&s, MOVE_RATE, DISTRICT)->rating = 3;
	add(&s, MOVE_NOTE, DISTRICT);
	fold(&s);
	assert_int_equal(s.life.crossed, 0);
	assert_string_equal(s.life.opinion, "SUP");
	assert_string_equal(s.life.outcome, "RES");
	assert_int_equal(s.life.rating, 3);
}

TEST(test_a_term_is_extended_once_and_by_thirty_days)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, DISTRICT);
	add(&s, MOVE_ACCEPT, DISTRICT);
	add(&s, MOVE_EXTEND, DISTRICT)->days = 31;
	add(&s, MOVE_EXTEND, DISTRICT)->days = 0;
	expect(&s, LIFE_ACC, DISTRICT, "", 2);
	add(&s, MOVE_EXTEND, DISTRICT)->days = 30;
	add(&s, MOVE_EXTEND, DISTRICT)->days = 1;
	expect(&s, LIFE_EXT, DISTRICT, "", 3);
	strcpy(add(&s, MOVE_CLOSE, DISTRICT)->outcome, "UNR");
	add(&s, MOVE_REOPEN, DISTRICT);
	fold(&s);
	assert_string_equal(s.life.outcome, "");
	add(&s, MOVE_EXTEND, DISTRICT);
	expect(&s, LIFE_WRK, DISTRICT, "", 4);
}

TEST(test_a_hearing_belongs_to_the_final_review_and_has_an_end)
{
	struct script s = { 0 };

	(void)state;
	answered(&s);
	add(&s, MOVE_REVIEW, CITY);
	add(&s, MOVE_HEARING, CITY);
	add(&s, MOVE_REVIEWED, CITY);
	add(&s, MOVE_FINAL, CITY);
	add(&s, MOVE_HEARING, CITY)->days = 366;
	add(&s, MOVE_HEARING, CITY)->days = UINT32_MAX;
	expect(&s, LIFE_CHK, DISTRICT, "", 3);
	add(&s, MOVE_HEARING, CITY)->days = 365;
	expect(&s, LIFE_CHK, DISTRICT, "", 3);
}

TEST(test_a_closed_item_may_still_be_reviewed_when_it_was_answered)
{
	struct script s = { 0 };

	(void)state;
	answered(&s);
	add(&s, MOVE_CLOSE, DISTRICT);
	add(&s, MOVE_FINAL, CITY);
	expect(&s, LIFE_CLS, DISTRICT, "", 1);
	assert_int_equal(s.life.paused, LIFE_RPL);
	add(&s, MOVE_REVIEW, CITY);
	add(&s, MOVE_REVIEWED, CITY);
	add(&s, MOVE_CLOSE, DISTRICT);
	add(&s, MOVE_REVIEW, CITY);
	expect(&s, LIFE_CLS, DISTRICT, "", 2);
	add(&s, MOVE_FINAL, CITY);
	expect(&s, LIFE_CHK, DISTRICT, "", 2);
}

TEST(test_nothing_is_reviewed_that_was_never_answered)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, DISTRICT);
	add(&s, MOVE_WORK, DISTRICT);
	add(&s, MOVE_CLOSE, DISTRICT);
	add(&s, MOVE_REVIEW, CITY);
	expect(&s, LIFE_CLS, DISTRICT, "", 1);
}

TEST(test_nobody_reviews_its_own_answer)
{
	struct script s = { 0 };

	(void)state;
	answered(&s);
	add(&s, MOVE_REVIEW, DISTRICT);
	add(&s, MOVE_REVIEWED, DISTRICT);
	expect(&s, LIFE_RVW, DISTRICT, "", 1);
	assert_false(life_allows(&s.life, MOVE_REVIEWED, DISTRICT, true));
	assert_false(life_allows(&s.life, MOVE_REVIEWED, CITY, false));
	assert_true(life_allows(&s.life, MOVE_REVIEWED, CITY, true));
}

TEST(test_ends_and_ways_back)
{
	static const enum life_move ends[] = { MOVE_DECLINE, MOVE_REFUSE,
		MOVE_WITHDRAW };

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct script s = { 0 };

		add(&s, MOVE_REGISTER, DISTRICT);
		add(&s, ends[i], DISTRICT);
		expect(&s, ends[i] == MOVE_WITHDRAW ? LIFE_WDR : LIFE_DEC,
		    DISTRICT, "", 0);
		add(&s, MOVE_REOPEN, CITY);
		add(&s, MOVE_REOPEN, DISTRICT);
		expect(&s, LIFE_WRK, DISTRICT, "", 1);
	}
}

TEST(test_notes_stay_and_are_open_to_all)
{
	struct script s = { 0 };

	(void)state;
	answered(&s);
	add(&s, MOVE_NOTE, OTHER);
	add(&s, MOVE_RECUSE, DISTRICT);
	add(&s, MOVE_CALL_BACK, CITY);
	add(&s, MOVE_RATE, CITY)->rating = 4;
	expect(&s, LIFE_RPL, DISTRICT, "", 1);
	assert_int_equal(s.life.since_ms, 3000);
	assert_int_equal(s.life.rating, -1);
	add(&s, MOVE_RATE, CITY)->rating = 0;
	expect(&s, LIFE_RPL, DISTRICT, "", 1);
	assert_int_equal(s.life.rating, 0);
}

TEST(test_of_two_registrations_the_earlier_counts)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_ACCEPT, DISTRICT);
	add(&s, MOVE_REGISTER, DISTRICT);
	add(&s, MOVE_REGISTER, OTHER);
	/* Registered first whatever the clocks say. */
	expect(&s, LIFE_ACC, DISTRICT, "", 1);
	assert_int_equal(s.events[0].move, MOVE_REGISTER);
	assert_true(s.events[0].is_applied);
	assert_false(s.events[1].is_applied);
	assert_int_equal(s.events[2].move, MOVE_ACCEPT);
}

TEST(test_within_a_millisecond_an_offices_own_count_decides)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, DISTRICT);
	add(&s, MOVE_WORK, DISTRICT)->sequence = 9;
	add(&s, MOVE_ACCEPT, DISTRICT)->sequence = 8;
	s.events[2].recorded_ms = s.events[1].recorded_ms;
	expect(&s, LIFE_WRK, DISTRICT, "", 0);
	assert_int_equal(s.events[1].move, MOVE_ACCEPT);
	/* A new incarnation counts from one again, and comes later. */
	s.events[1].incarnation = 2;
	s.events[1].sequence = 1;
	expect(&s, LIFE_ACC, DISTRICT, "", 0);
}

/* One of two events that are alike but for one thing; `which`: 0 or 1. */
static struct life_event
alike(size_t field, bool which)
{
	struct life_event e = { .move = MOVE_NOTE,
		.claimed_ms = 1000,
		.recorded_ms = 1000,
		.incarnation = 1,
		.sequence = 7,
		.office = DISTRICT };
	char *const texts[] = { e.to, e.opinion, e.outcome, e.other };

	switch (field) {
	case 0:
		e.move = which ? MOVE_NOTE : MOVE_RECUSE;
		break;
	case 1:
		e.claimed_ms += which;
		break;
	case 2:
		e.due_ms = which;
		break;
	case 3:
		e.days = which;
		break;
	case 4:
		e.rating = which;
		break;
	default:
		strcpy(texts[field - 5], which ? "B" : "A");
	}
	return e;
}

/* Two streams of one office count on their own: what they say decides. */
TEST(test_of_two_moves_at_one_place_what_they_say_decides)
{
	for (size_t field = 0; field < 9; field++) {
		struct life_event first = alike(field, false);
		struct life_event second = alike(field, true);

		for (int swap = 0; swap < 2; swap++) {
			struct script s = { 0 };

			add(&s, MOVE_REGISTER, DISTRICT)->recorded_ms = 1;
			s.events[1] = swap ? second : first;
			s.events[2] = swap ? first : second;
			s.count = 3;
			fold(&s);
			if (s.events[1].move != first.move ||
			    s.events[1].claimed_ms != first.claimed_ms ||
			    strcmp(s.events[1].to, first.to) != 0 ||
			    s.events[1].due_ms != first.due_ms ||
			    s.events[1].days != first.days ||
			    s.events[1].rating != first.rating ||
			    strcmp(s.events[1].opinion, first.opinion) != 0 ||
			    strcmp(s.events[1].outcome, first.outcome) != 0 ||
			    strcmp(s.events[1].other, first.other) != 0)
				fail_msg("field %zu, swapped %d", field, swap);
		}
	}
}

TEST(test_nothing_is_sent_to_nobody_or_to_oneself)
{
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	sent(&s, MOVE_FORWARD, CITY, "");
	sent(&s, MOVE_FORWARD, CITY, CITY);
	add(&s, MOVE_MERGE, CITY)->other[0] = '\0';
	expect(&s, LIFE_REG, CITY, "", 3);
}

/* -- every state is reached, for the sentence of moves -- */

TEST(test_the_open_moves_are_named_in_both_languages)
{
	char text[LIFE_MOVES_TEXT_MAX];
	struct script s = { 0 };

	(void)state;
	add(&s, MOVE_REGISTER, CITY);
	sent(&s, MOVE_FORWARD, CITY, DISTRICT);
	fold(&s);
	life_moves_open(&s.life, DISTRICT, false, LANGUAGE_ZH, text);
	assert_string_equal(text,
	    "forward 转送, assign 交办, take 接收, object 提出异议, "
	    "accept 受理告知, work 办理, reply 答复, decline 不予受理, "
	    "withdraw 撤回, recuse 回避, note 备注");
	life_moves_open(&s.life, OTHER, false, LANGUAGE_EN, text);
	assert_string_equal(text, "recuse, note");
	life_moves_open(&s.life, DISTRICT, false, LANGUAGE_EN, text);
	assert_non_null(strstr(text, "forward, assign, take (take over), "));
}

TEST(test_the_open_moves_fit_in_every_state)
{
	(void)state;
	for (enum life_state s = LIFE_REG; s < LIFE_STATES; s++) {
		char text[LIFE_MOVES_TEXT_MAX];
		/* One office in all parts at once. */
		struct life life = { .state = s,
			.paused = LIFE_RPL,
			.holder = CITY,
			.pending = CITY,
			.sender = CITY,
			.replier = DISTRICT };

		life_moves_open(&life, CITY, true, LANGUAGE_ZH, text);
		assert_non_null(strstr(text, "note"));
		life_moves_open(&life, CITY, true, LANGUAGE_EN, text);
		assert_non_null(strstr(text, "note"));
	}
}

/* -- any events, in any order -- */

static uint32_t seed;

static unsigned
chance(unsigned count)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % count;
}

static void
any_events(struct life_event *events, size_t count)
{
	static const char *const offices[] = { CITY, DISTRICT, STREET, OTHER,
		"" };
	/* Half of the lives know only one office, so that more is allowed. */
	unsigned known = chance(2) == 0 ? 1 : 5;

	memset(events, 0, count * sizeof(*events));
	for (size_t i = 0; i < count; i++) {
		struct life_event *e = &events[i];

		e->move = (enum life_move)chance(MOVE_COUNT + 2);
		e->recorded_ms = chance(40);
		e->claimed_ms = chance(40) - 5;
		e->sequence = chance(3);
		e->rating = (int)chance(6) - 1;
		e->days = chance(40);
		(void)snprintf(e->office, sizeof(e->office), "%s",
		    offices[chance(known)]);
		(void)snprintf(e->to, sizeof(e->to), "%s", offices[chance(5)]);
		(void)snprintf(e->other, sizeof(e->other), "%u", chance(2));
	}
	events[0].move = MOVE_REGISTER;
}

static void
shuffle(struct life_event *events, size_t count)
{
	for (size_t i = count - 1; i > 0; i--) {
		size_t j = chance((unsigned)i + 1);
		struct life_event kept = events[i];

		events[i] = events[j];
		events[j] = kept;
	}
}

/* What must hold after each event, whatever was sent. */
static void
check_sense(const struct life *life, const struct life_event *events,
    size_t count)
{
	unsigned crossed = 0;
	bool is_sent = life->state == LIFE_FWD || life->state == LIFE_ASG ||
		       life->state == LIFE_OBJ;

	for (size_t i = 0; i < count; i++) {
		const struct life_event *e = &events[i];

		crossed += !e->is_applied;
		if (i > 0)
			assert_int_equal(e->before, events[i - 1].after);
		if (!e->is_applied) {
			assert_int_equal(e->before, e->after);
			assert_string_equal(e->holder, events[i - 1].holder);
		}
	}
	assert_int_equal(life->crossed, crossed);
	assert_string_equal(life->holder, events[count - 1].holder);
	if (is_sent) {
		assert_true(life->pending[0] != '\0');
		assert_string_equal(life->sender, life->holder);
	} else if (life->state != LIFE_MRG) {
		assert_string_equal(life->pending, "");
	}
	assert_int_equal(life->state == LIFE_MRG, life->merged_into[0] != '\0');
}

TEST(test_any_order_gives_the_same_life)
{
	unsigned long applied = 0;

	(void)state;
	for (seed = 1; seed < 3000 * 7919u; seed += 7919) {
		uint32_t begun = seed;
		struct life_event a[40], b[40];
		struct life first, second;
		size_t count = 1 + chance(40);

		any_events(a, count);
		memcpy(b, a, sizeof(a[0]) * count);
		shuffle(b, count);
		life_fold(&first, a, count);
		life_fold(&second, b, count);
		check_sense(&first, a, count);
		assert_memory_equal(&first, &second, sizeof(first));
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(a[i].move, b[i].move);
			assert_int_equal(a[i].is_applied, b[i].is_applied);
			assert_string_equal(a[i].holder, b[i].holder);
			applied += a[i].is_applied;
		}
		/* Folding what was folded changes nothing. */
		life_fold(&second, a, count);
		assert_memory_equal(&first, &second, sizeof(first));
		seed = begun;
	}
	assert_in_range(applied, 10000, 1000000);
}

TEST(test_the_most_events_are_folded)
{
	struct life_event *events =
	    calloc(LIFE_EVENTS_MAX, sizeof(struct life_event));
	struct life life;

	(void)state;
	seed = 7;
	any_events(events, LIFE_EVENTS_MAX);
	life_fold(&life, events, LIFE_EVENTS_MAX);
	check_sense(&life, events, LIFE_EVENTS_MAX);
	free(events);
}
