/*
 * The lock is flock(2) on a file that is never removed: removing it would let
 * two processes each hold a lock of the same name.  The number written into it
 * is for people only.  Signals are read from a descriptor, so that nothing of
 * ours ever runs inside a handler.
 */
#include "mech/daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>
#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

#include "base/check.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"

enum {
	LOCK_MODE = 0600,
	PID_TEXT_MAX = 24,
	/* Of one length always: written over in place, it needs no space. */
	PID_TEXT_SIZE = 11,
};

static enum rc
errno_rc(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return RC_NONE;
	case ENOSPC:
	case EDQUOT:
		return RC_FULL;
	case EWOULDBLOCK:
		return RC_BUSY;
	default:
		return RC_DENIED;
	}
}

/* -- the lock -- */

static int64_t
read_holder(int fd)
{
	char text[PID_TEXT_MAX + 1];
	ssize_t size = pread(fd, text, PID_TEXT_MAX, 0);
	int64_t pid = 0;

	if (size <= 0)
		return 0;
	text[size] = '\0';
	text[strcspn(text, " \n")] = '\0';
	return number_parse(text, 1, INT32_MAX, &pid) == RC_OK ? pid : 0;
}

/* For people and for RC_BUSY only; the lock holds without it. */
static void
write_holder(int fd)
{
	char text[PID_TEXT_MAX + 1];

	(void)snprintf(text, sizeof(text), "%-10ld\n", (long)getpid());
	if (pwrite(fd, text, PID_TEXT_SIZE, 0) != PID_TEXT_SIZE ||
	    ftruncate(fd, PID_TEXT_SIZE) != 0)
		return;
}

enum rc
daemon_lock(const char *dir, int *fd, int64_t *holder_pid)
{
	char path[FILE_PATH_MAX];
	enum rc rc;

	file_join(path, dir, "lock");
	*holder_pid = 0;
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, LOCK_MODE);
	if (*fd < 0)
		return errno_rc(errno);
	if (flock(*fd, LOCK_EX | LOCK_NB) != 0) {
		rc = errno_rc(errno);
		*holder_pid = read_holder(*fd);
		(void)close(*fd);
		*fd = -1;
		return rc;
	}
	write_holder(*fd);
	return RC_OK;
}

void
daemon_unlock(int fd)
{
	/* The file stays: removing it would let two processes hold "it". */
	if (fd >= 0)
		(void)close(fd);
}

/* -- signals -- */

int
daemon_signal_fd(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;
	int fd;

	CHECK(sigemptyset(&set) == 0);
	CHECK(sigaddset(&set, SIGTERM) == 0);
	CHECK(sigaddset(&set, SIGINT) == 0);
	CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(sigaction(SIGPIPE, &ignore, NULL) == 0);
	fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (fd < 0) {
		fatal("the system gives no signal descriptor: %s",
		    strerrorname_np(errno));
	}
	return fd;
}

bool
daemon_stop_asked(int signal_fd)
{
	struct signalfd_siginfo info;
	bool asked = false;

	while (read(signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		asked = true;
	return asked;
}

/* -- the service manager -- */

static void
notify(const char *state)
{
#ifdef HAVE_SYSTEMD
	(void)sd_notify(0, state);
#else
	(void)state;
#endif
}

void
daemon_ready(void)
{
	notify("READY=1");
}

void
daemon_watchdog(void)
{
	notify("WATCHDOG=1");
}

void
daemon_stopping(void)
{
	notify("STOPPING=1");
}

int64_t
daemon_watchdog_ms(void)
{
	uint64_t timeout_us = 0;

#ifdef HAVE_SYSTEMD
	if (sd_watchdog_enabled(0, &timeout_us) <= 0)
		return 0;
#endif
	/* Half of the time allowed, as the manual asks. */
	return (int64_t)(timeout_us / 2000);
}

/* -- limits -- */

enum rc
daemon_raise_fd_limit(uint64_t least, uint64_t *allowed)
{
	struct rlimit limit;

	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	if (limit.rlim_cur < least) {
		limit.rlim_cur = least;
		if (limit.rlim_max < least)
			limit.rlim_max = least; /* for root only */
		(void)setrlimit(RLIMIT_NOFILE, &limit);
		CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	}
	if (limit.rlim_cur < least && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
		CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	}
	*allowed = limit.rlim_cur;
	return limit.rlim_cur >= least ? RC_OK : RC_REFUSED;
}

/* -- the mark -- */

enum rc
daemon_mark_running(const char *dir)
{
	static const char text[] =
	    "While this file is here, somebody writes in this directory, or "
	    "did not stop in order.\n";
	char path[FILE_PATH_MAX];

	file_join(path, dir, "running");
	return file_write(path, span_of_text(text), LOCK_MODE, true);
}

enum rc
daemon_mark_clean(const char *dir)
{
	char path[FILE_PATH_MAX];
	enum rc rc = RC_OK;
	int fd;

	file_join(path, dir, "running");
	if (unlink(path) != 0 && errno != ENOENT)
		return errno_rc(errno);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno_rc(errno);
	if (fsync(fd) != 0)
		rc = errno_rc(errno);
	(void)close(fd);
	return rc;
}

bool
daemon_was_clean(const char *dir)
{
	char path[FILE_PATH_MAX];

	file_join(path, dir, "running");
	return !file_exists(path);
}
