/*
 * relay_answer - what may be said now that everything is on disk.
 *
 * The only file of the relay that sends.  It runs after the commit, never
 * inside a transaction, and writes nothing.
 */
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "relay/relay_internal.h"

static void
send_frame(struct relay *r, struct relay_link *link, uint64_t route,
    const struct frame *f)
{
	const struct relay_transport *line = &link->transport;

	if (line->send_frame == NULL)
		return;
	buffer_reset(&r->frame);
	wire_frame_pack(&r->frame, f);
	line->send_frame(link->owner, route, buffer_span(&r->frame));
}

/* How much we hold of every stream that this link shares. */
static uint32_t
shared_marks(struct relay *r, const struct relay_link *link, bool with_root,
    bool only_due)
{
	uint32_t count = 0;

	for (uint32_t i = 0;
	     i < link->core.streams_count && count < GREETING_MARKS_MAX; i++) {
		const struct link_stream *ls = &link->core.streams[i];
		const struct stream *s;

		if (!ls->is_shared || (only_due && !ls->ack_due))
			continue;
		s = journal_stream(r->journal, i + 1);
		memset(&r->marks[count], 0, sizeof(r->marks[count]));
		r->marks[count].key = s->key;
		r->marks[count].size = s->tree.size;
		if (with_root)
			merkle_root(&s->tree, r->marks[count].root);
		count++;
	}
	return count;
}

static void
send_greeting(struct relay *r, struct relay_link *link, enum frame_type type,
    struct relay_now now)
{
	struct frame f = { .type = type, .session = link->core.session };

	f.greeting.protocol_min = PROTOCOL_VERSION;
	f.greeting.protocol_max = PROTOCOL_VERSION;
	CHECK(text_copy(f.greeting.office, sizeof(f.greeting.office),
		  r->settings.office) == RC_OK);
	CHECK(text_copy(f.greeting.software, sizeof(f.greeting.software),
		  r->settings.software) == RC_OK);
	f.greeting.time_ms = now.wall_ms;
	f.greeting.window_bytes = r->settings.link.window_bytes;
	f.greeting.marks_count = shared_marks(r, link, true, false);
	f.greeting.marks = r->marks;
	send_frame(r, link, link->route, &f);
	link_core_spoke(&link->core, now.steady_ms);
}

static void
send_refusals(struct relay *r, struct relay_link *link)
{
	for (uint32_t i = 0; i < link->refusals_count; i++) {
		const struct relay_refusal *word = &link->refusals[i];
		struct frame f = { .type = FRAME_REFUSE,
			.session = word->session,
			.refuse = word->refuse };

		send_frame(r, link, word->route, &f);
	}
	link->refusals_count = 0;
}

static void
send_ack(struct relay *r, struct relay_link *link, struct relay_now now)
{
	struct frame f = { .type = FRAME_ACK, .session = link->core.session };

	f.ack.marks_count = shared_marks(r, link, false, true);
	f.ack.marks = r->marks;
	f.ack.window_bytes = r->settings.link.window_bytes;
	send_frame(r, link, link->route, &f);
	link_core_acked(&link->core, now.steady_ms);
	link->last_ack_wall_ms = now.wall_ms;
}

static void
send_sign(struct relay *r, struct relay_link *link, enum frame_type type,
    struct relay_now now)
{
	struct frame f = { .type = type, .session = link->core.session };

	f.ping_ms = now.wall_ms;
	send_frame(r, link, link->route, &f);
	link_core_spoke(&link->core, now.steady_ms);
}

/*
 * One batch: records of one stream from `first`, as many as fit.  The tree
 * is run forward over them, so that the batch carries the root behind its
 * last record.  Returns the records' bytes.
 */
static uint32_t
fill_batch(struct relay *r, const struct stream *s, uint32_t bytes_max,
    struct frame_batch *b, struct merkle *tree)
{
	struct store_row row;

	buffer_reset(&r->records);
	journal_walk_stream(r->journal, s, b->first);
	while (b->count < BATCH_COUNT_MAX &&
	       journal_next_in_stream(r->journal, &row)) {
		if (b->count > 0 &&
		    r->records.size + row.bytes.size > bytes_max)
			break;
		if (wire_batch_add(&r->records, row.bytes) != RC_OK)
			break;
		merkle_append(tree, row.leaf);
		b->count++;
	}
	journal_stop_stream(r->journal);
	return (uint32_t)r->records.size;
}

/* Where this link keeps the tree of `s` as of the last record it sent. */
static struct merkle *
sent_tree(struct relay_link *link, const struct stream *s)
{
	if (s->id > link->trees_count) {
		link->trees =
		    memory_grow(link->trees, s->id, sizeof(struct merkle *));
		for (; link->trees_count < s->id; link->trees_count++)
			link->trees[link->trees_count] = NULL;
	}
	if (link->trees[s->id - 1] == NULL)
		link->trees[s->id - 1] = memory_new(1, sizeof(struct merkle));
	return link->trees[s->id - 1];
}

static bool
send_batch(struct relay *r, struct relay_link *link, struct relay_now now)
{
	struct frame f = { .type = FRAME_BATCH, .session = link->core.session };
	uint32_t stream, bytes, bytes_max;
	const struct stream *s;
	struct merkle *tree;

	if (!link_core_next_batch(&link->core, &stream, &f.batch.first,
		&bytes_max))
		return false;
	s = journal_stream(r->journal, stream);
	f.batch.key = s->key;
	tree = sent_tree(link, s);
	if (tree->size != f.batch.first - 1)
		journal_tree_at(r->journal, s, f.batch.first - 1, tree);
	bytes = fill_batch(r, s, bytes_max, &f.batch, tree);
	CHECK(f.batch.count > 0);
	f.batch.records = buffer_span(&r->records);
	merkle_root(tree, f.batch.root);
	send_frame(r, link, link->route, &f);
	link_core_sent(&link->core, stream, f.batch.first + f.batch.count - 1,
	    bytes, now.steady_ms);
	return true;
}

static void
answer_link(struct relay *r, struct relay_link *link, struct relay_now now)
{
	if (link->hang_up_due && link->transport.hang_up != NULL)
		link->transport.hang_up(link->owner);
	if (link->dial_due && link->transport.dial != NULL)
		link->transport.dial(link->owner);
	if (link->hello_due)
		send_greeting(r, link, FRAME_HELLO, now);
	if (link->welcome_due)
		send_greeting(r, link, FRAME_WELCOME, now);
	send_refusals(r, link);
	if (link_core_ack_due(&link->core))
		send_ack(r, link, now);
	if (link->ping_due)
		send_sign(r, link, FRAME_PING, now);
	if (link->pong_due)
		send_sign(r, link, FRAME_PONG, now);
	link->hang_up_due = link->dial_due = false;
	link->hello_due = link->welcome_due = false;
	link->ping_due = link->pong_due = false;
	/* Bounded by the peer's window and by LINK_FLIGHT_MAX. */
	while (send_batch(r, link, now))
		;
}

void
relay_answer(struct relay *r, struct relay_now now)
{
	struct relay_link *link;

	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++)
		answer_link(r, link, now);
}

void
relay_commit(struct relay *r, struct relay_now now)
{
	struct relay_link *link;

	if (!mutant_is(MUTANT_ACK_BEFORE_COMMIT)) {
		journal_commit(r->journal);
		return;
	}
	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++) {
		if (link_core_ack_due(&link->core))
			send_ack(r, link, now);
	}
	mutant_pause();
	journal_commit(r->journal);
}
