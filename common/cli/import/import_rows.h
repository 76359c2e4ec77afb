/*
 * cli_import_rows - a table's rows, gathered into batches for the desk.
 *
 * With the arrivals come the moves that their rows tell of, in order.
 *
 * The rows of one batch live together until the next is gathered, so that a
 * batch can be asked about twice (a daemon that was killed in between).
 *
 * Belongs to one thread.
 */
#ifndef CLI_IMPORT_IMPORT_ROWS_H
#define CLI_IMPORT_IMPORT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/command.h"
#include "words/catalogue.h"

enum {
	IMPORT_BATCH_ROWS = 256,
	IMPORT_BATCH_MOVES = 4 * IMPORT_BATCH_ROWS,
	IMPORT_BATCH_BYTES = 512 * 1024, /* of texts */
};

struct import_batch {
	struct intake items[IMPORT_BATCH_ROWS];
	uint64_t lines[IMPORT_BATCH_ROWS]; /* of the file, from 1 */
	size_t count;
	struct command_move moves[IMPORT_BATCH_MOVES];
	size_t rows[IMPORT_BATCH_MOVES]; /* of the moves, in `items` */
	size_t moves_count;
};

struct import_counts {
	uint64_t read;    /* rows of the file, the header not counted */
	uint64_t refused; /* of these, by the map */
	uint64_t skipped; /* of these, left out on purpose by the map */
	unsigned percent; /* of the file */
};

/* A row, or (`is_move`) only a move of it, that the map refused. */
typedef void import_refused(void *context, uint64_t line, bool is_move,
    const char *sentence);

struct import_rows;

/*
 * `dir` is the office's: its query key makes numbers for rows without one.
 * Else as import_map_read and import_open; `sentence` (SAY_TEXT_MAX bytes)
 * says why.
 */
MUST_USE enum rc import_rows_open(const char *dir, const char *file,
    const char *map, enum language language, struct import_rows **out,
    char sentence[static SAY_TEXT_MAX]);
void import_rows_close(struct import_rows *rows); /* NULL is fine */

/*
 * Gather the next rows into `batch`; refused ones go to `refused`.
 * RC_NONE: the end, and no row is left.  RC_DAMAGED: the disk gives no more.
 */
MUST_USE enum rc import_rows_next(struct import_rows *rows,
    import_refused *refused, void *context, struct import_batch *batch);

/* Can the map make moves? */
bool import_rows_have_moves(const struct import_rows *rows);

struct import_counts import_rows_counts(const struct import_rows *rows);

#endif
