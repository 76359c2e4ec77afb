/*
 * identities - who asked to see whose identity, who agreed, who looked.
 *
 * One row:
 *	item, office, step (REQUEST, APPROVE, REFUSE, SHOW), requester, role,
 *	user, reason, recorded_at, received_at
 *
 * No identity is in it: those are sealed, and only the desk opens one.
 */
#ifndef DOCUMENTS_IDENTITIES_H
#define DOCUMENTS_IDENTITIES_H

#include "documents/reading.h"

/* Texts are borrowed. */
struct identities_filter {
	const char *item;
	int64_t limit;
};

/* In the order of time. */
bool documents_identities(const struct reading *r,
    const struct identities_filter *f, documents_row *row, void *context);

/* All steps about one item, as an array. */
json_t *documents_identities_of(const struct reading *r, const char *item);

#endif
