/*
 * What stands behind a frame's header: the tables of proto/link.proto.
 *
 * Child and parent of different versions read each other's heads for years: a
 * row that becomes stricter here is a link that stops.
 */
#include "base/check.h"
#include "contract/wire_shared.h"

#include "link.pb-c.h"

enum { CHECKPOINT_BYTES_MAX = 4096 };

/* -- parts -- */

#define PLAIN   struct stream_key
#define MESSAGE PetitionRelay__StreamKey
static const struct wire_field key_fields[] = { STREAM_KEY_FIELDS };
static const struct wire_table key_table = { WIRE_TABLE(stream_key, WIRE_FRAME,
    key_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct stream_mark
#define MESSAGE PetitionRelay__StreamMark
static const struct wire_field mark_fields[] = {
	FIELD_MESSAGE(key, key_table),
	FIELD_U64(size, 0, WIRE_SIZE_MAX),
	FIELD_EXACT(root),
};
static const struct wire_table mark_table = { WIRE_TABLE(stream_mark,
    WIRE_FRAME, mark_fields) };

/* An acknowledgement speaks of records whose root was compared before. */
static const struct wire_field ack_mark_fields[] = {
	FIELD_MESSAGE(key, key_table),
	FIELD_U64(size, 0, WIRE_SIZE_MAX),
	FIELD_NO_BYTES(root),
};
static const struct wire_table ack_mark_table = { WIRE_TABLE(stream_mark,
    WIRE_FRAME, ack_mark_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct sealed_secret
#define MESSAGE PetitionRelay__MatchingSecret
static const struct wire_field secret_fields[] = {
	FIELD_U32(version, 1, UINT32_MAX),
	FIELD_EXACT(sealed),
};
static const struct wire_table secret_table = { WIRE_TABLE(matching_secret,
    WIRE_FRAME, secret_fields) };
#undef PLAIN
#undef MESSAGE

/* -- HELLO, WELCOME -- */

static bool
is_a_range(const void *plain)
{
	const struct frame_greeting *g = plain;

	return g->protocol_min <= g->protocol_max;
}

#define PLAIN   struct frame_greeting
#define MESSAGE PetitionRelay__Greeting
static const struct wire_field greeting_fields[] = {
	FIELD_U32(protocol_min, 1, UINT32_MAX),
	FIELD_U32(protocol_max, 1, UINT32_MAX),
	FIELD_OFFICE(office),
	FIELD_KNOWN(software),
	FIELD_TIME(time_ms),
	FIELD_U32(window_bytes, 0, UINT32_MAX),
	FIELD_MESSAGES_BORROWED(marks, mark_table, GREETING_MARKS_MAX),
};
static const struct wire_table greeting_table = {
	WIRE_TABLE(greeting, WIRE_FRAME, greeting_fields), .holds = is_a_range
};
#undef PLAIN
#undef MESSAGE

/* -- BATCH -- */

static bool
ends_in_time(const void *plain)
{
	const struct frame_batch *b = plain;

	return b->first + b->count - 1 <= WIRE_SIZE_MAX;
}

#define PLAIN   struct frame_batch
#define MESSAGE PetitionRelay__Batch
static const struct wire_field batch_fields[] = {
	FIELD_MESSAGE(key, key_table),
	FIELD_U64(first, 1, WIRE_SIZE_MAX),
	FIELD_U32(count, 1, BATCH_COUNT_MAX),
	FIELD_EXACT(root),
	FIELD_BYTES(checkpoint, 0, CHECKPOINT_BYTES_MAX),
};
static const struct wire_table batch_table = {
	WIRE_TABLE(batch, WIRE_FRAME, batch_fields), .holds = ends_in_time
};
#undef PLAIN
#undef MESSAGE

/* -- ACK -- */

#define PLAIN   struct frame_ack
#define MESSAGE PetitionRelay__Ack
static const struct wire_field ack_fields[] = {
	FIELD_MESSAGES_BORROWED(marks, ack_mark_table, ACK_MARKS_MAX),
	FIELD_U32(window_bytes, 0, UINT32_MAX),
	FIELD_RESERVED(cosignature),
};
static const struct wire_table ack_table = { WIRE_TABLE(ack, WIRE_FRAME,
    ack_fields) };
#undef PLAIN
#undef MESSAGE

/* -- PING, PONG -- */

/* As it lies in a frame. */
struct ping {
	int64_t time_ms;
};

#define PLAIN   struct ping
#define MESSAGE PetitionRelay__Ping
static const struct wire_field ping_fields[] = { FIELD_TIME(time_ms) };
static const struct wire_table ping_table = { WIRE_TABLE(ping, WIRE_FRAME,
    ping_fields) };
#undef PLAIN
#undef MESSAGE

/* -- REFUSE -- */

static bool
is_a_refusal(const void *plain)
{
	const struct frame_refuse *r = plain;

	return (r->code >= REFUSE_VERSION && r->code <= REFUSE_CREDIT) ||
	       (r->code >= REFUSE_INVITATION_USED &&
		   r->code <= REFUSE_INVITATION_OFFICE);
}

#define PLAIN   struct frame_refuse
#define MESSAGE PetitionRelay__Refuse
static const struct wire_field refuse_fields[] = {
	FIELD_CODE(code, enum refuse_code, PetitionRelay__RefuseCode),
	FIELD_KNOWN(reason),
	FIELD_MESSAGE_WHEN(key, key_table, key.origin[0]),
	FIELD_U64_WHEN(size, WIRE_SIZE_MAX, key.origin[0]),
	FIELD_EXACT_WHEN(root, key.origin[0]),
};
static const struct wire_table refuse_table = {
	WIRE_TABLE(refuse, WIRE_FRAME, refuse_fields), .holds = is_a_refusal
};
#undef PLAIN
#undef MESSAGE

/* -- ENROL, ENROLLED -- */

#define PLAIN   struct frame_enrol
#define MESSAGE PetitionRelay__Enrol
static const struct wire_field enrol_fields[] = {
	FIELD_KNOWN(invitation),
	FIELD_OFFICE(office),
	FIELD_KNOWN(name),
	FIELD_EXACT(public_key),
	FIELD_EXACT(signature),
};
static const struct wire_table enrol_table = { WIRE_TABLE(enrol, WIRE_FRAME,
    enrol_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct frame_enrolled
#define MESSAGE PetitionRelay__Enrolled
static const struct wire_field enrolled_fields[] = {
	FIELD_OFFICE(office),
	FIELD_OFFICE(parent),
	FIELD_KNOWN(parent_name),
	FIELD_MESSAGES(secrets, secret_table, SECRETS_MAX),
};
static const struct wire_table enrolled_table = { WIRE_TABLE(enrolled,
    WIRE_FRAME, enrolled_fields) };
#undef PLAIN
#undef MESSAGE

/* -- which of them -- */

static const struct wire_table *const heads[] = {
	[FRAME_HELLO] = &greeting_table,
	[FRAME_WELCOME] = &greeting_table,
	[FRAME_BATCH] = &batch_table,
	[FRAME_ACK] = &ack_table,
	[FRAME_PING] = &ping_table,
	[FRAME_PONG] = &ping_table,
	[FRAME_REFUSE] = &refuse_table,
	[FRAME_ENROL] = &enrol_table,
	[FRAME_ENROLLED] = &enrolled_table,
};

const struct wire_table *const wire_head_tables[] = { &greeting_table,
	&batch_table, &ack_table, &ping_table, &refuse_table, &enrol_table,
	&enrolled_table, NULL };

void
wire_head_pack(struct buffer *out, const struct frame *frame)
{
	wire_out_start();
	/* Whichever part of the union. */
	wire_message_pack(out, WIRE_FRAME,
	    wire_fields_out(heads[frame->type], &frame->greeting));
}

enum rc
wire_head_unpack(struct span bytes, struct frame *out)
{
	struct wire_in in;
	const void *message = wire_in_open(&in, heads[out->type], bytes);

	if (message == NULL)
		return RC_MALFORMED;
	wire_fields_in(&in, heads[out->type], message, &out->greeting);
	return wire_in_close(&in);
}
