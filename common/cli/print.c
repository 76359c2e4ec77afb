/*
 * What people are shown: tables, times.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "cli/cli_internal.h"
#include "words/table.h"

void
cli_print_table(struct table *t)
{
	struct buffer out = { 0 };
	enum rc rc =
	    table_print(t, table_terminal_columns(STDOUT_FILENO), &out);

	CHECK(rc == RC_OK);
	(void)fwrite(out.at, 1, out.size, stdout);
	buffer_clear(&out);
	table_free(t);
}

/* "2026-03-01T09:30:00.000+08:00" -> "2026-03-01 09:30" */
static const char *
shorten(const char *time, char out[static CLI_TIME_MAX + 1])
{
	if (strlen(time) < CLI_TIME_MAX) {
		memcpy(out, "-", 2);
		return out;
	}
	memcpy(out, time, CLI_TIME_MAX);
	out[CLI_TIME_MAX] = '\0';
	out[10] = ' ';
	return out;
}

const char *
cli_time(int64_t wall_ms, char out[static CLI_TIME_MAX + 1])
{
	char text[CLOCK_TEXT_MAX + 1] = "";

	if (wall_ms != 0)
		clock_format(wall_ms, text);
	return shorten(text, out);
}

const char *
cli_time_text(const json_t *time, char out[static CLI_TIME_MAX + 1])
{
	return doc_minute(time, out);
}
