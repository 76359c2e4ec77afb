/*
 * The words of a directive that came without: the published templates of this
 * office or of one above,
 * else the catalogue's.
 *
 * A template file is INI: [template.KIND] with zh and en, one line each.
 */
#include "base/text.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "desk/directives/directive_internal.h"
#include "law/offices/tree.h"
#include "register/ask/offices.h"
#include "register/views.h"

enum {
	TEMPLATE_ARGS = 3,
	DATE_TEXT = 16, /* 2026-03-01 09:30 */
	LEVELS_MAX = 8, /* of offices above one another */
};

/* -- ours -- */

static const struct {
	const char *kind;
	enum say words;
} defaults[] = {
	{ "JB", SAY_TEMPLATE_JB },
	{ "CB", SAY_TEMPLATE_CB },
	{ "DB", SAY_TEMPLATE_DB },
	{ "GP", SAY_TEMPLATE_GP },
	{ "YT", SAY_TEMPLATE_YT },
	{ "TB", SAY_TEMPLATE_TB },
	{ "IMP", SAY_TEMPLATE_IMP },
	{ "POL", SAY_TEMPLATE_POL },
	{ "ACC", SAY_TEMPLATE_ACC },
};

static const char *
default_words(const char *kind, enum language language)
{
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++) {
		if (strcmp(defaults[i].kind, kind) == 0)
			return say(language, defaults[i].words);
	}
	return say(language, SAY_TEMPLATE_DB);
}

/* -- published ones -- */

/* The line at `*at`, without blanks around it; `*at` moves behind it. */
static struct span
take_line(const char **at)
{
	const char *from = *at + strspn(*at, " \t");
	size_t size = strcspn(from, "\r\n");

	*at = from + size;
	*at += strspn(*at, "\r\n");
	while (size > 0 && (from[size - 1] == ' ' || from[size - 1] == '\t'))
		size--;
	return span_of(from, size);
}

static bool
is_line(struct span line, const char *text)
{
	return line.size == strlen(text) &&
	       memcmp(line.at, text, line.size) == 0;
}

/* The value when the line is "key = value"; else an empty span. */
static struct span
value_of(struct span line, const char *key)
{
	size_t size = strlen(key);

	if (line.size <= size || memcmp(line.at, key, size) != 0)
		return span_of("", 0);
	line = span_of(line.at + size, line.size - size);
	while (line.size > 0 && (line.at[0] == ' ' || line.at[0] == '\t'))
		line = span_of(line.at + 1, line.size - 1);
	if (line.size == 0 || line.at[0] != '=')
		return span_of("", 0);
	do {
		line = span_of(line.at + 1, line.size - 1);
	} while (line.size > 0 && (line.at[0] == ' ' || line.at[0] == '\t'));
	return line;
}

static struct span
find_words(const char *text, const char *kind, enum language language)
{
	char section[CODE_MAX + 16];
	struct span line, found = span_of("", 0);
	bool is_inside = false;

	CHECK(text_format(section, sizeof(section), "[template.%s]", kind) ==
	      RC_OK);
	while (*text != '\0') {
		line = take_line(&text);
		if (line.size > 0 && line.at[0] == '[') {
			is_inside = is_line(line, section);
		} else if (is_inside) {
			struct span value =
			    value_of(line, language_code(language));

			if (value.size > 0)
				found = value;
		}
	}
	return found;
}

/* What this office has published, the newest in force. */
static bool
read_of(struct office *o, const char *office, const char *kind,
    enum language language, struct buffer *out)
{
	struct span words = span_of("", 0);
	struct buffer text = { 0 };

	if (ask_published_text(o->views, "TEMPLATES", office, o->now.wall_ms,
		&text)) {
		CHECK(buffer_append(&text, span_of("", 1)) == RC_OK);
		words = find_words((const char *)text.at, kind, language);
	}
	CHECK(buffer_append(out, words) == RC_OK);
	buffer_clear(&text);
	return words.size > 0;
}

/* The nearest office at or above us that has words for this kind. */
static bool
read_published(struct office *o, const char *kind, enum language language,
    struct buffer *out)
{
	const char *office = o->settings.office;

	for (int level = 0; level < LEVELS_MAX; level++) {
		if (read_of(o, office, kind, language, out))
			return true;
		office = tree_parent_of(views_tree(o->views), office);
		if (office[0] == '\0')
			break;
	}
	return false;
}

/* -- filling in -- */

static void
fill(struct span words, const char *const args[static TEMPLATE_ARGS],
    struct buffer *out)
{
	for (size_t i = 0; i < words.size; i++) {
		const char *at = (const char *)words.at + i;

		if (words.size - i >= 3 && at[0] == '{' && at[2] == '}' &&
		    at[1] >= '1' && at[1] < '1' + TEMPLATE_ARGS) {
			CHECK(buffer_append(out,
				  span_of_text(args[at[1] - '1'])) == RC_OK);
			i += 2;
		} else {
			CHECK(buffer_append(out, span_of(at, 1)) == RC_OK);
		}
	}
}

void
directive_template(struct office *o, enum language language,
    const struct directive *d, struct buffer *out)
{
	const char *about = d->item[0] != '\0' ? d->item : d->matter;
	const char *ground = codes_name(CODES_GROUND, d->ground, language);
	char due[CLOCK_TEXT_MAX + 1] = "";
	const char *args[TEMPLATE_ARGS];
	struct buffer words = { 0 };

	if (d->due_ms != 0) {
		clock_format(d->due_ms, due);
		due[DATE_TEXT] = '\0';
		due[10] = ' ';
	}
	args[0] =
	    about[0] != '\0' ? about : say(language, SAY_TEMPLATE_NO_ITEM);
	args[1] = due[0] != '\0' ? due : say(language, SAY_TEMPLATE_NO_DUE);
	args[2] =
	    ground[0] != '\0' ? ground : say(language, SAY_TEMPLATE_NO_GROUND);
	if (read_published(o, d->kind, language, &words))
		fill(buffer_span(&words), args, out);
	if (out->size == 0 || out->size > DIRECTIVE_TEXT_BYTES_MAX) {
		buffer_reset(out);
		fill(span_of_text(default_words(d->kind, language)), args, out);
	}
	buffer_clear(&words);
}
