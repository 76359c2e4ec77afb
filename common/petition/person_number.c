/*
 * person_number - resident identity and telephone numbers, by their own checks.
 *
 * GB 11643: region, birth date, serial, ISO 7064 MOD 11-2.  What fits all of
 * these is taken to be such a number; what fails one is some other number.
 * Residents' permits of 2023 for people from abroad begin with 9.
 */
#include "petition/person_number.h"

#include <string.h>

static int
digit(char c)
{
	return c == 'X' ? 10 : c - '0';
}

/* ISO 7064 MOD 11-2. */
char
resident_check(const char *digits)
{
	int sum = 0;

	for (size_t i = 0; i < RESIDENT_ID_SIZE - 1; i++)
		sum = (sum + digit(digits[i])) * 2 % 11;
	return "0123456789X"[(12 - sum) % 11];
}

bool
resident_check_fits(const char *id)
{
	return resident_check(id) == id[RESIDENT_ID_SIZE - 1];
}

static int
number_of(const char *digits, size_t size)
{
	int value = 0;

	for (size_t i = 0; i < size; i++)
		value = value * 10 + digit(digits[i]);
	return value;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool
birth_date_is_plausible(const char *yyyymmdd)
{
	int year = number_of(yyyymmdd, 4);
	int month = number_of(yyyymmdd + 4, 2);
	int day = number_of(yyyymmdd + 6, 2);

	return year >= BIRTH_YEAR_MIN && year <= BIRTH_YEAR_MAX && month >= 1 &&
	       month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

/* The first two digits name a province, or say "resident from abroad". */
static bool
region_is_known(const char *digits)
{
	static const char regions[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 "
				      "36 37 41 42 43 44 45 46 50 51 52 53 54 "
				      "61 62 63 64 65 71 81 82 83";

	for (size_t i = 0; i < sizeof(regions) - 1; i += 3) {
		if (memcmp(digits, regions + i, 2) == 0)
			return true;
	}
	return digits[0] == '9'; /* permanent residents from abroad, 2023 */
}

bool
resident_id_is_likely(const char *id)
{
	return region_is_known(id) + birth_date_is_plausible(id + 6) +
		   resident_check_fits(id) >=
	       2;
}

bool
resident_old_id_is_likely(const char *id)
{
	char date[8] = "19";

	memcpy(date + 2, id + 6, 6);
	return region_is_known(id) && birth_date_is_plausible(date);
}

void
resident_upgrade(const char *old, char out[static RESIDENT_ID_SIZE + 1])
{
	memcpy(out, old, 6);
	memcpy(out + 6, "19", 2);
	memcpy(out + 8, old + 6, RESIDENT_ID_OLD_SIZE - 6);
	out[RESIDENT_ID_SIZE - 1] = resident_check(out);
	out[RESIDENT_ID_SIZE] = '\0';
}

bool
mobile_is_likely(const char *digits)
{
	return digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

size_t
area_code_size(const char *digits)
{
	if (digits[0] != '0')
		return 0;
	if (digits[1] == '1')
		return digits[2] == '0' ? 3 : 0;
	if (digits[1] == '2')
		return digits[2] != '6' ? 3 : 0;
	return digits[1] >= '3' && digits[1] <= '9' ? 4 : 0;
}

bool
local_number_is_likely(const char *digits, size_t size)
{
	return (size == 7 || size == 8) && digits[0] >= '2' && digits[0] <= '9';
}
