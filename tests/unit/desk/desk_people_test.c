/* The desk with named users: roles, identities, queries, ends of keys. */
#include <stdlib.h>

#include "base/text.h"
#include "contract/command.h"
#include "desk/commands.h"
#include "desk/desk.h"
#include "desk/rights.h"
#include "keys/people.h"
#include "keys/seal.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/ask/items.h"
#include "register/views.h"

#include "district.h"
#include "hub.h"
#include "support/desk.h"
#include "support/unit.h"

#define OWN "420100"

enum { MINUTE_S = 60, HOUR_S = 60 * MINUTE_S };

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

struct fixture {
	struct desk_office *desk;
	struct office *office;          /* the desk's */
	char item[ITEM_NUMBER_MAX + 1]; /* of a petition with identity */
	char code[QUERY_CODE_TYPED_MAX + 1];
};

static const struct {
	const char *id, *role;
} staff[] = { { "wang", "clerk" }, { "zhao", "clerk" }, { "li", "supervisor" },
	{ "qian", "head" }, { "sun", "auditor" },
	{ "admin", "administrator" } };

static void
add_users(struct fixture *f)
{
	struct people people = { 0 };
	struct person p = { 0 };

	assert_int_equal(person_set_password(&p, span_of_text("long enough")),
	    RC_OK);
	for (size_t i = 0; i < sizeof(staff) / sizeof(*staff); i++) {
		assert_int_equal(text_copy(p.id, sizeof(p.id), staff[i].id),
		    RC_OK);
		assert_int_equal(text_copy(p.role, sizeof(p.role),
				     staff[i].role),
		    RC_OK);
		assert_int_equal(people_add(&people, &p), RC_OK);
	}
	assert_int_equal(people_save(f->office->dir, &people), RC_OK);
	people_clear(&people);
}

static void
disable(struct fixture *f, const char *id)
{
	struct people people;

	assert_int_equal(people_load(f->office->dir, &people), RC_OK);
	people_find(&people, id)->is_disabled = true;
	assert_int_equal(people_save(f->office->dir, &people), RC_OK);
	people_clear(&people);
}

static const char *
role_of(const char *id)
{
	for (size_t i = 0; i < sizeof(staff) / sizeof(*staff); i++) {
		if (strcmp(staff[i].id, id) == 0)
			return staff[i].role;
	}
	return "clerk";
}

/* -- asking -- */

static int
ask_as(struct fixture *f, const char *user, const char *role, struct command *c)
{
	f->desk->user = user;
	f->desk->role = role;
	return ask(f->desk, c);
}

static int
ask_by(struct fixture *f, const char *user, struct command *c)
{
	return ask_as(f, user, role_of(user), c);
}

static void
register_one(struct fixture *f, bool has_identity)
{
	struct intake item = { .channel = "LF",
		.purpose = "QJ",
		.subject = span_of_text("楼道堆物"),
		.text = span_of_text("内部才看得到的正文") };
	struct command c = { .kind = COMMAND_REGISTER,
		.registering = { .items = &item,
		    .items_count = 1,
		    .want_query_codes = true } };
	const json_t *outcome;

	if (has_identity) {
		item.person_name = span_of_text("某某甲");
		item.person_phone = span_of_text("13800138000");
	}
	assert_int_equal(ask_by(f, "wang", &c), EXIT_DONE);
	outcome = json_array_get(json_object_get(f->desk->result, "items"), 0);
	assert_int_equal(text_copy(f->item, sizeof(f->item),
			     text_of(outcome, "item")),
	    RC_OK);
	assert_int_equal(text_copy(f->code, sizeof(f->code),
			     text_of(outcome, "query_code")),
	    RC_OK);
}

static int
step(struct fixture *f, const char *user, const char *what,
    const char *requester, const char *reason)
{
	struct command c = { .kind = COMMAND_IDENTITY };

	memcpy(c.identity.item, f->item, sizeof(f->item));
	assert_int_equal(text_copy(c.identity.step, sizeof(c.identity.step),
			     what),
	    RC_OK);
	assert_int_equal(text_copy(c.identity.requester,
			     sizeof(c.identity.requester), requester),
	    RC_OK);
	c.identity.reason = span_of_text(reason);
	return ask_by(f, user, &c);
}

static void
assert_refused(struct fixture *f, int exit, const char *said)
{
	refused_with(f->desk, exit, said);
}

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	f->desk = desk_office_new(&trade, OWN);
	f->office = f->desk->office;
	*state = f;
	return 0;
}

static int
start_with_users(void **state)
{
	struct fixture *f;

	assert_int_equal(start(state), 0);
	f = *state;
	add_users(f);
	register_one(f, true);
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

/* -- users -- */

TEST_WITH(test_only_an_enabled_head_approves, start_with_users, finish)
{
	struct fixture *f = *state;

	assert_true(desk_may_approve(f->office, "qian"));
	assert_false(desk_may_approve(f->office, "li"));
	assert_false(desk_may_approve(f->office, "nobody"));
	assert_true(desk_has_people(f->office));
	disable(f, "qian");
	assert_false(desk_may_approve(f->office, "qian"));
}

TEST_WITH(test_without_users_anybody_may, start, finish)
{
	struct fixture *f = *state;
	struct command c = { .kind = COMMAND_ACT };

	assert_false(desk_has_people(f->office));
	assert_true(desk_may_approve(f->office, "anybody"));
	assert_int_equal(ask_as(f, "nobody", "whatever", &c), EXIT_DONE);
	register_one(f, true);
	assert_refused(f, step(f, "wang", "REQUEST", "", "why"),
	    "user add ID --role administrator");
	c = (struct command){ .kind = COMMAND_DESTROY_KEY,
		.destroy_key = { .year = 2001,
		    .reason = span_of_text("over") } };
	assert_refused(f, ask_by(f, "admin", &c), "user add");
}

TEST_WITH(test_with_users_only_they_may_and_with_their_own_role,
    start_with_users, finish)
{
	struct fixture *f = *state;
	struct command c = { .kind = COMMAND_ACT };
	uint64_t before = ledger_size(f->desk);

	assert_int_equal(ask_by(f, "wang", &c), EXIT_DONE);
	assert_refused(f, ask_as(f, "wang", "head", &c), "no enabled user");
	assert_refused(f, ask_as(f, "mallory", "clerk", &c),
	    "no enabled user 'mallory'");
	assert_refused(f, ask_as(f, "", "", &c), "no enabled user");
	disable(f, "wang");
	assert_refused(f, ask_by(f, "wang", &c), "no enabled user 'wang'");
	assert_int_equal(ledger_size(f->desk), before);
}

TEST_WITH(test_a_broken_list_lets_nobody_in, start_with_users, finish)
{
	struct fixture *f = *state;
	struct command c = { .kind = COMMAND_ACT };
	char path[FILE_PATH_MAX];

	file_join(path, f->office->dir, "keys/people");
	assert_int_equal(file_write(path, span_of_text("garbage\n"), 0600,
			     true),
	    RC_OK);
	assert_int_equal(ask_by(f, "wang", &c), EXIT_CONFIG);
}

TEST(test_each_role_may_do_its_own)
{
	/* In the order of staff[]: clerk, supervisor, head, auditor,
	 * administrator. */
	static const char *const roles[] = { "clerk", "supervisor", "head",
		"auditor", "administrator" };
	static const struct {
		enum command_kind kind;
		const char *may;
	} rules[] = {
		{ COMMAND_REGISTER, "yyy--" },
		{ COMMAND_STATUS, "yyyyy" },
		{ COMMAND_DISTRICTS, "yyyyy" },
		{ COMMAND_QUERY, "yyyyy" },
		{ COMMAND_INVITE, "----y" },
		{ COMMAND_REVOKE, "----y" },
		{ COMMAND_SETTLE, "----y" },
		{ COMMAND_DIRECTIVE_ISSUE, "-yy--" },
		{ COMMAND_ACT, "yyy--" },
		{ COMMAND_MATCH, "yyy--" },
		{ COMMAND_PUBLISH, "----y" },
		{ COMMAND_ATTACH, "yyy--" },
		{ COMMAND_DESTROY_KEY, "----y" },
	};
	const struct office hub = { .trade = &hub_trade };
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE };
	const struct desk_command *row = desk_command_of(&hub, c.kind);

	(void)state;
	memcpy(c.step.status, "SGN", 4);
	assert_true(desk_role_allows(row, "clerk", &c));
	assert_false(desk_role_allows(row, "auditor", &c));
	memcpy(c.step.status, "CLS", 4);
	assert_false(desk_role_allows(row, "clerk", &c));
	assert_true(desk_role_allows(row, "head", &c));
	c = (struct command){ .kind = COMMAND_IDENTITY };
	row = desk_command_of(&hub, c.kind);
	memcpy(c.identity.step, "REQUEST", 8);
	assert_true(desk_role_allows(row, "clerk", &c));
	memcpy(c.identity.step, "APPROVE", 8);
	assert_false(desk_role_allows(row, "clerk", &c));
	assert_true(desk_role_allows(row, "supervisor", &c));
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		c = (struct command){ .kind = rules[i].kind };
		row = desk_command_of(&hub, c.kind);
		for (size_t j = 0; j < 5; j++) {
			assert_int_equal(desk_role_allows(row, roles[j], &c),
			    rules[i].may[j] == 'y');
			assert_non_null(strstr(desk_roles_all(), roles[j]));
			assert_true(desk_role_is_known(roles[j]));
		}
	}
	assert_false(desk_role_is_known("clerk "));
	assert_false(desk_role_is_known(""));
}

TEST_WITH(test_what_no_row_names_is_not_here, start, finish)
{
	struct fixture *f = *state;
	struct command c = { .kind = COMMAND_PUBLISH };
	const struct office district = { .trade = &district_trade };

	assert_refused(f, ask_by(f, "admin", &c), "city-hub");
	assert_non_null(desk_command_of(&district, COMMAND_STATUS));
	assert_null(desk_command_of(&district, COMMAND_INVITE));
}

/* -- identities -- */

TEST_WITH(test_an_identity_takes_a_reason_and_a_second_person, start_with_users,
    finish)
{
	struct fixture *f = *state;
	const json_t *identity;
	uint64_t before;

	assert_refused(f, step(f, "wang", "SHOW", "", ""), "identity request");
	assert_refused(f, step(f, "wang", "REQUEST", "", ""), "--reason");
	assert_refused(f, step(f, "li", "APPROVE", "wang", ""), "no request");
	assert_int_equal(step(f, "wang", "REQUEST", "",
			     "核实证件11010519491231002X"),
	    EXIT_DONE);
	assert_refused(f, step(f, "wang", "SHOW", "", ""), "still waits");
	assert_refused(f, step(f, "zhao", "APPROVE", "wang", ""),
	    "may not do this");
	assert_int_equal(step(f, "li", "APPROVE", "wang", ""), EXIT_DONE);
	before = ledger_size(f->desk);
	assert_int_equal(step(f, "wang", "SHOW", "", ""), EXIT_DONE);
	identity =
	    json_array_get(json_object_get(f->desk->result, "identities"), 0);
	assert_string_equal(text_of(identity, "name"), "某某甲");
	assert_string_equal(text_of(identity, "phone"), "13800138000");
	assert_int_equal(ledger_size(f->desk), before + 1);
	/* Only for him who asked. */
	assert_refused(f, step(f, "zhao", "SHOW", "", ""), "identity request");
	assert_refused(f, step(f, "li", "SHOW", "", ""), "identity request");
	assert_false(ledger_holds(f->desk, "某某甲"));
	assert_false(ledger_holds(f->desk, "13800138000"));
	assert_false(ledger_holds(f->desk, "11010519491231002X"));
}

TEST_WITH(test_nobody_agrees_with_himself, start_with_users, finish)
{
	struct fixture *f = *state;

	assert_int_equal(step(f, "li", "REQUEST", "", "why"), EXIT_DONE);
	assert_refused(f, step(f, "li", "APPROVE", "li", ""), "Somebody else");
	assert_int_equal(step(f, "qian", "APPROVE", "li", ""), EXIT_DONE);
	assert_int_equal(step(f, "li", "SHOW", "", ""), EXIT_DONE);
}

TEST_WITH(test_an_approval_holds_for_a_day, start_with_users, finish)
{
	struct fixture *f = *state;

	assert_int_equal(step(f, "wang", "REQUEST", "", "why"), EXIT_DONE);
	assert_int_equal(step(f, "li", "APPROVE", "wang", ""), EXIT_DONE);
	desk_office_shift(24 * HOUR_S - MINUTE_S);
	assert_int_equal(step(f, "wang", "SHOW", "", ""), EXIT_DONE);
	desk_office_shift(24 * HOUR_S + MINUTE_S);
	assert_refused(f, step(f, "wang", "SHOW", "", ""), "24 hours");
	assert_int_equal(step(f, "wang", "REQUEST", "", "again"), EXIT_DONE);
	assert_refused(f, step(f, "wang", "SHOW", "", ""), "still waits");
}

TEST_WITH(test_a_refusal_ends_it_and_a_new_request_begins_anew,
    start_with_users, finish)
{
	struct fixture *f = *state;

	assert_int_equal(step(f, "wang", "REQUEST", "", "why"), EXIT_DONE);
	assert_int_equal(step(f, "li", "REFUSE", "wang", "no need"), EXIT_DONE);
	assert_refused(f, step(f, "wang", "SHOW", "", ""), "refused by");
	assert_refused(f, step(f, "qian", "APPROVE", "wang", ""), "no request");
	assert_int_equal(step(f, "wang", "REQUEST", "", "more"), EXIT_DONE);
	assert_int_equal(step(f, "qian", "APPROVE", "wang", ""), EXIT_DONE);
	assert_int_equal(step(f, "wang", "SHOW", "", ""), EXIT_DONE);
}

TEST_WITH(test_other_items_do_not_open, start_with_users, finish)
{
	struct fixture *f = *state;
	uint64_t before;

	register_one(f, false);
	before = ledger_size(f->desk);
	assert_refused(f, step(f, "wang", "REQUEST", "", "why"),
	    "without an identity");
	memcpy(f->item, "420106-2026-000123-7QK", 23);
	assert_refused(f, step(f, "wang", "REQUEST", "", "why"), "mistyped");
	memcpy(f->item, "420106", 7);
	assert_refused(f, step(f, "wang", "REQUEST", "", "why"),
	    "not an item number");
	assert_int_equal(ledger_size(f->desk), before);
}

TEST_WITH(test_a_disabled_requester_cannot_be_approved, start_with_users,
    finish)
{
	struct fixture *f = *state;

	assert_int_equal(step(f, "wang", "REQUEST", "", "why"), EXIT_DONE);
	disable(f, "wang");
	assert_refused(f, step(f, "li", "APPROVE", "wang", ""),
	    "no enabled user 'wang'");
}

TEST_WITH(test_who_has_withdrawn_opens_nothing, start_with_users, finish)
{
	struct fixture *f = *state;
	struct command_move move = { .word = "recuse" };
	struct command c = { .kind = COMMAND_ACT,
		.act = { .moves = &move, .moves_count = 1 } };

	memcpy(move.moved.item, f->item, sizeof(f->item));
	memcpy(move.moved.person, "wang", 5);
	move.moved.text = span_of_text("亲属");
	assert_false(ask_is_recused(f->office->views, f->item, "wang"));
	assert_int_equal(ask_by(f, "zhao", &c), EXIT_DONE);
	assert_true(ask_is_recused(f->office->views, f->item, "wang"));
	assert_false(ask_is_recused(f->office->views, f->item, "zhao"));
	assert_refused(f, step(f, "wang", "REQUEST", "", "why"), "withdrawn");
	assert_int_equal(step(f, "zhao", "REQUEST", "", "why"), EXIT_DONE);
}

/* -- queries -- */

static int
query(struct fixture *f, const char *code)
{
	struct command c = { .kind = COMMAND_QUERY };

	assert_int_equal(text_copy(c.query.code, sizeof(c.query.code), code),
	    RC_OK);
	return ask_as(f, "", "", &c);
}

TEST_WITH(test_the_code_shows_the_matter_and_nobody, start_with_users, finish)
{
	struct fixture *f = *state;
	char *text;

	assert_int_equal(query(f, f->code), EXIT_DONE);
	assert_string_equal(text_of(f->desk->result, "subject"), "楼道堆物");
	assert_string_equal(text_of(f->desk->result, "state"), "REG");
	assert_string_equal(text_of(f->desk->result, "item"), f->item);
	assert_string_equal(text_of(f->desk->result, "responsible"), OWN);
	assert_int_equal(strlen(text_of(f->desk->result, "leaf")), 64);
	text = json_dumps(f->desk->result, 0);
	assert_null(strstr(text, "wang"));
	assert_null(strstr(text, "某某甲"));
	assert_null(strstr(text, "13800138000"));
	assert_null(strstr(text, "正文"));
	assert_null(strstr(text, f->code));
	free(text);
	assert_true(
	    json_array_size(json_object_get(f->desk->result, "due")) > 0);
	assert_int_equal(json_array_size(
			     json_object_get(f->desk->result, "answers")),
	    0);
}

/* One move of f->item; its text is said. */
static void
move(struct fixture *f, const char *word, const char *text)
{
	struct command_move m = { 0 };
	struct command c = { .kind = COMMAND_ACT,
		.act = { .moves = &m, .moves_count = 1 } };

	assert_int_equal(text_copy(m.word, sizeof(m.word), word), RC_OK);
	memcpy(m.moved.item, f->item, sizeof(f->item));
	m.moved.text = span_of_text(text);
	if (strcmp(word, "reply") == 0) {
		memcpy(m.moved.opinion, "SUP", 4);
		memcpy(m.moved.document, "7", 2);
	}
	if (ask_by(f, "qian", &c) != EXIT_DONE)
		fail_msg("%s: %s", word, f->desk->sentence);
}

TEST_WITH(test_the_code_shows_what_was_answered_and_no_notes, start_with_users,
    finish)
{
	struct fixture *f = *state;
	char *text;

	move(f, "accept", "");
	move(f, "note", "只给同事看");
	move(f, "reply", "已经修好");
	assert_int_equal(query(f, f->code), EXIT_DONE);
	assert_string_equal(text_of(f->desk->result, "state"), "RPL");
	text = json_dumps(f->desk->result, 0);
	assert_non_null(strstr(text, "已经修好"));
	assert_null(strstr(text, "只给同事看"));
	assert_null(strstr(text, "qian"));
	free(text);
}

TEST_WITH(test_a_wrong_code_says_the_same_whatever_is_wrong, start_with_users,
    finish)
{
	struct fixture *f = *state;
	char first[SAY_TEXT_MAX];

	assert_refused(f, query(f, "7QK2-M9XD-03FZ-V4TR"), "No petition");
	memcpy(first, f->desk->sentence, sizeof(first));
	assert_refused(f, query(f, "hello"), "No petition");
	assert_string_equal(f->desk->sentence, first);
	desk_office_shift(HOUR_S);
	assert_refused(f, query(f, ""), "No petition");
	assert_string_equal(f->desk->sentence, first);
}

TEST_WITH(test_queries_have_a_rate, start_with_users, finish)
{
	struct fixture *f = *state;

	for (int i = 0; i < 10; i++)
		assert_int_equal(query(f, f->code), EXIT_DONE);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	/* A clock that goes back gives nothing. */
	desk_office_shift(-HOUR_S);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	desk_office_shift(-HOUR_S + MINUTE_S);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	desk_office_shift(7);
	assert_int_equal(query(f, f->code), EXIT_DONE);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	/* It never holds more than ten. */
	desk_office_shift(24 * HOUR_S);
	for (int i = 0; i < 10; i++)
		assert_int_equal(query(f, f->code), EXIT_DONE);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
}

TEST_WITH(test_wrong_codes_cost_more, start_with_users, finish)
{
	struct fixture *f = *state;

	for (int i = 0; i < 4; i++)
		assert_int_equal(query(f, "no"), EXIT_REFUSED);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	/* Two tokens of debt, and one for the query. */
	desk_office_shift(17);
	assert_int_equal(query(f, f->code), EXIT_TRY_AGAIN);
	desk_office_shift(19);
	assert_int_equal(query(f, f->code), EXIT_DONE);
}

/* -- the end of a key -- */

static int
destroy(struct fixture *f, uint32_t year, const char *reason)
{
	struct command c = { .kind = COMMAND_DESTROY_KEY,
		.destroy_key = { .year = year,
		    .reason = span_of_text(reason) } };

	return ask_by(f, "admin", &c);
}

TEST_WITH(test_a_destroyed_key_opens_nothing_more, start_with_users, finish)
{
	struct fixture *f = *state;
	int years[SEAL_YEARS_MAX];
	size_t count;
	uint64_t before;

	assert_int_equal(step(f, "wang", "REQUEST", "", "why"), EXIT_DONE);
	assert_int_equal(step(f, "li", "APPROVE", "wang", ""), EXIT_DONE);
	assert_int_equal(seal_years(f->office->dir, years, &count), RC_OK);
	assert_int_equal(count, 1);
	before = ledger_size(f->desk);
	assert_refused(f, destroy(f, (uint32_t)years[0], ""), "--reason");
	assert_refused(f, destroy(f, 1999, "over"), "no key");
	assert_refused(f, destroy(f, 0, "over"), "no key");
	assert_refused(f, destroy(f, 3000, "over"), "no key");
	assert_refused(f, destroy(f, UINT32_MAX, "over"), "no key");
	assert_int_equal(ledger_size(f->desk), before);
	assert_int_equal(destroy(f, (uint32_t)years[0], "over"), EXIT_DONE);
	assert_int_equal(ledger_size(f->desk), before + 1);
	assert_refused(f, destroy(f, (uint32_t)years[0], "over"), "no key");
	assert_refused(f, step(f, "wang", "SHOW", "", ""), "is gone");
	/* A new key of that year does not pretend. */
	register_one(f, true);
	assert_int_equal(step(f, "wang", "REQUEST", "", "why"), EXIT_DONE);
	assert_int_equal(step(f, "li", "APPROVE", "wang", ""), EXIT_DONE);
	assert_int_equal(step(f, "wang", "SHOW", "", ""), EXIT_DONE);
}

TEST_WITH(test_a_key_that_went_without_a_record_gets_one, start_with_users,
    finish)
{
	struct fixture *f = *state;
	int years[SEAL_YEARS_MAX];
	size_t count;

	assert_int_equal(seal_years(f->office->dir, years, &count), RC_OK);
	assert_int_equal(seal_destroy(f->office->seal, years[0]), RC_OK);
	assert_int_equal(seal_destroy(f->office->seal, years[0]), RC_NONE);
	assert_int_equal(destroy(f, (uint32_t)years[0], "over"), EXIT_DONE);
	assert_refused(f, destroy(f, (uint32_t)years[0], "over"), "no key");
}
