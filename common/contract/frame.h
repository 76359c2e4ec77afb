/*
 * frame - what a child and its parent say to each other, as plain values.
 *
 * wire.h turns these into bytes and back.  The contract of each frame,
 * byte for byte and in sequence, is proto/README.md.
 */
#ifndef CONTRACT_FRAME_H
#define CONTRACT_FRAME_H

#include <stdint.h>

#include "base/span.h"
#include "contract/record.h"

enum {
	PROTOCOL_VERSION = 1,
	FRAME_HEADER_BYTES = 24,
	FRAME_BYTES_MAX = 1024 * 1024, /* a whole frame */
	BATCH_BYTES_MAX = 256 * 1024,  /* records we put into one batch */
	BATCH_COUNT_MAX = 2048,        /* records in one batch */
	GREETING_MARKS_MAX = 4096,     /* streams shared by one link */
	ACK_MARKS_MAX = 4096,
	REASON_BYTES_MAX = 240,   /* words in a REFUSE */
	SECRETS_MAX = 16,         /* versions of the matching secret */
	SIGNATURE_BYTES = 64,     /* Ed25519 */
	SEALED_SECRET_BYTES = 80, /* crypto_box_seal of 32 bytes */
	SOFTWARE_BYTES_MAX = 40,
	INVITATION_ID_MAX = 32,
};

enum frame_type {
	FRAME_HELLO = 1,
	FRAME_WELCOME = 2,
	FRAME_BATCH = 3,
	FRAME_ACK = 4,
	FRAME_PING = 5,
	FRAME_PONG = 6,
	FRAME_REFUSE = 7,
	FRAME_ENROL = 8,
	FRAME_ENROLLED = 9,
};

/* The same numbers as enum RefuseCode in proto/link.proto. */
enum refuse_code {
	REFUSE_NOT = 0,
	REFUSE_VERSION = 1,
	REFUSE_OFFICE = 2,
	REFUSE_REVOKED = 3,
	REFUSE_STALE_SESSION = 4,
	REFUSE_GAP = 5,
	REFUSE_FORK = 6,
	REFUSE_MALFORMED = 7,
	REFUSE_SCOPE = 8,
	REFUSE_NO_SPACE = 9,
	REFUSE_CREDIT = 10,
	REFUSE_INVITATION_USED = 20,
	REFUSE_INVITATION_EXPIRED = 21,
	REFUSE_INVITATION_OFFICE = 22,
};

struct stream_mark {
	struct stream_key key;
	uint64_t size;
	uint8_t root[HASH_BYTES]; /* in an ACK: zero, not sent */
};

struct frame_greeting {
	uint32_t protocol_min, protocol_max;
	char office[OFFICE_CODE_MAX + 1];
	char software[SOFTWARE_BYTES_MAX + 1];
	int64_t time_ms;
	uint32_t window_bytes;
	const struct stream_mark *marks; /* borrowed */
	uint32_t marks_count;
};

struct frame_batch {
	struct stream_key key;
	uint64_t first;
	uint32_t count;           /* 1..BATCH_COUNT_MAX */
	uint8_t root[HASH_BYTES]; /* of the stream after the last record */
	struct span checkpoint;   /* empty today */
	struct span records;      /* (length u32, bytes) count times */
};

struct frame_ack {
	const struct stream_mark *marks; /* borrowed */
	uint32_t marks_count;
	uint32_t window_bytes;
};

struct frame_refuse {
	enum refuse_code code;
	char reason[REASON_BYTES_MAX + 1];
	struct stream_key key; /* origin "" when no stream is meant */
	uint64_t size;
	uint8_t root[HASH_BYTES];
};

struct frame_enrol {
	char invitation[INVITATION_ID_MAX + 1];
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	uint8_t public_key[KEY_BYTES];
	uint8_t signature[SIGNATURE_BYTES];
};

/* A matching secret, sealed to one child; in ENROLLED, and as a record. */
struct sealed_secret {
	uint32_t version;
	uint8_t sealed[SEALED_SECRET_BYTES];
};

struct frame_enrolled {
	char office[OFFICE_CODE_MAX + 1];
	char parent[OFFICE_CODE_MAX + 1];
	char parent_name[OFFICE_NAME_MAX + 1];
	struct sealed_secret secrets[SECRETS_MAX];
	uint32_t secrets_count;
};

struct frame {
	enum frame_type type;
	uint64_t session; /* the nonce of the child's HELLO; 0 with ENROL */
	union {
		struct frame_greeting greeting; /* HELLO, WELCOME */
		struct frame_batch batch;
		struct frame_ack ack;
		int64_t ping_ms; /* PING, PONG */
		struct frame_refuse refuse;
		struct frame_enrol enrol;
		struct frame_enrolled enrolled;
	};
};

#endif
