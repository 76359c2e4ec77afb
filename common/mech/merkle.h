/*
 * merkle - an append-only Merkle tree of which only the frontier is kept.
 *
 * The tree of RFC 6962, section 2.1: a leaf hashes to SHA-256(0x00 || leaf),
 * a node to SHA-256(0x01 || left || right), an empty tree to SHA-256("").
 * The frontier is the roots of the perfect subtrees that the size's binary
 * digits name: peak i covers 2^i leaves and counts when bit i is set.  It is
 * all that appending and the root need: O(log n) in memory and on disk.
 *
 * A plain value: copy it to look ahead.  Pure; any thread.
 */
#ifndef MECH_MERKLE_H
#define MECH_MERKLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

enum {
	MERKLE_HASH_BYTES = 32,
	MERKLE_PEAKS_MAX = 64,
	MERKLE_PACKED_MAX = 8 + MERKLE_PEAKS_MAX * MERKLE_HASH_BYTES,
};

struct merkle {
	uint64_t size; /* leaves */
	uint8_t peaks[MERKLE_PEAKS_MAX][MERKLE_HASH_BYTES];
};

void merkle_leaf(struct span leaf, uint8_t out[static MERKLE_HASH_BYTES]);

/* `leaf` is a leaf hash as merkle_leaf makes it. */
void merkle_append(struct merkle *m,
    const uint8_t leaf[static MERKLE_HASH_BYTES]);

void merkle_root(const struct merkle *m, uint8_t out[static MERKLE_HASH_BYTES]);

/* Size (u64, big-endian), then the peaks, highest first.  Returns bytes. */
size_t merkle_pack(const struct merkle *m,
    uint8_t out[static MERKLE_PACKED_MAX]);
/* RC_MALFORMED: the length does not fit the size inside. */
MUST_USE enum rc merkle_unpack(struct span packed, struct merkle *out);

#endif
