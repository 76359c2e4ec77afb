/*
 * An escalation judged, recorded, and judged again.
 *
 * The facts are asked of the register as they were when the item was
 * recorded, so the same records give the same finding on whatever day it is
 * worked out; a finding that comes out as before records nothing.
 */
#include "supervise/escalation.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/numbers.h"
#include "law/moves/escalation_core.h"
#include "law/offices/tree.h"
#include "line/roster.h"
#include "office/office.h"
#include "petition/office_code.h"
#include "register/ask/escalations.h"
#include "register/views.h"
#include "supervise/handing.h"

/* -- which office below, and what it has -- */

/* The office that the responsible field names, else who has the matter. */
static bool
find_office(struct office *o, const struct roster *r,
    const struct ask_arrival *a, char office[static OFFICE_CODE_MAX + 1])
{
	const char *own = o->settings.office;

	if (strcmp(a->responsible, own) != 0 &&
	    roster_find(r, a->responsible)) {
		memcpy(office, a->responsible, OFFICE_CODE_MAX + 1);
		return true;
	}
	if (ask_matter_office(o->views, a->matter, own, office))
		return true;
	/* A matter of our own that went further up. */
	if (level_rank(a->level) <= level_rank(o->settings.level[0]))
		return false;
	memcpy(office, own, OFFICE_CODE_MAX + 1);
	return true;
}

/* -- judging -- */

struct lower {
	char items[ESCALATION_LOWER_MAX][ITEM_NUMBER_MAX + 1];
	struct lower_item facts[ESCALATION_LOWER_MAX];
	struct views_case *cases;
	size_t count;
};

static void
gather_lower(struct office *o, const struct ask_arrival *a, const char *office,
    struct lower *out)
{
	size_t found = ask_lower_items(o->views, a, office, out->items,
	    ESCALATION_LOWER_MAX);

	out->cases = memory_new(found + 1, sizeof(*out->cases));
	for (size_t i = 0; i < found; i++) {
		struct views_case *c = &out->cases[out->count];

		if (!views_read_case(o->views, out->items[i], c))
			continue;
		memmove(out->items[out->count], out->items[i],
		    sizeof(out->items[i]));
		out->facts[out->count++] = (struct lower_item){
			.events = c->events,
			.events_count = c->events_count,
			.clocks = c->clocks,
			.clocks_count = c->clocks_count,
		};
	}
}

static char
level_of(struct office *o, const char *office)
{
	return (char)office_code_level(office,
	    tree_parent_of(views_tree(o->views), office));
}

/* The level that is competent, which a visit may pass by one. */
static char
competent_level(struct office *o, const struct ask_arrival *a, char from)
{
	if (a->responsible[0] == '\0')
		return from;
	return level_of(o, a->responsible);
}

static void
copy_level(char to[static CODE_MAX + 1], char level)
{
	to[0] = level;
	to[1] = '\0';
}

static void
judge_finding(struct office *o, const struct ask_arrival *a, const char *office,
    struct escalated *out)
{
	struct lower *lower = memory_new(1, sizeof(*lower));
	char from = level_of(o, office);
	struct escalation_facts facts = { .at_ms = a->recorded_ms,
		.office = office,
		.from_level = competent_level(o, a, from),
		.to_level = a->level,
		.channel = a->channel,
		.told_ms = ask_notified_ms(o->views, a, office) };
	struct escalation_verdict verdict;

	gather_lower(o, a, office, lower);
	facts.items = lower->facts;
	facts.items_count = lower->count;
	escalation_judge(&facts, &verdict);
	copy_level(out->from_level, from);
	copy_level(out->to_level, facts.to_level);
	memcpy(out->office, office, sizeof(out->office));
	CHECK(text_copy(out->lower_state, sizeof(out->lower_state),
		  lower_code(verdict.lower)) == RC_OK);
	CHECK(text_copy(out->lawfulness, sizeof(out->lawfulness),
		  lawfulness_code(verdict.lawfulness)) == RC_OK);
	out->knew_before = verdict.knew_before;
	out->lower_item[0] = '\0';
	if (verdict.decisive < lower->count) {
		memcpy(out->lower_item, lower->items[verdict.decisive],
		    sizeof(out->lower_item));
	}
	free(lower->cases);
	free(lower);
}

/* -- recording -- */

static void
record_finding(struct office *o, const struct roster *r,
    const struct escalated *e)
{
	struct buffer payload = { 0 };
	char child[OFFICE_CODE_MAX + 1];

	wire_escalated_pack(&payload, e);
	CHECK(office_record(o, "", RECORD_ESCALATED, buffer_span(&payload),
		  "system", "") == RC_OK);
	if (handing_way(r, e->office, child)) {
		CHECK(office_record(o, child, RECORD_ESCALATED,
			  buffer_span(&payload), "system", "") == RC_OK);
	}
	buffer_clear(&payload);
	log_info("escalation=%s event=%s item=%s office=%s lower=%s", e->id,
	    e->revision == 1 ? "escalated" : "restated", e->item, e->office,
	    e->lower_state);
}

void
escalation_of_item(struct office *o, const struct roster *r, const char *item)
{
	struct escalated e = { .revision = 1 };
	char office[OFFICE_CODE_MAX + 1];
	struct desk_number number;
	struct ask_arrival a;

	if (accused_audience(o, item)[0] != '\0')
		return; /* kept here alone */
	if (ask_is_escalated(o->views, item, o->settings.office) ||
	    !ask_arrival(o->views, item, o->settings.office, &a) ||
	    !find_office(o, r, &a, office) ||
	    handing_is_barred(o, r, item, office))
		return;
	judge_finding(o, &a, office, &e);
	desk_next_number(o, NUMBER_ESCALATION, &number);
	memcpy(e.id, number.text, sizeof(e.id));
	memcpy(e.matter, a.matter, sizeof(e.matter));
	memcpy(e.item, a.item, sizeof(e.item));
	memcpy(e.channel, a.channel, sizeof(e.channel));
	memcpy(e.category, a.category, sizeof(e.category));
	e.batch = ask_batch(o->views, &a, o->settings.office);
	e.heads = a.heads;
	e.at_ms = a.recorded_ms;
	record_finding(o, r, &e);
	desk_number_used(o, &number);
}

/* -- once more -- */

static void
restate(struct office *o, const struct roster *r, const struct escalated *old)
{
	struct escalated e = *old;
	struct ask_arrival a;

	if (mutant_is(MUTANT_NEVER_RESTATED))
		return;
	if (!ask_arrival(o->views, old->item, o->settings.office, &a) ||
	    handing_is_barred(o, r, old->item, old->office))
		return;
	judge_finding(o, &a, old->office, &e);
	memcpy(e.matter, a.matter, sizeof(e.matter));
	if (strcmp(e.lower_state, old->lower_state) == 0 &&
	    strcmp(e.lawfulness, old->lawfulness) == 0 &&
	    e.knew_before == old->knew_before &&
	    strcmp(e.matter, old->matter) == 0 &&
	    strcmp(e.lower_item, old->lower_item) == 0)
		return;
	if (e.revision == ESCALATION_REVISIONS_MAX) {
		log_warn("escalation=%s event=restated_too_often", e.id);
		return;
	}
	e.revision++;
	record_finding(o, r, &e);
}

void
escalation_again(struct office *o, const struct roster *r, const char *item)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct escalated *affected;
	size_t count;

	views_matter_of(o->views, item, matter);
	affected = memory_new(ESCALATION_AGAIN_MAX, sizeof(*affected));
	count = ask_findings(o->views, matter, o->settings.office, affected,
	    ESCALATION_AGAIN_MAX);
	for (size_t i = 0; i < count; i++)
		restate(o, r, &affected[i]);
	free(affected);
}
