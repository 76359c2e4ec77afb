/*
 * import_read - somebody's file as petitions, row by row.
 *
 * Joins a file (import/csv_file.h) with a map (import/import_map.h).  Every row of
 * the file comes out once: as an intake, as a refused row with its line and
 * the reason, or counted as left out on purpose.  Nothing a file says ends
 * the reading early.
 *
 * Repeats are safe by (source, source_ref): a second import of the same row
 * is recognised as such when it is recorded.  A map without source_ref gets
 * one made from the row: "row-" and 32 hex digits of BLAKE2b over its cells,
 * keyed with the office's query key.  Keyed, because cells hold phone numbers
 * and source_ref travels up: without the key nobody can try numbers against
 * it.  Two rows alike in every cell then count as one and the same.
 *
 * Codes (channel, purpose, legal_class, category, level) may be given as the
 * code, or by their Chinese or English name; [values] come first.  An empty
 * subject becomes the beginning of the text.
 *
 * With the arrival come the moves that the map finds in the row.  A move that
 * cannot be read (a date that is none) is refused by itself; the arrival and
 * the other moves stay.
 *
 * Belongs to one thread.
 */
#ifndef IMPORT_IMPORT_READ_H
#define IMPORT_IMPORT_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/command.h"
#include "import/import_map.h"
#include "keys/identity.h"
#include "words/catalogue.h"

#define IMPORT_PROBLEM_LIST(X)                                                 \
	X(IMPORT_FINE, "可导入", "good")                                       \
	X(IMPORT_OPEN_QUOTE, "引号未闭合", "a quote is never closed")          \
	X(IMPORT_ROW_TOO_BIG, "行超过 1 MiB（可能有引号未闭合）",              \
	    "the row is larger than 1 MiB (a quote may be left open)")         \
	X(IMPORT_CELL_TOO_BIG, "单元格超过 256 KiB",                           \
	    "a cell is larger than 256 KiB")                                   \
	X(IMPORT_TOO_MANY_COLUMNS, "列数超过 256", "more than 256 columns")    \
	X(IMPORT_NOT_TEXT, "含有无法识别的字符编码",                           \
	    "bytes that are no text in the file's charset")                    \
	X(IMPORT_COLUMNS, "列数与表头不符",                                    \
	    "the number of columns differs from the header")                   \
	X(IMPORT_EMPTY, "标题和正文均为空", "neither subject nor text")        \
	X(IMPORT_FIELD_EMPTY, "必填内容为空", "a required field is empty")     \
	X(IMPORT_FIELD_TOO_LONG, "内容过长", "too long")                       \
	X(IMPORT_VALUE_UNKNOWN, "取值不在映射表中",                            \
	    "the map has no value for it")                                     \
	X(IMPORT_CODE_UNKNOWN, "代码或名称不存在", "no such code or name")     \
	X(IMPORT_NUMBER_WRONG, "人数不正确", "not a number of people")         \
	X(IMPORT_DAYS_WRONG, "天数不正确", "not a number of days")             \
	X(IMPORT_OFFICE_WRONG, "机构代码不正确", "not an office code")         \
	X(IMPORT_TIME_WRONG, "日期无法识别或不存在",                           \
	    "not a date that the map's formats can read")

#define IMPORT_PROBLEM_NAME(name, zh, en) name,
enum import_problem {
	IMPORT_PROBLEM_LIST(IMPORT_PROBLEM_NAME) IMPORT_PROBLEMS
};
#undef IMPORT_PROBLEM_NAME

enum { IMPORT_DETAIL_MAX = 96, IMPORT_SENTENCE_MAX = 320 };

/*
 * What happened to the petition afterwards, as the row tells it: `typed` has
 * neither item nor source.  With a problem only the move is refused.
 */
struct import_move {
	struct command_move typed;   /* spans live until the next call */
	enum import_problem problem; /* IMPORT_FINE: one to make */
	size_t slot;                 /* of the map, that it is about */
	char detail[IMPORT_DETAIL_MAX + 1];
};

struct import_row {
	uint64_t line; /* of the file, from 1, where the row begins */
	uint64_t last_line;
	struct intake intake; /* with RC_OK; spans live until the next call */
	struct import_move moves[IMPORT_MOVES_MAX]; /* with RC_OK */
	size_t moves_count;
	enum import_problem problem; /* with RC_MALFORMED */
	enum import_field field;     /* that it is about; IMPORT_FIELDS: none */
	char detail[IMPORT_DETAIL_MAX + 1]; /* what the cell says; cut */
};

struct import_progress {
	uint64_t bytes_done, bytes_total;
	uint64_t usable, refused, skipped; /* rows so far */
};

struct import_reader;

/*
 * Open the file and read its header.  `map` is borrowed until import_close.
 * `key` is the office's query key (identity_load_query_key); copied.
 * RC_NONE, RC_DENIED: the file.  RC_MALFORMED: no CSV file, or its header
 * lacks a column that the map names.  `fault` has the sentence in each case.
 */
MUST_USE enum rc import_open(const char *path, const struct import_map *map,
    const uint8_t key[static QUERY_KEY_BYTES], struct import_reader **out,
    struct import_fault *fault);

/*
 * RC_OK: row->intake is one to record.  RC_MALFORMED: a refused row; go on.
 * RC_NONE: the end.  RC_DAMAGED: the disk gives no more of the file; stop.
 */
MUST_USE enum rc import_next(struct import_reader *reader,
    struct import_row *row);

struct import_progress import_progress(const struct import_reader *reader);

/* NULL is fine. */
void import_close(struct import_reader *reader);

/*
 * Why the row was refused, for a person: "channel: no such code or name
 * (pigeon)".  Holds what the cell says: for the screen, never for the log.
 */
void import_sentence(const struct import_row *row, enum language language,
    char out[static IMPORT_SENTENCE_MAX + 1]);

/* The same for a move of the row. */
void import_move_sentence(const struct import_reader *reader,
    const struct import_move *move, enum language language,
    char out[static IMPORT_SENTENCE_MAX + 1]);

#endif
