/*
 * mask - take the numbers of persons out of free text.
 *
 * People write their identity, telephone and card numbers into the story
 * they tell.  Offices above need the story, not the numbers: before a text
 * is recorded, every digit of such a number but the last two becomes '*'.
 *
 *	resident identity numbers, 15 and 18 digits (GB 11643): two of region,
 *	    birth date and check must agree
 *	mobile numbers, with or without 0, 86, +86, 0086 in front
 *	landline numbers with their area code
 *	bank card numbers, 13 to 19 digits with a right Luhn check, in one run
 *	    or in fours
 *	passport and permit numbers, only when a word announces them
 *
 * Digits may be ASCII or full width (for identity and mobile numbers Chinese
 * too), with blanks, dashes, dots or brackets between groups.  What merely
 * looks like a number is left alone: dates, money, postal and division codes,
 * document and house numbers, and this system's own item numbers.
 *
 * When in doubt a number is masked: a lost order number can be asked for
 * again, a leaked identity number cannot be taken back.
 *
 * mask(mask(x)) is mask(x).  Pure; any thread.
 */
#ifndef PETITION_MASK_H
#define PETITION_MASK_H

#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

/*
 * Append the masked text to `out` (never more bytes than `utf8` has) and add
 * the count of numbers that were masked to `*masked`.  `utf8` must not lie
 * in `out`.  RC_TOO_BIG: over out->limit; `out` is then as before.
 */
MUST_USE enum rc mask_text(struct span utf8, struct buffer *out,
    uint32_t *masked);

#endif
