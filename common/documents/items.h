/*
 * items - the arrivals in the register, as a list.
 *
 * One row:
 *	item, office, position, incarnation, sequence, channel, purpose,
 *	legal_class, category, level, state, heads, responsible, claimed_at,
 *	recorded_at, received_at, subject, text, place, source, source_ref,
 *	earlier_item, has_person_key, has_identity, leaf, held_back, procedure
 *
 * No identity and no key of a person is in it.  `state` follows behind
 * (documents_behind).
 */
#ifndef DOCUMENTS_ITEMS_H
#define DOCUMENTS_ITEMS_H

#include "documents/reading.h"

/* Texts are borrowed. */
struct items_filter {
	const char *office;
	const char *category; /* and all that begin with it */
	const char *channel;
	const char *state;
	const char *source; /* "": of none; NULL: of any */
	const char *item;
	int64_t since_ms, until_ms; /* recorded; both ends included */
	bool only_urgent;           /* urgent, and nobody has begun */
	int64_t limit;
};

/* Newest first. */
bool documents_items(const struct reading *r, const struct items_filter *f,
    documents_row *row, void *context);
uint64_t documents_items_count(const struct reading *r,
    const struct items_filter *f);

/*
 * All arrivals that bear this number, as an array, oldest first: one, but
 * after a settled fork; none when it has not come here.
 */
json_t *documents_arrivals(const struct reading *r, const char *item);

#endif
