/*
 * wire_messages - a way to make one of everything but frames, and to read it
 * again, for the tests of node/wire.
 */
#ifndef TESTS_WIRE_MESSAGES_H
#define TESTS_WIRE_MESSAGES_H

#include "wire_again.h"
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
static const struct message status = { make_status, again_command };

#endif
