/*
 * supervise - what the ladder of limits asks for, and sending it.
 */
#include "cli/supervision/supervise.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"
#include "desk/reply.h"
#include "law/moves/omission.h"
#include "petition/codes.h"
#include "words/table.h"

/* -- reading all of it -- */

void
cli_supervise_free(struct cli_supervise *s)
{
	free(s->rows);
	*s = (struct cli_supervise){ 0 };
}

int
cli_supervise_read(struct cli *cli, struct reading *r, int64_t now_ms,
    enum rung most, struct cli_supervise *out)
{
	struct supervise_row *page;
	struct supervise_cursor cursor = { 0 };
	struct office_settings settings;
	struct office_fault fault;

	*out = (struct cli_supervise){ 0 };
	if (office_settings_load(cli->dir, cli->language, &settings, &fault) !=
	    RC_OK)
		return cli_fault(&fault);
	page = memory_new(SUPERVISE_PAGE, sizeof(*page));
	while (!cursor.is_end && out->count < CLI_SUPERVISE_MAX) {
		size_t more = supervise_page(r->views, settings.office, now_ms,
		    most, &cursor, page);

		if (more == 0)
			continue;
		out->rows = memory_grow(out->rows, out->count + more,
		    sizeof(*out->rows));
		memcpy(&out->rows[out->count], page, more * sizeof(*page));
		out->count += more;
	}
	free(page);
	return EXIT_DONE;
}

/* -- what was asked for -- */

static const struct cli_option options[] = {
	{ "send", CLI_VALUE, "NUMBER", SAY_CLI_OPTION_SEND },
	{ "send-all", CLI_FLAG, NULL, SAY_CLI_OPTION_SEND_ALL },
	{ "clock", CLI_VALUE, "NAME", SAY_CLI_OPTION_CLOCK },
	{ "kind", CLI_VALUE, "KIND", SAY_CLI_OPTION_RUNG },
	{ "office", CLI_VALUE, "CODE", SAY_CLI_OPTION_HOLDER },
	{ "as-of", CLI_VALUE, "DATE", SAY_CLI_OPTION_AS_OF },
	{ "limit", CLI_VALUE, "N", SAY_CLI_OPTION_LIMIT },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

struct filter {
	const char *kind, *clock, *office;
	char item[ITEM_NUMBER_MAX + 1];
	int64_t now_ms;
	int64_t limit; /* rows that are shown; 0: all */
};

static bool
read_filter(const struct cli *cli, struct filter *f)
{
	const char *item = cli_value(cli, "send");

	f->kind = cli_value(cli, "kind");
	f->clock = cli_value(cli, "clock");
	f->now_ms = clock_wall_ms();
	if (f->kind != NULL && ladder_of_kind(f->kind) == RUNG_NONE) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
		    SAY_ARGS("--kind", f->kind, "CB DB GP"));
		return false;
	}
	if ((item != NULL && cli_has(cli, "send-all")) ||
	    (cli_has(cli, "send-all") && f->kind == NULL)) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_SEND_OR_ALL, NULL);
		return false;
	}
	return cli_read_office(cli, "office", &f->office) &&
	       cli_date(cli, "as-of", true, &f->now_ms) &&
	       cli_read_limit(cli, &f->limit) &&
	       (item == NULL || cli_item(cli, item, f->item));
}

static bool
is_wanted(const struct filter *f, const struct supervise_row *row)
{
	return !row->is_covered &&
	       (f->kind == NULL ||
		   strcmp(f->kind, ladder_kind(row->rung)) == 0) &&
	       (f->clock == NULL || strcmp(f->clock, row->clock) == 0) &&
	       (f->office == NULL || strcmp(f->office, row->holder) == 0) &&
	       (f->item[0] == '\0' || strcmp(f->item, row->item) == 0);
}

static void
keep_wanted(const struct filter *f, struct cli_supervise *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++) {
		if (is_wanted(f, &s->rows[i]))
			s->rows[kept++] = s->rows[i];
	}
	s->count = kept;
}

/* -- listing -- */

static json_t *
row_json(const struct supervise_row *row)
{
	json_t *out = json_object();

	doc_set(out, "item", doc_text(row->item));
	doc_set(out, "clock", doc_text(row->clock));
	doc_set(out, "round", json_integer(row->round));
	doc_set(out, "holder", doc_text(row->holder));
	doc_set(out, "to", doc_text(row->to));
	doc_set(out, "due", doc_time(row->due_ms));
	doc_set(out, "days_over", json_integer(row->days_over));
	doc_set(out, "kind", doc_text(ladder_kind(row->rung)));
	doc_set(out, "is_reminder", json_boolean(row->rung == RUNG_REMIND));
	doc_set(out, "accused", json_boolean(row->is_barred));
	return out;
}

static size_t
shown_of(const struct filter *f, const struct cli_supervise *s)
{
	return f->limit > 0 && (size_t)f->limit < s->count ? (size_t)f->limit
							   : s->count;
}

static void
print_json(const struct filter *f, const struct cli_supervise *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < shown_of(f, s); i++)
		doc_add(list, row_json(&s->rows[i]));
	cli_print_json(list);
	json_decref(list);
}

static void
print_table(const struct cli *cli, const struct filter *f,
    const struct cli_supervise *s)
{
	struct table *t;
	char due[CLI_TIME_MAX + 1];

	if (s->count == 0) {
		cli_say(cli, stdout, SAY_CLI_SUPERVISE_NONE, NULL);
		return;
	}
	t = table_new((const char *const[]){ cli_word(cli, SAY_CLI_HEAD_ITEM),
	    cli_word(cli, SAY_CLI_HEAD_CLOCK),
	    cli_word(cli, SAY_CLI_HEAD_HOLDER), cli_word(cli, SAY_CLI_HEAD_DUE),
	    cli_word(cli, SAY_CLI_HEAD_DAYS_OVER),
	    cli_word(cli, SAY_CLI_HEAD_KIND),
	    cli_word(cli, SAY_CLI_HEAD_ADDRESSEE), NULL });
	table_right(t, 4);
	for (size_t i = 0; i < shown_of(f, s); i++) {
		const struct supervise_row *row = &s->rows[i];

		table_text(t, row->item);
		table_text(t, row->clock);
		table_text(t, row->holder);
		table_text(t, cli_time(row->due_ms, due));
		table_number(t, row->days_over);
		table_text(t, codes_name(CODES_DIRECTIVE_KIND,
				  ladder_kind(row->rung), cli->language));
		table_text(t, row->is_barred ? "-" : row->to);
	}
	cli_print_table(t);
	cli_print_shown(cli, shown_of(f, s), s->count);
}

/* -- sending -- */

static int
send_one(struct cli *cli, const struct supervise_row *row)
{
	struct command ask;
	json_t *result;
	int exit;

	cli_command_init(cli, COMMAND_DIRECTIVE_ISSUE, &ask);
	CHECK(text_copy(ask.directive.kind, sizeof(ask.directive.kind),
		  ladder_kind(row->rung)) == RC_OK);
	CHECK(text_copy(ask.directive.ground, sizeof(ask.directive.ground),
		  row->rung == RUNG_REMIND
		      ? ""
		      : omission_ground_of_limit(row->clock)) == RC_OK);
	memcpy(ask.directive.item, row->item, sizeof(ask.directive.item));
	memcpy(ask.directive.clock, row->clock, sizeof(ask.directive.clock));
	ask.directive.to = &row->to;
	ask.directive.to_count = 1;
	exit = cli_ask(cli, &ask, &result);
	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		cli_print_json(result);
	} else if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_CLI_SUPERVISE_SENT,
		    SAY_ARGS(ladder_kind(row->rung), doc_member(result, "id"),
			row->item, row->to));
	}
	json_decref(result);
	return exit;
}

static int
send_all(struct cli *cli, const struct filter *f, const struct cli_supervise *s)
{
	int exit = EXIT_DONE;

	if (s->count == 0 && f->item[0] != '\0') {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_SUPERVISE_NOT_DUE,
		    SAY_ARGS(f->item));
	}
	if (s->count == 0 && !cli_has(cli, "json"))
		cli_say(cli, stdout, SAY_CLI_SUPERVISE_NONE, NULL);
	for (size_t i = 0; i < s->count && exit == EXIT_DONE; i++) {
		/* Of many, one that was reported is passed over; of one item
		 * the desk says why not. */
		if (s->rows[i].is_barred && f->item[0] == '\0')
			continue;
		exit = send_one(cli, &s->rows[i]);
	}
	return exit;
}

static int
run(struct cli *cli)
{
	struct cli_supervise s = { 0 };
	struct reading r = { 0 };
	struct filter f = { 0 };
	int exit;

	if (!read_filter(cli, &f))
		return EXIT_USAGE;
	exit = cli_reading_open(cli, &r);
	if (exit == EXIT_DONE)
		exit = cli_supervise_read(cli, &r, f.now_ms, RUNG_GP, &s);
	if (exit == EXIT_DONE)
		cli_say_behind(cli, &r);
	cli_reading_close(cli);
	keep_wanted(&f, &s);
	if (exit != EXIT_DONE) {
	} else if (f.item[0] != '\0' || cli_has(cli, "send-all")) {
		exit = send_all(cli, &f, &s);
	} else if (cli_has(cli, "json")) {
		print_json(&f, &s);
	} else {
		print_table(cli, &f, &s);
	}
	cli_supervise_free(&s);
	return exit;
}

const struct cli_command cli_supervise_list = {
	.name = "supervise",
	.arguments = "",
	.help = SAY_CLI_SUPERVISE,
	.options = options,
	.run = run,
};
