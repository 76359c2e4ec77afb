/*
 * sources - what another system's rows have become here.
 *
 * An arrival is known again by its number there; a move by its kind and the
 * time that was claimed, since other systems number none of them.
 */
#include "documents/sources.h"

#include "mech/db.h"

void
sources_open(const struct reading *r, struct sources *out)
{
	out->arrivals = db_prepare(r->db,
	    "SELECT 1 FROM source_seen WHERE source = ? AND source_ref = ?");
	out->moves = db_prepare(r->db,
	    "SELECT 1 FROM source_seen s JOIN move m ON m.item = s.item"
	    " WHERE s.source = ? AND s.source_ref = ? AND m.move = ?"
	    " AND m.claimed_ms = ? LIMIT 1");
}

void
sources_close(struct sources *s)
{
	db_finish(s->arrivals);
	db_finish(s->moves);
	*s = (struct sources){ 0 };
}

bool
sources_has_arrival(struct sources *s, const struct sources_key *key)
{
	if (key->source_ref.size == 0)
		return false;
	db_bind_span_text(s->arrivals, key->source);
	db_bind_span_text(s->arrivals, key->source_ref);
	return db_has_row(s->arrivals);
}

bool
sources_has_move(struct sources *s, const struct sources_key *key,
    const char *move, int64_t claimed_ms)
{
	db_bind_span_text(s->moves, key->source);
	db_bind_span_text(s->moves, key->source_ref);
	db_bind_text(s->moves, move);
	db_bind_i64(s->moves, claimed_ms);
	return db_has_row(s->moves);
}
