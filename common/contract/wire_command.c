/*
 * What a person asks and the answer: the tables of proto/command.proto.
 *
 * What a person typed is not judged here: whether a code is known, a date
 * possible or a subject too long is for the desk to say, in a sentence and
 * for the one item that it concerns.  Here a text must fit its field and be
 * text; what has no array of its own may fill the message.  So most tables
 * are the records' rows again (wire_shared.h), held to mildly.
 */
#include "contract/wire_command.h"

#include <string.h>

#include "base/check.h"
#include "contract/wire_shared.h"

#include "command.pb-c.h"

/* -- register -- */

#define PLAIN   struct intake
#define MESSAGE PetitionRelay__Intake
static const struct wire_field intake_fields[] = {
	ARRIVAL_FIELDS,
	FIELD_TIME(claimed_ms),
	FIELD_TEXT(person_name, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(person_document, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(person_phone, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(person_address, PERSON_FIELD_BYTES_MAX),
};
static const struct wire_table intake_table = { WIRE_TABLE(intake, WIRE_COMMAND,
    intake_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct command_register
#define MESSAGE PetitionRelay__Register
static const struct wire_field register_fields[] = {
	FIELD_MESSAGES_BORROWED(items, intake_table, COMMAND_ITEMS_MAX),
	FIELD_FLAG(want_query_codes),
};
static const struct wire_table register_table = { WIRE_TABLE(register,
    WIRE_COMMAND, register_fields) };
#undef PLAIN
#undef MESSAGE

/* -- act -- */

#define PLAIN   struct moved
#define MESSAGE PetitionRelay__ActMove
static const struct wire_field moved_fields[] = { MOVED_FIELDS };
static const struct wire_table moved_table = { WIRE_TABLE(act_move,
    WIRE_COMMAND, moved_fields) };
#undef PLAIN

#define PLAIN struct command_move
static const struct wire_field act_move_fields[] = {
	FIELD_PART(moved, moved_table),
	FIELD_KNOWN_AS(move, word),
	FIELD_TIME(claimed_ms),
	FIELD_TEXT(source, SOURCE_BYTES_MAX),
	FIELD_TEXT(source_ref, SOURCE_REF_BYTES_MAX),
};
static const struct wire_table act_move_table = { WIRE_TABLE(act_move,
    WIRE_COMMAND, act_move_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct command_act
#define MESSAGE PetitionRelay__Act
static const struct wire_field act_fields[] = {
	FIELD_MESSAGES_BORROWED(moves, act_move_table, COMMAND_MOVES_MAX),
};
static const struct wire_table act_table = { WIRE_TABLE(act, WIRE_COMMAND,
    act_fields) };
#undef PLAIN
#undef MESSAGE

/* -- the tree of offices -- */

#define PLAIN   struct command_invite
#define MESSAGE PetitionRelay__Invite
static const struct wire_field invite_fields[] = {
	FIELD_KNOWN(office),
	FIELD_KNOWN(address),
	FIELD_U32(days, 0, INVITE_DAYS_MAX),
};
static const struct wire_table invite_table = { WIRE_TABLE(invite, WIRE_COMMAND,
    invite_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct command_revoke
#define MESSAGE PetitionRelay__Revoke
static const struct wire_field revoke_fields[] = {
	FIELD_KNOWN(office),
	FIELD_TEXT(reason, CHILD_REASON_MAX),
};
static const struct wire_table revoke_table = { WIRE_TABLE(revoke, WIRE_COMMAND,
    revoke_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct stream_key
#define MESSAGE PetitionRelay__Settle
static const struct wire_field settle_fields[] = { STREAM_KEY_FIELDS };
static const struct wire_table settle_table = { WIRE_TABLE(settle, WIRE_COMMAND,
    settle_fields) };
#undef PLAIN
#undef MESSAGE

/* -- directives -- */

#define PLAIN   struct directive
#define MESSAGE PetitionRelay__DirectiveIssue
static const struct wire_field issue_fields[] = {
	DIRECTIVE_FIELDS,
	FIELD_FLAG_AS(draft, is_draft),
};
static const struct wire_table issue_table = { WIRE_TABLE(directive_issue,
    WIRE_COMMAND, issue_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct directive_step
#define MESSAGE PetitionRelay__DirectiveMove
static const struct wire_field step_fields[] = { STEP_FIELDS };
static const struct wire_table step_table = { WIRE_TABLE(directive_move,
    WIRE_COMMAND, step_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct attached
#define MESSAGE PetitionRelay__Attach
static const struct wire_field attach_fields[] = { ATTACHED_FIELDS };
static const struct wire_table attach_table = { WIRE_TABLE(attach, WIRE_COMMAND,
    attach_fields) };
#undef PLAIN
#undef MESSAGE

/* -- matters, petitioners, rules, identities -- */

#define PLAIN   struct matter_linked
#define MESSAGE PetitionRelay__Match
static const struct wire_field match_fields[] = { LINKED_FIELDS };
static const struct wire_table match_table = { WIRE_TABLE(match, WIRE_COMMAND,
    match_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct command_query
#define MESSAGE PetitionRelay__Query
static const struct wire_field query_fields[] = { FIELD_KNOWN(code) };
static const struct wire_table query_table = { WIRE_TABLE(query, WIRE_COMMAND,
    query_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct published
#define MESSAGE PetitionRelay__Publish
static const struct wire_field publish_fields[] = { PUBLISHED_FIELDS };
static const struct wire_table publish_table = { WIRE_TABLE(publish,
    WIRE_COMMAND, publish_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct identity_step
#define MESSAGE PetitionRelay__IdentityMove
static const struct wire_field identity_fields[] = { IDENTITY_STEP_FIELDS };
static const struct wire_table identity_table = { WIRE_TABLE(identity_move,
    WIRE_COMMAND, identity_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct key_destroyed
#define MESSAGE PetitionRelay__DestroyKey
static const struct wire_field destroy_fields[] = { KEY_DESTROYED_FIELDS };
static const struct wire_table destroy_table = { WIRE_TABLE(destroy_key,
    WIRE_COMMAND, destroy_fields) };
#undef PLAIN
#undef MESSAGE

/* -- questions about the office itself -- */

#define PLAIN   struct command_status
#define MESSAGE PetitionRelay__StatusQuery
static const struct wire_field status_fields[] = {
	FIELD_OFFICE_OR_NONE(origin),
	FIELD_U32(incarnation, 0, UINT32_MAX),
	FIELD_U64(sequence, 0, WIRE_SIZE_MAX),
};
static const struct wire_table status_table = { WIRE_TABLE(status_query,
    WIRE_COMMAND, status_fields) };
#undef PLAIN
#undef MESSAGE

/* Without a field. */
static const struct wire_table districts_table = {
	.type = &petition_relay__districts_query__descriptor,
	.family = WIRE_COMMAND,
};

/* -- the command around, and the answer -- */

/* The numbers of the kinds are those of the oneof. */
static const struct wire_table *const choices[] = {
	[COMMAND_REGISTER] = &register_table,
	[COMMAND_STATUS] = &status_table,
	[COMMAND_INVITE] = &invite_table,
	[COMMAND_REVOKE] = &revoke_table,
	[COMMAND_DIRECTIVE_ISSUE] = &issue_table,
	[COMMAND_DIRECTIVE_MOVE] = &step_table,
	[COMMAND_SETTLE] = &settle_table,
	[COMMAND_DISTRICTS] = &districts_table,
	[COMMAND_ACT] = &act_table,
	[COMMAND_MATCH] = &match_table,
	[COMMAND_QUERY] = &query_table,
	[COMMAND_PUBLISH] = &publish_table,
	[COMMAND_IDENTITY] = &identity_table,
	[COMMAND_ATTACH] = &attach_table,
	[COMMAND_DESTROY_KEY] = &destroy_table,
};
enum { CHOICES = sizeof(choices) / sizeof(choices[0]) };

#define PLAIN   struct command
#define MESSAGE PetitionRelay__Command
static const struct wire_field command_fields[] = {
	FIELD_KNOWN(language),
	FIELD_KNOWN(actor_role),
	FIELD_KNOWN(actor),
};
static const struct wire_table command_table = { WIRE_TABLE(command,
    WIRE_COMMAND, command_fields) };
#undef PLAIN
#undef MESSAGE

static bool
is_exit_status(const void *plain)
{
	const struct reply *r = plain;

	return r->exit >= 0 && r->exit <= UINT8_MAX;
}

#define PLAIN   struct reply
#define MESSAGE PetitionRelay__Reply
static const struct wire_field reply_fields[] = {
	FIELD_CODE(exit, int32_t, int32_t),
	FIELD_TEXT(sentence, REPLY_BYTES_MAX),
	FIELD_BYTES(json, 0, REPLY_BYTES_MAX),
};
static const struct wire_table reply_table = {
	WIRE_TABLE(reply, WIRE_REPLY, reply_fields), .holds = is_exit_status
};
#undef PLAIN
#undef MESSAGE

const struct wire_table *const wire_command_tables[] = { &command_table,
	&reply_table, &register_table, &status_table, &invite_table,
	&revoke_table, &issue_table, &step_table, &settle_table,
	&districts_table, &act_table, &match_table, &query_table,
	&publish_table, &identity_table, &attach_table, &destroy_table, NULL };

static const struct wire_table *
choice_of(unsigned kind)
{
	return kind < CHOICES ? choices[kind] : NULL;
}

void
wire_command_pack(struct buffer *out, const struct command *c)
{
	const struct wire_table *choice = choice_of(c->kind);
	PetitionRelay__Command *m;

	CHECK(choice != NULL);
	wire_out_start();
	m = (PetitionRelay__Command *)wire_fields_out(&command_table, c);
	m->what_case = (PetitionRelay__Command__WhatCase)c->kind;
	/* Whichever part of the unions, here and there. */
	m->status = (PetitionRelay__StatusQuery *)wire_fields_out(choice,
	    &c->registering);
	wire_message_pack(out, WIRE_COMMAND, &m->base);
}

enum rc
wire_command_unpack(struct span bytes, struct command *out)
{
	struct wire_in in;
	const PetitionRelay__Command *m =
	    wire_in_open(&in, &command_table, bytes);
	const struct wire_table *choice;

	if (m == NULL || m->status == NULL)
		return RC_MALFORMED;
	choice = choice_of(m->what_case);
	if (choice == NULL)
		return RC_MALFORMED;
	memset(out, 0, sizeof(*out));
	out->kind = (enum command_kind)m->what_case;
	wire_fields_in(&in, &command_table, m, out);
	wire_fields_in(&in, choice, m->status, &out->registering);
	return wire_in_close(&in);
}

void
wire_reply_pack(struct buffer *out, const struct reply *r)
{
	wire_pack(out, &reply_table, r);
}

enum rc
wire_reply_unpack(struct span bytes, struct reply *out)
{
	return wire_unpack(bytes, &reply_table, out);
}
