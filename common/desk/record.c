/*
 * record - what the desk has judged becomes a record of this office.
 *
 * In the name of whoever gave the command; the relay gives it its place, and
 * the register has folded it when this returns.
 */
#include "desk/record.h"

#include <string.h>

#include "contract/command.h"
#include "office/office.h"

enum rc
desk_record(struct office *o, const struct command *c, const char *audience,
    struct record *draft, struct desk_place *place)
{
	memcpy(draft->actor_role, c->actor_role, sizeof(draft->actor_role));
	memcpy(draft->actor, c->actor, sizeof(draft->actor));
	return relay_record(o->relay, audience, draft, o->now, &place->position,
	    place->leaf);
}
