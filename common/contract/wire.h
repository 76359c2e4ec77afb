/*
 * wire - plain values into bytes and back; the only module that sees
 * generated protobuf.
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
 * A command is judged more mildly: what a person typed must be text and fit
 * its array, and no more.  Sizes of an intake's or a directive's texts,
 * codes and offices are the desk's to judge, which answers in a sentence.
 *
 * Any thread; each has arenas of its own.
 */
#ifndef CONTRACT_WIRE_H
#define CONTRACT_WIRE_H

#include "base/memory.h"
#include "base/rc.h"
#include "contract/command.h"
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

/* Records, and what they carry. */
void wire_record_pack(struct buffer *out, const struct record *record);
MUST_USE enum rc wire_record_unpack(struct span bytes, struct record *out);

void wire_office_opened_pack(struct buffer *out, const struct office_opened *p);
MUST_USE enum rc wire_office_opened_unpack(struct span bytes,
    struct office_opened *out);
void wire_petition_pack(struct buffer *out, const struct petition *p);
MUST_USE enum rc wire_petition_unpack(struct span bytes, struct petition *out);
void wire_directive_pack(struct buffer *out, const struct directive *p);
MUST_USE enum rc wire_directive_unpack(struct span bytes,
    struct directive *out);
void wire_directive_step_pack(struct buffer *out,
    const struct directive_step *p);
MUST_USE enum rc wire_directive_step_unpack(struct span bytes,
    struct directive_step *out);
void wire_child_pack(struct buffer *out, const struct child *p);
MUST_USE enum rc wire_child_unpack(struct span bytes, struct child *out);
void wire_carried_pack(struct buffer *out, struct span record);
MUST_USE enum rc wire_carried_unpack(struct span bytes, struct span *record);
void wire_secret_pack(struct buffer *out, const struct sealed_secret *p);
MUST_USE enum rc wire_secret_unpack(struct span bytes,
    struct sealed_secret *out);
void wire_moved_pack(struct buffer *out, const struct moved *p);
MUST_USE enum rc wire_moved_unpack(struct span bytes, struct moved *out);
void wire_attached_pack(struct buffer *out, const struct attached *p);
MUST_USE enum rc wire_attached_unpack(struct span bytes, struct attached *out);
/* As wire_carried: the bytes of another record. */
void wire_handed_pack(struct buffer *out, struct span record);
MUST_USE enum rc wire_handed_unpack(struct span bytes, struct span *record);
void wire_matter_linked_pack(struct buffer *out, const struct matter_linked *p);
MUST_USE enum rc wire_matter_linked_unpack(struct span bytes,
    struct matter_linked *out);
void wire_escalated_pack(struct buffer *out, const struct escalated *p);
MUST_USE enum rc wire_escalated_unpack(struct span bytes,
    struct escalated *out);
void wire_published_pack(struct buffer *out, const struct published *p);
MUST_USE enum rc wire_published_unpack(struct span bytes,
    struct published *out);
void wire_identity_step_pack(struct buffer *out, const struct identity_step *p);
MUST_USE enum rc wire_identity_step_unpack(struct span bytes,
    struct identity_step *out);
void wire_key_destroyed_pack(struct buffer *out, const struct key_destroyed *p);
MUST_USE enum rc wire_key_destroyed_unpack(struct span bytes,
    struct key_destroyed *out);
void wire_identity_pack(struct buffer *out, const struct identity_fields *p);
MUST_USE enum rc wire_identity_unpack(struct span bytes,
    struct identity_fields *out);

/* What a person asks (relay/command.h), and the answer. */
void wire_command_pack(struct buffer *out, const struct command *c);
MUST_USE enum rc wire_command_unpack(struct span bytes, struct command *out);
void wire_reply_pack(struct buffer *out, const struct reply *r);
MUST_USE enum rc wire_reply_unpack(struct span bytes, struct reply *out);

#endif
