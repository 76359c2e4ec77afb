/*
 * listing - one list command: a question of documents/ as a table, as a JSON
 * array, or as a number.
 *
 * What such a command has of its own is its options and filter, the question,
 * and the cells of a row; the runner opens the register, does --json, --count
 * and --limit, prints row by row what is an array, and says how much was not
 * shown.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "documents/reading.h"

struct cli;
struct table;

/* Sentences: 0 says nothing. */
struct listing {
	/* The question; `filter` is what listing_run was given. */
	bool (*ask)(const struct reading *r, const void *filter,
	    documents_row *row, void *context);
	/* How many there are, for --count and for the line below a table that
	 * does not show all; NULL: the command has neither. */
	uint64_t (*count)(const struct reading *r, const void *filter);
	/* They may be too many to count them for one line below a table. */
	bool is_long;

	/* A table: words of its columns, behind the last SAY_COUNT ... */
	const enum say *heads;
	uint32_t right; /* a bit for each column (from 0) of numbers */
	/* ... and one row of it (table_text), from left to right. */
	void (
	    *cells)(const struct cli *cli, struct table *t, const json_t *row);
	/* Or, instead of a table, each row for itself. */
	void (*print)(const struct cli *cli, const json_t *row);

	enum say none; /* instead of a table without rows */
	/* Below the rows, when one of them is of this kind (NULL: any). */
	enum say note;
	bool (*is_noted)(const json_t *row);
	bool follows; /* say when limits are still being worked out */
};

/*
 * Ask and print, as the options --json and --count say.  The exit status; an
 * office that cannot be read has been complained about.
 */
int listing_run(struct cli *cli, const struct listing *l, const void *filter);

/* An empty table with these columns, for a table inside something else. */
struct table *listing_table(const struct cli *cli, const enum say *heads,
    uint32_t right);

#endif
