/*
 * import_read_internal - between the files that make petitions of rows: the
 * file and its cells (import_read.c), the arrival (import_read_fields.c) and
 * the moves behind it (import_read_moves.c).
 */
#ifndef IMPORT_IMPORT_READ_INTERNAL_H
#define IMPORT_IMPORT_READ_INTERNAL_H

#include "import/import_map_internal.h"
#include "import/import_read.h"

enum {
	REF_HASH_BYTES = 16,
	FIELD_TEXT_MAX = 64, /* of a code, number or moment */
};

struct import_reader {
	struct csv_file *file;
	const struct import_map *map;
	uint8_t key[QUERY_KEY_BYTES];
	/* The place of each of the map's columns in the file. */
	size_t places[CSV_FILE_COLUMNS_MAX];
	size_t column_count; /* of the header; 0: not known yet */
	struct span cells[CSV_FILE_COLUMNS_MAX]; /* in the map's order */
	struct buffer made; /* the row's fields, filled in */
	size_t slots;       /* of the map that can be filled */
	size_t ends[SLOTS]; /* of the slots in `made` */
	char reference[4 + 2 * REF_HASH_BYTES + 1];
	struct import_progress counts; /* but for the bytes */
};

/* What the slot's template came to in this row. */
struct span import_filled(const struct import_reader *r, size_t slot);

/* As much of `text` as fits. */
void import_set_detail(char out[static IMPORT_DETAIL_MAX + 1],
    struct span text);

/* The row is none to record: always RC_MALFORMED. */
enum rc import_refuse(struct import_row *row, enum import_problem problem,
    enum import_field field, struct span detail);

/* The slots are filled; `cells` are all of the row. */
MUST_USE enum rc import_make_intake(struct import_reader *r,
    const struct csv_file_row *cells, struct import_row *row);
void import_make_moves(const struct import_reader *r, struct import_row *row);

#endif
