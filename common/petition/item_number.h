/*
 * item_number - the numbers that offices print on slips and papers.
 *
 *	420106-2026-000123-7QK		an item
 *	D420100-2026-0007-7QK		a directive (D in front)
 *	E420100-2026-0001-7QK		an escalation (E in front)
 *	office year serial tag+check
 *
 * The serial counts one office's items (or directives, or escalations) of
 * one year; it is padded to six (four) digits and grows beyond.  The last group is two tag
 * characters and one check character, all from Crockford's base 32
 * (0-9 A-Z without I L O U), so that what a person reads as O, I or L has
 * only one meaning.
 *
 * The tag comes from the incarnation of the office's stream: an office that
 * lost its disk and begins its serials anew prints other numbers.  There are
 * 512 tags; where two incarnations share one, the desk passes over the numbers
 * that its register has already.
 *
 * The check is ISO 7064 MOD 37-2 over all letters and digits in front of it,
 * the serial filled up to nine digits.  Any one wrong letter or digit and any
 * two exchanged ones, neighbours or not, are always found.  (MOD 37,36, the
 * usual choice for such texts, misses one in 630 exchanged neighbours, 01/10
 * among them.)  Five of the 37 check values have no character of ours: the
 * lowest bit of the second tag character is free, and of its two values one
 * always leads to a check that can be printed, so no serial is skipped.
 *
 * Pure; any thread.
 */
#ifndef PETITION_ITEM_NUMBER_H
#define PETITION_ITEM_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/limits.h"

enum number_kind { NUMBER_ITEM, NUMBER_DIRECTIVE, NUMBER_ESCALATION };

enum {
	ITEM_SERIAL_MAX = 999999999,
	ITEM_YEAR_MIN = 1949,
	ITEM_YEAR_MAX = 2999,
	ITEM_TAG_SIZE = 2,
};

struct item_number {
	enum number_kind kind;
	char office[OFFICE_CODE_MAX + 1];
	int year;                    /* of the office's own calendar */
	uint32_t serial;             /* from 1 */
	char tag[ITEM_TAG_SIZE + 1]; /* set by parsing; not read by format */
};

/*
 * Write the number.  `n` must hold a shaped office code, and year and serial
 * within their limits (CHECKed: they are our own).
 */
void item_number_format(const struct item_number *n, uint32_t incarnation,
    char out[static ITEM_NUMBER_MAX + 1]);

/*
 * Bring what a person typed into the printed form: capitals, no blanks,
 * ASCII for full-width characters, any dash as '-', serial padded, and in
 * the last group O -> 0, I and L -> 1.  The check is not looked at.
 * RC_MALFORMED: not of the shape at all; `out` is then "".
 */
MUST_USE enum rc item_number_normalise(const char *typed,
    char out[static ITEM_NUMBER_MAX + 1]);

/*
 * Normalise and take apart.  `out` may be NULL when only the answer counts.
 * RC_MALFORMED: not of the shape.  RC_DAMAGED: of the shape, but mistyped.
 */
MUST_USE enum rc item_number_parse(const char *typed, struct item_number *out);

#endif
