/*
 * Directives at the desk: how one comes to be.
 *
 * The issuer records a directive once for everybody above and once for each
 * addressee, who sees its own copy alone.  A draft is recorded in the
 * issuer's own stream, which no link carries; sending it records the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/directives/directive_internal.h"
#include "desk/rights.h"
#include "law/limits/calendar.h"
#include "law/limits/rules.h"
#include "law/moves/directive_core.h"
#include "petition/mask.h"
#include "register/ask/offices.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "words/doc.h"

/* -- the addressees -- */

struct addressees {
	char (*codes)[OFFICE_CODE_MAX + 1];
	uint32_t count;
};

static void
add_addressee(struct addressees *to, const char *code)
{
	for (size_t i = 0; i < to->count; i++) {
		if (strcmp(to->codes[i], code) == 0)
			return;
	}
	CHECK(to->count < DIRECTIVE_TO_MAX);
	CHECK(text_copy(to->codes[to->count++], OFFICE_CODE_MAX + 1, code) ==
	      RC_OK);
}

/* All but those who were reported: they must not see it. */
static bool
add_everybody(struct office *o, const struct directive *d,
    struct addressees *to, struct reply_writer *reply)
{
	char code[OFFICE_CODE_MAX + 1];

	ask_walk_children(o->views, o->settings.office);
	while (ask_next_child(o->views, code)) {
		if (desk_is_accused(o, d->item, d->matter, code))
			continue;
		if (to->count == DIRECTIVE_TO_MAX) {
			ask_stop_children(o->views);
			return desk_refuse(reply, SAY_DESK_TOO_MANY, NULL);
		}
		add_addressee(to, code);
	}
	if (to->count == 0)
		return desk_refuse(reply, SAY_DESK_NOBODY_BELOW, NULL);
	return true;
}

static bool
judge_addressees(struct office *o, const struct directive *d,
    struct addressees *to, struct reply_writer *reply)
{
	if (d->to_count == 0)
		return desk_refuse(reply, SAY_DESK_NO_ADDRESSEE, NULL);
	if (d->to_count == 1 && strcmp(d->to[0], "all") == 0)
		return add_everybody(o, d, to, reply);
	for (size_t i = 0; i < d->to_count; i++) {
		if (!ask_is_child(o->views, d->to[i], o->settings.office)) {
			return desk_refuse(reply, SAY_DESK_NOT_ENROLLED,
			    SAY_ARGS(d->to[i]));
		}
		if (desk_is_accused(o, d->item, d->matter, d->to[i])) {
			return desk_refuse(reply, SAY_DESK_ACCUSED,
			    SAY_ARGS(d->to[i]));
		}
		add_addressee(to, d->to[i]);
	}
	return true;
}

/* -- judging -- */

/* A directive that is passed down must have been addressed to us. */
static bool
judge_reference(struct office *o, char id[static DIRECTIVE_ID_MAX + 1],
    struct reply_writer *reply)
{
	struct item_number n;

	if (id[0] == '\0')
		return true;
	if (!desk_judge_id(id, &n, reply))
		return false;
	if (!ask_is_addressed(o->views, id, o->settings.office)) {
		return desk_refuse(reply, SAY_DESK_REFERENCE_NOT_OURS,
		    SAY_ARGS(id));
	}
	return true;
}

/*
 * An assignment must come back by a date; a suggestion is answered in writing
 * within the days of the rules, unless another date is given.
 */
static bool
judge_date(struct office *o, struct directive *d, struct reply_writer *reply)
{
	const struct rules *rules = lawbook_rules(views_lawbook(o->views),
	    o->settings.office, o->now.wall_ms);
	int zone = rules_offset_min(rules);
	int64_t today = calendar_day_of(o->now.wall_ms, zone);

	if (d->due_ms == 0 && strcmp(d->kind, "JB") == 0)
		return desk_refuse(reply, SAY_DESK_ASSIGN_DUE_NEEDED, NULL);
	if (d->due_ms == 0 && directive_is_suggestion(d->kind)) {
		d->due_ms =
		    calendar_end_of(today +
					rules_ladder(rules)->suggestion_days,
			zone);
	}
	return desk_judge_due(o, d->due_ms, reply);
}

static bool
judge_item(char item[static ITEM_NUMBER_MAX + 1], struct reply_writer *reply)
{
	struct item_number n;
	struct judged why;

	return item[0] == '\0' || judge_item_number(item, &n, &why) ||
	       desk_refuse(reply, why.say, why.args);
}

/* A copy goes to everybody above, whom the item is about. */
static bool
judge_kept(struct office *o, const char *item, struct reply_writer *reply)
{
	return item[0] == '\0' || !accused_keeps_here(o, item) ||
	       desk_refuse(reply, SAY_ACT_KEPT_HERE, SAY_ARGS(item));
}

static bool
judge_issue(struct office *o, struct directive *d, struct reply_writer *reply)
{
	if (!desk_judge_code(CODES_DIRECTIVE_KIND, d->kind, "--kind", reply))
		return false;
	if (d->ground[0] != '\0' &&
	    !desk_judge_code(CODES_GROUND, d->ground, "--ground", reply))
		return false;
	return judge_item(d->item, reply) && judge_item(d->matter, reply) &&
	       judge_kept(o, d->item, reply) &&
	       judge_kept(o, d->matter, reply) &&
	       desk_judge_text(d->text, reply) &&
	       judge_reference(o, d->reference, reply);
}

/* -- replacing an earlier one -- */

static bool
is_addressed(const struct addressees *to, const char *code)
{
	for (size_t i = 0; i < to->count; i++) {
		if (strcmp(to->codes[i], code) == 0)
			return true;
	}
	return false;
}

/* The addressees of `old` that the new one goes to and that are not over. */
static size_t
find_replaced(struct office *o, const char *old, const struct addressees *to,
    struct ask_standing *at)
{
	size_t count = ask_standing(o->views, old, "", at), kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (directive_rule(directive_code(DIRECTIVE_SPD), "",
			at[i].status) != NULL &&
		    is_addressed(to, at[i].office))
			at[kept++] = at[i];
	}
	return kept;
}

/* `at` receives those who are to be moved; `count` says how many. */
static bool
judge_replaced(struct office *o, struct directive *d,
    const struct addressees *to, struct ask_standing *at, size_t *count,
    struct reply_writer *reply)
{
	struct item_number n;

	*count = 0;
	if (d->supersedes[0] == '\0')
		return true;
	if (!desk_judge_id(d->supersedes, &n, reply))
		return false;
	if (strcmp(n.office, o->settings.office) != 0) {
		return desk_refuse(reply, SAY_DESK_NOT_ISSUER,
		    SAY_ARGS(n.office));
	}
	*count = find_replaced(o, d->supersedes, to, at);
	if (*count == 0) {
		return desk_refuse(reply, SAY_DESK_NONE_REPLACED,
		    SAY_ARGS(d->supersedes));
	}
	return true;
}

static void
replace(struct office *o, const struct command *c, const struct directive *by,
    const struct ask_standing *at, size_t count)
{
	const struct directive_rule *rule = directive_rule_of(DIRECTIVE_SPD);
	struct directive_step step = { 0 };

	CHECK(text_copy(step.status, sizeof(step.status),
		  directive_code(DIRECTIVE_SPD)) == RC_OK);
	memcpy(step.id, by->supersedes, sizeof(step.id));
	memcpy(step.other, by->id, sizeof(step.other));
	for (size_t i = 0; i < count; i++) {
		memcpy(step.addressee, at[i].office, sizeof(step.addressee));
		(void)desk_record_step(o, c, &step, rule, false);
	}
}

/* -- recording -- */

/* One copy of the directive; that it fits was judged before. */
static struct desk_place
record_issue(struct office *o, const struct command *c,
    const struct directive *d, const char *audience)
{
	struct record draft = { .kind = RECORD_DIRECTIVE_ISSUED,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place place;

	wire_directive_pack(&payload, d);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, audience, &draft, &place) == RC_OK);
	buffer_clear(&payload);
	return place;
}

static void
record_copies(struct office *o, const struct command *c, struct directive *d,
    const struct addressees *to, struct reply_writer *reply)
{
	const char *own = o->settings.office;
	struct desk_place place;

	d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to->codes;
	d->to_count = to->count;
	place = record_issue(o, c, d, d->is_draft ? own : "");
	for (size_t i = 0; i < to->count && !d->is_draft; i++) {
		/* Nobody need know who else got it. */
		d->to = (const char(*)[OFFICE_CODE_MAX + 1]) to->codes + i;
		d->to_count = 1;
		(void)record_issue(o, c, d, to->codes[i]);
	}
	reply_result(reply,
	    json_pack("{s:s, s:o, s:s, s:o, s:o}", "id", d->id, "addressees",
		desk_codes_json((const char(*)[OFFICE_CODE_MAX + 1]) to->codes,
		    to->count),
		"status",
		directive_code(d->is_draft ? DIRECTIVE_DRF : DIRECTIVE_SNT),
		"position", doc_number(place.position), "leaf",
		doc_hex(place.leaf, HASH_BYTES)));
}

static void
issue(struct office *o, const struct command *c, struct directive *d,
    const struct addressees *to, struct reply_writer *reply)
{
	struct ask_standing *at = memory_new(DIRECTIVE_TO_MAX, sizeof(*at));
	struct buffer words = { 0 }, masked = { 0 };
	struct desk_number number;
	uint32_t count = 0;
	size_t replaced = 0;

	if (judge_replaced(o, d, to, at, &replaced, reply)) {
		if (d->text.size == 0)
			directive_template(o, reply->language, d, &words);
		CHECK(
		    mask_text(d->text.size > 0 ? d->text : buffer_span(&words),
			&masked, &count) == RC_OK);
		d->text = buffer_span(&masked);
		desk_next_number(o, NUMBER_DIRECTIVE, &number);
		CHECK(text_copy(d->id, sizeof(d->id), number.text) == RC_OK);
		record_copies(o, c, d, to, reply);
		if (!d->is_draft)
			replace(o, c, d, at, replaced);
		desk_number_used(o, &number);
	}
	buffer_clear(&words);
	buffer_clear(&masked);
	free(at);
}

void
desk_directive_issue(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct directive d = c->directive;
	struct addressees to = { 0 };

	if (!o->trade->has_children) {
		(void)desk_refuse(reply, SAY_DESK_NOBODY_BELOW, NULL);
		return;
	}
	to.codes = memory_new(DIRECTIVE_TO_MAX, sizeof(*to.codes));
	if (judge_issue(o, &d, reply) &&
	    desk_judge_recusal(o, c, d.item, d.matter, reply) &&
	    judge_addressees(o, &d, &to, reply) && judge_date(o, &d, reply))
		issue(o, c, &d, &to, reply);
	free(to.codes);
}

/* -- a draft goes out -- */

static bool
judge_draft(struct office *o, struct directive *d, const struct command *c,
    struct buffer *text, struct reply_writer *reply)
{
	struct item_number n;

	memcpy(d->id, c->step.id, sizeof(d->id));
	if (!desk_judge_id(d->id, &n, reply))
		return false;
	if (strcmp(n.office, o->settings.office) != 0) {
		return desk_refuse(reply, SAY_DESK_NOT_ISSUER,
		    SAY_ARGS(n.office));
	}
	if (!ask_draft(o->views, d->id, d, text))
		return desk_refuse(reply, SAY_DESK_NO_DRAFT, SAY_ARGS(d->id));
	return judge_issue(o, d, reply) &&
	       desk_judge_recusal(o, c, d->item, d->matter, reply);
}

void
desk_directive_send(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct directive d = { 0 };
	struct buffer text = { 0 };
	struct addressees to = { 0 }, again = { 0 };
	struct ask_standing *at = memory_new(DIRECTIVE_TO_MAX, sizeof(*at));
	size_t replaced = 0;

	to.codes = memory_new(DIRECTIVE_TO_MAX, sizeof(*to.codes));
	again.codes = memory_new(DIRECTIVE_TO_MAX, sizeof(*again.codes));
	if (judge_draft(o, &d, c, &text, reply)) {
		size_t count = ask_standing(o->views, d.id, "", at);

		for (size_t i = 0; i < count; i++) {
			if (directive_code_of(at[i].status) == DIRECTIVE_DRF)
				add_addressee(&to, at[i].office);
		}
		d.to = (const char(*)[OFFICE_CODE_MAX + 1]) to.codes;
		d.to_count = to.count;
		/* Who was below us then need not be any more. */
		if (judge_addressees(o, &d, &again, reply) &&
		    judge_date(o, &d, reply) &&
		    judge_replaced(o, &d, &again, at, &replaced, reply)) {
			record_copies(o, c, &d, &again, reply);
			replace(o, c, &d, at, replaced);
		}
	}
	buffer_clear(&text);
	free(to.codes);
	free(again.codes);
	free(at);
}
