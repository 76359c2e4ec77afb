/* What a relay does with peers that lie, stammer or run ahead. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "contract/wire.h"
#include "relay/relay.h"
#include "relay/relay_internal.h"
#include "relay/store_sqlite.h"

#include "support/unit.h"

enum { SESSION = 7, ROUTE = 3, SENT_MAX = 16, FRAME_MOST = 4096 };

static const struct relay_now now = { .steady_ms = 1000,
	.wall_ms = 1767225600000 };

/* A city 990100 with the child 990101, below which 990101001 is enrolled. */
struct city {
	struct store_sqlite *store;
	struct journal *journal;
	struct relay *relay;
	struct relay_link *child;
	unsigned records, unreadable;
	struct frame sent[SENT_MAX];
	uint8_t bytes[SENT_MAX][FRAME_MOST];
	unsigned sent_count;
};

static bool
is_below(void *context, const char *office, const char *child)
{
	(void)context;
	return strcmp(office, child) == 0 ||
	       (strcmp(office, "990101001") == 0 &&
		   strcmp(child, "990101") == 0);
}

static void
on_record(void *context, const struct relay_entry *entry)
{
	struct city *c = context;

	c->records++;
	c->unreadable += entry->record == NULL;
}

static void
on_incarnation(void *context, const struct stream *previous)
{
	(void)context;
	(void)previous;
}

static void
keep_frame(void *owner, uint64_t route, struct span bytes)
{
	struct city *c = owner;

	(void)route;
	assert_true(c->sent_count < SENT_MAX && bytes.size <= FRAME_MOST);
	memcpy(c->bytes[c->sent_count], bytes.at, bytes.size);
	assert_int_equal(wire_frame_unpack(span_of(c->bytes[c->sent_count],
					       bytes.size),
			     &c->sent[c->sent_count]),
	    RC_OK);
	c->sent_count++;
}

static const struct relay_transport child_line = { .send_frame = keep_frame };

static uint64_t
on_random(void *context)
{
	(void)context;
	return 42;
}

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static int
setup(void **state)
{
	static struct city city;
	struct city *c = &city;
	struct relay_settings settings = { .office = "990100",
		.software = "test",
		.link = { .dial_ms = 1000,
		    .greeting_ms = 1000,
		    .silence_ms = 15000,
		    .ack_ms = 30000,
		    .backoff_first_ms = 100,
		    .backoff_max_ms = 1000,
		    .window_bytes = 65536 } };
	struct relay_hooks hooks = { .context = c,
		.is_below = is_below,
		.on_record = on_record,
		.on_incarnation = on_incarnation,
		.random = on_random };

	memset(c, 0, sizeof(*c));
	log_set_sink(quiet);
	assert_int_equal(store_sqlite_open(":memory:", &c->store), RC_OK);
	c->journal = journal_open(&store_sqlite_ops, c->store);
	c->relay = relay_open(c->journal, &settings, &hooks);
	c->child = relay_add_child(c->relay, "990101", now);
	relay_attach(c->child, &child_line, c);
	journal_begin(c->journal);
	relay_begin(c->relay, now);
	relay_commit(c->relay, now);
	*state = c;
	return 0;
}

static int
teardown(void **state)
{
	struct city *c = *state;

	relay_close(c->relay);
	journal_close(c->journal);
	store_sqlite_close(c->store);
	log_set_sink(NULL);
	return 0;
}

/* One turn in which the child says one frame; what is said back is kept. */
static void
hear_bytes(struct city *c, struct span bytes)
{
	c->sent_count = 0;
	journal_begin(c->journal);
	relay_hear(c->relay, c->child, ROUTE, bytes, now);
	assert_int_equal(c->sent_count, 0); /* nothing before the commit */
	relay_commit(c->relay, now);
	relay_answer(c->relay, now);
}

static void
hear(struct city *c, const struct frame *f)
{
	struct buffer packed = { .limit = FRAME_BYTES_MAX };

	wire_frame_pack(&packed, f);
	hear_bytes(c, buffer_span(&packed));
	buffer_clear(&packed);
}

static struct frame
hello_of(const char *office)
{
	struct frame f = { .type = FRAME_HELLO, .session = SESSION };

	f.greeting.protocol_min = f.greeting.protocol_max = PROTOCOL_VERSION;
	f.greeting.window_bytes = 65536;
	assert_int_equal(text_copy(f.greeting.office, sizeof(f.greeting.office),
			     office),
	    RC_OK);
	return f;
}

/* A stream in the making: its records so far, as a batch. */
struct script {
	struct frame frame;
	struct buffer records;
	struct merkle tree;
};

static void
script_start(struct script *s, const char *origin)
{
	memset(s, 0, sizeof(*s));
	s->records.limit = FRAME_MOST;
	s->frame.type = FRAME_BATCH;
	s->frame.session = SESSION;
	s->frame.batch.first = 1;
	s->frame.batch.key.incarnation = 1700000000;
	assert_int_equal(text_copy(s->frame.batch.key.origin,
			     sizeof(s->frame.batch.key.origin), origin),
	    RC_OK);
}

static void
script_add(struct script *s, const struct record *record)
{
	struct buffer packed = { .limit = FRAME_MOST };
	uint8_t leaf[HASH_BYTES];

	wire_record_pack(&packed, record);
	merkle_leaf(buffer_span(&packed), leaf);
	merkle_append(&s->tree, leaf);
	merkle_root(&s->tree, s->frame.batch.root);
	assert_int_equal(wire_batch_add(&s->records, buffer_span(&packed)),
	    RC_OK);
	s->frame.batch.count++;
	s->frame.batch.records = buffer_span(&s->records);
	buffer_clear(&packed);
}

static struct record
next_record(const struct script *s, uint32_t kind)
{
	return (struct record){ .key = s->frame.batch.key,
		.sequence = s->tree.size + 1,
		.claimed_ms = now.wall_ms,
		.recorded_ms = now.wall_ms,
		.schema = 1,
		.kind = kind,
		.payload = span_of_text("payload") };
}

static void
say_hello(struct city *c)
{
	struct frame hello = hello_of("990101");

	hear(c, &hello);
	assert_int_equal(c->sent_count, 1);
	assert_int_equal(c->sent[0].type, FRAME_WELCOME);
	c->records = 0;
}

static void
assert_refused(const struct city *c, enum refuse_code code)
{
	assert_int_equal(c->sent_count, 1);
	assert_int_equal(c->sent[0].type, FRAME_REFUSE);
	assert_int_equal(c->sent[0].refuse.code, code);
}

TEST_WITH(test_relay_refuses_a_greeting_in_another_name, setup, teardown)
{
	struct city *c = *state;
	struct frame hello = hello_of("990102");

	hear(c, &hello);
	assert_refused(c, REFUSE_OFFICE);
}

TEST_WITH(test_relay_refuses_a_protocol_it_does_not_speak, setup, teardown)
{
	struct city *c = *state;
	struct frame hello = hello_of("990101");

	hello.greeting.protocol_min = hello.greeting.protocol_max = 9;
	hear(c, &hello);
	assert_refused(c, REFUSE_VERSION);
}

TEST_WITH(test_relay_acknowledges_a_batch_after_its_commit, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	say_hello(c);
	script_start(&s, "990101");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	hear(c, &s.frame);
	assert_int_equal(c->records, 1);
	assert_int_equal(c->sent_count, 1);
	assert_int_equal(c->sent[0].type, FRAME_ACK);
	assert_int_equal(c->sent[0].ack.marks_count, 1);
	/* Again: acknowledged again, stored once. */
	hear(c, &s.frame);
	assert_int_equal(c->records, 1);
	assert_int_equal(c->sent[0].type, FRAME_ACK);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_takes_no_batch_without_a_session, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	script_start(&s, "990101");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	c->records = 0;
	hear(c, &s.frame);
	assert_int_equal(c->records, 0);
	assert_refused(c, REFUSE_STALE_SESSION);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_takes_no_records_of_an_office_elsewhere, setup, teardown)
{
	struct city *c = *state;
	static const char *const others[] = { "990102", "990100", "990000" };

	say_hello(c);
	for (size_t i = 0; i < 3; i++) {
		struct script s;
		struct record record;

		script_start(&s, others[i]);
		record = next_record(&s, RECORD_PETITION_REGISTERED);
		script_add(&s, &record);
		hear(c, &s.frame);
		assert_int_equal(c->records, 0);
		assert_refused(c, REFUSE_SCOPE);
		buffer_clear(&s.records);
	}
}

TEST_WITH(test_relay_takes_records_of_offices_below_its_child, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	say_hello(c);
	script_start(&s, "990101001");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	hear(c, &s.frame);
	assert_int_equal(c->records, 1);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_keeps_a_record_in_another_name_unread, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	say_hello(c);
	script_start(&s, "990101");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	memcpy(record.key.origin, "990102", 7);
	script_add(&s, &record);
	hear(c, &s.frame);
	assert_int_equal(c->records, 2);
	assert_int_equal(c->unreadable, 1);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_keeps_records_of_kinds_it_does_not_know, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;
	struct store_row row;
	struct span records, first;

	say_hello(c);
	script_start(&s, "990101");
	record = next_record(&s, 4711);
	script_add(&s, &record);
	hear(c, &s.frame);
	records = s.frame.batch.records;
	assert_int_equal(wire_batch_next(&records, &first), RC_OK);
	journal_walk_stream(c->journal,
	    journal_find(c->journal, &s.frame.batch.key), 1);
	assert_true(journal_next_in_stream(c->journal, &row));
	assert_int_equal(row.kind, 4711);
	assert_true(span_equal(row.bytes, first));
	journal_stop_stream(c->journal);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_stores_nothing_of_a_batch_with_a_wrong_root, setup,
    teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	say_hello(c);
	script_start(&s, "990101");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	s.frame.batch.root[0] ^= 1;
	hear(c, &s.frame);
	assert_int_equal(c->records, 0);
	assert_refused(c, REFUSE_MALFORMED);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_survives_garbage_and_goes_on, setup, teardown)
{
	struct city *c = *state;
	uint8_t noise[64];

	say_hello(c);
	for (unsigned i = 0; i < 500; i++) {
		for (size_t k = 0; k < sizeof(noise); k++)
			noise[k] = (uint8_t)((size_t)i * 31 + k * 17);
		hear_bytes(c, span_of(noise, i % sizeof(noise)));
		assert_int_equal(c->records, 0);
		assert_refused(c, REFUSE_MALFORMED);
	}
	test_relay_acknowledges_a_batch_after_its_commit(state);
}

TEST_WITH(test_relay_takes_nothing_while_the_disk_is_full, setup, teardown)
{
	struct city *c = *state;
	struct script s;
	struct record record;

	say_hello(c);
	relay_set_full(c->relay, true);
	script_start(&s, "990101");
	record = next_record(&s, RECORD_PETITION_REGISTERED);
	script_add(&s, &record);
	hear(c, &s.frame);
	assert_int_equal(c->records, 0);
	assert_refused(c, REFUSE_NO_SPACE);
	relay_set_full(c->relay, false);
	hear(c, &s.frame);
	assert_int_equal(c->records, 1);
	buffer_clear(&s.records);
}

TEST_WITH(test_relay_refuses_a_record_that_is_too_big, setup, teardown)
{
	struct city *c = *state;
	static uint8_t big[RELAY_PAYLOAD_MAX + 1];
	struct record draft = { .kind = RECORD_PETITION_REGISTERED,
		.payload = span_of(big, sizeof(big)) };
	uint64_t position, end = journal_end(c->journal);

	journal_begin(c->journal);
	assert_int_equal(relay_record(c->relay, "", &draft, now, &position,
			     NULL),
	    RC_TOO_BIG);
	relay_commit(c->relay, now);
	assert_int_equal(journal_end(c->journal), end);
}

/* The child says that it holds three records of a history of ours. */
static void
claim_history(struct city *c, uint32_t incarnation)
{
	struct frame hello = hello_of("990101");
	struct stream_mark mark = { .size = 3 };

	mark.key = (struct stream_key){ .origin = "990100",
		.incarnation = incarnation,
		.audience = "990101" };
	hello.greeting.marks = &mark;
	hello.greeting.marks_count = 1;
	hear(c, &hello);
}

TEST_WITH(test_relay_believes_a_lost_history_once_a_minute, setup, teardown)
{
	struct city *c = *state;
	uint32_t first = relay_incarnation(c->relay), second;

	claim_history(c, UINT32_MAX - 15);
	assert_int_equal(relay_incarnation(c->relay), first);
	claim_history(c, first);
	second = relay_incarnation(c->relay);
	assert_true(second > first);
	for (int i = 0; i < 100; i++)
		claim_history(c, second);
	assert_int_equal(relay_incarnation(c->relay), second);
}

TEST_WITH(test_relay_keeps_only_so_many_histories_of_an_office, setup, teardown)
{
	struct city *c = *state;

	say_hello(c);
	for (uint32_t i = 0; i < RELAY_HISTORIES_MAX + 5; i++) {
		struct script s;
		struct record record;

		script_start(&s, "990101");
		s.frame.batch.key.incarnation += i;
		record = next_record(&s, RECORD_PETITION_REGISTERED);
		script_add(&s, &record);
		hear(c, &s.frame);
		buffer_clear(&s.records);
	}
	assert_int_equal(c->records, RELAY_HISTORIES_MAX);
	assert_refused(c, REFUSE_SCOPE);
}

/* -- a fork that was settled for the parent's copy -- */

/* The parent's copy is another one, of as many records. */
static void
settle_for_parent(struct city *c, const struct stream_key *key)
{
	struct stream *s = journal_find(c->journal, key);

	assert_non_null(s);
	c->sent_count = 0;
	journal_begin(c->journal);
	journal_fork(c->journal, s, "990000", s->tree.size);
	assert_int_equal(relay_settle(c->relay, key, now), RC_OK);
	relay_commit(c->relay, now);
	relay_answer(c->relay, now);
}

static void
take_from_parent(struct city *c, const struct script *s)
{
	struct stream *main = journal_find(c->journal, &s->frame.batch.key);
	struct span records = buffer_span(&s->records), bytes;
	uint8_t leaf[HASH_BYTES];

	assert_non_null(main);
	assert_int_equal(wire_batch_next(&records, &bytes), RC_OK);
	merkle_leaf(bytes, leaf);
	c->sent_count = 0;
	journal_begin(c->journal);
	(void)relay_append(c->relay, main, bytes, NULL, leaf, now);
	relay_tick(c->relay, now);
	relay_commit(c->relay, now);
	relay_answer(c->relay, now);
}

TEST_WITH(test_relay_fills_a_copy_that_gave_way_from_the_parent_alone, setup,
    teardown)
{
	struct city *c = *state;
	struct script lost, kept;
	struct record record;

	(void)relay_set_parent(c->relay, "990000", now);
	script_start(&lost, "990101");
	record = next_record(&lost, RECORD_PETITION_REGISTERED);
	script_add(&lost, &record);
	script_start(&kept, "990101");
	record = next_record(&kept, RECORD_PETITION_REGISTERED);
	record.payload = span_of_text("another");
	script_add(&kept, &record);
	say_hello(c);
	hear(c, &lost.frame);
	assert_int_equal(c->records, 1);
	settle_for_parent(c, &lost.frame.batch.key);
	/* The child offers what was put aside: not before the parent's. */
	say_hello(c);
	hear(c, &lost.frame);
	assert_int_equal(c->records, 0);
	assert_refused(c, REFUSE_SCOPE);
	/* Then both compare anew, as the sizes alone agree. */
	take_from_parent(c, &kept);
	assert_int_equal(c->records, 1);
	assert_refused(c, REFUSE_STALE_SESSION);
	buffer_clear(&kept.records);
	buffer_clear(&lost.records);
}
