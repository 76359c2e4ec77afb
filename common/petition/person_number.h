/*
 * person_number - the numbers by which people are known: resident identity
 * numbers and telephone numbers.
 *
 * Sources: GB 11643-1999 (18 digits: division 6, birth date 8, order 3,
 * check 1) and its forerunner of 15 digits (two-digit year, no check); the
 * telephone numbering plan for mobile numbers and area codes.
 *
 * Texts here are ASCII digits, the last of 18 may be 'X'.  Spelling (full
 * width, separators) is the caller's.  Pure; any thread.
 */
#ifndef PETITION_PERSON_NUMBER_H
#define PETITION_PERSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum {
	RESIDENT_ID_SIZE = 18,
	RESIDENT_ID_OLD_SIZE = 15,
	MOBILE_SIZE = 11,
	BIRTH_YEAR_MIN = 1880,
	BIRTH_YEAR_MAX = 2099,
};

/* The check character (0-9, X) of the first 17 digits. */
char resident_check(const char *digits);

/* 18 characters with the right check; the date is not looked at. */
bool resident_check_fits(const char *id);

/* Eight digits that are a date on which somebody may have been born. */
bool birth_date_is_plausible(const char *yyyymmdd);

/*
 * 18 characters that are, or are meant to be, a resident's number: two of
 * the three agree, region, birth date and check.
 */
bool resident_id_is_likely(const char *id);

/* 15 digits with a known region and a plausible date (19yymmdd). */
bool resident_old_id_is_likely(const char *id);

/* 15 digits into 18 and a NUL. */
void resident_upgrade(const char *old, char out[static RESIDENT_ID_SIZE + 1]);

/* 11 digits that begin 13 ... 19. */
bool mobile_is_likely(const char *digits);

/*
 * How many digits of `digits` are an area code: 3 (010, 02x), 4 (03xx ...
 * 09xx) or 0 for none.
 */
size_t area_code_size(const char *digits);

/*
 * `size` digits that are a telephone number without its area code: 7 or 8,
 * not beginning with 0 or 1.
 */
bool local_number_is_likely(const char *digits, size_t size);

#endif
