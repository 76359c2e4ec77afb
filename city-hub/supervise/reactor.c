/*
 * The wiring of supervision: which record makes what happen.
 *
 *	an arrival, anybody's	  group it; if it is ours: an escalation?
 *	a move			  hand it to whom it concerns; merged items are
 *				  one matter; does it restate an escalation?
 *	a link or a split	  hand it down; escalations of what was joined
 *	a receipt, or what it	  did the office know before its matter went up?
 *	is for, if that is late
 *	what came back to us	  the words in it that we lost, said again
 *				  (recovery.h)
 *	an office		  what was sent to it before we knew the way
 *	an escalation		  the arrival goes to the office it concerns;
 *				  one from above goes on down; one of ours that
 *				  comes back to a new disk is judged again
 */
#include "supervise/reactor.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/views.h"
#include "relay/journal.h"
#include "supervise/escalation.h"
#include "supervise/grouping.h"
#include "supervise/handing.h"
#include "supervise/recovery.h"

static const char cursor_name[] = "reactor.supervision";

enum {
	COMPANY_MAX = 16,  /* others of one item that are looked back at */
	LINKED_MAX = 1000, /* own arrivals of one matter that are looked at */
};

/* A row that concerns us. */
struct event {
	uint64_t position;
	uint32_t kind;
};

struct reactor {
	struct office *office;
	const struct roster *roster;
	struct grouping *grouping;
	struct recovery *recovery;
	uint64_t done; /* last position reacted to */
	struct stmt *arrival, *move, *link, *escalation, *joined, *spoken_of;
	struct stmt *members;
	struct event events[REACTOR_ROWS_MAX];
};

struct reactor *
reactor_open(struct office *o, const struct roster *roster,
    struct grouping *grouping)
{
	struct reactor *r = memory_new(1, sizeof(*r));
	struct db *db = views_db(o->views);

	r->office = o;
	r->roster = roster;
	r->grouping = grouping;
	r->recovery = recovery_open(o, roster);
	r->done = journal_get_u64(o->journal, cursor_name, 0);
	r->arrival = db_prepare(db,
	    "SELECT item, office FROM petition WHERE position = ?");
	r->move = db_prepare(db,
	    "SELECT item, move, other FROM move WHERE position = ?");
	r->link = db_prepare(db,
	    "SELECT item, matter, verdict FROM matter_link WHERE position = ?");
	r->escalation = db_prepare(db,
	    "SELECT item, office, origin, recorded_ms = received_ms"
	    " FROM escalation_said WHERE position = ?");
	r->joined = db_prepare(db,
	    "SELECT p.item FROM petition p WHERE p.office = ?2 AND p.item IN"
	    " (SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1)"
	    " AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.item = p.item)"
	    " LIMIT ?3");
	r->members = db_prepare(db,
	    "SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1"
	    " LIMIT ?2");
	r->spoken_of = db_prepare(db,
	    "SELECT 1 FROM move WHERE item = ?1"
	    " UNION ALL SELECT 1 FROM matter_link WHERE item = ?1"
	    " UNION ALL SELECT 1 FROM matter_link WHERE matter = ?1"
	    " UNION ALL SELECT 1 FROM escalation WHERE item = ?1 LIMIT 1");
	return r;
}

void
reactor_close(struct reactor *r)
{
	if (r == NULL)
		return;
	recovery_close(r->recovery);
	db_finish(r->arrival);
	db_finish(r->move);
	db_finish(r->link);
	db_finish(r->escalation);
	db_finish(r->joined);
	db_finish(r->spoken_of);
	db_finish(r->members);
	free(r);
}

/* -- one event each -- */

static void
copy(char *to, size_t size, struct stmt *s, int column)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

/* Did something that was said about the item come before it? */
static bool
is_spoken_of(struct reactor *r, const char *item)
{
	bool found;

	db_bind_text(r->spoken_of, item);
	found = db_next(r->spoken_of);
	if (found)
		db_reset(r->spoken_of);
	return found;
}

/* Arrivals of ours that no escalation told of, until now. */
static void
escalate_joined(struct reactor *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(LINKED_MAX, sizeof(*items));
	size_t count = 0;

	views_matter_of(r->office->views, item, matter);
	db_bind_text(r->joined, matter);
	db_bind_text(r->joined, r->office->settings.office);
	db_bind_u64(r->joined, LINKED_MAX);
	while (db_next(r->joined))
		copy(items[count++], sizeof(*items), r->joined, 0);
	for (size_t i = 0; i < count; i++)
		escalation_of_item(r->office, r->roster, items[i]);
	free(items);
}

static void
on_arrival(struct reactor *r, uint64_t position)
{
	char item[ITEM_NUMBER_MAX + 1], office[OFFICE_CODE_MAX + 1];

	db_bind_u64(r->arrival, position);
	if (!db_next(r->arrival))
		return;
	copy(item, sizeof(item), r->arrival, 0);
	copy(office, sizeof(office), r->arrival, 1);
	db_reset(r->arrival);
	if (is_spoken_of(r, item)) {
		handing_item(r->office, r->roster, item);
		escalate_joined(r, item);
		escalation_again(r->office, r->roster, item);
	}
	grouping_arrival(r->grouping, position);
	if (strcmp(office, r->office->settings.office) == 0)
		escalation_of_item(r->office, r->roster, item);
}

/* Anybody can send a move about any item: does this one stand? */
static bool
is_merged(struct reactor *r, const char *item, const char *other)
{
	struct views_case *c = memory_new(1, sizeof(*c));
	bool is = views_read_case(r->office->views, item, c) &&
		  strcmp(c->life.merged_into, other) == 0;

	free(c);
	return is;
}

static void
on_move(struct reactor *r, uint64_t position)
{
	char item[ITEM_NUMBER_MAX + 1], other[ITEM_NUMBER_MAX + 1];
	bool is_merge;

	db_bind_u64(r->move, position);
	if (!db_next(r->move))
		return;
	copy(item, sizeof(item), r->move, 0);
	is_merge = strcmp(db_column_text(r->move, 1), "MRG") == 0;
	copy(other, sizeof(other), r->move, 2);
	db_reset(r->move);
	if (is_merge && is_merged(r, item, other))
		grouping_merged(r->grouping, item, other);
	handing_item(r->office, r->roster, item);
	escalation_again(r->office, r->roster, item);
}

/*
 * A split may take the item out of the company that kept it from somebody
 * (handing_is_barred), or the others out of its own.
 */
static void
hand_matter(struct reactor *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(LINKED_MAX, sizeof(*items));
	size_t count = 0;

	views_matter_of(r->office->views, item, matter);
	db_bind_text(r->members, matter);
	db_bind_u64(r->members, LINKED_MAX);
	while (db_next(r->members))
		copy(items[count++], sizeof(*items), r->members, 0);
	for (size_t i = 0; i < count; i++) {
		handing_item(r->office, r->roster, items[i]);
		escalation_of_item(r->office, r->roster, items[i]);
	}
	escalation_again(r->office, r->roster, item);
	free(items);
}

/* The matters that an item has to do with, each once. */
struct company {
	char matters[COMPANY_MAX + 1][ITEM_NUMBER_MAX + 1];
	size_t count;
};

static void
add_company(struct reactor *r, struct company *c, const char *item)
{
	char *matter;

	if (c->count == COMPANY_MAX + 1)
		return;
	matter = c->matters[c->count];
	views_matter_of(r->office->views, item, matter);
	for (size_t i = 0; i < c->count; i++) {
		if (strcmp(c->matters[i], matter) == 0)
			return;
	}
	c->count++;
}

/* Its own, and of whoever it was ever linked with; how many words. */
static uint64_t
find_company(struct reactor *r, const char *item, struct company *out)
{
	struct stmt *s = db_prepare(views_db(r->office->views),
	    "SELECT matter, count(*) FROM matter_link WHERE item = ?"
	    " AND verdict IN ('LINK', 'SPLIT') GROUP BY matter"
	    " ORDER BY max(position) DESC LIMIT ?");
	uint64_t words = 0;

	out->count = 0;
	add_company(r, out, item);
	db_bind_text(s, item);
	db_bind_u64(s, COMPANY_MAX);
	while (db_next(s)) {
		add_company(r, out, db_column_text(s, 0));
		words += db_column_u64(s, 1);
	}
	db_finish(s);
	return words;
}

/* A split, or a second link, takes the item out of a matter. */
static void
hand_company(struct reactor *r, const char *item)
{
	struct company company;

	if (find_company(r, item, &company) == 1) {
		handing_item(r->office, r->roster, item);
		return;
	}
	for (size_t i = 0; i < company.count; i++)
		hand_matter(r, company.matters[i]);
}

static void
on_link(struct reactor *r, uint64_t position)
{
	char item[ITEM_NUMBER_MAX + 1], matter[ITEM_NUMBER_MAX + 1];
	bool is_decision;

	db_bind_u64(r->link, position);
	if (!db_next(r->link))
		return;
	copy(item, sizeof(item), r->link, 0);
	copy(matter, sizeof(matter), r->link, 1);
	is_decision = strcmp(db_column_text(r->link, 2), "LINK") == 0 ||
		      strcmp(db_column_text(r->link, 2), "SPLIT") == 0;
	db_reset(r->link);
	if (!is_decision)
		return;
	hand_company(r, item);
	escalate_joined(r, item);
	escalation_again(r->office, r->roster, item);
	escalation_again(r->office, r->roster, matter);
}

static void
on_escalation(struct reactor *r, uint64_t position)
{
	char item[ITEM_NUMBER_MAX + 1], office[OFFICE_CODE_MAX + 1];
	const char *own = r->office->settings.office;
	bool is_ours, is_fresh;

	db_bind_u64(r->escalation, position);
	if (!db_next(r->escalation))
		return;
	copy(item, sizeof(item), r->escalation, 0);
	copy(office, sizeof(office), r->escalation, 1);
	is_ours = strcmp(db_column_text(r->escalation, 2), own) == 0;
	is_fresh = is_ours && db_column_i64(r->escalation, 3) != 0;
	db_reset(r->escalation);
	if (!is_ours && strcmp(office, own) != 0 &&
	    !handing_is_barred(r->office, r->roster, item, office))
		handing_notice(r->office, r->roster, office, position);
	handing_item(r->office, r->roster, item);
	if (!is_fresh)
		escalation_again(r->office, r->roster, item);
}

/* Items that a query names (`?1` is the position), behind `?3` in order. */
#define ITEMS_OF(sql)                                                          \
	"SELECT DISTINCT item FROM (" sql ") WHERE item > ?3 AND item <> ''"   \
	" ORDER BY item LIMIT ?2"

static size_t
find_items(struct reactor *r, const char *sql, uint64_t position,
    char (*items)[ITEM_NUMBER_MAX + 1], const char *behind)
{
	struct stmt *s = db_prepare(views_db(r->office->views), sql);
	size_t count = 0;

	db_bind_u64(s, position);
	db_bind_u64(s, LINKED_MAX);
	db_bind_text(s, behind);
	while (db_next(s))
		copy(items[count++], sizeof(*items), s, 0);
	db_finish(s);
	return count;
}

/* Run one of the doings for every item that the query names. */
static void
for_items(struct reactor *r, const char *sql, uint64_t position,
    void (*doing)(struct reactor *r, const char *item))
{
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(LINKED_MAX, sizeof(*items));
	char last[ITEM_NUMBER_MAX + 1] = "";
	size_t count;

	do {
		count = find_items(r, sql, position, items, last);
		for (size_t i = 0; i < count; i++)
			doing(r, items[i]);
		if (count > 0)
			memcpy(last, items[count - 1], sizeof(last));
	} while (count == LINKED_MAX);
	free(items);
}

static void
judge_again(struct reactor *r, const char *item)
{
	escalation_again(r->office, r->roster, item);
}

static void
look_again(struct reactor *r, const char *item)
{
	handing_item(r->office, r->roster, item);
	escalate_joined(r, item);
	judge_again(r, item);
}

/* Asked before the tables are walked through. */
static bool
is_enrolment(struct reactor *r, uint64_t position)
{
	struct stmt *s = db_prepare(views_db(r->office->views),
	    "SELECT 1 FROM office_event WHERE position = ?");
	bool is;

	db_bind_u64(s, position);
	is = db_has_row(s);
	db_finish(s);
	return is;
}

/*
 * An office that we had heard of before there was a way to it, and those
 * below it: what was sent to them, what others said about their items, what
 * tells of them, and whose matters went up.
 */
static void
on_enrolled(struct reactor *r, uint64_t position)
{
	if (!is_enrolment(r, position))
		return;
	for_items(r,
	    "WITH RECURSIVE s (code) AS (SELECT office FROM office_event"
	    "  WHERE position = ?1 UNION SELECT o.code FROM s JOIN office o"
	    "  ON o.parent = s.code) " ITEMS_OF(
		"SELECT item FROM move WHERE to_office IN s"
		"  OR substr(item, 1, instr(item, '-') - 1) IN s"
		" UNION ALL SELECT item FROM petition WHERE responsible IN s"
		" UNION ALL SELECT item FROM petition WHERE office IN s"
		"  AND item IN (SELECT item FROM item_matter)"
		" UNION ALL SELECT item FROM escalation_said"
		"  WHERE office IN s"),
	    position, look_again);
}

/* Something reached an office: it had heard of the matter by then. */
static void
on_delivered(struct reactor *r, uint64_t position)
{
	for_items(r,
	    "WITH t (id) AS (SELECT id FROM directive_step"
	    "  WHERE position = ?1 AND status = 'DLV') " ITEMS_OF(
		"SELECT item FROM t JOIN escalation_said USING (id)"
		" UNION ALL SELECT item FROM t JOIN directive_issue USING (id)"
		" UNION ALL SELECT matter FROM t JOIN directive_issue"
		"  USING (id)"),
	    position, judge_again);
}

/* A directive whose receipt was here before it. */
static void
on_issued(struct reactor *r, uint64_t position)
{
	for_items(r,
	    "WITH d AS (SELECT item, matter FROM directive_issue i"
	    "  WHERE position = ?1 AND EXISTS (SELECT 1 FROM directive_step t"
	    "   WHERE t.id = i.id AND t.status = 'DLV')) " ITEMS_OF(
		"SELECT item FROM d UNION ALL SELECT matter FROM d"),
	    position, judge_again);
}

static void
react(struct reactor *r, const struct event *e)
{
	switch (e->kind) {
	case RECORD_PETITION_REGISTERED:
		on_arrival(r, e->position);
		break;
	case RECORD_PETITION_MOVED:
		on_move(r, e->position);
		break;
	case RECORD_MATTER_LINKED:
		on_link(r, e->position);
		break;
	case RECORD_ESCALATED:
		on_escalation(r, e->position);
		break;
	case RECORD_DIRECTIVE_STEP:
		on_delivered(r, e->position);
		break;
	case RECORD_DIRECTIVE_ISSUED:
		on_issued(r, e->position);
		break;
	case RECORD_CHILD_ENROLLED:
		on_enrolled(r, e->position);
		break;
	default:
		/* Wrapped: whatever came out of it stands at its place. */
		on_arrival(r, e->position);
		on_move(r, e->position);
		on_link(r, e->position);
		on_escalation(r, e->position);
		on_delivered(r, e->position);
		on_issued(r, e->position);
		on_enrolled(r, e->position);
		break;
	}
}

/* -- the cursor -- */

static bool
concerns_us(uint32_t kind)
{
	return kind == RECORD_PETITION_REGISTERED ||
	       kind == RECORD_PETITION_MOVED || kind == RECORD_MATTER_LINKED ||
	       kind == RECORD_ESCALATED || kind == RECORD_HANDED ||
	       kind == RECORD_CHILD_ENROLLED || kind == RECORD_DIRECTIVE_STEP ||
	       kind == RECORD_DIRECTIVE_ISSUED || kind == RECORD_CARRIED;
}

/*
 * Look ahead; the walk must be over before anything is recorded.  Returns how
 * many events there are; `*last` is the last position that was looked at.
 */
static size_t
look(struct reactor *r, uint64_t *last)
{
	struct journal *j = r->office->journal;
	struct store_row row;
	size_t count = 0;

	*last = r->done;
	journal_walk(j, r->done + 1);
	for (int i = 0; i < REACTOR_ROWS_MAX && journal_next(j, &row); i++) {
		*last = row.position;
		if (!concerns_us(row.kind))
			continue;
		recovery_note(r->recovery, &row);
		r->events[count++] = (struct event){ .position = row.position,
			.kind = row.kind };
	}
	journal_stop(j);
	return count;
}

bool
reactor_run(struct reactor *r, int64_t until_ms)
{
	uint64_t before = r->done, last = r->done;
	bool is_over = grouping_catch_up(r->grouping, r->done, until_ms);
	bool is_more;

	while (!is_over && r->done < journal_end(r->office->journal)) {
		size_t count = look(r, &last);

		/* Petitions of this turn may wait to be written together. */
		(void)views_db(r->office->views);
		for (size_t i = 0; i < count && !is_over; i++) {
			react(r, &r->events[i]);
			r->done = r->events[i].position;
			is_over = clock_steady_ms() >= until_ms;
			if (mutant_is(MUTANT_CURSOR_AHEAD))
				break;
		}
		if (!is_over)
			r->done = last;
	}
	if (r->done != before)
		journal_put_u64(r->office->journal, cursor_name, r->done);
	is_more = !is_over && recovery_run(r->recovery, until_ms);
	return is_more || r->done < journal_end(r->office->journal);
}
