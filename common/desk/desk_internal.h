/*
 * desk_internal - the desk's handlers (commands.h), a file each: every one
 * judges its command and records it, or refuses in `reply`.
 */
#ifndef DESK_DESK_INTERNAL_H
#define DESK_DESK_INTERNAL_H

#include "base/memory.h"
#include "desk/commands.h"
#include "desk/desk.h"
#include "desk/numbers.h"
#include "desk/record.h"
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

void desk_act(struct office *o, const struct command *c,
    struct reply_writer *reply);
/* DIRECTIVE_MOVE whose number is an escalation's. */
void desk_escalation_move(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* Who may take a step: what depends on more than the kind of the command. */
enum desk_roles desk_roles_of_step(const struct command *c);
enum desk_roles desk_roles_of_identity(const struct command *c);

#endif
