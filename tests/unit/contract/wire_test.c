/*
 * Goal of this test: what contract/wire.h promises for records, what they carry,
 * commands and replies.  Whatever is packed comes back; whatever breaks a
 * rule is malformed, one below the limit and at it is not; and no bytes at
 * all can do harm.  Single fields:
 * wire_field_test.c; frames: wire_frame_test.c.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire_messages.h"

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

/* -- any bytes -- */

TEST_WITH(test_what_is_packed_comes_back_byte_for_byte, NULL, tear_down)
{
	(void)state;
	for (size_t i = 0; i < MESSAGES; i++) {
		struct buffer in = { 0 }, out = { 0 };

		messages[i].make(&in);
		assert_int_equal(messages[i].again(buffer_span(&in), &out),
		    RC_OK);
		assert_true(span_equal(buffer_span(&in), buffer_span(&out)));
		buffer_clear(&in);
		buffer_clear(&out);
	}
}

TEST_WITH(test_a_message_cut_anywhere_does_no_harm, NULL, tear_down)
{
	(void)state;
	for (size_t i = 0; i < MESSAGES; i++) {
		struct buffer in = { 0 };

		messages[i].make(&in);
		for (size_t size = 0; size < in.size; size++) {
			(void)again_try(messages[i].again,
			    span_of(in.at, size));
		}
		buffer_clear(&in);
	}
}

TEST_WITH(test_a_flipped_bit_anywhere_does_no_harm, NULL, tear_down)
{
	(void)state;
	for (size_t i = 0; i < MESSAGES; i++) {
		struct buffer in = { 0 };

		messages[i].make(&in);
		for (size_t bit = 0; bit < 8 * in.size; bit++) {
			uint8_t mask = (uint8_t)(1U << (bit & 7));

			in.at[bit / 8] ^= mask;
			(void)again_try(messages[i].again, buffer_span(&in));
			in.at[bit / 8] ^= mask;
		}
		buffer_clear(&in);
	}
}

TEST_WITH(test_noise_does_no_harm, NULL, tear_down)
{
	uint32_t draw = 7;
	uint8_t noise[200];

	(void)state;
	for (unsigned run = 0; run < 2000; run++) {
		size_t size = run % sizeof(noise);

		for (size_t i = 0; i < size; i++) {
			draw = draw * 1664525U + 1013904223U;
			noise[i] = (uint8_t)(draw >> 24);
		}
		for (size_t i = 0; i < MESSAGES; i++) {
			(void)again_try(messages[i].again,
			    span_of(noise, size));
		}
	}
}

/* -- counts, sizes and what a message may cost -- */

TEST_WITH(test_a_directive_has_at_most_so_many_addressees, NULL, tear_down)
{
	struct buffer bytes = { 0 };

	(void)state;
	make_directive(&bytes);
	for (size_t i = 2; i < DIRECTIVE_TO_MAX; i++)
		raw_bytes(&bytes, 3, letters('9', OFFICE_CODE_MAX));
	assert_int_equal(again_try(again_directive, buffer_span(&bytes)),
	    RC_OK);
	raw_bytes(&bytes, 3, letters('9', 6));
	assert_int_equal(again_try(again_directive, buffer_span(&bytes)),
	    RC_MALFORMED);
	buffer_clear(&bytes);
}

/* A record of exactly `total` bytes. */
static enum rc
record_of_size(size_t total)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	make_record(&bytes);
	raw_bytes(&bytes, 9, letters('p', total - bytes.size - 4));
	assert_int_equal(bytes.size, total);
	rc = again_try(again_record, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

TEST_WITH(test_a_record_may_be_as_large_as_its_limit, NULL, tear_down)
{
	(void)state;
	assert_int_equal(record_of_size(RECORD_BYTES_MAX), RC_OK);
	assert_int_equal(record_of_size(RECORD_BYTES_MAX + 1), RC_MALFORMED);
}

TEST_WITH(test_later_fields_and_kinds_are_passed_over, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct record out;

	(void)state;
	make_record(&bytes);
	raw_number(&bytes, 8, 4711);
	raw_number(&bytes, 100, 5);
	raw_bytes(&bytes, 101, letters('x', 70000));
	assert_int_equal(wire_record_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_int_equal(out.kind, 4711);
	assert_int_equal(out.sequence, 1042);
	buffer_clear(&bytes);
}

/* Large enough that its fields are counted before they are read. */
static enum rc
large_record_with(const void *field, size_t size)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	make_record(&bytes);
	raw_bytes(&bytes, 101, letters('x', 3000));
	assert_int_equal(buffer_append(&bytes, span_of(field, size)), RC_OK);
	rc = again_try(again_record, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
}

TEST_WITH(test_fields_of_every_wire_type_are_counted, NULL, tear_down)
{
	(void)state;
	/* Field 15 as varint, 64 bits, bytes, 32 bits. */
	assert_int_equal(large_record_with("\x78\x05", 2), RC_OK);
	assert_int_equal(large_record_with("\x79"
					   "12345678",
			     9),
	    RC_OK);
	assert_int_equal(large_record_with("\x7a\x02xy", 4), RC_OK);
	assert_int_equal(large_record_with("\x7d"
					   "1234",
			     5),
	    RC_OK);
	/* Each of them ends too early. */
	assert_int_equal(large_record_with("\x78", 1), RC_MALFORMED);
	assert_int_equal(large_record_with("\x78\x85", 2), RC_MALFORMED);
	assert_int_equal(large_record_with("\x79"
					   "1234567",
			     8),
	    RC_MALFORMED);
	assert_int_equal(large_record_with("\x7a\x03xy", 4), RC_MALFORMED);
	assert_int_equal(large_record_with("\x7a", 1), RC_MALFORMED);
	assert_int_equal(large_record_with("\x7d"
					   "123",
			     4),
	    RC_MALFORMED);
	assert_int_equal(large_record_with("\xf8", 1), RC_MALFORMED);
	/* A varint of eleven bytes is none. */
	assert_int_equal(large_record_with("\x78\x80\x80\x80\x80\x80"
					   "\x80\x80\x80\x80\x80\x01",
			     12),
	    RC_MALFORMED);
}

TEST_WITH(test_a_flood_of_fields_is_malformed, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct record out;

	(void)state;
	/* 130 kB of empty fields that nobody knows. */
	make_record(&bytes);
	while (bytes.size < RECORD_BYTES_MAX - 4)
		raw_bytes(&bytes, 15, span_of(NULL, 0));
	assert_int_equal(wire_record_unpack(buffer_span(&bytes), &out),
	    RC_MALFORMED);
	/* The same within the little that is not counted. */
	buffer_reset(&bytes);
	make_record(&bytes);
	while (bytes.size < 2048 - 1)
		raw_bytes(&bytes, 15, span_of(NULL, 0));
	assert_int_equal(wire_record_unpack(buffer_span(&bytes), &out), RC_OK);
	buffer_clear(&bytes);
}

TEST_WITH(test_groups_and_unknown_wire_types_are_malformed, NULL, tear_down)
{
	struct record out;

	(void)state;
	for (unsigned type = 3; type < 8; type++) {
		struct buffer bytes = { 0 };

		if (type == 5)
			continue;
		make_record(&bytes);
		raw_varint(&bytes, 100U << 3 | type);
		raw_varint(&bytes, 0);
		assert_int_equal(wire_record_unpack(buffer_span(&bytes), &out),
		    RC_MALFORMED);
		/* Also where fields are counted first. */
		raw_bytes(&bytes, 101, letters('x', 3000));
		assert_int_equal(wire_record_unpack(buffer_span(&bytes), &out),
		    RC_MALFORMED);
		buffer_clear(&bytes);
	}
}

/* -- who may be in memory beside whom -- */

TEST_WITH(test_a_record_its_payload_and_its_identity_live_together, NULL,
    tear_down)
{
	struct buffer bytes = { 0 }, sealed = { 0 };
	struct petition expected = sample_petition();
	struct identity_fields person = sample_identity(), fields;
	struct record r;
	struct petition p;

	(void)state;
	make_record(&bytes);
	wire_identity_pack(&sealed, &person);
	assert_int_equal(wire_record_unpack(buffer_span(&bytes), &r), RC_OK);
	assert_int_equal(wire_petition_unpack(r.payload, &p), RC_OK);
	assert_int_equal(wire_identity_unpack(buffer_span(&sealed), &fields),
	    RC_OK);
	memset(bytes.at, 0xff, bytes.size);
	memset(sealed.at, 0xff, sealed.size);
	assert_string_equal(p.item, expected.item);
	assert_true(span_equal(p.subject, expected.subject));
	assert_true(span_equal(p.text, expected.text));
	assert_true(span_equal(p.person_key, expected.person_key));
	assert_true(span_equal(fields.document, person.document));
	assert_int_equal(wire_petition_unpack(r.payload, &p), RC_OK);
	buffer_clear(&bytes);
	buffer_clear(&sealed);
}

TEST_WITH(test_every_field_of_a_petition_comes_back, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct petition in = sample_petition(), p;

	(void)state;
	make_petition(&bytes);
	assert_int_equal(wire_petition_unpack(buffer_span(&bytes), &p), RC_OK);
	assert_string_equal(p.channel, in.channel);
	assert_string_equal(p.purpose, in.purpose);
	assert_string_equal(p.legal_class, in.legal_class);
	assert_string_equal(p.category, in.category);
	assert_string_equal(p.level, in.level);
	assert_int_equal(p.heads, in.heads);
	assert_string_equal(p.responsible, in.responsible);
	assert_true(span_equal(p.place, in.place));
	assert_true(span_equal(p.source, in.source));
	assert_true(span_equal(p.source_ref, in.source_ref));
	assert_true(span_equal(p.query_hash, in.query_hash));
	assert_int_equal(p.person_key_version, in.person_key_version);
	assert_true(span_equal(p.sealed_identity, in.sealed_identity));
	assert_int_equal(p.seal_year, in.seal_year);
	assert_string_equal(p.earlier_item, in.earlier_item);
	buffer_clear(&bytes);
}

/* -- commands -- */

TEST_WITH(test_a_command_says_one_thing, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct command c;

	(void)state;
	assert_int_equal(wire_command_unpack(span_of(NULL, 0), &c),
	    RC_MALFORMED);
	raw_bytes(&bytes, 3, span_of_text("wang"));
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &c),
	    RC_MALFORMED);
	raw_bytes(&bytes, 11, span_of(NULL, 0));
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &c), RC_OK);
	assert_int_equal(c.kind, COMMAND_STATUS);
	/* The last one counts. */
	raw_bytes(&bytes, 17, span_of(NULL, 0));
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &c), RC_OK);
	assert_int_equal(c.kind, COMMAND_DISTRICTS);
	/* What this version does not know is not obeyed in part. */
	for (uint32_t field = 0; field < 40; field++) {
		bool is_known = (field >= 10 && field <= 17) ||
				(field >= 20 && field <= 26);

		if (field <= 3)
			continue;
		buffer_reset(&bytes);
		raw_bytes(&bytes, field, span_of(NULL, 0));
		/* An attachment without its hash is none. */
		assert_int_equal(wire_command_unpack(buffer_span(&bytes), &c),
		    is_known && field != COMMAND_ATTACH ? RC_OK : RC_MALFORMED);
		if (is_known && field != COMMAND_ATTACH)
			assert_int_equal(c.kind, field);
	}
	buffer_clear(&bytes);
}

/* `count` empty elements in the first field of `kind`. */
static enum rc
repeat_in(enum command_kind kind, size_t count)
{
	struct buffer bytes = { 0 }, items = { 0 };
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		raw_bytes(&items, 1, span_of(NULL, 0));
	raw_bytes(&bytes, kind, buffer_span(&items));
	rc = again_try(again_command, buffer_span(&bytes));
	buffer_clear(&bytes);
	buffer_clear(&items);
	return rc;
}

TEST_WITH(test_a_question_about_one_record_names_it, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct command c = { .kind = COMMAND_STATUS,
		.language = "en",
		.status = { .origin = "420106",
		    .incarnation = 2,
		    .sequence = 17 } };
	struct command out;

	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_string_equal(out.status.origin, "420106");
	assert_int_equal(out.status.incarnation, 2);
	assert_int_equal(out.status.sequence, 17);
	buffer_clear(&bytes);
}

TEST_WITH(test_a_register_command_has_at_most_so_many_items, NULL, tear_down)
{
	(void)state;
	assert_int_equal(repeat_in(COMMAND_REGISTER, 0), RC_OK);
	assert_int_equal(repeat_in(COMMAND_REGISTER, COMMAND_ITEMS_MAX), RC_OK);
	assert_int_equal(repeat_in(COMMAND_REGISTER, COMMAND_ITEMS_MAX + 1),
	    RC_MALFORMED);
	assert_int_equal(repeat_in(COMMAND_REGISTER, 400000), RC_MALFORMED);
}

TEST_WITH(test_what_a_person_typed_is_left_to_the_desk, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct command c = sample_command(COMMAND_DIRECTIVE_ISSUE), out;
	static const char all[1][OFFICE_CODE_MAX + 1] = { "all" };
	struct intake item = sample_intake();

	(void)state;
	c.directive.to = all;
	c.directive.to_count = 1;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_string_equal(out.directive.to[0], "all");

	buffer_reset(&bytes);
	item.subject = letters('s', SUBJECT_BYTES_MAX + 1);
	item.heads = HEADS_MAX + 1;
	assert_int_equal(text_copy(item.responsible, sizeof(item.responsible),
			     "420106a"),
	    RC_OK);
	c = sample_command(COMMAND_REGISTER);
	c.registering.items = &item;
	c.registering.items_count = 1;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_int_equal(out.registering.items[0].subject.size,
	    SUBJECT_BYTES_MAX + 1);
	assert_int_equal(out.registering.items[0].heads, HEADS_MAX + 1);
	buffer_clear(&bytes);
}

/* As many items as may be, and the message as large as it may be. */
TEST_WITH(test_the_largest_command_goes_through, NULL, tear_down)
{
	struct intake *items = calloc(COMMAND_ITEMS_MAX, sizeof(*items));
	struct buffer bytes = { .limit = COMMAND_BYTES_MAX };
	struct command c = sample_command(COMMAND_REGISTER), out;

	(void)state;
	assert_non_null(items);
	for (size_t i = 0; i < COMMAND_ITEMS_MAX; i++) {
		items[i] = sample_intake();
		items[i].text = letters('t', 3800);
	}
	c.registering.items = items;
	c.registering.items_count = COMMAND_ITEMS_MAX;
	wire_command_pack(&bytes, &c);
	assert_true(bytes.size > COMMAND_BYTES_MAX - 64 * 1024);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_int_equal(out.registering.items_count, COMMAND_ITEMS_MAX);
	assert_int_equal(out.registering.items[COMMAND_ITEMS_MAX - 1].text.size,
	    3800);
	buffer_clear(&bytes);
	free(items);
}

TEST_WITH(test_the_largest_reply_goes_through, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct reply in = sample_reply(), out;
	uint8_t *json = calloc(REPLY_BYTES_MAX, 1);

	(void)state;
	assert_non_null(json);
	in.json = span_of(json, REPLY_BYTES_MAX - 64);
	wire_reply_pack(&bytes, &in);
	assert_int_equal(wire_reply_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_true(span_equal(out.json, in.json));
	assert_true(span_equal(out.sentence, in.sentence));
	raw_bytes(&bytes, 9, letters('x', 64));
	assert_int_equal(wire_reply_unpack(buffer_span(&bytes), &out),
	    RC_MALFORMED);
	buffer_clear(&bytes);
	free(json);
}

/* -- what the caller must not do -- */

static bool
aborts(void (*act)(struct buffer *out))
{
	int how;
	pid_t process = fork();

	if (process == 0) {
		struct buffer out = { 0 };

		(void)freopen("/dev/null", "w", stderr);
		(void)alarm(10);
		act(&out);
		_exit(0);
	}
	assert_int_equal(waitpid(process, &how, 0), process);
	return WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
}

static void
pack_a_long_subject(struct buffer *out)
{
	struct petition p = sample_petition();

	p.subject = letters('s', SUBJECT_BYTES_MAX + 1);
	wire_petition_pack(out, &p);
}

static void
pack_a_broken_text(struct buffer *out)
{
	struct petition p = sample_petition();

	p.text = span_of_text("\xe6\xad");
	wire_petition_pack(out, &p);
}

static void
pack_a_nul(struct buffer *out)
{
	struct petition p = sample_petition();

	p.text = span_of("a\0b", 3);
	wire_petition_pack(out, &p);
}

static void
pack_half_a_hash(struct buffer *out)
{
	struct petition p = sample_petition();

	p.query_hash.size = HASH_BYTES / 2;
	wire_petition_pack(out, &p);
}

static void
pack_a_lower_case_office(struct buffer *out)
{
	struct record r = sample_record(2, span_of(NULL, 0));

	r.key.origin[0] = 'a';
	wire_record_pack(out, &r);
}

static void
pack_a_record_that_is_too_large(struct buffer *out)
{
	struct record r = sample_record(2, letters('p', RECORD_BYTES_MAX));

	wire_record_pack(out, &r);
}

static void
pack_over_the_buffers_limit(struct buffer *out)
{
	struct record r = sample_record(2, letters('p', 100));

	out->limit = 100;
	wire_record_pack(out, &r);
}

static void
pack_a_move_of_nothing(struct buffer *out)
{
	struct moved m = sample_moved();

	m.item[0] = '\0';
	wire_moved_pack(out, &m);
}

static void
pack_too_many_accused(struct buffer *out)
{
	struct petition p = sample_petition();

	p.accused_count = ACCUSED_MAX + 1;
	wire_petition_pack(out, &p);
}

static void
pack_too_many_attachments(struct buffer *out)
{
	struct directive_step s = sample_answer();

	s.attachments_count = ATTACHMENTS_MAX + 1;
	wire_directive_step_pack(out, &s);
}

static void
pack_a_part_behind_the_last(struct buffer *out)
{
	struct attached a = sample_attached();

	a.part = a.parts + 1;
	wire_attached_pack(out, &a);
}

static void
pack_an_escalation_of_no_revision(struct buffer *out)
{
	struct escalated e = sample_escalated();

	e.revision = 0;
	wire_escalated_pack(out, &e);
}

static void
pack_a_year_of_long_ago(struct buffer *out)
{
	struct key_destroyed k = sample_key_destroyed();

	k.year = 1900;
	wire_key_destroyed_pack(out, &k);
}

static void
pack_no_command(struct buffer *out)
{
	struct command c = { .kind = (enum command_kind)18 };

	wire_command_pack(out, &c);
}

static void
pack_well(struct buffer *out)
{
	make_petition(out);
}

TEST_WITH(test_packing_what_cannot_be_read_stops_the_process, NULL, tear_down)
{
	(void)state;
	assert_true(aborts(pack_a_long_subject));
	assert_true(aborts(pack_a_broken_text));
	assert_true(aborts(pack_a_nul));
	assert_true(aborts(pack_half_a_hash));
	assert_true(aborts(pack_a_lower_case_office));
	assert_true(aborts(pack_a_record_that_is_too_large));
	assert_true(aborts(pack_over_the_buffers_limit));
	assert_true(aborts(pack_a_move_of_nothing));
	assert_true(aborts(pack_too_many_accused));
	assert_true(aborts(pack_too_many_attachments));
	assert_true(aborts(pack_a_part_behind_the_last));
	assert_true(aborts(pack_an_escalation_of_no_revision));
	assert_true(aborts(pack_a_year_of_long_ago));
	assert_true(aborts(pack_no_command));
	assert_false(aborts(pack_well));
}
