/*
 * The roster: which offices there are, in whose words, and in which state.
 *
 * Each office opens its own streams (OfficeOpened) and its parent enrols and
 * revokes it.  The events are kept; an office's row is worked out again from
 * all of them whenever one arrives, by the times at which they were recorded,
 * so that their order of arrival does not matter.
 *
 *	state	own		opened, and never enrolled by anybody we know
 *		enrolled	by its parent
 *		revoked		by its parent, later than enrolled
 */
#include <string.h>

#include "base/check.h"
#include "node/views_internal.h"
#include "node/wire.h"

const char views_office_schema[] =
    "CREATE TABLE office_event (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " office TEXT NOT NULL, name TEXT NOT NULL, public_key BLOB NOT NULL,"
    " parent TEXT NOT NULL, state TEXT NOT NULL,"
    " recorded_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX office_event_office ON office_event (office);"
    "CREATE TABLE office (code TEXT PRIMARY KEY, name TEXT NOT NULL,"
    " public_key BLOB NOT NULL, parent TEXT NOT NULL,"
    " state TEXT NOT NULL, since_ms INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    /*
     * A parent's word goes before the office's own, a later one before an
     * earlier; a revocation need not repeat the name and the key.
     */
    "CREATE VIEW office_word AS SELECT *, row_number() OVER ("
    " PARTITION BY office ORDER BY state = 'own', recorded_ms DESC,"
    " incarnation DESC, sequence DESC, origin, audience) AS rank"
    " FROM office_event;"
    "CREATE VIEW office_folded AS SELECT w.office AS code,"
    " coalesce(n.name, '') AS name, coalesce(n.public_key, x'')"
    " AS public_key, w.parent, w.state, w.recorded_ms AS since_ms"
    " FROM office_word w LEFT JOIN office_event n ON n.position ="
    " (SELECT o.position FROM office_word o WHERE o.office = w.office"
    "  AND o.name <> '' ORDER BY o.rank LIMIT 1) WHERE w.rank = 1;";

static const char fold_one[] = "INSERT OR REPLACE INTO office"
			       " SELECT * FROM office_folded WHERE code = ?";
static const char fold_all[] = "INSERT OR REPLACE INTO office"
			       " SELECT * FROM office_folded";

void
views_office_prepare(struct views *v)
{
	v->office_event = db_prepare(v->db,
	    "INSERT INTO office_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?)");
	v->office = db_prepare(v->db, fold_one);
}

void
views_office_refresh(struct views *v)
{
	struct stmt *all = db_prepare(v->db, "DELETE FROM office");

	CHECK(db_run(all) == RC_OK);
	db_finish(all);
	all = db_prepare(v->db, fold_all);
	CHECK(db_run(all) == RC_OK);
	db_finish(all);
}

static void
keep_event(struct views *v, const struct relay_entry *entry,
    const struct child *c, const char *state, int64_t recorded_ms)
{
	struct stmt *s = v->office_event;

	db_bind_u64(s, entry->position);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, entry->record->sequence);
	db_bind_text(s, c->office);
	db_bind_text(s, c->name);
	db_bind_span(s, span_of(c->public_key, KEY_BYTES));
	db_bind_text(s, c->parent);
	db_bind_text(s, state);
	db_bind_i64(s, recorded_ms);
	CHECK(db_run(s) == RC_OK);
	db_bind_text(v->office, c->office);
	CHECK(db_run(v->office) == RC_OK);
}

const char *
views_opened_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct office_opened opened;
	struct child c = { 0 };

	if (wire_office_opened_unpack(record->payload, &opened) != RC_OK)
		return "unreadable opening of an office";
	if (strcmp(opened.office, entry->stream->key.origin) != 0)
		return "opens another office";
	memcpy(c.office, opened.office, sizeof(c.office));
	memcpy(c.name, opened.name, sizeof(c.name));
	memcpy(c.public_key, opened.public_key, KEY_BYTES);
	keep_event(v, entry, &c, "own", record->recorded_ms);
	return NULL;
}

const char *
views_child_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	bool is_enrolled = record->kind == RECORD_CHILD_ENROLLED;
	struct child c;

	if (wire_child_unpack(record->payload, &c) != RC_OK)
		return "unreadable entry of the roster";
	if (strcmp(c.parent, entry->stream->key.origin) != 0)
		return "an office below another one";
	keep_event(v, entry, &c, is_enrolled ? "enrolled" : "revoked",
	    record->recorded_ms);
	return NULL;
}
