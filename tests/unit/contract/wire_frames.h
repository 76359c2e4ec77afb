/*
 * wire_frames - frames of which one part is another than in the sample, for
 * the tests of contract/wire.  Include cmocka.h first.
 */
#ifndef TESTS_WIRE_FRAMES_H
#define TESTS_WIRE_FRAMES_H

#include "base/number.h"

#include "support/wire_again.h"
#include "wire_samples.h"

enum { AT_HEAD_BYTES = 16, AT_TAIL_BYTES = 20 };

#define SIZE_LIMIT (UINT64_C(1) << 53)

static inline void
make(struct buffer *out, enum frame_type type)
{
	struct frame f = sample_frame(type);

	buffer_reset(out);
	wire_frame_pack(out, &f);
}

static inline enum rc
read_again(const struct buffer *bytes)
{
	return again_try(again_frame, buffer_span(bytes));
}

/* The frame of `type` around this head and tail. */
static inline enum rc
read_parts(enum frame_type type, struct span head, struct span tail)
{
	struct buffer bytes = { 0 };
	enum rc rc;

	make(&bytes, type);
	number_put_u32(bytes.at + AT_HEAD_BYTES, (uint32_t)head.size);
	number_put_u32(bytes.at + AT_TAIL_BYTES, (uint32_t)tail.size);
	bytes.size = FRAME_HEADER_BYTES;
	assert_int_equal(buffer_append(&bytes, head), RC_OK);
	assert_int_equal(buffer_append(&bytes, tail), RC_OK);
	rc = read_again(&bytes);
	buffer_clear(&bytes);
	return rc;
}

static inline struct span
head_of(const struct buffer *frame)
{
	return span_of(frame->at + FRAME_HEADER_BYTES,
	    number_get_u32(frame->at + AT_HEAD_BYTES));
}

static inline struct span
tail_of(const struct buffer *frame)
{
	struct span head = head_of(frame);

	return span_of(head.at + head.size,
	    number_get_u32(frame->at + AT_TAIL_BYTES));
}

/* The sample with one raw field more at the end of its head. */
static inline enum rc
read_with(enum frame_type type, const struct buffer *raw)
{
	struct buffer bytes = { 0 }, head = { 0 };
	enum rc rc;

	make(&bytes, type);
	assert_int_equal(buffer_append(&head, head_of(&bytes)), RC_OK);
	assert_int_equal(buffer_append(&head, buffer_span(raw)), RC_OK);
	rc = read_parts(type, buffer_span(&head), tail_of(&bytes));
	buffer_clear(&bytes);
	buffer_clear(&head);
	return rc;
}

static inline enum rc
read_with_bytes(enum frame_type type, uint32_t field, struct span value)
{
	struct buffer raw = { 0 };
	enum rc rc;

	raw_bytes(&raw, field, value);
	rc = read_with(type, &raw);
	buffer_clear(&raw);
	return rc;
}

static inline enum rc
read_with_number(enum frame_type type, uint32_t field, uint64_t value)
{
	struct buffer raw = { 0 };
	enum rc rc;

	raw_number(&raw, field, value);
	rc = read_with(type, &raw);
	buffer_clear(&raw);
	return rc;
}

static inline void
put_key(struct buffer *out, const char *origin, uint32_t incarnation)
{
	struct buffer key = { 0 };

	raw_bytes(&key, 1, span_of_text(origin));
	raw_number(&key, 2, incarnation);
	raw_bytes(out, 1, buffer_span(&key));
	buffer_clear(&key);
}

#endif
