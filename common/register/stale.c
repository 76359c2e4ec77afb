/*
 * Which items' folds are behind: what cases.c has still to do.
 *
 * Two lists.  `followed` is a cursor over the petitions: intake only writes
 * the petition, and its first fold comes behind.  `stale` has the items that
 * something else happened to since.  Both are kept in the register and change
 * with what they speak of, so that a crash forgets nothing: an item that is
 * neither stale nor ahead of the cursor is what its events say.
 *
 * The cursor reads the table of petitions, by position.
 */
#include "base/check.h"
#include "register/views_internal.h"

struct stale {
	uint64_t followed; /* last petition (by position) that was folded */
	struct stmt *mark, *unmark, *next, *next_petition, *keep;
};

static void
read_followed(struct views *v)
{
	struct stmt *s = db_prepare(v->db, "SELECT position FROM followed");

	CHECK(db_next(s));
	v->stale->followed = db_column_u64(s, 0);
	db_finish(s);
}

static void
prepare_stale(struct views *v)
{
	struct stale *t = views_keep(v, sizeof(*t));

	v->stale = t;
	read_followed(v);
	t->mark = db_prepare(v->db,
	    "INSERT INTO stale (item) VALUES (?) ON CONFLICT DO NOTHING");
	t->unmark = db_prepare(v->db, "DELETE FROM stale WHERE item = ?");
	t->next = db_prepare(v->db, "SELECT item FROM stale LIMIT 1");
	t->next_petition = db_prepare(v->db,
	    "SELECT position, item FROM petition WHERE position > ?"
	    " ORDER BY position LIMIT 1");
	t->keep = db_prepare(v->db, "UPDATE followed SET position = ?");
}

void
views_mark_stale(struct views *v, const char *item)
{
	db_bind_text(v->stale->mark, item);
	CHECK(db_run(v->stale->mark) == RC_OK);
}

void
views_unmark_stale(struct views *v, const char *item)
{
	db_bind_text(v->stale->unmark, item);
	CHECK(db_run(v->stale->unmark) == RC_OK);
}

static bool
next_petition(struct views *v, char item[static ITEM_NUMBER_MAX + 1])
{
	struct stale *t = v->stale;
	struct stmt *s = t->next_petition;

	if (t->followed >= v->applied)
		return false;
	db_bind_u64(s, t->followed);
	if (!db_next(s)) {
		t->followed = v->applied;
		return false;
	}
	t->followed = db_column_u64(s, 0);
	db_column_copy(s, 1, item, ITEM_NUMBER_MAX + 1);
	db_reset(s);
	return true;
}

bool
views_next_stale(struct views *v, char item[static ITEM_NUMBER_MAX + 1])
{
	struct stmt *s = v->stale->next;

	if (!db_next(s))
		return next_petition(v, item);
	db_column_copy(s, 0, item, ITEM_NUMBER_MAX + 1);
	db_reset(s);
	return true;
}

void
views_keep_followed(struct views *v)
{
	db_bind_u64(v->stale->keep, v->stale->followed);
	CHECK(db_run(v->stale->keep) == RC_OK);
}

uint64_t
views_followed(const struct views *v)
{
	return v->stale->followed;
}

void
views_follow_anew(struct views *v)
{
	v->stale->followed = 0;
	views_keep_followed(v);
}

const struct family stale_family = {
	.schema =
	    "CREATE TABLE stale (item TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
	    "CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1),"
	    " position INTEGER NOT NULL) STRICT;"
	    "INSERT INTO followed (one, position) VALUES (1, 0);",
	.drop = "DROP TABLE IF EXISTS stale; DROP TABLE IF EXISTS followed;",
	.prepare = prepare_stale,
	.reload = read_followed,
	.on_above = views_follow_anew,
	.again = views_follow_anew,
};
