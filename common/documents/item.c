/*
 * item - all that is known here of one item.
 *
 * Each part is a question of its own, asked of the same register at the same
 * moment.
 */
#include "documents/item.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/limits.h"
#include "documents/directives.h"
#include "documents/escalations.h"
#include "documents/identities.h"
#include "documents/items.h"
#include "documents/life.h"
#include "documents/limits.h"
#include "documents/timeline.h"
#include "law/moves/lifecycle.h"
#include "mech/db.h"
#include "register/views.h"
#include "words/doc.h"

enum {
	ROWS_MAX = 500, /* of one list */
	NAME_KEY_MAX = 32,
};

/* -- the matter -- */

static void
add_texts(json_t *to, struct stmt *s, const char *const keys[])
{
	for (int i = 0; keys[i] != NULL; i++)
		doc_set(to, keys[i], doc_text(db_column_text(s, i)));
}

static void
add_times(json_t *to, struct stmt *s, int column)
{
	doc_set(to, "claimed_at", doc_time(db_column_i64(s, column)));
	doc_set(to, "recorded_at", doc_time(db_column_i64(s, column + 1)));
	doc_set(to, "received_at", doc_time(db_column_i64(s, column + 2)));
}

/* From the first item on; an item alone has none but itself. */
static json_t *
matter_items_json(struct db *db, const char *matter, const char *item)
{
	static const char *const texts[] = { "item", "office", "channel",
		"state", "holder", "subject", NULL };
	struct stmt *s = db_prepare(db,
	    "SELECT p.item, p.office, p.channel,"
	    " coalesce(n.state, '" LIFE_REG_CODE "'),"
	    " coalesce(n.holder, p.office), p.subject, p.heads,"
	    " p.claimed_ms, p.recorded_ms, p.received_ms"
	    " FROM (SELECT item FROM item_matter WHERE matter = ?"
	    "  UNION SELECT ?) k CROSS JOIN petition p ON p.item = k.item"
	    " LEFT JOIN item_now n ON n.item = p.item"
	    " ORDER BY p.claimed_ms, p.recorded_ms, p.item LIMIT ?");
	json_t *list = json_array();

	db_bind_text(s, matter);
	db_bind_text(s, item);
	db_bind_i64(s, ROWS_MAX);
	while (db_next(s)) {
		json_t *j = json_object();

		add_texts(j, s, texts);
		doc_set(j, "heads", json_integer(db_column_i64(s, 6)));
		add_times(j, s, 7);
		doc_add(list, j);
	}
	db_finish(s);
	return list;
}

/* Its first item, with no earlier one named at the counter. */
static bool
is_initial(struct db *db, const json_t *items, const char *item)
{
	return strcmp(doc_member(json_array_get(items, 0), "item"), item) ==
		   0 &&
	       !db_exists(db,
		   "SELECT 1 FROM petition WHERE item = ?"
		   " AND earlier_item <> ''",
		   DB_TEXTS(item));
}

static json_t *
links_json(struct db *db, const char *item)
{
	static const char *const texts[] = { "item", "matter", "verdict",
		"reasons", "text", "office", "role", "user", NULL };
	struct stmt *s = db_prepare(db,
	    "SELECT item, matter, verdict, reasons, text, origin, role, actor,"
	    " score, claimed_ms, recorded_ms, received_ms FROM matter_link"
	    " WHERE item = ?1 OR matter = ?1"
	    " ORDER BY recorded_ms, position LIMIT ?2");
	json_t *list = json_array();

	db_bind_text(s, item);
	db_bind_i64(s, ROWS_MAX);
	while (db_next(s)) {
		json_t *j = json_object();

		add_texts(j, s, texts);
		doc_set(j, "score", json_integer(db_column_i64(s, 8)));
		add_times(j, s, 9);
		doc_add(list, j);
	}
	db_finish(s);
	return list;
}

static void
add_matter(json_t *story, const struct reading *r, const char *item,
    const char *matter)
{
	json_t *items = matter_items_json(r->db, matter, item);

	doc_set(story, "matter", doc_text(matter));
	doc_set(story, "initial", json_boolean(is_initial(r->db, items, item)));
	doc_set(story, "matter_items", items);
	doc_set(story, "links", links_json(r->db, item));
}

/* -- names -- */

/* {"office_name"} beside {"office"}. */
static void
add_name(json_t *document, struct db *db, const char *key)
{
	struct stmt *s =
	    db_prepare(db, "SELECT name FROM office WHERE code = ?");
	char name_key[NAME_KEY_MAX];

	CHECK(text_format(name_key, sizeof(name_key), "%s_name", key) == RC_OK);
	db_bind_text(s, doc_member(document, key));
	doc_set(document, name_key,
	    doc_text(db_next(s) ? db_column_text(s, 0) : ""));
	db_finish(s);
}

/* -- the whole -- */

/* What the register knows of the item, whichever arrival bears its number. */
static json_t *
read_story(const struct reading *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	json_t *story = documents_life(r, item);

	views_matter_of(r->views, item, matter);
	add_matter(story, r, item, matter);
	doc_set(story, "clocks", documents_limits_of(r, item));
	doc_set(story, "escalations", documents_escalations_of(r, matter));
	doc_set(story, "directives",
	    documents_directives_about(r, item, matter));
	doc_set(story, "identity_steps", documents_identities_of(r, item));
	add_name(story, r->db, "holder");
	add_name(story, r->db, "pending");
	return story;
}

json_t *
documents_item(const struct reading *r, const char *item)
{
	json_t *list = documents_arrivals(r, item), *story, *one;

	if (json_array_size(list) == 0)
		return list;
	story = read_story(r, item);
	for (size_t i = 0; (one = json_array_get(list, i)) != NULL; i++) {
		add_name(one, r->db, "office");
		add_name(one, r->db, "responsible");
		CHECK(json_object_update(one, story) == 0);
		doc_set(one, "timeline", documents_timeline(one, r->language));
	}
	json_decref(story);
	return list;
}
