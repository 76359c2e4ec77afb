/*
 * published - the text of one file out of the table, or out of the program.
 *
 * Which file holds is the lawbook's to say: it is what the limits are counted
 * by, so no other answer may be shown.
 */
#include "documents/published.h"

#include <string.h>

#include "law/limits/defaults.h"
#include "law/limits/publication.h"
#include "mech/db.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "words/doc.h"

/* Position of the last list; 0: none. */
static uint64_t
find_list(struct db *db, const char *sort)
{
	struct stmt *s = db_prepare(db,
	    "SELECT position FROM published WHERE sort = ?"
	    " ORDER BY effective_ms DESC, recorded_ms DESC LIMIT 1");
	uint64_t position;

	db_bind_text(s, sort);
	position = db_next(s) ? db_column_u64(s, 0) : 0;
	db_finish(s);
	return position;
}

static json_t *
compiled_in(const char *sort, const char *version, struct span text)
{
	json_t *out = json_object();

	doc_set(out, "sort", json_string(sort));
	doc_set(out, "version", doc_text(version));
	doc_set(out, "publisher", json_string(""));
	doc_set(out, "effective", json_null());
	doc_set(out, "text", json_stringn((const char *)text.at, text.size));
	return out;
}

static json_t *
present_file(struct db *db, uint64_t position)
{
	struct stmt *s = db_prepare(db,
	    "SELECT sort, version, origin, effective_ms, text FROM published"
	    " WHERE position = ?");
	json_t *out = NULL;

	db_bind_u64(s, position);
	if (db_next(s)) {
		out = json_object();
		doc_set(out, "sort", doc_text(db_column_text(s, 0)));
		doc_set(out, "version", doc_text(db_column_text(s, 1)));
		doc_set(out, "publisher", doc_text(db_column_text(s, 2)));
		doc_set(out, "effective", doc_time(db_column_i64(s, 3)));
		doc_set(out, "text", doc_text(db_column_text(s, 4)));
	}
	db_finish(s);
	return out;
}

json_t *
documents_published(const struct reading *r, const char *sort)
{
	bool is_rules = strcmp(sort, PUBLICATION_RULES) == 0;
	struct lawbook_source source;

	if (!is_rules && strcmp(sort, PUBLICATION_CALENDAR) != 0)
		return present_file(r->db, find_list(r->db, sort));
	lawbook_source(views_lawbook(r->views), r->office, r->now_ms, is_rules,
	    &source);
	if (source.position > 0)
		return present_file(r->db, source.position);
	return compiled_in(sort, source.version,
	    is_rules ? defaults_rules() : defaults_calendar());
}
