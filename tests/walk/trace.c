/*
 * trace - which functions were entered, in which order, across processes.
 *
 * Linked into the programs by the preset `walks` only, where every function
 * calls the two hooks below.  When WALK_TRACE names a folder, each process
 * writes WALK_TRACE/PID: the path of its program and a line end, then 16
 * bytes for each entry: the address within the program, and CLOCK_MONOTONIC
 * in nanoseconds, which is one clock for all processes of a machine, so that
 * tests/walk/check.py can put the entries of several in one order.
 *
 * Relies on: entries of a process are written by write(2) from one buffer
 * under a lock, and what is left at exit by a destructor; a process that is
 * killed loses its last buffer.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define UNTRACED __attribute__((no_instrument_function))

enum {
	ENTRIES_MAX = 256,
	TRACE_BYTES_MAX = 64 * 1024 * 1024, /* of one process */
};

struct entry {
	uint64_t address;
	uint64_t at_ns;
};

/* NOLINTBEGIN(bugprone-reserved-identifier): the linker's and gcc's names */
extern const char __executable_start[];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry entries[ENTRIES_MAX];
static size_t entries_count;
static size_t written;
static int file = -1;

UNTRACED static void
write_out(void)
{
	size_t size = entries_count * sizeof(*entries);

	if (file >= 0 && written + size <= TRACE_BYTES_MAX &&
	    write(file, entries, size) == (ssize_t)size)
		written += size;
	entries_count = 0;
}

UNTRACED __attribute__((constructor)) static void
open_trace(void)
{
	const char *folder = getenv("WALK_TRACE");
	char path[4096], program[4096];
	ssize_t size = readlink("/proc/self/exe", program, sizeof(program) - 1);

	if (folder == NULL || size < 0)
		return;
	program[size] = '\n';
	(void)snprintf(path, sizeof(path), "%s/%d", folder, (int)getpid());
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file >= 0 && write(file, program, (size_t)size + 1) != size + 1)
		file = -1;
}

UNTRACED __attribute__((destructor)) static void
close_trace(void)
{
	(void)pthread_mutex_lock(&lock);
	write_out();
	(void)pthread_mutex_unlock(&lock);
}

UNTRACED void __cyg_profile_func_enter(void *function, void *caller);
UNTRACED void __cyg_profile_func_exit(void *function, void *caller);
/* NOLINTEND(bugprone-reserved-identifier) */

void
__cyg_profile_func_enter(void *function, void *caller)
{
	struct timespec now;

	(void)caller;
	if (file < 0)
		return;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)pthread_mutex_lock(&lock);
	entries[entries_count++] = (struct entry){
		.address =
		    (uint64_t)((const char *)function - __executable_start),
		.at_ns =
		    (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec,
	};
	if (entries_count == ENTRIES_MAX)
		write_out();
	(void)pthread_mutex_unlock(&lock);
}

void
__cyg_profile_func_exit(void *function, void *caller)
{
	(void)function;
	(void)caller;
}
