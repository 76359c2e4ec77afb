/*
 * likeness - how much two petitions look like one matter.
 *
 * A petition is boiled down to a sketch of about half a kilobyte, and two
 * sketches are compared; nobody reads the texts again.  A sketch cannot be
 * turned back into its text.
 *
 *	text	NFKC, letters folded; marks and blanks out; polite formulas
 *		out.  A Han character is a unit, so is a word or number of
 *		other scripts.  What is compared are the pairs of neighbouring
 *		units, of a long text the LIKENESS_BODY_MAX smallest hashes
 *		(a bottom-k sketch, which still shows overlap).
 *	title	its pairs; looked for in the other's title and text, because
 *		who posts again often writes a new title.
 *	names	of places and bodies: what stands before 小区, 村, 路, 公司 ...
 *		Texts that are alike but name other places are other matters.
 *
 * Rare pairs say more than common ones: weights come from the counts of what
 * is on file, or are equal as long as nothing is.
 *
 * Pure, but for the memory of one call; any thread.
 */
#ifndef MATCH_LIKENESS_H
#define MATCH_LIKENESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

enum {
	LIKENESS_BODY_MAX = 640, /* hashes of a text that are kept */
	LIKENESS_TITLE_MAX = 48,
	LIKENESS_NAMES_MAX = 32,
	LIKENESS_STEMS_MAX = 12, /* of the names in title and place */
	LIKENESS_REGIONS_MAX = 4,
	LIKENESS_SAMPLES_MAX = 24, /* runs of four units, to be found by */
	LIKENESS_TITLE_SAMPLES_MAX = 4,
	LIKENESS_UNITS_MAX = 20000, /* what is longer is read in part */
	LIKENESS_PACKED_MAX = 2304, /* bytes */
	LIKENESS_HASH_BITS = 24,
	LIKENESS_CELLS = 1 << 18, /* of the counts */
	LIKENESS_FULL = 1000,
};

/* What is compared.  Any span may be empty; no UTF-8 counts as empty. */
struct likeness_petition {
	struct span subject, text, place;
	const char *category; /* "" or NULL: not said */
};

/* Sorted, each hash once. */
struct likeness_hashes {
	size_t count;
	uint32_t at[LIKENESS_BODY_MAX];
};

struct likeness_sketch {
	uint64_t digest;   /* of all units of the text; 0: no text */
	uint32_t units;    /* of the text */
	uint16_t category; /* hash of its first level; 0: not said */
	bool is_part;      /* the body has more pairs than are kept */
	struct likeness_hashes body, title, names;
	/* The pairs that begin the names in title and place. */
	struct likeness_hashes stems;
	/* The pairs that end the names of districts and counties. */
	struct likeness_hashes regions;
	/* Not packed: where to look for petitions like this one. */
	size_t samples_count;
	uint32_t samples[LIKENESS_SAMPLES_MAX + LIKENESS_TITLE_SAMPLES_MAX];
};

/* How many petitions on file hold a pair or a name; hashed, 1 MiB. */
struct likeness_counts {
	uint64_t petitions;
	uint32_t cells[LIKENESS_CELLS];
};

/* Each 0..LIKENESS_FULL. */
struct likeness {
	uint32_t score;      /* one matter, when strangers wrote them */
	uint32_t own_score;  /* one matter, when one person wrote both */
	uint32_t text;       /* of all pairs, how many are shared */
	uint32_t contained;  /* of the shorter text, how much is in the other */
	uint32_t title;      /* of the pairs of both titles, shared */
	uint32_t title_kept; /* of a title, found anywhere in the other */
	uint32_t names;      /* of the fewer names, shared */
	uint32_t moved;      /* of either's subject, not in the other at all */
	uint32_t stems;      /* of both titles' names, not in the other */
	uint32_t stems_one;  /* the same of one title, the larger share */
	bool is_same_region; /* a district is named by both, or not by both */
	bool is_same_text;
	bool is_other_category; /* both said, of the first level */
	bool is_same_place;     /* a rare name is shared */
	bool is_elsewhere;      /* both name places, and hardly one is shared */
};

void likeness_sketch(const struct likeness_petition *p,
    struct likeness_sketch *out);

/* Bytes written: at most LIKENESS_PACKED_MAX. */
size_t likeness_pack(const struct likeness_sketch *s,
    uint8_t out[static LIKENESS_PACKED_MAX]);
/* RC_MALFORMED: no packed sketch of this version. */
MUST_USE enum rc likeness_unpack(struct span packed,
    struct likeness_sketch *out);

/* Count a petition that comes on file. */
void likeness_count(struct likeness_counts *c, const struct likeness_sketch *s);
/* What a pair or a name says, in 256ths of a bit; `c` may be NULL. */
uint32_t likeness_weight(const struct likeness_counts *c, uint32_t hash);

/* `c` may be NULL.  Symmetric in a and b. */
void likeness_compare(const struct likeness_sketch *a,
    const struct likeness_sketch *b, const struct likeness_counts *c,
    struct likeness *out);

#endif
