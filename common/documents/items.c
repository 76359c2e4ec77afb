/*
 * items - the arrivals in the register, as a list.
 *
 * What a row says stands in one table: the key, where it comes from, how it
 * is written down.  A state that the slow fold has not reached yet is REG,
 * which every item is when it arrives.
 */
#include "documents/items.h"

#include "documents/page.h"
#include "law/moves/lifecycle.h"
#include "mech/db.h"
#include "mech/query.h"
#include "register/views.h"
#include "words/doc.h"

#define STATE                                                                  \
	"coalesce((SELECT n.state FROM item_now n"                             \
	" WHERE n.item = petition.item), '" LIFE_REG_CODE "')"

/* How a column is written down. */
enum form { FORM_TEXT, FORM_NUMBER, FORM_TIME, FORM_FLAG, FORM_HEX };

static const struct member {
	const char *key;
	const char *sql;
	enum form form;
} members[] = {
	{ "item", "item", FORM_TEXT },
	{ "office", "office", FORM_TEXT },
	{ "position", "position", FORM_NUMBER },
	{ "incarnation", "incarnation", FORM_NUMBER },
	{ "sequence", "sequence", FORM_NUMBER },
	{ "channel", "channel", FORM_TEXT },
	{ "purpose", "purpose", FORM_TEXT },
	{ "legal_class", "legal_class", FORM_TEXT },
	{ "category", "category", FORM_TEXT },
	{ "level", "level", FORM_TEXT },
	{ "state", STATE, FORM_TEXT },
	{ "heads", "heads", FORM_NUMBER },
	{ "responsible", "responsible", FORM_TEXT },
	{ "claimed_at", "claimed_ms", FORM_TIME },
	{ "recorded_at", "recorded_ms", FORM_TIME },
	{ "received_at", "received_ms", FORM_TIME },
	{ "subject", "subject", FORM_TEXT },
	{ "text", "text", FORM_TEXT },
	{ "place", "place", FORM_TEXT },
	{ "source", "source", FORM_TEXT },
	{ "source_ref", "source_ref", FORM_TEXT },
	{ "earlier_item", "earlier_item", FORM_TEXT },
	{ "has_person_key", "person_key IS NOT NULL", FORM_FLAG },
	{ "has_identity", "sealed_identity IS NOT NULL", FORM_FLAG },
	{ "leaf", "leaf", FORM_HEX },
	{ "held_back", "item IN (SELECT item FROM held_back)", FORM_FLAG },
	{ "procedure", "procedure", FORM_TEXT },
};
enum { MEMBERS = sizeof(members) / sizeof(*members) };

static void
select_members(struct query *q)
{
	for (int i = 0; i < MEMBERS; i++) {
		query_add(q, i == 0 ? "SELECT " : ", ");
		query_add(q, members[i].sql);
	}
}

static json_t *
column_json(struct stmt *s, int column)
{
	struct span bytes;

	switch (members[column].form) {
	case FORM_TEXT:
		return doc_text(db_column_text(s, column));
	case FORM_NUMBER:
		return json_integer(db_column_i64(s, column));
	case FORM_TIME:
		return doc_time(db_column_i64(s, column));
	case FORM_FLAG:
		return json_boolean(db_column_i64(s, column) != 0);
	case FORM_HEX:
		bytes = db_column_span(s, column);
		return doc_hex(bytes.at, bytes.size);
	}
	return json_null();
}

static json_t *
present_row(struct stmt *s)
{
	json_t *document = json_object();

	for (int i = 0; i < MEMBERS; i++)
		doc_set(document, members[i].key, column_json(s, i));
	return document;
}

static void
add_from(const struct items_filter *f, struct query *q)
{
	query_add(q, " FROM petition WHERE 1");
	query_text(q, " AND office = ?", f->office);
	query_number(q, " AND recorded_ms >= ?", f->since_ms);
	query_number(q, " AND recorded_ms <= ?", f->until_ms);
	query_text(q, " AND substr(category, 1, length(?)) = ?", f->category);
	query_text(q, " AND channel = ?", f->channel);
	query_text(q, " AND " STATE " = ?", f->state);
	query_text(q, " AND source = ?", f->source);
	if (f->source != NULL && f->source[0] == '\0')
		query_add(q, " AND source = ''");
	query_text(q, " AND item = ?", f->item);
	if (f->only_urgent)
		query_add(q, " AND " VIEWS_URGENT_WAITING);
}

uint64_t
documents_items_count(const struct reading *r, const struct items_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(r->db, &q);
}

bool
documents_items(const struct reading *r, const struct items_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct query q = { 0 };
	struct stmt *s;

	select_members(&q);
	add_from(f, &q);
	query_add(&q, " ORDER BY position DESC");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(s));
	db_finish(s);
	return page.is_more;
}

json_t *
documents_arrivals(const struct reading *r, const char *item)
{
	json_t *list = json_array();
	struct query q = { 0 };
	struct stmt *s;

	select_members(&q);
	query_text(&q, " FROM petition WHERE item = ? ORDER BY position", item);
	s = query_open(r->db, &q);
	while (db_next(s))
		doc_add(list, present_row(s));
	db_finish(s);
	return list;
}
