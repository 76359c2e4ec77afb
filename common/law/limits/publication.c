/*
 * Which sort of file it is, by its first section, and whether it is sound.
 *
 * Rules and calendars are read by those who use them; of categories and
 * templates only what must hold is checked here.  A file that passes is
 * recorded and travels to every office below; what is not sound is refused
 * here, with its line, where somebody can still mend it.
 */
#include "law/limits/publication.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "law/limits/law_ini.h"
#include "law/limits/rules.h"
#include "petition/codes.h"

enum { BEIJING_OFFSET_MIN = 480, CATEGORY_DIGITS_MAX = 6 };

static const char *const sorts[] = { PUBLICATION_RULES, PUBLICATION_CALENDAR,
	PUBLICATION_CATEGORIES, PUBLICATION_TEMPLATES };
enum { SORTS = sizeof(sorts) / sizeof(*sorts) };

const char *
publication_sort(const char *typed)
{
	for (size_t i = 0; i < SORTS; i++) {
		if (strcasecmp(sorts[i], typed) == 0)
			return sorts[i];
	}
	return NULL;
}

/* -- which sort -- */

/* The name between the first line's brackets. */
static const char *
guess(struct span text)
{
	char section[LAW_SECTION_BYTES_MAX + 1];
	size_t at = 0, end;

	if (text.size >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	while (at < text.size && text.at[at] != '[') {
		/* A comment, or blanks. */
		if (text.at[at] == '#' || text.at[at] == ';') {
			while (at < text.size && text.at[at] != '\n')
				at++;
		} else if (strchr(" \t\r\n", text.at[at]) == NULL ||
			   text.at[at] == '\0') {
			return NULL;
		} else {
			at++;
		}
	}
	end = ++at;
	while (end < text.size && text.at[end] != ']' && text.at[end] != '\n')
		end++;
	if (end >= text.size || text.at[end] != ']' ||
	    text_copy_span(section, sizeof(section),
		span_of(text.at + at, end - at)) != RC_OK)
		return NULL;
	return publication_sort(section);
}

/* -- categories and templates -- */

struct reading {
	const char *head; /* "categories" */
	char name[LAW_WORD_MAX + 1];
	char number[LAW_WORD_MAX + 1];
	int64_t day; /* 0: not said */
	char (*codes)[CATEGORY_DIGITS_MAX + 1];
	size_t count;
	bool has_words; /* of the section of a template */
	unsigned kinds; /* sections of templates */
};

static bool
take_word(const struct law_ini_entry *e, char out[static LAW_WORD_MAX + 1],
    struct law_fault *fault)
{
	if (out[0] != '\0')
		return law_fault_at(fault, e->line, "%s comes twice", e->key);
	if (!law_word_is_good(e->value, LAW_WORD_MAX) ||
	    text_copy(out, LAW_WORD_MAX + 1, e->value) != RC_OK) {
		return law_fault_at(fault, e->line,
		    "%s takes letters, digits, '.', '-' and '_', not %.80s",
		    e->key, e->value);
	}
	return true;
}

/* `*is_head`: it was one of the keys that every such file has. */
static bool
take_head(struct reading *r, const struct law_ini_entry *e, bool *is_head,
    struct law_fault *fault)
{
	*is_head = true;
	if (strcmp(e->key, "name") == 0)
		return take_word(e, r->name, fault);
	if (strcmp(e->key, "version") == 0)
		return take_word(e, r->number, fault);
	*is_head = strcmp(e->key, "effective") == 0;
	if (!*is_head || law_day_read(e->value, &r->day))
		return true;
	return law_fault_at(fault, e->line,
	    "effective takes a day like 2026-01-31, not %.80s", e->value);
}

static bool
is_code(const char *key)
{
	size_t size = strlen(key);

	return (size == 4 || size == CATEGORY_DIGITS_MAX) &&
	       strspn(key, "0123456789") == size;
}

static bool
has_code(const struct reading *r, const char *code, size_t size)
{
	for (size_t i = 0; i < r->count; i++) {
		if (strlen(r->codes[i]) == size &&
		    strncmp(r->codes[i], code, size) == 0)
			return true;
	}
	return false;
}

static bool
has_parent(const struct reading *r, const char *code)
{
	char first[3] = { code[0], code[1], '\0' };

	return strlen(code) == 4 ? codes_known(CODES_CATEGORY, first)
				 : has_code(r, code, 4);
}

static bool
take_category(void *context, const struct law_ini_entry *e,
    struct law_fault *fault)
{
	struct reading *r = context;
	const char *comma = strchr(e->value, ',');
	bool is_head;

	if (strcmp(e->section, "categories") != 0) {
		return law_fault_at(fault, e->line,
		    "only [categories] is known here, not [%s]", e->section);
	}
	if (!take_head(r, e, &is_head, fault) || is_head)
		return is_head && fault->text[0] == '\0';
	if (!is_code(e->key)) {
		return law_fault_at(fault, e->line,
		    "%.40s is not a code of four or six digits", e->key);
	}
	if (has_code(r, e->key, strlen(e->key)))
		return law_fault_at(fault, e->line, "%s comes twice", e->key);
	if (!has_parent(r, e->key)) {
		return law_fault_at(fault, e->line,
		    "nothing stands above %s: its parent comes first", e->key);
	}
	if (comma == NULL || comma == e->value ||
	    comma[1 + strspn(comma + 1, " ")] == '\0') {
		return law_fault_at(fault, e->line,
		    "%s takes a Chinese name, a comma, an English name",
		    e->key);
	}
	if (r->count == PUBLICATION_CODES_MAX) {
		return law_fault_at(fault, e->line, "more than %d categories",
		    PUBLICATION_CODES_MAX);
	}
	(void)memcpy(r->codes[r->count++], e->key, strlen(e->key) + 1);
	return true;
}

static bool
take_template(void *context, const struct law_ini_entry *e,
    struct law_fault *fault)
{
	static const char prefix[] = "template.";
	struct reading *r = context;
	bool is_head;

	if (strcmp(e->section, "templates") == 0) {
		if (!take_head(r, e, &is_head, fault))
			return false;
		return is_head || law_fault_at(fault, e->line,
				      "[templates] has no %.60s", e->key);
	}
	if (strncmp(e->section, prefix, sizeof(prefix) - 1) != 0 ||
	    !(codes_known(CODES_DIRECTIVE_KIND,
		  e->section + sizeof(prefix) - 1) ||
		codes_known(CODES_SUGGESTION,
		    e->section + sizeof(prefix) - 1))) {
		return law_fault_at(fault, e->line,
		    "[%s] is not a template of a kind of directive",
		    e->section);
	}
	if (strcmp(e->key, "zh") != 0 && strcmp(e->key, "en") != 0) {
		return law_fault_at(fault, e->line, "[%s] has no %.60s",
		    e->section, e->key);
	}
	if (e->value[0] == '\0')
		return law_fault_at(fault, e->line, "%s is empty", e->key);
	r->count++;
	return true;
}

static enum rc
read_list(struct span text, bool is_categories, struct published *out,
    struct law_fault *fault)
{
	struct reading r = { .head =
				 is_categories ? "categories" : "templates" };
	enum rc rc;

	if (is_categories)
		r.codes = memory_new(PUBLICATION_CODES_MAX, sizeof(*r.codes));
	rc = law_ini_read(text, PUBLISHED_TEXT_BYTES_MAX,
	    is_categories ? take_category : take_template, &r, fault);
	free(r.codes);
	if (rc != RC_OK)
		return rc;
	if (r.name[0] == '\0' || r.number[0] == '\0' || r.count == 0) {
		(void)law_fault_at(fault, 0,
		    r.count == 0 ? "[%s] and nothing in it"
				 : "[%s] needs name and version",
		    r.head);
		return RC_MALFORMED;
	}
	if (text_format(out->version, sizeof(out->version), "%s %s", r.name,
		r.number) != RC_OK) {
		(void)law_fault_at(fault, 0,
		    "name and version together are over %d bytes",
		    PUBLISHED_VERSION_MAX);
		return RC_MALFORMED;
	}
	out->effective_ms =
	    r.day == 0 ? 0 : calendar_end_of(r.day - 1, BEIJING_OFFSET_MIN) + 1;
	return RC_OK;
}

/* -- rules and calendars -- */

static enum rc
read_rules(struct span text, struct published *out, struct law_fault *fault)
{
	struct rules *r;
	enum rc rc = rules_parse(text, &r, fault);

	if (rc != RC_OK)
		return rc;
	CHECK(text_copy(out->version, sizeof(out->version), rules_version(r)) ==
	      RC_OK);
	out->effective_ms = rules_effective_ms(r);
	rules_free(r);
	return RC_OK;
}

static enum rc
read_calendar(struct span text, struct published *out, struct law_fault *fault)
{
	struct calendar *c;
	enum rc rc = calendar_parse(text, &c, fault);
	int year = CALENDAR_YEAR_MIN;

	if (rc != RC_OK)
		return rc;
	CHECK(text_copy(out->version, sizeof(out->version),
		  calendar_version(c)) == RC_OK);
	while (year < CALENDAR_YEAR_MAX &&
	       !calendar_knows(c, calendar_day(year, 1, 1)))
		year++;
	out->effective_ms =
	    calendar_end_of(calendar_day(year, 1, 1) - 1, BEIJING_OFFSET_MIN) +
	    1;
	calendar_free(c);
	return RC_OK;
}

enum rc
publication_read(struct span text, const char *sort, struct published *out,
    struct law_fault *fault)
{
	const char *said = guess(text);

	*out = (struct published){ .text = text };
	*fault = (struct law_fault){ 0 };
	if (said == NULL || (sort[0] != '\0' && strcmp(sort, said) != 0)) {
		(void)law_fault_at(fault, 1,
		    "the file begins with [rules], [calendar], [categories] or "
		    "[templates]%s%s",
		    sort[0] != '\0' ? "; asked for was " : "", sort);
		return RC_MALFORMED;
	}
	CHECK(text_copy(out->sort, sizeof(out->sort), said) == RC_OK);
	if (strcmp(said, PUBLICATION_RULES) == 0)
		return read_rules(text, out, fault);
	if (strcmp(said, PUBLICATION_CALENDAR) == 0)
		return read_calendar(text, out, fault);
	return read_list(text, strcmp(said, PUBLICATION_CATEGORIES) == 0, out,
	    fault);
}
