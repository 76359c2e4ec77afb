/* Whose word about an item is heard, and what hostile links come to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "law/offices/involved.h"
#include "mech/db.h"
#include "mech/merkle.h"
#include "petition/item_number.h"
#include "register/views.h"

#include "support/unit.h"

#define PROVINCE "420000"
#define CITY     "420100"
#define DISTRICT "420106"
#define SIBLING  "420107"
#define TOWN     "420107003"

enum { START_MS = 1000000000, STREAMS = 16, ITEMS = 12, WORDS = 400 };

struct fixture {
	struct views *views;
	struct stream streams[STREAMS];
	uint32_t streams_count;
	uint64_t position;
};

static void
hush(enum log_level level, const char *line)
{
	if (level == LOG_LEVEL_FATAL)
		(void)fprintf(stderr, "%s\n", line);
}

static int
start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	log_set_sink(hush);
	assert_int_equal(views_open_file(":memory:", true, &f->views), RC_OK);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	views_close(f->views);
	free(f);
	wire_release();
	log_set_sink(NULL);
	return 0;
}

static struct stream *
stream_of(struct fixture *f, const char *origin)
{
	struct stream *s;

	for (uint32_t i = 0; i < f->streams_count; i++) {
		if (strcmp(f->streams[i].key.origin, origin) == 0)
			return &f->streams[i];
	}
	assert_true(f->streams_count < STREAMS);
	s = &f->streams[f->streams_count++];
	s->id = f->streams_count;
	s->key.incarnation = 1;
	assert_int_equal(text_copy(s->key.origin, sizeof(s->key.origin),
			     origin),
	    RC_OK);
	return s;
}

/* `at_ms`: when it says that it was recorded; 0: in the order of arrival. */
static void
fold(struct fixture *f, const char *origin, uint32_t kind,
    struct buffer *payload, int64_t at_ms)
{
	struct stream *s = stream_of(f, origin);
	struct buffer bytes = { 0 };
	uint8_t leaf[HASH_BYTES];
	struct record record = { .key = s->key,
		.sequence = ++s->tree.size,
		.schema = RECORD_SCHEMA,
		.kind = kind,
		.actor_role = "clerk",
		.actor = "wang",
		.payload = buffer_span(payload) };
	struct record read;

	f->position++;
	record.recorded_ms =
	    at_ms != 0 ? at_ms : START_MS + (int64_t)f->position * 1000;
	record.claimed_ms = record.recorded_ms;
	wire_record_pack(&bytes, &record);
	merkle_leaf(buffer_span(&bytes), leaf);
	assert_int_equal(wire_record_unpack(buffer_span(&bytes), &read), RC_OK);
	views_begin(f->views);
	views_apply(f->views, &(struct relay_entry){ .position = f->position,
				  .received_ms = START_MS,
				  .stream = s,
				  .record = &read,
				  .bytes = buffer_span(&bytes),
				  .leaf = leaf });
	views_commit(f->views);
	buffer_clear(&bytes);
	buffer_clear(payload);
}

static void
open_office(struct fixture *f, const char *office)
{
	struct buffer payload = { 0 };
	struct office_opened o = { .name = "x" };

	memcpy(o.office, office, strlen(office) + 1);
	wire_office_opened_pack(&payload, &o);
	fold(f, office, RECORD_OFFICE_OPENED, &payload, 0);
}

static void
enrol(struct fixture *f, const char *office, const char *parent)
{
	struct buffer payload = { 0 };
	struct child c = { .name = "x" };

	memcpy(c.office, office, strlen(office) + 1);
	memcpy(c.parent, parent, strlen(parent) + 1);
	wire_child_pack(&payload, &c);
	fold(f, parent, RECORD_CHILD_ENROLLED, &payload, 0);
}

static void
number(char out[static ITEM_NUMBER_MAX + 1], enum number_kind kind,
    const char *office, uint32_t serial)
{
	struct item_number n = { .kind = kind,
		.year = 2026,
		.serial = serial + 1 };

	memcpy(n.office, office, strlen(office) + 1);
	item_number_format(&n, 1, out);
}

static void
take_in(struct fixture *f, const char *office, uint32_t serial,
    const char *accused)
{
	struct buffer payload = { 0 };
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.level = "D",
		.heads = 1,
		.subject = span_of_text("x"),
		.text = span_of_text("y") };

	number(p.item, NUMBER_ITEM, office, serial);
	if (accused[0] != '\0') {
		memcpy(p.accused[0], accused, strlen(accused) + 1);
		p.accused_count = 1;
	}
	wire_petition_pack(&payload, &p);
	fold(f, office, RECORD_PETITION_REGISTERED, &payload, 0);
}

static void
move(struct fixture *f, const char *by, const char *item, const char *code,
    const char *to, int64_t at_ms)
{
	struct buffer payload = { 0 };
	struct moved m = { .text = span_of_text("z"), .opinion = "SUP" };

	assert_int_equal(text_copy(m.item, sizeof(m.item), item), RC_OK);
	assert_int_equal(text_copy(m.move, sizeof(m.move), code), RC_OK);
	assert_int_equal(text_copy(m.to, sizeof(m.to), to), RC_OK);
	wire_moved_pack(&payload, &m);
	fold(f, by, RECORD_PETITION_MOVED, &payload, at_ms);
}

static void
say_link(struct fixture *f, const char *by, const char *verdict, uint32_t item,
    uint32_t matter)
{
	struct buffer payload = { 0 };
	struct matter_linked l = { .score = 1 };

	number(l.item, NUMBER_ITEM, DISTRICT, item);
	number(l.matter, NUMBER_ITEM, DISTRICT, matter);
	assert_int_equal(text_copy(l.verdict, sizeof(l.verdict), verdict),
	    RC_OK);
	wire_matter_linked_pack(&payload, &l);
	fold(f, by, RECORD_MATTER_LINKED, &payload, 0);
}

static int64_t
ask(struct fixture *f, const char *sql)
{
	struct stmt *s = db_prepare(views_db(f->views), sql);
	int64_t value;

	assert_true(db_next(s));
	value = db_column_i64(s, 0);
	db_finish(s);
	return value;
}

static struct views_case *
read_case(struct fixture *f, const char *item)
{
	struct views_case *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	views_begin(f->views);
	assert_true(views_read_case(f->views, item, c));
	views_commit(f->views);
	return c;
}

static enum life_state
state_of(struct fixture *f, const char *item)
{
	struct views_case *c = read_case(f, item);
	enum life_state state = c->life.state;

	free(c);
	return state;
}

/* A city with two districts. */
static void
make_city(struct fixture *f)
{
	open_office(f, CITY);
	enrol(f, DISTRICT, CITY);
	enrol(f, SIBLING, CITY);
}

TEST_WITH(test_a_stranger_neither_moves_an_item_nor_is_involved_in_it, start,
    finish)
{
	struct fixture *f = *state;
	struct involved in;
	char item[ITEM_NUMBER_MAX + 1];
	struct views_case *c;

	make_city(f);
	take_in(f, DISTRICT, 1, "");
	number(item, NUMBER_ITEM, DISTRICT, 1);
	move(f, SIBLING, item, "FWD", SIBLING, 0);
	move(f, SIBLING, item, "NOT", "", 0);
	move(f, DISTRICT, item, "ACC", "", 0);
	move(f, DISTRICT, item, "RPL", "", 0);
	move(f, SIBLING, item, "RVW", "", 0);
	c = read_case(f, item);
	assert_int_equal(c->events_count, 3);
	assert_int_equal(c->life.state, LIFE_RPL);
	free(c);
	views_involved(f->views, item, &in);
	assert_int_equal(in.count, 1);
	assert_true(involved_counts(&in, views_tree(f->views), CITY));
	assert_true(involved_counts(&in, views_tree(f->views), PROVINCE));
	assert_false(involved_counts(&in, views_tree(f->views), SIBLING));
	/* The city is above it. */
	move(f, CITY, item, "RVW", "", 0);
	move(f, CITY, item, "RVD", "", 0);
	assert_int_equal(state_of(f, item), LIFE_RVD);
}

TEST_WITH(test_an_office_it_was_sent_to_is_heard_whenever_that_is_known, start,
    finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, CITY, 1, "");
	number(item, NUMBER_ITEM, CITY, 1);
	move(f, SIBLING, item, "ACC", "", START_MS + 900000);
	assert_int_equal(state_of(f, item), LIFE_REG);
	move(f, CITY, item, "FWD", SIBLING, START_MS + 800000);
	assert_int_equal(state_of(f, item), LIFE_ACC);
}

TEST_WITH(test_a_review_is_heard_only_from_above_the_one_that_answered, start,
    finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, SIBLING, 1, "");
	number(item, NUMBER_ITEM, SIBLING, 1);
	move(f, SIBLING, item, "FWD", DISTRICT, 0);
	move(f, DISTRICT, item, "RPL", "", 0);
	move(f, SIBLING, item, "RVW", "", 0);
	/* Involved, but beside the one that answered. */
	move(f, SIBLING, item, "RVD", "", 0);
	assert_int_equal(state_of(f, item), LIFE_RVW);
	move(f, CITY, item, "RVD", "", 0);
	assert_int_equal(state_of(f, item), LIFE_RVD);
}

TEST_WITH(test_many_false_moves_push_no_true_one_out, start, finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, DISTRICT, 1, "");
	number(item, NUMBER_ITEM, DISTRICT, 1);
	for (int i = 0; i < LIFE_EVENTS_MAX + 50; i++)
		move(f, SIBLING, item, "NOT", "", 1 + i);
	move(f, DISTRICT, item, "ACC", "", 0);
	assert_int_equal(state_of(f, item), LIFE_ACC);
	assert_int_equal(ask(f, "SELECT count(*) FROM move"),
	    LIFE_EVENTS_MAX + 1);
	assert_int_equal(ask(f, "SELECT count(*) FROM quarantine"), 50);
}

TEST_WITH(test_nobody_is_told_of_an_item_by_its_own_escalation, start, finish)
{
	struct fixture *f = *state;
	struct involved in;
	struct buffer payload = { 0 };
	struct escalated e = { .revision = 1, .office = SIBLING };

	make_city(f);
	take_in(f, DISTRICT, 1, "");
	number(e.id, NUMBER_ESCALATION, SIBLING, 1);
	number(e.item, NUMBER_ITEM, DISTRICT, 1);
	wire_escalated_pack(&payload, &e);
	fold(f, SIBLING, RECORD_ESCALATED, &payload, 0);
	assert_int_equal(ask(f, "SELECT count(*) FROM escalation"), 0);
	views_involved(f->views, e.item, &in);
	assert_int_equal(in.count, 1);
}

static void
follow_all(struct fixture *f)
{
	views_begin(f->views);
	while (views_follow(f->views, 0))
		;
	views_commit(f->views);
}

static void
tell(struct fixture *f, const char *by, const char *item, const char *office)
{
	struct buffer payload = { 0 };
	struct escalated e = { .revision = 1 };

	number(e.id, NUMBER_ESCALATION, by, 1);
	assert_int_equal(text_copy(e.item, sizeof(e.item), item), RC_OK);
	assert_int_equal(text_copy(e.office, sizeof(e.office), office), RC_OK);
	wire_escalated_pack(&payload, &e);
	fold(f, by, RECORD_ESCALATED, &payload, 0);
}

TEST_WITH(test_who_is_told_counts_also_when_the_telling_comes_late, start,
    finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, CITY, 1, "");
	number(item, NUMBER_ITEM, CITY, 1);
	move(f, SIBLING, item, "NOT", "", 0);
	follow_all(f);
	assert_int_equal(ask(f, "SELECT count(*) FROM ignored"), 1);
	tell(f, CITY, item, SIBLING);
	follow_all(f);
	assert_int_equal(ask(f, "SELECT count(*) FROM ignored"), 0);
}

/* Its mover is above whom it was sent to: nobody knew so at first. */
TEST_WITH(test_who_stands_above_counts_when_the_tree_comes_late, start, finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, CITY, 1, "");
	number(item, NUMBER_ITEM, CITY, 1);
	move(f, SIBLING, item, "NOT", "", 0);
	move(f, CITY, item, "FWD", TOWN, 0);
	follow_all(f);
	assert_int_equal(ask(f, "SELECT count(*) FROM ignored"), 1);
	enrol(f, TOWN, SIBLING);
	follow_all(f);
	assert_int_equal(ask(f, "SELECT count(*) FROM ignored"), 0);
}

/* -- matters, against the slow and simple way -- */

/* Where the pointers end; of a circle the smallest. */
static int
end_of(const int *target, int item)
{
	int at = item, smallest;

	for (int i = 0; i < ITEMS; i++) {
		if (target[at] < 0)
			return at;
		at = target[at];
	}
	smallest = at;
	for (int i = 0; i < ITEMS; i++) {
		at = target[at];
		if (at < smallest)
			smallest = at;
	}
	return smallest;
}

static void
compare_matters(struct fixture *f, const int *target)
{
	int grouped = 0;

	for (int i = 0; i < ITEMS; i++) {
		char item[ITEM_NUMBER_MAX + 1], matter[ITEM_NUMBER_MAX + 1];
		char expected[ITEM_NUMBER_MAX + 1];
		bool is_alone = target[i] < 0;

		for (int k = 0; k < ITEMS; k++)
			is_alone = is_alone && target[k] != i;
		grouped += !is_alone;
		number(item, NUMBER_ITEM, DISTRICT, (uint32_t)i);
		number(expected, NUMBER_ITEM, DISTRICT,
		    (uint32_t)end_of(target, i));
		views_matter_of(f->views, item, matter);
		assert_string_equal(matter, expected);
	}
	assert_int_equal(ask(f, "SELECT count(*) FROM item_matter"), grouped);
}

TEST_WITH(test_links_and_splits_in_any_order_group_as_the_pointers_say, start,
    finish)
{
	struct fixture *f = *state;
	int target[ITEMS];
	unsigned seed = 7;

	make_city(f);
	for (int i = 0; i < ITEMS; i++)
		target[i] = -1;
	for (int i = 0; i < WORDS; i++) {
		int item, other;

		seed = seed * 1103515245 + 12345;
		item = (int)(seed >> 16) % ITEMS;
		seed = seed * 1103515245 + 12345;
		other = (int)(seed >> 16) % ITEMS;
		if (item == other)
			continue;
		if (target[item] >= 0 && i % 3 != 0) {
			say_link(f, CITY, "SPLIT", (uint32_t)item,
			    (uint32_t)target[item]);
			target[item] = -1;
		} else {
			say_link(f, CITY, "LINK", (uint32_t)item,
			    (uint32_t)other);
			target[item] = other;
		}
		compare_matters(f, target);
	}
}

TEST_WITH(test_a_chain_of_absurd_length_is_followed_so_far, start, finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1], matter[ITEM_NUMBER_MAX + 1];
	char end[ITEM_NUMBER_MAX + 1];

	make_city(f);
	for (uint32_t i = 0; i < 1000; i++)
		say_link(f, DISTRICT, "LINK", i, i + 1);
	number(item, NUMBER_ITEM, DISTRICT, 0);
	number(end, NUMBER_ITEM, DISTRICT, 256);
	views_matter_of(f->views, item, matter);
	assert_string_equal(matter, end);
}

TEST_WITH(test_a_large_matter_knows_whom_one_of_its_items_reports, start,
    finish)
{
	struct fixture *f = *state;
	char item[ITEM_NUMBER_MAX + 1];

	make_city(f);
	take_in(f, DISTRICT, 400, SIBLING);
	for (uint32_t i = 1; i <= 400; i++)
		say_link(f, CITY, "LINK", i, 0);
	number(item, NUMBER_ITEM, DISTRICT, 7);
	assert_true(views_is_accused(f->views, item, SIBLING));
	assert_false(views_is_accused(f->views, item, DISTRICT));
	number(item, NUMBER_ITEM, DISTRICT, 401);
	assert_false(views_is_accused(f->views, item, SIBLING));
}

TEST_WITH(test_many_words_about_one_item_are_not_kept, start, finish)
{
	struct fixture *f = *state;

	make_city(f);
	for (uint32_t i = 0; i < 150; i++)
		say_link(f, DISTRICT, i % 2 == 0 ? "LINK" : "SPLIT", 1, 2);
	assert_int_equal(ask(f, "SELECT count(*) FROM matter_link"), 100);
}
