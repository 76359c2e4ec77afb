/*
 * What the wiring of supervision asks: what came of a row of the journal, and
 * which items that touches.
 *
 * A family writes a row of a table under the position of the record that it
 * folds, or of what wraps it, and none when it does not take it in.  Those
 * rows are the answer to "what came of it": they go when a stream is put
 * aside, so that nobody acts on what does not stand any more.
 */
#include "register/ask/reactor.h"

#include "base/check.h"
#include "law/moves/directive_core.h"
#include "law/moves/verdict.h"
#include "register/ask/internal.h"

/* -- what came of a row -- */

/* Columns: origin, item, other, office, id, code, is it received? */
static const struct {
	enum ask question;
	const char *sql;
} event_questions[EVENT_KINDS] = {
	[EVENT_ARRIVAL] = { ASK_EVENT_ARRIVAL,
	    "SELECT office, item, '', '', '', '', 0 FROM petition"
	    " WHERE position = ?" },
	[EVENT_MOVE] = { ASK_EVENT_MOVE,
	    "SELECT origin, item, other, '', '', move, 0 FROM move"
	    " WHERE position = ?" },
	[EVENT_LINK] = { ASK_EVENT_LINK,
	    "SELECT origin, item, matter, '', '', verdict, 0"
	    " FROM matter_link WHERE position = ?" },
	[EVENT_ESCALATION] = { ASK_EVENT_ESCALATION,
	    "SELECT origin, item, '', office, id, '',"
	    " recorded_ms <> received_ms FROM escalation_said"
	    " WHERE position = ?" },
	[EVENT_DIRECTIVE] = { ASK_EVENT_DIRECTIVE,
	    "SELECT origin, item, matter, '', id, '', 0"
	    " FROM directive_issue WHERE position = ?" },
	[EVENT_STEP] = { ASK_EVENT_STEP,
	    "SELECT origin, '', '', addressee, id, status, 0"
	    " FROM directive_step WHERE position = ?" },
	[EVENT_OFFICE] = { ASK_EVENT_OFFICE,
	    "SELECT origin, '', '', office, '', '', 0 FROM office_event"
	    " WHERE position = ?" },
};

bool
ask_event(struct views *v, uint64_t position, enum event_kind kind,
    struct event *out)
{
	struct stmt *s;

	CHECK(event_questions[kind].sql != NULL);
	s = ask_prepared(v, event_questions[kind].question,
	    event_questions[kind].sql);
	db_bind_u64(s, position);
	if (!db_next(s))
		return false;
	*out = (struct event){ .position = position, .kind = kind };
	db_column_copy(s, 0, out->origin, sizeof(out->origin));
	db_column_copy(s, 1, out->item, sizeof(out->item));
	db_column_copy(s, 2, out->other, sizeof(out->other));
	db_column_copy(s, 3, out->office, sizeof(out->office));
	db_column_copy(s, 4, out->id, sizeof(out->id));
	db_column_copy(s, 5, out->code, sizeof(out->code));
	out->is_received = db_column_i64(s, 6) != 0;
	db_reset(s);
	return true;
}

/* -- items of a matter -- */

static size_t
read_items(struct stmt *s, char (*items)[ITEM_NUMBER_MAX + 1])
{
	size_t count = 0;

	while (db_next(s))
		db_column_copy(s, 0, items[count++], sizeof(*items));
	return count;
}

bool
ask_is_mentioned(struct views *v, const char *item)
{
	struct stmt *s = ask_prepared(v, ASK_MENTIONED,
	    "SELECT 1 FROM move WHERE item = ?1"
	    " UNION ALL SELECT 1 FROM matter_link WHERE item = ?1"
	    " UNION ALL SELECT 1 FROM matter_link WHERE matter = ?1"
	    " UNION ALL SELECT 1 FROM escalation WHERE item = ?1 LIMIT 1");

	db_bind_text(s, item);
	return db_has_row(s);
}

size_t
ask_matter_items(struct views *v, const char *matter,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	struct stmt *s = ask_prepared(v, ASK_MATTER_ITEMS,
	    "SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1"
	    " LIMIT ?2");

	db_bind_text(s, matter);
	db_bind_u64(s, max);
	return read_items(s, items);
}

size_t
ask_unescalated(struct views *v, const char *matter, const char *office,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	struct stmt *s = ask_prepared(v, ASK_UNESCALATED,
	    "SELECT p.item FROM petition p WHERE p.office = ?2 AND p.item IN"
	    " (SELECT ?1 UNION SELECT item FROM item_matter WHERE matter = ?1)"
	    " AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.item = p.item)"
	    " LIMIT ?3");

	db_bind_text(s, matter);
	db_bind_text(s, office);
	db_bind_u64(s, max);
	return read_items(s, items);
}

size_t
ask_linked_items(struct views *v, const char *item,
    char (*others)[ITEM_NUMBER_MAX + 1], size_t max, uint64_t *words)
{
	struct stmt *s = ask_prepared(v, ASK_LINKED_ITEMS,
	    "SELECT matter, count(*) FROM matter_link WHERE item = ?"
	    " AND verdict IN " VERDICTS_REGROUPING_SQL " GROUP BY matter"
	    " ORDER BY max(position) DESC LIMIT ?");
	size_t count = 0;

	*words = 0;
	db_bind_text(s, item);
	db_bind_u64(s, max);
	while (db_next(s)) {
		db_column_copy(s, 0, others[count++], sizeof(*others));
		*words += db_column_u64(s, 1);
	}
	return count;
}

/* -- by pages -- */

/* Of the numbers that a query gives: ?2 of them, behind ?3. */
#define PAGE_OF(sql)                                                           \
	"SELECT DISTINCT item FROM (" sql ") WHERE item > ?3 AND item <> ''"   \
	" ORDER BY item LIMIT ?2"

/* `of` is the query's ?1. */
static size_t
read_page(struct stmt *s, const char *of, const char *behind,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	db_bind_text(s, of);
	db_bind_u64(s, max);
	db_bind_text(s, behind);
	return read_items(s, items);
}

bool
ask_is_delivered(struct views *v, const char *id)
{
	struct stmt *s = ask_prepared(v, ASK_DELIVERED,
	    "SELECT 1 FROM directive_step WHERE id = ?"
	    " AND status = '" DIRECTIVE_DLV_CODE "' LIMIT 1");

	db_bind_text(s, id);
	return db_has_row(s);
}

size_t
ask_items_of_notice(struct views *v, const char *id, const char *behind,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	return read_page(
	    ask_prepared(v, ASK_NOTICE_PAGE,
		PAGE_OF("SELECT item FROM escalation_said WHERE id = ?1"
			" UNION ALL SELECT item FROM directive_issue"
			"  WHERE id = ?1"
			" UNION ALL SELECT matter FROM directive_issue"
			"  WHERE id = ?1")),
	    id, behind, items, max);
}

size_t
ask_items_of_office(struct views *v, const char *office, const char *behind,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max)
{
	struct stmt *s = ask_prepared(v, ASK_OFFICE_PAGE,
	    "WITH RECURSIVE s (code) AS (SELECT ?1 UNION SELECT o.code"
	    "  FROM s JOIN office o ON o.parent = s.code) " PAGE_OF(
		"SELECT item FROM move WHERE to_office IN s"
		"  OR substr(item, 1, instr(item, '-') - 1) IN s"
		" UNION ALL SELECT item FROM petition WHERE responsible IN s"
		" UNION ALL SELECT item FROM petition WHERE office IN s"
		"  AND item IN (SELECT item FROM item_matter)"
		" UNION ALL SELECT item FROM escalation_said"
		"  WHERE office IN s"));

	return read_page(s, office, behind, items, max);
}
