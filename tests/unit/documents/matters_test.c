/* Matters of several items, and items that may be one. */
#include "documents/matches.h"
#include "documents/matters.h"

#include "support/asked.h"

#define OFFICE "420106"
#define OTHER  "420107"

static void
arrive(struct asked *a)
{
	struct stream *own = vj_stream(a->journal, OFFICE, "");

	for (uint32_t serial = 1; serial <= 4; serial++) {
		(void)vj_petition(a->journal, own, OFFICE, serial, "");
		a->journal->recorded_ms += 1000;
	}
	(void)vj_petition(a->journal, vj_stream(a->journal, OTHER, ""), OTHER,
	    1, "");
}

static void
judge(struct asked *a, uint32_t item, uint32_t matter, const char *verdict)
{
	(void)vj_link(a->journal, vj_stream(a->journal, OFFICE, ""),
	    vj_item(OFFICE, item), vj_item(OFFICE, matter), verdict);
	a->journal->recorded_ms += 1000;
}

static bool
list(struct asked *a, const struct matters_filter *f)
{
	asked_forget(a);
	return documents_matters(&a->r, f, asked_row, a->rows);
}

TEST_WITH(test_the_matter_that_grew_last_stands_in_front, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	struct matters_filter f = { .limit = 1 };

	arrive(a);
	judge(a, 2, 1, "LINK");
	judge(a, 4, 3, "LINK");
	asked_fold(a);
	assert_true(list(a, &f));
	assert_string_equal(asked_text(a->rows, 0, "matter"),
	    vj_item(OFFICE, 3));
	assert_int_equal(documents_matters_count(&a->r, &f), 2);
	/* As a whole list: the same order. */
	f.limit = 0;
	assert_false(list(a, &f));
	assert_int_equal(json_array_size(a->rows), 2);
	assert_string_equal(asked_text(a->rows, 0, "matter"),
	    vj_item(OFFICE, 3));
	assert_int_equal(asked_number(a->rows, 1, "items"), 2);
	assert_int_equal(asked_number(a->rows, 1, "repeats"), 1);
	assert_string_equal(asked_text(a->rows, 1, "initial_item"),
	    vj_item(OFFICE, 1));
}

TEST_WITH(test_matters_of_an_office_are_those_with_its_items, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	struct matters_filter f = { .office = OFFICE };

	arrive(a);
	judge(a, 2, 1, "LINK");
	asked_fold(a);
	assert_int_equal(documents_matters_count(&a->r, &f), 1);
	f.office = OTHER;
	assert_int_equal(documents_matters_count(&a->r, &f), 0);
	assert_false(list(a, &f));
	assert_int_equal(json_array_size(a->rows), 0);
	f = (struct matters_filter){ .only_collective = true };
	assert_int_equal(documents_matters_count(&a->r, &f), 0);
}

TEST_WITH(test_a_proposal_is_open_until_somebody_decides, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	struct matches_filter f = { 0 };
	char target[ITEM_NUMBER_MAX + 1];

	arrive(a);
	judge(a, 2, 1, "PROPOSE");
	judge(a, 4, 3, "PROPOSE");
	/* The other way round is the same pair. */
	judge(a, 3, 4, "REJECT");
	asked_fold(a);
	assert_int_equal(documents_matches_count(&a->r, &f), 1);
	assert_false(documents_matches(&a->r, &f, asked_row, a->rows));
	assert_string_equal(asked_text(a->rows, 0, "item"), vj_item(OFFICE, 2));
	assert_string_equal(doc_member(json_object_get(json_array_get(a->rows,
							   0),
					   "matter_side"),
				"item"),
	    vj_item(OFFICE, 1));
	assert_false(documents_linked_to(&a->r, vj_item(OFFICE, 2), target));
	judge(a, 2, 1, "LINK");
	asked_fold(a);
	assert_int_equal(documents_matches_count(&a->r, &f), 0);
	assert_true(documents_linked_to(&a->r, vj_item(OFFICE, 2), target));
	assert_string_equal(target, vj_item(OFFICE, 1));
}
