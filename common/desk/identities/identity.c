/*
 * Opening a petitioner's identity: a reason, a second person, a record of
 * every step, and of every look.
 *
 *	        APPROVE by another, a supervisor or head
 *	REQUEST ----> approved for the requester, 24 hours ----> SHOW, SHOW ...
 *	   |
 *	   +--------> REFUSE
 *
 * Of the steps about one item and one requester the last REQUEST, APPROVE or
 * REFUSE counts: who asks anew begins anew.
 *
 * The record of a look is on disk before the reply leaves (turn.h), and the
 * identity stands in that reply alone: in no record, no log, and no memory
 * of ours when the reply is sent.
 */
#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/supervision.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "desk/rights.h"
#include "keys/people.h"
#include "keys/seal.h"
#include "petition/mask.h"
#include "register/ask/identities.h"
#include "register/ask/items.h"
#include "words/doc.h"

enum { APPROVAL_MS = 24 * 60 * 60 * 1000 };

/* -- judging -- */

/* Was it taken here, and was anything left? */
static bool
judge_item(struct office *o, char item[static ITEM_NUMBER_MAX + 1],
    struct reply_writer *reply)
{
	struct item_number n;
	struct judged why;
	bool is_sealed = false;

	if (!judge_item_number(item, &n, &why))
		return desk_refuse(reply, why.say, why.args);
	if (strcmp(n.office, o->settings.office) != 0) {
		return desk_refuse(reply, SAY_IDENTITY_ELSEWHERE,
		    SAY_ARGS(item, n.office));
	}
	if (!ask_identity_is_here(o->views, item, o->settings.office,
		&is_sealed))
		return desk_refuse(reply, SAY_IDENTITY_NO_ITEM, SAY_ARGS(item));
	if (!is_sealed)
		return desk_refuse(reply, SAY_IDENTITY_NONE, SAY_ARGS(item));
	return true;
}

static bool
judge_user(const struct people *people, const char *user,
    struct reply_writer *reply)
{
	const struct person *p = people_find(people, user);

	if (p == NULL || p->is_disabled) {
		return desk_refuse(reply, SAY_PEOPLE_NOT_KNOWN, SAY_ARGS(user));
	}
	return true;
}

static bool
judge_recusal(struct office *o, const char *item, const char *user,
    struct reply_writer *reply)
{
	if (ask_is_recused(o->views, item, user))
		return desk_refuse(reply, SAY_PEOPLE_RECUSED,
		    SAY_ARGS(user, item));
	return true;
}

/* -- recording -- */

static json_t *
record_step(struct office *o, const struct command *c,
    const struct identity_step *step)
{
	struct record draft = { .kind = RECORD_IDENTITY_STEP,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place place;

	wire_identity_step_pack(&payload, step);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, accused_audience(o, step->item), &draft,
		  &place) == RC_OK);
	buffer_clear(&payload);
	return json_pack("{s:s, s:s, s:s, s:o}", "item", step->item, "step",
	    step->step, "requester", step->requester, "position",
	    doc_number(place.position));
}

/* With the reason masked: it is read above. */
static void
record_masked(struct office *o, const struct command *c,
    struct identity_step *step, struct reply_writer *reply)
{
	struct buffer masked = { 0 };
	uint32_t count = 0;

	CHECK(mask_text(step->reason, &masked, &count) == RC_OK);
	step->reason = buffer_span(&masked);
	reply_result(reply, record_step(o, c, step));
	buffer_clear(&masked);
}

/* -- the steps -- */

static void
ask_to_open(struct office *o, const struct command *c,
    struct identity_step *step, struct reply_writer *reply)
{
	if (step->reason.size == 0) {
		(void)desk_refuse(reply, SAY_IDENTITY_REASON, NULL);
		return;
	}
	memcpy(step->requester, c->actor, sizeof(step->requester));
	record_masked(o, c, step, reply);
}

static void
decide_request(struct office *o, const struct command *c,
    struct identity_step *step, const struct people *people,
    struct reply_writer *reply)
{
	struct ask_identity_step at;

	if (!judge_user(people, step->requester, reply) ||
	    !judge_recusal(o, step->item, step->requester, reply))
		return;
	if (strcmp(step->requester, c->actor) == 0) {
		(void)desk_refuse(reply, SAY_IDENTITY_OWN, NULL);
		return;
	}
	ask_identity_step(o->views, step->item, step->requester,
	    o->settings.office, &at);
	if (strcmp(at.step, IDENTITY_REQUEST) != 0) {
		(void)desk_refuse(reply, SAY_IDENTITY_NOT_ASKED,
		    SAY_ARGS(step->requester, step->item));
		return;
	}
	record_masked(o, c, step, reply);
}

static json_t *
span_json(struct span text)
{
	return json_stringn((const char *)text.at, text.size);
}

static json_t *
identity_json(struct span plain)
{
	struct identity_fields f;

	if (wire_identity_unpack(plain, &f) != RC_OK)
		return NULL;
	return json_pack("{s:o, s:o, s:o, s:o}", "name", span_json(f.name),
	    "document", span_json(f.document), "phone", span_json(f.phone),
	    "address", span_json(f.address));
}

static bool
refuse_opening(enum rc rc, int year, const struct office *o,
    struct reply_writer *reply)
{
	char text[8];

	CHECK(text_format(text, sizeof(text), "%d", year) == RC_OK);
	if (rc == RC_NONE)
		return desk_refuse(reply, SAY_IDENTITY_NO_KEY, SAY_ARGS(text));
	if (rc == RC_DAMAGED)
		return desk_refuse(reply, SAY_IDENTITY_DAMAGED, SAY_ARGS(text));
	reply_refuse(reply, EXIT_CONFIG, SAY_DESK_NO_KEYS, SAY_ARGS(o->dir));
	return false;
}

static bool
open_one(struct office *o, const struct ask_identity *found, const char *item,
    json_t *list, struct reply_writer *reply)
{
	struct buffer plain = { 0 };
	json_t *identity = NULL;
	enum rc rc = RC_NONE;

	if (!ask_key_is_destroyed(o->views, o->settings.office, found->year,
		found->recorded_ms)) {
		/* All the room at once: growing would leave a copy behind. */
		CHECK(buffer_extend(&plain, SEALED_BYTES_MAX) != NULL);
		buffer_reset(&plain);
		rc = seal_open(o->seal, found->year, item, found->sealed,
		    &plain);
	}
	if (rc == RC_OK)
		identity = identity_json(buffer_span(&plain));
	wire_wipe();
	if (plain.at != NULL)
		sodium_memzero(plain.at, plain.size);
	buffer_clear(&plain);
	if (identity == NULL) {
		return refuse_opening(rc == RC_OK ? RC_DAMAGED : rc,
		    found->year, o, reply);
	}
	doc_add(list, identity);
	return true;
}

/* All that bear the number: one, but after a settled fork. */
static bool
open_all(struct office *o, const char *item, json_t *list,
    struct reply_writer *reply)
{
	struct ask_identity found;
	bool is_open = true;

	ask_walk_identities(o->views, item, o->settings.office);
	while (is_open && ask_next_identity(o->views, &found))
		is_open = open_one(o, &found, item, list, reply);
	ask_stop_identities(o->views);
	return is_open;
}

static bool
judge_approval(struct office *o, const struct identity_step *step,
    const char *requester, struct reply_writer *reply)
{
	struct ask_identity_step at;
	int64_t age_ms;

	ask_identity_step(o->views, step->item, requester, o->settings.office,
	    &at);
	age_ms = o->now.wall_ms - at.recorded_ms;
	if (strcmp(at.step, IDENTITY_REQUEST) == 0)
		return desk_refuse(reply, SAY_IDENTITY_WAITS,
		    SAY_ARGS(step->item));
	if (strcmp(at.step, IDENTITY_REFUSE) == 0)
		return desk_refuse(reply, SAY_IDENTITY_REFUSED,
		    SAY_ARGS(at.actor));
	if (strcmp(at.step, IDENTITY_APPROVE) != 0 ||
	    strcmp(at.actor, requester) == 0)
		return desk_refuse(reply, SAY_IDENTITY_ASK,
		    SAY_ARGS(step->item));
	if (age_ms < -OFFICE_CLOCK_BACK_MS_MAX || age_ms >= APPROVAL_MS)
		return desk_refuse(reply, SAY_IDENTITY_OVER,
		    SAY_ARGS(step->item));
	return true;
}

static void
show_identity(struct office *o, const struct command *c,
    struct identity_step *step, struct reply_writer *reply)
{
	json_t *list = json_array(), *result;

	memcpy(step->requester, c->actor, sizeof(step->requester));
	step->reason = span_of_text("");
	if (!judge_approval(o, step, c->actor, reply) ||
	    !open_all(o, step->item, list, reply)) {
		reply_wipe(list);
		json_decref(list);
		return;
	}
	result = record_step(o, c, step);
	doc_set(result, "identities", list);
	reply_secret(reply, result);
}

/* -- the command -- */

static void
take_step(struct office *o, const struct command *c, struct identity_step *step,
    const struct people *people, struct reply_writer *reply)
{
	if (strcmp(step->step, IDENTITY_REQUEST) == 0) {
		ask_to_open(o, c, step, reply);
	} else if (strcmp(step->step, IDENTITY_SHOW) == 0) {
		show_identity(o, c, step, reply);
	} else if (strcmp(step->step, IDENTITY_APPROVE) == 0 ||
		   strcmp(step->step, IDENTITY_REFUSE) == 0) {
		decide_request(o, c, step, people, reply);
	} else {
		(void)desk_refuse(reply, SAY_DESK_UNKNOWN_CODE,
		    SAY_ARGS("step", step->step,
			IDENTITY_REQUEST " " IDENTITY_APPROVE
					 " " IDENTITY_REFUSE
					 " " IDENTITY_SHOW));
	}
}

enum desk_roles
desk_roles_of_identity(const struct command *c)
{
	const char *step = c->identity.step;

	return strcmp(step, IDENTITY_APPROVE) == 0 ||
		       strcmp(step, IDENTITY_REFUSE) == 0
		   ? DESK_LEADERS
		   : DESK_STAFF;
}

void
desk_identity(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct identity_step step = c->identity;
	struct people people;
	struct judged why;

	if (!desk_people_needed(o, &people, reply))
		return;
	if (!judge_length(step.reason.size, LINK_TEXT_BYTES_MAX, "2 KB",
		&why)) {
		(void)desk_refuse(reply, why.say, why.args);
	} else if (judge_item(o, step.item, reply) &&
		   judge_recusal(o, step.item, c->actor, reply)) {
		take_step(o, c, &step, &people, reply);
	}
	people_clear(&people);
}
