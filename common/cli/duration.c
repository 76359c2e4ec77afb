#include "cli/duration.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

enum {
	MS_PER_MINUTE = 60 * 1000,
	MINUTES_PER_HOUR = 60,
	MINUTES_PER_DAY = 24 * 60
};

void
duration_say(char out[static DURATION_TEXT_MAX + 1], enum language language,
    int64_t away_ms)
{
	bool is_past = away_ms < 0;
	int64_t minutes = away_ms / MS_PER_MINUTE * (is_past ? -1 : 1);
	enum say unit =
	    is_past ? SAY_DURATION_MINUTES_AGO : SAY_DURATION_IN_MINUTES;
	int64_t count = minutes;
	char number[24];

	if (minutes >= MINUTES_PER_DAY) {
		unit = is_past ? SAY_DURATION_DAYS_AGO : SAY_DURATION_IN_DAYS;
		count = minutes / MINUTES_PER_DAY;
	} else if (minutes >= MINUTES_PER_HOUR) {
		unit = is_past ? SAY_DURATION_HOURS_AGO : SAY_DURATION_IN_HOURS;
		count = minutes / MINUTES_PER_HOUR;
	} else if (minutes == 0) {
		unit = SAY_DURATION_NOW;
	}
	(void)snprintf(number, sizeof(number), "%" PRId64, count);
	say_to(out, DURATION_TEXT_MAX + 1, language, unit, SAY_ARGS(number));
}
