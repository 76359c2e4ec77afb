/*
 * wire_internal - what the parts of wire share: memory, and the checked ways
 * in and out.
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
 * Reading: wire_in_open, then one wire_in_* for each field; the first broken
 * rule is remembered and wire_in_close tells.  Writing: fill a generated
 * struct with wire_out_*, then wire_out_message.
 */
#ifndef CONTRACT_WIRE_INTERNAL_H
#define CONTRACT_WIRE_INTERNAL_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
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
};

/* 9999-12-31T23:59:59.999Z; as far back before 1970. */
#define WIRE_TIME_MS_MAX INT64_C(253402300799999)
/* What a double still counts exactly; far beyond any office. */
#define WIRE_SIZE_MAX (UINT64_C(1) << 53)

struct wire_arena;

/* -- in -- */

struct wire_in {
	struct wire_arena *arena; /* of the family; emptied by wire_in_open */
	bool is_malformed;        /* a rule was broken */
};

/*
 * The message as generated code sees it, or NULL: malformed.  `repeats_max`
 * is how many elements its repeated fields may have together.
 */
const void *wire_in_open(struct wire_in *in, enum wire_family family,
    const ProtobufCMessageDescriptor *type, struct span bytes,
    size_t repeats_max);
MUST_USE enum rc wire_in_close(const struct wire_in *in);

/* Anything else that must be true. */
void wire_in_expect(struct wire_in *in, bool is_true);

/* Short known text into its array of `size` bytes. */
void wire_in_known(struct wire_in *in, const char *from, char *to, size_t size);
/* The same, but it must say something. */
void wire_in_needed(struct wire_in *in, const char *from, char *to,
    size_t size);
/* [0-9A-Z]; the second form may be empty. */
void wire_in_office(struct wire_in *in, const char *from,
    char to[static OFFICE_CODE_MAX + 1]);
void wire_in_office_or_none(struct wire_in *in, const char *from,
    char to[static OFFICE_CODE_MAX + 1]);
/* UTF-8 without NUL, at most `max` bytes. */
struct span wire_in_text(struct wire_in *in, const char *from, size_t max);
struct span wire_in_bytes(struct wire_in *in, const ProtobufCBinaryData *from,
    size_t max);
/* Exactly `size` bytes; the second form may be empty: then zeroes. */
void wire_in_exact(struct wire_in *in, const ProtobufCBinaryData *from,
    uint8_t *to, size_t size);
void wire_in_exact_or_none(struct wire_in *in, const ProtobufCBinaryData *from,
    uint8_t *to, size_t size);
int64_t wire_in_time(struct wire_in *in, int64_t wall_ms);
/* A size or sequence: at most WIRE_SIZE_MAX. */
uint64_t wire_in_size(struct wire_in *in, uint64_t size);
/* `count` (<= `max`) zeroed elements beside the message; NULL: malformed. */
void *wire_in_array(struct wire_in *in, size_t count, size_t max,
    size_t element_bytes);

/* -- out -- */

/* Forget what the last packing needed; the first call of each pack. */
void wire_out_start(void);

/* The generated structs know no const; packing only reads.  CHECKs UTF-8. */
char *wire_out_known(const char *text);
char *wire_out_needed(const char *text);
/* A code of [0-9A-Z]; empty only in the second form. */
char *wire_out_office(const char *code);
char *wire_out_office_or_none(const char *code);
/* Copied, with a NUL behind it; CHECKs size and UTF-8. */
char *wire_out_text(struct span text, size_t max);
ProtobufCBinaryData wire_out_bytes(struct span bytes, size_t max);
ProtobufCBinaryData wire_out_exact(const uint8_t *at, size_t size);
int64_t wire_out_time(int64_t wall_ms);
uint64_t wire_out_size(uint64_t size);
/* `count` zeroed elements until the pack is done. */
void *wire_out_array(size_t count, size_t element_bytes);

/* CHECKs that the family may read it back, and the limit of `out`. */
void wire_out_message(struct buffer *out, enum wire_family family,
    const ProtobufCMessage *message);

/* -- the protobuf part of a frame; `out` knows its type already -- */

void wire_head_pack(struct buffer *out, const struct frame *frame);
MUST_USE enum rc wire_head_unpack(struct span bytes, struct frame *out);

#endif
