#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "law/moves/directive_core.h"
#include "mech/db.h"
#include "mech/merkle.h"
#include "petition/item_number.h"
#include "register/views.h"

#include "support/unit.h"
#include "support/views_dump.h"

#define CITY     "990100"
#define DISTRICT "990101"
#define SIBLING  "990102"

enum { ENTRIES_MAX = 64, START_MS = 1000000, RUNS = 200 };

/* One row of a made-up journal, kept so that it can be folded again. */
struct row {
	struct stream *stream;
	struct buffer bytes;
	uint8_t leaf[HASH_BYTES];
	int64_t received_ms;
};

struct fixture {
	struct views *views;
	struct stream streams[8];
	uint32_t streams_count;
	struct row rows[ENTRIES_MAX];
	size_t rows_count;
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
	for (size_t i = 0; i < f->rows_count; i++)
		buffer_clear(&f->rows[i].bytes);
	free(f);
	wire_release();
	log_set_sink(NULL);
	return 0;
}

static struct stream *
stream_of(struct fixture *f, const char *origin, uint32_t incarnation,
    const char *audience)
{
	struct stream_key key = { .incarnation = incarnation };
	struct stream *s = &f->streams[f->streams_count];

	assert_int_equal(text_copy(key.origin, sizeof(key.origin), origin),
	    RC_OK);
	assert_int_equal(text_copy(key.audience, sizeof(key.audience),
			     audience),
	    RC_OK);
	for (uint32_t i = 0; i < f->streams_count; i++) {
		if (f->streams[i].branch == 0 &&
		    stream_key_equal(&f->streams[i].key, &key))
			return &f->streams[i];
	}
	s->id = ++f->streams_count;
	s->key = key;
	return s;
}

/* Write a record into the made-up journal; nothing is folded yet. */
static void
write_raw(struct fixture *f, struct stream *s, struct span bytes)
{
	struct row *row = &f->rows[f->rows_count++];

	assert_true(f->rows_count <= ENTRIES_MAX);
	row->stream = s;
	row->received_ms = START_MS + (int64_t)f->rows_count;
	assert_int_equal(buffer_append(&row->bytes, bytes), RC_OK);
	merkle_leaf(bytes, row->leaf);
	s->tree.size++;
}

static void
write_record(struct fixture *f, struct stream *s, uint32_t kind,
    struct buffer *payload)
{
	struct buffer bytes = { 0 };
	struct record record = { .key = s->key,
		.sequence = s->tree.size + 1,
		.claimed_ms = START_MS,
		.recorded_ms = START_MS + (int64_t)s->tree.size,
		.schema = RECORD_SCHEMA,
		.kind = kind,
		.actor_role = "clerk",
		.actor = "wang",
		.payload = buffer_span(payload) };

	wire_record_pack(&bytes, &record);
	write_raw(f, s, buffer_span(&bytes));
	buffer_clear(&bytes);
	buffer_clear(payload);
}

static void
write_opened(struct fixture *f, const char *office)
{
	struct buffer payload = { 0 };
	struct office_opened o = { .name = "某某信访局" };

	assert_int_equal(text_copy(o.office, sizeof(o.office), office), RC_OK);
	wire_office_opened_pack(&payload, &o);
	write_record(f, stream_of(f, office, 1, ""), RECORD_OFFICE_OPENED,
	    &payload);
}

static void
number(char out[static ITEM_NUMBER_MAX + 1], enum number_kind kind,
    const char *office, uint32_t serial)
{
	struct item_number n = { .kind = kind, .year = 2026, .serial = serial };

	assert_int_equal(text_copy(n.office, sizeof(n.office), office), RC_OK);
	item_number_format(&n, 1, out);
}

static void
write_petition(struct fixture *f, struct stream *s, const char *office,
    uint32_t serial)
{
	struct buffer payload = { 0 };
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.level = "D",
		.heads = 1,
		.subject = span_of_text("楼道堆物"),
		.text = span_of_text("三号楼二单元楼道堆满杂物。"),
		.source = span_of_text("board"),
		.source_ref = span_of_text(serial % 2 == 0 ? "even" : "") };

	number(p.item, NUMBER_ITEM, office, serial);
	assert_int_equal(text_copy(p.responsible, sizeof(p.responsible),
			     office),
	    RC_OK);
	wire_petition_pack(&payload, &p);
	write_record(f, s, RECORD_PETITION_REGISTERED, &payload);
}

static void
write_issue(struct fixture *f, struct stream *s, const char *id)
{
	static const char to[1][OFFICE_CODE_MAX + 1] = { DISTRICT };
	struct buffer payload = { 0 };
	struct directive d = { .kind = "DB",
		.to = to,
		.to_count = 1,
		.due_ms = 5000,
		.text = span_of_text("请于期限内反馈。") };

	assert_int_equal(text_copy(d.id, sizeof(d.id), id), RC_OK);
	wire_directive_pack(&payload, &d);
	write_record(f, s, RECORD_DIRECTIVE_ISSUED, &payload);
}

static void
write_step(struct fixture *f, struct stream *s, const char *id,
    const char *status, int64_t due_ms)
{
	struct buffer payload = { 0 };
	struct directive_step d = { .addressee = DISTRICT,
		.text = span_of_text("已核实。"),
		.due_ms = due_ms };

	assert_int_equal(text_copy(d.id, sizeof(d.id), id), RC_OK);
	assert_int_equal(text_copy(d.status, sizeof(d.status), status), RC_OK);
	wire_directive_step_pack(&payload, &d);
	write_record(f, s, RECORD_DIRECTIVE_STEP, &payload);
}

static void
fold_row(struct views *v, const struct row *row, uint64_t position)
{
	struct record record;
	bool is_readable =
	    wire_record_unpack(buffer_span(&row->bytes), &record) == RC_OK;

	views_apply(v, &(struct relay_entry){ .position = position,
			   .received_ms = row->received_ms,
			   .stream = row->stream,
			   .record = is_readable ? &record : NULL,
			   .bytes = buffer_span(&row->bytes),
			   .leaf = row->leaf });
}

/* Fold what is new, `step` rows in a transaction. */
static void
fold_into(struct fixture *f, struct views *v, size_t step)
{
	size_t position = (size_t)views_applied(v);

	while (position < f->rows_count) {
		views_begin(v);
		for (size_t i = 0; i < step && position < f->rows_count; i++) {
			fold_row(v, &f->rows[position], position + 1);
			position++;
		}
		views_commit(v);
	}
}

static void
fold_all(struct fixture *f)
{
	fold_into(f, f->views, 3);
}

/* -- reading back -- */

/* The register of the same journal, built from nothing. */
static void
assert_rebuilds_the_same(struct fixture *f, size_t step)
{
	struct buffer now = { 0 }, again = { 0 };
	struct views *other;

	assert_int_equal(views_open_file(":memory:", true, &other), RC_OK);
	fold_into(f, other, step);
	dump(f->views, &now);
	dump(other, &again);
	assert_true(now.size > 0);
	assert_true(span_equal(buffer_span(&now), buffer_span(&again)));
	buffer_clear(&now);
	buffer_clear(&again);
	views_close(other);
}

static int64_t
count(struct fixture *f, const char *table)
{
	char sql[200];
	struct stmt *s;
	int64_t rows;

	assert_int_equal(text_format(sql, sizeof(sql),
			     "SELECT count(*) FROM %s", table),
	    RC_OK);
	s = db_prepare(views_db(f->views), sql);
	assert_true(db_next(s));
	rows = db_column_i64(s, 0);
	db_finish(s);
	return rows;
}

static void
assert_text(struct views *v, const char *sql, const char *expected)
{
	struct stmt *s = db_prepare(views_db(v), sql);

	assert_true(db_next(s));
	assert_string_equal(db_column_text(s, 0), expected);
	db_finish(s);
}

/* -- tests -- */

TEST_WITH(test_a_petition_is_in_the_register_with_all_it_says, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, DISTRICT);
	write_petition(f, stream_of(f, DISTRICT, 1, ""), DISTRICT, 2);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 1);
	assert_text(f->views, "SELECT subject FROM petition", "楼道堆物");
	assert_text(f->views, "SELECT responsible FROM petition", DISTRICT);
	assert_text(f->views, "SELECT office FROM petition", DISTRICT);
	assert_text(f->views, "SELECT received_ms FROM petition", "1000002");
	assert_int_equal(count(f, "quarantine"), 0);
}

TEST_WITH(test_the_register_is_the_same_whenever_it_is_built, start, finish)
{
	struct fixture *f = *state;
	struct stream *up, *own;
	char id[ITEM_NUMBER_MAX + 1];

	write_opened(f, CITY);
	write_opened(f, DISTRICT);
	up = stream_of(f, DISTRICT, 1, "");
	own = stream_of(f, CITY, 1, "");
	for (uint32_t i = 1; i <= 21; i++)
		write_petition(f, up, DISTRICT, i);
	write_petition(f, up, DISTRICT, 7); /* a number taken twice */
	write_raw(f, up, span_of("\xff\xff", 2));
	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_step(f, up, id, "DLV", 0);
	write_issue(f, own, id);
	write_petition(f, own, CITY, 1);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 23);
	assert_int_equal(count(f, "quarantine"), 1);
	for (size_t step = 1; step < 40; step += 6)
		assert_rebuilds_the_same(f, step);
}

TEST_WITH(test_two_arrivals_with_one_number_are_both_shown, start, finish)
{
	struct fixture *f = *state;
	struct stream *up;

	write_opened(f, DISTRICT);
	up = stream_of(f, DISTRICT, 1, "");
	for (uint32_t i = 1; i <= 8; i++)
		write_petition(f, up, DISTRICT, i < 5 ? i : i - 1);
	fold_into(f, f->views, 100);
	assert_int_equal(count(f, "petition"), 8);
	assert_int_equal(count(f, "quarantine"), 0);
}

TEST_WITH(test_only_we_may_keep_a_petition_for_ourselves, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, DISTRICT);
	write_petition(f, stream_of(f, DISTRICT, 1, ""), DISTRICT, 1);
	write_petition(f, stream_of(f, DISTRICT, 1, DISTRICT), DISTRICT, 2);
	write_petition(f, stream_of(f, SIBLING, 1, SIBLING), SIBLING, 3);
	write_petition(f, stream_of(f, DISTRICT, 1, SIBLING), DISTRICT, 4);
	write_petition(f, stream_of(f, CITY, 1, DISTRICT), CITY, 5);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 2);
	assert_int_equal(count(f, "held_back"), 1);
	assert_int_equal(count(f, "quarantine"), 3);
	/* What went up is put aside; what never did stays. */
	views_begin(f->views);
	views_set_aside(f->views, &f->streams[0].key);
	views_commit(f->views);
	assert_int_equal(count(f, "petition"), 1);
	assert_int_equal(count(f, "held_back"), 1);
	assert_int_equal(count(f, "source_seen"), 1);
}

TEST_WITH(test_a_record_of_another_stream_goes_to_quarantine, start, finish)
{
	struct fixture *f = *state;
	struct stream foreign = { .id = 99,
		.key = { .origin = "990199", .incarnation = 1 } };
	struct stream *up;

	write_opened(f, DISTRICT);
	up = stream_of(f, DISTRICT, 1, "");
	write_petition(f, &foreign, "990199", 1);
	f->rows[1].stream = up;
	write_petition(f, up, "990199", 2);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 0);
	assert_int_equal(count(f, "quarantine"), 2);
}

TEST_WITH(test_an_unknown_kind_is_counted_and_passed_over, start, finish)
{
	struct fixture *f = *state;
	struct buffer payload = { 0 };

	write_opened(f, DISTRICT);
	write_record(f, stream_of(f, DISTRICT, 1, ""), 777, &payload);
	write_record(f, stream_of(f, DISTRICT, 1, ""), 777, &payload);
	write_petition(f, stream_of(f, DISTRICT, 1, ""), DISTRICT, 1);
	fold_all(f);
	assert_text(f->views, "SELECT count FROM unknown_kind", "2");
	assert_int_equal(count(f, "quarantine"), 0);
	assert_int_equal(count(f, "petition"), 1);
}

TEST_WITH(test_a_rolled_back_turn_leaves_nothing, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, DISTRICT);
	write_petition(f, stream_of(f, DISTRICT, 1, ""), DISTRICT, 2);
	views_begin(f->views);
	fold_row(f->views, &f->rows[0], 1);
	fold_row(f->views, &f->rows[1], 2);
	views_rollback(f->views);
	assert_int_equal(views_applied(f->views), 0);
	assert_int_equal(count(f, "petition"), 0);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 1);
	assert_rebuilds_the_same(f, 1);
}

TEST_WITH(test_only_our_own_sources_are_remembered, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, CITY);
	write_opened(f, DISTRICT);
	write_petition(f, stream_of(f, DISTRICT, 1, ""), DISTRICT, 2);
	fold_all(f);
	assert_int_equal(count(f, "source_seen"), 0);
	write_petition(f, stream_of(f, CITY, 1, ""), CITY, 2);
	fold_all(f);
	assert_int_equal(count(f, "source_seen"), 1);
}

TEST_WITH(test_a_branch_that_was_put_aside_leaves_the_register, start, finish)
{
	struct fixture *f = *state;
	struct stream *old, *fresh;

	write_opened(f, CITY);
	write_opened(f, DISTRICT);
	old = stream_of(f, DISTRICT, 1, "");
	write_petition(f, old, DISTRICT, 1);
	write_petition(f, old, DISTRICT, 2);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 2);
	old->branch = 1;
	write_opened(f, DISTRICT);
	fresh = stream_of(f, DISTRICT, 1, "");
	write_petition(f, fresh, DISTRICT, 1);
	fold_all(f);
	assert_ptr_not_equal(old, fresh);
	assert_int_equal(count(f, "petition"), 1);
	assert_rebuilds_the_same(f, 2);
}

TEST_WITH(test_a_carried_petition_stands_where_its_carrier_does, start, finish)
{
	struct fixture *f = *state;
	struct buffer payload = { 0 };
	uint8_t leaf[HASH_BYTES];
	char leaf_text[2 * HASH_BYTES + 1];
	struct stream *branch;

	write_opened(f, DISTRICT);
	branch = stream_of(f, DISTRICT, 1, "");
	write_petition(f, branch, DISTRICT, 1);
	wire_carried_pack(&payload, buffer_span(&f->rows[1].bytes));
	merkle_leaf(buffer_span(&f->rows[1].bytes), leaf);
	text_hex(span_of(leaf, sizeof(leaf)), leaf_text);
	branch->branch = 1;
	write_record(f, stream_of(f, DISTRICT, 2, ""), RECORD_CARRIED,
	    &payload);
	fold_all(f);
	assert_int_equal(count(f, "petition"), 1);
	assert_text(f->views, "SELECT position FROM petition", "3");
	assert_text(f->views, "SELECT incarnation FROM petition", "2");
	/* The fingerprint on the slip stays right. */
	assert_text(f->views, "SELECT lower(hex(leaf)) FROM petition",
	    leaf_text);
	assert_int_equal(count(f, "quarantine"), 0);
}

static const char *
text_pair(const char *one, const char *other)
{
	static char pair[64];

	assert_int_equal(text_format(pair, sizeof(pair), "%s %s", one, other),
	    RC_OK);
	return pair;
}

/* What `by` says about an office. */
static void
write_claim(struct fixture *f, uint32_t kind, const char *office,
    const char *by)
{
	struct buffer payload = { 0 };
	struct child c = { .name = "某某区信访局" };

	assert_int_equal(text_copy(c.office, sizeof(c.office), office), RC_OK);
	assert_int_equal(text_copy(c.parent, sizeof(c.parent), by), RC_OK);
	wire_child_pack(&payload, &c);
	write_record(f, stream_of(f, by, 1, ""), kind, &payload);
}

static void
write_enrolment(struct fixture *f, uint32_t kind)
{
	write_claim(f, kind, DISTRICT, CITY);
}

static void
assert_stands(struct fixture *f, const char *office, const char *state,
    const char *parent)
{
	char sql[200];

	fold_all(f);
	assert_int_equal(
	    text_format(sql, sizeof(sql),
		"SELECT state || ' ' || parent FROM office WHERE code = '%s'",
		office),
	    RC_OK);
	assert_text(f->views, sql, text_pair(state, parent));
}

TEST_WITH(test_the_roster_follows_enrolling_and_revoking, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, CITY);
	write_enrolment(f, RECORD_CHILD_ENROLLED);
	write_opened(f, DISTRICT);
	fold_all(f);
	assert_text(f->views,
	    "SELECT state FROM office WHERE code = '" DISTRICT "'", "enrolled");
	assert_text(f->views,
	    "SELECT name FROM office WHERE code = '" DISTRICT "'",
	    "某某区信访局");
	write_enrolment(f, RECORD_CHILD_REVOKED);
	fold_all(f);
	assert_text(f->views,
	    "SELECT state FROM office WHERE code = '" DISTRICT "'", "revoked");
	assert_int_equal(count(f, "office"), 2);
}

TEST_WITH(test_no_child_takes_its_sibling_away, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, CITY);
	write_enrolment(f, RECORD_CHILD_ENROLLED);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, CITY);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, DISTRICT);
	assert_stands(f, SIBLING, "enrolled", CITY);
	write_claim(f, RECORD_CHILD_REVOKED, SIBLING, DISTRICT);
	assert_stands(f, SIBLING, "enrolled", CITY);
	/* Let go by us it may go to another; ours again, it is ours. */
	write_claim(f, RECORD_CHILD_REVOKED, SIBLING, CITY);
	assert_stands(f, SIBLING, "revoked", CITY);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, DISTRICT);
	assert_stands(f, SIBLING, "enrolled", DISTRICT);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, CITY);
	assert_stands(f, SIBLING, "enrolled", CITY);
	assert_int_equal(count(f, "quarantine"), 0);
	assert_rebuilds_the_same(f, 1);
}

TEST_WITH(test_an_office_further_down_is_whose_it_was_first, start, finish)
{
	struct fixture *f = *state;

	write_opened(f, CITY);
	write_claim(f, RECORD_CHILD_ENROLLED, "990101001", DISTRICT);
	write_claim(f, RECORD_CHILD_ENROLLED, "990101001", SIBLING);
	assert_stands(f, "990101001", "enrolled", DISTRICT);
	/* When the one that was heeded is put aside, the other counts. */
	f->streams[1].branch = 1;
	views_begin(f->views);
	views_set_aside(f->views, &f->streams[1].key);
	views_commit(f->views);
	assert_stands(f, "990101001", "enrolled", SIBLING);
	assert_rebuilds_the_same(f, 5);
}

TEST_WITH(test_nobody_claims_us_or_who_is_above_us_or_itself, start, finish)
{
	struct fixture *f = *state;

	views_set_above(f->views, "990000");
	write_opened(f, CITY);
	write_enrolment(f, RECORD_CHILD_ENROLLED);
	write_claim(f, RECORD_CHILD_ENROLLED, CITY, DISTRICT);
	write_claim(f, RECORD_CHILD_ENROLLED, "990000", DISTRICT);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, SIBLING);
	write_claim(f, RECORD_CHILD_ENROLLED, SIBLING, DISTRICT);
	write_claim(f, RECORD_CHILD_REVOKED, DISTRICT, CITY);
	write_claim(f, RECORD_CHILD_ENROLLED, DISTRICT, SIBLING);
	assert_stands(f, CITY, "own", "");
	assert_stands(f, SIBLING, "enrolled", DISTRICT);
	assert_stands(f, DISTRICT, "revoked", CITY);
	assert_int_equal(count(f, "office"), 3);
	/* Another office above us: what was said about it comes to count. */
	views_set_above(f->views, "980000");
	assert_stands(f, "990000", "enrolled", DISTRICT);
}

TEST_WITH(test_a_step_by_the_wrong_office_goes_to_quarantine, start, finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_opened(f, CITY);
	write_issue(f, stream_of(f, CITY, 1, ""), id);
	write_step(f, stream_of(f, CITY, 1, ""), id, "ANS", 0);
	write_step(f, stream_of(f, DISTRICT, 1, ""), id, "CLS", 0);
	write_step(f, stream_of(f, DISTRICT, 1, ""), id, "XYZ", 0);
	fold_all(f);
	assert_int_equal(count(f, "quarantine"), 3);
	assert_text(f->views, "SELECT status FROM directive_now", "SNT");
	assert_false(views_has_step(f->views, id, DISTRICT, "ANS"));
}

TEST_WITH(test_an_escalation_s_notice_has_steps_of_its_addressee, start, finish)
{
	struct fixture *f = *state;
	struct stream *from;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_ESCALATION, CITY, 1);
	write_opened(f, CITY);
	from = stream_of(f, DISTRICT, 1, "");
	write_step(f, from, id, "DLV", 0);
	write_step(f, from, id, "SGN", 0);
	write_step(f, from, id, "ANS", 0);
	fold_all(f);
	assert_int_equal(count(f, "quarantine"), 0);
	assert_int_equal(count(f, "directive_step"), 3);
	assert_true(views_has_step(f->views, id, DISTRICT, "DLV"));
	/* It is nobody's directive. */
	assert_int_equal(count(f, "directive_now"), 0);
	write_step(f, from, id, "EXQ", 0);
	write_step(f, stream_of(f, CITY, 1, ""), id, "DLV", 0);
	write_step(f, stream_of(f, CITY, 1, ""), id, "CLS", 0);
	write_issue(f, stream_of(f, CITY, 1, ""), id);
	fold_all(f);
	assert_int_equal(count(f, "quarantine"), 4);
}

/* What two offices say about one directive, each in its own order. */
struct saying {
	const char *origin;
	const char *status; /* NULL: the directive itself */
	int64_t due_ms;
	const char *then; /* where it stands when this is known */
};

static const struct saying sayings[] = {
	{ CITY, NULL, 0, "SNT" },
	{ DISTRICT, "DLV", 0, "DLV" },
	{ DISTRICT, "SGN", 0, "SGN" },
	{ DISTRICT, "WRK", 0, "WRK" },
	{ DISTRICT, "ANS", 0, "ANS" },
	{ CITY, "RTN", 9000, "RTN" },
	{ DISTRICT, "WRK", 0, "WRK" },
	{ DISTRICT, "ANS", 0, "ANS" },
	{ CITY, "RTN", 9500, "RTN" },
	{ DISTRICT, "ANS", 0, "ANS" },
	{ CITY, "CLS", 0, "CLS" },
};
enum { SAYINGS = sizeof(sayings) / sizeof(*sayings) };

static void
write_saying(struct fixture *f, const struct saying *saying, const char *id)
{
	struct stream *s = stream_of(f, saying->origin, 1, "");

	if (saying->status == NULL) {
		write_issue(f, s, id);
	} else {
		write_step(f, s, id, saying->status, saying->due_ms);
	}
}

TEST_WITH(test_a_directive_stands_where_its_steps_have_brought_it, start,
    finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_opened(f, CITY);
	for (size_t i = 0; i < SAYINGS; i++) {
		write_saying(f, &sayings[i], id);
		fold_all(f);
		assert_text(f->views, "SELECT status FROM directive_now",
		    sayings[i].then);
	}
	assert_text(f->views, "SELECT due_ms FROM directive_now", "9500");
	assert_true(views_has_step(f->views, id, DISTRICT, "DLV"));
	assert_int_equal(count(f, "directive_now"), 1);
}

/* Write both offices' sayings in an order that keeps each one's own. */
static void
write_interleaved(struct fixture *f, const char *id, unsigned seed)
{
	size_t next[2] = { 0, 0 };
	const char *origins[2] = { CITY, DISTRICT };

	for (size_t left = SAYINGS; left > 0;) {
		unsigned which;

		seed = seed * 1103515245 + 12345;
		which = seed >> 16 & 1;
		while (next[which] < SAYINGS &&
		       strcmp(sayings[next[which]].origin, origins[which]) != 0)
			next[which]++;
		if (next[which] == SAYINGS)
			continue;
		write_saying(f, &sayings[next[which]++], id);
		left--;
	}
}

TEST_WITH(test_any_order_of_two_offices_gives_the_same_directive, start, finish)
{
	for (unsigned seed = 0; seed < RUNS; seed++) {
		struct fixture *f = *state;
		char id[ITEM_NUMBER_MAX + 1];

		number(id, NUMBER_DIRECTIVE, CITY, 1);
		write_opened(f, CITY);
		write_interleaved(f, id, seed);
		fold_all(f);
		assert_text(f->views, "SELECT status FROM directive_now",
		    "CLS");
		assert_text(f->views, "SELECT due_ms FROM directive_now",
		    "9500");
		assert_int_equal(count(f, "quarantine"), 0);
		assert_int_equal(finish(state), 0);
		assert_int_equal(start(state), 0);
	}
}

/* -- two desks that hear of each other late -- */

enum { TALK_MAX = 20 };

/* All that was said of one directive, each office in its own order. */
struct talk {
	struct directive_said said[TALK_MAX];
	int64_t due_ms[TALK_MAX];
	size_t count;
	unsigned seed;
};

static unsigned
roll(struct talk *t, unsigned below)
{
	t->seed = t->seed * 1103515245 + 12345;
	return (t->seed >> 16) % below;
}

static const struct directive_rule *
may(enum directive_code step, enum directive_code from)
{
	return directive_rule(directive_code(step), "DB", directive_code(from));
}

/* Where it stands for whoever knows the first so many of each side. */
static enum directive_code
stand(const struct talk *t, const size_t known[2], int64_t *due_ms)
{
	struct directive_said heard[TALK_MAX] = { 0 };
	size_t at[TALK_MAX] = { 0 }, order[TALK_MAX], count = 0;
	size_t seen[2] = { 0, 0 }, answers = 0, returns = 0;
	enum directive_code status = DIRECTIVE_SNT;

	*due_ms = 5000;
	for (size_t i = 0; i < t->count; i++) {
		if (seen[t->said[i].side]++ < known[t->said[i].side]) {
			at[count] = i;
			heard[count++] = t->said[i];
		}
	}
	directive_order(heard, count, order);
	for (size_t i = 0; i < count; i++) {
		const struct directive_said *s = &heard[order[i]];
		const struct directive_rule *rule = directive_rule_of(s->step);

		if (t->due_ms[at[order[i]]] > 0 && s->step != DIRECTIVE_EXQ)
			*due_ms = t->due_ms[at[order[i]]];
		answers += s->step == DIRECTIVE_ANS;
		returns += s->step == DIRECTIVE_RTN;
		/* About a request that has not come yet. */
		if (status == DIRECTIVE_EXQ && rule->to == DIRECTIVE_WRK &&
		    s->side == DIRECTIVE_BY_ISSUER && answers != returns)
			continue;
		/* The addressee's last word, but what was said about it. */
		if (directive_is_over(status))
			continue;
		if (s->side == DIRECTIVE_BY_ADDRESSEE ||
		    directive_is_over(rule->to) || may(s->step, status) != NULL)
			status = rule->to;
	}
	return status;
}

/* One of the moves that this side may make by what it knows. */
static bool
say_something(struct talk *t, enum directive_side side, const size_t known[2])
{
	const struct directive_rule *r, *able[20];
	size_t count = 0;
	int64_t due_ms;
	enum directive_code status = stand(t, known, &due_ms);

	for (size_t i = 0; (r = directive_rule_at(i)) != NULL; i++) {
		bool is_end = directive_is_over(r->to);

		if (r->side == side && r->step != DIRECTIVE_SNT &&
		    may(r->step, status) == r && (!is_end || roll(t, 60) == 0))
			able[count++] = r;
	}
	if (count == 0 || t->count == TALK_MAX)
		return false;
	r = able[roll(t, (unsigned)count)];
	t->said[t->count] = (struct directive_said){ r->step, side,
		/* The clocks of the two do not agree. */
		1000 + (int64_t)t->count * 10 + roll(t, 200) };
	t->due_ms[t->count] =
	    (r->needs & (DIRECTIVE_NEEDS_DUE | DIRECTIVE_TAKES_DUE)) != 0
		? 6000 + (int64_t)t->count
		: 0;
	t->count++;
	return true;
}

/* known[a][b]: how many words of b have come to a. */
static void
hold_talk(struct talk *t, unsigned seed)
{
	size_t known[2][2] = { { 0, 0 }, { 0, 0 } };

	*t = (struct talk){ .seed = seed * 2654435769U };
	for (int i = 0; i < 200; i++) {
		enum directive_side a = (enum directive_side)roll(t, 2);
		enum directive_side b = a == DIRECTIVE_BY_ISSUER
					    ? DIRECTIVE_BY_ADDRESSEE
					    : DIRECTIVE_BY_ISSUER;

		if (roll(t, 3) > 0) {
			if (known[a][b] < known[b][b])
				known[a][b]++;
		} else if (say_something(t, a, known[a])) {
			known[a][a]++;
		}
	}
}

static void
write_word(struct fixture *f, const struct talk *t, size_t i, const char *id,
    bool is_doubled)
{
	bool is_theirs = t->said[i].side == DIRECTIVE_BY_ADDRESSEE;
	const char *origin = is_theirs ? DISTRICT : CITY;

	write_step(f, stream_of(f, origin, 1, ""), id,
	    directive_code(t->said[i].step), t->due_ms[i]);
	if (!is_theirs && is_doubled) {
		write_step(f, stream_of(f, CITY, 1, DISTRICT), id,
		    directive_code(t->said[i].step), t->due_ms[i]);
	}
}

static void
assert_as_told(struct fixture *f, const struct talk *t, const size_t known[2])
{
	char due[24];
	int64_t due_ms;
	enum directive_code status = stand(t, known, &due_ms);

	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now",
	    directive_code(status));
	assert_int_equal(text_format(due, sizeof(due), "%lld",
			     (long long)due_ms),
	    RC_OK);
	assert_text(f->views, "SELECT due_ms FROM directive_now", due);
}

/*
 * Whatever the two sides say in turn or across each other, and in whatever
 * order it comes to a third office: after each word that comes, the register
 * stands where the words so far lead.
 */
TEST_WITH(test_words_that_cross_lead_everybody_to_one_place, start, finish)
{
	unsigned extended = 0, crossed = 0;

	for (unsigned seed = 1; seed <= RUNS; seed++) {
		struct fixture *f = *state;
		struct talk t;
		size_t next[2] = { 0, 0 }, known[2] = { 0, 0 };
		char id[ITEM_NUMBER_MAX + 1];

		hold_talk(&t, seed);
		number(id, NUMBER_DIRECTIVE, CITY, 1);
		write_opened(f, CITY);
		write_issue(f, stream_of(f, CITY, 1, ""), id);
		for (size_t left = t.count; left > 0;) {
			unsigned side = roll(&t, 2);
			size_t *i = &next[side];

			while (*i < t.count && t.said[*i].side != side)
				++*i;
			if (*i == t.count)
				continue;
			write_word(f, &t, *i, id, seed % 2 == 0);
			extended += t.said[*i].step == DIRECTIVE_EXG;
			crossed += side == DIRECTIVE_BY_ISSUER && known[0] == 0;
			++*i;
			known[side]++;
			left--;
			assert_as_told(f, &t, known);
		}
		assert_int_equal(count(f, "quarantine"), 0);
		assert_int_equal(finish(state), 0);
		assert_int_equal(start(state), 0);
	}
	/* The runs were about something. */
	assert_true(extended > RUNS / 10);
	assert_true(crossed > RUNS / 10);
}

/* An answer that did not wait leaves the request behind, and the grant. */
TEST_WITH(test_a_grant_that_crosses_an_answer_leaves_it_standing, start, finish)
{
	struct fixture *f = *state;
	struct stream *ours, *theirs;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_opened(f, CITY);
	ours = stream_of(f, CITY, 1, "");
	theirs = stream_of(f, DISTRICT, 1, "");
	write_issue(f, ours, id);
	write_step(f, theirs, id, "EXQ", 7000);
	write_step(f, theirs, id, "ANS", 0);
	write_step(f, ours, id, "EXG", 7000);
	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now", "ANS");
	assert_text(f->views, "SELECT due_ms FROM directive_now", "7000");
	/* And is no answer to what is asked in the next round. */
	write_step(f, ours, id, "RTN", 8000);
	write_step(f, theirs, id, "EXQ", 9000);
	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now", "EXQ");
	assert_text(f->views, "SELECT asked_ms FROM directive_now", "9000");
	write_step(f, ours, id, "EXR", 0);
	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now", "WRK");
	assert_text(f->views, "SELECT due_ms FROM directive_now", "8000");
}

TEST_WITH(test_a_draft_is_nobody_elses_until_it_is_sent, start, finish)
{
	struct fixture *f = *state;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_opened(f, CITY);
	write_issue(f, stream_of(f, CITY, 1, CITY), id);
	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now", "DRF");
	write_issue(f, stream_of(f, CITY, 1, ""), id);
	write_issue(f, stream_of(f, CITY, 1, DISTRICT), id);
	fold_all(f);
	assert_text(f->views, "SELECT status FROM directive_now", "SNT");
	assert_int_equal(count(f, "directive_now"), 1);
	assert_rebuilds_the_same(f, 1);
}

static void
write_part(struct fixture *f, struct stream *s, const struct attached *a)
{
	struct buffer payload = { 0 };

	wire_attached_pack(&payload, a);
	write_record(f, s, RECORD_ATTACHED, &payload);
}

TEST_WITH(test_a_part_said_again_counts_once_and_a_false_one_not_at_all, start,
    finish)
{
	struct fixture *f = *state;
	struct stream *s;
	struct attached a = { .name = "a.txt",
		.size = 5,
		.part = 1,
		.parts = 1,
		.data = span_of_text("bytes") };

	write_opened(f, DISTRICT);
	s = stream_of(f, DISTRICT, 1, "");
	write_part(f, s, &a);
	write_part(f, s, &a);
	a.size = 6;
	write_part(f, s, &a);
	a.size = 5;
	a.parts = 2;
	write_part(f, s, &a);
	fold_all(f);
	assert_int_equal(count(f, "attachment"), 1);
	assert_int_equal(count(f, "quarantine"), 2);
	assert_rebuilds_the_same(f, 1);
}

/* At the issuer each of its steps stands twice: for above, for the child. */
TEST_WITH(test_the_issuers_copies_count_once, start, finish)
{
	struct fixture *f = *state;
	struct stream *up, *down, *from;
	char id[ITEM_NUMBER_MAX + 1];

	number(id, NUMBER_DIRECTIVE, CITY, 1);
	write_opened(f, CITY);
	up = stream_of(f, CITY, 1, "");
	down = stream_of(f, CITY, 1, DISTRICT);
	from = stream_of(f, DISTRICT, 1, "");
	write_issue(f, up, id);
	write_issue(f, down, id);
	write_step(f, from, id, "ANS", 0);
	write_step(f, up, id, "RTN", 7000);
	write_step(f, down, id, "RTN", 7000);
	write_step(f, from, id, "ANS", 0);
	fold_all(f);
	assert_int_equal(count(f, "directive_now"), 1);
	assert_text(f->views, "SELECT status FROM directive_now", "ANS");
	assert_text(f->views, "SELECT due_ms FROM directive_now", "7000");
}
