/*
 * wire_samples - one of each message, every field set and different, for the
 * tests of contract/wire; and raw protobuf fields, written without our code.
 *
 * A valid message with one raw field behind it is that message with the field
 * replaced (the last one counts): so any field can be given any value.
 */
#ifndef TESTS_WIRE_SAMPLES_H
#define TESTS_WIRE_SAMPLES_H

#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"

#define SAMPLE_TIME_MS INT64_C(1772328600123) /* 2026-03-01 */

/* -- raw protobuf -- */

static inline void
raw_byte(struct buffer *out, uint8_t byte)
{
	CHECK(buffer_append(out, span_of(&byte, 1)) == RC_OK);
}

static inline void
raw_varint(struct buffer *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		raw_byte(out, (uint8_t)(value | 0x80));
	raw_byte(out, (uint8_t)value);
}

static inline void
raw_number(struct buffer *out, uint32_t field, uint64_t value)
{
	raw_varint(out, (uint64_t)field << 3);
	raw_varint(out, value);
}

static inline void
raw_bytes(struct buffer *out, uint32_t field, struct span bytes)
{
	raw_varint(out, (uint64_t)field << 3 | 2);
	raw_varint(out, bytes.size);
	CHECK(buffer_append(out, bytes) == RC_OK);
}

/* `size` times the same letter; lives until the next call. */
static inline struct span
letters(char letter, size_t size)
{
	static char text[RECORD_BYTES_MAX + 1];

	CHECK(size <= sizeof(text));
	memset(text, letter, size);
	return span_of(text, size);
}

/* -- samples -- */

static inline void
sample_fill(uint8_t *at, size_t size, uint8_t first)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)(first + i);
}

static inline struct stream_key
sample_key(void)
{
	return (struct stream_key){ .origin = "420106",
		.incarnation = 1767225600,
		.audience = "420106003" };
}

static inline struct record
sample_record(uint32_t kind, struct span payload)
{
	return (struct record){ .key = sample_key(),
		.sequence = 1042,
		.claimed_ms = SAMPLE_TIME_MS,
		.recorded_ms = SAMPLE_TIME_MS + 60000,
		.schema = RECORD_SCHEMA,
		.kind = kind,
		.actor_role = "clerk",
		.actor = "wang",
		.payload = payload };
}

static inline struct office_opened
sample_office_opened(void)
{
	struct office_opened o = { .office = "420106",
		.name = "武昌区信访局",
		.previous_incarnation = 1735689600,
		.previous_size = 998 };

	sample_fill(o.public_key, sizeof(o.public_key), 0x10);
	sample_fill(o.previous_root, sizeof(o.previous_root), 0x40);
	return o;
}

static inline struct petition
sample_petition(void)
{
	static uint8_t query[HASH_BYTES], person[HASH_BYTES], sealed[90];

	sample_fill(query, sizeof(query), 0x01);
	sample_fill(person, sizeof(person), 0x80);
	sample_fill(sealed, sizeof(sealed), 0x33);
	return (struct petition){ .item = "420106-2026-000123-7QK",
		.channel = "LF",
		.purpose = "QJ",
		.legal_class = "C2",
		.category = "0301",
		.level = "D",
		.heads = 5,
		.responsible = "420107",
		.subject = span_of_text("反映电梯停运"),
		.text = span_of_text("楼道电梯停运三个月，物业不修。"),
		.place = span_of_text("中南路街道"),
		.source = span_of_text("12345"),
		.source_ref = span_of_text("WH-2026-77"),
		.query_hash = span_of(query, sizeof(query)),
		.person_key = span_of(person, sizeof(person)),
		.person_key_version = 3,
		.sealed_identity = span_of(sealed, sizeof(sealed)),
		.seal_year = 2026,
		.earlier_item = "420106-2025-000007-2AB" };
}

static inline struct directive
sample_directive(void)
{
	static const char to[2][OFFICE_CODE_MAX + 1] = { "420106", "420111" };

	return (struct directive){ .id = "420100-DB-2026-9",
		.kind = "DB",
		.to = to,
		.to_count = 2,
		.item = "420106-2026-000123-7QK",
		.matter = "M-17",
		.due_ms = SAMPLE_TIME_MS + 86400000,
		.text = span_of_text("请于三日内答复。"),
		.ground = "G3",
		.reference = "420000-DB-2026-4" };
}

static inline struct directive_step
sample_step(void)
{
	return (struct directive_step){ .id = "420100-DB-2026-9",
		.addressee = "420106",
		.status = "RTN",
		.text = span_of_text("答复不完整"),
		.due_ms = SAMPLE_TIME_MS + 172800000 };
}

static inline struct child
sample_child(void)
{
	struct child c = { .office = "420106",
		.name = "武昌区信访局",
		.parent = "420100",
		.invitation = "420106-K7Q2" };

	sample_fill(c.public_key, sizeof(c.public_key), 0x60);
	return c;
}

static inline struct identity_fields
sample_identity(void)
{
	return (struct identity_fields){ .name = span_of_text("张三"),
		.document = span_of_text("420106199001011234"),
		.phone = span_of_text("13800000000"),
		.address = span_of_text("武汉市武昌区") };
}

static inline struct intake
sample_intake(void)
{
	return (struct intake){ .channel = "LX",
		.purpose = "SS",
		.legal_class = "A",
		.category = "16",
		.level = "C",
		.heads = 2,
		.responsible = "420107",
		.subject = span_of_text("subject"),
		.text = span_of_text("text"),
		.place = span_of_text("place"),
		.source = span_of_text("source"),
		.source_ref = span_of_text("source_ref"),
		.claimed_ms = SAMPLE_TIME_MS,
		.earlier_item = "earlier",
		.accused = { "420106", "420111" },
		.accused_count = 2,
		.procedure = "S",
		.person_name = span_of_text("name"),
		.person_document = span_of_text("document"),
		.person_phone = span_of_text("phone"),
		.person_address = span_of_text("address") };
}

#include "wire_supervision_samples.h"

/* Lives until the next call. */
static inline struct command
sample_command(enum command_kind kind)
{
	static struct intake items[2];
	struct command c = { .kind = kind,
		.language = "zh",
		.actor_role = "clerk",
		.actor = "wang" };

	items[0] = items[1] = sample_intake();
	items[1].subject = span_of_text("another");
	switch (kind) {
	case COMMAND_REGISTER:
		c.registering = (struct command_register){ .items = items,
			.items_count = 2,
			.want_query_codes = true };
		break;
	case COMMAND_INVITE:
		c.invite = (struct command_invite){ .office = "420106",
			.address = "tcp://10.0.0.1:7000",
			.days = 7 };
		break;
	case COMMAND_REVOKE:
		c.revoke = (struct command_revoke){ .office = "420106",
			.reason = span_of_text("merged") };
		break;
	case COMMAND_DIRECTIVE_ISSUE:
		c.directive = sample_replacing();
		c.directive.id[0] = '\0';
		break;
	case COMMAND_DIRECTIVE_MOVE:
		c.step = sample_answer();
		break;
	case COMMAND_SETTLE:
		c.settle = sample_key();
		break;
	case COMMAND_ACT:
		c.act = sample_act();
		break;
	case COMMAND_MATCH:
		c.match = sample_linked();
		c.match.score = 0;
		c.match.reasons[0] = '\0';
		break;
	case COMMAND_QUERY:
		memcpy(c.query.code, "7QK2-MB4X", sizeof("7QK2-MB4X"));
		break;
	case COMMAND_PUBLISH:
		c.publish = sample_published();
		c.publish.version[0] = '\0';
		c.publish.effective_ms = 0;
		break;
	case COMMAND_IDENTITY:
		c.identity = sample_identity_step();
		break;
	case COMMAND_ATTACH:
		c.attach = sample_attached();
		break;
	case COMMAND_DESTROY_KEY:
		c.destroy_key = sample_key_destroyed();
		break;
	case COMMAND_STATUS:
	case COMMAND_DISTRICTS:
		break;
	}
	return c;
}

static inline struct reply
sample_reply(void)
{
	return (struct reply){ .exit = 1,
		.sentence = span_of_text("没有这个区划代码。"),
		.json = span_of_text("{\"a\":1}") };
}

/* The payload of one of the kinds; `out` is emptied first. */
static inline void
sample_payload(struct buffer *out, enum record_kind kind)
{
	struct office_opened opened = sample_office_opened();
	struct petition petition = sample_petition();
	struct directive directive = sample_directive();
	struct directive_step one = sample_step();
	struct child child = sample_child();
	struct moved moved = sample_moved();
	struct attached attached = sample_attached();
	struct matter_linked linked = sample_linked();
	struct escalated escalated = sample_escalated();
	struct published published = sample_published();
	struct identity_step identity = sample_identity_step();
	struct key_destroyed destroyed = sample_key_destroyed();
	struct sealed_secret secret;

	buffer_reset(out);
	switch (kind) {
	case RECORD_OFFICE_OPENED:
		wire_office_opened_pack(out, &opened);
		break;
	case RECORD_PETITION_REGISTERED:
		wire_petition_pack(out, &petition);
		break;
	case RECORD_DIRECTIVE_ISSUED:
		wire_directive_pack(out, &directive);
		break;
	case RECORD_DIRECTIVE_STEP:
		wire_directive_step_pack(out, &one);
		break;
	case RECORD_CHILD_ENROLLED:
	case RECORD_CHILD_REVOKED:
		wire_child_pack(out, &child);
		break;
	case RECORD_CARRIED:
		wire_carried_pack(out, span_of_text("a record's bytes"));
		break;
	case RECORD_SECRET_HANDED:
		secret.version = 1001;
		sample_fill(secret.sealed, SEALED_SECRET_BYTES, 0x30);
		wire_secret_pack(out, &secret);
		break;
	case RECORD_PETITION_MOVED:
		wire_moved_pack(out, &moved);
		break;
	case RECORD_ATTACHED:
		wire_attached_pack(out, &attached);
		break;
	case RECORD_HANDED:
		wire_handed_pack(out, span_of_text("a record's bytes"));
		break;
	case RECORD_MATTER_LINKED:
		wire_matter_linked_pack(out, &linked);
		break;
	case RECORD_ESCALATED:
		wire_escalated_pack(out, &escalated);
		break;
	case RECORD_PUBLISHED:
		wire_published_pack(out, &published);
		break;
	case RECORD_IDENTITY_STEP:
		wire_identity_step_pack(out, &identity);
		break;
	case RECORD_KEY_DESTROYED:
		wire_key_destroyed_pack(out, &destroyed);
		break;
	case RECORD_UNREADABLE:
		break;
	}
}

/* A whole record of one of the kinds; `out` is emptied first. */
static inline void
sample_packed(struct buffer *out, enum record_kind kind)
{
	struct buffer payload = { 0 };
	struct record record;

	sample_payload(&payload, kind);
	record = sample_record(kind, buffer_span(&payload));
	buffer_reset(out);
	wire_record_pack(out, &record);
	buffer_clear(&payload);
}

/* Lives until the next call. */
static inline struct frame
sample_frame(enum frame_type type)
{
	static struct stream_mark marks[2];
	static struct buffer records;
	struct frame f = { .type = type, .session = 0x1122334455667788 };

	for (size_t i = 0; i < 2; i++) {
		marks[i] = (struct stream_mark){ .key = sample_key(),
			.size = 100 + i };
		marks[i].key.incarnation += (uint32_t)i;
		sample_fill(marks[i].root, HASH_BYTES, (uint8_t)(0x70 + i));
	}
	buffer_reset(&records);
	switch (type) {
	case FRAME_HELLO:
	case FRAME_WELCOME:
		f.greeting = (struct frame_greeting){ .protocol_min = 1,
			.protocol_max = 2,
			.office = "420106",
			.software = "petition-relay 0.1.0",
			.time_ms = SAMPLE_TIME_MS,
			.window_bytes = 1 << 20,
			.marks = marks,
			.marks_count = 2 };
		break;
	case FRAME_BATCH:
		CHECK(wire_batch_add(&records, letters('a', 5)) == RC_OK);
		CHECK(wire_batch_add(&records, letters('b', 300)) == RC_OK);
		f.batch = (struct frame_batch){ .key = sample_key(),
			.first = 41,
			.count = 2,
			.checkpoint = span_of_text("checkpoint"),
			.records = buffer_span(&records) };
		sample_fill(f.batch.root, HASH_BYTES, 0x50);
		break;
	case FRAME_ACK:
		f.ack = (struct frame_ack){ .marks = marks,
			.marks_count = 2,
			.window_bytes = 4096 };
		break;
	case FRAME_PING:
	case FRAME_PONG:
		f.ping_ms = SAMPLE_TIME_MS;
		break;
	case FRAME_REFUSE:
		f.refuse = (struct frame_refuse){ .code = REFUSE_FORK,
			.reason = "two histories",
			.key = sample_key(),
			.size = 77 };
		sample_fill(f.refuse.root, HASH_BYTES, 0x20);
		break;
	case FRAME_ENROL:
		f.session = 0;
		f.enrol = (struct frame_enrol){ .invitation = "K7Q2",
			.office = "420106",
			.name = "武昌区信访局" };
		sample_fill(f.enrol.public_key, KEY_BYTES, 0x05);
		sample_fill(f.enrol.signature, SIGNATURE_BYTES, 0x91);
		break;
	case FRAME_ENROLLED:
		f.session = 0;
		f.enrolled = (struct frame_enrolled){ .office = "420106",
			.parent = "420100",
			.parent_name = "武汉市信访局",
			.secrets_count = 2 };
		for (uint8_t i = 0; i < 2; i++) {
			f.enrolled.secrets[i].version = 1U + i;
			sample_fill(f.enrolled.secrets[i].sealed,
			    SEALED_SECRET_BYTES, i);
		}
		break;
	}
	return f;
}

#endif
