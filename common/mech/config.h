/*
 * config - one typed table per program, and the files that fill it.
 *
 * DIR/office.ini, then DIR/conf.d/NAME.conf in the order of their names; the last
 * one that names a key wins.  `key = value`, comments begin with ; or #, no
 * [sections].  A key is the field's own name.  Numbers of time and size may
 * carry a unit: ms s min h d, and K M G (1024).
 *
 *	static const struct config_item items[] = {
 *		CONFIG_TEXT(struct options, parent, "",
 *		    "address of the hub above; empty at the top"),
 *		CONFIG_MS(struct options, silence_ms, 15000, 1000, 600000,
 *		    "a peer counts as gone after this"),
 *	};
 *
 * Text fields are char arrays, numbers int64_t, flags bool.  Any thread.
 */
#ifndef MECH_CONFIG_H
#define MECH_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

enum {
	CONFIG_PROBLEM_MAX = 511, /* bytes of a sentence */
	CONFIG_LINE_MAX = 190,    /* bytes of a line in a file */
	CONFIG_FILES_MAX = 64,    /* files in conf.d */
};

enum config_kind {
	CONFIG_IS_TEXT,
	CONFIG_IS_MS,
	CONFIG_IS_BYTES,
	CONFIG_IS_COUNT,
	CONFIG_IS_FLAG,
};

struct config_item {
	const char *key;
	enum config_kind kind;
	size_t at;        /* offset of the field */
	size_t size;      /* bytes of the field */
	const char *text; /* default of a text; else NULL */
	int64_t number;   /* default of a number or flag */
	int64_t min;      /* both inclusive */
	int64_t max;
	const char *help; /* one phrase */
};

#define CONFIG_FIELD(type, field)                                              \
	.key = #field, .at = offsetof(type, field),                            \
	.size = sizeof(((type *)0)->field)
#define CONFIG_TEXT(type, field, value, phrase)                                \
	{                                                                      \
		CONFIG_FIELD(type, field), .kind = CONFIG_IS_TEXT,             \
					   .text = (value), .help = (phrase)   \
	}
#define CONFIG_NUMBER(of_kind, type, field, value, least, most, phrase)        \
	{                                                                      \
		CONFIG_FIELD(type, field), .kind = (of_kind),                  \
					   .number = (value), .min = (least),  \
					   .max = (most), .help = (phrase)     \
	}
#define CONFIG_MS(...)    CONFIG_NUMBER(CONFIG_IS_MS, __VA_ARGS__)
#define CONFIG_BYTES(...) CONFIG_NUMBER(CONFIG_IS_BYTES, __VA_ARGS__)
#define CONFIG_COUNT(...) CONFIG_NUMBER(CONFIG_IS_COUNT, __VA_ARGS__)
#define CONFIG_FLAG(type, field, value, phrase)                                \
	CONFIG_NUMBER(CONFIG_IS_FLAG, type, field, value, 0, 1, phrase)

/* Fill `options` with the defaults. */
void config_defaults(const struct config_item *items, size_t count,
    void *options);

/*
 * Defaults, then the files of `dir`.  On failure `problem` is one sentence
 * with file and line, and `options` is not to be used.
 * RC_NONE: no office.ini.  RC_DENIED: a file cannot be read.  RC_MALFORMED:
 * not our form, an unknown key, a key twice in a file, a value out of range.
 */
MUST_USE enum rc config_load(const char *dir, const struct config_item *items,
    size_t count, void *options, char problem[CONFIG_PROBLEM_MAX + 1]);

/*
 * Set one option, as a file's line or a command line's `key=value` would.
 * RC_MALFORMED with a sentence in `problem`.
 */
MUST_USE enum rc config_set(const struct config_item *items, size_t count,
    void *options, const char *key, const char *value,
    char problem[CONFIG_PROBLEM_MAX + 1]);

/*
 * Write `options` to DIR/office.ini (0600) with a comment for each; what is
 * at its default is commented out.  RC_DUPLICATE: the file is there already.
 * RC_MALFORMED: a text that would not come back (line feed, " ;", blanks at
 * its ends, too long).  RC_DENIED, RC_FULL, RC_NONE.
 */
MUST_USE enum rc config_write(const char *dir, const struct config_item *items,
    size_t count, const void *options);

#endif
