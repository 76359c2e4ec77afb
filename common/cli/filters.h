/*
 * filters - the filters that several lists share, each with its refusal, and
 * what lists print alike.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_FILTERS_H
#define CLI_FILTERS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "contract/limits.h"
#include "mech/query.h"
#include "petition/codes.h"

struct cli;
struct reading;

enum {
	CLI_LIMIT_FOR_PEOPLE = 50, /* rows of a table, unless told */
};

/* -- filters; false: a sentence was printed -- */

/* --limit: CLI_LIMIT_FOR_PEOPLE for people, 0 (all) for --json. */
bool cli_read_limit(const struct cli *cli, int64_t *limit);
/* A shaped office code behind --OPTION; NULL when it was not given. */
bool cli_read_office(const struct cli *cli, const char *option,
    const char **code);
/* A code of a list, also by its name; NULL when it was not given. */
bool cli_read_code(const struct cli *cli, const char *option,
    enum codes_list list, const char **code);
/* An item number as typed, brought into its form. */
bool cli_item(const struct cli *cli, const char *typed,
    char item[static ITEM_NUMBER_MAX + 1]);
/* An item's number behind --OPTION; "" when it was not given. */
bool cli_read_item(const struct cli *cli, const char *option,
    char item[static ITEM_NUMBER_MAX + 1]);
/* Text of any length; "" when it was not given. */
bool cli_read_span(const struct cli *cli, const char *option, struct span *out);
/* Text into an array of `size`; "" when it was not given. */
bool cli_copy_text(const struct cli *cli, const char *option, char *to,
    size_t size);
/* The same of a code of a list, also by its name. */
bool cli_copy_code(const struct cli *cli, const char *option,
    enum codes_list list, char to[static CODE_MAX + 1]);
/* A date.  A bare one means its end when `is_end`; left alone when it was not
 * given. */
bool cli_date(const struct cli *cli, const char *option, bool is_end,
    int64_t *wall_ms);

/* -- printing -- */

/* A number alone, or {"count": n}. */
void cli_print_count(const struct cli *cli, uint64_t count);
/* "50 of 1200 shown", when they differ. */
void cli_print_shown(const struct cli *cli, uint64_t shown, uint64_t all);
/* "50 shown, there are more": where counting them all would take long. */
void cli_print_more(const struct cli *cli, uint64_t shown);

/* One line on stderr when the limits are still being worked out. */
void cli_say_behind(const struct cli *cli, const struct reading *r);

/* An array, row by row, whatever its size. */
struct cli_array {
	bool is_open;
};
void cli_array_add(struct cli_array *a, json_t *row); /* takes `row` */
void cli_array_end(struct cli_array *a);

#endif
