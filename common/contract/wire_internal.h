/*
 * wire_internal - the memory behind wire: what a message may cost on its way
 * in, and where it is put together on its way out.
 *
 * Facts about protobuf-c 1.4.1 that this rests on:
 *   - it asks for memory for every text, byte string, submessage and unknown
 *     field, and knows no limit: the arena is the limit;
 *   - a text is allocated with its length + 1 and its length then forgotten,
 *     so that a NUL inside would cut it unseen: the arena remembers sizes;
 *   - after a failed allocation it may free what it never set: freeing does
 *     nothing here;
 *   - our schema nests three deep and never in itself, so that its recursion
 *     is bounded by the schema.
 *
 * An arena belongs to one thread and one family; what lies in it lives until
 * the next message of the family.
 */
#ifndef CONTRACT_WIRE_INTERNAL_H
#define CONTRACT_WIRE_INTERNAL_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/frame.h"

/* Each has an arena of its own. */
enum wire_family {
	WIRE_FRAME,
	WIRE_RECORD,
	WIRE_PAYLOAD,
	WIRE_IDENTITY,
	WIRE_COMMAND,
	WIRE_REPLY,
	WIRE_PACKING, /* what one pack call needs on the way */
	WIRE_FAMILIES,
};

enum {
	/* Fields of one message, repeated ones not counted: ours and later. */
	WIRE_FIELDS_MAX = 64,
	/* Shorter messages cannot hold fields enough to do harm. */
	WIRE_SHORT_BYTES = 2048,
};

struct wire_arena {
	uint8_t *block; /* NULL until first used */
	size_t size;    /* of the block */
	size_t used;
};

/* The arena of a family, emptied. */
struct wire_arena *wire_arena_start(enum wire_family family);
/* `size` bytes, as they come; NULL: it is full. */
void *wire_arena_take(struct wire_arena *arena, size_t size);
/* A text that protobuf-c put there, with what stands behind a NUL in it. */
struct span wire_arena_text(const struct wire_arena *arena, const char *text);

/*
 * The message as generated code sees it, in the family's arena, or NULL:
 * malformed.  `repeats_max` is how many elements its repeated fields may have
 * together.
 */
const ProtobufCMessage *wire_message_unpack(enum wire_family family,
    const ProtobufCMessageDescriptor *type, struct span bytes,
    size_t repeats_max, struct wire_arena **arena);
/* CHECKs that the family may read it back, and the limit of `out`. */
void wire_message_pack(struct buffer *out, enum wire_family family,
    const ProtobufCMessage *message);

/* -- the protobuf part of a frame; `out` knows its type already -- */

void wire_head_pack(struct buffer *out, const struct frame *frame);
MUST_USE enum rc wire_head_unpack(struct span bytes, struct frame *out);

#endif
