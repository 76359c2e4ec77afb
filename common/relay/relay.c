/*
 * Links and which streams they share, recording, incarnations, forks.  The rules
 * of one link are link_core.c's; here is what needs the journal or more than
 * one link.  Whatever changes a stream tells every link that shares it, or a
 * peer would never be sent it.
 */
#include "relay/relay.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "relay/relay_internal.h"

enum { MS_PER_S = 1000 };

static const char incarnation_name[] = "incarnation";

struct relay *
relay_open(struct journal *journal, const struct relay_settings *settings,
    const struct relay_hooks *hooks)
{
	struct relay *r = memory_new(1, sizeof(*r));

	r->journal = journal;
	r->settings = *settings;
	r->hooks = *hooks;
	r->incarnation =
	    (uint32_t)journal_get_u64(journal, incarnation_name, 0);
	for (uint32_t id = 1; id <= journal_stream_count(journal); id++)
		r->has_set_aside |= journal_stream(journal, id)->branch > 0;
	r->leaves = memory_new(BATCH_COUNT_MAX, sizeof(*r->leaves));
	r->marks = memory_new(GREETING_MARKS_MAX, sizeof(*r->marks));
	r->heard = memory_new(GREETING_MARKS_MAX, sizeof(*r->heard));
	r->packed.limit = RECORD_BYTES_MAX + 1;
	r->carried.limit = RECORD_BYTES_MAX + 1;
	r->records.limit = BATCH_BYTES_MAX + RECORD_BYTES_MAX;
	r->frame.limit = FRAME_BYTES_MAX;
	return r;
}

static void
free_link(struct relay_link *link)
{
	if (link == NULL)
		return;
	link_core_clear(&link->core);
	for (uint32_t i = 0; i < link->trees_count; i++)
		free(link->trees[i]);
	free(link->trees);
	free(link->unknown);
	free(link);
}

void
relay_close(struct relay *r)
{
	if (r == NULL)
		return;
	free_link(r->parent);
	for (size_t i = 0; i < r->children_count; i++)
		free_link(r->children[i]);
	free(r->children);
	free(r->leaves);
	free(r->marks);
	free(r->heard);
	buffer_clear(&r->packed);
	buffer_clear(&r->carried);
	buffer_clear(&r->records);
	buffer_clear(&r->frame);
	free(r);
}

/* -- links and their scope -- */

bool
relay_in_scope(const struct relay *r, const struct relay_link *link,
    const struct stream_key *key)
{
	const char *parent =
	    link->is_parent ? link->office : r->settings.office;
	const char *child = link->is_parent ? r->settings.office : link->office;

	if (key->audience[0] != '\0') {
		return strcmp(key->origin, parent) == 0 &&
		       strcmp(key->audience, child) == 0;
	}
	return strcmp(key->origin, child) == 0 ||
	       r->hooks.is_below(r->hooks.context, key->origin, child);
}

static void
scope_stream(const struct relay *r, struct relay_link *link,
    const struct stream *s)
{
	const char *child = link->is_parent ? r->settings.office : link->office;
	bool is_shared = s->branch == 0 && relay_in_scope(r, link, &s->key);
	bool is_new = s->id > link->core.streams_count;

	link_core_stream(&link->core, s->id, s->tree.size, is_shared,
	    strcmp(s->key.origin, child) == 0);
	for (uint32_t i = 0; is_new && i < link->unknown_count; i++) {
		if (stream_key_equal(&link->unknown[i].key, &s->key)) {
			link_core_peer_holds(&link->core, s->id,
			    link->unknown[i].size);
		}
	}
}

static void
scope_link(struct relay *r, struct relay_link *link)
{
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++)
		scope_stream(r, link, journal_stream(r->journal, id));
}

struct relay_link *
relay_each_link(struct relay *r, size_t index)
{
	if (r->parent != NULL) {
		if (index == 0)
			return r->parent;
		index--;
	}
	return index < r->children_count ? r->children[index] : NULL;
}

void
relay_rescope(struct relay *r)
{
	struct relay_link *link;

	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++)
		scope_link(r, link);
}

void
relay_stream_grew(struct relay *r, const struct stream *s)
{
	struct relay_link *link;

	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++)
		scope_stream(r, link, s);
}

static struct relay_link *
new_link(struct relay *r, const char *office, bool is_parent,
    struct relay_now now)
{
	struct relay_link *link = memory_new(1, sizeof(*link));

	CHECK(text_copy(link->office, sizeof(link->office), office) == RC_OK);
	link->is_parent = is_parent;
	link->since_wall_ms = now.wall_ms;
	link_core_init(&link->core, is_parent ? LINK_CHILD : LINK_PARENT,
	    &r->settings.link, now.steady_ms);
	scope_link(r, link);
	return link;
}

struct relay_link *
relay_set_parent(struct relay *r, const char *office, struct relay_now now)
{
	free_link(r->parent);
	r->parent = NULL;
	if (office[0] != '\0')
		r->parent = new_link(r, office, true, now);
	return r->parent;
}

struct relay_link *
relay_add_child(struct relay *r, const char *office, struct relay_now now)
{
	struct relay_link *link = relay_child(r, office);

	if (link != NULL)
		return link;
	CHECK(r->children_count < RELAY_CHILDREN_MAX);
	r->children = memory_grow(r->children, r->children_count + 1,
	    sizeof(struct relay_link *));
	link = new_link(r, office, false, now);
	r->children[r->children_count++] = link;
	return link;
}

void
relay_drop_child(struct relay *r, const char *office)
{
	for (size_t i = 0; i < r->children_count; i++) {
		if (strcmp(r->children[i]->office, office) != 0)
			continue;
		free_link(r->children[i]);
		r->children[i] = r->children[--r->children_count];
		return;
	}
}

struct relay_link *
relay_parent(struct relay *r)
{
	return r->parent;
}

struct relay_link *
relay_child(struct relay *r, const char *office)
{
	for (size_t i = 0; i < r->children_count; i++) {
		if (strcmp(r->children[i]->office, office) == 0)
			return r->children[i];
	}
	return NULL;
}

size_t
relay_child_count(const struct relay *r)
{
	return r->children_count;
}

struct relay_link *
relay_child_at(struct relay *r, size_t index)
{
	CHECK(index < r->children_count);
	return r->children[index];
}

void
relay_attach(struct relay_link *link, const struct relay_transport *transport,
    void *owner)
{
	link->transport = *transport;
	link->owner = owner;
}

void
relay_detach(struct relay_link *link)
{
	link->transport = (struct relay_transport){ 0 };
	link->owner = NULL;
}

void *
relay_link_owner(struct relay_link *link)
{
	return link->owner;
}

const char *
relay_link_office(const struct relay_link *link)
{
	return link->office;
}

void
relay_note_error(struct relay_link *link, const char *text)
{
	(void)!text_format(link->last_error, sizeof(link->last_error), "%.190s",
	    text);
}

/* -- one step of a link's core; what it wants is kept until the answer -- */

void
relay_step(struct relay_link *link, const struct link_event *event,
    struct relay_now now, struct link_todo *todo)
{
	enum link_state before = link->core.state;

	link_core_step(&link->core, event, todo);
	link->dial_due |= todo->dial;
	link->hang_up_due |= todo->hang_up;
	link->hello_due |= todo->send_hello;
	link->welcome_due |= todo->send_welcome;
	link->ping_due |= todo->send_ping;
	link->pong_due |= todo->send_pong;
	if (link->core.state == before)
		return;
	link->since_wall_ms = now.wall_ms;
	if (link->core.state == LINK_STREAMING)
		link->last_error[0] = '\0';
	if (link->core.state == LINK_DOWN) {
		link->hello_due = link->welcome_due = false;
		link->ping_due = link->pong_due = false;
	}
	if (before == LINK_STREAMING || link->core.state == LINK_STREAMING) {
		log_info("link=%s event=%s", link->office,
		    link_state_name(link->core.state));
	}
}

void
relay_link_up(struct relay *r, struct relay_link *link, struct relay_now now)
{
	struct link_todo todo;

	relay_step(link,
	    &(struct link_event){ .kind = LINK_UP,
		.now_ms = now.steady_ms,
		.random = r->hooks.random(r->hooks.context) },
	    now, &todo);
}

void
relay_link_lost(struct relay *r, struct relay_link *link, const char *why,
    struct relay_now now)
{
	struct link_todo todo;

	if (why[0] != '\0' && strcmp(link->last_error, why) != 0) {
		relay_note_error(link, why);
		log_warn("link=%s event=lost reason=\"%s\"", link->office, why);
	}
	relay_step(link,
	    &(struct link_event){ .kind = LINK_LOST,
		.now_ms = now.steady_ms,
		.random = r->hooks.random(r->hooks.context) },
	    now, &todo);
}

void
relay_tick(struct relay *r, struct relay_now now)
{
	struct relay_link *link;
	struct link_todo todo;

	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++) {
		if (now.steady_ms < link_core_wake_ms(&link->core))
			continue;
		relay_step(link,
		    &(struct link_event){ .kind = LINK_TICK,
			.now_ms = now.steady_ms,
			.random = r->hooks.random(r->hooks.context) },
		    now, &todo);
		if (todo.hang_up && link->last_error[0] == '\0')
			relay_note_error(link, "no answer from the peer");
	}
	relay_carry(r, now);
}

static bool
is_refilled(const struct relay *r, const struct stream *s)
{
	const struct link_stream *ls;

	if (s->branch > 0 || s->key.audience[0] != '\0' ||
	    strcmp(s->key.origin, r->settings.office) != 0)
		return true;
	if (s->is_forked)
		return false;
	if (r->parent == NULL || s->id > r->parent->core.streams_count)
		return true;
	ls = &r->parent->core.streams[s->id - 1];
	return !ls->is_halted && ls->peer <= ls->local;
}

bool
relay_is_refilled(const struct relay *r)
{
	if (r->is_carrying ||
	    (r->parent != NULL && r->parent->core.state != LINK_STREAMING))
		return false;
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		if (!is_refilled(r, journal_stream(r->journal, id)))
			return false;
	}
	return true;
}

int64_t
relay_wake_ms(const struct relay *r)
{
	int64_t wake_ms = INT64_MAX;

	if (r->is_carrying)
		return 0;
	if (r->parent != NULL)
		wake_ms = link_core_wake_ms(&r->parent->core);
	for (size_t i = 0; i < r->children_count; i++) {
		int64_t at_ms = link_core_wake_ms(&r->children[i]->core);

		if (at_ms < wake_ms)
			wake_ms = at_ms;
	}
	return wake_ms;
}

void
relay_set_full(struct relay *r, bool is_full)
{
	r->is_full = is_full;
}

/* -- recording -- */

uint64_t
relay_append(struct relay *r, struct stream *s, struct span bytes,
    const struct record *record, const uint8_t leaf[static HASH_BYTES],
    struct relay_now now)
{
	uint32_t kind = record != NULL ? record->kind : RECORD_UNREADABLE;
	uint64_t position =
	    journal_append(r->journal, s, bytes, kind, leaf, now.wall_ms);

	r->hooks.on_record(r->hooks.context,
	    &(struct relay_entry){ .position = position,
		.received_ms = now.wall_ms,
		.stream = s,
		.record = record,
		.bytes = bytes,
		.leaf = leaf });
	return position;
}

static size_t
payload_max(uint32_t kind)
{
	if (kind == RECORD_CARRIED)
		return RELAY_CARRIED_MAX;
	return kind == RECORD_HANDED ? RELAY_HANDED_MAX : RELAY_PAYLOAD_MAX;
}

enum rc
relay_record(struct relay *r, const char *audience, struct record *draft,
    struct relay_now now, uint64_t *position, uint8_t leaf[HASH_BYTES])
{
	uint8_t own_leaf[HASH_BYTES];
	struct stream *s;

	CHECK(r->incarnation > 0);
	if (draft->payload.size > payload_max(draft->kind))
		return RC_TOO_BIG;
	CHECK(text_copy(draft->key.origin, sizeof(draft->key.origin),
		  r->settings.office) == RC_OK);
	CHECK(text_copy(draft->key.audience, sizeof(draft->key.audience),
		  audience) == RC_OK);
	draft->key.incarnation = r->incarnation;
	CHECK(journal_open_stream(r->journal, &draft->key, &s) == RC_OK);
	draft->sequence = s->tree.size + 1;
	draft->recorded_ms = now.wall_ms;
	draft->schema = RECORD_SCHEMA;
	buffer_reset(&r->packed);
	wire_record_pack(&r->packed, draft);
	merkle_leaf(buffer_span(&r->packed), own_leaf);
	if (leaf != NULL)
		memcpy(leaf, own_leaf, HASH_BYTES);
	*position =
	    relay_append(r, s, buffer_span(&r->packed), draft, own_leaf, now);
	relay_stream_grew(r, s);
	return RC_OK;
}

/* -- incarnations -- */

bool
relay_has_begun(const struct relay *r)
{
	return r->incarnation > 0;
}

uint32_t
relay_incarnation(const struct relay *r)
{
	return r->incarnation;
}

/* Later than the clock says if need be: never one that was used before. */
static uint32_t
unused_incarnation(struct relay *r, struct relay_now now)
{
	int64_t seconds = now.wall_ms / MS_PER_S;
	uint32_t next = seconds > 0 ? (uint32_t)seconds : 1;

	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		const struct stream *s = journal_stream(r->journal, id);

		if (strcmp(s->key.origin, r->settings.office) == 0 &&
		    s->key.incarnation >= next)
			next = s->key.incarnation + 1;
	}
	if (r->incarnation >= next)
		next = r->incarnation + 1;
	return next;
}

void
relay_next_incarnation(struct relay *r, struct relay_now now)
{
	struct stream_key key = { .incarnation = r->incarnation };
	const struct stream *previous = NULL;

	CHECK(text_copy(key.origin, sizeof(key.origin), r->settings.office) ==
	      RC_OK);
	if (r->incarnation > 0)
		previous = journal_find(r->journal, &key);
	r->incarnation = unused_incarnation(r, now);
	journal_put_u64(r->journal, incarnation_name, r->incarnation);
	log_info("office=%s event=incarnation_begun incarnation=%u",
	    r->settings.office, (unsigned)r->incarnation);
	r->hooks.on_incarnation(r->hooks.context, previous);
}

void
relay_begin(struct relay *r, struct relay_now now)
{
	CHECK(r->incarnation == 0);
	relay_next_incarnation(r, now);
}

/* -- forks -- */

void
relay_forked(struct relay *r, struct relay_link *link, struct stream *s,
    uint64_t peer_size, struct relay_now now)
{
	struct link_todo todo;
	bool is_new = !s->is_forked;

	/* Of two peers that differ the first is named until it agrees. */
	if (is_new || strcmp(s->forked_with, link->office) == 0)
		journal_fork(r->journal, s, link->office, peer_size);
	relay_step(link,
	    &(struct link_event){ .kind = LINK_FORKED,
		.now_ms = now.steady_ms,
		.stream = s->id },
	    now, &todo);
	/* Our own office works on, in a history of its own. */
	if (strcmp(s->key.origin, r->settings.office) == 0 &&
	    s->key.incarnation == r->incarnation &&
	    !mutant_is(MUTANT_SAME_INCARNATION))
		relay_next_incarnation(r, now);
	if (is_new) {
		log_error("link=%s event=fork origin=%s incarnation=%u "
			  "audience=%s local=%llu peer=%llu",
		    link->office, s->key.origin, (unsigned)s->key.incarnation,
		    s->key.audience, (unsigned long long)s->tree.size,
		    (unsigned long long)peer_size);
	}
}

/* -- status -- */

static void
measure_unsent(struct relay *r, const struct stream *s, uint64_t held,
    struct relay_link_status *out)
{
	struct store_row row;

	journal_walk_stream(r->journal, s, held + 1);
	while (journal_next_in_stream(r->journal, &row)) {
		out->unsent_bytes += row.bytes.size;
		if (out->oldest_unsent_ms == 0 ||
		    row.received_ms < out->oldest_unsent_ms)
			out->oldest_unsent_ms = row.received_ms;
	}
	journal_stop_stream(r->journal);
}

/* What the peer holds as far as we know: now, or when last we knew. */
static uint64_t
known_held(const struct relay_link *link, const struct stream *s)
{
	if (link->core.state == LINK_STREAMING &&
	    s->id <= link->core.streams_count)
		return link->core.streams[s->id - 1].peer;
	return s->acked;
}

bool
relay_parent_holds(struct relay *r, const struct stream_key *key,
    uint64_t sequence)
{
	const struct stream *s = journal_find(r->journal, key);

	CHECK(r->parent != NULL);
	return s == NULL || sequence <= known_held(r->parent, s);
}

/* Of a stream: what the peer says that it holds beyond what we hold. */
static uint64_t
awaited(const struct relay_link *link, const struct stream *s)
{
	uint64_t peer;

	if (link->core.state != LINK_STREAMING ||
	    s->id > link->core.streams_count)
		return 0;
	peer = link->core.streams[s->id - 1].peer;
	return peer > s->tree.size ? peer - s->tree.size : 0;
}

void
relay_status(struct relay *r, struct relay_link *link, bool with_bytes,
    struct relay_link_status *out)
{
	uint64_t unheard = 0;

	for (uint32_t i = 0; i < link->unknown_count; i++) {
		if (journal_find(r->journal, &link->unknown[i].key) == NULL)
			unheard += link->unknown[i].size;
	}
	*out = (struct relay_link_status){ .office = link->office,
		.is_parent = link->is_parent,
		.state = link->core.state,
		.since_wall_ms = link->since_wall_ms,
		.last_ack_wall_ms = link->last_ack_wall_ms,
		.last_heard_wall_ms = link->last_heard_wall_ms,
		.last_error = link->last_error,
		.awaited_records = unheard };
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		const struct stream *s = journal_stream(r->journal, id);
		uint64_t held;

		if (s->branch > 0 || !relay_in_scope(r, link, &s->key))
			continue;
		held = known_held(link, s);
		if (!link->is_parent &&
		    strcmp(s->key.origin, link->office) == 0)
			out->peer_records += s->tree.size;
		out->forked_streams += s->is_forked;
		out->awaited_records += awaited(link, s);
		/* What normally flows the other way is not "unsent". */
		if (link->is_parent != (s->key.audience[0] == '\0') ||
		    held >= s->tree.size)
			continue;
		out->unsent_records += s->tree.size - held;
		if (with_bytes)
			measure_unsent(r, s, held, out);
	}
}
