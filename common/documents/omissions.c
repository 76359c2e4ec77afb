/*
 * omissions - missed limits from the ladder and failures below from the
 * escalations, each with its ground, counted and listed.
 *
 * Of an escalation the newest revision counts: what turns out to have been in
 * good order is no omission any more.
 */
#include "documents/omissions.h"

#include <string.h>

#include "documents/supervise.h"
#include "law/moves/omission.h"
#include "mech/db.h"
#include "register/ask/supervise.h"
#include "words/doc.h"

#define DAY_MS INT64_C(86400000)

struct tally {
	const struct omissions_filter *filter;
	uint64_t must, supervised;
	json_t *rows;
};

struct omission {
	const char *item, *office, *ground, *clock, *escalation;
	int64_t since_ms, days;
	bool is_covered;
};

static json_t *
present_omission(const struct omission *m)
{
	json_t *row = json_object();

	doc_set(row, "item", doc_text(m->item));
	doc_set(row, "office", doc_text(m->office));
	doc_set(row, "ground", doc_text(m->ground));
	doc_set(row, "article", doc_text(OMISSION_ARTICLE));
	doc_set(row, "clock", doc_text(m->clock));
	doc_set(row, "escalation", doc_text(m->escalation));
	doc_set(row, "since", doc_time(m->since_ms));
	doc_set(row, "days", json_integer(m->days));
	return row;
}

static void
count_omission(struct tally *t, const struct omission *m)
{
	const char *office = t->filter->office;
	size_t limit = (size_t)t->filter->limit;

	if (office != NULL && office[0] != '\0' &&
	    strcmp(office, m->office) != 0)
		return;
	t->must++;
	t->supervised += m->is_covered;
	if (m->is_covered || (limit > 0 && json_array_size(t->rows) == limit))
		return;
	doc_add(t->rows, present_omission(m));
}

/* -- limits -- */

static bool
count_limit(void *context, const struct supervise_row *row)
{
	/* A reminder before the end is a courtesy. */
	if (row->rung == RUNG_REMIND)
		return true;
	count_omission(context,
	    &(struct omission){ .item = row->item,
		.office = row->holder,
		.ground = omission_ground_of_limit(row->clock),
		.clock = row->clock,
		.escalation = "",
		.since_ms = row->due_ms,
		.days = row->days_over,
		.is_covered = row->is_covered });
	return true;
}

/* -- what went up -- */

enum raised_column {
	RAISED_ITEM,
	RAISED_OFFICE,
	RAISED_LOWER_STATE,
	RAISED_ID,
	RAISED_AT,
	RAISED_LOWER_ITEM,
	RAISED_MATTER,
};

static const char select_raised[] =
    "SELECT e.item, e.office, e.lower_state, e.id, e.at_ms, e.lower_item,"
    " e.matter FROM escalation_now n JOIN escalation e"
    "  ON e.id = n.id AND e.item = n.item AND e.revision = n.revision"
    " WHERE e.at_ms <= ? AND instr(?, e.lower_state) > 0"
    " ORDER BY e.at_ms, e.id";

/* All that may be about the same: law/moves/omission.h looks closer. */
static const char select_related[] =
    "SELECT kind, item, matter, clock, recorded_ms, audience = origin"
    " FROM directive_issue WHERE item IN (?1, ?2, ?3) OR matter = ?3";

static bool
is_covered(struct stmt *related, const struct omission_raised *raised)
{
	bool found = false;

	db_bind_text(related, raised->item);
	db_bind_text(related, raised->lower_item);
	db_bind_text(related, raised->matter);
	while (!found && db_next(related)) {
		found = omission_covers(
		    &(struct ladder_issued){ .kind = db_column_text(related, 0),
			.item = db_column_text(related, 1),
			.matter = db_column_text(related, 2),
			.clock = db_column_text(related, 3),
			.recorded_ms = db_column_i64(related, 4),
			.is_draft = db_column_i64(related, 5) != 0 },
		    raised);
	}
	if (found)
		db_reset(related);
	return found;
}

static void
count_raised(struct tally *t, struct stmt *s, struct stmt *related,
    int64_t at_ms)
{
	const struct omission_raised raised = {
		.item = db_column_text(s, RAISED_ITEM),
		.lower_item = db_column_text(s, RAISED_LOWER_ITEM),
		.matter = db_column_text(s, RAISED_MATTER),
		.at_ms = db_column_i64(s, RAISED_AT),
	};

	count_omission(t, &(struct omission){ .item = raised.item,
			      .office = db_column_text(s, RAISED_OFFICE),
			      .ground = omission_ground_of_lower(lower_of_code(
				  db_column_text(s, RAISED_LOWER_STATE))),
			      .clock = "",
			      .escalation = db_column_text(s, RAISED_ID),
			      .since_ms = raised.at_ms,
			      .days = (at_ms - raised.at_ms) / DAY_MS,
			      .is_covered = is_covered(related, &raised) });
}

static void
count_all_raised(struct tally *t, struct db *db, int64_t at_ms)
{
	struct stmt *s = db_prepare(db, select_raised);
	struct stmt *related = db_prepare(db, select_related);

	db_bind_i64(s, at_ms);
	db_bind_text(s, LOWER_FAILURES);
	while (db_next(s))
		count_raised(t, s, related, at_ms);
	db_finish(s);
	db_finish(related);
}

/* -- the document -- */

json_t *
documents_omissions(const struct reading *r, const struct omissions_filter *f)
{
	struct tally t = { .filter = f, .rows = json_array() };
	int64_t at_ms = f->as_of_ms != 0 ? f->as_of_ms : r->now_ms;
	json_t *out = json_object(), *coverage = json_object();

	supervise_all(r, at_ms, RUNG_CB, count_limit, &t);
	count_all_raised(&t, r->db, at_ms);
	doc_set(coverage, "supervised", doc_number(t.supervised));
	doc_set(coverage, "must", doc_number(t.must));
	doc_set(out, "count", doc_number(t.must - t.supervised));
	doc_set(out, "coverage", coverage);
	if (f->only_numbers) {
		json_decref(t.rows);
	} else {
		doc_set(out, "omissions", t.rows);
	}
	return out;
}
