#include "desk/desk.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "desk/desk_internal.h"
#include "desk/rights.h"
#include "mech/db.h"
#include "register/views.h"
#include "relay/journal.h"

/* Has the register this number?  After a lost disk it may be given again. */
static bool
is_taken(struct office *o, const char *number)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT 1 FROM petition WHERE item = ?1 UNION ALL"
	    " SELECT 1 FROM directive_issue WHERE id = ?1 UNION ALL"
	    " SELECT 1 FROM escalation_now WHERE id = ?1 LIMIT 1");
	bool found;

	db_bind_text(s, number);
	found = db_next(s);
	db_finish(s);
	return found;
}

static const char *const counters[] = {
	[NUMBER_ITEM] = "item",
	[NUMBER_DIRECTIVE] = "directive",
	[NUMBER_ESCALATION] = "escalation",
};

void
desk_next_number(struct office *o, enum number_kind kind,
    struct desk_number *out)
{
	struct item_number n = { .kind = kind,
		.year = clock_year(o->now.wall_ms) };
	uint32_t incarnation = relay_incarnation(o->relay);
	enum rc rc = text_format(out->counter, sizeof(out->counter),
	    "serial.%s.%d.%u", counters[kind], n.year, (unsigned)incarnation);

	CHECK(rc == RC_OK);
	memcpy(n.office, o->settings.office, sizeof(n.office));
	out->serial = journal_get_u64(o->journal, out->counter, 0);
	do {
		n.serial = (uint32_t)++out->serial;
		item_number_format(&n, incarnation, out->text);
	} while (is_taken(o, out->text));
}

void
desk_number_used(struct office *o, const struct desk_number *n)
{
	journal_put_u64(o->journal, n->counter, n->serial);
}

enum rc
desk_record(struct office *o, const struct command *c, const char *audience,
    struct record *draft, struct desk_place *place)
{
	memcpy(draft->actor_role, c->actor_role, sizeof(draft->actor_role));
	memcpy(draft->actor, c->actor, sizeof(draft->actor));
	return relay_record(o->relay, audience, draft, o->now, &place->position,
	    place->leaf);
}

void
desk_issue_by_itself(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	desk_directive_issue(o, c, reply);
}

void
desk_handle(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	if (!desk_actor_is_known(o, c, reply))
		return;
	switch (c->kind) {
	case COMMAND_REGISTER:
		desk_register(o, c, reply);
		break;
	case COMMAND_DIRECTIVE_ISSUE:
		desk_directive_issue(o, c, reply);
		break;
	case COMMAND_DIRECTIVE_MOVE:
		if (!desk_escalation_move(o, c, reply))
			desk_directive_move(o, c, reply);
		break;
	case COMMAND_ACT:
		desk_act(o, c, reply);
		break;
	case COMMAND_ATTACH:
		desk_attach(o, c, reply);
		break;
	case COMMAND_IDENTITY:
		desk_identity(o, c, reply);
		break;
	case COMMAND_QUERY:
		desk_query(o, c, reply);
		break;
	case COMMAND_DESTROY_KEY:
		desk_destroy_key(o, c, reply);
		break;
	case COMMAND_STATUS:
	case COMMAND_INVITE:
	case COMMAND_REVOKE:
	case COMMAND_SETTLE:
	case COMMAND_DISTRICTS:
	case COMMAND_MATCH:
	case COMMAND_PUBLISH:
		o->trade->handle(o, c, reply);
		break;
	}
}
