/*
 * import_map_internal - the map between the file that reads it
 * (import_map.c) and the file that uses it (import_map_use.c).
 */
#ifndef IMPORT_IMPORT_MAP_INTERNAL_H
#define IMPORT_IMPORT_MAP_INTERNAL_H

#include "import/import_map.h"
#include "relay/record.h"

enum {
	PARTS_MAX = 64,    /* of one template */
	VALUES_MAX = 2048, /* entries of all [values] together */
	SKIPS_MAX = 256,
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
	enum import_field field;
	struct import_pattern from;
	char *to;
};

struct import_skip {
	size_t column;
	struct import_pattern what;
};

struct import_map {
	char source[SOURCE_BYTES_MAX + 1];
	struct csv_file_format format;
	bool has_header;
	int32_t zone_s;    /* east of UTC, or ZONE_LOCAL */
	bool is_empty_now; /* an empty time means now */
	char *formats[IMPORT_FORMATS_MAX];
	size_t format_count;
	char *columns[CSV_FILE_COLUMNS_MAX];
	size_t column_count;
	struct import_template templates[IMPORT_FIELDS];
	bool has_values[IMPORT_FIELDS];
	struct import_value *values;
	size_t value_count;
	struct import_skip skips[SKIPS_MAX];
	size_t skip_count;
};

#endif
