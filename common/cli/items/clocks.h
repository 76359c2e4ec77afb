/*
 * clocks - limits for people, for the commands that show them.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_ITEMS_CLOCKS_H
#define CLI_ITEMS_CLOCKS_H

#include <jansson.h>
#include <stdbool.h>

#include "words/catalogue.h"

struct cli;
struct table;

/*
 * The columns of limits (documents/limits.h), the item's number in front;
 * for a table of one item: cli_limit_heads + 1 and CLI_LIMIT_RIGHT >> 1.
 */
extern const enum say cli_limit_heads[];
enum { CLI_LIMIT_RIGHT = 1 << 4 };
void cli_limit_cells(const struct cli *cli, struct table *t,
    const json_t *limit, bool has_item);

#endif
