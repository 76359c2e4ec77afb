/*
 * Both streams go through one file for as long as the program runs, as a
 * terminal would show them.  Words are copied: cli_main may write into argv.
 */
#include "support/run_program.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/cli.h"

#include "support/unit.h"

enum { ARGV_MAX = 16 };

int
run_program(const struct cli_program *program, const char *const words[],
    char *out, size_t size)
{
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
	assert_non_null(file);
	(void)fflush(stdout);
	assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	exit = cli_main(program, argc, argv);
	(void)fflush(stdout);
	assert_true(dup2(kept[0], STDOUT_FILENO) >= 0);
	assert_true(dup2(kept[1], STDERR_FILENO) >= 0);
	(void)close(kept[0]);
	(void)close(kept[1]);
	rewind(file);
	out[fread(out, 1, size - 1, file)] = '\0';
	(void)fclose(file);
	return exit;
}
