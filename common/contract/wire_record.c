/* Records and what they carry: the messages of proto/record.proto. */
#include <string.h>

#include "base/check.h"
#include "contract/wire.h"
#include "contract/wire_internal.h"
#include "contract/wire_payload.h"

#include "record.pb-c.h"

/* -- the record around -- */

void
wire_record_pack(struct buffer *out, const struct record *record)
{
	PetitionRelay__Record m;

	petition_relay__record__init(&m);
	m.origin = wire_out_office(record->key.origin);
	m.incarnation = record->key.incarnation;
	m.audience = wire_out_office_or_none(record->key.audience);
	m.sequence = wire_out_size(record->sequence);
	m.claimed_ms = wire_out_time(record->claimed_ms);
	m.recorded_ms = wire_out_time(record->recorded_ms);
	m.schema = record->schema;
	m.kind = record->kind;
	m.payload = wire_out_bytes(record->payload, RECORD_BYTES_MAX);
	m.actor_role = wire_out_known(record->actor_role);
	m.actor = wire_out_known(record->actor);
	wire_out_message(out, WIRE_RECORD, &m.base);
}

enum rc
wire_record_unpack(struct span bytes, struct record *out)
{
	struct wire_in in;
	const PetitionRelay__Record *m = wire_in_open(&in, WIRE_RECORD,
	    &petition_relay__record__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_office(&in, m->origin, out->key.origin);
	wire_in_expect(&in, m->incarnation > 0);
	out->key.incarnation = m->incarnation;
	wire_in_office_or_none(&in, m->audience, out->key.audience);
	wire_in_expect(&in, m->sequence > 0);
	out->sequence = wire_in_size(&in, m->sequence);
	out->claimed_ms = wire_in_time(&in, m->claimed_ms);
	out->recorded_ms = wire_in_time(&in, m->recorded_ms);
	out->schema = m->schema;
	out->kind = m->kind;
	wire_in_known(&in, m->actor_role, out->actor_role,
	    sizeof(out->actor_role));
	wire_in_known(&in, m->actor, out->actor, sizeof(out->actor));
	out->payload = wire_in_bytes(&in, &m->payload, RECORD_BYTES_MAX);
	return wire_in_close(&in);
}

/* -- what it carries -- */

void
wire_office_opened_pack(struct buffer *out, const struct office_opened *p)
{
	PetitionRelay__OfficeOpened m;

	petition_relay__office_opened__init(&m);
	wire_out_start();
	m.office = wire_out_office(p->office);
	m.name = wire_out_known(p->name);
	m.public_key = wire_out_exact(p->public_key, KEY_BYTES);
	m.previous_incarnation = p->previous_incarnation;
	m.previous_size = wire_out_size(p->previous_size);
	if (p->previous_incarnation > 0)
		m.previous_root = wire_out_exact(p->previous_root, HASH_BYTES);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_office_opened_unpack(struct span bytes, struct office_opened *out)
{
	struct wire_in in;
	const PetitionRelay__OfficeOpened *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__office_opened__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_office(&in, m->office, out->office);
	wire_in_known(&in, m->name, out->name, sizeof(out->name));
	wire_in_exact(&in, &m->public_key, out->public_key, KEY_BYTES);
	out->previous_incarnation = m->previous_incarnation;
	out->previous_size = wire_in_size(&in, m->previous_size);
	wire_in_exact_or_none(&in, &m->previous_root, out->previous_root,
	    HASH_BYTES);
	return wire_in_close(&in);
}

/* A keyed hash that may be missing. */
static ProtobufCBinaryData
out_hash(struct span hash)
{
	CHECK(hash.size == 0 || hash.size == HASH_BYTES);
	return wire_out_bytes(hash, HASH_BYTES);
}

static struct span
in_hash(struct wire_in *in, const ProtobufCBinaryData *from)
{
	wire_in_expect(in, from->len == 0 || from->len == HASH_BYTES);
	return wire_in_bytes(in, from, HASH_BYTES);
}

static char **
out_accused(const struct petition *p)
{
	char **accused = wire_out_array(p->accused_count, sizeof(*accused));

	CHECK(p->accused_count <= ACCUSED_MAX);
	for (size_t i = 0; i < p->accused_count; i++)
		accused[i] = wire_out_office(p->accused[i]);
	return accused;
}

void
wire_petition_pack(struct buffer *out, const struct petition *p)
{
	PetitionRelay__Petition m;

	petition_relay__petition__init(&m);
	CHECK(p->heads <= HEADS_MAX);
	wire_out_start();
	m.item = wire_out_needed(p->item);
	m.channel = wire_out_known(p->channel);
	m.purpose = wire_out_known(p->purpose);
	m.legal_class = wire_out_known(p->legal_class);
	m.category = wire_out_known(p->category);
	m.level = wire_out_known(p->level);
	m.heads = p->heads;
	m.responsible = wire_out_office_or_none(p->responsible);
	m.subject = wire_out_text(p->subject, SUBJECT_BYTES_MAX);
	m.text = wire_out_text(p->text, TEXT_BYTES_MAX);
	m.place = wire_out_text(p->place, PLACE_BYTES_MAX);
	m.source = wire_out_text(p->source, SOURCE_BYTES_MAX);
	m.source_ref = wire_out_text(p->source_ref, SOURCE_REF_BYTES_MAX);
	m.query_hash = out_hash(p->query_hash);
	m.person_key = out_hash(p->person_key);
	m.person_key_version = p->person_key_version;
	m.sealed_identity =
	    wire_out_bytes(p->sealed_identity, SEALED_BYTES_MAX);
	m.seal_year = p->seal_year;
	m.earlier_item = wire_out_known(p->earlier_item);
	m.accused = out_accused(p);
	m.n_accused = p->accused_count;
	m.procedure = wire_out_known(p->procedure);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

static void
in_accused(struct wire_in *in, const PetitionRelay__Petition *m,
    struct petition *out)
{
	memset(out->accused, 0, sizeof(out->accused));
	wire_in_expect(in, m->n_accused <= ACCUSED_MAX);
	for (size_t i = 0; i < m->n_accused && i < ACCUSED_MAX; i++)
		wire_in_office(in, m->accused[i], out->accused[i]);
	out->accused_count = (uint32_t)m->n_accused;
}

static void
in_petition_codes(struct wire_in *in, const PetitionRelay__Petition *m,
    struct petition *out)
{
	wire_in_needed(in, m->item, out->item, sizeof(out->item));
	wire_in_known(in, m->channel, out->channel, sizeof(out->channel));
	wire_in_known(in, m->purpose, out->purpose, sizeof(out->purpose));
	wire_in_known(in, m->legal_class, out->legal_class,
	    sizeof(out->legal_class));
	wire_in_known(in, m->category, out->category, sizeof(out->category));
	wire_in_known(in, m->level, out->level, sizeof(out->level));
	wire_in_office_or_none(in, m->responsible, out->responsible);
	wire_in_known(in, m->earlier_item, out->earlier_item,
	    sizeof(out->earlier_item));
}

enum rc
wire_petition_unpack(struct span bytes, struct petition *out)
{
	struct wire_in in;
	const PetitionRelay__Petition *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__petition__descriptor, bytes, ACCUSED_MAX);

	if (m == NULL)
		return RC_MALFORMED;
	in_petition_codes(&in, m, out);
	in_accused(&in, m, out);
	wire_in_known(&in, m->procedure, out->procedure,
	    sizeof(out->procedure));
	wire_in_expect(&in, m->heads <= HEADS_MAX);
	out->heads = m->heads;
	out->subject = wire_in_text(&in, m->subject, SUBJECT_BYTES_MAX);
	out->text = wire_in_text(&in, m->text, TEXT_BYTES_MAX);
	out->place = wire_in_text(&in, m->place, PLACE_BYTES_MAX);
	out->source = wire_in_text(&in, m->source, SOURCE_BYTES_MAX);
	out->source_ref =
	    wire_in_text(&in, m->source_ref, SOURCE_REF_BYTES_MAX);
	out->query_hash = in_hash(&in, &m->query_hash);
	out->person_key = in_hash(&in, &m->person_key);
	out->person_key_version = m->person_key_version;
	out->sealed_identity =
	    wire_in_bytes(&in, &m->sealed_identity, SEALED_BYTES_MAX);
	out->seal_year = m->seal_year;
	return wire_in_close(&in);
}

static char **
out_addressees(const struct directive *p)
{
	char **to = wire_out_array(p->to_count, sizeof(*to));

	CHECK(p->to_count <= DIRECTIVE_TO_MAX);
	for (size_t i = 0; i < p->to_count; i++)
		to[i] = wire_out_office(p->to[i]);
	return to;
}

void
wire_directive_pack(struct buffer *out, const struct directive *p)
{
	PetitionRelay__DirectiveIssued m;

	petition_relay__directive_issued__init(&m);
	wire_out_start();
	m.id = wire_out_needed(p->id);
	m.kind = wire_out_known(p->kind);
	m.to = out_addressees(p);
	m.n_to = p->to_count;
	m.item = wire_out_known(p->item);
	m.matter = wire_out_known(p->matter);
	m.due_ms = wire_out_time(p->due_ms);
	m.text = wire_out_text(p->text, DIRECTIVE_TEXT_BYTES_MAX);
	m.ground = wire_out_known(p->ground);
	m.reference = wire_out_known(p->reference);
	m.clock = wire_out_known(p->clock);
	m.supersedes = wire_out_known(p->supersedes);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

static void
in_addressees(struct wire_in *in, const PetitionRelay__DirectiveIssued *m,
    struct directive *out)
{
	char(*to)[OFFICE_CODE_MAX + 1] =
	    wire_in_array(in, m->n_to, DIRECTIVE_TO_MAX, sizeof(*to));

	if (to == NULL)
		return;
	for (size_t i = 0; i < m->n_to; i++)
		wire_in_office(in, m->to[i], to[i]);
	out->to = (void *)to;
	out->to_count = m->n_to;
}

enum rc
wire_directive_unpack(struct span bytes, struct directive *out)
{
	struct wire_in in;
	const PetitionRelay__DirectiveIssued *m = wire_in_open(&in,
	    WIRE_PAYLOAD, &petition_relay__directive_issued__descriptor, bytes,
	    DIRECTIVE_TO_MAX);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->id, out->id, sizeof(out->id));
	wire_in_known(&in, m->kind, out->kind, sizeof(out->kind));
	in_addressees(&in, m, out);
	wire_in_known(&in, m->item, out->item, sizeof(out->item));
	wire_in_known(&in, m->matter, out->matter, sizeof(out->matter));
	out->due_ms = wire_in_time(&in, m->due_ms);
	out->text = wire_in_text(&in, m->text, DIRECTIVE_TEXT_BYTES_MAX);
	wire_in_known(&in, m->ground, out->ground, sizeof(out->ground));
	wire_in_known(&in, m->reference, out->reference,
	    sizeof(out->reference));
	wire_in_known(&in, m->clock, out->clock, sizeof(out->clock));
	wire_in_known(&in, m->supersedes, out->supersedes,
	    sizeof(out->supersedes));
	return wire_in_close(&in);
}

static ProtobufCBinaryData *
out_attachments(const struct directive_step *p)
{
	ProtobufCBinaryData *hashes =
	    wire_out_array(p->attachments_count, sizeof(*hashes));

	CHECK(p->attachments_count <= ATTACHMENTS_MAX);
	for (size_t i = 0; i < p->attachments_count; i++)
		hashes[i] = wire_out_exact(p->attachments[i], HASH_BYTES);
	return hashes;
}

void
wire_directive_step_pack(struct buffer *out, const struct directive_step *p)
{
	PetitionRelay__DirectiveStep m;

	petition_relay__directive_step__init(&m);
	wire_out_start();
	m.id = wire_out_needed(p->id);
	m.addressee = wire_out_office(p->addressee);
	m.status = wire_out_known(p->status);
	m.text = wire_out_text(p->text, DIRECTIVE_TEXT_BYTES_MAX);
	m.due_ms = wire_out_time(p->due_ms);
	m.verdict = wire_out_known(p->verdict);
	m.done = wire_out_text(p->done, DIRECTIVE_TEXT_BYTES_MAX);
	m.report = wire_out_text(p->report, DIRECTIVE_TEXT_BYTES_MAX);
	m.attachments = out_attachments(p);
	m.n_attachments = p->attachments_count;
	m.other = wire_out_known(p->other);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

static void
in_attachments(struct wire_in *in, const PetitionRelay__DirectiveStep *m,
    struct directive_step *out)
{
	memset(out->attachments, 0, sizeof(out->attachments));
	wire_in_expect(in, m->n_attachments <= ATTACHMENTS_MAX);
	for (size_t i = 0; i < m->n_attachments && i < ATTACHMENTS_MAX; i++) {
		wire_in_exact(in, &m->attachments[i], out->attachments[i],
		    HASH_BYTES);
	}
	out->attachments_count = (uint32_t)m->n_attachments;
}

enum rc
wire_directive_step_unpack(struct span bytes, struct directive_step *out)
{
	struct wire_in in;
	const PetitionRelay__DirectiveStep *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__directive_step__descriptor, bytes,
	    ATTACHMENTS_MAX);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->id, out->id, sizeof(out->id));
	wire_in_office(&in, m->addressee, out->addressee);
	wire_in_known(&in, m->status, out->status, sizeof(out->status));
	out->text = wire_in_text(&in, m->text, DIRECTIVE_TEXT_BYTES_MAX);
	out->due_ms = wire_in_time(&in, m->due_ms);
	wire_in_known(&in, m->verdict, out->verdict, sizeof(out->verdict));
	out->done = wire_in_text(&in, m->done, DIRECTIVE_TEXT_BYTES_MAX);
	out->report = wire_in_text(&in, m->report, DIRECTIVE_TEXT_BYTES_MAX);
	in_attachments(&in, m, out);
	wire_in_known(&in, m->other, out->other, sizeof(out->other));
	return wire_in_close(&in);
}

void
wire_child_pack(struct buffer *out, const struct child *p)
{
	PetitionRelay__Child m;

	petition_relay__child__init(&m);
	wire_out_start();
	m.office = wire_out_office(p->office);
	m.name = wire_out_known(p->name);
	m.public_key = wire_out_exact(p->public_key, KEY_BYTES);
	m.parent = wire_out_office_or_none(p->parent);
	m.invitation = wire_out_known(p->invitation);
	m.reason = wire_out_known(p->reason);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_child_unpack(struct span bytes, struct child *out)
{
	struct wire_in in;
	const PetitionRelay__Child *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__child__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_office(&in, m->office, out->office);
	wire_in_known(&in, m->name, out->name, sizeof(out->name));
	wire_in_exact(&in, &m->public_key, out->public_key, KEY_BYTES);
	wire_in_office_or_none(&in, m->parent, out->parent);
	wire_in_known(&in, m->invitation, out->invitation,
	    sizeof(out->invitation));
	wire_in_known(&in, m->reason, out->reason, sizeof(out->reason));
	return wire_in_close(&in);
}

void
wire_carried_pack(struct buffer *out, struct span record)
{
	PetitionRelay__Carried m;

	petition_relay__carried__init(&m);
	wire_out_start();
	m.record = wire_out_bytes(record, RECORD_BYTES_MAX);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_carried_unpack(struct span bytes, struct span *record)
{
	struct wire_in in;
	const PetitionRelay__Carried *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__carried__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_expect(&in, m->record.len > 0);
	*record = wire_in_bytes(&in, &m->record, RECORD_BYTES_MAX);
	return wire_in_close(&in);
}

void
wire_handed_pack(struct buffer *out, struct span record)
{
	PetitionRelay__Handed m;

	petition_relay__handed__init(&m);
	wire_out_start();
	m.record = wire_out_bytes(record, RECORD_BYTES_MAX);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_handed_unpack(struct span bytes, struct span *record)
{
	struct wire_in in;
	const PetitionRelay__Handed *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__handed__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_expect(&in, m->record.len > 0);
	*record = wire_in_bytes(&in, &m->record, RECORD_BYTES_MAX);
	return wire_in_close(&in);
}

void
wire_secret_pack(struct buffer *out, const struct sealed_secret *p)
{
	PetitionRelay__SecretHanded m;

	petition_relay__secret_handed__init(&m);
	wire_out_start();
	CHECK(p->version > 0);
	m.version = p->version;
	m.sealed = wire_out_exact(p->sealed, SEALED_SECRET_BYTES);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_secret_unpack(struct span bytes, struct sealed_secret *out)
{
	struct wire_in in;
	const PetitionRelay__SecretHanded *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__secret_handed__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_expect(&in, m->version > 0);
	out->version = m->version;
	wire_in_exact(&in, &m->sealed, out->sealed, SEALED_SECRET_BYTES);
	return wire_in_close(&in);
}

void
wire_identity_pack(struct buffer *out, const struct identity_fields *p)
{
	PetitionRelay__Identity m;

	petition_relay__identity__init(&m);
	wire_out_start();
	m.name = wire_out_text(p->name, PERSON_FIELD_BYTES_MAX);
	m.document = wire_out_text(p->document, PERSON_FIELD_BYTES_MAX);
	m.phone = wire_out_text(p->phone, PERSON_FIELD_BYTES_MAX);
	m.address = wire_out_text(p->address, PERSON_FIELD_BYTES_MAX);
	wire_out_message(out, WIRE_IDENTITY, &m.base);
}

enum rc
wire_identity_unpack(struct span bytes, struct identity_fields *out)
{
	struct wire_in in;
	const PetitionRelay__Identity *m = wire_in_open(&in, WIRE_IDENTITY,
	    &petition_relay__identity__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	out->name = wire_in_text(&in, m->name, PERSON_FIELD_BYTES_MAX);
	out->document = wire_in_text(&in, m->document, PERSON_FIELD_BYTES_MAX);
	out->phone = wire_in_text(&in, m->phone, PERSON_FIELD_BYTES_MAX);
	out->address = wire_in_text(&in, m->address, PERSON_FIELD_BYTES_MAX);
	return wire_in_close(&in);
}
