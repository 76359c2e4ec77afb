/*
 * filters - what several lists take and print alike.
 *
 * What was typed becomes a plain value here or is refused with the sentence
 * that names the option, so that questions and commands get only what fits.
 */
#include "cli/filters.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "petition/item_number.h"
#include "petition/office_code.h"

enum {
	TYPED_MAX = 64,
	OPTION_MAX = 40, /* with its dashes */
	DATE_BYTES = 10, /* 2026-03-01 */
	MS_PER_DAY = 24 * 60 * 60 * 1000,
};

/* -- filters -- */

/* What --OPTION says is wrong: the sentence names it as it was typed. */
static bool
refuse_option(const struct cli *cli, enum say id, const char *option)
{
	char dashed[OPTION_MAX];

	CHECK(text_format(dashed, sizeof(dashed), "--%s", option) == RC_OK);
	(void)cli_refuse(cli, EXIT_USAGE, id, SAY_ARGS(dashed));
	return false;
}

bool
cli_read_limit(const struct cli *cli, int64_t *limit)
{
	const char *typed = cli_value(cli, "limit");

	*limit = cli_has(cli, "json") ? 0 : CLI_LIMIT_FOR_PEOPLE;
	if (typed == NULL || number_parse(typed, 0, INT32_MAX, limit) == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_NUMBER,
	    SAY_ARGS("limit", typed));
	return false;
}

bool
cli_read_office(const struct cli *cli, const char *option, const char **code)
{
	*code = cli_value(cli, option);
	if (*code == NULL || office_code_is_shaped(*code))
		return true;
	(void)cli_refuse(cli, EXIT_USAGE, SAY_OFFICE_CODE_MALFORMED,
	    SAY_ARGS(*code));
	return false;
}

bool
cli_read_code(const struct cli *cli, const char *option, enum codes_list list,
    const char **code)
{
	const char *typed = cli_value(cli, option);

	*code = NULL;
	if (typed == NULL)
		return true;
	*code = codes_find(list, typed);
	if (*code == NULL) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
		    SAY_ARGS(option, typed, codes_all(list)));
	}
	return *code != NULL;
}

/* A number that was typed with blanks between its groups. */
static void
dash_blanks(const char *typed, char out[static TYPED_MAX])
{
	if (strchr(typed, '-') != NULL ||
	    text_copy(out, TYPED_MAX, typed) != RC_OK) {
		out[0] = '\0';
		return;
	}
	for (char *c = out; *c != '\0'; c++) {
		if (*c == ' ')
			*c = '-';
	}
}

bool
cli_item(const struct cli *cli, const char *typed,
    char item[static ITEM_NUMBER_MAX + 1])
{
	char dashed[TYPED_MAX];
	struct item_number n;
	enum rc rc = item_number_parse(typed, &n);

	if (rc == RC_MALFORMED) {
		dash_blanks(typed, dashed);
		rc = item_number_parse(dashed, &n);
	}
	if (rc == RC_OK && n.kind == NUMBER_ITEM &&
	    (item_number_normalise(typed, item) == RC_OK ||
		item_number_normalise(dashed, item) == RC_OK))
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED,
	    rc == RC_DAMAGED ? SAY_ITEM_NUMBER_MISTYPED
			     : SAY_ITEM_NUMBER_MALFORMED,
	    SAY_ARGS(typed, "420106-2026-000123-7QK"));
	return false;
}

bool
cli_read_item(const struct cli *cli, const char *option,
    char item[static ITEM_NUMBER_MAX + 1])
{
	const char *typed = cli_value(cli, option);

	item[0] = '\0';
	return typed == NULL || cli_item(cli, typed, item);
}

bool
cli_read_span(const struct cli *cli, const char *option, struct span *out)
{
	*out = span_of_text(cli_text(cli, option, ""));
	return text_is_utf8(*out) ||
	       refuse_option(cli, SAY_CLI_NOT_TEXT, option);
}

bool
cli_copy_text(const struct cli *cli, const char *option, char *to, size_t size)
{
	const char *value = cli_text(cli, option, "");

	return (text_copy(to, size, value) == RC_OK &&
		   text_is_utf8(span_of_text(value))) ||
	       refuse_option(cli, SAY_CLI_TOO_LONG, option);
}

bool
cli_copy_code(const struct cli *cli, const char *option, enum codes_list list,
    char to[static CODE_MAX + 1])
{
	const char *code = NULL;

	to[0] = '\0';
	if (cli_text(cli, option, "")[0] == '\0')
		return true;
	if (!cli_read_code(cli, option, list, &code))
		return false;
	CHECK(text_copy(to, CODE_MAX + 1, code) == RC_OK);
	return true;
}

bool
cli_date(const struct cli *cli, const char *option, bool is_end,
    int64_t *wall_ms)
{
	const char *value = cli_value(cli, option);

	if (value == NULL)
		return true;
	if (clock_parse(value, wall_ms) != RC_OK) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_DATE,
		    SAY_ARGS(option, value));
		return false;
	}
	if (is_end && strlen(value) == DATE_BYTES)
		*wall_ms += MS_PER_DAY - 1;
	return true;
}

/* -- printing -- */

void
cli_print_count(const struct cli *cli, uint64_t count)
{
	json_t *document;

	if (!cli_has(cli, "json")) {
		(void)printf("%llu\n", (unsigned long long)count);
		return;
	}
	document = json_object();
	doc_set(document, "count", json_integer((json_int_t)count));
	cli_print_json(document);
	json_decref(document);
}

void
cli_print_shown(const struct cli *cli, uint64_t shown, uint64_t all)
{
	char some[DOC_DIGITS_MAX + 1], whole[DOC_DIGITS_MAX + 1];

	if (shown == all)
		return;
	CHECK(text_format(some, sizeof(some), "%llu",
		  (unsigned long long)shown) == RC_OK);
	CHECK(text_format(whole, sizeof(whole), "%llu",
		  (unsigned long long)all) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_SHOWN_OF, SAY_ARGS(some, whole));
}

void
cli_print_more(const struct cli *cli, uint64_t shown)
{
	char some[DOC_DIGITS_MAX + 1];

	CHECK(text_format(some, sizeof(some), "%llu",
		  (unsigned long long)shown) == RC_OK);
	cli_say(cli, stdout, SAY_CLI_MORE, SAY_ARGS(some));
}

void
cli_say_behind(const struct cli *cli, const struct reading *r)
{
	char done_text[24], all_text[24];
	uint64_t done, all;

	if (!documents_behind(r, &done, &all))
		return;
	CHECK(text_format(done_text, sizeof(done_text), "%llu",
		  (unsigned long long)done) == RC_OK);
	CHECK(text_format(all_text, sizeof(all_text), "%llu",
		  (unsigned long long)all) == RC_OK);
	cli_say(cli, stderr, SAY_CLI_FOLLOWING, SAY_ARGS(done_text, all_text));
}

void
cli_array_add(struct cli_array *a, json_t *row)
{
	(void)fputs(a->is_open ? ",\n" : "[", stdout);
	if (json_dumpf(row, stdout, JSON_COMPACT) != 0)
		fatal("cannot write the result");
	json_decref(row);
	a->is_open = true;
}

void
cli_array_end(struct cli_array *a)
{
	(void)puts(a->is_open ? "]" : "[]");
}
