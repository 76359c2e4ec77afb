/*
 * The sections that say what goes where: [fields], [move.NAME],
 * [values FIELD], [skip] and [only NAME].
 */
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "import/import_map_read.h"

static const char *const field_names[IMPORT_FIELDS] = {
#define NAME(name, text) [name] = text,
	IMPORT_FIELD_LIST(NAME)
#undef NAME
};

static const char *const move_field_names[IMPORT_MOVE_FIELDS] = {
#define NAME(name, text) [name] = text,
	IMPORT_MOVE_FIELD_LIST(NAME)
#undef NAME
};

const char *
import_field_name(enum import_field field)
{
	CHECK(field < IMPORT_FIELDS);
	return field_names[field];
}

const char *
import_move_field_name(enum import_move_field field)
{
	CHECK(field < IMPORT_MOVE_FIELDS);
	return move_field_names[field];
}

/* The index of the name; `count`: it is none of them. */
static size_t
find_name(const char *const names[], size_t count, const char *name)
{
	size_t i = 0;

	while (i < count && strcmp(names[i], name) != 0)
		i++;
	return i;
}

/* --- moves --- */

static bool
is_move_name(const char *name)
{
	size_t word = strcspn(name, ".");

	return word > 0 && word <= MOVE_WORD_MAX &&
	       strlen(name) <= IMPORT_MOVE_NAME_MAX;
}

/* The index of the move, which becomes known; -1 with the fault. */
static int
find_move(struct reading *r, const char *name)
{
	struct import_map *map = r->map;
	size_t i = 0;

	if (!is_move_name(name)) {
		(void)map_fault(r, r->line, SAY_MAP_MOVE_NAME, SAY_ARGS(name));
		return -1;
	}
	while (i < map->move_count && strcmp(map->moves[i], name) != 0)
		i++;
	if (i == IMPORT_MOVES_MAX) {
		(void)map_fault_number(r, r->line, SAY_MAP_MOVES_MANY,
		    IMPORT_MOVES_MAX, NULL);
		return -1;
	}
	if (i == map->move_count)
		map->moves[map->move_count++] = memory_text(name);
	return (int)i;
}

/* The slot of "outcome" of the move; SLOTS with the fault. */
static size_t
find_move_slot(struct reading *r, const char *move_name, const char *name)
{
	size_t field = find_name(move_field_names, IMPORT_MOVE_FIELDS, name);
	int move = find_move(r, move_name);

	if (move < 0)
		return SLOTS;
	if (field == IMPORT_MOVE_FIELDS) {
		(void)map_fault(r, r->line, SAY_MAP_MOVE_KEY,
		    SAY_ARGS(move_name, name));
		return SLOTS;
	}
	return import_move_slot((size_t)move, (enum import_move_field)field);
}

/* --- the sections --- */

static int
begin_template(struct reading *r, size_t slot, const char *name,
    const char *value)
{
	if (r->map->templates[slot].count > 0)
		return map_fault(r, r->line, SAY_MAP_TWICE, SAY_ARGS(name));
	r->slot = slot;
	r->template_line = r->line;
	buffer_reset(&r->template_text);
	if (buffer_append(&r->template_text, span_of_text(value)) != RC_OK)
		return map_fault(r, r->line, SAY_MAP_TEMPLATE_LONG, NULL);
	return 1;
}

static int
read_field(struct reading *r, const char *name, const char *value)
{
	size_t field = find_name(field_names, IMPORT_FIELDS, name);

	if (field == IMPORT_FIELDS) {
		return map_fault(r, r->line, SAY_MAP_FIELD_KEY, SAY_ARGS(name));
	}
	return begin_template(r, field, name, value);
}

static int
read_move(struct reading *r, const char *move, const char *name,
    const char *value)
{
	size_t slot = find_move_slot(r, move, name);

	return slot < SLOTS && begin_template(r, slot, name, value);
}

/* "channel", or "close.outcome" of a move. */
static size_t
find_slot(struct reading *r, const char *name)
{
	size_t field = find_name(field_names, IMPORT_FIELDS, name);
	char move[SECTION_BYTES_MAX];
	const char *dot = strrchr(name, '.');

	if (field < IMPORT_FIELDS)
		return field;
	if (dot == NULL) {
		(void)map_fault(r, r->line, SAY_MAP_VALUES_FIELD,
		    SAY_ARGS(name));
		return SLOTS;
	}
	CHECK(text_copy_span(move, sizeof(move),
		  span_of(name, (size_t)(dot - name))) == RC_OK);
	return find_move_slot(r, move, dot + 1);
}

static int
read_value(struct reading *r, const char *slot_name, const char *name,
    const char *value)
{
	struct import_map *map = r->map;
	size_t slot = find_slot(r, slot_name);
	struct import_value *entry;

	if (slot == SLOTS)
		return 0;
	if (map->value_count == VALUES_MAX) {
		return map_fault_number(r, r->line, SAY_MAP_VALUES_MANY,
		    VALUES_MAX, NULL);
	}
	map->values = memory_grow(map->values, map->value_count + 1,
	    sizeof(*map->values));
	entry = &map->values[map->value_count++];
	entry->slot = slot;
	entry->from = map_pattern(name);
	entry->to = memory_text(value);
	map->has_values[slot] = true;
	return 1;
}

static int
add_condition(struct reading *r, size_t owner, int column, const char *value)
{
	struct import_map *map = r->map;

	if (column < 0 || map->condition_count == CONDITIONS_MAX) {
		return map_fault_number(r, r->line, SAY_MAP_CONDITIONS_MANY,
		    CONDITIONS_MAX, NULL);
	}
	map->conditions[map->condition_count++] =
	    (struct import_condition){ .owner = owner,
		    .column = (size_t)column,
		    .what = map_pattern(value) };
	if (owner < IMPORT_MOVES_MAX)
		map->is_bound[owner] = true;
	return 1;
}

static int
read_only(struct reading *r, const char *move, const char *name,
    const char *value)
{
	int index = find_move(r, move);

	return index >= 0 &&
	       add_condition(r, (size_t)index, map_column(r->map, name), value);
}

/* What follows `prefix` in the section's name; NULL: another section. */
static const char *
after(const struct reading *r, const char *prefix)
{
	size_t size = strlen(prefix);

	return strncmp(r->section, prefix, size) == 0 ? r->section + size
						      : NULL;
}

int
map_continue_entry(struct reading *r, const char *name, const char *value)
{
	struct import_map *map = r->map;

	if (r->slot < SLOTS) {
		if (buffer_append(&r->template_text, span_of_text("\n")) ||
		    buffer_append(&r->template_text, span_of_text(value))) {
			return map_fault(r, r->line, SAY_MAP_TEMPLATE_LONG,
			    NULL);
		}
		return 1;
	}
	if (strcmp(r->section, "time") == 0 && strcmp(name, "formats") == 0)
		return map_read_formats(r, value);
	/* Not by name: libinih cuts it in a continuation. */
	if (strcmp(r->section, "skip") == 0 || after(r, "only ") != NULL) {
		const struct import_condition *last =
		    &map->conditions[map->condition_count - 1];

		return add_condition(r, last->owner, (int)last->column, value);
	}
	return map_fault(r, r->line, SAY_MAP_CONTINUED, NULL);
}

int
map_read_entry(struct reading *r, const char *name, const char *value)
{
	const char *rest;

	if (strcmp(r->section, "import") == 0)
		return map_read_import(r, name, value);
	if (strcmp(r->section, "fields") == 0)
		return read_field(r, name, value);
	if (strcmp(r->section, "time") == 0)
		return map_read_time(r, name, value);
	if (strcmp(r->section, "skip") == 0) {
		return add_condition(r, OWNER_SKIP, map_column(r->map, name),
		    value);
	}
	if ((rest = after(r, "move.")) != NULL)
		return read_move(r, rest, name, value);
	if ((rest = after(r, "only ")) != NULL)
		return read_only(r, rest, name, value);
	if ((rest = after(r, "values ")) != NULL)
		return read_value(r, rest, name, value);
	return map_fault(r, r->line, SAY_MAP_SECTION, SAY_ARGS(r->section));
}
