/* Goal of this test: what mech/config.h promises. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "mech/config.h"

struct options {
	char parent[64];
	int64_t silence_ms;
	int64_t disk_bytes;
	int64_t children;
	bool screen;
};

static const struct config_item items[] = {
	CONFIG_TEXT(struct options, parent, "", "address of the hub above"),
	CONFIG_MS(struct options, silence_ms, 15000, 1000, 600000,
	    "a peer counts as gone after this"),
	CONFIG_BYTES(struct options, disk_bytes, 1 << 20, 0, INT64_MAX,
	    "space that must stay free"),
	CONFIG_COUNT(struct options, children, 10, 0, 1000, "most children"),
	CONFIG_FLAG(struct options, screen, false, "serve the screen"),
};
enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static char folder[FILE_PATH_MAX];
static char problem[CONFIG_PROBLEM_MAX + 1];

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/config_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int
tear_down(void **state)
{
	char command[FILE_PATH_MAX + 16];

	(void)state;
	(void)snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	return 0;
}

static void
put(const char *name, const char *text)
{
	char path[FILE_PATH_MAX];

	file_join(path, folder, name);
	assert_int_equal(file_write(path, span_of_text(text), 0600, true),
	    RC_OK);
}

static enum rc
load(struct options *o)
{
	memset(o, 0xee, sizeof(*o));
	return config_load(folder, items, ITEMS, o, problem);
}

/* The file says `text`; the problem must name all of `what`. */
static void
expect_problem(const char *text, const char *where, const char *what)
{
	struct options o;

	put("office.ini", text);
	assert_int_equal(load(&o), RC_MALFORMED);
	if (strstr(problem, where) == NULL || strstr(problem, what) == NULL)
		fail_msg("\"%s\" lacks \"%s\" or \"%s\"", problem, where, what);
}

TEST_WITH(test_values_come_from_files_in_order_or_defaults, set_up, tear_down)
{
	struct options o;
	char path[FILE_PATH_MAX];

	(void)state;
	file_join(path, folder, "conf.d");
	assert_int_equal(mkdir(path, 0700), 0);
	put("office.ini", "# comment\r\n\r\nparent = tcp://10.0.0.1:7000\r\n"
			  "silence_ms = 30 s\n  \nchildren=7");
	put("conf.d/20.conf", "children = 9\n");
	put("conf.d/10.conf", "children = 8\nscreen = yes\n");
	put("conf.d/ignored.txt", "nonsense");
	assert_int_equal(load(&o), RC_OK);
	assert_string_equal(problem, "");
	assert_string_equal(o.parent, "tcp://10.0.0.1:7000");
	assert_int_equal(o.silence_ms, 30000);
	assert_int_equal(o.disk_bytes, 1 << 20);
	assert_int_equal(o.children, 9);
	assert_true(o.screen);
}

TEST_WITH(test_units_are_understood, set_up, tear_down)
{
	struct options o;

	(void)state;
	put("office.ini", "silence_ms = 2min\ndisk_bytes = 3G\n");
	assert_int_equal(load(&o), RC_OK);
	assert_int_equal(o.silence_ms, 120000);
	assert_int_equal(o.disk_bytes, INT64_C(3) << 30);
	put("office.ini", "silence_ms = 2000ms\ndisk_bytes = 64 K\n");
	assert_int_equal(load(&o), RC_OK);
	assert_int_equal(o.silence_ms, 2000);
	assert_int_equal(o.disk_bytes, 65536);
}

TEST_WITH(test_a_problem_names_file_line_and_wish, set_up, tear_down)
{
	char text[600];

	(void)state;
	expect_problem("\n\nparnt = x\n", "office.ini:3:", "\"parnt\"");
	expect_problem("silence_ms = 10\n", "office.ini:1:", "1000 to 600000");
	expect_problem("children = -1\n", ":1:", "0 to 1000");
	expect_problem("children = 5K\n", ":1:", "0 to 1000");
	expect_problem("silence_ms = 5 K\n", ":1:", "silence_ms");
	expect_problem("silence_ms =\n", ":1:", "silence_ms");
	expect_problem("disk_bytes = 9223372036854775807K\n",
	    ":1:", "disk_bytes");
	expect_problem("screen = maybe\n", ":1:", "yes or no");
	expect_problem("\nchildren = 1\nchildren = 2\n", ":3:", "twice");
	expect_problem("children 4\n", ":1:", "key = value");
	expect_problem("[office]\nchildren = 4\n", ":2:", "sections");
	expect_problem("children = 4\n  5\n", ":2:", "blank");
	expect_problem("parent = \xff\xfe\n", ":1:", "\\xff\\xfe");
	(void)snprintf(text, sizeof(text), "\nparent = %0100d\n", 1);
	expect_problem(text, ":2:", "at most 63 bytes");
	(void)snprintf(text, sizeof(text), "\nparent = %0500d\n", 1);
	expect_problem(text, ":2:", "longer than");
}

TEST_WITH(test_a_missing_file_is_told, set_up, tear_down)
{
	struct options o;

	(void)state;
	assert_int_equal(load(&o), RC_NONE);
	assert_non_null(strstr(problem, "office.ini"));
}

TEST_WITH(test_a_drop_in_is_named_in_its_problem, set_up, tear_down)
{
	struct options o;
	char path[FILE_PATH_MAX];

	(void)state;
	file_join(path, folder, "conf.d");
	assert_int_equal(mkdir(path, 0700), 0);
	put("office.ini", "");
	put("conf.d/10.conf", "what = 1\n");
	assert_int_equal(load(&o), RC_MALFORMED);
	assert_non_null(strstr(problem, "conf.d/10.conf:1:"));
}

TEST_WITH(test_what_is_written_reads_back, set_up, tear_down)
{
	struct options o;
	struct options back;

	(void)state;
	config_defaults(items, ITEMS, &o);
	assert_int_equal(text_copy(o.parent, sizeof(o.parent), "tcp://[::1]:1"),
	    RC_OK);
	o.children = 77;
	o.screen = true;
	assert_int_equal(config_write(folder, items, ITEMS, &o), RC_OK);
	assert_int_equal(load(&back), RC_OK);
	assert_string_equal(back.parent, o.parent);
	assert_int_equal(back.silence_ms, o.silence_ms);
	assert_int_equal(back.children, 77);
	assert_true(back.screen);
	assert_int_equal(config_write(folder, items, ITEMS, &o), RC_DUPLICATE);
}

TEST_WITH(test_a_text_that_would_not_come_back_is_not_written, set_up,
    tear_down)
{
	static const char *const bad[] = { "a\nb", "a ; b", " a", "a ", ";" };
	struct options o;

	(void)state;
	config_defaults(items, ITEMS, &o);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(text_copy(o.parent, sizeof(o.parent), bad[i]),
		    RC_OK);
		assert_int_equal(config_write(folder, items, ITEMS, &o),
		    RC_MALFORMED);
	}
}

TEST_WITH(test_one_option_can_be_set_by_hand, set_up, tear_down)
{
	struct options o;

	(void)state;
	config_defaults(items, ITEMS, &o);
	assert_int_equal(config_set(items, ITEMS, &o, "children", "3", problem),
	    RC_OK);
	assert_int_equal(o.children, 3);
	assert_int_equal(config_set(items, ITEMS, &o, "no", "3", problem),
	    RC_MALFORMED);
}
