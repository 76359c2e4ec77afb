/*
 * wire_command - what a person asks (command.h), and the answer, into bytes
 * and back; as wire.h says.
 *
 * A command is judged more mildly than a record: what a person typed must be
 * text and fit its array, and no more.  Sizes of an intake's or a directive's
 * texts, codes and offices are the desk's to judge, which answers in a
 * sentence.
 */
#ifndef CONTRACT_WIRE_COMMAND_H
#define CONTRACT_WIRE_COMMAND_H

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/command.h"

void wire_command_pack(struct buffer *out, const struct command *c);
MUST_USE enum rc wire_command_unpack(struct span bytes, struct command *out);
void wire_reply_pack(struct buffer *out, const struct reply *r);
MUST_USE enum rc wire_reply_unpack(struct span bytes, struct reply *out);

#endif
