/*
 * escalation - how an escalation is shown, for the commands that show one.
 */
#ifndef CLI_SUPERVISION_ESCALATION_H
#define CLI_SUPERVISION_ESCALATION_H

#include <jansson.h>

struct cli;

/* How far the notice of a row of documents/escalations.h has come, in a word
 * of the person's language. */
const char *cli_escalation_notice(const struct cli *cli, const json_t *e);

#endif
