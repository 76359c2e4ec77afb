/*
 * office_code - what an office's code says about its place in the tree.
 *
 * Source: GB/T 2260 (six digits: province, city, district), with the nine
 * and twelve digits that statistics add for townships and villages.
 *
 *	000000        the national office (our convention)
 *	420000        province               parent 000000
 *	420100        city                   parent 420000
 *	420106        district               parent 420100
 *	429004        county run by the province (3rd, 4th digit 90)
 *	                                     parent 420000
 *	110105        district of a municipality (11 12 31 50)
 *	                                     parent 110000
 *	420106003     township, street       parent 420106
 *	420106003007  village, community     parent 420106003
 *
 * Codes outside the standard (functional zones) are 6 to 12 digits or
 * capitals, not with D or E in front (that is how the numbers of directives
 * and escalations begin), and are known only together with the parent that
 * somebody named.
 * The tables in between, such as 110100 or 429000, are headings of the
 * standard and not offices: they count as outside it.
 *
 * Pure; any thread.
 */
#ifndef PETITION_OFFICE_CODE_H
#define PETITION_OFFICE_CODE_H

#include <stdbool.h>

#include "base/rc.h"
#include "contract/record.h"

#define OFFICE_CODE_NATIONAL "000000"
enum { OFFICE_CODE_MIN = 6 };

/* N P C D T V from the top down; OFFICE_LEVEL_UNKNOWN when nothing says it. */
enum office_level {
	OFFICE_LEVEL_UNKNOWN = '\0',
	OFFICE_LEVEL_NATIONAL = 'N',
	OFFICE_LEVEL_PROVINCE = 'P',
	OFFICE_LEVEL_CITY = 'C',
	OFFICE_LEVEL_DISTRICT = 'D',
	OFFICE_LEVEL_TOWN = 'T',
	OFFICE_LEVEL_VILLAGE = 'V',
};

/* 6 to 12 digits or capitals, the first not D or E: fit to be a code at all. */
bool office_code_is_shaped(const char *code);

/* Follows the standard, so that level and parent follow from the code. */
bool office_code_is_standard(const char *code);

/*
 * The level of the office.  A standard code says it; any other is one level
 * below its explicit parent where that one's code is standard, and else, if
 * all digits, what its form says (990000, 990100, 990101 ...).
 */
enum office_level office_code_level(const char *code,
    const char *explicit_parent);

/*
 * The parent's code.  A parent that was named wins over what the code says.
 * RC_NONE: the national office has none.  RC_MALFORMED: outside the standard
 * and no fit parent named, or not shaped; `parent` is then "".
 */
MUST_USE enum rc office_code_parent(const char *code,
    const char *explicit_parent, char parent[static OFFICE_CODE_MAX + 1]);

/*
 * How many levels lie between two: office_level_steps('D', 'P') is 2, the
 * other way round -2.  Both must be known levels.
 */
int office_level_steps(enum office_level from, enum office_level to);

/* The one-letter code "N" ... "V", or "" when unknown.  Lives for ever. */
const char *office_level_code(enum office_level level);

#endif
