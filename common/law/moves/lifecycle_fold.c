/*
 * Applying an item's events one by one.
 *
 * Offices send what they like: an event that the table, the side or the
 * moment does not allow is marked and changes nothing.  Of what a move needs
 * only that is asked for here without which it would lead nowhere (an
 * addressee, days, a rating, the other item); the rest is for the desk.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "law/moves/lifecycle.h"
#include "law/offices/tree.h"
#include "mech/states.h"

/* What has to be remembered from one event to the next. */
struct fold {
	struct life *life;
	/* Where the sender had it, and from whom: agree goes back there. */
	enum life_state home;
	char home_sender[OFFICE_CODE_MAX + 1];
	enum life_state objected_to; /* FWD or ASG: insist goes back there */
};

/* -- one order for all offices -- */

static int
compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/*
 * Streams for one child and for everybody count on their own, so two events
 * of an office may bear the same number: then what they say decides.
 */
static int
compare_contents(const struct life_event *a, const struct life_event *b)
{
	int order = compare_numbers(a->move, b->move);

	if (order == 0)
		order = compare_numbers(a->claimed_ms, b->claimed_ms);
	if (order == 0)
		order = strcmp(a->to, b->to);
	if (order == 0)
		order = compare_numbers(a->due_ms, b->due_ms);
	if (order == 0)
		order = compare_numbers(a->days, b->days);
	if (order == 0)
		order = compare_numbers(a->rating, b->rating);
	if (order == 0)
		order = strcmp(a->opinion, b->opinion);
	if (order == 0)
		order = strcmp(a->outcome, b->outcome);
	return order != 0 ? order : strcmp(a->other, b->other);
}

static int
compare_events(const void *left, const void *right)
{
	const struct life_event *a = left;
	const struct life_event *b = right;
	int order =
	    compare_numbers(a->move != MOVE_REGISTER, b->move != MOVE_REGISTER);

	if (order == 0 && mutant_is(MUTANT_ORDER_OF_ARRIVAL))
		order = compare_numbers(a->received_ms, b->received_ms);
	if (order == 0)
		order = compare_numbers(a->recorded_ms, b->recorded_ms);
	if (order == 0)
		order = strcmp(a->office, b->office);
	if (order == 0)
		order = compare_numbers(a->incarnation, b->incarnation);
	if (order == 0 && a->sequence != b->sequence)
		order = a->sequence < b->sequence ? -1 : 1;
	return order != 0 ? order : compare_contents(a, b);
}

/* -- may it be applied -- */

static bool
has_what_it_needs(const struct life_event *e, unsigned needs)
{
	if ((needs & LIFE_NEEDS_TO) != 0 &&
	    (e->to[0] == '\0' || strcmp(e->to, e->office) == 0))
		return false;
	if ((needs & LIFE_NEEDS_DAYS) != 0 &&
	    (e->days == 0 ||
		e->days > (e->move == MOVE_EXTEND ? LIFE_EXTEND_DAYS_MAX
						  : LIFE_HEARING_DAYS_MAX)))
		return false;
	if ((needs & LIFE_NEEDS_RATING) != 0 &&
	    (e->rating < 0 || e->rating > LIFE_RATING_MAX))
		return false;
	return e->move != MOVE_MERGE || e->other[0] != '\0';
}

static bool
is_above(const struct life *life, const struct life_event *e,
    const struct tree *tree)
{
	const char *below =
	    life->replier[0] != '\0' ? life->replier : life->holder;

	return tree == NULL || life_rule_of(e->move)->side != LIFE_BY_ABOVE ||
	       tree_stands_above(tree, e->office, below);
}

static bool
is_applicable(const struct life *life, const struct life_event *e,
    const struct tree *tree)
{
	return !e->is_refused &&
	       life_allows(life, e->move, e->office, is_above(life, e, tree)) &&
	       has_what_it_needs(e, life_rule_of(e->move)->needs);
}

/* -- what it changes -- */

static void
copy_office(char to[static OFFICE_CODE_MAX + 1], const char *from)
{
	memcpy(to, from, strlen(from) + 1);
}

static bool
is_sent(enum life_state state)
{
	return state == LIFE_FWD || state == LIFE_ASG;
}

/* The addressee takes the item over, as if it were registered there. */
static void
take_over(struct life *life, const struct life_event *e)
{
	if (!is_sent(life->state) || strcmp(e->office, life->pending) != 0)
		return;
	copy_office(life->holder, e->office);
	life->pending[0] = '\0';
	life->state = LIFE_REG;
}

static void
send_on(struct fold *f, const struct life_event *e)
{
	struct life *life = f->life;

	take_over(life, e);
	if (!is_sent(life->state)) {
		f->home = life->state;
		copy_office(f->home_sender, life->sender);
	}
	copy_office(life->sender, e->office);
	copy_office(life->pending, e->to);
}

/* Where LIFE_BACK leads. */
static enum life_state
go_back(struct fold *f, enum life_move move)
{
	struct life *life = f->life;

	if (move == MOVE_INSIST)
		return f->objected_to;
	if (move == MOVE_UNMERGE) {
		life->merged_into[0] = '\0';
		return life->paused;
	}
	life->pending[0] = '\0';
	copy_office(life->sender, f->home_sender);
	return f->home;
}

/* Whose item it is afterwards; the state that it comes to. */
static enum life_state
move_on(struct fold *f, const struct life_event *e, int to)
{
	struct life *life = f->life;

	if (to == LIFE_BACK)
		return go_back(f, e->move);
	if (e->move == MOVE_FORWARD || e->move == MOVE_ASSIGN) {
		send_on(f, e);
	} else if (e->move == MOVE_OBJECT) {
		f->objected_to = life->state;
	} else if (e->move != MOVE_MERGE) {
		/* Taken over, or handled by the sender after all. */
		take_over(life, e);
		life->pending[0] = '\0';
	}
	return (enum life_state)to;
}

static void
note_results(struct life *life, const struct life_event *e)
{
	unsigned needs = life_rule_of(e->move)->needs;

	if ((needs & LIFE_NEEDS_OPINION) != 0)
		memcpy(life->opinion, e->opinion, sizeof(life->opinion));
	if ((needs & LIFE_NEEDS_OUTCOME) != 0)
		memcpy(life->outcome, e->outcome, sizeof(life->outcome));
	if ((needs & LIFE_NEEDS_RATING) != 0)
		life->rating = e->rating;
	if (e->move == MOVE_MERGE)
		memcpy(life->merged_into, e->other, sizeof(life->merged_into));
	if (e->move == MOVE_REPLY)
		copy_office(life->replier, e->office);
	if (e->move == MOVE_EXTEND)
		life->is_extended = true;
	if (e->move == MOVE_REOPEN)
		life->outcome[0] = '\0';
}

/* What the state was before it paused or ended; see struct life. */
static enum life_state
before_pause(const struct fold *f, enum life_state before,
    enum life_state after)
{
	if (after == LIFE_OBJ)
		return f->objected_to;
	if (after == LIFE_MRG || after == LIFE_CLS || after == LIFE_WDR)
		return before;
	return after;
}

static void
apply(struct fold *f, const struct life_event *e)
{
	struct life *life = f->life;
	enum life_state before = life->state;
	int to = life_rule_of(e->move)->to;

	note_results(life, e);
	if (to == LIFE_STAYS)
		return;
	life->state = move_on(f, e, to);
	life->paused = before_pause(f, before, life->state);
	life->since_ms = e->claimed_ms;
}

static void
begin(struct life *life, struct life_event *first)
{
	*life = (struct life){
		.state = LIFE_REG,
		.paused = LIFE_REG,
		.since_ms = first->claimed_ms,
		.rating = -1,
	};
	copy_office(life->holder, first->office);
	first->is_applied = true;
	first->before = LIFE_REG;
	first->after = LIFE_REG;
	copy_office(first->holder, life->holder);
}

void
life_fold(struct life *out, struct life_event *events, size_t count)
{
	life_fold_in(out, events, count, NULL);
}

void
life_fold_in(struct life *out, struct life_event *events, size_t count,
    const struct tree *tree)
{
	struct fold f = { .life = out };

	CHECK(count > 0);
	CHECK(count <= LIFE_EVENTS_MAX);
	qsort(events, count, sizeof(events[0]), compare_events);
	CHECK(events[0].move == MOVE_REGISTER);
	begin(out, &events[0]);
	for (size_t i = 1; i < count; i++) {
		struct life_event *e = &events[i];

		e->before = out->state;
		e->is_applied = is_applicable(out, e, tree);
		if (e->is_applied) {
			apply(&f, e);
		} else {
			out->crossed++;
		}
		e->after = out->state;
		copy_office(e->holder, out->holder);
	}
}
