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

TEST_WITH(test_the_second_is_told_who_holds_the_lock, set_up, tear_down)
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

TEST_WITH(test_the_lock_goes_with_a_killed_process, set_up, tear_down)
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

TEST_WITH(test_a_folder_that_is_not_there_is_told, set_up, tear_down)
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

TEST_WITH(test_the_mark_tells_an_unclean_stop, set_up, tear_down)
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

TEST_WITH(test_a_signal_asks_to_stop_once, set_up, tear_down)
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

TEST_WITH(test_more_files_are_allowed_or_it_is_told, set_up, tear_down)
{
	uint64_t allowed = 0;

	(void)state;
	assert_int_equal(daemon_raise_fd_limit(64, &allowed), RC_OK);
	assert_true(allowed >= 64);
	assert_int_equal(daemon_raise_fd_limit(UINT64_C(1) << 40, &allowed),
	    RC_REFUSED);
	assert_true(allowed >= 64);
}

TEST_WITH(test_without_a_service_manager_nothing_is_due, set_up, tear_down)
{
	(void)state;
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_USEC");
	daemon_ready();
	daemon_watchdog();
	daemon_stopping();
	assert_int_equal(daemon_watchdog_ms(), 0);
}
