/*
 * supervise - the limits that have reached a rung of the ladder and are not
 * covered by a directive: what is to be supervised now, by whom.
 *
 * One row:
 *	item, clock, round, holder, to (our child on the way to the holder),
 *	due, days_over (negative: days that are left), kind (CB, DB, GP),
 *	is_reminder (the limit has not ended), accused (it, or who lies
 *	between, was reported: nothing is sent)
 *
 * Which rung is due is law (law/moves/ladder.h).
 */
#ifndef DOCUMENTS_SUPERVISE_H
#define DOCUMENTS_SUPERVISE_H

#include "documents/reading.h"
#include "law/moves/ladder.h"

struct supervise_row;

/*
 * Texts are borrowed.  NULL lets everything pass; "" nothing, since what is
 * listed here is also what is sent.
 */
struct supervise_filter {
	const char *kind, *clock, *item;
	const char *office; /* who holds the item */
	int64_t as_of_ms;   /* as it is then; 0: now */
	int64_t limit;
};

/* What ended first in front. */
bool documents_supervise(const struct reading *r,
    const struct supervise_filter *f, documents_row *row, void *context);
uint64_t documents_supervise_count(const struct reading *r,
    const struct supervise_filter *f);

/*
 * For other questions: every limit that has reached a rung at `at_ms`, also
 * the covered ones, one after the other until one is answered with false.  A
 * rung above `most` counts as `most`.
 */
typedef bool supervise_each(void *context, const struct supervise_row *row);
void supervise_all(const struct reading *r, int64_t at_ms, enum rung most,
    supervise_each *each, void *context);

#endif
