/*
 * import_internal - an import between its files: the whole
 * (import.c), the moves behind a batch (import_moves.c), the dry run
 * (import_try.c) and what is reported (import_report.c).
 */
#ifndef CLI_IMPORT_IMPORT_INTERNAL_H
#define CLI_IMPORT_IMPORT_INTERNAL_H

#include <jansson.h>
#include <stdio.h>

#include "cli/cli_internal.h"
#include "cli/import/import_rows.h"
#include "documents/sources.h"

/* What became of the moves that the rows tell of. */
struct import_moves {
	uint64_t recorded, already, refused;
	json_t *refused_list;
};

struct import {
	struct cli *cli;
	struct door *door;
	struct import_rows *rows;
	struct import_batch *batch;
	uint64_t recorded, already;
	uint64_t refused; /* by the map or by the desk */
	json_t *refused_rows;
	struct import_moves moves;
	bool is_out[IMPORT_BATCH_ROWS];  /* rows of the batch, refused */
	FILE *refused_file;              /* NULL: on the screen */
	FILE *codes_file;                /* NULL: no query codes */
	struct reading look;             /* of a dry run */
	struct sources sources;          /* of a dry run: what is here */
	struct office_settings settings; /* of a dry run */
};

/* Ask the desk, again and again if it is busy or restarted. */
void import_ask(struct import *im, const struct command *ask,
    struct reply *reply);

/* --- cli_import_moves.c --- */

/* The moves of the batch whose arrivals are recorded: an exit status. */
int import_send_moves(struct import *im);
void import_refuse_move(struct import *im, size_t index, const char *sentence);

/* --- cli_import_try.c: every rule, and nothing recorded --- */

int import_try_open(struct import *im);
int import_try_batch(struct import *im);

/* --- cli_import_report.c --- */

/* An import_refused; `context` is the import. */
void import_report_refused(void *context, uint64_t line, bool is_move,
    const char *sentence);
void import_report_code(struct import *im, size_t index, const json_t *outcome);
bool import_report_save_codes(const struct import *im);
void import_report_progress(const struct import *im, bool is_end);
void import_report_summary(const struct import *im, int exit);
int import_report_open(struct import *im);
int import_report_close(struct import *im);

#endif
