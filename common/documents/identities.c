/*
 * identities - the table of identity steps, as a list.
 *
 * The record of who looked is what keeps people from looking, so nothing of
 * it is left out: a refusal stands here like everything else.
 */
#include "documents/identities.h"

#include "documents/page.h"
#include "mech/db.h"
#include "mech/query.h"
#include "words/doc.h"

static json_t *
present_row(struct stmt *s)
{
	json_t *step = json_object();

	doc_set(step, "item", doc_text(db_column_text(s, 0)));
	doc_set(step, "office", doc_text(db_column_text(s, 1)));
	doc_set(step, "step", doc_text(db_column_text(s, 2)));
	doc_set(step, "requester", doc_text(db_column_text(s, 3)));
	doc_set(step, "role", doc_text(db_column_text(s, 4)));
	doc_set(step, "user", doc_text(db_column_text(s, 5)));
	doc_set(step, "reason", doc_text(db_column_text(s, 6)));
	doc_set(step, "recorded_at", doc_time(db_column_i64(s, 7)));
	doc_set(step, "received_at", doc_time(db_column_i64(s, 8)));
	return step;
}

bool
documents_identities(const struct reading *r, const struct identities_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct query q = { 0 };
	struct stmt *s;

	query_add(&q, "SELECT item, origin, step, requester, role, actor,"
		      " reason, recorded_ms, received_ms FROM identity_step"
		      " WHERE 1");
	query_text(&q, " AND item = ?", f->item);
	query_add(&q, " ORDER BY recorded_ms, position");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(s));
	db_finish(s);
	return page.is_more;
}

json_t *
documents_identities_of(const struct reading *r, const char *item)
{
	json_t *list = json_array();

	(void)documents_identities(r,
	    &(struct identities_filter){ .item = item }, documents_collect,
	    list);
	return list;
}
