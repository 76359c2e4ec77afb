/*
 * escalations - matters that were raised at a higher level, and what the
 * level below had done; the addressee signs for the notice and answers it.
 */
#include "documents/escalations.h"

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "law/moves/directive_core.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "words/table.h"

static const struct cli_option list_options[] = {
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

/* -- filters -- */

/* What the filter's texts point at. */
struct typed {
	char id[ITEM_NUMBER_MAX + 1], matter[ITEM_NUMBER_MAX + 1],
	    item[ITEM_NUMBER_MAX + 1];
};

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
read_filter(const struct cli *cli, struct typed *typed,
    struct escalations_filter *f)
{
	*f = (struct escalations_filter){ .id = typed->id,
		.matter = typed->matter,
		.item = typed->item,
		.only_failures = cli_has(cli, "failures"),
		.only_unanswered = cli_has(cli, "unanswered") };
	return cli_read_office(cli, "office", &f->office) &&
	       cli_read_code(cli, "lower-state", CODES_LOWER_STATE,
		   &f->lower_state) &&
	       cli_read_code(cli, "to-level", CODES_LEVEL, &f->to_level) &&
	       cli_read_item(cli, "matter", typed->matter) &&
	       cli_read_item(cli, "item", typed->item) &&
	       cli_date(cli, "since", false, &f->since_ms) &&
	       cli_date(cli, "until", true, &f->until_ms) &&
	       read_id(cli, cli_value(cli, "id"), typed->id) &&
	       cli_read_limit(cli, &f->limit);
}

/* -- the list -- */

static bool
ask_escalations(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_escalations(r, filter, row, context);
}

static uint64_t
count_escalations(const struct reading *r, const void *filter)
{
	return documents_escalations_count(r, filter);
}

static const enum say heads[] = { SAY_CLI_HEAD_ESCALATION,
	SAY_CLI_HEAD_RECORDED, SAY_CLI_HEAD_LEVELS, SAY_CLI_LABEL_OFFICE,
	SAY_CLI_HEAD_ITEM, SAY_CLI_HEAD_MATTER, SAY_CLI_HEAD_LOWER,
	SAY_CLI_HEAD_LAWFUL, SAY_CLI_HEAD_NOTICE, SAY_COUNT };

static bool
is_restated(const json_t *e)
{
	return json_is_true(json_object_get(e, "restated"));
}

static const char *
notice_word(const struct cli *cli, const json_t *e)
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
add_cells(const struct cli *cli, struct table *t, const json_t *e)
{
	char time[DOC_MINUTE_MAX + 1], levels[2 * CODE_MAX + 4];
	char state[SAY_TEXT_MAX];

	CHECK(text_format(levels, sizeof(levels), "%s-%s",
		  doc_member(e, "from_level"),
		  doc_member(e, "to_level")) == RC_OK);
	CHECK(text_format(state, sizeof(state), "%s%s",
		  codes_name(CODES_LOWER_STATE, doc_member(e, "lower_state"),
		      cli->language),
		  is_restated(e) ? "*" : "") == RC_OK);
	table_text(t, doc_member(e, "id"));
	table_text(t, doc_minute(json_object_get(e, "recorded_at"), time));
	table_text(t, levels);
	table_text(t, doc_member(e, "office"));
	table_text(t, doc_member(e, "item"));
	table_text(t, doc_member(e, "matter"));
	table_text(t, state);
	table_text(t, codes_name(CODES_LAWFULNESS, doc_member(e, "lawfulness"),
			  cli->language));
	table_text(t, notice_word(cli, e));
}

/* One alone: below its table who signed and what was answered. */
static void
print_one(const struct cli *cli, const json_t *e)
{
	const json_t *steps = json_object_get(e, "steps"), *step;
	struct table *t = listing_table(cli, heads, 0);
	char time[DOC_MINUTE_MAX + 1];

	add_cells(cli, t, e);
	cli_print_table(t);
	for (size_t i = 0; (step = json_array_get(steps, i)) != NULL; i++) {
		const char *text = doc_member(step, "text");

		(void)printf("  %s  %s  %s%s%s\n",
		    doc_minute(json_object_get(step, "recorded_at"), time),
		    doc_member(step, "office"),
		    codes_name(CODES_DIRECTIVE_STATUS,
			doc_member(step, "status"), cli->language),
		    text[0] != '\0' ? ": " : "", text);
	}
}

static int
run_escalations(struct cli *cli)
{
	struct listing listing = { .ask = ask_escalations,
		.count = count_escalations,
		.is_long = true,
		.none = SAY_CLI_NO_ESCALATIONS,
		.note = SAY_CLI_RESTATED,
		.is_noted = is_restated };
	struct escalations_filter f;
	struct typed typed;

	if (!read_filter(cli, &typed, &f))
		return EXIT_USAGE;
	if (cli_has(cli, "id")) {
		listing.print = print_one;
	} else {
		listing.heads = heads;
		listing.cells = add_cells;
	}
	return listing_run(cli, &listing, &f);
}

const struct cli_command cli_escalations = {
	.name = "escalations",
	.arguments = "",
	.help = SAY_CLI_ESCALATIONS,
	.options = list_options,
	.run = run_escalations,
};

/* -- the notice: signing for it, answering it -- */

static const struct cli_option move_options[] = {
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
move_notice(struct cli *cli, const char *status)
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
	return move_notice(cli, directive_code(DIRECTIVE_SGN));
}

static int
run_answer(struct cli *cli)
{
	return move_notice(cli, directive_code(DIRECTIVE_ANS));
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
