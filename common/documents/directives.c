/*
 * directives - the table directive_now with the steps behind each row.
 *
 * Where a directive stands is the register's fold; what is added here is how
 * it came there: the steps of both offices in one order, the history made of
 * them, and the last answer in front.
 */
#include "documents/directives.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/record.h"
#include "documents/page.h"
#include "documents/steps.h"
#include "law/moves/directive_core.h"
#include "mech/db.h"
#include "mech/query.h"
#include "words/doc.h"

enum { BY_MAX = OFFICE_CODE_MAX + 2 * ACTOR_MAX + 2 };

#define COLUMNS                                                                \
	"id, kind, issuer, addressee, status, due_ms, item, matter, text,"     \
	" ground, reference, recorded_ms, received_ms, asked_ms, clock,"       \
	" supersedes, role, actor"

enum column {
	COLUMN_ID,
	COLUMN_KIND,
	COLUMN_ISSUER,
	COLUMN_ADDRESSEE,
	COLUMN_STATUS,
	COLUMN_DUE,
	COLUMN_ITEM,
	COLUMN_MATTER,
	COLUMN_TEXT,
	COLUMN_GROUND,
	COLUMN_REFERENCE,
	COLUMN_RECORDED,
	COLUMN_RECEIVED,
	COLUMN_ASKED,
	COLUMN_CLOCK,
	COLUMN_SUPERSEDES,
	COLUMN_ROLE,
	COLUMN_ACTOR,
};

/* -- what follows from the steps -- */

/* "420100 clerk/wang", or as much of it as there is. */
static void
add_history(json_t *history, const char *status, json_t *at, const char *office,
    const char *role, const char *user)
{
	bool has_actor = role[0] != '\0' || user[0] != '\0';
	char by[BY_MAX + 1];
	json_t *entry = json_object();

	CHECK(
	    text_format(by, sizeof(by), "%s%s%s%s%s", office,
		has_actor ? " " : "", role,
		role[0] != '\0' && user[0] != '\0' ? "/" : "", user) == RC_OK);
	doc_set(entry, "status", json_string(status));
	doc_set(entry, "at", at);
	doc_set(entry, "by", json_string(by));
	doc_add(history, entry);
}

/* Issued or drafted, and each step since. */
static json_t *
history_of(struct stmt *s, const json_t *steps)
{
	bool is_draft = directive_code_of(db_column_text(s, COLUMN_STATUS)) ==
			DIRECTIVE_DRF;
	json_t *history = json_array();
	const json_t *step;

	add_history(history,
	    directive_code(is_draft ? DIRECTIVE_DRF : DIRECTIVE_SNT),
	    doc_time(db_column_i64(s, COLUMN_RECORDED)),
	    db_column_text(s, COLUMN_ISSUER), db_column_text(s, COLUMN_ROLE),
	    db_column_text(s, COLUMN_ACTOR));
	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		add_history(history, doc_member(step, "status"),
		    json_incref(json_object_get(step, "recorded_at")),
		    doc_member(step, "office"), doc_member(step, "role"),
		    doc_member(step, "user"));
	}
	return history;
}

/* A member of the last answer; `otherwise` (taken) when there is none. */
static void
set_of_answer(json_t *d, const char *key, const json_t *answer,
    const char *member, json_t *otherwise)
{
	if (answer == NULL) {
		doc_set(d, key, otherwise);
		return;
	}
	json_decref(otherwise);
	doc_set(d, key, json_incref(json_object_get(answer, member)));
}

static void
set_answer(json_t *d, const json_t *steps)
{
	const json_t *answer = steps_last(steps, DIRECTIVE_ANS);

	set_of_answer(d, "verdict", answer, "verdict", json_string(""));
	set_of_answer(d, "done", answer, "done", json_string(""));
	set_of_answer(d, "report", answer, "report", json_string(""));
	set_of_answer(d, "attachments", answer, "attachments", json_array());
	set_of_answer(d, "answered_at", answer, "recorded_at", json_null());
}

/* -- one of them -- */

static void
set_texts(json_t *d, struct stmt *s)
{
	static const struct {
		const char *key;
		enum column column;
	} texts[] = {
		{ "id", COLUMN_ID },
		{ "kind", COLUMN_KIND },
		{ "issuer", COLUMN_ISSUER },
		{ "addressee", COLUMN_ADDRESSEE },
		{ "status", COLUMN_STATUS },
		{ "item", COLUMN_ITEM },
		{ "matter", COLUMN_MATTER },
		{ "text", COLUMN_TEXT },
		{ "ground", COLUMN_GROUND },
		{ "reference", COLUMN_REFERENCE },
		{ "to", COLUMN_ADDRESSEE },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		doc_set(d, texts[i].key,
		    doc_text(db_column_text(s, (int)texts[i].column)));
	}
}

static json_t *
present_row(struct db *db, struct stmt *s)
{
	json_t *steps = steps_of_directive(db, db_column_text(s, COLUMN_ID),
	    db_column_text(s, COLUMN_ADDRESSEE));
	bool is_asking = directive_code_of(db_column_text(s, COLUMN_STATUS)) ==
			 DIRECTIVE_EXQ;
	const json_t *replaced = steps_last(steps, DIRECTIVE_SPD);
	json_t *d = json_object();

	set_texts(d, s);
	doc_set(d, "due", doc_time(db_column_i64(s, COLUMN_DUE)));
	doc_set(d, "due_at", doc_time(db_column_i64(s, COLUMN_DUE)));
	doc_set(d, "asked_due",
	    doc_time(is_asking ? db_column_i64(s, COLUMN_ASKED) : 0));
	doc_set(d, "issued_at", doc_time(db_column_i64(s, COLUMN_RECORDED)));
	doc_set(d, "received_at", doc_time(db_column_i64(s, COLUMN_RECEIVED)));
	doc_set(d, "clock", doc_text(db_column_text(s, COLUMN_CLOCK)));
	doc_set(d, "supersedes",
	    doc_text(db_column_text(s, COLUMN_SUPERSEDES)));
	doc_set(d, "superseded_by", json_string(doc_member(replaced, "other")));
	doc_set(d, "history", history_of(s, steps));
	set_answer(d, steps);
	doc_set(d, "steps", steps);
	return d;
}

/* -- the list -- */

/* The rest of a list of codes in SQL: those that law says belong to it. */
static void
add_statuses(struct query *q, const char *sql,
    bool (*belongs)(enum directive_code status))
{
	query_add(q, sql);
	for (enum directive_code c = 0; c < DIRECTIVE_CODES; c++) {
		if (!belongs(c))
			continue;
		query_add(q, ", '");
		query_add(q, directive_code(c));
		query_add(q, "'");
	}
	query_add(q, ")");
}

static void
add_from(const struct reading *r, const struct directives_filter *f,
    struct query *q)
{
	query_add(q, " FROM directive_now WHERE 1");
	query_text(q, " AND id = ?", f->id);
	query_text(q, " AND addressee = ?", f->to);
	query_text(q, " AND kind = ?", f->kind);
	query_text(q, " AND status = ?", f->status);
	query_text(q, " AND item = ?", f->item);
	query_text(q, " AND matter = ?", f->matter);
	if (f->only_open)
		add_statuses(q, " AND status NOT IN (''", directive_is_over);
	if (f->only_overdue) {
		add_statuses(q, " AND status IN (''", directive_is_awaited);
		query_number(q, " AND due_ms > 0 AND due_ms < ?", r->now_ms);
	}
}

uint64_t
documents_directives_count(const struct reading *r,
    const struct directives_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(r, f, &q);
	return query_count(r->db, &q);
}

bool
documents_directives(const struct reading *r, const struct directives_filter *f,
    documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct query q = { 0 };
	struct stmt *s;

	query_add(&q, "SELECT " COLUMNS);
	add_from(r, f, &q);
	query_add(&q, " ORDER BY recorded_ms DESC, id, addressee");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(r->db, s));
	db_finish(s);
	return page.is_more;
}

/* -- about an item -- */

struct about {
	const char *item;
	json_t *list;
};

static void
add_of_matter(void *context, json_t *row)
{
	struct about *about = context;

	if (strcmp(doc_member(row, "item"), about->item) != 0)
		doc_add(about->list, json_incref(row));
	json_decref(row);
}

json_t *
documents_directives_about(const struct reading *r, const char *item,
    const char *matter)
{
	struct about about = { .item = item, .list = json_array() };

	(void)documents_directives(r,
	    &(struct directives_filter){ .item = item }, documents_collect,
	    about.list);
	(void)documents_directives(r,
	    &(struct directives_filter){ .matter = matter }, add_of_matter,
	    &about);
	return about.list;
}
