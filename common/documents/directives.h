/*
 * directives - where each directive stands at each of its addressees, and
 * how it came there.
 *
 * One row, of one directive at one addressee:
 *	id, kind, issuer, addressee, status, item, matter, text, ground,
 *	reference, to (the addressee again), due and due_at (the same),
 *	asked_due (null: no request for more time is open), issued_at,
 *	received_at, clock, supersedes, superseded_by
 *	history: [{status, at, by}], beginning with its issue
 *	verdict, done, report, attachments, answered_at: of the last answer
 *	steps: [step] (documents/steps.h)
 */
#ifndef DOCUMENTS_DIRECTIVES_H
#define DOCUMENTS_DIRECTIVES_H

#include "documents/reading.h"

/* Texts are borrowed. */
struct directives_filter {
	const char *id, *to, *kind, *status, *item, *matter;
	bool only_open;    /* nothing final was said */
	bool only_overdue; /* due before now, and not answered */
	int64_t limit;
};

/* Newest first. */
bool documents_directives(const struct reading *r,
    const struct directives_filter *f, documents_row *row, void *context);
uint64_t documents_directives_count(const struct reading *r,
    const struct directives_filter *f);

/*
 * Those that concern an item, as an array: about it, then about its matter
 * without naming it.
 */
json_t *documents_directives_about(const struct reading *r, const char *item,
    const char *matter);

#endif
