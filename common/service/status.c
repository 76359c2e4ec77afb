/*
 * Asked inside a turn, which waits for the answer.  Bytes and age of what is
 * unsent are counted row by row: after a long outage that is the slow part.
 */
#include "service/status.h"

#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "contract/command.h"
#include "desk/reply.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/ask/items.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay.h"
#include "relay/store_sqlite.h"
#include "words/doc.h"

enum { MS_PER_S = 1000 };

/* -- links -- */

static const char *
state_name(const struct office *o, enum link_state state)
{
	return o->is_daemon ? link_state_name(state) : "stopped";
}

static json_t *
age_s(const struct office *o, int64_t since_ms)
{
	int64_t age_ms = o->now.wall_ms - since_ms;

	if (since_ms == 0)
		return json_null();
	return json_integer(age_ms > 0 ? age_ms / MS_PER_S : 0);
}

json_t *
status_link(struct office *o, struct relay_link *link, const char *name)
{
	struct relay_link_status s;
	json_t *out = json_object();

	relay_status(o->relay, link, true, &s);
	doc_set(out, "office", doc_text(s.office));
	doc_set(out, "name", doc_text(name));
	doc_set(out, "direction", doc_text(s.is_parent ? "up" : "down"));
	doc_set(out, "state", doc_text(state_name(o, s.state)));
	doc_set(out, "since", doc_time(o->is_daemon ? s.since_wall_ms : 0));
	doc_set(out, "unsent_records", doc_number(s.unsent_records));
	doc_set(out, "unsent_bytes", doc_number(s.unsent_bytes));
	doc_set(out, "oldest_unsent_age_s", age_s(o, s.oldest_unsent_ms));
	doc_set(out, "last_ack_at", doc_time(s.last_ack_wall_ms));
	doc_set(out, "last_heard_at", doc_time(s.last_heard_wall_ms));
	doc_set(out, "last_error", doc_text(s.last_error));
	doc_set(out, "peer_records", doc_number(s.peer_records));
	doc_set(out, "awaited_records", doc_number(s.awaited_records));
	doc_set(out, "forked_streams", doc_number(s.forked_streams));
	return out;
}

static const char *
child_name(const struct office *o, struct relay_link *link)
{
	const char *name = NULL;

	if (o->trade->name_of != NULL && o->trade_state != NULL) {
		name =
		    o->trade->name_of(o->trade_state, relay_link_office(link));
	}
	return name != NULL ? name : "";
}

static json_t *
all_links(struct office *o)
{
	json_t *links = json_array();

	if (relay_parent(o->relay) != NULL) {
		doc_add(links, status_link(o, relay_parent(o->relay),
				   o->settings.parent_name));
	}
	for (size_t i = 0; i < relay_child_count(o->relay); i++) {
		struct relay_link *child = relay_child_at(o->relay, i);

		doc_add(links, status_link(o, child, child_name(o, child)));
	}
	return links;
}

/* -- streams -- */

static json_t *
one_stream(const struct stream *s)
{
	uint8_t root[HASH_BYTES];
	json_t *out = json_object();

	merkle_root(&s->tree, root);
	doc_set(out, "origin", doc_text(s->key.origin));
	doc_set(out, "incarnation", doc_number(s->key.incarnation));
	doc_set(out, "audience", doc_text(s->key.audience));
	doc_set(out, "size", doc_number(s->tree.size));
	doc_set(out, "root", doc_hex(root, sizeof(root)));
	doc_set(out, "forked", json_boolean(s->is_forked));
	doc_set(out, "forked_with", doc_text(s->forked_with));
	doc_set(out, "branch", doc_number(s->branch));
	return out;
}

static json_t *
all_streams(struct office *o)
{
	uint32_t count = journal_stream_count(o->journal);
	json_t *streams = json_array();

	for (uint32_t id = 1; id <= count && id <= STATUS_STREAMS_MAX; id++) {
		doc_add(streams, one_stream(journal_stream(o->journal, id)));
	}
	return streams;
}

/* -- the office -- */

static uint64_t
file_bytes(const struct office *o, const char *name)
{
	char path[FILE_PATH_MAX];
	struct stat st;

	file_join(path, o->dir, name);
	return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

static void
set_sizes(struct office *o, json_t *out)
{
	uint64_t free_bytes = 0;

	if (db_space_left(o->dir, &free_bytes) != RC_OK)
		free_bytes = 0;
	doc_set(out, "ledger_bytes",
	    doc_number(file_bytes(o, OFFICE_LEDGER_FILE)));
	doc_set(out, "register_bytes", doc_number(file_bytes(o, VIEWS_FILE)));
	doc_set(out, "disk_free_bytes", doc_number(free_bytes));
	doc_set(out, "disk_full", json_boolean(o->is_full));
}

static json_t *
one_source(const struct lawbook_source *s)
{
	json_t *out = json_object();

	doc_set(out, "version", doc_text(s->version));
	doc_set(out, "effective", doc_time(s->effective_ms));
	doc_set(out, "publisher", doc_text(s->publisher));
	doc_set(out, "position", doc_number(s->position));
	return out;
}

/* By what this office counts its limits, and what comes next. */
static void
set_law(struct office *o, json_t *out, bool wants_rules)
{
	struct lawbook *book = views_lawbook(o->views);
	const char *own = o->settings.office;
	const struct calendar *calendar =
	    lawbook_calendar(book, own, o->now.wall_ms);
	int year = clock_year(o->now.wall_ms);
	struct lawbook_source source;
	json_t *now;

	lawbook_source(book, own, o->now.wall_ms, wants_rules, &source);
	now = one_source(&source);
	doc_set(now, "next",
	    lawbook_next(book, own, o->now.wall_ms, wants_rules, &source)
		? one_source(&source)
		: json_null());
	while (
	    !wants_rules && calendar_knows(calendar, calendar_day(year, 1, 1)))
		year++;
	if (!wants_rules)
		doc_set(now, "unknown_from", json_integer(year));
	doc_set(out, wants_rules ? "rules" : "calendar", now);
}

/* Null: nobody is above us. */
static json_t *
held_by_parent(struct office *o, const struct command_status *c)
{
	struct stream_key key = { .incarnation = c->incarnation };

	if (relay_parent(o->relay) == NULL)
		return json_null();
	memcpy(key.origin, c->origin, sizeof(key.origin));
	return json_boolean(relay_parent_holds(o->relay, &key, c->sequence));
}

static json_t *
whole_office(struct office *o)
{
	json_t *out = json_object();

	doc_set(out, "office", doc_text(o->settings.office));
	doc_set(out, "name", doc_text(o->settings.name));
	doc_set(out, "level", doc_text(o->settings.level));
	doc_set(out, "parent", doc_text(o->settings.parent));
	doc_set(out, "joined", json_boolean(o->settings.parent_key[0] != '\0'));
	doc_set(out, "program", doc_text(o->trade->program));
	doc_set(out, "version", doc_text(PETITION_VERSION));
	doc_set(out, "running", json_boolean(o->is_daemon));
	doc_set(out, "incarnation", doc_number(relay_incarnation(o->relay)));
	doc_set(out, "journal_records", doc_number(journal_end(o->journal)));
	doc_set(out, "applied_position", doc_number(views_applied(o->views)));
	doc_set(out, "quarantined_records",
	    doc_number(ask_quarantined(o->views)));
	doc_set(out, "urgent_waiting",
	    doc_number(ask_urgent_waiting(o->views)));
	set_sizes(o, out);
	set_law(o, out, true);
	set_law(o, out, false);
	doc_set(out, "streams_count",
	    doc_number(journal_stream_count(o->journal)));
	doc_set(out, "streams", all_streams(o));
	doc_set(out, "links", all_links(o));
	return out;
}

void
status_handle(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	json_t *out;

	if (c->status.sequence == 0) {
		reply_result(reply, whole_office(o));
		return;
	}
	out = json_object();
	doc_set(out, "held_by_parent", held_by_parent(o, &c->status));
	reply_result(reply, out);
}

/* -- settling a fork -- */

static void
refuse_to_settle(struct office *o, const struct stream_key *key, enum rc rc,
    struct reply_writer *reply)
{
	const struct stream *s = journal_find(o->journal, key);

	if (rc == RC_REFUSED && s != NULL) {
		reply_refuse(reply, EXIT_REFUSED, SAY_SETTLE_NOT_OURS,
		    SAY_ARGS(key->origin, s->forked_with));
	} else {
		reply_refuse(reply, EXIT_REFUSED, SAY_SETTLE_NOT_FORKED,
		    SAY_ARGS(key->origin));
	}
}

void
status_settle(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	enum rc rc = relay_settle(o->relay, &c->settle, o->now);
	json_t *out;

	if (rc != RC_OK) {
		refuse_to_settle(o, &c->settle, rc, reply);
		return;
	}
	views_set_aside(o->views, &c->settle);
	out = json_object();
	doc_set(out, "origin", doc_text(c->settle.origin));
	doc_set(out, "incarnation", doc_number(c->settle.incarnation));
	doc_set(out, "audience", doc_text(c->settle.audience));
	reply_result(reply, out);
}
