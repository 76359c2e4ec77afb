/*
 * life - one item's life as a document.
 *
 * There is one fold of an item, the register's (views_read_case); here it is
 * written down.  The rows of `move` bring what the fold does not need (texts,
 * documents, who it was) and are laid beside its events.  A move that is in
 * no event was ignored, since its office has nothing to do with the item; or
 * it is of a kind that a later version knows, and then it is shown as it is.
 */
#include "documents/life.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "law/offices/involved.h"
#include "mech/db.h"
#include "register/views.h"
#include "words/doc.h"

/* In the order of select_moves. */
enum column {
	COLUMN_OFFICE,
	COLUMN_INCARNATION,
	COLUMN_SEQUENCE,
	COLUMN_CLAIMED_MS,
	COLUMN_RECORDED_MS,
	COLUMN_RECEIVED_MS,
	COLUMN_MOVE,
	COLUMN_TO,
	COLUMN_DUE_MS,
	COLUMN_DAYS,
	COLUMN_TEXTS, /* from here on: the keys of `texts` */
};

static const char select_moves[] =
    "SELECT origin, incarnation, sequence, claimed_ms, recorded_ms,"
    " received_ms, move, to_office, due_ms, days, opinion, outcome, rating,"
    " other, text, document, cause, approver, person, role, actor"
    " FROM move WHERE item = ?"
    " ORDER BY recorded_ms, origin, incarnation, sequence";

static const char *const texts[] = { "opinion", "outcome", "rating", "other",
	"text", "document", "cause", "approver", "person", "role", "user",
	NULL };

/* -- moves -- */

/* The folded event of the present row, or NULL. */
static const struct life_event *
find_event(const struct views_case *c, struct stmt *s)
{
	for (size_t i = 0; i < c->events_count; i++) {
		const struct life_event *e = &c->events[i];

		if (e->move != MOVE_REGISTER &&
		    e->sequence == db_column_u64(s, COLUMN_SEQUENCE) &&
		    e->incarnation == db_column_u64(s, COLUMN_INCARNATION) &&
		    strcmp(e->office, db_column_text(s, COLUMN_OFFICE)) == 0)
			return e;
	}
	return NULL;
}

static bool
is_shown(const struct reading *r, const struct involved *involved,
    const struct life_event *e, struct stmt *s)
{
	if (e != NULL)
		return !e->is_refused;
	return life_move_of_code(db_column_text(s, COLUMN_MOVE)) ==
		   MOVE_COUNT &&
	       involved_counts(involved, views_tree(r->views),
		   db_column_text(s, COLUMN_OFFICE));
}

static json_t *
move_json(const struct life_event *e, struct stmt *s)
{
	const char *code = db_column_text(s, COLUMN_MOVE);
	enum life_move m = life_move_of_code(code);
	json_t *j = json_object();

	doc_set(j, "office", doc_text(db_column_text(s, COLUMN_OFFICE)));
	doc_set(j, "code", doc_text(code));
	doc_set(j, "move", doc_text(m < MOVE_COUNT ? life_move_word(m) : code));
	doc_set(j, "to", doc_text(db_column_text(s, COLUMN_TO)));
	doc_set(j, "due_at", doc_time(db_column_i64(s, COLUMN_DUE_MS)));
	doc_set(j, "days", json_integer(db_column_i64(s, COLUMN_DAYS)));
	for (int i = 0; texts[i] != NULL; i++) {
		doc_set(j, texts[i],
		    doc_text(db_column_text(s, COLUMN_TEXTS + i)));
	}
	doc_set(j, "claimed_at", doc_time(db_column_i64(s, COLUMN_CLAIMED_MS)));
	doc_set(j, "recorded_at",
	    doc_time(db_column_i64(s, COLUMN_RECORDED_MS)));
	doc_set(j, "received_at",
	    doc_time(db_column_i64(s, COLUMN_RECEIVED_MS)));
	doc_set(j, "counted", json_boolean(e != NULL && e->is_applied));
	doc_set(j, "state",
	    e != NULL ? json_string(life_state_code(e->after)) : json_null());
	doc_set(j, "holder", e != NULL ? json_string(e->holder) : json_null());
	return j;
}

static json_t *
moves_json(const struct reading *r, const char *item,
    const struct views_case *c)
{
	struct stmt *s = db_prepare(r->db, select_moves);
	struct involved involved;
	json_t *list = json_array();

	views_involved(r->views, item, &involved);
	db_bind_text(s, item);
	while (db_next(s) && json_array_size(list) < LIFE_EVENTS_MAX) {
		const struct life_event *e = find_event(c, s);

		if (is_shown(r, &involved, e, s))
			doc_add(list, move_json(e, s));
	}
	db_finish(s);
	return list;
}

/* -- holders -- */

/* Who answered for it, from when to when; the last one still does. */
static json_t *
holders_json(const struct views_case *c)
{
	json_t *list = json_array(), *last = NULL;
	const char *holder = "";

	for (size_t i = 0; i < c->events_count; i++) {
		const struct life_event *e = &c->events[i];

		if (!e->is_applied || strcmp(e->holder, holder) == 0)
			continue;
		if (last != NULL)
			doc_set(last, "until", doc_time(e->claimed_ms));
		holder = e->holder;
		last = json_object();
		doc_set(last, "office", doc_text(holder));
		doc_set(last, "since", doc_time(e->claimed_ms));
		doc_set(last, "until", json_null());
		doc_add(list, last);
	}
	return list;
}

static json_t *
since_of(const json_t *holders)
{
	json_t *last = json_array_get(holders, json_array_size(holders) - 1);
	json_t *since = json_object_get(last, "since");

	return since != NULL ? json_incref(since) : json_null();
}

/* -- the whole -- */

static json_t *
life_json(const struct views_case *c)
{
	const struct life *l = &c->life;
	json_t *out = json_object(), *holders = holders_json(c);

	doc_set(out, "state", json_string(life_state_code(l->state)));
	doc_set(out, "state_since", doc_time(l->since_ms));
	doc_set(out, "holder", json_string(l->holder));
	doc_set(out, "holder_since", since_of(holders));
	doc_set(out, "holders", holders);
	doc_set(out, "pending", json_string(l->pending));
	doc_set(out, "extended", json_boolean(l->is_extended));
	doc_set(out, "rating",
	    l->rating < 0 ? json_null() : json_integer(l->rating));
	doc_set(out, "opinion", json_string(l->opinion));
	doc_set(out, "outcome", json_string(l->outcome));
	doc_set(out, "merged_into", json_string(l->merged_into));
	doc_set(out, "crossed", json_integer((json_int_t)l->crossed));
	return out;
}

json_t *
documents_life(const struct reading *r, const char *item)
{
	struct views_case *c = memory_new(1, sizeof(*c));
	json_t *out = NULL;

	if (views_read_case(r->views, item, c)) {
		out = life_json(c);
		doc_set(out, "moves", moves_json(r, item, c));
	}
	free(c);
	return out;
}
