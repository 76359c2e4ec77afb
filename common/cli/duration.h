/*
 * duration - how long ago, in words: "3 分钟前", "3 min ago", "in 2 d".
 * Rounded down to the largest whole unit.  Pure; any thread.
 */
#ifndef CLI_DURATION_H
#define CLI_DURATION_H

#include <stddef.h>
#include <stdint.h>

#include "petition/catalogue.h"

enum { DURATION_TEXT_MAX = 48 };

/* `away_ms` after now (negative: before); under a minute is "just now". */
void duration_say(char out[static DURATION_TEXT_MAX + 1],
    enum language language, int64_t away_ms);

#endif
