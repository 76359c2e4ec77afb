/*
 * world - time, chance, lines and faults of one history.
 *
 * All chance comes from one generator that the seed starts, and all that
 * happens goes through one heap: the same seed is the same history, which is
 * what makes a failure worth anything.  The storm with its faults ends, and
 * then within CALM_MS_MAX all offices must agree.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"

#include "supervise.h"

enum {
	STORM_MS = 40000,     /* how long the faults last */
	CALM_MS_MAX = 300000, /* by then all must agree */
	SETTLE_EVERY_MS = 5000,
	RECORDS = 60,
	ORDERS = 12,
	ACTS = 160,                    /* of a supervised world */
	SKEW_MS_MAX = 3 * 3600 * 1000, /* of an office's clock there */
	TURNS_MAX = 200000,
	VICTIMS_MAX = 2, /* whose disks are replaced in one history */
};

uint64_t
world_roll(struct world *w)
{
	uint64_t z = (w->random += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint64_t
world_roll_below(struct world *w, uint64_t bound)
{
	return bound > 0 ? world_roll(w) % bound : 0;
}

bool
world_happens(struct world *w, uint64_t per_mille)
{
	return world_roll_below(w, 1000) < per_mille;
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

/* -- what happens, in its order -- */

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
		node_hear(n, e);
		return;
	}
	case EVENT_DIALED:
		if (n->relay != NULL && n->conn == e->conn)
			node_dialed(n, e);
		return;
	case EVENT_TICK:
		if (n->relay != NULL && n->tick_ms == e->at_ms)
			node_tick(n);
		return;
	case EVENT_START:
		node_start(n);
		return;
	case EVENT_RECORD:
		if (w->is_supervised) {
			node_act(n);
		} else {
			node_record(n, "");
		}
		return;
	case EVENT_ORDER:
		node_record(&w->nodes[n->parent], n->office);
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
		node_restore(n);
		return;
	}
}

static void
live_until(struct world *w, int64_t until_ms)
{
	uint32_t turns = 0;

	while (w->why[0] == '\0' && heap_next_ms(&w->coming) <= until_ms) {
		struct world_event e = heap_pop(&w->coming);

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
	heap_push(&w->coming,
	    (struct world_event){
		.at_ms = 100 + (int64_t)world_roll_below(w, STORM_MS - 200),
		.kind = kind,
		.node = node });
}

/* A node whose disk is replaced, once or twice. */
static void
plan_loss(struct world *w, unsigned victim)
{
	for (uint64_t i = 0; i < 1 + w->seed % 2; i++) {
		plan(w, EVENT_BACKUP, victim);
		plan(w, EVENT_RESTORE, victim);
	}
}

static void
plan_storm(struct world *w)
{
	for (int i = 0; i < (w->is_supervised ? ACTS : RECORDS); i++) {
		plan(w, EVENT_RECORD,
		    (unsigned)world_roll_below(w, WORLD_NODES));
	}
	for (int i = 0; !w->is_supervised && i < ORDERS; i++) {
		plan(w, EVENT_ORDER,
		    1 + (unsigned)world_roll_below(w, WORLD_NODES - 1));
	}
	for (unsigned i = 1; w->faults.has_partitions && i < WORLD_NODES; i++) {
		plan(w, EVENT_CUT, i);
		plan(w, EVENT_MEND, i);
		plan(w, EVENT_CUT, i);
	}
	if (!w->faults.has_restores)
		return;
	for (uint64_t i = 0; i < 1 + world_roll_below(w, VICTIMS_MAX); i++)
		plan_loss(w, (unsigned)world_roll_below(w, WORLD_NODES));
}

/* 0 in one history of 3 (or 2), else up to `most`. */
static uint64_t
often(struct world *w, uint64_t odds, uint64_t most)
{
	uint64_t amount = world_roll_below(w, most);

	return world_roll_below(w, odds + 1) > 0 ? amount : 0;
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
	f->slices = often(w, 2, 1000);
	f->has_partitions = world_roll_below(w, 2) == 0;
	f->has_restores = world_roll_below(w, 2) == 0;
}

static void
heal(struct world *w)
{
	w->faults = (struct world_faults){ 0 };
	for (unsigned i = 0; i < WORLD_NODES; i++)
		w->nodes[i].is_cut = false;
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
				node_settle(&w->nodes[i]);
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

		WORLD_TRACE(w, "%s %s", n->office,
		    n->relay != NULL ? "" : "off");
		for (uint32_t id = 1;
		     n->relay != NULL && id <= journal_stream_count(n->journal);
		     id++) {
			const struct stream *s = journal_stream(n->journal, id);

			WORLD_TRACE(w, "    %u: %s/%u/%s size %llu branch %u%s",
			    (unsigned)id, s->key.origin,
			    (unsigned)s->key.incarnation, s->key.audience,
			    (unsigned long long)s->tree.size,
			    (unsigned)s->branch, s->is_forked ? " FORKED" : "");
		}
		for (size_t k = 0;
		     n->relay != NULL &&
		     (link = relay_each_link(n->relay, k)) != NULL;
		     k++) {
			WORLD_TRACE(w, "    link %s %s flight %u", link->office,
			    link_state_name(link->core.state),
			    (unsigned)link->core.flight_count);
			for (uint32_t m = 0; m < link->core.streams_count;
			     m++) {
				WORLD_TRACE(w,
				    "        %u: local %llu peer %llu sent "
				    "%llu%s%s",
				    (unsigned)m + 1,
				    (unsigned long long)link->core.streams[m]
					.local,
				    (unsigned long long)link->core.streams[m]
					.peer,
				    (unsigned long long)link->core.streams[m]
					.sent,
				    link->core.streams[m].is_shared ? " shared"
								    : "",
				    link->core.streams[m].is_halted ? " halted"
								    : "");
			}
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
		heap_push(&w->coming,
		    (struct world_event){ .kind = EVENT_START, .node = i });
	}
	for (unsigned i = 0; w->is_supervised && i < WORLD_NODES; i++) {
		w->nodes[i].bureau = supervise_new(&w->nodes[i]);
		w->nodes[i].skew_ms = (int64_t)world_roll_below(w, SKEW_MS_MAX);
	}
}

static void
end_world(struct world *w)
{
	for (unsigned i = 0; i < WORLD_NODES; i++) {
		if (w->nodes[i].bureau != NULL)
			supervise_power_off(&w->nodes[i]);
		supervise_free(w->nodes[i].bureau);
		relay_close(w->nodes[i].relay);
		journal_close(w->nodes[i].journal);
		store_ram_free(w->nodes[i].backup);
		store_ram_free(w->nodes[i].store);
	}
	heap_clear(&w->coming);
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
	w->is_supervised = seed % WORLD_SUPERVISED_EVERY == 0;
	w->conns_count = 1;
	w->promises = memory_new(WORLD_PROMISES_MAX, sizeof(struct promise));
	choose_faults(w);
	make_nodes(w);
	plan_storm(w);
	live_until(w, STORM_MS);
	calm_down(w);
	if (w->why[0] == '\0')
		check_disks(w);
	if (w->why[0] == '\0')
		check_promises(w);
	if (w->why[0] == '\0' && w->is_supervised)
		check_supervision(w);
	if (w->why[0] != '\0')
		tell_state(w);
	memcpy(why, w->why, WORLD_WHY_MAX);
	held = w->why[0] == '\0';
	end_world(w);
	return held;
}
