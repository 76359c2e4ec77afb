/*
 * The moves of items, as their offices recorded them.
 *
 * A move is kept whoever made it; whether it counts is for the fold to say
 * (law/offices/involved.h, law/moves/lifecycle.h), which knows who held the
 * item.
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire_payload.h"
#include "register/views_internal.h"

static const char schema[] =
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
    "CREATE INDEX move_item_origin ON move (item, origin);";

enum {
	MOVES_OF_ONE_MAX = LIFE_EVENTS_MAX, /* of an item, by one office */
};

struct moves {
	struct stmt *of_one, *put, *any;
};

static void
prepare_moves(struct views *v)
{
	v->moves = views_keep(v, sizeof(*v->moves));
	v->moves->of_one = db_prepare(v->db,
	    "SELECT count(*) FROM (SELECT 1 FROM move WHERE item = ?"
	    " AND origin = ? LIMIT ?)");
	v->moves->any =
	    db_prepare(v->db, "SELECT 1 FROM move WHERE item = ? LIMIT 1");
	v->moves->put = db_prepare(v->db,
	    "INSERT INTO move (position, origin, incarnation, audience,"
	    " sequence, item, move, to_office, due_ms, days, text, document,"
	    " opinion, outcome, rating, cause, other, approver, person,"
	    " claimed_ms, recorded_ms, received_ms, role, actor,"
	    " said_incarnation, said_sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON"
	    " CONFLICT DO NOTHING");
}

bool
views_has_moves(struct views *v, const char *item)
{
	db_bind_text(v->moves->any, item);
	return db_has_row(v->moves->any);
}

/* In the order of its own stream, so the same ones everywhere. */
static bool
says_too_much(struct views *v, const char *item, const char *office)
{
	struct stmt *s = v->moves->of_one;
	bool is_at_limit;

	db_bind_text(s, item);
	db_bind_text(s, office);
	db_bind_u64(s, MOVES_OF_ONE_MAX);
	CHECK(db_next(s));
	is_at_limit = db_column_u64(s, 0) == MOVES_OF_ONE_MAX;
	db_reset(s);
	return is_at_limit;
}

static const char *
fold_move(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->moves->put;
	struct moved m;

	if (wire_moved_unpack(record->payload, &m) != RC_OK)
		return "unreadable move";
	if (says_too_much(v, m.item, entry->stream->key.origin))
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
	views_mark_stale(v, m.item);
	return NULL;
}

static const struct fold_rule folds[] = {
	{ RECORD_PETITION_MOVED, fold_move },
	{ 0, NULL },
};

static const char *const by_hand[] = {
	"DELETE FROM move" OF_HAND,
	NULL,
};

static const char *const removals[] = {
	"DELETE FROM move" OF_STREAM,
	NULL,
};

const struct family moves_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS move;",
	.folds = folds,
	.by_hand = by_hand,
	.removals = removals,
	.prepare = prepare_moves,
};
