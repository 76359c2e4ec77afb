/*
 * defaults - the shipped data files, byte for byte, inside the program.
 *
 * An office works without any file beside it; what it then uses is the very
 * file of data/ that the package installs.
 *
 * Inside common/law only.  Pure; any thread; the bytes live for ever.
 */
#ifndef LAW_LIMITS_DEFAULTS_H
#define LAW_LIMITS_DEFAULTS_H

#include "base/span.h"

struct span defaults_calendar(void); /* data/calendars/cn-2022-2026.ini */
struct span defaults_rules(void);    /* data/rules/cn.ini */

#endif
