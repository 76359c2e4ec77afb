/*
 * check - the two ways in which a process stops on purpose.
 *
 * CHECK(cond): our own bug.  Always compiled in; prints where, aborts.
 * fatal():     the ground gave way (no memory, a commit of unknown outcome).
 *              Logs one line and exits with EXIT_TRY_AGAIN; the supervisor
 *              starts the process anew and the journal makes that safe.
 */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

/* Exit statuses of both programs (docs/design.md, command line). */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,    /* refused, or found wanting */
	EXIT_USAGE = 2,      /* the command line was not understood */
	EXIT_TRY_AGAIN = 75, /* peer or daemon busy, or restart me */
	EXIT_CONFIG = 78,    /* the directory or its configuration is unfit */
};

#define CHECK(cond) ((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__))

__attribute__((noreturn)) void check_failed(const char *condition,
    const char *file, int line);

__attribute__((noreturn, format(printf, 1, 2))) void fatal(const char *format,
    ...);

#endif
