/*
 * record - what travels: one entry of one office's stream, as a plain value.
 *
 * The envelope only.  What the kinds carry is in petition.h, directive.h,
 * supervision.h and offices.h; whoever passes records on needs none of them.
 * The wire module turns these into bytes and back; nobody else sees
 * protobuf.  Spans inside are borrowed: each function says from what.
 */
#ifndef CONTRACT_RECORD_H
#define CONTRACT_RECORD_H

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

#endif
