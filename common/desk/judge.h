/*
 * judge - what is asked of anything that was typed, whatever the command:
 * a number, a code of a list, the length of a text, a date, an office.
 *
 * A judgement that holds brings what was typed into its printed form.  One
 * that does not leaves it as it was and says why in `why`: a sentence of the
 * catalogue and its arguments, for who answers in a reply (desk_refuse) as
 * well as for who answers item by item:
 *
 *	return judge_item_number(item, &n, &why) ||
 *	       desk_refuse(reply, why.say, why.args);
 *
 * Here is nothing that needs the register: whether there is such an item,
 * and who may do what with it, is each command's own question.
 *
 * No state; any thread.
 */
#ifndef DESK_JUDGE_H
#define DESK_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/limits.h"
#include "petition/codes.h"
#include "petition/item_number.h"
#include "words/catalogue.h"

struct reply_writer;

enum { JUDGED_ARGS_MAX = 3 };

/* Why not; filled only when a judgement does not hold. */
struct judged {
	enum say say;
	/* NULL ends them.  Some are what was typed, in the caller's memory:
	 * say the sentence before that changes. */
	const char *args[JUDGED_ARGS_MAX + 1];
};

/* The number of an item; `n` receives its parts when it holds. */
bool judge_item_number(char item[static ITEM_NUMBER_MAX + 1],
    struct item_number *n, struct judged *why);
/* The same of a directive. */
bool judge_directive_number(char id[static ITEM_NUMBER_MAX + 1],
    struct item_number *n, struct judged *why);

/*
 * A code of `list`, or the name of one, which becomes the code.  `what` is
 * the field or the option as the person knows it; it lives for ever.
 */
bool judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct judged *why);

/* At most `bytes_max`, which people are told as `most` ("32 KiB"). */
bool judge_length(size_t bytes, size_t bytes_max, const char *most,
    struct judged *why);

/* A date due must come after `after_ms`. */
bool judge_due(int64_t due_ms, int64_t after_ms, struct judged *why);

/* Shaped like the code of an office; not whether there is one. */
bool judge_office_code(const char *office, struct judged *why);

/* Refuse the whole command, with EXIT_REFUSED.  Always false, so that who
 * judges may return it. */
bool desk_refuse(struct reply_writer *reply, enum say id,
    const char *const args[]);

#endif
