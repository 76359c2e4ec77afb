/* rules - the limits as data: what a file says, and what is refused. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "law/limits/rules.h"

#include "support/unit.h"

#define HEAD                                                                   \
	"[rules]\nname = t\nversion = 1\neffective = 2024-01-01\n"             \
	"utc_offset = +08:00\nrest_day_end = keep\n"
#define LIMIT_HEAD "[limit.a]\ntitle_zh = 甲\ntitle_en = a\narticle = x\n"
#define LIMIT                                                                  \
	LIMIT_HEAD "start = register\nstop = reply\nholder = taker\n"          \
		   "limit = 3\nunit = day\n"

static const struct rules_subject nothing = { NULL, NULL, NULL, NULL };

static int64_t
moment(int year, int month, int day, int hour)
{
	return calendar_day(year, month, day) * INT64_C(86400000) +
	       (hour - 8) * INT64_C(3600000);
}

/* The day in China on which a limit of the default set ends. */
static int64_t
due_day(const char *name, int64_t start_ms, unsigned extra)
{
	const struct rules *r = rules_default();
	bool is_provisional = false;
	int64_t due_ms = rules_due(r, rules_limit_named(r, name),
	    calendar_default(), start_ms, extra, &is_provisional);
	int64_t day = calendar_day_of(due_ms, rules_offset_min(r));

	assert_int_equal(due_ms, calendar_end_of(day, rules_offset_min(r)));
	return day;
}

TEST(test_the_default_set_has_every_limit_of_the_law)
{
	static const struct {
		const char *name, *article;
		unsigned amount;
		enum rules_unit unit;
		enum rules_holder holder;
	} wanted[] = {
		{ "register", "R22 Art 22", 15, RULES_DAY,
		    RULES_HELD_BY_RECORDER },
		{ "notice_direct", "R22 Art 23", 15, RULES_DAY,
		    RULES_HELD_BY_RECORDER },
		{ "notice", "R22 Art 23", 15, RULES_DAY, RULES_HELD_BY_TAKER },
		{ "objection", "R22 Art 23", 5, RULES_WORKING_DAY,
		    RULES_HELD_BY_NOBODY },
		{ "handle", "R22 Art 34", 60, RULES_DAY, RULES_HELD_BY_TAKER },
		{ "ask_review", "R22 Art 35", 30, RULES_DAY,
		    RULES_HELD_BY_PETITIONER },
		{ "review", "R22 Art 35", 30, RULES_DAY, RULES_HELD_BY_ABOVE },
		{ "ask_final", "R22 Art 36", 30, RULES_DAY,
		    RULES_HELD_BY_PETITIONER },
		{ "final", "R22 Art 36", 30, RULES_DAY, RULES_HELD_BY_ABOVE },
		{ "simple_register", "国信办发〔2022〕17号", 1,
		    RULES_WORKING_DAY, RULES_HELD_BY_RECORDER },
		{ "simple_notice", "国信办发〔2022〕17号", 3, RULES_WORKING_DAY,
		    RULES_HELD_BY_TAKER },
		{ "simple_handle", "国信办发〔2022〕17号", 10,
		    RULES_WORKING_DAY, RULES_HELD_BY_TAKER },
	};
	const struct rules *r = rules_default();

	(void)state;
	assert_string_equal(rules_version(r), "cn 2022.1");
	assert_int_equal(rules_offset_min(r), 480);
	assert_int_equal(rules_effective_ms(r), moment(2022, 5, 1, 0));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const struct rules_limit *l =
		    rules_limit_named(r, wanted[i].name);

		assert_non_null(l);
		assert_string_equal(l->article, wanted[i].article);
		assert_int_equal(l->amount, wanted[i].amount);
		assert_int_equal(l->unit, wanted[i].unit);
		assert_int_equal(l->holder, wanted[i].holder);
	}
	assert_true(rules_limit_named(r, "feedback")->is_set);
	assert_true(rules_limit_named(r, "final")->skips_hearings);
	assert_int_equal(rules_limit_named(r, "handle")->extension, 30);
	assert_int_equal(rules_ladder(r)->suggestion_days, 30);
	assert_int_equal(rules_ladder(r)->supervise, 10);
	assert_int_equal(rules_ladder(r)->unit, RULES_WORKING_DAY);
	assert_null(rules_limit_named(r, "nothing"));
}

TEST(test_the_first_day_is_not_counted_and_rest_days_move_the_end)
{
	(void)state;
	/* Received on a Monday at any hour: 16 January is a Tuesday. */
	assert_int_equal(due_day("register", moment(2024, 1, 1, 0), 0),
	    calendar_day(2024, 1, 16));
	assert_int_equal(due_day("register", moment(2024, 1, 1, 23), 0),
	    calendar_day(2024, 1, 16));
	/* 2024-01-26 + 15 = 10 February, in Spring festival: the 18th. */
	assert_int_equal(due_day("register", moment(2024, 1, 26, 9), 0),
	    calendar_day(2024, 2, 18));
	/* Five working days from 2 February, a Friday; Sunday the 4th works. */
	assert_int_equal(due_day("objection", moment(2024, 2, 2, 9), 0),
	    calendar_day(2024, 2, 8));
	/* 60 days, and 30 more: the end moves only once, at the very end. */
	assert_int_equal(due_day("handle", moment(2024, 3, 1, 9), 0),
	    calendar_day(2024, 4, 30));
	assert_int_equal(due_day("handle", moment(2024, 3, 1, 9), 30),
	    calendar_day(2024, 5, 30));
}

TEST(test_the_simple_procedure_replaces_the_normal_limits)
{
	static const struct {
		const char *name;
		bool plain, simple, urgent, suggestion;
	} wanted[] = {
		{ "register", true, false, true, true },
		{ "notice", true, false, true, true },
		{ "handle", true, false, true, false },
		{ "simple_register", false, true, false, false },
		{ "simple_handle", false, true, false, false },
		{ "urgent", false, false, true, false },
		{ "review", true, true, true, true },
	};
	const struct rules *r = rules_default();
	const struct rules_subject simple = { .procedure = "S" };
	const struct rules_subject urgent = { "LF", "QJ", "C6", "U" };
	const struct rules_subject suggestion = { "LX", "JY", "A", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		const struct rules_limit *l =
		    rules_limit_named(r, wanted[i].name);

		assert_int_equal(rules_apply(r, l, &nothing), wanted[i].plain);
		assert_int_equal(rules_apply(r, l, &simple), wanted[i].simple);
		assert_int_equal(rules_apply(r, l, &urgent), wanted[i].urgent);
		assert_int_equal(rules_apply(r, l, &suggestion),
		    wanted[i].suggestion);
	}
}

static struct rules *
read_rules(const char *text)
{
	struct law_fault fault;
	struct rules *r;

	if (rules_parse(span_of_text(text), &r, &fault) != RC_OK)
		fail_msg("line %u: %s", fault.line, fault.text);
	return r;
}

TEST(test_every_shipped_file_is_good)
{
	static const char *const names[] = { "cn", "cpgrams", "beijing-12345" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct buffer text = { .limit = RULES_BYTES_MAX };
		char path[FILE_PATH_MAX];
		struct law_fault fault;
		struct rules *r;

		(void)snprintf(path, sizeof(path), "%s/data/rules/%s.ini",
		    getenv("SRC"), names[i]); /* NOLINT: one thread */
		assert_int_equal(file_read(path, &text), RC_OK);
		if (rules_parse(buffer_span(&text), &r, &fault) != RC_OK)
			fail_msg("%s:%u: %s", path, fault.line, fault.text);
		rules_free(r);
		buffer_clear(&text);
	}
}

TEST(test_hours_run_through_the_night)
{
	struct rules *r = read_rules(
	    "[rules]\nname = t\nversion = 1\n"
	    "effective = 2024-01-01\nutc_offset = -05:30\n"
	    "rest_day_end = next-working-day\n" LIMIT_HEAD
	    "start = register\nstop = reply\nholder = taker\nlimit = 2\n"
	    "unit = hour\n");
	bool is_provisional = false;

	(void)state;
	assert_int_equal(rules_offset_min(r), -330);
	assert_int_equal(rules_due(r, rules_at(r, 0), calendar_default(), 1000,
			     1, &is_provisional),
	    1000 + 26 * 3600000);
	assert_false(is_provisional);
	rules_free(r);
}

static void
expect_fault(const char *text, unsigned line, const char *piece)
{
	struct law_fault fault;
	struct rules *r;

	assert_int_equal(rules_parse(span_of_text(text), &r, &fault),
	    RC_MALFORMED);
	assert_null(r);
	if (strstr(fault.text, piece) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", piece, fault.text);
	assert_int_equal(fault.line, line);
}

TEST(test_a_bad_head_is_refused_with_its_line)
{
	(void)state;
	expect_fault("", 0, "needs name");
	expect_fault(HEAD, 0, "no [limit");
	expect_fault(LIMIT, 0, "[rules] needs name");
	expect_fault("[rules]\nname = a/b\n", 2, "letters");
	expect_fault("[rules]\nname = a\nname = b\n", 3, "twice");
	expect_fault("[rules]\neffective = 2024-02-30\n", 2, "a day like");
	expect_fault("[rules]\nutc_offset = 8\n", 2, "a zone");
	expect_fault("[rules]\nutc_offset = +08:60\n", 2, "a zone");
	expect_fault("[rules]\nutc_offset = +15:00\n", 2, "14 hours");
	expect_fault("[rules]\nrest_day_end = maybe\n", 2, "next-working-day");
	expect_fault("[rules]\ncolour = red\n", 2, "has no colour");
	expect_fault("[other]\ncolour = red\n", 2, "no section");
	expect_fault(HEAD LIMIT "[ladder]\nCB = 5\nDB = 2\nunit = day\n", 0,
	    "DB is not before CB");
	expect_fault(HEAD LIMIT "[ladder]\nCB = -1\n", 17, "a number");
}

TEST(test_a_bad_limit_is_refused_with_its_line)
{
	static char many[RULES_BYTES_MAX];
	size_t size;

	(void)state;
	expect_fault(HEAD "[limit.]\narticle = x\n", 8, "name has");
	expect_fault(HEAD "[limit.a234567890123456789012345]\narticle = x\n", 8,
	    "name has");
	expect_fault(HEAD LIMIT LIMIT, 17, "twice");
	expect_fault(HEAD LIMIT_HEAD "start = register\n", 8, "needs stop");
	expect_fault(HEAD LIMIT_HEAD "start = rgister\n", 11, "not a move");
	expect_fault(HEAD LIMIT_HEAD "start = \n", 11, "words of moves");
	expect_fault(HEAD LIMIT_HEAD "title_en = b\n", 11, "twice");
	expect_fault(HEAD LIMIT_HEAD "limit = 4000\n", 11, "0 to 3650");
	expect_fault(HEAD LIMIT_HEAD "limit = 1.5\n", 11, "0 to 3650");
	expect_fault(HEAD LIMIT_HEAD "unit = week\n", 11, "working-day");
	expect_fault(HEAD LIMIT_HEAD "holder = me\n", 11, "recorder");
	expect_fault(HEAD LIMIT_HEAD "skips = weekends\n", 11, "hearing");
	expect_fault(HEAD LIMIT_HEAD "start = register\nstop = reply\n"
				     "holder = taker\nlimit = 3\n",
	    8, "limit and unit");
	expect_fault(HEAD LIMIT_HEAD "start = register\nstop = reply\n"
				     "holder = taker\n",
	    8, "set_by_move");
	expect_fault(HEAD LIMIT "ends = reply\n", 8, "stop and ends");
	expect_fault(HEAD LIMIT "extended_by = extend\n", 8, "together");
	expect_fault(HEAD LIMIT "when = \n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = :A\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:!\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:A|\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:A colour:B\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:ABCDEFGHI\n", 16, "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:1|2|3|4|5|6|7|8|9|a|b|c|d\n", 16,
	    "FIELD:CODE");
	expect_fault(HEAD LIMIT "when = class:A class:A class:A class:A "
				"class:A class:A class:A class:A class:A\n",
	    16, "FIELD:CODE");
	size = (size_t)snprintf(many, sizeof(many), "%s", HEAD);
	for (int i = 0; i <= RULES_LIMITS_MAX; i++) {
		size += (size_t)snprintf(many + size, sizeof(many) - size,
		    "[limit.%d]\n%s", i, strchr(LIMIT, '\n') + 1);
	}
	expect_fault(many, 7 + 9 * RULES_LIMITS_MAX + 1, "more than 24");
}

TEST(test_conditions_all_hold_and_codes_are_alternatives)
{
	struct rules *r =
	    read_rules(HEAD LIMIT "when = channel:LF|LX purpose:!JK\n");
	const struct rules_limit *l = rules_at(r, 0);

	(void)state;
	assert_true(
	    rules_apply(r, l, &(struct rules_subject){ "LX", "QJ", "", "" }));
	assert_true(
	    rules_apply(r, l, &(struct rules_subject){ "LF", "", "", "" }));
	assert_false(
	    rules_apply(r, l, &(struct rules_subject){ "LX", "JK", "", "" }));
	assert_false(
	    rules_apply(r, l, &(struct rules_subject){ "WX", "QJ", "", "" }));
	assert_false(rules_apply(r, l, &nothing));
	rules_free(r);
}

TEST(test_ends_are_moves_or_the_taking_over)
{
	static const struct {
		const char *text;
		uint64_t ends;
		bool is_taken_over;
	} wanted[] = {
		{ "ends = taken-over\n", 0, true },
		{ "ends = taken-over  object\n", UINT64_C(1) << MOVE_OBJECT,
		    true },
		{ "ends = object\n", UINT64_C(1) << MOVE_OBJECT, false },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char text[600];
		struct rules *r;

		(void)snprintf(text, sizeof(text), "%s%s", HEAD LIMIT,
		    wanted[i].text);
		r = read_rules(text);
		assert_true(rules_at(r, 0)->ends == wanted[i].ends);
		assert_int_equal(rules_at(r, 0)->ends_taken_over,
		    wanted[i].is_taken_over);
		rules_free(r);
	}
	expect_fault(HEAD LIMIT "ends = taken-overs\n", 16, "not a move");
	expect_fault(HEAD LIMIT "ends = object taken-over\n", 16, "not a move");
	expect_fault(HEAD LIMIT "ends = \n", 16, "words of moves");
}
