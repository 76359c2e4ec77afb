/*
 * What a hub asks to group arrivals into matters, and to forward what others
 * recorded to the child that it concerns.
 */
#include "register/ask/matters.h"

#include "law/moves/verdict.h"
#include "register/ask/internal.h"

bool
ask_is_ruled_out(struct views *v, const char *item, const char *other)
{
	struct stmt *s = ask_prepared(v, ASK_RULED_OUT,
	    "SELECT verdict IN ('" VERDICT_REJECT_CODE "', '" VERDICT_SPLIT_CODE
	    "')"
	    " FROM matter_link"
	    " WHERE ((item = ?1 AND matter = ?2)"
	    "  OR (item = ?2 AND matter = ?1))"
	    " AND verdict <> '" VERDICT_PROPOSE_CODE "'"
	    " ORDER BY recorded_ms DESC, position DESC LIMIT 1");
	bool is_out;

	db_bind_text(s, item);
	db_bind_text(s, other);
	if (!db_next(s))
		return false;
	is_out = db_column_i64(s, 0) != 0;
	db_reset(s);
	return is_out;
}

bool
ask_is_proposed(struct views *v, const char *item, const char *matter)
{
	struct stmt *s = ask_prepared(v, ASK_PROPOSED,
	    "SELECT 1 FROM matter_link WHERE item = ? AND matter = ? LIMIT 1");

	db_bind_text(s, item);
	db_bind_text(s, matter);
	return db_has_row(s);
}

bool
ask_link(struct views *v, const char *item,
    char target[static ITEM_NUMBER_MAX + 1])
{
	struct stmt *s = ask_prepared(v, ASK_LINK,
	    "SELECT target FROM link_now WHERE item = ?");

	db_bind_text(s, item);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, target, ITEM_NUMBER_MAX + 1);
	db_reset(s);
	return true;
}

/* -- arrivals -- */

static struct stmt *
arrivals(struct views *v)
{
	return ask_prepared(v, ASK_ARRIVALS,
	    "SELECT position, item, office, claimed_ms, person_key,"
	    " earlier_item, subject, text, place, category FROM petition"
	    " WHERE position >= ? AND position <= ? ORDER BY position");
}

void
ask_walk_arrivals(struct views *v, uint64_t from, uint64_t to)
{
	db_bind_u64(arrivals(v), from);
	db_bind_u64(arrivals(v), to);
}

bool
ask_next_arrival(struct views *v, struct ask_likeness *out)
{
	struct stmt *s = arrivals(v);

	if (!db_next(s))
		return false;
	*out = (struct ask_likeness){ .position = db_column_u64(s, 0),
		.item = db_column_text(s, 1),
		.office = db_column_text(s, 2),
		.claimed_ms = db_column_i64(s, 3),
		.person_key = db_column_span(s, 4),
		.earlier_item = db_column_text(s, 5),
		.subject = db_column_span(s, 6),
		.text = db_column_span(s, 7),
		.place = db_column_span(s, 8),
		.category = db_column_text(s, 9) };
	return true;
}

void
ask_stop_arrivals(struct views *v)
{
	db_reset(arrivals(v));
}

/* -- records to forward -- */

static struct stmt *
pieces(struct views *v)
{
	return ask_prepared(v, ASK_PIECES,
	    "SELECT position, office, incarnation, '', sequence, earlier_item,"
	    "  0, recorded_ms FROM petition WHERE item = ?1"
	    " UNION ALL SELECT position, origin, incarnation, audience,"
	    "  sequence, other, 1, recorded_ms FROM move WHERE item = ?1"
	    "  AND audience = ''"
	    " UNION ALL SELECT position, origin, incarnation, audience,"
	    "  sequence, matter, 0, recorded_ms FROM matter_link"
	    "  WHERE item = ?1 AND audience = ''"
	    "  AND verdict IN " VERDICTS_REGROUPING_SQL " ORDER BY 1");
}

void
ask_walk_pieces(struct views *v, const char *item)
{
	db_bind_text(pieces(v), item);
}

bool
ask_next_piece(struct views *v, struct ask_piece *out)
{
	struct stmt *s = pieces(v);

	if (!db_next(s))
		return false;
	out->position = db_column_u64(s, 0);
	db_column_copy(s, 1, out->origin, sizeof(out->origin));
	out->incarnation = (uint32_t)db_column_u64(s, 2);
	db_column_copy(s, 3, out->audience, sizeof(out->audience));
	out->sequence = db_column_u64(s, 4);
	db_column_copy(s, 5, out->other, sizeof(out->other));
	out->is_move = db_column_i64(s, 6) != 0;
	out->recorded_ms = db_column_i64(s, 7);
	return true;
}

void
ask_stop_pieces(struct views *v)
{
	db_reset(pieces(v));
}

bool
ask_was_forwarded(struct views *v, const struct ask_piece *p, const char *child)
{
	struct stmt *s = ask_prepared(v, ASK_FORWARDED,
	    "SELECT 1 FROM handed WHERE audience = ? AND origin = ?"
	    " AND incarnation = ? AND said_to = ? AND sequence = ?"
	    " AND recorded_ms = ? LIMIT 1");

	db_bind_text(s, child);
	db_bind_text(s, p->origin);
	db_bind_u64(s, p->incarnation);
	db_bind_text(s, p->audience);
	db_bind_u64(s, p->sequence);
	db_bind_i64(s, p->recorded_ms);
	return db_has_row(s);
}

static struct stmt *
accused(struct views *v)
{
	return ask_prepared(v, ASK_ACCUSED,
	    "SELECT office FROM petition_accused WHERE item = ?");
}

void
ask_walk_accused(struct views *v, const char *item)
{
	db_bind_text(accused(v), item);
}

bool
ask_next_accused(struct views *v, char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = accused(v);

	if (!db_next(s))
		return false;
	db_column_copy(s, 0, office, OFFICE_CODE_MAX + 1);
	return true;
}

void
ask_stop_accused(struct views *v)
{
	db_reset(accused(v));
}
