/*
 * heap - what is going to happen, soonest first; a binary heap.
 *
 * Events of the same moment come in the order in which they were made, or a
 * seed would not be the same history twice.
 */
#include "heap.h"

#include <stdlib.h>

#include "base/check.h"
#include "base/memory.h"

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

void
heap_push(struct heap *h, struct world_event e)
{
	size_t at = h->count++;

	if (h->count > h->capacity) {
		h->capacity = 2 * h->count;
		h->events = memory_grow(h->events, h->capacity,
		    sizeof(struct world_event));
	}
	e.order = h->made++;
	h->events[at] = e;
	while (at > 0 && is_sooner(&h->events[at], &h->events[(at - 1) / 2])) {
		swap(&h->events[at], &h->events[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

struct world_event
heap_pop(struct heap *h)
{
	struct world_event first;
	size_t at = 0;

	CHECK(h->count > 0);
	first = h->events[0];
	h->events[0] = h->events[--h->count];
	for (;;) {
		size_t least = at, left = 2 * at + 1;

		for (size_t i = left; i < left + 2; i++) {
			if (i < h->count &&
			    is_sooner(&h->events[i], &h->events[least]))
				least = i;
		}
		if (least == at)
			return first;
		swap(&h->events[at], &h->events[least]);
		at = least;
	}
}

int64_t
heap_next_ms(const struct heap *h)
{
	return h->count > 0 ? h->events[0].at_ms : INT64_MAX;
}

void
heap_clear(struct heap *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->events[i].bytes);
	free(h->events);
	*h = (struct heap){ 0 };
}
