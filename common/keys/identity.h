/*
 * identity - who this office is, and the secrets it keeps besides.
 *
 * One Ed25519 key pair per office, made once, on the office's own machine.
 * Its CURVE (X25519) pair is derived from it, so a parent that knows the
 * public key knows whom it talks to on the wire.
 *
 * Files in DIR/keys (key_file.h says how they are kept):
 *
 *	identity.key        64 bytes: Ed25519 seed and public key
 *	query.key           32 bytes: keys the hash of query codes, and the
 *	                    numbering of imported rows that have no number;
 *	                    never leaves the office
 *	matching-NNNN.key   32 bytes: the matching secret of that version, the
 *	                    same in every office below one topmost office
 *
 * What is signed is DOMAIN, a zero byte, then the message: a signature given
 * for one purpose never serves for another.  Plain Ed25519 (RFC 8032), so that
 * anybody can check it with other software.
 *
 * A loaded identity is a plain value; reading it is safe in any thread.
 * Functions that touch files belong to the holder of the office lock.
 */
#ifndef KEYS_IDENTITY_H
#define KEYS_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/record.h"

enum {
	IDENTITY_SECRET_BYTES = 64,
	IDENTITY_SIGNATURE_BYTES = 64,
	IDENTITY_SEALED_EXTRA = 48, /* bytes that sealing adds */
	MATCHING_KEY_BYTES = 32,
	MATCHING_VERSION_MAX = 9999,
	MATCHING_SECRETS_MAX = 64, /* versions kept by one office */
	QUERY_KEY_BYTES = 32,
};

struct identity {
	uint8_t public_key[KEY_BYTES]; /* Ed25519: the office's name */
	uint8_t secret_key[IDENTITY_SECRET_BYTES];
	uint8_t curve_public[KEY_BYTES]; /* X25519, derived */
	uint8_t curve_secret[KEY_BYTES];
};

struct matching_secret {
	uint32_t version; /* 1..MATCHING_VERSION_MAX */
	uint8_t key[MATCHING_KEY_BYTES];
};

/* --- the office's own key pair --- */

/*
 * Make identity.key and query.key in DIR/keys and load the former.
 * RC_DUPLICATE: this office has an identity already (it is not touched).
 * A query.key left by a make that was cut short is kept.
 * Otherwise as key_file_write.
 */
MUST_USE enum rc identity_make(const char *dir, struct identity *out);

/* Results of key_file_read.  `out` is all zero unless RC_OK. */
MUST_USE enum rc identity_load(const char *dir, struct identity *out);

/* Wipe it from memory. */
void identity_clear(struct identity *identity);

/*
 * The CURVE public key of the office with this Ed25519 public key.
 * RC_MALFORMED: no point of the curve; never an office's key.
 */
MUST_USE enum rc identity_curve_of(const uint8_t public_key[static KEY_BYTES],
    uint8_t out[static KEY_BYTES]);

/* `domain` is a text of ours such as "petition-relay/enrol/1". */
void identity_sign(const struct identity *identity, const char *domain,
    struct span message, uint8_t signature[static IDENTITY_SIGNATURE_BYTES]);

MUST_USE bool identity_verify(const uint8_t public_key[static KEY_BYTES],
    const char *domain, struct span message,
    const uint8_t signature[static IDENTITY_SIGNATURE_BYTES]);

/*
 * Seal for the holder of `curve_public` (crypto_box_seal): appends
 * plain.size + IDENTITY_SEALED_EXTRA bytes to `out`.  The sender stays
 * unknown to the receiver: what proves it stands around it.
 * RC_TOO_BIG: over out->limit.  RC_MALFORMED: a key that no office has.
 */
MUST_USE enum rc identity_seal_to(const uint8_t curve_public[static KEY_BYTES],
    struct span plain, struct buffer *out);

/* RC_DAMAGED: not sealed for us, or changed.  RC_TOO_BIG: over out->limit. */
MUST_USE enum rc identity_open_sealed(const struct identity *identity,
    struct span sealed, struct buffer *out);

/* --- the other secrets --- */

MUST_USE enum rc identity_load_query_key(const char *dir,
    uint8_t out[static QUERY_KEY_BYTES]);

/* A new random secret of this version, in memory only. */
void matching_make(uint32_t version, struct matching_secret *out);

/*
 * RC_OK also when exactly this secret is there already.
 * RC_DUPLICATE: another secret has this version.
 * RC_MALFORMED: version out of range.
 */
MUST_USE enum rc matching_save(const char *dir,
    const struct matching_secret *secret);

/* RC_NONE: not this version. */
MUST_USE enum rc matching_load(const char *dir, uint32_t version,
    struct matching_secret *out);

/* The newest version.  RC_NONE: the office has no matching secret yet. */
MUST_USE enum rc matching_load_newest(const char *dir,
    struct matching_secret *out);

/*
 * Which versions there are, ascending; `count` of them.
 * RC_TOO_BIG: more than MATCHING_SECRETS_MAX.
 */
MUST_USE enum rc matching_versions(const char *dir,
    uint32_t versions[static MATCHING_SECRETS_MAX], size_t *count);

#endif
