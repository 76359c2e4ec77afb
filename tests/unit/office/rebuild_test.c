#include "contract/command.h"
#include "contract/wire.h"
#include "office/rebuild.h"
#include "register/views.h"
#include "service/turn.h"

#include "support/office_dir.h"
#include "support/views_dump.h"

#define OWN "420106"

enum { ITEMS = 200 };

static const struct office_trade trade = { .program = "district-node" };

/* An office with some arrivals, closed again; its folder in `path`. */
static void
make_office(const char *dir, char path[static FILE_PATH_MAX])
{
	struct office *o = office_dir_office(dir, &trade, OWN, "");
	struct intake *items = memory_new(ITEMS, sizeof(*items));
	struct buffer reply = { 0 };
	struct command c = { .kind = COMMAND_REGISTER,
		.language = "en",
		.registering = { .items = items, .items_count = ITEMS } };

	for (size_t i = 0; i < ITEMS; i++) {
		items[i] = (struct intake){ .channel = "LX",
			.purpose = "QJ",
			.text = span_of_text("路灯不亮。") };
	}
	office_do(o, &c, &reply);
	views_begin(o->views);
	while (views_follow(o->views, 0))
		continue;
	views_commit(o->views);
	memcpy(path, o->dir, FILE_PATH_MAX);
	office_close(o);
	buffer_clear(&reply);
	free(items);
	wire_release();
}

static void
read_register(const char *path, struct buffer *out)
{
	struct views *v;

	assert_int_equal(views_open(path, false, &v), RC_OK);
	dump(v, out);
	views_close(v);
}

static void
count_calls(void *context, uint64_t done, uint64_t all)
{
	int *calls = context;

	assert_true(done <= all);
	++*calls;
}

TEST_WITH(test_a_rebuilt_register_is_the_same, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct buffer before = { 0 }, after = { 0 };
	struct rebuild_result result;
	struct office_fault fault;
	int calls = 0;

	make_office(*state, path);
	read_register(path, &before);
	assert_int_equal(rebuild_register(path, LANGUAGE_EN, count_calls,
			     &calls, &result, &fault),
	    RC_OK);
	read_register(path, &after);
	assert_int_equal(result.records, ITEMS + 1);
	assert_int_equal(result.quarantined, 0);
	assert_true(calls > 0);
	assert_true(span_equal(buffer_span(&before), buffer_span(&after)));
	buffer_clear(&before);
	buffer_clear(&after);
	wire_release();
}

TEST_WITH(test_nothing_is_rebuilt_while_somebody_works_there, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct rebuild_result result;
	struct office_fault fault;
	struct office *o;

	make_office(*state, path);
	o = office_dir_office(*state, &trade, OWN, "");
	assert_int_equal(rebuild_register(path, LANGUAGE_EN, NULL, NULL,
			     &result, &fault),
	    RC_BUSY);
	assert_int_equal(fault.exit, EXIT_TRY_AGAIN);
	assert_int_equal(views_applied(o->views), ITEMS + 1);
	office_close(o);
}

TEST_WITH(test_what_a_cut_short_rebuild_left_does_no_harm, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX], left[FILE_PATH_MAX];
	struct rebuild_result result;
	struct office_fault fault;

	make_office(*state, path);
	file_join(left, path, VIEWS_FILE ".new");
	assert_int_equal(file_write(left, span_of_text("half a file"), 0600,
			     true),
	    RC_OK);
	assert_int_equal(rebuild_register(path, LANGUAGE_EN, NULL, NULL,
			     &result, &fault),
	    RC_OK);
	assert_false(file_exists(left));
	wire_release();
}

TEST_WITH(test_a_folder_without_an_office_is_refused, office_dir_make,
    office_dir_remove)
{
	struct rebuild_result result;
	struct office_fault fault;

	assert_int_equal(rebuild_register(*state, LANGUAGE_EN, NULL, NULL,
			     &result, &fault),
	    RC_NONE);
	assert_int_equal(fault.exit, EXIT_CONFIG);
}
