/*
 * Goal of this test: what the commands say to a person who has just begun.
 */
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"

#include "district.h"
#include "hub.h"
#include "support/office_dir.h"

enum { ARGV_MAX = 16, OUTPUT_MAX = 4096 };

static const struct cli_command *const commands[] = { &cli_init, &cli_import,
	&cli_status, NULL };

/* Run a program with words that end with NULL; what both streams say. */
static int
run(const struct office_trade *trade, const char *const words[],
    char out[OUTPUT_MAX])
{
	const struct cli_program program = { .trade = trade,
		.summary = SAY_CLI_SUMMARY_HUB,
		.commands = commands };
	char copies[ARGV_MAX][FILE_PATH_MAX], *argv[ARGV_MAX + 1] = { 0 };
	int kept[2] = { dup(STDOUT_FILENO), dup(STDERR_FILENO) };
	FILE *file = tmpfile();
	int argc = 0, exit;

	for (; words[argc] != NULL; argc++) {
		assert_true(argc < ARGV_MAX);
		assert_int_equal(text_copy(copies[argc], FILE_PATH_MAX,
				     words[argc]),
		    RC_OK);
		argv[argc] = copies[argc];
	}
	(void)fflush(stdout);
	assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	exit = cli_main(&program, argc, argv);
	(void)fflush(stdout);
	assert_true(dup2(kept[0], STDOUT_FILENO) >= 0);
	assert_true(dup2(kept[1], STDERR_FILENO) >= 0);
	(void)close(kept[0]);
	(void)close(kept[1]);
	rewind(file);
	out[fread(out, 1, OUTPUT_MAX - 1, file)] = '\0';
	(void)fclose(file);
	return exit;
}

#define WORDS(...)                                                             \
	((const char *const[]){ "program", "--language", "en", __VA_ARGS__,    \
	    NULL })

TEST_WITH(test_an_import_without_an_office_says_that_there_is_none,
    office_dir_make, office_dir_remove)
{
	char out[OUTPUT_MAX];

	assert_int_equal(run(&district_trade,
			     WORDS("-C", *state, "import", "--map", "map.ini",
				 "table.csv"),
			     out),
	    EXIT_CONFIG);
	assert_non_null(strstr(out, "There is no office in"));
	assert_null(strstr(out, "key"));
}

TEST_WITH(test_a_new_hub_is_told_to_run, office_dir_make, office_dir_remove)
{
	char path[FILE_PATH_MAX], out[OUTPUT_MAX];

	file_join(path, *state, "hub");
	assert_int_equal(run(&hub_trade,
			     WORDS("-C", path, "init", "--office", "420000",
				 "--name", "Province"),
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
	assert_int_equal(run(&district_trade,
			     WORDS("-C", path, "init", "--office", "420106",
				 "--name", "District"),
			     out),
	    EXIT_DONE);
	assert_non_null(strstr(out, "Next: 'district-node join FILE'"));
}
