/*
 * match - two items that may be one matter: the open proposals side by side,
 * and what a person decides about them.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/listing.h"
#include "documents/matches.h"
#include "law/moves/verdict.h"
#include "petition/codes.h"
#include "words/table.h"

static const struct cli_option options[] = {
	{ "accept", CLI_FLAG, NULL, SAY_CLI_OPTION_MATCH_ACCEPT },
	{ "reject", CLI_FLAG, NULL, SAY_CLI_OPTION_MATCH_REJECT },
	{ "split", CLI_FLAG, NULL, SAY_CLI_OPTION_MATCH_SPLIT },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_MATCH_TEXT },
	{ "item", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_ITEM },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "count", CLI_FLAG, NULL, SAY_CLI_OPTION_COUNT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* -- the open proposals -- */

static bool
ask_matches(const struct reading *r, const void *filter, documents_row *row,
    void *context)
{
	return documents_matches(r, filter, row, context);
}

static uint64_t
count_matches(const struct reading *r, const void *filter)
{
	return documents_matches_count(r, filter);
}

static void
add_line(const struct cli *cli, struct table *t, enum say label,
    const char *left, const char *right)
{
	table_row(t,
	    (const char *const[]){ cli_word(cli, label), left, right, NULL });
}

static void
add_text(const struct cli *cli, struct table *t, enum say label,
    const json_t *a, const json_t *b, const char *key)
{
	add_line(cli, t, label, doc_member(a, key), doc_member(b, key));
}

static void
print_proposal(const struct cli *cli, const json_t *p)
{
	const json_t *a = json_object_get(p, "item_side");
	const json_t *b = json_object_get(p, "matter_side");
	char score[DOC_DIGITS_MAX + 1];
	char left[DOC_MINUTE_MAX + 1], right[DOC_MINUTE_MAX + 1];
	struct table *t = table_new((const char *const[]){ "",
	    doc_member(p, "item"), doc_member(p, "matter"), NULL });

	cli_say(cli, stdout, SAY_CLI_PROPOSAL,
	    SAY_ARGS(doc_digits(p, "score", score), doc_member(p, "reasons")));
	add_text(cli, t, SAY_CLI_LABEL_OFFICE, a, b, "office");
	add_line(cli, t, SAY_CLI_LABEL_CLAIMED,
	    doc_minute(json_object_get(a, "claimed_at"), left),
	    doc_minute(json_object_get(b, "claimed_at"), right));
	add_line(cli, t, SAY_CLI_HEAD_CHANNEL,
	    codes_name(CODES_CHANNEL, doc_member(a, "channel"), cli->language),
	    codes_name(CODES_CHANNEL, doc_member(b, "channel"), cli->language));
	add_line(cli, t, SAY_CLI_HEAD_STATE,
	    codes_name(CODES_STATE, doc_member(a, "state"), cli->language),
	    codes_name(CODES_STATE, doc_member(b, "state"), cli->language));
	add_text(cli, t, SAY_CLI_HEAD_SUBJECT, a, b, "subject");
	add_text(cli, t, SAY_CLI_LABEL_PLACE, a, b, "place");
	add_text(cli, t, SAY_CLI_HEAD_TEXT, a, b, "text");
	cli_print_table(t);
	(void)putchar('\n');
}

static int
run_list(struct cli *cli)
{
	static const struct listing listing = { .ask = ask_matches,
		.count = count_matches,
		.print = print_proposal,
		.none = SAY_CLI_NO_PROPOSALS,
		.note = SAY_CLI_PROPOSALS_HOW };
	char item[ITEM_NUMBER_MAX + 1];
	struct matches_filter f = { .item = item };

	if (cli->arguments_count > 0)
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_MATCH_WHICH, NULL);
	if (!cli_read_item(cli, "item", item) || !cli_read_limit(cli, &f.limit))
		return EXIT_USAGE;
	return listing_run(cli, &listing, &f);
}

/* -- deciding -- */

/* What the item points to, which is what a split takes back. */
static int
find_target(struct cli *cli, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	struct reading r;
	int status = cli_reading_open(cli, &r);

	if (status == EXIT_DONE && !documents_linked_to(&r, item, matter)) {
		status = cli_refuse(cli, EXIT_REFUSED, SAY_CLI_MATCH_ALONE,
		    SAY_ARGS(item));
	}
	cli_reading_close(cli);
	return status;
}

static int
read_pair(struct cli *cli, struct matter_linked *m)
{
	bool is_split = cli_has(cli, "split");
	size_t needed = is_split ? 1 : 2;

	if (cli->arguments_count != needed) {
		return cli_refuse(cli, EXIT_USAGE,
		    is_split ? SAY_CLI_MATCH_ONE : SAY_CLI_MATCH_TWO, NULL);
	}
	if (!cli_item(cli, cli->arguments[0], m->item))
		return EXIT_REFUSED;
	if (is_split)
		return find_target(cli, m->item, m->matter);
	return cli_item(cli, cli->arguments[1], m->matter) ? EXIT_DONE
							   : EXIT_REFUSED;
}

static int
decide(struct cli *cli, const char *verdict)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_MATCH, &ask);
	CHECK(text_copy(ask.match.verdict, sizeof(ask.match.verdict),
		  verdict) == RC_OK);
	if (!cli_read_span(cli, "text", &ask.match.text))
		return EXIT_USAGE;
	exit = read_pair(cli, &ask.match);
	if (exit != EXIT_DONE)
		return exit;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout,
		    cli_has(cli, "accept")   ? SAY_CLI_MATCH_LINKED
		    : cli_has(cli, "reject") ? SAY_CLI_MATCH_REJECTED
					     : SAY_CLI_MATCH_PARTED,
		    SAY_ARGS(ask.match.item, ask.match.matter));
	}
	json_decref(result);
	return exit;
}

static int
run_match(struct cli *cli)
{
	bool accept = cli_has(cli, "accept"), reject = cli_has(cli, "reject");
	bool split = cli_has(cli, "split");

	if (accept + reject + split > 1)
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_MATCH_WHICH, NULL);
	if (accept)
		return decide(cli, VERDICT_LINK_CODE);
	if (reject)
		return decide(cli, VERDICT_REJECT_CODE);
	return split ? decide(cli, VERDICT_SPLIT_CODE) : run_list(cli);
}

const struct cli_command cli_match = {
	.name = "match",
	.arguments = "[ITEM [MATTER]]",
	.least = 0,
	.most = 2,
	.help = SAY_CLI_MATCH,
	.options = options,
	.run = run_match,
};
