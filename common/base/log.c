/*
 * Lines are formatted on the stack and handed to the sink whole, so that two
 * threads' lines never mix; the only lock of the program is around stderr.
 * Nothing here may fail: a line that is too long is cut.
 */
#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static void to_stderr(enum log_level level, const char *line);

static _Atomic(log_sink *) current_sink = to_stderr;
static _Atomic(enum log_level) current_level = LOG_LEVEL_INFO;
static pthread_mutex_t stderr_lock = PTHREAD_MUTEX_INITIALIZER;

static const char *
level_name(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_FATAL:
		return "fatal";
	case LOG_LEVEL_ERROR:
		return "error";
	case LOG_LEVEL_WARN:
		return "warn";
	case LOG_LEVEL_INFO:
		return "info";
	case LOG_LEVEL_DEBUG:
		return "debug";
	}
	return "unknown";
}

static void
to_stderr(enum log_level level, const char *line)
{
	(void)pthread_mutex_lock(&stderr_lock);
	(void)fprintf(stderr, "<%d>level=%s %s\n", (int)level,
	    level_name(level), line);
	(void)pthread_mutex_unlock(&stderr_lock);
}

void
log_line(enum log_level level, const char *format, ...)
{
	char line[LOG_LINE_MAX];
	va_list args;

	if (level > current_level)
		return;
	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	(*current_sink)(level, line);
}

void
log_set_level(enum log_level level)
{
	current_level = level;
}

void
log_set_sink(log_sink *sink)
{
	current_sink = sink != NULL ? sink : to_stderr;
}

bool
log_rarely(struct log_rarely *line, int64_t now_ms, uint64_t *passed_over)
{
	if (now_ms < line->next_ms) {
		line->passed_over++;
		return false;
	}
	if (passed_over != NULL)
		*passed_over = line->passed_over;
	*line = (struct log_rarely){ .next_ms = now_ms + LOG_RARELY_MS };
	return true;
}

const char *
log_escape(struct span text, char out[static LOG_ESCAPED_MAX + 1])
{
	static const char hex[] = "0123456789abcdef";
	size_t used = 0;

	for (size_t i = 0; i < text.size; i++) {
		uint8_t byte = text.at[i];

		if (used + 4 > LOG_ESCAPED_MAX)
			break;
		if (byte >= 0x20 && byte < 0x7f && byte != '"' &&
		    byte != '\\') {
			out[used++] = (char)byte;
			continue;
		}
		out[used++] = '\\';
		out[used++] = 'x';
		out[used++] = hex[byte >> 4];
		out[used++] = hex[byte & 15];
	}
	out[used] = '\0';
	return out;
}
