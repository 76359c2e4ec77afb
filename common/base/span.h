/*
 * span - bytes in flight: a borrowed run of bytes.
 *
 * A span owns nothing.  Whoever hands one out says how long the bytes live.
 * A plain value; any thread.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const uint8_t *at; /* first byte; may be NULL when size is 0 */
	size_t size;       /* bytes */
};

static inline struct span
span_of(const void *at, size_t size)
{
	return (struct span){ .at = at, .size = size };
}

static inline struct span
span_of_text(const char *text)
{
	return span_of(text, strlen(text));
}

static inline bool
span_equal(struct span a, struct span b)
{
	return a.size == b.size &&
	       (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

#endif
