/* accused - whom a report keeps from climbing, and who may take it instead. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "desk/accused.h"

#include "support/unit.h"

#define PROVINCE "420000"
#define CITY     "420100"
#define DISTRICT "420106"
#define STREET   "420106003"
#define VILLAGE  "420106003007" /* as long as a code may be */
#define ZONE     "WUHANZONE001"

static void
copy(char to[static OFFICE_CODE_MAX + 1], const char *code)
{
	assert_int_equal(text_copy(to, OFFICE_CODE_MAX + 1, code), RC_OK);
}

static struct intake
report_about(const char *one, const char *two)
{
	struct intake intake = { .accused_count = two != NULL ? 2 : 1 };

	copy(intake.accused[0], one);
	if (two != NULL)
		copy(intake.accused[1], two);
	return intake;
}

static struct office_settings
office(const char *code, const char *parent)
{
	struct office_settings own = { .level = "" };

	copy(own.office, code);
	copy(own.parent, parent);
	return own;
}

TEST(test_a_report_goes_to_the_first_office_above_all_it_is_about)
{
	static const struct {
		const char *own, *parent, *one, *two, *to;
	} rows[] = {
		{ VILLAGE, STREET, STREET, NULL, DISTRICT },
		{ VILLAGE, STREET, DISTRICT, NULL, CITY },
		{ VILLAGE, STREET, STREET, CITY, PROVINCE },
		{ VILLAGE, STREET, CITY, STREET, PROVINCE },
		{ ZONE, VILLAGE, VILLAGE, NULL, STREET },
		{ ZONE, VILLAGE, VILLAGE, DISTRICT, CITY },
		{ DISTRICT, CITY, "000000", NULL, "" },
		{ DISTRICT, ZONE, ZONE, NULL, "" },
		/* Only by its code, and run by another: nobody can say. */
		{ DISTRICT, "430100", CITY, NULL, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct office_settings own =
		    office(rows[i].own, rows[i].parent);
		struct intake intake = report_about(rows[i].one, rows[i].two);
		char to[OFFICE_CODE_MAX + 1];
		enum rc rc = accused_hand_to(&own, &intake, to);

		assert_true(accused_holds_back(&own, &intake));
		assert_int_equal(rc, rows[i].to[0] != '\0' ? RC_OK : RC_NONE);
		assert_string_equal(to, rows[i].to);
	}
}

TEST(test_a_report_about_others_climbs)
{
	static const char *const others[] = { DISTRICT, "420107", "430000",
		VILLAGE, ZONE };
	struct office_settings own = office(DISTRICT, CITY);
	char to[OFFICE_CODE_MAX + 1];

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct intake intake = report_about(others[i], NULL);

		assert_true(accused_has(&intake, others[i]));
		assert_false(accused_has(&intake, CITY));
		assert_false(accused_holds_back(&own, &intake));
		assert_int_equal(accused_hand_to(&own, &intake, to), RC_NONE);
		assert_string_equal(to, "");
	}
}
