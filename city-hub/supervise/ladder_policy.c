/*
 * The ladder of supervision, climbed by itself.
 *
 * What the list of supervision proposes and the hub's policy allows is issued
 * through the desk like anybody else's directive, a page a turn, and is then
 * covered: the next walk finds it so, and nothing need be remembered here.
 * A reminder comes before the date is over, or it would remind of nothing.
 */
#include "supervise/ladder_policy.h"

#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/desk.h"
#include "desk/reply.h"
#include "law/moves/omission.h"
#include "office/office.h"

/* RUNG_NONE: nothing by itself. */
static enum rung
read_policy(const struct office *o)
{
	const char *policy = o->settings.supervise_policy;

	if (strcmp(policy, "remind") == 0)
		return RUNG_REMIND;
	return ladder_of_kind(policy);
}

static void
supervise_one(struct office *o, const struct supervise_row *row)
{
	struct command c = { .kind = COMMAND_DIRECTIVE_ISSUE,
		.actor_role = "system" };
	struct reply_writer reply;

	CHECK(text_copy(c.language, sizeof(c.language),
		  language_code(o->language)) == RC_OK);
	CHECK(text_copy(c.directive.kind, sizeof(c.directive.kind),
		  ladder_kind(row->rung)) == RC_OK);
	CHECK(text_copy(c.directive.ground, sizeof(c.directive.ground),
		  row->rung == RUNG_REMIND
		      ? ""
		      : omission_ground_of_limit(row->clock)) == RC_OK);
	memcpy(c.directive.item, row->item, sizeof(c.directive.item));
	memcpy(c.directive.clock, row->clock, sizeof(c.directive.clock));
	c.directive.to = &row->to;
	c.directive.to_count = 1;
	reply_init(&reply, c.language);
	desk_issue_by_itself(o, &c, &reply);
	if (reply_is_refused(&reply)) {
		log_warn("item=%s event=not_supervised reason=\"%s\"",
		    row->item, reply.sentence);
	} else {
		log_info("item=%s event=supervised kind=%s clock=%s to=%s",
		    row->item, c.directive.kind, row->clock, row->to);
	}
	reply_clear(&reply);
}

bool
ladder_policy_run(struct ladder_policy *p, struct office *o)
{
	enum rung most = read_policy(o);
	struct supervise_row rows[SUPERVISE_PAGE];
	size_t count;

	if (most == RUNG_NONE || o->is_full || !o->is_daemon ||
	    o->now.steady_ms < p->next_ms)
		return false;
	count = supervise_page(o->views, o->settings.office, o->now.wall_ms,
	    most, &p->cursor, rows);
	for (size_t i = 0; i < count; i++) {
		if (!rows[i].is_covered && !rows[i].is_barred &&
		    strcmp(rows[i].to, rows[i].holder) == 0 &&
		    (most != RUNG_REMIND || rows[i].days_over <= 0))
			supervise_one(o, &rows[i]);
	}
	if (!p->cursor.is_end)
		return true;
	p->cursor = (struct supervise_cursor){ 0 };
	p->next_ms = o->now.steady_ms + LADDER_EVERY_MS;
	return false;
}
