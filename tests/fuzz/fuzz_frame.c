/*
 * fuzz_frame - any bytes as a frame from a peer, and as the head and tail
 * behind a header that fits them.
 *
 * What is let in must pack again and read as the same; the records of a
 * batch must come off one by one, as many as it says.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"

#include "../support/wire_again.h"

enum { CHOICE_BYTES = 3 }; /* the type, and where the tail begins */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take_records(const struct frame *f)
{
	struct span rest = f->batch.records, record;
	uint32_t count = 0;

	while (wire_batch_next(&rest, &record) == RC_OK)
		count++;
	CHECK(rest.size == 0);
	CHECK(count == f->batch.count);
}

static void
try_frame(struct span bytes)
{
	struct frame f;

	if (again_try(again_frame, bytes) != RC_OK)
		return;
	CHECK(wire_frame_unpack(bytes, &f) == RC_OK);
	if (f.type == FRAME_BATCH)
		take_records(&f);
}

static void
try_with_header(struct span bytes)
{
	static const uint8_t start[] = { 'P', 'R', 'L', 'Y', 1 };
	uint8_t header[FRAME_HEADER_BYTES] = { 0 };
	struct span rest =
	    span_of(bytes.at + CHOICE_BYTES, bytes.size - CHOICE_BYTES);
	uint32_t head = ((uint32_t)bytes.at[1] << 8 | bytes.at[2]) %
			((uint32_t)rest.size + 1);
	struct buffer frame = { 0 };

	memcpy(header, start, sizeof(start));
	header[5] = (uint8_t)(FRAME_HELLO + bytes.at[0] % FRAME_ENROLLED);
	number_put_u64(header + 8, header[5] == FRAME_ENROL ? 0 : 1);
	number_put_u32(header + 16, head);
	number_put_u32(header + 20, (uint32_t)rest.size - head);
	CHECK(buffer_append(&frame, span_of(header, sizeof(header))) == RC_OK);
	CHECK(buffer_append(&frame, rest) == RC_OK);
	try_frame(buffer_span(&frame));
	buffer_clear(&frame);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_frame(span_of(data, size));
	if (size >= CHOICE_BYTES)
		try_with_header(span_of(data, size));
	return 0;
}
