/* An item's life: one fold, written down with the texts of its moves. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "documents/life.h"

#include "support/asked.h"
#include "support/office_dir.h"

#define CITY     "420100"
#define OFFICE   "420106"
#define SIBLING  "420107"
#define STRANGER "430102"

static void
open_tree(struct vj *j)
{
	vj_opened(j, CITY);
	vj_enrolled(j, CITY, OFFICE);
	vj_enrolled(j, CITY, SIBLING);
}

static void
move(struct vj *j, const char *by, const char *code, const char *to)
{
	j->recorded_ms += 1000;
	(void)vj_move(j, vj_stream(j, by, ""), vj_item(OFFICE, 1), code, to);
}

/* Registered at the district, sent to its sibling, which takes it. */
static void
pass_on(struct vj *j)
{
	(void)vj_petition(j, vj_stream(j, OFFICE, ""), OFFICE, 1, "");
	move(j, OFFICE, "FWD", SIBLING);
	move(j, SIBLING, "TAK", "");
}

static void
check_life(const struct reading *r)
{
	json_t *life = documents_life(r, vj_item(OFFICE, 1));
	const json_t *holders, *moves;

	assert_non_null(life);
	holders = json_object_get(life, "holders");
	moves = json_object_get(life, "moves");
	assert_string_equal(doc_member(life, "holder"), SIBLING);
	assert_int_equal(json_array_size(holders), 2);
	assert_string_equal(asked_text(holders, 0, "office"), OFFICE);
	assert_string_equal(asked_text(holders, 0, "until"),
	    asked_text(holders, 1, "since"));
	assert_string_equal(doc_member(life, "holder_since"),
	    asked_text(holders, 1, "since"));
	assert_int_equal(json_array_size(moves), 2);
	assert_string_equal(asked_text(moves, 0, "move"), "forward");
	assert_string_equal(asked_text(moves, 0, "to"), SIBLING);
	assert_string_equal(asked_text(moves, 0, "text"), "见附件。");
	assert_string_equal(asked_text(moves, 0, "user"), "wang");
	assert_string_equal(asked_text(moves, 1, "holder"), SIBLING);
	json_decref(life);
}

TEST_WITH(test_a_life_is_the_registers_fold_with_its_texts, asked_start,
    asked_finish)
{
	struct asked *a = *state;

	open_tree(a->journal);
	pass_on(a->journal);
	asked_fold(a);
	check_life(&a->r);
	assert_null(documents_life(&a->r, vj_item(OFFICE, 2)));
}

TEST_WITH(test_what_is_ignored_is_not_shown, asked_start, asked_finish)
{
	struct asked *a = *state;

	open_tree(a->journal);
	vj_enrolled(a->journal, CITY, "420108");
	pass_on(a->journal);
	/* It has nothing to do with the item. */
	move(a->journal, "420108", "CLS", "");
	move(a->journal, "420108", "ZZZ", "");
	asked_fold(a);
	check_life(&a->r);
}

TEST_WITH(test_a_move_of_a_later_version_is_shown_as_it_is, asked_start,
    asked_finish)
{
	struct asked *a = *state;
	json_t *life;
	const json_t *moves;

	open_tree(a->journal);
	pass_on(a->journal);
	move(a->journal, SIBLING, "ZZZ", "");
	asked_fold(a);
	life = documents_life(&a->r, vj_item(OFFICE, 1));
	moves = json_object_get(life, "moves");
	assert_int_equal(json_array_size(moves), 3);
	assert_string_equal(asked_text(moves, 2, "move"), "ZZZ");
	assert_true(json_is_false(
	    json_object_get(json_array_get(moves, 2), "counted")));
	assert_true(
	    json_is_null(json_object_get(json_array_get(moves, 2), "state")));
	json_decref(life);
}

/* Another process writes; we look at the file. */
TEST_WITH(test_a_reader_folds_as_the_writer_does, office_dir_make,
    office_dir_remove)
{
	struct vj *j = vj_new();
	struct views *writer, *reader;
	struct reading r;
	char path[FILE_PATH_MAX];

	file_join(path, *state, "register.db");
	assert_int_equal(views_open_file(path, true, &writer), RC_OK);
	open_tree(j);
	pass_on(j);
	vj_fold_all(j, writer);
	assert_int_equal(views_open_file(path, false, &reader), RC_OK);
	r = reading_of(reader, VJ_START_MS, LANGUAGE_EN);
	check_life(&r);
	views_close(reader);
	views_close(writer);
	vj_free(j);
}
