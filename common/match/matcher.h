/*
 * matcher - which arrivals look like one that just came in.
 *
 * An index of its own in one file, beside the register: it can be thrown away
 * and built again from the petitions.  It keeps what they boil down to
 * (law/likeness.h), never their words; of persons the keyed hash alone.
 *
 *	find	looks where something rare is shared (runs of four characters
 *		with the smallest hashes, the title, a place's name, the
 *		person key, the number of an earlier item), takes the most
 *		promising few, compares sketches, and judges
 *	add	files the sketch and its entries
 *
 * What a verdict means is not decided here.  As measured
 * (docs/matching.md) a certain one may be linked at once, a likely one is
 * for a person to confirm.
 *
 * The index follows the register: what was added up to which position is
 * kept in the same transaction.  One connection writes, in one thread;
 * readers open their own, and know the counts of when they did.  Each holds
 * 2 MiB and the database's cache: up to 64 MiB for the writer, once the index
 * is that large.
 */
#ifndef MATCH_MATCHER_H
#define MATCH_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "contract/limits.h"

struct matcher;

/* The index's file in a hub's folder. */
#define MATCHER_FILE "match.db"

enum {
	MATCHER_CANDIDATES_MAX = 32,
	MATCHER_PERSON_BYTES = HASH_BYTES,
};

enum matcher_reason {
	MATCHER_PERSON = 1 << 0,  /* the same person key */
	MATCHER_EARLIER = 1 << 1, /* one names the other as an earlier item */
	MATCHER_TEXT = 1 << 2,    /* the text or the title */
	MATCHER_PLACE = 1 << 3,   /* a rare name of a place or a body */
};

enum matcher_verdict { MATCHER_LIKELY, MATCHER_CERTAIN };

/* Everything is borrowed for the call. */
struct matcher_item {
	const char *item;   /* its number */
	uint64_t position;  /* in the register, from 1 */
	const char *office; /* that took it */
	int64_t claimed_ms;
	struct span person_key;   /* MATCHER_PERSON_BYTES, or empty */
	const char *earlier_item; /* that the petitioner named; "" or NULL */
	struct span subject, text, place;
	const char *category; /* "" or NULL: not said */
};

struct matcher_candidate {
	char item[ITEM_NUMBER_MAX + 1];
	char office[OFFICE_CODE_MAX + 1];
	uint64_t position;
	int64_t claimed_ms;
	uint32_t score;   /* 0..1000 */
	unsigned reasons; /* enum matcher_reason, one bit each */
	enum matcher_verdict verdict;
};

/*
 * Open DIR/match.db; a writer makes it when it is missing.  Results of
 * db_open: RC_NONE (a reader, and no writer has been there yet), RC_DENIED,
 * RC_DAMAGED, RC_TOO_NEW, RC_FULL, RC_BUSY.
 */
MUST_USE enum rc matcher_open(const char *dir, bool writer,
    struct matcher **out);
/* The same for any file, and for ":memory:" in tests. */
MUST_USE enum rc matcher_open_file(const char *path, bool writer,
    struct matcher **out);
/* A writer saves its counts first.  NULL is fine. */
void matcher_close(struct matcher *m);

/* A writer's transaction; keep it to some thousand items. */
void matcher_begin(struct matcher *m);
void matcher_commit(struct matcher *m);

/* The last position that was added or passed over; 0: none. */
uint64_t matcher_applied(const struct matcher *m);
/* Nothing to add up to `position` (it is no petition); in a transaction. */
void matcher_pass(struct matcher *m, uint64_t position);

/*
 * Put an item on file, in a transaction.  Its position must lie behind
 * matcher_applied.  A number that comes again (its text was corrected) is on
 * file twice and found once.
 */
void matcher_add(struct matcher *m, const struct matcher_item *item);

/*
 * What on file looks like `item`, best first; never the item itself.  Sees
 * what was added in the open transaction.  The count.
 */
size_t matcher_find(struct matcher *m, const struct matcher_item *item,
    struct matcher_candidate out[static MATCHER_CANDIDATES_MAX]);

/* For tests and benchmarks: items on file, bytes of the file. */
uint64_t matcher_items(const struct matcher *m);
int64_t matcher_bytes(struct matcher *m);

#endif
