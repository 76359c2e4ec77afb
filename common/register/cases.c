/*
 * Where each item stands, and every limit that runs for it.
 *
 * A slow view: intake only writes the petition; this fold follows behind,
 * some items in each turn, and says how far it is (`followed`).  What else
 * happens to an item (a move, a merge) marks it stale (stale.c), and a stale
 * item is folded anew from all its events.  So the result depends on which
 * events there are, never on their order, and asking for one item
 * (views_read_case) gives the same as waiting.
 *
 * Whose moves count at all is law/offices/involved.h's to say; what does not
 * count stands in `ignored` for whoever reads the moves (with sequence 0: all
 * that this office said).  A review counts only from an office above the one
 * that answered.
 *
 * A new rule file or calendar may move every limit: then the cursor goes
 * back to the beginning.
 *
 * By nature a join: an item's events are rows of petition and of move.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "law/limits/clocks.h"
#include "law/moves/lifecycle.h"
#include "law/offices/involved.h"
#include "register/lawbook.h"
#include "register/views_internal.h"

enum {
	FOLLOW_ROWS = 8, /* items between two looks at the time */
	NO_RATING = -1,
};

static const char schema[] =
    "CREATE TABLE ignored (item TEXT NOT NULL, origin TEXT NOT NULL,"
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

struct cases {
	struct views_case *scratch; /* of the item that is being folded */
	struct stmt *arrivals, *moves, *put_item, *drop_clocks, *put_clock;
	struct stmt *put_ignored, *drop_ignored;
};

static void
prepare_cases(struct views *v)
{
	v->cases = views_keep(v, sizeof(*v->cases));
	v->cases->scratch = views_keep(v, sizeof(*v->cases->scratch));
	v->cases->arrivals = db_prepare(v->db,
	    "SELECT office, incarnation, sequence, claimed_ms, recorded_ms,"
	    " received_ms, channel, purpose, legal_class, procedure"
	    " FROM petition WHERE item = ?"
	    " ORDER BY recorded_ms, office, incarnation, sequence LIMIT 1");
	v->cases->moves = db_prepare(v->db,
	    "SELECT origin, incarnation, sequence, claimed_ms, recorded_ms,"
	    " received_ms, move, to_office, due_ms, days, opinion, outcome,"
	    " rating, other FROM move WHERE item = ?"
	    " ORDER BY recorded_ms, origin, incarnation, sequence, audience");
	v->cases->put_ignored = db_prepare(v->db,
	    "INSERT INTO ignored (item, origin, incarnation, sequence) VALUES"
	    " (?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->cases->drop_ignored =
	    db_prepare(v->db, "DELETE FROM ignored WHERE item = ?");
	v->cases->put_item = db_prepare(v->db,
	    "INSERT OR REPLACE INTO item_now (item, state, holder, pending,"
	    " sender, replier, since_ms, is_extended, rating, opinion,"
	    " outcome, merged_into, crossed) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?)");
	v->cases->drop_clocks =
	    db_prepare(v->db, "DELETE FROM clock WHERE item = ?");
	v->cases->put_clock = db_prepare(v->db,
	    "INSERT INTO clock (item, name, round, start_move, start_ms,"
	    " due_ms, met_ms, stopped_ms, started_recorded_ms,"
	    " met_recorded_ms, extra_days, holder, rules, calendar, article,"
	    " unit, amount, is_provisional) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

/* -- reading an item's events -- */

/* Columns 0..5 of both queries. */
static void
read_place(struct stmt *s, struct life_event *out)
{
	db_column_copy(s, 0, out->office, sizeof(out->office));
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
	struct stmt *s = v->cases->arrivals;

	db_bind_text(s, item);
	if (!db_next(s))
		return false;
	out->events[0] = (struct life_event){ .move = MOVE_REGISTER };
	read_place(s, &out->events[0]);
	db_column_copy(s, 6, out->channel, sizeof(out->channel));
	db_column_copy(s, 7, out->purpose, sizeof(out->purpose));
	db_column_copy(s, 8, out->legal_class, sizeof(out->legal_class));
	db_column_copy(s, 9, out->procedure, sizeof(out->procedure));
	out->events_count = 1;
	db_reset(s);
	return true;
}

static void
read_event(struct stmt *s, struct life_event *e)
{
	const char *rating = db_column_text(s, 12);

	*e = (struct life_event){ .move =
				      life_move_of_code(db_column_text(s, 6)) };
	read_place(s, e);
	db_column_copy(s, 7, e->to, sizeof(e->to));
	e->due_ms = db_column_i64(s, 8);
	e->days = (unsigned)db_column_u64(s, 9);
	db_column_copy(s, 10, e->opinion, sizeof(e->opinion));
	db_column_copy(s, 11, e->outcome, sizeof(e->outcome));
	if (rating[0] >= '0' && rating[0] <= '0' + LIFE_RATING_MAX)
		e->rating = rating[0] - '0';
	db_column_copy(s, 13, e->other, sizeof(e->other));
}

/*
 * Whose word about one item counts.  The same office often says several things
 * in a row.
 */
struct speaker {
	struct views *v;
	struct involved involved;
	char last[OFFICE_CODE_MAX + 1];
	bool counts;
};

static bool
word_counts(struct speaker *speaker, const char *office)
{
	if (strcmp(speaker->last, office) != 0) {
		CHECK(text_copy(speaker->last, sizeof(speaker->last), office) ==
		      RC_OK);
		speaker->counts = involved_counts(&speaker->involved,
		    views_tree(speaker->v), speaker->last);
	}
	return speaker->counts;
}

static void
read_moves(struct views *v, const char *item, struct views_case *out)
{
	struct speaker speaker = { .v = v };
	struct stmt *s = v->cases->moves;

	if (!views_has_moves(v, item))
		return;
	views_involved(v, item, &speaker.involved);
	db_bind_text(s, item);
	while (db_next(s)) {
		struct life_event *e = &out->events[out->events_count];

		if (!word_counts(&speaker, db_column_text(s, 0)))
			continue;
		read_event(s, e);
		/* A move of a later version: kept, shown, not folded. */
		if (e->move < MOVE_COUNT)
			out->events_count++;
		if (out->events_count == LIFE_EVENTS_MAX)
			break;
	}
	db_reset(s);
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
	struct clocks_law law;

	views_flush(v);
	if (!read_arrival(v, item, out))
		return false;
	read_moves(v, item, out);
	life_fold_in(&out->life, out->events, out->events_count, views_tree(v));
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
	struct stmt *s = v->cases->put_item;

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
	struct stmt *s = v->cases->put_clock;

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
put_ignored(struct views *v, const char *item, const char *origin,
    uint32_t incarnation, uint64_t sequence)
{
	struct stmt *s = v->cases->put_ignored;

	db_bind_text(s, item);
	db_bind_text(s, origin);
	db_bind_u64(s, incarnation);
	db_bind_u64(s, sequence);
	CHECK(db_run(s) == RC_OK);
}

static void
note_ignored(struct views *v, const char *item, const struct views_case *c)
{
	struct speaker speaker = { .v = v };
	struct stmt *s = v->cases->moves;

	db_bind_text(v->cases->drop_ignored, item);
	CHECK(db_run(v->cases->drop_ignored) == RC_OK);
	for (size_t i = 0; i < c->events_count; i++) {
		const struct life_event *e = &c->events[i];

		if (e->is_refused) {
			put_ignored(v, item, e->office, e->incarnation,
			    e->sequence);
		}
	}
	views_involved(v, item, &speaker.involved);
	db_bind_text(s, item);
	while (db_next(s)) {
		bool is_same = strcmp(speaker.last, db_column_text(s, 0)) == 0;

		if (!word_counts(&speaker, db_column_text(s, 0)) && !is_same)
			put_ignored(v, item, speaker.last, 0, 0);
	}
}

static void
fold_case(struct views *v, const char *item)
{
	struct views_case *c = v->cases->scratch;

	views_unmark_stale(v, item);
	db_bind_text(v->cases->drop_clocks, item);
	CHECK(db_run(v->cases->drop_clocks) == RC_OK);
	if (!views_read_case(v, item, c))
		return; /* a move that came before its item */
	put_item(v, item, &c->life);
	if (views_has_moves(v, item))
		note_ignored(v, item, c);
	for (size_t i = 0; i < c->clocks_count; i++)
		put_clock(v, item, &c->clocks[i]);
}

bool
views_follow(struct views *v, int64_t until_steady_ms)
{
	char item[ITEM_NUMBER_MAX + 1];
	uint64_t before = views_followed(v);
	bool is_left = true;

	views_flush(v);
	do {
		for (int i = 0; i < FOLLOW_ROWS && is_left; i++) {
			is_left = views_next_stale(v, item);
			if (is_left)
				fold_case(v, item);
		}
	} while (is_left && clock_steady_ms() < until_steady_ms);
	if (views_followed(v) != before)
		views_keep_followed(v);
	return is_left;
}

static void
forget_cases(struct views *v)
{
	db_do(v->db, "DELETE FROM item_now");
	db_do(v->db, "DELETE FROM clock");
	db_do(v->db, "DELETE FROM ignored");
}

const struct family cases_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS item_now; "
		"DROP TABLE IF EXISTS clock; "
		"DROP TABLE IF EXISTS ignored;",
	.prepare = prepare_cases,
	.again = forget_cases,
};
