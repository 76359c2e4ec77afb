/*
 * Which items belong to one matter.
 *
 * A matter is named by the item that began it.  Each item points to at most
 * one other (its last LINK that no later SPLIT took back); where the pointers
 * end is the matter.  Two hubs may point at each other: of a circle the
 * smallest number is the matter, and of an absurd chain the item that is
 * HOPS_MAX further on.  So the grouping follows from the events
 * alone, in whatever order they came.
 *
 * A link costs as much as hangs on the item that comes to point elsewhere
 * (mostly nothing does), however large the matter is that it joins.
 *
 *	matter_link	every word about two items, with reasons and score
 *	link_now	item -> the item that it points to
 *	item_matter	item -> matter, for all items of matters of several
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "law/moves/verdict.h"
#include "law/offices/tree.h"
#include "petition/item_number.h"
#include "register/views_internal.h"

enum {
	HOPS_MAX = 256,      /* pointers from an item to its matter */
	MEMBERS_MAX = 10000, /* items that one link or split may move */
	WORDS_MAX = 100,     /* about one item, by one office */
};

static const char schema[] =
    "CREATE TABLE matter_link (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " item TEXT NOT NULL, matter TEXT NOT NULL, verdict TEXT NOT NULL,"
    " reasons TEXT NOT NULL, score INTEGER NOT NULL, text TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL,"
    " said_incarnation INTEGER NOT NULL, said_sequence INTEGER NOT NULL,"
    " UNIQUE (origin, said_incarnation, audience, said_sequence,"
    "  recorded_ms)) STRICT;"
    "CREATE INDEX matter_link_item ON matter_link (item, origin);"
    "CREATE INDEX matter_link_matter ON matter_link (matter);"
    /* What the matcher asks a person about: few among many links. */
    "CREATE INDEX matter_link_proposed ON matter_link (score)"
    " WHERE verdict = '" VERDICT_PROPOSE_CODE "';"
    "CREATE TABLE link_now (item TEXT PRIMARY KEY, target TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX link_now_target ON link_now (target);"
    "CREATE TABLE item_matter (item TEXT PRIMARY KEY, matter TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX item_matter_matter ON item_matter (matter);";

struct matters {
	struct stmt *put_link, *of_one, *last, *put_target, *drop_target,
	    *target, *sources, *put_matter, *drop_matter, *matter, *size;
};

static void
prepare_matters(struct views *v)
{
	v->matters = views_keep(v, sizeof(*v->matters));
	v->matters->put_link = db_prepare(v->db,
	    "INSERT INTO matter_link (position, origin, incarnation, audience,"
	    " sequence, item, matter, verdict, reasons, score, text,"
	    " claimed_ms, recorded_ms, received_ms, role, actor,"
	    " said_incarnation, said_sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->matters->of_one = db_prepare(v->db,
	    "SELECT count(*) FROM (SELECT 1 FROM matter_link WHERE item = ?"
	    " AND origin = ? LIMIT ?)");
	v->matters->last = db_prepare(v->db,
	    "SELECT verdict, matter FROM matter_link WHERE item = ?"
	    " AND verdict IN " VERDICTS_REGROUPING_SQL
	    " ORDER BY iif(?2, position, recorded_ms) DESC,"
	    " origin DESC, incarnation DESC, sequence DESC, audience DESC"
	    " LIMIT 1");
	v->matters->put_target = db_prepare(v->db,
	    "INSERT OR REPLACE INTO link_now (item, target) VALUES (?, ?)");
	v->matters->drop_target =
	    db_prepare(v->db, "DELETE FROM link_now WHERE item = ?");
	v->matters->target =
	    db_prepare(v->db, "SELECT target FROM link_now WHERE item = ?");
	v->matters->sources = db_prepare(v->db,
	    "SELECT item FROM link_now WHERE target = ? ORDER BY item");
	v->matters->put_matter = db_prepare(v->db,
	    "INSERT OR REPLACE INTO item_matter (item, matter) VALUES (?, ?)");
	v->matters->drop_matter =
	    db_prepare(v->db, "DELETE FROM item_matter WHERE item = ?");
	v->matters->size = db_prepare(v->db,
	    "SELECT count(*) FROM (SELECT 1 FROM item_matter WHERE matter = ?"
	    " LIMIT ?)");
	v->matters->matter =
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

/* From an item along the pointers: as far as anybody's way can go. */
struct path {
	char at[2 * HOPS_MAX + 1][ITEM_NUMBER_MAX + 1];
	size_t count;
};

static struct path *
walk(struct views *v, const char *item)
{
	struct path *p = memory_new(1, sizeof(*p));

	CHECK(text_copy(p->at[0], sizeof(p->at[0]), item) == RC_OK);
	p->count = 1;
	while (p->count < sizeof(p->at) / sizeof(*p->at) &&
	       one_text(v->matters->target, p->at[p->count - 1],
		   p->at[p->count], sizeof(*p->at)))
		p->count++;
	return p;
}

/*
 * Where the path leads in `hops` pointers: the end; of a circle its smallest
 * number; of a chain of absurd length as far as it goes.
 */
static const char *
follow(const struct path *p, size_t hops)
{
	size_t start = hops < p->count ? hops : p->count - 1;
	const char *least = p->at[start];

	for (size_t i = start + 1; i < p->count && i <= start + HOPS_MAX; i++) {
		if (strcmp(p->at[i], p->at[start]) == 0)
			return least;
		if (strcmp(p->at[i], least) < 0)
			least = p->at[i];
	}
	return p->at[start];
}

struct member {
	char item[ITEM_NUMBER_MAX + 1];
	int depth; /* pointers from here to the one that was moved */
};

struct members {
	struct member *at;
	size_t count;
};

static void
add_member(struct members *m, const char *item, int depth)
{
	if (m->count == MEMBERS_MAX)
		return;
	if ((m->count & (m->count - 1)) == 0)
		m->at = memory_grow(m->at, m->count * 2 + 1, sizeof(*m->at));
	CHECK(text_copy(m->at[m->count].item, ITEM_NUMBER_MAX + 1, item) ==
	      RC_OK);
	m->at[m->count++].depth = depth;
}

/*
 * `item` and whoever comes to it.  Each points to one only, so that nobody is
 * met twice but `item` itself, on a circle.
 */
static void
gather_members(struct views *v, const char *item, struct members *m)
{
	add_member(m, item, 0);
	for (size_t i = 0; i < m->count; i++) {
		struct stmt *s = v->matters->sources;
		int depth = m->at[i].depth + 1;

		if (depth > HOPS_MAX)
			break;
		db_bind_text(s, m->at[i].item);
		while (db_next(s)) {
			if (strcmp(db_column_text(s, 0), item) != 0)
				add_member(m, db_column_text(s, 0), depth);
		}
	}
}

/* An item alone has no row: it is its own matter. */
static bool
is_alone(struct views *v, const char *item)
{
	struct stmt *s = v->matters->sources;
	char target[ITEM_NUMBER_MAX + 1];
	bool has_source;

	db_bind_text(s, item);
	has_source = db_next(s);
	if (has_source)
		db_reset(s);
	return !has_source &&
	       !one_text(v->matters->target, item, target, sizeof(target));
}

static void
put_matter(struct views *v, const char *item, const char *matter)
{
	struct stmt *s = v->matters->put_matter;

	db_bind_text(s, item);
	db_bind_text(s, matter);
	CHECK(db_run(s) == RC_OK);
}

static void
put_or_drop(struct views *v, const char *item, const char *matter)
{
	if (!is_alone(v, item)) {
		put_matter(v, item, matter);
		return;
	}
	db_bind_text(v->matters->drop_matter, item);
	CHECK(db_run(v->matters->drop_matter) == RC_OK);
}

/*
 * What comes to `item` has another way from here on.  One walk for all of
 * them: anybody can make long chains and then move their end.
 */
static void
regroup(struct views *v, const char *item)
{
	struct path *p = walk(v, item);
	struct members m = { 0 };
	const char *matter = NULL;
	int depth = 0;

	gather_members(v, item, &m);
	put_or_drop(v, item, follow(p, HOPS_MAX));
	for (size_t i = 1; i < m.count; i++) {
		/* They come in the order of their depth. */
		if (m.at[i].depth != depth)
			matter = follow(p, (size_t)(HOPS_MAX - m.at[i].depth));
		depth = m.at[i].depth;
		put_matter(v, m.at[i].item, matter);
	}
	free(m.at);
	free(p);
}

/* One end of a pointer that came or went: has it a row? */
static void
touch(struct views *v, const char *item)
{
	struct path *p = walk(v, item);

	put_or_drop(v, item, follow(p, HOPS_MAX));
	free(p);
}

static void
decide(struct views *v, const char *item)
{
	char before[ITEM_NUMBER_MAX + 1] = "", target[ITEM_NUMBER_MAX + 1] = "";
	struct stmt *s = v->matters->last;

	(void)one_text(v->matters->target, item, before, sizeof(before));
	db_bind_text(s, item);
	db_bind_i64(s, mutant_is(MUTANT_LINK_BY_ARRIVAL));
	if (db_next(s)) {
		if (verdict_of_code(db_column_text(s, 0)) == VERDICT_LINK) {
			CHECK(text_copy(target, sizeof(target),
				  db_column_text(s, 1)) == RC_OK);
		}
		db_reset(s);
	}
	if (strcmp(before, target) == 0)
		return;
	s = target[0] != '\0' ? v->matters->put_target
			      : v->matters->drop_target;
	db_bind_text(s, item);
	if (target[0] != '\0')
		db_bind_text(s, target);
	CHECK(db_run(s) == RC_OK);
	regroup(v, item);
	if (before[0] != '\0')
		touch(v, before);
	if (target[0] != '\0')
		touch(v, target);
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
	       (tree_is_below(views_tree(v), office, origin) ||
		   (strcmp(origin, v->own) != 0 &&
		       !tree_knows(views_tree(v), office)));
}

bool
views_matter_has(struct views *v, const char *matter, uint64_t items)
{
	struct stmt *s = v->matters->size;
	bool is_reached;

	db_bind_text(s, matter);
	db_bind_u64(s, items);
	CHECK(db_next(s));
	is_reached = db_column_u64(s, 0) == items;
	db_reset(s);
	return is_reached;
}

/*
 * What we know nothing about, and what comes from above, is not for us to
 * judge.  An office with nobody below speaks of its own items alone: it must
 * not draw a neighbour's into a matter of its own.
 */
bool
views_may_group(struct views *v, const char *origin, const char *item,
    const char *matter)
{
	char office[OFFICE_CODE_MAX + 1];
	bool has_one, has_both;

	if (!office_of(item, office) || !office_of(matter, office))
		return false;
	if (strcmp(v->above, origin) == 0 || !tree_knows(views_tree(v), origin))
		return true;
	has_one = is_of(v, origin, item) || is_of(v, origin, matter);
	has_both = is_of(v, origin, item) && is_of(v, origin, matter);
	return has_both || (has_one && (strcmp(v->own, origin) == 0 ||
					   views_has_below(v, origin)));
}

static bool
says_too_much(struct views *v, const char *item, const char *office)
{
	struct stmt *s = v->matters->of_one;
	bool is_at_limit;

	db_bind_text(s, item);
	db_bind_text(s, office);
	db_bind_u64(s, WORDS_MAX);
	CHECK(db_next(s));
	is_at_limit = db_column_u64(s, 0) == WORDS_MAX;
	db_reset(s);
	return is_at_limit && strcmp(office, v->own) != 0;
}

static const char *
fold_link(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->matters->put_link;
	struct matter_linked l;

	if (wire_matter_linked_unpack(record->payload, &l) != RC_OK)
		return "unreadable link of two items";
	if (strcmp(l.item, l.matter) == 0)
		return "links an item to itself";
	/* Our own was judged when it was made. */
	if (strcmp(v->own, entry->stream->key.origin) != 0 &&
	    !views_may_group(v, entry->stream->key.origin, l.item, l.matter))
		return "links items of offices that are not below it";
	if (says_too_much(v, l.item, entry->stream->key.origin))
		return "too many words about one item";
	views_bind_place(s, entry);
	db_bind_text(s, l.item);
	db_bind_text(s, l.matter);
	db_bind_text(s, l.verdict);
	db_bind_text(s, l.reasons);
	db_bind_u64(s, l.score);
	db_bind_span_text(s, l.text);
	views_bind_times(s, entry, record);
	views_bind_said(s, record);
	CHECK(db_run(s) == RC_OK);
	decide(v, l.item);
	return NULL;
}

static void
group_again(struct views *v)
{
	struct stmt *s;

	db_do(v->db, "DELETE FROM link_now");
	db_do(v->db, "DELETE FROM item_matter");
	s = db_prepare(v->db,
	    "SELECT DISTINCT item FROM matter_link ORDER BY item");
	while (db_next(s))
		decide(v, db_column_text(s, 0));
	db_finish(s);
}

void
views_matter_of(struct views *v, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	if (!one_text(v->matters->matter, item, matter, ITEM_NUMBER_MAX + 1))
		CHECK(text_copy(matter, ITEM_NUMBER_MAX + 1, item) == RC_OK);
}

static const struct fold_rule folds[] = {
	{ RECORD_MATTER_LINKED, fold_link },
	{ 0, NULL },
};

static const char *const by_hand[] = {
	"DELETE FROM matter_link" OF_HAND,
	NULL,
};

static const char *const removals[] = {
	"DELETE FROM matter_link" OF_STREAM,
	NULL,
};

const struct family matters_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS matter_link; "
		"DROP TABLE IF EXISTS link_now; "
		"DROP TABLE IF EXISTS item_matter;",
	.folds = folds,
	.by_hand = by_hand,
	.removals = removals,
	.prepare = prepare_matters,
	.again = group_again,
};
