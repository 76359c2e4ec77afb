/*
 * What the desk asks about sealed identities: none of it opens one.
 */
#include "register/ask/identities.h"

#include "base/check.h"
#include "contract/supervision.h"
#include "register/ask/internal.h"

bool
ask_identity_is_here(struct views *v, const char *item, const char *office,
    bool *has_identity)
{
	struct stmt *s = ask_prepared(v, ASK_IDENTITY_COUNT,
	    "SELECT count(*), count(sealed_identity) FROM petition"
	    " WHERE item = ? AND office = ?");
	bool is_here;

	db_bind_text(s, item);
	db_bind_text(s, office);
	CHECK(db_next(s));
	is_here = db_column_i64(s, 0) > 0;
	*has_identity = db_column_i64(s, 1) > 0;
	db_reset(s);
	return is_here;
}

void
ask_identity_step(struct views *v, const char *item, const char *requester,
    const char *office, struct ask_identity_step *out)
{
	struct stmt *s = ask_prepared(v, ASK_IDENTITY_STEP,
	    "SELECT step, actor, recorded_ms FROM identity_step"
	    " WHERE item = ? AND requester = ? AND origin = ?"
	    " AND step <> '" IDENTITY_SHOW "'"
	    " ORDER BY position DESC LIMIT 1");

	*out = (struct ask_identity_step){ 0 };
	db_bind_text(s, item);
	db_bind_text(s, requester);
	db_bind_text(s, office);
	if (!db_next(s))
		return;
	db_column_copy(s, 0, out->step, sizeof(out->step));
	db_column_copy(s, 1, out->actor, sizeof(out->actor));
	out->recorded_ms = db_column_i64(s, 2);
	db_reset(s);
}

static struct stmt *
identities(struct views *v)
{
	return ask_prepared(v, ASK_IDENTITIES,
	    "SELECT sealed_identity, seal_year, recorded_ms FROM petition"
	    " WHERE item = ? AND office = ? AND sealed_identity IS NOT NULL"
	    " ORDER BY position");
}

void
ask_walk_identities(struct views *v, const char *item, const char *office)
{
	db_bind_text(identities(v), item);
	db_bind_text(identities(v), office);
}

bool
ask_next_identity(struct views *v, struct ask_identity *out)
{
	struct stmt *s = identities(v);

	if (!db_next(s))
		return false;
	out->sealed = db_column_span(s, 0);
	out->year = (int)db_column_i64(s, 1);
	out->recorded_ms = db_column_i64(s, 2);
	return true;
}

void
ask_stop_identities(struct views *v)
{
	db_reset(identities(v));
}

bool
ask_key_is_destroyed(struct views *v, const char *office, int year,
    int64_t since_ms)
{
	struct stmt *s = ask_prepared(v, ASK_KEY_GONE,
	    "SELECT 1 FROM key_destroyed WHERE origin = ? AND year = ?"
	    " AND recorded_ms >= ? LIMIT 1");

	db_bind_text(s, office);
	db_bind_i64(s, year);
	db_bind_i64(s, since_ms);
	return db_has_row(s);
}

bool
ask_key_is_needed(struct views *v, const char *office, int year)
{
	struct stmt *s = ask_prepared(v, ASK_KEY_NEEDED,
	    "SELECT 1 FROM petition p WHERE p.office = ?1 AND p.seal_year = ?2"
	    " AND p.sealed_identity IS NOT NULL AND NOT EXISTS (SELECT 1"
	    " FROM key_destroyed d WHERE d.origin = ?1 AND d.year = ?2"
	    " AND d.recorded_ms >= p.recorded_ms) LIMIT 1");

	db_bind_text(s, office);
	db_bind_i64(s, year);
	return db_has_row(s);
}
