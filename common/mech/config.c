/*
 * The table is the only place that knows a setting: reading, checking, defaults
 * and the written form come from it.  An unknown key or a value out of range
 * stops the program with file and line, because a setting that is silently
 * ignored is worse than one that is missing.
 */
#include "mech/config.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

enum {
	ITEMS_MAX = 128,
	FILE_BYTES_MAX = 256 * 1024,
	NUMBER_TEXT_MAX = 24,
	OFFICE_MODE = 0600,
};

struct unit {
	enum config_kind kind;
	const char *name;
	int64_t factor;
};

static const struct unit units[] = {
	{ CONFIG_IS_MS, "ms", 1 },
	{ CONFIG_IS_MS, "s", 1000 },
	{ CONFIG_IS_MS, "min", 60000 },
	{ CONFIG_IS_MS, "h", 3600000 },
	{ CONFIG_IS_MS, "d", 86400000 },
	{ CONFIG_IS_BYTES, "K", 1 << 10 },
	{ CONFIG_IS_BYTES, "M", 1 << 20 },
	{ CONFIG_IS_BYTES, "G", 1 << 30 },
};

/* -- one value -- */

static void
store(void *options, const struct config_item *item, int64_t value)
{
	uint8_t *field = (uint8_t *)options + item->at;
	bool flag = value != 0;

	if (item->kind == CONFIG_IS_FLAG) {
		CHECK(item->size == sizeof(flag));
		memcpy(field, &flag, sizeof(flag));
		return;
	}
	CHECK(item->size == sizeof(value));
	memcpy(field, &value, sizeof(value));
}

static int64_t
load_number(const void *options, const struct config_item *item)
{
	const uint8_t *field = (const uint8_t *)options + item->at;
	int64_t value;
	bool flag;

	if (item->kind == CONFIG_IS_FLAG) {
		memcpy(&flag, field, sizeof(flag));
		return flag ? 1 : 0;
	}
	memcpy(&value, field, sizeof(value));
	return value;
}

static char *
text_field(void *options, const struct config_item *item)
{
	return (char *)options + item->at;
}

static const char *
load_text(const void *options, const struct config_item *item)
{
	return (const char *)options + item->at;
}

/* "15 s" into 15 and 1000. */
static enum rc
parse_number(const struct config_item *item, const char *text, int64_t *value)
{
	char digits[NUMBER_TEXT_MAX + 1];
	size_t size = strspn(text, "-0123456789");
	const char *unit = text + size + strspn(text + size, " ");
	int64_t factor = *unit == '\0' ? 1 : 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].kind == item->kind &&
		    strcmp(units[i].name, unit) == 0)
			factor = units[i].factor;
	}
	if (factor == 0 || text_copy_span(digits, sizeof(digits),
			       span_of(text, size)) != RC_OK)
		return RC_MALFORMED;
	if (number_parse(digits, INT64_MIN / factor, INT64_MAX / factor,
		value) != RC_OK)
		return RC_MALFORMED;
	*value *= factor;
	return *value < item->min || *value > item->max ? RC_MALFORMED : RC_OK;
}

static enum rc
parse_flag(const char *text, int64_t *value)
{
	static const char *const words[][2] = { { "no", "yes" },
		{ "off", "on" }, { "false", "true" }, { "0", "1" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		for (int v = 0; v < 2; v++) {
			if (strcmp(text, words[i][v]) == 0) {
				*value = v;
				return RC_OK;
			}
		}
	}
	return RC_MALFORMED;
}

/* What the item wants, to end a sentence with. */
static void
say_wanted(const struct config_item *item, char *out, size_t size)
{
	switch (item->kind) {
	case CONFIG_IS_TEXT:
		(void)snprintf(out, size, "text of at most %zu bytes",
		    item->size - 1);
		break;
	case CONFIG_IS_FLAG:
		(void)snprintf(out, size, "yes or no");
		break;
	case CONFIG_IS_MS:
		(void)snprintf(out, size,
		    "%" PRId64 " to %" PRId64
		    " milliseconds, or a number with ms, s, min, h or d",
		    item->min, item->max);
		break;
	case CONFIG_IS_BYTES:
		(void)snprintf(out, size,
		    "%" PRId64 " to %" PRId64
		    " bytes, or a number with K, M or G",
		    item->min, item->max);
		break;
	case CONFIG_IS_COUNT:
		(void)snprintf(out, size,
		    "a number from %" PRId64 " to %" PRId64, item->min,
		    item->max);
		break;
	}
}

static enum rc
set_value(const struct config_item *item, void *options, const char *text)
{
	int64_t value = 0;
	enum rc rc;

	if (item->kind == CONFIG_IS_TEXT) {
		if (!text_is_utf8(span_of_text(text)))
			return RC_MALFORMED;
		return text_copy(text_field(options, item), item->size, text);
	}
	rc = item->kind == CONFIG_IS_FLAG ? parse_flag(text, &value)
					  : parse_number(item, text, &value);
	if (rc == RC_OK)
		store(options, item, value);
	return rc;
}

static const struct config_item *
find_item(const struct config_item *items, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(items[i].key, key) == 0)
			return &items[i];
	}
	return NULL;
}

enum rc
config_set(const struct config_item *items, size_t count, void *options,
    const char *key, const char *value, char problem[CONFIG_PROBLEM_MAX + 1])
{
	const struct config_item *item = find_item(items, count, key);
	char shown[LOG_ESCAPED_MAX + 1];
	char wanted[160];

	if (item == NULL) {
		(void)snprintf(problem, CONFIG_PROBLEM_MAX + 1,
		    "there is no option \"%s\"",
		    log_escape(span_of_text(key), shown));
		return RC_MALFORMED;
	}
	if (set_value(item, options, value) != RC_OK) {
		say_wanted(item, wanted, sizeof(wanted));
		(void)snprintf(problem, CONFIG_PROBLEM_MAX + 1,
		    "%s cannot be \"%s\": it takes %s", key,
		    log_escape(span_of_text(value), shown), wanted);
		return RC_MALFORMED;
	}
	return RC_OK;
}

void
config_defaults(const struct config_item *items, size_t count, void *options)
{
	CHECK(count <= ITEMS_MAX);
	for (size_t i = 0; i < count; i++) {
		const struct config_item *item = &items[i];

		if (item->kind == CONFIG_IS_TEXT) {
			CHECK(text_copy(text_field(options, item), item->size,
				  item->text) == RC_OK);
			continue;
		}
		CHECK(item->number >= item->min);
		CHECK(item->number <= item->max);
		store(options, item, item->number);
	}
}

/* -- one file -- */

struct reading {
	const struct config_item *items;
	size_t count;
	void *options;
	const char *path;
	const char *rest;        /* what libinih has not read yet */
	int line;                /* the one that it reads now, from 1 */
	bool is_seen[ITEMS_MAX]; /* keys of this file */
	char *problem;           /* the first; "" while there is none */
};

__attribute__((format(printf, 2, 3))) static void
say(struct reading *r, const char *format, ...)
{
	char what[CONFIG_PROBLEM_MAX + 1];
	va_list args;

	if (r->problem[0] != '\0')
		return;
	va_start(args, format);
	(void)vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	(void)snprintf(r->problem, CONFIG_PROBLEM_MAX + 1, "%.180s:%d: %.300s",
	    r->path, r->line, what);
}

/*
 * libinih asks line by line, which is how we know the number: Debian's build
 * does not tell it.  A longer line it would read as two.
 */
static char *
next_line(char *out, int size, void *context)
{
	struct reading *r = context;
	size_t length = strcspn(r->rest, "\n");

	if (*r->rest == '\0')
		return NULL;
	r->line++;
	if (length > CONFIG_LINE_MAX || length + 2 > (size_t)size)
		say(r, "the line is longer than %d bytes", CONFIG_LINE_MAX);
	/* A line that begins with a blank would go on with the key before. */
	if (isblank((unsigned char)r->rest[0]) &&
	    strspn(r->rest, " \t\r") < length)
		say(r, "the line begins with a blank");
	if (r->problem[0] != '\0')
		return NULL;
	memcpy(out, r->rest, length);
	out[length] = '\0';
	r->rest += length + (r->rest[length] == '\n' ? 1 : 0);
	return out;
}

static int
take_pair(void *context, const char *section, const char *key,
    const char *value)
{
	struct reading *r = context;
	char problem[CONFIG_PROBLEM_MAX + 1];
	const struct config_item *item;

	if (section[0] != '\0') {
		say(r, "sections like [%.40s] are not used here", section);
		return 0;
	}
	if (config_set(r->items, r->count, r->options, key, value, problem) !=
	    RC_OK) {
		say(r, "%s", problem);
		return 0;
	}
	item = find_item(r->items, r->count, key);
	if (r->is_seen[item - r->items])
		say(r, "%s is given twice in this file", key);
	r->is_seen[item - r->items] = true;
	return 1;
}

static enum rc
parse_text(struct reading *r)
{
	int bad_line = ini_parse_stream(next_line, r, take_pair, r);

	if (r->problem[0] != '\0')
		return RC_MALFORMED;
	if (bad_line != 0) {
		r->line = bad_line;
		say(r, "this is not \"key = value\"");
		return RC_MALFORMED;
	}
	return RC_OK;
}

static enum rc
read_file(struct reading *r, const char *path)
{
	struct buffer text = { .limit = FILE_BYTES_MAX };
	enum rc rc = file_read(path, &text);

	if (rc == RC_OK)
		rc = buffer_append(&text, span_of("", 1));
	if (rc != RC_OK) {
		(void)snprintf(r->problem, CONFIG_PROBLEM_MAX + 1,
		    "%.300s cannot be read: %s", path, rc_text(rc));
		buffer_clear(&text);
		return rc == RC_TOO_BIG ? RC_MALFORMED : rc;
	}
	r->path = path;
	r->rest = (const char *)text.at;
	r->line = 0;
	memset(r->is_seen, 0, sizeof(r->is_seen));
	if (strlen(r->rest) + 1 != text.size) {
		say(r, "the file has a NUL byte in it");
		rc = RC_MALFORMED;
	} else {
		rc = parse_text(r);
	}
	buffer_clear(&text);
	return rc;
}

/* -- all files -- */

static int
is_conf(const struct dirent *entry)
{
	static const char suffix[] = ".conf";
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length >= strlen(suffix) &&
	       strcmp(entry->d_name + length - strlen(suffix), suffix) == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static enum rc
read_folder(struct reading *r, const char *folder)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_conf, by_name);
	char path[FILE_PATH_MAX];
	enum rc rc = RC_OK;

	if (count < 0 && errno == ENOENT)
		return RC_OK;
	if (count < 0 || count > CONFIG_FILES_MAX) {
		(void)snprintf(r->problem, CONFIG_PROBLEM_MAX + 1,
		    count < 0 ? "%.300s cannot be read"
			      : "%.300s has too many files",
		    folder);
		rc = count < 0 ? RC_DENIED : RC_MALFORMED;
	}
	for (int i = 0; i < count; i++) {
		file_join(path, folder, entries[i]->d_name);
		if (rc == RC_OK)
			rc = read_file(r, path);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

enum rc
config_load(const char *dir, const struct config_item *items, size_t count,
    void *options, char problem[CONFIG_PROBLEM_MAX + 1])
{
	struct reading r = { .items = items,
		.count = count,
		.options = options,
		.problem = problem };
	char path[FILE_PATH_MAX];
	enum rc rc;

	problem[0] = '\0';
	config_defaults(items, count, options);
	file_join(path, dir, "office.ini");
	rc = read_file(&r, path);
	if (rc != RC_OK)
		return rc;
	file_join(path, dir, "conf.d");
	return read_folder(&r, path);
}

/* -- writing -- */

__attribute__((format(printf, 2, 3))) static void
put(struct buffer *out, const char *format, ...)
{
	char line[512];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	CHECK(size >= 0 && (size_t)size < sizeof(line));
	CHECK(buffer_append(out, span_of(line, (size_t)size)) == RC_OK);
}

/* Whether libinih would give this very text back. */
static bool
comes_back(const struct config_item *item, const char *text)
{
	size_t length = strlen(text);

	if (length == 0)
		return true;
	return strpbrk(text, "\r\n") == NULL && strstr(text, " ;") == NULL &&
	       strstr(text, "\t;") == NULL && text[0] != ';' &&
	       !isspace((unsigned char)text[0]) &&
	       !isspace((unsigned char)text[length - 1]) &&
	       strlen(item->key) + 3 + length <= CONFIG_LINE_MAX;
}

static enum rc
put_item(struct buffer *out, const struct config_item *item,
    const void *options)
{
	char value[NUMBER_TEXT_MAX + 1];
	const char *text = value;
	bool is_default;

	if (item->kind == CONFIG_IS_TEXT) {
		text = load_text(options, item);
		is_default = strcmp(text, item->text) == 0;
		if (!comes_back(item, text))
			return RC_MALFORMED;
	} else {
		int64_t number = load_number(options, item);

		is_default = number == item->number;
		if (item->kind == CONFIG_IS_FLAG) {
			text = number != 0 ? "yes" : "no";
		} else {
			(void)snprintf(value, sizeof(value), "%" PRId64,
			    number);
		}
	}
	put(out, "\n# %s\n", item->help);
	if (item->kind != CONFIG_IS_TEXT && item->kind != CONFIG_IS_FLAG) {
		put(out, "# %" PRId64 " to %" PRId64 "\n", item->min,
		    item->max);
	}
	put(out, "%s%s = %s\n", is_default ? "; " : "", item->key, text);
	return RC_OK;
}

enum rc
config_write(const char *dir, const struct config_item *items, size_t count,
    const void *options)
{
	struct buffer out = { .limit = FILE_BYTES_MAX };
	char path[FILE_PATH_MAX];
	enum rc rc = RC_OK;

	put(&out, "# This office's options.  A line that begins with ; shows "
		  "the default.\n# Files conf.d/*.conf are read after this "
		  "one.\n");
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = put_item(&out, &items[i], options);
	file_join(path, dir, "office.ini");
	if (rc == RC_OK)
		rc = file_write(path, buffer_span(&out), OFFICE_MODE, false);
	buffer_clear(&out);
	return rc;
}
