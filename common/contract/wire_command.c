/*
 * What a person asks and the answer: the messages of proto/command.proto.
 *
 * What a person typed is not judged here: whether a code is known, a date
 * possible or a subject too long is for the desk to say, in a sentence and
 * for the one item that it concerns.  Here a text must fit its field and be
 * text; what has no array of its own may fill the message.
 */
#include "contract/wire_command.h"

#include <string.h>

#include "base/check.h"
#include "contract/wire_command_internal.h"

/* -- register -- */

static char **
out_accused(const struct intake *i)
{
	char **accused = wire_out_array(i->accused_count, sizeof(*accused));

	CHECK(i->accused_count <= ACCUSED_MAX);
	for (size_t n = 0; n < i->accused_count; n++)
		accused[n] = wire_out_known(i->accused[n]);
	return accused;
}

static void
out_intake(const struct intake *i, PetitionRelay__Intake *m)
{
	petition_relay__intake__init(m);
	m->channel = wire_out_known(i->channel);
	m->purpose = wire_out_known(i->purpose);
	m->legal_class = wire_out_known(i->legal_class);
	m->category = wire_out_known(i->category);
	m->level = wire_out_known(i->level);
	m->heads = i->heads;
	m->responsible = wire_out_known(i->responsible);
	m->subject = wire_out_text(i->subject, COMMAND_BYTES_MAX);
	m->text = wire_out_text(i->text, COMMAND_BYTES_MAX);
	m->place = wire_out_text(i->place, COMMAND_BYTES_MAX);
	m->source = wire_out_text(i->source, COMMAND_BYTES_MAX);
	m->source_ref = wire_out_text(i->source_ref, COMMAND_BYTES_MAX);
	m->claimed_ms = i->claimed_ms;
	m->earlier_item = wire_out_known(i->earlier_item);
	m->accused = out_accused(i);
	m->n_accused = i->accused_count;
	m->procedure = wire_out_known(i->procedure);
	m->person_name = wire_out_text(i->person_name, COMMAND_BYTES_MAX);
	m->person_document =
	    wire_out_text(i->person_document, COMMAND_BYTES_MAX);
	m->person_phone = wire_out_text(i->person_phone, COMMAND_BYTES_MAX);
	m->person_address = wire_out_text(i->person_address, COMMAND_BYTES_MAX);
}

static void
in_intake(struct wire_in *in, const PetitionRelay__Intake *m,
    struct intake *out)
{
	wire_in_known(in, m->channel, out->channel, sizeof(out->channel));
	wire_in_known(in, m->purpose, out->purpose, sizeof(out->purpose));
	wire_in_known(in, m->legal_class, out->legal_class,
	    sizeof(out->legal_class));
	wire_in_known(in, m->category, out->category, sizeof(out->category));
	wire_in_known(in, m->level, out->level, sizeof(out->level));
	out->heads = m->heads;
	wire_in_known(in, m->responsible, out->responsible,
	    sizeof(out->responsible));
	out->subject = wire_in_text(in, m->subject, COMMAND_BYTES_MAX);
	out->text = wire_in_text(in, m->text, COMMAND_BYTES_MAX);
	out->place = wire_in_text(in, m->place, COMMAND_BYTES_MAX);
	out->source = wire_in_text(in, m->source, COMMAND_BYTES_MAX);
	out->source_ref = wire_in_text(in, m->source_ref, COMMAND_BYTES_MAX);
	out->claimed_ms = wire_in_time(in, m->claimed_ms);
	wire_in_known(in, m->earlier_item, out->earlier_item,
	    sizeof(out->earlier_item));
	wire_in_expect(in, m->n_accused <= ACCUSED_MAX);
	for (size_t n = 0; n < m->n_accused && n < ACCUSED_MAX; n++) {
		wire_in_known(in, m->accused[n], out->accused[n],
		    sizeof(out->accused[n]));
	}
	out->accused_count = (uint32_t)m->n_accused;
	wire_in_known(in, m->procedure, out->procedure, sizeof(out->procedure));
	out->person_name = wire_in_text(in, m->person_name, COMMAND_BYTES_MAX);
	out->person_document =
	    wire_in_text(in, m->person_document, COMMAND_BYTES_MAX);
	out->person_phone =
	    wire_in_text(in, m->person_phone, COMMAND_BYTES_MAX);
	out->person_address =
	    wire_in_text(in, m->person_address, COMMAND_BYTES_MAX);
}

static PetitionRelay__Register *
out_register(const struct command_register *r)
{
	PetitionRelay__Register *m = wire_out_array(1, sizeof(*m));
	PetitionRelay__Intake *items;

	CHECK(r->items_count <= COMMAND_ITEMS_MAX);
	items = wire_out_array(r->items_count, sizeof(*items));
	petition_relay__register__init(m);
	m->items =
	    wire_out_array(r->items_count, sizeof(PetitionRelay__Intake *));
	m->n_items = r->items_count;
	for (uint32_t i = 0; i < r->items_count; i++) {
		out_intake(&r->items[i], &items[i]);
		m->items[i] = &items[i];
	}
	m->want_query_codes = r->want_query_codes;
	return m;
}

static void
in_register(struct wire_in *in, const PetitionRelay__Register *m,
    struct command_register *out)
{
	struct intake *items =
	    wire_in_array(in, m->n_items, COMMAND_ITEMS_MAX, sizeof(*items));

	for (size_t i = 0; items != NULL && i < m->n_items; i++)
		in_intake(in, m->items[i], &items[i]);
	out->items = items;
	out->items_count = (uint32_t)m->n_items;
	out->want_query_codes = m->want_query_codes != 0;
}

/* -- the tree of offices -- */

static PetitionRelay__Invite *
out_invite(const struct command_invite *i)
{
	PetitionRelay__Invite *m = wire_out_array(1, sizeof(*m));

	petition_relay__invite__init(m);
	m->office = wire_out_known(i->office);
	m->address = wire_out_known(i->address);
	m->days = i->days;
	return m;
}

static void
in_invite(struct wire_in *in, const PetitionRelay__Invite *m,
    struct command_invite *out)
{
	wire_in_known(in, m->office, out->office, sizeof(out->office));
	wire_in_known(in, m->address, out->address, sizeof(out->address));
	out->days = m->days;
}

static PetitionRelay__Revoke *
out_revoke(const struct command_revoke *r)
{
	PetitionRelay__Revoke *m = wire_out_array(1, sizeof(*m));

	petition_relay__revoke__init(m);
	m->office = wire_out_known(r->office);
	m->reason = wire_out_text(r->reason, COMMAND_BYTES_MAX);
	return m;
}

static void
in_revoke(struct wire_in *in, const PetitionRelay__Revoke *m,
    struct command_revoke *out)
{
	wire_in_known(in, m->office, out->office, sizeof(out->office));
	out->reason = wire_in_text(in, m->reason, COMMAND_BYTES_MAX);
}

static PetitionRelay__Settle *
out_settle(const struct stream_key *key)
{
	PetitionRelay__Settle *m = wire_out_array(1, sizeof(*m));

	petition_relay__settle__init(m);
	m->origin = wire_out_known(key->origin);
	m->incarnation = key->incarnation;
	m->audience = wire_out_known(key->audience);
	return m;
}

static void
in_settle(struct wire_in *in, const PetitionRelay__Settle *m,
    struct stream_key *out)
{
	wire_in_known(in, m->origin, out->origin, sizeof(out->origin));
	out->incarnation = m->incarnation;
	wire_in_known(in, m->audience, out->audience, sizeof(out->audience));
}

/* -- directives -- */

static PetitionRelay__DirectiveIssue *
out_issue(const struct directive *d)
{
	PetitionRelay__DirectiveIssue *m = wire_out_array(1, sizeof(*m));

	CHECK(d->to_count <= DIRECTIVE_TO_MAX);
	petition_relay__directive_issue__init(m);
	m->kind = wire_out_known(d->kind);
	m->to = wire_out_array(d->to_count, sizeof(*m->to));
	m->n_to = d->to_count;
	for (size_t i = 0; i < d->to_count; i++)
		m->to[i] = wire_out_known(d->to[i]);
	m->item = wire_out_known(d->item);
	m->matter = wire_out_known(d->matter);
	m->due_ms = wire_out_time(d->due_ms);
	m->text = wire_out_text(d->text, COMMAND_BYTES_MAX);
	m->ground = wire_out_known(d->ground);
	m->reference = wire_out_known(d->reference);
	m->clock = wire_out_known(d->clock);
	m->supersedes = wire_out_known(d->supersedes);
	m->draft = d->is_draft;
	return m;
}

static void
in_issue(struct wire_in *in, const PetitionRelay__DirectiveIssue *m,
    struct directive *out)
{
	char(*to)[OFFICE_CODE_MAX + 1] =
	    wire_in_array(in, m->n_to, DIRECTIVE_TO_MAX, sizeof(*to));

	for (size_t i = 0; to != NULL && i < m->n_to; i++)
		wire_in_known(in, m->to[i], to[i], sizeof(to[i]));
	wire_in_known(in, m->kind, out->kind, sizeof(out->kind));
	out->to = (void *)to;
	out->to_count = m->n_to;
	wire_in_known(in, m->item, out->item, sizeof(out->item));
	wire_in_known(in, m->matter, out->matter, sizeof(out->matter));
	out->due_ms = wire_in_time(in, m->due_ms);
	out->text = wire_in_text(in, m->text, COMMAND_BYTES_MAX);
	wire_in_known(in, m->ground, out->ground, sizeof(out->ground));
	wire_in_known(in, m->reference, out->reference, sizeof(out->reference));
	wire_in_known(in, m->clock, out->clock, sizeof(out->clock));
	wire_in_known(in, m->supersedes, out->supersedes,
	    sizeof(out->supersedes));
	out->is_draft = m->draft != 0;
}

static PetitionRelay__DirectiveMove *
out_move(const struct directive_step *s)
{
	PetitionRelay__DirectiveMove *m = wire_out_array(1, sizeof(*m));

	petition_relay__directive_move__init(m);
	m->id = wire_out_known(s->id);
	m->addressee = wire_out_known(s->addressee);
	m->status = wire_out_known(s->status);
	m->text = wire_out_text(s->text, COMMAND_BYTES_MAX);
	m->due_ms = wire_out_time(s->due_ms);
	m->verdict = wire_out_known(s->verdict);
	m->done = wire_out_text(s->done, COMMAND_BYTES_MAX);
	m->report = wire_out_text(s->report, COMMAND_BYTES_MAX);
	m->attachments =
	    wire_out_array(s->attachments_count, sizeof(*m->attachments));
	m->n_attachments = s->attachments_count;
	CHECK(s->attachments_count <= ATTACHMENTS_MAX);
	for (size_t i = 0; i < s->attachments_count; i++) {
		m->attachments[i] =
		    wire_out_exact(s->attachments[i], HASH_BYTES);
	}
	m->other = wire_out_known(s->other);
	return m;
}

static void
in_move(struct wire_in *in, const PetitionRelay__DirectiveMove *m,
    struct directive_step *out)
{
	wire_in_known(in, m->id, out->id, sizeof(out->id));
	wire_in_known(in, m->addressee, out->addressee, sizeof(out->addressee));
	wire_in_known(in, m->status, out->status, sizeof(out->status));
	out->text = wire_in_text(in, m->text, COMMAND_BYTES_MAX);
	out->due_ms = wire_in_time(in, m->due_ms);
	wire_in_known(in, m->verdict, out->verdict, sizeof(out->verdict));
	out->done = wire_in_text(in, m->done, COMMAND_BYTES_MAX);
	out->report = wire_in_text(in, m->report, COMMAND_BYTES_MAX);
	wire_in_expect(in, m->n_attachments <= ATTACHMENTS_MAX);
	for (size_t i = 0; i < m->n_attachments && i < ATTACHMENTS_MAX; i++) {
		wire_in_exact(in, &m->attachments[i], out->attachments[i],
		    HASH_BYTES);
	}
	out->attachments_count = (uint32_t)m->n_attachments;
	wire_in_known(in, m->other, out->other, sizeof(out->other));
}

/* -- the command around -- */

static void
out_what(const struct command *c, PetitionRelay__Command *m)
{
	static PetitionRelay__StatusQuery status =
	    PETITION_RELAY__STATUS_QUERY__INIT;
	static PetitionRelay__DistrictsQuery districts =
	    PETITION_RELAY__DISTRICTS_QUERY__INIT;

	/* The numbers of the kinds are those of the oneof. */
	m->what_case = (PetitionRelay__Command__WhatCase)c->kind;
	switch (c->kind) {
	case COMMAND_REGISTER:
		m->register_ = out_register(&c->registering);
		break;
	case COMMAND_STATUS:
		m->status = &status;
		break;
	case COMMAND_INVITE:
		m->invite = out_invite(&c->invite);
		break;
	case COMMAND_REVOKE:
		m->revoke = out_revoke(&c->revoke);
		break;
	case COMMAND_DIRECTIVE_ISSUE:
		m->directive_issue = out_issue(&c->directive);
		break;
	case COMMAND_DIRECTIVE_MOVE:
		m->directive_move = out_move(&c->step);
		break;
	case COMMAND_SETTLE:
		m->settle = out_settle(&c->settle);
		break;
	case COMMAND_DISTRICTS:
		m->districts = &districts;
		break;
	case COMMAND_ACT:
	case COMMAND_MATCH:
	case COMMAND_QUERY:
	case COMMAND_PUBLISH:
	case COMMAND_IDENTITY:
	case COMMAND_ATTACH:
	case COMMAND_DESTROY_KEY:
		wire_out_supervision(c, m);
		break;
	}
}

void
wire_command_pack(struct buffer *out, const struct command *c)
{
	PetitionRelay__Command m;

	petition_relay__command__init(&m);
	CHECK(c->kind >= COMMAND_REGISTER && c->kind <= COMMAND_DESTROY_KEY);
	wire_out_start();
	m.language = wire_out_known(c->language);
	m.actor_role = wire_out_known(c->actor_role);
	m.actor = wire_out_known(c->actor);
	out_what(c, &m);
	/* Whichever part of the union: none of our kinds leaves it empty. */
	CHECK(m.status != NULL);
	wire_out_message(out, WIRE_COMMAND, &m.base);
}

static void
in_what(struct wire_in *in, const PetitionRelay__Command *m,
    struct command *out)
{
	out->kind = (enum command_kind)m->what_case;
	switch (out->kind) {
	case COMMAND_REGISTER:
		in_register(in, m->register_, &out->registering);
		break;
	case COMMAND_STATUS:
	case COMMAND_DISTRICTS:
		break;
	case COMMAND_INVITE:
		in_invite(in, m->invite, &out->invite);
		break;
	case COMMAND_REVOKE:
		in_revoke(in, m->revoke, &out->revoke);
		break;
	case COMMAND_DIRECTIVE_ISSUE:
		in_issue(in, m->directive_issue, &out->directive);
		break;
	case COMMAND_DIRECTIVE_MOVE:
		in_move(in, m->directive_move, &out->step);
		break;
	case COMMAND_SETTLE:
		in_settle(in, m->settle, &out->settle);
		break;
	case COMMAND_ACT:
	case COMMAND_MATCH:
	case COMMAND_QUERY:
	case COMMAND_PUBLISH:
	case COMMAND_IDENTITY:
	case COMMAND_ATTACH:
	case COMMAND_DESTROY_KEY:
		wire_in_supervision(in, m, out);
		break;
	}
}

enum rc
wire_command_unpack(struct span bytes, struct command *out)
{
	struct wire_in in;
	const PetitionRelay__Command *m = wire_in_open(&in, WIRE_COMMAND,
	    &petition_relay__command__descriptor, bytes, 0);

	/* `status` stands for whichever part of the union is set. */
	if (m == NULL || m->what_case == 0 || m->status == NULL)
		return RC_MALFORMED;
	memset(out, 0, sizeof(*out));
	wire_in_known(&in, m->language, out->language, sizeof(out->language));
	wire_in_known(&in, m->actor_role, out->actor_role,
	    sizeof(out->actor_role));
	wire_in_known(&in, m->actor, out->actor, sizeof(out->actor));
	in_what(&in, m, out);
	return wire_in_close(&in);
}

/* -- the answer -- */

void
wire_reply_pack(struct buffer *out, const struct reply *r)
{
	PetitionRelay__Reply m;

	petition_relay__reply__init(&m);
	wire_out_start();
	m.exit = r->exit;
	m.sentence = wire_out_text(r->sentence, REPLY_BYTES_MAX);
	m.json = wire_out_bytes(r->json, REPLY_BYTES_MAX);
	wire_out_message(out, WIRE_REPLY, &m.base);
}

enum rc
wire_reply_unpack(struct span bytes, struct reply *out)
{
	struct wire_in in;
	const PetitionRelay__Reply *m = wire_in_open(&in, WIRE_REPLY,
	    &petition_relay__reply__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_expect(&in, m->exit >= 0 && m->exit <= UINT8_MAX);
	out->exit = m->exit;
	out->sentence = wire_in_text(&in, m->sentence, REPLY_BYTES_MAX);
	out->json = wire_in_bytes(&in, &m->json, REPLY_BYTES_MAX);
	return wire_in_close(&in);
}
