/*
 * A register as bytes: the tables are asked of the database itself, so that a
 * new one is compared without anybody thinking of it.
 */
#include "support/views_dump.h"

void
dump_rows(struct db *db, const char *table, int columns, struct buffer *out)
{
	char sql[200];
	struct stmt *s;

	assert_int_equal(text_format(sql, sizeof(sql),
			     "SELECT *, 0 FROM \"%s\" ORDER BY 1, 2%s", table,
			     columns > 2 ? ", 3" : ""),
	    RC_OK);
	s = db_prepare(db, sql);
	while (db_next(s)) {
		for (int i = 0; i < columns; i++) {
			assert_int_equal(buffer_append(out,
					     db_column_span(s, i)),
			    RC_OK);
			assert_int_equal(buffer_append(out, span_of("|", 2)),
			    RC_OK);
		}
	}
	db_finish(s);
}

void
dump(struct views *v, struct buffer *out)
{
	struct db *db = views_db(v);
	struct stmt *s = db_prepare(db,
	    "SELECT t.name, (SELECT count(*) FROM pragma_table_info(t.name))"
	    " FROM sqlite_schema t WHERE type = 'table' ORDER BY 1");

	while (db_next(s)) {
		assert_int_equal(buffer_append(out, db_column_span(s, 0)),
		    RC_OK);
		dump_rows(db, db_column_text(s, 0), (int)db_column_i64(s, 1),
		    out);
	}
	db_finish(s);
}
