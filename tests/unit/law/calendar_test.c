/* calendar - working days as the State Council's notices have them. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/limits/calendar.h"

#include "support/unit.h"

enum { EAST_8 = 8 * 60 };

#define HEAD "[calendar]\nname = t\nversion = 1\nyears = 2024-2025\n"

static int64_t
day(const char *text)
{
	int year, month, number;

	/* NOLINTNEXTLINE: the text is ours */
	assert_int_equal(sscanf(text, "%d-%d-%d", &year, &month, &number), 3);
	return calendar_day(year, month, number);
}

TEST(test_days_and_moments_agree_with_the_c_library)
{
	(void)state;
	assert_int_equal(calendar_day(1970, 1, 1), 0);
	assert_int_equal(calendar_day(2026, 11, 23), 20780);
	assert_int_equal(calendar_day(1969, 12, 31), -1);
	assert_int_equal(calendar_day_of(0, 0), 0);
	assert_int_equal(calendar_day_of(-1, 0), -1);
	assert_int_equal(calendar_day_of(-1, EAST_8), 0);
	assert_int_equal(calendar_day_of(INT64_C(57599999), EAST_8), 0);
	assert_int_equal(calendar_day_of(INT64_C(57600000), EAST_8), 1);
	assert_int_equal(calendar_end_of(0, EAST_8), INT64_C(57599999));
	for (int64_t n = -20000; n < 60000; n++) {
		int year = calendar_year_of(n);

		assert_true(calendar_day(year, 1, 1) <= n);
		assert_true(calendar_day(year + 1, 1, 1) > n);
		assert_int_equal(calendar_day_of(calendar_end_of(n, -330),
				     -330) == n,
		    n > -25567);
	}
}

TEST(test_moments_of_no_reason_do_not_overflow)
{
	bool is_provisional = false;
	const struct calendar *c = calendar_default();

	(void)state;
	assert_int_equal(calendar_year_of(calendar_day_of(INT64_MAX, 840)),
	    3000);
	assert_int_equal(calendar_year_of(calendar_day_of(INT64_MIN, -840)),
	    1899);
	assert_true(calendar_end_of(calendar_add_working(c,
					calendar_day_of(INT64_MAX, 0),
					CALENDAR_ADD_MAX, &is_provisional),
			0) > 0);
	assert_true(is_provisional);
	(void)calendar_end_of(INT64_MAX, 0);
	(void)calendar_end_of(INT64_MIN, 0);
}

TEST(test_swapped_weekends_are_followed)
{
	const struct calendar *c = calendar_default();
	bool is_provisional = false;

	(void)state;
	assert_string_equal(calendar_version(c), "cn 2026.1");
	/* Spring festival 2024: 4 and 18 February were Sundays at work. */
	assert_true(calendar_is_working(c, day("2024-02-04")));
	assert_false(calendar_is_working(c, day("2024-02-12")));
	assert_true(calendar_is_working(c, day("2024-02-18")));
	/* 2024-02-09, a Friday at work, then nine days of rest. */
	assert_int_equal(calendar_add_working(c, day("2024-02-09"), 1,
			     &is_provisional),
	    day("2024-02-18"));
	assert_int_equal(calendar_working_from(c, day("2024-02-10"),
			     &is_provisional),
	    day("2024-02-18"));
	assert_int_equal(calendar_add_working(c, day("2024-02-10"), 0,
			     &is_provisional),
	    day("2024-02-10"));
	assert_false(is_provisional);
}

TEST(test_an_unknown_year_makes_it_provisional)
{
	const struct calendar *c = calendar_default();
	bool is_provisional = false;

	(void)state;
	assert_true(calendar_knows(c, day("2026-12-31")));
	assert_false(calendar_knows(c, day("2027-01-01")));
	assert_false(calendar_knows(c, day("2021-12-31")));
	/* 2026-12-31 is a Thursday. */
	assert_int_equal(calendar_add_working(c, day("2026-12-30"), 1,
			     &is_provisional),
	    day("2026-12-31"));
	assert_false(is_provisional);
	assert_int_equal(calendar_add_working(c, day("2026-12-31"), 2,
			     &is_provisional),
	    day("2027-01-04"));
	assert_true(is_provisional);
}

/* The days of work of each month, counted from another table of them. */
TEST(test_every_month_has_its_working_days)
{
	static const unsigned totals[5][12] = {
		{ 21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22 },
		{ 18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21 },
		{ 22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22 },
		{ 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23 },
		{ 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 },
	};
	const struct calendar *c = calendar_default();

	(void)state;
	for (int n = 0; n < 5 * 12; n++) {
		int year = 2022 + n / 12, next = 2022 + (n + 1) / 12;
		int64_t last = calendar_day(next, (n + 1) % 12 + 1, 1) - 1;
		unsigned total = 0;

		for (int64_t d = calendar_day(year, n % 12 + 1, 1); d <= last;
		     d++) {
			assert_true(calendar_knows(c, d));
			total += calendar_is_working(c, d);
		}
		assert_int_equal(total, totals[n / 12][n % 12]);
	}
}

/* Against one day at a time. */
TEST(test_adding_counts_each_working_day_once)
{
	const struct calendar *c = calendar_default();
	int64_t end = day("2027-03-01");

	(void)state;
	for (int64_t from = day("2021-11-01"); from < end; from++) {
		int64_t at = from;

		for (unsigned count = 1; count <= 70; count++) {
			bool is_provisional = false;

			do {
				at++;
			} while (!calendar_is_working(c, at));
			assert_int_equal(calendar_add_working(c, from, count,
					     &is_provisional),
			    at);
		}
	}
}

static void
expect_fault(const char *text, unsigned line, const char *piece)
{
	struct law_fault fault;
	struct calendar *c;

	assert_int_equal(calendar_parse(span_of_text(text), &c, &fault),
	    RC_MALFORMED);
	assert_null(c);
	if (strstr(fault.text, piece) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", piece, fault.text);
	assert_int_equal(fault.line, line);
}

TEST(test_a_file_is_read)
{
	struct law_fault fault;
	struct calendar *c;

	(void)state;
	assert_int_equal(
	    calendar_parse(span_of_text(
			       "\xEF\xBB\xBF# remark\n" HEAD
			       "[days]\r\n\r\n  \n2024-01-01 = rest, 元旦\r\n"
			       "2024-01-07 = work\n2024-02-29 = "
			       "rest,\n2025-12-31 = rest ,x"),
		&c, &fault),
	    RC_OK);
	assert_string_equal(calendar_version(c), "t 1");
	assert_false(calendar_is_working(c, day("2024-01-01")));
	assert_true(calendar_is_working(c, day("2024-01-07")));
	assert_false(calendar_is_working(c, day("2024-02-29")));
	assert_false(calendar_is_working(c, day("2025-12-31")));
	calendar_free(c);
	/* No exceptions at all, one year. */
	assert_int_equal(calendar_parse(span_of_text(
					    "[calendar]\nname = t\n"
					    "version = 1\nyears = 2024\n"),
			     &c, &fault),
	    RC_OK);
	assert_false(calendar_knows(c, day("2025-01-01")));
	calendar_free(c);
	calendar_free(NULL);
}

TEST(test_a_bad_file_is_refused_with_its_line)
{
	(void)state;
	expect_fault("", 0, "needs name");
	expect_fault("[calendar]\nname = t\nyears = 2024\n", 0, "needs name");
	expect_fault("\xff", 0, "UTF-8");
	expect_fault("x = 1\n", 1, "before the first");
	expect_fault("[calendar]\nnonsense\n", 2, "neither");
	expect_fault("[calendar]\ncolour = red\n", 2, "not colour");
	expect_fault("[calendar]\nname = a b\n", 2, "letters");
	expect_fault("[calendar]\nname = a\nname = b\n", 3, "twice");
	expect_fault("[calendar]\nyears = 2024\nyears = 2024\n", 3, "twice");
	expect_fault("[calendar]\nyears = 2024-2023\n", 2, "FIRST-LAST");
	expect_fault("[calendar]\nyears = 1969-1980\n", 2, "FIRST-LAST");
	expect_fault("[calendar]\nyears = 2000-2060\n", 2, "FIRST-LAST");
	expect_fault("[calendar]\nyears = 99999999999999\n", 2, "FIRST-LAST");
	expect_fault("[calendar]\nyears = \n", 2, "FIRST-LAST");
	expect_fault("[days]\n2024-01-01 = rest\n" HEAD, 2, "comes before");
	expect_fault(HEAD "[days]\n2024-13-01 = rest\n", 6, "not a day");
	expect_fault(HEAD "[days]\n2025-02-29 = rest\n", 6, "not a day");
	expect_fault(HEAD "[days]\n2024-04-31 = rest\n", 6, "not a day");
	expect_fault(HEAD "[days]\n2024-1-1 = rest\n", 6, "not a day");
	expect_fault(HEAD "[days]\n2024--1-1 = rest\n", 6, "not a day");
	expect_fault(HEAD "[days]\n2026-01-01 = rest\n", 6, "not within");
	expect_fault(HEAD "[days]\n2024-01-02 = rest\n2024-01-02 = work\n", 7,
	    "twice");
	expect_fault(HEAD "[days]\n2024-01-02 = rest\n2024-01-01 = rest\n", 7,
	    "later day");
	expect_fault(HEAD "[days]\n2024-01-02 = restless\n", 6, "rest or work");
	expect_fault(HEAD "[days]\n2024-01-02 = maybe\n", 6, "rest or work");
	expect_fault(HEAD "[days]\n2024-01-02 = rest\n  more\n", 7, "blank");
	expect_fault(HEAD "\f[days]\n2024-01-02 = rest\n", 5, "blank");
	expect_fault(HEAD "[other]\nx = 1\n", 6, "no section");
	expect_fault(HEAD "[days]\n[other]\nx = 1\n", 6, "holds nothing");
	expect_fault(HEAD "[days]\n", 5, "holds nothing");
	expect_fault(HEAD "[calendar]\nname = u\n", 6, "twice");
}

TEST(test_a_file_beyond_its_limits_is_refused)
{
	static char text[CALENDAR_BYTES_MAX + 2];
	struct law_fault fault;
	struct calendar *c;

	(void)state;
	memset(text, '#', sizeof(text) - 1);
	assert_int_equal(calendar_parse(span_of_text(text), &c, &fault),
	    RC_TOO_BIG);
	assert_null(c);
	text[300] = '\0';
	expect_fault(text, 1, "longer than");
}

TEST(test_a_day_is_written_as_a_date)
{
	char date[CALENDAR_DATE_MAX + 1];

	(void)state;
	calendar_date(0, date);
	assert_string_equal(date, "1970-01-01");
	calendar_date(calendar_day(2024, 2, 29), date);
	assert_string_equal(date, "2024-02-29");
	calendar_date(calendar_day(2024, 2, 29) + 1, date);
	assert_string_equal(date, "2024-03-01");
	calendar_date(calendar_day(2026, 12, 31), date);
	assert_string_equal(date, "2026-12-31");
}
