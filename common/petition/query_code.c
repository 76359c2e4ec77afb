/*
 * query_code - making the code, reading what was typed, hashing it.
 *
 * The office keeps only a keyed hash; the code itself stands on the slip alone.
 * Reading forgives what Crockford's alphabet forgives: capitals, dashes, O for
 * 0, I and L for 1.  What a new code was made of is wiped.
 */
#include "petition/query_code.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/random.h"
#include "petition/typed.h"

enum {
	CHARACTER_BITS = 5,
	CHARACTERS = 16,
	GROUP = 4,
	TYPED_MAX = 64,
};

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char domain[] = "query:";

/* Sixteen characters into groups of four. */
static void
write_groups(const char *characters, char out[static QUERY_CODE_MAX + 1])
{
	for (size_t i = 0; i < CHARACTERS; i++) {
		if (i > 0 && i % GROUP == 0)
			*out++ = '-';
		*out++ = characters[i];
	}
	*out = '\0';
}

void
query_code_new(char out[static QUERY_CODE_MAX + 1])
{
	uint8_t bits[QUERY_CODE_BITS_BYTES];

	random_fill(bits, sizeof(bits));
	query_code_format(bits, out);
	sodium_memzero(bits, sizeof(bits));
}

void
query_code_format(const uint8_t bits[static QUERY_CODE_BITS_BYTES],
    char out[static QUERY_CODE_MAX + 1])
{
	char characters[CHARACTERS];

	for (size_t i = 0; i < CHARACTERS; i++) {
		unsigned value = 0;

		for (size_t b = i * CHARACTER_BITS;
		     b < (i + 1) * CHARACTER_BITS; b++) {
			value = value << 1 |
				((unsigned)bits[b / 8] >> (7 - b % 8) & 1U);
		}
		characters[i] = crockford[value];
	}
	write_groups(characters, out);
	sodium_memzero(characters, sizeof(characters));
}

enum rc
query_code_normalise(struct span typed, char out[static QUERY_CODE_MAX + 1])
{
	char text[TYPED_MAX];

	out[0] = '\0';
	if (typed_number(typed, false, text, sizeof(text)) != RC_OK ||
	    strlen(text) != CHARACTERS)
		return RC_MALFORMED;
	for (size_t i = 0; i < CHARACTERS; i++) {
		if (text[i] == 'O')
			text[i] = '0';
		if (text[i] == 'I' || text[i] == 'L')
			text[i] = '1';
		if (strchr(crockford, text[i]) == NULL)
			return RC_MALFORMED;
	}
	write_groups(text, out);
	return RC_OK;
}

void
query_code_hash(const char code[static QUERY_CODE_MAX + 1],
    const uint8_t key[static QUERY_CODE_KEY_BYTES],
    uint8_t out[static HASH_BYTES])
{
	crypto_generichash_state state;

	CHECK(strlen(code) == QUERY_CODE_MAX);
	CHECK(crypto_generichash_init(&state, key, QUERY_CODE_KEY_BYTES,
		  HASH_BYTES) == 0);
	CHECK(crypto_generichash_update(&state, (const uint8_t *)domain,
		  strlen(domain)) == 0);
	CHECK(crypto_generichash_update(&state, (const uint8_t *)code,
		  QUERY_CODE_MAX) == 0);
	CHECK(crypto_generichash_final(&state, out, HASH_BYTES) == 0);
	sodium_memzero(&state, sizeof(state));
}
