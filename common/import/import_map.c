/*
 * import_map - reading a map: lines, and what holds for the whole.
 *
 * libinih hands over one entry at a time and stops at the first that is
 * refused, so the first fault is the one that is told; its line is kept beside
 * it because libinih does not say it.  What a section means stands in
 * import_map_sections.c and import_map_file.c.
 */
#include "import/import_map.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "import/import_map_read.h"

enum { FAULT_NUMBER_MAX = 16 };

int
map_fault(struct reading *r, int line, enum say id, const char *const args[])
{
	char what[IMPORT_FAULT_MAX + 1], number[FAULT_NUMBER_MAX];
	struct import_fault *fault = r->fault;
	enum language language = r->map->language;

	if (r->has_failed)
		return 0;
	r->has_failed = true;
	say_to(what, sizeof(what), language, id, args);
	CHECK(text_format(number, sizeof(number), "%d", line) == RC_OK);
	say_to(fault->sentence, sizeof(fault->sentence), language,
	    line > 0 ? SAY_MAP_LINE : SAY_MAP_WHOLE,
	    line > 0 ? SAY_ARGS(r->name, number, what)
		     : SAY_ARGS(r->name, what));
	return 0;
}

int
map_fault_number(struct reading *r, int line, enum say id, int number,
    const char *other)
{
	char text[FAULT_NUMBER_MAX];

	CHECK(text_format(text, sizeof(text), "%d", number) == RC_OK);
	return map_fault(r, line, id, SAY_ARGS(text, other));
}

/* --- lines --- */

/* libinih: one entry.  Returns 0 when something is wrong with it. */
static int
on_entry(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;

	if (r->has_failed)
		return 0;
	if (strcmp(section, r->section) != 0)
		r->has_entry = false;
	if (text_copy(r->section, sizeof(r->section), section) != RC_OK)
		return map_fault(r, r->line, SAY_MAP_SECTION_LONG, NULL);
	if (r->is_indented && r->has_entry)
		return map_continue_entry(r, name, value);
	r->has_entry = true;
	return map_finish_template(r) && map_read_entry(r, name, value);
}

/* libinih: the next line, as fgets gives it. */
static char *
on_line(char *out, int size, void *user)
{
	struct reading *r = user;
	const uint8_t *newline;
	size_t line_size;

	if (r->rest.size == 0 || r->has_failed)
		return NULL;
	newline = memchr(r->rest.at, '\n', r->rest.size);
	line_size =
	    newline != NULL ? (size_t)(newline - r->rest.at) + 1 : r->rest.size;
	r->line++;
	if (line_size >= (size_t)size) {
		(void)map_fault_number(r, r->line, SAY_MAP_LINE_LONG, size - 2,
		    NULL);
		return NULL;
	}
	r->is_indented = r->rest.at[0] == ' ' || r->rest.at[0] == '\t';
	if (r->rest.at[0] == '[')
		r->has_entry = false;
	CHECK(text_copy_span(out, (size_t)size,
		  span_of(r->rest.at, line_size)) == RC_OK);
	r->rest.at += line_size;
	r->rest.size -= line_size;
	return out;
}

/* --- the whole --- */

static int
check_numbered_columns(struct reading *r)
{
	const struct import_map *map = r->map;

	for (size_t i = 0; !map->has_header && i < map->column_count; i++) {
		int64_t number;

		if (number_parse(map->columns[i], 1, CSV_FILE_COLUMNS_MAX,
			&number) != RC_OK) {
			return map_fault_number(r, 0, SAY_MAP_COLUMN_NUMBER,
			    CSV_FILE_COLUMNS_MAX, map->columns[i]);
		}
	}
	return 1;
}

static int
useless_values(struct reading *r, size_t slot)
{
	char name[IMPORT_SLOT_NAME_MAX + 1];

	import_map_slot_name(r->map, slot, name);
	return map_fault(r, 0, SAY_MAP_VALUES_USELESS, SAY_ARGS(name));
}

static int
check_whole(struct reading *r)
{
	const struct import_map *map = r->map;

	if (map->source[0] == '\0') {
		return map_fault(r, 0, SAY_MAP_NO_SOURCE, NULL);
	}
	if (!import_map_has(map, IMPORT_CHANNEL))
		return map_fault(r, 0, SAY_MAP_NO_CHANNEL, NULL);
	if (!import_map_has(map, IMPORT_SUBJECT) &&
	    !import_map_has(map, IMPORT_TEXT))
		return map_fault(r, 0, SAY_MAP_NO_SUBJECT, NULL);
	for (size_t i = 0; i < map->move_count; i++) {
		if (!import_map_has(map,
			import_move_slot(i, IMPORT_MOVE_WHEN))) {
			return map_fault(r, 0, SAY_MAP_NO_WHEN,
			    SAY_ARGS(map->moves[i]));
		}
	}
	for (size_t i = 0; i < SLOTS; i++) {
		if (map->has_values[i] && map->templates[i].count == 0)
			return useless_values(r, i);
	}
	return check_numbered_columns(r);
}

static void
add_default_formats(struct import_map *map)
{
	static const char *const formats[] = { "%Y-%m-%d %H:%M:%S",
		"%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S",
		"%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y年%m月%d日%H:%M:%S",
		"%Y年%m月%d日%H:%M", "%Y年%m月%d日%H时%M分", "%Y年%m月%d日",
		"%Y.%m.%d" };

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		map->formats[i] = memory_text(formats[i]);
	map->format_count = sizeof(formats) / sizeof(*formats);
}

static void
parse_lines(struct reading *r)
{
	int line = ini_parse_stream(on_line, r, on_entry, r);

	if (line < 0)
		fatal("libinih: out of memory");
	if (line > 0) {
		(void)map_fault(r, line, SAY_MAP_NO_ENTRY, NULL);
	}
	if (!r->has_failed && map_finish_template(r))
		(void)check_whole(r);
}

enum rc
import_map_parse(struct span text, const char *name, enum language language,
    struct import_map **out, struct import_fault *fault)
{
	struct import_map *map = memory_new(1, sizeof(*map));
	struct reading r = { .rest = text,
		.name = name,
		.map = map,
		.fault = fault,
		.slot = SLOTS,
		.template_text = { .limit = TEMPLATE_BYTES_MAX - 1 } };

	*out = NULL;
	fault->sentence[0] = '\0';
	map->language = language;
	map->format.delimiter = ',';
	map->has_header = true;
	map->zone_s = ZONE_LOCAL;
	if (text_is_utf8(text)) {
		parse_lines(&r);
	} else {
		(void)map_fault(&r, 0, SAY_MAP_NOT_TEXT, NULL);
	}
	if (map->format_count == 0)
		add_default_formats(map);
	buffer_clear(&r.template_text);
	if (r.has_failed) {
		import_map_free(map);
		return RC_MALFORMED;
	}
	*out = map;
	return RC_OK;
}

enum rc
import_map_read(const char *path, enum language language,
    struct import_map **out, struct import_fault *fault)
{
	struct buffer text = { .limit = IMPORT_MAP_BYTES_MAX };
	enum rc rc = file_read(path, &text);

	*out = NULL;
	if (rc == RC_OK) {
		rc = import_map_parse(buffer_span(&text), path, language, out,
		    fault);
	} else {
		say_to(fault->sentence, sizeof(fault->sentence), language,
		    SAY_MAP_UNREADABLE, SAY_ARGS(path));
	}
	buffer_clear(&text);
	return rc;
}

static void
free_template(struct import_template *template)
{
	for (size_t i = 0; i < template->count; i++)
		free(template->parts[i].text);
}

void
import_map_free(struct import_map *map)
{
	if (map == NULL)
		return;
	for (size_t i = 0; i < map->format_count; i++)
		free(map->formats[i]);
	for (size_t i = 0; i < map->column_count; i++)
		free(map->columns[i]);
	for (size_t i = 0; i < SLOTS; i++)
		free_template(&map->templates[i]);
	for (size_t i = 0; i < map->value_count; i++) {
		free(map->values[i].from.text);
		free(map->values[i].to);
	}
	for (size_t i = 0; i < map->condition_count; i++)
		free(map->conditions[i].what.text);
	for (size_t i = 0; i < map->move_count; i++)
		free(map->moves[i]);
	free(map->values);
	free(map);
}
