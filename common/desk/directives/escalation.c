/*
 * The notice of an escalation at the desk of the office that it is about.
 *
 *	DLV (by itself: the receipt) ---> SGN ---> ANS ---> ANS (an addition)
 *
 * That is all: nobody closes, returns or cancels a notice, and the finding
 * itself is the hub's, computed from the ledger.
 */
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "desk/rights.h"
#include "law/moves/directive_core.h"
#include "petition/mask.h"
#include "register/ask/directives.h"
#include "register/views.h"
#include "words/doc.h"

/* It is known here, and about us. */
static bool
judge_office(struct office *o, const char *id, struct reply_writer *reply)
{
	char office[OFFICE_CODE_MAX + 1];

	if (!ask_notice_office(o->views, id, o->settings.office, office))
		return desk_refuse(reply, SAY_ESCALATION_UNKNOWN, SAY_ARGS(id));
	if (strcmp(office, o->settings.office) != 0) {
		return desk_refuse(reply, SAY_ESCALATION_NOT_OURS,
		    SAY_ARGS(id, office));
	}
	return true;
}

/* Who withdrew from an item has no part in what is said about it. */
static bool
judge_person(struct office *o, const struct command *c, const char *id,
    struct reply_writer *reply)
{
	struct ask_notice_items about;
	bool may = true;

	ask_walk_notice_items(o->views, id);
	while (may && ask_next_notice_items(o->views, &about)) {
		may = desk_judge_recusal(o, c, about.item, about.lower, reply);
	}
	ask_stop_notice_items(o->views);
	return may;
}

/* What may be done depends on what was done. */
static bool
judge_step(struct office *o, const struct directive_step *step,
    struct reply_writer *reply)
{
	bool is_signed = views_has_step(o->views, step->id, o->settings.office,
	    directive_code(DIRECTIVE_SGN));

	if (directive_code_of(step->status) == DIRECTIVE_SGN) {
		return !is_signed || desk_refuse(reply, SAY_ESCALATION_SIGNED,
					 SAY_ARGS(step->id));
	}
	if (directive_code_of(step->status) != DIRECTIVE_ANS)
		return desk_refuse(reply, SAY_ESCALATION_MOVES,
		    SAY_ARGS(step->id));
	if (!is_signed) {
		return desk_refuse(reply, SAY_ESCALATION_SIGN_FIRST,
		    SAY_ARGS(step->id));
	}
	if (step->text.size == 0)
		return desk_refuse(reply, SAY_DESK_TEXT_NEEDED, NULL);
	return true;
}

static void
record_notice_step(struct office *o, const struct command *c,
    struct directive_step *step, struct reply_writer *reply)
{
	struct record draft = { .kind = RECORD_DIRECTIVE_STEP,
		.claimed_ms = o->now.wall_ms };
	struct buffer masked = { 0 }, payload = { 0 };
	struct desk_place place;
	uint32_t count = 0;

	CHECK(mask_text(step->text, &masked, &count) == RC_OK);
	step->text = buffer_span(&masked);
	wire_directive_step_pack(&payload, step);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, "", &draft, &place) == RC_OK);
	reply_result(reply,
	    json_pack("{s:s, s:[s], s:s, s:o}", "id", step->id, "addressees",
		step->addressee, "status", step->status, "position",
		doc_number(place.position)));
	buffer_clear(&masked);
	buffer_clear(&payload);
}

void
desk_escalation_move(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	/* Nothing but these: no date, no verdict, no attachments. */
	struct directive_step step = { .text = c->step.text };
	struct judged why;

	CHECK(item_number_normalise(c->step.id, step.id) == RC_OK);
	memcpy(step.status, c->step.status, sizeof(step.status));
	memcpy(step.addressee, o->settings.office, sizeof(step.addressee));
	if (!judge_length(step.text.size, DIRECTIVE_TEXT_BYTES_MAX, "32 KiB",
		&why)) {
		(void)desk_refuse(reply, why.say, why.args);
	} else if (judge_office(o, step.id, reply) &&
		   judge_person(o, c, step.id, reply) &&
		   judge_step(o, &step, reply)) {
		record_notice_step(o, c, &step, reply);
	}
}
