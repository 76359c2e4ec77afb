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

static inline int
asked_start(void **state)
{
	struct asked *a = memory_new(1, sizeof(*a));

	a->journal = vj_new();
	assert_int_equal(views_open_file(":memory:", true, &a->views), RC_OK);
	a->rows = json_array();
	*state = a;
	return 0;
}

static inline int
asked_finish(void **state)
{
	struct asked *a = *state;

	views_close(a->views);
	vj_free(a->journal);
	json_decref(a->rows);
	free(a);
	return 0;
}

/* Fold what was said since, follow, and look at it. */
static inline void
asked_fold(struct asked *a)
{
	vj_fold_all(a->journal, a->views);
	a->r = reading_of(a->views, VJ_START_MS, LANGUAGE_EN);
}

/* A documents_row: into an array. */
static inline void
asked_row(void *context, json_t *row)
{
	doc_add(context, row);
}

/* Before the next list. */
static inline void
asked_forget(struct asked *a)
{
	assert_int_equal(json_array_clear(a->rows), 0);
}

/* This text of the row at this place. */
static inline const char *
asked_text(const json_t *rows, size_t place, const char *key)
{
	return doc_member(json_array_get(rows, place), key);
}

static inline json_int_t
asked_number(const json_t *rows, size_t place, const char *key)
{
	const json_t *number =
	    json_object_get(json_array_get(rows, place), key);

	assert_true(json_is_integer(number));
	return json_integer_value(number);
}

#endif
