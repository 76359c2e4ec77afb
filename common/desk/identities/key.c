/*
 * The end of a year's key.
 *
 * First the key goes, then the record of it is written.  When the power goes
 * in between, asking again finds no key but identities of that year, and
 * records what happened; the other way round the record could promise what
 * is not so.
 */
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/desk_internal.h"
#include "desk/judge.h"
#include "desk/rights.h"
#include "keys/people.h"
#include "keys/seal.h"
#include "petition/mask.h"
#include "register/ask/identities.h"
#include "words/doc.h"

static bool
destroy_key(struct office *o, uint32_t year, struct reply_writer *reply)
{
	char text[16];
	enum rc rc = seal_destroy(o->seal, (int)year);

	CHECK(text_format(text, sizeof(text), "%u", (unsigned)year) == RC_OK);
	if (rc == RC_NONE &&
	    !ask_key_is_needed(o->views, o->settings.office, (int)year))
		return desk_refuse(reply, SAY_KEY_NONE, SAY_ARGS(text));
	if (rc == RC_OK || rc == RC_NONE)
		return true;
	reply_refuse(reply, EXIT_CONFIG, SAY_KEY_STAYS, SAY_ARGS(text, o->dir));
	return false;
}

static void
record_end(struct office *o, const struct command *c,
    struct key_destroyed *gone, struct reply_writer *reply)
{
	struct record draft = { .kind = RECORD_KEY_DESTROYED,
		.claimed_ms = o->now.wall_ms };
	struct buffer payload = { 0 };
	struct desk_place place;

	wire_key_destroyed_pack(&payload, gone);
	draft.payload = buffer_span(&payload);
	CHECK(desk_record(o, c, "", &draft, &place) == RC_OK);
	buffer_clear(&payload);
	log_info("office=%s event=key_destroyed year=%u", o->settings.office,
	    (unsigned)gone->year);
	reply_result(reply,
	    json_pack("{s:o, s:o}", "year", doc_number(gone->year), "position",
		doc_number(place.position)));
}

static bool
judge_end(const struct key_destroyed *gone, struct reply_writer *reply)
{
	struct judged why;

	if (gone->year < KEY_YEAR_MIN || gone->year > KEY_YEAR_MAX)
		return desk_refuse(reply, SAY_KEY_NONE, SAY_ARGS("-"));
	if (gone->reason.size == 0)
		return desk_refuse(reply, SAY_KEY_REASON, NULL);
	return judge_length(gone->reason.size, LINK_TEXT_BYTES_MAX, "2 KB",
		   &why) ||
	       desk_refuse(reply, why.say, why.args);
}

void
desk_destroy_key(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct key_destroyed gone = c->destroy_key;
	struct buffer masked = { 0 };
	struct people people;
	uint32_t count = 0;

	if (!desk_people_needed(o, &people, reply))
		return;
	people_clear(&people);
	if (!judge_end(&gone, reply) || !destroy_key(o, gone.year, reply))
		return;
	CHECK(mask_text(gone.reason, &masked, &count) == RC_OK);
	gone.reason = buffer_span(&masked);
	record_end(o, c, &gone, reply);
	buffer_clear(&masked);
}
