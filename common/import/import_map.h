/*
 * import_map - how the columns of somebody's file become petitions.
 *
 * A map is an INI file (UTF-8) that an administrator writes once per source;
 * docs/import.md is the guide, examples/maps/ has some.  Sections:
 *
 *	[import]          the file: source (required), charset, delimiter,
 *	                  header, time-zone
 *	[fields]          FIELD = TEMPLATE, fields as in import_field_name;
 *	                  channel, and subject or text, are required
 *	[time]            formats = strptime formats, "|" between them, tried
 *	                  in order; empty = refuse | now
 *	[values FIELD]    TEXT = VALUE; TEXT* = VALUE for a beginning;
 *	                  * = VALUE for everything else
 *	[skip]            COLUMN = TEXT (or TEXT*): rows left out on purpose
 *	[move.NAME]       what happened afterwards: FIELD = TEMPLATE, fields as
 *	                  in import_move_field_name; when is required, and a
 *	                  row where it is empty gives no such move
 *	[values NAME.FIELD]  as above, for a field of a move
 *	[only NAME]       COLUMN = TEXT (or TEXT*): rows that give this move
 *
 * NAME is the word of a move ("reply"), or that, a dot and anything, for a
 * map that makes one kind of move in two ways.  Which words there are is for
 * the desk to say.  The moves of a row come in the order of their sections.
 *
 * TEMPLATE: text with {column} and {column|instead when empty}; {{ and }} are
 * braces, \n is a new line.  An indented line continues the entry above it:
 * a template then goes on in a new line, formats get more alternatives.
 *
 * libinih limits a line to IMPORT_LINE_BYTES_MAX bytes and starts a comment
 * at " ;"; a longer line is a fault, never cut.
 *
 * A map does not change once it is read: any thread may use it then.
 */
#ifndef IMPORT_IMPORT_MAP_H
#define IMPORT_IMPORT_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/command.h"
#include "import/csv_file.h"
#include "words/catalogue.h"

enum {
	IMPORT_MAP_BYTES_MAX = 256 * 1024,
	IMPORT_LINE_BYTES_MAX = 198,
	IMPORT_FORMATS_MAX = 32,
	IMPORT_FAULT_MAX = 400,
	IMPORT_MOVES_MAX = 8, /* of one map */
	IMPORT_MOVE_NAME_MAX = 48,
	IMPORT_SLOT_NAME_MAX = IMPORT_MOVE_NAME_MAX + 16,
};

#define IMPORT_FIELD_LIST(X)                                                   \
	X(IMPORT_CHANNEL, "channel")                                           \
	X(IMPORT_PURPOSE, "purpose")                                           \
	X(IMPORT_LEGAL_CLASS, "legal_class")                                   \
	X(IMPORT_CATEGORY, "category")                                         \
	X(IMPORT_LEVEL, "level")                                               \
	X(IMPORT_HEADS, "heads")                                               \
	X(IMPORT_RESPONSIBLE, "responsible")                                   \
	X(IMPORT_SUBJECT, "subject")                                           \
	X(IMPORT_TEXT, "text")                                                 \
	X(IMPORT_PLACE, "place")                                               \
	X(IMPORT_SOURCE_REF, "source_ref")                                     \
	X(IMPORT_CLAIMED, "claimed")                                           \
	X(IMPORT_EARLIER_ITEM, "earlier_item")                                 \
	X(IMPORT_ACCUSED, "accused")                                           \
	X(IMPORT_PROCEDURE, "procedure")                                       \
	X(IMPORT_PERSON_NAME, "person_name")                                   \
	X(IMPORT_PERSON_DOCUMENT, "person_document")                           \
	X(IMPORT_PERSON_PHONE, "person_phone")                                 \
	X(IMPORT_PERSON_ADDRESS, "person_address")

#define IMPORT_FIELD_NAME(name, text) name,
enum import_field { IMPORT_FIELD_LIST(IMPORT_FIELD_NAME) IMPORT_FIELDS };
#undef IMPORT_FIELD_NAME

#define IMPORT_MOVE_FIELD_LIST(X)                                              \
	X(IMPORT_MOVE_WHEN, "when")                                            \
	X(IMPORT_MOVE_TEXT, "text")                                            \
	X(IMPORT_MOVE_OPINION, "opinion")                                      \
	X(IMPORT_MOVE_OUTCOME, "outcome")                                      \
	X(IMPORT_MOVE_RATING, "rating")                                        \
	X(IMPORT_MOVE_CAUSE, "cause")                                          \
	X(IMPORT_MOVE_TO, "to")                                                \
	X(IMPORT_MOVE_DUE, "due")                                              \
	X(IMPORT_MOVE_DAYS, "days")                                            \
	X(IMPORT_MOVE_DOCUMENT, "document")                                    \
	X(IMPORT_MOVE_OTHER, "other")                                          \
	X(IMPORT_MOVE_APPROVER, "approver")                                    \
	X(IMPORT_MOVE_PERSON, "person")

#define IMPORT_MOVE_FIELD_NAME(name, text) name,
enum import_move_field {
	IMPORT_MOVE_FIELD_LIST(IMPORT_MOVE_FIELD_NAME) IMPORT_MOVE_FIELDS
};
#undef IMPORT_MOVE_FIELD_NAME

/* One sentence with the file and the line, for the administrator. */
struct import_fault {
	char sentence[IMPORT_FAULT_MAX + 1];
};

struct import_map;

/* --- reading a map --- */

/*
 * RC_NONE, RC_DENIED, RC_TOO_BIG: the file.  RC_MALFORMED: what it says.
 * `fault` has the sentence, in `language`, in each case.  Free with import_map_free.
 */
MUST_USE enum rc import_map_read(const char *path, enum language language,
    struct import_map **out, struct import_fault *fault);

/* The same from memory; `name` stands for the file in the sentence. */
MUST_USE enum rc import_map_parse(struct span text, const char *name,
    enum language language, struct import_map **out,
    struct import_fault *fault);

/* NULL is fine. */
void import_map_free(struct import_map *map);

/* --- what it says (texts live as long as the map) --- */

const char *import_field_name(enum import_field field);
const char *import_map_source(const struct import_map *map);
const struct csv_file_format *import_map_format(const struct import_map *map);
bool import_map_has_header(const struct import_map *map);

/*
 * A slot is an enum import_field, or a field of a move as import_move_slot
 * gives it; the name of the latter is like "close.outcome".
 */
const char *import_move_field_name(enum import_move_field field);
size_t import_move_slot(size_t move, enum import_move_field field);
void import_map_slot_name(const struct import_map *map, size_t slot,
    char out[static IMPORT_SLOT_NAME_MAX + 1]);
bool import_map_has(const struct import_map *map, size_t slot);

/* The moves that the map can make, in their order. */
size_t import_map_moves(const struct import_map *map);
void import_map_move_word(const struct import_map *map, size_t move,
    char out[static MOVE_WORD_MAX + 1]);

/* The columns that the map names; without a header these are "1", "2" ... */
size_t import_map_columns(const struct import_map *map);
const char *import_map_column(const struct import_map *map, size_t index);

/*
 * --- using it: `cells` is one cell per column of import_map_columns, valid
 * UTF-8, and `out` takes text, appended ---
 */

/* Is this a row to leave out on purpose? */
bool import_map_skips(const struct import_map *map, const struct span cells[]);

/* Does this row give the move, as far as [only NAME] says? */
bool import_map_moves_row(const struct import_map *map, size_t move,
    const struct span cells[]);

/*
 * Append the slot's template, filled in: cells without the blanks around
 * them (full-width and no-break ones too), line ends as \n, control and
 * zero-width characters dropped.  Nothing for a slot without a template.
 */
void import_map_fill(const struct import_map *map, size_t slot,
    const struct span cells[], struct buffer *out);

/*
 * What [values FIELD] makes of `text`: RC_OK and the value, or `text` itself
 * when the field has no such section.  RC_NONE: the section has no entry for
 * it and no "*".
 */
MUST_USE enum rc import_map_value(const struct import_map *map, size_t slot,
    struct span text, struct span *value);

/*
 * A moment, by the formats in their order, then as RFC 3339.  An empty text
 * is 0 (now) if the map says so.  RC_NONE: empty, and that is refused.
 * RC_MALFORMED: fits no format, or no such day.
 */
MUST_USE enum rc import_map_time(const struct import_map *map, struct span text,
    int64_t *wall_ms);

#endif
