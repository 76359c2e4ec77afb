/*
 * heap - what is going to happen in a world, by time.
 *
 * Events that are due at one moment happen in the order of their making, so
 * that a seed lives the same history every time.
 */
#ifndef SIM_HEAP_H
#define SIM_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

struct heap {
	struct world_event *events;
	size_t count, capacity;
	uint64_t made; /* gives each event its order */
};

/* Takes the event; its bytes become the heap's. */
void heap_push(struct heap *h, struct world_event e);
/* The next event; the heap must not be empty.  The caller frees its bytes. */
struct world_event heap_pop(struct heap *h);
/* When the next event is due; INT64_MAX: never. */
int64_t heap_next_ms(const struct heap *h);
void heap_clear(struct heap *h);

#endif
