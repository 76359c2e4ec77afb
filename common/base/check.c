/*
 * Our own bug goes straight to stderr, past the log's level and sink, and
 * aborts: a core that shows the fault is worth more than a tidy end.  The
 * ground's failures are a line of the log and an exit status that asks to be
 * started again.  The journal makes either end safe.
 */
#include "base/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

enum { FATAL_TEXT_MAX = 512 };

void
check_failed(const char *condition, const char *file, int line)
{
	(void)fprintf(stderr, "<0>level=bug where=%s:%d condition=\"%s\"\n",
	    file, line, condition);
	abort();
}

void
fatal(const char *format, ...)
{
	char text[FATAL_TEXT_MAX];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	log_fatal("event=fatal reason=\"%s\"", text);
	exit(EXIT_TRY_AGAIN); /* NOLINT(concurrency-mt-unsafe): the end */
}
