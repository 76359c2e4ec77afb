/*
 * wire - frames and records into bytes and back; the only module that sees
 * generated protobuf.  What records carry: wire_payload.h; commands:
 * wire_command.h; what is said here holds for both.
 *
 * Whatever comes in is hostile until it has passed here: sizes, counts,
 * UTF-8, NUL, ranges and required parts are checked, and unpacking happens
 * inside a fixed arena, so that a small message cannot ask for much memory.
 * Known texts that do not fit their field are malformed, not cut.
 *
 * Every unpack fills `out` with copies and with spans that live in an arena
 * of this module until the next unpack of the same family (frame, record,
 * payload, identity, command, reply) in the same thread.  Only the records
 * of a BATCH are not copied: they live as long as the frame's bytes.  When an
 * unpack fails, `out` means nothing.
 *
 * Packing appends to a buffer whose limit the caller has set.  That what is
 * packed can be read again (sizes, codes of offices, times, texts that are
 * UTF-8 without NUL: text_is_utf8) is the caller's duty and CHECKed.
 *
 * Any thread; each has arenas of its own.
 */
#ifndef CONTRACT_WIRE_H
#define CONTRACT_WIRE_H

#include "base/memory.h"
#include "base/rc.h"
#include "contract/frame.h"
#include "contract/record.h"

/* Give back the memory of this thread's arenas; before the thread ends. */
void wire_release(void);

/*
 * Overwrite what the last payload and the last replies left in memory: an
 * identity was among them.  Whatever they returned is gone.
 */
void wire_wipe(void);

/*
 * Frames.  RC_MALFORMED: not one of ours, or a broken rule.
 * wire_frame_peek judges the fixed header and the lengths alone.
 * After wire_frame_unpack a batch holds exactly `count` well-formed lengths.
 */
void wire_frame_pack(struct buffer *out, const struct frame *frame);
MUST_USE enum rc wire_frame_unpack(struct span bytes, struct frame *out);
MUST_USE enum rc wire_frame_peek(struct span bytes, enum frame_type *type,
    uint64_t *session);

/*
 * Add one record (not empty) behind the others of a batch.
 * RC_TOO_BIG: the buffer's limit is reached.
 */
MUST_USE enum rc wire_batch_add(struct buffer *records, struct span record);
/* Take the next record off `records`; RC_NONE at the end. */
MUST_USE enum rc wire_batch_next(struct span *records, struct span *record);

/* Records. */
void wire_record_pack(struct buffer *out, const struct record *record);
MUST_USE enum rc wire_record_unpack(struct span bytes, struct record *out);

/* Records that hold the bytes of another record, not empty. */
void wire_carried_pack(struct buffer *out, struct span record);
MUST_USE enum rc wire_carried_unpack(struct span bytes, struct span *record);
void wire_handed_pack(struct buffer *out, struct span record);
MUST_USE enum rc wire_handed_unpack(struct span bytes, struct span *record);

#endif
