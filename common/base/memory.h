/*
 * memory - allocation that cannot fail, and a buffer that grows to a limit.
 *
 * Running out of memory ends the process (check.h, fatal): the journal makes
 * that safe, and no error ladder has to be written or tested for it.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

/* Zeroed; never NULL.  Release with free(). */
void *memory_new(size_t count, size_t size);
/* The new part is not zeroed. */
void *memory_grow(void *old, size_t count, size_t size);
char *memory_text(const char *text);

/*
 * Bytes that grow.  Zero-initialise, set `limit` (bytes; 0: none), release
 * with buffer_clear.  What buffer_* returns as a span lives until the next
 * append.
 */
struct buffer {
	uint8_t *at;
	size_t size;     /* bytes in use */
	size_t capacity; /* bytes allocated */
	size_t limit;    /* the most that size may become; 0: no limit */
};

MUST_USE enum rc buffer_append(struct buffer *b, struct span bytes);
/* Room for `size` more bytes at the end, counted as used; NULL: over limit. */
uint8_t *buffer_extend(struct buffer *b, size_t size);
struct span buffer_span(const struct buffer *b);
/* Empty it but keep the memory for the next use. */
void buffer_reset(struct buffer *b);
void buffer_clear(struct buffer *b);

#endif
