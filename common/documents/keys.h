/*
 * keys - the years whose petitioners' identities are sealed, and whether
 * there still is a key to open them.
 *
 * One row:
 *	office, year, state (kept, destroyed, missing), identities (how many
 *	are sealed under it here), destroyed_at, reason
 *
 * Our own years with identities, with a key or with an end on record; of the
 * offices below, the ends that they told us of.
 */
#ifndef DOCUMENTS_KEYS_H
#define DOCUMENTS_KEYS_H

#include "documents/reading.h"

/* What lies in the office's own folder, which the register cannot know. */
struct keys_kept {
	const int *years; /* of which there is a key; borrowed */
	size_t count;
};

/* By office and year; last the years whose key sealed nothing. */
bool documents_keys(const struct reading *r, const struct keys_kept *kept,
    documents_row *row, void *context);

#endif
