/* naive - the statutory limits, worked out once more and simply. */
#include "naive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "law/limits/calendar.h"
#include "mech/db.h"
#include "register/views.h"

#include "supervise.h"

enum {
	ZONE_MS = 8 * 3600 * 1000,
	DAY_MS = 24 * 3600 * 1000,
	EXTENSION = 30,
	ROWS_MAX = 40, /* an item with more is not looked at */
	LINE_MAX = 200,
};

enum unit { DAYS, WORKING, HOUR, SET };
enum whose { RECORDER, TAKER, ABOVE, NOBODYS };

/* Codes of moves, a blank behind each. */
static const struct limit {
	const char *name, *start, *stop, *ends;
	unsigned amount;
	enum unit unit;
	enum whose whose;
	const char *procedures; /* that have it: '-' is the usual one */
} limits[] = {
#define DEALT "FWD ASG ACC WRK RPL DEC NAA CLS "
#define TOLD  "ACC DEC NAA RPL INT CLS "
	{ "ask_final", "RVD ", "CHK ", "REO ", 30, DAYS, NOBODYS, "-SU" },
	{ "ask_review", "RPL ", "RVW ", "REO ", 30, DAYS, NOBODYS, "-SU" },
	{ "feedback", "ASG OBR ", "RPL DEC CLS ", "FWD ASG OBJ ", 0, SET, TAKER,
	    "-SU" },
	{ "final", "CHK ", "FIN ", "", 30, DAYS, ABOVE, "-SU" },
	{ "handle", "ACC REO ", "RPL CLS DEC ", "TAKEN ", 60, DAYS, TAKER,
	    "-U" },
	{ "notice", "FWD ASG OBR ", TOLD, "FWD ASG OBJ ", 15, DAYS, TAKER,
	    "-U" },
	{ "notice_direct", "REG ", TOLD, "FWD ASG ", 15, DAYS, RECORDER, "-U" },
	{ "objection", "FWD ASG ", "OBJ ",
	    "FWD ASG TAK ACC WRK RPL DEC NAA CLS ", 5, WORKING, NOBODYS,
	    "-SU" },
	{ "register", "REG ", DEALT, "", 15, DAYS, RECORDER, "-U" },
	{ "resend", "OBA ", DEALT, "", 15, DAYS, RECORDER, "-U" },
	{ "review", "RVW ", "RVD ", "", 30, DAYS, ABOVE, "-SU" },
	{ "simple_handle", "ACC REO ", "RPL CLS DEC ", "TAKEN ", 10, WORKING,
	    TAKER, "S" },
	{ "simple_notice", "FWD ASG OBR ", TOLD, "FWD ASG OBJ ", 3, WORKING,
	    TAKER, "S" },
	{ "simple_notice_direct", "REG ", TOLD, "FWD ASG ", 3, WORKING,
	    RECORDER, "S" },
	{ "simple_register", "REG ", DEALT, "", 1, WORKING, RECORDER, "S" },
	{ "urgent", "REG ", DEALT, "", 1, HOUR, RECORDER, "U" },
};

enum { LIMITS = sizeof(limits) / sizeof(limits[0]) };

struct row {
	size_t start;
	int64_t due_ms, met_ms, stopped_ms;
	unsigned extra;
	const char *holder;
};

static bool
names(const char *codes, enum life_move move)
{
	return strstr(codes, life_move_code(move)) != NULL;
}

/* -- when it ends -- */

static int64_t
due_of(const struct limit *l, int64_t start_ms, unsigned extra)
{
	const struct calendar *c = calendar_default();
	int64_t day = (start_ms + ZONE_MS) / DAY_MS;
	unsigned left = l->amount;

	if (l->unit == HOUR)
		return start_ms + (int64_t)l->amount * 3600 * 1000;
	if (l->unit == DAYS)
		day += l->amount + extra;
	while (l->unit == WORKING && left > 0)
		left -= calendar_is_working(c, ++day) ? 1 : 0;
	while (!calendar_is_working(c, day))
		day++;
	return (day + 1) * DAY_MS - ZONE_MS - 1;
}

/* The date of an assignment; an objection that was refused moves it. */
static int64_t
date_set(const struct life_event *e, size_t at)
{
	int64_t date_ms = 0, objected_ms = 0;

	if (e[at].move == MOVE_ASSIGN || e[at].due_ms > 0)
		return e[at].due_ms;
	for (size_t i = 0; i < at; i++) {
		if (!e[i].is_applied)
			continue;
		if (e[i].move == MOVE_FORWARD)
			date_ms = 0;
		if (e[i].move == MOVE_ASSIGN)
			date_ms = e[i].due_ms;
		if (e[i].move == MOVE_OBJECT)
			objected_ms = e[i].claimed_ms;
	}
	if (date_ms > 0 && e[at].claimed_ms > objected_ms)
		date_ms += e[at].claimed_ms - objected_ms;
	return date_ms;
}

static const char *
holder_of(const struct limit *l, const struct life_event *e, size_t at)
{
	if (l->whose == NOBODYS)
		return "";
	if (l->whose == RECORDER)
		return e[at].office;
	if (l->whose == ABOVE)
		return e[at].to[0] != '\0' ? e[at].to : e[at].office;
	if (e[at].move == MOVE_FORWARD || e[at].move == MOVE_ASSIGN)
		return e[at].to;
	for (size_t i = at; e[at].move == MOVE_INSIST && i-- > 0;) {
		if (e[i].is_applied &&
		    (e[i].move == MOVE_FORWARD || e[i].move == MOVE_ASSIGN))
			return e[i].to;
	}
	return e[at].holder;
}

/* -- one clock, from its start up to the event `last` -- */

static void
lengthen(const struct limit *l, struct row *r, const struct life_event *e,
    const struct life_event *start)
{
	bool is_handle = strcmp(l->name, "handle") == 0;
	bool is_final = strcmp(l->name, "final") == 0;

	if (e->claimed_ms > r->due_ms)
		return;
	if (e->move == MOVE_EXTEND && is_handle && r->extra == 0) {
		r->extra = e->days < EXTENSION ? e->days : EXTENSION;
	} else if (e->move == MOVE_HEARING && is_final) {
		r->extra += e->days;
	} else {
		return;
	}
	r->due_ms = due_of(l, start->claimed_ms, r->extra);
}

static bool
is_over(const struct limit *l, const struct row *r, const struct life_event *e)
{
	if (e->move == MOVE_WITHDRAW || e->move == MOVE_MERGE)
		return true;
	if (names(l->ends, MOVE_FORWARD) && l->unit == SET &&
	    (e->move == MOVE_FORWARD || e->move == MOVE_ASSIGN) &&
	    strcmp(e->office, r->holder) == 0)
		return false;
	if (strcmp(l->ends, "TAKEN ") == 0)
		return strcmp(e->holder, r->holder) != 0;
	return names(l->ends, e->move);
}

static struct row
run(const struct limit *l, const struct life_event *e, size_t start,
    size_t last)
{
	struct row r = { .start = start, .holder = holder_of(l, e, start) };
	bool is_merged = false;

	r.due_ms = l->unit == SET ? date_set(e, start)
				  : due_of(l, e[start].claimed_ms, 0);
	for (size_t i = start + 1; i <= last && r.met_ms == 0; i++) {
		if (!e[i].is_applied)
			continue;
		if (is_merged && e[i].move == MOVE_UNMERGE) {
			is_merged = false;
			r.stopped_ms = 0;
		}
		if (r.stopped_ms != 0)
			continue;
		lengthen(l, &r, &e[i], &e[start]);
		if (names(l->stop, e[i].move)) {
			r.met_ms = e[i].claimed_ms;
		} else if (is_over(l, &r, &e[i])) {
			r.stopped_ms = e[i].claimed_ms;
			is_merged = e[i].move == MOVE_MERGE;
		}
	}
	return r;
}

/* -- all clocks of an item -- */

static bool
applies(const struct limit *l, const struct views_case *c)
{
	bool is_other_way =
	    c->legal_class[0] != '\0' && strcmp(c->legal_class, "C6") != 0;

	if (strcmp(l->name, "handle") == 0 && is_other_way)
		return false;
	return strchr(l->procedures,
		   c->procedure[0] != '\0' ? c->procedure[0] : '-') != NULL;
}

static void
write_rows(const struct limit *l, const struct views_case *c,
    struct buffer *out)
{
	const struct life_event *e = c->events;
	size_t starts[CLOCKS_ROUND_MAX], rounds = 0;
	char line[LINE_MAX];

	for (size_t i = 0; i < c->events_count; i++) {
		bool has_open = false;

		if (!e[i].is_applied || !names(l->start, e[i].move) ||
		    (l->unit == SET && date_set(e, i) == 0))
			continue;
		for (size_t k = 0; k < rounds; k++) {
			struct row r = run(l, e, starts[k], i);

			has_open |= r.met_ms == 0 && r.stopped_ms == 0 &&
				    strcmp(r.holder, holder_of(l, e, i)) == 0;
		}
		if (!has_open && rounds < CLOCKS_ROUND_MAX)
			starts[rounds++] = i;
	}
	for (size_t k = 0; k < rounds; k++) {
		struct row r = run(l, e, starts[k], c->events_count - 1);

		CHECK(text_format(line, sizeof(line),
			  "%s%zu %s due %lld met %lld stopped %lld +%u %s\n",
			  l->name, k + 1, life_move_code(e[r.start].move),
			  (long long)r.due_ms, (long long)r.met_ms,
			  (long long)r.stopped_ms, r.extra, r.holder) == RC_OK);
		CHECK(buffer_append(out, span_of_text(line)) == RC_OK);
	}
}

static void
read_rows(struct views *v, const char *item, struct buffer *out)
{
	struct stmt *s = db_prepare(views_db(v),
	    "SELECT name || round || ' ' || start_move || ' due ' || due_ms ||"
	    " ' met ' || met_ms || ' stopped ' || stopped_ms || ' +' ||"
	    " extra_days || ' ' || holder || char(10) FROM clock"
	    " WHERE item = ? ORDER BY name, round");

	db_bind_text(s, item);
	while (db_next(s))
		CHECK(buffer_append(out, db_column_span(s, 0)) == RC_OK);
	db_finish(s);
}

static void
check_item(const struct node *top, struct world *w, const char *item,
    struct views_case *c)
{
	struct views *v = top->bureau->office.views;
	struct buffer there = { 0 }, wanted = { 0 };

	if (!views_read_case(v, item, c) || c->clocks_count > ROWS_MAX)
		return;
	for (size_t i = 0; i < LIMITS; i++) {
		if (applies(&limits[i], c))
			write_rows(&limits[i], c, &wanted);
	}
	read_rows(v, item, &there);
	if (!span_equal(buffer_span(&there), buffer_span(&wanted))) {
		world_broken(w, "%s: a clock of %s is wrong", top->office,
		    item);
		if (w->is_verbose) {
			(void)printf("there\n%.*swanted\n%.*s", (int)there.size,
			    (const char *)there.at, (int)wanted.size,
			    (const char *)wanted.at);
		}
	}
	buffer_clear(&there);
	buffer_clear(&wanted);
}

void
check_clocks(const struct node *top, struct world *w)
{
	struct views_case *c;
	struct stmt *s;

	if (w->has_published)
		return;
	c = memory_new(1, sizeof(*c));
	s = db_prepare(views_db(top->bureau->office.views),
	    "SELECT DISTINCT item FROM petition ORDER BY 1");
	while (db_next(s))
		check_item(top, w, db_column_text(s, 0), c);
	db_finish(s);
	free(c);
}
