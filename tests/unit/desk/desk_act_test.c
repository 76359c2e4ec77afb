/* Goal: a move at the desk is recorded when it may be, and else refused with
 * the field and the sentence that say why; the item stands where it led. */
#include <stdlib.h>

#include "base/text.h"
#include "contract/command.h"
#include "keys/people.h"
#include "law/moves/lifecycle.h"
#include "mech/db.h"
#include "office/office.h"
#include "petition/item_number.h"
#include "register/views.h"

#include "support/desk.h"
#include "support/turn.h"
#include "support/unit.h"

#define OWN   "420100"
#define CHILD "420106"
#define OTHER "420111"

#define DAY_MS INT64_C(86400000)

enum { BATCH = 3 };

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

struct fixture {
	struct desk_office *desk;
	struct office *office; /* the desk's */
	int64_t later_s;
	char item[ITEM_NUMBER_MAX + 1], second[ITEM_NUMBER_MAX + 1];
};

/* -- asking -- */

static void
wait_some(struct fixture *f, int64_t seconds)
{
	f->later_s += seconds;
	desk_office_shift(f->later_s);
}

static void
register_one(struct fixture *f, const char *source_ref, const char *accused,
    char item[static ITEM_NUMBER_MAX + 1])
{
	struct intake i = letter("三号楼二单元楼道堆满杂物。");
	struct command c = { .kind = COMMAND_REGISTER,
		.registering = { .items = &i, .items_count = 1 } };

	i.source = span_of_text("board");
	i.source_ref = span_of_text(source_ref);
	if (accused[0] != '\0') {
		memcpy(i.purpose, "JK", 3);
		i.accused_count = 1;
		assert_int_equal(text_copy(i.accused[0], sizeof(i.accused[0]),
				     accused),
		    RC_OK);
	}
	assert_int_equal(ask(f->desk, &c), EXIT_DONE);
	assert_int_equal(
	    text_copy(item, ITEM_NUMBER_MAX + 1,
		text_of(json_array_get(json_object_get(f->desk->result,
					   "items"),
			    0),
		    "item")),
	    RC_OK);
	assert_true(item[0] != '\0');
}

/* Rows as another office's records would have left them. */
struct put {
	struct office *office;
	const char *sql;
};

static void
do_put(void *context)
{
	const struct put *p = context;

	db_do(views_db(p->office->views), p->sql);
}

static void
put(struct fixture *f, const char *sql)
{
	struct put p = { .office = f->office, .sql = sql };

	in_turn(f->office, do_put, &p);
}

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	f->desk = desk_office_new(&trade, OWN);
	f->office = f->desk->office;
	f->desk->role = "supervisor";
	put(f, "INSERT INTO office VALUES ('" CHILD
	       "', 'n', zeroblob(32), '" OWN "', 'enrolled', 0), ('" OTHER
	       "', 'n', zeroblob(32), '" OWN "', 'enrolled', 0)");
	register_one(f, "1", "", f->item);
	register_one(f, "2", "", f->second);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	desk_office_free(f->desk);
	free(f);
	return 0;
}

/* What is typed; NULL and 0: not said. */
struct typed {
	const char *item, *to, *text, *opinion, *outcome, *rating, *cause;
	const char *other, *approver, *person, *source_ref;
	int64_t due_ms, claimed_ms;
	uint32_t days;
};

static void
copy(char *to, size_t size, const char *from)
{
	if (from != NULL)
		assert_int_equal(text_copy(to, size, from), RC_OK);
}

static void
fill(struct fixture *f, struct command_move *m, const char *word,
    const struct typed *t)
{
	struct moved *out = &m->moved;

	*m = (struct command_move){ .claimed_ms = t->claimed_ms };
	copy(m->word, sizeof(m->word), word);
	copy(out->item, sizeof(out->item), t->item != NULL ? t->item : f->item);
	copy(out->to, sizeof(out->to), t->to);
	copy(out->opinion, sizeof(out->opinion), t->opinion);
	copy(out->outcome, sizeof(out->outcome), t->outcome);
	copy(out->rating, sizeof(out->rating), t->rating);
	copy(out->cause, sizeof(out->cause), t->cause);
	copy(out->other, sizeof(out->other), t->other);
	copy(out->approver, sizeof(out->approver), t->approver);
	copy(out->person, sizeof(out->person), t->person);
	if (t->text != NULL)
		out->text = span_of_text(t->text);
	if (t->source_ref != NULL) {
		m->source = span_of_text("board");
		m->source_ref = span_of_text(t->source_ref);
	}
	out->due_ms = t->due_ms;
	out->days = t->days;
}

static const json_t *
act_raw(struct fixture *f, const struct command_move *moves, uint32_t count)
{
	struct command c = { .kind = COMMAND_ACT,
		.act = { .moves = moves, .moves_count = count } };

	assert_int_equal(ask(f->desk, &c), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->desk->result, "moves")),
	    count);
	return json_object_get(f->desk->result, "moves");
}

static const json_t *
act(struct fixture *f, const char *word, const struct typed *t)
{
	struct command_move m;

	fill(f, &m, word, t);
	return json_array_get(act_raw(f, &m, 1), 0);
}

/* -- what came of it -- */

/* The words of the sentence before, and behind, what is filled in. */
static void
assert_says(const char *sentence, enum say id)
{
	const char *form = say(LANGUAGE_EN, id);
	const char *first = strchr(form, '{'), *last = strrchr(form, '}');
	size_t head = first != NULL ? (size_t)(first - form) : strlen(form);
	size_t tail = last != NULL ? strlen(last + 1) : 0;

	if (strlen(sentence) < head + tail ||
	    memcmp(sentence, form, head) != 0 ||
	    memcmp(sentence + strlen(sentence) - tail,
		form + strlen(form) - tail, tail) != 0)
		fail_msg("'%s' is not '%s'", sentence, form);
}

static uint64_t
moves_kept(struct fixture *f)
{
	struct stmt *s =
	    db_prepare(views_db(f->office->views), "SELECT count(*) FROM move");
	uint64_t count;

	assert_true(db_next(s));
	count = db_column_u64(s, 0);
	db_finish(s);
	return count;
}

static void
refused(struct fixture *f, const char *word, const struct typed *t,
    const char *field, enum say id)
{
	uint64_t before = moves_kept(f);
	const json_t *out = act(f, word, t);

	if (strcmp(text_of(out, "outcome"), "refused") != 0)
		fail_msg("'%s' was %s", word, text_of(out, "outcome"));
	assert_string_equal(text_of(out, "field"), field);
	assert_string_equal(text_of(out, "move"), word);
	assert_says(text_of(out, "sentence"), id);
	assert_int_equal(moves_kept(f), before);
}

static void
stands(struct fixture *f, const char *item, const char *state,
    const char *holder)
{
	struct stmt *s = db_prepare(views_db(f->office->views),
	    "SELECT state, holder FROM item_now WHERE item = ?");

	db_bind_text(s, item);
	assert_true(db_next(s));
	assert_string_equal(db_column_text(s, 0), state);
	assert_string_equal(db_column_text(s, 1), holder);
	db_finish(s);
}

/* Is a limit of this name running for the item? */
static bool
runs(struct fixture *f, const char *item, const char *name)
{
	struct stmt *s = db_prepare(views_db(f->office->views),
	    "SELECT 1 FROM clock WHERE item = ? AND name = ? AND met_ms = 0"
	    " AND stopped_ms = 0");
	bool found;

	db_bind_text(s, item);
	db_bind_text(s, name);
	found = db_next(s);
	db_finish(s);
	return found;
}

static void
recorded(struct fixture *f, const char *word, const struct typed *t,
    const char *state)
{
	const json_t *out;
	struct typed again = *t;

	wait_some(f, 1); /* nobody is that fast */
	out = act(f, word, &again);
	if (strcmp(text_of(out, "outcome"), "recorded") != 0)
		fail_msg("'%s': %s", word, text_of(out, "sentence"));
	assert_string_equal(text_of(out, "state"), state);
	assert_string_equal(text_of(out, "move"), word);
	stands(f, text_of(out, "item"), state, text_of(out, "holder"));
}

#define TYPED(...) (&(struct typed){ __VA_ARGS__ })
#define NOTHING    TYPED(.days = 0)

/* -- refusals -- */

TEST_WITH(test_a_move_that_is_none_is_refused_with_all_there_are, start, finish)
{
	struct fixture *f = *state;

	refused(f, "frobnicate", NOTHING, "move", SAY_ACT_NO_MOVE);
	refused(f, "register", NOTHING, "move", SAY_ACT_NO_MOVE);
	refused(f, "", NOTHING, "move", SAY_ACT_NO_MOVE);
	assert_non_null(
	    strstr(text_of(json_array_get(json_object_get(f->desk->result,
					      "moves"),
			       0),
		       "sentence"),
		"call-back"));
	recorded(f, "accept", NOTHING, "ACC");
}

TEST_WITH(test_a_move_goes_by_word_code_and_chinese_name, start, finish)
{
	struct fixture *f = *state;

	assert_string_equal(text_of(act(f, "ACC", NOTHING), "state"), "ACC");
	assert_string_equal(text_of(act(f, "办理", NOTHING), "state"), "WRK");
}

TEST_WITH(test_an_item_that_is_none_is_refused, start, finish)
{
	struct fixture *f = *state;
	struct item_number n = { .kind = NUMBER_ITEM,
		.office = OWN,
		.year = 2026,
		.serial = 999 };
	char unknown[ITEM_NUMBER_MAX + 1], wrong[ITEM_NUMBER_MAX + 1];

	item_number_format(&n, 1, unknown);
	memcpy(wrong, f->item, sizeof(wrong));
	wrong[strlen(OWN "-2026-00000")] = '7';
	refused(f, "accept", TYPED(.item = "12"), "item",
	    SAY_ITEM_NUMBER_MALFORMED);
	refused(f, "accept", TYPED(.item = ""), "item",
	    SAY_ITEM_NUMBER_MALFORMED);
	refused(f, "accept", TYPED(.item = wrong), "item",
	    SAY_ITEM_NUMBER_MISTYPED);
	refused(f, "accept", TYPED(.item = unknown), "item", SAY_ACT_NO_ITEM);
	refused(f, "accept", TYPED(.item = "", .source_ref = "77"),
	    "source_ref", SAY_ACT_NO_SOURCE);
}

TEST_WITH(test_what_the_state_does_not_allow_is_refused, start, finish)
{
	struct fixture *f = *state;

	refused(f, "agree", NOTHING, "move", SAY_ACT_NOT_ALLOWED);
	refused(f, "reviewed", NOTHING, "move", SAY_ACT_NOT_ALLOWED);
	refused(f, "take", NOTHING, "move", SAY_ACT_NOT_ALLOWED);
	recorded(f, "withdraw", TYPED(.text = "本人撤回。"), "WDR");
	refused(f, "accept", NOTHING, "move", SAY_ACT_NOT_ALLOWED);
}

TEST_WITH(test_each_need_that_is_missing_is_named, start, finish)
{
	struct fixture *f = *state;
	int64_t soon_ms = f->office->now.wall_ms + 20 * DAY_MS;

	refused(f, "forward", NOTHING, "to", SAY_ACT_NEEDS);
	refused(f, "assign", TYPED(.to = CHILD), "due", SAY_ACT_NEEDS);
	refused(f, "assign", TYPED(.due_ms = soon_ms), "to", SAY_ACT_NEEDS);
	refused(f, "decline", NOTHING, "text", SAY_ACT_NEEDS);
	refused(f, "withdraw", NOTHING, "text", SAY_ACT_NEEDS);
	refused(f, "merge", NOTHING, "other", SAY_ACT_NEEDS);
	refused(f, "recuse", NOTHING, "person", SAY_ACT_NEEDS);
	refused(f, "note", NOTHING, "text", SAY_ACT_NEEDS);
	refused(f, "interim", NOTHING, "text", SAY_ACT_NEEDS);
	refused(f, "reply", TYPED(.text = "已办。"), "opinion", SAY_ACT_NEEDS);
	refused(f, "reply", TYPED(.opinion = "SUP"), "text", SAY_ACT_NEEDS);
	refused(f, "not-accepted-again", TYPED(.text = "已终结。"), "other",
	    SAY_ACT_NEEDS);
	recorded(f, "accept", NOTHING, "ACC");
	refused(f, "extend", TYPED(.text = "情况复杂。", .approver = "li"),
	    "days", SAY_ACT_NEEDS);
	refused(f, "extend", TYPED(.text = "情况复杂。", .days = 30),
	    "approver", SAY_ACT_NEEDS);
	refused(f, "extend", TYPED(.days = 30, .approver = "li"), "text",
	    SAY_ACT_NEEDS);
	refused(f, "close", NOTHING, "outcome", SAY_ACT_NEEDS);
	recorded(f, "reply", TYPED(.text = "已办。", .opinion = "SUP"), "RPL");
	refused(f, "rate", NOTHING, "rating", SAY_ACT_NEEDS);
	refused(f, "call-back", NOTHING, "text", SAY_ACT_NEEDS);
}

TEST_WITH(test_codes_that_are_none_are_refused, start, finish)
{
	struct fixture *f = *state;

	refused(f, "reply", TYPED(.text = "x", .opinion = "XXX"), "opinion",
	    SAY_DESK_UNKNOWN_CODE);
	refused(f, "reply",
	    TYPED(.text = "x", .opinion = "SUP", .outcome = "XXX"), "outcome",
	    SAY_DESK_UNKNOWN_CODE);
	refused(f, "note", TYPED(.text = "x", .rating = "7"), "rating",
	    SAY_DESK_UNKNOWN_CODE);
	refused(f, "note", TYPED(.text = "x", .cause = "XXX"), "cause",
	    SAY_DESK_UNKNOWN_CODE);
}

TEST_WITH(test_an_item_goes_only_where_it_may, start, finish)
{
	struct fixture *f = *state;
	char report[ITEM_NUMBER_MAX + 1];

	refused(f, "forward", TYPED(.to = "42"), "to",
	    SAY_OFFICE_CODE_MALFORMED);
	refused(f, "forward", TYPED(.to = OWN), "to", SAY_ACT_TO_SELF);
	register_one(f, "3", CHILD, report);
	refused(f, "forward", TYPED(.item = report, .to = CHILD), "to",
	    SAY_ACT_TO_UNKNOWN);
	recorded(f, "forward", TYPED(.item = report, .to = OTHER), "FWD");
	/* With nobody above, whom we do not know nobody knows. */
	f->office->settings.parent[0] = '\0';
	refused(f, "forward", TYPED(.to = "420999"), "to", SAY_ACT_TO_UNKNOWN);
}

TEST_WITH(test_days_have_a_limit_for_each_move, start, finish)
{
	struct fixture *f = *state;

	recorded(f, "accept", NOTHING, "ACC");
	refused(f, "extend", TYPED(.days = 31, .text = "x", .approver = "li"),
	    "days", SAY_ACT_DAYS);
	recorded(f, "extend", TYPED(.days = 30, .text = "x", .approver = "li"),
	    "EXT");
	refused(f, "extend", TYPED(.days = 30, .text = "x", .approver = "li"),
	    "move", SAY_ACT_NOT_ALLOWED);
}

TEST_WITH(test_times_that_cannot_be_are_refused, start, finish)
{
	struct fixture *f = *state;
	int64_t now_ms = f->office->now.wall_ms;

	refused(f, "accept", TYPED(.claimed_ms = now_ms + DAY_MS), "claimed_at",
	    SAY_ACT_FUTURE);
	refused(f, "accept", TYPED(.claimed_ms = now_ms - DAY_MS), "claimed_at",
	    SAY_ACT_BEFORE_ITEM);
	refused(f, "assign", TYPED(.to = CHILD, .due_ms = now_ms - DAY_MS),
	    "due", SAY_DESK_DUE_PAST);
	/* Clocks differ a little. */
	recorded(f, "accept", TYPED(.claimed_ms = now_ms + INT64_C(60000)),
	    "ACC");
}

TEST_WITH(test_the_other_item_is_another_item, start, finish)
{
	struct fixture *f = *state;

	refused(f, "merge", TYPED(.other = "x"), "other",
	    SAY_ITEM_NUMBER_MALFORMED);
	refused(f, "merge", TYPED(.other = f->item), "other",
	    SAY_ACT_OTHER_SAME);
	recorded(f, "merge", TYPED(.other = f->second), "MRG");
}

TEST_WITH(test_a_text_has_a_limit, start, finish)
{
	struct fixture *f = *state;
	char *text = memory_new(1, MOVE_TEXT_BYTES_MAX + 2);

	memset(text, 'a', MOVE_TEXT_BYTES_MAX + 1);
	refused(f, "note", TYPED(.text = text), "text", SAY_DESK_TEXT_TOO_LONG);
	text[MOVE_TEXT_BYTES_MAX] = '\0';
	recorded(f, "note", TYPED(.text = text), "REG");
	free(text);
}

/* -- who -- */

static void
add_users(struct fixture *f)
{
	static const struct {
		const char *id, *role;
	} staff[] = { { "wang", "clerk" }, { "li", "supervisor" },
		{ "qian", "head" }, { "sun", "auditor" } };
	struct people people = { 0 };
	struct person p = { 0 };

	assert_int_equal(person_set_password(&p, span_of_text("long enough")),
	    RC_OK);
	for (size_t i = 0; i < sizeof(staff) / sizeof(*staff); i++) {
		copy(p.id, sizeof(p.id), staff[i].id);
		copy(p.role, sizeof(p.role), staff[i].role);
		assert_int_equal(people_add(&people, &p), RC_OK);
	}
	assert_int_equal(people_save(f->office->dir, &people), RC_OK);
	people_clear(&people);
}

TEST_WITH(test_roles_count_once_people_are_named, start, finish)
{
	struct fixture *f = *state;

	add_users(f);
	f->desk->role = "clerk";
	refused(f, "decline", TYPED(.text = "x"), "", SAY_ACT_ROLE);
	refused(f, "reply", TYPED(.text = "x", .opinion = "SUP"), "",
	    SAY_ACT_ROLE);
	recorded(f, "accept", NOTHING, "ACC");
	f->desk->user = "li";
	f->desk->role = "supervisor";
	refused(f, "extend", TYPED(.days = 10, .text = "x", .approver = "li"),
	    "approver", SAY_ACT_APPROVER);
	refused(f, "extend",
	    TYPED(.days = 10, .text = "x", .approver = "nobody"), "approver",
	    SAY_ACT_APPROVER);
	recorded(f, "extend",
	    TYPED(.days = 10, .text = "x", .approver = "qian"), "EXT");
	recorded(f, "reply", TYPED(.text = "x", .opinion = "SUP"), "RPL");
}

TEST_WITH(test_who_withdrew_acts_on_that_item_no_more, start, finish)
{
	struct fixture *f = *state;

	recorded(f, "recuse", TYPED(.person = "wang"), "REG");
	refused(f, "accept", NOTHING, "", SAY_ACT_RECUSED);
	recorded(f, "accept", TYPED(.item = f->second), "ACC");
	f->desk->user = "li";
	recorded(f, "accept", NOTHING, "ACC");
}

/* -- many at once, and again -- */

TEST_WITH(test_each_move_of_a_batch_stands_for_itself, start, finish)
{
	struct fixture *f = *state;
	struct command_move moves[BATCH];
	const json_t *out;

	fill(f, &moves[0], "accept", NOTHING);
	fill(f, &moves[1], "forward", TYPED(.to = OWN));
	/* It sees what the first one did. */
	fill(f, &moves[2], "close", TYPED(.outcome = "RES"));
	out = act_raw(f, moves, BATCH);
	assert_string_equal(text_of(json_array_get(out, 0), "outcome"),
	    "recorded");
	assert_string_equal(text_of(json_array_get(out, 1), "outcome"),
	    "refused");
	assert_string_equal(text_of(json_array_get(out, 2), "outcome"),
	    "recorded");
	stands(f, f->item, "CLS", OWN);
	assert_int_equal(moves_kept(f), 2);
}

TEST_WITH(test_an_item_is_found_by_its_source_and_moved_once, start, finish)
{
	struct fixture *f = *state;
	int64_t at_ms = f->office->now.wall_ms;
	const struct typed t = { .item = "",
		.source_ref = "1",
		.claimed_ms = at_ms };
	const json_t *out;

	recorded(f, "accept", &t, "ACC");
	stands(f, f->item, "ACC", OWN);
	out = act(f, "accept", &t);
	assert_string_equal(text_of(out, "outcome"), "already");
	assert_string_equal(text_of(out, "item"), f->item);
	assert_int_equal(moves_kept(f), 1);
	/* Typed by number it is a second one, which the state refuses. */
	refused(f, "accept", TYPED(.claimed_ms = at_ms), "move",
	    SAY_ACT_NOT_ALLOWED);
	/* At another time it is another move. */
	refused(f, "accept",
	    TYPED(.item = "", .source_ref = "1", .claimed_ms = at_ms + 1),
	    "move", SAY_ACT_NOT_ALLOWED);
}

/* -- where it leads -- */

TEST_WITH(test_limits_run_from_move_to_move, start, finish)
{
	struct fixture *f = *state;

	assert_true(runs(f, f->item, "register"));
	assert_true(runs(f, f->item, "notice_direct"));
	assert_false(runs(f, f->item, "handle"));
	recorded(f, "accept", NOTHING, "ACC");
	assert_false(runs(f, f->item, "register"));
	assert_false(runs(f, f->item, "notice_direct"));
	assert_true(runs(f, f->item, "handle"));
	recorded(f, "work", NOTHING, "WRK");
	recorded(f, "extend", TYPED(.days = 30, .text = "x", .approver = "li"),
	    "EXT");
	assert_true(runs(f, f->item, "handle"));
	recorded(f, "interim", TYPED(.text = "正在办理。"), "EXT");
	recorded(f, "reply", TYPED(.text = "已办。", .opinion = "SUP"), "RPL");
	assert_false(runs(f, f->item, "handle"));
	assert_true(runs(f, f->item, "ask_review"));
	recorded(f, "rate", TYPED(.rating = "3"), "RPL");
	recorded(f, "call-back", TYPED(.text = "满意。"), "RPL");
	recorded(f, "review", NOTHING, "RVW");
	assert_false(runs(f, f->item, "ask_review"));
	assert_true(runs(f, f->item, "review"));
}

TEST_WITH(test_what_is_forwarded_is_waited_for, start, finish)
{
	struct fixture *f = *state;
	int64_t due_ms = f->office->now.wall_ms + 20 * DAY_MS;

	recorded(f, "assign", TYPED(.to = CHILD, .due_ms = due_ms), "ASG");
	assert_false(runs(f, f->item, "register"));
	assert_true(runs(f, f->item, "feedback"));
	assert_true(runs(f, f->item, "notice"));
	/* Sent to another one instead. */
	recorded(f, "forward", TYPED(.to = OTHER), "FWD");
	assert_false(runs(f, f->item, "feedback"));
	assert_true(runs(f, f->item, "notice"));
}

TEST_WITH(test_ends_are_taken_back, start, finish)
{
	struct fixture *f = *state;

	recorded(f, "merge", TYPED(.other = f->second), "MRG");
	recorded(f, "unmerge", TYPED(.text = "误并。"), "REG");
	recorded(f, "decline", TYPED(.text = "属诉讼事项。"), "DEC");
	recorded(f, "reopen", TYPED(.text = "重新办理。"), "WRK");
	assert_true(runs(f, f->item, "handle"));
	recorded(f, "close", TYPED(.outcome = "UNR"), "CLS");
	assert_false(runs(f, f->item, "handle"));
	recorded(f, "note", TYPED(.text = "归档。"), "CLS");
}

TEST_WITH(test_numbers_of_persons_are_masked_before_they_travel, start, finish)
{
	struct fixture *f = *state;
	struct stmt *s;

	recorded(f, "note", TYPED(.text = "电话13800138000。"), "REG");
	s = db_prepare(views_db(f->office->views), "SELECT text FROM move");
	assert_true(db_next(s));
	assert_null(strstr(db_column_text(s, 0), "13800138000"));
	db_finish(s);
}

TEST_WITH(test_a_hearing_may_take_longer_than_an_extension, start, finish)
{
	struct fixture *f = *state;

	/* The child has answered; we are above it. */
	put(f,
	    "INSERT INTO move SELECT 900, '" CHILD "', 1, '', 1, item, 'RPL',"
	    " '', 0, 0, 'x', '', 'SUP', '', '', '', '', '', '', claimed_ms,"
	    " recorded_ms + 1, 0, '', '', 1, 1 FROM petition"
	    " ORDER BY position LIMIT 1");
	recorded(f, "forward", TYPED(.item = f->second, .to = CHILD), "FWD");
	put(f,
	    "INSERT INTO move SELECT 901, '" CHILD "', 1, '', 2, p.item,"
	    " 'RPL', '', 0, 0, 'x', '', 'SUP', '', '', '', '', '', '',"
	    " p.claimed_ms, m.recorded_ms + 1, 0, '', '', 1, 2 FROM petition p"
	    " JOIN move m ON m.item = p.item AND m.move = 'FWD'");
	wait_some(f, 60);
	recorded(f, "review", TYPED(.item = f->second), "RVW");
	recorded(f, "reviewed",
	    TYPED(.item = f->second, .text = "维持。", .opinion = "SUP"),
	    "RVD");
	recorded(f, "final", TYPED(.item = f->second), "CHK");
	refused(f, "hearing", TYPED(.item = f->second), "days", SAY_ACT_NEEDS);
	refused(f, "hearing", TYPED(.item = f->second, .days = 366), "days",
	    SAY_ACT_DAYS);
	recorded(f, "hearing", TYPED(.item = f->second, .days = 45), "CHK");
	recorded(f, "finished",
	    TYPED(.item = f->second, .text = "维持。", .opinion = "SUP"),
	    "FIN");
}
