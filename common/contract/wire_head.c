/* What stands behind a frame's header: the messages of proto/link.proto. */
#include <string.h>

#include "base/check.h"
#include "contract/wire.h"
#include "contract/wire_internal.h"

#include "link.pb-c.h"

enum { CHECKPOINT_BYTES_MAX = 4096 };

static const struct head_rule {
	const ProtobufCMessageDescriptor *type;
	size_t repeats_max; /* elements of its repeated field */
} rules[] = {
	[FRAME_HELLO] = { &petition_relay__greeting__descriptor,
	    GREETING_MARKS_MAX },
	[FRAME_WELCOME] = { &petition_relay__greeting__descriptor,
	    GREETING_MARKS_MAX },
	[FRAME_BATCH] = { &petition_relay__batch__descriptor, 0 },
	[FRAME_ACK] = { &petition_relay__ack__descriptor, ACK_MARKS_MAX },
	[FRAME_PING] = { &petition_relay__ping__descriptor, 0 },
	[FRAME_PONG] = { &petition_relay__ping__descriptor, 0 },
	[FRAME_REFUSE] = { &petition_relay__refuse__descriptor, 0 },
	[FRAME_ENROL] = { &petition_relay__enrol__descriptor, 0 },
	[FRAME_ENROLLED] = { &petition_relay__enrolled__descriptor,
	    SECRETS_MAX },
};

/* -- parts -- */

static PetitionRelay__StreamKey
out_key(const struct stream_key *key)
{
	PetitionRelay__StreamKey m;

	petition_relay__stream_key__init(&m);
	CHECK(key->incarnation > 0);
	m.origin = wire_out_office(key->origin);
	m.incarnation = key->incarnation;
	m.audience = wire_out_office_or_none(key->audience);
	return m;
}

static void
in_key(struct wire_in *in, const PetitionRelay__StreamKey *m,
    struct stream_key *out)
{
	wire_in_expect(in, m != NULL);
	if (m == NULL)
		return;
	wire_in_office(in, m->origin, out->origin);
	wire_in_expect(in, m->incarnation > 0);
	out->incarnation = m->incarnation;
	wire_in_office_or_none(in, m->audience, out->audience);
}

/* A mark and its key, in the memory of one pack. */
struct out_mark {
	PetitionRelay__StreamMark mark;
	PetitionRelay__StreamKey key;
};

static PetitionRelay__StreamMark **
out_marks(const struct stream_mark *marks, uint32_t count, bool with_root)
{
	PetitionRelay__StreamMark **list =
	    wire_out_array(count, sizeof(PetitionRelay__StreamMark *));
	struct out_mark *parts = wire_out_array(count, sizeof(*parts));

	for (uint32_t i = 0; i < count; i++) {
		parts[i].key = out_key(&marks[i].key);
		petition_relay__stream_mark__init(&parts[i].mark);
		parts[i].mark.key = &parts[i].key;
		parts[i].mark.size = wire_out_size(marks[i].size);
		if (with_root) {
			parts[i].mark.root =
			    wire_out_exact(marks[i].root, HASH_BYTES);
		}
		list[i] = &parts[i].mark;
	}
	return list;
}

/* An acknowledgement speaks of records whose root was compared before. */
static const struct stream_mark *
in_marks(struct wire_in *in, PetitionRelay__StreamMark *const *list,
    size_t count, size_t max, bool with_root)
{
	struct stream_mark *marks =
	    wire_in_array(in, count, max, sizeof(*marks));

	for (size_t i = 0; marks != NULL && i < count; i++) {
		in_key(in, list[i]->key, &marks[i].key);
		marks[i].size = wire_in_size(in, list[i]->size);
		wire_in_expect(in, with_root || list[i]->root.len == 0);
		if (with_root) {
			wire_in_exact(in, &list[i]->root, marks[i].root,
			    HASH_BYTES);
		} else {
			memset(marks[i].root, 0, HASH_BYTES);
		}
	}
	return marks;
}

/* -- HELLO, WELCOME -- */

static void
pack_greeting(struct buffer *out, const struct frame_greeting *g)
{
	PetitionRelay__Greeting m;

	petition_relay__greeting__init(&m);
	CHECK(g->marks_count <= GREETING_MARKS_MAX);
	m.protocol_min = g->protocol_min;
	m.protocol_max = g->protocol_max;
	m.office = wire_out_office(g->office);
	m.software = wire_out_known(g->software);
	m.time_ms = wire_out_time(g->time_ms);
	m.window_bytes = g->window_bytes;
	m.marks = out_marks(g->marks, g->marks_count, true);
	m.n_marks = g->marks_count;
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_greeting(struct wire_in *in, const PetitionRelay__Greeting *m,
    struct frame_greeting *out)
{
	wire_in_expect(in, m->protocol_min > 0);
	wire_in_expect(in, m->protocol_min <= m->protocol_max);
	out->protocol_min = m->protocol_min;
	out->protocol_max = m->protocol_max;
	wire_in_office(in, m->office, out->office);
	wire_in_known(in, m->software, out->software, sizeof(out->software));
	out->time_ms = wire_in_time(in, m->time_ms);
	out->window_bytes = m->window_bytes;
	out->marks =
	    in_marks(in, m->marks, m->n_marks, GREETING_MARKS_MAX, true);
	out->marks_count = (uint32_t)m->n_marks;
}

/* -- BATCH -- */

static void
pack_batch(struct buffer *out, const struct frame_batch *b)
{
	PetitionRelay__Batch m;
	PetitionRelay__StreamKey key = out_key(&b->key);

	petition_relay__batch__init(&m);
	CHECK(b->first > 0);
	CHECK(b->count > 0);
	CHECK(b->count <= BATCH_COUNT_MAX);
	m.key = &key;
	m.first = b->first;
	m.count = b->count;
	(void)wire_out_size(b->first + b->count - 1);
	m.root = wire_out_exact(b->root, HASH_BYTES);
	m.checkpoint = wire_out_bytes(b->checkpoint, CHECKPOINT_BYTES_MAX);
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_batch(struct wire_in *in, const PetitionRelay__Batch *m,
    struct frame_batch *out)
{
	in_key(in, m->key, &out->key);
	wire_in_expect(in, m->first > 0);
	wire_in_expect(in, m->count > 0 && m->count <= BATCH_COUNT_MAX);
	out->first = wire_in_size(in, m->first);
	(void)wire_in_size(in, m->first + m->count - 1);
	out->count = m->count;
	wire_in_exact(in, &m->root, out->root, HASH_BYTES);
	out->checkpoint =
	    wire_in_bytes(in, &m->checkpoint, CHECKPOINT_BYTES_MAX);
}

/* -- ACK -- */

static void
pack_ack(struct buffer *out, const struct frame_ack *a)
{
	PetitionRelay__Ack m;

	petition_relay__ack__init(&m);
	CHECK(a->marks_count <= ACK_MARKS_MAX);
	m.marks = out_marks(a->marks, a->marks_count, false);
	m.n_marks = a->marks_count;
	m.window_bytes = a->window_bytes;
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_ack(struct wire_in *in, const PetitionRelay__Ack *m, struct frame_ack *out)
{
	out->marks = in_marks(in, m->marks, m->n_marks, ACK_MARKS_MAX, false);
	out->marks_count = (uint32_t)m->n_marks;
	out->window_bytes = m->window_bytes;
}

/* -- PING, PONG -- */

static void
pack_ping(struct buffer *out, int64_t ping_ms)
{
	PetitionRelay__Ping m;

	petition_relay__ping__init(&m);
	m.time_ms = wire_out_time(ping_ms);
	wire_out_message(out, WIRE_FRAME, &m.base);
}

/* -- REFUSE -- */

static bool
is_refuse_code(int64_t code)
{
	return (code >= REFUSE_VERSION && code <= REFUSE_CREDIT) ||
	       (code >= REFUSE_INVITATION_USED &&
		   code <= REFUSE_INVITATION_OFFICE);
}

static void
pack_refuse(struct buffer *out, const struct frame_refuse *r)
{
	PetitionRelay__Refuse m;
	PetitionRelay__StreamKey key;

	petition_relay__refuse__init(&m);
	CHECK(is_refuse_code(r->code));
	m.code = (PetitionRelay__RefuseCode)r->code;
	m.reason = wire_out_known(r->reason);
	if (r->key.origin[0] != '\0') {
		key = out_key(&r->key);
		m.key = &key;
		m.size = wire_out_size(r->size);
		m.root = wire_out_exact(r->root, HASH_BYTES);
	}
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_refuse(struct wire_in *in, const PetitionRelay__Refuse *m,
    struct frame_refuse *out)
{
	wire_in_expect(in, is_refuse_code(m->code));
	out->code = (enum refuse_code)m->code;
	wire_in_known(in, m->reason, out->reason, sizeof(out->reason));
	if (m->key != NULL)
		in_key(in, m->key, &out->key);
	out->size = wire_in_size(in, m->size);
	wire_in_exact_or_none(in, &m->root, out->root, HASH_BYTES);
}

/* -- ENROL, ENROLLED -- */

static void
pack_enrol(struct buffer *out, const struct frame_enrol *e)
{
	PetitionRelay__Enrol m;

	petition_relay__enrol__init(&m);
	m.invitation = wire_out_known(e->invitation);
	m.office = wire_out_office(e->office);
	m.name = wire_out_known(e->name);
	m.public_key = wire_out_exact(e->public_key, KEY_BYTES);
	m.signature = wire_out_exact(e->signature, SIGNATURE_BYTES);
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_enrol(struct wire_in *in, const PetitionRelay__Enrol *m,
    struct frame_enrol *out)
{
	wire_in_known(in, m->invitation, out->invitation,
	    sizeof(out->invitation));
	wire_in_office(in, m->office, out->office);
	wire_in_known(in, m->name, out->name, sizeof(out->name));
	wire_in_exact(in, &m->public_key, out->public_key, KEY_BYTES);
	wire_in_exact(in, &m->signature, out->signature, SIGNATURE_BYTES);
}

static void
pack_enrolled(struct buffer *out, const struct frame_enrolled *e)
{
	PetitionRelay__Enrolled m;
	PetitionRelay__MatchingSecret secrets[SECRETS_MAX];
	PetitionRelay__MatchingSecret *list[SECRETS_MAX];

	petition_relay__enrolled__init(&m);
	CHECK(e->secrets_count <= SECRETS_MAX);
	for (uint32_t i = 0; i < e->secrets_count; i++) {
		CHECK(e->secrets[i].version > 0);
		petition_relay__matching_secret__init(&secrets[i]);
		secrets[i].version = e->secrets[i].version;
		secrets[i].sealed =
		    wire_out_exact(e->secrets[i].sealed, SEALED_SECRET_BYTES);
		list[i] = &secrets[i];
	}
	m.office = wire_out_office(e->office);
	m.parent = wire_out_office(e->parent);
	m.parent_name = wire_out_known(e->parent_name);
	m.secrets = list;
	m.n_secrets = e->secrets_count;
	wire_out_message(out, WIRE_FRAME, &m.base);
}

static void
read_enrolled(struct wire_in *in, const PetitionRelay__Enrolled *m,
    struct frame_enrolled *out)
{
	wire_in_office(in, m->office, out->office);
	wire_in_office(in, m->parent, out->parent);
	wire_in_known(in, m->parent_name, out->parent_name,
	    sizeof(out->parent_name));
	wire_in_expect(in, m->n_secrets <= SECRETS_MAX);
	for (size_t i = 0; i < m->n_secrets && i < SECRETS_MAX; i++) {
		wire_in_expect(in, m->secrets[i]->version > 0);
		out->secrets[i].version = m->secrets[i]->version;
		wire_in_exact(in, &m->secrets[i]->sealed,
		    out->secrets[i].sealed, SEALED_SECRET_BYTES);
		out->secrets_count++;
	}
}

/* -- which of them -- */

void
wire_head_pack(struct buffer *out, const struct frame *frame)
{
	wire_out_start();
	switch (frame->type) {
	case FRAME_HELLO:
	case FRAME_WELCOME:
		pack_greeting(out, &frame->greeting);
		break;
	case FRAME_BATCH:
		pack_batch(out, &frame->batch);
		break;
	case FRAME_ACK:
		pack_ack(out, &frame->ack);
		break;
	case FRAME_PING:
	case FRAME_PONG:
		pack_ping(out, frame->ping_ms);
		break;
	case FRAME_REFUSE:
		pack_refuse(out, &frame->refuse);
		break;
	case FRAME_ENROL:
		pack_enrol(out, &frame->enrol);
		break;
	case FRAME_ENROLLED:
		pack_enrolled(out, &frame->enrolled);
		break;
	}
}

static void
read_head(struct wire_in *in, const void *m, struct frame *out)
{
	switch (out->type) {
	case FRAME_HELLO:
	case FRAME_WELCOME:
		read_greeting(in, m, &out->greeting);
		break;
	case FRAME_BATCH:
		read_batch(in, m, &out->batch);
		break;
	case FRAME_ACK:
		read_ack(in, m, &out->ack);
		break;
	case FRAME_PING:
	case FRAME_PONG:
		out->ping_ms =
		    wire_in_time(in, ((const PetitionRelay__Ping *)m)->time_ms);
		break;
	case FRAME_REFUSE:
		read_refuse(in, m, &out->refuse);
		break;
	case FRAME_ENROL:
		read_enrol(in, m, &out->enrol);
		break;
	case FRAME_ENROLLED:
		read_enrolled(in, m, &out->enrolled);
		break;
	}
}

enum rc
wire_head_unpack(struct span bytes, struct frame *out)
{
	const struct head_rule *rule = &rules[out->type];
	struct wire_in in;
	const void *m =
	    wire_in_open(&in, WIRE_FRAME, rule->type, bytes, rule->repeats_max);

	if (m == NULL)
		return RC_MALFORMED;
	read_head(&in, m, out);
	return wire_in_close(&in);
}
