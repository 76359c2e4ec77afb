/*
 * codes - the short codes that records carry, and their names.
 *
 * Each list is a table of {code, Chinese, English} in the order in which
 * screens and reports show it.  A code that this version does not know is
 * not an error in a record from elsewhere: it is shown as it stands.
 *
 * Sources: Regulations on petition work (2022; articles with the entries)
 * for legal classes, steps, grounds and suggestions; the statistics forms of
 * petition work for the other lists.
 *
 * Pure; any thread.  Every text returned lives for ever.
 */
#ifndef PETITION_CODES_H
#define PETITION_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "words/catalogue.h"

enum codes_list {
	CODES_CHANNEL,           /* how it arrived: LX LF WX LD CZ */
	CODES_PURPOSE,           /* what is wanted: SS QJ JK JY ZX QT */
	CODES_LEGAL_CLASS,       /* A B C1..C6 */
	CODES_CATEGORY,          /* content, first level: 01..16, 99 */
	CODES_LEVEL,             /* N P C D T V */
	CODES_CAUSE,             /* on the office's side: P1 .. X1 */
	CODES_STATE,             /* of an item: REG .. CLS */
	CODES_OPINION,           /* SUP EXP DEN */
	CODES_OUTCOME,           /* RES UNR OPN */
	CODES_RATING,            /* 3 2 1 0 */
	CODES_LOWER_STATE,       /* what the level below had done: NOP .. */
	CODES_LAWFULNESS,        /* of going up: OWN UP1 SKP NA */
	CODES_DIRECTIVE_KIND,    /* JB CB DB GP YT TB IMP POL ACC */
	CODES_DIRECTIVE_STATUS,  /* DRF .. LPS */
	CODES_GROUND,            /* for supervising: G1..G6, G9 */
	CODES_SUGGESTION,        /* IMP POL ACC */
	CODES_VERDICT,           /* is it true: YES PART NO */
	CODES_SUGGESTION_ANSWER, /* FULL PART NO */
	CODES_PROCEDURE,         /* S U; "" is the ordinary one */
	CODES_LISTS
};

/* Codes that rules are about; literals, so that SQL may repeat them. */
#define CHANNEL_VISIT    "LF"
#define PROCEDURE_URGENT "U"

struct code {
	const char *code;
	const char *zh;
	const char *en;
};

/* Is `code` in the list, exactly as written? */
bool codes_known(enum codes_list list, const char *code);

/* The name in `language`; an unknown code comes back as it is (`code`). */
const char *codes_name(enum codes_list list, const char *code,
    enum language language);

/*
 * The code that a person or a file may mean: the code itself, its Chinese or
 * its English name; Latin letters in either case, blanks around ignored.
 * NULL: nothing fits.
 */
const char *codes_find(enum codes_list list, const char *text);

/*
 * Entry `index` in the order of the list, NULL behind the last:
 *	for (size_t i = 0; (c = codes_at(list, i)) != NULL; i++)
 */
const struct code *codes_at(enum codes_list list, size_t index);

/* "LX LF WX LD CZ", for a sentence or a help text. */
const char *codes_all(enum codes_list list);

#endif
