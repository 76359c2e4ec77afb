/*
 * What a hub asks to judge an escalation: the arrival above, and what the
 * office below had of the same matter.
 */
#include "register/ask/escalations.h"

#include "base/check.h"
#include "law/moves/directive_core.h"
#include "register/ask/internal.h"

#define ITEMS_OF_MATTER                                                        \
	" IN (SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1)"

bool
ask_arrival(struct views *v, const char *item, const char *office,
    struct ask_arrival *out)
{
	struct stmt *s = ask_prepared(v, ASK_ARRIVAL,
	    "SELECT item, level, channel, category, responsible, heads,"
	    " recorded_ms FROM petition WHERE item = ? AND office = ?"
	    " ORDER BY position LIMIT 1");

	db_bind_text(s, item);
	db_bind_text(s, office);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, out->item, sizeof(out->item));
	out->level = db_column_text(s, 1)[0];
	db_column_copy(s, 2, out->channel, sizeof(out->channel));
	db_column_copy(s, 3, out->category, sizeof(out->category));
	db_column_copy(s, 4, out->responsible, sizeof(out->responsible));
	out->heads = (uint32_t)db_column_u64(s, 5);
	out->recorded_ms = db_column_i64(s, 6);
	db_reset(s);
	views_matter_of(v, item, out->matter);
	return true;
}

bool
ask_matter_office(struct views *v, const char *matter, const char *own,
    char office[static OFFICE_CODE_MAX + 1])
{
	struct stmt *s = ask_prepared(v, ASK_MATTER_OFFICE,
	    "SELECT office FROM petition WHERE office <> ?2"
	    " AND item" ITEMS_OF_MATTER
	    " AND office IN (SELECT code FROM office WHERE parent <> '')"
	    " ORDER BY recorded_ms DESC LIMIT 1");

	db_bind_text(s, matter);
	db_bind_text(s, own);
	if (!db_next(s))
		return false;
	db_column_copy(s, 0, office, OFFICE_CODE_MAX + 1);
	db_reset(s);
	return true;
}

size_t
ask_lower_items(struct views *v, const struct ask_arrival *a,
    const char *office, char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	struct stmt *s = ask_prepared(v, ASK_LOWER_ITEMS,
	    "SELECT DISTINCT p.item FROM petition p WHERE p.item <> ?3"
	    " AND p.item" ITEMS_OF_MATTER " AND (p.office = ?2 OR EXISTS"
	    " (SELECT 1 FROM move m WHERE m.item = p.item"
	    "  AND m.to_office = ?2)) ORDER BY p.item LIMIT ?4");
	size_t count = 0;

	db_bind_text(s, a->matter);
	db_bind_text(s, office);
	db_bind_text(s, a->item);
	db_bind_u64(s, max);
	while (db_next(s))
		db_column_copy(s, 0, items[count++], ITEM_NUMBER_MAX + 1);
	return count;
}

int64_t
ask_notified_ms(struct views *v, const struct ask_arrival *a,
    const char *office)
{
	struct stmt *s = ask_prepared(v, ASK_NOTIFIED,
	    "SELECT min(t.recorded_ms) FROM directive_step t"
	    " WHERE t.addressee = ?2"
	    "  AND t.status = '" DIRECTIVE_DLV_CODE "' AND t.id IN"
	    " (SELECT id FROM escalation WHERE item" ITEMS_OF_MATTER
	    "  AND item <> ?3 UNION SELECT id FROM directive_issue"
	    "  WHERE item" ITEMS_OF_MATTER " OR matter = ?1)");
	int64_t notified_ms;

	db_bind_text(s, a->matter);
	db_bind_text(s, office);
	db_bind_text(s, a->item);
	CHECK(db_next(s));
	notified_ms = db_column_i64(s, 0);
	db_reset(s);
	return notified_ms;
}

uint32_t
ask_batch(struct views *v, const struct ask_arrival *a, const char *office)
{
	struct stmt *s = ask_prepared(v, ASK_BATCH,
	    "SELECT count(*) FROM petition WHERE item" ITEMS_OF_MATTER
	    " AND office = ?2 AND level = ?3 AND channel = ?4"
	    " AND (recorded_ms, item) <= (?5, ?6)");
	const char level[2] = { a->level, '\0' };
	uint32_t count;

	db_bind_text(s, a->matter);
	db_bind_text(s, office);
	db_bind_text(s, level);
	db_bind_text(s, a->channel);
	db_bind_i64(s, a->recorded_ms);
	db_bind_text(s, a->item);
	CHECK(db_next(s));
	count = (uint32_t)db_column_u64(s, 0);
	db_reset(s);
	return count;
}

bool
ask_is_escalated(struct views *v, const char *item, const char *office)
{
	struct stmt *s = ask_prepared(v, ASK_ESCALATED,
	    "SELECT 1 FROM escalation WHERE item = ? AND origin = ? LIMIT 1");

	db_bind_text(s, item);
	db_bind_text(s, office);
	return db_has_row(s);
}

static void
read_finding(struct stmt *s, struct escalated *e)
{
	*e = (struct escalated){ 0 };
	db_column_copy(s, 0, e->id, sizeof(e->id));
	e->revision = (uint32_t)db_column_u64(s, 1);
	db_column_copy(s, 2, e->matter, sizeof(e->matter));
	db_column_copy(s, 3, e->item, sizeof(e->item));
	db_column_copy(s, 4, e->office, sizeof(e->office));
	db_column_copy(s, 5, e->channel, sizeof(e->channel));
	db_column_copy(s, 6, e->category, sizeof(e->category));
	e->batch = (uint32_t)db_column_u64(s, 7);
	e->heads = (uint32_t)db_column_u64(s, 8);
	e->at_ms = db_column_i64(s, 9);
	db_column_copy(s, 10, e->lower_state, sizeof(e->lower_state));
	db_column_copy(s, 11, e->lawfulness, sizeof(e->lawfulness));
	e->knew_before = db_column_i64(s, 12) != 0;
	db_column_copy(s, 13, e->lower_item, sizeof(e->lower_item));
}

size_t
ask_findings(struct views *v, const char *matter, const char *office,
    struct escalated *out, size_t max)
{
	struct stmt *s = ask_prepared(v, ASK_FINDINGS,
	    "SELECT e.id, e.revision, e.matter, e.item, e.office, e.channel,"
	    " e.category, e.batch, e.heads, e.at_ms, e.lower_state,"
	    " e.lawfulness, e.knew_before, e.lower_item FROM escalation e"
	    " JOIN escalation_now n ON n.id = e.id AND n.item = e.item"
	    "  AND n.revision = e.revision WHERE e.item" ITEMS_OF_MATTER
	    " AND e.origin = ?2 ORDER BY e.id LIMIT ?3");
	size_t count = 0;

	db_bind_text(s, matter);
	db_bind_text(s, office);
	db_bind_u64(s, max);
	while (db_next(s))
		read_finding(s, &out[count++]);
	return count;
}
