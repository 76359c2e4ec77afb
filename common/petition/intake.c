/*
 * intake - the fields of an arrival: one table of what may be said.
 *
 * Setting a field from text, checking all of them and saying what is wrong all
 * read the table `fields`; a field is added there.  What the law makes of a
 * combination (a visit has people, a report names offices) is checked behind
 * the fields, since only then the sentence can name what is missing.
 */
#include "petition/intake.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "petition/codes.h"
#include "petition/intake_internal.h"
#include "petition/item_number.h"
#include "petition/office_code.h"

/* 1949-10-01 in the zone of Beijing, UTC milliseconds. */
#define INTAKE_CLAIMED_MIN_MS INT64_C(-639129600000)

enum {
	NO_LIST = -1,
	CATEGORY_DIGITS = 2, /* per level of the classification */
	CATEGORY_DIGITS_MAX = 6,
	VALUE_TEXT_MAX = 64, /* bytes of a number or a time as text */
};

static const char item_example[] = "420106-2026-000123-7QK";

#define CODE_FIELD(member, label, list)                                        \
	{                                                                      \
#member, label, INTAKE_CODE, offsetof(struct intake, member),  \
		    sizeof(((struct intake *)0)->member) - 1, list, true,      \
		    false                                                      \
	}
#define SPAN_FIELD(member, label, bytes_max, is_line, is_masked)               \
	{                                                                      \
#member, label, INTAKE_SPAN, offsetof(struct intake, member),  \
		    bytes_max, NO_LIST, is_line, is_masked                     \
	}
#define OTHER_FIELD(name, label, kind, member)                                 \
	{                                                                      \
		name, label, kind, offsetof(struct intake, member), 0,         \
		    NO_LIST, true, false                                       \
	}

static const struct intake_field fields[] = {
	CODE_FIELD(channel, SAY_FIELD_CHANNEL, CODES_CHANNEL),
	CODE_FIELD(purpose, SAY_FIELD_PURPOSE, CODES_PURPOSE),
	CODE_FIELD(legal_class, SAY_FIELD_LEGAL_CLASS, CODES_LEGAL_CLASS),
	CODE_FIELD(category, SAY_FIELD_CATEGORY, CODES_CATEGORY),
	CODE_FIELD(level, SAY_FIELD_LEVEL, CODES_LEVEL),
	OTHER_FIELD("heads", SAY_FIELD_HEADS, INTAKE_NUMBER, heads),
	CODE_FIELD(responsible, SAY_FIELD_RESPONSIBLE, NO_LIST),
	SPAN_FIELD(subject, SAY_FIELD_SUBJECT, SUBJECT_BYTES_MAX, true, true),
	SPAN_FIELD(text, SAY_FIELD_TEXT, TEXT_BYTES_MAX, false, true),
	SPAN_FIELD(place, SAY_FIELD_PLACE, PLACE_BYTES_MAX, true, true),
	SPAN_FIELD(source, SAY_FIELD_SOURCE, SOURCE_BYTES_MAX, true, false),
	SPAN_FIELD(source_ref, SAY_FIELD_SOURCE_REF, SOURCE_REF_BYTES_MAX, true,
	    false),
	OTHER_FIELD("claimed_at", SAY_FIELD_CLAIMED_AT, INTAKE_TIME,
	    claimed_ms),
	OTHER_FIELD("claimed_ms", SAY_FIELD_CLAIMED_MS, INTAKE_TIME_MS,
	    claimed_ms),
	CODE_FIELD(earlier_item, SAY_FIELD_EARLIER_ITEM, NO_LIST),
	OTHER_FIELD("accused", SAY_FIELD_ACCUSED, INTAKE_OFFICES, accused),
	CODE_FIELD(procedure, SAY_FIELD_PROCEDURE, CODES_PROCEDURE),
	SPAN_FIELD(person_name, SAY_FIELD_PERSON_NAME, PERSON_FIELD_BYTES_MAX,
	    true, false),
	SPAN_FIELD(person_document, SAY_FIELD_PERSON_DOCUMENT,
	    PERSON_FIELD_BYTES_MAX, true, false),
	SPAN_FIELD(person_phone, SAY_FIELD_PERSON_PHONE, PERSON_FIELD_BYTES_MAX,
	    true, false),
	SPAN_FIELD(person_address, SAY_FIELD_PERSON_ADDRESS,
	    PERSON_FIELD_BYTES_MAX, true, false),
};
enum { FIELDS = sizeof(fields) / sizeof(*fields) };

const struct intake_field *
intake_field_at(size_t index)
{
	return index < FIELDS ? &fields[index] : NULL;
}

const struct intake_field *
intake_field_named(const char *name)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	}
	return NULL;
}

/* Foreign bytes into a sentence: no controls, nothing but text, cut. */
static void
copy_arg(char to[static INTAKE_PROBLEM_ARG_BYTES], struct span from)
{
	const uint8_t *at = from.at, *end = from.at + from.size;
	size_t used = 0;
	bool is_text = text_is_utf8(from);

	while (at < end && used + 8 < INTAKE_PROBLEM_ARG_BYTES) {
		const uint8_t *start = at;

		if (is_text) {
			(void)text_next(&at, end);
		} else {
			at++;
		}
		if (*start < ' ' || *start == 0x7f ||
		    (!is_text && *start >= 0x80)) {
			to[used++] = '?';
			continue;
		}
		memcpy(to + used, start, (size_t)(at - start));
		used += (size_t)(at - start);
	}
	memcpy(to + used, at < end ? "…" : "", at < end ? sizeof("…") : 1);
}

void
intake_problem_about(struct intake_problem *problem,
    const struct intake_field *field, enum say what, struct span second,
    struct span third)
{
	*problem = (struct intake_problem){
		.field = field != NULL ? field->name : "",
		.label = field != NULL ? field->label : SAY_FIELD_TEXT,
		.what = what,
	};
	copy_arg(problem->args[0], second);
	copy_arg(problem->args[1], third);
}

void
intake_problem_set(struct intake_problem *problem,
    const struct intake_field *field, enum say what, const char *second,
    const char *third)
{
	intake_problem_about(problem, field, what,
	    span_of_text(second != NULL ? second : ""),
	    span_of_text(third != NULL ? third : ""));
}

void
intake_problem_limit(struct intake_problem *problem,
    const struct intake_field *field, enum say what, uint64_t count,
    uint64_t limit)
{
	char second[VALUE_TEXT_MAX], third[VALUE_TEXT_MAX];

	(void)snprintf(second, sizeof(second), "%" PRIu64, count);
	(void)snprintf(third, sizeof(third), "%" PRIu64, limit);
	intake_problem_set(problem, field, what, second, third);
}

static enum rc
set_code(struct intake *intake, const struct intake_field *f, struct span value,
    struct intake_problem *problem)
{
	char *to = (char *)intake + f->offset;
	char text[INTAKE_PROBLEM_ARG_BYTES];
	const char *found = NULL;

	if (f->list != NO_LIST && text_is_utf8(value) &&
	    text_copy_span(text, sizeof(text), value) == RC_OK)
		found = codes_find((enum codes_list)f->list, text);
	if (found != NULL)
		value = span_of_text(found);
	if (!text_is_utf8(value)) {
		intake_problem_about(problem, f, SAY_INTAKE_NOT_UTF8,
		    span_of("", 0), span_of("", 0));
		return RC_MALFORMED;
	}
	if (text_copy_span(to, f->bytes_max + 1, value) == RC_OK)
		return RC_OK;
	if (f->list != NO_LIST) {
		intake_problem_about(problem, f, SAY_INTAKE_CODE_UNKNOWN, value,
		    span_of_text(codes_all((enum codes_list)f->list)));
	} else {
		intake_problem_limit(problem, f, SAY_INTAKE_TOO_LONG,
		    value.size, f->bytes_max);
	}
	return RC_TOO_BIG;
}

static enum rc
set_heads(struct intake *intake, const struct intake_field *f,
    struct span value, struct intake_problem *problem)
{
	char text[VALUE_TEXT_MAX], limit[VALUE_TEXT_MAX];
	int64_t heads;

	if (text_copy_span(text, sizeof(text), value) == RC_OK &&
	    number_parse(text, 1, HEADS_MAX, &heads) == RC_OK) {
		intake->heads = (uint32_t)heads;
		return RC_OK;
	}
	(void)snprintf(limit, sizeof(limit), "%d", HEADS_MAX);
	intake_problem_about(problem, f, SAY_INTAKE_NUMBER, value,
	    span_of_text(limit));
	return RC_MALFORMED;
}

static enum rc
set_time(struct intake *intake, const struct intake_field *f, struct span value,
    struct intake_problem *problem)
{
	char text[VALUE_TEXT_MAX];

	if (text_copy_span(text, sizeof(text), value) == RC_OK &&
	    (f->kind == INTAKE_TIME ? clock_parse(text, &intake->claimed_ms)
				    : number_parse(text, INT64_MIN, INT64_MAX,
					  &intake->claimed_ms)) == RC_OK)
		return RC_OK;
	intake_problem_about(problem, f, SAY_INTAKE_TIME, value,
	    span_of("", 0));
	return RC_MALFORMED;
}

static void
all_fields(char out[static INTAKE_PROBLEM_ARG_BYTES])
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < FIELDS; i++) {
		int more = snprintf(out + used, INTAKE_PROBLEM_ARG_BYTES - used,
		    "%s%s", i > 0 ? " " : "", fields[i].name);

		used += (size_t)more;
		CHECK(used < INTAKE_PROBLEM_ARG_BYTES - 8);
	}
}

/*
 * What is no text, or could not become short enough by being tidied, must not
 * get as far as a command.
 */
static enum rc
set_span(struct intake *intake, const struct intake_field *f, struct span value,
    struct intake_problem *problem)
{
	if (!text_is_utf8(value)) {
		intake_problem_set(problem, f, SAY_INTAKE_NOT_UTF8, NULL, NULL);
		return RC_MALFORMED;
	}
	if (value.size > 2 * f->bytes_max) {
		intake_problem_limit(problem, f, SAY_INTAKE_TOO_LONG,
		    value.size, f->bytes_max);
		return RC_TOO_BIG;
	}
	memcpy((char *)intake + f->offset, &value, sizeof(value));
	return RC_OK;
}

enum rc
intake_set(struct intake *intake, const char *field, struct span value,
    struct intake_problem *problem)
{
	const struct intake_field *f = intake_field_named(field);
	char names[INTAKE_PROBLEM_ARG_BYTES];

	if (f == NULL) {
		all_fields(names);
		intake_problem_set(problem, NULL, SAY_INTAKE_FIELD_UNKNOWN,
		    field, names);
		return RC_NONE;
	}
	if (value.size == 0)
		return RC_OK;
	switch (f->kind) {
	case INTAKE_CODE:
		return set_code(intake, f, value, problem);
	case INTAKE_SPAN:
		return set_span(intake, f, value, problem);
	case INTAKE_NUMBER:
		return set_heads(intake, f, value, problem);
	case INTAKE_TIME:
	case INTAKE_TIME_MS:
		return set_time(intake, f, value, problem);
	case INTAKE_OFFICES:
		return intake_accused_set(intake, f, value, problem);
	}
	return RC_OK;
}

/* "03", or a deeper code below a known first level: "0302", "030201". */
static bool
is_category(const char *code)
{
	size_t size = strlen(code);
	char first[CATEGORY_DIGITS + 1] = { 0 };

	if (size % CATEGORY_DIGITS != 0 || size > CATEGORY_DIGITS_MAX ||
	    strspn(code, "0123456789") != size)
		return false;
	memcpy(first, code, CATEGORY_DIGITS);
	return codes_known(CODES_CATEGORY, first);
}

static bool
check_code(const struct intake *intake, const struct intake_field *f,
    struct intake_problem *problem)
{
	const char *code = (const char *)intake + f->offset;
	enum codes_list list = (enum codes_list)f->list;

	if (*code == '\0' && list != CODES_CHANNEL)
		return true;
	if (list == CODES_CATEGORY ? is_category(code)
				   : codes_known(list, code))
		return true;
	if (*code == '\0') {
		intake_problem_set(problem, f, SAY_INTAKE_REQUIRED,
		    codes_all(list), NULL);
	} else {
		intake_problem_set(problem, f, SAY_INTAKE_CODE_UNKNOWN, code,
		    codes_all(list));
	}
	return false;
}

static bool
check_span(const struct intake *intake, const struct intake_field *f,
    struct intake_problem *problem)
{
	struct span value;

	memcpy(&value, (const char *)intake + f->offset, sizeof(value));
	if (value.size > f->bytes_max) {
		intake_problem_limit(problem, f, SAY_INTAKE_TOO_LONG,
		    value.size, f->bytes_max);
		return false;
	}
	if (value.size > 0 && !text_is_utf8(value)) {
		intake_problem_set(problem, f, SAY_INTAKE_NOT_UTF8, NULL, NULL);
		return false;
	}
	return true;
}

static bool
check_fields(const struct intake *intake, struct intake_problem *problem)
{
	for (size_t i = 0; i < FIELDS; i++) {
		const struct intake_field *f = &fields[i];

		if (f->kind == INTAKE_CODE && f->list != NO_LIST &&
		    !check_code(intake, f, problem))
			return false;
		if (f->kind == INTAKE_SPAN && !check_span(intake, f, problem))
			return false;
	}
	return true;
}

static bool
check_claimed(const struct intake *intake, int64_t now_ms,
    struct intake_problem *problem)
{
	const struct intake_field *f = intake_field_named("claimed_at");
	int64_t claimed = intake->claimed_ms;
	char at[CLOCK_TEXT_MAX + 1] = "?", now[CLOCK_TEXT_MAX + 1];
	bool is_future = claimed > now_ms;

	if (claimed == 0 || (!is_future && claimed >= INTAKE_CLAIMED_MIN_MS))
		return true;
	/* Only years of four digits can be written down. */
	if (claimed > INT64_C(-62135596800000) &&
	    claimed < INT64_C(253402214400000))
		clock_format(claimed, at);
	clock_format(now_ms, now);
	intake_problem_set(problem, f,
	    is_future ? SAY_INTAKE_FUTURE : SAY_INTAKE_TOO_EARLY, at,
	    is_future ? now : NULL);
	return false;
}

static enum rc
judge_earlier(const char *earlier)
{
	struct item_number n;
	enum rc rc;

	if (*earlier == '\0')
		return RC_OK;
	rc = item_number_parse(earlier, &n);
	return rc == RC_OK && n.kind != NUMBER_ITEM ? RC_MALFORMED : rc;
}

static bool
check_numbers(const struct intake *intake, struct intake_problem *problem)
{
	const char *earlier = intake->earlier_item;
	enum rc rc = judge_earlier(earlier);

	if (intake->heads > HEADS_MAX) {
		intake_problem_limit(problem, intake_field_named("heads"),
		    SAY_INTAKE_NUMBER, intake->heads, HEADS_MAX);
		return false;
	}
	if (*intake->responsible != '\0' &&
	    !office_code_is_shaped(intake->responsible)) {
		intake_problem_set(problem, intake_field_named("responsible"),
		    SAY_INTAKE_OFFICE, intake->responsible, NULL);
		return false;
	}
	if (rc == RC_OK)
		return true;
	intake_problem_set(problem, intake_field_named("earlier_item"),
	    rc == RC_DAMAGED ? SAY_INTAKE_EARLIER_MISTYPED
			     : SAY_INTAKE_EARLIER_MALFORMED,
	    earlier, rc == RC_DAMAGED ? NULL : item_example);
	return false;
}

static bool
check_presence(const struct intake *intake, struct intake_problem *problem)
{
	if (intake->subject.size == 0 && intake->text.size == 0) {
		intake_problem_set(problem, intake_field_named("subject"),
		    SAY_INTAKE_NOTHING_SAID, NULL, NULL);
		return false;
	}
	if (intake->source_ref.size > 0 && intake->source.size == 0) {
		intake_problem_set(problem, intake_field_named("source"),
		    SAY_INTAKE_SOURCE_NEEDED, NULL, NULL);
		return false;
	}
	return true;
}

enum rc
intake_check(const struct intake *intake, int64_t now_ms,
    struct intake_problem *problem)
{
	if (check_fields(intake, problem) && check_numbers(intake, problem) &&
	    intake_accused_check(intake, problem) &&
	    check_presence(intake, problem) &&
	    check_claimed(intake, now_ms, problem))
		return RC_OK;
	return RC_REFUSED;
}

/* The legal class that usually goes with a purpose; '\0': any. */
static char
usual_class(const char *purpose)
{
	static const char *const usual[] = { "JK B", "JY A", "SS C", "QJ C" };

	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
		if (strncmp(usual[i], purpose, 2) == 0 && purpose[2] == '\0')
			return usual[i][3];
	}
	return '\0';
}

bool
intake_is_collective(const char *channel, uint32_t heads)
{
	return strcmp(channel, CHANNEL_VISIT) == 0 &&
	       heads >= INTAKE_COLLECTIVE_HEADS;
}

size_t
intake_advise(const struct intake *intake,
    struct intake_problem advice[static INTAKE_ADVICE_MAX])
{
	char class = usual_class(intake->purpose);
	char heads[VALUE_TEXT_MAX];
	size_t count = 0;

	if (class != '\0' && *intake->legal_class != '\0' &&
	    *intake->legal_class != class) {
		intake_problem_set(&advice[count++],
		    intake_field_named("legal_class"), SAY_INTAKE_ADVISE_CLASS,
		    intake->legal_class, intake->purpose);
	}
	_Static_assert(INTAKE_REPRESENTATIVES_MAX == 5, "said below");
	if (intake_is_collective(intake->channel, intake->heads)) {
		(void)snprintf(heads, sizeof(heads), "%" PRIu32, intake->heads);
		intake_problem_set(&advice[count++],
		    intake_field_named("heads"), SAY_INTAKE_ADVISE_COLLECTIVE,
		    heads, NULL);
	}
	return count;
}

void
intake_problem_say(char *out, size_t size, enum language language,
    const struct intake_problem *problem)
{
	const char *const args[] = { say(language, problem->label),
		problem->args[0], problem->args[1], NULL };
	char sentence[SAY_TEXT_MAX], item[VALUE_TEXT_MAX];

	if (problem->item == 0) {
		say_to(out, size, language, problem->what, args);
		return;
	}
	say_to(sentence, sizeof(sentence), language, problem->what, args);
	(void)snprintf(item, sizeof(item), "%zu", problem->item);
	say_to(out, size, language, SAY_INTAKE_OF_SEVERAL,
	    SAY_ARGS(item, sentence));
}
