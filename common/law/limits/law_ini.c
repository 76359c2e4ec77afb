/*
 * A data file of the law, line by line through libinih.
 *
 * libinih joins continued lines, lets a section come twice and says nothing
 * of one that is empty.  In a file that decides on limits each of these is
 * most likely a slip, and it would pass in silence: so every line is judged
 * before libinih gets it, and every section once it is complete.  The first
 * fault is kept, with its line, and nothing behind it is read.
 */
#include "law/limits/law_ini.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"

struct reading {
	struct span rest; /* lines not yet given to libinih */
	unsigned line;    /* of the last line given */
	bool is_fresh;    /* a section was opened and holds nothing yet */
	char sections[LAW_SECTIONS_MAX][LAW_SECTION_BYTES_MAX + 1];
	size_t section_count;
	law_ini_take take;
	void *context;
	struct law_fault *fault;
	bool has_failed;
};

bool
law_fault_at(struct law_fault *fault, unsigned line, const char *format, ...)
{
	va_list args;

	fault->line = line;
	va_start(args, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is not */
	(void)vsnprintf(fault->text, sizeof(fault->text), format, args);
	va_end(args);
	return false;
}

/* The line opens a section: the one before must have held something. */
static bool
open_section(struct reading *r)
{
	if (r->is_fresh) {
		return law_fault_at(r->fault, r->line,
		    "the section above holds nothing");
	}
	r->is_fresh = true;
	return true;
}

/* How many bytes libinih takes for blanks before the line's text. */
static size_t
count_blanks(struct span line)
{
	size_t blanks = 0;

	while (
	    blanks < line.size && strchr(" \t\r\v\f", line.at[blanks]) != NULL)
		blanks++;
	return blanks;
}

static bool
judge_line(struct reading *r, struct span line, int size)
{
	size_t blanks = count_blanks(line);

	if (line.size > LAW_LINE_BYTES_MAX || line.size + 2 > (size_t)size) {
		return law_fault_at(r->fault, r->line,
		    "the line is longer than %d bytes", LAW_LINE_BYTES_MAX);
	}
	if (blanks == line.size)
		return true;
	/* libinih would take it for more of the entry above. */
	if (blanks > 0) {
		return law_fault_at(r->fault, r->line,
		    "the line begins with a blank");
	}
	return line.at[0] != '[' || open_section(r);
}

/* libinih: the next line, as fgets gives it. */
static char *
on_line(char *out, int size, void *user)
{
	struct reading *r = user;
	const uint8_t *newline;
	struct span line = r->rest;

	if (r->rest.size == 0 || r->has_failed)
		return NULL;
	newline = memchr(r->rest.at, '\n', r->rest.size);
	if (newline != NULL)
		line.size = (size_t)(newline - r->rest.at);
	r->line++;
	if (!judge_line(r, line, size)) {
		r->has_failed = true;
		return NULL;
	}
	CHECK(text_copy_span(out, (size_t)size, line) == RC_OK);
	r->rest.at += line.size + (newline != NULL);
	r->rest.size -= line.size + (newline != NULL);
	return out;
}

static bool
add_section(struct reading *r, const char *section)
{
	if (section[0] == '\0') {
		return law_fault_at(r->fault, r->line,
		    "the entry stands before the first [section]");
	}
	for (size_t i = 0; i < r->section_count; i++) {
		if (strcmp(r->sections[i], section) == 0) {
			return law_fault_at(r->fault, r->line,
			    "the section [%s] comes twice", section);
		}
	}
	if (r->section_count == LAW_SECTIONS_MAX) {
		return law_fault_at(r->fault, r->line,
		    "there are more than %d sections", LAW_SECTIONS_MAX);
	}
	if (text_copy(r->sections[r->section_count], sizeof(r->sections[0]),
		section) != RC_OK) {
		return law_fault_at(r->fault, r->line,
		    "the section's name is longer than %d bytes",
		    LAW_SECTION_BYTES_MAX);
	}
	r->section_count++;
	return true;
}

/* libinih: one entry.  Returns 0 when something is wrong with it. */
static int
on_entry(void *user, const char *section, const char *name, const char *value)
{
	struct reading *r = user;
	struct law_ini_entry entry = { .section = section,
		.key = name,
		.value = value,
		.line = r->line,
		.is_first = r->is_fresh };

	if (r->has_failed)
		return 0;
	if (entry.is_first || section[0] == '\0')
		r->has_failed = !add_section(r, section);
	r->is_fresh = false;
	if (!r->has_failed)
		r->has_failed = !r->take(r->context, &entry, r->fault);
	return !r->has_failed;
}

/* Some editors put a byte order mark in front. */
static struct span
without_mark(struct span text)
{
	if (text.size >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
		return span_of(text.at + 3, text.size - 3);
	return text;
}

enum rc
law_ini_read(struct span text, size_t bytes_max, law_ini_take take,
    void *context, struct law_fault *fault)
{
	struct reading r = { .rest = without_mark(text),
		.take = take,
		.context = context,
		.fault = fault };
	int bad_line;

	*fault = (struct law_fault){ 0 };
	if (text.size > bytes_max) {
		(void)law_fault_at(fault, 0,
		    "the file is larger than %zu bytes", bytes_max);
		return RC_TOO_BIG;
	}
	if (!text_is_utf8(text)) {
		(void)law_fault_at(fault, 0, "the file is not UTF-8 text");
		return RC_MALFORMED;
	}
	bad_line = ini_parse_stream(on_line, &r, on_entry, &r);
	if (bad_line < 0)
		fatal("libinih: out of memory");
	if (bad_line > 0 && !r.has_failed) {
		r.has_failed = true;
		(void)law_fault_at(fault, (unsigned)bad_line,
		    "this is neither [section] nor key = value");
	}
	if (!r.has_failed && r.is_fresh) {
		r.has_failed = true;
		(void)law_fault_at(fault, r.line,
		    "the last section holds nothing");
	}
	return r.has_failed ? RC_MALFORMED : RC_OK;
}

bool
law_word_is_good(const char *text, size_t max)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";
	size_t size = strlen(text);

	return size > 0 && size <= max && strspn(text, allowed) == size;
}

/* `size` digits at `at`, which are there. */
static bool
read_digits(const char *at, size_t size, int64_t max, int64_t *out)
{
	char digits[8];

	return at[0] != '-' &&
	       text_copy_span(digits, sizeof(digits), span_of(at, size)) ==
		   RC_OK &&
	       number_parse(digits, 1, max, out) == RC_OK;
}

bool
law_day_read(const char *text, int64_t *day)
{
	static const int lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int64_t year, month, number;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
	    !read_digits(text, 4, CALENDAR_YEAR_MAX, &year) ||
	    !read_digits(text + 5, 2, 12, &month) ||
	    !read_digits(text + 8, 2, 31, &number) ||
	    year < CALENDAR_YEAR_MIN || number > lengths[month - 1])
		return false;
	*day = calendar_day((int)year, (int)month, (int)number);
	/* February 29 of a common year lands in March. */
	return month != 2 || number != 29 ||
	       calendar_day((int)year, 3, 1) > *day;
}
