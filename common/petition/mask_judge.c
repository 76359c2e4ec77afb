/*
 * A number in one run needs less evidence than one in several groups, where
 * chance may have put figures of a table or parts of a date side by side.
 */
#include <string.h>

#include "petition/mask_internal.h"
#include "petition/person_number.h"

enum {
	CARD_MIN = 13,
	CARD_MAX = 19,
	CARD_GROUP = 4,
	MOBILE_GROUP_MIN = 2,
	MOBILE_FIRST_GROUP_MIN = 3,
	LANDLINE_GROUPS_MAX = 4,
};

bool
candidate_extend(struct candidate *c, const struct mask_scan *s,
    const struct group *g)
{
	if (c->groups == GROUPS_MAX || c->has_x ||
	    c->count + g->count > RUN_DIGITS_MAX ||
	    (c->groups > 0 && c->count + g->count > GROUPED_DIGITS_MAX))
		return false;
	for (size_t i = 0; i < g->count; i++)
		c->digits[c->count++] = s->digits[g->first + i].value;
	c->digits[c->count] = '\0';
	c->has_point |= c->groups > 0 && g->gap == GAP_POINT;
	c->sizes[c->groups++] = g->count;
	c->has_x = g->has_x;
	return true;
}

/* The digits of group `index` as a number; groups of up to four only. */
static int
group_value(const struct candidate *c, size_t index)
{
	size_t at = 0;
	int value = 0;

	if (c->sizes[index] > 4)
		return -1;
	for (size_t i = 0; i < index; i++)
		at += c->sizes[i];
	for (size_t i = 0; i < c->sizes[index]; i++)
		value = value * 10 + (c->digits[at + i] - '0');
	return value;
}

static bool
is_year(const struct candidate *c, size_t index)
{
	int value = group_value(c, index);

	return c->sizes[index] == 4 && value >= 1900 && value <= 2099;
}

static bool
is_between(const struct candidate *c, size_t index, int min, int max)
{
	int value = index < c->groups ? group_value(c, index) : -1;

	return value >= min && value <= max && c->sizes[index] <= 2;
}

/* 2019-02-14 in it, or 1998-2003 or 20190214 in front: not one number. */
static bool
has_date(const struct candidate *c)
{
	if (c->sizes[0] == 8 && birth_date_is_plausible(c->digits))
		return true;
	for (size_t i = 0; i + 1 < c->groups; i++) {
		if (!is_year(c, i))
			continue;
		if (i == 0 && (is_year(c, 1) || is_between(c, 1, 1, 12)))
			return true;
		if (is_between(c, i + 1, 1, 12) && is_between(c, i + 2, 1, 31))
			return true;
	}
	return false;
}

/* Every digit alone, or no group smaller than these. */
static bool
is_grouped(const struct candidate *c, size_t first_min, size_t rest_min)
{
	bool single = true, wide = c->sizes[0] >= first_min;

	for (size_t i = 0; i < c->groups; i++) {
		single &= c->sizes[i] == 1;
		wide &= i == 0 || c->sizes[i] >= rest_min;
	}
	return single || wide;
}

static bool
is_resident(const struct candidate *c)
{
	char id[RESIDENT_ID_SIZE + 1];

	if (c->count == RESIDENT_ID_OLD_SIZE && !c->is_fraction) {
		return is_grouped(c, 3, 3) &&
		       resident_old_id_is_likely(c->digits);
	}
	if (c->count != RESIDENT_ID_SIZE &&
	    !(c->count == RESIDENT_ID_SIZE - 1 && c->has_x))
		return false;
	memcpy(id, c->digits, c->count);
	if (c->count == RESIDENT_ID_SIZE - 1)
		id[c->count] = 'X';
	if (!resident_id_is_likely(id))
		return false;
	return c->groups == 1 || birth_date_is_plausible(id + 6);
}

static bool
luhn_fits(const char *digits, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++) {
		int value = digits[count - 1 - i] - '0';

		if (i % 2 == 1)
			value = value * 2 > 9 ? value * 2 - 9 : value * 2;
		sum += value;
	}
	return sum % 10 == 0;
}

static bool
is_in_fours(const struct candidate *c)
{
	for (size_t i = 0; i + 1 < c->groups; i++) {
		if (c->sizes[i] != CARD_GROUP)
			return false;
	}
	return c->sizes[c->groups - 1] <= CARD_GROUP;
}

/* No card begins with 0 or 1; what begins with a date is an order number. */
static bool
is_card(const struct candidate *c)
{
	if (c->count < CARD_MIN || c->count > CARD_MAX || c->is_fraction ||
	    c->digits[0] < '2' || birth_date_is_plausible(c->digits))
		return false;
	if (c->groups > 1 && !is_in_fours(c) &&
	    !(strncmp(c->digits, "62", 2) == 0 && is_grouped(c, 4, 3)))
		return false;
	return luhn_fits(c->digits, c->count);
}

/* Digits in front of a mobile number that belong to it. */
static size_t
mobile_prefix(const struct candidate *c)
{
	static const char *const prefixes[] = { "", "0", "86", "086", "0086" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t size = strlen(prefixes[i]);

		if (c->count == MOBILE_SIZE + size &&
		    strncmp(c->digits, prefixes[i], size) == 0)
			return size;
	}
	return SIZE_MAX;
}

static bool
is_mobile(const struct candidate *c)
{
	size_t prefix = mobile_prefix(c);

	if (prefix == SIZE_MAX || !mobile_is_likely(c->digits + prefix))
		return false;
	/* "1.13912345678" is an entry of a list, 74.013912345678 a place. */
	if (prefix > 0 && c->is_fraction)
		return false;
	if (c->groups == 1)
		return true;
	return !has_date(c) && (!c->has_point || c->groups >= 3) &&
	       is_grouped(c, MOBILE_FIRST_GROUP_MIN, MOBILE_GROUP_MIN);
}

/* `area` digits of area code stand first, of `count`. */
static bool
has_local_number(const char *digits, size_t area, size_t count, bool in_one)
{
	size_t local = count > area ? count - area : 0;

	/* The three-digit areas have had eight-digit numbers for long. */
	if (area == 0 || (in_one && area == 3 && local != 8))
		return false;
	return local_number_is_likely(digits + area, local);
}

static bool
is_landline(const struct candidate *c)
{
	char full[GROUPED_DIGITS_MAX + 2] = "0";
	size_t area, country;

	if (c->count < 10 || c->count > 16 || c->is_fraction ||
	    c->groups > LANDLINE_GROUPS_MAX)
		return false;
	area = area_code_size(c->digits);
	if (c->groups == 1)
		return has_local_number(c->digits, area, c->count, true);
	if (area == c->sizes[0]) {
		return is_grouped(c, 3, 3) &&
		       has_local_number(c->digits, area, c->count, false);
	}
	/* +86 27 8765 4321: the country code stands for the 0. */
	country = strncmp(c->digits, "0086", 4) == 0 ? 4 : 2;
	if (c->sizes[0] != country ||
	    (country == 2 && strncmp(c->digits, "86", 2) != 0))
		return false;
	memcpy(full + 1, c->digits + country, c->count - country + 1);
	area = area_code_size(full);
	return c->sizes[1] + 1 == area &&
	       has_local_number(full, area, c->count - country + 1, false);
}

static bool
is_piece(const char *digits, size_t left, size_t size)
{
	if (size > left)
		return false;
	return size == MOBILE_SIZE ? mobile_is_likely(digits)
				   : resident_id_is_likely(digits);
}

/* One run made of nothing but mobile and resident numbers. */
static bool
is_several(const struct candidate *c)
{
	bool reached[RUN_DIGITS_MAX + 1] = { true };

	if (c->groups != 1 || c->count < (size_t)2 * MOBILE_SIZE)
		return false;
	for (size_t i = 0; i < c->count; i++) {
		if (!reached[i])
			continue;
		if (is_piece(c->digits + i, c->count - i, MOBILE_SIZE))
			reached[i + MOBILE_SIZE] = true;
		if (is_piece(c->digits + i, c->count - i, RESIDENT_ID_SIZE))
			reached[i + RESIDENT_ID_SIZE] = true;
	}
	return reached[c->count];
}

bool
candidate_is_of_a_person(const struct candidate *c)
{
	if (is_resident(c) || is_mobile(c))
		return true;
	return !c->is_chinese &&
	       (is_card(c) || is_landline(c) || is_several(c));
}

bool
candidate_ends_in_x(const struct candidate *c)
{
	return c->has_x && c->count == RESIDENT_ID_SIZE - 1;
}
