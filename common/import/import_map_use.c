/*
 * import_map_use - applying a map that was read: from cells to values.
 *
 * A map that was read has no more faults of its own; what is found wrong here
 * is wrong in a row.  Dates are read by the map's own patterns and in its own
 * zone, never in that of the machine.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "import/import_map.h"
#include "import/import_map_internal.h"

enum { YEAR_MIN = 1949, YEAR_MAX = 2199, TM_YEAR_BASE = 1900, MS_PER_S = 1000 };

const char *
import_map_source(const struct import_map *map)
{
	return map->source;
}

const struct csv_file_format *
import_map_format(const struct import_map *map)
{
	return &map->format;
}

bool
import_map_has_header(const struct import_map *map)
{
	return map->has_header;
}

bool
import_map_has(const struct import_map *map, size_t slot)
{
	CHECK(slot < SLOTS);
	return map->templates[slot].count > 0;
}

size_t
import_move_slot(size_t move, enum import_move_field field)
{
	CHECK(move < IMPORT_MOVES_MAX);
	return IMPORT_FIELDS + move * IMPORT_MOVE_FIELDS + field;
}

void
import_map_slot_name(const struct import_map *map, size_t slot,
    char out[static IMPORT_SLOT_NAME_MAX + 1])
{
	size_t move, field;

	CHECK(slot < SLOTS);
	if (slot < IMPORT_FIELDS) {
		CHECK(text_copy(out, IMPORT_SLOT_NAME_MAX + 1,
			  import_field_name((enum import_field)slot)) == RC_OK);
		return;
	}
	move = (slot - IMPORT_FIELDS) / IMPORT_MOVE_FIELDS;
	field = (slot - IMPORT_FIELDS) % IMPORT_MOVE_FIELDS;
	CHECK(move < map->move_count);
	CHECK(text_format(out, IMPORT_SLOT_NAME_MAX + 1, "%s.%s",
		  map->moves[move],
		  import_move_field_name((enum import_move_field)field)) ==
	      RC_OK);
}

size_t
import_map_moves(const struct import_map *map)
{
	return map->move_count;
}

void
import_map_move_word(const struct import_map *map, size_t move,
    char out[static MOVE_WORD_MAX + 1])
{
	CHECK(move < map->move_count);
	CHECK(text_copy_span(out, MOVE_WORD_MAX + 1,
		  span_of(map->moves[move], strcspn(map->moves[move], "."))) ==
	      RC_OK);
}

size_t
import_map_columns(const struct import_map *map)
{
	return map->column_count;
}

const char *
import_map_column(const struct import_map *map, size_t index)
{
	CHECK(index < map->column_count);
	return map->columns[index];
}

/* --- text --- */

/* Blanks that people and programs leave around a cell. */
static bool
is_blank(uint32_t point)
{
	return point <= ' ' || point == 0x7f || point == 0xa0 ||
	       point == 0x3000 || (point >= 0x2000 && point <= 0x200f) ||
	       point == 0x2028 || point == 0x2029 || point == 0x202f ||
	       point == 0x205f || point == 0x2060 || point == 0xfeff;
}

/* Takes no room and means nothing to a reader. */
static bool
is_dropped(uint32_t point)
{
	return (point < ' ' && point != '\n' && point != '\t') ||
	       point == 0x7f || (point >= 0x200b && point <= 0x200f) ||
	       point == 0x2060 || point == 0xfeff;
}

static struct span
trim(struct span text)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	const uint8_t *first = NULL, *last = NULL;

	while (at < end) {
		const uint8_t *start = at;

		if (is_blank(text_next(&at, end)))
			continue;
		if (first == NULL)
			first = start;
		last = at;
	}
	return first == NULL ? span_of("", 0)
			     : span_of(first, (size_t)(last - first));
}

static void
append(struct buffer *out, struct span text)
{
	if (text.size > 0)
		CHECK(buffer_append(out, text) == RC_OK);
}

static void
append_clean(struct buffer *out, struct span text)
{
	const uint8_t *at = text.at, *end = text.at + text.size;

	while (at < end) {
		const uint8_t *start = at;
		uint32_t point = text_next(&at, end);

		if (point == '\r' && (at == end || *at != '\n')) {
			append(out, span_of_text("\n"));
		} else if (point == '\t' || point == 0xa0) {
			append(out, span_of_text(" "));
		} else if (!is_dropped(point)) {
			append(out, span_of(start, (size_t)(at - start)));
		}
	}
}

void
import_map_fill(const struct import_map *map, size_t slot,
    const struct span cells[], struct buffer *out)
{
	const struct import_template *template = &map->templates[slot];

	for (size_t i = 0; i < template->count; i++) {
		const struct import_part *part = &template->parts[i];
		struct span cell = { 0 };

		if (part->column >= 0)
			cell = trim(cells[part->column]);
		if (cell.size > 0) {
			append_clean(out, cell);
		} else {
			append(out, span_of_text(part->text));
		}
	}
}

/* --- patterns --- */

static bool
matches(const struct import_pattern *pattern, struct span text)
{
	size_t size = strlen(pattern->text);

	if (size > text.size || (!pattern->is_beginning && size != text.size))
		return false;
	return size == 0 || memcmp(pattern->text, text.at, size) == 0;
}

/* A whole text is closer than any beginning, a long beginning than a short. */
static size_t
closeness(const struct import_pattern *pattern)
{
	return 1 + strlen(pattern->text) +
	       (pattern->is_beginning ? 0 : IMPORT_MAP_BYTES_MAX);
}

enum rc
import_map_value(const struct import_map *map, size_t slot, struct span text,
    struct span *value)
{
	size_t best = 0;

	*value = text;
	for (size_t i = 0; i < map->value_count; i++) {
		const struct import_value *entry = &map->values[i];

		if (entry->slot != slot || !matches(&entry->from, text) ||
		    closeness(&entry->from) <= best)
			continue;
		best = closeness(&entry->from);
		*value = span_of_text(entry->to);
	}
	return best > 0 || !map->has_values[slot] ? RC_OK : RC_NONE;
}

static bool
meets(const struct import_map *map, size_t owner, const struct span cells[])
{
	for (size_t i = 0; i < map->condition_count; i++) {
		const struct import_condition *c = &map->conditions[i];

		if (c->owner == owner &&
		    matches(&c->what, trim(cells[c->column])))
			return true;
	}
	return false;
}

bool
import_map_skips(const struct import_map *map, const struct span cells[])
{
	return meets(map, OWNER_SKIP, cells);
}

bool
import_map_moves_row(const struct import_map *map, size_t move,
    const struct span cells[])
{
	CHECK(move < map->move_count);
	return !map->is_bound[move] || meets(map, move, cells);
}

/* --- time --- */

/* What strptime left over: nothing, or a fraction of a second. */
static bool
is_end(const char *tail)
{
	if (*tail == '.' && tail[1] != '\0')
		tail += 1 + strspn(tail + 1, "0123456789");
	return *tail == '\0';
}

/* False: no such day. */
static bool
to_wall(const struct import_map *map, struct tm *tm, int64_t *wall_ms)
{
	int day = tm->tm_mday, month = tm->tm_mon, year = tm->tm_year;
	int64_t seconds;

	if (year < YEAR_MIN - TM_YEAR_BASE || year > YEAR_MAX - TM_YEAR_BASE)
		return false;
	tm->tm_isdst = -1;
	if (map->zone_s == ZONE_LOCAL) {
		seconds = (int64_t)mktime(tm);
	} else {
		seconds = (int64_t)timegm(tm) - map->zone_s;
	}
	*wall_ms = seconds * MS_PER_S;
	return tm->tm_mday == day && tm->tm_mon == month && tm->tm_year == year;
}

enum rc
import_map_time(const struct import_map *map, struct span text,
    int64_t *wall_ms)
{
	char moment[TIME_BYTES_MAX];

	*wall_ms = 0;
	if (text.size > 0)
		text = trim(text);
	if (text.size == 0)
		return map->is_empty_now ? RC_OK : RC_NONE;
	if (text_copy_span(moment, sizeof(moment), text) != RC_OK)
		return RC_MALFORMED;
	for (size_t i = 0; i < map->format_count; i++) {
		struct tm tm = { .tm_mday = 1 };
		const char *tail = strptime(moment, map->formats[i], &tm);

		if (tail != NULL && is_end(tail) && to_wall(map, &tm, wall_ms))
			return RC_OK;
	}
	/* RFC 3339, as other programs export it. */
	return strchr(moment, 'T') != NULL ? clock_parse(moment, wall_ms)
					   : RC_MALFORMED;
}
