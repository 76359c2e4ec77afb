/*
 * What the desk asks about directives, and about the notices of escalations,
 * which are answered in the same way.
 */
#include "register/ask/directives.h"

#include "base/check.h"
#include "law/moves/directive_core.h"
#include "register/ask/internal.h"

size_t
ask_standing(struct views *v, const char *id, const char *only,
    struct ask_standing *out)
{
	struct stmt *s = ask_prepared(v, ASK_STANDING,
	    "SELECT addressee, status, due_ms, asked_ms FROM directive_now"
	    " WHERE id = ?1 AND (?2 = '' OR addressee = ?2)"
	    " ORDER BY addressee LIMIT ?3");
	size_t count = 0;

	db_bind_text(s, id);
	db_bind_text(s, only);
	db_bind_u64(s, DIRECTIVE_TO_MAX);
	while (db_next(s)) {
		struct ask_standing *at = &out[count++];

		db_column_copy(s, 0, at->office, sizeof(at->office));
		db_column_copy(s, 1, at->status, sizeof(at->status));
		at->due_ms = db_column_i64(s, 2);
		at->asked_ms = db_column_i64(s, 3);
	}
	return count;
}

bool
ask_directive(struct views *v, const char *id, struct directive *out)
{
	struct stmt *s = ask_prepared(v, ASK_DIRECTIVE,
	    "SELECT kind, item, matter FROM directive_issue WHERE id = ?"
	    " LIMIT 1");

	db_bind_text(s, id);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->kind, sizeof(out->kind));
	db_column_copy(s, 1, out->item, sizeof(out->item));
	db_column_copy(s, 2, out->matter, sizeof(out->matter));
	db_reset(s);
	return true;
}

bool
ask_draft(struct views *v, const char *id, struct directive *out,
    struct buffer *text)
{
	struct stmt *s = ask_prepared(v, ASK_DRAFT,
	    "SELECT kind, item, matter, due_ms, ground, reference, clock,"
	    " supersedes, text FROM directive_now WHERE id = ?"
	    " AND status = '" DIRECTIVE_DRF_CODE "' LIMIT 1");

	db_bind_text(s, id);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->kind, sizeof(out->kind));
	db_column_copy(s, 1, out->item, sizeof(out->item));
	db_column_copy(s, 2, out->matter, sizeof(out->matter));
	out->due_ms = db_column_i64(s, 3);
	db_column_copy(s, 4, out->ground, sizeof(out->ground));
	db_column_copy(s, 5, out->reference, sizeof(out->reference));
	db_column_copy(s, 6, out->clock, sizeof(out->clock));
	db_column_copy(s, 7, out->supersedes, sizeof(out->supersedes));
	CHECK(buffer_append(text, db_column_span(s, 8)) == RC_OK);
	out->text = buffer_span(text);
	db_reset(s);
	return true;
}

bool
ask_is_sent(struct views *v, const char *id, const char *office)
{
	struct stmt *s = ask_prepared(v, ASK_SENT,
	    "SELECT 1 FROM directive_issue WHERE id = ? AND origin = ?"
	    " AND audience = '' LIMIT 1");

	db_bind_text(s, id);
	db_bind_text(s, office);
	return db_has_row(s);
}

bool
ask_is_addressed(struct views *v, const char *id, const char *office)
{
	struct stmt *s = ask_prepared(v, ASK_ADDRESSED,
	    "SELECT 1 FROM directive_to WHERE id = ? AND addressee = ?");

	db_bind_text(s, id);
	db_bind_text(s, office);
	return db_has_row(s);
}

bool
ask_notice_office(struct views *v, const char *id, const char *own,
    char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = ask_prepared(v, ASK_NOTICE_OFFICE,
	    "SELECT office FROM escalation_now WHERE id = ?1"
	    " ORDER BY office = ?2 DESC LIMIT 1");

	db_bind_text(s, id);
	db_bind_text(s, own);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, office, OFFICE_CODE_MAX + 1);
	db_reset(s);
	return true;
}

static struct stmt *
notice_items(struct views *v)
{
	return ask_prepared(v, ASK_NOTICE_ITEMS,
	    "SELECT DISTINCT item, lower_item FROM escalation WHERE id = ?");
}

void
ask_walk_notice_items(struct views *v, const char *id)
{
	db_bind_text(notice_items(v), id);
}

bool
ask_next_notice_items(struct views *v, struct ask_notice_items *out)
{
	struct stmt *s = notice_items(v);

	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->item, sizeof(out->item));
	db_column_copy(s, 1, out->lower, sizeof(out->lower));
	return true;
}

void
ask_stop_notice_items(struct views *v)
{
	db_reset(notice_items(v));
}
