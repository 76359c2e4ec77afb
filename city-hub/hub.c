/*
 * The hub's trade (office.h) and its daemon.  Nothing is decided here: each event
 * goes on to the module that knows.  Links come and go only in settle, after a
 * commit, because the relay must not lose a link while it works on a frame.
 */
#include "hub.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "desk/commands.h"
#include "desk/reply.h"
#include "law/offices/tree.h"
#include "line/downlink.h"
#include "line/roster.h"
#include "relay/relay.h"
#include "service/service.h"
#include "service/status.h"
#include "supervise/grouping.h"
#include "supervise/ladder_policy.h"
#include "supervise/publishing.h"
#include "supervise/reactor.h"
#include "words/doc.h"

struct hub {
	struct office *office;
	struct roster *roster;
	struct grouping *grouping;
	struct reactor *reactor;
	struct publishing *publishing;
	struct ladder_policy ladder;
	struct downlink *downlink; /* in a daemon */
	bool has_handed_down;      /* every child has our newest secret */
};

/* -- the roster -- */

static void *
open_trade(struct office *o)
{
	struct hub *h = memory_new(1, sizeof(*h));

	h->office = o;
	h->roster = roster_open(o);
	h->grouping = grouping_open(o);
	h->reactor = reactor_open(o, h->roster, h->grouping);
	h->publishing = publishing_open(o);
	return h;
}

static void
close_trade(void *state)
{
	struct hub *h = state;

	publishing_close(h->publishing);
	reactor_close(h->reactor);
	grouping_close(h->grouping);
	roster_close(h->roster);
	free(h);
}

static bool
is_below(void *state, const char *office, const char *child)
{
	const struct hub *h = state;

	return tree_is_below(roster_tree(h->roster), office, child);
}

static const char *
name_of(void *state, const char *office)
{
	const struct hub *h = state;
	const struct roster_child *c = roster_find(h->roster, office);

	return c != NULL ? c->name : NULL;
}

static void
on_record(void *state, const struct relay_entry *entry)
{
	struct hub *h = state;

	roster_on_record(h->roster, entry);
	publishing_on_record(h->publishing, entry);
	/* A secret from above is in our hands after this turn. */
	if (entry->record != NULL &&
	    entry->record->kind == RECORD_SECRET_HANDED)
		h->has_handed_down = false;
}

static bool
tick(void *state, int64_t until_ms)
{
	struct hub *h = state;
	bool is_more;

	if (!h->has_handed_down)
		roster_hand_down(h->roster);
	h->has_handed_down = true;
	is_more = publishing_run(h->publishing);
	is_more |= ladder_policy_run(&h->ladder, h->office);
	return reactor_run(h->reactor, until_ms) || is_more;
}

static void
cut(struct hub *h, struct relay_link *link)
{
	if (h->downlink != NULL)
		downlink_cut(h->downlink, link);
}

/* Bring one link in line with the roster. */
static void
settle_child(struct hub *h, const struct roster_child *c)
{
	struct relay *relay = h->office->relay;
	struct relay_link *link = relay_child(relay, c->office);
	bool is_child = roster_is_child(h->roster, c);

	if (link != NULL && (!is_child || c->key_changed))
		cut(h, link);
	if (link != NULL && !is_child)
		relay_drop_child(relay, c->office);
	if (link == NULL && is_child)
		(void)relay_add_child(relay, c->office, h->office->now);
}

static void
settle(void *state)
{
	struct hub *h = state;

	grouping_commit(h->grouping);
	if (!roster_is_changed(h->roster))
		return;
	for (size_t i = 0; i < roster_count(h->roster); i++)
		settle_child(h, roster_at(h->roster, i));
	relay_rescope(h->office->relay);
	roster_settled(h->roster);
}

/* -- commands -- */

static json_t *
one_district(struct hub *h, const struct roster_child *c)
{
	struct relay_link *link = relay_child(h->office->relay, c->office);
	json_t *out = json_object();

	if (link != NULL) {
		(void)json_object_update_new(out,
		    status_link(h->office, link, c->name));
	}
	doc_set(out, "office", doc_text(c->office));
	doc_set(out, "name", doc_text(c->name));
	doc_set(out, "parent", doc_text(c->parent));
	doc_set(out, "published", publishing_of(h->publishing, c->office));
	doc_set(out, "revoked", json_boolean(c->is_revoked));
	if (link == NULL) {
		doc_set(out, "state",
		    doc_text(c->is_revoked ? "revoked" : "further_down"));
	}
	return out;
}

static void
list_districts(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct hub *h = o->trade_state;
	json_t *out = json_array();

	(void)c;
	for (size_t i = 0; i < roster_count(h->roster); i++) {
		doc_add(out, one_district(h, roster_at(h->roster, i)));
	}
	reply_result(reply, out);
}

static void
invite(struct office *o, const struct command *c, struct reply_writer *reply)
{
	roster_invite(((struct hub *)o->trade_state)->roster, c, reply);
}

static void
revoke(struct office *o, const struct command *c, struct reply_writer *reply)
{
	roster_revoke(((struct hub *)o->trade_state)->roster, c, reply);
}

static void
publish(struct office *o, const struct command *c, struct reply_writer *reply)
{
	publishing_handle(((struct hub *)o->trade_state)->publishing, c, reply);
}

static void
match(struct office *o, const struct command *c, struct reply_writer *reply)
{
	grouping_match(((struct hub *)o->trade_state)->grouping, c, reply);
}

static const struct desk_command commands[] = {
	STATUS_COMMANDS,
	{ COMMAND_DISTRICTS, DESK_EVERYBODY, NULL, list_districts },
	{ COMMAND_INVITE, DESK_ADMINISTRATOR, NULL, invite },
	{ COMMAND_REVOKE, DESK_ADMINISTRATOR, NULL, revoke },
	{ COMMAND_PUBLISH, DESK_ADMINISTRATOR, NULL, publish },
	{ COMMAND_MATCH, DESK_STAFF, NULL, match },
	DESK_COMMANDS_END,
};

const struct office_trade hub_trade = {
	.program = "city-hub",
	.has_children = true,
	.open = open_trade,
	.close = close_trade,
	.is_below = is_below,
	.name_of = name_of,
	.tick = tick,
	.on_record = on_record,
	.commands = commands,
	.settle = settle,
};

/* -- lines -- */

static int
report_not_listening(const struct hub *h, enum rc rc)
{
	char text[SAY_TEXT_MAX];
	enum say id = SAY_HUB_ADDRESS;

	if (rc == RC_BUSY) {
		id = SAY_HUB_ADDRESS_BUSY;
	} else if (rc == RC_REFUSED) {
		id = SAY_HUB_SELF_TEST;
	}
	say_to(text, sizeof(text), h->office->language, id,
	    SAY_ARGS(h->office->settings.listen));
	(void)fprintf(stderr, "%s\n", text);
	return rc == RC_BUSY ? EXIT_TRY_AGAIN : EXIT_CONFIG;
}

static int
listen_below(struct hub *h, struct service *s)
{
	enum rc rc = downlink_open(s->bus, h->office, h->roster, &h->downlink);

	if (rc == RC_NONE) {
		log_warn("office=%s event=no_listener",
		    h->office->settings.office);
		return EXIT_DONE;
	}
	if (rc != RC_OK)
		return report_not_listening(h, rc);
	turn_add(s->turn, downlink_part(h->downlink));
	return EXIT_DONE;
}

static int
run_lines(struct hub *h, struct service *s)
{
	int exit = service_connect(s, roster_admit, h->roster);

	if (exit == EXIT_DONE)
		exit = listen_below(h, s);
	if (exit == EXIT_DONE)
		exit = service_loop(s);
	downlink_close(h->downlink);
	h->downlink = NULL;
	return exit;
}

int
hub_run(const char *dir)
{
	struct service s;
	int exit = service_open(&s, dir, &hub_trade, RELAY_CHILDREN_MAX);

	if (exit == EXIT_DONE)
		exit = run_lines(s.office->trade_state, &s);
	service_close(&s);
	return exit;
}
