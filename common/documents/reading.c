/*
 * reading - the register as a question sees it.
 *
 * The database handle is taken once, when the reading begins: taking it from
 * a writer also writes the petitions that wait for their neighbours, so that
 * every question sees all that was applied.
 */
#include "documents/reading.h"

#include "base/check.h"
#include "mech/db.h"
#include "register/views.h"
#include "words/doc.h"

struct reading
reading_of(struct views *v, int64_t now_ms, enum language language)
{
	struct reading r = { .views = v,
		.db = views_db(v),
		.now_ms = now_ms,
		.language = language };
	struct stmt *s = db_prepare(r.db, "SELECT office FROM applied");

	CHECK(db_next(s));
	db_column_copy(s, 0, r.office, sizeof(r.office));
	db_finish(s);
	return r;
}

void
documents_collect(void *array, json_t *row)
{
	doc_add(array, row);
}

bool
documents_behind(const struct reading *r, uint64_t *done, uint64_t *all)
{
	struct stmt *s = db_prepare(r->db,
	    "SELECT f.position, coalesce((SELECT max(position)"
	    " FROM petition), 0) FROM followed f");

	CHECK(db_next(s));
	*done = db_column_u64(s, 0);
	*all = db_column_u64(s, 1);
	db_finish(s);
	return *done < *all;
}
