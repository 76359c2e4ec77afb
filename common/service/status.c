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
#include "register/lawbook.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay.h"
#include "relay/store_sqlite.h"

enum { MS_PER_S = 1000 };

static void
set(json_t *object, const char *key, json_t *value)
{
	CHECK(json_object_set_new(object, key, value) == 0);
}

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
	set(out, "office", reply_text(s.office));
	set(out, "name", reply_text(name));
	set(out, "direction", reply_text(s.is_parent ? "up" : "down"));
	set(out, "state", reply_text(state_name(o, s.state)));
	set(out, "since", reply_time(o->is_daemon ? s.since_wall_ms : 0));
	set(out, "unsent_records", reply_number(s.unsent_records));
	set(out, "unsent_bytes", reply_number(s.unsent_bytes));
	set(out, "oldest_unsent_age_s", age_s(o, s.oldest_unsent_ms));
	set(out, "last_ack_at", reply_time(s.last_ack_wall_ms));
	set(out, "last_heard_at", reply_time(s.last_heard_wall_ms));
	set(out, "last_error", reply_text(s.last_error));
	set(out, "peer_records", reply_number(s.peer_records));
	set(out, "awaited_records", reply_number(s.awaited_records));
	set(out, "forked_streams", reply_number(s.forked_streams));
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
		(void)json_array_append_new(links,
		    status_link(o, relay_parent(o->relay),
			o->settings.parent_name));
	}
	for (size_t i = 0; i < relay_child_count(o->relay); i++) {
		struct relay_link *child = relay_child_at(o->relay, i);

		(void)json_array_append_new(links,
		    status_link(o, child, child_name(o, child)));
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
	set(out, "origin", reply_text(s->key.origin));
	set(out, "incarnation", reply_number(s->key.incarnation));
	set(out, "audience", reply_text(s->key.audience));
	set(out, "size", reply_number(s->tree.size));
	set(out, "root", reply_hex(root, sizeof(root)));
	set(out, "forked", json_boolean(s->is_forked));
	set(out, "forked_with", reply_text(s->forked_with));
	set(out, "branch", reply_number(s->branch));
	return out;
}

static json_t *
all_streams(struct office *o)
{
	uint32_t count = journal_stream_count(o->journal);
	json_t *streams = json_array();

	for (uint32_t id = 1; id <= count && id <= STATUS_STREAMS_MAX; id++) {
		(void)json_array_append_new(streams,
		    one_stream(journal_stream(o->journal, id)));
	}
	return streams;
}

/* -- the office -- */

static uint64_t
quarantined(struct office *o)
{
	struct stmt *s =
	    db_prepare(views_db(o->views), "SELECT count(*) FROM quarantine");
	uint64_t count = db_next(s) ? db_column_u64(s, 0) : 0;

	db_finish(s);
	return count;
}

/* R22 Art 25: to be reported at once, and to be seen at once. */
static uint64_t
urgent_waiting(struct office *o)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT count(*) FROM petition WHERE " VIEWS_URGENT_WAITING);
	uint64_t count = db_next(s) ? db_column_u64(s, 0) : 0;

	db_finish(s);
	return count;
}

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
	set(out, "ledger_bytes",
	    reply_number(file_bytes(o, OFFICE_LEDGER_FILE)));
	set(out, "register_bytes", reply_number(file_bytes(o, VIEWS_FILE)));
	set(out, "disk_free_bytes", reply_number(free_bytes));
	set(out, "disk_full", json_boolean(o->is_full));
}

static json_t *
one_source(const struct lawbook_source *s)
{
	json_t *out = json_object();

	set(out, "version", reply_text(s->version));
	set(out, "effective", reply_time(s->effective_ms));
	set(out, "publisher", reply_text(s->publisher));
	set(out, "position", reply_number(s->position));
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
	set(now, "next",
	    lawbook_next(book, own, o->now.wall_ms, wants_rules, &source)
		? one_source(&source)
		: json_null());
	while (
	    !wants_rules && calendar_knows(calendar, calendar_day(year, 1, 1)))
		year++;
	if (!wants_rules)
		set(now, "unknown_from", json_integer(year));
	set(out, wants_rules ? "rules" : "calendar", now);
}

void
status_handle(struct office *o, struct reply_writer *reply)
{
	json_t *out = json_object();

	set(out, "office", reply_text(o->settings.office));
	set(out, "name", reply_text(o->settings.name));
	set(out, "level", reply_text(o->settings.level));
	set(out, "parent", reply_text(o->settings.parent));
	set(out, "joined", json_boolean(o->settings.parent_key[0] != '\0'));
	set(out, "program", reply_text(o->trade->program));
	set(out, "version", reply_text(PETITION_VERSION));
	set(out, "running", json_boolean(o->is_daemon));
	set(out, "incarnation", reply_number(relay_incarnation(o->relay)));
	set(out, "journal_records", reply_number(journal_end(o->journal)));
	set(out, "applied_position", reply_number(views_applied(o->views)));
	set(out, "quarantined_records", reply_number(quarantined(o)));
	set(out, "urgent_waiting", reply_number(urgent_waiting(o)));
	set_sizes(o, out);
	set_law(o, out, true);
	set_law(o, out, false);
	set(out, "streams_count",
	    reply_number(journal_stream_count(o->journal)));
	set(out, "streams", all_streams(o));
	set(out, "links", all_links(o));
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
	set(out, "origin", reply_text(c->settle.origin));
	set(out, "incarnation", reply_number(c->settle.incarnation));
	set(out, "audience", reply_text(c->settle.audience));
	reply_result(reply, out);
}
