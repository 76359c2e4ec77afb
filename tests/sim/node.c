/* node - an office in the world: power, turns, lines, and what it is told. */
#include <setjmp.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "register/views.h"

#include "supervise.h"

static const int64_t epoch_ms = 1767225600000; /* 2026-01-01 */
/* Supervision is a matter of weeks: then time runs faster for the offices. */
enum { OFFICE_TIMES = 129600, SUPERVISED_FROM_MS = 5 * 86400 * 1000 };

/* -- power -- */

static void
crash(struct node *n)
{
	struct world *w = n->world;

	WORLD_TRACE(w, "%s loses power", n->office);
	if (n->bureau != NULL)
		supervise_power_off(n);
	store_ram_crash(n->store);
	relay_close(n->relay);
	journal_close(n->journal);
	n->relay = NULL;
	n->journal = NULL;
	n->conn = 0;
	n->is_dying = false;
	heap_push(&w->coming,
	    (struct world_event){ .at_ms = w->now_ms + 20 +
					   (int64_t)world_roll_below(w, 2500),
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
	if (world_happens(committing->world, 200))
		longjmp(power_failed, 1);
}
#endif

static struct relay_now
time_of(const struct node *n)
{
	int64_t now_ms = n->world->now_ms, wall_ms = epoch_ms + now_ms;

	if (n->world->is_supervised) {
		wall_ms = epoch_ms + SUPERVISED_FROM_MS + n->skew_ms +
			  now_ms * OFFICE_TIMES;
	}
	return (struct relay_now){ .steady_ms = now_ms, .wall_ms = wall_ms };
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
	heap_push(&n->world->coming, (struct world_event){ .at_ms = at_ms,
					 .kind = EVENT_TICK,
					 .node = n->index });
}

/* Copies of one stream differ only where somebody's disk was replaced. */
static void
check_forks(struct node *n)
{
	for (uint32_t id = 1; id <= journal_stream_count(n->journal); id++) {
		if (!n->world->was_restored &&
		    journal_stream(n->journal, id)->is_forked) {
			world_broken(n->world,
			    "%s sees a fork, but no disk was lost", n->office);
		}
	}
}

/* False: the power failed before anybody could be told. */
static bool
turn(struct node *n, node_action *action, const void *argument)
{
	struct world *w = n->world;
	bool fails = world_happens(w, w->faults.crash);
	uint64_t where = world_roll_below(w, 3);

	committing = n;
#ifdef PETITION_MUTANTS
	mutant_pause_hook = pause_in_commit;
#endif
	if (setjmp(power_failed) != 0) {
		crash(committing);
		return false;
	}
	journal_begin(n->journal);
	if (n->bureau != NULL)
		supervise_begin(n, time_of(n));
	if (action != NULL)
		action(n, argument);
	relay_tick(n->relay, time_of(n));
	if (n->bureau != NULL)
		supervise_react(n);
	if (fails && where == 0) {
		crash(n);
		return false;
	}
	relay_commit(n->relay, time_of(n));
	if (fails && where == 1) {
		crash(n);
		return false;
	}
	if (n->bureau != NULL)
		supervise_commit(n);
	n->is_dying = fails; /* some of the frames still leave */
	relay_answer(n->relay, time_of(n));
	check_links(w, n);
	check_forks(n);
	if (fails) {
		crash(n);
		return false;
	}
	plan_tick(n);
	return true;
}

/* -- hooks of the relay -- */

bool
node_is_below(const char *office, const char *child)
{
	/* 990000 > 990100 > 9901xx */
	size_t size = strcmp(child + 2, "0000") == 0 ? 2
		      : strcmp(child + 4, "00") == 0 ? 4
						     : 6;

	return strncmp(office, child, size) == 0;
}

static bool
hook_is_below(void *context, const char *office, const char *child)
{
	(void)context;
	return node_is_below(office, child);
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

	if (n->bureau != NULL) {
		supervise_on_record(n, entry);
		return;
	}
	if (record == NULL ||
	    strcmp(entry->stream->key.audience, n->office) != 0)
		return;
	if (record->kind == RECORD_CARRIED &&
	    wire_carried_unpack(record->payload, &carried) == RC_OK &&
	    wire_record_unpack(carried, &inner) == RC_OK)
		record = &inner;
	if (record->kind != RECORD_DIRECTIVE_ISSUED)
		return;
	CHECK(
	    text_copy_span(payload, sizeof(payload), record->payload) == RC_OK);
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

	if (n->bureau != NULL) {
		supervise_on_incarnation(n, previous);
		return;
	}
	opened.payload = span_of_text("opened");
	CHECK(relay_record(n->relay, "", &opened, time_of(n), &position,
		  NULL) == RC_OK);
}

static uint64_t
hook_random(void *context)
{
	struct node *n = context;

	return world_roll(n->world);
}

static void
send_copy(struct world *w, unsigned to, uint32_t conn, struct span frame)
{
	struct world_event e = { .kind = EVENT_FRAME,
		.node = to,
		.conn = conn,
		.size = frame.size,
		.at_ms = w->now_ms + 1 };

	if (w->faults.delay_ms_max > 0) {
		e.at_ms += (int64_t)world_roll_below(w,
		    (uint64_t)w->faults.delay_ms_max);
	}
	e.bytes = memory_new(1, frame.size);
	memcpy(e.bytes, frame.at, frame.size);
	/* CURVE keeps lines from garbling; a peer's own memory may not. */
	if (e.bytes[5] == FRAME_BATCH && world_happens(w, w->faults.garble)) {
		uint64_t bit = world_roll_below(w, 8 * frame.size);

		e.bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	heap_push(&w->coming, e);
}

/* -- the lines: their owner is the node at this end -- */

static void
send_on(struct node *n, uint32_t conn, unsigned to, struct span frame)
{
	struct world *w = n->world;

	if (world_happens(w, w->faults.loss))
		return;
	send_copy(w, to, conn, frame);
	if (world_happens(w, w->faults.doubling))
		send_copy(w, to, conn, frame);
}

static bool
may_send(struct node *n, uint32_t conn)
{
	return conn != 0 && !(n->is_dying && world_happens(n->world, 500));
}

static void
send_to_child(void *owner, uint64_t route, struct span frame)
{
	struct node *n = owner;
	uint32_t conn = (uint32_t)route;

	if (may_send(n, conn))
		send_on(n, conn, n->world->conns[conn].child, frame);
}

static void
send_to_parent(void *owner, uint64_t route, struct span frame)
{
	struct node *n = owner;

	(void)route;
	if (may_send(n, n->conn))
		send_on(n, n->conn, (unsigned)n->parent, frame);
}

static void
dial_parent(void *owner)
{
	struct node *n = owner;
	struct world *w = n->world;

	CHECK(w->conns_count < WORLD_CONNS_MAX);
	n->conn = w->conns_count++;
	w->conns[n->conn].child = n->index;
	if (world_happens(w, w->faults.dial_lost))
		return; /* nobody answers: the dialer has to give up */
	heap_push(&w->coming,
	    (struct world_event){ .at_ms = w->now_ms + 5,
		.kind = EVENT_DIALED,
		.node = n->index,
		.conn = n->conn,
		.ok = !n->is_cut && w->nodes[n->parent].relay != NULL });
}

static void
hang_up_on_parent(void *owner)
{
	((struct node *)owner)->conn = 0;
}

static const struct relay_transport upward = {
	.send_frame = send_to_parent,
	.dial = dial_parent,
	.hang_up = hang_up_on_parent,
};

static const struct relay_transport downward = {
	.send_frame = send_to_child,
};

static void
link_up(struct node *n)
{
	struct world *w = n->world;

	if (n->parent >= 0) {
		relay_attach(relay_set_parent(n->relay,
				 w->nodes[n->parent].office, time_of(n)),
		    &upward, n);
	}
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		if (w->nodes[i].parent == (int)n->index) {
			relay_attach(relay_add_child(n->relay,
					 w->nodes[i].office, time_of(n)),
			    &downward, n);
		}
	}
}

/* -- what happens at a node -- */

static void
act_begin(struct node *n, const void *argument)
{
	(void)argument;
	if (!relay_has_begun(n->relay))
		relay_begin(n->relay, time_of(n));
}

void
node_start(struct node *n)
{
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
		.random = hook_random };

	if (n->relay != NULL)
		return;
	CHECK(text_copy(settings.office, sizeof(settings.office), n->office) ==
	      RC_OK);
	n->journal = journal_open(&store_ram_ops, n->store);
	n->relay = relay_open(n->journal, &settings, &hooks);
	n->tick_ms = 0;
	link_up(n);
	if (n->bureau != NULL)
		supervise_power_on(n);
	(void)turn(n, act_begin, NULL);
}

static void
act_hear(struct node *n, const void *argument)
{
	const struct world_event *e = argument;
	bool from_parent = n->world->conns[e->conn].child == n->index;
	struct relay_link *link =
	    from_parent
		? relay_parent(n->relay)
		: relay_child(n->relay,
		      n->world->nodes[n->world->conns[e->conn].child].office);

	relay_hear(n->relay, link, e->conn, span_of(e->bytes, e->size),
	    time_of(n));
}

static void
act_dialed(struct node *n, const void *argument)
{
	const struct world_event *e = argument;

	if (e->ok) {
		relay_link_up(n->relay, relay_parent(n->relay), time_of(n));
	} else {
		relay_link_lost(n->relay, relay_parent(n->relay), "",
		    time_of(n));
	}
}

static void
act_record(struct node *n, const void *argument)
{
	const struct promise *p = argument;
	struct record draft = { .kind = p->audience[0] != '\0'
					    ? RECORD_DIRECTIVE_ISSUED
					    : RECORD_PETITION_REGISTERED };
	uint64_t position;

	draft.payload = span_of_text(p->payload);
	CHECK(relay_record(n->relay, p->audience, &draft, time_of(n), &position,
		  NULL) == RC_OK);
}

/* Only a turn that came to its answer is a promise to anybody. */
void
node_record(struct node *n, const char *audience)
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
		  (unsigned long long)world_roll_below(w, 1000000)) == RC_OK);
	if (turn(n, act_record, p))
		w->promises_count++;
}

static void
act_people(struct node *n, const void *argument)
{
	(void)argument;
	supervise_act(n);
}

void
node_act(struct node *n)
{
	if (n->relay != NULL)
		(void)turn(n, act_people, NULL);
}

void
node_restore(struct node *n)
{
	struct world *w = n->world;
	struct store_ram *empty = NULL;

	if (w->now_ms < 2000)
		return;
	if (n->relay != NULL)
		crash(n);
	/* Whoever greeted before now knew another disk. */
	n->first_conn = w->conns_count;
	if (n->backup == NULL || world_happens(w, 300))
		empty = store_ram_new();
	WORLD_TRACE(w, "%s gets %s disk", n->office,
	    empty ? "an empty" : "an old");
	if (n->bureau != NULL)
		supervise_new_disk(n);
	store_ram_restore(n->store, empty != NULL ? empty : n->backup);
	store_ram_free(empty);
	w->was_restored = true;
	void_lost_promises(w);
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
		WORLD_TRACE(w, "%s settles %s/%u/%s", n->office, key.origin,
		    (unsigned)key.incarnation, key.audience);
		CHECK(rc == RC_OK);
		if (n->bureau != NULL)
			views_set_aside(n->bureau->office.views, &key);
		n->first_conn = w->conns_count;
		w->has_settled = true;
		return;
	}
}

void
node_hear(struct node *n, const struct world_event *frame)
{
	(void)turn(n, act_hear, frame);
}

void
node_dialed(struct node *n, const struct world_event *outcome)
{
	(void)turn(n, act_dialed, outcome);
}

void
node_tick(struct node *n)
{
	(void)turn(n, NULL, NULL);
}

void
node_settle(struct node *n)
{
	(void)turn(n, act_settle, NULL);
}
