/*
 * The records of supervision: moves, files, matters, escalations, rules,
 * opened identities.
 */
#include "base/check.h"
#include "contract/wire_internal.h"
#include "contract/wire_payload.h"

#include "record.pb-c.h"

enum {
	SCORE_MAX = 1000,
	MOVE_DAYS_MAX = 3650,
	REVISION_MAX = 100000,
	BATCH_MAX = 1000000,
};

void
wire_moved_pack(struct buffer *out, const struct moved *p)
{
	PetitionRelay__Moved m;

	petition_relay__moved__init(&m);
	wire_out_start();
	m.item = wire_out_needed(p->item);
	m.move = wire_out_needed(p->move);
	m.to = wire_out_office_or_none(p->to);
	m.due_ms = wire_out_time(p->due_ms);
	CHECK(p->days <= MOVE_DAYS_MAX);
	m.days = p->days;
	m.text = wire_out_text(p->text, MOVE_TEXT_BYTES_MAX);
	m.document = wire_out_known(p->document);
	m.opinion = wire_out_known(p->opinion);
	m.outcome = wire_out_known(p->outcome);
	m.rating = wire_out_known(p->rating);
	m.cause = wire_out_known(p->cause);
	m.other = wire_out_known(p->other);
	m.approver = wire_out_known(p->approver);
	m.person = wire_out_known(p->person);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_moved_unpack(struct span bytes, struct moved *out)
{
	struct wire_in in;
	const PetitionRelay__Moved *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__moved__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->item, out->item, sizeof(out->item));
	wire_in_needed(&in, m->move, out->move, sizeof(out->move));
	wire_in_office_or_none(&in, m->to, out->to);
	out->due_ms = wire_in_time(&in, m->due_ms);
	wire_in_expect(&in, m->days <= MOVE_DAYS_MAX);
	out->days = m->days;
	out->text = wire_in_text(&in, m->text, MOVE_TEXT_BYTES_MAX);
	wire_in_known(&in, m->document, out->document, sizeof(out->document));
	wire_in_known(&in, m->opinion, out->opinion, sizeof(out->opinion));
	wire_in_known(&in, m->outcome, out->outcome, sizeof(out->outcome));
	wire_in_known(&in, m->rating, out->rating, sizeof(out->rating));
	wire_in_known(&in, m->cause, out->cause, sizeof(out->cause));
	wire_in_known(&in, m->other, out->other, sizeof(out->other));
	wire_in_known(&in, m->approver, out->approver, sizeof(out->approver));
	wire_in_known(&in, m->person, out->person, sizeof(out->person));
	return wire_in_close(&in);
}

void
wire_attached_pack(struct buffer *out, const struct attached *p)
{
	PetitionRelay__Attached m;

	petition_relay__attached__init(&m);
	wire_out_start();
	m.hash = wire_out_exact(p->hash, HASH_BYTES);
	m.name = wire_out_known(p->name);
	CHECK(
	    p->size <= (uint64_t)ATTACHMENT_PARTS_MAX * ATTACHMENT_PART_BYTES);
	m.size = p->size;
	CHECK(p->parts >= 1);
	CHECK(p->parts <= ATTACHMENT_PARTS_MAX);
	m.parts = p->parts;
	CHECK(p->part >= 1);
	CHECK(p->part <= ATTACHMENT_PARTS_MAX);
	m.part = p->part;
	CHECK(p->part <= p->parts);
	m.data = wire_out_bytes(p->data, ATTACHMENT_PART_BYTES);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_attached_unpack(struct span bytes, struct attached *out)
{
	struct wire_in in;
	const PetitionRelay__Attached *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__attached__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_exact(&in, &m->hash, out->hash, HASH_BYTES);
	wire_in_known(&in, m->name, out->name, sizeof(out->name));
	wire_in_expect(&in,
	    m->size <= (uint64_t)ATTACHMENT_PARTS_MAX * ATTACHMENT_PART_BYTES);
	out->size = m->size;
	wire_in_expect(&in, m->parts >= 1 && m->parts <= ATTACHMENT_PARTS_MAX);
	out->parts = m->parts;
	wire_in_expect(&in, m->part >= 1 && m->part <= ATTACHMENT_PARTS_MAX);
	out->part = m->part;
	wire_in_expect(&in, m->part <= m->parts);
	out->data = wire_in_bytes(&in, &m->data, ATTACHMENT_PART_BYTES);
	return wire_in_close(&in);
}

void
wire_matter_linked_pack(struct buffer *out, const struct matter_linked *p)
{
	PetitionRelay__MatterLinked m;

	petition_relay__matter_linked__init(&m);
	wire_out_start();
	m.item = wire_out_needed(p->item);
	m.matter = wire_out_needed(p->matter);
	m.verdict = wire_out_known(p->verdict);
	m.reasons = wire_out_known(p->reasons);
	CHECK(p->score <= SCORE_MAX);
	m.score = p->score;
	m.text = wire_out_text(p->text, LINK_TEXT_BYTES_MAX);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_matter_linked_unpack(struct span bytes, struct matter_linked *out)
{
	struct wire_in in;
	const PetitionRelay__MatterLinked *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__matter_linked__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->item, out->item, sizeof(out->item));
	wire_in_needed(&in, m->matter, out->matter, sizeof(out->matter));
	wire_in_known(&in, m->verdict, out->verdict, sizeof(out->verdict));
	wire_in_known(&in, m->reasons, out->reasons, sizeof(out->reasons));
	wire_in_expect(&in, m->score <= SCORE_MAX);
	out->score = m->score;
	out->text = wire_in_text(&in, m->text, LINK_TEXT_BYTES_MAX);
	return wire_in_close(&in);
}

void
wire_escalated_pack(struct buffer *out, const struct escalated *p)
{
	PetitionRelay__Escalated m;

	petition_relay__escalated__init(&m);
	wire_out_start();
	m.id = wire_out_needed(p->id);
	CHECK(p->revision >= 1);
	CHECK(p->revision <= REVISION_MAX);
	m.revision = p->revision;
	m.matter = wire_out_known(p->matter);
	m.item = wire_out_needed(p->item);
	m.office = wire_out_office(p->office);
	m.from_level = wire_out_known(p->from_level);
	m.to_level = wire_out_known(p->to_level);
	m.channel = wire_out_known(p->channel);
	CHECK(p->batch <= BATCH_MAX);
	m.batch = p->batch;
	CHECK(p->heads <= HEADS_MAX);
	m.heads = p->heads;
	m.at_ms = wire_out_time(p->at_ms);
	m.lower_state = wire_out_known(p->lower_state);
	m.lawfulness = wire_out_known(p->lawfulness);
	m.knew_before = p->knew_before;
	m.lower_item = wire_out_known(p->lower_item);
	m.category = wire_out_known(p->category);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_escalated_unpack(struct span bytes, struct escalated *out)
{
	struct wire_in in;
	const PetitionRelay__Escalated *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__escalated__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->id, out->id, sizeof(out->id));
	wire_in_expect(&in, m->revision >= 1 && m->revision <= REVISION_MAX);
	out->revision = m->revision;
	wire_in_known(&in, m->matter, out->matter, sizeof(out->matter));
	wire_in_needed(&in, m->item, out->item, sizeof(out->item));
	wire_in_office(&in, m->office, out->office);
	wire_in_known(&in, m->from_level, out->from_level,
	    sizeof(out->from_level));
	wire_in_known(&in, m->to_level, out->to_level, sizeof(out->to_level));
	wire_in_known(&in, m->channel, out->channel, sizeof(out->channel));
	wire_in_expect(&in, m->batch <= BATCH_MAX);
	out->batch = m->batch;
	wire_in_expect(&in, m->heads <= HEADS_MAX);
	out->heads = m->heads;
	out->at_ms = wire_in_time(&in, m->at_ms);
	wire_in_known(&in, m->lower_state, out->lower_state,
	    sizeof(out->lower_state));
	wire_in_known(&in, m->lawfulness, out->lawfulness,
	    sizeof(out->lawfulness));
	out->knew_before = m->knew_before != 0;
	wire_in_known(&in, m->lower_item, out->lower_item,
	    sizeof(out->lower_item));
	wire_in_known(&in, m->category, out->category, sizeof(out->category));
	return wire_in_close(&in);
}

void
wire_published_pack(struct buffer *out, const struct published *p)
{
	PetitionRelay__Published m;

	petition_relay__published__init(&m);
	wire_out_start();
	m.sort = wire_out_needed(p->sort);
	m.version = wire_out_known(p->version);
	m.effective_ms = wire_out_time(p->effective_ms);
	m.text = wire_out_text(p->text, PUBLISHED_TEXT_BYTES_MAX);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_published_unpack(struct span bytes, struct published *out)
{
	struct wire_in in;
	const PetitionRelay__Published *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__published__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->sort, out->sort, sizeof(out->sort));
	wire_in_known(&in, m->version, out->version, sizeof(out->version));
	out->effective_ms = wire_in_time(&in, m->effective_ms);
	out->text = wire_in_text(&in, m->text, PUBLISHED_TEXT_BYTES_MAX);
	return wire_in_close(&in);
}

void
wire_identity_step_pack(struct buffer *out, const struct identity_step *p)
{
	PetitionRelay__IdentityStep m;

	petition_relay__identity_step__init(&m);
	wire_out_start();
	m.item = wire_out_needed(p->item);
	m.step = wire_out_known(p->step);
	m.reason = wire_out_text(p->reason, LINK_TEXT_BYTES_MAX);
	m.requester = wire_out_known(p->requester);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_identity_step_unpack(struct span bytes, struct identity_step *out)
{
	struct wire_in in;
	const PetitionRelay__IdentityStep *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__identity_step__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_needed(&in, m->item, out->item, sizeof(out->item));
	wire_in_known(&in, m->step, out->step, sizeof(out->step));
	out->reason = wire_in_text(&in, m->reason, LINK_TEXT_BYTES_MAX);
	wire_in_known(&in, m->requester, out->requester,
	    sizeof(out->requester));
	return wire_in_close(&in);
}

void
wire_key_destroyed_pack(struct buffer *out, const struct key_destroyed *p)
{
	PetitionRelay__KeyDestroyed m;

	petition_relay__key_destroyed__init(&m);
	wire_out_start();
	CHECK(p->year >= KEY_YEAR_MIN);
	CHECK(p->year <= KEY_YEAR_MAX);
	m.year = p->year;
	m.reason = wire_out_text(p->reason, LINK_TEXT_BYTES_MAX);
	wire_out_message(out, WIRE_PAYLOAD, &m.base);
}

enum rc
wire_key_destroyed_unpack(struct span bytes, struct key_destroyed *out)
{
	struct wire_in in;
	const PetitionRelay__KeyDestroyed *m = wire_in_open(&in, WIRE_PAYLOAD,
	    &petition_relay__key_destroyed__descriptor, bytes, 0);

	if (m == NULL)
		return RC_MALFORMED;
	wire_in_expect(&in, m->year >= KEY_YEAR_MIN && m->year <= KEY_YEAR_MAX);
	out->year = m->year;
	out->reason = wire_in_text(&in, m->reason, LINK_TEXT_BYTES_MAX);
	return wire_in_close(&in);
}
