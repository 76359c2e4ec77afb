/*
 * run_program - a program run inside the test, with what it says to a person.
 *
 *	exit = run_program(&program, PROGRAM_WORDS("-C", dir, "status"), out,
 *	    sizeof(out));
 */
#ifndef SUPPORT_RUN_PROGRAM_H
#define SUPPORT_RUN_PROGRAM_H

#include <stddef.h>

struct cli_program;

/* The program's name and `--language en` go before what is given. */
#define PROGRAM_WORDS(...)                                                     \
	((const char *const[]){ "program", "--language", "en", __VA_ARGS__,    \
	    NULL })

/*
 * `words` end with NULL; 16 at most.  `out` gets both streams in their order,
 * cut at `size` - 1 bytes.  Returns the exit status.
 */
int run_program(const struct cli_program *program, const char *const words[],
    char *out, size_t size);

#endif
