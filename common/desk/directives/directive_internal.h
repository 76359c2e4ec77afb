/*
 * desk_directive_internal - what the files of directives at the desk share.
 *
 * directive.c judges what was typed and records a step, issue.c makes
 * directives, move.c moves them, text.c has the words for those who give none.
 *
 * Functions that judge return false after a refusal in `reply`.
 */
#ifndef DESK_DIRECTIVES_DIRECTIVE_INTERNAL_H
#define DESK_DIRECTIVES_DIRECTIVE_INTERNAL_H

#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "law/moves/directive_core.h"
#include "register/ask/directives.h"

/*
 * The judgements of desk/judge.h with what directives have in common.
 * Brings `id` into its printed form; a directive's.
 */
bool desk_judge_id(char id[static DIRECTIVE_ID_MAX + 1], struct item_number *n,
    struct reply_writer *reply);
/* Into the code itself, when its name was given. */
bool desk_judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct reply_writer *reply);
/* Not too long. */
bool desk_judge_text(struct span text, struct reply_writer *reply);
/* Not in the past; 0 is fine. */
bool desk_judge_due(struct office *o, int64_t due_ms,
    struct reply_writer *reply);

/* A step in the name of this command; the issuer's twice, and one about a
 * draft in the issuer's own stream.  The position of the first. */
uint64_t desk_record_step(struct office *o, const struct command *c,
    const struct directive_step *step, const struct directive_rule *rule,
    bool is_draft);

/* ["420106", "420111"] */
json_t *desk_codes_json(const char (*codes)[OFFICE_CODE_MAX + 1], size_t count);

/*
 * Was the office reported by the item, or by any item of the matter?  "" is
 * no item and no matter.  R22 Art 30.
 */
bool desk_is_accused(struct office *o, const char *item, const char *matter,
    const char *office);

/* The move SNT: a draft goes out. */
void desk_directive_send(struct office *o, const struct command *c,
    struct reply_writer *reply);

/*
 * The words of a directive of this kind: those published for this office,
 * else ours.  {1} item or matter, {2} date due, {3} ground.  `out` is
 * empty before; at most DIRECTIVE_TEXT_BYTES_MAX.
 */
void directive_template(struct office *o, enum language language,
    const struct directive *d, struct buffer *out);

#endif
