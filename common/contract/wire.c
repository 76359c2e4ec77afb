#include "contract/wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_internal.h"

enum {
	KIB = 1024,
	SLACK_BYTES = 64 * KIB, /* structs, and the sizes beside each piece */
	SHORT_BYTES = 2 * KIB,  /* cannot hold fields enough to do harm */
	PIECE_ALIGN = 8,
	IDENTITY_BYTES_MAX = 4 * KIB,
	FRAME_ARENA_BYTES = 2 * KIB * KIB + SLACK_BYTES,
	RECORD_ARENA_BYTES = 2 * RECORD_BYTES_MAX + SLACK_BYTES,
	COMMAND_ARENA_BYTES = 4 * KIB * KIB,
	REPLY_ARENA_BYTES = REPLY_BYTES_MAX + SLACK_BYTES,
};

/*
 * The arena is larger than what any legal message of the family needs: its
 * bytes once, WIRE_FIELDS_MAX unknown fields, and plain structs of repeated
 * parts.  Blocks are mapped when first used and touched page by page.
 */
static const struct family {
	size_t message_bytes_max;
	size_t arena_bytes;
} families[WIRE_FAMILIES] = {
	[WIRE_FRAME] = { FRAME_BYTES_MAX, FRAME_ARENA_BYTES },
	[WIRE_RECORD] = { RECORD_BYTES_MAX, RECORD_ARENA_BYTES },
	[WIRE_PAYLOAD] = { RECORD_BYTES_MAX, RECORD_ARENA_BYTES },
	[WIRE_IDENTITY] = { IDENTITY_BYTES_MAX, SLACK_BYTES },
	[WIRE_COMMAND] = { COMMAND_BYTES_MAX, COMMAND_ARENA_BYTES },
	[WIRE_REPLY] = { REPLY_BYTES_MAX, REPLY_ARENA_BYTES },
	[WIRE_PACKING] = { 0, COMMAND_ARENA_BYTES },
};

struct wire_arena {
	uint8_t *block; /* NULL until first used */
	size_t size;    /* of the block */
	size_t used;
};

static _Thread_local struct wire_arena arenas[WIRE_FAMILIES];

/* -- the arena -- */

static struct wire_arena *
arena_start(enum wire_family family)
{
	struct wire_arena *a = &arenas[family];

	if (a->block == NULL) {
		a->size = families[family].arena_bytes;
		a->block = memory_new(1, a->size);
	}
	a->used = 0;
	return a;
}

/* Each piece has its size in front. */
static void *
arena_take(void *arena, size_t size)
{
	struct wire_arena *a = arena;
	size_t left = a->size - a->used;
	size_t need;
	uint64_t *piece;

	if (size > left || left - size < sizeof(*piece) + PIECE_ALIGN)
		return NULL;
	need = (sizeof(*piece) + size + PIECE_ALIGN - 1) &
	       ~(size_t)(PIECE_ALIGN - 1);
	piece = (void *)(a->block + a->used);
	*piece = size;
	a->used += need;
	return piece + 1;
}

static void
arena_keep(void *arena, void *piece)
{
	(void)arena;
	(void)piece;
}

/* A text that was not sent is protobuf-c's own "", outside the block. */
static struct span
arena_text(const struct wire_arena *a, const char *text)
{
	const uint8_t *at = (const uint8_t *)text;
	uint64_t size;

	if (at < a->block || at >= a->block + a->size)
		return span_of("", 0);
	memcpy(&size, at - sizeof(size), sizeof(size));
	return span_of(at, (size_t)size - 1);
}

void
wire_release(void)
{
	for (size_t i = 0; i < WIRE_FAMILIES; i++) {
		free(arenas[i].block);
		arenas[i] = (struct wire_arena){ 0 };
	}
}

void
wire_wipe(void)
{
	static const enum wire_family wiped[] = { WIRE_PAYLOAD, WIRE_REPLY,
		WIRE_PACKING };

	for (size_t i = 0; i < sizeof(wiped) / sizeof(*wiped); i++) {
		struct wire_arena *a = &arenas[wiped[i]];

		if (a->block != NULL)
			explicit_bzero(a->block, a->used);
	}
}

/* -- what a message may cost, before protobuf-c sees it -- */

enum wire_type {
	WIRE_TYPE_VARINT = 0,
	WIRE_TYPE_64BIT = 1,
	WIRE_TYPE_BYTES = 2,
	WIRE_TYPE_32BIT = 5,
};

static bool
take_varint(struct span *bytes, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < bytes->size && i < 10; i++) {
		*value |= (uint64_t)(bytes->at[i] & 0x7f) << (7 * i);
		if ((bytes->at[i] & 0x80) == 0) {
			bytes->at += i + 1;
			bytes->size -= i + 1;
			return true;
		}
	}
	return false;
}

static bool
skip(struct span *bytes, uint64_t size)
{
	if (size > bytes->size)
		return false;
	bytes->at += size;
	bytes->size -= (size_t)size;
	return true;
}

static bool
skip_field(struct span *bytes)
{
	uint64_t tag, value;

	if (!take_varint(bytes, &tag))
		return false;
	switch (tag & 7) {
	case WIRE_TYPE_VARINT:
		return take_varint(bytes, &value);
	case WIRE_TYPE_64BIT:
		return skip(bytes, 8);
	case WIRE_TYPE_BYTES:
		return take_varint(bytes, &value) && skip(bytes, value);
	case WIRE_TYPE_32BIT:
		return skip(bytes, 4);
	default: /* groups, and what was never defined */
		return false;
	}
}

/* Two bytes of an unknown field cost about a hundred in the arena. */
static bool
has_fields_within(struct span bytes, size_t max)
{
	if (bytes.size <= SHORT_BYTES)
		return true;
	for (size_t fields = 0; bytes.size > 0; fields++) {
		if (fields == max || !skip_field(&bytes))
			return false;
	}
	return true;
}

/* -- in -- */

const void *
wire_in_open(struct wire_in *in, enum wire_family family,
    const ProtobufCMessageDescriptor *type, struct span bytes,
    size_t repeats_max)
{
	ProtobufCAllocator allocator = { .alloc = arena_take,
		.free = arena_keep };
	const void *message;

	*in = (struct wire_in){ .is_malformed = true };
	if (bytes.size > families[family].message_bytes_max ||
	    !has_fields_within(bytes, WIRE_FIELDS_MAX + repeats_max))
		return NULL;
	in->arena = arena_start(family);
	allocator.allocator_data = in->arena;
	message =
	    protobuf_c_message_unpack(type, &allocator, bytes.size, bytes.at);
	in->is_malformed = message == NULL;
	return message;
}

enum rc
wire_in_close(const struct wire_in *in)
{
	return in->is_malformed ? RC_MALFORMED : RC_OK;
}

void
wire_in_expect(struct wire_in *in, bool is_true)
{
	if (!is_true)
		in->is_malformed = true;
}

struct span
wire_in_text(struct wire_in *in, const char *from, size_t max)
{
	struct span text = arena_text(in->arena, from);

	wire_in_expect(in, text.size <= max && text_is_utf8(text));
	return text;
}

void
wire_in_known(struct wire_in *in, const char *from, char *to, size_t size)
{
	struct span text = arena_text(in->arena, from);

	to[0] = '\0';
	if (text.size < size && text_is_utf8(text)) {
		memcpy(to, text.at, text.size);
		to[text.size] = '\0';
	} else {
		in->is_malformed = true;
	}
}

void
wire_in_needed(struct wire_in *in, const char *from, char *to, size_t size)
{
	wire_in_known(in, from, to, size);
	wire_in_expect(in, to[0] != '\0');
}

static bool
is_code(struct span code)
{
	for (size_t i = 0; i < code.size; i++) {
		uint8_t c = code.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z'))
			return false;
	}
	return code.size <= OFFICE_CODE_MAX;
}

void
wire_in_office_or_none(struct wire_in *in, const char *from,
    char to[static OFFICE_CODE_MAX + 1])
{
	struct span code = arena_text(in->arena, from);

	to[0] = '\0';
	if (is_code(code)) {
		memcpy(to, code.at, code.size);
		to[code.size] = '\0';
	} else {
		in->is_malformed = true;
	}
}

void
wire_in_office(struct wire_in *in, const char *from,
    char to[static OFFICE_CODE_MAX + 1])
{
	wire_in_office_or_none(in, from, to);
	wire_in_expect(in, to[0] != '\0');
}

struct span
wire_in_bytes(struct wire_in *in, const ProtobufCBinaryData *from, size_t max)
{
	wire_in_expect(in, from->len <= max);
	return span_of(from->data, from->len);
}

void
wire_in_exact(struct wire_in *in, const ProtobufCBinaryData *from, uint8_t *to,
    size_t size)
{
	wire_in_expect(in, from->len == size);
	if (from->len == size)
		memcpy(to, from->data, size);
}

void
wire_in_exact_or_none(struct wire_in *in, const ProtobufCBinaryData *from,
    uint8_t *to, size_t size)
{
	if (from->len == 0) {
		memset(to, 0, size);
	} else {
		wire_in_exact(in, from, to, size);
	}
}

int64_t
wire_in_time(struct wire_in *in, int64_t wall_ms)
{
	wire_in_expect(in,
	    wall_ms >= -WIRE_TIME_MS_MAX && wall_ms <= WIRE_TIME_MS_MAX);
	return wall_ms;
}

uint64_t
wire_in_size(struct wire_in *in, uint64_t size)
{
	wire_in_expect(in, size <= WIRE_SIZE_MAX);
	return size;
}

void *
wire_in_array(struct wire_in *in, size_t count, size_t max,
    size_t element_bytes)
{
	void *array = NULL;

	if (count <= max)
		array = arena_take(in->arena, count * element_bytes);
	wire_in_expect(in, array != NULL);
	/* The arena still has what the message before it said. */
	return array == NULL ? NULL : memset(array, 0, count * element_bytes);
}

/* -- out -- */

void
wire_out_start(void)
{
	(void)arena_start(WIRE_PACKING);
}

void *
wire_out_array(size_t count, size_t element_bytes)
{
	void *array = arena_take(&arenas[WIRE_PACKING], count * element_bytes);

	CHECK(array != NULL);
	return memset(array, 0, count * element_bytes);
}

static char *
without_const(const char *text)
{
	union {
		const char *in;
		char *out;
	} same = { .in = text };

	return same.out;
}

char *
wire_out_known(const char *text)
{
	CHECK(text_is_utf8(span_of_text(text)));
	return without_const(text);
}

char *
wire_out_needed(const char *text)
{
	CHECK(text[0] != '\0');
	return wire_out_known(text);
}

char *
wire_out_office_or_none(const char *code)
{
	CHECK(is_code(span_of_text(code)));
	return without_const(code);
}

char *
wire_out_office(const char *code)
{
	CHECK(code[0] != '\0');
	return wire_out_office_or_none(code);
}

char *
wire_out_text(struct span text, size_t max)
{
	char *copy;

	if (text.size == 0)
		return without_const("");
	CHECK(text.size <= max);
	CHECK(text_is_utf8(text));
	copy = arena_take(&arenas[WIRE_PACKING], text.size + 1);
	CHECK(copy != NULL);
	memcpy(copy, text.at, text.size);
	copy[text.size] = '\0';
	return copy;
}

ProtobufCBinaryData
wire_out_bytes(struct span bytes, size_t max)
{
	union {
		const uint8_t *in;
		uint8_t *out;
	} same = { .in = bytes.at };

	CHECK(bytes.size <= max);
	return (ProtobufCBinaryData){ .len = bytes.size, .data = same.out };
}

ProtobufCBinaryData
wire_out_exact(const uint8_t *at, size_t size)
{
	return wire_out_bytes(span_of(at, size), size);
}

int64_t
wire_out_time(int64_t wall_ms)
{
	CHECK(wall_ms >= -WIRE_TIME_MS_MAX);
	CHECK(wall_ms <= WIRE_TIME_MS_MAX);
	return wall_ms;
}

uint64_t
wire_out_size(uint64_t size)
{
	CHECK(size <= WIRE_SIZE_MAX);
	return size;
}

void
wire_out_message(struct buffer *out, enum wire_family family,
    const ProtobufCMessage *message)
{
	size_t size = protobuf_c_message_get_packed_size(message);
	uint8_t *at;

	CHECK(size <= families[family].message_bytes_max);
	if (size == 0)
		return;
	at = buffer_extend(out, size);
	CHECK(at != NULL);
	CHECK(protobuf_c_message_pack(message, at) == size);
}
