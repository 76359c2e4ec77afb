/*
 * cli_query - a question to the register that grows from what was typed.
 *
 *	cli_query_add(&q, "SELECT item FROM petition WHERE 1");
 *	cli_query_text(&q, " AND office = ?", filter->office);
 *	s = cli_query_open(db, &q);
 *
 * And the filters that several commands share, each with its refusal.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "contract/record.h"
#include "petition/codes.h"

struct cli;
struct db;
struct stmt;

enum {
	CLI_QUERY_SQL_MAX = 6000,
	CLI_QUERY_VALUES_MAX = 24,
	CLI_LIMIT_FOR_PEOPLE = 50, /* rows of a table, unless told */
};

struct cli_query {
	char sql[CLI_QUERY_SQL_MAX];
	struct {
		const char *text; /* borrowed; NULL: it is the number */
		int64_t number;
	} values[CLI_QUERY_VALUES_MAX];
	size_t values_count;
};

/* SQL without values. */
void cli_query_add(struct cli_query *q, const char *sql);
/*
 * SQL whose question marks all stand for this value.  Nothing is added when
 * the text is NULL or empty, or the number is 0.
 */
void cli_query_text(struct cli_query *q, const char *sql, const char *value);
void cli_query_number(struct cli_query *q, const char *sql, int64_t value);

/* Prepared and bound; db_finish it. */
struct stmt *cli_query_open(struct db *db, const struct cli_query *q);
/* The first column of its first row. */
uint64_t cli_query_count(struct db *db, const struct cli_query *q);

/* -- filters; false: a sentence was printed -- */

/* --limit: CLI_LIMIT_FOR_PEOPLE for people, 0 (all) for --json. */
bool cli_read_limit(const struct cli *cli, int64_t *limit);
/* A shaped office code behind --OPTION; NULL when it was not given. */
bool cli_read_office(const struct cli *cli, const char *option,
    const char **code);
/* A code of a list, also by its name; NULL when it was not given. */
bool cli_read_code(const struct cli *cli, const char *option,
    enum codes_list list, const char **code);
/* An item's number; "" when it was not given. */
bool cli_read_item(const struct cli *cli, const char *option,
    char item[static ITEM_NUMBER_MAX + 1]);
/* A text that fits; "" when it was not given. */
bool cli_read_span(const struct cli *cli, const char *option, struct span *out);

/* -- printing -- */

/* A number alone, or {"count": n}. */
void cli_print_count(const struct cli *cli, uint64_t count);
/* "50 of 1200 shown", when they differ. */
void cli_print_shown(const struct cli *cli, uint64_t shown, uint64_t all);
/* "50 shown, there are more": where counting them all would take long. */
void cli_print_more(const struct cli *cli, uint64_t shown);

/* An array, row by row, whatever its size. */
struct cli_array {
	bool is_open;
};
void cli_array_add(struct cli_array *a, json_t *row); /* takes `row` */
void cli_array_end(struct cli_array *a);

#endif
