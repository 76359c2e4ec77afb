/*
 * supervise - the limits that have reached a rung of the ladder.
 *
 * The table `clock` has the limits, the lawbook says which rules they go by,
 * law/moves/ladder.h judges.  A page starts behind the last limit that was
 * looked at, in an order that an index keeps; what changes meanwhile is seen
 * at the next reading.
 */
#include "register/ask/supervise.h"

#include <string.h>

#include "law/offices/tree.h"
#include "mech/db.h"
#include "register/lawbook.h"
#include "register/views.h"

#define DAY_MS INT64_C(86400000)

/* -- whom it concerns -- */

/* Our child on the way to the holder.  False: not below us. */
static bool
find_way(struct views *v, const char *own, struct supervise_row *row)
{
	struct tree_way way;

	tree_way_to(views_tree(v), row->holder, own, &way);
	if (!way.is_whole || way.count == 0)
		return false;
	for (size_t i = 0; i < way.count; i++)
		row->is_barred |=
		    views_is_accused(v, row->item, way.offices[i]);
	memcpy(row->to, way.offices[way.count - 1], sizeof(row->to));
	return true;
}

/* -- what was done about it -- */

static bool
is_covered(struct views *v, const struct supervise_row *row, int64_t start_ms)
{
	/* A draft stands in the stream that the issuer keeps for itself. */
	struct stmt *s = db_prepare(views_db(v),
	    "SELECT kind, clock, recorded_ms, audience = origin"
	    " FROM directive_issue WHERE item = ?");
	bool found = false;

	db_bind_text(s, row->item);
	while (!found && db_next(s)) {
		found =
		    ladder_covers(&(struct ladder_issued){ .kind =
							       db_column_text(s,
								   0),
				      .item = row->item,
				      .matter = "",
				      .clock = db_column_text(s, 1),
				      .recorded_ms = db_column_i64(s, 2),
				      .is_draft = db_column_i64(s, 3) != 0 },
			row->rung, row->clock, start_ms, row->due_ms);
	}
	db_finish(s);
	return found;
}

/* -- one limit -- */

static bool
judge_limit(struct views *v, const char *own, int64_t now_ms, enum rung most,
    int64_t start_ms, struct supervise_row *row)
{
	struct lawbook *book = views_lawbook(v);
	struct clock_row clock = { .due_ms = row->due_ms };
	const struct rules *rules;

	if (!find_way(v, own, row))
		return false;
	memcpy(clock.holder, row->holder, sizeof(clock.holder));
	rules = lawbook_rules(book, row->holder, start_ms);
	row->rung = ladder_rung(rules,
	    lawbook_calendar(book, row->holder, start_ms), &clock, now_ms);
	if (row->rung == RUNG_NONE)
		return false;
	if (row->rung > most)
		row->rung = most;
	row->days_over =
	    -clock_days_left(&clock, now_ms, rules_offset_min(rules));
	row->is_covered = is_covered(v, row, start_ms);
	return true;
}

static void
move_cursor(struct supervise_cursor *c, const struct supervise_row *row)
{
	c->due_ms = row->due_ms;
	memcpy(c->item, row->item, sizeof(c->item));
	memcpy(c->clock, row->clock, sizeof(c->clock));
	c->round = row->round;
	c->is_begun = true;
}

static struct stmt *
select_open(struct views *v, int64_t now_ms, const struct supervise_cursor *c)
{
	struct stmt *s = db_prepare(views_db(v),
	    "SELECT item, name, round, holder, due_ms, start_ms FROM clock"
	    " WHERE met_ms = 0 AND stopped_ms = 0 AND holder <> ''"
	    " AND due_ms <= ?1 AND due_ms >= ?2 AND (?6 = 0 OR"
	    " (due_ms, item, name, round) > (?2, ?3, ?4, ?5))"
	    " ORDER BY due_ms, item, name, round LIMIT ?7");

	db_bind_i64(s, now_ms + SUPERVISE_AHEAD_DAYS * DAY_MS);
	db_bind_i64(s, c->is_begun ? c->due_ms : INT64_MIN);
	db_bind_text(s, c->item);
	db_bind_text(s, c->clock);
	db_bind_u64(s, c->round);
	db_bind_i64(s, c->is_begun);
	db_bind_u64(s, SUPERVISE_PAGE);
	return s;
}

size_t
supervise_page(struct views *v, const char *own, int64_t now_ms, enum rung most,
    struct supervise_cursor *cursor,
    struct supervise_row out[static SUPERVISE_PAGE])
{
	struct stmt *s = select_open(v, now_ms, cursor);
	size_t seen = 0, count = 0;

	while (db_next(s)) {
		struct supervise_row *row = &out[count];

		*row =
		    (struct supervise_row){ .round =
						(unsigned)db_column_u64(s, 2),
			    .due_ms = db_column_i64(s, 4) };
		db_column_copy(s, 0, row->item, sizeof(row->item));
		db_column_copy(s, 1, row->clock, sizeof(row->clock));
		db_column_copy(s, 3, row->holder, sizeof(row->holder));
		move_cursor(cursor, row);
		seen++;
		if (judge_limit(v, own, now_ms, most, db_column_i64(s, 5), row))
			count++;
	}
	db_finish(s);
	cursor->is_end = seen < SUPERVISE_PAGE;
	return count;
}
