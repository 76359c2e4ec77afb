/*
 * Where each item stands, and every limit that runs for it.
 *
 * A slow view: intake only writes the petition; this fold follows behind,
 * some items in each turn, and says how far it is (`followed`).  What else
 * happens to an item (a move, a merge) marks it dirty, and a dirty item is
 * folded anew from all its events.  So the result depends on which events
 * there are, never on their order, and asking for one item (views_refresh)
 * gives the same as waiting.
 *
 * Whose moves are heard at all is hearing.c's to say; what is not heard
 * does not count, and stands in `unheard` for whoever reads the moves (with
 * sequence 0: all that this office said).  A review is heard only of an
 * office above the one that answered.
 *
 * A new rule file or calendar may move every limit: then the cursor goes
 * back to the beginning.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "law/limits/clocks.h"
#include "law/moves/lifecycle.h"
#include "register/lawbook.h"
#include "register/views_internal.h"

enum {
	FOLLOW_ROWS = 8, /* items between two looks at the time */
	NO_RATING = -1,
};

const char views_case_schema[] =
    "CREATE TABLE dirty (item TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " position INTEGER NOT NULL) STRICT;"
    "INSERT INTO followed VALUES (1, 0);"
    "CREATE TABLE unheard (item TEXT NOT NULL, origin TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,"
    " PRIMARY KEY (item, origin, incarnation, sequence))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE item_now (item TEXT PRIMARY KEY, state TEXT NOT NULL,"
    " holder TEXT NOT NULL, pending TEXT NOT NULL, sender TEXT NOT NULL,"
    " replier TEXT NOT NULL, since_ms INTEGER NOT NULL,"
    " is_extended INTEGER NOT NULL, rating INTEGER NOT NULL,"
    " opinion TEXT NOT NULL, outcome TEXT NOT NULL,"
    " merged_into TEXT NOT NULL, crossed INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE clock (item TEXT NOT NULL, name TEXT NOT NULL,"
    " round INTEGER NOT NULL, start_move TEXT NOT NULL,"
    " start_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL,"
    " met_ms INTEGER NOT NULL, stopped_ms INTEGER NOT NULL,"
    " started_recorded_ms INTEGER NOT NULL,"
    " met_recorded_ms INTEGER NOT NULL, extra_days INTEGER NOT NULL,"
    " holder TEXT NOT NULL, rules TEXT NOT NULL, calendar TEXT NOT NULL,"
    " article TEXT NOT NULL, unit INTEGER NOT NULL,"
    " amount INTEGER NOT NULL, is_provisional INTEGER NOT NULL,"
    " PRIMARY KEY (item, name, round)) STRICT, WITHOUT ROWID;"
    /* What runs and is somebody's: by its end, and by who holds it. */
    "CREATE INDEX clock_open ON clock (due_ms)"
    " WHERE met_ms = 0 AND stopped_ms = 0 AND holder <> '';"
    "CREATE INDEX clock_holder ON clock (holder, due_ms)"
    " WHERE met_ms = 0 AND stopped_ms = 0 AND holder <> '';";

void
views_case_prepare(struct views *v)
{
	v->dirty = db_prepare(v->db,
	    "INSERT INTO dirty VALUES (?) ON CONFLICT DO NOTHING");
	v->clean = db_prepare(v->db, "DELETE FROM dirty WHERE item = ?");
	v->next_dirty = db_prepare(v->db, "SELECT item FROM dirty LIMIT 1");
	v->next_petition = db_prepare(v->db,
	    "SELECT position, item FROM petition WHERE position > ?"
	    " ORDER BY position LIMIT 1");
	v->followed_put = db_prepare(v->db, "UPDATE followed SET position = ?");
	v->arrivals = db_prepare(v->db,
	    "SELECT office, incarnation, sequence, claimed_ms, recorded_ms,"
	    " received_ms, channel, purpose, legal_class, procedure"
	    " FROM petition WHERE item = ?"
	    " ORDER BY recorded_ms, office, incarnation, sequence LIMIT 1");
	v->moves = db_prepare(v->db,
	    "SELECT origin, incarnation, sequence, claimed_ms, recorded_ms,"
	    " received_ms, move, to_office, due_ms, days, opinion, outcome,"
	    " rating, other FROM move WHERE item = ?"
	    " ORDER BY recorded_ms, origin, incarnation, sequence, audience");
	v->unheard_put = db_prepare(v->db,
	    "INSERT INTO unheard VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->unheard_drop =
	    db_prepare(v->db, "DELETE FROM unheard WHERE item = ?");
	/*
	 * An office, and those below it that were heard of before it: what
	 * they said, what was sent to them, their own, what they are told of.
	 */
	v->dirty_of = db_prepare(v->db,
	    "WITH RECURSIVE s (code) AS (SELECT ?1 UNION SELECT o.code"
	    "  FROM s JOIN office o ON o.parent = s.code)"
	    " INSERT INTO dirty SELECT item FROM move"
	    "  WHERE origin IN s OR to_office IN s"
	    "  OR substr(item, 1, instr(item, '-') - 1) IN s"
	    " UNION SELECT item FROM escalation_said WHERE office IN s"
	    " ON CONFLICT DO NOTHING");
	v->item_now = db_prepare(v->db,
	    "INSERT OR REPLACE INTO item_now VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?)");
	v->clocks_drop = db_prepare(v->db, "DELETE FROM clock WHERE item = ?");
	v->clock_put = db_prepare(v->db,
	    "INSERT INTO clock VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?)");
}

void
views_mark_dirty(struct views *v, const char *item)
{
	db_bind_text(v->dirty, item);
	CHECK(db_run(v->dirty) == RC_OK);
}

/* -- reading an item's events -- */

static void
read_text(struct stmt *s, int column, char *to, size_t size)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

/* Columns 0..5 of both queries. */
static void
read_place(struct stmt *s, struct life_event *out)
{
	read_text(s, 0, out->office, sizeof(out->office));
	out->incarnation = (uint32_t)db_column_u64(s, 1);
	out->sequence = db_column_u64(s, 2);
	out->claimed_ms = db_column_i64(s, 3);
	out->recorded_ms = db_column_i64(s, 4);
	out->received_ms = db_column_i64(s, 5);
	out->rating = NO_RATING;
}

static bool
read_arrival(struct views *v, const char *item, struct views_case *out)
{
	struct stmt *s = v->arrivals;

	db_bind_text(s, item);
	if (!db_next(s))
		return false;
	out->events[0] = (struct life_event){ .move = MOVE_REGISTER };
	read_place(s, &out->events[0]);
	read_text(s, 6, out->channel, sizeof(out->channel));
	read_text(s, 7, out->purpose, sizeof(out->purpose));
	read_text(s, 8, out->legal_class, sizeof(out->legal_class));
	read_text(s, 9, out->procedure, sizeof(out->procedure));
	out->events_count = 1;
	db_reset(s);
	return true;
}

void
views_read_event(struct stmt *s, struct life_event *e)
{
	const char *rating = db_column_text(s, 12);

	*e = (struct life_event){ .move =
				      life_move_of_code(db_column_text(s, 6)) };
	read_place(s, e);
	read_text(s, 7, e->to, sizeof(e->to));
	e->due_ms = db_column_i64(s, 8);
	e->days = (unsigned)db_column_u64(s, 9);
	read_text(s, 10, e->opinion, sizeof(e->opinion));
	read_text(s, 11, e->outcome, sizeof(e->outcome));
	if (rating[0] >= '0' && rating[0] <= '0' + LIFE_RATING_MAX)
		e->rating = rating[0] - '0';
	read_text(s, 13, e->other, sizeof(e->other));
}

/* One office after the other often says several things in a row. */
struct ear {
	struct views *v;
	struct views_involved involved;
	char last[OFFICE_CODE_MAX + 1];
	bool is_heard;
};

static bool
hears(struct ear *ear, const char *office)
{
	if (strcmp(ear->last, office) != 0) {
		CHECK(text_copy(ear->last, sizeof(ear->last), office) == RC_OK);
		ear->is_heard =
		    views_is_heard(ear->v, &ear->involved, ear->last);
	}
	return ear->is_heard;
}

static void
read_moves(struct views *v, const char *item, struct views_case *out)
{
	struct ear ear = { .v = v };
	struct stmt *s = v->moves;

	if (!views_has_moves(v, item))
		return;
	views_involved(v, item, &ear.involved);
	db_bind_text(s, item);
	while (db_next(s)) {
		struct life_event *e = &out->events[out->events_count];

		if (!hears(&ear, db_column_text(s, 0)))
			continue;
		views_read_event(s, e);
		/* A move of a later version: kept, shown, not folded. */
		if (e->move < MOVE_COUNT)
			out->events_count++;
		if (out->events_count == LIFE_EVENTS_MAX)
			break;
	}
	db_reset(s);
}

static bool
is_above(void *context, const char *office, const char *below)
{
	return views_stands_above(context, office, below);
}

/* Whoever folds some of these events again comes to the same. */
static void
refuse_reviews(struct views_case *c)
{
	for (size_t i = 0; i < c->events_count; i++) {
		struct life_event *e = &c->events[i];

		if (!e->is_applied && e->move != MOVE_REGISTER &&
		    life_rule_of(e->move)->side == LIFE_BY_ABOVE)
			e->is_refused = true;
	}
}

bool
views_read_case(struct views *v, const char *item, struct views_case *out)
{
	struct rules_subject subject = { .channel = out->channel,
		.purpose = out->purpose,
		.legal_class = out->legal_class,
		.procedure = out->procedure };
	struct life_tree tree = { .is_above = is_above, .context = v };
	struct clocks_law law;

	if (v->rows_count > 0)
		views_petition_flush(v);
	if (!read_arrival(v, item, out))
		return false;
	read_moves(v, item, out);
	life_fold_in(&out->life, out->events, out->events_count, &tree);
	refuse_reviews(out);
	lawbook_law(v->lawbook, &law);
	out->clocks_count = clocks_compute(out->events, out->events_count,
	    &subject, &law, out->clocks);
	return true;
}

/* -- writing where it stands -- */

static void
put_item(struct views *v, const char *item, const struct life *life)
{
	struct stmt *s = v->item_now;

	db_bind_text(s, item);
	db_bind_text(s, life_state_code(life->state));
	db_bind_text(s, life->holder);
	db_bind_text(s, life->pending);
	db_bind_text(s, life->sender);
	db_bind_text(s, life->replier);
	db_bind_i64(s, life->since_ms);
	db_bind_i64(s, life->is_extended);
	db_bind_i64(s, life->rating);
	db_bind_text(s, life->opinion);
	db_bind_text(s, life->outcome);
	db_bind_text(s, life->merged_into);
	db_bind_u64(s, life->crossed);
	CHECK(db_run(s) == RC_OK);
}

static void
put_clock(struct views *v, const char *item, const struct clock_row *c)
{
	struct stmt *s = v->clock_put;

	db_bind_text(s, item);
	db_bind_text(s, c->name);
	db_bind_u64(s, c->round);
	db_bind_text(s, life_move_code(c->start));
	db_bind_i64(s, c->start_ms);
	db_bind_i64(s, c->due_ms);
	db_bind_i64(s, c->met_ms);
	db_bind_i64(s, c->stopped_ms);
	db_bind_i64(s, c->started_recorded_ms);
	db_bind_i64(s, c->met_recorded_ms);
	db_bind_u64(s, c->extra_days);
	db_bind_text(s, c->holder);
	db_bind_text(s, c->rules);
	db_bind_text(s, c->calendar);
	db_bind_text(s, c->article);
	db_bind_i64(s, c->unit);
	db_bind_u64(s, c->amount);
	db_bind_i64(s, c->is_provisional);
	CHECK(db_run(s) == RC_OK);
}

static void
put_unheard(struct views *v, const char *item, const char *origin,
    uint32_t incarnation, uint64_t sequence)
{
	struct stmt *s = v->unheard_put;

	db_bind_text(s, item);
	db_bind_text(s, origin);
	db_bind_u64(s, incarnation);
	db_bind_u64(s, sequence);
	CHECK(db_run(s) == RC_OK);
}

static void
note_unheard(struct views *v, const char *item, const struct views_case *c)
{
	struct ear ear = { .v = v };
	struct stmt *s = v->moves;

	db_bind_text(v->unheard_drop, item);
	CHECK(db_run(v->unheard_drop) == RC_OK);
	for (size_t i = 0; i < c->events_count; i++) {
		const struct life_event *e = &c->events[i];

		if (e->is_refused) {
			put_unheard(v, item, e->office, e->incarnation,
			    e->sequence);
		}
	}
	views_involved(v, item, &ear.involved);
	db_bind_text(s, item);
	while (db_next(s)) {
		bool is_same = strcmp(ear.last, db_column_text(s, 0)) == 0;

		if (!hears(&ear, db_column_text(s, 0)) && !is_same)
			put_unheard(v, item, ear.last, 0, 0);
	}
}

void
views_case_on_office(struct views *v, const char *office, bool is_new)
{
	struct stmt *s;
	bool has_moves;

	if (is_new) {
		db_bind_text(v->dirty_of, office);
		CHECK(db_run(v->dirty_of) == RC_OK);
		return;
	}
	s = db_prepare(v->db, "SELECT 1 FROM move LIMIT 1");
	has_moves = db_next(s);
	db_finish(s);
	if (has_moves)
		views_follow_anew(v);
}

void
views_refresh(struct views *v, const char *item)
{
	struct views_case *c = v->scratch;

	db_bind_text(v->clean, item);
	CHECK(db_run(v->clean) == RC_OK);
	db_bind_text(v->clocks_drop, item);
	CHECK(db_run(v->clocks_drop) == RC_OK);
	if (!views_read_case(v, item, c))
		return; /* a move that came before its item */
	put_item(v, item, &c->life);
	if (views_has_moves(v, item))
		note_unheard(v, item, c);
	for (size_t i = 0; i < c->clocks_count; i++)
		put_clock(v, item, &c->clocks[i]);
}

/* -- following -- */

static bool
refresh_dirty(struct views *v)
{
	char item[ITEM_NUMBER_MAX + 1];

	if (!db_next(v->next_dirty))
		return false;
	read_text(v->next_dirty, 0, item, sizeof(item));
	db_reset(v->next_dirty);
	views_refresh(v, item);
	return true;
}

static bool
refresh_next(struct views *v)
{
	char item[ITEM_NUMBER_MAX + 1];

	if (v->followed >= v->applied)
		return false;
	db_bind_u64(v->next_petition, v->followed);
	if (!db_next(v->next_petition)) {
		v->followed = v->applied;
		return false;
	}
	v->followed = db_column_u64(v->next_petition, 0);
	read_text(v->next_petition, 1, item, sizeof(item));
	db_reset(v->next_petition);
	views_refresh(v, item);
	return true;
}

bool
views_follow(struct views *v, int64_t until_steady_ms)
{
	uint64_t before = v->followed;
	bool is_left = true;

	if (v->rows_count > 0)
		views_petition_flush(v);
	do {
		for (int i = 0; i < FOLLOW_ROWS && is_left; i++)
			is_left = refresh_dirty(v) || refresh_next(v);
	} while (is_left && clock_steady_ms() < until_steady_ms);
	if (v->followed != before) {
		db_bind_u64(v->followed_put, v->followed);
		CHECK(db_run(v->followed_put) == RC_OK);
	}
	return is_left;
}

uint64_t
views_followed(const struct views *v)
{
	return v->followed;
}

void
views_follow_anew(struct views *v)
{
	v->followed = 0;
	db_do(v->db, "UPDATE followed SET position = 0");
}

void
views_case_again(struct views *v)
{
	db_do(v->db, "DELETE FROM item_now");
	db_do(v->db, "DELETE FROM clock");
	db_do(v->db, "DELETE FROM unheard");
	views_follow_anew(v);
}
