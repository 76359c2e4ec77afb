/*
 * Files at the desk: one part of one at a time.
 *
 * A part that is here already, byte for byte, is not recorded again: whoever
 * was cut off between two parts gives all of them once more.
 */
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "petition/attachment.h"
#include "register/ask/files.h"
#include "words/doc.h"

/* "2 MiB", "500 KiB", "17 B" */
static void
write_size(int64_t bytes, char out[static 32])
{
	static const char *const units[] = { "B", "KiB", "MiB" };
	size_t unit = 0;

	while (unit < 2 && bytes >= 1024 && bytes % 1024 == 0) {
		bytes /= 1024;
		unit++;
	}
	CHECK(text_format(out, 32, "%lld %s", (long long)bytes, units[unit]) ==
	      RC_OK);
}

static bool
judge_part(const struct office *o, const struct attached *a,
    struct reply_writer *reply)
{
	char most[32];

	if (a->size > (uint64_t)o->settings.attach_max_bytes) {
		write_size(o->settings.attach_max_bytes, most);
		return desk_refuse(reply, SAY_DESK_FILE_TOO_BIG,
		    SAY_ARGS(a->name, most));
	}
	return attachment_part_fits(a) ||
	       desk_refuse(reply, SAY_DESK_PART_WRONG, SAY_ARGS(a->name));
}

void
desk_attach(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	const struct attached *a = &c->attach;
	struct record draft = { .kind = RECORD_ATTACHED,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place place;
	bool is_new;

	if (!judge_part(o, a, reply))
		return;
	is_new = !ask_has_part(o->views, o->settings.office, a);
	if (is_new) {
		wire_attached_pack(&payload, a);
		draft.payload = buffer_span(&payload);
		CHECK(desk_record(o, c, "", &draft, &place) == RC_OK);
		buffer_clear(&payload);
	}
	reply_result(reply,
	    json_pack("{s:s, s:o, s:o}", "outcome",
		is_new ? "recorded" : "already", "part", doc_number(a->part),
		"parts", doc_number(a->parts)));
}
