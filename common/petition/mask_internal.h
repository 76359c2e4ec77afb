/*
 * mask_internal - between the three parts of mask: mask_scan.c finds groups of
 * digits and how they hang together, mask_judge.c says what a run of groups
 * is, mask.c chooses the runs and covers them.
 */
#ifndef PETITION_MASK_INTERNAL_H
#define PETITION_MASK_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* One digit of the text, or the X that closes a resident number. */
struct digit {
	size_t at;     /* byte offset in the text */
	uint8_t bytes; /* 1, or 3 in full width and Chinese */
	char value;    /* '0' .. '9', 'X' */
	bool masked;
};

/* What lies between a group and the one before it; a later kind wins. */
enum gap {
	GAP_BLANK,
	GAP_DASH,
	GAP_BRACKET,
	GAP_POINT,
	GAP_BREAK, /* too much, or something else: they are strangers */
};

/* Digits that stand together. */
struct group {
	size_t first; /* index of its first digit */
	size_t count; /* digits, the X not counted */
	bool has_x;   /* digits[first + count] is an X */
	bool is_chinese;
	bool is_fraction; /* digits and a point stand right before it */
	enum gap gap;     /* to the group before; GAP_BREAK for the first */
};

/* Zero-initialise; one text after the other; then mask_scan_clear. */
struct mask_scan {
	struct digit *digits;
	size_t digit_count, digit_capacity;
	struct group *groups;
	size_t group_count, group_capacity;
};

/*
 * Find the groups of `text`.  Left out, and a break for their neighbours:
 * our own item numbers, and the digits that an earlier masking left.
 */
void mask_scan_text(struct mask_scan *s, struct span text);
void mask_scan_clear(struct mask_scan *s);

enum {
	GROUPS_MAX = 18, /* a resident number, digit by digit */
	GROUPED_DIGITS_MAX = 19,
	RUN_DIGITS_MAX = 96, /* several numbers without anything between */
};

/* Neighbouring groups, put together to be judged. */
struct candidate {
	char digits[RUN_DIGITS_MAX + 1];
	size_t count;
	size_t sizes[GROUPS_MAX];
	size_t groups;
	bool has_x;
	bool has_point; /* a point between two of the groups */
	bool is_chinese;
	bool is_fraction;
};

/* Add the next group; false, and unchanged: more than any number has. */
bool candidate_extend(struct candidate *c, const struct mask_scan *s,
    const struct group *g);

/* Is it one of the numbers in mask.h (permits apart)? */
bool candidate_is_of_a_person(const struct candidate *c);

/* The same, and the X behind the last digit belongs to it. */
bool candidate_ends_in_x(const struct candidate *c);

#endif
