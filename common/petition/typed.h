/*
 * typed - characters as people type them, on any keyboard.
 *
 * Chinese input methods write letters and digits in full width, several
 * blanks and several dashes.  Numbers are read only through here, so that
 * all of them understand the same typing.
 *
 * Pure; any thread.
 */
#ifndef PETITION_TYPED_H
#define PETITION_TYPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

/*
 * The plain character that a code point stands for: ASCII for full width,
 * '-' for any dash, ' ' for any blank (also NBSP, ideographic and zero-width
 * ones, tab and line ends).  Everything else is itself.
 */
uint32_t typed_plain(uint32_t point);

static inline bool
typed_is_digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

/*
 * Letters and digits as typed, in capitals, blanks left out and, unless
 * `keep_dashes`, dashes too.  `size` is the whole of `out`.
 * RC_MALFORMED: something else in it, or not UTF-8.  RC_TOO_BIG.  `out` is
 * then "".
 */
MUST_USE enum rc typed_number(struct span typed, bool keep_dashes, char *out,
    size_t size);

#endif
