/*
 * log - one line per event, logfmt, the id first.
 *
 *	log_info("petition=%s event=registered channel=%s", item, channel);
 *
 * Lines go to stderr with a syslog priority in front (<6>...), as a service
 * manager expects them.  Levels: info (a fact of business), warn (someone
 * should look), error (work was refused), fatal (the process ends).
 * Never log bodies or names: they are personal data.  Text that came from a
 * peer goes through log_escape first.
 *
 * What others can make happen as often as they like is written rarely:
 *
 *	if (log_rarely(&s->refusals, now_ms, &passed_over))
 *		log_warn("... unlogged=%llu", ...);
 *
 * Any thread; a struct log_rarely belongs to one.  The sink can be replaced
 * (tests fail on an unexpected warning).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum log_level {
	LOG_LEVEL_FATAL = 2,
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARN = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

enum {
	LOG_LINE_MAX = 1024,
	LOG_ESCAPED_MAX = 160,
	LOG_RARELY_MS = 60 * 1000, /* between two lines of one kind */
};

__attribute__((format(printf, 2, 3))) void log_line(enum log_level level,
    const char *format, ...);

#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...)  log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_fatal(...) log_line(LOG_LEVEL_FATAL, __VA_ARGS__)

/* The quietest level that is still written; LOG_LEVEL_INFO at start. */
void log_set_level(enum log_level level);

/* Replace the sink; NULL restores stderr.  `line` has no newline. */
typedef void log_sink(enum log_level level, const char *line);
void log_set_sink(log_sink *sink);

/* One kind of line, written once in LOG_RARELY_MS.  Zeroed: none yet. */
struct log_rarely {
	int64_t next_ms;      /* steady time from which the next is written */
	uint64_t passed_over; /* since the last that was written */
};

/*
 * There is reason for such a line at `now_ms` (steady time, not negative).
 * True: write it; `passed_over` (NULL: nobody asks) receives how many were
 * not written since the one before.  False: this one is passed over too.
 */
bool log_rarely(struct log_rarely *line, int64_t now_ms, uint64_t *passed_over);

/*
 * Make a peer's bytes safe for one log line: control characters, quotes and
 * invalid bytes become \xNN; cut at LOG_ESCAPED_MAX.  Returns `out`.
 */
const char *log_escape(struct span text, char out[static LOG_ESCAPED_MAX + 1]);

#endif
