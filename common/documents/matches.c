/*
 * matches - the proposals that nobody has decided yet.
 *
 * A pair that was proposed twice stands once, as it was proposed last.  Who
 * decided may have named the two the other way round.
 */
#include "documents/matches.h"

#include "documents/items.h"
#include "documents/page.h"
#include "law/moves/verdict.h"
#include "mech/db.h"
#include "mech/query.h"
#include "words/doc.h"

#define DECIDED(from, to)                                                      \
	" AND NOT EXISTS (SELECT 1 FROM matter_link d WHERE d.item = l." from  \
	"  AND d.matter = l." to "  AND d.verdict IN ('" VERDICT_LINK_CODE     \
	"',"                                                                   \
	"  '" VERDICT_REJECT_CODE "', '" VERDICT_SPLIT_CODE "')"               \
	"  AND (d.recorded_ms, d.position) > (l.recorded_ms, l.position))"

static const char from_open[] =
    " FROM matter_link l"
    " WHERE l.verdict = '" VERDICT_PROPOSE_CODE "'" DECIDED("item", "matter")
	DECIDED("matter",
	    "item") " AND NOT EXISTS (SELECT 1 FROM matter_link n"
		    "  WHERE n.item = l.item AND n.matter = l.matter"
		    "  AND n.verdict = '" VERDICT_PROPOSE_CODE "'"
		    "  AND n.position > l.position)"
		    " AND coalesce((SELECT matter FROM item_matter a"
		    "  WHERE a.item = l.item), l.item)"
		    " <> coalesce((SELECT matter FROM item_matter b"
		    "  WHERE b.item = l.matter), l.matter)";

static void
add_from(const struct matches_filter *f, struct query *q)
{
	query_add(q, from_open);
	query_text(q, " AND ? IN (l.item, l.matter)", f->item);
}

/* What a person compares; null when the item has not come here. */
static json_t *
read_side(const struct reading *r, const char *item)
{
	json_t *arrivals = documents_arrivals(r, item);
	json_t *side = json_incref(json_array_get(arrivals, 0));

	json_decref(arrivals);
	return side != NULL ? side : json_null();
}

static json_t *
present_row(const struct reading *r, struct stmt *s)
{
	json_t *p = json_object();

	doc_set(p, "item", doc_text(db_column_text(s, 0)));
	doc_set(p, "matter", doc_text(db_column_text(s, 1)));
	doc_set(p, "score", json_integer(db_column_i64(s, 2)));
	doc_set(p, "reasons", doc_text(db_column_text(s, 3)));
	doc_set(p, "text", doc_text(db_column_text(s, 4)));
	doc_set(p, "proposed_at", doc_time(db_column_i64(s, 5)));
	doc_set(p, "proposed_by", doc_text(db_column_text(s, 6)));
	doc_set(p, "item_side", read_side(r, db_column_text(s, 0)));
	doc_set(p, "matter_side", read_side(r, db_column_text(s, 1)));
	return p;
}

bool
documents_matches(const struct reading *r, const struct matches_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct query q = { 0 };
	struct stmt *s;

	query_add(&q, "SELECT l.item, l.matter, l.score, l.reasons, l.text,"
		      " l.recorded_ms, l.origin");
	add_from(f, &q);
	query_add(&q, " ORDER BY l.score DESC, l.position DESC");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(r, s));
	db_finish(s);
	return page.is_more;
}

uint64_t
documents_matches_count(const struct reading *r, const struct matches_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(r->db, &q);
}

bool
documents_linked_to(const struct reading *r, const char *item,
    char target[static ITEM_NUMBER_MAX + 1])
{
	struct stmt *s =
	    db_prepare(r->db, "SELECT target FROM link_now WHERE item = ?");
	bool found;

	db_bind_text(s, item);
	found = db_next(s);
	if (found)
		db_column_copy(s, 0, target, ITEM_NUMBER_MAX + 1);
	db_finish(s);
	return found;
}
