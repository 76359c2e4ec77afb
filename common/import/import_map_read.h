/*
 * import_map_read - between the files that read a map: lines and the whole
 * (import_map.c), its sections (import_map_sections.c, import_map_file.c) and
 * its templates (import_map_template.c).
 *
 * Functions that return int say 1, or 0 with the fault recorded: libinih's
 * "good" and "wrong".
 */
#ifndef IMPORT_IMPORT_MAP_READ_H
#define IMPORT_IMPORT_MAP_READ_H

#include "import/import_map_internal.h"

enum { TEMPLATE_BYTES_MAX = 8192, SECTION_BYTES_MAX = 64 };

/* Where the parser is, and the first fault that it met. */
struct reading {
	struct span rest; /* lines not yet given to libinih */
	const char *name; /* of the file, for sentences */
	int line;         /* of the last line given */
	bool is_indented; /* that line begins with a blank */
	char section[SECTION_BYTES_MAX];
	bool has_entry; /* that an indented line can continue */
	size_t slot;    /* of the template being collected; SLOTS: none */
	struct buffer template_text;
	int template_line;
	struct import_map *map;
	struct import_fault *fault;
	bool has_failed;
};

/* Record the first fault; always 0.  `line` 0: the map as a whole. */
int map_fault(struct reading *r, int line, enum say id,
    const char *const args[]);
/* The same with {1} a number, and {2} `other` or nothing (NULL). */
int map_fault_number(struct reading *r, int line, enum say id, int number,
    const char *other);

/* --- import_map_sections.c: an entry of any section --- */

int map_read_entry(struct reading *r, const char *name, const char *value);
/* An indented line: it goes on with the entry above. */
int map_continue_entry(struct reading *r, const char *name, const char *value);

/* --- import_map_file.c: how the file is written --- */

int map_read_import(struct reading *r, const char *name, const char *value);
int map_read_time(struct reading *r, const char *name, const char *value);
int map_read_formats(struct reading *r, const char *value);

/* --- import_map_template.c --- */

/* The index of the column, which becomes known; -1: there are too many. */
int map_column(struct import_map *map, const char *name);
struct import_pattern map_pattern(const char *text);
/* The template whose lines were collected is complete. */
int map_finish_template(struct reading *r);

#endif
