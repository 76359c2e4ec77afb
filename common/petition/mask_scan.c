/*
 * mask_scan - groups of digits in a text, and what stands between them.
 *
 * People write numbers in full width, in Chinese numerals and in pieces; a
 * group is digits of one sort in a row, and how two groups hang together (a
 * blank, a dash, a word, a full stop) decides in mask_judge.c whether they are
 * one number.  A text that was masked before keeps its stars and is scanned to
 * the same result.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "petition/item_number.h"
#include "petition/mask_internal.h"
#include "petition/typed.h"

enum {
	GAP_CHARACTERS_MAX = 3,
	RESIDUE_MAX = 2, /* digits that masking leaves */
	CAPACITY_FIRST = 64,
};

/* Where the scan stands. */
struct cursor {
	const uint8_t *at, *end;
	const uint8_t *start; /* of the text */
	struct group *open;   /* the group that is being read, or NULL */
	bool is_residue;      /* `open` stands right behind a '*' */
	enum gap gap;         /* since the last group */
	size_t gap_characters;
	uint32_t before; /* the last plain character; 0 at the start */
	uint32_t before_that;
};

static struct digit *
new_digit(struct mask_scan *s)
{
	if (s->digit_count == s->digit_capacity) {
		s->digit_capacity = s->digit_capacity > 0
					? 2 * s->digit_capacity
					: CAPACITY_FIRST;
		s->digits = memory_grow(s->digits, s->digit_capacity,
		    sizeof(*s->digits));
	}
	return &s->digits[s->digit_count++];
}

static struct group *
new_group(struct mask_scan *s)
{
	if (s->group_count == s->group_capacity) {
		s->group_capacity = s->group_capacity > 0
					? 2 * s->group_capacity
					: CAPACITY_FIRST;
		s->groups = memory_grow(s->groups, s->group_capacity,
		    sizeof(*s->groups));
	}
	return &s->groups[s->group_count++];
}

/* The digit that a Chinese numeral names, zero to nine; '\0': none. */
static char
chinese_digit(uint32_t point)
{
	static const uint32_t numerals[] = { 0x96f6, 0x4e00, 0x4e8c, 0x4e09,
		0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d };

	for (size_t i = 0; i < sizeof(numerals) / sizeof(*numerals); i++) {
		if (point == numerals[i])
			return (char)('0' + i);
	}
	if (point == 0x3007 || point == 0x25cb)
		return '0';
	return point == 0x5e7a ? '1' : '\0'; /* as spoken on the telephone */
}

static bool
is_alphanumeric(uint32_t plain)
{
	return typed_is_digit(plain) || (plain >= 'A' && plain <= 'Z') ||
	       (plain >= 'a' && plain <= 'z');
}

static enum gap
gap_of(uint32_t point)
{
	uint32_t plain = typed_plain(point);

	if (point == '\n' || point == '\r')
		return GAP_BREAK;
	if (plain == ' ')
		return GAP_BLANK;
	if (plain == '-' || plain == '_' || plain == '~')
		return GAP_DASH;
	if (plain == '(' || plain == ')')
		return GAP_BRACKET;
	if (plain == '.' || point == 0xb7 || point == 0x30fb)
		return GAP_POINT;
	return GAP_BREAK;
}

/* Bytes of an item number of ours that begins at `at`; 0: none does. */
static size_t
own_number_bytes(const uint8_t *at, const uint8_t *end)
{
	const uint8_t *from = at, *next = at;
	char text[ITEM_NUMBER_MAX + 1];
	size_t used = 0;

	while (at < end) {
		uint32_t plain = typed_plain(text_next(&next, end));

		if (!is_alphanumeric(plain) && plain != '-')
			break;
		if (used == ITEM_NUMBER_MAX)
			return 0;
		text[used++] = (char)plain;
		at = next;
	}
	text[used] = '\0';
	return item_number_parse(text, NULL) == RC_OK ? (size_t)(at - from) : 0;
}

static void
put_digit(struct mask_scan *s, struct cursor *c, const uint8_t *from,
    char value)
{
	*new_digit(s) = (struct digit){
		.at = (size_t)(from - c->start),
		.bytes = (uint8_t)(c->at - from),
		.value = value,
	};
}

/* What masking left of a number is not looked at again. */
static void
close_group(struct mask_scan *s, struct cursor *c)
{
	const struct group *g = c->open;

	c->gap = g->has_x ? GAP_BREAK : GAP_BLANK;
	c->gap_characters = 0;
	if (c->is_residue && g->count + g->has_x <= RESIDUE_MAX) {
		s->digit_count = g->first;
		s->group_count--;
		c->gap = GAP_BREAK;
	}
	c->open = NULL;
}

static void
take_digit(struct mask_scan *s, struct cursor *c, const uint8_t *from,
    char value, bool is_chinese)
{
	if (c->open != NULL && c->open->is_chinese != is_chinese) {
		close_group(s, c);
		c->gap = GAP_BREAK;
	}
	if (c->open == NULL) {
		c->open = new_group(s);
		*c->open = (struct group){
			.first = s->digit_count,
			.is_chinese = is_chinese,
			.is_fraction =
			    c->before == '.' && typed_is_digit(c->before_that),
			.gap = c->gap,
		};
		c->is_residue = c->before == '*';
	}
	put_digit(s, c, from, value);
	c->open->count++;
}

static void
take_other(struct mask_scan *s, struct cursor *c, const uint8_t *from,
    uint32_t point)
{
	uint32_t plain = typed_plain(point);
	enum gap gap = gap_of(point);

	if (c->open != NULL) {
		if (plain == 'X' || plain == 'x' || plain == 0xd7) {
			put_digit(s, c, from, 'X');
			c->open->has_x = true;
		}
		close_group(s, c);
	}
	if (gap > c->gap)
		c->gap = gap;
	if (++c->gap_characters > GAP_CHARACTERS_MAX)
		c->gap = GAP_BREAK;
}

static bool
skip_own_number(struct mask_scan *s, struct cursor *c)
{
	size_t bytes;

	if (is_alphanumeric(c->before) || c->at == c->end)
		return false;
	bytes = own_number_bytes(c->at, c->end);
	if (bytes == 0)
		return false;
	if (c->open != NULL)
		close_group(s, c);
	c->at += bytes;
	c->gap = GAP_BREAK;
	c->before = 'A';
	return true;
}

void
mask_scan_text(struct mask_scan *s, struct span text)
{
	struct cursor c = { .at = text.at,
		.start = text.at,
		.end = text.at + text.size,
		.gap = GAP_BREAK };

	s->digit_count = s->group_count = 0;
	while (c.at < c.end) {
		const uint8_t *from = c.at;
		uint32_t point, plain;
		char chinese;

		if (skip_own_number(s, &c))
			continue;
		point = text_next(&c.at, c.end);
		plain = typed_plain(point);
		chinese = chinese_digit(point);
		if (typed_is_digit(plain)) {
			take_digit(s, &c, from, (char)plain, false);
		} else if (chinese != '\0') {
			take_digit(s, &c, from, chinese, true);
		} else {
			take_other(s, &c, from, point);
		}
		c.before_that = c.before;
		c.before = plain;
	}
	if (c.open != NULL)
		close_group(s, &c);
}

void
mask_scan_clear(struct mask_scan *s)
{
	free(s->digits);
	free(s->groups);
	*s = (struct mask_scan){ 0 };
}
