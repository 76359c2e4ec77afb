/* All that is known of one item, from the parts that are asked for it. */
#include "documents/item.h"

#include "support/asked.h"

#define CITY    "420100"
#define OFFICE  "420106"
#define SIBLING "420107"

static void
begin(struct asked *a)
{
	vj_opened(a->journal, CITY);
	vj_enrolled(a->journal, CITY, OFFICE);
	vj_enrolled(a->journal, CITY, SIBLING);
	(void)vj_petition(a->journal, vj_stream(a->journal, OFFICE, ""), OFFICE,
	    1, "");
	a->journal->recorded_ms += 1000;
	(void)vj_petition(a->journal, vj_stream(a->journal, CITY, ""), CITY, 1,
	    "");
}

static void
move(struct asked *a, const char *by, const char *code, const char *to)
{
	a->journal->recorded_ms += 1000;
	(void)vj_move(a->journal, vj_stream(a->journal, by, ""),
	    vj_item(OFFICE, 1), code, to);
}

static json_t *
ask(struct asked *a, const char *item)
{
	json_t *all, *one;

	asked_fold(a);
	all = documents_item(&a->r, item);
	one = json_incref(json_array_get(all, 0));
	assert_int_equal(json_array_size(all), 1);
	json_decref(all);
	return one;
}

static size_t
size_of(const json_t *item, const char *key)
{
	const json_t *list = json_object_get(item, key);

	assert_true(json_is_array(list));
	return json_array_size(list);
}

TEST_WITH(test_an_unknown_number_has_no_item, asked_start, asked_finish)
{
	struct asked *a = *state;
	json_t *none;

	begin(a);
	asked_fold(a);
	none = documents_item(&a->r, vj_item(OFFICE, 9));
	assert_int_equal(json_array_size(none), 0);
	json_decref(none);
}

TEST_WITH(test_an_item_alone_is_its_own_matter, asked_start, asked_finish)
{
	struct asked *a = *state;
	json_t *item;

	begin(a);
	item = ask(a, vj_item(OFFICE, 1));
	assert_string_equal(doc_member(item, "matter"), vj_item(OFFICE, 1));
	assert_true(json_is_true(json_object_get(item, "initial")));
	assert_int_equal(size_of(item, "matter_items"), 1);
	assert_int_equal(size_of(item, "links"), 0);
	assert_int_equal(size_of(item, "escalations"), 0);
	assert_int_equal(size_of(item, "directives"), 0);
	assert_int_equal(size_of(item, "identity_steps"), 0);
	assert_int_equal(size_of(item, "timeline"), 1);
	assert_string_equal(doc_member(item, "office_name"), "某某区信访局");
	assert_string_equal(doc_member(item, "holder"), OFFICE);
	assert_string_equal(doc_member(item, "pending_name"), "");
	json_decref(item);
}

TEST_WITH(test_a_repeat_tells_of_the_whole_matter, asked_start, asked_finish)
{
	struct asked *a = *state;
	json_t *item;

	begin(a);
	(void)vj_link(a->journal, vj_stream(a->journal, CITY, ""),
	    vj_item(CITY, 1), vj_item(OFFICE, 1), "LINK");
	move(a, OFFICE, "ACC", "");
	item = ask(a, vj_item(CITY, 1));
	assert_string_equal(doc_member(item, "matter"), vj_item(OFFICE, 1));
	assert_false(json_is_true(json_object_get(item, "initial")));
	assert_int_equal(size_of(item, "matter_items"), 2);
	assert_string_equal(asked_text(json_object_get(item, "matter_items"), 0,
				"item"),
	    vj_item(OFFICE, 1));
	assert_int_equal(size_of(item, "links"), 1);
	/* The other item, this one, and that somebody linked them. */
	assert_int_equal(size_of(item, "timeline"), 3);
	json_decref(item);
}

TEST_WITH(test_limits_and_moves_come_from_the_same_fold, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	json_t *item;

	begin(a);
	move(a, OFFICE, "FWD", SIBLING);
	move(a, SIBLING, "ACC", "");
	item = ask(a, vj_item(OFFICE, 1));
	assert_string_equal(doc_member(item, "state"), "ACC");
	assert_string_equal(doc_member(item, "holder"), SIBLING);
	assert_string_equal(doc_member(item, "holder_name"), "某某区信访局");
	assert_int_equal(size_of(item, "moves"), 2);
	assert_true(size_of(item, "clocks") > 0);
	assert_int_equal(size_of(item, "timeline"), 3);
	json_decref(item);
}
