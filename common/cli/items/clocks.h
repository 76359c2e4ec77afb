/*
 * cli_clocks - limits as documents and as tables, for the commands that show
 * them.
 */
#ifndef CLI_ITEMS_CLOCKS_H
#define CLI_ITEMS_CLOCKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct cli;
struct reading;
struct stmt;
struct table;

#define CLI_CLOCK_COLUMNS                                                      \
	"item, name, round, start_move, start_ms, due_ms, met_ms, stopped_ms," \
	" extra_days, holder, rules, calendar, article, unit, amount,"         \
	" is_provisional"

/*
 * The present row as it stands at `now_ms`, with the names that the rules of
 * its holder have for the limit.
 */
json_t *cli_clock_json(const struct reading *r, struct stmt *s, int64_t now_ms);

/* A table of clocks; with the item's number in front, or not. */
struct table *cli_clock_table(const struct cli *cli, bool has_item);
void cli_clock_row(const struct cli *cli, struct table *t, const json_t *clock,
    bool has_item);

/* All clocks of one item, in the order of their start. */
json_t *cli_clocks_of(const struct reading *r, const char *item,
    int64_t now_ms);

/* One line on stderr when the limits are still being worked out. */
void cli_say_behind(const struct cli *cli, const struct reading *r);

#endif
