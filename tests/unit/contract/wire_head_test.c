/*
 * Goal of this test: each field of what stands behind a frame's header, at
 * its limit and one beyond it.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <stdlib.h>

#include "wire_frames.h"

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

/* -- HELLO, WELCOME, ACK -- */

static void
put_mark(struct buffer *out, uint32_t field, size_t root_bytes)
{
	struct buffer mark = { 0 };

	put_key(&mark, "420106003007", UINT32_MAX);
	raw_number(&mark, 2, SIZE_LIMIT);
	if (root_bytes > 0)
		raw_bytes(&mark, 3, letters('r', root_bytes));
	raw_bytes(out, field, buffer_span(&mark));
	buffer_clear(&mark);
}

static enum rc
read_with_marks(enum frame_type type, uint32_t field, size_t count,
    size_t root_bytes)
{
	struct buffer raw = { 0 };
	enum rc rc;

	for (size_t i = 0; i < count; i++)
		put_mark(&raw, field, root_bytes);
	rc = read_with(type, &raw);
	buffer_clear(&raw);
	return rc;
}

TEST_WITH(test_marks_have_a_limit, NULL, tear_down)
{
	(void)state;
	assert_int_equal(read_with_marks(FRAME_HELLO, 7, GREETING_MARKS_MAX - 2,
			     HASH_BYTES),
	    RC_OK);
	assert_int_equal(read_with_marks(FRAME_HELLO, 7, GREETING_MARKS_MAX - 1,
			     HASH_BYTES),
	    RC_MALFORMED);
	assert_int_equal(read_with_marks(FRAME_ACK, 1, ACK_MARKS_MAX - 2, 0),
	    RC_OK);
	assert_int_equal(read_with_marks(FRAME_ACK, 1, ACK_MARKS_MAX - 1, 0),
	    RC_MALFORMED);
}

TEST_WITH(test_a_mark_in_a_greeting_has_a_root_and_in_an_ack_none, NULL,
    tear_down)
{
	(void)state;
	assert_int_equal(read_with_marks(FRAME_WELCOME, 7, 1, HASH_BYTES),
	    RC_OK);
	assert_int_equal(read_with_marks(FRAME_WELCOME, 7, 1, 0), RC_MALFORMED);
	assert_int_equal(read_with_marks(FRAME_WELCOME, 7, 1, HASH_BYTES - 1),
	    RC_MALFORMED);
	assert_int_equal(read_with_marks(FRAME_ACK, 1, 1, 0), RC_OK);
	assert_int_equal(read_with_marks(FRAME_ACK, 1, 1, HASH_BYTES),
	    RC_MALFORMED);
}

/* A mark of one raw field. */
static enum rc
read_with_mark(const struct buffer *mark)
{
	return read_with_bytes(FRAME_ACK, 1, buffer_span(mark));
}

TEST_WITH(test_a_mark_needs_a_whole_key_and_a_size, NULL, tear_down)
{
	struct buffer mark = { 0 };

	(void)state;
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	raw_number(&mark, 2, 5);
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	buffer_reset(&mark);
	put_key(&mark, "420106", 0);
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	buffer_reset(&mark);
	put_key(&mark, "", 1);
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	buffer_reset(&mark);
	put_key(&mark, "42o106", 1);
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	buffer_reset(&mark);
	put_key(&mark, "420106", 1);
	assert_int_equal(read_with_mark(&mark), RC_OK);
	raw_number(&mark, 2, SIZE_LIMIT);
	assert_int_equal(read_with_mark(&mark), RC_OK);
	raw_number(&mark, 2, SIZE_LIMIT + 1);
	assert_int_equal(read_with_mark(&mark), RC_MALFORMED);
	buffer_clear(&mark);
}

TEST_WITH(test_a_greeting_offers_a_range_of_versions, NULL, tear_down)
{
	(void)state;
	assert_int_equal(read_with_number(FRAME_HELLO, 1, 0), RC_MALFORMED);
	assert_int_equal(read_with_number(FRAME_HELLO, 1, 3), RC_MALFORMED);
	assert_int_equal(read_with_number(FRAME_HELLO, 1, 2), RC_OK);
	assert_int_equal(read_with_number(FRAME_HELLO, 2, UINT32_MAX), RC_OK);
	assert_int_equal(read_with_bytes(FRAME_HELLO, 3, span_of(NULL, 0)),
	    RC_MALFORMED);
	assert_int_equal(read_with_bytes(FRAME_HELLO, 4,
			     letters('s', SOFTWARE_BYTES_MAX)),
	    RC_OK);
	assert_int_equal(read_with_bytes(FRAME_HELLO, 4,
			     letters('s', SOFTWARE_BYTES_MAX + 1)),
	    RC_MALFORMED);
	assert_int_equal(read_with_number(FRAME_HELLO, 5, (uint64_t)INT64_MAX),
	    RC_MALFORMED);
}

/* Every list full and every field at its longest: it must fit a frame. */
TEST_WITH(test_the_largest_greeting_goes_through, NULL, tear_down)
{
	struct stream_mark *marks = calloc(GREETING_MARKS_MAX, sizeof(*marks));
	struct frame f = sample_frame(FRAME_HELLO);
	struct buffer bytes = { .limit = FRAME_BYTES_MAX };

	(void)state;
	assert_non_null(marks);
	for (size_t i = 0; i < GREETING_MARKS_MAX; i++) {
		marks[i].key = (struct stream_key){ .origin = "420106003007",
			.incarnation = UINT32_MAX,
			.audience = "420106003008" };
		marks[i].size = SIZE_LIMIT;
	}
	f.greeting.marks = marks;
	f.greeting.marks_count = GREETING_MARKS_MAX;
	wire_frame_pack(&bytes, &f);
	assert_int_equal(read_again(&bytes), RC_OK);
	buffer_clear(&bytes);
	free(marks);
}

/* -- PING, REFUSE, ENROL, ENROLLED -- */

TEST_WITH(test_a_refusal_has_a_known_reason, NULL, tear_down)
{
	static const uint64_t known[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 21,
		22 };
	static const uint64_t unknown[] = { 0, 11, 19, 23, UINT64_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_int_equal(read_with_number(FRAME_REFUSE, 1, known[i]),
		    RC_OK);
	}
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		assert_int_equal(read_with_number(FRAME_REFUSE, 1, unknown[i]),
		    RC_MALFORMED);
	}
	assert_int_equal(read_with_bytes(FRAME_REFUSE, 2,
			     letters('r', REASON_BYTES_MAX)),
	    RC_OK);
	assert_int_equal(read_with_bytes(FRAME_REFUSE, 2,
			     letters('r', REASON_BYTES_MAX + 1)),
	    RC_MALFORMED);
	assert_int_equal(read_with_bytes(FRAME_REFUSE, 2, span_of_text("\xff")),
	    RC_MALFORMED);
}

TEST_WITH(test_a_refusal_may_concern_no_stream, NULL, tear_down)
{
	struct frame in = { .type = FRAME_REFUSE,
		.session = 9,
		.refuse = { .code = REFUSE_VERSION, .reason = "1..1" } };
	struct buffer bytes = { 0 };
	struct frame out;

	(void)state;
	wire_frame_pack(&bytes, &in);
	assert_int_equal(wire_frame_unpack(buffer_span(&bytes), &out), RC_OK);
	assert_int_equal(out.refuse.code, REFUSE_VERSION);
	assert_string_equal(out.refuse.key.origin, "");
	assert_int_equal(out.refuse.size, 0);
	buffer_clear(&bytes);
}

TEST_WITH(test_keys_and_signatures_are_exact, NULL, tear_down)
{
	static const struct {
		enum frame_type type;
		uint32_t field;
		size_t size;
	} exact[] = { { FRAME_ENROL, 4, KEY_BYTES },
		{ FRAME_ENROL, 5, SIGNATURE_BYTES },
		{ FRAME_BATCH, 4, HASH_BYTES } };

	(void)state;
	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++) {
		for (size_t size = 0; size / 2 < SIGNATURE_BYTES; size++) {
			assert_int_equal(read_with_bytes(exact[i].type,
					     exact[i].field,
					     letters('k', size)),
			    size == exact[i].size ? RC_OK : RC_MALFORMED);
		}
	}
}

static enum rc
read_with_secrets(size_t count, uint32_t version, size_t sealed_bytes)
{
	struct buffer raw = { 0 }, secret = { 0 };
	enum rc rc;

	raw_number(&secret, 1, version);
	raw_bytes(&secret, 2, letters('s', sealed_bytes));
	for (size_t i = 0; i < count; i++)
		raw_bytes(&raw, 4, buffer_span(&secret));
	rc = read_with(FRAME_ENROLLED, &raw);
	buffer_clear(&raw);
	buffer_clear(&secret);
	return rc;
}

TEST_WITH(test_matching_secrets_are_few_numbered_and_exact, NULL, tear_down)
{
	(void)state;
	assert_int_equal(read_with_secrets(SECRETS_MAX - 2, 9,
			     SEALED_SECRET_BYTES),
	    RC_OK);
	assert_int_equal(read_with_secrets(SECRETS_MAX - 1, 9,
			     SEALED_SECRET_BYTES),
	    RC_MALFORMED);
	assert_int_equal(read_with_secrets(1, 0, SEALED_SECRET_BYTES),
	    RC_MALFORMED);
	assert_int_equal(read_with_secrets(1, 9, SEALED_SECRET_BYTES - 1),
	    RC_MALFORMED);
	assert_int_equal(read_with_secrets(1, 9, SEALED_SECRET_BYTES + 1),
	    RC_MALFORMED);
}

TEST_WITH(test_an_enrolment_names_its_offices, NULL, tear_down)
{
	(void)state;
	assert_int_equal(read_with_bytes(FRAME_ENROL, 1,
			     letters('i', INVITATION_ID_MAX)),
	    RC_OK);
	assert_int_equal(read_with_bytes(FRAME_ENROL, 1,
			     letters('i', INVITATION_ID_MAX + 1)),
	    RC_MALFORMED);
	assert_int_equal(read_with_bytes(FRAME_ENROL, 2, span_of(NULL, 0)),
	    RC_MALFORMED);
	assert_int_equal(read_with_bytes(FRAME_ENROL, 3,
			     letters('n', OFFICE_NAME_MAX)),
	    RC_OK);
	assert_int_equal(read_with_bytes(FRAME_ENROL, 3,
			     letters('n', OFFICE_NAME_MAX + 1)),
	    RC_MALFORMED);
	assert_int_equal(read_with_bytes(FRAME_ENROLLED, 2, span_of(NULL, 0)),
	    RC_MALFORMED);
	assert_int_equal(read_with_number(FRAME_PING, 1, (uint64_t)INT64_MIN),
	    RC_MALFORMED);
}
