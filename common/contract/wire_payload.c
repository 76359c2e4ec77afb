/*
 * What records carry: one table for each message of proto/record.proto, and
 * nothing besides.  Adding a field is adding a row, here or in wire_shared.h;
 * its plain struct and its line in the .proto go with it, and a forgotten row
 * stops the program at its first message.
 */
#include "contract/wire_payload.h"

#include "contract/wire_shared.h"

#include "record.pb-c.h"

enum {
	SCORE_MAX = 1000,
	REVISION_MAX = 100000,
	BATCH_MAX = 1000000,
};

/* -- offices -- */

#define PLAIN   struct office_opened
#define MESSAGE PetitionRelay__OfficeOpened
static const struct wire_field office_opened_fields[] = {
	FIELD_OFFICE(office),
	FIELD_KNOWN(name),
	FIELD_EXACT(public_key),
	FIELD_U32(previous_incarnation, 0, UINT32_MAX),
	FIELD_U64(previous_size, 0, WIRE_SIZE_MAX),
	FIELD_EXACT_WHEN(previous_root, previous_incarnation),
};
static const struct wire_table office_opened_table = { WIRE_TABLE(office_opened,
    WIRE_PAYLOAD, office_opened_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct child
#define MESSAGE PetitionRelay__Child
static const struct wire_field child_fields[] = {
	FIELD_OFFICE(office),
	FIELD_KNOWN(name),
	FIELD_EXACT(public_key),
	FIELD_OFFICE_OR_NONE(parent),
	FIELD_KNOWN(invitation),
	FIELD_KNOWN(reason),
};
static const struct wire_table child_table = { WIRE_TABLE(child, WIRE_PAYLOAD,
    child_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct sealed_secret
#define MESSAGE PetitionRelay__SecretHanded
static const struct wire_field secret_fields[] = {
	FIELD_U32(version, 1, UINT32_MAX),
	FIELD_EXACT(sealed),
};
static const struct wire_table secret_table = { WIRE_TABLE(secret_handed,
    WIRE_PAYLOAD, secret_fields) };
#undef PLAIN
#undef MESSAGE

/* -- petitions -- */

#define PLAIN   struct petition
#define MESSAGE PetitionRelay__Petition
static const struct wire_field petition_fields[] = {
	ARRIVAL_FIELDS,
	FIELD_NEEDED(item),
	FIELD_HASH(query_hash),
	FIELD_HASH(person_key),
	FIELD_U32(person_key_version, 0, UINT32_MAX),
	FIELD_BYTES(sealed_identity, 0, SEALED_BYTES_MAX),
	FIELD_U32(seal_year, 0, UINT32_MAX),
};
static const struct wire_table petition_table = { WIRE_TABLE(petition,
    WIRE_PAYLOAD, petition_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct moved
#define MESSAGE PetitionRelay__Moved
static const struct wire_field moved_fields[] = {
	MOVED_FIELDS,
	FIELD_NEEDED(move),
};
static const struct wire_table moved_table = { WIRE_TABLE(moved, WIRE_PAYLOAD,
    moved_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct identity_fields
#define MESSAGE PetitionRelay__Identity
static const struct wire_field identity_fields[] = {
	FIELD_TEXT(name, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(document, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(phone, PERSON_FIELD_BYTES_MAX),
	FIELD_TEXT(address, PERSON_FIELD_BYTES_MAX),
};
static const struct wire_table identity_table = { WIRE_TABLE(identity,
    WIRE_IDENTITY, identity_fields) };
#undef PLAIN
#undef MESSAGE

/* -- directives -- */

#define PLAIN   struct directive
#define MESSAGE PetitionRelay__DirectiveIssued
static const struct wire_field directive_fields[] = {
	FIELD_NEEDED(id),
	DIRECTIVE_FIELDS,
};
static const struct wire_table directive_table = { WIRE_TABLE(directive_issued,
    WIRE_PAYLOAD, directive_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct directive_step
#define MESSAGE PetitionRelay__DirectiveStep
static const struct wire_field directive_step_fields[] = {
	STEP_FIELDS,
};
static const struct wire_table directive_step_table = {
	WIRE_TABLE(directive_step, WIRE_PAYLOAD, directive_step_fields)
};
#undef PLAIN
#undef MESSAGE

static bool
is_a_part(const void *plain)
{
	const struct attached *a = plain;

	return a->part <= a->parts;
}

#define PLAIN   struct attached
#define MESSAGE PetitionRelay__Attached
static const struct wire_field attached_fields[] = {
	ATTACHED_FIELDS,
};
static const struct wire_table attached_table = {
	WIRE_TABLE(attached, WIRE_PAYLOAD, attached_fields), .holds = is_a_part
};
#undef PLAIN
#undef MESSAGE

/* -- supervision -- */

#define PLAIN   struct matter_linked
#define MESSAGE PetitionRelay__MatterLinked
static const struct wire_field matter_linked_fields[] = {
	LINKED_FIELDS,
	FIELD_KNOWN(reasons),
	FIELD_U32(score, 0, SCORE_MAX),
};
static const struct wire_table matter_linked_table = { WIRE_TABLE(matter_linked,
    WIRE_PAYLOAD, matter_linked_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct escalated
#define MESSAGE PetitionRelay__Escalated
static const struct wire_field escalated_fields[] = {
	FIELD_NEEDED(id),
	FIELD_U32(revision, 1, REVISION_MAX),
	FIELD_KNOWN(matter),
	FIELD_NEEDED(item),
	FIELD_OFFICE(office),
	FIELD_KNOWN(from_level),
	FIELD_KNOWN(to_level),
	FIELD_KNOWN(channel),
	FIELD_U32(batch, 0, BATCH_MAX),
	FIELD_U32(heads, 0, HEADS_MAX),
	FIELD_TIME(at_ms),
	FIELD_KNOWN(lower_state),
	FIELD_KNOWN(lawfulness),
	FIELD_FLAG(knew_before),
	FIELD_KNOWN(lower_item),
	FIELD_KNOWN(category),
};
static const struct wire_table escalated_table = { WIRE_TABLE(escalated,
    WIRE_PAYLOAD, escalated_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct published
#define MESSAGE PetitionRelay__Published
static const struct wire_field published_fields[] = {
	PUBLISHED_FIELDS,
	FIELD_KNOWN(version),
	FIELD_TIME(effective_ms),
};
static const struct wire_table published_table = { WIRE_TABLE(published,
    WIRE_PAYLOAD, published_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct identity_step
#define MESSAGE PetitionRelay__IdentityStep
static const struct wire_field identity_step_fields[] = {
	IDENTITY_STEP_FIELDS,
};
static const struct wire_table identity_step_table = { WIRE_TABLE(identity_step,
    WIRE_PAYLOAD, identity_step_fields) };
#undef PLAIN
#undef MESSAGE

#define PLAIN   struct key_destroyed
#define MESSAGE PetitionRelay__KeyDestroyed
static const struct wire_field key_destroyed_fields[] = {
	KEY_DESTROYED_FIELDS,
};
static const struct wire_table key_destroyed_table = { WIRE_TABLE(key_destroyed,
    WIRE_PAYLOAD, key_destroyed_fields) };
#undef PLAIN
#undef MESSAGE

/* -- all of them -- */

const struct wire_table *const wire_payload_tables[] = { &office_opened_table,
	&child_table, &secret_table, &petition_table, &moved_table,
	&identity_table, &directive_table, &directive_step_table,
	&attached_table, &matter_linked_table, &escalated_table,
	&published_table, &identity_step_table, &key_destroyed_table, NULL };

#define PAIR(name, plain)                                                      \
	void wire_##name##_pack(struct buffer *out, const struct plain *p)     \
	{                                                                      \
		wire_pack(out, &name##_table, p);                              \
	}                                                                      \
	enum rc wire_##name##_unpack(struct span bytes, struct plain *out)     \
	{                                                                      \
		return wire_unpack(bytes, &name##_table, out);                 \
	}

PAIR(office_opened, office_opened)
PAIR(child, child)
PAIR(secret, sealed_secret)
PAIR(petition, petition)
PAIR(moved, moved)
PAIR(identity, identity_fields)
PAIR(directive, directive)
PAIR(directive_step, directive_step)
PAIR(attached, attached)
PAIR(matter_linked, matter_linked)
PAIR(escalated, escalated)
PAIR(published, published)
PAIR(identity_step, identity_step)
PAIR(key_destroyed, key_destroyed)
