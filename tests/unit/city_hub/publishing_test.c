/* Goal: what a hub publishes reaches each child once and whole, whenever it
 * came, and goes on down as the hub's own. */
#include <jansson.h>

#include "base/text.h"
#include "contract/command.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "desk/desk.h"
#include "desk/reply.h"
#include "mech/db.h"
#include "mech/merkle.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay_internal.h"
#include "supervise/publishing.h"

#include "hub.h"
#include "support/office_dir.h"

#define OWN    "420100"
#define PARENT "420000"

enum { CHILDREN = 9, FILES = 8, TURNS_MAX = 50 };

struct fixture {
	void *dir;
	struct office *o;
	char sentence[SAY_TEXT_MAX];
	char outcome[32];
};

static void
begin(struct fixture *f)
{
	office_tick(f->o);
	journal_begin(f->o->journal);
	views_begin(f->o->views);
}

static void
commit(struct fixture *f)
{
	relay_commit(f->o->relay, f->o->now);
	views_commit(f->o->views);
	f->o->trade->settle(f->o->trade_state);
}

/* One turn: is more left? */
static bool
turn(struct fixture *f)
{
	bool is_more;

	begin(f);
	is_more = f->o->trade->tick(f->o->trade_state, INT64_MAX);
	commit(f);
	return is_more;
}

static void
settle(struct fixture *f)
{
	int turns = 0;

	while (turn(f))
		assert_true(++turns < TURNS_MAX);
}

static void
open_office(struct fixture *f)
{
	f->o =
	    office_dir_office(f->dir, &hub_trade, OWN, "tcp://127.0.0.1:17995");
}

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	assert_int_equal(office_dir_make(&f->dir), 0);
	open_office(f);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	office_close(f->o);
	assert_int_equal(office_dir_remove(&f->dir), 0);
	free(f);
	wire_release();
	return 0;
}

static void
child_record(struct fixture *f, uint32_t kind, const char *office)
{
	struct buffer payload = { 0 };
	struct child c = { .name = "x", .parent = OWN };

	memset(c.public_key, office[5], KEY_BYTES);
	assert_int_equal(text_copy(c.office, sizeof(c.office), office), RC_OK);
	wire_child_pack(&payload, &c);
	begin(f);
	assert_int_equal(office_record(f->o, "", kind, buffer_span(&payload),
			     "", ""),
	    RC_OK);
	commit(f);
	buffer_clear(&payload);
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
publish(struct fixture *f, unsigned version, unsigned days)
{
	struct command c = { .kind = COMMAND_PUBLISH,
		.language = "en",
		.actor_role = "administrator",
		.actor = "li" };
	struct reply_writer w;
	char text[1000];
	const char *outcome;
	int exit;

	rules_text(version, days, text);
	c.publish.text = span_of_text(text);
	reply_init(&w, c.language);
	begin(f);
	desk_handle(f->o, &c, &w);
	commit(f);
	memcpy(f->sentence, w.sentence, sizeof(f->sentence));
	outcome = json_string_value(json_object_get(w.result, "outcome"));
	assert_int_equal(text_copy(f->outcome, sizeof(f->outcome),
			     outcome != NULL ? outcome : ""),
	    RC_OK);
	exit = (int)w.exit;
	reply_clear(&w);
	return exit;
}

/* What the office above published for us. */
static void
hear_parent(struct fixture *f, unsigned version, unsigned days)
{
	struct stream_key key = { .origin = PARENT,
		.incarnation = 7,
		.audience = OWN };
	struct published p = { .sort = "RULES", .effective_ms = 1577808000000 };
	struct record r = { .schema = 1,
		.kind = RECORD_PUBLISHED,
		.recorded_ms = 1577808000000 };
	struct buffer payload = { 0 }, bytes = { 0 };
	uint8_t leaf[HASH_BYTES];
	struct stream *s;
	char text[1000];

	rules_text(version, days, text);
	assert_int_equal(text_format(p.version, sizeof(p.version), "t %u",
			     version),
	    RC_OK);
	p.text = span_of_text(text);
	wire_published_pack(&payload, &p);
	begin(f);
	assert_int_equal(journal_open_stream(f->o->journal, &key, &s), RC_OK);
	r.key = key;
	r.sequence = s->tree.size + 1;
	r.payload = buffer_span(&payload);
	wire_record_pack(&bytes, &r);
	merkle_leaf(buffer_span(&bytes), leaf);
	(void)relay_append(f->o->relay, s, buffer_span(&bytes), &r, leaf,
	    f->o->now);
	commit(f);
	buffer_clear(&payload);
	buffer_clear(&bytes);
}

/* Copies for this audience ("": for above). */
static int64_t
copies(struct fixture *f, const char *audience)
{
	struct stmt *s = db_prepare(views_db(f->o->views),
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
	struct fixture *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(f->outcome, "published");
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(f->outcome, "already");
	settle(f);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
}

TEST_WITH(test_a_version_is_one_text, start, finish)
{
	struct fixture *f = *state;

	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_int_equal(publish(f, 1, 30), EXIT_REFUSED);
	assert_true(f->sentence[0] != '\0');
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(publish(f, 2, 30), EXIT_DONE);
	assert_int_equal(copies(f, ""), 2);
}

TEST_WITH(test_a_late_child_gets_all_of_it_in_order, start, finish)
{
	struct fixture *f = *state;
	struct stmt *s;

	for (unsigned i = 1; i <= FILES; i++)
		assert_int_equal(publish(f, i, 10 + i), EXIT_DONE);
	settle(f);
	child_record(f, RECORD_CHILD_ENROLLED, child_at(3));
	settle(f);
	s = db_prepare(views_db(f->o->views),
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
	struct fixture *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	settle(f);
	child_record(f, RECORD_CHILD_REVOKED, child_at(0));
	assert_int_equal(publish(f, 2, 20), EXIT_DONE);
	settle(f);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* Until it is back. */
	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	settle(f);
	assert_int_equal(copies(f, child_at(0)), 2);
}

TEST_WITH(test_what_the_parent_publishes_goes_on_down, start, finish)
{
	struct fixture *f = *state;

	child_record(f, RECORD_CHILD_ENROLLED, child_at(0));
	hear_parent(f, 1, 20);
	settle(f);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* It says it again: we have it. */
	hear_parent(f, 1, 20);
	settle(f);
	assert_int_equal(copies(f, ""), 1);
	assert_int_equal(copies(f, child_at(0)), 1);
	/* And published by hand it is there already. */
	assert_int_equal(publish(f, 1, 20), EXIT_DONE);
	assert_string_equal(f->outcome, "already");
}

TEST_WITH(test_many_copies_take_several_turns_and_outlive_a_restart, start,
    finish)
{
	struct fixture *f = *state;
	uint64_t before, after;
	int turns = 1;

	for (unsigned i = 0; i < CHILDREN; i++)
		child_record(f, RECORD_CHILD_ENROLLED, child_at(i));
	settle(f); /* they get their secrets */
	for (unsigned i = 1; i <= FILES; i++)
		hear_parent(f, i, 10 + i);
	before = journal_end(f->o->journal);
	assert_true(turn(f));
	after = journal_end(f->o->journal);
	assert_in_range(after - before, 1, PUBLISHING_PER_TURN_MAX);
	office_close(f->o);
	open_office(f);
	while (turn(f)) {
		assert_in_range(journal_end(f->o->journal) - after, 1,
		    PUBLISHING_PER_TURN_MAX);
		after = journal_end(f->o->journal);
		turns++;
	}
	assert_true(turns >= FILES * (CHILDREN + 1) / PUBLISHING_PER_TURN_MAX);
	assert_int_equal(copies(f, ""), FILES);
	for (unsigned i = 0; i < CHILDREN; i++)
		assert_int_equal(copies(f, child_at(i)), FILES);
	assert_int_equal(journal_end(f->o->journal) - before,
	    FILES * (CHILDREN + 1));
}
