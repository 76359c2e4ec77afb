/*
 * likeness_internal - from text to units, for likeness_sketch: likeness_text.c
 * reads, likeness_names.c finds names, likeness.c hashes and compares.
 */
#ifndef MATCH_LIKENESS_INTERNAL_H
#define MATCH_LIKENESS_INTERNAL_H

#include "match/likeness.h"

/* A character of Han or the like, or the hash of a word with the top bit. */
enum { LIKENESS_WORD_BIT = 1 << 30, LIKENESS_PAIR_SEED = 0x7a11 };

struct likeness_units {
	size_t count;
	uint32_t *at; /* LIKENESS_UNITS_MAX */
};

/* The units of `text`, polite formulas left out. */
void likeness_read(struct span text, struct likeness_units *out);

/* What a text names; unsorted, each once, up to the limits. */
struct likeness_names {
	struct likeness_hashes all;     /* LIKENESS_NAMES_MAX */
	struct likeness_hashes stems;   /* LIKENESS_STEMS_MAX */
	struct likeness_hashes regions; /* LIKENESS_REGIONS_MAX */
};

/*
 * Append the names in `units`.  Stems and regions are those of titles and
 * places; of a text only the first region, when there is no other.
 */
void likeness_names(const struct likeness_units *units, bool is_title,
    struct likeness_names *names);

static inline uint32_t
likeness_mix(uint32_t h, uint32_t value)
{
	h ^= value;
	h *= 0x85ebca6bU;
	h ^= h >> 13;
	h *= 0xc2b2ae35U;
	return h ^ h >> 16;
}

/* Of a pair or a name: LIKENESS_HASH_BITS wide, never 0. */
static inline uint32_t
likeness_hash(uint32_t seed, uint32_t one, uint32_t two)
{
	uint32_t h = likeness_mix(likeness_mix(seed, one), two) >>
		     (32 - LIKENESS_HASH_BITS);

	return h == 0 ? 1 : h;
}

#endif
