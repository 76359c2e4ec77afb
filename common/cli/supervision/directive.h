/*
 * directive - what the commands about directives share, and how one is shown.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_SUPERVISION_DIRECTIVE_H
#define CLI_SUPERVISION_DIRECTIVE_H

#include <jansson.h>

struct cli;
struct directive_step;

/*
 * One directive at one addressee for people: where it stands, what it says,
 * and each step with its answer and files.  `directive` is a row of
 * documents/directives.h.
 */
void cli_print_directive(const struct cli *cli, const json_t *directive);

/*
 * Send the files of --attach, part by part, and put their hashes into `step`.
 * EXIT_DONE, or an exit status after a sentence.  Parts that the office has
 * already are not recorded again.
 */
int cli_attach(struct cli *cli, struct directive_step *step);

#endif
