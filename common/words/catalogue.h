/*
 * catalogue - every sentence that a person sees, in Chinese and in English.
 *
 * The texts stand in words/sentences/, one file a room; code
 * names a sentence (SAY_...) and never spells one.  Logs are not in here:
 * they are for the administrator's grep and stay English.
 *
 * A text may hold {1} ... {5}: places for the arguments, in any order, so
 * that each language can put its words where it needs them.
 *
 * Pure, apart from language_of_environment; any thread.
 */
#ifndef WORDS_CATALOGUE_H
#define WORDS_CATALOGUE_H

#include <stddef.h>

enum language { LANGUAGE_ZH, LANGUAGE_EN };
enum { LANGUAGE_COUNT = 2 };

#define CATALOGUE_NAME(name, zh, en) name,
enum say {
#define X CATALOGUE_NAME
#include "words/catalogue_list.h"
#undef X
	SAY_COUNT
};
#undef CATALOGUE_NAME

enum {
	SAY_ARGS_MAX = 5,
	SAY_TEXT_MAX = 1024, /* bytes; room for any sentence with arguments */
};

/*
 * LC_ALL, then LC_MESSAGES, then LANG, the first that is set and not empty:
 * C, POSIX and en* are English, everything else is Chinese, and so is an
 * environment that says nothing.
 */
enum language language_of_environment(void);

/* "en", "en_US.UTF-8", "C", "POSIX" -> EN; anything else, NULL too -> ZH. */
enum language language_of_code(const char *code);

/* "zh" or "en": what a command carries. */
const char *language_code(enum language language);

/* A text as it stands, placeholders and all.  Lives for ever. */
const char *say(enum language language, enum say id);

/*
 * Write the text into `out` (`size` bytes with the NUL, > 0), {n} replaced by
 * args[n-1].  `args` ends with NULL, or is NULL; a placeholder without an
 * argument stays as it is.  What does not fit is cut between characters.
 */
void say_to(char *out, size_t size, enum language language, enum say id,
    const char *const args[]);

/* say_to(out, sizeof(out), language, SAY_X, SAY_ARGS(name, number)) */
#define SAY_ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#endif
