/*
 * desk_internal - the desk's commands, a file each.
 */
#ifndef NODE_DESK_INTERNAL_H
#define NODE_DESK_INTERNAL_H

#include "base/memory.h"
#include "node/desk.h"
#include "node/office.h"
#include "node/reply.h"
#include "petition/item_number.h"

void desk_register(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_directive_issue(struct office *o, const struct command *c,
    struct reply_writer *reply);
void desk_directive_move(struct office *o, const struct command *c,
    struct reply_writer *reply);

void desk_act(struct office *o, const struct command *c,
    struct reply_writer *reply);

/* Has this office named its people (keys/people)?  Then roles count. */
bool desk_has_people(const struct office *o);
/* May this user of ours approve what only a head may? */
bool desk_may_approve(const struct office *o, const char *user);

/*
 * The next number of this office, year and incarnation; the caller says
 * whether it was used (desk_number_used), so that refusals cost none.
 */
struct desk_number {
	char counter[64]; /* name of the journal's value */
	uint64_t serial;
	char text[ITEM_NUMBER_MAX + 1];
};

void desk_next_number(struct office *o, enum number_kind kind,
    struct desk_number *out);
void desk_number_used(struct office *o, const struct desk_number *n);

/* Where a record came to stand. */
struct desk_place {
	uint64_t position;
	uint8_t leaf[HASH_BYTES];
};

/* relay_record with the command's actor.  RC_TOO_BIG: nothing recorded. */
MUST_USE enum rc desk_record(struct office *o, const struct command *c,
    const char *audience, struct record *draft, struct desk_place *place);

#endif
