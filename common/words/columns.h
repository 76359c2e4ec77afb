/*
 * columns - fit text into columns of a terminal or a printed page.
 *
 * Widths are in columns as text_columns counts them: wide characters take
 * two.  Control characters and bytes that are no UTF-8 never get through:
 * they would move the cursor.
 *
 * Pure; any thread.
 */
#ifndef WORDS_COLUMNS_H
#define WORDS_COLUMNS_H

#include <stddef.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

/* Append text safe to show, on one line: controls are blanks, junk is '?'. */
MUST_USE enum rc columns_safe(struct span text, struct buffer *out);

/* The most bytes of safe `text` that take at most `width` columns. */
size_t columns_fit(struct span text, size_t width);

/*
 * The bytes of the first line when safe `text` is broken at `width` (>= 2):
 * at a blank where a word would be cut, before a wide character anywhere, but
 * never so that a line begins with a closing mark.  Not 0 unless text is
 * empty.  Blanks at the break belong to no line; `rest` is what follows.
 */
size_t columns_break(struct span text, size_t width, struct span *rest);

/* Append `count` times `piece`. */
MUST_USE enum rc columns_repeat(const char *piece, size_t count,
    struct buffer *out);

#endif
