/*
 * Which items belong to one matter.
 *
 * A matter is named by the item that began it.  Each item points to at most
 * one other (its last LINK that no later SPLIT took back); where the pointers
 * end is the matter.  Two hubs may point at each other: of a circle the
 * smallest number is the matter.  So the grouping follows from the events
 * alone, in whatever order they came.
 *
 *	matter_link	every word about two items, with reasons and score
 *	link_now	item -> the item that it points to
 *	item_matter	item -> matter, for all items of matters of several
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "node/views_internal.h"
#include "petition/item_number.h"
#include "relay/mutants.h"
#include "relay/wire.h"

enum {
	MEMBERS_MAX = 20000, /* items of one matter that are followed */
};

const char views_matter_schema[] =
    "CREATE TABLE matter_link (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " item TEXT NOT NULL, matter TEXT NOT NULL, verdict TEXT NOT NULL,"
    " reasons TEXT NOT NULL, score INTEGER NOT NULL, text TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL,"
    " UNIQUE (origin, incarnation, audience, sequence)) STRICT;"
    "CREATE INDEX matter_link_item ON matter_link (item);"
    "CREATE INDEX matter_link_matter ON matter_link (matter);"
    /* What the matcher asks a person about: few among many links. */
    "CREATE INDEX matter_link_proposed ON matter_link (score)"
    " WHERE verdict = 'PROPOSE';"
    "CREATE TABLE link_now (item TEXT PRIMARY KEY, target TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX link_now_target ON link_now (target);"
    "CREATE TABLE item_matter (item TEXT PRIMARY KEY, matter TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX item_matter_matter ON item_matter (matter);";

void
views_matter_prepare(struct views *v)
{
	v->link = db_prepare(v->db,
	    "INSERT INTO matter_link VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->link_last = db_prepare(v->db,
	    "SELECT verdict, matter FROM matter_link WHERE item = ?"
	    " AND verdict IN ('LINK', 'SPLIT')"
	    " ORDER BY iif(?2, position, recorded_ms) DESC,"
	    " origin DESC, incarnation DESC, sequence DESC, audience DESC"
	    " LIMIT 1");
	v->link_put =
	    db_prepare(v->db, "INSERT OR REPLACE INTO link_now VALUES (?, ?)");
	v->link_drop = db_prepare(v->db, "DELETE FROM link_now WHERE item = ?");
	v->link_target =
	    db_prepare(v->db, "SELECT target FROM link_now WHERE item = ?");
	v->link_sources = db_prepare(v->db,
	    "SELECT item FROM link_now WHERE target = ? ORDER BY item");
	v->matter_put = db_prepare(v->db,
	    "INSERT OR REPLACE INTO item_matter VALUES (?, ?)");
	v->matter_drop =
	    db_prepare(v->db, "DELETE FROM item_matter WHERE item = ?");
	v->matter_get =
	    db_prepare(v->db, "SELECT matter FROM item_matter WHERE item = ?");
}

/* -- from pointers to matters -- */

static bool
one_text(struct stmt *s, const char *key, char *out, size_t size)
{
	bool found;

	db_bind_text(s, key);
	found = db_next(s);
	if (found) {
		CHECK(text_copy(out, size, db_column_text(s, 0)) == RC_OK);
		db_reset(s);
	}
	return found;
}

/* The smallest number of the circle that `at` is on. */
static void
smallest_of_circle(struct views *v, const char *at,
    char out[static ITEM_NUMBER_MAX + 1])
{
	char next[ITEM_NUMBER_MAX + 1];

	CHECK(text_copy(next, sizeof(next), at) == RC_OK);
	memcpy(out, next, sizeof(next));
	for (int i = 0; i < MEMBERS_MAX; i++) {
		if (!one_text(v->link_target, next, next, sizeof(next)) ||
		    strcmp(next, at) == 0)
			return;
		if (strcmp(next, out) < 0)
			memcpy(out, next, sizeof(next));
	}
}

/* A mark that is moved up ever more rarely is met again on a circle. */
static void
find_end(struct views *v, const char *item,
    char out[static ITEM_NUMBER_MAX + 1])
{
	char next[ITEM_NUMBER_MAX + 1], mark[ITEM_NUMBER_MAX + 1];
	int steps_max = 1, steps = 0;

	CHECK(text_copy(next, sizeof(next), item) == RC_OK);
	memcpy(mark, next, sizeof(mark));
	for (int i = 0; i < MEMBERS_MAX; i++) {
		memcpy(out, next, sizeof(next));
		if (!one_text(v->link_target, out, next, sizeof(next)))
			return;
		if (strcmp(next, mark) == 0)
			break;
		if (++steps == steps_max) {
			memcpy(mark, next, sizeof(mark));
			steps_max *= 2;
			steps = 0;
		}
	}
	smallest_of_circle(v, next, out);
}

struct members {
	char (*items)[ITEM_NUMBER_MAX + 1];
	size_t count;
};

static void
add_member(struct members *m, const char *item)
{
	if (m->count == MEMBERS_MAX)
		return;
	if ((m->count & (m->count - 1)) == 0) {
		m->items =
		    memory_grow(m->items, m->count * 2 + 1, sizeof(*m->items));
	}
	CHECK(text_copy(m->items[m->count++], ITEM_NUMBER_MAX + 1, item) ==
	      RC_OK);
}

/*
 * Whoever points to `item`, and to those, and so on.  Each points to one, so
 * none is met twice, but for `item` itself when it is on a circle.
 */
static void
gather_members(struct views *v, const char *item, struct members *m)
{
	add_member(m, item);
	for (size_t i = 0; i < m->count; i++) {
		struct stmt *s = v->link_sources;

		db_bind_text(s, m->items[i]);
		while (db_next(s)) {
			if (strcmp(db_column_text(s, 0), m->items[0]) != 0)
				add_member(m, db_column_text(s, 0));
		}
	}
}

/* An item alone has no row: it is its own matter. */
static void
put_matter(struct views *v, const char *item, const char *matter, bool is_alone)
{
	struct stmt *s = is_alone ? v->matter_drop : v->matter_put;

	db_bind_text(s, item);
	if (!is_alone)
		db_bind_text(s, matter);
	CHECK(db_run(s) == RC_OK);
}

/* Work out the matter of `item` and of everything that hangs on it. */
static void
regroup(struct views *v, const char *item)
{
	char end[ITEM_NUMBER_MAX + 1];
	struct members m = { 0 };

	find_end(v, item, end);
	gather_members(v, end, &m);
	for (size_t i = 0; i < m.count; i++)
		put_matter(v, m.items[i], end, m.count == 1);
	free(m.items);
}

static void
decide(struct views *v, const char *item)
{
	char before[ITEM_NUMBER_MAX + 1], target[ITEM_NUMBER_MAX + 1];
	bool had_target =
	    one_text(v->link_target, item, before, sizeof(before));
	bool has_target = false;
	struct stmt *s = v->link_last;

	db_bind_text(s, item);
	db_bind_i64(s, mutant_is(MUTANT_LINK_BY_ARRIVAL));
	if (db_next(s)) {
		has_target = strcmp(db_column_text(s, 0), "LINK") == 0;
		CHECK(text_copy(target, sizeof(target), db_column_text(s, 1)) ==
		      RC_OK);
		db_reset(s);
	}
	s = has_target ? v->link_put : v->link_drop;
	db_bind_text(s, item);
	if (has_target)
		db_bind_text(s, target);
	CHECK(db_run(s) == RC_OK);
	if (had_target)
		regroup(v, before);
	regroup(v, item);
}

/* -- folding -- */

static bool
office_of(const char *item, char office[static OFFICE_CODE_MAX + 1])
{
	struct item_number n;

	if (item_number_parse(item, &n) != RC_OK || n.kind != NUMBER_ITEM)
		return false;
	memcpy(office, n.office, OFFICE_CODE_MAX + 1);
	return true;
}

static bool
is_of(struct views *v, const char *origin, const char *item)
{
	char office[OFFICE_CODE_MAX + 1];

	/* Whom we have not heard of may well be below another office. */
	return office_of(item, office) &&
	       (views_is_below(v, office, origin) ||
		   (strcmp(origin, v->own) != 0 &&
		       !views_knows_office(v, office)));
}

/*
 * What we know nothing about, and what comes from above, is not for us to
 * judge.
 */
bool
views_may_group(struct views *v, const char *origin, const char *item,
    const char *matter)
{
	char office[OFFICE_CODE_MAX + 1];

	if (!office_of(item, office) || !office_of(matter, office))
		return false;
	return strcmp(v->above, origin) == 0 ||
	       !views_knows_office(v, origin) || is_of(v, origin, item) ||
	       is_of(v, origin, matter);
}

const char *
views_link_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->link;
	struct matter_linked l;

	if (wire_matter_linked_unpack(record->payload, &l) != RC_OK)
		return "unreadable link of two items";
	if (strcmp(l.item, l.matter) == 0)
		return "links an item to itself";
	/* Our own was judged when it was made. */
	if (strcmp(v->own, entry->stream->key.origin) != 0 &&
	    !views_may_group(v, entry->stream->key.origin, l.item, l.matter))
		return "links items of offices that are not below it";
	views_bind_place(s, entry);
	db_bind_text(s, l.item);
	db_bind_text(s, l.matter);
	db_bind_text(s, l.verdict);
	db_bind_text(s, l.reasons);
	db_bind_u64(s, l.score);
	db_bind_span_text(s, l.text);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	decide(v, l.item);
	return NULL;
}

void
views_matter_again(struct views *v)
{
	struct stmt *s;

	db_do(v->db, "DELETE FROM link_now");
	db_do(v->db, "DELETE FROM item_matter");
	s = db_prepare(v->db, "SELECT DISTINCT item FROM matter_link");
	while (db_next(s))
		decide(v, db_column_text(s, 0));
	db_finish(s);
}

void
views_matter_of(struct views *v, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	if (!one_text(v->matter_get, item, matter, ITEM_NUMBER_MAX + 1))
		CHECK(text_copy(matter, ITEM_NUMBER_MAX + 1, item) == RC_OK);
}
