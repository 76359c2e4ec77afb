/*
 * Goal of this test: the frontier gives the roots of RFC 6962, section 2.1,
 * for every size; measured against the definition itself, written out below
 * as the RFC writes it, and against the vectors that Certificate
 * Transparency publishes.
 */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <openssl/sha.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "mech/merkle.h"

enum { SIZE_MAX_TRIED = 300 };

/* -- the definition -- */

static void
sha256(const uint8_t *at, size_t size, uint8_t *out)
{
	assert_non_null(SHA256(at, size, out));
}

/* MTH(D[n]); `leaves` are the leaf hashes of D. */
static void
tree_hash(uint8_t (*leaves)[MERKLE_HASH_BYTES], size_t n, uint8_t *out)
{
	uint8_t both[1 + 2 * MERKLE_HASH_BYTES] = { 0x01 };
	size_t k = 1;

	if (n == 0) {
		sha256(NULL, 0, out);
		return;
	}
	if (n == 1) {
		memcpy(out, leaves[0], MERKLE_HASH_BYTES);
		return;
	}
	while (2 * k < n)
		k *= 2;
	tree_hash(leaves, k, both + 1);
	tree_hash(leaves + k, n - k, both + 1 + MERKLE_HASH_BYTES);
	sha256(both, sizeof(both), out);
}

static void
make_leaf(size_t i, uint8_t *out)
{
	uint8_t record[8];

	number_put_u64(record, i * 2654435761U);
	merkle_leaf(span_of(record, i % (sizeof(record) + 1)), out);
}

static void
assert_root(const struct merkle *m, const uint8_t *expected)
{
	uint8_t root[MERKLE_HASH_BYTES];

	merkle_root(m, root);
	assert_memory_equal(root, expected, sizeof(root));
}

static void
assert_root_hex(const struct merkle *m, const char *hex)
{
	uint8_t expected[MERKLE_HASH_BYTES];

	assert_int_equal(text_unhex(hex, expected, sizeof(expected)), RC_OK);
	assert_root(m, expected);
}

/* -- tests -- */

TEST(test_merkle_gives_the_published_roots)
{
	static const char *const leaves[] = { "", "00", "10", "2021", "3031",
		"40414243", "5051525354555657",
		"606162636465666768696a6b6c6d6e6f" };
	static const char *const roots[] = {
		"e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c"
		"78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9d"
		"baf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264"
		"db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398f"
		"a2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3"
		"bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f"
		"98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd7892"
		"9c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2"
		"ab9d823aad2f4960cfe370eff4604328",
	};
	struct merkle m = { 0 };
	uint8_t data[16], leaf[MERKLE_HASH_BYTES];

	(void)state;
	assert_root_hex(&m, roots[0]);
	for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
		size_t size = strlen(leaves[i]) / 2;

		assert_int_equal(text_unhex(leaves[i], data, size), RC_OK);
		merkle_leaf(span_of(data, size), leaf);
		merkle_append(&m, leaf);
		assert_root_hex(&m, roots[i + 1]);
	}
}

TEST(test_a_leaf_is_hashed_apart_from_a_node)
{
	const uint8_t prefixed[] = { 0x00, 'a', 'b' };
	uint8_t leaf[MERKLE_HASH_BYTES], expected[MERKLE_HASH_BYTES];

	(void)state;
	merkle_leaf(span_of_text("ab"), leaf);
	sha256(prefixed, sizeof(prefixed), expected);
	assert_memory_equal(leaf, expected, sizeof(leaf));
}

TEST(test_every_size_agrees_with_the_definition)
{
	uint8_t leaves[SIZE_MAX_TRIED][MERKLE_HASH_BYTES];
	uint8_t expected[MERKLE_HASH_BYTES];
	struct merkle m = { 0 };

	(void)state;
	for (size_t n = 0; n <= SIZE_MAX_TRIED; n++) {
		assert_int_equal(m.size, n);
		tree_hash(leaves, n, expected);
		assert_root(&m, expected);
		if (n == SIZE_MAX_TRIED)
			break;
		make_leaf(n, leaves[n]);
		merkle_append(&m, leaves[n]);
	}
}

TEST(test_asking_for_the_root_changes_nothing)
{
	struct merkle m = { 0 }, before;
	uint8_t leaf[MERKLE_HASH_BYTES], root[MERKLE_HASH_BYTES];

	(void)state;
	for (size_t n = 0; n < 20; n++) {
		make_leaf(n, leaf);
		merkle_append(&m, leaf);
		before = m;
		merkle_root(&m, root);
		assert_memory_equal(&m, &before, sizeof(m));
	}
}

TEST(test_a_packed_frontier_goes_on_where_it_was)
{
	uint8_t packed[MERKLE_PACKED_MAX], leaf[MERKLE_HASH_BYTES];
	uint8_t root[MERKLE_HASH_BYTES];
	struct merkle m = { 0 }, again;

	(void)state;
	for (size_t n = 0; n <= SIZE_MAX_TRIED; n++) {
		size_t size = merkle_pack(&m, packed);

		assert_int_equal(size,
		    8 + MERKLE_HASH_BYTES * __builtin_popcountll(m.size));
		assert_int_equal(merkle_unpack(span_of(packed, size), &again),
		    RC_OK);
		make_leaf(n, leaf);
		merkle_append(&m, leaf);
		merkle_append(&again, leaf);
		merkle_root(&m, root);
		assert_int_equal(again.size, m.size);
		assert_root(&again, root);
	}
}

TEST(test_a_frontier_of_another_length_is_malformed)
{
	uint8_t packed[MERKLE_PACKED_MAX], leaf[MERKLE_HASH_BYTES];
	struct merkle m = { 0 }, again;
	size_t size;

	(void)state;
	for (size_t n = 0; n < 7; n++) {
		make_leaf(n, leaf);
		merkle_append(&m, leaf);
	}
	size = merkle_pack(&m, packed);
	for (size_t cut = 0; cut < size; cut++) {
		assert_int_equal(merkle_unpack(span_of(packed, cut), &again),
		    RC_MALFORMED);
	}
	assert_int_equal(merkle_unpack(span_of(packed, size + 1), &again),
	    RC_MALFORMED);
	number_put_u64(packed, UINT64_MAX);
	assert_int_equal(merkle_unpack(span_of(packed, size), &again),
	    RC_MALFORMED);
	assert_int_equal(merkle_unpack(span_of(packed, sizeof(packed)), &again),
	    RC_OK);
}
