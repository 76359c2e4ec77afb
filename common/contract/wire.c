/*
 * The memory of wire, and what a message may cost.
 *
 * Fields are counted before protobuf-c sees a message, since each costs it
 * about fifty times its bytes; what it then asks for comes out of an arena of
 * fixed size.  So no message, however made, takes more than the arena.
 */
#include "contract/wire.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "contract/command.h"
#include "contract/wire_fields.h"

enum {
	KIB = 1024,
	SLACK_BYTES = 64 * KIB, /* structs, and the sizes beside each piece */
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

static _Thread_local struct wire_arena arenas[WIRE_FAMILIES];

/* -- the arena -- */

struct wire_arena *
wire_arena_start(enum wire_family family)
{
	struct wire_arena *a = &arenas[family];

	if (a->block == NULL) {
		wire_tables_check();
		a->size = families[family].arena_bytes;
		a->block = memory_new(1, a->size);
	}
	a->used = 0;
	return a;
}

/* Each piece has its size in front. */
void *
wire_arena_take(struct wire_arena *a, size_t size)
{
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

static void *
take_piece(void *arena, size_t size)
{
	return wire_arena_take(arena, size);
}

static void
keep_piece(void *arena, void *piece)
{
	(void)arena;
	(void)piece;
}

/* A text that was not sent is protobuf-c's own "", outside the block. */
struct span
wire_arena_text(const struct wire_arena *a, const char *text)
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
	if (bytes.size <= WIRE_SHORT_BYTES)
		return true;
	for (size_t fields = 0; bytes.size > 0; fields++) {
		if (fields == max || !skip_field(&bytes))
			return false;
	}
	return true;
}

/* -- in and out -- */

const ProtobufCMessage *
wire_message_unpack(enum wire_family family,
    const ProtobufCMessageDescriptor *type, struct span bytes,
    size_t repeats_max, struct wire_arena **arena)
{
	ProtobufCAllocator allocator = { .alloc = take_piece,
		.free = keep_piece };

	if (bytes.size > families[family].message_bytes_max ||
	    !has_fields_within(bytes, WIRE_FIELDS_MAX + repeats_max))
		return NULL;
	*arena = wire_arena_start(family);
	allocator.allocator_data = *arena;
	return protobuf_c_message_unpack(type, &allocator, bytes.size,
	    bytes.at);
}

void
wire_message_pack(struct buffer *out, enum wire_family family,
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
