/*
 * The envelope: records, and records that hold another record's bytes.
 *
 * A record's bytes are made once, by the office that it comes from, and are
 * hashed and forwarded as they are.  So they are only read here, never packed
 * anew, and a kind or field that is not known does no harm.
 */
#include "contract/wire.h"
#include "contract/wire_shared.h"

#include "record.pb-c.h"

#define MESSAGE PetitionRelay__Record
#define PLAIN   struct stream_key
static const struct wire_field key_fields[] = { STREAM_KEY_FIELDS };
static const struct wire_table key_table = { WIRE_TABLE(record, WIRE_RECORD,
    key_fields) };
#undef PLAIN

#define PLAIN struct record
static const struct wire_field record_fields[] = {
	FIELD_PART(key, key_table),
	FIELD_U64(sequence, 1, WIRE_SIZE_MAX),
	FIELD_TIME(claimed_ms),
	FIELD_TIME(recorded_ms),
	FIELD_U32(schema, 0, UINT32_MAX),
	FIELD_U32(kind, 0, UINT32_MAX),
	FIELD_BYTES(payload, 0, RECORD_BYTES_MAX),
	FIELD_KNOWN(actor_role),
	FIELD_KNOWN(actor),
};
static const struct wire_table record_table = { WIRE_TABLE(record, WIRE_RECORD,
    record_fields) };
#undef PLAIN
#undef MESSAGE

/* What is inside one of those below. */
struct inner {
	struct span record;
};

#define PLAIN   struct inner
#define MESSAGE PetitionRelay__Carried
static const struct wire_field carried_fields[] = {
	FIELD_BYTES(record, 1, RECORD_BYTES_MAX),
};
static const struct wire_table carried_table = { WIRE_TABLE(carried,
    WIRE_PAYLOAD, carried_fields) };
#undef MESSAGE

#define MESSAGE PetitionRelay__Handed
static const struct wire_field handed_fields[] = {
	FIELD_BYTES(record, 1, RECORD_BYTES_MAX),
};
static const struct wire_table handed_table = { WIRE_TABLE(handed, WIRE_PAYLOAD,
    handed_fields) };
#undef MESSAGE
#undef PLAIN

const struct wire_table *const wire_record_tables[] = { &record_table,
	&carried_table, &handed_table, NULL };

void
wire_record_pack(struct buffer *out, const struct record *record)
{
	wire_pack(out, &record_table, record);
}

enum rc
wire_record_unpack(struct span bytes, struct record *out)
{
	return wire_unpack(bytes, &record_table, out);
}

static enum rc
unpack_inner(struct span bytes, const struct wire_table *table,
    struct span *record)
{
	struct inner inner;
	enum rc rc = wire_unpack(bytes, table, &inner);

	*record = inner.record;
	return rc;
}

void
wire_carried_pack(struct buffer *out, struct span record)
{
	wire_pack(out, &carried_table, &(struct inner){ record });
}

enum rc
wire_carried_unpack(struct span bytes, struct span *record)
{
	return unpack_inner(bytes, &carried_table, record);
}

void
wire_handed_pack(struct buffer *out, struct span record)
{
	wire_pack(out, &handed_table, &(struct inner){ record });
}

enum rc
wire_handed_unpack(struct span bytes, struct span *record)
{
	return unpack_inner(bytes, &handed_table, record);
}
