/*
 * Every limit of one item, event by event.
 *
 * Each applied event first goes to the clocks that run (more time, met,
 * stopped, runs on), then begins those that start with it, and is remembered
 * for what comes later (whom it was sent to, which date was set, when it was
 * objected).  In this order: a move that ends one round of a limit and starts
 * the next must not meet the one that it starts.
 *
 * The rules are those in force when the clock began, and stay so: a rule file
 * that takes effect later does not move a limit that runs.
 */
#include "law/limits/clocks.h"

#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "base/text.h"

/* What a row was begun with, as long as it is computed. */
struct origin {
	const struct rules *rules;
	const struct rules_limit *limit;
	const struct calendar *calendar;
	enum life_move stopper; /* the move that stopped it */
	bool is_extended;
};

struct sheet {
	struct clock_row *rows;
	struct origin origins[CLOCKS_MAX];
	size_t count;
	const struct rules_subject *subject;
	const struct clocks_law *law;
	char addressee[OFFICE_CODE_MAX + 1]; /* of the last forward, assign */
	int64_t assigned_ms;                 /* the date it set; 0: none */
	int64_t objected_ms;                 /* the last objection */
};

static bool
is_open(const struct clock_row *row)
{
	return row->met_ms == 0 && row->stopped_ms == 0;
}

static bool
is_sending(enum life_move move)
{
	return move == MOVE_FORWARD || move == MOVE_ASSIGN;
}

/* As claimed; never 0, which stands for "not yet". */
static int64_t
moment_of(const struct life_event *e)
{
	int64_t at_ms = calendar_clamp(e->claimed_ms);

	return at_ms != 0 ? at_ms : 1;
}

/* -- a clock goes on, or is over -- */

static void
reckon(struct sheet *s, size_t index)
{
	struct clock_row *row = &s->rows[index];
	const struct origin *o = &s->origins[index];

	row->is_provisional = false;
	row->due_ms = rules_due(o->rules, o->limit, o->calendar, row->start_ms,
	    row->extra_days, &row->is_provisional);
}

static void
lengthen(struct sheet *s, size_t index, unsigned days)
{
	struct clock_row *row = &s->rows[index];

	row->extra_days += days < RULES_EXTRA_MAX - row->extra_days
			       ? days
			       : RULES_EXTRA_MAX - row->extra_days;
	reckon(s, index);
}

/* Extensions and hearings, as long as the clock has not run out. */
static void
give_time(struct sheet *s, size_t index, const struct life_event *e)
{
	struct origin *o = &s->origins[index];

	if (o->limit->is_set || moment_of(e) > s->rows[index].due_ms)
		return;
	if (e->move == MOVE_EXTEND && o->limit->is_extendable &&
	    !o->is_extended) {
		o->is_extended = true;
		lengthen(s, index,
		    e->days < o->limit->extension ? e->days
						  : o->limit->extension);
	}
	if (e->move == MOVE_HEARING && o->limit->skips_hearings)
		lengthen(s, index, e->days);
}

/* Is the clock over, without having been met? */
static bool
is_ended(const struct rules_limit *limit, const struct clock_row *row,
    const struct life_event *e)
{
	bool is_holders = strcmp(e->office, row->holder) == 0;

	if (e->move == MOVE_WITHDRAW || e->move == MOVE_MERGE)
		return true;
	if (limit->ends_taken_over && row->holder[0] != '\0' &&
	    e->holder[0] != '\0' && strcmp(e->holder, row->holder) != 0)
		return true;
	/* A date that somebody else set is not shed by passing the item on. */
	if (limit->is_set && is_holders && is_sending(e->move))
		return false;
	return rules_has_move(limit->ends, e->move);
}

static void
meet_or_stop(struct sheet *s, size_t index, const struct life_event *e)
{
	struct clock_row *row = &s->rows[index];
	struct origin *o = &s->origins[index];

	if (rules_has_move(o->limit->stop, e->move)) {
		row->met_ms = moment_of(e);
		row->met_recorded_ms = e->recorded_ms;
	} else if (is_ended(o->limit, row, e)) {
		row->stopped_ms = moment_of(e);
		o->stopper = e->move;
	}
}

static void
move_on(struct sheet *s, const struct life_event *e)
{
	for (size_t i = 0; i < s->count; i++) {
		struct clock_row *row = &s->rows[i];

		if (e->move == MOVE_UNMERGE && row->stopped_ms != 0 &&
		    s->origins[i].stopper == MOVE_MERGE)
			row->stopped_ms = 0;
		if (!is_open(row) &&
		    !(row->met_ms != 0 && mutant_is(MUTANT_MET_AGAIN)))
			continue;
		give_time(s, i, e);
		meet_or_stop(s, i, e);
	}
}

/* -- a clock begins -- */

/* The office whose rules hold, and who answers unless it is a right. */
static const char *
office_of(const struct sheet *s, const struct life_event *e,
    enum rules_holder holder)
{
	switch (holder) {
	case RULES_HELD_BY_ABOVE:
		return e->to[0] != '\0' ? e->to : e->office;
	case RULES_HELD_BY_TAKER:
	case RULES_HELD_BY_NOBODY:
		if (is_sending(e->move))
			return e->to;
		if (e->move == MOVE_INSIST && s->addressee[0] != '\0')
			return s->addressee;
		return e->holder[0] != '\0' ? e->holder : e->office;
	case RULES_HELD_BY_RECORDER:
	case RULES_HELD_BY_PETITIONER:
	case RULES_HOLDERS:
		break;
	}
	return e->office;
}

/* How many clocks of the limit there were; `has_open`: one of them still
 * runs for the same holder. */
static unsigned
count_rounds(const struct sheet *s, const struct clock_row *row, bool *has_open)
{
	unsigned rounds = 0;

	*has_open = false;
	for (size_t i = 0; i < s->count; i++) {
		const struct clock_row *other = &s->rows[i];

		if (strcmp(other->name, row->name) != 0)
			continue;
		rounds++;
		if (is_open(other) && strcmp(other->holder, row->holder) == 0)
			*has_open = true;
	}
	return rounds;
}

/* The end of a date set by the move itself; 0: no date, hence no clock. */
static int64_t
set_end(const struct sheet *s, const struct life_event *e)
{
	if (e->due_ms > 0)
		return calendar_clamp(e->due_ms);
	if (e->move != MOVE_INSIST || s->assigned_ms == 0)
		return 0;
	if (moment_of(e) <= s->objected_ms)
		return s->assigned_ms;
	return calendar_clamp(s->assigned_ms + (moment_of(e) - s->objected_ms));
}

static void
fill(struct clock_row *row, const struct origin *o, const struct life_event *e,
    const char *office)
{
	const struct rules_limit *limit = o->limit;
	bool is_right = limit->holder == RULES_HELD_BY_PETITIONER ||
			limit->holder == RULES_HELD_BY_NOBODY;

	*row = (struct clock_row){ .start = e->move,
		.start_ms = moment_of(e),
		.started_recorded_ms = e->recorded_ms,
		.unit = limit->unit,
		.amount = limit->amount,
		.held_by = limit->holder };
	CHECK(text_copy(row->name, sizeof(row->name), limit->name) == RC_OK);
	CHECK(text_copy(row->holder, sizeof(row->holder),
		  is_right ? "" : office) == RC_OK);
	CHECK(text_copy(row->rules, sizeof(row->rules),
		  rules_version(o->rules)) == RC_OK);
	CHECK(text_copy(row->calendar, sizeof(row->calendar),
		  calendar_version(o->calendar)) == RC_OK);
	CHECK(text_copy(row->article, sizeof(row->article), limit->article) ==
	      RC_OK);
}

static void
begin(struct sheet *s, const struct origin *o, const struct life_event *e,
    const char *office)
{
	int64_t set_ms = o->limit->is_set ? set_end(s, e) : 0;
	struct clock_row *row;
	bool has_open;

	if (s->count == CLOCKS_MAX ||
	    (o->limit->is_set && set_ms == 0 && o->limit->amount == 0))
		return;
	row = &s->rows[s->count];
	fill(row, o, e, office);
	row->round = count_rounds(s, row, &has_open) + 1;
	if (has_open || row->round > CLOCKS_ROUND_MAX)
		return;
	s->origins[s->count] = *o;
	reckon(s, s->count++);
	if (set_ms != 0) {
		row->due_ms = set_ms;
		row->is_provisional = false;
	}
}

/* All limits of one kind of holder: each office has its own rules. */
static void
begin_held(struct sheet *s, const struct life_event *e,
    enum rules_holder holder)
{
	const struct clocks_law *law = s->law;
	const char *office = office_of(s, e, holder);
	int64_t at_ms = moment_of(e);
	struct origin o = { .rules = law->rules(law->context, office, at_ms),
		.calendar = law->calendar(law->context, office, at_ms) };

	for (size_t i = 0; i < rules_count(o.rules); i++) {
		o.limit = rules_at(o.rules, i);
		if (o.limit->holder == holder &&
		    rules_has_move(o.limit->start, e->move) &&
		    rules_apply(o.rules, o.limit, s->subject))
			begin(s, &o, e, office);
	}
}

/* What later events need to know of this one. */
static void
remember(struct sheet *s, const struct life_event *e)
{
	if (is_sending(e->move)) {
		CHECK(text_copy(s->addressee, sizeof(s->addressee), e->to) ==
		      RC_OK);
		s->assigned_ms = e->move == MOVE_ASSIGN && e->due_ms > 0
				     ? calendar_clamp(e->due_ms)
				     : 0;
	}
	if (e->move == MOVE_OBJECT)
		s->objected_ms = moment_of(e);
}

size_t
clocks_compute(const struct life_event *events, size_t count,
    const struct rules_subject *subject, const struct clocks_law *law,
    struct clock_row out[static CLOCKS_MAX])
{
	struct sheet s = { .rows = out, .subject = subject, .law = law };

	CHECK(count <= LIFE_EVENTS_MAX);
	for (size_t i = 0; i < count; i++) {
		const struct life_event *e = &events[i];

		if (!e->is_applied)
			continue;
		move_on(&s, e);
		for (int held = 0; held < RULES_HOLDERS; held++)
			begin_held(&s, e, (enum rules_holder)held);
		remember(&s, e);
	}
	return s.count;
}

/* -- reading a row -- */

enum clock_state
clock_state_at(const struct clock_row *c, int64_t now_ms)
{
	if (c->met_ms != 0 && c->met_ms <= now_ms)
		return c->met_ms <= c->due_ms ? CLOCK_MET : CLOCK_MISSED;
	if (c->stopped_ms != 0 && c->stopped_ms <= now_ms) {
		return c->stopped_ms <= c->due_ms ? CLOCK_STOPPED
						  : CLOCK_MISSED;
	}
	return now_ms <= c->due_ms ? CLOCK_RUNNING : CLOCK_MISSED;
}

int64_t
clock_days_left(const struct clock_row *c, int64_t now_ms, int offset_min)
{
	int64_t days = calendar_day_of(c->due_ms, offset_min) -
		       calendar_day_of(now_ms, offset_min);

	return days == 0 && now_ms > c->due_ms ? -1 : days;
}

const char *
clock_state_word(enum clock_state s)
{
	static const char *const words[] = {
		[CLOCK_RUNNING] = "running",
		[CLOCK_MET] = "met",
		[CLOCK_MISSED] = "missed",
		[CLOCK_STOPPED] = "stopped",
	};

	return words[s];
}
