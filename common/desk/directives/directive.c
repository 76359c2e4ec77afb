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
#include "register/views.h"
#include "words/doc.h"

/* -- judging what was typed -- */

bool
desk_judge_id(char id[static DIRECTIVE_ID_MAX + 1], struct item_number *n,
    struct reply_writer *reply)
{
	struct judged why;

	return judge_directive_number(id, n, &why) ||
	       desk_refuse(reply, why.say, why.args);
}

bool
desk_judge_code(enum codes_list list, char code[static CODE_MAX + 1],
    const char *what, struct reply_writer *reply)
{
	struct judged why;

	return judge_code(list, code, what, &why) ||
	       desk_refuse(reply, why.say, why.args);
}

bool
desk_judge_text(struct span text, struct reply_writer *reply)
{
	struct judged why;

	return judge_length(text.size, DIRECTIVE_TEXT_BYTES_MAX, "32 KiB",
		   &why) ||
	       desk_refuse(reply, why.say, why.args);
}

bool
desk_judge_due(struct office *o, int64_t due_ms, struct reply_writer *reply)
{
	struct judged why;

	return due_ms == 0 || judge_due(due_ms, o->now.wall_ms, &why) ||
	       desk_refuse(reply, why.say, why.args);
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
