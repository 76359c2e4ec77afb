/*
 * matters - matters of several items, the one that grew last in front.
 *
 * A register has some hundred thousand of them and people look at fifty, so
 * the list walks the links from the newest on, takes each matter at its
 * newest link, and looks up what there is to say of it only then.
 */
#include "documents/matters.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/limits.h"
#include "documents/page.h"
#include "law/moves/lifecycle.h"
#include "law/moves/verdict.h"
#include "mech/db.h"
#include "mech/query.h"
#include "petition/codes.h"
#include "register/views.h"
#include "words/doc.h"

enum {
	SEEN_MAX = 1000, /* longer lists are put in order as a whole */
};

/* -- which matters -- */

/* Those that are asked for, as m: an office's, those with a large visit. */
static void
add_matters(const struct matters_filter *f, struct query *q)
{
	query_add(q, "(SELECT matter FROM item_matter WHERE 1");
	/* Numbers of an office's own items begin with its code and a dash. */
	query_text(q, " AND item > ? || '-' AND item < ? || '.'", f->office);
	if (!f->only_collective) {
		query_add(q, " GROUP BY matter) m");
		return;
	}
	query_add(q,
	    " INTERSECT SELECT k.matter FROM petition p CROSS JOIN item_matter"
	    " k ON k.item = p.item WHERE " VIEWS_COLLECTIVE("p.") ") m");
}

/* Each matter at its newest link. */
static struct stmt *
select_grouped(struct db *db, const struct matters_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT m.matter, l.recorded_ms FROM ");
	add_matters(f, &q);
	query_add(&q,
	    " CROSS JOIN matter_link l ON l.position = (SELECT"
	    " max(x.position) FROM item_matter o CROSS JOIN matter_link x"
	    " ON x.item = o.item WHERE o.matter = m.matter"
	    " AND x.verdict = '" VERDICT_LINK_CODE "')"
	    " ORDER BY l.position DESC");
	return query_open(db, &q);
}

/* Every link, the newest first: a matter comes as often as it has links. */
static struct stmt *
select_links(struct db *db)
{
	return db_prepare(db,
	    "SELECT m.matter, l.recorded_ms FROM matter_link l"
	    " CROSS JOIN item_matter m ON m.item = l.item"
	    " WHERE l.verdict = '" VERDICT_LINK_CODE "'"
	    " ORDER BY l.position DESC");
}

/* The matters of the list, one after the other. */
struct walk {
	struct stmt *rows;
	bool is_links;                     /* what was seen comes again */
	char (*seen)[ITEM_NUMBER_MAX + 1]; /* shown so far */
	size_t count;
};

static void
open_walk(struct db *db, const struct matters_filter *f, struct walk *w)
{
	*w = (struct walk){ .is_links = f->office == NULL &&
					!f->only_collective && f->limit > 0 &&
					f->limit <= SEEN_MAX };
	w->rows = w->is_links ? select_links(db) : select_grouped(db, f);
	w->seen = memory_new(SEEN_MAX + 1, sizeof(*w->seen));
}

static void
close_walk(struct walk *w)
{
	db_finish(w->rows);
	free(w->seen);
}

static bool
was_seen(const struct walk *w, const char *matter)
{
	for (size_t i = w->count; w->is_links && i-- > 0;) {
		if (strcmp(w->seen[i], matter) == 0)
			return true;
	}
	return false;
}

static bool
next_matter(struct walk *w)
{
	const char *matter;

	do {
		if (!db_next(w->rows))
			return false;
		matter = db_column_text(w->rows, 0);
	} while (was_seen(w, matter));
	if (w->is_links) {
		CHECK(w->count <= SEEN_MAX);
		CHECK(text_copy(w->seen[w->count++], sizeof(*w->seen),
			  matter) == RC_OK);
	}
	return true;
}

/* -- what there is to say of one -- */

/* Statements that are run for each matter of the list. */
struct reader {
	struct stmt *sums, *first, *standing, *offices, *escalations;
};

static void
open_reader(struct db *db, struct reader *r)
{
	static const char members[] =
	    " FROM item_matter k CROSS JOIN petition p ON p.item = k.item"
	    " WHERE k.matter = ?";
	char sql[1000];

	CHECK(text_format(sql, sizeof(sql),
		  "SELECT count(DISTINCT p.item),"
		  " sum(p.channel = '" CHANNEL_VISIT "'),"
		  " sum(CASE WHEN p.channel = '" CHANNEL_VISIT "'"
		  "  THEN p.heads ELSE 0 END),"
		  " max(" VIEWS_COLLECTIVE(
		      "p.") "),"
			    " min(p.claimed_ms), max(p.claimed_ms)%s",
		  members) == RC_OK);
	r->sums = db_prepare(db, sql);
	CHECK(text_format(sql, sizeof(sql),
		  "SELECT p.item, p.subject%s ORDER BY p.claimed_ms,"
		  " p.recorded_ms, p.item LIMIT 1",
		  members) == RC_OK);
	r->first = db_prepare(db, sql);
	/* Of those below us the first that was not merged into another. */
	CHECK(text_format(sql, sizeof(sql),
		  "SELECT p.item, coalesce(n.state, '" LIFE_REG_CODE "'),"
		  " coalesce(n.holder, p.office),"
		  " p.office = (SELECT office FROM applied) AS own,"
		  " coalesce(n.state = '" LIFE_MRG_CODE "', 0) AS merged"
		  " FROM item_matter k"
		  " CROSS JOIN petition p ON p.item = k.item"
		  " LEFT JOIN item_now n ON n.item = p.item"
		  " WHERE k.matter = ? ORDER BY merged, own, p.claimed_ms,"
		  " p.recorded_ms, p.item LIMIT 1") == RC_OK);
	r->standing = db_prepare(db, sql);
	CHECK(text_format(sql, sizeof(sql),
		  "SELECT DISTINCT p.office%s ORDER BY p.office",
		  members) == RC_OK);
	r->offices = db_prepare(db, sql);
	r->escalations = db_prepare(db,
	    "SELECT count(DISTINCT e.id) FROM item_matter k"
	    " CROSS JOIN escalation e ON e.item = k.item WHERE k.matter = ?");
}

static void
close_reader(struct reader *r)
{
	db_finish(r->sums);
	db_finish(r->first);
	db_finish(r->standing);
	db_finish(r->offices);
	db_finish(r->escalations);
}

static json_t *
read_offices(struct stmt *s, const char *matter)
{
	json_t *list = json_array();

	db_bind_text(s, matter);
	while (db_next(s)) {
		doc_add(list, doc_text(db_column_text(s, 0)));
	}
	return list;
}

static void
add_sums(json_t *m, struct stmt *s, const char *matter)
{
	db_bind_text(s, matter);
	CHECK(db_next(s));
	doc_set(m, "items", json_integer(db_column_i64(s, 0)));
	doc_set(m, "repeats",
	    json_integer(
		db_column_i64(s, 0) > 0 ? db_column_i64(s, 0) - 1 : 0));
	doc_set(m, "batches", json_integer(db_column_i64(s, 1)));
	doc_set(m, "heads", json_integer(db_column_i64(s, 2)));
	doc_set(m, "collective", json_boolean(db_column_i64(s, 3) != 0));
	doc_set(m, "first_at", doc_time(db_column_i64(s, 4)));
	doc_set(m, "last_at", doc_time(db_column_i64(s, 5)));
	db_reset(s);
}

/* Some of its items may not have come here: then less is known of it. */
static void
add_texts(json_t *m, struct stmt *s, const char *matter,
    const char *const keys[])
{
	bool found;

	db_bind_text(s, matter);
	found = db_next(s);
	for (int i = 0; keys[i] != NULL; i++) {
		doc_set(m, keys[i],
		    found ? doc_text(db_column_text(s, i)) : json_null());
	}
	if (found)
		db_reset(s);
}

static json_t *
read_matter(struct reader *r, const char *matter, int64_t linked_ms)
{
	static const char *const first[] = { "initial_item", "subject", NULL };
	static const char *const standing[] = { "standing_item", "state",
		"holder", NULL };
	json_t *m = json_object();

	doc_set(m, "matter", doc_text(matter));
	doc_set(m, "linked_at", doc_time(linked_ms));
	add_sums(m, r->sums, matter);
	add_texts(m, r->first, matter, first);
	add_texts(m, r->standing, matter, standing);
	doc_set(m, "offices", read_offices(r->offices, matter));
	db_bind_text(r->escalations, matter);
	CHECK(db_next(r->escalations));
	doc_set(m, "escalations",
	    json_integer(db_column_i64(r->escalations, 0)));
	db_reset(r->escalations);
	return m;
}

/* -- the list -- */

uint64_t
documents_matters_count(const struct reading *r, const struct matters_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*) FROM ");
	add_matters(f, &q);
	return query_count(r->db, &q);
}

bool
documents_matters(const struct reading *r, const struct matters_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct reader reader;
	struct walk w;

	open_walk(r->db, f, &w);
	open_reader(r->db, &reader);
	while (next_matter(&w) && page_takes(&page)) {
		row(context, read_matter(&reader, db_column_text(w.rows, 0),
				 db_column_i64(w.rows, 1)));
	}
	close_reader(&reader);
	close_walk(&w);
	return page.is_more;
}
