/*
 * omissions - what must be supervised and was not, and how much of what must
 * be was.
 *
 * The document:
 *	count		how many are left out
 *	coverage	{supervised, must}: of how many that must be
 *	omissions	[{item, office, ground, article, clock, escalation,
 *			since, days}]; clock or escalation is "", by what it is
 *
 * What an omission is and what covers it is law (law/moves/omission.h).
 */
#ifndef DOCUMENTS_OMISSIONS_H
#define DOCUMENTS_OMISSIONS_H

#include "documents/reading.h"

struct omissions_filter {
	const char *office; /* who should have acted; borrowed */
	int64_t as_of_ms;   /* as it is then; 0: now */
	int64_t limit;      /* of rows in `omissions`; counted are all */
	bool only_numbers;  /* without `omissions` */
};

/* First missed limits, then what went up, each the oldest first. */
json_t *documents_omissions(const struct reading *r,
    const struct omissions_filter *f);

#endif
