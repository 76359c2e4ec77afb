/*
 * daemon - what a process needs to serve a directory, and only one does.
 *
 * The lock makes one process the directory's writer; it goes with the
 * process, however that ends.  The mark DIR/running is there while somebody
 * writes: found at start, it says that the last one did not stop in order.
 *
 * Belongs to the main thread.
 */
#ifndef MECH_DAEMON_H
#define MECH_DAEMON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"

/*
 * Take DIR/lock.  `fd` holds it until daemon_unlock.
 * RC_BUSY: another process has it; `holder_pid` is its id (0: not known).
 * RC_DENIED: not ours to write, or a read-only file system.  RC_NONE: no such
 * directory.  RC_FULL.  `fd` is -1 then.
 */
MUST_USE enum rc daemon_lock(const char *dir, int *fd, int64_t *holder_pid);

/* -1 is fine. */
void daemon_unlock(int fd);

/*
 * SIGTERM and SIGINT arrive through this descriptor from now on; SIGPIPE is
 * ignored.  Call it before any thread starts (bus_open starts some), so that
 * no thread takes the signals away.
 */
int daemon_signal_fd(void);

/* Whether a signal to stop has come since the last call; never waits. */
bool daemon_stop_asked(int signal_fd);

/*
 * Tell the service manager, if there is one and the build knows it.
 * daemon_watchdog is due every daemon_watchdog_ms (0: not asked for).
 */
void daemon_ready(void);
void daemon_watchdog(void);
void daemon_stopping(void);
int64_t daemon_watchdog_ms(void);

/*
 * Make sure that `least` files can be open: at EMFILE libzmq spins.
 * RC_REFUSED: the system allows only `allowed`.
 */
MUST_USE enum rc daemon_raise_fd_limit(uint64_t least, uint64_t *allowed);

/*
 * The mark.  Both are on disk when they return RC_OK.
 * RC_DENIED, RC_FULL, RC_NONE (no such directory).
 */
MUST_USE enum rc daemon_mark_running(const char *dir);
MUST_USE enum rc daemon_mark_clean(const char *dir);
bool daemon_was_clean(const char *dir);

#endif
