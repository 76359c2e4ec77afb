/* query - the header says what for. */
#include "mech/query.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "mech/db.h"

void
query_add(struct query *q, const char *sql)
{
	size_t used = strlen(q->sql);

	CHECK(text_copy(q->sql + used, sizeof(q->sql) - used, sql) == RC_OK);
}

static void
add_value(struct query *q, const char *sql, const char *text, int64_t number)
{
	query_add(q, sql);
	for (const char *c = sql; *c != '\0'; c++) {
		if (*c != '?')
			continue;
		CHECK(q->values_count < QUERY_VALUES_MAX);
		q->values[q->values_count].text = text;
		q->values[q->values_count++].number = number;
	}
}

void
query_text(struct query *q, const char *sql, const char *value)
{
	if (value != NULL && value[0] != '\0')
		add_value(q, sql, value, 0);
}

void
query_number(struct query *q, const char *sql, int64_t value)
{
	if (value != 0)
		add_value(q, sql, NULL, value);
}

struct stmt *
query_open(struct db *db, const struct query *q)
{
	struct stmt *s = db_prepare(db, q->sql);

	for (size_t i = 0; i < q->values_count; i++) {
		if (q->values[i].text != NULL) {
			db_bind_text(s, q->values[i].text);
		} else {
			db_bind_i64(s, q->values[i].number);
		}
	}
	return s;
}

uint64_t
query_count(struct db *db, const struct query *q)
{
	struct stmt *s = query_open(db, q);
	uint64_t count;

	CHECK(db_next(s));
	count = db_column_u64(s, 0);
	db_finish(s);
	return count;
}
