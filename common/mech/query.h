/*
 * query - a question in SQL that grows from the filters that are given.
 *
 *	query_add(&q, "SELECT item FROM petition WHERE 1");
 *	query_text(&q, " AND office = ?", filter->office);
 *	s = query_open(db, &q);
 *
 * A plain value: `struct query q = { 0 };`.  Belongs to one thread.
 */
#ifndef MECH_QUERY_H
#define MECH_QUERY_H

#include <stddef.h>
#include <stdint.h>

struct db;
struct stmt;

enum {
	QUERY_SQL_MAX = 6000,
	QUERY_VALUES_MAX = 24,
};

struct query {
	char sql[QUERY_SQL_MAX];
	struct {
		const char *text; /* borrowed; NULL: it is the number */
		int64_t number;
	} values[QUERY_VALUES_MAX];
	size_t values_count;
};

/* SQL without values.  What does not fit is our bug. */
void query_add(struct query *q, const char *sql);
/*
 * SQL whose question marks all stand for this value.  Nothing is added when
 * the text is NULL or empty, or the number is 0.
 */
void query_text(struct query *q, const char *sql, const char *value);
void query_number(struct query *q, const char *sql, int64_t value);

/* Prepared and bound; db_finish it. */
struct stmt *query_open(struct db *db, const struct query *q);
/* The first column of its first row. */
uint64_t query_count(struct db *db, const struct query *q);

#endif
