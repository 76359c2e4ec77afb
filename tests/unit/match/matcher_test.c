/*
 * Goal of this test: what was put on file is found again, and only that; the
 * index survives closing, and follows positions.
 */
#include <fcntl.h>
#include <unistd.h>

#include "match/matcher.h"
#include "mech/db.h"

#include "support/office_dir.h"

static const char title[] = "A3区青石新苑小区夜间施工噪音扰民";
static const char text[] =
    "我是A3区青石新苑小区的业主。小区旁边的搅拌站每天夜里施工到凌晨三点，"
    "机器的声音很大，灰尘也大，老人和孩子都无法入睡。我们多次打热线投诉，"
    "每次来人看一看就走，第二天照旧。家里的窗户一年四季不敢打开，"
    "衣服也不能晾在外面。希望查处这家没有环评手续的搅拌站，还我们安宁。";
static const char edited[] =
    "我是A3区青石新苑小区的业主。小区旁边的搅拌站每天夜里施工到凌晨三点，"
    "机器的声音很大，老人和孩子都无法入睡。此事拖了半年没有结果。"
    "家里的窗户一年四季不敢打开。希望查处这家没有环评手续的搅拌站。";
static const uint8_t anna[MATCHER_PERSON_BYTES] = { 1 };
static const uint8_t bert[MATCHER_PERSON_BYTES] = { 2 };

static struct matcher_candidate found[MATCHER_CANDIDATES_MAX];

static struct matcher *
open_index(const char *dir, bool writer)
{
	struct matcher *m;

	assert_int_equal(matcher_open(dir, writer, &m), RC_OK);
	return m;
}

static struct matcher_item
item_of(const char *number, const uint8_t *person, const char *subject,
    const char *body)
{
	struct matcher_item item = { .item = number,
		.office = "990101",
		.claimed_ms = 1700000000000,
		.subject = span_of_text(subject),
		.text = span_of_text(body) };

	if (person != NULL)
		item.person_key = span_of(person, MATCHER_PERSON_BYTES);
	return item;
}

static void
add(struct matcher *m, struct matcher_item item)
{
	item.position = matcher_applied(m) + 1;
	matcher_begin(m);
	matcher_add(m, &item);
	matcher_commit(m);
}

static size_t
find(struct matcher *m, struct matcher_item item)
{
	memset(found, 0, sizeof(found));
	return matcher_find(m, &item, found);
}

TEST_WITH(test_one_persons_copy_is_certain, office_dir_make, office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m, item_of("i2", anna, "另起一题", text)), 1);
	assert_string_equal(found[0].item, "i1");
	assert_string_equal(found[0].office, "990101");
	assert_int_equal(found[0].position, 1);
	assert_int_equal(found[0].claimed_ms, 1700000000000);
	assert_int_equal(found[0].verdict, MATCHER_CERTAIN);
	assert_true((found[0].reasons & MATCHER_PERSON) != 0);
	assert_true((found[0].reasons & MATCHER_TEXT) != 0);
	matcher_close(m);
}

TEST_WITH(test_an_item_is_not_its_own_candidate, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m, item_of("i1", anna, title, text)), 0);
	matcher_close(m);
}

TEST_WITH(test_two_known_persons_are_never_certain, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m, item_of("i2", bert, title, text)), 1);
	assert_int_equal(found[0].verdict, MATCHER_LIKELY);
	assert_true((found[0].reasons & MATCHER_PERSON) == 0);
	assert_true((found[0].reasons & MATCHER_PLACE) != 0);
	matcher_close(m);
}

TEST_WITH(test_of_a_person_unknown_only_a_near_copy_is_certain, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m, item_of("i2", NULL, title, text)), 1);
	assert_int_equal(found[0].verdict, MATCHER_CERTAIN);
	assert_int_equal(find(m, item_of("i3", NULL, title, edited)), 1);
	assert_int_equal(found[0].verdict, MATCHER_LIKELY);
	matcher_close(m);
}

TEST_WITH(test_one_persons_other_words_are_found, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m,
			     item_of("i2", anna, "再次反映青石新苑搅拌站施工",
				 "青石新苑小区那个搅拌站还在半夜开工，吵得"
				 "全家睡不着，到底归哪个部门管？")),
	    1);
	assert_true((found[0].reasons & MATCHER_PERSON) != 0);
	matcher_close(m);
}

TEST_WITH(test_one_persons_other_matter_is_not, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	assert_int_equal(find(m, item_of("i2", anna, "咨询公积金贷款手续",
				     "在外地缴存的公积金如何转移到本市，要哪些"
				     "材料，在哪个窗口办理？")),
	    0);
	matcher_close(m);
}

TEST_WITH(test_another_community_in_the_same_words_is_not, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, "A6区金桂花园小区夜间施工噪音扰民",
		   "我是A6区金桂花园小区的业主。小区旁边的搅拌站每天夜里施工"
		   "到凌晨三点，机器的声音很大，灰尘也大，老人和孩子都无法"
		   "入睡。我们多次打热线投诉，每次来人看一看就走，第二天照旧。"
		   "家里的窗户一年四季不敢打开，衣服也不能晾在外面。"));
	assert_int_equal(find(m, item_of("i2", bert, title, text)), 0);
	assert_int_equal(find(m, item_of("i3", NULL, title, text)), 0);
	matcher_close(m);
}

TEST_WITH(test_a_named_earlier_item_is_certain_both_ways, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);
	struct matcher_item item = item_of("i2", bert, "追问", "怎么还没办？");

	add(m, item_of("i1", anna, title, text));
	item.earlier_item = "i1";
	assert_int_equal(find(m, item), 1);
	assert_int_equal(found[0].verdict, MATCHER_CERTAIN);
	assert_true((found[0].reasons & MATCHER_EARLIER) != 0);
	add(m, item);
	assert_int_equal(find(m, item_of("i1", anna, title, text)), 1);
	assert_string_equal(found[0].item, "i2");
	assert_true((found[0].reasons & MATCHER_EARLIER) != 0);
	matcher_close(m);
}

TEST_WITH(test_a_corrected_text_is_found_once, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", anna, title, text));
	add(m, item_of("i1", anna, title, edited));
	assert_int_equal(matcher_items(m), 2);
	assert_int_equal(find(m, item_of("i2", anna, title, text)), 1);
	assert_int_equal(found[0].score, 1000);
	assert_int_equal(find(m, item_of("i3", anna, title, edited)), 1);
	assert_int_equal(found[0].score, 1000);
	matcher_close(m);
}

TEST_WITH(test_the_open_transaction_is_seen_and_can_be_lost, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);
	struct matcher_item item = item_of("i1", anna, title, text);

	item.position = 7;
	matcher_begin(m);
	matcher_add(m, &item);
	assert_int_equal(find(m, item_of("i2", anna, title, text)), 1);
	matcher_close(m);
	m = open_index(*state, true);
	assert_int_equal(matcher_applied(m), 0);
	assert_int_equal(matcher_items(m), 0);
	assert_int_equal(find(m, item_of("i2", anna, title, text)), 0);
	matcher_close(m);
}

TEST_WITH(test_everything_is_there_after_reopening, office_dir_make,
    office_dir_remove)
{
	struct matcher *m;

	assert_int_equal(matcher_open(*state, false, &m), RC_NONE);
	m = open_index(*state, true);
	add(m, item_of("i1", anna, title, text));
	matcher_begin(m);
	matcher_pass(m, 40);
	matcher_commit(m);
	matcher_close(m);
	for (int writer = 0; writer < 2; writer++) {
		m = open_index(*state, writer != 0);
		assert_int_equal(matcher_applied(m), 40);
		assert_int_equal(matcher_items(m), 1);
		assert_true(matcher_bytes(m) > 0);
		assert_int_equal(find(m, item_of("i2", anna, title, edited)),
		    1);
		matcher_close(m);
	}
}

TEST_WITH(test_a_text_that_came_often_is_found_in_bounds, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);
	char number[16];
	size_t count;

	for (int i = 0; i < 300; i++) {
		(void)snprintf(number, sizeof(number), "c%d", i);
		add(m, item_of(number, NULL, title, text));
	}
	count = find(m, item_of("c299", NULL, title, text));
	assert_in_range(count, 16, MATCHER_CANDIDATES_MAX);
	count = find(m, item_of("i1", bert, title, text));
	assert_in_range(count, 16, MATCHER_CANDIDATES_MAX);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(found[i].item, found[k].item);
	}
	matcher_close(m);
}

TEST_WITH(test_a_busy_person_hides_nothing, office_dir_make, office_dir_remove)
{
	static const char *const things[] = { "路灯", "水管", "电梯", "校车" };
	struct matcher *m = open_index(*state, true);
	char number[16], body[200];

	add(m, item_of("i1", anna, title, text));
	for (int i = 0; i < 80; i++) {
		(void)snprintf(number, sizeof(number), "b%d", i);
		(void)snprintf(body, sizeof(body),
		    "第%d号%s坏了，已经%d天没有人修，请安排人员检查。",
		    i * 37 % 101, things[i % 4], i);
		add(m, item_of(number, anna, things[i % 4], body));
	}
	assert_true(find(m, item_of("i2", anna, "新题目", text)) >= 1);
	assert_string_equal(found[0].item, "i1");
	assert_int_equal(found[0].verdict, MATCHER_CERTAIN);
	matcher_close(m);
}

TEST_WITH(test_best_comes_first, office_dir_make, office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", bert, title, edited));
	add(m, item_of("i2", anna, title, edited));
	add(m, item_of("i3", bert, title, text));
	assert_int_equal(find(m, item_of("i4", anna, title, text)), 3);
	assert_string_equal(found[0].item, "i2");
	assert_string_equal(found[1].item, "i3");
	assert_string_equal(found[2].item, "i1");
	assert_true(found[1].score > found[2].score);
	matcher_close(m);
}

TEST_WITH(test_empty_texts_find_nobody, office_dir_make, office_dir_remove)
{
	struct matcher *m = open_index(*state, true);

	add(m, item_of("i1", NULL, "", ""));
	add(m, item_of("i2", anna, "", ""));
	assert_int_equal(find(m, item_of("i3", anna, "", "")), 0);
	assert_int_equal(find(m, item_of("i4", NULL, "", "")), 0);
	matcher_close(m);
}

TEST_WITH(test_a_file_that_is_no_index_is_told, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct matcher *m;

	file_join(path, *state, MATCHER_FILE);
	assert_int_equal(file_write(path,
			     span_of_text("this is no database at all, but it "
					  "is long enough to look like one"),
			     0600, false),
	    RC_OK);
	assert_int_equal(matcher_open(*state, true, &m), RC_DAMAGED);
}

TEST_WITH(test_no_words_and_no_names_are_kept, office_dir_make,
    office_dir_remove)
{
	struct matcher *m = open_index(*state, true);
	struct buffer file = { .limit = 64 << 20 };
	char path[FILE_PATH_MAX];

	add(m, item_of("i1", anna, title, text));
	matcher_close(m);
	file_join(path, *state, MATCHER_FILE);
	assert_int_equal(file_read(path, &file), RC_OK);
	assert_null(memmem(file.at, file.size, "搅拌站", 9));
	assert_null(memmem(file.at, file.size, "丽发", 6));
	buffer_clear(&file);
}
