#include "cli/items/life.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "law/moves/lifecycle.h"
#include "mech/db.h"
#include "register/views.h"

enum {
	ROWS_MAX = 500, /* of one list */
	NO_RATING = -1,
};

static void
copy_text(struct stmt *s, int column, char *to, size_t size)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

/* -- the events -- */

struct story {
	struct life life;
	struct life_event events[LIFE_EVENTS_MAX];
	size_t count;
};

/* Columns 0..5 of both queries: as views_case.c reads them. */
static void
read_place(struct stmt *s, struct life_event *e)
{
	copy_text(s, 0, e->office, sizeof(e->office));
	e->incarnation = (uint32_t)db_column_u64(s, 1);
	e->sequence = db_column_u64(s, 2);
	e->claimed_ms = db_column_i64(s, 3);
	e->recorded_ms = db_column_i64(s, 4);
	e->received_ms = db_column_i64(s, 5);
	e->rating = NO_RATING;
}

static bool
read_arrival(struct db *db, const char *item, struct story *y)
{
	struct stmt *s = db_prepare(db,
	    "SELECT office, incarnation, sequence, claimed_ms, recorded_ms,"
	    " received_ms FROM petition WHERE item = ?"
	    " ORDER BY recorded_ms, office, incarnation, sequence LIMIT 1");
	bool found;

	db_bind_text(s, item);
	found = db_next(s);
	if (found) {
		y->events[0] = (struct life_event){ .move = MOVE_REGISTER };
		read_place(s, &y->events[0]);
		y->count = 1;
	}
	db_finish(s);
	return found;
}

/* Behind the place: 6 move, 7 to, 8 due, 9 days, 10 opinion, 11 outcome,
 * 12 rating, 13 other, 14 text, 15 document, 16 cause, 17 approver,
 * 18 person, 19 role, 20 actor. */
static const char select_moves[] =
    "SELECT origin, incarnation, sequence, claimed_ms, recorded_ms,"
    " received_ms, move, to_office, due_ms, days, opinion, outcome, rating,"
    " other, text, document, cause, approver, person, role, actor"
    " FROM move m WHERE item = ?"
    /* Of offices that the item has nothing to do with: views_hear.c. */
    " AND NOT EXISTS (SELECT 1 FROM unheard u WHERE u.item = m.item"
    "  AND u.origin = m.origin AND u.sequence IN (0, m.sequence)"
    "  AND u.incarnation IN (0, m.incarnation))"
    " ORDER BY recorded_ms, origin, incarnation, sequence LIMIT ?";

static struct stmt *
open_moves(struct db *db, const char *item)
{
	struct stmt *s = db_prepare(db, select_moves);

	db_bind_text(s, item);
	db_bind_i64(s, LIFE_EVENTS_MAX - 1);
	return s;
}

static struct story *
read_story(struct db *db, const char *item)
{
	struct story *y = memory_new(1, sizeof(*y));
	struct stmt *s;

	if (!read_arrival(db, item, y)) {
		free(y);
		return NULL;
	}
	s = open_moves(db, item);
	while (db_next(s)) {
		struct life_event *e = &y->events[y->count];

		views_read_event(s, e);
		/* A move of a later version: shown, not folded. */
		if (e->move < MOVE_COUNT)
			y->count++;
	}
	db_finish(s);
	life_fold(&y->life, y->events, y->count);
	return y;
}

/* -- as documents -- */

/* The folded event of the present row, or NULL. */
static const struct life_event *
find_event(const struct story *y, struct stmt *s)
{
	for (size_t i = 0; i < y->count; i++) {
		const struct life_event *e = &y->events[i];

		if (e->move != MOVE_REGISTER &&
		    e->sequence == db_column_u64(s, 2) &&
		    e->incarnation == db_column_u64(s, 1) &&
		    strcmp(e->office, db_column_text(s, 0)) == 0)
			return e;
	}
	return NULL;
}

static void
add_texts(json_t *to, struct stmt *s, const char *const keys[], int column)
{
	for (int i = 0; keys[i] != NULL; i++)
		doc_set(to, keys[i], doc_text(db_column_text(s, column + i)));
}

static json_t *
move_json(const struct story *y, struct stmt *s)
{
	static const char *const texts[] = { "opinion", "outcome", "rating",
		"other", "text", "document", "cause", "approver", "person",
		"role", "user", NULL };
	const struct life_event *e = find_event(y, s);
	enum life_move m = life_move_of_code(db_column_text(s, 6));
	json_t *j = json_object();

	doc_set(j, "office", doc_text(db_column_text(s, 0)));
	doc_set(j, "code", doc_text(db_column_text(s, 6)));
	doc_set(j, "move",
	    doc_text(
		m < MOVE_COUNT ? life_move_word(m) : db_column_text(s, 6)));
	doc_set(j, "to", doc_text(db_column_text(s, 7)));
	doc_set(j, "due_at", doc_time(db_column_i64(s, 8)));
	doc_set(j, "days", json_integer(db_column_i64(s, 9)));
	add_texts(j, s, texts, 10);
	doc_set(j, "claimed_at", doc_time(db_column_i64(s, 3)));
	doc_set(j, "recorded_at", doc_time(db_column_i64(s, 4)));
	doc_set(j, "received_at", doc_time(db_column_i64(s, 5)));
	doc_set(j, "counted", json_boolean(e != NULL && e->is_applied));
	doc_set(j, "state",
	    e != NULL ? json_string(life_state_code(e->after)) : json_null());
	doc_set(j, "holder", e != NULL ? json_string(e->holder) : json_null());
	return j;
}

static json_t *
moves_json(const struct story *y, struct db *db, const char *item)
{
	struct stmt *s = open_moves(db, item);
	json_t *list = json_array();

	while (db_next(s))
		doc_add(list, move_json(y, s));
	db_finish(s);
	return list;
}

/* Who answered for it, from when to when; the last one still does. */
static json_t *
holders_json(const struct story *y)
{
	json_t *list = json_array(), *last = NULL;
	const char *holder = "";

	for (size_t i = 0; i < y->count; i++) {
		const struct life_event *e = &y->events[i];

		if (!e->is_applied || strcmp(e->holder, holder) == 0)
			continue;
		if (last != NULL)
			doc_set(last, "until", doc_time(e->claimed_ms));
		holder = e->holder;
		last = json_pack("{s:s, s:o, s:n}", "office", holder, "since",
		    doc_time(e->claimed_ms), "until");
		CHECK(last != NULL && json_array_append_new(list, last) == 0);
	}
	return list;
}

static void
add_life(json_t *to, const struct story *y)
{
	const struct life *l = &y->life;
	json_t *holders = holders_json(y), *since;
	size_t count = json_array_size(holders);

	since = count == 0 ? NULL
			   : json_object_get(json_array_get(holders, count - 1),
				 "since");
	doc_set(to, "state", json_string(life_state_code(l->state)));
	doc_set(to, "state_since", doc_time(l->since_ms));
	doc_set(to, "holder", json_string(l->holder));
	doc_set(to, "holder_since",
	    since != NULL ? json_incref(since) : json_null());
	doc_set(to, "holders", holders);
	doc_set(to, "pending", json_string(l->pending));
	doc_set(to, "extended", json_boolean(l->is_extended));
	doc_set(to, "rating",
	    l->rating < 0 ? json_null() : json_integer(l->rating));
	doc_set(to, "opinion", json_string(l->opinion));
	doc_set(to, "outcome", json_string(l->outcome));
	doc_set(to, "merged_into", json_string(l->merged_into));
	doc_set(to, "crossed", json_integer((json_int_t)l->crossed));
}

/* -- the matter -- */

static void
find_matter(struct db *db, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	struct stmt *s =
	    db_prepare(db, "SELECT matter FROM item_matter WHERE item = ?");

	CHECK(text_copy(matter, ITEM_NUMBER_MAX + 1, item) == RC_OK);
	db_bind_text(s, item);
	if (db_next(s))
		copy_text(s, 0, matter, ITEM_NUMBER_MAX + 1);
	db_finish(s);
}

/* From the first item on; an item alone has none but itself. */
static json_t *
matter_items_json(struct db *db, const char *matter, const char *item)
{
	static const char *const texts[] = { "item", "office", "channel",
		"state", "holder", "subject", NULL };
	struct stmt *s = db_prepare(db,
	    "SELECT p.item, p.office, p.channel, coalesce(n.state, 'REG'),"
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

		add_texts(j, s, texts, 0);
		doc_set(j, "heads", json_integer(db_column_i64(s, 6)));
		doc_set(j, "claimed_at", doc_time(db_column_i64(s, 7)));
		doc_set(j, "recorded_at", doc_time(db_column_i64(s, 8)));
		doc_set(j, "received_at", doc_time(db_column_i64(s, 9)));
		doc_add(list, j);
	}
	db_finish(s);
	return list;
}

/* Its first item, with no earlier one named at the counter. */
static bool
is_initial(struct db *db, const json_t *items, const char *item)
{
	struct stmt *s = db_prepare(db,
	    "SELECT 1 FROM petition WHERE item = ? AND earlier_item <> ''");
	bool has_earlier;

	db_bind_text(s, item);
	has_earlier = db_next(s);
	db_finish(s);
	return !has_earlier &&
	       strcmp(doc_member(json_array_get(items, 0), "item"), item) == 0;
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

		add_texts(j, s, texts, 0);
		doc_set(j, "score", json_integer(db_column_i64(s, 8)));
		doc_set(j, "claimed_at", doc_time(db_column_i64(s, 9)));
		doc_set(j, "recorded_at", doc_time(db_column_i64(s, 10)));
		doc_set(j, "received_at", doc_time(db_column_i64(s, 11)));
		doc_add(list, j);
	}
	db_finish(s);
	return list;
}

json_t *
cli_life_of(struct db *db, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct story *y = read_story(db, item);
	json_t *j, *items;

	if (y == NULL)
		return NULL;
	j = json_object();
	add_life(j, y);
	doc_set(j, "moves", moves_json(y, db, item));
	free(y);
	find_matter(db, item, matter);
	items = matter_items_json(db, matter, item);
	doc_set(j, "matter", doc_text(matter));
	doc_set(j, "initial", json_boolean(is_initial(db, items, item)));
	doc_set(j, "matter_items", items);
	doc_set(j, "links", links_json(db, item));
	return j;
}
