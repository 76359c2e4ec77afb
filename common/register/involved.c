/*
 * The facts for the rule whose word about an item counts: who moved it, where
 * those who may have sent it, and whom an escalation of it names.  The rule
 * itself, and how it is asked, is law/offices/involved.h.
 *
 * What changes these facts (a move, an escalation, an office that enters the
 * tree) marks the item stale, so that it is folded anew by the new ones.
 *
 * Bounded: of one item so many moves of one office are kept as are folded at
 * most (moves.c), and INVOLVED_MAX offices are involved.
 */
#include "law/offices/involved.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "law/moves/lifecycle.h"
#include "register/views_internal.h"

struct involved_facts {
	struct stmt *origin, *sent, *notified, *of_office;
};

static void
prepare_involved(struct views *v)
{
	v->involved = views_keep(v, sizeof(*v->involved));
	/*
	 * An office, and those below it that were heard of before it: what
	 * they said, what was sent to them, their own, what they are told of.
	 */
	v->involved->of_office = db_prepare(v->db,
	    "WITH RECURSIVE s (code) AS (SELECT ?1 UNION SELECT o.code"
	    "  FROM s JOIN office o ON o.parent = s.code)"
	    " SELECT item FROM move"
	    "  WHERE origin IN s OR to_office IN s"
	    "  OR substr(item, 1, instr(item, '-') - 1) IN s"
	    " UNION SELECT item FROM escalation_said WHERE office IN s");
	/* One step of a walk over the offices that moved an item. */
	v->involved->origin = db_prepare(v->db,
	    "SELECT min(origin) FROM move WHERE item = ? AND origin > ?");
	v->involved->sent = db_prepare(v->db,
	    "SELECT DISTINCT to_office FROM move WHERE item = ? AND origin = ?"
	    " AND move IN ('" MOVE_FORWARD_CODE "', '" MOVE_ASSIGN_CODE "')"
	    " AND to_office <> ''"
	    " ORDER BY to_office");
	v->involved->notified = db_prepare(v->db,
	    "SELECT DISTINCT office FROM escalation WHERE item = ?");
}

/* Who moved the item next, by code; false: nobody else. */
static bool
next_origin(struct views *v, const char *item,
    char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = v->involved->origin;
	char last[OFFICE_CODE_MAX + 1];

	memcpy(last, office, sizeof(last));
	db_bind_text(s, item);
	db_bind_text(s, last);
	CHECK(db_next(s));
	CHECK(text_copy(office, OFFICE_CODE_MAX + 1, db_column_text(s, 0)) ==
	      RC_OK);
	db_reset(s);
	return office[0] != '\0';
}

/* Where those who may send it have sent it. */
static void
add_sent(struct views *v, const char *item, struct involved *in)
{
	char office[OFFICE_CODE_MAX + 1] = "";

	while (next_origin(v, item, office)) {
		if (!involved_may_send(in, views_tree(v), office))
			continue;
		db_bind_text(v->involved->sent, item);
		db_bind_text(v->involved->sent, office);
		while (db_next(v->involved->sent))
			involved_add_sent(in,
			    db_column_text(v->involved->sent, 0));
	}
}

void
views_involved(struct views *v, const char *item, struct involved *out)
{
	size_t before;

	involved_begin(out, item);
	do {
		before = out->count;
		add_sent(v, item, out);
	} while (out->count > before);
	db_bind_text(v->involved->notified, item);
	while (db_next(v->involved->notified)) {
		involved_add_notified(out,
		    db_column_text(v->involved->notified, 0));
	}
}

/* Whose word counts may change, of what concerns the office. */
static void
mark_involved(struct views *v, const char *office, bool is_new)
{
	struct stmt *s = v->involved->of_office;

	if (!is_new) {
		if (db_exists(v->db, "SELECT 1 FROM move LIMIT 1", NULL))
			views_follow_anew(v);
		return;
	}
	db_bind_text(s, office);
	while (db_next(s))
		views_mark_stale(v, db_column_text(s, 0));
}

const struct family involved_family = {
	.prepare = prepare_involved,
	.on_office = mark_involved,
};
