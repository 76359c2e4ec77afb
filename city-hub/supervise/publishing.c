#include "supervise/publishing.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/reply.h"
#include "law/limits/publication.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay.h"
#include "words/doc.h"

struct publishing {
	struct office *office;
	struct stmt *missing_own, *missing_child, *same;
	bool is_settled; /* nobody lacks anything */
};

/* One copy that has yet to be recorded. */
struct copy {
	char audience[OFFICE_CODE_MAX + 1];
	struct published published;
	struct buffer text; /* of `published` */
	char role[ACTOR_MAX + 1], actor[ACTOR_MAX + 1];
};

struct publishing *
publishing_open(struct office *o)
{
	struct publishing *p = memory_new(1, sizeof(*p));
	struct db *db = views_db(o->views);

	p->office = o;
	/* Given to us by our parent, and not yet ours. */
	p->missing_own = db_prepare(db,
	    "SELECT '', sort, version, effective_ms, text, role, actor"
	    " FROM published p WHERE origin = ?2 AND audience = ?1"
	    " AND NOT EXISTS (SELECT 1 FROM published q WHERE q.origin = ?1"
	    "  AND q.audience = '' AND q.sort = p.sort"
	    "  AND q.version = p.version) ORDER BY position LIMIT 1");
	/* Ours, and not yet given to a child. */
	p->missing_child = db_prepare(db,
	    "SELECT o.code, sort, version, effective_ms, text, p.role, p.actor"
	    " FROM published p CROSS JOIN office o WHERE o.parent = ?1"
	    " AND o.state = 'enrolled' AND p.origin = ?1 AND p.audience = ''"
	    " AND NOT EXISTS (SELECT 1 FROM published q WHERE q.origin = ?1"
	    "  AND q.audience = o.code AND q.sort = p.sort"
	    "  AND q.version = p.version)"
	    " ORDER BY p.position LIMIT 1");
	p->same = db_prepare(db,
	    "SELECT text, effective_ms FROM published WHERE origin = ?"
	    " AND audience = '' AND sort = ? AND version = ? LIMIT 1");
	return p;
}

void
publishing_close(struct publishing *p)
{
	if (p == NULL)
		return;
	db_finish(p->missing_own);
	db_finish(p->missing_child);
	db_finish(p->same);
	free(p);
}

void
publishing_on_record(struct publishing *p, const struct relay_entry *entry)
{
	if (entry->record == NULL)
		return;
	if (entry->record->kind == RECORD_PUBLISHED ||
	    entry->record->kind == RECORD_CHILD_ENROLLED ||
	    entry->record->kind == RECORD_CARRIED)
		p->is_settled = false;
}

/* -- recording -- */

static void
read_column(struct stmt *s, int column, char *to, size_t size)
{
	CHECK(text_copy(to, size, db_column_text(s, column)) == RC_OK);
}

static bool
read_copy(struct stmt *s, struct copy *out)
{
	struct published *p = &out->published;

	if (!db_next(s))
		return false;
	read_column(s, 0, out->audience, sizeof(out->audience));
	read_column(s, 1, p->sort, sizeof(p->sort));
	read_column(s, 2, p->version, sizeof(p->version));
	p->effective_ms = db_column_i64(s, 3);
	buffer_reset(&out->text);
	CHECK(buffer_append(&out->text, db_column_span(s, 4)) == RC_OK);
	p->text = buffer_span(&out->text);
	read_column(s, 5, out->role, sizeof(out->role));
	read_column(s, 6, out->actor, sizeof(out->actor));
	db_reset(s);
	return true;
}

static void
record(struct publishing *p, const struct copy *c)
{
	struct buffer payload = { 0 };

	wire_published_pack(&payload, &c->published);
	CHECK(office_record(p->office, c->audience, RECORD_PUBLISHED,
		  buffer_span(&payload), c->role, c->actor) == RC_OK);
	buffer_clear(&payload);
	log_info("event=published sort=%s version=\"%s\" child=%s",
	    c->published.sort, c->published.version, c->audience);
}

static bool
record_next(struct publishing *p, struct copy *c)
{
	const struct office_settings *own = &p->office->settings;
	bool found;

	db_bind_text(p->missing_own, own->office);
	db_bind_text(p->missing_own, own->parent);
	found = read_copy(p->missing_own, c);
	if (!found) {
		db_bind_text(p->missing_child, own->office);
		found = read_copy(p->missing_child, c);
	}
	if (found)
		record(p, c);
	return found;
}

bool
publishing_run(struct publishing *p)
{
	struct copy c = { 0 };
	int count = 0;

	if (p->is_settled || p->office->is_full)
		return false;
	while (!p->is_settled && count < PUBLISHING_PER_TURN_MAX) {
		p->is_settled = !record_next(p, &c);
		/* Its own record asks for another look. */
		count++;
	}
	buffer_clear(&c.text);
	return !p->is_settled;
}

/* -- what a child has -- */

static bool
is_delivered(struct publishing *p, const char *child, struct stmt *s)
{
	struct stream_key key = { .incarnation =
				      (uint32_t)db_column_u64(s, 2) };
	const struct stream *stream;

	memcpy(key.origin, p->office->settings.office, sizeof(key.origin));
	CHECK(text_copy(key.audience, sizeof(key.audience), child) == RC_OK);
	stream = journal_find(p->office->journal, &key);
	return stream != NULL && stream->acked >= db_column_u64(s, 3);
}

json_t *
publishing_of(struct publishing *p, const char *child)
{
	struct stmt *s = db_prepare(views_db(p->office->views),
	    "SELECT sort, version, incarnation, sequence FROM published"
	    " WHERE origin = ? AND audience = ? ORDER BY position");
	json_t *list = json_array();

	db_bind_text(s, p->office->settings.office);
	db_bind_text(s, child);
	while (db_next(s)) {
		doc_add(list, json_pack("{s:o, s:o, s:b}", "sort",
				  doc_text(db_column_text(s, 0)), "version",
				  doc_text(db_column_text(s, 1)), "delivered",
				  is_delivered(p, child, s)));
	}
	db_finish(s);
	return list;
}

/* -- the command -- */

static void
refuse_file(const struct law_fault *fault, struct reply_writer *reply)
{
	char line[24];

	CHECK(text_format(line, sizeof(line), "%u", fault->line) == RC_OK);
	reply_refuse(reply, EXIT_REFUSED,
	    fault->line > 0 ? SAY_PUBLISH_LINE : SAY_PUBLISH_FILE,
	    fault->line > 0 ? SAY_ARGS(line, fault->text)
			    : SAY_ARGS(fault->text));
}

/*
 * Was this version published before?  RC_NONE: no.  RC_DUPLICATE: with this
 * text.  RC_REFUSED: with another one.
 */
static enum rc
find_same(struct publishing *p, struct published *wish)
{
	enum rc rc = RC_NONE;

	db_bind_text(p->same, p->office->settings.office);
	db_bind_text(p->same, wish->sort);
	db_bind_text(p->same, wish->version);
	if (db_next(p->same)) {
		struct span text = db_column_span(p->same, 0);

		rc = text.size == wish->text.size &&
			     memcmp(text.at, wish->text.at, text.size) == 0
			 ? RC_DUPLICATE
			 : RC_REFUSED;
		wish->effective_ms = db_column_i64(p->same, 1);
		db_reset(p->same);
	}
	return rc;
}

static void
publish(struct publishing *p, const struct command *c, struct published *wish,
    struct reply_writer *reply)
{
	struct copy copy = { .published = *wish };
	enum rc rc = find_same(p, wish);

	if (rc == RC_REFUSED) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PUBLISH_OTHER_TEXT,
		    SAY_ARGS(wish->version));
		return;
	}
	if (rc == RC_NONE) {
		memcpy(copy.role, c->actor_role, sizeof(copy.role));
		memcpy(copy.actor, c->actor, sizeof(copy.actor));
		record(p, &copy);
		(void)publishing_run(p);
	}
	reply_result(reply, json_pack("{s:s, s:s, s:s, s:o}", "outcome",
				rc == RC_DUPLICATE ? "already" : "published",
				"sort", wish->sort, "version", wish->version,
				"effective", doc_time(wish->effective_ms)));
}

void
publishing_handle(struct publishing *p, const struct command *c,
    struct reply_writer *reply)
{
	struct published wish;
	struct law_fault fault;
	const char *sort = publication_sort(c->publish.sort);

	if (c->publish.sort[0] != '\0' && sort == NULL) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PUBLISH_SORT,
		    SAY_ARGS(c->publish.sort));
		return;
	}
	if (c->publish.text.size > PUBLISHED_TEXT_BYTES_MAX) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PUBLISH_FILE,
		    SAY_ARGS("it is larger than 64 KiB"));
		return;
	}
	if (publication_read(c->publish.text, sort != NULL ? sort : "", &wish,
		&fault) != RC_OK) {
		refuse_file(&fault, reply);
		return;
	}
	if (wish.effective_ms == 0)
		wish.effective_ms = p->office->now.wall_ms;
	publish(p, c, &wish, reply);
}
