#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "node/mutants.h"
#include "node/wire.h"

enum {
	STORM_MS = 40000,     /* how long the faults last */
	CALM_MS_MAX = 300000, /* by then all must agree */
	SETTLE_EVERY_MS = 5000,
	RECORDS = 60,
	ORDERS = 12,
	TURNS_MAX = 200000,
};

static const int64_t epoch_ms = 1767225600000; /* 2026-01-01 */

enum world_event_kind {
	EVENT_FRAME,
	EVENT_DIALED,
	EVENT_TICK,
	EVENT_START,
	EVENT_RECORD,
	EVENT_ORDER,
	EVENT_CUT,
	EVENT_MEND,
	EVENT_BACKUP,
	EVENT_RESTORE,
};

struct world_event {
	int64_t at_ms;
	uint64_t order; /* ties go by birth */
	enum world_event_kind kind;
	unsigned node; /* whom it concerns */
	uint32_t conn;
	bool ok;
	uint8_t *bytes;
	size_t size;
};

static uint64_t
roll(struct world *w)
{
	uint64_t z = (w->random += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static uint64_t
roll_below(struct world *w, uint64_t bound)
{
	return bound > 0 ? roll(w) % bound : 0;
}

static bool
happens(struct world *w, uint64_t per_mille)
{
	return roll_below(w, 1000) < per_mille;
}

void
world_broken(struct world *w, const char *format, ...)
{
	va_list args;

	if (w->why[0] != '\0')
		return;
	va_start(args, format);
	(void)vsnprintf(w->why, sizeof(w->why), format, args);
	va_end(args);
}

#define TRACE(w, ...)                                              \
	do {                                                       \
		if ((w)->is_verbose) {                             \
			(void)printf("%8lld ", (long long)(w)->now_ms); \
			(void)printf(__VA_ARGS__);                 \
			(void)printf("\n");                        \
		}                                                  \
	} while (0)

/* -- the heap of events -- */

static bool
is_sooner(const struct world_event *a, const struct world_event *b)
{
	if (a->at_ms != b->at_ms)
		return a->at_ms < b->at_ms;
	return a->order < b->order;
}

static void
swap(struct world_event *a, struct world_event *b)
{
	struct world_event c = *a;

	*a = *b;
	*b = c;
}

static void
push(struct world *w, struct world_event e)
{
	size_t at = w->events_count++;

	if (w->events_count > w->events_capacity) {
		w->events_capacity = 2 * w->events_count;
		w->events = memory_grow(w->events, w->events_capacity,
		    sizeof(struct world_event));
	}
	e.order = w->events_made++;
	w->events[at] = e;
	while (at > 0 && is_sooner(&w->events[at], &w->events[(at - 1) / 2])) {
		swap(&w->events[at], &w->events[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static struct world_event
pop(struct world *w)
{
	struct world_event first = w->events[0];
	size_t at = 0;

	w->events[0] = w->events[--w->events_count];
	for (;;) {
		size_t least = at, left = 2 * at + 1;

		for (size_t i = left; i < left + 2; i++) {
			if (i < w->events_count &&
			    is_sooner(&w->events[i], &w->events[least]))
				least = i;
		}
		if (least == at)
			return first;
		swap(&w->events[at], &w->events[least]);
		at = least;
	}
}

/* -- power -- */

static void
crash(struct node *n)
{
	struct world *w = n->world;

	TRACE(w, "%s loses power", n->office);
	store_ram_crash(n->store);
	relay_close(n->relay);
	journal_close(n->journal);
	n->relay = NULL;
	n->journal = NULL;
	n->conn = 0;
	n->is_dying = false;
	push(w,
	    (struct world_event){ .at_ms = w->now_ms + 20 +
		    (int64_t)roll_below(w, 2500),
		.kind = EVENT_START,
		.node = n->index });
}

/* A fault opened a window inside the commit: the power may fail in it. */
static struct node *committing;
static jmp_buf power_failed;

#ifdef PETITION_MUTANTS
static void
pause_in_commit(void)
{
	if (happens(committing->world, 200))
		longjmp(power_failed, 1);
}
#endif

static struct relay_now
time_of(const struct node *n)
{
	return (struct relay_now){ .steady_ms = n->world->now_ms,
		.wall_ms = epoch_ms + n->world->now_ms };
}

/* -- the turn: the same order as the daemons' -- */

typedef void node_action(struct node *n, const void *argument);

static void
plan_tick(struct node *n)
{
	int64_t at_ms = relay_wake_ms(n->relay);

	if (at_ms == INT64_MAX)
		return;
	if (at_ms <= n->world->now_ms)
		at_ms = n->world->now_ms + 1;
	if (n->tick_ms > n->world->now_ms && n->tick_ms <= at_ms)
		return; /* one is under way that is early enough */
	n->tick_ms = at_ms;
	push(n->world,
	    (struct world_event){
		.at_ms = at_ms, .kind = EVENT_TICK, .node = n->index });
}

/* False: the power failed before anybody could be told. */
static bool
turn(struct node *n, node_action *action, const void *argument)
{
	struct world *w = n->world;
	bool fails = happens(w, w->faults.crash);
	uint64_t where = roll_below(w, 3);

	committing = n;
	if (setjmp(power_failed) != 0) {
		crash(committing);
		return false;
	}
	journal_begin(n->journal);
	if (action != NULL)
		action(n, argument);
	relay_tick(n->relay, time_of(n));
	if (fails && where == 0) {
		crash(n);
		return false;
	}
	relay_commit(n->relay, time_of(n));
	if (fails && where == 1) {
		crash(n);
		return false;
	}
	n->is_dying = fails; /* some of the frames still leave */
	relay_answer(n->relay, time_of(n));
	check_links(w, n);
	if (fails) {
		crash(n);
		return false;
	}
	plan_tick(n);
	return true;
}

/* -- hooks of the relay -- */

bool
world_below(const char *office, const char *child)
{
	/* 990000 > 990100 > 9901xx */
	size_t size = strcmp(child + 2, "0000") == 0 ? 2 :
	    strcmp(child + 4, "00") == 0	     ? 4 :
						       6;

	return strncmp(office, child, size) == 0;
}

static bool
hook_is_below(void *context, const char *office, const char *child)
{
	(void)context;
	return world_below(office, child);
}

static bool
has_receipt(struct node *n, struct span payload)
{
	struct store_row row;
	struct record record;
	bool found = false;

	journal_walk(n->journal, 1);
	while (!found && journal_next(n->journal, &row)) {
		found = row.kind == RECORD_DIRECTIVE_STEP &&
		    wire_record_unpack(row.bytes, &record) == RC_OK &&
		    strcmp(record.key.origin, n->office) == 0 &&
		    span_equal(record.payload, payload);
	}
	journal_stop(n->journal);
	return found;
}

/* The reactor of an addressee: what arrives for us is receipted, once. */
static void
hook_on_record(void *context, const struct relay_entry *entry)
{
	struct node *n = context;
	struct record receipt = { .kind = RECORD_DIRECTIVE_STEP };
	char payload[WORLD_PAYLOAD_MAX];
	struct record inner;
	struct span carried;
	const struct record *record = entry->record;
	uint64_t position;

	if (record == NULL || strcmp(entry->stream->key.audience, n->office))
		return;
	if (record->kind == RECORD_CARRIED &&
	    wire_carried_unpack(record->payload, &carried) == RC_OK &&
	    wire_record_unpack(carried, &inner) == RC_OK)
		record = &inner;
	if (record->kind != RECORD_DIRECTIVE_ISSUED)
		return;
	CHECK(text_copy_span(payload, sizeof(payload), record->payload) ==
	    RC_OK);
	if (has_receipt(n, span_of_text(payload)))
		return;
	receipt.payload = span_of_text(payload);
	CHECK(relay_record(n->relay, "", &receipt, time_of(n), &position,
		  NULL) == RC_OK);
}

static void
hook_on_incarnation(void *context, const struct stream *previous)
{
	struct node *n = context;
	struct record opened = { .kind = RECORD_OFFICE_OPENED };
	uint64_t position;

	(void)previous;
	opened.payload = span_of_text("opened");
	CHECK(relay_record(n->relay, "", &opened, time_of(n), &position,
		  NULL) == RC_OK);
}

static void
hook_on_fork(
    void *context, struct relay_link *link, const struct stream *stream)
{
	struct node *n = context;

	(void)link;
	TRACE(n->world, "%s sees a fork of %s/%u/%s", n->office,
	    stream->key.origin, (unsigned)stream->key.incarnation,
	    stream->key.audience);
	if (!n->world->was_restored)
		world_broken(n->world, "%s sees a fork, but no disk was lost",
		    n->office);
}

static uint64_t
hook_random(void *context)
{
	struct node *n = context;

	return roll(n->world);
}

static void
send_copy(struct world *w, unsigned to, uint32_t conn, struct span frame)
{
	struct world_event e = { .kind = EVENT_FRAME,
		.node = to,
		.conn = conn,
		.size = frame.size,
		.at_ms = w->now_ms + 1 };

	if (w->faults.delay_ms_max > 0)
		e.at_ms += (int64_t)roll_below(
		    w, (uint64_t)w->faults.delay_ms_max);
	e.bytes = memory_new(1, frame.size);
	memcpy(e.bytes, frame.at, frame.size);
	/* CURVE keeps lines from garbling; a peer's own memory may not. */
	if (e.bytes[5] == FRAME_BATCH && happens(w, w->faults.garble)) {
		uint64_t bit = roll_below(w, 8 * frame.size);

		e.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	push(w, e);
}

static void
hook_send(void *context, struct relay_link *link, uint64_t route,
    struct span frame)
{
	struct node *n = context;
	struct world *w = n->world;
	uint32_t conn = link->is_parent ? n->conn : (uint32_t)route;
	unsigned to;

	if (conn == 0 || (n->is_dying && happens(w, 500)))
		return;
	to = link->is_parent ? (unsigned)n->parent : w->conns[conn].child;
	if (happens(w, w->faults.loss))
		return;
	send_copy(w, to, conn, frame);
	if (happens(w, w->faults.doubling))
		send_copy(w, to, conn, frame);
}

static void
hook_dial(void *context, struct relay_link *link)
{
	struct node *n = context;
	struct world *w = n->world;

	(void)link;
	CHECK(w->conns_count < WORLD_CONNS_MAX);
	n->conn = w->conns_count++;
	w->conns[n->conn].child = n->index;
	if (happens(w, w->faults.dial_lost))
		return; /* nobody answers: the dialer has to give up */
	push(w,
	    (struct world_event){ .at_ms = w->now_ms + 5,
		.kind = EVENT_DIALED,
		.node = n->index,
		.conn = n->conn,
		.ok = !n->is_cut && w->nodes[n->parent].relay != NULL });
}

static void
hook_hang_up(void *context, struct relay_link *link)
{
	struct node *n = context;

	if (link->is_parent)
		n->conn = 0;
}

/* -- what happens at a node -- */

static void
act_begin(struct node *n, const void *argument)
{
	(void)argument;
	if (!relay_has_begun(n->relay))
		relay_begin(n->relay, time_of(n));
}

static void
start(struct node *n)
{
	struct world *w = n->world;
	struct relay_settings settings = { .software = "sim",
		.link = { .dial_ms = 1000,
		    .greeting_ms = 1000,
		    .silence_ms = 3000,
		    .ack_ms = 2500,
		    .backoff_first_ms = 100,
		    .backoff_max_ms = 2000,
		    .window_bytes = 1500 } };
	struct relay_hooks hooks = { .context = n,
		.is_below = hook_is_below,
		.on_record = hook_on_record,
		.on_incarnation = hook_on_incarnation,
		.on_fork = hook_on_fork,
		.send = hook_send,
		.dial = hook_dial,
		.hang_up = hook_hang_up,
		.random = hook_random };

	if (n->relay != NULL)
		return;
	CHECK(text_copy(settings.office, sizeof(settings.office),
		  n->office) == RC_OK);
	n->journal = journal_open(&store_ram_ops, n->store);
	n->relay = relay_open(n->journal, &settings, &hooks);
	n->tick_ms = 0;
	if (n->parent >= 0)
		(void)relay_set_parent(
		    n->relay, w->nodes[n->parent].office, time_of(n));
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		if (w->nodes[i].parent == (int)n->index)
			(void)relay_add_child(
			    n->relay, w->nodes[i].office, time_of(n));
	}
	(void)turn(n, act_begin, NULL);
}

static void
act_hear(struct node *n, const void *argument)
{
	const struct world_event *e = argument;
	bool from_parent = n->world->conns[e->conn].child == n->index;
	struct relay_link *link = from_parent ?
	    relay_parent(n->relay) :
	    relay_child(n->relay,
		n->world->nodes[n->world->conns[e->conn].child].office);

	relay_hear(n->relay, link, e->conn, span_of(e->bytes, e->size),
	    time_of(n));
}

static void
act_dialed(struct node *n, const void *argument)
{
	const struct world_event *e = argument;

	if (e->ok)
		relay_link_up(n->relay, relay_parent(n->relay), time_of(n));
	else
		relay_link_lost(
		    n->relay, relay_parent(n->relay), "", time_of(n));
}

static void
act_record(struct node *n, const void *argument)
{
	const struct promise *p = argument;
	struct record draft = { .kind = p->audience[0] != '\0' ?
		    RECORD_DIRECTIVE_ISSUED :
		    RECORD_PETITION_REGISTERED };
	uint64_t position;

	draft.payload = span_of_text(p->payload);
	CHECK(relay_record(n->relay, p->audience, &draft, time_of(n),
		  &position, NULL) == RC_OK);
}

/* Only a turn that came to its answer is a promise to anybody. */
static void
record(struct node *n, const char *audience)
{
	struct world *w = n->world;
	struct promise *p = &w->promises[w->promises_count];

	if (n->relay == NULL || w->promises_count == WORLD_PROMISES_MAX)
		return;
	p->node = n->index;
	p->is_void = false;
	CHECK(text_copy(p->audience, sizeof(p->audience), audience) == RC_OK);
	CHECK(text_format(p->payload, sizeof(p->payload), "%s/%zu/%llu",
		  n->office, w->promises_count,
		  (unsigned long long)roll_below(w, 1000000)) == RC_OK);
	if (turn(n, act_record, p))
		w->promises_count++;
}

static void
restore(struct node *n)
{
	struct world *w = n->world;
	struct store_ram *empty = NULL;

	if (w->now_ms < 2000)
		return;
	if (n->relay != NULL)
		crash(n);
	/* Whoever greeted before now knew another disk. */
	n->first_conn = w->conns_count;
	if (n->backup == NULL || happens(w, 300))
		empty = store_ram_new();
	TRACE(w, "%s gets %s disk", n->office, empty ? "an empty" : "an old");
	store_ram_restore(n->store, empty != NULL ? empty : n->backup);
	store_ram_free(empty);
	w->was_restored = true;
	void_lost_promises(w);
}

static void
live_event(struct world *w, struct world_event *e)
{
	struct node *n = &w->nodes[e->node];

	switch (e->kind) {
	case EVENT_FRAME: {
		unsigned child = w->conns[e->conn].child;

		if (n->relay == NULL || w->nodes[child].is_cut)
			return;
		/* A child hears only its present connection. */
		if (child == n->index && n->conn != e->conn)
			return;
		(void)turn(n, act_hear, e);
		return;
	}
	case EVENT_DIALED:
		if (n->relay != NULL && n->conn == e->conn)
			(void)turn(n, act_dialed, e);
		return;
	case EVENT_TICK:
		if (n->relay != NULL && n->tick_ms == e->at_ms)
			(void)turn(n, NULL, NULL);
		return;
	case EVENT_START:
		start(n);
		return;
	case EVENT_RECORD:
		record(n, "");
		return;
	case EVENT_ORDER:
		record(&w->nodes[n->parent], n->office);
		return;
	case EVENT_CUT:
		n->is_cut = true;
		return;
	case EVENT_MEND:
		n->is_cut = false;
		return;
	case EVENT_BACKUP:
		store_ram_free(n->backup);
		n->backup = store_ram_copy(n->store);
		return;
	case EVENT_RESTORE:
		restore(n);
		return;
	}
}

static void
live_until(struct world *w, int64_t until_ms)
{
	uint32_t turns = 0;

	while (w->events_count > 0 && w->why[0] == '\0' &&
	    w->events[0].at_ms <= until_ms) {
		struct world_event e = pop(w);

		w->now_ms = e.at_ms;
		live_event(w, &e);
		free(e.bytes);
		if (turns++ == TURNS_MAX)
			world_broken(w, "the nodes never come to rest");
	}
	w->now_ms = until_ms;
}

/* -- one history: a storm, then calm -- */

static void
plan(struct world *w, enum world_event_kind kind, unsigned node)
{
	push(w,
	    (struct world_event){
		.at_ms = 100 + (int64_t)roll_below(w, STORM_MS - 200),
		.kind = kind,
		.node = node });
}

static void
plan_storm(struct world *w)
{
	for (int i = 0; i < RECORDS; i++)
		plan(w, EVENT_RECORD, (unsigned)roll_below(w, WORLD_NODES));
	for (int i = 0; i < ORDERS; i++)
		plan(w, EVENT_ORDER,
		    1 + (unsigned)roll_below(w, WORLD_NODES - 1));
	for (unsigned i = 1; w->faults.has_partitions && i < WORLD_NODES; i++) {
		plan(w, EVENT_CUT, i);
		plan(w, EVENT_MEND, i);
		plan(w, EVENT_CUT, i);
	}
	if (!w->faults.has_restores)
		return;
	w->victim = (unsigned)roll_below(w, WORLD_NODES);
	for (uint64_t i = 0; i < 1 + w->seed % 2; i++) {
		plan(w, EVENT_BACKUP, w->victim);
		plan(w, EVENT_RESTORE, w->victim);
	}
}

/* 0 in one history of 3 (or 2), else up to `most`. */
static uint64_t
often(struct world *w, uint64_t odds, uint64_t most)
{
	uint64_t amount = roll_below(w, most);

	return roll_below(w, odds + 1) > 0 ? amount : 0;
}

static void
choose_faults(struct world *w)
{
	struct world_faults *f = &w->faults;

	f->loss = often(w, 2, 160);
	f->doubling = often(w, 1, 60);
	f->garble = often(w, 1, 20);
	f->crash = often(w, 2, 24);
	f->dial_lost = often(w, 1, 300);
	f->delay_ms_max = 1 + (int64_t)often(w, 2, 1800);
	f->has_partitions = roll_below(w, 2) == 0;
	f->has_restores = roll_below(w, 2) == 0;
}

static void
heal(struct world *w)
{
	w->faults = (struct world_faults){ 0 };
	for (unsigned i = 0; i < WORLD_NODES; i++)
		w->nodes[i].is_cut = false;
}

/*
 * What an administrator does when the alarm says fork: whoever may settle it
 * does, from below upwards, one a round.
 */
static void
act_settle(struct node *n, const void *argument)
{
	struct world *w = n->world;

	(void)argument;
	for (uint32_t id = 1; id <= journal_stream_count(n->journal); id++) {
		const struct stream *s = journal_stream(n->journal, id);
		struct stream_key key = s->key;
		enum rc rc;

		if (s->branch > 0 || !s->is_forked)
			continue;
		rc = relay_settle(n->relay, &key, time_of(n));
		if (rc == RC_REFUSED)
			continue; /* its office has to, further down */
		TRACE(w, "%s settles %s/%u/%s", n->office, key.origin,
		    (unsigned)key.incarnation, key.audience);
		CHECK(rc == RC_OK);
		n->first_conn = w->conns_count;
		w->has_settled = true;
		return;
	}
}

static void
calm_down(struct world *w)
{
	heal(w);
	while (w->now_ms < STORM_MS + CALM_MS_MAX && w->why[0] == '\0') {
		live_until(w, w->now_ms + SETTLE_EVERY_MS);
		if (w->why[0] == '\0' && check_agreement(w))
			break;
		w->has_settled = false;
		for (unsigned i = WORLD_NODES; i-- > 0 && !w->has_settled;) {
			if (w->nodes[i].relay != NULL)
				(void)turn(&w->nodes[i], act_settle, NULL);
		}
	}
	if (w->why[0] == '\0' && !check_agreement(w))
		world_broken(w, "the levels never agree");
}

/* For --verbose: what each node holds, and what its links believe. */
static void
tell_state(struct world *w)
{
	for (unsigned i = 0; w->is_verbose && i < WORLD_NODES; i++) {
		struct node *n = &w->nodes[i];
		struct relay_link *link;

		TRACE(w, "%s %s", n->office, n->relay != NULL ? "" : "off");
		for (uint32_t id = 1; n->relay != NULL &&
		     id <= journal_stream_count(n->journal);
		     id++) {
			const struct stream *s = journal_stream(n->journal, id);

			TRACE(w, "    %u: %s/%u/%s size %llu branch %u%s",
			    (unsigned)id, s->key.origin,
			    (unsigned)s->key.incarnation, s->key.audience,
			    (unsigned long long)s->tree.size,
			    (unsigned)s->branch,
			    s->is_forked ? " FORKED" : "");
		}
		for (size_t k = 0; n->relay != NULL &&
		     (link = relay_each_link(n->relay, k)) != NULL;
		     k++) {
			TRACE(w, "    link %s %s flight %u", link->office,
			    link_state_name(link->core.state),
			    (unsigned)link->core.flight_count);
			for (uint32_t m = 0; m < link->core.streams_count; m++)
				TRACE(w,
				    "        %u: local %llu peer %llu sent "
				    "%llu%s%s",
				    (unsigned)m + 1,
				    (unsigned long long)
					link->core.streams[m].local,
				    (unsigned long long)
					link->core.streams[m].peer,
				    (unsigned long long)
					link->core.streams[m].sent,
				    link->core.streams[m].is_shared ?
					" shared" :
					"",
				    link->core.streams[m].is_halted ?
					" halted" :
					"");
		}
	}
}

static void
make_nodes(struct world *w)
{
	static const struct {
		const char *office;
		int parent;
	} offices[WORLD_NODES] = { { "990000", -1 }, { "990100", 0 },
		{ "990101", 1 }, { "990102", 1 }, { "990103", 1 } };

	for (unsigned i = 0; i < WORLD_NODES; i++) {
		w->nodes[i] = (struct node){ .world = w,
			.index = i,
			.office = offices[i].office,
			.parent = offices[i].parent,
			.store = store_ram_new() };
		push(w,
		    (struct world_event){ .kind = EVENT_START, .node = i });
	}
}

static void
end_world(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		relay_close(w->nodes[i].relay);
		journal_close(w->nodes[i].journal);
		store_ram_free(w->nodes[i].backup);
		store_ram_free(w->nodes[i].store);
	}
	while (w->events_count > 0)
		free(pop(w).bytes);
	free(w->events);
	free(w->promises);
	free(w);
}

bool
world_live(uint64_t seed, bool is_verbose, char why[WORLD_WHY_MAX])
{
	struct world *w = memory_new(1, sizeof(*w));
	bool held;

	w->seed = seed;
	w->random = seed * 0x2545f4914f6cdd1du + 1;
	w->is_verbose = is_verbose;
	w->conns_count = 1;
	w->promises = memory_new(WORLD_PROMISES_MAX, sizeof(struct promise));
#ifdef PETITION_MUTANTS
	mutant_pause_hook = pause_in_commit;
#endif
	choose_faults(w);
	make_nodes(w);
	plan_storm(w);
	live_until(w, STORM_MS);
	calm_down(w);
	if (w->why[0] == '\0')
		check_disks(w);
	if (w->why[0] == '\0')
		check_promises(w);
	if (w->why[0] != '\0')
		tell_state(w);
	memcpy(why, w->why, WORLD_WHY_MAX);
	held = w->why[0] == '\0';
	end_world(w);
	return held;
}
