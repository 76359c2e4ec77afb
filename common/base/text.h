/*
 * text - known, short text in fixed arrays; and UTF-8 that came from outside.
 *
 * Nothing here truncates: what does not fit is RC_TOO_BIG and the target is
 * left an empty string.  Pure; any thread.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

/* `size` is the whole array, the closing NUL included. */
MUST_USE enum rc text_copy(char *to, size_t size, const char *from);
MUST_USE enum rc text_copy_span(char *to, size_t size, struct span from);
__attribute__((format(printf, 3, 4))) MUST_USE enum rc text_format(char *to,
    size_t size, const char *format, ...);

/* Valid UTF-8 (no surrogates, no overlong forms) without NUL. */
bool text_is_utf8(struct span text);

/*
 * The code point at `*at` (which must lie in valid UTF-8, before `end`);
 * `*at` moves behind it.
 */
uint32_t text_next(const uint8_t **at, const uint8_t *end);

/* Columns on a terminal: wide (CJK, full-width) characters count two. */
size_t text_columns(struct span text);

/* Lower-case hex, NUL-terminated; `out` holds 2 * size + 1. */
void text_hex(struct span bytes, char *out);

/* RC_MALFORMED unless exactly `size` bytes of hex. */
MUST_USE enum rc text_unhex(const char *hex, uint8_t *out, size_t size);

#endif
