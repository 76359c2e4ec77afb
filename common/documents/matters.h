/*
 * matters - matters of several items.
 *
 * One row:
 *	matter, linked_at, items, repeats, batches, heads, collective,
 *	first_at, last_at, initial_item, subject, standing_item, state,
 *	holder, offices, escalations
 *
 * Some items of a matter may not have come here: then less is known of it,
 * and what is not is null.
 */
#ifndef DOCUMENTS_MATTERS_H
#define DOCUMENTS_MATTERS_H

#include "documents/reading.h"

struct matters_filter {
	const char *office;   /* with an item of this office; borrowed */
	bool only_collective; /* with a visit of many people */
	int64_t limit;
};

/* The one that grew last in front. */
bool documents_matters(const struct reading *r, const struct matters_filter *f,
    documents_row *row, void *context);
uint64_t documents_matters_count(const struct reading *r,
    const struct matters_filter *f);

#endif
