/*
 * relay_hear - what a peer said, and what it changes here.
 *
 * Order of suspicion: is it a frame at all (wire), is it of the session that
 * counts and in sequence (link_core), is it a stream of this link (scope),
 * do its records lead to the root that it claims (here).  Only then is
 * anything stored, and then all of the batch.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "relay/relay_internal.h"

enum { STALE_EVERY_MS = 1000 }; /* between two answers to an old session */

static const char *
refusal_text(enum refuse_code code)
{
	switch (code) {
	case REFUSE_NOT:
		return "";
	case REFUSE_VERSION:
		return "no protocol version in common: upgrade the older side";
	case REFUSE_OFFICE:
		return "this key belongs to another office";
	case REFUSE_REVOKED:
		return "this office has been cut off by the office above";
	case REFUSE_STALE_SESSION:
		return "no such session: say HELLO";
	case REFUSE_GAP:
		return "records are missing before this batch";
	case REFUSE_FORK:
		return "two histories of one stream do not agree";
	case REFUSE_MALFORMED:
		return "malformed frame";
	case REFUSE_SCOPE:
		return "this stream is not part of this link";
	case REFUSE_NO_SPACE:
		return "the receiving office has no disk space left";
	case REFUSE_CREDIT:
		return "more bytes than the window allows";
	case REFUSE_INVITATION_USED:
		return "the invitation has been used";
	case REFUSE_INVITATION_EXPIRED:
		return "the invitation has expired";
	case REFUSE_INVITATION_OFFICE:
		return "the invitation is made out to another office";
	}
	return "refused";
}

/* In the log rarely; whoever looks at the link sees it always. */
static void
note_refusal(const struct hearing *h, enum refuse_code code)
{
	struct relay_link *link = h->link;

	if (code != REFUSE_STALE_SESSION)
		relay_note_error(link, refusal_text(code));
	if (!log_rarely(&link->refusal_log[code], h->now.steady_ms, NULL))
		return;
	log_warn("link=%s event=refusing code=%d reason=\"%s\"", link->office,
	    (int)code, refusal_text(code));
}

void
relay_refuse(const struct hearing *h, enum refuse_code code,
    const struct stream_key *key, const struct stream *s)
{
	static const struct merkle empty;
	struct relay_link *link = h->link;
	struct relay_refusal *word;

	note_refusal(h, code);
	if (link->refusals_count == RELAY_REFUSALS_MAX)
		return;
	word = &link->refusals[link->refusals_count++];
	*word =
	    (struct relay_refusal){ .route = h->route, .session = h->session };
	word->refuse.code = code;
	CHECK(text_copy(word->refuse.reason, sizeof(word->refuse.reason),
		  refusal_text(code)) == RC_OK);
	if (key != NULL)
		word->refuse.key = *key;
	if (s != NULL)
		word->refuse.size = s->tree.size;
	merkle_root(s != NULL ? &s->tree : &empty, word->refuse.root);
}

struct hearing
relay_in_session(struct relay *r, struct relay_link *link, struct relay_now now)
{
	return (struct hearing){ .relay = r,
		.link = link,
		.route = link->route,
		.session = link->core.session,
		.now = now };
}

/* One refusal of the whole frame. */
static void
refuse_frame(const struct hearing *h, enum refuse_code code)
{
	relay_refuse(h, code, NULL, NULL);
}

/* Who keeps sending in an old session need not be answered every time. */
static bool
may_refuse(const struct hearing *h, enum refuse_code code)
{
	int64_t *next_ms = &h->link->stale_next_ms;

	if (code != REFUSE_STALE_SESSION)
		return code != REFUSE_NOT;
	if (h->now.steady_ms < *next_ms)
		return false;
	*next_ms = h->now.steady_ms + STALE_EVERY_MS;
	return true;
}

/* What the frame means to the link's core. */
static void
step_core(const struct hearing *h, struct link_event event,
    struct link_todo *todo)
{
	event.now_ms = h->now.steady_ms;
	event.session = h->session;
	relay_step(h->link, &event, h->now, todo);
}

/* -- greetings -- */

/* A stream may agree with one peer's copy and differ from another's. */
static bool
is_forked_with(const struct stream *s, const struct relay_link *link)
{
	return s->is_forked && strcmp(s->forked_with, link->office) == 0;
}

/*
 * The peer holds `mark->size` records of our stream `s`.  Where that is not
 * more than we hold, its root must be the root that our tree had then.
 */
static bool
agrees(struct relay *r, const struct stream *s, const struct stream_mark *mark)
{
	struct merkle then;
	uint8_t root[HASH_BYTES];

	if (mutant_is(MUTANT_NO_LINEAGE))
		return true;
	journal_tree_at(r->journal, s, mark->size, &then);
	merkle_root(&then, root);
	return memcmp(root, mark->root, HASH_BYTES) == 0;
}

/*
 * The peer remembers more of our present history than we do: our disk is
 * old.  It is only the peer's word, and each belief costs a record: a liar
 * is believed once a minute at most.  Not believing what is true is safe; a
 * fork is then found as soon as the two histories meet.
 */
static bool
is_lost_tail(const struct hearing *h, const struct stream_mark *mark,
    const struct stream *s)
{
	const struct relay *r = h->relay;
	uint64_t held = s != NULL ? s->tree.size : 0;

	return strcmp(mark->key.origin, r->settings.office) == 0 &&
	       mark->key.incarnation == r->incarnation && mark->size > held &&
	       (r->incarnation_at_ms == 0 ||
		   h->now.steady_ms - r->incarnation_at_ms >=
		       RELAY_INCARNATION_EVERY_MS) &&
	       !mutant_is(MUTANT_SAME_INCARNATION);
}

static void
begin_anew(const struct hearing *h, const struct stream_mark *mark,
    const struct stream *s)
{
	struct relay *r = h->relay;

	log_warn("office=%s event=history_lost incarnation=%u held=%llu "
		 "peer=%llu",
	    r->settings.office, (unsigned)mark->key.incarnation,
	    (unsigned long long)(s != NULL ? s->tree.size : 0),
	    (unsigned long long)mark->size);
	r->incarnation_at_ms = h->now.steady_ms;
	relay_next_incarnation(r, h->now);
}

static void
compare_mark(const struct hearing *h, const struct stream_mark *mark)
{
	struct relay *r = h->relay;
	struct stream *s = journal_find(r->journal, &mark->key);

	if (is_lost_tail(h, mark, s))
		begin_anew(h, mark, s);
	if (s == NULL || mark->size > s->tree.size)
		return;
	if (agrees(r, s, mark)) {
		if (is_forked_with(s, h->link))
			journal_agree(r->journal, s);
		return;
	}
	relay_forked(r, h->link, s, mark->size, h->now);
	relay_refuse(h, REFUSE_FORK, &mark->key, s);
}

/*
 * A peer that holds nothing of a stream agrees with any history of it; and
 * what we know nothing of is noted, lest we send it back one day.
 */
static void
note_unlisted(struct relay *r, struct relay_link *link,
    const struct frame_greeting *g)
{
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		struct stream *s = journal_stream(r->journal, id);
		bool is_listed = false;

		if (!is_forked_with(s, link))
			continue;
		for (uint32_t i = 0; i < g->marks_count; i++) {
			is_listed |=
			    stream_key_equal(&g->marks[i].key, &s->key);
		}
		if (!is_listed)
			journal_agree(r->journal, s);
	}
	free(link->unknown);
	link->unknown = memory_new(g->marks_count, sizeof(*link->unknown));
	link->unknown_count = 0;
	for (uint32_t i = 0; i < g->marks_count; i++) {
		if (journal_find(r->journal, &g->marks[i].key) == NULL)
			link->unknown[link->unknown_count++] = g->marks[i];
	}
}

/* Turn the peer's marks into ids of streams that we know. */
static uint32_t
known_marks(struct relay *r, const struct relay_link *link,
    const struct stream_mark *marks, uint32_t count)
{
	uint32_t known = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct stream *s = journal_find(r->journal, &marks[i].key);

		if (s == NULL || !relay_in_scope(r, link, &s->key))
			continue;
		r->heard[known++] = (struct link_mark){ s->id, marks[i].size };
	}
	return known;
}

static enum refuse_code
judge_greeting(const struct hearing *h, const struct frame_greeting *g)
{
	if (strcmp(g->office, h->link->office) != 0)
		return REFUSE_OFFICE;
	if (g->protocol_min > PROTOCOL_VERSION ||
	    g->protocol_max < PROTOCOL_VERSION)
		return REFUSE_VERSION;
	return h->relay->is_full ? REFUSE_NO_SPACE : REFUSE_NOT;
}

static void
hear_greeting(const struct hearing *h, const struct frame_greeting *g)
{
	struct relay *r = h->relay;
	struct relay_link *link = h->link;
	enum refuse_code code = judge_greeting(h, g);
	struct link_event event = { .kind = LINK_GREETED,
		.window_bytes = g->window_bytes,
		.marks = r->heard };
	struct link_todo todo;

	if (code != REFUSE_NOT) {
		refuse_frame(h, code);
		return;
	}
	/* Lineage first: a halted stream must be so before the first send. */
	link->route = h->route;
	note_unlisted(r, link, g);
	event.marks_count = known_marks(r, link, g->marks, g->marks_count);
	step_core(h, event, &todo);
	if (link->core.session != h->session ||
	    link->core.state != LINK_STREAMING)
		return;
	for (uint32_t i = 0; i < g->marks_count; i++) {
		if (relay_in_scope(r, link, &g->marks[i].key))
			compare_mark(h, &g->marks[i]);
	}
}

/* -- batches -- */

/*
 * Hash the records, see that the batch holds what it says, and that behind
 * them the stream has the root that its sender gives.
 */
static enum rc
verify_batch(struct relay *r, const struct stream *s,
    const struct frame_batch *b, uint32_t skip)
{
	struct merkle after = s->tree;
	struct span records = b->records, record;
	uint8_t root[HASH_BYTES];
	uint32_t count = 0;

	while (wire_batch_next(&records, &record) == RC_OK) {
		if (count == b->count || record.size > RECORD_BYTES_MAX)
			return RC_MALFORMED;
		if (count >= skip) {
			merkle_leaf(record, r->leaves[count]);
			merkle_append(&after, r->leaves[count]);
		}
		count++;
	}
	if (count != b->count || records.size != 0)
		return RC_MALFORMED;
	merkle_root(&after, root);
	if (memcmp(root, b->root, HASH_BYTES) != 0 &&
	    !mutant_is(MUTANT_NO_BATCH_ROOT))
		return RC_MALFORMED;
	return RC_OK;
}

/* NULL: kept as it is, but nobody will read it. */
static const struct record *
readable(const struct stream *s, struct span bytes, struct record *out)
{
	if (wire_record_unpack(bytes, out) != RC_OK)
		return NULL;
	if (!stream_key_equal(&out->key, &s->key) ||
	    out->sequence != s->tree.size + 1)
		return NULL;
	return out;
}

static void
store_batch(struct relay *r, struct stream *s, const struct frame_batch *b,
    uint32_t skip, struct relay_now now)
{
	struct span records = b->records, bytes;
	struct record record;

	for (uint32_t i = 0; wire_batch_next(&records, &bytes) == RC_OK; i++) {
		if (i < skip)
			continue;
		(void)relay_append(r, s, bytes, readable(s, bytes, &record),
		    r->leaves[i], now);
	}
	relay_stream_grew(r, s);
}

static void
take_batch(const struct hearing *h, const struct frame_batch *b,
    struct stream *s, uint32_t skip)
{
	struct link_core *core = &h->link->core;

	if (verify_batch(h->relay, s, b, skip) == RC_OK) {
		store_batch(h->relay, s, b, skip, h->now);
		link_core_peer_holds(core, s->id, s->tree.size);
		return;
	}
	/*
	 * The greeting's roots agreed, so this is no fork but a bad batch:
	 * the session ends, and the next greeting will say how things stand.
	 */
	core->streams[s->id - 1].ack_due = false;
	refuse_frame(h, REFUSE_MALFORMED);
	if (h->link->is_parent) {
		relay_link_lost(h->relay, h->link,
		    "a batch from above did not lead to its root", h->now);
	}
}

/* Only a record that says so itself may begin a stream. */
static bool
begins_stream(const struct frame_batch *b)
{
	struct span records = b->records, bytes;
	struct record record;

	return b->first == 1 && wire_batch_next(&records, &bytes) == RC_OK &&
	       wire_record_unpack(bytes, &record) == RC_OK &&
	       record.sequence == 1 && stream_key_equal(&record.key, &b->key);
}

/* An office begins few histories in its life; a liar would begin many. */
static bool
has_room_for(struct relay *r, const struct stream_key *key)
{
	uint32_t histories = 0;

	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		const struct stream *s = journal_stream(r->journal, id);

		histories += strcmp(s->key.origin, key->origin) == 0 &&
			     strcmp(s->key.audience, key->audience) == 0;
	}
	return histories < RELAY_HISTORIES_MAX;
}

/* Does our parent hold more of it, or may it? */
static bool
parent_may_fill(const struct relay *r, const struct stream *s)
{
	const struct link_core *core;

	if (r->parent == NULL)
		return false;
	core = &r->parent->core;
	return core->state != LINK_STREAMING || s->id > core->streams_count ||
	       core->streams[s->id - 1].peer > s->tree.size;
}

/*
 * Our copy of another office's stream gave way to our parent's, which is not
 * here whole yet: whoever else offers a copy waits until then.  His may be the
 * one that we put aside.
 */
static bool
waits_for_parent(const struct relay *r, const struct relay_link *link,
    const struct stream *present)
{
	if (!r->has_set_aside || present == NULL || link->is_parent ||
	    strcmp(present->key.origin, r->settings.office) == 0)
		return false;
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		const struct stream *s = journal_stream(r->journal, id);

		if (s->branch > 0 && present->tree.size < s->peer_size &&
		    stream_key_equal(&s->key, &present->key))
			return parent_may_fill(r, present);
	}
	return false;
}

/* A stream that begins with this batch; NULL: not one of this link's. */
static struct stream *
stream_of_batch(struct relay *r, const struct relay_link *link,
    const struct frame_batch *b)
{
	struct stream *s = journal_find(r->journal, &b->key);

	if (!relay_in_scope(r, link, &b->key) || waits_for_parent(r, link, s))
		return NULL;
	/* Our own present history is written here and nowhere else. */
	if (strcmp(b->key.origin, r->settings.office) == 0 &&
	    b->key.incarnation == r->incarnation)
		return NULL;
	if (s == NULL && begins_stream(b) && has_room_for(r, &b->key) &&
	    journal_open_stream(r->journal, &b->key, &s) == RC_OK)
		relay_stream_grew(r, s);
	return s;
}

static bool
is_of_session(const struct hearing *h)
{
	return h->link->core.state == LINK_STREAMING &&
	       (h->session == h->link->core.session ||
		   mutant_is(MUTANT_STALE_SESSION));
}

static void
hear_batch(const struct hearing *h, const struct frame_batch *b)
{
	struct relay *r = h->relay;
	struct stream *s = NULL;
	struct link_todo todo;

	if (r->is_full) {
		refuse_frame(h, REFUSE_NO_SPACE);
		return;
	}
	if (is_of_session(h))
		s = stream_of_batch(r, h->link, b);
	step_core(h,
	    (struct link_event){ .kind = LINK_BATCH,
		.stream = s != NULL ? s->id : 0,
		.first = b->first,
		.count = b->count,
		.bytes = (uint32_t)b->records.size },
	    &todo);
	if (todo.refuse == REFUSE_SCOPE && s == NULL && b->first > 1 &&
	    relay_in_scope(r, h->link, &b->key))
		todo.refuse = REFUSE_GAP;
	if (may_refuse(h, todo.refuse))
		relay_refuse(h, todo.refuse, &b->key, s);
	if (!todo.take)
		return;
	CHECK(s != NULL);
	take_batch(h, b, s, todo.skip);
}

/* -- acknowledgements, refusals, signs of life -- */

static void
hear_ack(const struct hearing *h, const struct frame_ack *ack)
{
	struct relay *r = h->relay;
	struct relay_link *link = h->link;
	struct link_event event = { .kind = LINK_ACK,
		.window_bytes = ack->window_bytes,
		.marks = r->heard };
	struct link_todo todo;

	event.marks_count = known_marks(r, link, ack->marks, ack->marks_count);
	step_core(h, event, &todo);
	if (h->session != link->core.session)
		return;
	link->last_ack_wall_ms = h->now.wall_ms;
	for (uint32_t i = 0; i < event.marks_count; i++) {
		struct stream *s =
		    journal_stream(r->journal, r->heard[i].stream);
		uint64_t held = link->core.streams[s->id - 1].peer;

		if (held > s->acked)
			s->acked = held;
	}
}

/* Of the stream that the peer refuses; NULL: of none that is shared. */
static struct stream *
refused_stream(const struct hearing *h, const struct frame_refuse *word)
{
	if (word->key.origin[0] == '\0' ||
	    !relay_in_scope(h->relay, h->link, &word->key))
		return NULL;
	return journal_find(h->relay->journal, &word->key);
}

static void
hear_refusal(const struct hearing *h, const struct frame_refuse *word)
{
	struct relay *r = h->relay;
	struct relay_link *link = h->link;
	struct link_todo todo;
	struct stream *s;

	if (h->session != link->core.session || link->core.session == 0)
		return;
	s = refused_stream(h, word);
	if (word->code == REFUSE_FORK && s != NULL) {
		relay_forked(r, link, s, word->size, h->now);
		return;
	}
	log_warn("link=%s event=refused code=%d reason=\"%s\"", link->office,
	    (int)word->code, refusal_text(word->code));
	relay_note_error(link, refusal_text(word->code));
	step_core(h,
	    (struct link_event){ .kind = LINK_REFUSED,
		.random = r->hooks.random(r->hooks.context),
		.stream = s != NULL ? s->id : 0,
		.code = word->code },
	    &todo);
}

/* Said once in the greeting; an idle peer may have missed it. */
static void
remind_of_forks(const struct hearing *h)
{
	struct journal *journal = h->relay->journal;
	struct hearing session = relay_in_session(h->relay, h->link, h->now);

	for (uint32_t id = 1; id <= journal_stream_count(journal); id++) {
		const struct stream *s = journal_stream(journal, id);

		if (s->branch == 0 && is_forked_with(s, h->link))
			relay_refuse(&session, REFUSE_FORK, &s->key, s);
	}
}

static void
hear_sign(const struct hearing *h, enum link_event_kind kind)
{
	struct link_todo todo;

	if (kind == LINK_PING && h->session == h->link->core.session)
		remind_of_forks(h);
	step_core(h, (struct link_event){ .kind = kind }, &todo);
	if (may_refuse(h, todo.refuse))
		refuse_frame(h, todo.refuse);
}

static void
hear_frame(const struct hearing *h, const struct frame *f)
{
	switch (f->type) {
	case FRAME_HELLO:
		if (!h->link->is_parent)
			hear_greeting(h, &f->greeting);
		break;
	case FRAME_WELCOME:
		if (h->link->is_parent)
			hear_greeting(h, &f->greeting);
		break;
	case FRAME_BATCH:
		hear_batch(h, &f->batch);
		break;
	case FRAME_ACK:
		hear_ack(h, &f->ack);
		break;
	case FRAME_PING:
		hear_sign(h, LINK_PING);
		break;
	case FRAME_PONG:
		hear_sign(h, LINK_PONG);
		break;
	case FRAME_REFUSE:
		hear_refusal(h, &f->refuse);
		break;
	case FRAME_ENROL:
	case FRAME_ENROLLED:
		break; /* another door: enrolment */
	}
}

void
relay_hear(struct relay *r, struct relay_link *link, uint64_t route,
    struct span bytes, struct relay_now now)
{
	struct hearing h = { .relay = r,
		.link = link,
		.route = route,
		.now = now };
	struct frame f;

	if (wire_frame_unpack(bytes, &f) != RC_OK) {
		refuse_frame(&h, REFUSE_MALFORMED);
		return;
	}
	h.session = f.session;
	link->last_heard_wall_ms = now.wall_ms;
	hear_frame(&h, &f);
}
