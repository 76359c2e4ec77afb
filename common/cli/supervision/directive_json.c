/*
 * Directives as documents: where each stands, with its whole history.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "law/moves/directive_core.h"
#include "mech/db.h"
#include "petition/codes.h"

enum {
	SQL_MAX = 1600,
	BY_MAX = OFFICE_CODE_MAX + 2 * ACTOR_MAX + 2,
	STEPS_MAX = 1000, /* of one addressee that are shown */
};

/* -- one addressee's steps -- */

static const char select_steps[] =
    "SELECT status, text, claimed_ms, recorded_ms, received_ms, role, actor,"
    " due_ms, verdict, done, report, other, origin, position"
    " FROM directive_step WHERE id = ? AND addressee = ?"
    /* Of an issuer's two copies, the one for everybody above. */
    " AND (audience = '' OR NOT EXISTS (SELECT 1 FROM directive_step o"
    "  WHERE o.id = directive_step.id AND o.audience = ''"
    "  AND o.origin = directive_step.origin"
    "  AND o.addressee = directive_step.addressee"
    "  AND o.status = directive_step.status))"
    /* Each office's own order; directive_order puts the two together. */
    " ORDER BY origin, incarnation, sequence LIMIT 1000";

enum step_column {
	STEP_STATUS,
	STEP_TEXT,
	STEP_CLAIMED,
	STEP_RECORDED,
	STEP_RECEIVED,
	STEP_ROLE,
	STEP_ACTOR,
	STEP_DUE,
	STEP_VERDICT,
	STEP_DONE,
	STEP_REPORT,
	STEP_OTHER,
	STEP_ORIGIN,
	STEP_POSITION,
};

static json_t *
text_json(struct stmt *s, int column)
{
	return doc_text(db_column_text(s, column));
}

static json_t *
time_json(struct stmt *s, int column)
{
	return doc_time(db_column_i64(s, column));
}

/* [{"hash", "name", "size"}]; a name that has not come yet is "". */
static json_t *
read_files(struct db *db, int64_t position)
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
		doc_set(file, "name", text_json(s, 1));
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
step_json(struct db *db, struct stmt *s)
{
	json_t *step = json_object();

	doc_set(step, "status", text_json(s, STEP_STATUS));
	doc_set(step, "office", text_json(s, STEP_ORIGIN));
	doc_set(step, "text", text_json(s, STEP_TEXT));
	doc_set(step, "due_at", time_json(s, STEP_DUE));
	doc_set(step, "claimed_at", time_json(s, STEP_CLAIMED));
	doc_set(step, "recorded_at", time_json(s, STEP_RECORDED));
	doc_set(step, "received_at", time_json(s, STEP_RECEIVED));
	doc_set(step, "role", text_json(s, STEP_ROLE));
	doc_set(step, "user", text_json(s, STEP_ACTOR));
	if (strcmp(db_column_text(s, STEP_STATUS), "ANS") == 0) {
		doc_set(step, "verdict", text_json(s, STEP_VERDICT));
		doc_set(step, "done", text_json(s, STEP_DONE));
		doc_set(step, "report", text_json(s, STEP_REPORT));
		doc_set(step, "attachments",
		    read_files(db, db_column_i64(s, STEP_POSITION)));
	}
	if (db_column_text(s, STEP_OTHER)[0] != '\0')
		doc_set(step, "other", text_json(s, STEP_OTHER));
	return step;
}

/* The steps in one order. */
static json_t *
read_steps(struct db *db, const char *id, const char *addressee)
{
	struct stmt *s = db_prepare(db, select_steps);
	struct directive_said *said = memory_new(STEPS_MAX, sizeof(*said));
	size_t *order = memory_new(STEPS_MAX, sizeof(*order)), count = 0;
	json_t *found = json_array(), *steps = json_array();

	db_bind_text(s, id);
	db_bind_text(s, addressee);
	while (db_next(s)) {
		CHECK(count < STEPS_MAX);
		said[count].step =
		    directive_code_of(db_column_text(s, STEP_STATUS));
		said[count].side =
		    strcmp(db_column_text(s, STEP_ORIGIN), addressee) == 0
			? DIRECTIVE_BY_ADDRESSEE
			: DIRECTIVE_BY_ISSUER;
		said[count++].at_ms = db_column_i64(s, STEP_RECORDED);
		doc_add(found, step_json(db, s));
	}
	db_finish(s);
	directive_order(said, count, order);
	for (size_t i = 0; i < count; i++) {
		CHECK(json_array_append(steps,
			  json_array_get(found, order[i])) == 0);
	}
	json_decref(found);
	free(said);
	free(order);
	return steps;
}

/* -- what follows from them -- */

/* "420100 clerk/wang", or as much of it as there is. */
static void
add_history(json_t *history, const char *status, json_t *at, const char *office,
    const char *role, const char *user)
{
	bool has_actor = role[0] != '\0' || user[0] != '\0';
	char by[BY_MAX + 1];

	CHECK(
	    text_format(by, sizeof(by), "%s%s%s%s%s", office,
		has_actor ? " " : "", role,
		role[0] != '\0' && user[0] != '\0' ? "/" : "", user) == RC_OK);
	doc_add(history,
	    json_pack("{s:s, s:o, s:s}", "status", status, "at", at, "by", by));
}

static json_t *
make_history(const json_t *steps, json_t *history)
{
	const json_t *step;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		add_history(history, doc_member(step, "status"),
		    json_incref(json_object_get(step, "recorded_at")),
		    doc_member(step, "office"), doc_member(step, "role"),
		    doc_member(step, "user"));
	}
	return history;
}

/* The last answer, in the directive's own document. */
static void
set_answer(json_t *d, const json_t *steps)
{
	static const char *const keys[] = { "verdict", "done", "report",
		"attachments" };
	const json_t *answer = NULL, *step;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		if (strcmp(doc_member(step, "status"), "ANS") == 0)
			answer = step;
		if (strcmp(doc_member(step, "status"), "SPD") == 0) {
			doc_set(d, "superseded_by",
			    json_string(doc_member(step, "other")));
		}
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		doc_set(d, keys[i],
		    answer != NULL
			? json_incref(json_object_get(answer, keys[i]))
		    : i + 1 < sizeof(keys) / sizeof(*keys) ? json_string("")
							   : json_array());
	}
	doc_set(d, "answered_at",
	    answer != NULL ? json_incref(json_object_get(answer, "recorded_at"))
			   : json_null());
}

/* -- the list -- */

#define COLUMNS                                                                \
	"id, kind, issuer, addressee, status, due_ms, item, matter, text,"     \
	" ground, reference, recorded_ms, received_ms, asked_ms, clock,"       \
	" supersedes, role, actor"

static json_t *
row_json(struct db *db, struct stmt *s)
{
	static const char *const texts[] = { "id", "kind", "issuer",
		"addressee", "status", NULL, "item", "matter", "text", "ground",
		"reference" };
	const char *status = db_column_text(s, 4);
	json_t *d = json_object(), *history = json_array();
	json_t *steps =
	    read_steps(db, db_column_text(s, 0), db_column_text(s, 3));

	for (int i = 0; i < (int)(sizeof(texts) / sizeof(*texts)); i++) {
		if (texts[i] != NULL)
			doc_set(d, texts[i], text_json(s, i));
	}
	doc_set(d, "to", text_json(s, 3));
	doc_set(d, "due", time_json(s, 5));
	doc_set(d, "due_at", time_json(s, 5));
	doc_set(d, "asked_due",
	    strcmp(status, "EXQ") == 0 ? time_json(s, 13) : json_null());
	doc_set(d, "issued_at", time_json(s, 11));
	doc_set(d, "received_at", time_json(s, 12));
	doc_set(d, "clock", text_json(s, 14));
	doc_set(d, "supersedes", text_json(s, 15));
	doc_set(d, "superseded_by", json_string(""));
	add_history(history, strcmp(status, "DRF") == 0 ? "DRF" : "SNT",
	    time_json(s, 11), db_column_text(s, 2), db_column_text(s, 16),
	    db_column_text(s, 17));
	doc_set(d, "history", make_history(steps, history));
	set_answer(d, steps);
	doc_set(d, "steps", steps);
	return d;
}

static void
add_sql(char sql[static SQL_MAX], const char *text)
{
	size_t used = strlen(sql);

	CHECK(text_copy(sql + used, SQL_MAX - used, text) == RC_OK);
}

static struct stmt *
select_rows(struct db *db, const struct cli_directive_filter *f)
{
	const struct {
		const char *sql, *value;
	} texts[] = {
		{ " AND id = ?", f->id },
		{ " AND addressee = ?", f->to },
		{ " AND kind = ?", f->kind },
		{ " AND status = ?", f->status },
		{ " AND item = ?", f->item },
		{ " AND matter = ?", f->matter },
	};
	char sql[SQL_MAX] = "SELECT " COLUMNS " FROM directive_now WHERE true";
	struct stmt *s;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (texts[i].value != NULL)
			add_sql(sql, texts[i].sql);
	}
	if (f->is_open)
		add_sql(sql, " AND status NOT IN ('CLS', 'CXL', 'SPD', 'LPS')");
	if (f->overdue_ms != 0) {
		add_sql(sql, " AND status IN ('SNT', 'DLV', 'SGN', 'WRK',"
			     " 'EXQ', 'RTN') AND due_ms > 0 AND due_ms < ?");
	}
	add_sql(sql, " ORDER BY recorded_ms DESC, id, addressee");
	if (f->limit != 0)
		add_sql(sql, " LIMIT ?");
	s = db_prepare(db, sql);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (texts[i].value != NULL)
			db_bind_text(s, texts[i].value);
	}
	if (f->overdue_ms != 0)
		db_bind_i64(s, f->overdue_ms);
	if (f->limit != 0)
		db_bind_i64(s, f->limit);
	return s;
}

json_t *
cli_directives_json(struct db *db, const struct cli_directive_filter *f)
{
	struct stmt *s = select_rows(db, f);
	json_t *list = json_array();

	while (db_next(s))
		doc_add(list, row_json(db, s));
	db_finish(s);
	return list;
}

/* -- for people -- */

static void
print_line(const struct cli *cli, enum say label, const char *text)
{
	if (text[0] != '\0')
		(void)printf("%s: %s\n", cli_word(cli, label), text);
}

static void
print_files(const struct cli *cli, const json_t *step)
{
	const json_t *files = json_object_get(step, "attachments"), *file;
	char size[CLI_NUMBER_MAX + 1];

	for (size_t i = 0; (file = json_array_get(files, i)) != NULL; i++) {
		(void)printf("    %s: %s  %s  %s\n",
		    cli_word(cli, SAY_CLI_LABEL_FILE), doc_member(file, "name"),
		    cli_number(file, "size", size), doc_member(file, "hash"));
	}
}

static void
print_answer(const struct cli *cli, const char *kind, const json_t *step)
{
	bool is_suggestion = directive_is_suggestion(kind);
	const char *verdict = doc_member(step, "verdict");

	if (verdict[0] != '\0') {
		(void)printf("    %s: %s\n",
		    cli_word(cli, is_suggestion ? SAY_CLI_LABEL_ADOPTED
						: SAY_CLI_LABEL_VERDICT),
		    codes_name(is_suggestion ? CODES_SUGGESTION_ANSWER
					     : CODES_VERDICT,
			verdict, cli->language));
	}
	if (doc_member(step, "done")[0] != '\0') {
		(void)printf("    %s: %s\n", cli_word(cli, SAY_CLI_LABEL_DONE),
		    doc_member(step, "done"));
	}
	if (doc_member(step, "report")[0] != '\0') {
		(void)printf("    %s: %s\n",
		    cli_word(cli, SAY_CLI_LABEL_REPORT),
		    doc_member(step, "report"));
	}
	print_files(cli, step);
}

static void
print_step(const struct cli *cli, const char *kind, const json_t *step)
{
	char time[CLI_TIME_MAX + 1], due[CLI_TIME_MAX + 1];

	(void)cli_time_text(json_object_get(step, "due_at"), due);
	(void)printf("  %s  %s  %s%s%s\n",
	    cli_time_text(json_object_get(step, "recorded_at"), time),
	    doc_member(step, "office"),
	    codes_name(CODES_DIRECTIVE_STATUS, doc_member(step, "status"),
		cli->language),
	    due[0] != '-' ? " -> " : "", due[0] != '-' ? due : "");
	if (doc_member(step, "text")[0] != '\0')
		(void)printf("    %s\n", doc_member(step, "text"));
	print_answer(cli, kind, step);
}

void
cli_print_directive(const struct cli *cli, const json_t *directive)
{
	const json_t *steps = json_object_get(directive, "steps"), *step;
	const char *kind = doc_member(directive, "kind");
	const char *ground = doc_member(directive, "ground");
	char time[CLI_TIME_MAX + 1];

	(void)printf("\n%s  %s  %s -> %s  %s\n", doc_member(directive, "id"),
	    codes_name(CODES_DIRECTIVE_KIND, kind, cli->language),
	    doc_member(directive, "issuer"), doc_member(directive, "addressee"),
	    codes_name(CODES_DIRECTIVE_STATUS, doc_member(directive, "status"),
		cli->language));
	print_line(cli, SAY_CLI_LABEL_DUE,
	    cli_time_text(json_object_get(directive, "due"), time));
	if (!json_is_null(json_object_get(directive, "asked_due"))) {
		print_line(cli, SAY_CLI_LABEL_ASKED,
		    cli_time_text(json_object_get(directive, "asked_due"),
			time));
	}
	print_line(cli, SAY_CLI_HEAD_ITEM, doc_member(directive, "item"));
	print_line(cli, SAY_CLI_LABEL_GROUND,
	    ground[0] != '\0' ? codes_name(CODES_GROUND, ground, cli->language)
			      : "");
	print_line(cli, SAY_CLI_LABEL_REFERENCE,
	    doc_member(directive, "reference"));
	print_line(cli, SAY_CLI_LABEL_REPLACES,
	    doc_member(directive, "supersedes"));
	print_line(cli, SAY_CLI_LABEL_REPLACED_BY,
	    doc_member(directive, "superseded_by"));
	(void)printf("%s\n", doc_member(directive, "text"));
	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++)
		print_step(cli, kind, step);
}
