/* Goal: what is registered, issued and moved at the desk is recorded as it was
 * typed, or refused with the sentence that says why; nothing goes to whom it
 * is about. */
#include <sodium.h>

#include "base/text.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "mech/db.h"
#include "office/office.h"
#include "petition/item_number.h"
#include "register/views.h"
#include "relay/journal.h"

#include "support/desk.h"
#include "support/turn.h"
#include "support/unit.h"

#define OWN         "420100"
#define CHILD       "420106"
#define OTHER_CHILD "420111"

enum { DAY_MS = 24 * 60 * 60 * 1000, MANY = 256 };

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

static int
start(void **state)
{
	*state = desk_office_new(&trade, OWN);
	return 0;
}

static int
finish(void **state)
{
	desk_office_free(*state);
	return 0;
}

static const json_t *
register_items(struct desk_office *f, const struct intake *items,
    uint32_t count, bool want_codes)
{
	struct command c = { .kind = COMMAND_REGISTER,
		.registering = { .items = items,
		    .items_count = count,
		    .want_query_codes = want_codes } };

	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_int_equal(json_array_size(json_object_get(f->result, "items")),
	    count);
	return json_object_get(f->result, "items");
}

static void
assert_outcome(const json_t *items, size_t index, const char *expected)
{
	assert_string_equal(text_of(json_array_get(items, index), "outcome"),
	    expected);
}

/* -- registering -- */

TEST_WITH(test_numbers_are_dense_and_a_refusal_costs_none, start, finish)
{
	struct desk_office *f = *state;
	struct intake items[3];
	const json_t *out;

	items[0] = letter("一");
	items[1] = letter("二");
	memcpy(items[1].channel, "XX", 3);
	items[2] = letter("三");
	out = register_items(f, items, 3, false);
	assert_outcome(out, 0, "recorded");
	assert_outcome(out, 1, "refused");
	assert_outcome(out, 2, "recorded");
	assert_string_equal(text_of(json_array_get(out, 1), "field"),
	    "channel");
	assert_memory_equal(text_of(json_array_get(out, 0), "item"), OWN "-",
	    strlen(OWN "-"));
	assert_non_null(
	    strstr(text_of(json_array_get(out, 0), "item"), "-000001-"));
	assert_non_null(
	    strstr(text_of(json_array_get(out, 2), "item"), "-000002-"));
}

TEST_WITH(test_an_identity_never_touches_the_journal_in_the_clear, start,
    finish)
{
	struct desk_office *f = *state;
	struct intake item =
	    letter("我的电话13800138000，证件11010519491231002X。");
	struct record record;
	struct petition p;

	item.person_name = span_of_text("某某甲");
	item.person_document = span_of_text("11010519491231002X");
	item.person_phone = span_of_text("13800138000");
	item.person_address = span_of_text("某某路九号");
	assert_outcome(register_items(f, &item, 1, true), 0, "recorded");
	last_record(f, &record);
	assert_int_equal(wire_petition_unpack(record.payload, &p), RC_OK);
	assert_true(p.sealed_identity.size > 0);
	assert_int_equal(p.person_key.size, HASH_BYTES);
	assert_int_equal(p.query_hash.size, HASH_BYTES);
	assert_false(ledger_holds(f, "某某甲"));
	assert_false(ledger_holds(f, "11010519491231002X"));
	assert_false(ledger_holds(f, "13800138000"));
	assert_false(ledger_holds(f, "某某路九号"));
	assert_true(ledger_holds(f, "我的电话"));
}

TEST_WITH(test_a_query_code_is_made_only_when_wanted, start, finish)
{
	struct desk_office *f = *state;
	struct intake item = letter("一");
	const json_t *out = register_items(f, &item, 1, false);
	struct record record;
	struct petition p;

	assert_string_equal(text_of(json_array_get(out, 0), "query_code"), "");
	last_record(f, &record);
	assert_int_equal(wire_petition_unpack(record.payload, &p), RC_OK);
	assert_int_equal(p.query_hash.size, 0);
	out = register_items(f, &item, 1, true);
	assert_int_equal(strlen(text_of(json_array_get(out, 0), "query_code")),
	    19);
	assert_false(
	    ledger_holds(f, text_of(json_array_get(out, 0), "query_code")));
}

TEST_WITH(test_a_source_is_recorded_once_also_within_one_command, start, finish)
{
	struct desk_office *f = *state;
	struct intake items[2];
	const json_t *out;
	char first[ITEM_NUMBER_MAX + 1];

	items[0] = letter("一");
	items[0].source = span_of_text("board");
	items[0].source_ref = span_of_text("1042");
	items[1] = items[0];
	out = register_items(f, items, 2, false);
	assert_outcome(out, 0, "recorded");
	assert_outcome(out, 1, "already");
	assert_int_equal(text_copy(first, sizeof(first),
			     text_of(json_array_get(out, 0), "item")),
	    RC_OK);
	assert_string_equal(text_of(json_array_get(out, 1), "item"), first);
	out = register_items(f, items, 1, true);
	assert_outcome(out, 0, "already");
	assert_string_equal(text_of(json_array_get(out, 0), "item"), first);
	assert_string_equal(text_of(json_array_get(out, 0), "query_code"), "");
}

TEST_WITH(test_the_same_source_number_elsewhere_is_another_arrival, start,
    finish)
{
	struct desk_office *f = *state;
	struct intake items[2];

	items[0] = letter("一");
	items[0].source = span_of_text("board");
	items[0].source_ref = span_of_text("1042");
	items[1] = items[0];
	items[1].source = span_of_text("hotline");
	assert_outcome(register_items(f, items, 2, false), 1, "recorded");
}

TEST_WITH(test_a_full_batch_is_recorded_whole, start, finish)
{
	struct desk_office *f = *state;
	struct intake *items = memory_new(MANY, sizeof(*items));
	const json_t *out;

	for (size_t i = 0; i < MANY; i++)
		items[i] = letter("同样的信。");
	out = register_items(f, items, MANY, true);
	for (size_t i = 0; i < MANY; i++)
		assert_outcome(out, i, "recorded");
	assert_int_equal(ledger_size(f), MANY + 1);
	assert_int_equal(views_applied(f->office->views), MANY + 1);
	free(items);
}

TEST_WITH(test_what_is_left_open_is_said_by_the_office, start, finish)
{
	struct desk_office *f = *state;
	struct intake item = letter("一");
	struct record record;
	struct petition p;

	(void)register_items(f, &item, 1, false);
	last_record(f, &record);
	assert_int_equal(wire_petition_unpack(record.payload, &p), RC_OK);
	/* A hub does not know yet whose matter it is. */
	assert_string_equal(p.responsible, "");
	assert_string_equal(p.level, f->office->settings.level);
	assert_int_equal(p.heads, 1);
	assert_true(record.claimed_ms > 0);
	assert_string_equal(record.actor_role, "clerk");
	assert_string_equal(record.actor, "wang");
}

/* -- reports of wrongdoing -- */

static struct intake
report_about(const char *office)
{
	struct intake item = letter("举报");

	memcpy(item.purpose, "JK", 3);
	item.accused_count = 1;
	assert_int_equal(text_copy(item.accused[0], sizeof(item.accused[0]),
			     office),
	    RC_OK);
	return item;
}

static const json_t *
report(struct desk_office *f, const char *office)
{
	struct intake item = report_about(office);

	return json_array_get(register_items(f, &item, 1, false), 0);
}

TEST_WITH(test_an_office_takes_no_report_about_itself, start, finish)
{
	struct desk_office *f = *state;
	uint64_t before = ledger_size(f);
	const json_t *out = report(f, " 420100");

	assert_string_equal(text_of(out, "outcome"), "refused");
	assert_string_equal(text_of(out, "field"), "accused");
	assert_non_null(strstr(text_of(out, "sentence"), "420000"));
	assert_int_equal(ledger_size(f), before);
	memcpy(f->office->settings.parent_name, "Above", 6);
	out = report(f, OWN);
	assert_non_null(strstr(text_of(out, "sentence"), "Above 420000"));
	f->office->settings.parent[0] = '\0';
	out = report(f, OWN);
	assert_string_equal(text_of(out, "outcome"), "refused");
	assert_non_null(strstr(text_of(out, "sentence"), "the office above"));
}

TEST_WITH(test_a_report_about_an_office_below_climbs, start, finish)
{
	struct desk_office *f = *state;
	struct intake item = report_about(CHILD);
	const json_t *out;
	struct record record;
	struct petition p;

	memcpy(item.accused[1], "990100", 7);
	item.accused_count = 2;
	memcpy(item.procedure, "U", 2);
	out = json_array_get(register_items(f, &item, 1, false), 0);
	assert_string_equal(text_of(out, "outcome"), "recorded");
	assert_null(json_object_get(out, "held_back"));
	last_record(f, &record);
	assert_string_equal(record.key.audience, "");
	assert_int_equal(wire_petition_unpack(record.payload, &p), RC_OK);
	assert_int_equal(p.accused_count, 2);
	assert_string_equal(p.accused[0], CHILD);
	assert_string_equal(p.accused[1], "990100");
	assert_string_equal(p.procedure, "U");
	assert_string_equal(accused_audience(f->office, p.item), "");
	/* Its own office is responsible unless another is named. */
	memcpy(item.responsible, CHILD, sizeof(CHILD));
	out = json_array_get(register_items(f, &item, 1, false), 0);
	assert_string_equal(text_of(out, "outcome"), "refused");
	assert_string_equal(text_of(out, "field"), "accused");
}

static void
expect_kept_here(struct desk_office *f, const json_t *out, const char *hand_to)
{
	struct record record;
	struct petition p;

	assert_string_equal(text_of(out, "outcome"), "recorded");
	assert_true(json_is_true(json_object_get(out, "held_back")));
	assert_string_equal(text_of(out, "hand_to"), hand_to);
	assert_non_null(strstr(text_of(out, "sentence"), text_of(out, "item")));
	assert_non_null(strstr(text_of(out, "sentence"), hand_to));
	last_record(f, &record);
	assert_string_equal(record.key.origin, OWN);
	assert_string_equal(record.key.audience, OWN);
	assert_int_equal(wire_petition_unpack(record.payload, &p), RC_OK);
	assert_string_equal(p.item, text_of(out, "item"));
	assert_string_equal(accused_audience(f->office, p.item), OWN);
}

TEST_WITH(test_a_report_about_an_office_above_is_kept_here, start, finish)
{
	struct desk_office *f = *state;

	expect_kept_here(f, report(f, "420000"), "000000");
	expect_kept_here(f, report(f, "000000"), "");
	/* Nobody is sent what we keep for ourselves. */
	(void)relay_set_parent(f->office->relay, f->office->settings.parent,
	    f->office->now);
	assert_true(is_sent_to_anybody(f->office, ""));
	assert_false(is_sent_to_anybody(f->office, OWN));
	/* The office is run by another than its code says. */
	memcpy(f->office->settings.parent, "990000", 7);
	expect_kept_here(f, report(f, "990000"), "");
	expect_kept_here(f, report(f, "420000"), "");
}

TEST_WITH(test_one_accused_above_is_enough_to_keep_it_here, start, finish)
{
	struct desk_office *f = *state;
	struct intake item = report_about(CHILD);

	memcpy(item.accused[1], "420000", 7);
	item.accused_count = 2;
	expect_kept_here(f,
	    json_array_get(register_items(f, &item, 1, false), 0), "000000");
}

TEST_WITH(test_what_is_kept_here_is_in_the_register_and_known_again, start,
    finish)
{
	struct desk_office *f = *state;
	struct intake item = report_about("420000");
	struct stmt *s;

	item.source = span_of_text("board");
	item.source_ref = span_of_text("7");
	assert_outcome(register_items(f, &item, 1, true), 0, "recorded");
	assert_outcome(register_items(f, &item, 1, true), 0, "already");
	s = db_prepare(views_db(f->office->views),
	    "SELECT (SELECT count(*) FROM petition),"
	    " (SELECT count(*) FROM quarantine)");
	assert_true(db_next(s));
	assert_int_equal(db_column_u64(s, 0), 1);
	assert_int_equal(db_column_u64(s, 1), 0);
	db_finish(s);
}

TEST_WITH(test_numbers_go_on_after_the_office_was_closed, start, finish)
{
	struct desk_office *f = *state;
	struct intake item = letter("一");

	(void)register_items(f, &item, 1, false);
	desk_office_open(f, &trade, OWN);
	assert_non_null(
	    strstr(text_of(json_array_get(register_items(f, &item, 1, false),
			       0),
		       "item"),
		"-000002-"));
}

/* -- directives -- */

static void
enrol(struct desk_office *f, const char *code)
{
	office_child(f->office, OWN, RECORD_CHILD_ENROLLED, code, 0);
}

/* As a batch brings it: `by` says that `code` is a child of its own. */
static void
claim(struct desk_office *f, const char *code, const char *by)
{
	office_child(f->office, by, RECORD_CHILD_ENROLLED, code,
	    f->office->now.wall_ms + DAY_MS);
}

static int
issue(struct desk_office *f, const char *kind, const char *to,
    char id[static DIRECTIVE_ID_MAX + 1])
{
	char codes[1][OFFICE_CODE_MAX + 1];
	struct command c = { .kind = COMMAND_DIRECTIVE_ISSUE };
	int exit;

	assert_int_equal(text_copy(codes[0], sizeof(codes[0]), to), RC_OK);
	assert_int_equal(text_copy(c.directive.kind, sizeof(c.directive.kind),
			     kind),
	    RC_OK);
	c.directive.to = (const char(*)[OFFICE_CODE_MAX + 1]) codes;
	c.directive.to_count = 1;
	c.directive.text = span_of_text("请于期限内反馈。");
	c.directive.due_ms = f->office->now.wall_ms + DAY_MS;
	exit = ask(f, &c);
	assert_int_equal(text_copy(id, DIRECTIVE_ID_MAX + 1,
			     text_of(f->result, "id")),
	    RC_OK);
	return exit;
}

static int
move(struct desk_office *f, const char *id, const char *addressee,
    const char *status)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE };

	assert_int_equal(text_copy(c.step.id, sizeof(c.step.id), id), RC_OK);
	assert_int_equal(text_copy(c.step.addressee, sizeof(c.step.addressee),
			     addressee),
	    RC_OK);
	assert_int_equal(text_copy(c.step.status, sizeof(c.step.status),
			     status),
	    RC_OK);
	c.step.text = span_of_text("理由。");
	c.step.due_ms = f->office->now.wall_ms + DAY_MS;
	return ask(f, &c);
}

static uint64_t
stream_size(struct desk_office *f, const char *audience)
{
	struct stream_key key = { .origin = OWN,
		.incarnation = relay_incarnation(f->office->relay) };
	const struct stream *s;

	assert_int_equal(text_copy(key.audience, sizeof(key.audience),
			     audience),
	    RC_OK);
	s = journal_find(f->office->journal, &key);
	return s != NULL ? s->tree.size : 0;
}

TEST_WITH(test_a_directive_goes_up_once_and_down_to_each_addressee, start,
    finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];
	uint64_t up;

	enrol(f, CHILD);
	enrol(f, OTHER_CHILD);
	up = stream_size(f, "");
	assert_int_equal(issue(f, "TB", "all", id), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->result, "addressees")),
	    2);
	assert_int_equal(stream_size(f, ""), up + 1);
	/* The first row of a stream opens it. */
	assert_true(stream_size(f, CHILD) > 0);
	assert_int_equal(stream_size(f, CHILD), stream_size(f, OTHER_CHILD));
}

TEST_WITH(test_a_directive_to_an_office_unknown_here_is_refused, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];

	assert_int_equal(issue(f, "DB", CHILD, id), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, CHILD));
	assert_int_equal(issue(f, "DB", "all", id), EXIT_REFUSED);
	assert_int_equal(issue(f, "XX", "all", id), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "JB CB DB GP YT TB"));
}

TEST_WITH(test_our_own_word_says_who_is_directly_below_us, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];

	enrol(f, CHILD);
	enrol(f, OTHER_CHILD);
	claim(f, OTHER_CHILD, CHILD);
	assert_int_equal(issue(f, "DB", OTHER_CHILD, id), EXIT_DONE);
	assert_int_equal(issue(f, "TB", "all", id), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->result, "addressees")),
	    2);
	/* What stands below a child of ours gets nothing from us. */
	claim(f, "420106003", CHILD);
	assert_int_equal(issue(f, "DB", "420106003", id), EXIT_REFUSED);
}

TEST_WITH(test_a_move_that_is_not_allowed_says_which_are, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];

	enrol(f, CHILD);
	assert_int_equal(issue(f, "DB", CHILD, id), EXIT_DONE);
	assert_int_equal(move(f, id, CHILD, "CLS"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "CXL"));
	assert_null(strstr(f->sentence, "RTN"));
	assert_int_equal(move(f, id, CHILD, "CXL"), EXIT_DONE);
	assert_int_equal(move(f, id, CHILD, "CXL"), EXIT_REFUSED);
}

TEST_WITH(test_only_the_addressee_signs_and_only_the_issuer_closes, start,
    finish)
{
	const struct item_number theirs = { .kind = NUMBER_DIRECTIVE,
		.office = "420000",
		.year = 2026,
		.serial = 1 };
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];

	enrol(f, CHILD);
	assert_int_equal(issue(f, "DB", CHILD, id), EXIT_DONE);
	assert_int_equal(move(f, id, CHILD, "SGN"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, CHILD));
	/* Somebody else's directive: the id says whose. */
	item_number_format(&theirs, 1, id);
	assert_int_equal(move(f, id, "", "CLS"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "420000"));
}

TEST_WITH(test_cancelling_without_an_addressee_cancels_for_all, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];

	enrol(f, CHILD);
	enrol(f, OTHER_CHILD);
	assert_int_equal(issue(f, "DB", "all", id), EXIT_DONE);
	assert_int_equal(move(f, id, "", "CLS"), EXIT_REFUSED);
	assert_int_equal(move(f, id, CHILD, "CXL"), EXIT_DONE);
	assert_int_equal(move(f, id, "", "CXL"), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->result, "addressees")),
	    1);
	assert_int_equal(move(f, id, "", "CXL"), EXIT_REFUSED);
}

/* -- the life of a directive -- */

static const struct office_trade district_trade = {
	.program = "district-node",
};

/* An office below, with a directive of OWN that has come to it. */
static void
become_addressee(struct desk_office *f, const char *kind,
    char id[static DIRECTIVE_ID_MAX + 1], int64_t due_ms)
{
	static const char to[1][OFFICE_CODE_MAX + 1] = { CHILD };
	const struct item_number n = { .kind = NUMBER_DIRECTIVE,
		.office = OWN,
		.year = 2026,
		.serial = 1 };
	const struct stream_key key = stream_of(OWN, CHILD);
	struct directive d = { .to = to,
		.to_count = 1,
		.due_ms = due_ms,
		.text = span_of_text("请查明。") };
	struct buffer payload = { 0 };

	desk_office_open(f, &district_trade, CHILD);
	item_number_format(&n, 1, id);
	memcpy(d.id, id, sizeof(d.id));
	assert_int_equal(text_copy(d.kind, sizeof(d.kind), kind), RC_OK);
	wire_directive_pack(&payload, &d);
	office_hears(f->office, &key, RECORD_DIRECTIVE_ISSUED, 1, &payload);
}

static struct command
move_of(const char *id, const char *status)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_MOVE };

	assert_int_equal(text_copy(c.step.id, sizeof(c.step.id), id), RC_OK);
	assert_int_equal(text_copy(c.step.status, sizeof(c.step.status),
			     status),
	    RC_OK);
	return c;
}

static void
assert_standing(struct desk_office *f, const char *id, const char *expected)
{
	struct stmt *s = db_prepare(views_db(f->office->views),
	    "SELECT status FROM directive_now WHERE id = ?");

	db_bind_text(s, id);
	assert_true(db_next(s));
	assert_string_equal(db_column_text(s, 0), expected);
	db_finish(s);
}

TEST_WITH(test_the_addressee_asks_for_time_and_answers, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];
	struct command c;
	int64_t day;

	become_addressee(f, "DB", id,
	    f->office->now.wall_ms + INT64_C(2) * DAY_MS);
	day = f->office->now.wall_ms + DAY_MS;
	/* Delivered by itself: the receipt is a reactor's. */
	assert_standing(f, id, "DLV");
	c = move_of(id, "EXQ");
	c.step.text = span_of_text("人手不足。");
	c.step.due_ms = day + INT64_C(2) * DAY_MS;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "SGN"), EXIT_DONE);
	c = move_of(id, "EXQ");
	c.step.due_ms = day + INT64_C(2) * DAY_MS;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "--text"));
	c.step.text = span_of_text("人手不足。");
	c.step.due_ms = day;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "not later"));
	c.step.due_ms = day + INT64_C(2) * DAY_MS;
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_standing(f, id, "EXQ");
	c = move_of(id, "ANS");
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	memcpy(c.step.verdict, "FULL", 5);
	c.step.done = span_of_text("已更换，电话13800138000。");
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "YES PART NO"));
	memcpy(c.step.verdict, "yes", 4);
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_standing(f, id, "ANS");
	assert_false(ledger_holds(f, "13800138000"));
	/* The issuer's moves are not ours. */
	assert_int_equal(move(f, id, "", "EXG"), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "CXL"), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "DLV"), EXIT_REFUSED);
}

TEST_WITH(test_a_suggestion_is_adopted_or_not, start, finish)
{
	struct desk_office *f = *state;
	char id[DIRECTIVE_ID_MAX + 1];
	struct command c;

	become_addressee(f, "POL", id, 0);
	assert_int_equal(move(f, id, "", "SGN"), EXIT_DONE);
	assert_int_equal(move(f, id, "", "ANS"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "--answer"));
	c = move_of(id, "ANS");
	c.step.text = span_of_text("拟修订。");
	memcpy(c.step.verdict, "YES", 4);
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	memcpy(c.step.verdict, "PART", 5);
	assert_int_equal(ask(f, &c), EXIT_DONE);
}

/* A file of two parts; `part` 0: none of them. */
static struct command
part_of(const uint8_t *bytes, size_t size, uint32_t part)
{
	struct command c = { .kind = COMMAND_ATTACH };
	size_t from = (size_t)(part - 1) * ATTACHMENT_PART_BYTES;

	memcpy(c.attach.name, "a.bin", 6);
	assert_int_equal(crypto_hash_sha256(c.attach.hash, bytes, size), 0);
	c.attach.size = size;
	c.attach.part = part;
	c.attach.parts = 2;
	c.attach.data = span_of(bytes + from,
	    part == 1 ? ATTACHMENT_PART_BYTES : size - from);
	return c;
}

TEST_WITH(test_an_answer_names_only_files_that_are_here_whole, start, finish)
{
	enum { SIZE = ATTACHMENT_PART_BYTES + 100 };
	struct desk_office *f = *state;
	uint8_t *bytes = memory_new(SIZE, 1);
	char id[DIRECTIVE_ID_MAX + 1];
	struct command c, answer, part;
	uint64_t end;

	become_addressee(f, "DB", id, 0);
	assert_int_equal(move(f, id, "", "SGN"), EXIT_DONE);
	memset(bytes, 'x', SIZE);
	part = part_of(bytes, SIZE, 1);
	answer = move_of(id, "ANS");
	answer.step.text = span_of_text("见附件。");
	answer.step.attachments_count = 1;
	memcpy(answer.step.attachments[0], part.attach.hash, HASH_BYTES);
	c = answer;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "not here whole"));
	assert_int_equal(ask(f, &part), EXIT_DONE);
	end = ledger_size(f);
	part = part_of(bytes, SIZE, 1);
	assert_int_equal(ask(f, &part), EXIT_DONE);
	assert_string_equal(text_of(f->result, "outcome"), "already");
	assert_int_equal(ledger_size(f), end);
	c = answer;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	/* The other part came damaged; given again it counts. */
	bytes[SIZE - 1] = 'y';
	part = part_of(bytes, SIZE, 2);
	memcpy(part.attach.hash, answer.step.attachments[0], HASH_BYTES);
	assert_int_equal(ask(f, &part), EXIT_DONE);
	c = answer;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "fingerprint"));
	bytes[SIZE - 1] = 'x';
	part = part_of(bytes, SIZE, 2);
	assert_int_equal(ask(f, &part), EXIT_DONE);
	assert_string_equal(text_of(f->result, "outcome"), "recorded");
	c = answer;
	assert_int_equal(ask(f, &c), EXIT_DONE);
	free(bytes);
}

TEST_WITH(test_a_part_that_does_not_fit_is_refused, start, finish)
{
	enum { SIZE = ATTACHMENT_PART_BYTES + 100 };
	struct desk_office *f = *state;
	uint8_t *bytes = memory_new(SIZE, 1);
	struct command c = part_of(bytes, SIZE, 1);

	c.attach.data.size--;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.size++;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.part = 1;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.part = 0;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.part = UINT32_MAX;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.parts = UINT32_MAX;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = part_of(bytes, SIZE, 2);
	c.attach.size = UINT64_MAX;
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	f->office->settings.attach_max_bytes = SIZE - 1;
	c = part_of(bytes, SIZE, 1);
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "attach_max_bytes"));
	f->office->settings.attach_max_bytes = SIZE;
	c = part_of(bytes, SIZE, 1);
	assert_int_equal(ask(f, &c), EXIT_DONE);
	free(bytes);
}

static struct command
issue_of(const char *kind, const char (*to)[OFFICE_CODE_MAX + 1],
    uint32_t count)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_ISSUE };

	assert_int_equal(text_copy(c.directive.kind, sizeof(c.directive.kind),
			     kind),
	    RC_OK);
	c.directive.to = to;
	c.directive.to_count = count;
	return c;
}

static const char to_child[1][OFFICE_CODE_MAX + 1] = { CHILD };

TEST_WITH(test_a_draft_stays_here_until_it_is_sent, start, finish)
{
	struct desk_office *f = *state;
	struct command c = issue_of("DB", to_child, 1);
	char id[DIRECTIVE_ID_MAX + 1];
	uint64_t up, down;

	enrol(f, CHILD);
	up = stream_size(f, "");
	down = stream_size(f, CHILD);
	c.directive.is_draft = true;
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_int_equal(text_copy(id, sizeof(id), text_of(f->result, "id")),
	    RC_OK);
	assert_int_equal(stream_size(f, ""), up);
	assert_int_equal(stream_size(f, CHILD), down);
	assert_standing(f, id, "DRF");
	assert_int_equal(move(f, id, "", "CLS"), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "SPD"), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "SNT"), EXIT_DONE);
	assert_standing(f, id, "SNT");
	assert_int_equal(stream_size(f, ""), up + 1);
	assert_true(stream_size(f, CHILD) > down);
	assert_int_equal(move(f, id, "", "SNT"), EXIT_REFUSED);
	/* One that is dropped has never been anywhere else. */
	c = issue_of("DB", to_child, 1);
	c.directive.is_draft = true;
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_int_equal(text_copy(id, sizeof(id), text_of(f->result, "id")),
	    RC_OK);
	up = stream_size(f, "");
	assert_int_equal(move(f, id, "", "CXL"), EXIT_DONE);
	assert_int_equal(stream_size(f, ""), up);
	assert_standing(f, id, "CXL");
	assert_int_equal(move(f, id, "", "SNT"), EXIT_REFUSED);
}

TEST_WITH(test_what_a_kind_needs_and_brings, start, finish)
{
	struct desk_office *f = *state;
	struct command c = issue_of("JB", to_child, 1);
	struct record record;
	struct directive d;

	enrol(f, CHILD);
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "--due"));
	c = issue_of("IMP", to_child, 1);
	memcpy(c.directive.ground, "G4", 3);
	assert_int_equal(ask(f, &c), EXIT_DONE);
	last_record(f, &record);
	assert_int_equal(wire_directive_unpack(record.payload, &d), RC_OK);
	assert_string_equal(d.kind, "IMP");
	assert_true(d.due_ms > f->office->now.wall_ms + 30LL * DAY_MS);
	assert_true(d.due_ms < f->office->now.wall_ms + 31LL * DAY_MS);
	/* Words of its own, with the ground in them. */
	assert_non_null(memmem(d.text.at, d.text.size, "shirked", 7));
}

TEST_WITH(test_published_words_come_before_ours, start, finish)
{
	struct desk_office *f = *state;
	struct published p = { .sort = "TEMPLATES",
		.version = "1",
		.effective_ms = 1,
		.text = span_of_text("; ours\n[template.CB]\nen = no\n"
				     "[template.DB]\n zh = 甲\n"
				     "en =  On {1}: {3}, {2}.  \r\n") };
	struct command c = issue_of("DB", to_child, 1);
	struct buffer payload = { 0 };
	struct record record;
	struct directive d;

	enrol(f, CHILD);
	wire_published_pack(&payload, &p);
	office_says(f->office, RECORD_PUBLISHED, &payload);
	memcpy(c.directive.ground, "G1", 3);
	assert_int_equal(ask(f, &c), EXIT_DONE);
	last_record(f, &record);
	assert_int_equal(wire_directive_unpack(record.payload, &d), RC_OK);
	assert_int_equal(d.text.size,
	    strlen("On the enclosed item: past the limit, (no date set)."));
	assert_memory_equal(d.text.at,
	    "On the enclosed item: past the limit, (no date set).",
	    d.text.size);
}

TEST_WITH(test_a_new_one_takes_the_place_of_an_old_one, start, finish)
{
	struct desk_office *f = *state;
	char old[DIRECTIVE_ID_MAX + 1], id[DIRECTIVE_ID_MAX + 1];
	struct command c;

	enrol(f, CHILD);
	enrol(f, OTHER_CHILD);
	assert_int_equal(issue(f, "DB", "all", old), EXIT_DONE);
	c = issue_of("GP", to_child, 1);
	memcpy(c.directive.supersedes, old, sizeof(old));
	assert_int_equal(ask(f, &c), EXIT_DONE);
	/* At this office, and not at the other one. */
	assert_int_equal(move(f, old, CHILD, "CXL"), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "superseded"));
	c = issue_of("GP", to_child, 1);
	memcpy(c.directive.supersedes, old, sizeof(old));
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_int_equal(issue(f, "GP", OTHER_CHILD, id), EXIT_DONE);
	c = move_of(old, "SPD");
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "--by"));
	memcpy(c.step.other, old, sizeof(old));
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = move_of(old, "SPD");
	memcpy(c.step.other, id, sizeof(id));
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->result, "addressees")),
	    1);
	assert_int_equal(move(f, old, "", "LPS"), EXIT_REFUSED);
	assert_int_equal(move(f, id, "", "LPS"), EXIT_DONE);
	assert_standing(f, id, "LPS");
}

/* One's own petition that reports a district. */
static void
report_office(struct desk_office *f, const char *office,
    char item[static ITEM_NUMBER_MAX + 1])
{
	const struct item_number n = { .kind = NUMBER_ITEM,
		.office = OWN,
		.year = 2026,
		.serial = 999 };
	struct petition p = { .channel = "LX",
		.purpose = "JK",
		.level = "C",
		.heads = 1,
		.responsible = OWN,
		.accused_count = 1,
		.subject = span_of_text("举报"),
		.text = span_of_text("某。") };
	struct buffer payload = { 0 };

	item_number_format(&n, 1, item);
	memcpy(p.item, item, sizeof(p.item));
	assert_int_equal(text_copy(p.accused[0], sizeof(p.accused[0]), office),
	    RC_OK);
	wire_petition_pack(&payload, &p);
	office_says(f->office, RECORD_PETITION_REGISTERED, &payload);
}

TEST_WITH(test_who_was_reported_is_told_nothing, start, finish)
{
	static const char all[1][OFFICE_CODE_MAX + 1] = { "all" };
	struct desk_office *f = *state;
	struct command c = issue_of("DB", to_child, 1);
	char item[ITEM_NUMBER_MAX + 1];

	enrol(f, CHILD);
	enrol(f, OTHER_CHILD);
	report_office(f, CHILD, item);
	memcpy(c.directive.item, item, sizeof(item));
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	assert_non_null(strstr(f->sentence, "reported"));
	c = issue_of("DB", to_child, 1);
	memcpy(c.directive.matter, item, sizeof(item));
	assert_int_equal(ask(f, &c), EXIT_REFUSED);
	c = issue_of("TB", all, 1);
	memcpy(c.directive.item, item, sizeof(item));
	assert_int_equal(ask(f, &c), EXIT_DONE);
	assert_int_equal(json_array_size(
			     json_object_get(f->result, "addressees")),
	    1);
	assert_string_equal(json_string_value(
				json_array_get(json_object_get(f->result,
						   "addressees"),
				    0)),
	    OTHER_CHILD);
}
