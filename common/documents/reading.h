/*
 * reading - what a question to the register needs.
 *
 * The rooms below keep the register; this one answers questions about it:
 * plain filters in, JSON documents out, whose keys are a contract.  Command
 * line, screens, report and tests ask the same questions, so nobody else
 * writes SQL over the register's tables.
 *
 * A question is a pure function of the register, the filter and the moment
 * asked about: no clock, no command line, no daemon.  Whoever asks has opened
 * the register and keeps it open until the answer is used up.
 *
 * A question that gives one document returns it (json_decref).  One that
 * gives a list hands its rows over one by one, so that a register of any size
 * passes through in little memory:
 *
 *	bool documents_items(const struct reading *r,
 *	    const struct items_filter *f, documents_row *row, void *context);
 *	uint64_t documents_items_count(const struct reading *r,
 *	    const struct items_filter *f);
 *
 * The filter has a `limit` (rows; 0: all) and lets everything pass where it
 * is NULL, "" or 0.  True: there are rows beyond the limit.
 *
 * Belongs to the thread of its register.
 */
#ifndef DOCUMENTS_READING_H
#define DOCUMENTS_READING_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "contract/record.h"
#include "words/catalogue.h"

struct db;
struct views;

struct reading {
	struct views *views; /* the register, open; a reader's or a writer's */
	struct db *db;       /* its tables */
	char office[OFFICE_CODE_MAX + 1]; /* whose register it is */
	int64_t now_ms;         /* wall time that limits are compared with */
	enum language language; /* of the few sentences inside documents */
};

/* What a question needs of this register, at this moment. */
struct reading reading_of(struct views *v, int64_t now_ms,
    enum language language);

/* One row of a list; takes it (json_decref). */
typedef void documents_row(void *context, json_t *row);
/* The same into a JSON array, which is the context. */
void documents_collect(void *array, json_t *row);

/*
 * Where items stand and their limits follow behind the arrivals.  True: they
 * still do; `done` of `all` positions are followed.
 */
bool documents_behind(const struct reading *r, uint64_t *done, uint64_t *all);

#endif
