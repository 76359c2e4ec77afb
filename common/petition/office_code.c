/*
 * office_code - levels and parents out of GB/T 2260.
 *
 * Municipalities have districts directly below the province's level, and a few
 * counties stand directly below a province (90 in the middle): both are why a
 * parent cannot be had by writing zeros.  A code that does not follow the
 * standard says nothing; its office names its parent.
 */
#include "petition/office_code.h"

#include <stddef.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"

enum { DIVISION_DIGITS = 6, TOWN_DIGITS = 9, VILLAGE_DIGITS = 12 };

/* First two digits of every province, GB/T 2260. */
static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 "
				"41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 "
				"65 71 81 82";
static const char municipalities[] = "11 12 31 50";
static const char ladder[] = "NPCDTV";

static bool
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

static bool
is_listed(const char *code, const char *list)
{
	for (; strlen(list) >= 2; list += list[2] == ' ' ? 3 : 2) {
		if (strncmp(code, list, 2) == 0)
			return true;
	}
	return false;
}

static bool
ends_in_zeros(const char *code, size_t zeros)
{
	return strspn(code + strlen(code) - zeros, "0") == zeros;
}

bool
office_code_is_shaped(const char *code)
{
	size_t size = strlen(code);

	return size >= OFFICE_CODE_MIN && size <= OFFICE_CODE_MAX &&
	       *code != 'D' && *code != 'E' &&
	       strspn(code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
}

/* Of six digits that follow the standard; UNKNOWN for headings in it. */
static enum office_level
division_level(const char *code)
{
	bool direct = strncmp(code + 2, "90", 2) == 0;

	if (strncmp(code, OFFICE_CODE_NATIONAL, DIVISION_DIGITS) == 0)
		return OFFICE_LEVEL_NATIONAL;
	if (!is_listed(code, provinces))
		return OFFICE_LEVEL_UNKNOWN;
	if (strncmp(code + 2, "0000", 4) == 0)
		return OFFICE_LEVEL_PROVINCE;
	if (strncmp(code + 2, "00", 2) == 0)
		return OFFICE_LEVEL_UNKNOWN;
	if (strncmp(code + 4, "00", 2) != 0)
		return OFFICE_LEVEL_DISTRICT;
	if (direct || is_listed(code, municipalities))
		return OFFICE_LEVEL_UNKNOWN;
	return OFFICE_LEVEL_CITY;
}

static enum office_level
standard_level(const char *code)
{
	size_t size = strlen(code);
	enum office_level level;

	if (strspn(code, "0123456789") != size || size < DIVISION_DIGITS)
		return OFFICE_LEVEL_UNKNOWN;
	level = division_level(code);
	if (size == DIVISION_DIGITS)
		return level;
	/* Some cities have no districts: towns lie right below them. */
	if (level != OFFICE_LEVEL_CITY && level != OFFICE_LEVEL_DISTRICT)
		return OFFICE_LEVEL_UNKNOWN;
	if (strncmp(code + DIVISION_DIGITS, "000", 3) == 0)
		return OFFICE_LEVEL_UNKNOWN;
	if (size == TOWN_DIGITS)
		return OFFICE_LEVEL_TOWN;
	if (size == VILLAGE_DIGITS && !ends_in_zeros(code, 3))
		return OFFICE_LEVEL_VILLAGE;
	return OFFICE_LEVEL_UNKNOWN;
}

bool
office_code_is_standard(const char *code)
{
	return standard_level(code) != OFFICE_LEVEL_UNKNOWN;
}

static bool
is_parent(const char *parent, const char *code)
{
	return !is_empty(parent) && office_code_is_shaped(parent) &&
	       strcmp(parent, code) != 0;
}

/* Of digits whose province the standard does not know: by their form. */
static enum office_level
form_level(const char *code)
{
	size_t size = strlen(code);

	if (strspn(code, "0123456789") != size)
		return OFFICE_LEVEL_UNKNOWN;
	if (size == VILLAGE_DIGITS)
		return OFFICE_LEVEL_VILLAGE;
	if (size == TOWN_DIGITS)
		return OFFICE_LEVEL_TOWN;
	if (size != DIVISION_DIGITS)
		return OFFICE_LEVEL_UNKNOWN;
	if (ends_in_zeros(code, 4))
		return OFFICE_LEVEL_PROVINCE;
	return ends_in_zeros(code, 2) ? OFFICE_LEVEL_CITY
				      : OFFICE_LEVEL_DISTRICT;
}

static enum office_level
level_below(const char *parent)
{
	enum office_level above = standard_level(parent);

	if (above == OFFICE_LEVEL_UNKNOWN || above == OFFICE_LEVEL_VILLAGE)
		return OFFICE_LEVEL_UNKNOWN;
	if (above == OFFICE_LEVEL_PROVINCE && is_listed(parent, municipalities))
		return OFFICE_LEVEL_DISTRICT;
	return (enum office_level)strchr(ladder, (int)above)[1];
}

enum office_level
office_code_level(const char *code, const char *explicit_parent)
{
	enum office_level level = standard_level(code);

	if (level != OFFICE_LEVEL_UNKNOWN)
		return level;
	if (!office_code_is_shaped(code) || !is_parent(explicit_parent, code))
		return OFFICE_LEVEL_UNKNOWN;
	level = level_below(explicit_parent);
	return level != OFFICE_LEVEL_UNKNOWN ? level : form_level(code);
}

static enum rc
standard_parent(const char *code, char parent[static OFFICE_CODE_MAX + 1])
{
	size_t keep = 0;

	switch (standard_level(code)) {
	case OFFICE_LEVEL_UNKNOWN:
		return RC_MALFORMED;
	case OFFICE_LEVEL_NATIONAL:
		return RC_NONE;
	case OFFICE_LEVEL_PROVINCE:
		keep = 0;
		break;
	case OFFICE_LEVEL_CITY:
		keep = 2;
		break;
	case OFFICE_LEVEL_DISTRICT:
		keep = is_listed(code, municipalities) ||
			       strncmp(code + 2, "90", 2) == 0
			   ? 2
			   : 4;
		break;
	case OFFICE_LEVEL_TOWN:
		keep = DIVISION_DIGITS;
		break;
	case OFFICE_LEVEL_VILLAGE:
		keep = TOWN_DIGITS;
		break;
	}
	memcpy(parent, code, keep);
	while (keep < DIVISION_DIGITS)
		parent[keep++] = '0';
	parent[keep] = '\0';
	return RC_OK;
}

enum rc
office_code_parent(const char *code, const char *explicit_parent,
    char parent[static OFFICE_CODE_MAX + 1])
{
	parent[0] = '\0';
	if (!office_code_is_shaped(code))
		return RC_MALFORMED;
	if (is_empty(explicit_parent))
		return standard_parent(code, parent);
	if (!is_parent(explicit_parent, code))
		return RC_MALFORMED;
	return text_copy(parent, OFFICE_CODE_MAX + 1, explicit_parent);
}

int
office_level_steps(enum office_level from, enum office_level to)
{
	const char *low = strchr(ladder, (int)from);
	const char *high = strchr(ladder, (int)to);

	CHECK(from != OFFICE_LEVEL_UNKNOWN && low != NULL);
	CHECK(to != OFFICE_LEVEL_UNKNOWN && high != NULL);
	return (int)(low - high);
}

const char *
office_level_code(enum office_level level)
{
	switch (level) {
	case OFFICE_LEVEL_NATIONAL:
		return "N";
	case OFFICE_LEVEL_PROVINCE:
		return "P";
	case OFFICE_LEVEL_CITY:
		return "C";
	case OFFICE_LEVEL_DISTRICT:
		return "D";
	case OFFICE_LEVEL_TOWN:
		return "T";
	case OFFICE_LEVEL_VILLAGE:
		return "V";
	case OFFICE_LEVEL_UNKNOWN:
		break;
	}
	return "";
}
