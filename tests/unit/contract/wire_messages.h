/*
 * wire_messages - a way to make one of everything but frames, and to read it
 * again, for the tests of contract/wire.
 */
#ifndef TESTS_WIRE_MESSAGES_H
#define TESTS_WIRE_MESSAGES_H

#include "support/wire_again.h"
#include "wire_samples.h"

struct message {
	void (*make)(struct buffer *out);
	again_function *again;
};

static inline void
make_record(struct buffer *out)
{
	sample_packed(out, RECORD_PETITION_REGISTERED);
}

static inline void
make_opened(struct buffer *out)
{
	sample_payload(out, RECORD_OFFICE_OPENED);
}

static inline void
make_petition(struct buffer *out)
{
	sample_payload(out, RECORD_PETITION_REGISTERED);
}

static inline void
make_directive(struct buffer *out)
{
	sample_payload(out, RECORD_DIRECTIVE_ISSUED);
}

static inline void
make_step(struct buffer *out)
{
	sample_payload(out, RECORD_DIRECTIVE_STEP);
}

static inline void
make_child(struct buffer *out)
{
	sample_payload(out, RECORD_CHILD_ENROLLED);
}

static inline void
make_carried(struct buffer *out)
{
	sample_payload(out, RECORD_CARRIED);
}

static inline void
make_secret(struct buffer *out)
{
	sample_payload(out, RECORD_SECRET_HANDED);
}

static inline void
make_accusing(struct buffer *out)
{
	struct petition p = sample_accusing();

	wire_petition_pack(out, &p);
}

static inline void
make_replacing(struct buffer *out)
{
	struct directive d = sample_replacing();

	wire_directive_pack(out, &d);
}

static inline void
make_answer(struct buffer *out)
{
	struct directive_step s = sample_answer();

	wire_directive_step_pack(out, &s);
}

#define MAKE_PAYLOAD(name, kind)                                               \
	static inline void make_##name(struct buffer *out)                     \
	{                                                                      \
		sample_payload(out, kind);                                     \
	}
MAKE_PAYLOAD(moved, RECORD_PETITION_MOVED)
MAKE_PAYLOAD(attached, RECORD_ATTACHED)
MAKE_PAYLOAD(handed, RECORD_HANDED)
MAKE_PAYLOAD(linked, RECORD_MATTER_LINKED)
MAKE_PAYLOAD(escalated, RECORD_ESCALATED)
MAKE_PAYLOAD(published, RECORD_PUBLISHED)
MAKE_PAYLOAD(identity_step, RECORD_IDENTITY_STEP)
MAKE_PAYLOAD(key_destroyed, RECORD_KEY_DESTROYED)
#undef MAKE_PAYLOAD

static inline void
make_identity(struct buffer *out)
{
	struct identity_fields i = sample_identity();

	wire_identity_pack(out, &i);
}

static inline void
make_reply(struct buffer *out)
{
	struct reply r = sample_reply();

	wire_reply_pack(out, &r);
}

#define MAKE_COMMAND(name, kind)                                               \
	static inline void make_##name(struct buffer *out)                     \
	{                                                                      \
		struct command c = sample_command(kind);                       \
		wire_command_pack(out, &c);                                    \
	}
MAKE_COMMAND(register, COMMAND_REGISTER)
MAKE_COMMAND(status, COMMAND_STATUS)
MAKE_COMMAND(invite, COMMAND_INVITE)
MAKE_COMMAND(revoke, COMMAND_REVOKE)
MAKE_COMMAND(issue, COMMAND_DIRECTIVE_ISSUE)
MAKE_COMMAND(move, COMMAND_DIRECTIVE_MOVE)
MAKE_COMMAND(settle, COMMAND_SETTLE)
MAKE_COMMAND(districts, COMMAND_DISTRICTS)
MAKE_COMMAND(act, COMMAND_ACT)
MAKE_COMMAND(match, COMMAND_MATCH)
MAKE_COMMAND(query, COMMAND_QUERY)
MAKE_COMMAND(publish, COMMAND_PUBLISH)
MAKE_COMMAND(identity_move, COMMAND_IDENTITY)
MAKE_COMMAND(attach, COMMAND_ATTACH)
MAKE_COMMAND(destroy_key, COMMAND_DESTROY_KEY)
#undef MAKE_COMMAND

static const struct message messages[] = {
	{ make_record, again_record },
	{ make_opened, again_office_opened },
	{ make_petition, again_petition },
	{ make_directive, again_directive },
	{ make_step, again_directive_step },
	{ make_child, again_child },
	{ make_carried, again_carried },
	{ make_secret, again_secret },
	{ make_accusing, again_petition },
	{ make_replacing, again_directive },
	{ make_answer, again_directive_step },
	{ make_moved, again_moved },
	{ make_attached, again_attached },
	{ make_handed, again_handed },
	{ make_linked, again_matter_linked },
	{ make_escalated, again_escalated },
	{ make_published, again_published },
	{ make_identity_step, again_identity_step },
	{ make_key_destroyed, again_key_destroyed },
	{ make_identity, again_identity },
	{ make_reply, again_reply },
	{ make_register, again_command },
	{ make_status, again_command },
	{ make_invite, again_command },
	{ make_revoke, again_command },
	{ make_issue, again_command },
	{ make_move, again_command },
	{ make_settle, again_command },
	{ make_districts, again_command },
	{ make_act, again_command },
	{ make_match, again_command },
	{ make_query, again_command },
	{ make_publish, again_command },
	{ make_identity_move, again_command },
	{ make_attach, again_command },
	{ make_destroy_key, again_command },
};
enum { MESSAGES = sizeof(messages) / sizeof(messages[0]) };

static const struct message record = { make_record, again_record };
static const struct message opened = { make_opened, again_office_opened };
static const struct message petition = { make_petition, again_petition };
static const struct message directive = { make_directive, again_directive };
static const struct message one_step = { make_step, again_directive_step };
static const struct message child = { make_child, again_child };
static const struct message identity = { make_identity, again_identity };
static const struct message reply = { make_reply, again_reply };
static const struct message accusing = { make_accusing, again_petition };
static const struct message replacing = { make_replacing, again_directive };
static const struct message answer = { make_answer, again_directive_step };
static const struct message moved = { make_moved, again_moved };
static const struct message attached = { make_attached, again_attached };
static const struct message linked = { make_linked, again_matter_linked };
static const struct message escalated = { make_escalated, again_escalated };
static const struct message published = { make_published, again_published };
static const struct message opening = { make_identity_step,
	again_identity_step };
static const struct message destroyed = { make_key_destroyed,
	again_key_destroyed };
static const struct message status = { make_status, again_command };

#endif
