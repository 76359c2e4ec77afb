/* Goal of this test: what mech/daemon.h promises. */
/* cmocka.h needs the others before it. */
/* clang-format off */
#include <stddef.h>
#include <stdint.h>
#include "support/unit.h"
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "mech/daemon.h"

static char folder[FILE_PATH_MAX];

static int
set_up(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof(folder), "/tmp/daemon_test.XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int
tear_down(void **state)
{
	char path[FILE_PATH_MAX];

	(void)state;
	file_join(path, folder, "lock");
	(void)unlink(path);
	file_join(path, folder, "running");
	(void)unlink(path);
	assert_int_equal(rmdir(folder), 0);
	return 0;
}

static void
test_the_second_is_told_who_holds_the_lock(void **state)
{
	int first;
	int second;
	int64_t holder;

	(void)state;
	assert_int_equal(daemon_lock(folder, &first, &holder), RC_OK);
	assert_int_equal(daemon_lock(folder, &second, &holder), RC_BUSY);
	assert_int_equal(second, -1);
	assert_int_equal(holder, getpid());
	daemon_unlock(second);
	daemon_unlock(first);
	assert_int_equal(daemon_lock(folder, &second, &holder), RC_OK);
	daemon_unlock(second);
}

static void
test_the_lock_goes_with_a_killed_process(void **state)
{
	int ends[2];
	int fd;
	int64_t holder;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		if (daemon_lock(folder, &fd, &holder) == RC_OK)
			(void)!write(ends[1], "x", 1);
		(void)alarm(20);
		(void)pause();
		_exit(0);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	assert_int_equal(daemon_lock(folder, &fd, &holder), RC_BUSY);
	assert_int_equal(holder, child);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(daemon_lock(folder, &fd, &holder), RC_OK);
	daemon_unlock(fd);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void
test_a_folder_that_is_not_there_is_told(void **state)
{
	int fd;
	int64_t holder;

	(void)state;
	assert_int_equal(daemon_lock("/tmp/no/such/folder", &fd, &holder),
	    RC_NONE);
	assert_int_equal(fd, -1);
	assert_int_equal(daemon_mark_running("/tmp/no/such/folder"), RC_NONE);
	/* Where nobody may write, root neither. */
	assert_int_equal(daemon_lock("/sys", &fd, &holder), RC_DENIED);
}

static void
test_the_mark_tells_an_unclean_stop(void **state)
{
	(void)state;
	assert_true(daemon_was_clean(folder));
	assert_int_equal(daemon_mark_running(folder), RC_OK);
	assert_false(daemon_was_clean(folder));
	assert_int_equal(daemon_mark_running(folder), RC_OK);
	assert_int_equal(daemon_mark_clean(folder), RC_OK);
	assert_true(daemon_was_clean(folder));
	assert_int_equal(daemon_mark_clean(folder), RC_OK);
}

static void
test_a_signal_asks_to_stop_once(void **state)
{
	int fd = daemon_signal_fd();

	(void)state;
	assert_false(daemon_stop_asked(fd));
	assert_int_equal(kill(getpid(), SIGTERM), 0);
	assert_int_equal(kill(getpid(), SIGINT), 0);
	assert_true(daemon_stop_asked(fd));
	assert_false(daemon_stop_asked(fd));
	assert_int_equal(kill(getpid(), SIGPIPE), 0);
	(void)close(fd);
}

static void
test_more_files_are_allowed_or_it_is_told(void **state)
{
	uint64_t allowed = 0;

	(void)state;
	assert_int_equal(daemon_raise_fd_limit(64, &allowed), RC_OK);
	assert_true(allowed >= 64);
	assert_int_equal(daemon_raise_fd_limit(UINT64_C(1) << 40, &allowed),
	    RC_REFUSED);
	assert_true(allowed >= 64);
}

static void
test_without_a_service_manager_nothing_is_due(void **state)
{
	(void)state;
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_USEC");
	daemon_ready();
	daemon_watchdog();
	daemon_stopping();
	assert_int_equal(daemon_watchdog_ms(), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_second_is_told_who_holds_the_lock),
		TEST(test_the_lock_goes_with_a_killed_process),
		TEST(test_a_folder_that_is_not_there_is_told),
		TEST(test_the_mark_tells_an_unclean_stop),
		TEST(test_a_signal_asks_to_stop_once),
		TEST(test_more_files_are_allowed_or_it_is_told),
		TEST(test_without_a_service_manager_nothing_is_due),
	};

	return cmocka_run_group_tests_name("daemon", tests, NULL, NULL);
}
