/*
 * steps - the rows of directive_step, put into one order.
 *
 * An issuer says everything twice, to those above and to the addressee; the
 * copy for those above is shown, and the other one only where it is all there
 * is.  In one office's own order nothing is ever swapped; directive_order
 * puts the two offices together.
 */
#include "documents/steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "law/moves/directive_core.h"
#include "mech/db.h"
#include "mech/query.h"
#include "words/doc.h"

enum { STEPS_MAX = 1000 }; /* of one addressee that are shown */

#define COLUMNS                                                                \
	"status, origin, text, due_ms, claimed_ms, recorded_ms, received_ms,"  \
	" role, actor, verdict, done, report, other, position"

enum step_column {
	STEP_STATUS,
	STEP_ORIGIN,
	STEP_TEXT,
	STEP_DUE,
	STEP_CLAIMED,
	STEP_RECORDED,
	STEP_RECEIVED,
	STEP_ROLE,
	STEP_ACTOR,
	STEP_VERDICT,
	STEP_DONE,
	STEP_REPORT,
	STEP_OTHER,
	STEP_POSITION,
};

static struct stmt *
select_steps(struct db *db, const char *id, const char *addressee,
    const char *order)
{
	struct query q = { 0 };

	query_text(&q,
	    "SELECT " COLUMNS " FROM directive_step"
	    " WHERE id = ?",
	    id);
	query_text(&q, " AND addressee = ?", addressee);
	query_add(&q, order);
	query_number(&q, " LIMIT ?", STEPS_MAX);
	return query_open(db, &q);
}

static void
set_text(json_t *step, const char *key, struct stmt *s, enum step_column column)
{
	doc_set(step, key, doc_text(db_column_text(s, (int)column)));
}

static void
set_time(json_t *step, const char *key, struct stmt *s, enum step_column column)
{
	doc_set(step, key, doc_time(db_column_i64(s, (int)column)));
}

static void
set_who_and_when(json_t *step, struct stmt *s)
{
	set_time(step, "claimed_at", s, STEP_CLAIMED);
	set_time(step, "recorded_at", s, STEP_RECORDED);
	set_time(step, "received_at", s, STEP_RECEIVED);
	set_text(step, "role", s, STEP_ROLE);
	set_text(step, "user", s, STEP_ACTOR);
}

/* -- a directive -- */

/* A name that has not come yet is "". */
static json_t *
files_of(struct db *db, int64_t position)
{
	struct stmt *s = db_prepare(db,
	    "SELECT f.hash, coalesce(max(a.name), ''), max(a.size)"
	    " FROM directive_file f LEFT JOIN directive_step s"
	    " ON s.position = f.position LEFT JOIN attachment a"
	    " ON a.hash = f.hash AND a.origin = s.origin AND a.part = 1"
	    " WHERE f.position = ? GROUP BY f.place ORDER BY f.place");
	json_t *files = json_array();

	db_bind_i64(s, position);
	while (db_next(s)) {
		struct span hash = db_column_span(s, 0);
		json_t *file = json_object();

		doc_set(file, "hash", doc_hex(hash.at, hash.size));
		doc_set(file, "name", doc_text(db_column_text(s, 1)));
		doc_set(file, "size",
		    db_column_is_null(s, 2)
			? json_null()
			: json_integer(db_column_i64(s, 2)));
		doc_add(files, file);
	}
	db_finish(s);
	return files;
}

static json_t *
directive_step(struct db *db, struct stmt *s)
{
	json_t *step = json_object();

	set_text(step, "status", s, STEP_STATUS);
	set_text(step, "office", s, STEP_ORIGIN);
	set_text(step, "text", s, STEP_TEXT);
	set_time(step, "due_at", s, STEP_DUE);
	set_who_and_when(step, s);
	if (directive_code_of(db_column_text(s, STEP_STATUS)) ==
	    DIRECTIVE_ANS) {
		set_text(step, "verdict", s, STEP_VERDICT);
		set_text(step, "done", s, STEP_DONE);
		set_text(step, "report", s, STEP_REPORT);
		doc_set(step, "attachments",
		    files_of(db, db_column_i64(s, STEP_POSITION)));
	}
	if (db_column_text(s, STEP_OTHER)[0] != '\0')
		set_text(step, "other", s, STEP_OTHER);
	return step;
}

static struct directive_said
said_by(struct stmt *s, const char *addressee)
{
	return (struct directive_said){
		.step = directive_code_of(db_column_text(s, STEP_STATUS)),
		.side = strcmp(db_column_text(s, STEP_ORIGIN), addressee) == 0
			    ? DIRECTIVE_BY_ADDRESSEE
			    : DIRECTIVE_BY_ISSUER,
		.at_ms = db_column_i64(s, STEP_RECORDED),
	};
}

json_t *
steps_of_directive(struct db *db, const char *id, const char *addressee)
{
	struct stmt *s = select_steps(db, id, addressee,
	    " AND (audience = '' OR NOT EXISTS (SELECT 1 FROM directive_step o"
	    "  WHERE o.id = directive_step.id AND o.audience = ''"
	    "  AND o.origin = directive_step.origin"
	    "  AND o.addressee = directive_step.addressee"
	    "  AND o.status = directive_step.status))"
	    " ORDER BY origin, incarnation, sequence");
	struct directive_said *said = memory_new(STEPS_MAX, sizeof(*said));
	size_t *order = memory_new(STEPS_MAX, sizeof(*order)), count = 0;
	json_t *found = json_array(), *steps = json_array();

	while (db_next(s)) {
		CHECK(count < STEPS_MAX);
		said[count++] = said_by(s, addressee);
		doc_add(found, directive_step(db, s));
	}
	db_finish(s);
	directive_order(said, count, order);
	for (size_t i = 0; i < count; i++) {
		doc_add(steps, json_incref(json_array_get(found, order[i])));
	}
	json_decref(found);
	free(said);
	free(order);
	return steps;
}

/* -- a notice -- */

json_t *
steps_of_notice(struct db *db, const char *id, const char *office)
{
	struct stmt *s =
	    select_steps(db, id, office, " ORDER BY recorded_ms, position");
	json_t *steps = json_array();

	while (db_next(s)) {
		json_t *step = json_object();

		set_text(step, "status", s, STEP_STATUS);
		set_text(step, "office", s, STEP_ORIGIN);
		set_text(step, "text", s, STEP_TEXT);
		set_who_and_when(step, s);
		doc_add(steps, step);
	}
	db_finish(s);
	return steps;
}

/* -- one of them -- */

static bool
is_of(const json_t *step, enum directive_code status)
{
	return directive_code_of(doc_member(step, "status")) == status;
}

const json_t *
steps_first(const json_t *steps, enum directive_code status)
{
	const json_t *step;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		if (is_of(step, status))
			return step;
	}
	return NULL;
}

const json_t *
steps_last(const json_t *steps, enum directive_code status)
{
	const json_t *step, *found = NULL;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		if (is_of(step, status))
			found = step;
	}
	return found;
}
