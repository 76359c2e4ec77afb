/*
 * escalations - matters that were raised at a higher level, what the level
 * below had done by then, and how far the notice of it has come.
 *
 * At a hub: those it judged and those of the hubs below; at a district: those
 * about it.  A row is the newest revision:
 *	id, matter, item, office, from_level, to_level, channel, lower_state,
 *	lawfulness, lower_item, batch, heads, knew_before, recorded_at (the
 *	arrival above), judged_at, received_at, revision, restated
 *	noticed_at, acknowledged_at: the first time; answered_at, answer,
 *	answered_by: the last; null before
 *	steps: [step] of the notice (documents/steps.h)
 *	versions, when it was restated: [{revision, lower_state, lawfulness,
 *	knew_before, lower_item, recorded_at, received_at}]
 */
#ifndef DOCUMENTS_ESCALATIONS_H
#define DOCUMENTS_ESCALATIONS_H

#include "documents/reading.h"

/* Texts are borrowed. */
struct escalations_filter {
	const char *id;
	const char *office; /* below, about which it is */
	const char *lower_state, *to_level;
	const char *matter;         /* also of an item that was alone */
	const char *item;           /* the one above */
	int64_t since_ms, until_ms; /* the arrival; both ends included */
	bool only_failures;         /* of the office below */
	bool only_unanswered;
	int64_t limit;
};

/* Newest first. */
bool documents_escalations(const struct reading *r,
    const struct escalations_filter *f, documents_row *row, void *context);
uint64_t documents_escalations_count(const struct reading *r,
    const struct escalations_filter *f);

/* All of one matter, or of an item that is alone, as an array. */
json_t *documents_escalations_of(const struct reading *r, const char *matter);

#endif
