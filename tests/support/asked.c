/*
 * What every test of documents/ does before and behind its questions.
 */
#include "support/asked.h"

int
asked_start(void **state)
{
	struct asked *a = memory_new(1, sizeof(*a));

	a->journal = vj_new();
	assert_int_equal(views_open_file(":memory:", true, &a->views), RC_OK);
	a->rows = json_array();
	*state = a;
	return 0;
}

int
asked_finish(void **state)
{
	struct asked *a = *state;

	views_close(a->views);
	vj_free(a->journal);
	json_decref(a->rows);
	free(a);
	return 0;
}

void
asked_fold(struct asked *a)
{
	vj_fold_all(a->journal, a->views);
	a->r = reading_of(a->views, VJ_START_MS, LANGUAGE_EN);
}

void
asked_row(void *context, json_t *row)
{
	doc_add(context, row);
}

void
asked_forget(struct asked *a)
{
	assert_int_equal(json_array_clear(a->rows), 0);
}

const char *
asked_text(const json_t *rows, size_t place, const char *key)
{
	return doc_member(json_array_get(rows, place), key);
}

json_int_t
asked_number(const json_t *rows, size_t place, const char *key)
{
	const json_t *number =
	    json_object_get(json_array_get(rows, place), key);

	assert_true(json_is_integer(number));
	return json_integer_value(number);
}
