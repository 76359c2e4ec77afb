/* Goal: a city that hears of its districts groups, judges, tells and hands
 * down what it must, once, and never to whom it is about. */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "match/matcher.h"
#include "mech/db.h"
#include "office/office.h"
#include "petition/item_number.h"
#include "register/views.h"
#include "relay/journal.h"
#include "service/turn.h"
#include "supervise/escalation.h"
#include "supervise/grouping.h"
#include "supervise/handing.h"
#include "supervise/reactor.h"

#include "hub.h"
#include "support/desk.h"
#include "support/turn.h"
#include "support/unit.h"

#define OWN      "420100"
#define DISTRICT "420106"
#define SIBLING  "420111"
#define TOWN     "420106003"
#define LATE     "420112"
#define VILLAGE  "420112001"

#define HOUR_MS INT64_C(3600000)

struct fixture {
	struct desk_office *desk;
	struct office *o; /* the desk's */
	int64_t at_ms;    /* when the next record of another office was made */
};

/* -- turns -- */

static void
settle(struct fixture *f)
{
	turns_until_idle(f->o);
}

static void
hear(struct fixture *f, const char *origin, const char *audience, uint32_t kind,
    struct buffer *payload)
{
	struct stream_key key = stream_of(origin, audience);

	office_hears(f->o, &key, kind, f->at_ms, payload);
}

static void
utter(struct fixture *f, const char *origin, uint32_t kind,
    struct buffer *payload)
{
	if (strcmp(origin, OWN) == 0) {
		office_says(f->o, kind, payload);
	} else {
		hear(f, origin, "", kind, payload);
	}
}

/* -- what is said -- */

static const char *
number(enum number_kind kind, const char *office, uint32_t serial)
{
	static char text[8][ITEM_NUMBER_MAX + 1];
	static unsigned turn;
	struct item_number n = { .kind = kind, .year = 2026, .serial = serial };
	char *out = text[turn++ % 8];

	assert_int_equal(text_copy(n.office, sizeof(n.office), office), RC_OK);
	item_number_format(&n, 1, out);
	return out;
}

static const char *
item(const char *office, uint32_t serial)
{
	return number(NUMBER_ITEM, office, serial);
}

static void
enrol(struct fixture *f, const char *by, const char *office)
{
	office_child(f->o, by, RECORD_CHILD_ENROLLED, office, f->at_ms);
}

static const char ordinary[] =
    "东湖花园三号楼二单元楼道内长期堆放杂物，消防通道被占用，"
    "多次向物业反映没有结果，请有关部门督促清理，消除火灾隐患。";

struct arrival {
	const char *office;
	uint32_t serial;
	const char *earlier, *accused, *responsible, *text;
};

static void
arrive(struct fixture *f, const struct arrival *a)
{
	struct buffer payload = { 0 };
	const char *text = a->text != NULL ? a->text : ordinary;
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.heads = 1,
		.level = "D",
		.subject = span_of_text("东湖花园楼道堆物"),
		.text = span_of_text(text),
		.place = span_of_text("东湖花园三号楼") };

	if (strcmp(a->office, OWN) == 0)
		memcpy(p.level, "C", 2);
	assert_int_equal(text_copy(p.item, sizeof(p.item),
			     item(a->office, a->serial)),
	    RC_OK);
	if (a->earlier != NULL) {
		assert_int_equal(text_copy(p.earlier_item,
				     sizeof(p.earlier_item), a->earlier),
		    RC_OK);
	}
	if (a->responsible != NULL) {
		assert_int_equal(text_copy(p.responsible, sizeof(p.responsible),
				     a->responsible),
		    RC_OK);
	}
	if (a->accused != NULL) {
		memcpy(p.purpose, "JK", 3);
		p.accused_count = 1;
		assert_int_equal(text_copy(p.accused[0], sizeof(p.accused[0]),
				     a->accused),
		    RC_OK);
	}
	wire_petition_pack(&payload, &p);
	utter(f, a->office, RECORD_PETITION_REGISTERED, &payload);
}

#define ARRIVE(f, ...) arrive(f, &(struct arrival){ __VA_ARGS__ })

static void
move(struct fixture *f, const char *by, const char *at, const char *code,
    const char *to)
{
	struct buffer payload = { 0 };
	struct moved m = { .text = span_of_text("x"), .opinion = "SUP" };

	assert_int_equal(text_copy(m.item, sizeof(m.item), at), RC_OK);
	assert_int_equal(text_copy(m.move, sizeof(m.move), code), RC_OK);
	if (strcmp(code, "MRG") == 0) {
		assert_int_equal(text_copy(m.other, sizeof(m.other), to),
		    RC_OK);
	} else {
		assert_int_equal(text_copy(m.to, sizeof(m.to), to), RC_OK);
	}
	wire_moved_pack(&payload, &m);
	utter(f, by, RECORD_PETITION_MOVED, &payload);
}

static void
group(struct fixture *f, const char *one, const char *other,
    const char *verdict)
{
	struct buffer payload = { 0 };
	struct matter_linked l = { .reasons = "HAND", .score = 1000 };

	assert_int_equal(text_copy(l.item, sizeof(l.item), one), RC_OK);
	assert_int_equal(text_copy(l.matter, sizeof(l.matter), other), RC_OK);
	assert_int_equal(text_copy(l.verdict, sizeof(l.verdict), verdict),
	    RC_OK);
	wire_matter_linked_pack(&payload, &l);
	office_says(f->o, RECORD_MATTER_LINKED, &payload);
}

/* -- the office -- */

static void
open_again(struct fixture *f)
{
	desk_office_open(f->desk, &hub_trade, OWN);
	f->o = f->desk->office;
}

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	f->desk = desk_office_new(&hub_trade, OWN);
	f->o = f->desk->office;
	f->at_ms = f->o->now.wall_ms - 48 * HOUR_MS;
	enrol(f, OWN, DISTRICT);
	enrol(f, OWN, SIBLING);
	enrol(f, DISTRICT, TOWN);
	settle(f);
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

/* -- reading back -- */

static int64_t
number_of(struct fixture *f, const char *sql)
{
	struct stmt *s = db_prepare(views_db(f->o->views), sql);
	int64_t out;

	assert_true(db_next(s));
	out = db_column_i64(s, 0);
	db_finish(s);
	return out;
}

static void
read_text(struct fixture *f, const char *sql, char *out, size_t size)
{
	struct stmt *s = db_prepare(views_db(f->o->views), sql);

	assert_true(db_next(s));
	assert_int_equal(text_copy(out, size, db_column_text(s, 0)), RC_OK);
	db_finish(s);
}

static void
assert_text(struct fixture *f, const char *sql, const char *expected)
{
	struct stmt *s = db_prepare(views_db(f->o->views), sql);

	assert_true(db_next(s));
	assert_string_equal(db_column_text(s, 0), expected);
	db_finish(s);
}

/* Records of this kind that we made for this office (or "": for above). */
static size_t
made(struct fixture *f, uint32_t kind, const char *audience)
{
	struct store_row row;
	struct record r;
	size_t count = 0;

	journal_walk(f->o->journal, 1);
	while (journal_next(f->o->journal, &row)) {
		assert_int_equal(wire_record_unpack(row.bytes, &r), RC_OK);
		count += row.kind == kind && strcmp(r.key.origin, OWN) == 0 &&
			 strcmp(r.key.audience, audience) == 0;
	}
	journal_stop(f->o->journal);
	return count;
}

/* -- escalations and notices -- */

TEST_WITH(test_a_matter_that_went_up_is_told_to_the_district_once, start,
    finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	settle(f);
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(DISTRICT, 1));
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM escalation"), 1);
	assert_text(f, "SELECT office FROM escalation", DISTRICT);
	assert_text(f, "SELECT lower_item FROM escalation", item(DISTRICT, 1));
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 1);
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 1);
	assert_int_equal(made(f, RECORD_ESCALATED, SIBLING), 0);
	/* And the arrival itself, with the link. */
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 2);
	open_again(f);
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 1);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 2);
	assert_int_equal(made(f, RECORD_MATTER_LINKED, ""), 1);
}

TEST_WITH(test_nothing_is_told_to_an_office_that_is_accused, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(DISTRICT, 1),
	    .accused = DISTRICT);
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM escalation"), 0);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
}

TEST_WITH(test_whoever_lies_between_bars_the_way_down, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = TOWN, .serial = 1);
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(TOWN, 1),
	    .accused = DISTRICT);
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM escalation"), 0);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
	move(f, OWN, item(OWN, 1), "FWD", SIBLING);
	settle(f);
	assert_true(made(f, RECORD_HANDED, SIBLING) >= 2);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
}

TEST_WITH(test_an_accusation_in_the_same_matter_bars_all_of_it, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = OWN, .serial = 1, .text = "无关的甲。");
	ARRIVE(f, .office = OWN, .serial = 2, .accused = DISTRICT,
	    .text = "无关的乙。");
	group(f, item(OWN, 2), item(OWN, 1), "LINK");
	move(f, OWN, item(OWN, 1), "FWD", DISTRICT);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
	/* Parted again, the first one may go. */
	f->o->now.wall_ms++;
	group(f, item(OWN, 2), item(OWN, 1), "SPLIT");
	move(f, OWN, item(OWN, 1), "NOT", "");
	settle(f);
	assert_true(made(f, RECORD_HANDED, DISTRICT) > 0);
}

TEST_WITH(test_a_town_is_told_by_way_of_its_district, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = TOWN, .serial = 1);
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(TOWN, 1));
	settle(f);
	assert_text(f, "SELECT office FROM escalation", TOWN);
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 1);
	assert_int_equal(made(f, RECORD_ESCALATED, TOWN), 0);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 2);
}

TEST_WITH(test_only_a_changed_judgement_is_restated, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = OWN, .serial = 1, .responsible = DISTRICT);
	settle(f);
	assert_text(f, "SELECT lower_state FROM escalation", "NOP");
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 1);
	/* It had registered after all, before that. */
	f->at_ms = f->o->now.wall_ms - 4 * HOUR_MS;
	ARRIVE(f, .office = DISTRICT, .serial = 1, .text = "无关的甲。");
	group(f, item(DISTRICT, 1), item(OWN, 1), "LINK");
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 2);
	assert_text(f,
	    "SELECT lower_state FROM escalation e JOIN"
	    " escalation_now n USING (id, revision)",
	    "TRM");
	/* A note changes nothing. */
	f->at_ms += 1000;
	move(f, DISTRICT, item(DISTRICT, 1), "NOT", "");
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 2);
	/* Nor does what happened only afterwards. */
	f->at_ms = f->o->now.wall_ms + HOUR_MS;
	move(f, DISTRICT, item(DISTRICT, 1), "RPL", "");
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 2);
	/* Both revisions went to both. */
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 2);
}

/* -- handing -- */

TEST_WITH(test_what_is_forwarded_is_handed_over_once_and_in_order, start,
    finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = OWN, .serial = 1);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 0);
	move(f, OWN, item(OWN, 1), "FWD", SIBLING);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 2);
	f->at_ms = f->o->now.wall_ms + 1000;
	/* Its own words it has already. */
	move(f, SIBLING, item(OWN, 1), "ACC", "");
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 2);
	move(f, OWN, item(OWN, 1), "NOT", "");
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 3);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
}

TEST_WITH(test_a_district_s_item_for_a_sibling_goes_through_us, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	move(f, DISTRICT, item(DISTRICT, 1), "FWD", SIBLING);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 2);
	/* What the sibling then does, the district is handed. */
	f->at_ms += 1000;
	move(f, SIBLING, item(DISTRICT, 1), "ACC", "");
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 2);
}

TEST_WITH(test_a_notice_from_above_goes_down_and_hides_no_record, start, finish)
{
	struct fixture *f = *state;
	struct buffer payload = { 0 }, inner = { 0 };
	struct escalated e = { .revision = 1,
		.office = DISTRICT,
		.from_level = "D",
		.to_level = "P",
		.lower_state = "UNR",
		.at_ms = f->at_ms };
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.heads = 1,
		.level = "P",
		.subject = span_of_text("x"),
		.text = span_of_text("x") };
	struct record r = { .key = { .origin = "420000", .incarnation = 7 },
		.sequence = 1,
		.schema = 1,
		.recorded_ms = f->at_ms,
		.kind = RECORD_PETITION_REGISTERED };

	/* Each the first record of its stream. */
	assert_int_equal(text_copy(e.id, sizeof(e.id),
			     number(NUMBER_ESCALATION, "420000", 1)),
	    RC_OK);
	assert_int_equal(text_copy(e.item, sizeof(e.item), item("420000", 1)),
	    RC_OK);
	memcpy(e.matter, e.item, sizeof(e.matter));
	wire_escalated_pack(&payload, &e);
	hear(f, "420000", OWN, RECORD_ESCALATED, &payload);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	memcpy(p.item, e.item, sizeof(p.item));
	wire_petition_pack(&payload, &p);
	r.payload = buffer_span(&payload);
	wire_record_pack(&inner, &r);
	buffer_clear(&payload);
	wire_handed_pack(&payload, buffer_span(&inner));
	hear(f, "420000", OWN, RECORD_HANDED, &payload);
	settle(f);
	/* What was recorded above belongs to the notice, and follows it. */
	move(f, OWN, e.item, "FWD", DISTRICT);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 3);
	assert_int_equal(made(f, RECORD_HANDED, SIBLING), 0);
	/* Nor do we group what is grouped above us. */
	assert_int_equal(made(f, RECORD_MATTER_LINKED, ""), 0);
	buffer_clear(&inner);
}

/* Its item was spoken of before there was a way to it. */
TEST_WITH(test_an_office_that_is_enrolled_late_is_handed_what_is_its_own, start,
    finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = LATE, .serial = 1, .text = "无关的甲。");
	move(f, OWN, item(LATE, 1), "NOT", "");
	move(f, OWN, item(VILLAGE, 1), "NOT", "");
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, LATE), 0);
	enrol(f, LATE, VILLAGE);
	settle(f);
	enrol(f, OWN, LATE);
	settle(f);
	/* And so is the office below it, of which we knew before. */
	assert_int_equal(made(f, RECORD_HANDED, LATE), 2);
}

/* -- what comes back to a new disk, in another order -- */

/* An escalation of ours that a child gives back, under the newest number. */
static void
give_back(struct fixture *f, uint32_t of, uint32_t revision, const char *matter)
{
	struct buffer payload = { 0 };
	struct escalated e = { .revision = revision,
		.office = DISTRICT,
		.from_level = "D",
		.to_level = "C",
		.lower_state = "NOP",
		.lawfulness = "NA",
		.at_ms = f->at_ms };

	read_text(f, "SELECT max(id) FROM escalation", e.id, sizeof(e.id));
	memcpy(e.item, item(OWN, of), sizeof(e.item));
	memcpy(e.matter, matter, sizeof(e.matter));
	wire_escalated_pack(&payload, &e);
	hear(f, OWN, DISTRICT, RECORD_ESCALATED, &payload);
}

/* It told of a matter that is lost: what holds now is said again. */
TEST_WITH(test_an_escalation_that_comes_back_is_judged_again, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 2);
	ARRIVE(f, .office = OWN, .serial = 1, .responsible = DISTRICT,
	    .text = "无关的甲。");
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 1);
	give_back(f, 1, 7, item(DISTRICT, 2));
	settle(f);
	/* The one that came back is said to everybody again, and restated. */
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 3);
	assert_int_equal(number_of(f, "SELECT max(revision) FROM escalation"),
	    8);
	assert_text(f,
	    "SELECT matter FROM escalation ORDER BY revision DESC LIMIT 1",
	    item(OWN, 1));
}

/* A number that the lost disk had given to another item hides neither. */
TEST_WITH(test_an_escalation_s_number_given_twice_hides_none, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = OWN, .serial = 1, .responsible = DISTRICT,
	    .text = "无关的甲。");
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 1);
	f->at_ms -= 1000;
	give_back(f, 2, 1, item(OWN, 2));
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM escalation"), 2);
	assert_int_equal(number_of(f, "SELECT count(*) FROM escalation_now"),
	    2);
	move(f, OWN, item(OWN, 1), "NOT", "");
	group(f, item(OWN, 1), item(DISTRICT, 9), "LINK");
	settle(f);
	assert_int_equal(number_of(f,
			     "SELECT count(DISTINCT id) FROM escalation"
			     " WHERE item = (SELECT item FROM petition)"),
	    1);
}

/* A record of ours that we had handed down, and that a child gives back. */
static void
give_back_ours(struct fixture *f, const char *child, uint32_t kind,
    struct buffer *said)
{
	struct buffer payload = { 0 }, bytes = { 0 };
	struct record r = { .key = { .origin = OWN, .incarnation = 5 },
		.sequence = 4 + kind,
		.schema = 1,
		.recorded_ms = f->at_ms,
		.kind = kind,
		.payload = buffer_span(said) };

	wire_record_pack(&bytes, &r);
	wire_handed_pack(&payload, buffer_span(&bytes));
	hear(f, OWN, child, RECORD_HANDED, &payload);
	buffer_clear(&bytes);
}

TEST_WITH(test_what_we_lost_and_a_child_holds_is_said_again_once, start, finish)
{
	struct fixture *f = *state;
	struct buffer arrival = { 0 }, word = { 0 };
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.heads = 1,
		.level = "C",
		.subject = span_of_text("x"),
		.text = span_of_text("x") };
	struct moved m = { .move = "FWD",
		.to = DISTRICT,
		.text = span_of_text("x") };

	memcpy(p.item, item(OWN, 9), sizeof(p.item));
	memcpy(m.item, p.item, sizeof(m.item));
	wire_petition_pack(&arrival, &p);
	wire_moved_pack(&word, &m);
	give_back_ours(f, DISTRICT, RECORD_PETITION_REGISTERED, &arrival);
	give_back_ours(f, DISTRICT, RECORD_PETITION_MOVED, &word);
	settle(f);
	assert_int_equal(made(f, RECORD_CARRIED, ""), 2);
	assert_text(f, "SELECT item FROM petition", item(OWN, 9));
	assert_text(f, "SELECT holder FROM item_now", OWN);
	/* Another child had it as well; and a restart says nothing again. */
	give_back_ours(f, SIBLING, RECORD_PETITION_REGISTERED, &arrival);
	settle(f);
	open_again(f);
	settle(f);
	assert_int_equal(made(f, RECORD_CARRIED, ""), 2);
	assert_int_equal(number_of(f, "SELECT count(*) FROM petition"), 1);
	buffer_clear(&word);
	buffer_clear(&arrival);
}

/* Our parent holds it, the child never got it. */
TEST_WITH(test_a_notice_that_never_reached_its_office_goes_down_again, start,
    finish)
{
	struct fixture *f = *state;
	struct buffer payload = { 0 };
	struct escalated e = { .revision = 1,
		.office = DISTRICT,
		.from_level = "D",
		.to_level = "C",
		.lower_state = "NOP",
		.lawfulness = "NA",
		.at_ms = f->at_ms };

	memcpy(e.id, number(NUMBER_ESCALATION, OWN, 3), sizeof(e.id));
	memcpy(e.item, item(OWN, 3), sizeof(e.item));
	memcpy(e.matter, e.item, sizeof(e.matter));
	wire_escalated_pack(&payload, &e);
	hear(f, OWN, "", RECORD_ESCALATED, &payload);
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 1);
	open_again(f);
	settle(f);
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 1);
}

static void
order(struct fixture *f, uint32_t serial, const char *about)
{
	struct buffer payload = { 0 };
	const char to[1][OFFICE_CODE_MAX + 1] = { DISTRICT };
	struct directive d = { .kind = "DB",
		.ground = "G1",
		.to = to,
		.to_count = 1,
		.text = span_of_text("x"),
		.due_ms = f->at_ms + 1000 * HOUR_MS };

	memcpy(d.id, number(NUMBER_DIRECTIVE, OWN, serial), sizeof(d.id));
	memcpy(d.item, about, sizeof(d.item));
	wire_directive_pack(&payload, &d);
	hear(f, OWN, DISTRICT, RECORD_DIRECTIVE_ISSUED, &payload);
}

static void
receipt(struct fixture *f, uint32_t serial)
{
	struct buffer payload = { 0 };
	struct directive_step t = { .addressee = DISTRICT, .status = "DLV" };

	memcpy(t.id, number(NUMBER_DIRECTIVE, OWN, serial), sizeof(t.id));
	wire_directive_step_pack(&payload, &t);
	hear(f, DISTRICT, "", RECORD_DIRECTIVE_STEP, &payload);
}

#define NEWEST_STATE                                                           \
	"SELECT lower_state FROM escalation ORDER BY revision DESC LIMIT 1"

TEST_WITH(test_a_receipt_tells_what_was_known_whichever_comes_first, start,
    finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = OWN, .serial = 1, .responsible = DISTRICT,
	    .text = "无关的甲。");
	settle(f);
	assert_text(f, NEWEST_STATE, "NOP");
	receipt(f, 1);
	settle(f);
	assert_text(f, NEWEST_STATE, "NOP");
	order(f, 1, item(OWN, 1));
	settle(f);
	assert_text(f, NEWEST_STATE, "UNR");
}

/* A word of the province about an item, as it stands in its own stream. */
static void
word_from_above(struct fixture *f, uint64_t sequence, const char *code,
    struct buffer *out)
{
	struct buffer payload = { 0 };
	struct moved m = { .text = span_of_text("x") };
	struct record r = { .key = { .origin = "420000", .incarnation = 7 },
		.sequence = sequence,
		.schema = 1,
		.recorded_ms = f->at_ms,
		.kind = RECORD_PETITION_MOVED };

	memcpy(m.item, item(DISTRICT, 1), sizeof(m.item));
	assert_int_equal(text_copy(m.move, sizeof(m.move), code), RC_OK);
	wire_moved_pack(&payload, &m);
	r.payload = buffer_span(&payload);
	wire_record_pack(out, &r);
	buffer_clear(&payload);
}

/* The same after the province carried it over to a later incarnation. */
static void
carry(struct fixture *f, uint64_t sequence, struct buffer *record)
{
	struct buffer payload = { 0 };
	struct record r = { .key = { .origin = "420000", .incarnation = 8 },
		.sequence = sequence,
		.schema = 1,
		.recorded_ms = f->at_ms + HOUR_MS,
		.kind = RECORD_CARRIED };

	wire_carried_pack(&payload, buffer_span(record));
	r.payload = buffer_span(&payload);
	buffer_reset(record);
	wire_record_pack(record, &r);
	buffer_clear(&payload);
}

static void
hand_us(struct fixture *f, struct buffer *record)
{
	struct buffer payload = { 0 };

	wire_handed_pack(&payload, buffer_span(record));
	hear(f, "420000", OWN, RECORD_HANDED, &payload);
	buffer_clear(record);
}

/* What a province handed us once, and carries since it settled a fork. */
TEST_WITH(test_what_a_settled_hand_carries_is_handed_on, start, finish)
{
	struct fixture *f = *state;
	struct buffer payload = { 0 }, record = { 0 };
	struct record handed = { .key = { .origin = "420000",
				     .audience = OWN,
				     .incarnation = 6 },
		.sequence = 1,
		.schema = 1,
		.recorded_ms = f->at_ms,
		.kind = RECORD_HANDED };

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 0);
	word_from_above(f, 3, "NOT", &record);
	wire_handed_pack(&payload, buffer_span(&record));
	buffer_clear(&record);
	handed.payload = buffer_span(&payload);
	wire_record_pack(&record, &handed);
	buffer_clear(&payload);
	wire_carried_pack(&payload, buffer_span(&record));
	hear(f, "420000", OWN, RECORD_CARRIED, &payload);
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	/* Once: what went down is the province's word, not its wrapping. */
	f->at_ms += 1000;
	move(f, DISTRICT, item(DISTRICT, 1), "NOT", "");
	settle(f);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	assert_int_equal(number_of(f, "SELECT count(*) FROM handed WHERE"
				      " audience = '" DISTRICT "' AND"
				      " origin = '420000' AND said_to = ''"
				      " AND sequence = 3"),
	    1);
	buffer_clear(&record);
}

/* The province's disk was replaced, and it went on where that one stood. */
TEST_WITH(test_two_words_from_one_place_are_both_kept_and_handed_on, start,
    finish)
{
	struct fixture *f = *state;
	struct buffer record = { 0 };

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	word_from_above(f, 3, "NOT", &record);
	hand_us(f, &record);
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM move"), 1);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	f->at_ms += HOUR_MS;
	word_from_above(f, 3, "DEC", &record);
	hand_us(f, &record);
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM move"), 2);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 2);
}

TEST_WITH(test_a_word_that_is_carried_over_since_counts_once, start, finish)
{
	struct fixture *f = *state;
	struct buffer record = { 0 };

	ARRIVE(f, .office = DISTRICT, .serial = 1);
	word_from_above(f, 3, "NOT", &record);
	hand_us(f, &record);
	word_from_above(f, 3, "NOT", &record);
	carry(f, 1, &record);
	hand_us(f, &record);
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM move"), 1);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 1);
	/* Alone it counts as well, and is handed on once. */
	f->at_ms += HOUR_MS;
	word_from_above(f, 4, "NOT", &record);
	carry(f, 2, &record);
	hand_us(f, &record);
	settle(f);
	f->at_ms += HOUR_MS;
	move(f, DISTRICT, item(DISTRICT, 1), "NOT", "");
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM move"), 3);
	assert_int_equal(made(f, RECORD_HANDED, DISTRICT), 2);
}

/* -- grouping -- */

TEST_WITH(test_the_earlier_item_is_followed_whatever_the_words, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 1, .text = "无关的甲。");
	ARRIVE(f, .office = DISTRICT, .serial = 2);
	settle(f);
	/* It reads like the second, and names the first. */
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(DISTRICT, 1));
	settle(f);
	assert_text(f,
	    "SELECT reasons FROM matter_link WHERE verdict ="
	    " 'LINK' ORDER BY position LIMIT 1",
	    "EARLIER");
	assert_int_equal(number_of(f, "SELECT count(*) FROM link_now WHERE"
				      " item LIKE '" OWN "%'"),
	    1);
	assert_text(f, "SELECT target FROM link_now WHERE item LIKE '" OWN "%'",
	    item(DISTRICT, 1));
	/* An item that is not here is no ground. */
	ARRIVE(f, .office = OWN, .serial = 2, .earlier = item(DISTRICT, 77),
	    .text = "无关的丙。");
	settle(f);
	assert_int_equal(number_of(f, "SELECT count(*) FROM link_now WHERE"
				      " item LIKE '" OWN "%'"),
	    1);
}

TEST_WITH(test_merged_items_are_one_matter, start, finish)
{
	struct fixture *f = *state;

	ARRIVE(f, .office = DISTRICT, .serial = 1, .text = "无关的甲。");
	ARRIVE(f, .office = DISTRICT, .serial = 2, .text = "无关的乙。");
	move(f, DISTRICT, item(DISTRICT, 2), "MRG", item(DISTRICT, 1));
	settle(f);
	assert_text(f, "SELECT target FROM link_now", item(DISTRICT, 1));
	assert_text(f,
	    "SELECT reasons FROM matter_link WHERE verdict ="
	    " 'LINK'",
	    "HAND");
}

static size_t
proposals(struct fixture *f)
{
	return (size_t)number_of(f, "SELECT count(*) FROM matter_link"
				    " WHERE verdict IN ('PROPOSE', 'LINK')");
}

TEST_WITH(test_a_lost_index_is_made_again_and_finds_the_same, start, finish)
{
	struct fixture *f = *state;
	char path[FILE_PATH_MAX];
	size_t before;

	for (uint32_t i = 1; i <= 3; i++)
		ARRIVE(f, .office = DISTRICT, .serial = i);
	settle(f);
	before = proposals(f);
	assert_true(before > 0);
	desk_office_close(f->desk);
	file_join(path, f->desk->dir, OWN "/" MATCHER_FILE);
	assert_int_equal(unlink(path), 0);
	open_again(f);
	settle(f);
	/* Nothing is said twice. */
	assert_int_equal(proposals(f), before);
	/* And what comes next is compared with all of it. */
	ARRIVE(f, .office = SIBLING, .serial = 1);
	settle(f);
	assert_true(proposals(f) > before);
}

TEST_WITH(test_what_a_person_rejected_stays_rejected, start, finish)
{
	struct fixture *f = *state;
	size_t before;

	ARRIVE(f, .office = DISTRICT, .serial = 1, .text = "无关的甲。");
	settle(f);
	group(f, item(OWN, 1), item(DISTRICT, 1), "REJECT");
	before = proposals(f);
	ARRIVE(f, .office = OWN, .serial = 1, .earlier = item(DISTRICT, 1),
	    .text = "无关的乙。");
	settle(f);
	assert_int_equal(proposals(f), before);
	assert_int_equal(number_of(f, "SELECT count(*) FROM item_matter"), 0);
}

/* -- supervising by itself -- */

/* As office.ini says; a hub that was only opened for a command does not. */
static void
supervise_by_itself(struct fixture *f, const char *policy)
{
	char path[FILE_PATH_MAX];
	FILE *ini;

	file_join(path, f->desk->dir, OWN "/office.ini");
	ini = fopen(path, "a");
	assert_non_null(ini);
	assert_true(fprintf(ini, "\nsupervise_policy = %s\n", policy) > 0);
	assert_int_equal(fclose(ini), 0);
	open_again(f);
	f->o->is_daemon = true;
}

TEST_WITH(test_a_hub_supervises_its_children_by_itself_once_a_rung, start,
    finish)
{
	struct fixture *f = *state;
	size_t sent;

	f->at_ms = f->o->now.wall_ms - 24 * 120 * HOUR_MS;
	ARRIVE(f, .office = DISTRICT, .serial = 1, .text = "无关的甲。");
	ARRIVE(f, .office = TOWN, .serial = 1, .text = "无关的乙。");
	settle(f);
	assert_int_equal(made(f, RECORD_DIRECTIVE_ISSUED, ""), 0);
	supervise_by_itself(f, "CB");
	settle(f);
	sent = made(f, RECORD_DIRECTIVE_ISSUED, "");
	assert_true(sent > 0);
	assert_int_equal(made(f, RECORD_DIRECTIVE_ISSUED, DISTRICT), sent);
	/* One a limit, to our child alone, in words of the template. */
	assert_int_equal(number_of(f, "SELECT count(DISTINCT clock)"
				      " FROM directive_now WHERE kind = 'CB'"
				      " AND addressee = '" DISTRICT "'"
				      " AND ground = 'G1' AND role = 'system'"
				      " AND length(text) > 0"),
	    sent);
	assert_text(f, "SELECT DISTINCT item FROM directive_now",
	    item(DISTRICT, 1));
	/* A restart begins the pass anew: the records say what was sent. */
	open_again(f);
	f->o->is_daemon = true;
	settle(f);
	assert_int_equal(made(f, RECORD_DIRECTIVE_ISSUED, ""), sent);
}

TEST_WITH(test_a_hub_supervises_nobody_whom_the_item_reports, start, finish)
{
	struct fixture *f = *state;

	f->at_ms = f->o->now.wall_ms - 24 * 120 * HOUR_MS;
	ARRIVE(f, .office = DISTRICT, .serial = 1, .accused = DISTRICT,
	    .text = "无关的甲。");
	supervise_by_itself(f, "CB");
	settle(f);
	assert_int_equal(made(f, RECORD_DIRECTIVE_ISSUED, ""), 0);
	assert_int_equal(made(f, RECORD_DIRECTIVE_ISSUED, DISTRICT), 0);
}

/* -- the reactor -- */

TEST_WITH(test_a_turn_without_time_does_one_thing_and_goes_on_later, start,
    finish)
{
	struct fixture *f = *state;
	size_t turns = 0;
	bool is_more = true;

	for (uint32_t i = 1; i <= 5; i++) {
		ARRIVE(f, .office = OWN, .serial = i, .responsible = DISTRICT,
		    .text = "无关的事项。");
	}
	while (is_more) {
		is_more = turn_idle(f->o, 0);
		if (++turns == 2) {
			assert_true(is_more);
			open_again(f);
		}
		assert_true(turns < 100);
	}
	assert_true(turns >= 5);
	assert_int_equal(made(f, RECORD_ESCALATED, ""), 5);
	assert_int_equal(made(f, RECORD_ESCALATED, DISTRICT), 5);
}
