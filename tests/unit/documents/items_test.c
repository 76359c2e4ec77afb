/* The list of arrivals: which of them, in which order, how many. */
#include "documents/items.h"

#include "support/asked.h"

#define OFFICE "420106"
#define OTHER  "420107"

/* Three here, one at the neighbour. */
static void
arrive(struct asked *a)
{
	for (uint32_t serial = 1; serial <= 3; serial++) {
		(void)vj_petition(a->journal, vj_stream(a->journal, OFFICE, ""),
		    OFFICE, serial, "");
		a->journal->recorded_ms += 1000;
	}
	(void)vj_petition(a->journal, vj_stream(a->journal, OTHER, ""), OTHER,
	    1, "");
	asked_fold(a);
}

static bool
list(struct asked *a, const struct items_filter *f)
{
	asked_forget(a);
	return documents_items(&a->r, f, asked_row, a->rows);
}

TEST_WITH(test_the_newest_stands_in_front, asked_start, asked_finish)
{
	struct asked *a = *state;

	arrive(a);
	assert_false(list(a, &(struct items_filter){ 0 }));
	assert_int_equal(json_array_size(a->rows), 4);
	assert_string_equal(asked_text(a->rows, 0, "item"), vj_item(OTHER, 1));
	assert_string_equal(asked_text(a->rows, 3, "item"), vj_item(OFFICE, 1));
	assert_string_equal(asked_text(a->rows, 3, "state"), "REG");
	assert_string_equal(asked_text(a->rows, 3, "recorded_at"),
	    asked_text(a->rows, 3, "claimed_at"));
}

TEST_WITH(test_a_limit_says_that_there_are_more, asked_start, asked_finish)
{
	struct asked *a = *state;
	struct items_filter f = { .office = OFFICE, .limit = 2 };

	arrive(a);
	assert_true(list(a, &f));
	assert_int_equal(json_array_size(a->rows), 2);
	assert_int_equal(documents_items_count(&a->r, &f), 3);
	f.limit = 3;
	assert_false(list(a, &f));
	assert_int_equal(json_array_size(a->rows), 3);
}

TEST_WITH(test_filters_let_pass_what_they_name, asked_start, asked_finish)
{
	struct asked *a = *state;

	arrive(a);
	(void)list(a, &(struct items_filter){ .item = vj_item(OFFICE, 2) });
	assert_int_equal(json_array_size(a->rows), 1);
	(void)list(a, &(struct items_filter){ .channel = "LF" });
	assert_int_equal(json_array_size(a->rows), 0);
	(void)list(a, &(struct items_filter){ .state = "REG", .source = "" });
	assert_int_equal(json_array_size(a->rows), 4);
	(void)list(a, &(struct items_filter){ .source = "12345" });
	assert_int_equal(json_array_size(a->rows), 0);
	/* Both ends are included. */
	(void)list(a, &(struct items_filter){ .since_ms = VJ_START_MS + 1000,
			  .until_ms = VJ_START_MS + 2000 });
	assert_int_equal(json_array_size(a->rows), 2);
	(void)list(a, &(struct items_filter){ .only_urgent = true });
	assert_int_equal(json_array_size(a->rows), 0);
}

TEST_WITH(test_a_number_has_its_arrivals, asked_start, asked_finish)
{
	struct asked *a = *state;
	json_t *arrivals;

	arrive(a);
	arrivals = documents_arrivals(&a->r, vj_item(OFFICE, 3));
	assert_int_equal(json_array_size(arrivals), 1);
	assert_string_equal(asked_text(arrivals, 0, "office"), OFFICE);
	assert_int_equal(asked_number(arrivals, 0, "sequence"), 3);
	json_decref(arrivals);
	arrivals = documents_arrivals(&a->r, vj_item(OFFICE, 4));
	assert_int_equal(json_array_size(arrivals), 0);
	json_decref(arrivals);
}
