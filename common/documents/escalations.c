/*
 * escalations - the newest revisions, with the notice of each.
 *
 * Read off escalation_now in the order of time: few rows are asked for, so
 * each one's own revision is looked up as it comes.  A notice has no table of
 * its own; the office below moves it as if it were a directive.
 */
#include "documents/escalations.h"

#include "documents/page.h"
#include "documents/steps.h"
#include "law/moves/escalation_core.h"
#include "mech/db.h"
#include "mech/query.h"
#include "words/doc.h"

/* -- SQL -- */

#define OF_MATTER                                                              \
	"(SELECT id FROM escalation WHERE matter = ?"                          \
	" UNION SELECT id FROM escalation WHERE item = ?"                      \
	" UNION SELECT x.id FROM item_matter m JOIN escalation x"              \
	"  ON x.item = m.item WHERE m.matter = ?)"

#define COLUMNS                                                                \
	"e.id, e.revision, e.matter, e.item, e.office, e.from_level,"          \
	" e.to_level, e.channel, e.batch, e.heads, e.at_ms, e.lower_state,"    \
	" e.lawfulness, e.knew_before, e.lower_item, e.recorded_ms,"           \
	" e.received_ms"

enum column {
	COLUMN_ID,
	COLUMN_REVISION,
	COLUMN_MATTER,
	COLUMN_ITEM,
	COLUMN_OFFICE,
	COLUMN_FROM_LEVEL,
	COLUMN_TO_LEVEL,
	COLUMN_CHANNEL,
	COLUMN_BATCH,
	COLUMN_HEADS,
	COLUMN_AT,
	COLUMN_LOWER_STATE,
	COLUMN_LAWFULNESS,
	COLUMN_KNEW,
	COLUMN_LOWER_ITEM,
	COLUMN_JUDGED,
	COLUMN_RECEIVED,
};

static void
add_from(const struct escalations_filter *f, struct query *q)
{
	query_add(q, " FROM escalation_now n CROSS JOIN escalation e"
		     " ON e.id = n.id AND e.item = n.item"
		     " AND e.revision = n.revision"
		     " WHERE 1");
	query_text(q, " AND n.id = ?", f->id);
	query_text(q, " AND n.id IN " OF_MATTER, f->matter);
	query_text(q, " AND n.id IN (SELECT id FROM escalation WHERE item = ?)",
	    f->item);
	query_text(q, " AND n.office = ?", f->office);
	query_number(q, " AND n.at_ms >= ?", f->since_ms);
	query_number(q, " AND n.at_ms <= ?", f->until_ms);
	query_text(q, " AND e.lower_state = ?", f->lower_state);
	query_text(q, " AND e.to_level = ?", f->to_level);
	if (f->only_failures)
		query_text(q, " AND instr(?, e.lower_state) > 0",
		    LOWER_FAILURES);
	if (f->only_unanswered) {
		query_text(q,
		    " AND NOT EXISTS (SELECT 1 FROM directive_step s"
		    " WHERE s.id = n.id AND s.addressee = n.office"
		    " AND s.status = ?)",
		    directive_code(DIRECTIVE_ANS));
	}
}

/* -- one of them -- */

static json_t *
flag_json(struct stmt *s, int column)
{
	return json_boolean(db_column_i64(s, column) != 0);
}

static json_t *
versions_of(struct db *db, const char *id, const char *item)
{
	struct stmt *s = db_prepare(db,
	    "SELECT revision, lower_state, lawfulness, knew_before,"
	    " lower_item, recorded_ms, received_ms FROM escalation"
	    " WHERE id = ? AND item = ? ORDER BY revision");
	json_t *list = json_array();

	db_bind_text(s, id);
	db_bind_text(s, item);
	while (db_next(s)) {
		json_t *v = json_object();

		doc_set(v, "revision", json_integer(db_column_i64(s, 0)));
		doc_set(v, "lower_state", doc_text(db_column_text(s, 1)));
		doc_set(v, "lawfulness", doc_text(db_column_text(s, 2)));
		doc_set(v, "knew_before", flag_json(s, 3));
		doc_set(v, "lower_item", doc_text(db_column_text(s, 4)));
		doc_set(v, "recorded_at", doc_time(db_column_i64(s, 5)));
		doc_set(v, "received_at", doc_time(db_column_i64(s, 6)));
		doc_add(list, v);
	}
	db_finish(s);
	return list;
}

static void
set_of_step(json_t *e, const char *key, const json_t *step, const char *member)
{
	json_t *value = json_object_get(step, member);

	doc_set(e, key, value != NULL ? json_incref(value) : json_null());
}

/* Received and signed for: the first time.  Answered: the last. */
static void
set_notice(json_t *e, struct db *db)
{
	json_t *steps =
	    steps_of_notice(db, doc_member(e, "id"), doc_member(e, "office"));
	const json_t *answer = steps_last(steps, DIRECTIVE_ANS);

	set_of_step(e, "noticed_at", steps_first(steps, DIRECTIVE_DLV),
	    "recorded_at");
	set_of_step(e, "acknowledged_at", steps_first(steps, DIRECTIVE_SGN),
	    "recorded_at");
	set_of_step(e, "answered_at", answer, "recorded_at");
	set_of_step(e, "answer", answer, "text");
	set_of_step(e, "answered_by", answer, "user");
	doc_set(e, "steps", steps);
}

static void
set_texts(json_t *e, struct stmt *s)
{
	static const struct {
		const char *key;
		enum column column;
	} texts[] = {
		{ "id", COLUMN_ID },
		{ "matter", COLUMN_MATTER },
		{ "item", COLUMN_ITEM },
		{ "office", COLUMN_OFFICE },
		{ "from_level", COLUMN_FROM_LEVEL },
		{ "to_level", COLUMN_TO_LEVEL },
		{ "channel", COLUMN_CHANNEL },
		{ "lower_state", COLUMN_LOWER_STATE },
		{ "lawfulness", COLUMN_LAWFULNESS },
		{ "lower_item", COLUMN_LOWER_ITEM },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		doc_set(e, texts[i].key,
		    doc_text(db_column_text(s, (int)texts[i].column)));
	}
}

static json_t *
present_row(struct db *db, struct stmt *s)
{
	int64_t revision = db_column_i64(s, COLUMN_REVISION);
	json_t *e = json_object();

	set_texts(e, s);
	doc_set(e, "batch", json_integer(db_column_i64(s, COLUMN_BATCH)));
	doc_set(e, "heads", json_integer(db_column_i64(s, COLUMN_HEADS)));
	doc_set(e, "knew_before", flag_json(s, COLUMN_KNEW));
	doc_set(e, "recorded_at", doc_time(db_column_i64(s, COLUMN_AT)));
	doc_set(e, "judged_at", doc_time(db_column_i64(s, COLUMN_JUDGED)));
	doc_set(e, "received_at", doc_time(db_column_i64(s, COLUMN_RECEIVED)));
	doc_set(e, "revision", json_integer(revision));
	doc_set(e, "restated", json_boolean(revision > 1));
	set_notice(e, db);
	if (revision > 1) {
		doc_set(e, "versions",
		    versions_of(db, doc_member(e, "id"),
			doc_member(e, "item")));
	}
	return e;
}

/* -- the list -- */

uint64_t
documents_escalations_count(const struct reading *r,
    const struct escalations_filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(r->db, &q);
}

bool
documents_escalations(const struct reading *r,
    const struct escalations_filter *f, documents_row *row, void *context)
{
	struct page page = { .limit = f->limit };
	struct query q = { 0 };
	struct stmt *s;

	query_add(&q, "SELECT " COLUMNS);
	add_from(f, &q);
	query_add(&q, " ORDER BY n.at_ms DESC, n.id DESC");
	page_limit(&q, f->limit);
	s = query_open(r->db, &q);
	while (page_next(&page, s))
		row(context, present_row(r->db, s));
	db_finish(s);
	return page.is_more;
}

json_t *
documents_escalations_of(const struct reading *r, const char *matter)
{
	json_t *list = json_array();

	(void)documents_escalations(r,
	    &(struct escalations_filter){ .matter = matter }, documents_collect,
	    list);
	return list;
}
