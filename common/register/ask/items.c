/*
 * What the desk asks about items.
 *
 * Every question is one statement over the tables of the register, which
 * nobody outside this room and documents/ names.
 */
#include "register/ask/items.h"

#include <string.h>

#include "base/check.h"
#include "base/span.h"
#include "law/moves/lifecycle.h"
#include "register/ask/internal.h"
#include "register/views_internal.h"

struct stmt *
ask_prepared(struct views *v, enum ask question, const char *sql)
{
	if (v->asked[question] == NULL)
		v->asked[question] = db_prepare(v->db, sql);
	return v->asked[question];
}

bool
ask_number_is_used(struct views *v, const char *number)
{
	struct stmt *s = ask_prepared(v, ASK_NUMBER_USED,
	    "SELECT 1 FROM petition WHERE item = ?1 UNION ALL"
	    " SELECT 1 FROM directive_issue WHERE id = ?1 UNION ALL"
	    " SELECT 1 FROM escalation_now WHERE id = ?1 LIMIT 1");

	db_bind_text(s, number);
	return db_has_row(s);
}

bool
ask_has_item(struct views *v, const char *item)
{
	struct stmt *s = ask_prepared(v, ASK_HAS_ITEM,
	    "SELECT 1 FROM petition WHERE item = ? LIMIT 1");

	db_bind_text(s, item);
	return db_has_row(s);
}

bool
ask_is_held_back(struct views *v, const char *item)
{
	struct stmt *s = ask_prepared(v, ASK_HELD_BACK,
	    "SELECT 1 FROM held_back WHERE item = ?");

	db_bind_text(s, item);
	return db_has_row(s);
}

bool
ask_source(struct views *v, struct span source, struct span source_ref,
    struct ask_source *out)
{
	struct stmt *s = ask_prepared(v, ASK_SOURCE,
	    "SELECT s.item, coalesce((SELECT p.position FROM petition p"
	    " WHERE p.item = s.item LIMIT 1), 0) FROM source_seen s"
	    " WHERE s.source = ? AND s.source_ref = ?");

	db_bind_span_text(s, source);
	db_bind_span_text(s, source_ref);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->item, sizeof(out->item));
	out->position = db_column_i64(s, 1);
	db_reset(s);
	return true;
}

bool
ask_move_was_made(struct views *v, const char *item, const char *office,
    const char *move, int64_t claimed_ms)
{
	struct stmt *s = ask_prepared(v, ASK_MOVE_MADE,
	    "SELECT 1 FROM move WHERE item = ? AND origin = ? AND move = ?"
	    " AND claimed_ms = ? LIMIT 1");

	db_bind_text(s, item);
	db_bind_text(s, office);
	db_bind_text(s, move);
	db_bind_i64(s, claimed_ms);
	return db_has_row(s);
}

bool
ask_is_recused(struct views *v, const char *item, const char *user)
{
	struct stmt *s = ask_prepared(v, ASK_RECUSED,
	    "SELECT 1 FROM move WHERE item = ? AND person = ?"
	    " AND move = '" MOVE_RECUSE_CODE "'"
	    " AND origin = (SELECT office FROM applied)"
	    " LIMIT 1");

	if (user[0] == '\0')
		return false;
	db_bind_text(s, item);
	db_bind_text(s, user);
	return db_has_row(s);
}

bool
ask_slip(struct views *v, const uint8_t hash[static HASH_BYTES],
    const char *office, struct ask_slip *out)
{
	struct stmt *s = ask_prepared(v, ASK_SLIP,
	    "SELECT item, subject, claimed_ms, recorded_ms, leaf"
	    " FROM petition WHERE query_hash = ? AND office = ?"
	    " ORDER BY position LIMIT 1");
	struct span leaf;

	db_bind_span(s, span_of(hash, HASH_BYTES));
	db_bind_text(s, office);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->item, sizeof(out->item));
	db_column_copy(s, 1, out->subject, sizeof(out->subject));
	out->claimed_ms = db_column_i64(s, 2);
	out->recorded_ms = db_column_i64(s, 3);
	leaf = db_column_span(s, 4);
	CHECK(leaf.size == HASH_BYTES);
	memcpy(out->leaf, leaf.at, HASH_BYTES);
	db_reset(s);
	return true;
}

static struct stmt *
answers(struct views *v)
{
	return ask_prepared(v, ASK_ANSWERS,
	    "SELECT origin, claimed_ms, opinion, document, text, move,"
	    " incarnation, sequence FROM move WHERE item = ?"
	    " AND move IN ('" MOVE_REPLY_CODE "', '" MOVE_REVIEWED_CODE "',"
	    " '" MOVE_FINISHED_CODE "', '" MOVE_DECLINE_CODE "',"
	    " '" MOVE_REFUSE_CODE "')"
	    " ORDER BY recorded_ms, position");
}

void
ask_walk_answers(struct views *v, const char *item)
{
	db_bind_text(answers(v), item);
}

bool
ask_next_answer(struct views *v, struct ask_answer *out)
{
	struct stmt *s = answers(v);

	if (!db_next(s))
		return false;
	*out = (struct ask_answer){ .office = db_column_text(s, 0),
		.claimed_ms = db_column_i64(s, 1),
		.opinion = db_column_text(s, 2),
		.document = db_column_text(s, 3),
		.text = db_column_text(s, 4),
		.move = db_column_text(s, 5),
		.incarnation = (uint32_t)db_column_u64(s, 6),
		.sequence = db_column_u64(s, 7) };
	return true;
}

static uint64_t
count_of(struct stmt *s)
{
	uint64_t count;

	CHECK(db_next(s));
	count = db_column_u64(s, 0);
	db_reset(s);
	return count;
}

uint64_t
ask_quarantined(struct views *v)
{
	return count_of(ask_prepared(v, ASK_QUARANTINED,
	    "SELECT count(*) FROM quarantine"));
}

uint64_t
ask_urgent_waiting(struct views *v)
{
	return count_of(ask_prepared(v, ASK_URGENT,
	    "SELECT count(*) FROM petition WHERE " VIEWS_URGENT_WAITING));
}
