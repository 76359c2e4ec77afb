/*
 * wire_payload - what records carry, into bytes and back; as wire.h says.
 *
 * One pair for each plain value: `_pack` appends to `out`, `_unpack` fills
 * `out` with copies and with spans that live until this thread's next payload
 * (identities apart: until its next identity).  RC_MALFORMED: a broken rule.
 */
#ifndef CONTRACT_WIRE_PAYLOAD_H
#define CONTRACT_WIRE_PAYLOAD_H

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/directive.h"
#include "contract/frame.h"
#include "contract/offices.h"
#include "contract/petition.h"
#include "contract/supervision.h"

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
void wire_secret_pack(struct buffer *out, const struct sealed_secret *p);
MUST_USE enum rc wire_secret_unpack(struct span bytes,
    struct sealed_secret *out);
void wire_moved_pack(struct buffer *out, const struct moved *p);
MUST_USE enum rc wire_moved_unpack(struct span bytes, struct moved *out);
void wire_attached_pack(struct buffer *out, const struct attached *p);
MUST_USE enum rc wire_attached_unpack(struct span bytes, struct attached *out);
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

#endif
