/* lifecycle_docs - docs/lifecycle.md says what the tables in the code say. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "law/moves/escalation_core.h"
#include "law/moves/lifecycle.h"
#include "mech/states.h"
#include "petition/codes.h"

#include "support/unit.h"

enum { LINE_MAX_BYTES = 400, LINES_MAX = 1000 };

static struct buffer bytes = { .limit = 200000 };
static char *lines[LINES_MAX];
static size_t lines_count;

static int
read_document(void **state)
{
	const char *source = getenv("SRC");
	char path[FILE_PATH_MAX], *rest;
	static const uint8_t end = 0;

	(void)state;
	file_join(path, source != NULL ? source : ".", "docs/lifecycle.md");
	if (file_read(path, &bytes) != RC_OK ||
	    buffer_append(&bytes, span_of(&end, 1)) != RC_OK)
		return -1;
	rest = (char *)bytes.at;
	while (rest != NULL && lines_count < LINES_MAX)
		lines[lines_count++] = strsep(&rest, "\n");
	return rest == NULL ? 0 : -1;
}

static int
free_document(void **state)
{
	(void)state;
	buffer_clear(&bytes);
	return 0;
}

static void
expect_line(const char *line)
{
	size_t count = 0;

	for (size_t i = 0; i < lines_count; i++)
		count += strcmp(lines[i], line) == 0;
	if (count != 1)
		fail_msg("docs/lifecycle.md should have once: %s", line);
}

/* The first row of the table whose head begins with `title`. */
static size_t
table_at(const char *title)
{
	size_t at = 0;

	while (
	    at < lines_count && strncmp(lines[at], title, strlen(title)) != 0)
		at++;
	assert_true(at < lines_count);
	return at + 2;
}

static size_t
rows_of(const char *title)
{
	size_t at = table_at(title), count = 0;

	while (at + count < lines_count && lines[at + count][0] == '|')
		count++;
	return count;
}

/* Row `index` begins so. */
static void
expect_row(const char *title, size_t index, const char *row)
{
	size_t at = table_at(title) + index;

	assert_true(at < lines_count);
	if (strncmp(lines[at], row, strlen(row)) != 0) {
		fail_msg("docs/lifecycle.md has: %s\ninstead of: %s", lines[at],
		    row);
	}
}

/* -- the table of moves -- */

struct line {
	char text[LINE_MAX_BYTES];
};

__attribute__((format(printf, 2, 3))) static void
say_more(struct line *line, const char *format, ...)
{
	size_t used = strlen(line->text);
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(line->text + used, sizeof(line->text) - used, format,
	    arguments);
	va_end(arguments);
	assert_true(strlen(line->text) < sizeof(line->text) - 1);
}

static void
say_states(struct line *line, uint32_t from)
{
	const char *space = "";

	if (from == BIT(LIFE_STATES) - 1) {
		say_more(line, "any");
		return;
	}
	for (enum life_state s = LIFE_REG; s < LIFE_STATES; s++) {
		if ((from & BIT(s)) == 0)
			continue;
		say_more(line, "%s%s", space, life_state_code(s));
		space = " ";
	}
}

static const char *
target_of(const struct life_rule *rule)
{
	if (rule->to == LIFE_STAYS)
		return "stays";
	return rule->to == LIFE_BACK
		   ? "back"
		   : life_state_code((enum life_state)rule->to);
}

static const char *
side_of(const struct life_rule *rule)
{
	static const char *const sides[] = {
		[LIFE_BY_HOLDER] = "holder",
		[LIFE_BY_ADDRESSEE] = "addressee",
		[LIFE_BY_TAKER] = "holder or addressee",
		[LIFE_BY_SENDER] = "sender",
		[LIFE_BY_ABOVE] = "above",
		[LIFE_BY_ANY] = "any",
	};

	return sides[rule->side];
}

static void
say_bits(struct line *line, unsigned bits, const char *const words[],
    size_t count)
{
	const char *comma = "";

	if (bits == 0)
		say_more(line, "—");
	for (size_t i = 0; i < count; i++) {
		if ((bits & BIT(i)) == 0)
			continue;
		say_more(line, "%s%s", comma, words[i]);
		comma = ", ";
	}
}

static struct line
row_of(enum life_move move)
{
	static const char *const needs[] = { "addressee", "date due", "text",
		"days", "approver", "opinion", "outcome", "rating",
		"other item", "person", "document" };
	static const char *const roles[] = { "clerk", "supervisor", "head",
		"auditor", "administrator" };
	const struct life_rule *rule = life_rule_of(move);
	struct line line = { "" };

	for (enum life_role r = ROLE_CLERK; r < ROLE_COUNT; r++)
		assert_int_equal(life_role_of_word(roles[r]), r);
	say_more(&line, "| `%s` | `%s` | %s | ", life_move_word(move),
	    life_move_code(move), life_move_name(move, LANGUAGE_ZH));
	say_states(&line, rule->from);
	say_more(&line, " | %s | %s | ", target_of(rule), side_of(rule));
	say_bits(&line, rule->needs, needs, 11);
	say_more(&line, " | ");
	say_bits(&line, rule->roles, roles, ROLE_COUNT);
	say_more(&line, " | %s |", rule->article);
	return line;
}

TEST(test_the_table_of_moves_is_that_of_the_code)
{
	(void)state;
	for (enum life_move m = MOVE_FORWARD; m < MOVE_COUNT; m++) {
		struct line line = row_of(m);

		expect_row("| word | code |", m - MOVE_FORWARD, line.text);
	}
	assert_int_equal(rows_of("| word | code |"), MOVE_COUNT - 1);
}

/* -- the drawings -- */

/* Nearly everywhere, so they would only cover the drawings. */
static bool
is_drawn(enum life_move move)
{
	return move != MOVE_WITHDRAW && move != MOVE_MERGE &&
	       move != MOVE_UNMERGE && life_rule_of(move)->to != LIFE_STAYS;
}

static bool
leads(enum life_move move, enum life_state from, enum life_state to)
{
	const struct life_rule *rule = life_rule_of(move);
	uint32_t sent = BIT(LIFE_FWD) | BIT(LIFE_ASG);

	if ((rule->from & BIT(from)) == 0)
		return false;
	if (move == MOVE_AGREE) {
		return (life_rule_of(MOVE_FORWARD)->from & ~sent & BIT(to)) !=
		       0;
	}
	if (move == MOVE_INSIST)
		return (sent & BIT(to)) != 0;
	return rule->to == (int)to;
}

/* "    REG --> DEC: decline, not-accepted-again", or "" */
static struct line
arrow_of(enum life_state from, enum life_state to)
{
	struct line line = { "" };

	for (enum life_move m = MOVE_FORWARD; m < MOVE_COUNT; m++) {
		if (!is_drawn(m) || !leads(m, from, to))
			continue;
		if (line.text[0] == '\0') {
			say_more(&line,
			    "    %s --> %s: ", life_state_code(from),
			    life_state_code(to));
		} else {
			say_more(&line, ", ");
		}
		say_more(&line, "%s", life_move_word(m));
	}
	return line;
}

/* Arrows between states in all state drawings. */
static size_t
count_arrows(void)
{
	bool is_inside = false;
	size_t count = 0;

	for (size_t i = 0; i < lines_count; i++) {
		if (strcmp(lines[i], "stateDiagram-v2") == 0)
			is_inside = true;
		if (strcmp(lines[i], "```") == 0)
			is_inside = false;
		count += is_inside && strstr(lines[i], "-->") != NULL &&
			 strstr(lines[i], "[*]") == NULL;
	}
	return count;
}

TEST(test_the_drawings_have_the_arrows_of_the_code)
{
	size_t count = 0;

	(void)state;
	for (enum life_state from = LIFE_REG; from < LIFE_STATES; from++) {
		for (enum life_state to = LIFE_REG; to < LIFE_STATES; to++) {
			struct line line = arrow_of(from, to);

			if (line.text[0] == '\0')
				continue;
			expect_line(line.text);
			count++;
		}
	}
	assert_int_equal(count_arrows(), count);
}

/* -- the tables of states -- */

static struct line
state_row(enum codes_list list, const char *code, bool says_yes)
{
	struct line line = { "" };

	say_more(&line, "| `%s` | %s | %s | %s | ", code,
	    codes_name(list, code, LANGUAGE_ZH),
	    codes_name(list, code, LANGUAGE_EN), says_yes ? "yes" : "no");
	return line;
}

TEST(test_the_table_of_states_is_that_of_the_code)
{
	(void)state;
	for (enum life_state s = LIFE_REG; s < LIFE_STATES; s++) {
		struct line line =
		    state_row(CODES_STATE, life_state_code(s), life_is_open(s));

		expect_row("| state |", s, line.text);
	}
	assert_int_equal(rows_of("| state |"), LIFE_STATES);
}

TEST(test_the_table_of_the_level_below_is_that_of_the_code)
{
	(void)state;
	for (enum lower_state s = LOWER_NOP; s < LOWER_STATES; s++) {
		struct line line = state_row(CODES_LOWER_STATE, lower_code(s),
		    lower_is_failure(s));

		expect_row("| level below |", s, line.text);
	}
	assert_int_equal(rows_of("| level below |"), LOWER_STATES);
}

TEST_GROUP(read_document, free_document)
