/*
 * Directives at the desk: what issuing and moving share.
 *
 * law/directive_core.h says which moves there are.  Each side judges a move
 * by what it knows: an answer and a cancellation may cross on their way, and
 * the views say which one counts.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/directives/directive_internal.h"
#include "petition/item_number.h"
#include "register/views.h"
#include "words/doc.h"

bool
desk_refuse(struct reply_writer *reply, enum say id, const char *const args[])
{
	reply_refuse(reply, EXIT_REFUSED, id, args);
	return false;
}

/* -- judging what was typed -- */

bool
desk_judge_id(char id[static DIRECTIVE_ID_MAX + 1], struct item_number *n,
    struct reply_writer *reply)
{
	char typed[DIRECTIVE_ID_MAX + 1];
	enum rc rc;

	memcpy(typed, id, sizeof(typed));
	rc = item_number_parse(typed, n);
	if (rc == RC_DAMAGED) {
		return desk_refuse(reply, SAY_ITEM_NUMBER_MISTYPED,
		    SAY_ARGS(typed));
	}
	if (rc != RC_OK || n->kind != NUMBER_DIRECTIVE ||
	    item_number_normalise(typed, id) != RC_OK) {
		return desk_refuse(reply, SAY_DESK_NO_DIRECTIVE_ID,
		    SAY_ARGS(typed));
	}
	return true;
}

bool
desk_judge_item(char item[static ITEM_NUMBER_MAX + 1],
    struct reply_writer *reply)
{
	struct item_number n;
	char typed[ITEM_NUMBER_MAX + 1];
	enum rc rc;

	if (item[0] == '\0')
		return true;
	memcpy(typed, item, sizeof(typed));
	rc = item_number_parse(typed, &n);
	if (rc == RC_DAMAGED) {
		return desk_refuse(reply, SAY_ITEM_NUMBER_MISTYPED,
		    SAY_ARGS(typed));
	}
	if (rc != RC_OK || n.kind != NUMBER_ITEM ||
	    item_number_normalise(typed, item) != RC_OK) {
		return desk_refuse(reply, SAY_ITEM_NUMBER_MALFORMED,
		    SAY_ARGS(typed, "420106-2026-000123-7QK"));
	}
	return true;
}

bool
desk_judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct reply_writer *reply)
{
	const char *known = codes_find(list, code);
	char typed[CODE_MAX + 1];

	if (known == NULL) {
		memcpy(typed, code, sizeof(typed));
		return desk_refuse(reply, SAY_DESK_UNKNOWN_CODE,
		    SAY_ARGS(what, typed, codes_all(list)));
	}
	CHECK(text_copy(code, CODE_MAX + 1, known) == RC_OK);
	return true;
}

bool
desk_judge_text(struct span text, struct reply_writer *reply)
{
	if (text.size <= DIRECTIVE_TEXT_BYTES_MAX)
		return true;
	return desk_refuse(reply, SAY_DESK_TEXT_TOO_LONG, SAY_ARGS("32 KiB"));
}

bool
desk_judge_due(struct office *o, int64_t due_ms, struct reply_writer *reply)
{
	if (due_ms != 0 && due_ms <= o->now.wall_ms)
		return desk_refuse(reply, SAY_DESK_DUE_PAST, NULL);
	return true;
}

/* -- recording a step -- */

static uint64_t
record_copy(struct office *o, const struct command *c, struct span payload,
    const char *audience)
{
	struct record draft = { .kind = RECORD_DIRECTIVE_STEP,
		.claimed_ms = o->now.wall_ms,
		.payload = payload };
	struct desk_place place;

	CHECK(desk_record(o, c, audience, &draft, &place) == RC_OK);
	return place.position;
}

uint64_t
desk_record_step(struct office *o, const struct command *c,
    const struct directive_step *step, const struct directive_rule *rule,
    bool is_draft)
{
	struct buffer payload = { 0 };
	uint64_t position;

	wire_directive_step_pack(&payload, step);
	position = record_copy(o, c, buffer_span(&payload),
	    is_draft ? o->settings.office : "");
	if (rule->side == DIRECTIVE_BY_ISSUER && !is_draft) {
		(void)record_copy(o, c, buffer_span(&payload), step->addressee);
	}
	buffer_clear(&payload);
	return position;
}

json_t *
desk_codes_json(const char (*codes)[OFFICE_CODE_MAX + 1], size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		doc_add(list, json_string(codes[i]));
	return list;
}

/* -- who was reported -- */

bool
desk_is_accused(struct office *o, const char *item, const char *matter,
    const char *office)
{
	return (item[0] != '\0' && views_is_accused(o->views, item, office)) ||
	       (matter[0] != '\0' &&
		   views_is_accused(o->views, matter, office));
}
