/*
 * A frame, numbers big-endian:
 *
 *	 0  "PRLY"
 *	 4  u8   version, 1
 *	 5  u8   type
 *	 6  u16  reserved, 0
 *	 8  u64  session
 *	16  u32  head_bytes
 *	20  u32  tail_bytes
 *	24  head: the protobuf message of the type (proto/link.proto)
 *	    tail: in a BATCH its records, each u32 length and bytes
 *
 * The three lengths must add up to the frame exactly.
 */
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "contract/wire.h"
#include "contract/wire_internal.h"

enum {
	AT_VERSION = 4,
	AT_TYPE = 5,
	AT_RESERVED = 6,
	AT_SESSION = 8,
	AT_HEAD_BYTES = 16,
	AT_TAIL_BYTES = 20,
	LENGTH_BYTES = 4, /* in front of a record */
};

static const uint8_t magic[4] = { 'P', 'R', 'L', 'Y' };

enum rc
wire_batch_add(struct buffer *records, struct span record)
{
	uint8_t *at;

	CHECK(record.size > 0);
	CHECK(record.size <= RECORD_BYTES_MAX);
	at = buffer_extend(records, LENGTH_BYTES + record.size);
	if (at == NULL)
		return RC_TOO_BIG;
	number_put_u32(at, (uint32_t)record.size);
	memcpy(at + LENGTH_BYTES, record.at, record.size);
	return RC_OK;
}

enum rc
wire_batch_next(struct span *records, struct span *record)
{
	size_t size;

	if (records->size == 0)
		return RC_NONE;
	if (records->size < LENGTH_BYTES)
		return RC_MALFORMED;
	size = number_get_u32(records->at);
	if (size == 0 || size > RECORD_BYTES_MAX ||
	    size > records->size - LENGTH_BYTES)
		return RC_MALFORMED;
	*record = span_of(records->at + LENGTH_BYTES, size);
	records->at += LENGTH_BYTES + size;
	records->size -= LENGTH_BYTES + size;
	return RC_OK;
}

static bool
holds_records(struct span records, uint32_t count)
{
	struct span record;
	uint32_t found = 0;
	enum rc rc;

	while ((rc = wire_batch_next(&records, &record)) == RC_OK)
		found++;
	return rc == RC_NONE && found == count;
}

/* -- the frame around -- */

static bool
is_type(unsigned type)
{
	return type >= FRAME_HELLO && type <= FRAME_ENROLLED;
}

/* A child names its session in HELLO; ENROL has none. */
static bool
is_session(enum frame_type type, uint64_t session)
{
	if (type == FRAME_HELLO)
		return session != 0;
	return type != FRAME_ENROL || session == 0;
}

void
wire_frame_pack(struct buffer *out, const struct frame *frame)
{
	size_t start = out->size;
	size_t head_bytes, tail_bytes = 0;
	uint8_t *header;

	CHECK(is_type(frame->type));
	CHECK(is_session(frame->type, frame->session));
	CHECK(buffer_extend(out, FRAME_HEADER_BYTES) != NULL);
	wire_head_pack(out, frame);
	head_bytes = out->size - start - FRAME_HEADER_BYTES;
	if (frame->type == FRAME_BATCH) {
		tail_bytes = frame->batch.records.size;
		CHECK(holds_records(frame->batch.records, frame->batch.count));
		CHECK(buffer_append(out, frame->batch.records) == RC_OK);
	}
	CHECK(out->size - start <= FRAME_BYTES_MAX);
	header = out->at + start;
	memset(header, 0, FRAME_HEADER_BYTES);
	memcpy(header, magic, sizeof(magic));
	header[AT_VERSION] = PROTOCOL_VERSION;
	header[AT_TYPE] = (uint8_t)frame->type;
	number_put_u64(header + AT_SESSION, frame->session);
	number_put_u32(header + AT_HEAD_BYTES, (uint32_t)head_bytes);
	number_put_u32(header + AT_TAIL_BYTES, (uint32_t)tail_bytes);
}

enum rc
wire_frame_peek(struct span bytes, enum frame_type *type, uint64_t *session)
{
	const uint8_t *header = bytes.at;
	uint64_t total;

	if (bytes.size < FRAME_HEADER_BYTES || bytes.size > FRAME_BYTES_MAX ||
	    memcmp(header, magic, sizeof(magic)) != 0 ||
	    header[AT_VERSION] != PROTOCOL_VERSION ||
	    header[AT_RESERVED] != 0 || header[AT_RESERVED + 1] != 0 ||
	    !is_type(header[AT_TYPE]))
		return RC_MALFORMED;
	total = (uint64_t)FRAME_HEADER_BYTES +
		number_get_u32(header + AT_HEAD_BYTES) +
		number_get_u32(header + AT_TAIL_BYTES);
	if (total != bytes.size)
		return RC_MALFORMED;
	*type = (enum frame_type)header[AT_TYPE];
	*session = number_get_u64(header + AT_SESSION);
	return is_session(*type, *session) ? RC_OK : RC_MALFORMED;
}

enum rc
wire_frame_unpack(struct span bytes, struct frame *out)
{
	struct span head, tail;

	memset(out, 0, sizeof(*out));
	if (wire_frame_peek(bytes, &out->type, &out->session) != RC_OK)
		return RC_MALFORMED;
	head = span_of(bytes.at + FRAME_HEADER_BYTES,
	    number_get_u32(bytes.at + AT_HEAD_BYTES));
	tail = span_of(head.at + head.size,
	    bytes.size - FRAME_HEADER_BYTES - head.size);
	if (wire_head_unpack(head, out) != RC_OK)
		return RC_MALFORMED;
	if (out->type != FRAME_BATCH)
		return tail.size == 0 ? RC_OK : RC_MALFORMED;
	if (!holds_records(tail, out->batch.count))
		return RC_MALFORMED;
	out->batch.records = tail;
	return RC_OK;
}
