/*
 * cli_life - one item among all that is known of it: its moves and where they
 * led, who answered for it since when, the matter it belongs to.
 *
 * Folded from the register's events when somebody asks, so that it is true
 * while the tables of the register still follow behind.
 */
#ifndef CLI_ITEMS_LIFE_H
#define CLI_ITEMS_LIFE_H

#include <jansson.h>

struct db;

/*
 * A document with: state, state_since, holder, holder_since, holders, pending,
 * extended, rating, opinion, outcome, merged_into, crossed, moves; matter,
 * matter_items, initial, links.  NULL: no such item here.
 */
json_t *cli_life_of(struct db *db, const char *item);

#endif
