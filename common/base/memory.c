/*
 * Nothing here returns NULL for want of memory, and nothing above checks for it.
 * A limit is another matter: a buffer that would outgrow its own says so, since
 * others can make it.
 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"

enum { BUFFER_FIRST = 256 };

void *
memory_new(size_t count, size_t size)
{
	void *new = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (new == NULL)
		fatal("out of memory (%zu x %zu bytes)", count, size);
	return new;
}

void *
memory_grow(void *old, size_t count, size_t size)
{
	void *new = reallocarray(old, count > 0 ? count : 1, size);

	if (new == NULL)
		fatal("out of memory (%zu x %zu bytes)", count, size);
	return new;
}

char *
memory_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_new(1, size), text, size);
}

uint8_t *
buffer_extend(struct buffer *b, size_t size)
{
	size_t need = b->size + size;
	uint8_t *at;

	if (need < size || (b->limit > 0 && need > b->limit))
		return NULL;
	if (need > b->capacity) {
		size_t capacity = b->capacity > 0 ? b->capacity : BUFFER_FIRST;

		while (capacity < need)
			capacity *= 2;
		b->at = memory_grow(b->at, capacity, 1);
		b->capacity = capacity;
	}
	at = b->at + b->size;
	b->size = need;
	return at;
}

enum rc
buffer_append(struct buffer *b, struct span bytes)
{
	uint8_t *at;

	if (bytes.size == 0)
		return RC_OK;
	at = buffer_extend(b, bytes.size);
	if (at == NULL)
		return RC_TOO_BIG;
	memcpy(at, bytes.at, bytes.size);
	return RC_OK;
}

struct span
buffer_span(const struct buffer *b)
{
	return span_of(b->at, b->size);
}

void
buffer_reset(struct buffer *b)
{
	b->size = 0;
}

void
buffer_clear(struct buffer *b)
{
	free(b->at);
	*b = (struct buffer){ .limit = b->limit };
}
