/*
 * roster_invite - how an office becomes ours, and how it stops being so.
 *
 *	invite   OPEN --enrol--> USED
 *	           |
 *	           +--another invitation for the same office--> REPLACED
 *
 * An invitation is used up in the transaction of the CHILD_ENROLLED record.
 * The same office asking again with the same invitation and the same key
 * gets the same answer: its first answer may have been lost on the line.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/judge.h"
#include "desk/reply.h"
#include "line/roster_internal.h"
#include "mech/db.h"
#include "office/office.h"
#include "office/office_keys.h"
#include "petition/office_code.h"
#include "relay/journal.h"
#include "service/invitation.h"
#include "words/doc.h"

static const int64_t ms_per_day = INT64_C(24) * 60 * 60 * 1000;

enum {
	INVITE_DAYS_DEFAULT = 7,
	HANDED_NAME_MAX = 16 + OFFICE_CODE_MAX, /* "secret_handed.CODE" */
};

struct kept {
	char office[OFFICE_CODE_MAX + 1];
	int64_t expires_ms;
	enum invitation_state state;
	uint8_t used_key[KEY_BYTES];
};

static bool
load_invitation(struct roster *r, const char *id, struct kept *out)
{
	struct span key;
	bool is_there;

	*out = (struct kept){ .state = INVITATION_OPEN };
	db_bind_text(r->invitation, id);
	is_there = db_next(r->invitation);
	if (is_there) {
		db_column_copy(r->invitation, 0, out->office,
		    sizeof(out->office));
		out->expires_ms = db_column_i64(r->invitation, 1);
		out->state =
		    (enum invitation_state)db_column_i64(r->invitation, 2);
		key = db_column_span(r->invitation, 3);
		if (key.size == KEY_BYTES)
			memcpy(out->used_key, key.at, KEY_BYTES);
	}
	db_reset(r->invitation);
	return is_there;
}

/* -- enrolment -- */

static bool
is_signed(const struct roster *r, const struct frame_enrol *e)
{
	struct buffer text = { .limit = INVITATION_BYTES_MAX };
	bool is_good =
	    enrol_text(&text, e->invitation, e->office, e->public_key,
		office_keys_public(r->office->identity)) == RC_OK &&
	    office_keys_verify(e->public_key, ENROL_DOMAIN, buffer_span(&text),
		e->signature);

	buffer_clear(&text);
	return is_good;
}

/* Does another office hold this key already? */
static bool
is_taken(const struct roster *r, const struct frame_enrol *e)
{
	for (size_t i = 0; i < r->count; i++) {
		if (memcmp(r->children[i].public_key, e->public_key,
			KEY_BYTES) == 0 &&
		    strcmp(r->children[i].office, e->office) != 0)
			return true;
	}
	return memcmp(office_keys_public(r->office->identity), e->public_key,
		   KEY_BYTES) == 0;
}

static enum refuse_code
judge_enrolment(const struct roster *r, const char *invitation,
    const struct frame_enrol *e, const struct kept *kept)
{
	const struct roster_child *c = roster_find(r, e->office);

	if (strcmp(invitation, e->invitation) != 0 || !is_signed(r, e))
		return REFUSE_MALFORMED;
	if (strcmp(kept->office, e->office) != 0)
		return REFUSE_INVITATION_OFFICE;
	if (kept->state == INVITATION_USED) {
		return memcmp(kept->used_key, e->public_key, KEY_BYTES) == 0 &&
			       c != NULL && roster_is_child(r, c)
			   ? REFUSE_NOT
			   : REFUSE_INVITATION_USED;
	}
	if (kept->state == INVITATION_REPLACED ||
	    r->office->now.wall_ms > kept->expires_ms)
		return REFUSE_INVITATION_EXPIRED;
	if (is_taken(r, e))
		return REFUSE_OFFICE;
	if (r->office->is_full ||
	    relay_child_count(r->office->relay) >= RELAY_CHILDREN_MAX)
		return REFUSE_NO_SPACE;
	return REFUSE_NOT;
}

static void
record_child(struct roster *r, uint32_t kind, struct child *c,
    const char *actor_role, const char *actor)
{
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	CHECK(text_copy(c->parent, sizeof(c->parent),
		  r->office->settings.office) == RC_OK);
	wire_child_pack(&payload, c);
	CHECK(office_record(r->office, "", kind, buffer_span(&payload),
		  actor_role, actor) == RC_OK);
	buffer_clear(&payload);
}

/* -- secrets that came when a child was already here -- */

static void
handed_name(const char *office, char out[HANDED_NAME_MAX])
{
	CHECK(text_format(out, HANDED_NAME_MAX, "secret_handed.%s", office) ==
	      RC_OK);
}

static void
note_handed(struct roster *r, const char *office)
{
	char name[HANDED_NAME_MAX];

	handed_name(office, name);
	journal_put_u64(r->office->journal, name,
	    office_keys_newest_matching(r->office->dir));
}

static void
hand_one(struct roster *r, const struct roster_child *c)
{
	struct sealed_secret secrets[SECRETS_MAX];
	char name[HANDED_NAME_MAX];
	uint32_t after;
	size_t count;

	handed_name(c->office, name);
	after = (uint32_t)journal_get_u64(r->office->journal, name, 0);
	count = office_keys_hand_down(r->office->dir, after, c->public_key,
	    secrets, SECRETS_MAX);
	for (size_t i = 0; i < count; i++) {
		struct buffer payload = { .limit = RECORD_BYTES_MAX };

		wire_secret_pack(&payload, &secrets[i]);
		CHECK(office_record(r->office, c->office, RECORD_SECRET_HANDED,
			  buffer_span(&payload), "system", "") == RC_OK);
		buffer_clear(&payload);
		log_info("office=%s event=secret_handed version=%u", c->office,
		    (unsigned)secrets[i].version);
	}
	if (count > 0)
		note_handed(r, c->office);
}

void
roster_hand_down(struct roster *r)
{
	for (size_t i = 0; i < r->count; i++) {
		if (roster_is_child(r, &r->children[i]))
			hand_one(r, &r->children[i]);
	}
}

static void
take_in(struct roster *r, const struct frame_enrol *e)
{
	struct child c = { 0 };

	CHECK(text_copy(c.office, sizeof(c.office), e->office) == RC_OK);
	CHECK(text_copy(c.name, sizeof(c.name), e->name) == RC_OK);
	CHECK(text_copy(c.invitation, sizeof(c.invitation), e->invitation) ==
	      RC_OK);
	memcpy(c.public_key, e->public_key, KEY_BYTES);
	record_child(r, RECORD_CHILD_ENROLLED, &c, "system", "");
	db_bind_span(r->use, span_of(e->public_key, KEY_BYTES));
	db_bind_text(r->use, e->invitation);
	CHECK(db_run(r->use) == RC_OK);
	note_handed(r, c.office); /* they are in the answer */
}

/* Everything that our children need to compute person keys as we do. */
static void
hand_down(struct roster *r, const uint8_t public_key[static KEY_BYTES],
    struct frame_enrolled *out)
{
	out->secrets_count = (uint32_t)office_keys_hand_down(r->office->dir, 0,
	    public_key, out->secrets, SECRETS_MAX);
}

/* For the log of the child; its command line has sentences of its own. */
static const char *
refusal_reason(enum refuse_code code)
{
	if (code == REFUSE_INVITATION_USED)
		return "the invitation has been used";
	if (code == REFUSE_INVITATION_EXPIRED)
		return "the invitation has expired or was replaced";
	if (code == REFUSE_INVITATION_OFFICE)
		return "the invitation is made out to another office";
	if (code == REFUSE_OFFICE)
		return "this key belongs to another office";
	if (code == REFUSE_NO_SPACE)
		return "no room for another office";
	return "the request is not in order";
}

void
roster_enrol(struct roster *r, const char *invitation,
    const struct frame_enrol *e, struct frame *answer)
{
	const struct office_settings *s = &r->office->settings;
	enum refuse_code code;
	struct kept kept;

	*answer = (struct frame){ .type = FRAME_REFUSE };
	if (!load_invitation(r, invitation, &kept)) {
		code = REFUSE_INVITATION_EXPIRED; /* forgotten meanwhile */
	} else {
		code = judge_enrolment(r, invitation, e, &kept);
	}
	if (code != REFUSE_NOT) {
		log_warn("office=%s event=enrolment_refused reason=\"%s\"",
		    e->office, refusal_reason(code));
		answer->refuse.code = code;
		CHECK(text_copy(answer->refuse.reason,
			  sizeof(answer->refuse.reason),
			  refusal_reason(code)) == RC_OK);
		return;
	}
	if (kept.state == INVITATION_OPEN)
		take_in(r, e);
	answer->type = FRAME_ENROLLED;
	answer->enrolled = (struct frame_enrolled){ .secrets_count = 0 };
	CHECK(text_copy(answer->enrolled.office,
		  sizeof(answer->enrolled.office), e->office) == RC_OK);
	CHECK(text_copy(answer->enrolled.parent,
		  sizeof(answer->enrolled.parent), s->office) == RC_OK);
	CHECK(text_copy(answer->enrolled.parent_name,
		  sizeof(answer->enrolled.parent_name), s->name) == RC_OK);
	hand_down(r, e->public_key, &answer->enrolled);
}

/* -- inviting -- */

/* An address that tells another machine where we are. */
static bool
is_reachable(const char *address)
{
	return strncmp(address, "tcp://", 6) == 0 &&
	       strncmp(address, "tcp://*", 7) != 0 &&
	       strncmp(address, "tcp://0.0.0.0:", 14) != 0 &&
	       strncmp(address, "tcp://[::]:", 11) != 0 &&
	       strchr(address + 6, ':') != NULL &&
	       strcmp(strrchr(address, ':'), ":*") != 0 &&
	       strcmp(strrchr(address, ':'), ":0") != 0;
}

static const char *
address_for(const struct roster *r, const struct command_invite *wish)
{
	const struct office_settings *s = &r->office->settings;

	if (wish->address[0] != '\0')
		return wish->address;
	return s->address[0] != '\0' ? s->address : s->listen;
}

static bool
is_level_below(const struct roster *r, const char *office)
{
	const struct office_settings *s = &r->office->settings;
	enum office_level own = (enum office_level)s->level[0];
	enum office_level other = office_code_level(office, s->office);

	return own == OFFICE_LEVEL_UNKNOWN || other == OFFICE_LEVEL_UNKNOWN ||
	       office_level_steps(other, own) > 0;
}

static bool
may_invite(const struct roster *r, const struct command_invite *wish,
    struct reply_writer *reply)
{
	const char *own = r->office->settings.office;
	const struct roster_child *c = roster_find(r, wish->office);

	struct judged why;

	if (!judge_office_code(wish->office, &why)) {
		(void)desk_refuse(reply, why.say, why.args);
	} else if (strcmp(wish->office, own) == 0 ||
		   !is_level_below(r, wish->office)) {
		reply_refuse(reply, EXIT_REFUSED, SAY_ROSTER_NOT_BELOW,
		    SAY_ARGS(wish->office, own));
	} else if (c != NULL && !c->is_revoked && strcmp(c->parent, own) != 0) {
		reply_refuse(reply, EXIT_REFUSED, SAY_ROSTER_ELSEWHERE,
		    SAY_ARGS(wish->office, c->parent));
	} else if (!is_reachable(address_for(r, wish))) {
		reply_refuse(reply, EXIT_CONFIG, SAY_ROSTER_NO_ADDRESS,
		    SAY_ARGS(address_for(r, wish)));
	}
	return !reply_is_refused(reply);
}

static void
save_invitation(struct roster *r, const struct invitation *i)
{
	db_bind_i64(r->forget,
	    r->office->now.wall_ms - ROSTER_KEEP_DAYS * ms_per_day);
	CHECK(db_run(r->forget) == RC_OK);
	db_bind_text(r->replace, i->office);
	CHECK(db_run(r->replace) == RC_OK);
	db_bind_text(r->invite, i->id);
	db_bind_text(r->invite, i->office);
	db_bind_span(r->invite, span_of(i->once_public, KEY_BYTES));
	db_bind_i64(r->invite, i->expires_ms);
	CHECK(db_run(r->invite) == RC_OK);
	log_info("office=%s event=invited invitation=%s", i->office, i->id);
}

static void
fill_invitation(const struct roster *r, const struct command_invite *wish,
    struct invitation *i)
{
	const struct office_settings *s = &r->office->settings;
	uint32_t days = wish->days > 0 ? wish->days : INVITE_DAYS_DEFAULT;

	*i = (struct invitation){ .expires_ms = r->office->now.wall_ms +
						days * ms_per_day };
	CHECK(text_copy(i->office, sizeof(i->office), wish->office) == RC_OK);
	CHECK(text_copy(i->parent, sizeof(i->parent), s->office) == RC_OK);
	CHECK(text_copy(i->parent_name, sizeof(i->parent_name), s->name) ==
	      RC_OK);
	CHECK(text_copy(i->address, sizeof(i->address), address_for(r, wish)) ==
	      RC_OK);
	memcpy(i->parent_key, office_keys_public(r->office->identity),
	    KEY_BYTES);
	invitation_new_keys(i);
}

static json_t *
invitation_json(const struct invitation *i, const struct buffer *text)
{
	json_t *out = json_object();

	doc_set(out, "office", doc_text(i->office));
	doc_set(out, "id", doc_text(i->id));
	doc_set(out, "address", doc_text(i->address));
	doc_set(out, "expires", doc_time(i->expires_ms));
	doc_set(out, "invitation",
	    json_stringn((const char *)text->at, text->size));
	return out;
}

void
roster_invite(struct roster *r, const struct command *c,
    struct reply_writer *reply)
{
	struct buffer text = { .limit = INVITATION_BYTES_MAX };
	struct invitation i;

	if (!may_invite(r, &c->invite, reply))
		return;
	fill_invitation(r, &c->invite, &i);
	if (invitation_write(&i, &text) == RC_OK) {
		save_invitation(r, &i);
		reply_result(reply, invitation_json(&i, &text));
	} else {
		reply_refuse(reply, EXIT_CONFIG, SAY_ROSTER_NO_ADDRESS,
		    SAY_ARGS(i.address));
	}
	invitation_clear(&i);
	explicit_bzero(text.at, text.size);
	buffer_clear(&text);
}

/* -- revoking -- */

void
roster_revoke(struct roster *r, const struct command *c,
    struct reply_writer *reply)
{
	const struct roster_child *known = roster_find(r, c->revoke.office);
	struct child child = { 0 };
	json_t *out;

	if (known == NULL ||
	    strcmp(known->parent, r->office->settings.office) != 0) {
		reply_refuse(reply, EXIT_REFUSED, SAY_ROSTER_UNKNOWN,
		    SAY_ARGS(c->revoke.office));
		return;
	}
	if (known->is_revoked) {
		reply_refuse(reply, EXIT_REFUSED, SAY_ROSTER_REVOKED_ALREADY,
		    SAY_ARGS(c->revoke.office));
		return;
	}
	if (text_copy_span(child.reason, sizeof(child.reason),
		c->revoke.reason) != RC_OK) {
		reply_refuse(reply, EXIT_REFUSED, SAY_ROSTER_REASON_LONG,
		    SAY_ARGS("240", "80"));
		return;
	}
	CHECK(text_copy(child.office, sizeof(child.office), known->office) ==
	      RC_OK);
	CHECK(text_copy(child.name, sizeof(child.name), known->name) == RC_OK);
	memcpy(child.public_key, known->public_key, KEY_BYTES);
	/* An invitation that is still open would let it in again. */
	db_bind_text(r->replace, child.office);
	CHECK(db_run(r->replace) == RC_OK);
	record_child(r, RECORD_CHILD_REVOKED, &child, c->actor_role, c->actor);
	out = json_object();
	doc_set(out, "office", doc_text(child.office));
	reply_result(reply, out);
}
