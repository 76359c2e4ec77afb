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
#include "contract/wire_payload.h"
#include "register/views_internal.h"

const char views_identity_schema[] =
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

void
views_identity_prepare(struct views *v)
{
	v->identity_step = db_prepare(v->db,
	    "INSERT INTO identity_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?)");
	v->key_destroyed = db_prepare(v->db,
	    "INSERT INTO key_destroyed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?)");
}

static void
bind_place(struct stmt *s, const struct relay_entry *entry)
{
	db_bind_u64(s, entry->position);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, entry->record->sequence);
}

static void
bind_times(struct stmt *s, const struct relay_entry *entry,
    const struct record *record)
{
	db_bind_i64(s, record->claimed_ms);
	db_bind_i64(s, record->recorded_ms);
	db_bind_i64(s, entry->received_ms);
	db_bind_text(s, record->actor_role);
	db_bind_text(s, record->actor);
}

/* "420106-2026-..." of office 420106. */
static bool
is_number_of(const char *item, const char *office)
{
	size_t size = strlen(office);

	return strncmp(item, office, size) == 0 && item[size] == '-';
}

static bool
is_step(const char *step)
{
	static const char *const steps[] = { "REQUEST", "APPROVE", "REFUSE",
		"SHOW" };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		if (strcmp(steps[i], step) == 0)
			return true;
	}
	return false;
}

const char *
views_identity_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	const struct stream_key *key = &entry->stream->key;
	struct stmt *s = v->identity_step;
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
	if (!is_number_of(step.item, key->origin))
		return "an identity that another office keeps";
	bind_place(s, entry);
	db_bind_text(s, step.item);
	db_bind_text(s, step.step);
	db_bind_span_text(s, step.reason);
	db_bind_text(s, step.requester);
	bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}

const char *
views_destroyed_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->key_destroyed;
	struct key_destroyed gone;

	if (wire_key_destroyed_unpack(record->payload, &gone) != RC_OK)
		return "unreadable end of a key";
	if (entry->stream->key.audience[0] != '\0')
		return "the end of a key, for one office";
	bind_place(s, entry);
	db_bind_u64(s, gone.year);
	db_bind_span_text(s, gone.reason);
	bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}
