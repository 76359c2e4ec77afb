/*
 * The moves of items, as their offices recorded them, and the records of
 * other streams that our parent handed us.
 *
 * A move is kept whoever made it; whether it counts is the fold's to say
 * (hearing.c, law/moves/lifecycle.h), which knows who held the item.
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "register/views_internal.h"

const char views_move_schema[] =
    "CREATE TABLE move (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " item TEXT NOT NULL, move TEXT NOT NULL, to_office TEXT NOT NULL,"
    " due_ms INTEGER NOT NULL, days INTEGER NOT NULL, text TEXT NOT NULL,"
    " document TEXT NOT NULL, opinion TEXT NOT NULL, outcome TEXT NOT NULL,"
    " rating TEXT NOT NULL, cause TEXT NOT NULL, other TEXT NOT NULL,"
    " approver TEXT NOT NULL, person TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL,"
    /* Where it was first said: elsewhere, when it was carried over since. */
    " said_incarnation INTEGER NOT NULL, said_sequence INTEGER NOT NULL,"
    " UNIQUE (origin, said_incarnation, audience, said_sequence,"
    "  recorded_ms)) STRICT;"
    "CREATE INDEX move_item ON move (item, recorded_ms, origin, incarnation,"
    " sequence, audience);"
    "CREATE INDEX move_item_origin ON move (item, origin);"
    /*
     * Which records of others went to which child, so that none goes twice,
     * and in whose stream, so that they go with it when it is put aside;
     * `said_to` is the audience of the stream they stand in.  After a lost
     * disk a place may be taken by another record: its time tells.
     */
    "CREATE TABLE handed (position INTEGER PRIMARY KEY,"
    " giver TEXT NOT NULL, given INTEGER NOT NULL,"
    " audience TEXT NOT NULL, origin TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, said_to TEXT NOT NULL,"
    " sequence INTEGER NOT NULL, recorded_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX handed_record ON handed (audience, origin, incarnation,"
    " said_to, sequence);"
    "CREATE INDEX handed_giver ON handed (giver, given, audience);";

enum {
	MOVES_OF_ONE_MAX = LIFE_EVENTS_MAX, /* of an item, by one office */
};

void
views_move_prepare(struct views *v)
{
	v->moves_of_one = db_prepare(v->db,
	    "SELECT count(*) FROM (SELECT 1 FROM move WHERE item = ?"
	    " AND origin = ? LIMIT ?)");
	v->move = db_prepare(v->db,
	    "INSERT INTO move VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->handed = db_prepare(v->db,
	    "INSERT INTO handed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT DO NOTHING");
}

/* In the order of its own stream, so the same ones everywhere. */
static bool
has_said_enough(struct views *v, const char *item, const char *office)
{
	struct stmt *s = v->moves_of_one;
	bool is_enough;

	db_bind_text(s, item);
	db_bind_text(s, office);
	db_bind_u64(s, MOVES_OF_ONE_MAX);
	CHECK(db_next(s));
	is_enough = db_column_u64(s, 0) == MOVES_OF_ONE_MAX;
	db_reset(s);
	return is_enough;
}

const char *
views_move_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->move;
	struct moved m;

	if (wire_moved_unpack(record->payload, &m) != RC_OK)
		return "unreadable move";
	if (has_said_enough(v, m.item, entry->stream->key.origin))
		return "too many moves of one item";
	views_bind_place(s, entry);
	db_bind_text(s, m.item);
	db_bind_text(s, m.move);
	db_bind_text(s, m.to);
	db_bind_i64(s, m.due_ms);
	db_bind_u64(s, m.days);
	db_bind_span_text(s, m.text);
	db_bind_text(s, m.document);
	db_bind_text(s, m.opinion);
	db_bind_text(s, m.outcome);
	db_bind_text(s, m.rating);
	db_bind_text(s, m.cause);
	db_bind_text(s, m.other);
	db_bind_text(s, m.approver);
	db_bind_text(s, m.person);
	views_bind_times(s, entry, record);
	views_bind_said(s, record);
	CHECK(db_run(s) == RC_OK);
	views_mark_dirty(v, m.item);
	return NULL;
}

static bool
may_be_handed(uint32_t kind)
{
	return kind == RECORD_PETITION_REGISTERED ||
	       kind == RECORD_PETITION_MOVED || kind == RECORD_CARRIED ||
	       kind == RECORD_MATTER_LINKED || kind == RECORD_ESCALATED ||
	       kind == RECORD_PUBLISHED;
}

/* When a record was made, however often it was carried over since. */
static int64_t
made_ms(struct span bytes)
{
	struct record record;
	int64_t at_ms = 0;

	while (wire_record_unpack(bytes, &record) == RC_OK) {
		at_ms = record.recorded_ms;
		if (record.kind != RECORD_CARRIED ||
		    wire_carried_unpack(record.payload, &bytes) != RC_OK)
			break;
	}
	return at_ms;
}

static void
remember_handed(struct views *v, const struct relay_entry *entry,
    const struct record *inner, int64_t at_ms)
{
	db_bind_u64(v->handed, entry->position);
	views_bind_key(v->handed, &entry->stream->key);
	views_bind_key(v->handed, &inner->key);
	db_bind_u64(v->handed, inner->sequence);
	db_bind_i64(v->handed, at_ms);
	CHECK(db_run(v->handed) == RC_OK);
}

/*
 * The giver has what it gives; the receiver, and nobody else, takes it in as
 * if it had come in its own stream.  What we made ourselves is in our own
 * journal, and no parent's word adds to it.
 */
const char *
views_handed_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record, struct record *inner,
    struct relay_entry *as_if, struct stream *stream)
{
	const struct stream_key *key = &entry->stream->key;
	struct span bytes;
	int64_t at_ms;

	if (wire_handed_unpack(record->payload, &bytes) != RC_OK ||
	    wire_record_unpack(bytes, inner) != RC_OK ||
	    inner->sequence > INT64_MAX)
		return "hands over something unreadable";
	if (!may_be_handed(inner->kind))
		return "hands over what is not for handing over";
	at_ms = inner->recorded_ms;
	if (inner->kind == RECORD_CARRIED) {
		/* Looking inside takes the memory that `bytes` lie in. */
		buffer_reset(&v->handed_bytes);
		CHECK(buffer_append(&v->handed_bytes, bytes) == RC_OK);
		bytes = buffer_span(&v->handed_bytes);
		at_ms = made_ms(bytes);
		CHECK(wire_record_unpack(bytes, inner) == RC_OK);
	}
	remember_handed(v, entry, inner, at_ms);
	as_if->record = NULL;
	if (strcmp(key->audience, v->own) != 0 ||
	    strcmp(key->origin, v->above) != 0 ||
	    strcmp(inner->key.origin, v->own) == 0)
		return NULL;
	*stream = (struct stream){ .id = entry->stream->id, .key = inner->key };
	*as_if = *entry;
	as_if->stream = stream;
	as_if->record = inner;
	as_if->bytes = bytes;
	return NULL;
}
