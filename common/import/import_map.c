#include "import/import_map.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "import/import_map_internal.h"

enum { TEMPLATE_BYTES_MAX = 8192, SECTION_BYTES_MAX = 64 };

/* Where the parser is, and the first fault that it met. */
struct reading {
	struct span rest; /* lines not yet given to libinih */
	const char *name; /* of the file, for sentences */
	int line;         /* of the last line given */
	bool is_indented; /* that line begins with a blank */
	char section[SECTION_BYTES_MAX];
	bool has_entry; /* that an indented line can continue */
	enum import_field template_field; /* the template being collected */
	struct buffer template_text;
	int template_line;
	struct import_map *map;
	struct import_fault *fault;
	bool has_failed;
};

static const char *const field_names[IMPORT_FIELDS] = {
#define NAME(name, text) [name] = text,
	IMPORT_FIELD_LIST(NAME)
#undef NAME
};

/* Record the first fault.  Returns 0, which is libinih's "wrong". */
__attribute__((format(printf, 3, 4))) static int
fail(struct reading *r, int line, const char *format, ...)
{
	char what[IMPORT_FAULT_MAX - 100];
	va_list args;

	if (r->has_failed)
		return 0;
	r->has_failed = true;
	va_start(args, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is not */
	(void)vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	if (line > 0) {
		(void)snprintf(r->fault->sentence, sizeof(r->fault->sentence),
		    "%s:%d: %s", r->name, line, what);
	} else {
		(void)snprintf(r->fault->sentence, sizeof(r->fault->sentence),
		    "%s: %s", r->name, what);
	}
	return 0;
}

const char *
import_field_name(enum import_field field)
{
	CHECK(field < IMPORT_FIELDS);
	return field_names[field];
}

static enum import_field
find_field(const char *name)
{
	int field = 0;

	while (field < IMPORT_FIELDS && strcmp(field_names[field], name) != 0)
		field++;
	return (enum import_field)field;
}

/* --- columns, patterns, templates --- */

/* The index of the column, which becomes known; -1: there are too many. */
static int
find_column(struct import_map *map, const char *name)
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

static struct import_pattern
make_pattern(const char *text)
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
		return fail(r, r->template_line,
		    "a {} in a template needs the name of a column");
	}
	if (bar != NULL)
		instead = span_of(bar + 1, size - name_size - 1);
	CHECK(text_copy_span(name, sizeof(name), span_of(at, name_size)) ==
	      RC_OK);
	column = find_column(r->map, name);
	if (column < 0) {
		return fail(r, r->template_line,
		    "the map names more than %d columns", CSV_FILE_COLUMNS_MAX);
	}
	if (!add_part(template, column, instead)) {
		return fail(r, r->template_line,
		    "a template has more than %d pieces", PARTS_MAX);
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
		    : fail(r, r->template_line,
			  "a template has more than %d pieces", PARTS_MAX);
}

static int
split_template(struct reading *r, struct import_template *template,
    const char *at, struct buffer *literal)
{
	while (*at != '\0') {
		const char *end;

		if (at[0] == '}' && at[1] != '}') {
			return fail(r, r->template_line,
			    "a } in a template has no {; write }} for the "
			    "character itself");
		}
		if (at[0] != '{' || at[1] == '{') {
			at += take_literal(at, literal);
			continue;
		}
		end = strchr(at, '}');
		if (end == NULL) {
			return fail(r, r->template_line,
			    "a { in a template has no }; write {{ for the "
			    "character itself");
		}
		if (!flush_literal(r, template, literal) ||
		    !add_column_part(r, template, at + 1,
			(size_t)(end - at - 1)))
			return 0;
		at = end + 1;
	}
	return flush_literal(r, template, literal);
}

/* The template whose lines were collected is complete. */
static int
finish_template(struct reading *r)
{
	struct import_template *template;
	struct buffer literal = { 0 };
	int is_good;

	if (r->template_field == IMPORT_FIELDS)
		return 1;
	template = &r->map->templates[r->template_field];
	r->template_field = IMPORT_FIELDS;
	CHECK(buffer_append(&r->template_text, span_of("", 1)) == RC_OK);
	is_good = split_template(r, template, (const char *)r->template_text.at,
	    &literal);
	buffer_clear(&literal);
	if (is_good && template->count == 0) {
		return fail(r, r->template_line,
		    "a template is empty; leave the field out instead");
	}
	return is_good;
}

/* --- the sections --- */

static int
read_delimiter(struct reading *r, const char *value)
{
	static const struct {
		const char *name;
		char delimiter;
	} known[] = { { "comma", ',' }, { ",", ',' }, { "semicolon", ';' },
		{ "tab", '\t' }, { "pipe", '|' }, { "|", '|' } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcmp(value, known[i].name) == 0) {
			r->map->format.delimiter = known[i].delimiter;
			return 1;
		}
	}
	return fail(r, r->line,
	    "delimiter = %s: it is comma, semicolon, tab or pipe", value);
}

static int
read_charset(struct reading *r, const char *value)
{
	if (strcmp(value, "auto") == 0) {
		r->map->format.charset = CSV_FILE_AUTO;
	} else if (strcmp(value, "utf-8") == 0) {
		r->map->format.charset = CSV_FILE_UTF8;
	} else if (strcmp(value, "gb18030") == 0 || strcmp(value, "gbk") == 0) {
		r->map->format.charset = CSV_FILE_GB18030;
	} else {
		return fail(r, r->line,
		    "charset = %s: it is auto, utf-8 or gb18030", value);
	}
	return 1;
}

/* "local" or "+08:00". */
static int
read_zone(struct reading *r, const char *value)
{
	int hours, minutes, used = 0;
	char sign;

	if (strcmp(value, "local") == 0) {
		r->map->zone_s = ZONE_LOCAL;
		return 1;
	}
	/* NOLINTNEXTLINE(cert-err34-c): two digits cannot overflow */
	if (sscanf(value, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 ||
	    value[used] != '\0' || (sign != '+' && sign != '-') || hours < 0 ||
	    hours > 14 || minutes < 0 || minutes > 59) {
		return fail(r, r->line,
		    "time-zone = %s: it is local, or like +08:00", value);
	}
	r->map->zone_s = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
	return 1;
}

static int
read_choice(struct reading *r, const char *name, const char *value,
    const char *yes, const char *no)
{
	if (strcmp(value, yes) == 0 || strcmp(value, no) == 0)
		return 1;
	return fail(r, r->line, "%s = %s: it is %s or %s", name, value, yes,
	    no);
}

static int
read_import(struct reading *r, const char *name, const char *value)
{
	struct import_map *map = r->map;

	if (strcmp(name, "source") == 0) {
		if (value[0] == '\0' ||
		    text_copy(map->source, sizeof(map->source), value)) {
			return fail(r, r->line, "source = needs 1 to %d bytes",
			    SOURCE_BYTES_MAX);
		}
		return 1;
	}
	if (strcmp(name, "charset") == 0)
		return read_charset(r, value);
	if (strcmp(name, "delimiter") == 0)
		return read_delimiter(r, value);
	if (strcmp(name, "time-zone") == 0)
		return read_zone(r, value);
	if (strcmp(name, "header") == 0) {
		map->has_header = strcmp(value, "yes") == 0;
		return read_choice(r, name, value, "yes", "no");
	}
	return fail(r, r->line,
	    "[import] has no '%s'; it has source, charset, "
	    "delimiter, header and time-zone",
	    name);
}

static int
add_format(struct reading *r, const char *at, size_t size)
{
	struct import_map *map = r->map;
	char format[TIME_BYTES_MAX];

	while (size > 0 && at[0] == ' ') {
		at++;
		size--;
	}
	while (size > 0 && at[size - 1] == ' ')
		size--;
	if (size == 0)
		return 1;
	if (memchr(at, '%', size) == NULL ||
	    text_copy_span(format, sizeof(format), span_of(at, size)) !=
		RC_OK) {
		return fail(r, r->line,
		    "'%.*s' is not a time format; one looks like "
		    "%%Y-%%m-%%d %%H:%%M",
		    (int)size, at);
	}
	if (map->format_count == IMPORT_FORMATS_MAX) {
		return fail(r, r->line, "more than %d time formats",
		    IMPORT_FORMATS_MAX);
	}
	map->formats[map->format_count++] = memory_text(format);
	return 1;
}

static int
read_formats(struct reading *r, const char *value)
{
	const char *bar;

	for (; (bar = strchr(value, '|')) != NULL; value = bar + 1) {
		if (!add_format(r, value, (size_t)(bar - value)))
			return 0;
	}
	return add_format(r, value, strlen(value));
}

static int
read_time(struct reading *r, const char *name, const char *value)
{
	if (strcmp(name, "formats") == 0)
		return read_formats(r, value);
	if (strcmp(name, "empty") == 0) {
		r->map->is_empty_now = strcmp(value, "now") == 0;
		return read_choice(r, name, value, "refuse", "now");
	}
	return fail(r, r->line, "[time] has no '%s'; it has formats and empty",
	    name);
}

static int
read_template(struct reading *r, const char *name, const char *value)
{
	enum import_field field = find_field(name);

	if (field == IMPORT_FIELDS) {
		return fail(r, r->line,
		    "[fields] has no '%s'; docs/import.md lists the fields",
		    name);
	}
	if (r->map->templates[field].count > 0)
		return fail(r, r->line, "'%s' is given a second time", name);
	r->template_field = field;
	r->template_line = r->line;
	buffer_reset(&r->template_text);
	if (buffer_append(&r->template_text, span_of_text(value)) != RC_OK)
		return fail(r, r->line, "the template is too long");
	return 1;
}

static int
read_value(struct reading *r, const char *field_name, const char *name,
    const char *value)
{
	struct import_map *map = r->map;
	enum import_field field = find_field(field_name);
	struct import_value *entry;

	if (field == IMPORT_FIELDS) {
		return fail(r, r->line, "[values %s]: there is no such field",
		    field_name);
	}
	if (map->value_count == VALUES_MAX)
		return fail(r, r->line, "more than %d values", VALUES_MAX);
	map->values = memory_grow(map->values, map->value_count + 1,
	    sizeof(*map->values));
	entry = &map->values[map->value_count++];
	entry->field = field;
	entry->from = make_pattern(name);
	entry->to = memory_text(value);
	map->has_values[field] = true;
	return 1;
}

static int
add_skip(struct reading *r, int column, const char *value)
{
	struct import_map *map = r->map;

	if (column < 0 || map->skip_count == SKIPS_MAX) {
		return fail(r, r->line, "more than %d columns or rules to skip",
		    SKIPS_MAX);
	}
	map->skips[map->skip_count++] =
	    (struct import_skip){ .column = (size_t)column,
		    .what = make_pattern(value) };
	return 1;
}

/* An indented line: it goes on with the entry above. */
static int
continue_entry(struct reading *r, const char *name, const char *value)
{
	if (strcmp(r->section, "fields") == 0 &&
	    r->template_field != IMPORT_FIELDS) {
		if (buffer_append(&r->template_text, span_of_text("\n")) ||
		    buffer_append(&r->template_text, span_of_text(value)))
			return fail(r, r->line, "the template is too long");
		return 1;
	}
	if (strcmp(r->section, "time") == 0 && strcmp(name, "formats") == 0)
		return read_formats(r, value);
	/* Not by name: libinih cuts it in a continuation. */
	if (strcmp(r->section, "skip") == 0) {
		return add_skip(r,
		    (int)r->map->skips[r->map->skip_count - 1].column, value);
	}
	return fail(r, r->line,
	    "a line that begins with a blank continues the "
	    "one above; only templates, time formats and skip rules may");
}

static int
read_entry(struct reading *r, const char *name, const char *value)
{
	const char *section = r->section;

	if (strcmp(section, "import") == 0)
		return read_import(r, name, value);
	if (strcmp(section, "fields") == 0)
		return read_template(r, name, value);
	if (strcmp(section, "time") == 0)
		return read_time(r, name, value);
	if (strcmp(section, "skip") == 0)
		return add_skip(r, find_column(r->map, name), value);
	if (strncmp(section, "values ", 7) == 0)
		return read_value(r, section + 7, name, value);
	return fail(r, r->line,
	    "there is no section [%s]; there are [import], "
	    "[fields], [time], [values FIELD] and [skip]",
	    section);
}

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
		return fail(r, r->line, "the section's name is too long");
	if (r->is_indented && r->has_entry)
		return continue_entry(r, name, value);
	r->has_entry = true;
	return finish_template(r) && read_entry(r, name, value);
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
		(void)fail(r, r->line,
		    "the line is longer than %d bytes; "
		    "go on in an indented line",
		    size - 2);
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
			return fail(r, 0,
			    "with header = no the columns are "
			    "{1} to {%d}, not {%s}",
			    CSV_FILE_COLUMNS_MAX, map->columns[i]);
		}
	}
	return 1;
}

static int
check_whole(struct reading *r)
{
	const struct import_map *map = r->map;

	if (map->source[0] == '\0') {
		return fail(r, 0,
		    "[import] needs source = a short name of "
		    "where the rows come from");
	}
	if (!import_map_has(map, IMPORT_CHANNEL))
		return fail(r, 0, "[fields] needs channel = ...");
	if (!import_map_has(map, IMPORT_SUBJECT) &&
	    !import_map_has(map, IMPORT_TEXT))
		return fail(r, 0, "[fields] needs subject = ... or text = ...");
	for (int i = 0; i < IMPORT_FIELDS; i++) {
		if (map->has_values[i] && map->templates[i].count == 0) {
			return fail(r, 0,
			    "[values %s] is of no use without "
			    "%s = ... in [fields]",
			    field_names[i], field_names[i]);
		}
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
		(void)fail(r, line,
		    "this is neither [section] nor "
		    "name = value");
	}
	if (!r->has_failed && finish_template(r))
		(void)check_whole(r);
}

enum rc
import_map_parse(struct span text, const char *name, struct import_map **out,
    struct import_fault *fault)
{
	struct import_map *map = memory_new(1, sizeof(*map));
	struct reading r = { .rest = text,
		.name = name,
		.map = map,
		.fault = fault,
		.template_field = IMPORT_FIELDS,
		.template_text = { .limit = TEMPLATE_BYTES_MAX - 1 } };

	*out = NULL;
	fault->sentence[0] = '\0';
	map->format.delimiter = ',';
	map->has_header = true;
	map->zone_s = ZONE_LOCAL;
	if (text_is_utf8(text)) {
		parse_lines(&r);
	} else {
		(void)fail(&r, 0, "the map is not UTF-8 text");
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
import_map_read(const char *path, struct import_map **out,
    struct import_fault *fault)
{
	struct buffer text = { .limit = IMPORT_MAP_BYTES_MAX };
	enum rc rc = file_read(path, &text);

	*out = NULL;
	if (rc == RC_OK) {
		rc = import_map_parse(buffer_span(&text), path, out, fault);
	} else {
		(void)snprintf(fault->sentence, sizeof(fault->sentence),
		    "%s: the map cannot be read: %s", path, rc_text(rc));
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
	for (int i = 0; i < IMPORT_FIELDS; i++)
		free_template(&map->templates[i]);
	for (size_t i = 0; i < map->value_count; i++) {
		free(map->values[i].from.text);
		free(map->values[i].to);
	}
	for (size_t i = 0; i < map->skip_count; i++)
		free(map->skips[i].what.text);
	free(map->values);
	free(map);
}
