/*
 * matches - two items that may be one matter: the proposals that nobody has
 * decided yet.
 *
 * One row:
 *	item, matter, score, reasons, text, proposed_at, proposed_by,
 *	item_side, matter_side (rows of items.h; null: not come here)
 *
 * A proposal is open until somebody linked, rejected or split the same two
 * items, and while they are not in one matter by another way.
 */
#ifndef DOCUMENTS_MATCHES_H
#define DOCUMENTS_MATCHES_H

#include "contract/limits.h"
#include "documents/reading.h"

struct matches_filter {
	const char *item; /* one of the two; borrowed */
	int64_t limit;
};

/* The likest in front. */
bool documents_matches(const struct reading *r, const struct matches_filter *f,
    documents_row *row, void *context);
uint64_t documents_matches_count(const struct reading *r,
    const struct matches_filter *f);

/* What this item points to, which is what a split takes back.  False: it is
 * linked to nothing. */
bool documents_linked_to(const struct reading *r, const char *item,
    char target[static ITEM_NUMBER_MAX + 1]);

#endif
