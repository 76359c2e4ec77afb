/*
 * query_code - what a petitioner types to see how the matter stands.
 *
 *	7QK2-M9XD-03FZ-V4TR	80 random bits, Crockford's base 32
 *
 * The office prints the code once, on the slip, and keeps only a keyed hash
 * of it: neither a stolen ledger nor a curious clerk leads back to a code,
 * and without the key nobody can even test a guess.
 *
 * Pure, apart from query_code_new; any thread.
 */
#ifndef PETITION_QUERY_CODE_H
#define PETITION_QUERY_CODE_H

#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "contract/record.h"

enum {
	QUERY_CODE_BITS_BYTES = 10,
	QUERY_CODE_MAX = 19, /* sixteen characters and three dashes */
	QUERY_CODE_KEY_BYTES = 32,
};

/* A new code from the system's randomness. */
void query_code_new(char out[static QUERY_CODE_MAX + 1]);

/* The code of given bits (tests, simulation). */
void query_code_format(const uint8_t bits[static QUERY_CODE_BITS_BYTES],
    char out[static QUERY_CODE_MAX + 1]);

/*
 * Bring what a person typed into the printed form: either case, full width,
 * blanks and dashes anywhere, O for 0, I and L for 1.
 * RC_MALFORMED: not sixteen such characters; `out` is then "".
 */
MUST_USE enum rc query_code_normalise(struct span typed,
    char out[static QUERY_CODE_MAX + 1]);

/*
 * BLAKE2b-256 of a normalised code under the office's secret key: what is
 * recorded, and what a typed code is looked up by.
 */
void query_code_hash(const char code[static QUERY_CODE_MAX + 1],
    const uint8_t key[static QUERY_CODE_KEY_BYTES],
    uint8_t out[static HASH_BYTES]);

#endif
