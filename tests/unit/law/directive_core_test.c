/* directive_core - the table of moves, what is told of it, and one order. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/limits.h"
#include "law/moves/directive_core.h"
#include "mech/states.h"
#include "petition/codes.h"

#include "support/unit.h"

enum { ROW_MAX = 300 };

TEST(test_every_code_of_the_table_has_a_name)
{
	const struct directive_rule *r;

	for (enum directive_code c = 0; c < DIRECTIVE_CODES; c++) {
		assert_true(
		    codes_known(CODES_DIRECTIVE_STATUS, directive_code(c)));
		assert_int_equal(directive_code_of(directive_code(c)), c);
	}
	assert_int_equal(directive_code_of(""), DIRECTIVE_CODES);
	assert_int_equal(directive_code_of("DLV SGN"), DIRECTIVE_CODES);
	for (size_t i = 0; (r = directive_rule_at(i)) != NULL; i++) {
		for (enum directive_code c = 0; c < DIRECTIVE_CODES; c++) {
			if ((r->from & BIT(c)) == 0)
				continue;
			assert_false(directive_is_over(c));
			assert_ptr_equal(directive_rule(directive_code(r->step),
					     r->kind[0] != '\0' ? r->kind
								: "DB",
					     directive_code(c)),
			    r);
		}
	}
}

TEST(test_nothing_follows_what_is_over)
{
	static const enum directive_code over[] = { DIRECTIVE_CLS,
		DIRECTIVE_CXL, DIRECTIVE_SPD, DIRECTIVE_LPS };
	const struct directive_rule *r;

	(void)state;
	for (size_t o = 0; o < sizeof(over) / sizeof(*over); o++) {
		assert_true(directive_is_over(over[o]));
		for (size_t i = 0; (r = directive_rule_at(i)) != NULL; i++) {
			const char *step = directive_code(r->step);
			const char *from = directive_code(over[o]);

			assert_null(directive_rule(step, "DB", from));
			assert_null(directive_rule(step, "TB", from));
		}
	}
	assert_null(directive_rule("SGN", "DB", ""));
	assert_null(directive_rule("SGN", "DB", "DLV SGN"));
	assert_null(directive_step_rule("XYZ"));
}

TEST(test_only_a_circular_is_closed_without_an_answer)
{
	(void)state;
	assert_non_null(directive_rule("CLS", "TB", "DLV"));
	assert_null(directive_rule("CLS", "DB", "DLV"));
	assert_non_null(directive_rule("CLS", "TB", "ANS"));
	assert_non_null(directive_rule("CLS", "IMP", "ANS"));
}

static const char *
brings(unsigned needs)
{
	if ((needs & DIRECTIVE_IS_ANSWER) != 0)
		return "answer ";
	if ((needs & DIRECTIVE_NEEDS_OTHER) != 0)
		return "other ";
	if ((needs & DIRECTIVE_TAKES_DUE) != 0)
		return "date? ";
	if ((needs & DIRECTIVE_NEEDS_DUE) != 0)
		return "text, date ";
	return (needs & DIRECTIVE_NEEDS_TEXT) != 0 ? "text " : "";
}

/* "SGN WRK", in the order of a directive's life. */
static const char *
origins(uint32_t bits, char out[static ROW_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (enum directive_code c = 0; c < DIRECTIVE_CODES; c++) {
		if ((bits & BIT(c)) == 0)
			continue;
		assert_int_equal(text_format(out + used, ROW_MAX - used, "%s%s",
				     used > 0 ? " " : "", directive_code(c)),
		    RC_OK);
		used += strlen(out + used);
	}
	return out;
}

/* The table as docs/directives.md has it. */
static void
write_table(struct buffer *out)
{
	const struct directive_rule *r;
	char row[ROW_MAX], from[ROW_MAX], word[40];

	for (size_t i = 0; (r = directive_rule_at(i)) != NULL; i++) {
		const char *by =
		    r->side == DIRECTIVE_BY_ISSUER ? "issuer" : "addressee";

		assert_int_equal(r->word[0] == '\0'
				     ? text_copy(word, sizeof(word),
					   "by itself")
				     : text_format(word, sizeof(word),
					   "`%s`%s%s%s", r->word,
					   r->kind[0] != '\0' ? " (" : "",
					   r->kind,
					   r->kind[0] != '\0' ? ")" : ""),
		    RC_OK);
		assert_int_equal(text_format(row, sizeof(row),
				     "| `%s` | %s | `%s` | `%s` | %s | %s|\n",
				     directive_code(r->step), word,
				     origins(r->from, from),
				     directive_code(r->to), by,
				     brings(r->needs)),
		    RC_OK);
		assert_int_equal(buffer_append(out, span_of_text(row)), RC_OK);
	}
	assert_int_equal(buffer_append(out, span_of("", 1)), RC_OK);
}

TEST(test_the_document_has_the_same_table)
{
	const char *source = getenv("SRC"); /* NOLINT: one thread */
	struct buffer text = { .limit = (size_t)1024 * 1024 }, table = { 0 };
	char path[FILE_PATH_MAX];
	const char *begin, *end;

	(void)state;
	if (source == NULL)
		skip();
	file_join(path, source, "docs/directives.md");
	assert_int_equal(file_read(path, &text), RC_OK);
	assert_int_equal(buffer_append(&text, span_of("", 1)), RC_OK);
	begin = strstr((const char *)text.at, "|---|---|---|---|---|---|\n");
	end = strstr((const char *)text.at, "<!-- moves: end -->");
	assert_non_null(begin);
	assert_non_null(end);
	begin = strchr(begin, '\n') + 1;
	text.at[end - (const char *)text.at] = '\0';
	write_table(&table);
	assert_string_equal(begin, (const char *)table.at);
	buffer_clear(&text);
	buffer_clear(&table);
}

/* -- one order -- */

static void
assert_order(const struct directive_said *said, size_t count,
    const char *expected)
{
	size_t order[16];
	char got[ROW_MAX] = "";

	directive_order(said, count, order);
	for (size_t i = 0; i < count; i++) {
		size_t used = strlen(got);

		assert_int_equal(text_format(got + used, sizeof(got) - used,
				     "%s%s", i > 0 ? " " : "",
				     directive_code(said[order[i]].step)),
		    RC_OK);
	}
	assert_string_equal(got, expected);
}

#define THEIRS DIRECTIVE_BY_ADDRESSEE
#define OURS   DIRECTIVE_BY_ISSUER

TEST(test_what_answers_stands_behind_what_it_answers)
{
	/* The issuer's clock is far behind. */
	const struct directive_said behind[] = { { DIRECTIVE_DLV, THEIRS,
						     1000 },
		{ DIRECTIVE_SGN, THEIRS, 1001 },
		{ DIRECTIVE_EXQ, THEIRS, 1002 },
		{ DIRECTIVE_ANS, THEIRS, 1003 },
		{ DIRECTIVE_ANS, THEIRS, 1004 }, { DIRECTIVE_EXG, OURS, 1 },
		{ DIRECTIVE_RTN, OURS, 2 }, { DIRECTIVE_CLS, OURS, 3 } };
	/* And far ahead. */
	const struct directive_said ahead[] = { { DIRECTIVE_EXG, OURS, 9001 },
		{ DIRECTIVE_RTN, OURS, 9002 }, { DIRECTIVE_CLS, OURS, 9003 },
		{ DIRECTIVE_DLV, THEIRS, 1000 },
		{ DIRECTIVE_EXQ, THEIRS, 1002 },
		{ DIRECTIVE_ANS, THEIRS, 1003 },
		{ DIRECTIVE_EXQ, THEIRS, 1004 },
		{ DIRECTIVE_ANS, THEIRS, 1005 } };

	(void)state;
	assert_order(behind, 8, "DLV SGN EXQ EXG ANS RTN CLS ANS");
	assert_order(ahead, 8, "DLV EXQ ANS EXG RTN EXQ ANS CLS");
}

TEST(test_otherwise_the_recorded_times_decide)
{
	const struct directive_said said[] = { { DIRECTIVE_DLV, THEIRS, 10 },
		{ DIRECTIVE_SGN, THEIRS, 30 }, { DIRECTIVE_CXL, OURS, 20 } };

	(void)state;
	assert_order(said, 3, "DLV CXL SGN");
	assert_order(said, 2, "DLV SGN");
	assert_order(NULL, 0, "");
}

/* Words without anything that they could be about. */
TEST(test_any_words_at_all_have_an_order)
{
	static const enum directive_code steps[] = { DIRECTIVE_RTN,
		DIRECTIVE_EXG, DIRECTIVE_ANS, DIRECTIVE_EXQ, DIRECTIVE_CLS,
		DIRECTIVE_CODES };
	struct directive_said said[12];
	unsigned seed = 7;

	(void)state;
	for (int run = 0; run < 5000; run++) {
		size_t order[12];
		bool seen[12] = { false };

		for (size_t i = 0; i < 12; i++) {
			seed = seed * 1103515245 + 12345;
			said[i] =
			    (struct directive_said){ steps[(seed >> 16) % 6],
				    (seed >> 24) % 2 ? OURS : THEIRS,
				    (int64_t)((seed >> 8) % 50) };
		}
		directive_order(said, 12, order);
		for (size_t i = 0; i < 12; i++) {
			assert_true(order[i] < 12);
			assert_false(seen[order[i]]);
			seen[order[i]] = true;
		}
	}
}
