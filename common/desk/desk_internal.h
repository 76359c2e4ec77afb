/*
 * desk_internal - the desk's commands, a file each.
 */
#ifndef DESK_DESK_INTERNAL_H
#define DESK_DESK_INTERNAL_H

#include "base/memory.h"
#include "desk/desk.h"
#include "desk/numbers.h"
#include "desk/reply.h"
#include "office/office.h"

void desk_register(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_directive_issue(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_directive_move(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_attach(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_identity(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_query(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_destroy_key(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* False: the number is no escalation's, and nothing was done. */
MUST_USE bool desk_escalation_move(struct office *o, const struct command *c,
    struct reply_writer *reply);

void desk_act(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* Where a record came to stand. */
struct desk_place {
	uint64_t position;
	uint8_t leaf[HASH_BYTES];
};

/* relay_record with the command's actor.  RC_TOO_BIG: nothing recorded. */
MUST_USE enum rc desk_record(struct office *o, const struct command *c,
    const char *audience, struct record *draft, struct desk_place *place);

#endif
