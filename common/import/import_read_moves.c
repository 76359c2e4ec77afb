/*
 * What happened after the arrival, as the row tells it.  Which moves there
 * are and what each needs is the desk's to judge; here only the cells are
 * read.
 */
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "import/import_read_internal.h"
#include "petition/codes.h"
#include "petition/office_code.h"

enum { DAYS_MAX = 3650 };

/* One move being read. */
struct telling {
	const struct import_reader *reader;
	size_t index; /* of the move in the map */
	struct import_move *move;
};

static bool
refuse(struct telling *t, enum import_problem problem,
    enum import_move_field field, struct span detail)
{
	t->move->problem = problem;
	t->move->slot = import_move_slot(t->index, field);
	import_set_detail(t->move->detail, detail);
	return false;
}

/* The field's text after [values], at most `size_max` bytes. */
static bool
get(struct telling *t, enum import_move_field field, size_t size_max,
    struct span *text)
{
	size_t slot = import_move_slot(t->index, field);
	struct span cell = import_filled(t->reader, slot);

	if (import_map_value(t->reader->map, slot, cell, text) != RC_OK)
		return refuse(t, IMPORT_VALUE_UNKNOWN, field, cell);
	if (text->size > size_max)
		return refuse(t, IMPORT_FIELD_TOO_LONG, field, *text);
	return true;
}

static bool
get_word(struct telling *t, enum import_move_field field, char *out,
    size_t size)
{
	struct span cell;

	if (!get(t, field, size - 1, &cell))
		return false;
	CHECK(text_copy_span(out, size, cell) == RC_OK);
	return true;
}

static bool
get_code(struct telling *t, enum import_move_field field, enum codes_list list,
    char out[static CODE_MAX + 1])
{
	char text[FIELD_TEXT_MAX];
	const char *code;

	if (!get_word(t, field, text, sizeof(text)))
		return false;
	if (text[0] == '\0')
		return true;
	code = codes_find(list, text);
	if (code == NULL || text_copy(out, CODE_MAX + 1, code) != RC_OK) {
		return refuse(t, IMPORT_CODE_UNKNOWN, field,
		    span_of_text(text));
	}
	return true;
}

static bool
get_time(struct telling *t, enum import_move_field field, int64_t *out)
{
	struct span cell;

	if (!get(t, field, SIZE_MAX, &cell))
		return false;
	if (cell.size == 0)
		return true;
	if (import_map_time(t->reader->map, cell, out) != RC_OK)
		return refuse(t, IMPORT_TIME_WRONG, field, cell);
	return true;
}

static bool
get_days(struct telling *t, uint32_t *out)
{
	char text[FIELD_TEXT_MAX];
	int64_t days;

	if (!get_word(t, IMPORT_MOVE_DAYS, text, sizeof(text)))
		return false;
	if (text[0] == '\0')
		return true;
	if (number_parse(text, 1, DAYS_MAX, &days) != RC_OK) {
		return refuse(t, IMPORT_DAYS_WRONG, IMPORT_MOVE_DAYS,
		    span_of_text(text));
	}
	*out = (uint32_t)days;
	return true;
}

static bool
get_to(struct telling *t, char out[static OFFICE_CODE_MAX + 1])
{
	return get_word(t, IMPORT_MOVE_TO, out, OFFICE_CODE_MAX + 1) &&
	       (out[0] == '\0' || office_code_is_shaped(out) ||
		   refuse(t, IMPORT_OFFICE_WRONG, IMPORT_MOVE_TO,
		       span_of_text(out)));
}

static bool
get_fields(struct telling *t)
{
	struct command_move *typed = &t->move->typed;
	struct moved *m = &typed->moved;

	return get_time(t, IMPORT_MOVE_WHEN, &typed->claimed_ms) &&
	       get(t, IMPORT_MOVE_TEXT, MOVE_TEXT_BYTES_MAX, &m->text) &&
	       get_code(t, IMPORT_MOVE_OPINION, CODES_OPINION, m->opinion) &&
	       get_code(t, IMPORT_MOVE_OUTCOME, CODES_OUTCOME, m->outcome) &&
	       get_code(t, IMPORT_MOVE_RATING, CODES_RATING, m->rating) &&
	       get_code(t, IMPORT_MOVE_CAUSE, CODES_CAUSE, m->cause) &&
	       get_to(t, m->to) && get_time(t, IMPORT_MOVE_DUE, &m->due_ms) &&
	       get_days(t, &m->days) &&
	       get_word(t, IMPORT_MOVE_DOCUMENT, m->document,
		   sizeof(m->document)) &&
	       get_word(t, IMPORT_MOVE_OTHER, m->other, sizeof(m->other)) &&
	       get_word(t, IMPORT_MOVE_APPROVER, m->approver,
		   sizeof(m->approver)) &&
	       get_word(t, IMPORT_MOVE_PERSON, m->person, sizeof(m->person));
}

/* Did it happen at all?  Templates of several cells leave blanks. */
static bool
has_happened(const struct import_reader *r, size_t index)
{
	struct span when =
	    import_filled(r, import_move_slot(index, IMPORT_MOVE_WHEN));

	if (!import_map_moves_row(r->map, index, r->cells))
		return false;
	for (size_t i = 0; i < when.size; i++) {
		if (when.at[i] > ' ')
			return true;
	}
	return false;
}

void
import_make_moves(const struct import_reader *r, struct import_row *row)
{
	for (size_t i = 0; i < import_map_moves(r->map); i++) {
		struct import_move *move = &row->moves[row->moves_count];
		struct telling t = { .reader = r, .index = i, .move = move };

		if (!has_happened(r, i))
			continue;
		import_map_move_word(r->map, i, move->typed.word);
		(void)get_fields(&t);
		row->moves_count++;
	}
}
