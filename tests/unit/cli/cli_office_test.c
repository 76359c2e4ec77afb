/*
 * Goal of this test: what the commands say to a person who has just begun.
 */
#include "base/text.h"
#include "cli/cli.h"

#include "district.h"
#include "hub.h"
#include "support/office_dir.h"
#include "support/run_program.h"

enum { OUTPUT_MAX = 4096 };

static const struct cli_command *const commands[] = { &cli_init, &cli_import,
	&cli_status, NULL };

/* Run a program with words that end with NULL; what both streams say. */
static int
run_trade(const struct office_trade *trade, const char *const words[],
    char out[OUTPUT_MAX])
{
	const struct cli_program program = { .trade = trade,
		.summary = SAY_CLI_SUMMARY_HUB,
		.commands = commands };

	return run_program(&program, words, out, OUTPUT_MAX);
}

TEST_WITH(test_an_import_without_an_office_says_that_there_is_none,
    office_dir_make, office_dir_remove)
{
	char out[OUTPUT_MAX];

	assert_int_equal(run_trade(&district_trade,
			     PROGRAM_WORDS("-C", *state, "import", "--map",
				 "map.ini", "table.csv"),
			     out),
	    EXIT_CONFIG);
	assert_non_null(strstr(out, "There is no office in"));
	assert_null(strstr(out, "key"));
}

TEST_WITH(test_a_new_hub_is_told_to_run, office_dir_make, office_dir_remove)
{
	char path[FILE_PATH_MAX], out[OUTPUT_MAX];

	file_join(path, *state, "hub");
	assert_int_equal(run_trade(&hub_trade,
			     PROGRAM_WORDS("-C", path, "init", "--office",
				 "420000", "--name", "Province"),
			     out),
	    EXIT_DONE);
	assert_non_null(strstr(out, "Next: 'city-hub run'"));
	assert_non_null(strstr(out, "if there is an office above"));
}

TEST_WITH(test_a_new_district_is_told_to_join, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX], out[OUTPUT_MAX];

	file_join(path, *state, "district");
	assert_int_equal(run_trade(&district_trade,
			     PROGRAM_WORDS("-C", path, "init", "--office",
				 "420106", "--name", "District"),
			     out),
	    EXIT_DONE);
	assert_non_null(strstr(out, "Next: 'district-node join FILE'"));
}
