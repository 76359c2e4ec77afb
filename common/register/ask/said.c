/*
 * Whether the register holds what was said before: for a hub that gets its
 * words back from its children (city-hub/supervise/recovery.h).  A wrong "no"
 * would have it said twice, a wrong "yes" would leave it lost.
 */
#include "register/ask/said.h"

#include "contract/wire_payload.h"
#include "register/ask/internal.h"

static bool
has_arrival(struct views *v, const char *office, const struct record *said)
{
	struct stmt *s = ask_prepared(v, ASK_SAID_ARRIVAL,
	    "SELECT 1 FROM petition WHERE item = ? AND office = ?"
	    " AND recorded_ms = ?");
	struct petition p;

	if (wire_petition_unpack(said->payload, &p) != RC_OK)
		return true;
	db_bind_text(s, p.item);
	db_bind_text(s, office);
	db_bind_i64(s, said->recorded_ms);
	return db_has_row(s);
}

#define SAID_THERE                                                             \
	" WHERE origin = ? AND said_incarnation = ? AND audience = ''"         \
	" AND said_sequence = ? AND recorded_ms = ?"

static bool
has_word(struct stmt *s, const char *office, const struct record *said)
{
	db_bind_text(s, office);
	db_bind_u64(s, said->key.incarnation);
	db_bind_u64(s, said->sequence);
	db_bind_i64(s, said->recorded_ms);
	return db_has_row(s);
}

bool
ask_is_said(struct views *v, const char *office, const struct record *said)
{
	switch (said->kind) {
	case RECORD_PETITION_REGISTERED:
		return has_arrival(v, office, said);
	case RECORD_PETITION_MOVED:
		return has_word(ask_prepared(v, ASK_SAID_MOVE,
				    "SELECT 1 FROM move" SAID_THERE),
		    office, said);
	case RECORD_MATTER_LINKED:
		return has_word(ask_prepared(v, ASK_SAID_LINK,
				    "SELECT 1 FROM matter_link" SAID_THERE),
		    office, said);
	default:
		return true;
	}
}

bool
ask_is_notice_said(struct views *v, const struct escalated *e, bool to_all)
{
	struct stmt *s = ask_prepared(v, ASK_SAID_NOTICE,
	    "SELECT 1 FROM escalation_said WHERE id = ? AND item = ?"
	    " AND revision = ? AND (audience = '') = ?");

	db_bind_text(s, e->id);
	db_bind_text(s, e->item);
	db_bind_u64(s, e->revision);
	db_bind_i64(s, to_all);
	return db_has_row(s);
}
