/*
 * clocks - limits for people: the columns of their tables, and the line that
 * says that they are still being worked out.
 */
#include "cli/items/clocks.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "words/table.h"

const enum say cli_limit_heads[] = { SAY_CLI_HEAD_ITEM, SAY_CLI_HEAD_LIMIT,
	SAY_CLI_HEAD_STATE, SAY_CLI_HEAD_DUE, SAY_CLI_HEAD_LEFT,
	SAY_CLI_HEAD_HOLDER, SAY_CLI_HEAD_ARTICLE, SAY_COUNT };

static const char *
state_name(const struct cli *cli, const char *word)
{
	static const struct {
		const char *word;
		enum say say;
	} names[] = {
		{ "running", SAY_CLOCK_RUNNING },
		{ "met", SAY_CLOCK_MET },
		{ "missed", SAY_CLOCK_MISSED },
		{ "stopped", SAY_CLOCK_STOPPED },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (strcmp(names[i].word, word) == 0)
			return cli_word(cli, names[i].say);
	}
	return word;
}

void
cli_limit_cells(const struct cli *cli, struct table *t, const json_t *limit,
    bool has_item)
{
	bool is_provisional =
	    json_is_true(json_object_get(limit, "provisional"));
	char left[DOC_DIGITS_MAX + 1], due[DOC_MINUTE_MAX + 1];
	char due_text[DOC_MINUTE_MAX + 2];
	const char *date = doc_member(limit, "due_date");

	if (date[0] == '\0')
		date = doc_minute(json_object_get(limit, "due"), due);
	CHECK(text_format(due_text, sizeof(due_text), "%s%s", date,
		  is_provisional ? "*" : "") == RC_OK);
	if (has_item)
		table_text(t, doc_member(limit, "item"));
	table_text(t,
	    doc_member(limit,
		cli->language == LANGUAGE_ZH ? "title_zh" : "title_en"));
	table_text(t, state_name(cli, doc_member(limit, "state")));
	table_text(t, due_text);
	table_text(t, doc_digits(limit, "days_left", left));
	table_text(t, doc_member(limit, "holder"));
	table_text(t, doc_member(limit, "article"));
}
