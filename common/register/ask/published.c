/*
 * What a hub asks about rule files, calendars and lists on their way down:
 * nothing is remembered beside the records, what is missing is asked for.
 */
#include "register/ask/published.h"

#include "base/check.h"
#include "register/ask/internal.h"

/* Reads the row that is there, if one is. */
static bool
read_copy(struct stmt *s, struct ask_copy *out)
{
	struct published *p = &out->published;

	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->audience, sizeof(out->audience));
	db_column_copy(s, 1, p->sort, sizeof(p->sort));
	db_column_copy(s, 2, p->version, sizeof(p->version));
	p->effective_ms = db_column_i64(s, 3);
	buffer_reset(&out->text);
	CHECK(buffer_append(&out->text, db_column_span(s, 4)) == RC_OK);
	p->text = buffer_span(&out->text);
	db_column_copy(s, 5, out->role, sizeof(out->role));
	db_column_copy(s, 6, out->actor, sizeof(out->actor));
	db_reset(s);
	return true;
}

bool
ask_missing_own(struct views *v, const char *own, const char *parent,
    struct ask_copy *out)
{
	struct stmt *s = ask_prepared(v, ASK_MISSING_OWN,
	    "SELECT '', sort, version, effective_ms, text, role, actor"
	    " FROM published p WHERE origin = ?2 AND audience = ?1"
	    " AND NOT EXISTS (SELECT 1 FROM published q WHERE q.origin = ?1"
	    "  AND q.audience = '' AND q.sort = p.sort"
	    "  AND q.version = p.version) ORDER BY position LIMIT 1");

	db_bind_text(s, own);
	db_bind_text(s, parent);
	return read_copy(s, out);
}

bool
ask_missing_below(struct views *v, const char *own, struct ask_copy *out)
{
	struct stmt *s = ask_prepared(v, ASK_MISSING_BELOW,
	    "SELECT o.code, sort, version, effective_ms, text, p.role, p.actor"
	    " FROM published p CROSS JOIN office o WHERE o.parent = ?1"
	    " AND o.state = 'enrolled' AND p.origin = ?1 AND p.audience = ''"
	    " AND NOT EXISTS (SELECT 1 FROM published q WHERE q.origin = ?1"
	    "  AND q.audience = o.code AND q.sort = p.sort"
	    "  AND q.version = p.version)"
	    " ORDER BY p.position LIMIT 1");

	db_bind_text(s, own);
	return read_copy(s, out);
}

bool
ask_version(struct views *v, const char *office, const struct published *which,
    struct buffer *text, int64_t *effective_ms)
{
	struct stmt *s = ask_prepared(v, ASK_VERSION,
	    "SELECT text, effective_ms FROM published WHERE origin = ?"
	    " AND audience = '' AND sort = ? AND version = ? LIMIT 1");

	db_bind_text(s, office);
	db_bind_text(s, which->sort);
	db_bind_text(s, which->version);
	if (!db_next(s))
		return false;
	CHECK(buffer_append(text, db_column_span(s, 0)) == RC_OK);
	*effective_ms = db_column_i64(s, 1);
	db_reset(s);
	return true;
}

static struct stmt *
given(struct views *v)
{
	return ask_prepared(v, ASK_COPIES,
	    "SELECT sort, version, incarnation, sequence FROM published"
	    " WHERE origin = ? AND audience = ? ORDER BY position");
}

void
ask_walk_given(struct views *v, const char *own, const char *child)
{
	db_bind_text(given(v), own);
	db_bind_text(given(v), child);
}

bool
ask_next_given(struct views *v, struct ask_given *out)
{
	struct stmt *s = given(v);

	if (!db_next(s))
		return false;
	*out = (struct ask_given){ .sort = db_column_text(s, 0),
		.version = db_column_text(s, 1),
		.incarnation = (uint32_t)db_column_u64(s, 2),
		.sequence = db_column_u64(s, 3) };
	return true;
}
