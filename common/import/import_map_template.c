/*
 * Templates: text with the names of columns in it, split once, when the map
 * is read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "import/import_map_read.h"

int
map_column(struct import_map *map, const char *name)
{
	size_t i = 0;

	while (i < map->column_count && strcmp(map->columns[i], name) != 0)
		i++;
	if (i == CSV_FILE_COLUMNS_MAX)
		return -1;
	if (i == map->column_count)
		map->columns[map->column_count++] = memory_text(name);
	return (int)i;
}

struct import_pattern
map_pattern(const char *text)
{
	struct import_pattern pattern = { .text = memory_text(text) };
	size_t size = strlen(text);

	if (size > 0 && text[size - 1] == '*') {
		pattern.is_beginning = true;
		pattern.text[size - 1] = '\0';
	}
	return pattern;
}

static bool
add_part(struct import_template *template, int column, struct span text)
{
	struct import_part *part = &template->parts[template->count];

	if (template->count == PARTS_MAX)
		return false;
	part->column = column;
	part->text = memory_new(text.size + 1, 1);
	if (text.size > 0)
		memcpy(part->text, text.at, text.size);
	template->count++;
	return true;
}

/* The piece "{name|instead}" without its braces. */
static int
add_column_part(struct reading *r, struct import_template *template,
    const char *at, size_t size)
{
	const char *bar = memchr(at, '|', size);
	size_t name_size = bar != NULL ? (size_t)(bar - at) : size;
	struct span instead = span_of_text("");
	char name[TEMPLATE_BYTES_MAX];
	int column;

	if (name_size == 0) {
		return map_fault(r, r->template_line, SAY_MAP_BRACES_EMPTY,
		    SAY_ARGS("{}"));
	}
	if (bar != NULL)
		instead = span_of(bar + 1, size - name_size - 1);
	CHECK(text_copy_span(name, sizeof(name), span_of(at, name_size)) ==
	      RC_OK);
	column = map_column(r->map, name);
	if (column < 0) {
		return map_fault_number(r, r->template_line,
		    SAY_MAP_COLUMNS_MANY, CSV_FILE_COLUMNS_MAX, NULL);
	}
	if (!add_part(template, column, instead)) {
		return map_fault_number(r, r->template_line,
		    SAY_MAP_PIECES_MANY, PARTS_MAX, NULL);
	}
	return 1;
}

/*
 * One literal character, or an escape for one, at `at`; how many bytes of
 * the template it takes.
 */
static size_t
take_literal(const char *at, struct buffer *literal)
{
	const char *byte = at;
	size_t size = 1;

	if ((at[0] == '{' && at[1] == '{') || (at[0] == '}' && at[1] == '}') ||
	    (at[0] == '\\' && at[1] == '\\'))
		size = 2;
	if (at[0] == '\\' && at[1] == 'n') {
		byte = "\n";
		size = 2;
	}
	CHECK(buffer_append(literal, span_of(byte, 1)) == RC_OK);
	return size;
}

static int
flush_literal(struct reading *r, struct import_template *template,
    struct buffer *literal)
{
	bool fits =
	    literal->size == 0 || add_part(template, -1, buffer_span(literal));

	buffer_reset(literal);
	return fits ? 1
		    : map_fault_number(r, r->template_line, SAY_MAP_PIECES_MANY,
			  PARTS_MAX, NULL);
}

static int
split_template(struct reading *r, struct import_template *template,
    const char *at, struct buffer *literal)
{
	while (*at != '\0') {
		const char *end;

		if (at[0] == '}' && at[1] != '}') {
			return map_fault(r, r->template_line,
			    SAY_MAP_BRACE_CLOSE, SAY_ARGS("}", "{"));
		}
		if (at[0] != '{' || at[1] == '{') {
			at += take_literal(at, literal);
			continue;
		}
		end = strchr(at, '}');
		if (end == NULL) {
			return map_fault(r, r->template_line,
			    SAY_MAP_BRACE_OPEN, SAY_ARGS("{", "}"));
		}
		if (!flush_literal(r, template, literal) ||
		    !add_column_part(r, template, at + 1,
			(size_t)(end - at - 1)))
			return 0;
		at = end + 1;
	}
	return flush_literal(r, template, literal);
}

int
map_finish_template(struct reading *r)
{
	struct import_template *template;
	struct buffer literal = { 0 };
	int is_good;

	if (r->slot == SLOTS)
		return 1;
	template = &r->map->templates[r->slot];
	r->slot = SLOTS;
	CHECK(buffer_append(&r->template_text, span_of("", 1)) == RC_OK);
	is_good = split_template(r, template, (const char *)r->template_text.at,
	    &literal);
	buffer_clear(&literal);
	if (is_good && template->count == 0) {
		return map_fault(r, r->template_line, SAY_MAP_TEMPLATE_EMPTY,
		    NULL);
	}
	return is_good;
}
