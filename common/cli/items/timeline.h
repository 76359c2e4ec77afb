/*
 * cli_timeline - what happened to an item, at every level, as one list in the
 * order of time.
 *
 * It is made from the document that `show` has gathered (moves, links,
 * matter_items, escalations, directives), so that the list says nothing that
 * the document does not.
 */
#ifndef CLI_ITEMS_TIMELINE_H
#define CLI_ITEMS_TIMELINE_H

#include <jansson.h>

struct cli;

/*
 * [{"at", "recorded_at", "received_at", "office", "kind", "what", "by",
 * "late", "counted"}]; `kind` is registered, item, move, link, escalation,
 * notice, directive, step or identity; `at` is when it is claimed to have
 * happened; `late`: more than a day before it was recorded; `what` is in the
 * language of the command.
 */
json_t *cli_timeline_of(const struct cli *cli, const json_t *document);

/* The list for people. */
void cli_print_timeline(const struct cli *cli, const json_t *timeline);

#endif
