/*
 * Who asked to see a petitioner's identity, who agreed, who looked; and
 * which years' keys are gone.
 *
 * The identity itself is in none of these.  A step counts only where the item
 * was taken: nobody else could open it, so another office's word about it is
 * refused here.
 */
#include <string.h>

#include "base/check.h"
#include "contract/supervision.h"
#include "contract/wire_payload.h"
#include "register/views_internal.h"

static const char schema[] =
    "CREATE TABLE identity_step (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " item TEXT NOT NULL, step TEXT NOT NULL, reason TEXT NOT NULL,"
    " requester TEXT NOT NULL, claimed_ms INTEGER NOT NULL,"
    " recorded_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,"
    " role TEXT NOT NULL, actor TEXT NOT NULL) STRICT;"
    "CREATE INDEX identity_step_item ON identity_step (item);"

    "CREATE TABLE key_destroyed (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " year INTEGER NOT NULL, reason TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL) STRICT;";

struct identities {
	struct stmt *step, *destroyed;
};

static void
prepare_identities(struct views *v)
{
	v->identities = views_keep(v, sizeof(*v->identities));
	v->identities->step = db_prepare(v->db,
	    "INSERT INTO identity_step (position, origin, incarnation,"
	    " audience, sequence, item, step, reason, requester, claimed_ms,"
	    " recorded_ms, received_ms, role, actor) VALUES (?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?)");
	v->identities->destroyed = db_prepare(v->db,
	    "INSERT INTO key_destroyed (position, origin, incarnation,"
	    " audience, sequence, year, reason, claimed_ms, recorded_ms,"
	    " received_ms, role, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?)");
}

static bool
is_step(const char *step)
{
	static const char *const steps[] = { IDENTITY_REQUEST, IDENTITY_APPROVE,
		IDENTITY_REFUSE, IDENTITY_SHOW };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		if (strcmp(steps[i], step) == 0)
			return true;
	}
	return false;
}

static const char *
fold_step(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	const struct stream_key *key = &entry->stream->key;
	struct stmt *s = v->identities->step;
	struct identity_step step;

	if (wire_identity_step_unpack(record->payload, &step) != RC_OK)
		return "unreadable step towards an identity";
	/* What we keep for ourselves alone, accused.h, and nobody else's. */
	if (key->audience[0] != '\0' &&
	    (v->is_handed || strcmp(key->audience, v->own) != 0 ||
		strcmp(key->origin, v->own) != 0))
		return "a step towards an identity, for one office";
	if (!is_step(step.step))
		return "an unknown step towards an identity";
	if (!views_is_number_of(step.item, key->origin))
		return "an identity that another office keeps";
	views_bind_place(s, entry);
	db_bind_text(s, step.item);
	db_bind_text(s, step.step);
	db_bind_span_text(s, step.reason);
	db_bind_text(s, step.requester);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}

static const char *
fold_destroyed(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->identities->destroyed;
	struct key_destroyed gone;

	if (wire_key_destroyed_unpack(record->payload, &gone) != RC_OK)
		return "unreadable end of a key";
	if (entry->stream->key.audience[0] != '\0')
		return "the end of a key, for one office";
	views_bind_place(s, entry);
	db_bind_u64(s, gone.year);
	db_bind_span_text(s, gone.reason);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}

/* Who holds which years' secrets is nothing that anybody looks at. */
static const char *
fold_secret(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	(void)v;
	(void)entry;
	(void)record;
	return NULL;
}

static const struct fold_rule folds[] = {
	{ RECORD_IDENTITY_STEP, fold_step },
	{ RECORD_KEY_DESTROYED, fold_destroyed },
	{ RECORD_SECRET_HANDED, fold_secret },
	{ 0, NULL },
};

static const char *const removals[] = {
	"DELETE FROM identity_step" OF_STREAM,
	"DELETE FROM key_destroyed" OF_STREAM,
	NULL,
};

const struct family identities_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS identity_step; "
		"DROP TABLE IF EXISTS key_destroyed;",
	.folds = folds,
	.removals = removals,
	.prepare = prepare_identities,
};
