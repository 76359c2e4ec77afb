/*
 * What is asked of anything that was typed.
 *
 * One place for a number that is no number: a person who mistypes it reads
 * the same sentence from every command.  Nothing is written over before it is
 * known to be good, because the sentence quotes what was typed.
 */
#include "desk/judge.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "desk/reply.h"
#include "petition/office_code.h"

static bool
fill_why(struct judged *why, enum say id, const char *const args[])
{
	size_t count = 0;

	why->say = id;
	for (; args != NULL && args[count] != NULL; count++) {
		CHECK(count < JUDGED_ARGS_MAX);
		why->args[count] = args[count];
	}
	why->args[count] = NULL;
	return false;
}

/* `unlike` is said of what is no number, or one of something else. */
static bool
judge_number(char typed[static ITEM_NUMBER_MAX + 1], enum number_kind kind,
    struct item_number *n, enum say unlike, struct judged *why)
{
	char printed[ITEM_NUMBER_MAX + 1];
	enum rc rc = item_number_parse(typed, n);

	if (rc == RC_DAMAGED)
		return fill_why(why, SAY_ITEM_NUMBER_MISTYPED, SAY_ARGS(typed));
	if (rc != RC_OK || n->kind != kind ||
	    item_number_normalise(typed, printed) != RC_OK) {
		return fill_why(why, unlike,
		    SAY_ARGS(typed, "420106-2026-000123-7QK"));
	}
	memcpy(typed, printed, sizeof(printed));
	return true;
}

bool
judge_item_number(char item[static ITEM_NUMBER_MAX + 1], struct item_number *n,
    struct judged *why)
{
	return judge_number(item, NUMBER_ITEM, n, SAY_ITEM_NUMBER_MALFORMED,
	    why);
}

bool
judge_directive_number(char id[static ITEM_NUMBER_MAX + 1],
    struct item_number *n, struct judged *why)
{
	return judge_number(id, NUMBER_DIRECTIVE, n, SAY_DESK_NO_DIRECTIVE_ID,
	    why);
}

bool
judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct judged *why)
{
	const char *known = codes_find(list, code);

	if (known == NULL) {
		return fill_why(why, SAY_DESK_UNKNOWN_CODE,
		    SAY_ARGS(what, code, codes_all(list)));
	}
	CHECK(text_copy(code, CODE_MAX + 1, known) == RC_OK);
	return true;
}

bool
judge_length(size_t bytes, size_t bytes_max, const char *most,
    struct judged *why)
{
	return bytes <= bytes_max ||
	       fill_why(why, SAY_DESK_TEXT_TOO_LONG, SAY_ARGS(most));
}

bool
judge_due(int64_t due_ms, int64_t after_ms, struct judged *why)
{
	return due_ms > after_ms || fill_why(why, SAY_DESK_DUE_PAST, NULL);
}

bool
judge_office_code(const char *office, struct judged *why)
{
	return office_code_is_shaped(office) ||
	       fill_why(why, SAY_OFFICE_CODE_MALFORMED, SAY_ARGS(office));
}

bool
desk_refuse(struct reply_writer *reply, enum say id, const char *const args[])
{
	reply_refuse(reply, EXIT_REFUSED, id, args);
	return false;
}
