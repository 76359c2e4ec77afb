/*
 * Hashing is where a batch spends its time, so one OpenSSL context is kept for
 * each thread.  The prefixes 0 and 1 keep a node from passing as a leaf.
 */
#include "mech/merkle.h"

#include <openssl/evp.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"

enum { LEAF_PREFIX = 0x00, NODE_PREFIX = 0x01 };

/* One context a thread: making one costs more than a short hash. */
static _Thread_local EVP_MD_CTX *context;

static EVP_MD_CTX *
hash_start(void)
{
	if (context == NULL) {
		context = EVP_MD_CTX_new();
		CHECK(context != NULL);
		CHECK(EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
		return context;
	}
	CHECK(EVP_DigestInit_ex(context, NULL, NULL) == 1);
	return context;
}

static void
hash_end(EVP_MD_CTX *c, uint8_t out[static MERKLE_HASH_BYTES])
{
	CHECK(EVP_DigestFinal_ex(c, out, NULL) == 1);
}

void
merkle_leaf(struct span leaf, uint8_t out[static MERKLE_HASH_BYTES])
{
	static const uint8_t prefix = LEAF_PREFIX;
	EVP_MD_CTX *c = hash_start();

	CHECK(EVP_DigestUpdate(c, &prefix, 1) == 1);
	CHECK(EVP_DigestUpdate(c, leaf.at, leaf.size) == 1);
	hash_end(c, out);
}

static void
join(const uint8_t *left, const uint8_t *right,
    uint8_t out[static MERKLE_HASH_BYTES])
{
	uint8_t both[1 + 2 * MERKLE_HASH_BYTES];
	EVP_MD_CTX *c = hash_start();

	both[0] = NODE_PREFIX;
	memcpy(both + 1, left, MERKLE_HASH_BYTES);
	memcpy(both + 1 + MERKLE_HASH_BYTES, right, MERKLE_HASH_BYTES);
	CHECK(EVP_DigestUpdate(c, both, sizeof(both)) == 1);
	hash_end(c, out);
}

void
merkle_append(struct merkle *m, const uint8_t leaf[static MERKLE_HASH_BYTES])
{
	uint8_t hash[MERKLE_HASH_BYTES];
	unsigned level = 0;

	memcpy(hash, leaf, sizeof(hash));
	for (; (m->size >> level & 1) != 0; level++)
		join(m->peaks[level], hash, hash);
	memcpy(m->peaks[level], hash, sizeof(hash));
	m->size++;
}

void
merkle_root(const struct merkle *m, uint8_t out[static MERKLE_HASH_BYTES])
{
	unsigned level = 0;

	if (m->size == 0) {
		hash_end(hash_start(), out);
		return;
	}
	while ((m->size >> level & 1) == 0)
		level++;
	memcpy(out, m->peaks[level], MERKLE_HASH_BYTES);
	for (level++; level < MERKLE_PEAKS_MAX; level++) {
		if ((m->size >> level & 1) != 0)
			join(m->peaks[level], out, out);
	}
}

size_t
merkle_pack(const struct merkle *m, uint8_t out[static MERKLE_PACKED_MAX])
{
	size_t used = 8;

	number_put_u64(out, m->size);
	for (unsigned i = MERKLE_PEAKS_MAX; i-- > 0;) {
		if ((m->size >> i & 1) == 0)
			continue;
		memcpy(out + used, m->peaks[i], MERKLE_HASH_BYTES);
		used += MERKLE_HASH_BYTES;
	}
	return used;
}

enum rc
merkle_unpack(struct span packed, struct merkle *out)
{
	size_t used = 8;

	memset(out, 0, sizeof(*out));
	if (packed.size < used)
		return RC_MALFORMED;
	out->size = number_get_u64(packed.at);
	for (unsigned i = MERKLE_PEAKS_MAX; i-- > 0;) {
		if ((out->size >> i & 1) == 0)
			continue;
		if (packed.size - used < MERKLE_HASH_BYTES)
			return RC_MALFORMED;
		memcpy(out->peaks[i], packed.at + used, MERKLE_HASH_BYTES);
		used += MERKLE_HASH_BYTES;
	}
	return used == packed.size ? RC_OK : RC_MALFORMED;
}
