/*
 * Rule files, calendars and lists on their way down.
 *
 * What is given from above becomes ours, and what is ours is given to each
 * child, a few copies a turn; which ones are missing is asked of the register
 * and not remembered, so that a restart or a new child needs nothing more.
 */
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
#include "office/office.h"
#include "register/ask/published.h"
#include "relay/journal.h"
#include "relay/relay.h"
#include "words/doc.h"

struct publishing {
	struct office *office;
	bool is_settled; /* nobody lacks anything */
};

struct publishing *
publishing_open(struct office *o)
{
	struct publishing *p = memory_new(1, sizeof(*p));

	p->office = o;
	return p;
}

void
publishing_close(struct publishing *p)
{
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
record_copy(struct publishing *p, const struct ask_copy *c)
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
record_next(struct publishing *p, struct ask_copy *c)
{
	const struct office_settings *own = &p->office->settings;
	struct views *v = p->office->views;

	if (!ask_missing_own(v, own->office, own->parent, c) &&
	    !ask_missing_below(v, own->office, c))
		return false;
	record_copy(p, c);
	return true;
}

bool
publishing_run(struct publishing *p)
{
	struct ask_copy c = { 0 };
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
is_delivered(struct publishing *p, const char *child,
    const struct ask_given *given)
{
	struct stream_key key = { .incarnation = given->incarnation };
	const struct stream *stream;

	memcpy(key.origin, p->office->settings.office, sizeof(key.origin));
	CHECK(text_copy(key.audience, sizeof(key.audience), child) == RC_OK);
	stream = journal_find(p->office->journal, &key);
	return stream != NULL && stream->acked >= given->sequence;
}

json_t *
publishing_of(struct publishing *p, const char *child)
{
	struct views *v = p->office->views;
	json_t *list = json_array();
	struct ask_given given;

	ask_walk_given(v, p->office->settings.office, child);
	while (ask_next_given(v, &given)) {
		doc_add(list,
		    json_pack("{s:o, s:o, s:b}", "sort", doc_text(given.sort),
			"version", doc_text(given.version), "delivered",
			is_delivered(p, child, &given)));
	}
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
	struct buffer text = { 0 };
	enum rc rc = RC_NONE;

	if (ask_version(p->office->views, p->office->settings.office, wish,
		&text, &wish->effective_ms)) {
		rc = text.size == wish->text.size &&
			     memcmp(text.at, wish->text.at, text.size) == 0
			 ? RC_DUPLICATE
			 : RC_REFUSED;
	}
	buffer_clear(&text);
	return rc;
}

static void
publish(struct publishing *p, const struct command *c, struct published *wish,
    struct reply_writer *reply)
{
	struct ask_copy copy = { .published = *wish };
	enum rc rc = find_same(p, wish);

	if (rc == RC_REFUSED) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PUBLISH_OTHER_TEXT,
		    SAY_ARGS(wish->version));
		return;
	}
	if (rc == RC_NONE) {
		memcpy(copy.role, c->actor_role, sizeof(copy.role));
		memcpy(copy.actor, c->actor, sizeof(copy.actor));
		record_copy(p, &copy);
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
