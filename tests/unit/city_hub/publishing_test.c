/* Goal: what a hub publishes reaches each child once and whole, whenever it
 * came, and goes on down as the hub's own. */
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/views.h"
#include "supervise/publishing.h"

#include "hub.h"
#include "support/desk.h"
#include "support/turn.h"
#include "support/unit.h"

#define OWN    "420100"
#define PARENT "420000"

enum { CHILDREN = 9, FILES = 8 };

static int
start(void **state)
{
	struct desk_office *f = desk_office_new(&hub_trade, OWN);

	f->role = "administrator";
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	desk_office_free(*state);
	return 0;
}

static void
child_record(struct desk_office *f, uint32_t kind, const char *office)
{
	office_child(f->office, OWN, kind, office, 0);
}

static const char *
child_at(unsigned i)
{
	static char code[CHILDREN + 1][OFFICE_CODE_MAX + 1];

	assert_int_equal(text_format(code[i % CHILDREN], sizeof(code[0]),
			     "42010%u", 1 + i % CHILDREN),
	    RC_OK);
	return code[i % CHILDREN];
}

static void
rules_text(unsigned version, unsigned days, char out[static 1000])
{
	assert_int_equal(
	    text_format(out, 1000,
		"[rules]\nname = t\nversion = %u\neffective = 2020-01-01\n"
		"utc_offset = +08:00\nrest_day_end = keep\n"
		"[limit.handle]\ntitle_zh = 办\ntitle_en = h\narticle = a\n"
		"start = register\nstop = reply\nlimit = %u\nunit = day\n"
		"holder = recorder\n"
		"[ladder]\nremind_before = 5\nCB = 1\nDB = 10\nGP = 30\n"
		"unit = day\nsuggestion_days = 30\n",
		version, days),
	    RC_OK);
}

static int
publish(struct desk_office *f, unsigned version, unsigned days)
{
	struct command c = { .kind = COMMAND_PUBLISH };
	char text[1000];

	rules_text(version, days, text);
	c.publish.text = span_of_text(text);
	return ask(f, &c);
}

/* What the office above published for us. */
static void
hear_parent(struct desk_office *f, unsigned version, unsigned days)
{
	const struct stream_key key = stream_of(PARENT, OWN);
	struct published p = { .sort = "RULES", .effective_ms = 1577808000000 };
	struct buffer payload = { 0 };
	char text[1000];

	rules_text(version, days, text);
	assert_int_equal(text_format(p.version, sizeof(p.version), "t %u",
			     version),
	    RC_OK);
	p.text = span_of_text(text);
	wire_published_pack(&payload, &p);
	office_hears(f->office, &key, RECORD_PUBLISHED, 1577808000000,
	    &payload);
}

/* Copies for this audience ("": for above). */
static int64_t
copies(struct desk_office *f, const char *audience)
{
	struct stmt *s = db_prepare(views_db(f->office->views),
	    "SELECT count(*) FROM published WHERE origin = '" OWN "'"
	    " AND audience = ?");
	int64_t count;

	db_bind_text(s, audience);
	assert_true(db_next(s));
	count = db_column_i64(s, 0);
	db_finish(s);
	return count;
}

TEST_WITH(test_a_version_is_published_once, start, finish)
{
	struct desk_office *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(text_of(f->result, "outcome"), "published");
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(text_of(f->result, "outcome"), "already");
	turns_until_idle(f->office);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
}

TEST_WITH(test_a_version_is_one_text, start, finish)
{
	struct desk_office *f = *state;

	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_int_equal(publish(f, 1, 30), EXIT_REFUSED);
	assert_true(f->sentence[0] != '\0');
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(publish(f, 2, 30), EXIT_DONE);
	assert_int_equal(copies(f, ""), 2);
}

TEST_WITH(test_a_late_child_gets_all_of_it_in_order, start, finish)
{
	struct desk_office *f = *state;
	struct stmt *s;

	for (unsigned i = 1; i <= FILES; i++)
		assert_int_equal(publish(f, i, 10 + i), EXIT_DONE);
	turns_until_idle(f->office);
	child_record(f, RECORD_CHILD_ENROLLED, child_at(3));
	turns_until_idle(f->office);
	s = db_prepare(views_db(f->office->views),
	    "SELECT version FROM published"
	    " WHERE audience <> '' ORDER BY position");
	for (unsigned i = 1; i <= FILES; i++) {
		char version[24];

		assert_int_equal(text_format(version, sizeof(version), "t %u",
				     i),
		    RC_OK);
		assert_true(db_next(s));
		assert_string_equal(db_column_text(s, 0), version);
	}
	assert_false(db_next(s));
	db_finish(s);
}

TEST_WITH(test_a_revoked_child_gets_nothing_more, start, finish)
{
	struct desk_office *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	turns_until_idle(f->office);
	child_record(f, RECORD_CHILD_REVOKED, child_at(0));
	assert_int_equal(publish(f, 2, 20), EXIT_DONE);
	turns_until_idle(f->office);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* Until it is back. */
	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	turns_until_idle(f->office);
	assert_int_equal(copies(f, child_at(0)), 2);
}

TEST_WITH(test_what_the_parent_publishes_goes_on_down, start, finish)
{
	struct desk_office *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	hear_parent(f, 1, 20);
	turns_until_idle(f->office);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* It says it again: we have it. */
	hear_parent(f, 1, 20);
	turns_until_idle(f->office);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* And published by hand it is there already. */
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(text_of(f->result, "outcome"), "already");
}

TEST_WITH(test_many_copies_take_several_turns_and_outlive_a_restart, start,
    finish)
{
	struct desk_office *f = *state;
	uint64_t before, after;
	int turns = 1;

	for (unsigned i = 0; i < CHILDREN; i++)
		child_record(f, RECORD_CHILD_ENROLLED, child_at(i));
	turns_until_idle(f->office); /* they get their secrets */
	for (unsigned i = 1; i <= FILES; i++)
		hear_parent(f, i, 10 + i);
	before = ledger_size(f);
	assert_true(turn_idle(f->office, INT64_MAX));
	after = ledger_size(f);
	assert_in_range(after - before, 1, PUBLISHING_PER_TURN_MAX);
	desk_office_open(f, &hub_trade, OWN);
	while (turn_idle(f->office, INT64_MAX)) {
		assert_in_range(ledger_size(f) - after, 1,
		    PUBLISHING_PER_TURN_MAX);
		after = ledger_size(f);
		turns++;
	}
	assert_true(turns >= FILES * (CHILDREN + 1) / PUBLISHING_PER_TURN_MAX);
	assert_int_equal(copies(f, ""), FILES);
	for (unsigned i = 0; i < CHILDREN; i++)
		assert_int_equal(copies(f, child_at(i)), FILES);
	assert_int_equal(ledger_size(f) - before, FILES * (CHILDREN + 1));
}
