/*
 * record - what an office writes down, as plain values.
 *
 * The wire module turns these into bytes and back; nobody else sees
 * protobuf.  Spans inside are borrowed: each function says from what.
 * Code tables (channel, purpose ...) are in petition/codes.h.
 *
 * Sources of the fields: Regulations on petition work (信访工作条例, 2022),
 * and the field's own statistics forms; see docs/design.md.
 */
#ifndef CONTRACT_RECORD_H
#define CONTRACT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
	OFFICE_CODE_MAX = 12,  /* GB/T 2260 and below: 420106, 420106003 */
	OFFICE_NAME_MAX = 120, /* bytes of UTF-8 */
	HASH_BYTES = 32,       /* SHA-256, and BLAKE2b as we use it */
	KEY_BYTES = 32,        /* Ed25519 or X25519 public key */
	RECORD_BYTES_MAX = 128 * 1024, /* one packed record */
	RECORD_SCHEMA = 1,             /* what this version writes */
	ACTOR_MAX = 40,                /* bytes of a role or a user id */
	CODE_MAX = 8,         /* bytes of a channel, category ... code */
	ITEM_NUMBER_MAX = 32, /* 420106-2026-000123-7QK and room */
	DIRECTIVE_ID_MAX = 32,
	SUBJECT_BYTES_MAX = 600,
	TEXT_BYTES_MAX = 64 * 1024,
	PLACE_BYTES_MAX = 600,
	SOURCE_BYTES_MAX = 64,
	SOURCE_REF_BYTES_MAX = 128,
	PERSON_FIELD_BYTES_MAX = 300,
	SEALED_BYTES_MAX = 2048,
	HEADS_MAX = 100000,     /* people in one visit */
	DIRECTIVE_TO_MAX = 512, /* addressees of one directive */
	DIRECTIVE_TEXT_BYTES_MAX = 32 * 1024,
	CHILD_REASON_MAX = 240,   /* bytes: why an office was cut off */
	SEALED_SECRET_BYTES = 80, /* crypto_box_seal of 32 bytes */
	ACCUSED_MAX = 8,          /* offices reported by one petition */
	MOVE_TEXT_BYTES_MAX = 32 * 1024,
	DOCUMENT_NUMBER_MAX = 120, /* bytes: 江信答〔2026〕12号 */
	REASONS_MAX = 60,
	LIMIT_NAME_MAX = 23, /* of a statutory limit: "handle" */
	LINK_TEXT_BYTES_MAX = 2000,
	ATTACHMENTS_MAX = 16, /* files of one answer */
	ATTACHMENT_NAME_MAX = 240,
	ATTACHMENT_PART_BYTES = 48 * 1024,
	ATTACHMENT_PARTS_MAX = 1024, /* 48 MiB */
	PUBLISHED_TEXT_BYTES_MAX = 64 * 1024,
	PUBLISHED_VERSION_MAX = 40,
	KEY_YEAR_MIN = 1949, /* of a yearly key that was destroyed */
	KEY_YEAR_MAX = 2999,
	SORT_MAX = 12, /* RULES, CALENDAR, CATEGORIES, TEMPLATES */
};

/* The same numbers as enum Kind in proto/record.proto. */
enum record_kind {
	RECORD_UNREADABLE = 0,
	RECORD_OFFICE_OPENED = 1,
	RECORD_PETITION_REGISTERED = 2,
	RECORD_PETITION_MOVED = 3,
	RECORD_DIRECTIVE_ISSUED = 10,
	RECORD_DIRECTIVE_STEP = 11,
	RECORD_ATTACHED = 12,
	RECORD_CHILD_ENROLLED = 20,
	RECORD_CHILD_REVOKED = 21,
	RECORD_CARRIED = 30,
	RECORD_SECRET_HANDED = 31,
	RECORD_HANDED = 32,
	RECORD_MATTER_LINKED = 40,
	RECORD_ESCALATED = 41,
	RECORD_PUBLISHED = 50,
	RECORD_IDENTITY_STEP = 60,
	RECORD_KEY_DESTROYED = 61,
};

/* Names one stream: one office's records, for everybody or for one child. */
struct stream_key {
	char origin[OFFICE_CODE_MAX + 1];
	uint32_t incarnation;               /* Unix seconds, > 0 */
	char audience[OFFICE_CODE_MAX + 1]; /* "" or a child's code */
};

struct record {
	struct stream_key key;
	uint64_t sequence; /* dense from 1 in its stream */
	int64_t claimed_ms;
	int64_t recorded_ms;
	uint32_t schema;
	uint32_t kind; /* enum record_kind, or a later one */
	char actor_role[ACTOR_MAX + 1];
	char actor[ACTOR_MAX + 1];
	struct span payload;
};

struct office_opened {
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	uint8_t public_key[KEY_BYTES];
	uint32_t previous_incarnation; /* 0: this is the first */
	uint64_t previous_size;
	uint8_t previous_root[HASH_BYTES];
};

struct petition {
	char item[ITEM_NUMBER_MAX + 1];
	char channel[CODE_MAX + 1];
	char purpose[CODE_MAX + 1];
	char legal_class[CODE_MAX + 1];
	char category[CODE_MAX + 1];
	char level[CODE_MAX + 1];
	uint32_t heads;
	char responsible[OFFICE_CODE_MAX + 1];
	struct span subject, text, place;
	struct span source, source_ref;
	struct span query_hash;      /* HASH_BYTES or empty */
	struct span person_key;      /* HASH_BYTES or empty */
	uint32_t person_key_version; /* 0: no person key */
	struct span sealed_identity;
	uint32_t seal_year;
	char earlier_item[ITEM_NUMBER_MAX + 1];
	char accused[ACCUSED_MAX][OFFICE_CODE_MAX + 1];
	uint32_t accused_count;
	char procedure[CODE_MAX + 1]; /* "", S, U */
};

/* One move in the life of an item (law/lifecycle.h). */
struct moved {
	char item[ITEM_NUMBER_MAX + 1];
	char move[CODE_MAX + 1];
	char to[OFFICE_CODE_MAX + 1];
	int64_t due_ms;
	uint32_t days;
	struct span text;
	char document[DOCUMENT_NUMBER_MAX + 1];
	char opinion[CODE_MAX + 1];
	char outcome[CODE_MAX + 1];
	char rating[CODE_MAX + 1]; /* "": none */
	char cause[CODE_MAX + 1];
	char other[ITEM_NUMBER_MAX + 1];
	char approver[ACTOR_MAX + 1];
	char person[ACTOR_MAX + 1];
};

/* As typed at the counter or read from a file: unsealed, unmasked. */
struct intake {
	char channel[CODE_MAX + 1];
	char purpose[CODE_MAX + 1];
	char legal_class[CODE_MAX + 1];
	char category[CODE_MAX + 1];
	char level[CODE_MAX + 1];
	uint32_t heads; /* 0: not said; becomes 1 */
	char responsible[OFFICE_CODE_MAX + 1];
	struct span subject, text, place;
	struct span source, source_ref;
	int64_t claimed_ms; /* 0: now */
	char earlier_item[ITEM_NUMBER_MAX + 1];
	char accused[ACCUSED_MAX][OFFICE_CODE_MAX + 1];
	uint32_t accused_count;
	char procedure[CODE_MAX + 1];
	struct span person_name, person_document, person_phone, person_address;
};

struct identity_fields {
	struct span name, document, phone, address;
};

struct directive {
	char id[DIRECTIVE_ID_MAX + 1];
	char kind[CODE_MAX + 1];
	const char (*to)[OFFICE_CODE_MAX + 1]; /* borrowed array */
	size_t to_count;
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	int64_t due_ms; /* 0: none */
	struct span text;
	char ground[CODE_MAX + 1];
	char reference[DIRECTIVE_ID_MAX + 1];
	char clock[LIMIT_NAME_MAX + 1];
	char supersedes[DIRECTIVE_ID_MAX + 1];
	bool is_draft; /* of a command: not to be sent yet */
};

struct directive_step {
	char id[DIRECTIVE_ID_MAX + 1];
	char addressee[OFFICE_CODE_MAX + 1];
	char status[CODE_MAX + 1];
	struct span text;
	int64_t due_ms;
	char verdict[CODE_MAX + 1];
	struct span done, report;
	uint8_t attachments[ATTACHMENTS_MAX][HASH_BYTES];
	uint32_t attachments_count;
	char other[DIRECTIVE_ID_MAX + 1];
};

/* One part of a file; the whole is found by its hash. */
struct attached {
	uint8_t hash[HASH_BYTES]; /* SHA-256 of the whole file */
	char name[ATTACHMENT_NAME_MAX + 1];
	uint64_t size;        /* of the whole file */
	uint32_t part, parts; /* part from 1 */
	struct span data;     /* at most ATTACHMENT_PART_BYTES */
};

struct matter_linked {
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	char verdict[CODE_MAX + 1]; /* LINK SPLIT REJECT */
	char reasons[REASONS_MAX + 1];
	uint32_t score; /* 0..1000 */
	struct span text;
};

struct escalated {
	char id[DIRECTIVE_ID_MAX + 1];
	uint32_t revision; /* from 1 */
	char matter[ITEM_NUMBER_MAX + 1];
	char item[ITEM_NUMBER_MAX + 1];
	char office[OFFICE_CODE_MAX + 1];
	char from_level[CODE_MAX + 1];
	char to_level[CODE_MAX + 1];
	char channel[CODE_MAX + 1];
	uint32_t batch;
	uint32_t heads;
	int64_t at_ms;
	char lower_state[CODE_MAX + 1];
	char lawfulness[CODE_MAX + 1];
	bool knew_before;
	char lower_item[ITEM_NUMBER_MAX + 1];
	char category[CODE_MAX + 1];
};

struct published {
	char sort[SORT_MAX + 1];
	char version[PUBLISHED_VERSION_MAX + 1];
	int64_t effective_ms;
	struct span text;
};

struct identity_step {
	char item[ITEM_NUMBER_MAX + 1];
	char step[CODE_MAX + 1]; /* REQUEST APPROVE REFUSE SHOW */
	struct span reason;
	char requester[ACTOR_MAX + 1];
};

struct key_destroyed {
	uint32_t year;
	struct span reason;
};

struct child {
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	uint8_t public_key[KEY_BYTES];
	char parent[OFFICE_CODE_MAX + 1];
	char invitation[OFFICE_CODE_MAX + 1 + 24];
	char reason[CHILD_REASON_MAX + 1]; /* of a revocation */
};

/* A matching secret, sealed to one child; in ENROLLED, and as a record. */
struct sealed_secret {
	uint32_t version;
	uint8_t sealed[SEALED_SECRET_BYTES];
};

#endif
