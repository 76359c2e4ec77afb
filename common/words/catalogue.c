/*
 * catalogue - looking a sentence up and putting arguments into it.
 *
 * The texts are one array, made from catalogue_list.h by language; {1} to {9}
 * stand for arguments.  A sentence that does not fit is cut between characters,
 * so that it stays text.
 */
#include "words/catalogue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

static const char *const texts[SAY_COUNT][LANGUAGE_COUNT] = {
#define X(name, zh, en) [name] = { zh, en },
#include "words/catalogue_list.h"
#undef X
};

enum language
language_of_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		/* Read at start-up, before there is a second thread. */
		const char *value = getenv(names[i]); /* NOLINT */

		if (value != NULL && *value != '\0')
			return language_of_code(value);
	}
	return LANGUAGE_ZH;
}

/* Is `code` the locale `name`, alone or with country, encoding, variant? */
static int
is_locale(const char *code, const char *name)
{
	size_t size = strlen(name);

	return strncmp(code, name, size) == 0 &&
	       strchr("_-.@", code[size]) != NULL; /* finds the end too */
}

enum language
language_of_code(const char *code)
{
	if (code != NULL && (is_locale(code, "en") || is_locale(code, "C") ||
				is_locale(code, "POSIX")))
		return LANGUAGE_EN;
	return LANGUAGE_ZH;
}

const char *
language_code(enum language language)
{
	return language == LANGUAGE_EN ? "en" : "zh";
}

const char *
say(enum language language, enum say id)
{
	CHECK((unsigned)language < LANGUAGE_COUNT);
	CHECK((unsigned)id < SAY_COUNT);
	return texts[id][language];
}

/* The argument that "{n}" at `at` asks for; NULL: no placeholder, or none. */
static const char *
argument(const char *at, const char *const args[])
{
	if (at[0] != '{' || at[1] < '1' || at[1] > '0' + SAY_ARGS_MAX ||
	    at[2] != '}' || args == NULL)
		return NULL;
	for (int i = 0; args[i] != NULL; i++) {
		if (i == at[1] - '1')
			return args[i];
	}
	return NULL;
}

/* Do not leave half a character at the end of what was cut. */
static size_t
whole_characters(const char *text, size_t size)
{
	size_t start = size;

	while (start > 0 && ((uint8_t)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 && (uint8_t)text[start - 1] >= 0xc0) {
		uint8_t lead = (uint8_t)text[start - 1];
		size_t whole = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

		if (size - (start - 1) < whole)
			return start - 1;
	}
	return size;
}

void
say_to(char *out, size_t size, enum language language, enum say id,
    const char *const args[])
{
	const char *at = say(language, id);
	size_t used = 0, room = size - 1;

	CHECK(size > 0);
	while (*at != '\0' && used < room) {
		const char *from = argument(at, args);
		size_t take = from != NULL ? strlen(from) : 1;

		if (from == NULL) {
			from = at++;
		} else {
			at += strlen("{1}");
		}
		if (take > room - used)
			take = room - used;
		memcpy(out + used, from, take);
		used += take;
	}
	out[whole_characters(out, used)] = '\0';
}
