/*
 * person_key - the same person at two offices, without a name.
 *
 * The key is a keyed hash of a document number or, without one, of a
 * telephone number.  Offices that share the matching secret get the same key
 * for the same person and can tell nothing else from it.  Names are never
 * used: too many people share theirs.
 *
 *	BLAKE2b-256(secret, "doc:" number)  or  (secret, "tel:" number)
 *
 * Documents: compared without blanks and marks, in capitals; a 15-digit
 * resident number becomes its 18-digit successor; an 18-digit number with a
 * wrong check is still a document, only not a resident number.
 * Telephones: mobile, or landline with area code; country code dropped.
 * What says nothing about a person (empty, masked with '*', "none",
 * 0000000) gives no key: otherwise all such people would be one.
 *
 * Pure; any thread.
 */
#ifndef PETITION_PERSON_KEY_H
#define PETITION_PERSON_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "contract/limits.h"

enum {
	PERSON_SECRET_BYTES = 32,
	PERSON_NUMBER_MAX = PERSON_FIELD_BYTES_MAX,
};

/*
 * The key of one person; document before telephone.  Either span may be
 * empty.  RC_NONE: neither is usable; `out` is then untouched.
 */
MUST_USE enum rc person_key(struct span document, struct span phone,
    const uint8_t secret[static PERSON_SECRET_BYTES],
    uint8_t out[static HASH_BYTES]);

/* What is hashed, for tests and for whoever wants to show it masked. */
MUST_USE enum rc person_document_normalise(struct span document,
    char out[static PERSON_NUMBER_MAX + 1]);
MUST_USE enum rc person_phone_normalise(struct span phone,
    char out[static PERSON_NUMBER_MAX + 1]);

#endif
