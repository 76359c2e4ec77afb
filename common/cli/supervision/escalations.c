/*
 * escalations - matters that were raised at a higher level, and what the
 * level below had done; the addressee signs for the notice and answers it.
 *
 * At a hub: those it judged and those of the hubs below; at a district: those
 * about it.  What stands in a row is the newest revision.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/supervision/escalation.h"
#include "desk/reply.h"
#include "mech/db.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "words/table.h"

static const struct cli_option options[] = {
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_LOWER_OFFICE },
	{ "lower-state", CLI_VALUE, "CODE", SAY_CLI_OPTION_LOWER_STATE },
	{ "to-level", CLI_VALUE, "CODE", SAY_CLI_OPTION_TO_LEVEL },
	{ "failures", CLI_FLAG, NULL, SAY_CLI_OPTION_FAILURES },
	{ "unanswered", CLI_FLAG, NULL, SAY_CLI_OPTION_UNANSWERED },
	{ "matter", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_OF_MATTER },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ITEM },
	{ "since", CLI_VALUE, "DATE", SAY_CLI_OPTION_SINCE },
	{ "until", CLI_VALUE, "DATE", SAY_CLI_OPTION_UNTIL },
	{ "id", CLI_VALUE, "ID", SAY_CLI_OPTION_ESCALATION_ID },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

struct filter {
	const char *office, *lower_state, *to_level;
	char id[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1], item[ITEM_NUMBER_MAX + 1];
	bool only_failures, only_unanswered;
	int64_t since_ms, until_ms; /* 0: open */
	int64_t limit;              /* 0: none */
};

/* -- filters -- */

/* As printed, whatever was typed; what is no number will not be found. */
static bool
read_id(const struct cli *cli, const char *typed,
    char id[static ITEM_NUMBER_MAX + 1])
{
	struct item_number n;
	enum rc rc;

	id[0] = '\0';
	if (typed == NULL)
		return true;
	rc = item_number_parse(typed, &n);
	if (rc == RC_OK && n.kind == NUMBER_ESCALATION &&
	    item_number_normalise(typed, id) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED,
	    rc == RC_DAMAGED ? SAY_ITEM_NUMBER_MISTYPED : SAY_ESCALATION_NO_ID,
	    SAY_ARGS(typed));
	return false;
}

static bool
read_filter(const struct cli *cli, struct filter *f)
{
	f->only_failures = cli_has(cli, "failures");
	f->only_unanswered = cli_has(cli, "unanswered");
	return cli_read_office(cli, "office", &f->office) &&
	       cli_read_code(cli, "lower-state", CODES_LOWER_STATE,
		   &f->lower_state) &&
	       cli_read_code(cli, "to-level", CODES_LEVEL, &f->to_level) &&
	       cli_read_item(cli, "matter", f->matter) &&
	       cli_read_item(cli, "item", f->item) &&
	       cli_date(cli, "since", false, &f->since_ms) &&
	       cli_date(cli, "until", true, &f->until_ms) &&
	       read_id(cli, cli_value(cli, "id"), f->id) &&
	       cli_read_limit(cli, &f->limit);
}

/* -- SQL -- */

#define ROWS_OF_MATTER                                                         \
	"(SELECT id FROM escalation WHERE matter = ?"                          \
	" UNION SELECT id FROM escalation WHERE item = ?"                      \
	" UNION SELECT x.id FROM item_matter m JOIN escalation x"              \
	"  ON x.item = m.item WHERE m.matter = ?)"

/*
 * From the newest revisions, in the order of time; few rows are asked for, so
 * each one's own revision is looked up as it comes.
 */
static void
add_from(const struct filter *f, struct query *q)
{
	query_add(q, " FROM escalation_now n CROSS JOIN escalation e"
		     " ON e.id = n.id AND e.item = n.item"
		     " AND e.revision = n.revision"
		     " WHERE 1");
	query_text(q, " AND n.id = ?", f->id);
	query_text(q, " AND n.id IN " ROWS_OF_MATTER, f->matter);
	query_text(q, " AND n.id IN (SELECT id FROM escalation WHERE item = ?)",
	    f->item);
	query_text(q, " AND n.office = ?", f->office);
	query_number(q, " AND n.at_ms >= ?", f->since_ms);
	query_number(q, " AND n.at_ms <= ?", f->until_ms);
	query_text(q, " AND e.lower_state = ?", f->lower_state);
	query_text(q, " AND e.to_level = ?", f->to_level);
	if (f->only_failures)
		query_add(q, " AND e.lower_state IN ('UNR', 'OVD', 'DEC')");
	if (f->only_unanswered) {
		query_add(q, " AND NOT EXISTS (SELECT 1 FROM directive_step s"
			     " WHERE s.id = n.id AND s.addressee = n.office"
			     " AND s.status = 'ANS')");
	}
}

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

static struct stmt *
select_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q,
	    "SELECT e.id, e.revision, e.matter, e.item, e.office,"
	    " e.from_level, e.to_level, e.channel, e.batch, e.heads, e.at_ms,"
	    " e.lower_state, e.lawfulness, e.knew_before, e.lower_item,"
	    " e.recorded_ms, e.received_ms");
	add_from(f, &q);
	query_add(&q, " ORDER BY n.at_ms DESC, n.id DESC");
	/* One more than is shown tells whether there are more. */
	query_number(&q, " LIMIT ?", f->limit > 0 ? f->limit + 1 : 0);
	return query_open(db, &q);
}

/* The next row, as long as the limit is not reached. */
static bool
next_row(struct stmt *s, const struct filter *f, uint64_t *shown, bool *is_more)
{
	if (!db_next(s))
		return false;
	*is_more = f->limit > 0 && *shown == (uint64_t)f->limit;
	++*shown;
	return !*is_more;
}

static uint64_t
count_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(db, &q);
}

/* -- one of them -- */

static json_t *
flag(struct stmt *s, int column)
{
	return json_boolean(db_column_i64(s, column) != 0);
}

static json_t *
read_versions(struct db *db, const char *id, const char *item)
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
		doc_set(v, "knew_before", flag(s, 3));
		doc_set(v, "lower_item", doc_text(db_column_text(s, 4)));
		doc_set(v, "recorded_at", doc_time(db_column_i64(s, 5)));
		doc_set(v, "received_at", doc_time(db_column_i64(s, 6)));
		doc_add(list, v);
	}
	db_finish(s);
	return list;
}

static json_t *
read_steps(struct db *db, const char *id, const char *office)
{
	struct stmt *s = db_prepare(db,
	    "SELECT status, text, claimed_ms, recorded_ms, received_ms, role,"
	    " actor, origin FROM directive_step WHERE id = ? AND addressee = ?"
	    " ORDER BY recorded_ms, position");
	json_t *list = json_array();

	db_bind_text(s, id);
	db_bind_text(s, office);
	while (db_next(s)) {
		json_t *step = json_object();

		doc_set(step, "status", doc_text(db_column_text(s, 0)));
		doc_set(step, "office", doc_text(db_column_text(s, 7)));
		doc_set(step, "text", doc_text(db_column_text(s, 1)));
		doc_set(step, "claimed_at", doc_time(db_column_i64(s, 2)));
		doc_set(step, "recorded_at", doc_time(db_column_i64(s, 3)));
		doc_set(step, "received_at", doc_time(db_column_i64(s, 4)));
		doc_set(step, "role", doc_text(db_column_text(s, 5)));
		doc_set(step, "user", doc_text(db_column_text(s, 6)));
		doc_add(list, step);
	}
	db_finish(s);
	return list;
}

/* The first or the last step of this status, or NULL. */
static const json_t *
find_step(const json_t *steps, const char *status, bool is_last)
{
	const json_t *step, *found = NULL;

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		if (strcmp(doc_member(step, "status"), status) == 0 &&
		    (found == NULL || is_last))
			found = step;
	}
	return found;
}

static void
add_member(json_t *e, const char *key, const json_t *step, const char *member)
{
	json_t *value = json_object_get(step, member);

	doc_set(e, key, value != NULL ? json_incref(value) : json_null());
}

/* Received and signed for: the first time.  Answered: the last. */
static void
add_notice(json_t *e, struct db *db, const char *id, const char *office)
{
	json_t *steps = read_steps(db, id, office);
	const json_t *answer = find_step(steps, "ANS", true);

	add_member(e, "noticed_at", find_step(steps, "DLV", false),
	    "recorded_at");
	add_member(e, "acknowledged_at", find_step(steps, "SGN", false),
	    "recorded_at");
	add_member(e, "answered_at", answer, "recorded_at");
	add_member(e, "answer", answer, "text");
	add_member(e, "answered_by", answer, "user");
	doc_set(e, "steps", steps);
}

static json_t *
read_row(struct db *db, struct stmt *s)
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
	json_t *e = json_object();
	int64_t revision = db_column_i64(s, COLUMN_REVISION);
	int64_t received_ms = db_column_i64(s, COLUMN_RECEIVED);

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		doc_set(e, texts[i].key,
		    doc_text(db_column_text(s, (int)texts[i].column)));
	}
	doc_set(e, "batch", json_integer(db_column_i64(s, COLUMN_BATCH)));
	doc_set(e, "heads", json_integer(db_column_i64(s, COLUMN_HEADS)));
	doc_set(e, "knew_before", flag(s, COLUMN_KNEW));
	doc_set(e, "recorded_at", doc_time(db_column_i64(s, COLUMN_AT)));
	doc_set(e, "judged_at", doc_time(db_column_i64(s, COLUMN_JUDGED)));
	doc_set(e, "received_at", doc_time(received_ms));
	doc_set(e, "revision", json_integer(revision));
	doc_set(e, "restated", json_boolean(revision > 1));
	add_notice(e, db, doc_member(e, "id"), doc_member(e, "office"));
	if (revision > 1) {
		doc_set(e, "versions",
		    read_versions(db, doc_member(e, "id"),
			doc_member(e, "item")));
	}
	return e;
}

json_t *
cli_escalations_of(struct db *db, const char *matter)
{
	struct filter f = { 0 };
	struct stmt *s;
	json_t *list = json_array();

	CHECK(text_copy(f.matter, sizeof(f.matter), matter) == RC_OK);
	s = select_rows(db, &f);
	while (db_next(s))
		doc_add(list, read_row(db, s));
	db_finish(s);
	return list;
}

/* -- printing -- */

const char *
cli_escalation_notice(const struct cli *cli, const json_t *e)
{
	if (!json_is_null(json_object_get(e, "answered_at")))
		return cli_word(cli, SAY_NOTICE_ANSWERED);
	if (!json_is_null(json_object_get(e, "acknowledged_at")))
		return cli_word(cli, SAY_NOTICE_SIGNED);
	if (!json_is_null(json_object_get(e, "noticed_at")))
		return cli_word(cli, SAY_NOTICE_RECEIVED);
	return cli_word(cli, SAY_NOTICE_SENT);
}

static void
add_table_row(const struct cli *cli, struct table *t, const json_t *e)
{
	char time[CLI_TIME_MAX + 1], levels[2 * CODE_MAX + 4];
	char state[SAY_TEXT_MAX];
	bool is_restated = json_is_true(json_object_get(e, "restated"));

	CHECK(text_format(levels, sizeof(levels), "%s-%s",
		  doc_member(e, "from_level"),
		  doc_member(e, "to_level")) == RC_OK);
	CHECK(text_format(state, sizeof(state), "%s%s",
		  codes_name(CODES_LOWER_STATE, doc_member(e, "lower_state"),
		      cli->language),
		  is_restated ? "*" : "") == RC_OK);
	table_row(t, (const char *const[]){ doc_member(e, "id"),
			 cli_time_text(json_object_get(e, "recorded_at"), time),
			 levels, doc_member(e, "office"), doc_member(e, "item"),
			 doc_member(e, "matter"), state,
			 codes_name(CODES_LAWFULNESS,
			     doc_member(e, "lawfulness"), cli->language),
			 cli_escalation_notice(cli, e), NULL });
}

/* Who signed, what was answered: below the table of one. */
static void
print_steps(const struct cli *cli, const json_t *e)
{
	const json_t *steps = json_object_get(e, "steps"), *step;
	char time[CLI_TIME_MAX + 1];

	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		const char *text = doc_member(step, "text");

		(void)printf("  %s  %s  %s%s%s\n",
		    cli_time_text(json_object_get(step, "recorded_at"), time),
		    doc_member(step, "office"),
		    codes_name(CODES_DIRECTIVE_STATUS,
			doc_member(step, "status"), cli->language),
		    text[0] != '\0' ? ": " : "", text);
	}
}

static void
print_table(const struct cli *cli, struct db *db, const struct filter *f)
{
	struct stmt *s = select_rows(db, f);
	struct table *t = table_new(
	    (const char *const[]){ cli_word(cli, SAY_CLI_HEAD_ESCALATION),
		cli_word(cli, SAY_CLI_HEAD_RECORDED),
		cli_word(cli, SAY_CLI_HEAD_LEVELS),
		cli_word(cli, SAY_CLI_LABEL_OFFICE),
		cli_word(cli, SAY_CLI_HEAD_ITEM),
		cli_word(cli, SAY_CLI_HEAD_MATTER),
		cli_word(cli, SAY_CLI_HEAD_LOWER),
		cli_word(cli, SAY_CLI_HEAD_LAWFUL),
		cli_word(cli, SAY_CLI_HEAD_NOTICE), NULL });
	bool has_restated = false, is_more = false;
	json_t *only = json_array();
	uint64_t shown = 0;

	while (next_row(s, f, &shown, &is_more)) {
		json_t *e = read_row(db, s);

		add_table_row(cli, t, e);
		has_restated |= json_is_true(json_object_get(e, "restated"));
		if (cli_has(cli, "id"))
			CHECK(json_array_append(only, e) == 0);
		json_decref(e);
	}
	db_finish(s);
	if (table_rows(t) == 0) {
		cli_say(cli, stdout, SAY_CLI_NO_ESCALATIONS, NULL);
		table_free(t);
		json_decref(only);
		return;
	}
	cli_print_table(t);
	print_steps(cli, json_array_get(only, 0));
	json_decref(only);
	if (has_restated)
		cli_say(cli, stdout, SAY_CLI_RESTATED, NULL);
	if (is_more)
		cli_print_more(cli, (uint64_t)f->limit);
}

static void
print_array(struct db *db, const struct filter *f)
{
	struct stmt *s = select_rows(db, f);
	struct cli_array array = { 0 };
	uint64_t shown = 0;
	bool is_more = false;

	while (next_row(s, f, &shown, &is_more))
		cli_array_add(&array, read_row(db, s));
	db_finish(s);
	cli_array_end(&array);
}

static int
run(struct cli *cli)
{
	struct filter f = { 0 };
	struct reading r;
	int status;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	status = cli_reading_open(cli, &r);
	if (status == EXIT_DONE) {
		if (cli_has(cli, "count")) {
			cli_print_count(cli, count_rows(r.db, &f));
		} else if (cli_has(cli, "json")) {
			print_array(r.db, &f);
		} else {
			print_table(cli, r.db, &f);
		}
	}
	cli_reading_close(cli);
	return status;
}

const struct cli_command cli_escalations = {
	.name = "escalations",
	.arguments = "",
	.help = SAY_CLI_ESCALATIONS,
	.options = options,
	.run = run,
};

/* -- the notice: signing for it, answering it -- */

static const struct cli_option move_options[] = {
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
move(struct cli *cli, const char *status)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_DIRECTIVE_MOVE, &ask);
	CHECK(text_copy(ask.step.status, sizeof(ask.step.status), status) ==
	      RC_OK);
	if (!read_id(cli, cli->arguments[0], ask.step.id))
		return EXIT_REFUSED;
	if (!cli_read_span(cli, "text", &ask.step.text))
		return EXIT_USAGE;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_ESCALATION_MOVED,
		    SAY_ARGS(doc_member(result, "id"),
			codes_name(CODES_DIRECTIVE_STATUS, status,
			    cli->language)));
	}
	json_decref(result);
	return exit;
}

static int
run_sign(struct cli *cli)
{
	return move(cli, "SGN");
}

static int
run_answer(struct cli *cli)
{
	return move(cli, "ANS");
}

const struct cli_command cli_escalation_sign = {
	.name = "escalation sign",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_ESCALATION_SIGN,
	.options = move_options,
	.run = run_sign,
};

const struct cli_command cli_escalation_answer = {
	.name = "escalation answer",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_ESCALATION_ANSWER,
	.options = move_options,
	.run = run_answer,
};
