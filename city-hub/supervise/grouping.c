/*
 * Arrivals grouped into matters: what the index finds alike is linked or
 * proposed once, and what a person said about two items is never gone over.
 *
 * The index (match.db) follows the register and may be thrown away; it is
 * committed after the turn, so that it is behind the journal but never ahead.
 */
#include "supervise/grouping.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/judge.h"
#include "desk/reply.h"
#include "desk/rights.h"
#include "law/moves/verdict.h"
#include "law/offices/tree.h"
#include "match/matcher.h"
#include "mech/db.h"
#include "office/office.h"
#include "petition/mask.h"
#include "register/ask/items.h"
#include "register/ask/matters.h"
#include "register/views.h"
#include "relay/journal.h"

struct grouping {
	struct office *office;
	struct matcher *matcher; /* NULL: the disk would not let us */
	bool is_begun;           /* its transaction is open */
	struct matcher_candidate found[MATCHER_CANDIDATES_MAX];
};

/* -- the index -- */

static enum rc
open_index(struct grouping *g)
{
	char path[FILE_PATH_MAX];
	enum rc rc = matcher_open(g->office->dir, true, &g->matcher);

	/* Ahead of the journal: the ledger was restored from a backup. */
	if (rc == RC_OK &&
	    matcher_applied(g->matcher) > journal_end(g->office->journal)) {
		matcher_close(g->matcher);
		g->matcher = NULL;
		rc = RC_DAMAGED;
	}
	if (rc != RC_DAMAGED)
		return rc;
	log_warn("office=%s event=match_index_made_again",
	    g->office->settings.office);
	file_join(path, g->office->dir, MATCHER_FILE);
	db_remove_file(path);
	return matcher_open(g->office->dir, true, &g->matcher);
}

struct grouping *
grouping_open(struct office *o)
{
	struct grouping *g = memory_new(1, sizeof(*g));
	enum rc rc;

	g->office = o;
	rc = open_index(g);
	if (rc != RC_OK) {
		log_error("office=%s event=no_match_index reason=\"%s\"",
		    o->settings.office, rc_text(rc));
		g->matcher = NULL;
	}
	return g;
}

void
grouping_close(struct grouping *g)
{
	if (g == NULL)
		return;
	grouping_commit(g);
	/* On a full disk nothing more is written: an open transaction is taken
	 * back, and the index works its counts out again. */
	if (g->matcher != NULL && g->office->is_full)
		matcher_begin(g->matcher);
	matcher_close(g->matcher);
	free(g);
}

static void
begin_index(struct grouping *g)
{
	if (!g->is_begun)
		matcher_begin(g->matcher);
	g->is_begun = true;
}

void
grouping_commit(struct grouping *g)
{
	if (g->is_begun)
		matcher_commit(g->matcher);
	g->is_begun = false;
}

/* -- what was said about two items before -- */

static bool
are_one(struct grouping *g, const char *item, const char *other,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	char own[ITEM_NUMBER_MAX + 1];

	views_matter_of(g->office->views, item, own);
	views_matter_of(g->office->views, other, matter);
	return strcmp(own, matter) == 0;
}

/* One of the two is ours or of an office below us, and none is a secret. */
static bool
is_ours_to_say(struct grouping *g, const char *item, const char *matter)
{
	return views_may_group(g->office->views, g->office->settings.office,
		   item, matter) &&
	       !accused_keeps_here(g->office, item) &&
	       !accused_keeps_here(g->office, matter);
}

/* -- recording -- */

static void
record_link(struct grouping *g, const struct matter_linked *l)
{
	struct buffer payload = { 0 };

	wire_matter_linked_pack(&payload, l);
	CHECK(office_record(g->office, "", RECORD_MATTER_LINKED,
		  buffer_span(&payload), "system", "") == RC_OK);
	buffer_clear(&payload);
	log_info("item=%s event=%s matter=%s score=%u reasons=\"%s\"", l->item,
	    l->verdict, l->matter, (unsigned)l->score, l->reasons);
}

static void
fill_link(struct matter_linked *l, const char *item, const char *matter,
    const char *verdict, const char *reasons, uint32_t score)
{
	*l = (struct matter_linked){ .score = score };
	CHECK(text_copy(l->item, sizeof(l->item), item) == RC_OK);
	CHECK(text_copy(l->matter, sizeof(l->matter), matter) == RC_OK);
	CHECK(text_copy(l->verdict, sizeof(l->verdict), verdict) == RC_OK);
	CHECK(text_copy(l->reasons, sizeof(l->reasons), reasons) == RC_OK);
}

/* True: they are one matter now, or were. */
static bool
link_items(struct grouping *g, const char *item, const char *other,
    const char *reasons, uint32_t score)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct matter_linked l;

	if (are_one(g, item, other, matter))
		return true;
	if (ask_is_ruled_out(g->office->views, item, other) ||
	    ask_is_ruled_out(g->office->views, item, matter) ||
	    !is_ours_to_say(g, item, matter))
		return false;
	fill_link(&l, item, matter, verdict_code(VERDICT_LINK), reasons, score);
	record_link(g, &l);
	return true;
}

static bool
propose_items(struct grouping *g, const char *item, const char *other,
    const char *reasons, uint32_t score)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct matter_linked l;

	if (are_one(g, item, other, matter) ||
	    ask_is_ruled_out(g->office->views, item, other) ||
	    ask_is_ruled_out(g->office->views, item, matter) ||
	    ask_is_proposed(g->office->views, item, matter) ||
	    !is_ours_to_say(g, item, matter))
		return false;
	fill_link(&l, item, matter, verdict_code(VERDICT_PROPOSE), reasons,
	    score);
	record_link(g, &l);
	return true;
}

/* -- an arrival -- */

static void
name_reasons(unsigned reasons, char out[static REASONS_MAX + 1])
{
	static const struct {
		enum matcher_reason bit;
		const char *name;
	} names[] = {
		{ MATCHER_PERSON, "PERSON" },
		{ MATCHER_EARLIER, "EARLIER" },
		{ MATCHER_TEXT, "TEXT" },
		{ MATCHER_PLACE, "PLACE" },
	};
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if ((reasons & names[i].bit) == 0)
			continue;
		CHECK(text_format(out + used, REASONS_MAX + 1 - used, "%s%s",
			  used > 0 ? " " : "", names[i].name) == RC_OK);
		used += strlen(out + used);
	}
}

/* The best certain one becomes the matter; of likely ones a few are named. */
static void
weigh_found(struct grouping *g, const char *item, size_t count)
{
	char reasons[REASONS_MAX + 1];
	bool is_linked = false;
	int proposals = 0;

	for (size_t i = 0; i < count; i++) {
		const struct matcher_candidate *c = &g->found[i];

		name_reasons(c->reasons, reasons);
		if (c->verdict == MATCHER_CERTAIN && !is_linked) {
			is_linked =
			    link_items(g, item, c->item, reasons, c->score);
		}
	}
	for (size_t i = 0; i < count && proposals < GROUPING_PROPOSALS_MAX;
	     i++) {
		const struct matcher_candidate *c = &g->found[i];

		name_reasons(c->reasons, reasons);
		if (c->verdict == MATCHER_LIKELY) {
			proposals +=
			    propose_items(g, item, c->item, reasons, c->score);
		}
	}
}

static struct matcher_item
matcher_item_of(const struct ask_likeness *l)
{
	return (struct matcher_item){ .position = l->position,
		.item = l->item,
		.office = l->office,
		.claimed_ms = l->claimed_ms,
		.person_key = l->person_key,
		.earlier_item = l->earlier_item,
		.subject = l->subject,
		.text = l->text,
		.place = l->place,
		.category = l->category };
}

/* What an office above us recorded is grouped there. */
static bool
is_ours_to_group(struct grouping *g, const char *office)
{
	return strcmp(office, g->office->settings.office) == 0 ||
	       tree_knows(views_tree(g->office->views), office);
}

static void
look_up(struct grouping *g, const struct matcher_item *m)
{
	size_t count;

	begin_index(g);
	count = matcher_find(g->matcher, m, g->found);
	matcher_add(g->matcher, m);
	weigh_found(g, m->item, count);
}

void
grouping_arrival(struct grouping *g, uint64_t position)
{
	struct views *v = g->office->views;
	struct ask_likeness arrival;
	struct matcher_item m;

	ask_walk_arrivals(v, position, position);
	if (ask_next_arrival(v, &arrival)) {
		m = matcher_item_of(&arrival);
		if (m.earlier_item[0] != '\0' &&
		    strcmp(m.earlier_item, m.item) != 0 &&
		    ask_has_item(v, m.earlier_item)) {
			(void)link_items(g, m.item, m.earlier_item, "EARLIER",
			    1000);
		}
		if (g->matcher != NULL && is_ours_to_group(g, m.office) &&
		    position > matcher_applied(g->matcher))
			look_up(g, &m);
	}
	ask_stop_arrivals(v);
}

bool
grouping_catch_up(struct grouping *g, uint64_t position,
    int64_t until_steady_ms)
{
	struct views *v = g->office->views;
	struct ask_likeness arrival;
	bool is_left = false;

	if (g->matcher == NULL || matcher_applied(g->matcher) >= position)
		return false;
	begin_index(g);
	ask_walk_arrivals(v, matcher_applied(g->matcher) + 1, position);
	while (!is_left && ask_next_arrival(v, &arrival)) {
		struct matcher_item m = matcher_item_of(&arrival);

		if (is_ours_to_group(g, m.office))
			matcher_add(g->matcher, &m);
		is_left = clock_steady_ms() >= until_steady_ms;
	}
	ask_stop_arrivals(v);
	if (!is_left && matcher_applied(g->matcher) < position)
		matcher_pass(g->matcher, position);
	return is_left;
}

void
grouping_merged(struct grouping *g, const char *item, const char *other)
{
	if (ask_has_item(g->office->views, other) && strcmp(item, other) != 0)
		(void)link_items(g, item, other, "HAND", 1000);
}

/* -- a person's word -- */

static bool
judge_item(struct grouping *g, char item[static ITEM_NUMBER_MAX + 1],
    struct reply_writer *reply)
{
	struct item_number n;
	struct judged why;

	if (!judge_item_number(item, &n, &why))
		return desk_refuse(reply, why.say, why.args);
	if (!ask_has_item(g->office->views, item))
		return desk_refuse(reply, SAY_ACT_NO_ITEM, SAY_ARGS(item));
	return true;
}

static bool
judge_split(struct grouping *g, struct matter_linked *l,
    struct reply_writer *reply)
{
	if (ask_link(g->office->views, l->item, l->matter)) {
		return is_ours_to_say(g, l->item, l->matter) ||
		       desk_refuse(reply, SAY_MATCH_NOT_OURS,
			   SAY_ARGS(l->item, l->matter));
	}
	return desk_refuse(reply, SAY_MATCH_NOT_LINKED, SAY_ARGS(l->item));
}

static bool
judge_pair(struct grouping *g, struct matter_linked *l,
    struct reply_writer *reply)
{
	char matter[ITEM_NUMBER_MAX + 1];
	bool is_link = verdict_of_code(l->verdict) == VERDICT_LINK;

	if (!judge_item(g, l->matter, reply))
		return false;
	if (strcmp(l->item, l->matter) == 0)
		return desk_refuse(reply, SAY_ACT_OTHER_SAME,
		    SAY_ARGS(l->item));
	if (are_one(g, l->item, l->matter, matter)) {
		return desk_refuse(reply,
		    is_link ? SAY_MATCH_ALREADY : SAY_MATCH_SPLIT_FIRST,
		    SAY_ARGS(l->item, matter));
	}
	memcpy(l->matter, matter, sizeof(matter));
	return is_ours_to_say(g, l->item, l->matter) ||
	       desk_refuse(reply, SAY_MATCH_NOT_OURS,
		   SAY_ARGS(l->item, l->matter));
}

static bool
judge_match(struct grouping *g, struct matter_linked *l,
    struct reply_writer *reply)
{
	enum verdict verdict = verdict_of_code(l->verdict);
	struct judged why;

	if (!judge_item(g, l->item, reply))
		return false;
	if (!judge_length(l->text.size, LINK_TEXT_BYTES_MAX, "2000 B", &why))
		return desk_refuse(reply, why.say, why.args);
	if (verdict == VERDICT_SPLIT)
		return judge_split(g, l, reply);
	if (verdict == VERDICT_LINK || verdict == VERDICT_REJECT)
		return judge_pair(g, l, reply);
	return desk_refuse(reply, SAY_DESK_UNKNOWN_CODE,
	    SAY_ARGS("verdict", l->verdict,
		VERDICT_LINK_CODE " " VERDICT_SPLIT_CODE
				  " " VERDICT_REJECT_CODE));
}

void
grouping_match(struct grouping *g, const struct command *c,
    struct reply_writer *reply)
{
	struct matter_linked l = c->match;
	struct buffer masked = { 0 }, payload = { 0 };
	uint32_t count = 0;

	CHECK(text_copy(l.reasons, sizeof(l.reasons), "HAND") == RC_OK);
	l.score = 1000;
	if (judge_match(g, &l, reply) &&
	    desk_judge_recusal(g->office, c, l.item, l.matter, reply)) {
		CHECK(mask_text(l.text, &masked, &count) == RC_OK);
		l.text = buffer_span(&masked);
		wire_matter_linked_pack(&payload, &l);
		CHECK(office_record(g->office, "", RECORD_MATTER_LINKED,
			  buffer_span(&payload), c->actor_role,
			  c->actor) == RC_OK);
		reply_result(reply,
		    json_pack("{s:s, s:s, s:s}", "item", l.item, "matter",
			l.matter, "verdict", l.verdict));
	}
	buffer_clear(&masked);
	buffer_clear(&payload);
}
