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

enum { STALE_TOLD_EVERY_MS = 1000 };

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
note_refusal(struct relay_link *link, enum refuse_code code,
    struct relay_now now)
{
	if (code != REFUSE_STALE_SESSION)
		relay_note_error(link, refusal_text(code));
	if (!log_rarely(&link->refusal_log[code], now.steady_ms, NULL))
		return;
	log_warn("link=%s event=refusing code=%d reason=\"%s\"", link->office,
	    (int)code, refusal_text(code));
}

/* What does not fit the turn's list is not said. */
void /* NOLINTNEXTLINE(readability-function-size): a frame's place */
relay_refuse(struct relay_link *link, uint64_t route, uint64_t session,
    enum refuse_code code, const struct stream_key *key, const struct stream *s,
    struct relay_now now)
{
	static const struct merkle empty;
	struct relay_refusal *word;

	note_refusal(link, code, now);
	if (link->refusals_count == RELAY_REFUSALS_MAX)
		return;
	word = &link->refusals[link->refusals_count++];
	*word = (struct relay_refusal){ .route = route, .session = session };
	word->refuse.code = code;
	CHECK(text_copy(word->refuse.reason, sizeof(word->refuse.reason),
		  refusal_text(code)) == RC_OK);
	if (key != NULL)
		word->refuse.key = *key;
	if (s != NULL)
		word->refuse.size = s->tree.size;
	merkle_root(s != NULL ? &s->tree : &empty, word->refuse.root);
}

static void
refuse_garbage(struct relay_link *link, uint64_t route, uint64_t session,
    struct relay_now now)
{
	relay_refuse(link, route, session, REFUSE_MALFORMED, NULL, NULL, now);
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
is_lost_tail(const struct relay *r, const struct stream_mark *mark,
    const struct stream *s, struct relay_now now)
{
	uint64_t held = s != NULL ? s->tree.size : 0;

	return strcmp(mark->key.origin, r->settings.office) == 0 &&
	       mark->key.incarnation == r->incarnation && mark->size > held &&
	       (r->incarnation_at_ms == 0 ||
		   now.steady_ms - r->incarnation_at_ms >=
		       RELAY_INCARNATION_EVERY_MS) &&
	       !mutant_is(MUTANT_SAME_INCARNATION);
}

static void
compare_mark(struct relay *r, struct relay_link *link, uint64_t route,
    uint64_t session, const struct stream_mark *mark, struct relay_now now)
{
	struct stream *s = journal_find(r->journal, &mark->key);

	if (is_lost_tail(r, mark, s, now)) {
		log_warn("office=%s event=history_lost incarnation=%u "
			 "held=%llu peer=%llu",
		    r->settings.office, (unsigned)mark->key.incarnation,
		    (unsigned long long)(s != NULL ? s->tree.size : 0),
		    (unsigned long long)mark->size);
		r->incarnation_at_ms = now.steady_ms;
		relay_next_incarnation(r, now);
	}
	if (s == NULL || mark->size > s->tree.size)
		return;
	if (agrees(r, s, mark)) {
		if (is_forked_with(s, link))
			journal_agree(r->journal, s);
		return;
	}
	relay_forked(r, link, s, mark->size, now);
	relay_refuse(link, route, session, REFUSE_FORK, &mark->key, s, now);
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

static void
hear_greeting(struct relay *r, struct relay_link *link, uint64_t route,
    const struct frame *f, struct relay_now now)
{
	const struct frame_greeting *g = &f->greeting;
	struct link_todo todo;
	uint32_t known;

	if (strcmp(g->office, link->office) != 0) {
		relay_refuse(link, route, f->session, REFUSE_OFFICE, NULL, NULL,
		    now);
		return;
	}
	if (g->protocol_min > PROTOCOL_VERSION ||
	    g->protocol_max < PROTOCOL_VERSION) {
		relay_refuse(link, route, f->session, REFUSE_VERSION, NULL,
		    NULL, now);
		return;
	}
	if (r->is_full) {
		relay_refuse(link, route, f->session, REFUSE_NO_SPACE, NULL,
		    NULL, now);
		return;
	}
	/* Lineage first: a halted stream must be so before the first send. */
	link->route = route;
	note_unlisted(r, link, g);
	known = known_marks(r, link, g->marks, g->marks_count);
	relay_step(r, link,
	    &(struct link_event){ .kind = LINK_GREETED,
		.now_ms = now.steady_ms,
		.session = f->session,
		.window_bytes = g->window_bytes,
		.marks = r->heard,
		.marks_count = known },
	    now, &todo);
	if (link->core.session != f->session ||
	    link->core.state != LINK_STREAMING)
		return;
	for (uint32_t i = 0; i < g->marks_count; i++) {
		if (relay_in_scope(r, link, &g->marks[i].key)) {
			compare_mark(r, link, route, f->session, &g->marks[i],
			    now);
		}
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

static void /* NOLINTNEXTLINE(readability-function-size): a frame's place */
take_batch(struct relay *r, struct relay_link *link, uint64_t route,
    const struct frame *f, struct stream *s, uint32_t skip,
    struct relay_now now)
{
	if (verify_batch(r, s, &f->batch, skip) == RC_OK) {
		store_batch(r, s, &f->batch, skip, now);
		link_core_peer_holds(&link->core, s->id, s->tree.size);
		return;
	}
	/*
	 * The greeting's roots agreed, so this is no fork but a bad batch:
	 * the session ends, and the next greeting will say how things stand.
	 */
	link->core.streams[s->id - 1].ack_due = false;
	refuse_garbage(link, route, f->session, now);
	if (link->is_parent) {
		relay_link_lost(r, link,
		    "a batch from above did not lead "
		    "to its root",
		    now);
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

/* A stream that begins with this batch; NULL: not one of this link's. */
static struct stream *
stream_of_batch(struct relay *r, const struct relay_link *link,
    const struct frame_batch *b)
{
	struct stream *s = journal_find(r->journal, &b->key);

	if (!relay_in_scope(r, link, &b->key))
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

static void
hear_batch(struct relay *r, struct relay_link *link, uint64_t route,
    const struct frame *f, struct relay_now now)
{
	const struct frame_batch *b = &f->batch;
	struct link_todo todo;
	struct stream *s = NULL;

	if (link->core.state == LINK_STREAMING &&
	    (f->session == link->core.session ||
		mutant_is(MUTANT_STALE_SESSION)))
		s = stream_of_batch(r, link, b);
	relay_step(r, link,
	    &(struct link_event){ .kind = LINK_BATCH,
		.now_ms = now.steady_ms,
		.session = f->session,
		.stream = s != NULL ? s->id : 0,
		.first = b->first,
		.count = b->count,
		.bytes = (uint32_t)b->records.size },
	    now, &todo);
	if (todo.refuse == REFUSE_SCOPE && s == NULL && b->first > 1 &&
	    relay_in_scope(r, link, &b->key))
		todo.refuse = REFUSE_GAP;
	if (todo.refuse == REFUSE_STALE_SESSION) {
		if (now.steady_ms - link->stale_told_ms < STALE_TOLD_EVERY_MS)
			return;
		link->stale_told_ms = now.steady_ms;
	}
	if (todo.refuse != REFUSE_NOT) {
		relay_refuse(link, route, f->session, todo.refuse, &b->key, s,
		    now);
	}
	if (!todo.take)
		return;
	CHECK(s != NULL);
	take_batch(r, link, route, f, s, todo.skip, now);
}

/* -- acknowledgements, refusals, signs of life -- */

static void
hear_ack(struct relay *r, struct relay_link *link, const struct frame *f,
    struct relay_now now)
{
	struct link_todo todo;
	uint32_t known = known_marks(r, link, f->ack.marks, f->ack.marks_count);

	relay_step(r, link,
	    &(struct link_event){ .kind = LINK_ACK,
		.now_ms = now.steady_ms,
		.session = f->session,
		.window_bytes = f->ack.window_bytes,
		.marks = r->heard,
		.marks_count = known },
	    now, &todo);
	if (f->session != link->core.session)
		return;
	link->last_ack_wall_ms = now.wall_ms;
	for (uint32_t i = 0; i < known; i++) {
		struct stream *s =
		    journal_stream(r->journal, r->heard[i].stream);
		uint64_t held = link->core.streams[s->id - 1].peer;

		if (held > s->acked)
			s->acked = held;
	}
}

static void
hear_refusal(struct relay *r, struct relay_link *link, const struct frame *f,
    struct relay_now now)
{
	const struct frame_refuse *word = &f->refuse;
	struct stream *s = NULL;
	struct link_todo todo;

	if (f->session != link->core.session || link->core.session == 0)
		return;
	if (word->key.origin[0] != '\0')
		s = journal_find(r->journal, &word->key);
	if (s != NULL && !relay_in_scope(r, link, &s->key))
		s = NULL;
	if (word->code == REFUSE_FORK && s != NULL) {
		relay_forked(r, link, s, word->size, now);
		return;
	}
	log_warn("link=%s event=refused code=%d reason=\"%s\"", link->office,
	    (int)word->code, refusal_text(word->code));
	relay_note_error(link, refusal_text(word->code));
	relay_step(r, link,
	    &(struct link_event){ .kind = LINK_REFUSED,
		.now_ms = now.steady_ms,
		.random = r->hooks.random(r->hooks.context),
		.session = f->session,
		.stream = s != NULL ? s->id : 0,
		.code = word->code },
	    now, &todo);
}

/* Said once in the greeting; an idle peer may have missed it. */
static void
remind_of_forks(struct relay *r, struct relay_link *link, struct relay_now now)
{
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		const struct stream *s = journal_stream(r->journal, id);

		if (s->branch == 0 && is_forked_with(s, link)) {
			relay_refuse(link, link->route, link->core.session,
			    REFUSE_FORK, &s->key, s, now);
		}
	}
}

static void
hear_sign(struct relay *r, struct relay_link *link, uint64_t route,
    const struct frame *f, struct relay_now now)
{
	struct link_todo todo;

	if (f->type == FRAME_PING && f->session == link->core.session)
		remind_of_forks(r, link, now);
	relay_step(r, link,
	    &(struct link_event){ .kind = f->type == FRAME_PING ? LINK_PING
								: LINK_PONG,
		.now_ms = now.steady_ms,
		.session = f->session },
	    now, &todo);
	if (todo.refuse != REFUSE_NOT &&
	    now.steady_ms - link->stale_told_ms >= STALE_TOLD_EVERY_MS) {
		link->stale_told_ms = now.steady_ms;
		relay_refuse(link, route, f->session, todo.refuse, NULL, NULL,
		    now);
	}
}

void
relay_hear(struct relay *r, struct relay_link *link, uint64_t route,
    struct span bytes, struct relay_now now)
{
	struct frame f;

	if (wire_frame_unpack(bytes, &f) != RC_OK) {
		refuse_garbage(link, route, 0, now);
		return;
	}
	link->last_heard_wall_ms = now.wall_ms;
	switch (f.type) {
	case FRAME_HELLO:
		if (!link->is_parent)
			hear_greeting(r, link, route, &f, now);
		break;
	case FRAME_WELCOME:
		if (link->is_parent)
			hear_greeting(r, link, route, &f, now);
		break;
	case FRAME_BATCH:
		if (r->is_full) {
			relay_refuse(link, route, f.session, REFUSE_NO_SPACE,
			    NULL, NULL, now);
		} else {
			hear_batch(r, link, route, &f, now);
		}
		break;
	case FRAME_ACK:
		hear_ack(r, link, &f, now);
		break;
	case FRAME_PING:
	case FRAME_PONG:
		hear_sign(r, link, route, &f, now);
		break;
	case FRAME_REFUSE:
		hear_refusal(r, link, &f, now);
		break;
	case FRAME_ENROL:
	case FRAME_ENROLLED:
		break; /* another door: enrolment */
	}
}
