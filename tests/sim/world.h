/*
 * world - a province, a city and three districts in one process.
 *
 * Virtual time, real journal, relay, link and wire code, disks in memory, a
 * network that loses, doubles, delays, reorders and garbles frames, cuts
 * lines, and nodes that lose power between any two steps of a turn or get an
 * old backup (or an empty disk) put back.  One seed makes one history; the
 * same seed makes it again.
 *
 * While the faults last, safety is checked after every turn; then everything
 * heals and all levels must agree.  A broken rule is told once, in `why`.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "relay/relay_internal.h"

#include "heap.h"
#include "store_ram.h"

enum {
	WORLD_NODES = 5,
	WORLD_CONNS_MAX = 4096,
	WORLD_PROMISES_MAX = 1024,
	WORLD_WHY_MAX = 300,
	WORLD_PAYLOAD_MAX = 40,
	/* Every so many histories one is about supervision (supervise.h). */
	WORLD_SUPERVISED_EVERY = 8,
};

/* What this seed's history is like; all chances are per 1,000. */
struct world_faults {
	uint64_t loss, doubling, garble, crash, dial_lost;
	uint64_t slices; /* a reactor has little time in a turn */
	int64_t delay_ms_max;
	bool has_partitions;
	bool has_restores;
};

struct bureau;
struct world;

struct node {
	struct world *world;
	unsigned index;
	const char *office;
	int parent; /* index, or -1 */
	struct store_ram *store;
	struct journal *journal; /* NULL: powered off */
	struct relay *relay;
	struct store_ram *backup; /* NULL: none taken */
	uint32_t conn;            /* the child's connection; 0: none */
	uint32_t first_conn;      /* older ones knew a disk now replaced */
	bool is_cut;              /* its line to the parent is cut */
	bool is_dying;            /* power fails during this answer */
	int64_t tick_ms;          /* when its next tick is due */
	struct bureau *bureau;    /* of a supervised world (supervise.h) */
	int64_t skew_ms;          /* its own clock is off by this */
};

/* Something an office said was recorded. */
struct promise {
	unsigned node;
	char audience[OFFICE_CODE_MAX + 1];
	char payload[WORLD_PAYLOAD_MAX];
	bool is_void; /* lost with a disk before anybody else had it */
};

struct world {
	uint64_t seed, random;
	struct world_faults faults;
	int64_t now_ms;
	struct node nodes[WORLD_NODES];
	struct heap coming; /* what is going to happen */
	struct {
		unsigned child;
	} conns[WORLD_CONNS_MAX];
	uint32_t conns_count;
	struct promise *promises;
	size_t promises_count;
	bool was_restored;
	bool has_settled; /* one a round, as one person does */
	bool is_supervised;
	bool has_published; /* somebody made rules of their own */
	bool is_verbose;
	char why[WORLD_WHY_MAX]; /* "": no rule was broken */
};

/* Live one history.  True: all rules held. */
bool world_live(uint64_t seed, bool is_verbose, char why[WORLD_WHY_MAX]);

/* The world's dice: a number, one below `bound`, a chance per 1,000. */
uint64_t world_roll(struct world *w);
uint64_t world_roll_below(struct world *w, uint64_t bound);
bool world_happens(struct world *w, uint64_t per_mille);

/* A rule is broken; the first one is told. */
__attribute__((format(printf, 2, 3))) void world_broken(struct world *w,
    const char *format, ...);

#define WORLD_TRACE(w, ...)                                                    \
	do {                                                                   \
		if ((w)->is_verbose) {                                         \
			(void)printf("%8lld ", (long long)(w)->now_ms);        \
			(void)printf(__VA_ARGS__);                             \
			(void)printf("\n");                                    \
		}                                                              \
	} while (0)

/* node.c: an office and what happens at it. */
bool node_is_below(const char *office, const char *child);
void node_start(struct node *n);
void node_hear(struct node *n, const struct world_event *frame);
void node_dialed(struct node *n, const struct world_event *outcome);
void node_tick(struct node *n);
/* Record a petition (audience ""), or an order for the child `audience`. */
void node_record(struct node *n, const char *audience);
/* Somebody at a supervised office does something. */
void node_act(struct node *n);
/* Somebody puts an old disk, or an empty one, into the machine. */
void node_restore(struct node *n);
/* Settle one fork, if this office may. */
void node_settle(struct node *n);

/* checks.c: rules that hold at any time, and rules that hold in the end. */
void check_links(struct world *w, struct node *n);
void check_disks(struct world *w);
bool check_agreement(struct world *w); /* false: not yet */
void check_promises(struct world *w);
void void_lost_promises(struct world *w);

#endif
