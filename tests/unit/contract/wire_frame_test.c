/*
 * Goal of this test: what contract/wire.h promises for frames.  A frame is taken
 * whole and exact or not at all; whatever a peer sends does no harm.
 * The fields of the heads: wire_head_test.c.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire_frames.h"

static int
tear_down(void **state)
{
	(void)state;
	wire_release();
	return 0;
}

/* -- any bytes -- */

TEST_WITH(test_a_frame_comes_back_byte_for_byte, NULL, tear_down)
{
	(void)state;
	for (unsigned type = FRAME_HELLO; type <= FRAME_ENROLLED; type++) {
		struct buffer in = { 0 }, out = { 0 };

		make(&in, type);
		assert_int_equal(again_frame(buffer_span(&in), &out), RC_OK);
		assert_true(span_equal(buffer_span(&in), buffer_span(&out)));
		buffer_clear(&in);
		buffer_clear(&out);
	}
}

TEST_WITH(test_a_frame_cut_anywhere_is_malformed, NULL, tear_down)
{
	struct buffer in = { 0 };

	(void)state;
	for (unsigned type = FRAME_HELLO; type <= FRAME_ENROLLED; type++) {
		make(&in, type);
		for (size_t size = 0; size < in.size; size++) {
			assert_int_equal(again_try(again_frame,
					     span_of(in.at, size)),
			    RC_MALFORMED);
		}
		raw_byte(&in, 0);
		assert_int_equal(read_again(&in), RC_MALFORMED);
	}
	buffer_clear(&in);
}

/* A head that ends early is noticed too, unless a field begins there. */
TEST_WITH(test_a_head_cut_anywhere_does_no_harm, NULL, tear_down)
{
	struct buffer in = { 0 };

	(void)state;
	for (unsigned type = FRAME_HELLO; type <= FRAME_ENROLLED; type++) {
		make(&in, type);
		for (size_t size = 0; size < head_of(&in).size; size++) {
			(void)read_parts(type, span_of(head_of(&in).at, size),
			    tail_of(&in));
		}
	}
	buffer_clear(&in);
}

TEST_WITH(test_a_flipped_bit_anywhere_does_no_harm, NULL, tear_down)
{
	struct buffer in = { 0 };

	(void)state;
	for (unsigned type = FRAME_HELLO; type <= FRAME_ENROLLED; type++) {
		make(&in, type);
		for (size_t bit = 0; bit < 8 * in.size; bit++) {
			uint8_t mask = (uint8_t)(1U << (bit & 7));
			enum rc rc;

			in.at[bit / 8] ^= mask;
			rc = read_again(&in);
			in.at[bit / 8] ^= mask;
			/* Of the header only the session may be another. */
			if (bit / 8 < FRAME_HEADER_BYTES &&
			    (bit < 40 || bit >= 128 || (bit >= 48 && bit < 64)))
				assert_int_equal(rc, RC_MALFORMED);
		}
	}
	buffer_clear(&in);
}

TEST_WITH(test_the_header_can_be_read_alone, NULL, tear_down)
{
	struct buffer in = { 0 };
	enum frame_type type;
	uint64_t session;

	(void)state;
	make(&in, FRAME_BATCH);
	assert_int_equal(wire_frame_peek(buffer_span(&in), &type, &session),
	    RC_OK);
	assert_int_equal(type, FRAME_BATCH);
	assert_true(session == 0x1122334455667788);
	in.at[0] = 'p';
	assert_int_equal(wire_frame_peek(buffer_span(&in), &type, &session),
	    RC_MALFORMED);
	assert_int_equal(wire_frame_peek(span_of(NULL, 0), &type, &session),
	    RC_MALFORMED);
	buffer_clear(&in);
}

TEST_WITH(test_unknown_versions_and_types_are_malformed, NULL, tear_down)
{
	static const struct {
		size_t at;
		uint8_t value;
	} wrong[] = { { 4, 0 }, { 4, 2 }, { 5, 0 }, { 5, 10 }, { 5, 255 },
		{ 6, 1 }, { 7, 1 } };
	struct buffer in = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		make(&in, FRAME_PING);
		in.at[wrong[i].at] = wrong[i].value;
		assert_int_equal(read_again(&in), RC_MALFORMED);
	}
	buffer_clear(&in);
}

/* Lengths that add up to the frame only when they overflow. */
TEST_WITH(test_lengths_are_added_without_overflow, NULL, tear_down)
{
	struct buffer in = { 0 };
	uint32_t head;

	(void)state;
	make(&in, FRAME_PING);
	head = number_get_u32(in.at + AT_HEAD_BYTES);
	number_put_u32(in.at + AT_HEAD_BYTES, UINT32_MAX);
	number_put_u32(in.at + AT_TAIL_BYTES, head + 1);
	assert_int_equal(read_again(&in), RC_MALFORMED);
	number_put_u32(in.at + AT_HEAD_BYTES, head + 1);
	number_put_u32(in.at + AT_TAIL_BYTES, UINT32_MAX);
	assert_int_equal(read_again(&in), RC_MALFORMED);
	buffer_clear(&in);
}

TEST_WITH(test_only_a_hello_names_a_session_and_enrol_has_none, NULL, tear_down)
{
	struct buffer in = { 0 };

	(void)state;
	make(&in, FRAME_HELLO);
	number_put_u64(in.at + 8, 0);
	assert_int_equal(read_again(&in), RC_MALFORMED);
	make(&in, FRAME_ENROL);
	number_put_u64(in.at + 8, 1);
	assert_int_equal(read_again(&in), RC_MALFORMED);
	make(&in, FRAME_REFUSE);
	number_put_u64(in.at + 8, 0);
	assert_int_equal(read_again(&in), RC_OK);
	buffer_clear(&in);
}

TEST_WITH(test_only_a_batch_has_a_tail, NULL, tear_down)
{
	struct buffer in = { 0 };

	(void)state;
	for (unsigned type = FRAME_HELLO; type <= FRAME_ENROLLED; type++) {
		if (type == FRAME_BATCH)
			continue;
		make(&in, type);
		assert_int_equal(read_parts(type, head_of(&in),
				     letters('x', 1)),
		    RC_MALFORMED);
	}
	buffer_clear(&in);
}

/* -- BATCH -- */

static enum rc
read_batch(uint64_t first, uint64_t count, struct span records)
{
	struct buffer bytes = { 0 }, head = { 0 };
	enum rc rc;

	make(&bytes, FRAME_BATCH);
	assert_int_equal(buffer_append(&head, head_of(&bytes)), RC_OK);
	raw_number(&head, 2, first);
	raw_number(&head, 3, count);
	rc = read_parts(FRAME_BATCH, buffer_span(&head), records);
	buffer_clear(&bytes);
	buffer_clear(&head);
	return rc;
}

static struct span
records_of(struct buffer *out, size_t count)
{
	buffer_reset(out);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(wire_batch_add(out, letters('r', 1 + i % 3)),
		    RC_OK);
	}
	return buffer_span(out);
}

TEST_WITH(test_a_batch_holds_as_many_records_as_it_says, NULL, tear_down)
{
	struct buffer b = { 0 };

	(void)state;
	assert_int_equal(read_batch(1, 1, records_of(&b, 1)), RC_OK);
	assert_int_equal(read_batch(1, 1, records_of(&b, 2)), RC_MALFORMED);
	assert_int_equal(read_batch(1, 2, records_of(&b, 1)), RC_MALFORMED);
	assert_int_equal(read_batch(1, 0, records_of(&b, 0)), RC_MALFORMED);
	assert_int_equal(read_batch(1, BATCH_COUNT_MAX,
			     records_of(&b, BATCH_COUNT_MAX)),
	    RC_OK);
	assert_int_equal(read_batch(1, BATCH_COUNT_MAX + 1,
			     records_of(&b, BATCH_COUNT_MAX + 1)),
	    RC_MALFORMED);
	buffer_clear(&b);
}

TEST_WITH(test_a_batch_begins_at_one_and_ends_within_bounds, NULL, tear_down)
{
	struct buffer b = { 0 };
	struct span two = records_of(&b, 2);

	(void)state;
	assert_int_equal(read_batch(0, 2, two), RC_MALFORMED);
	assert_int_equal(read_batch(SIZE_LIMIT - 1, 2, two), RC_OK);
	assert_int_equal(read_batch(SIZE_LIMIT, 2, two), RC_MALFORMED);
	assert_int_equal(read_batch(UINT64_MAX, 2, two), RC_MALFORMED);
	buffer_clear(&b);
}

TEST_WITH(test_broken_lengths_in_a_batch_are_malformed, NULL, tear_down)
{
	static const uint32_t wrong[] = { 0, 2, 4, RECORD_BYTES_MAX + 1,
		UINT32_MAX };
	struct buffer b = { 0 };
	struct span records = records_of(&b, 1), rest, one;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		number_put_u32(b.at, wrong[i]);
		assert_int_equal(read_batch(1, 1, records), RC_MALFORMED);
		rest = records;
		assert_int_equal(wire_batch_next(&rest, &one), RC_MALFORMED);
	}
	for (size_t size = 1; size < 4; size++) {
		rest = span_of(b.at, size);
		assert_int_equal(wire_batch_next(&rest, &one), RC_MALFORMED);
	}
	buffer_clear(&b);
}

TEST_WITH(test_records_are_taken_off_as_they_were_added, NULL, tear_down)
{
	struct buffer b = { .limit = 4 + 5 + 4 + RECORD_BYTES_MAX };
	struct span rest, one;

	(void)state;
	assert_int_equal(wire_batch_add(&b, letters('a', 5)), RC_OK);
	assert_int_equal(wire_batch_add(&b, letters('b', RECORD_BYTES_MAX)),
	    RC_OK);
	assert_int_equal(wire_batch_add(&b, letters('c', 1)), RC_TOO_BIG);
	rest = buffer_span(&b);
	assert_int_equal(wire_batch_next(&rest, &one), RC_OK);
	assert_true(span_equal(one, letters('a', 5)));
	assert_int_equal(wire_batch_next(&rest, &one), RC_OK);
	assert_true(span_equal(one, letters('b', RECORD_BYTES_MAX)));
	assert_int_equal(wire_batch_next(&rest, &one), RC_NONE);
	assert_int_equal(wire_batch_next(&rest, &one), RC_NONE);
	buffer_clear(&b);
}

TEST_WITH(test_a_batch_needs_a_key_and_a_root, NULL, tear_down)
{
	struct buffer head = { 0 }, b = { 0 };
	struct span records = records_of(&b, 1);

	(void)state;
	raw_number(&head, 2, 1);
	raw_number(&head, 3, 1);
	raw_bytes(&head, 4, letters('r', HASH_BYTES));
	assert_int_equal(read_parts(FRAME_BATCH, buffer_span(&head), records),
	    RC_MALFORMED);
	put_key(&head, "420106", 1);
	assert_int_equal(read_parts(FRAME_BATCH, buffer_span(&head), records),
	    RC_OK);
	raw_bytes(&head, 4, letters('r', HASH_BYTES + 1));
	assert_int_equal(read_parts(FRAME_BATCH, buffer_span(&head), records),
	    RC_MALFORMED);
	buffer_clear(&head);
	buffer_clear(&b);
}

/* The records of a batch are not copied. */
TEST_WITH(test_records_stay_in_the_frames_bytes, NULL, tear_down)
{
	struct buffer in = { 0 };
	struct frame f;

	(void)state;
	make(&in, FRAME_BATCH);
	assert_int_equal(wire_frame_unpack(buffer_span(&in), &f), RC_OK);
	assert_ptr_equal(f.batch.records.at, tail_of(&in).at);
	assert_int_equal(f.batch.records.size, tail_of(&in).size);
	buffer_clear(&in);
}

TEST_WITH(test_a_frame_has_a_limit, NULL, tear_down)
{
	struct buffer b = { 0 }, in = { 0 };
	size_t spare;

	(void)state;
	make(&in, FRAME_BATCH);
	spare = FRAME_BYTES_MAX - FRAME_HEADER_BYTES - head_of(&in).size;
	/* Two more fields, of two bytes each, replace first and count. */
	spare -= 4;
	for (unsigned i = 0; i < 7; i++) {
		assert_int_equal(wire_batch_add(&b,
				     letters('r', RECORD_BYTES_MAX)),
		    RC_OK);
	}
	assert_int_equal(wire_batch_add(&b, letters('r', spare - b.size - 4)),
	    RC_OK);
	assert_int_equal(read_batch(1, 8, buffer_span(&b)), RC_OK);
	assert_int_equal(wire_batch_add(&b, letters('r', 1)), RC_OK);
	assert_int_equal(read_batch(1, 9, buffer_span(&b)), RC_MALFORMED);
	buffer_clear(&b);
	buffer_clear(&in);
}

/* -- hostile heads -- */

/* Less than a frame, and it asks for a hundred times as much memory. */
TEST_WITH(test_a_small_frame_cannot_ask_for_much_memory, NULL, tear_down)
{
	struct buffer raw = { 0 }, inner = { 0 };

	(void)state;
	while (raw.size < FRAME_BYTES_MAX / 2)
		raw_bytes(&raw, 7, span_of(NULL, 0));
	assert_int_equal(read_with(FRAME_HELLO, &raw), RC_MALFORMED);
	/* The flood one level further down, where it is not counted. */
	while (inner.size < FRAME_BYTES_MAX / 2)
		raw_bytes(&inner, 9, span_of(NULL, 0));
	assert_int_equal(read_with_bytes(FRAME_HELLO, 7, buffer_span(&inner)),
	    RC_MALFORMED);
	buffer_clear(&raw);
	buffer_clear(&inner);
}

/* -- what the caller must not do -- */

static bool
aborts(const struct frame *f)
{
	int how;
	pid_t process = fork();

	if (process == 0) {
		struct buffer out = { 0 };

		(void)freopen("/dev/null", "w", stderr);
		(void)alarm(10);
		wire_frame_pack(&out, f);
		_exit(0);
	}
	assert_int_equal(waitpid(process, &how, 0), process);
	return WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
}

TEST_WITH(test_packing_what_cannot_be_read_stops_the_process, NULL, tear_down)
{
	struct frame f = sample_frame(FRAME_HELLO);

	(void)state;
	assert_false(aborts(&f));
	f.session = 0;
	assert_true(aborts(&f));
	f = sample_frame(FRAME_HELLO);
	f.greeting.office[0] = '\0';
	assert_true(aborts(&f));
	f = sample_frame(FRAME_BATCH);
	f.batch.count++;
	assert_true(aborts(&f));
	f = sample_frame(FRAME_BATCH);
	f.batch.key.incarnation = 0;
	assert_true(aborts(&f));
	f = sample_frame(FRAME_REFUSE);
	f.refuse.code = REFUSE_NOT;
	assert_true(aborts(&f));
	f = sample_frame(FRAME_PING);
	f.ping_ms = INT64_MAX;
	assert_true(aborts(&f));
}
