/*
 * What the desk asks about offices: who is directly below, how they are
 * called, which words they published.
 */
#include "register/ask/offices.h"

#include "base/check.h"
#include "base/text.h"
#include "register/ask/internal.h"

bool
ask_is_child(struct views *v, const char *office, const char *parent)
{
	struct stmt *s = ask_prepared(v, ASK_IS_CHILD,
	    "SELECT 1 FROM office WHERE code = ? AND parent = ?"
	    " AND state = 'enrolled'");

	db_bind_text(s, office);
	db_bind_text(s, parent);
	return db_has_row(s);
}

static struct stmt *
children(struct views *v)
{
	return ask_prepared(v, ASK_CHILDREN,
	    "SELECT code FROM office WHERE parent = ? AND state = 'enrolled'"
	    " ORDER BY code");
}

void
ask_walk_children(struct views *v, const char *parent)
{
	db_bind_text(children(v), parent);
}

bool
ask_next_child(struct views *v, char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = children(v);

	if (!db_next(s))
		return false;
	db_column_copy(s, 0, office, OFFICE_CODE_MAX + 1);
	return true;
}

void
ask_stop_children(struct views *v)
{
	db_reset(children(v));
}

void
ask_office_name(struct views *v, const char *office,
    char name[static OFFICE_NAME_MAX + 1])
{
	struct stmt *s = ask_prepared(v, ASK_OFFICE_NAME,
	    "SELECT name FROM office WHERE code = ? AND name <> ''");

	db_bind_text(s, office);
	if (db_next(s)) {
		db_column_copy(s, 0, name, OFFICE_NAME_MAX + 1);
		db_reset(s);
	} else {
		CHECK(text_copy(name, OFFICE_NAME_MAX + 1, office) == RC_OK);
	}
}

bool
ask_published_text(struct views *v, const char *sort, const char *office,
    int64_t now_ms, struct buffer *out)
{
	struct stmt *s = ask_prepared(v, ASK_PUBLISHED_TEXT,
	    "SELECT text FROM published WHERE sort = ?"
	    " AND origin = ? AND effective_ms <= ?"
	    " ORDER BY effective_ms DESC, recorded_ms DESC, incarnation DESC,"
	    " sequence DESC LIMIT 1");

	db_bind_text(s, sort);
	db_bind_text(s, office);
	db_bind_i64(s, now_ms);
	if (!db_next(s))
		return false;
	CHECK(buffer_append(out, db_column_span(s, 0)) == RC_OK);
	db_reset(s);
	return true;
}
