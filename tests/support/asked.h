/*
 * asked - questions of documents/ to a register made from a made-up journal.
 *
 *	TEST_WITH(test_x, asked_start, asked_finish)
 *	{
 *		struct asked *a = *state;
 *
 *		... vj_petition(a->journal, ...) ...
 *		asked_fold(a);
 *		a->is_more = documents_items(&a->r, &f, asked_row, a->rows);
 */
#ifndef SUPPORT_ASKED_H
#define SUPPORT_ASKED_H

#include "documents/reading.h"
#include "words/doc.h"

#include "support/views_journal.h"

struct asked {
	struct vj *journal;
	struct views *views; /* in memory */
	struct reading r;    /* asks at VJ_START_MS, in English */
	json_t *rows;        /* of the last list */
};

/* For TEST_WITH: an empty journal and a register of nothing. */
int asked_start(void **state);
int asked_finish(void **state);

/* Fold what was said since, follow, and look at it. */
void asked_fold(struct asked *a);

/* A documents_row: into an array; takes the row over. */
void asked_row(void *context, json_t *row);
/* Before the next list. */
void asked_forget(struct asked *a);

/* This text of the row at this place; lives as long as the row. */
const char *asked_text(const json_t *rows, size_t place, const char *key);
/* The same for a whole number, which must be there. */
json_int_t asked_number(const json_t *rows, size_t place, const char *key);

#endif
