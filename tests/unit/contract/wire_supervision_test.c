/*
 * Goal of this test: that the largest legal message of supervision goes
 * through, that one larger does not, and that nothing of the message before
 * shines through the next.  Round trips and hostile bytes: wire_test.c;
 * single fields of records: wire_field_test.c.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <stdlib.h>

#include "wire_messages.h"

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

static void
fill_known(char *at, size_t size)
{
	memset(at, '9', size - 1);
	at[size - 1] = '\0';
}
#define FILL(field) fill_known(field, sizeof(field))

static void
goes_through(again_function *again, const struct buffer *bytes)
{
	struct buffer out = { 0 };

	assert_int_equal(again(buffer_span(bytes), &out), RC_OK);
	assert_true(span_equal(buffer_span(bytes), buffer_span(&out)));
	buffer_clear(&out);
}

static enum rc
with_repeated(const struct message *m, uint32_t field, size_t size,
    size_t count)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	m->make(&bytes);
	for (size_t i = 0; i < count; i++)
		raw_bytes(&bytes, field, letters('9', size));
	rc = again_try(m->again, buffer_span(&bytes));
	buffer_clear(&bytes);
	return rc;
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

TEST_WITH(test_the_accused_and_the_attachments_are_counted, NULL, tear_down)
{
	(void)state;
	assert_int_equal(with_repeated(&petition, 20, OFFICE_CODE_MAX,
			     ACCUSED_MAX),
	    RC_OK);
	assert_int_equal(with_repeated(&petition, 20, OFFICE_CODE_MAX,
			     ACCUSED_MAX + 1),
	    RC_MALFORMED);
	assert_int_equal(with_repeated(&petition, 20, OFFICE_CODE_MAX, 9000),
	    RC_MALFORMED);
	assert_int_equal(with_repeated(&petition, 20, 0, 1), RC_MALFORMED);
	assert_int_equal(with_repeated(&one_step, 9, HASH_BYTES,
			     ATTACHMENTS_MAX),
	    RC_OK);
	assert_int_equal(with_repeated(&one_step, 9, HASH_BYTES,
			     ATTACHMENTS_MAX + 1),
	    RC_MALFORMED);
	assert_int_equal(with_repeated(&one_step, 9, 0, 60000), RC_MALFORMED);
}

TEST_WITH(test_the_largest_petition_goes_through, NULL, tear_down)
{
	static uint8_t sealed[SEALED_BYTES_MAX];
	struct buffer bytes = { 0 };
	struct petition p = sample_petition();

	(void)state;
	FILL(p.item);
	FILL(p.responsible);
	FILL(p.earlier_item);
	FILL(p.procedure);
	for (size_t i = 0; i < ACCUSED_MAX; i++)
		FILL(p.accused[i]);
	p.accused_count = ACCUSED_MAX;
	p.subject = letters('9', SUBJECT_BYTES_MAX);
	p.text = letters('9', TEXT_BYTES_MAX);
	p.place = letters('9', PLACE_BYTES_MAX);
	p.source = letters('9', SOURCE_BYTES_MAX);
	p.source_ref = letters('9', SOURCE_REF_BYTES_MAX);
	p.sealed_identity = span_of(sealed, sizeof(sealed));
	/* `letters` knows one text at a time, of the greatest size. */
	p.text = letters('9', TEXT_BYTES_MAX);
	wire_petition_pack(&bytes, &p);
	assert_true(bytes.size > TEXT_BYTES_MAX + SEALED_BYTES_MAX);
	goes_through(again_petition, &bytes);
	buffer_clear(&bytes);
}

TEST_WITH(test_the_largest_directive_and_answer_go_through, NULL, tear_down)
{
	static char to[DIRECTIVE_TO_MAX][OFFICE_CODE_MAX + 1];
	struct buffer bytes = { 0 };
	struct directive d = sample_replacing();
	struct directive_step s = sample_answer();

	(void)state;
	for (size_t i = 0; i < DIRECTIVE_TO_MAX; i++)
		FILL(to[i]);
	d.to = (void *)to;
	d.to_count = DIRECTIVE_TO_MAX;
	FILL(d.clock);
	FILL(d.supersedes);
	d.text = letters('9', DIRECTIVE_TEXT_BYTES_MAX);
	wire_directive_pack(&bytes, &d);
	goes_through(again_directive, &bytes);

	buffer_reset(&bytes);
	s.text = s.done = s.report = letters('9', DIRECTIVE_TEXT_BYTES_MAX);
	s.attachments_count = ATTACHMENTS_MAX;
	FILL(s.other);
	wire_directive_step_pack(&bytes, &s);
	assert_true(bytes.size > (size_t)3 * DIRECTIVE_TEXT_BYTES_MAX);
	goes_through(again_directive_step, &bytes);
	buffer_clear(&bytes);
}

TEST_WITH(test_the_largest_of_supervision_go_through, NULL, tear_down)
{
	struct buffer bytes = { 0 };
	struct moved m = sample_moved();
	struct attached a = sample_attached();
	struct published p = sample_published();

	(void)state;
	FILL(m.document);
	FILL(m.approver);
	FILL(m.person);
	m.text = letters('9', MOVE_TEXT_BYTES_MAX);
	wire_moved_pack(&bytes, &m);
	goes_through(again_moved, &bytes);
	buffer_reset(&bytes);
	FILL(a.name);
	a.part = a.parts = ATTACHMENT_PARTS_MAX;
	a.size = (uint64_t)ATTACHMENT_PARTS_MAX * ATTACHMENT_PART_BYTES;
	a.data = letters('9', ATTACHMENT_PART_BYTES);
	wire_attached_pack(&bytes, &a);
	goes_through(again_attached, &bytes);
	buffer_reset(&bytes);
	FILL(p.version);
	p.text = letters('9', PUBLISHED_TEXT_BYTES_MAX);
	wire_published_pack(&bytes, &p);
	goes_through(again_published, &bytes);
	buffer_reset(&bytes);
	wire_handed_pack(&bytes, letters('9', RECORD_BYTES_MAX - 4));
	assert_int_equal(bytes.size, RECORD_BYTES_MAX);
	goes_through(again_handed, &bytes);
	raw_bytes(&bytes, 9, span_of("", 0));
	assert_int_equal(again_try(again_handed, buffer_span(&bytes)),
	    RC_MALFORMED);
	buffer_clear(&bytes);
}

TEST_WITH(test_a_handed_record_is_not_empty, NULL, tear_down)
{
	struct span inner;

	(void)state;
	assert_int_equal(wire_handed_unpack(span_of(NULL, 0), &inner),
	    RC_MALFORMED);
}

TEST_WITH(test_an_act_command_has_at_most_so_many_moves, NULL, tear_down)
{
	(void)state;
	assert_int_equal(repeat_in(COMMAND_ACT, 0), RC_OK);
	assert_int_equal(repeat_in(COMMAND_ACT, COMMAND_MOVES_MAX), RC_OK);
	assert_int_equal(repeat_in(COMMAND_ACT, COMMAND_MOVES_MAX + 1),
	    RC_MALFORMED);
	assert_int_equal(repeat_in(COMMAND_ACT, 400000), RC_MALFORMED);
}

TEST_WITH(test_lists_inside_commands_are_counted, NULL, tear_down)
{
	struct command c = sample_command(COMMAND_REGISTER), out;
	struct buffer bytes = { 0 }, item = { 0 }, items = { 0 };

	(void)state;
	for (size_t i = 0; i <= ACCUSED_MAX; i++) {
		assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out),
		    i == 0 ? RC_MALFORMED : RC_OK);
		buffer_reset(&bytes);
		buffer_reset(&items);
		raw_bytes(&item, 24, span_of_text("420106"));
		raw_bytes(&items, 1, buffer_span(&item));
		raw_bytes(&bytes, COMMAND_REGISTER, buffer_span(&items));
	}
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out),
	    RC_MALFORMED);
	buffer_reset(&bytes);
	c = sample_command(COMMAND_DIRECTIVE_MOVE);
	c.step.attachments_count = ATTACHMENTS_MAX;
	wire_command_pack(&bytes, &c);
	goes_through(again_command, &bytes);
	buffer_reset(&bytes);
	buffer_reset(&item);
	for (size_t i = 0; i <= ATTACHMENTS_MAX; i++)
		raw_bytes(&item, 9, letters('h', HASH_BYTES));
	raw_bytes(&bytes, COMMAND_DIRECTIVE_MOVE, buffer_span(&item));
	assert_int_equal(again_try(again_command, buffer_span(&bytes)),
	    RC_MALFORMED);
	buffer_clear(&bytes);
	buffer_clear(&item);
	buffer_clear(&items);
}

/* The memory of one message serves the next. */
TEST_WITH(test_nothing_of_the_last_command_shines_through, NULL, tear_down)
{
	static const struct command_move no_move;
	struct command c = sample_command(COMMAND_REGISTER), out;
	struct buffer bytes = { 0 };
	struct intake none = { 0 };

	(void)state;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	buffer_reset(&bytes);
	c.registering.items = &none;
	c.registering.items_count = 1;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	for (size_t i = 0; i < ACCUSED_MAX; i++) {
		assert_memory_equal(out.registering.items[0].accused[i],
		    none.accused[i], sizeof(none.accused[i]));
	}
	buffer_reset(&bytes);
	c = sample_command(COMMAND_ACT);
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	buffer_reset(&bytes);
	c.act.moves = &no_move;
	c.act.moves_count = 1;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_memory_equal(out.act.moves[0].moved.document,
	    no_move.moved.document, sizeof(no_move.moved.document));
	assert_memory_equal(out.act.moves[0].moved.move, no_move.moved.move,
	    sizeof(no_move.moved.move));
	assert_memory_equal(out.act.moves[0].word, no_move.word,
	    sizeof(no_move.word));
	assert_int_equal(out.act.moves[0].source.size, 0);
	buffer_clear(&bytes);
}

TEST_WITH(test_nothing_of_the_last_record_shines_through, NULL, tear_down)
{
	static const uint8_t zeroes[ATTACHMENTS_MAX][HASH_BYTES];
	struct buffer bytes = { 0 };
	struct petition p;
	struct directive_step s;

	(void)state;
	memset(&p, 0xff, sizeof(p));
	memset(&s, 0xff, sizeof(s));
	make_petition(&bytes);
	assert_int_equal(wire_petition_unpack(buffer_span(&bytes), &p), RC_OK);
	assert_int_equal(p.accused_count, 0);
	assert_memory_equal(p.accused, zeroes, sizeof(p.accused));
	assert_string_equal(p.procedure, "");
	make_step(&bytes);
	assert_int_equal(wire_directive_step_unpack(buffer_span(&bytes), &s),
	    RC_OK);
	assert_int_equal(s.attachments_count, 0);
	assert_memory_equal(s.attachments, zeroes, sizeof(s.attachments));
	assert_int_equal(s.done.size, 0);
	assert_int_equal(s.report.size, 0);
	assert_string_equal(s.verdict, "");
	assert_string_equal(s.other, "");
	buffer_clear(&bytes);
}

TEST_WITH(test_a_move_as_typed_is_left_to_the_desk, NULL, tear_down)
{
	struct command c = sample_command(COMMAND_ACT), out;
	struct command_move move = c.act.moves[1];
	struct buffer bytes = { 0 };

	(void)state;
	FILL(move.word);
	memcpy(move.moved.to, "武昌", sizeof("武昌"));
	move.moved.days = UINT32_MAX;
	move.moved.text = letters('t', MOVE_TEXT_BYTES_MAX + 1);
	move.source = move.source_ref = letters('t', SOURCE_REF_BYTES_MAX + 1);
	move.moved.text = letters('t', MOVE_TEXT_BYTES_MAX + 1);
	c.act.moves = &move;
	c.act.moves_count = 1;
	wire_command_pack(&bytes, &c);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_string_equal(out.act.moves[0].word, move.word);
	assert_string_equal(out.act.moves[0].moved.to, "武昌");
	assert_int_equal(out.act.moves[0].moved.days, UINT32_MAX);
	assert_int_equal(out.act.moves[0].moved.text.size,
	    MOVE_TEXT_BYTES_MAX + 1);
	assert_int_equal(out.act.moves[0].source_ref.size,
	    SOURCE_REF_BYTES_MAX + 1);
	buffer_clear(&bytes);
}

/* As many moves as may be, and the message as large as it may be. */
TEST_WITH(test_the_largest_act_goes_through, NULL, tear_down)
{
	struct command c = sample_command(COMMAND_ACT), out;
	struct command_move *moves = calloc(COMMAND_MOVES_MAX, sizeof(*moves));
	struct buffer bytes = { .limit = COMMAND_BYTES_MAX };
	enum { TEXT = 3300 };

	(void)state;
	assert_non_null(moves);
	for (size_t i = 0; i < COMMAND_MOVES_MAX; i++) {
		moves[i] = c.act.moves[1];
		FILL(moves[i].moved.item);
		FILL(moves[i].word);
		FILL(moves[i].moved.to);
		FILL(moves[i].moved.document);
		FILL(moves[i].moved.opinion);
		FILL(moves[i].moved.outcome);
		FILL(moves[i].moved.rating);
		FILL(moves[i].moved.cause);
		FILL(moves[i].moved.other);
		FILL(moves[i].moved.approver);
		FILL(moves[i].moved.person);
		moves[i].source = letters('t', SOURCE_BYTES_MAX);
		moves[i].source_ref = letters('t', SOURCE_REF_BYTES_MAX);
		moves[i].moved.text = letters('t', TEXT);
	}
	c.act.moves = moves;
	c.act.moves_count = COMMAND_MOVES_MAX;
	wire_command_pack(&bytes, &c);
	assert_true(bytes.size > COMMAND_BYTES_MAX - 64 * 1024);
	goes_through(again_command, &bytes);
	assert_int_equal(wire_command_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_int_equal(out.act.moves_count, COMMAND_MOVES_MAX);
	assert_int_equal(out.act.moves[COMMAND_MOVES_MAX - 1].moved.text.size,
	    TEXT);
	assert_string_equal(out.act.moves[COMMAND_MOVES_MAX - 1].moved.person,
	    moves[0].moved.person);
	buffer_clear(&bytes);
	free(moves);
}

/* One text that fills the whole message, in each command that has one. */
TEST_WITH(test_one_text_may_fill_a_command, NULL, tear_down)
{
	static const struct {
		enum command_kind kind;
		uint32_t field;
	} texts[] = { { COMMAND_REVOKE, 2 }, { COMMAND_DIRECTIVE_ISSUE, 6 },
		{ COMMAND_DIRECTIVE_MOVE, 4 }, { COMMAND_DIRECTIVE_MOVE, 7 },
		{ COMMAND_DIRECTIVE_MOVE, 8 }, { COMMAND_MATCH, 4 },
		{ COMMAND_PUBLISH, 2 }, { COMMAND_IDENTITY, 3 },
		{ COMMAND_DESTROY_KEY, 2 } };
	size_t size = COMMAND_BYTES_MAX - 16;
	uint8_t *text = memory_new(size, 1);

	(void)state;
	memset(text, 'x', size);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct buffer bytes = { 0 }, body = { 0 };

		raw_bytes(&body, texts[i].field, span_of(text, size));
		raw_bytes(&bytes, texts[i].kind, buffer_span(&body));
		goes_through(again_command, &bytes);
		buffer_clear(&bytes);
		buffer_clear(&body);
	}
	free(text);
}
