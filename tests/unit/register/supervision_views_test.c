/* Goal: the supervised life of items is a fold of what was said, whatever
 * the order between offices, however often it came, and by whose hand. */
#include "register/views.h"

#include "support/views_journal.h"

#define PROVINCE "990000"
#define CITY     "990100"
#define DISTRICT "990101"
#define SIBLING  "990102"
#define TOWN     "990101001"

enum { ORDERS = 200, ORDERS_OF_ONE = 10, SAYINGS = 70 };

static int
start(void **state)
{
	struct vj *j = vj_new();

	*state = j;
	vj_opened(j, CITY);
	vj_enrolled(j, CITY, DISTRICT);
	vj_enrolled(j, CITY, SIBLING);
	return 0;
}

static int
finish(void **state)
{
	vj_free(*state);
	return 0;
}

static struct views *
open_views(void)
{
	struct views *v;

	assert_int_equal(views_open_file(":memory:", true, &v), RC_OK);
	views_set_above(v, PROVINCE);
	return v;
}

static struct views *
folded(struct vj *j)
{
	struct views *v = open_views();

	vj_fold_all(j, v);
	return v;
}

/* A second register of the same journal says the same, table by table. */
static void
assert_rebuilds(struct vj *j, struct views *v)
{
	static const struct {
		const char *name;
		int columns;
	} tables[] = { { "petition", 4 }, { "move", 7 }, { "matter_link", 8 },
		{ "escalation", 8 }, { "link_now", 2 }, { "item_matter", 2 },
		{ "escalation_now", 5 }, { "item_now", 13 }, { "clock", 18 },
		{ "handed", 8 }, { "published", 7 },
		{ "petition_accused", 4 } };
	struct views *other = open_views();

	vj_unfold(j);
	vj_fold_all(j, other);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		struct buffer one = { 0 }, two = { 0 };

		vj_dump_table(v, tables[i].name, tables[i].columns, &one);
		vj_dump_table(other, tables[i].name, tables[i].columns, &two);
		if (!span_equal(buffer_span(&one), buffer_span(&two)))
			fail_msg("%s differs", tables[i].name);
		buffer_clear(&one);
		buffer_clear(&two);
	}
	views_close(other);
}

/* -- any order -- */

static const char *
some_item(unsigned *seed)
{
	static const char *const offices[] = { DISTRICT, SIBLING, CITY, TOWN };
	const char *office = offices[vj_roll(seed, 4)];

	return vj_item(office, 1 + vj_roll(seed, 3));
}

static void
say_move(struct vj *j, struct stream *s, unsigned *seed)
{
	static const char *const moves[] = { "FWD", "ASG", "TAK", "OBJ", "OBA",
		"ACC", "WRK", "EXT", "RPL", "RVW", "RVD", "DEC", "WDR", "MRG",
		"UMG", "CLS", "REO", "RAT", "NOT", "XYZ" };
	static const char *const to[] = { DISTRICT, SIBLING, TOWN };
	const char *move = moves[vj_roll(seed, 20)];
	bool needs_to = strcmp(move, "FWD") == 0 || strcmp(move, "ASG") == 0;

	(void)vj_move(j, s, some_item(seed), move,
	    needs_to ? to[vj_roll(seed, 3)] : "");
}

static void
say_link(struct vj *j, struct stream *s, unsigned *seed)
{
	static const char *const verdicts[] = { "LINK", "LINK", "LINK", "SPLIT",
		"REJECT", "PROPOSE" };

	(void)vj_link(j, s, some_item(seed), some_item(seed),
	    verdicts[vj_roll(seed, 6)]);
}

static void
say_something(struct vj *j, unsigned *seed)
{
	static const char *const offices[] = { DISTRICT, SIBLING, CITY, TOWN,
		CITY };
	const char *office = offices[vj_roll(seed, 5)];
	struct stream *s = vj_stream(j, office, "");

	/* Clocks of offices tie, and run apart. */
	j->recorded_ms = VJ_START_MS + (int64_t)vj_roll(seed, 40) * 3600000;
	switch (vj_roll(seed, 8)) {
	case 0:
	case 1:
		say_link(j, vj_stream(j, CITY, ""), seed);
		break;
	case 2:
		/* Kept in house: another stream, the same numbers. */
		say_move(j, vj_stream(j, CITY, CITY), seed);
		break;
	case 3:
		(void)vj_escalated(j, vj_stream(j, CITY, ""),
		    vj_number(NUMBER_ESCALATION, CITY, 1 + vj_roll(seed, 3)),
		    1 + vj_roll(seed, 4), vj_item(CITY, 1 + vj_roll(seed, 3)),
		    DISTRICT, "OVD");
		break;
	default:
		say_move(j, s, seed);
		break;
	}
}

static void
hand_something(struct vj *j, unsigned *seed)
{
	struct stream *hand = vj_stream(j, PROVINCE, CITY);
	struct stream own = { .key = { .origin = PROVINCE, .incarnation = 1 } };
	struct buffer payload = { 0 }, inner = { 0 };

	for (uint32_t i = 1; i <= 3; i++) {
		vj_petition_pack(&payload, PROVINCE, i, "");
		vj_pack(j, &own, RECORD_PETITION_REGISTERED, &payload, &inner);
		(void)vj_handed(j, hand, buffer_span(&inner));
		buffer_reset(&inner);
		vj_move_pack(&payload, vj_item(PROVINCE, i), "FWD", CITY);
		vj_pack(j, &own, RECORD_PETITION_MOVED, &payload, &inner);
		(void)vj_handed(j, hand, buffer_span(&inner));
		buffer_reset(&inner);
		(void)vj_move(j, vj_stream(j, CITY, ""), vj_item(PROVINCE, i),
		    vj_roll(seed, 2) == 0 ? "ACC" : "WRK", "");
	}
	buffer_clear(&inner);
}

/* What the offices say; the first rows, of the roster, stay in front. */
static size_t
make_sayings(struct vj *j, unsigned seed)
{
	static const char *const offices[] = { DISTRICT, SIBLING, CITY, TOWN };
	size_t fixed = j->rows_count;

	vj_enrolled(j, DISTRICT, TOWN);
	for (uint32_t i = 1; i <= 3; i++) {
		for (size_t k = 0; k < 4; k++) {
			(void)vj_petition(j, vj_stream(j, offices[k], ""),
			    offices[k], i, i == 2 ? SIBLING : "");
		}
	}
	hand_something(j, &seed);
	(void)vj_rules(j, vj_stream(j, PROVINCE, CITY), 1, 20, "2020-01-01",
	    VJ_START_MS - INT64_C(2000) * 86400000);
	for (int i = 0; i < SAYINGS; i++)
		say_something(j, &seed);
	(void)vj_rules(j, vj_stream(j, CITY, ""), 2, 30, "2026-01-02",
	    VJ_START_MS + INT64_C(8) * 3600000);
	(void)vj_rules(j, vj_stream(j, DISTRICT, ""), 3, 40, "2026-01-02",
	    VJ_START_MS + INT64_C(8) * 3600000);
	return fixed;
}

static const struct {
	const char *name;
	int columns;
} compared[] = { { "item_now", 13 }, { "clock", 18 }, { "item_matter", 2 },
	{ "link_now", 2 }, { "escalation_now", 5 } };

enum { COMPARED = sizeof(compared) / sizeof(*compared) };

/* One set of records in another order; the tables must be those of `first`. */
static void
compare_order(struct vj *j, size_t fixed, unsigned order_seed,
    struct buffer first[static COMPARED])
{
	struct views *v = open_views();

	vj_fold_shuffled(j, v, fixed, order_seed);
	for (size_t i = 0; i < COMPARED; i++) {
		struct buffer now = { 0 };
		bool is_first = first[i].size == 0;

		vj_dump_table(v, compared[i].name, compared[i].columns,
		    is_first ? &first[i] : &now);
		if (!is_first &&
		    !span_equal(buffer_span(&first[i]), buffer_span(&now))) {
			fail_msg("%s differs, seed %u", compared[i].name,
			    order_seed);
		}
		buffer_clear(&now);
	}
	views_close(v);
}

TEST_WITH(test_any_order_of_the_offices_gives_the_same_register, start, finish)
{
	for (unsigned seed = 1; seed <= ORDERS / ORDERS_OF_ONE; seed++) {
		struct buffer first[COMPARED] = { 0 };
		struct vj *j = *state;
		size_t fixed = make_sayings(j, seed * 7919);

		for (unsigned order = 0; order < ORDERS_OF_ONE; order++)
			compare_order(j, fixed, seed * 1000 + order, first);
		for (size_t i = 0; i < COMPARED; i++) {
			/* It was about something. */
			assert_true(first[i].size > 40);
			buffer_clear(&first[i]);
		}
		assert_int_equal(finish(state), 0);
		assert_int_equal(start(state), 0);
	}
}

/* -- once is enough -- */

TEST_WITH(test_streams_of_one_office_do_not_hide_each_other, start, finish)
{
	struct vj *j = *state;
	struct stream *up, *own;
	struct views *v;

	(void)vj_petition(j, vj_stream(j, CITY, CITY), CITY, 1, "");
	(void)vj_petition(j, vj_stream(j, CITY, ""), CITY, 2, "");
	up = vj_stream(j, CITY, "");
	own = vj_stream(j, CITY, CITY);
	while (own->tree.size < up->tree.size)
		(void)vj_move(j, own, vj_item(CITY, 1), "NOT", "");
	/* Each the same number in its stream. */
	(void)vj_move(j, up, vj_item(CITY, 2), "ACC", "");
	(void)vj_move(j, own, vj_item(CITY, 1), "WRK", "");
	v = folded(j);
	vj_assert_text(v, "SELECT state FROM item_now ORDER BY item DESC",
	    "ACC");
	vj_assert_text(v, "SELECT state FROM item_now ORDER BY item", "WRK");
	assert_rebuilds(j, v);
	views_close(v);
}

static struct span
pack_of_province(struct vj *j, struct stream *own, struct buffer *out,
    uint32_t kind, uint32_t serial)
{
	struct buffer payload = { 0 };

	buffer_reset(out);
	if (kind == RECORD_PETITION_REGISTERED) {
		vj_petition_pack(&payload, PROVINCE, serial, "");
	} else {
		vj_move_pack(&payload, vj_item(PROVINCE, serial), "FWD", CITY);
	}
	vj_pack(j, own, kind, &payload, out);
	return buffer_span(out);
}

static struct stream
stream_of_province(void)
{
	return (
	    struct stream){ .key = { .origin = PROVINCE, .incarnation = 1 } };
}

TEST_WITH(test_what_is_handed_twice_is_there_once, start, finish)
{
	struct vj *j = *state;
	struct stream own = stream_of_province();
	struct stream *hand = vj_stream(j, PROVINCE, CITY);
	struct buffer petition = { 0 }, move = { 0 };
	struct views *v;

	(void)pack_of_province(j, &own, &petition, RECORD_PETITION_REGISTERED,
	    1);
	(void)pack_of_province(j, &own, &move, RECORD_PETITION_MOVED, 1);
	for (int i = 0; i < 2; i++) {
		(void)vj_handed(j, hand, buffer_span(&petition));
		(void)vj_handed(j, hand, buffer_span(&move));
	}
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM petition"), 1);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM move"), 1);
	assert_int_equal(vj_number_of(v, "SELECT crossed FROM item_now"), 0);
	vj_assert_text(v, "SELECT state || pending FROM item_now", "FWD" CITY);
	assert_rebuilds(j, v);
	buffer_clear(&petition);
	buffer_clear(&move);
	views_close(v);
}

/* -- by whose hand -- */

static void
hand_by(struct vj *j, const char *from, const char *to, struct span inner)
{
	(void)vj_handed(j, vj_stream(j, from, to), inner);
}

TEST_WITH(test_only_the_parent_hands_us_something_and_nothing_of_ours, start,
    finish)
{
	struct vj *j = *state;
	struct stream own = stream_of_province();
	struct stream ours = { .key = { .origin = CITY, .incarnation = 7 } };
	struct buffer payload = { 0 }, inner = { 0 };
	struct views *v;

	(void)pack_of_province(j, &own, &inner, RECORD_PETITION_REGISTERED, 1);
	hand_by(j, DISTRICT, CITY, buffer_span(&inner));
	hand_by(j, PROVINCE, SIBLING, buffer_span(&inner));
	hand_by(j, CITY, DISTRICT, buffer_span(&inner));
	hand_by(j, PROVINCE, "", buffer_span(&inner));
	buffer_reset(&inner);
	/* Our own words we know ourselves. */
	vj_petition_pack(&payload, CITY, 9, "");
	vj_pack(j, &ours, RECORD_PETITION_REGISTERED, &payload, &inner);
	hand_by(j, PROVINCE, CITY, buffer_span(&inner));
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM petition"), 0);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM quarantine"), 0);
	assert_rebuilds(j, v);
	buffer_clear(&inner);
	views_close(v);
}

TEST_WITH(test_what_is_not_for_handing_over_goes_to_quarantine, start, finish)
{
	struct vj *j = *state;
	struct stream own = stream_of_province();
	struct buffer payload = { 0 }, inner = { 0 }, outer = { 0 };
	struct office_opened o = { .office = PROVINCE, .name = "省" };
	struct views *v;

	wire_office_opened_pack(&payload, &o);
	vj_pack(j, &own, RECORD_OFFICE_OPENED, &payload, &inner);
	hand_by(j, PROVINCE, CITY, buffer_span(&inner));
	buffer_reset(&inner);
	/* A hand inside a hand. */
	(void)pack_of_province(j, &own, &inner, RECORD_PETITION_REGISTERED, 1);
	wire_handed_pack(&payload, buffer_span(&inner));
	vj_pack(j, &own, RECORD_HANDED, &payload, &outer);
	hand_by(j, PROVINCE, CITY, buffer_span(&outer));
	hand_by(j, PROVINCE, CITY, span_of("\xff\xff", 2));
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM petition"), 0);
	assert_int_equal(
	    vj_number_of(v,
		"SELECT count(*) FROM quarantine"
		" WHERE reason = 'hands over what is not for handing over'"),
	    2);
	assert_int_equal(
	    vj_number_of(v,
		"SELECT count(*) FROM quarantine"
		" WHERE reason = 'hands over something unreadable'"),
	    1);
	buffer_clear(&inner);
	buffer_clear(&outer);
	views_close(v);
}

TEST_WITH(test_a_hand_that_is_put_aside_takes_back_what_it_gave, start, finish)
{
	struct vj *j = *state;
	struct stream own = stream_of_province();
	struct stream *hand = vj_stream(j, PROVINCE, CITY);
	struct buffer inner = { 0 };
	struct views *v;

	(void)vj_handed(j, hand,
	    pack_of_province(j, &own, &inner, RECORD_PETITION_REGISTERED, 1));
	(void)vj_handed(j, hand,
	    pack_of_province(j, &own, &inner, RECORD_PETITION_MOVED, 1));
	(void)vj_petition(j, vj_stream(j, CITY, ""), CITY, 1, "");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_now"), 2);
	views_begin(v);
	views_set_aside(v, &hand->key);
	vj_follow(v);
	views_commit(v);
	hand->branch = 1;
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM petition"), 1);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM move"), 0);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_now"), 1);
	assert_rebuilds(j, v);
	buffer_clear(&inner);
	views_close(v);
}

TEST_WITH(test_a_notice_passed_on_does_not_stand_for_a_petition, start, finish)
{
	struct vj *j = *state;
	struct stream own = stream_of_province();
	struct stream down = { .key = { .origin = PROVINCE,
				   .incarnation = 1,
				   .audience = CITY } };
	struct buffer payload = { 0 }, inner = { 0 };
	struct views *v;

	vj_escalated_pack(&payload, vj_number(NUMBER_ESCALATION, PROVINCE, 1),
	    1, vj_item(PROVINCE, 1), DISTRICT, "UNR");
	vj_pack(j, &down, RECORD_ESCALATED, &payload, &inner);
	hand_by(j, CITY, DISTRICT, buffer_span(&inner));
	hand_by(j, CITY, DISTRICT,
	    pack_of_province(j, &own, &inner, RECORD_PETITION_REGISTERED, 1));
	/* Both are the first of their streams, and both were given. */
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM handed"), 2);
	assert_rebuilds(j, v);
	buffer_clear(&inner);
	views_close(v);
}

/* -- put aside, and carried -- */

TEST_WITH(test_moves_of_a_branch_put_aside_are_gone_until_they_are_carried,
    start, finish)
{
	struct vj *j = *state;
	struct stream *old = vj_stream(j, DISTRICT, ""), *fresh;
	struct views *v;
	size_t move;

	(void)vj_petition(j, vj_stream(j, CITY, ""), CITY, 1, "");
	(void)vj_move(j, vj_stream(j, CITY, ""), vj_item(CITY, 1), "FWD",
	    DISTRICT);
	j->recorded_ms++;
	move = vj_move(j, old, vj_item(CITY, 1), "ACC", "");
	(void)vj_link(j, vj_stream(j, CITY, ""), vj_item(CITY, 1),
	    vj_item(DISTRICT, 1), "LINK");
	v = folded(j);
	vj_assert_text(v, "SELECT state FROM item_now", "ACC");
	views_begin(v);
	views_set_aside(v, &old->key);
	vj_follow(v);
	views_commit(v);
	vj_assert_text(v, "SELECT state FROM item_now", "FWD");
	vj_assert_text(v, "SELECT target FROM link_now", vj_item(DISTRICT, 1));
	old->branch = 1;
	fresh = vj_stream(j, DISTRICT, "");
	(void)vj_carried(j, fresh, buffer_span(&j->rows[move].bytes));
	vj_fold_all(j, v);
	vj_assert_text(v, "SELECT state FROM item_now", "ACC");
	assert_rebuilds(j, v);
	views_close(v);
}

TEST_WITH(test_only_what_stood_in_the_same_stream_is_carried, start, finish)
{
	struct vj *j = *state;
	struct stream *sibling = vj_stream(j, SIBLING, "");
	struct views *v;
	size_t row;

	(void)vj_petition(j, vj_stream(j, DISTRICT, ""), DISTRICT, 1, "");
	row = vj_petition(j, sibling, SIBLING, 1, "");
	(void)vj_carried(j, vj_stream(j, DISTRICT, ""),
	    buffer_span(&j->rows[row].bytes));
	(void)vj_carried(j, vj_stream(j, DISTRICT, ""), span_of("x", 1));
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM petition"), 2);
	assert_int_equal(
	    vj_number_of(v,
		"SELECT count(*) FROM quarantine"
		" WHERE reason = 'carries a record of another stream'"),
	    1);
	assert_int_equal(vj_number_of(v,
			     "SELECT count(*) FROM quarantine"
			     " WHERE reason = 'carries something unreadable'"),
	    1);
	views_close(v);
}

/* -- what cannot be so -- */

static void
quarantined(struct views *v, const char *reason)
{
	char sql[200];

	assert_int_equal(
	    text_format(sql, sizeof(sql),
		"SELECT count(*) FROM quarantine WHERE reason = '%s'", reason),
	    RC_OK);
	if (vj_number_of(v, sql) != 1)
		fail_msg("not in quarantine: %s", reason);
}

TEST_WITH(test_every_reason_for_quarantine_is_said, start, finish)
{
	struct vj *j = *state;
	struct stream *district = vj_stream(j, DISTRICT, "");
	struct stream *city = vj_stream(j, CITY, "");
	static const uint32_t kinds[] = { RECORD_PETITION_MOVED,
		RECORD_MATTER_LINKED, RECORD_ESCALATED, RECORD_PUBLISHED };
	struct views *v;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct buffer payload = { 0 };

		assert_int_equal(buffer_append(&payload, span_of("\xff", 1)),
		    RC_OK);
		(void)vj_put(j, city, kinds[i], &payload);
	}
	(void)vj_link(j, city, vj_item(CITY, 1), vj_item(CITY, 1), "LINK");
	/* One of the two must be the district's. */
	(void)vj_link(j, district, vj_item(CITY, 1), vj_item(SIBLING, 1),
	    "LINK");
	(void)vj_escalated(j, district, vj_number(NUMBER_ESCALATION, CITY, 1),
	    1, vj_item(CITY, 1), DISTRICT, "OVD");
	(void)vj_escalated(j, district,
	    vj_number(NUMBER_ESCALATION, DISTRICT, 1), 1, vj_item(DISTRICT, 1),
	    SIBLING, "OVD");
	v = folded(j);
	quarantined(v, "unreadable move");
	quarantined(v, "unreadable link of two items");
	quarantined(v, "unreadable escalation");
	quarantined(v, "unreadable publication");
	quarantined(v, "links an item to itself");
	quarantined(v, "links items of offices that are not below it");
	quarantined(v, "an escalation''s number of another office");
	quarantined(v, "an escalation of an office that is not below");
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM quarantine"), 8);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM link_now"), 0);
	views_close(v);
}

/* The district has nobody below it: it may not group its neighbour's. */
TEST_WITH(test_a_district_draws_no_item_of_another_office_to_its_own, start,
    finish)
{
	struct vj *j = *state;
	struct stream *district = vj_stream(j, DISTRICT, "");
	struct views *v;

	(void)vj_link(j, district, vj_item(SIBLING, 1), vj_item(DISTRICT, 1),
	    "LINK");
	(void)vj_link(j, district, vj_item(DISTRICT, 2), vj_item(SIBLING, 1),
	    "LINK");
	(void)vj_link(j, district, vj_item(DISTRICT, 3), vj_item(DISTRICT, 2),
	    "LINK");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM quarantine"), 2);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM link_now"), 1);
	views_close(v);
}

/* -- matters -- */

TEST_WITH(test_of_a_circle_the_smallest_number_is_the_matter, start, finish)
{
	struct vj *j = *state;
	struct stream *city = vj_stream(j, CITY, "");
	char matter[ITEM_NUMBER_MAX + 1];
	struct views *v;

	(void)vj_link(j, city, vj_item(CITY, 3), vj_item(CITY, 1), "LINK");
	(void)vj_link(j, city, vj_item(CITY, 1), vj_item(CITY, 2), "LINK");
	(void)vj_link(j, city, vj_item(CITY, 2), vj_item(CITY, 3), "LINK");
	/* And one that hangs on it. */
	(void)vj_link(j, city, vj_item(CITY, 4), vj_item(CITY, 2), "LINK");
	v = folded(j);
	for (uint32_t i = 1; i <= 4; i++) {
		views_matter_of(v, vj_item(CITY, i), matter);
		assert_string_equal(matter, vj_item(CITY, 1));
	}
	j->recorded_ms++;
	(void)vj_link(j, city, vj_item(CITY, 1), vj_item(CITY, 2), "SPLIT");
	vj_fold_all(j, v);
	for (uint32_t i = 1; i <= 4; i++) {
		views_matter_of(v, vj_item(CITY, i), matter);
		assert_string_equal(matter, vj_item(CITY, 1));
	}
	views_close(v);
}

enum { LONG = 150 };

/* 1 <- 2 <- 3 ..., said from either end; closed: 1 -> the last one. */
static void
assert_one_matter(struct vj *j, bool is_backward, bool is_closed)
{
	struct stream *city = vj_stream(j, CITY, "");
	char matter[ITEM_NUMBER_MAX + 1];
	struct views *v;

	for (uint32_t i = 2; i <= LONG; i++) {
		uint32_t at = is_backward ? LONG + 2 - i : i;

		(void)vj_link(j, city, vj_item(CITY, at), vj_item(CITY, at - 1),
		    "LINK");
	}
	if (is_closed) {
		(void)vj_link(j, city, vj_item(CITY, 1), vj_item(CITY, LONG),
		    "LINK");
	}
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_matter"),
	    LONG);
	for (uint32_t i = 1; i <= LONG; i++) {
		views_matter_of(v, vj_item(CITY, i), matter);
		assert_string_equal(matter, vj_item(CITY, 1));
	}
	views_close(v);
}

TEST_WITH(test_a_long_chain_is_one_matter_from_either_end, start, finish)
{
	assert_one_matter(*state, false, false);
	assert_int_equal(finish(state), 0);
	assert_int_equal(start(state), 0);
	assert_one_matter(*state, true, false);
}

TEST_WITH(test_a_long_circle_is_one_matter_from_either_end, start, finish)
{
	assert_one_matter(*state, false, true);
	assert_int_equal(finish(state), 0);
	assert_int_equal(start(state), 0);
	assert_one_matter(*state, true, true);
}

TEST_WITH(test_a_split_takes_back_the_last_link_alone, start, finish)
{
	struct vj *j = *state;
	struct stream *city = vj_stream(j, CITY, "");
	struct views *v;

	(void)vj_link(j, city, vj_item(CITY, 2), vj_item(CITY, 1), "LINK");
	(void)vj_link(j, city, vj_item(CITY, 3), vj_item(CITY, 2), "LINK");
	(void)vj_link(j, city, vj_item(CITY, 4), vj_item(CITY, 1), "PROPOSE");
	(void)vj_link(j, city, vj_item(CITY, 5), vj_item(CITY, 1), "REJECT");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_matter"),
	    3);
	j->recorded_ms++;
	(void)vj_link(j, city, vj_item(CITY, 2), vj_item(CITY, 1), "SPLIT");
	vj_fold_all(j, v);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_matter"),
	    2);
	vj_assert_text(v, "SELECT DISTINCT matter FROM item_matter",
	    vj_item(CITY, 2));
	views_close(v);
}

TEST_WITH(test_a_report_bars_its_whole_matter, start, finish)
{
	struct vj *j = *state;
	struct stream *city = vj_stream(j, CITY, "");
	struct views *v;

	(void)vj_petition(j, city, CITY, 1, "");
	(void)vj_petition(j, city, CITY, 2, DISTRICT);
	(void)vj_petition(j, city, CITY, 3, "");
	v = folded(j);
	assert_false(views_is_accused(v, vj_item(CITY, 1), DISTRICT));
	assert_true(views_is_accused(v, vj_item(CITY, 2), DISTRICT));
	(void)vj_link(j, city, vj_item(CITY, 2), vj_item(CITY, 1), "LINK");
	(void)vj_link(j, city, vj_item(CITY, 3), vj_item(CITY, 1), "LINK");
	vj_fold_all(j, v);
	for (uint32_t i = 1; i <= 3; i++) {
		assert_true(views_is_accused(v, vj_item(CITY, i), DISTRICT));
		assert_false(views_is_accused(v, vj_item(CITY, i), SIBLING));
	}
	j->recorded_ms++;
	(void)vj_link(j, city, vj_item(CITY, 2), vj_item(CITY, 1), "SPLIT");
	vj_fold_all(j, v);
	assert_false(views_is_accused(v, vj_item(CITY, 1), DISTRICT));
	assert_false(views_is_accused(v, vj_item(CITY, 3), DISTRICT));
	assert_true(views_is_accused(v, vj_item(CITY, 2), DISTRICT));
	views_close(v);
}

/* -- escalations -- */

TEST_WITH(test_the_newest_revision_stands_and_all_are_kept, start, finish)
{
	struct vj *j = *state;
	const char *id = vj_number(NUMBER_ESCALATION, CITY, 1);
	struct stream *up = vj_stream(j, CITY, "");
	struct stream *down = vj_stream(j, CITY, DISTRICT);
	struct views *v;

	/* For above and for the child: one word, said twice. */
	(void)vj_escalated(j, up, id, 1, vj_item(CITY, 1), DISTRICT, "UNR");
	(void)vj_escalated(j, down, id, 1, vj_item(CITY, 1), DISTRICT, "UNR");
	(void)vj_escalated(j, up, id, 3, vj_item(CITY, 1), DISTRICT, "PRC");
	(void)vj_escalated(j, up, id, 2, vj_item(CITY, 1), DISTRICT, "OVD");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM escalation"), 3);
	assert_int_equal(vj_number_of(v, "SELECT revision FROM escalation_now"),
	    3);
	assert_rebuilds(j, v);
	/* The copy for the child goes; what is said above stays. */
	views_begin(v);
	views_set_aside(v, &down->key);
	views_commit(v);
	assert_int_equal(vj_number_of(v, "SELECT revision FROM escalation_now"),
	    3);
	views_close(v);
}

/* -- rules -- */

TEST_WITH(test_rules_that_come_late_move_every_limit, start, finish)
{
	static const char due[] =
	    "SELECT (due_ms - start_ms) / 86400000 FROM clock"
	    " WHERE name = 'handle'";
	struct vj *j = *state;
	struct views *v;

	(void)vj_petition(j, vj_stream(j, DISTRICT, ""), DISTRICT, 1, "");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM clock"
					 " WHERE rules LIKE 't %'"),
	    0);
	(void)vj_rules(j, vj_stream(j, CITY, ""), 1, 20, "2020-01-01",
	    VJ_START_MS - INT64_C(2000) * 86400000);
	vj_fold_all(j, v);
	assert_in_range(vj_number_of(v, due), 19, 21);
	/* In force later than the item began: it changes nothing. */
	(void)vj_rules(j, vj_stream(j, CITY, ""), 2, 50, "2026-03-01",
	    VJ_START_MS + INT64_C(60) * 86400000);
	vj_fold_all(j, v);
	assert_in_range(vj_number_of(v, due), 19, 21);
	/* Nearer to whom it concerns. */
	(void)vj_rules(j, vj_stream(j, DISTRICT, ""), 3, 40, "2021-01-01",
	    VJ_START_MS - INT64_C(1000) * 86400000);
	vj_fold_all(j, v);
	assert_in_range(vj_number_of(v, due), 39, 41);
	assert_rebuilds(j, v);
	views_close(v);
}

TEST_WITH(test_a_move_may_come_before_its_item, start, finish)
{
	struct vj *j = *state;
	struct views *v;

	(void)vj_move(j, vj_stream(j, SIBLING, ""), vj_item(DISTRICT, 1), "NOT",
	    "");
	(void)vj_move(j, vj_stream(j, DISTRICT, ""), vj_item(DISTRICT, 1),
	    "ACC", "");
	v = folded(j);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM item_now"), 0);
	assert_int_equal(vj_number_of(v, "SELECT count(*) FROM quarantine"), 0);
	j->recorded_ms--;
	(void)vj_petition(j, vj_stream(j, DISTRICT, ""), DISTRICT, 1, "");
	vj_fold_all(j, v);
	vj_assert_text(v, "SELECT state FROM item_now", "ACC");
	views_close(v);
}
