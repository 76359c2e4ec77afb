/* verdict - what is said of two items: its codes, and what SQL repeats. */
#include <stdio.h>
#include <string.h>

#include "law/moves/verdict.h"

#include "support/unit.h"

TEST(test_each_code_is_found_again)
{
	for (enum verdict v = 0; v < VERDICTS; v++)
		assert_int_equal(verdict_of_code(verdict_code(v)), v);
	assert_int_equal(verdict_of_code(""), VERDICTS);
	assert_int_equal(verdict_of_code("LINKED"), VERDICTS);
}

TEST(test_sql_regroups_by_what_the_rule_says)
{
	for (enum verdict v = 0; v < VERDICTS; v++) {
		char quoted[16];

		(void)snprintf(quoted, sizeof(quoted), "'%s'", verdict_code(v));
		assert_int_equal(strstr(VERDICTS_REGROUPING_SQL, quoted) !=
				     NULL,
		    verdict_regroups(v));
	}
	assert_false(verdict_regroups(VERDICTS));
}
