/*
 * One item after the other is put back to where it stood at the moment of
 * the arrival above; the item that had come furthest decides:
 *
 *	NOP < UNR < TRM < OVD < DEC < RPD < RVD < FIN
 *
 * "Back" goes by the recording office's own clock.  Whatever was recorded
 * later is left out, except for two things that only a later record can
 * tell: that an item had been received before (UNR), and when a limit that
 * ran at that moment ended.
 *
 * What stands above the office below is not its doing: an item that lies
 * with a higher office and the limits of a higher office do not count.
 */
#include "law/moves/escalation_core.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "law/offices/tree.h"
#include "petition/codes.h"

/* The further, the higher. */
static const unsigned char progress[LOWER_STATES] = {
	[LOWER_NOP] = 0,
	[LOWER_UNR] = 1,
	[LOWER_TRM] = 2,
	[LOWER_OVD] = 3,
	[LOWER_DEC] = 4,
	[LOWER_RPD] = 5,
	[LOWER_RVD] = 6,
	[LOWER_FIN] = 7,
};

static const char *const lower_codes[LOWER_STATES] = {
	[LOWER_NOP] = "NOP",
	[LOWER_UNR] = "UNR",
	[LOWER_TRM] = "TRM",
	[LOWER_OVD] = "OVD",
	[LOWER_RPD] = "RPD",
	[LOWER_RVD] = "RVD",
	[LOWER_FIN] = "FIN",
	[LOWER_DEC] = "DEC",
};

static const char *const lawfulness_codes[LAWFULS] = {
	[LAWFUL_OWN] = "OWN",
	[LAWFUL_UP1] = "UP1",
	[LAWFUL_SKP] = "SKP",
	[LAWFUL_NA] = "NA",
};

/* What one item says. */
struct finding {
	enum lower_state lower;
	bool knew;        /* the office itself had registered or taken it */
	int64_t begun_ms; /* registered; of two alike the older decides */
};

/* -- who is meant by "below" -- */

/* The office itself, or one known to stand no higher. */
static bool
is_below(const struct escalation_facts *facts, const char *office)
{
	return strcmp(office, facts->office) == 0 ||
	       !tree_may_be_higher(office, facts->office);
}

/* -- the item as it was -- */

/*
 * Was it known by then?  A registration counts even if its recorder's clock
 * ran ahead, once somebody below had worked with the item.
 */
static bool
was_known(const struct escalation_facts *facts, const struct lower_item *item)
{
	for (size_t i = 0; i < item->events_count; i++) {
		const struct life_event *e = &item->events[i];

		if (e->recorded_ms > facts->at_ms)
			continue;
		if (e->move == MOVE_REGISTER || is_below(facts, e->office))
			return true;
	}
	return false;
}

static bool
has_registration(const struct lower_item *item)
{
	for (size_t i = 0; i < item->events_count; i++) {
		if (item->events[i].move == MOVE_REGISTER)
			return true;
	}
	return false;
}

/* Registrations with a clock ahead: only if there is no other. */
static size_t
copy_until(const struct lower_item *item, int64_t at_ms, struct life_event *out)
{
	bool is_registered = false;
	size_t count = 0;

	for (size_t i = 0; i < item->events_count; i++) {
		const struct life_event *e = &item->events[i];

		if (e->recorded_ms > at_ms)
			continue;
		is_registered |= e->move == MOVE_REGISTER;
		out[count++] = *e;
	}
	for (size_t i = 0; !is_registered && i < item->events_count; i++) {
		if (item->events[i].move == MOVE_REGISTER)
			out[count++] = item->events[i];
	}
	return count;
}

/* -- limits -- */

/* Had it been missed by then?  A late step stays late. */
static bool
was_missed(const struct clock_row *c, int64_t at_ms)
{
	int64_t until_ms = at_ms;

	if (c->met_ms != 0 && c->met_recorded_ms <= at_ms)
		until_ms = c->met_ms;
	if (c->stopped_ms != 0 && c->stopped_ms < until_ms)
		until_ms = c->stopped_ms;
	return c->due_ms < until_ms;
}

static bool
was_overdue(const struct escalation_facts *facts, const struct lower_item *item)
{
	for (size_t i = 0; i < item->clocks_count; i++) {
		const struct clock_row *c = &item->clocks[i];

		if (c->holder[0] != '\0' && is_below(facts, c->holder) &&
		    c->started_recorded_ms <= facts->at_ms &&
		    was_missed(c, facts->at_ms))
			return true;
	}
	return false;
}

/* -- one item -- */

/* TRM for whatever asked nothing more of an office, or asks it still. */
static enum lower_state
lower_of_state(enum life_state state)
{
	switch (state) {
	case LIFE_FIN:
		return LOWER_FIN;
	case LIFE_RVD:
	case LIFE_CHK:
		return LOWER_RVD;
	case LIFE_RPL:
	case LIFE_RVW:
		return LOWER_RPD;
	case LIFE_DEC:
		return LOWER_DEC;
	case LIFE_REG:
	case LIFE_FWD:
	case LIFE_ASG:
	case LIFE_OBJ:
	case LIFE_ACC:
	case LIFE_WRK:
	case LIFE_EXT:
	case LIFE_WDR:
	case LIFE_MRG:
	case LIFE_CLS:
	case LIFE_STATES:
		break;
	}
	return LOWER_TRM;
}

static enum lower_state
lower_of_life(const struct escalation_facts *facts,
    const struct lower_item *item, const struct life *life)
{
	enum life_state state = life->state;
	enum lower_state lower;

	if (state == LIFE_MRG)
		return LOWER_TRM;
	/* Closing, or withdrawing a review, leaves the answer as it is. */
	if (state == LIFE_CLS || state == LIFE_WDR)
		state = life->paused;
	lower = lower_of_state(state);
	if (lower != LOWER_TRM || life->state == LIFE_WDR)
		return lower;
	if (life->state == LIFE_CLS && life->replier[0] != '\0')
		return LOWER_RPD;
	return was_overdue(facts, item) ? LOWER_OVD : LOWER_TRM;
}

/* An office comes to hold an item only by an event of its own. */
static bool
office_had_it(const struct life_event *events, size_t count, const char *office)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(events[i].office, office) == 0 &&
		    strcmp(events[i].holder, office) == 0)
			return true;
	}
	return false;
}

static void
find_known(const struct escalation_facts *facts, const struct lower_item *item,
    struct finding *out)
{
	struct life_event *events =
	    memory_new(item->events_count, sizeof(events[0]));
	size_t count = copy_until(item, facts->at_ms, events);
	struct life life;

	life_fold(&life, events, count);
	out->begun_ms = events[0].recorded_ms;
	out->knew = office_had_it(events, count, facts->office);
	if (is_below(facts, life.holder)) {
		out->lower = lower_of_life(facts, item, &life);
	} else if (life_is_open(life.state) && was_overdue(facts, item)) {
		/* Handed down, and left lying. */
		out->lower = LOWER_OVD;
	}
	free(events);
}

/* It says itself that it had received it. */
static void
find_unregistered(const struct escalation_facts *facts,
    const struct lower_item *item, struct finding *out)
{
	for (size_t i = 0; i < item->events_count; i++) {
		const struct life_event *e = &item->events[i];

		if (e->move != MOVE_REGISTER || !is_below(facts, e->office) ||
		    e->claimed_ms > facts->at_ms)
			continue;
		if (out->lower == LOWER_NOP || e->recorded_ms < out->begun_ms)
			out->begun_ms = e->recorded_ms;
		out->lower = LOWER_UNR;
	}
}

static struct finding
find(const struct escalation_facts *facts, const struct lower_item *item)
{
	struct finding found = { .lower = LOWER_NOP };

	CHECK(item->events_count <= LIFE_EVENTS_MAX);
	if (!has_registration(item))
		return found;
	if (was_known(facts, item)) {
		find_known(facts, item, &found);
	} else {
		find_unregistered(facts, item, &found);
	}
	return found;
}

/* -- the verdict -- */

static enum lawfulness
judge_levels(const struct escalation_facts *facts)
{
	int from = level_rank(facts->from_level);
	int to = level_rank(facts->to_level);

	if (strcmp(facts->channel, CHANNEL_VISIT) != 0 || from < 0 || to < 0)
		return LAWFUL_NA;
	if (to - from <= 0)
		return LAWFUL_OWN;
	return to - from == 1 ? LAWFUL_UP1 : LAWFUL_SKP;
}

static bool
is_further(const struct finding *a, const struct finding *b)
{
	if (progress[a->lower] != progress[b->lower])
		return progress[a->lower] > progress[b->lower];
	return a->lower != LOWER_NOP && a->begun_ms < b->begun_ms;
}

void
escalation_judge(const struct escalation_facts *facts,
    struct escalation_verdict *out)
{
	struct finding best = { .lower = LOWER_NOP };

	*out = (struct escalation_verdict){
		.lawfulness = judge_levels(facts),
		.decisive = facts->items_count,
	};
	for (size_t i = 0; i < facts->items_count; i++) {
		struct finding found = find(facts, &facts->items[i]);

		out->knew_before |= found.knew;
		if (is_further(&found, &best)) {
			best = found;
			out->decisive = i;
		}
	}
	if (best.lower == LOWER_NOP && facts->told_ms > 0 &&
	    facts->told_ms <= facts->at_ms)
		best.lower = LOWER_UNR;
	out->lower = best.lower;
}

bool
lower_is_failure(enum lower_state s)
{
	return strstr(LOWER_FAILURES, lower_code(s)) != NULL;
}

const char *
lower_code(enum lower_state s)
{
	CHECK((unsigned)s < LOWER_STATES);
	return lower_codes[s];
}

enum lower_state
lower_of_code(const char *code)
{
	enum lower_state s = LOWER_NOP;

	while (s < LOWER_STATES && strcmp(lower_codes[s], code) != 0)
		s++;
	return s;
}

const char *
lawfulness_code(enum lawfulness l)
{
	CHECK((unsigned)l < LAWFULS);
	return lawfulness_codes[l];
}

int
level_rank(char level)
{
	static const char levels[] = "VTDCPN";
	const char *at = level == '\0' ? NULL : strchr(levels, level);

	return at == NULL ? -1 : (int)(at - levels);
}
