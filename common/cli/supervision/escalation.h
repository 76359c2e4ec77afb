/*
 * cli_escalation - escalations as documents, for the commands that show them.
 */
#ifndef CLI_SUPERVISION_ESCALATION_H
#define CLI_SUPERVISION_ESCALATION_H

#include <jansson.h>

struct cli;
struct db;

/*
 * All escalations of one matter (or of an item that is alone), newest first,
 * as `escalations --json` prints them.
 */
json_t *cli_escalations_of(struct db *db, const char *matter);

/* How far the notice has come, in a word. */
const char *cli_escalation_notice(const struct cli *cli, const json_t *e);

#endif
