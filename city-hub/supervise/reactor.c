/*
 * The wiring of supervision: what an event leads to (register/events.h).
 *
 *	arrival		all that was said about it before; grouped; if it is
 *			ours: an escalation?
 *	move		forwarded to whom it concerns; merged items are one
 *			matter; escalations of it judged again
 *	link or split	its records, and those of all matters it was ever in,
 *			forwarded; escalations of what was joined
 *	escalation	one from above: its notice goes on down; the arrival
 *			goes to the office it concerns; judged again, unless
 *			we made it just now: so one of ours that comes back to
 *			a new disk is
 *	step		of a delivery: did the office know before its matter
 *			went up?  Judged again
 *	directive	the same, when its delivery was here before it
 *	office		all that was its own before we knew the way to it,
 *			and of those below it
 *
 * Whatever a row tells of, the register is asked first what it took in there:
 * a row that was set apart, that we had before, or that is not for us leads to
 * nothing.  Words of ours that came back to us are noted as they are passed
 * (recovery.h).
 */
#include "supervise/reactor.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "law/moves/directive_core.h"
#include "law/moves/lifecycle.h"
#include "law/moves/verdict.h"
#include "office/office.h"
#include "register/ask/reactor.h"
#include "register/views.h"
#include "relay/journal.h"
#include "supervise/escalation.h"
#include "supervise/grouping.h"
#include "supervise/handing.h"
#include "supervise/recovery.h"

static const char cursor_name[] = "reactor.supervision";

enum {
	INVOLVED_MAX = 16, /* others of one item that are looked back at */
	ITEMS_MAX = 1000,  /* of one matter that are looked at; of one page */
};

/* A row that tells of something; what, is asked when its turn comes. */
struct event_row {
	uint64_t position;
	enum event_kind kind;
};

struct reactor {
	struct office *office;
	const struct roster *roster;
	struct grouping *grouping;
	struct recovery *recovery;
	uint64_t done; /* last position reacted to */
	struct event_row rows[REACTOR_ROWS_MAX];
};

struct reactor *
reactor_open(struct office *o, const struct roster *roster,
    struct grouping *grouping)
{
	struct reactor *r = memory_new(1, sizeof(*r));

	r->office = o;
	r->roster = roster;
	r->grouping = grouping;
	r->recovery = recovery_open(o, roster);
	r->done = journal_get_u64(o->journal, cursor_name, 0);
	return r;
}

void
reactor_close(struct reactor *r)
{
	if (r == NULL)
		return;
	recovery_close(r->recovery);
	free(r);
}

/* -- what an item may need -- */

static void
forward_item(struct reactor *r, const char *item)
{
	handing_item(r->office, r->roster, item);
}

static void
judge_again(struct reactor *r, const char *item)
{
	escalation_again(r->office, r->roster, item);
}

/* Arrivals of ours that no escalation tells of, until now. */
static void
escalate_joined(struct reactor *r, const char *item)
{
	const char *own = r->office->settings.office;
	char matter[ITEM_NUMBER_MAX + 1];
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(ITEMS_MAX, sizeof(*items));
	size_t count;

	views_matter_of(r->office->views, item, matter);
	count =
	    ask_unescalated(r->office->views, matter, own, items, ITEMS_MAX);
	for (size_t i = 0; i < count; i++)
		escalation_of_item(r->office, r->roster, items[i]);
	free(items);
}

static void
look_at_item(struct reactor *r, const char *item)
{
	forward_item(r, item);
	escalate_joined(r, item);
	judge_again(r, item);
}

/* -- arrivals and moves -- */

static void
on_arrival(struct reactor *r, const struct event *e)
{
	if (ask_is_mentioned(r->office->views, e->item))
		look_at_item(r, e->item);
	grouping_arrival(r->grouping, e->position);
	if (strcmp(e->origin, r->office->settings.office) == 0)
		escalation_of_item(r->office, r->roster, e->item);
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
on_move(struct reactor *r, const struct event *e)
{
	if (life_move_of_code(e->code) == MOVE_MERGE &&
	    is_merged(r, e->item, e->other))
		grouping_merged(r->grouping, e->item, e->other);
	forward_item(r, e->item);
	judge_again(r, e->item);
}

/* -- links and splits -- */

/*
 * A split may take the item away from others that kept it from somebody
 * (handing_is_barred), or the others away from it.
 */
static void
forward_matter(struct reactor *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(ITEMS_MAX, sizeof(*items));
	size_t count;

	views_matter_of(r->office->views, item, matter);
	count = ask_matter_items(r->office->views, matter, items, ITEMS_MAX);
	for (size_t i = 0; i < count; i++) {
		forward_item(r, items[i]);
		escalation_of_item(r->office, r->roster, items[i]);
	}
	judge_again(r, item);
	free(items);
}

/* The matters that an item has to do with, each once. */
struct involved {
	char matters[INVOLVED_MAX + 1][ITEM_NUMBER_MAX + 1];
	size_t count;
};

static void
add_matter_of(struct reactor *r, struct involved *in, const char *item)
{
	char *matter = in->matters[in->count];

	views_matter_of(r->office->views, item, matter);
	for (size_t i = 0; i < in->count; i++) {
		if (strcmp(in->matters[i], matter) == 0)
			return;
	}
	in->count++;
}

/* Its own, and of whatever it was ever linked with; how many words. */
static uint64_t
find_involved(struct reactor *r, const char *item, struct involved *out)
{
	char others[INVOLVED_MAX][ITEM_NUMBER_MAX + 1];
	uint64_t words;
	size_t count = ask_linked_items(r->office->views, item, others,
	    INVOLVED_MAX, &words);

	out->count = 0;
	add_matter_of(r, out, item);
	for (size_t i = 0; i < count; i++)
		add_matter_of(r, out, others[i]);
	return words;
}

/* A split, or a second link, takes the item out of a matter. */
static void
forward_involved(struct reactor *r, const char *item)
{
	struct involved involved;

	if (find_involved(r, item, &involved) == 1) {
		forward_item(r, item);
		return;
	}
	for (size_t i = 0; i < involved.count; i++)
		forward_matter(r, involved.matters[i]);
}

static void
on_link(struct reactor *r, const struct event *e)
{
	if (!verdict_regroups(verdict_of_code(e->code)))
		return;
	forward_involved(r, e->item);
	escalate_joined(r, e->item);
	judge_again(r, e->item);
	judge_again(r, e->other);
}

/* -- escalations, and who was notified when -- */

static void
on_escalation(struct reactor *r, const struct event *e)
{
	const char *own = r->office->settings.office;
	bool is_ours = strcmp(e->origin, own) == 0;

	if (!is_ours && strcmp(e->office, own) != 0 &&
	    !handing_is_barred(r->office, r->roster, e->item, e->office))
		handing_notice(r->office, r->roster, e->office, e->position);
	forward_item(r, e->item);
	if (!is_ours || e->is_received)
		judge_again(r, e->item);
}

/* A page of items that `of` has to do with; see ask/reactor.h. */
typedef size_t page_question(struct views *v, const char *of,
    const char *behind, char (*items)[ITEM_NUMBER_MAX + 1], size_t max);

/* Do something for every item of all pages. */
static void
for_pages(struct reactor *r, page_question *question, const char *of,
    void (*act)(struct reactor *r, const char *item))
{
	char last[ITEM_NUMBER_MAX + 1] = "";
	char(*items)[ITEM_NUMBER_MAX + 1] =
	    memory_new(ITEMS_MAX, sizeof(*items));
	size_t count;

	do {
		count = question(r->office->views, of, last, items, ITEMS_MAX);
		for (size_t i = 0; i < count; i++)
			act(r, items[i]);
		if (count > 0)
			memcpy(last, items[count - 1], sizeof(last));
	} while (count == ITEMS_MAX);
	free(items);
}

/* Something reached an office: it had heard of the matter by then. */
static void
on_step(struct reactor *r, const struct event *e)
{
	if (directive_code_of(e->code) == DIRECTIVE_DLV)
		for_pages(r, ask_items_of_notice, e->id, judge_again);
}

/* Its receipt may have been here before it. */
static void
on_directive(struct reactor *r, const struct event *e)
{
	if (!ask_is_delivered(r->office->views, e->id))
		return;
	if (e->item[0] != '\0')
		judge_again(r, e->item);
	if (e->other[0] != '\0' && strcmp(e->other, e->item) != 0)
		judge_again(r, e->other);
}

/*
 * We may have heard of it before there was a way to it: what was sent to it,
 * what others said about its items, what tells of them, and whose matters went
 * up.
 */
static void
on_office(struct reactor *r, const struct event *e)
{
	for_pages(r, ask_items_of_office, e->office, look_at_item);
}

static void
react(struct reactor *r, const struct event_row *row)
{
	static void (*const reactions[EVENT_KINDS])(struct reactor * r,
	    const struct event *e) = {
		[EVENT_ARRIVAL] = on_arrival,
		[EVENT_MOVE] = on_move,
		[EVENT_LINK] = on_link,
		[EVENT_ESCALATION] = on_escalation,
		[EVENT_DIRECTIVE] = on_directive,
		[EVENT_STEP] = on_step,
		[EVENT_OFFICE] = on_office,
	};
	struct event event;

	if (ask_event(r->office->views, row->position, row->kind, &event))
		reactions[event.kind](r, &event);
}

/* -- the cursor -- */

/*
 * Look ahead; the walk must be over before anything is recorded.  Returns how
 * many rows tell of something; `*last` is the last position looked at.
 */
static size_t
look_ahead(struct reactor *r, uint64_t *last)
{
	struct journal *j = r->office->journal;
	struct store_row row;
	size_t count = 0;

	*last = r->done;
	journal_walk(j, r->done + 1);
	for (int i = 0; i < REACTOR_ROWS_MAX && journal_next(j, &row); i++) {
		enum event_kind kind = event_kind_of(row.kind, row.bytes);

		*last = row.position;
		recovery_note(r->recovery, &row);
		if (kind != EVENT_NONE)
			r->rows[count++] =
			    (struct event_row){ row.position, kind };
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
		size_t count = look_ahead(r, &last);

		/* Petitions of this turn may wait to be written together. */
		(void)views_db(r->office->views);
		for (size_t i = 0; i < count && !is_over; i++) {
			react(r, &r->rows[i]);
			r->done = r->rows[i].position;
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
