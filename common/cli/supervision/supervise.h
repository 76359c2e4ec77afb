/*
 * cli_supervise - the limits that have reached a rung of the ladder, for the
 * commands that show them.
 */
#ifndef CLI_SUPERVISION_SUPERVISE_H
#define CLI_SUPERVISION_SUPERVISE_H

#include "register/ask_supervise.h"

struct cli;
struct reading;

enum { CLI_SUPERVISE_MAX = 200000 }; /* rows held at once */

struct cli_supervise {
	struct supervise_row *rows;
	size_t count;
};

/* As of `now_ms`; an exit status, the fault has been printed. */
int cli_supervise_read(struct cli *cli, struct reading *r, int64_t now_ms,
    enum rung most, struct cli_supervise *out);
void cli_supervise_free(struct cli_supervise *s);

#endif
