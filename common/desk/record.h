/*
 * record - recording at the desk: in the name of who gave the command.
 *
 * Belongs to one thread, inside the turn's transaction.
 */
#ifndef DESK_RECORD_H
#define DESK_RECORD_H

#include <stdint.h>

#include "base/rc.h"
#include "contract/record.h"

struct command;
struct office;

/* Where a record came to stand. */
struct desk_place {
	uint64_t position;        /* in this office's journal, from 1 */
	uint8_t leaf[HASH_BYTES]; /* of its stream's tree */
};

/*
 * relay_record with the command's actor, which is written into `draft`; its
 * payload stays the caller's.  `audience`: for whom, "" for everybody above.
 * RC_TOO_BIG: nothing was recorded, and `place` says nothing.
 */
MUST_USE enum rc desk_record(struct office *o, const struct command *c,
    const char *audience, struct record *draft, struct desk_place *place);

#endif
