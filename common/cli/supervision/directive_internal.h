/*
 * cli_directive_internal - what the commands about directives share.
 *
 * cli_directive.c lists, cli_directive_json.c makes the documents,
 * cli_directive_issue.c issues, cli_directive_move.c moves, cli_attachment.c
 * sends files and writes them.
 */
#ifndef CLI_SUPERVISION_DIRECTIVE_INTERNAL_H
#define CLI_SUPERVISION_DIRECTIVE_INTERNAL_H

#include "cli/cli_internal.h"
#include "petition/codes.h"

/* An option's text as it is; false after a sentence. */
bool cli_directive_copy(const struct cli *cli, const char *option, char *to,
    size_t size);
bool cli_directive_text(const struct cli *cli, const char *option,
    struct span *out);
/* A code of the list, also by its name; "" when not given. */
bool cli_directive_code(const struct cli *cli, const char *option,
    enum codes_list list, char to[static CODE_MAX + 1]);

/*
 * Send the files of --attach, part by part, and put their hashes into `step`.
 * EXIT_DONE, or an exit status after a sentence.  Parts that the office has
 * already are not recorded again.
 */
int cli_attach(struct cli *cli, struct directive_step *step);

#endif
