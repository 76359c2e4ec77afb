/*
 * import_map_internal - the map between the files that read it
 * (import_map_read.h) and the file that uses it (import_map_use.c).
 *
 * A slot is a place for a template: one for each field of a petition, then
 * one for each field of each move (import_move_slot).
 */
#ifndef IMPORT_IMPORT_MAP_INTERNAL_H
#define IMPORT_IMPORT_MAP_INTERNAL_H

#include "contract/limits.h"
#include "import/import_map.h"

enum {
	PARTS_MAX = 64,    /* of one template */
	VALUES_MAX = 2048, /* entries of all [values] together */
	CONDITIONS_MAX = 256,
	OWNER_SKIP = IMPORT_MOVES_MAX,
	SLOTS = IMPORT_FIELDS + IMPORT_MOVES_MAX * IMPORT_MOVE_FIELDS,
	TIME_BYTES_MAX = 64, /* of a moment written as text */
	ZONE_LOCAL = INT32_MIN,
};

/* A piece of a template. */
struct import_part {
	int column; /* index of a column; -1: literal */
	char *text; /* the literal, or what stands for an empty cell */
};

struct import_template {
	struct import_part parts[PARTS_MAX];
	size_t count; /* 0: the map says nothing about this field */
};

/* "text", "text*" (a beginning) or "*" (an empty beginning). */
struct import_pattern {
	char *text;
	bool is_beginning;
};

struct import_value {
	size_t slot;
	struct import_pattern from;
	char *to;
};

struct import_condition {
	size_t owner; /* OWNER_SKIP, or the move that it lets happen */
	size_t column;
	struct import_pattern what;
};

struct import_map {
	enum language language; /* of what is said about it */
	char source[SOURCE_BYTES_MAX + 1];
	struct csv_file_format format;
	bool has_header;
	int32_t zone_s;    /* east of UTC, or ZONE_LOCAL */
	bool is_empty_now; /* an empty time means now */
	char *formats[IMPORT_FORMATS_MAX];
	size_t format_count;
	char *columns[CSV_FILE_COLUMNS_MAX];
	size_t column_count;
	struct import_template templates[SLOTS];
	bool has_values[SLOTS];
	struct import_value *values;
	size_t value_count;
	struct import_condition conditions[CONDITIONS_MAX];
	size_t condition_count;
	char *moves[IMPORT_MOVES_MAX]; /* their names, in their order */
	size_t move_count;
	bool is_bound[IMPORT_MOVES_MAX]; /* the move has conditions */
};

#endif
