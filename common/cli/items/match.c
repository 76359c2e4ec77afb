/*
 * match - two items that may be one matter: the open proposals side by side,
 * and what a person decides about them.
 *
 * A proposal is open until somebody linked, rejected or split the same two
 * items, and while they are not in one matter by another way.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/items/petition.h"
#include "desk/reply.h"
#include "mech/db.h"
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

struct filter {
	char item[ITEM_NUMBER_MAX + 1];
	int64_t limit; /* 0: none */
};

/* -- the open proposals -- */

#define DECIDED(from, to)                                                      \
	" AND NOT EXISTS (SELECT 1 FROM matter_link d WHERE d.item = l." from  \
	"  AND d.matter = l." to                                               \
	"  AND d.verdict IN ('LINK', 'REJECT', 'SPLIT')"                       \
	"  AND (d.recorded_ms, d.position) > (l.recorded_ms, l.position))"

/* A pair that was proposed twice stands once, as it was proposed last. */
static void
add_from(const struct filter *f, struct query *q)
{
	query_add(q,
	    " FROM matter_link l WHERE l.verdict = 'PROPOSE'" DECIDED("item",
		"matter") DECIDED("matter",
		"item") " AND NOT EXISTS (SELECT 1 FROM matter_link n"
			" WHERE n.item = l.item AND n.matter = l.matter"
			" AND n.verdict = 'PROPOSE' AND n.position > "
			"l.position)"
			" AND coalesce((SELECT matter FROM item_matter a"
			"  WHERE a.item = l.item), l.item)"
			" <> coalesce((SELECT matter FROM item_matter b"
			"  WHERE b.item = l.matter), l.matter)");
	query_text(q, " AND ? IN (l.item, l.matter)", f->item);
}

static struct stmt *
select_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT l.item, l.matter, l.score, l.reasons, l.text,"
		      " l.recorded_ms, l.origin");
	add_from(f, &q);
	query_add(&q, " ORDER BY l.score DESC, l.position DESC");
	query_number(&q, " LIMIT ?", f->limit);
	return query_open(db, &q);
}

static uint64_t
count_rows(struct db *db, const struct filter *f)
{
	struct query q = { 0 };

	query_add(&q, "SELECT count(*)");
	add_from(f, &q);
	return query_count(db, &q);
}

/* What a person compares; null when the item has not come here. */
static json_t *
read_side(struct db *db, const char *item)
{
	struct stmt *s = db_prepare(db,
	    "SELECT " CLI_PETITION_COLUMNS " FROM petition WHERE item = ?"
	    " ORDER BY position LIMIT 1");
	json_t *side = NULL;

	db_bind_text(s, item);
	if (db_next(s))
		side = cli_petition_json(s);
	db_finish(s);
	return side != NULL ? side : json_null();
}

static json_t *
read_row(struct db *db, struct stmt *s)
{
	json_t *p = json_object();

	doc_set(p, "item", doc_text(db_column_text(s, 0)));
	doc_set(p, "matter", doc_text(db_column_text(s, 1)));
	doc_set(p, "score", json_integer(db_column_i64(s, 2)));
	doc_set(p, "reasons", doc_text(db_column_text(s, 3)));
	doc_set(p, "text", doc_text(db_column_text(s, 4)));
	doc_set(p, "proposed_at", doc_time(db_column_i64(s, 5)));
	doc_set(p, "proposed_by", doc_text(db_column_text(s, 6)));
	doc_set(p, "item_side", read_side(db, db_column_text(s, 0)));
	doc_set(p, "matter_side", read_side(db, db_column_text(s, 1)));
	return p;
}

/* -- printing -- */

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
	char score[CLI_NUMBER_MAX + 1];
	char left[CLI_TIME_MAX + 1], right[CLI_TIME_MAX + 1];
	struct table *t = table_new((const char *const[]){ "",
	    doc_member(p, "item"), doc_member(p, "matter"), NULL });

	cli_say(cli, stdout, SAY_CLI_PROPOSAL,
	    SAY_ARGS(cli_number(p, "score", score), doc_member(p, "reasons")));
	add_text(cli, t, SAY_CLI_LABEL_OFFICE, a, b, "office");
	add_line(cli, t, SAY_CLI_LABEL_CLAIMED,
	    cli_time_text(json_object_get(a, "claimed_at"), left),
	    cli_time_text(json_object_get(b, "claimed_at"), right));
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

static void
print_proposals(const struct cli *cli, struct db *db, const struct filter *f)
{
	struct stmt *s = select_rows(db, f);
	struct cli_array array = { 0 };
	bool is_json = cli_has(cli, "json");
	uint64_t shown = 0;

	for (; db_next(s); shown++) {
		json_t *p = read_row(db, s);

		if (is_json) {
			cli_array_add(&array, p);
			continue;
		}
		print_proposal(cli, p);
		json_decref(p);
	}
	db_finish(s);
	if (is_json) {
		cli_array_end(&array);
	} else if (shown == 0) {
		cli_say(cli, stdout, SAY_CLI_NO_PROPOSALS, NULL);
	} else {
		cli_say(cli, stdout, SAY_CLI_PROPOSALS_HOW, NULL);
		cli_print_shown(cli, shown, count_rows(db, f));
	}
}

static int
run_list(struct cli *cli)
{
	struct filter f = { 0 };
	struct reading r;
	int status;

	if (cli->arguments_count > 0) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_MATCH_WHICH, NULL);
	}
	if (!cli_read_item(cli, "item", f.item) ||
	    !cli_read_limit(cli, &f.limit))
		return EXIT_USAGE;
	status = cli_reading_open(cli, &r);
	if (status == EXIT_DONE) {
		if (cli_has(cli, "count")) {
			cli_print_count(cli, count_rows(r.db, &f));
		} else {
			print_proposals(cli, r.db, &f);
		}
	}
	cli_reading_close(cli);
	return status;
}

/* -- deciding -- */

/* What the item points to, which is what a split takes back. */
static int
find_target(struct cli *cli, const char *item,
    char matter[static ITEM_NUMBER_MAX + 1])
{
	struct reading r;
	struct stmt *s;
	int status = cli_reading_open(cli, &r);

	if (status == EXIT_DONE) {
		s = db_prepare(r.db,
		    "SELECT target FROM link_now WHERE item = ?");
		db_bind_text(s, item);
		if (!db_next(s)) {
			status = cli_refuse(cli, EXIT_REFUSED,
			    SAY_CLI_MATCH_ALONE, SAY_ARGS(item));
		} else {
			CHECK(text_copy(matter, ITEM_NUMBER_MAX + 1,
				  db_column_text(s, 0)) == RC_OK);
		}
		db_finish(s);
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
run(struct cli *cli)
{
	bool accept = cli_has(cli, "accept"), reject = cli_has(cli, "reject");
	bool split = cli_has(cli, "split");

	if (accept + reject + split > 1)
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_MATCH_WHICH, NULL);
	if (accept)
		return decide(cli, "LINK");
	if (reject)
		return decide(cli, "REJECT");
	return split ? decide(cli, "SPLIT") : run_list(cli);
}

const struct cli_command cli_match = {
	.name = "match",
	.arguments = "[ITEM [MATTER]]",
	.least = 0,
	.most = 2,
	.help = SAY_CLI_MATCH,
	.options = options,
	.run = run,
};
