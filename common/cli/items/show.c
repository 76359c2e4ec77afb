/*
 * show - one item with all that is known of it, but for the identity: where
 * it stands and who answers for it, every limit, and what happened at every
 * level in the order of time.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "cli/items/clocks.h"
#include "cli/listing.h"
#include "cli/supervision/directive.h"
#include "desk/reply.h"
#include "documents/item.h"
#include "petition/codes.h"
#include "petition/intake.h"
#include "register/ask/items.h"
#include "words/table.h"

static const struct cli_option options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

enum {
	NAME_KEY_MAX = 32,
	OFFICE_TEXT_MAX = OFFICE_CODE_MAX + OFFICE_NAME_MAX + 2,
};

/* -- printing -- */

static void
print_line(const struct cli *cli, enum say label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		(void)printf("%s: %s\n", cli_word(cli, label), text);
}

static void
print_code(const struct cli *cli, enum say label, enum codes_list list,
    const char *code)
{
	const char *name = codes_name(list, code, cli->language);

	if (code[0] == '\0')
		return;
	if (strcmp(name, code) == 0) {
		print_line(cli, label, code);
	} else {
		(void)printf("%s: %s %s\n", cli_word(cli, label), code, name);
	}
}

static void
print_times(const struct cli *cli, const json_t *item)
{
	char time[DOC_MINUTE_MAX + 1];

	print_line(cli, SAY_CLI_LABEL_CLAIMED,
	    doc_minute(json_object_get(item, "claimed_at"), time));
	print_line(cli, SAY_CLI_LABEL_RECORDED,
	    doc_minute(json_object_get(item, "recorded_at"), time));
	print_line(cli, SAY_CLI_LABEL_RECEIVED,
	    doc_minute(json_object_get(item, "received_at"), time));
	if (json_is_true(json_object_get(item, "held_back"))) {
		cli_say(cli, stdout, SAY_CLI_HELD_BACK, NULL);
	} else if (json_is_true(json_object_get(item, "held_by_parent"))) {
		cli_say(cli, stdout, SAY_CLI_HELD, NULL);
	} else if (json_is_false(json_object_get(item, "held_by_parent"))) {
		cli_say(cli, stdout, SAY_CLI_NOT_HELD, NULL);
	}
}

/* "990101 东湖区信访局", as far as the name is known. */
static const char *
office_text(const json_t *item, const char *key,
    char out[static OFFICE_TEXT_MAX])
{
	char name_key[NAME_KEY_MAX];
	const char *name;

	CHECK(text_format(name_key, sizeof(name_key), "%s_name", key) == RC_OK);
	name = doc_member(item, name_key);
	CHECK(text_format(out, OFFICE_TEXT_MAX, "%s%s%s", doc_member(item, key),
		  name[0] != '\0' ? " " : "", name) == RC_OK);
	return out;
}

/* The limit that ends first of those that run: what a head looks for. */
static void
print_urgent(const struct cli *cli, const json_t *item)
{
	const json_t *clocks = json_object_get(item, "clocks"), *clock;
	const json_t *first = NULL;
	char due[DOC_MINUTE_MAX + 1], days[DOC_DIGITS_MAX + 1];
	json_int_t left = 0;

	for (size_t i = 0; (clock = json_array_get(clocks, i)) != NULL; i++) {
		const json_t *at = json_object_get(clock, "days_left");

		if (json_is_integer(at) &&
		    (first == NULL || json_integer_value(at) < left)) {
			first = clock;
			left = json_integer_value(at);
		}
	}
	if (first == NULL)
		return;
	CHECK(text_format(days, sizeof(days), "%lld",
		  (long long)(left < 0 ? -left : left)) == RC_OK);
	cli_say(cli, stdout,
	    strcmp(doc_member(first, "state"), "missed") == 0
		? SAY_CLI_SHOW_LATE
		: SAY_CLI_SHOW_NEXT,
	    SAY_ARGS(doc_member(first, cli->language == LANGUAGE_ZH
					   ? "title_zh"
					   : "title_en"),
		doc_minute(json_object_get(first, "due"), due), days));
}

static void
print_matter(const struct cli *cli, const json_t *item)
{
	char count[DOC_DIGITS_MAX + 1];
	bool is_initial = json_is_true(json_object_get(item, "initial"));
	json_int_t heads = json_integer_value(json_object_get(item, "heads"));

	CHECK(text_format(count, sizeof(count), "%zu",
		  json_array_size(json_object_get(item, "matter_items"))) ==
	      RC_OK);
	cli_say(cli, stdout, SAY_CLI_SHOW_MATTER,
	    SAY_ARGS(doc_member(item, "matter"), count,
		cli_word(cli, is_initial ? SAY_CLI_INITIAL : SAY_CLI_REPEAT)));
	if (intake_is_collective(doc_member(item, "channel"), (uint32_t)heads))
		cli_say(cli, stdout, SAY_CLI_REPRESENTATIVES, NULL);
}

/* Where it stands, and who answers for it since when. */
static void
print_standing(const struct cli *cli, const json_t *item)
{
	const json_t *rating = json_object_get(item, "rating");
	char since[DOC_MINUTE_MAX + 1], number[DOC_DIGITS_MAX + 1];
	char office[OFFICE_TEXT_MAX];

	print_code(cli, SAY_CLI_HEAD_STATE, CODES_STATE,
	    doc_member(item, "state"));
	if (doc_member(item, "holder")[0] != '\0') {
		cli_say(cli, stdout, SAY_CLI_SHOW_HOLDER,
		    SAY_ARGS(office_text(item, "holder", office),
			doc_minute(json_object_get(item, "holder_since"),
			    since)));
	}
	print_urgent(cli, item);
	print_line(cli, SAY_CLI_LABEL_PENDING,
	    office_text(item, "pending", office));
	print_line(cli, SAY_CLI_LABEL_MERGED, doc_member(item, "merged_into"));
	if (json_is_integer(rating)) {
		print_code(cli, SAY_CLI_LABEL_RATING, CODES_RATING,
		    doc_digits(item, "rating", number));
	}
	print_matter(cli, item);
}

static void
print_item(const struct cli *cli, const json_t *item)
{
	char heads[DOC_DIGITS_MAX + 1], office[OFFICE_TEXT_MAX];
	bool has_identity;

	print_line(cli, SAY_CLI_HEAD_ITEM, doc_member(item, "item"));
	print_line(cli, SAY_CLI_HEAD_SUBJECT, doc_member(item, "subject"));
	print_standing(cli, item);
	print_line(cli, SAY_CLI_LABEL_OFFICE,
	    office_text(item, "office", office));
	print_code(cli, SAY_CLI_HEAD_CHANNEL, CODES_CHANNEL,
	    doc_member(item, "channel"));
	print_code(cli, SAY_CLI_LABEL_PURPOSE, CODES_PURPOSE,
	    doc_member(item, "purpose"));
	print_code(cli, SAY_CLI_LABEL_LEGAL_CLASS, CODES_LEGAL_CLASS,
	    doc_member(item, "legal_class"));
	print_code(cli, SAY_CLI_HEAD_CATEGORY, CODES_CATEGORY,
	    doc_member(item, "category"));
	print_code(cli, SAY_CLI_LABEL_LEVEL, CODES_LEVEL,
	    doc_member(item, "level"));
	print_line(cli, SAY_CLI_LABEL_HEADS, doc_digits(item, "heads", heads));
	print_line(cli, SAY_CLI_LABEL_RESPONSIBLE,
	    office_text(item, "responsible", office));
	print_line(cli, SAY_CLI_LABEL_PLACE, doc_member(item, "place"));
	print_line(cli, SAY_CLI_LABEL_SOURCE, doc_member(item, "source"));
	print_line(cli, SAY_CLI_LABEL_SOURCE_REF,
	    doc_member(item, "source_ref"));
	print_line(cli, SAY_CLI_LABEL_EARLIER,
	    doc_member(item, "earlier_item"));
	has_identity = json_is_true(json_object_get(item, "has_identity"));
	print_line(cli, SAY_CLI_LABEL_IDENTITY,
	    cli_word(cli, has_identity ? SAY_CLI_IDENTITY_SEALED
				       : SAY_CLI_IDENTITY_NONE));
	print_times(cli, item);
	print_line(cli, SAY_CLI_LABEL_LEAF, doc_member(item, "leaf"));
	(void)printf("\n%s\n", doc_member(item, "text"));
}

static void
print_clocks(const struct cli *cli, const json_t *clocks)
{
	struct table *t;
	const json_t *clock;

	if (json_array_size(clocks) == 0)
		return;
	t = listing_table(cli, cli_limit_heads + 1, CLI_LIMIT_RIGHT >> 1);
	for (size_t i = 0; (clock = json_array_get(clocks, i)) != NULL; i++)
		cli_limit_cells(cli, t, clock, false);
	(void)putchar('\n');
	cli_print_table(t);
}

/* Differs in what people see, which is minutes. */
static bool
differs(const char *a, const char *b)
{
	return strcmp(a, b) != 0 && strcmp(b, "-") != 0;
}

static void
print_event(const struct cli *cli, const json_t *line)
{
	char at[DOC_MINUTE_MAX + 1], recorded[DOC_MINUTE_MAX + 1];
	char received[DOC_MINUTE_MAX + 1];
	const char *by = doc_member(line, "by");

	(void)doc_minute(json_object_get(line, "at"), at);
	(void)doc_minute(json_object_get(line, "recorded_at"), recorded);
	(void)doc_minute(json_object_get(line, "received_at"), received);
	(void)printf("%s  %-6s  %s", at, doc_member(line, "office"),
	    doc_member(line, "what"));
	if (by[0] != '\0')
		(void)printf("  (%s)", by);
	if (differs(at, recorded)) {
		(void)printf("  %s %s", cli_word(cli, SAY_TIMELINE_RECORDED),
		    recorded);
	}
	if (differs(recorded, received)) {
		(void)printf("  %s %s", cli_word(cli, SAY_TIMELINE_RECEIVED),
		    received);
	}
	if (json_is_true(json_object_get(line, "late")))
		(void)printf("  ! %s", cli_word(cli, SAY_TIMELINE_LATE));
	(void)putchar('\n');
}

static void
print_timeline(const struct cli *cli, const json_t *timeline)
{
	const json_t *line;

	for (size_t i = 0; (line = json_array_get(timeline, i)) != NULL; i++)
		print_event(cli, line);
}

static void
print_all(const struct cli *cli, const json_t *items)
{
	const json_t *item;

	for (size_t i = 0; (item = json_array_get(items, i)) != NULL; i++) {
		if (i > 0)
			cli_say(cli, stdout, SAY_CLI_SAME_NUMBER, NULL);
		print_item(cli, item);
		print_clocks(cli, json_object_get(item, "clocks"));
		(void)putchar('\n');
		print_timeline(cli, json_object_get(item, "timeline"));
	}
}

/* -- the command -- */

/*
 * The office knows from its link whether the parent holds the arrival; what
 * is held back here never goes there.
 */
static int
add_held(struct cli *cli, json_t *item)
{
	struct command ask;
	json_t *answer = NULL, *held;
	int exit;

	if (json_is_true(json_object_get(item, "held_back"))) {
		doc_set(item, "held_by_parent", json_false());
		return EXIT_DONE;
	}
	cli_command_init(cli, COMMAND_STATUS, &ask);
	CHECK(text_copy(ask.status.origin, sizeof(ask.status.origin),
		  doc_member(item, "office")) == RC_OK);
	ask.status.incarnation =
	    (uint32_t)json_integer_value(json_object_get(item, "incarnation"));
	ask.status.sequence =
	    (uint64_t)json_integer_value(json_object_get(item, "sequence"));
	exit = cli_ask(cli, &ask, &answer);
	held = json_incref(json_object_get(answer, "held_by_parent"));
	doc_set(item, "held_by_parent", held != NULL ? held : json_null());
	json_decref(answer);
	return exit;
}

static int
print_items(struct cli *cli, json_t *items)
{
	json_t *item;
	int exit = EXIT_DONE;

	for (size_t i = 0;
	     exit == EXIT_DONE && (item = json_array_get(items, i)) != NULL;
	     i++)
		exit = add_held(cli, item);
	if (exit != EXIT_DONE)
		return exit;
	if (!cli_has(cli, "json")) {
		print_all(cli, items);
	} else if (json_array_size(items) == 1) {
		cli_print_json(json_array_get(items, 0));
	} else {
		cli_print_json(items);
	}
	return EXIT_DONE;
}

static int
run_show(struct cli *cli)
{
	char item[ITEM_NUMBER_MAX + 1];
	struct reading r;
	json_t *items;
	bool is_recused;
	int exit;

	if (!cli_item(cli, cli->arguments[0], item))
		return EXIT_REFUSED;
	exit = cli_reading_open(cli, &r);
	if (exit != EXIT_DONE)
		return exit;
	items = documents_item(&r, item);
	is_recused = ask_is_recused(r.views, item,
	    cli->actor[0] != '\0' ? cli->actor : cli_text(cli, "user", ""));
	cli_reading_close(cli);
	if (is_recused) {
		exit = cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_RECUSED,
		    SAY_ARGS(cli->actor, item));
	} else if (json_array_size(items) == 0) {
		exit = cli_refuse(cli, EXIT_REFUSED, SAY_CLI_NO_ITEM,
		    SAY_ARGS(item));
	} else {
		exit = print_items(cli, items);
	}
	json_decref(items);
	return exit;
}

const struct cli_command cli_show = {
	.name = "show",
	.arguments = "ITEM",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_SHOW,
	.options = options,
	.run = run_show,
};
