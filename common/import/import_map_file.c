/*
 * The sections that say how the file is written: [import] and [time].
 */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "import/import_map_read.h"

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
	return map_fault(r, r->line, SAY_MAP_DELIMITER, SAY_ARGS(value));
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
		return map_fault(r, r->line, SAY_MAP_CHARSET, SAY_ARGS(value));
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
		return map_fault(r, r->line, SAY_MAP_ZONE, SAY_ARGS(value));
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
	return map_fault(r, r->line, SAY_MAP_CHOICE,
	    SAY_ARGS(name, value, yes, no));
}

int
map_read_import(struct reading *r, const char *name, const char *value)
{
	struct import_map *map = r->map;

	if (strcmp(name, "source") == 0) {
		if (value[0] == '\0' ||
		    text_copy(map->source, sizeof(map->source), value)) {
			return map_fault_number(r, r->line, SAY_MAP_SOURCE_LONG,
			    SOURCE_BYTES_MAX, NULL);
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
	return map_fault(r, r->line, SAY_MAP_IMPORT_KEY, SAY_ARGS(name));
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
	if (text_copy_span(format, sizeof(format), span_of(at, size)) !=
	    RC_OK) {
		return map_fault_number(r, r->line, SAY_MAP_FORMAT_LONG,
		    TIME_BYTES_MAX - 1, NULL);
	}
	if (strchr(format, '%') == NULL)
		return map_fault(r, r->line, SAY_MAP_FORMAT, SAY_ARGS(format));
	if (map->format_count == IMPORT_FORMATS_MAX) {
		return map_fault_number(r, r->line, SAY_MAP_FORMATS_MANY,
		    IMPORT_FORMATS_MAX, NULL);
	}
	map->formats[map->format_count++] = memory_text(format);
	return 1;
}

int
map_read_formats(struct reading *r, const char *value)
{
	const char *bar;

	for (; (bar = strchr(value, '|')) != NULL; value = bar + 1) {
		if (!add_format(r, value, (size_t)(bar - value)))
			return 0;
	}
	return add_format(r, value, strlen(value));
}

int
map_read_time(struct reading *r, const char *name, const char *value)
{
	if (strcmp(name, "formats") == 0)
		return map_read_formats(r, value);
	if (strcmp(name, "empty") == 0) {
		r->map->is_empty_now = strcmp(value, "now") == 0;
		return read_choice(r, name, value, "refuse", "now");
	}
	return map_fault(r, r->line, SAY_MAP_TIME_KEY, SAY_ARGS(name));
}
