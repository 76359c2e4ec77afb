/* The offices that a report is about: a list of codes in one field. */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "petition/intake_internal.h"
#include "petition/office_code.h"
#include "petition/typed.h"

enum { LIST_COMMA = 0x3001 }; /* 、 */

static bool
is_between(uint32_t point)
{
	uint32_t plain = typed_plain(point);

	return plain == ' ' || plain == ',' || plain == ';' ||
	       point == LIST_COMMA;
}

/* The next piece of the list; false: no more. */
static bool
take_piece(struct span *list, struct span *piece)
{
	const uint8_t *at = list->at, *end = list->at + list->size;
	const uint8_t *start = at, *next = at;

	while (at < end && is_between(text_next(&next, end)))
		start = at = next;
	for (; at < end; at = next) {
		next = at;
		if (is_between(text_next(&next, end)))
			break;
	}
	*piece = span_of(start, (size_t)(at - start));
	*list = span_of(at, (size_t)(end - at));
	return piece->size > 0;
}

static bool
is_blank(struct span value)
{
	const uint8_t *at = value.at, *end = value.at + value.size;

	while (at < end) {
		if (typed_plain(text_next(&at, end)) != ' ')
			return false;
	}
	return true;
}

static bool
is_named(const struct intake *intake, const char *office)
{
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		if (strcmp(intake->accused[i], office) == 0)
			return true;
	}
	return false;
}

/* Behind the others, once.  RC_TOO_BIG: there are as many as can be. */
static enum rc
add_accused(struct intake *intake, const char *office)
{
	if (is_named(intake, office))
		return RC_OK;
	if (intake->accused_count == ACCUSED_MAX)
		return RC_TOO_BIG;
	return text_copy(intake->accused[intake->accused_count++],
	    OFFICE_CODE_MAX + 1, office);
}

/* As many as there are, for the sentence. */
static size_t
count_pieces(struct span list)
{
	struct span piece;
	size_t count = 0;

	while (take_piece(&list, &piece))
		count++;
	return count;
}

enum rc
intake_accused_set(struct intake *intake, const struct intake_field *field,
    struct span value, struct intake_problem *problem)
{
	char office[OFFICE_CODE_MAX + 1];
	struct span list = value, piece;

	if (!text_is_utf8(value)) {
		intake_problem_set(problem, field, SAY_INTAKE_NOT_UTF8, NULL,
		    NULL);
		return RC_MALFORMED;
	}
	intake->accused_count = 0;
	while (take_piece(&list, &piece)) {
		if (typed_number(piece, true, office, sizeof(office)) !=
			RC_OK ||
		    !office_code_is_shaped(office)) {
			intake_problem_about(problem, field, SAY_INTAKE_OFFICE,
			    piece, span_of("", 0));
			return RC_MALFORMED;
		}
		if (add_accused(intake, office) != RC_OK) {
			intake_problem_limit(problem, field,
			    SAY_INTAKE_ACCUSED_MANY, count_pieces(value),
			    ACCUSED_MAX);
			return RC_TOO_BIG;
		}
	}
	/* Commas alone are a slip of the hand that would tell an accused. */
	if (intake->accused_count == 0 && !is_blank(value)) {
		intake_problem_about(problem, field, SAY_INTAKE_OFFICE, value,
		    span_of("", 0));
		return RC_MALFORMED;
	}
	return RC_OK;
}

void
intake_accused_tidy(struct intake *intake)
{
	struct intake tidied = { .accused_count = 0 };
	char office[OFFICE_CODE_MAX + 1];

	/* What cannot be tidied is left for the check. */
	if (intake->accused_count > ACCUSED_MAX)
		return;
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		const char *typed = intake->accused[i];

		if (typed_number(span_of_text(typed), true, office,
			sizeof(office)) == RC_OK)
			typed = office;
		if (typed[0] != '\0')
			CHECK(add_accused(&tidied, typed) == RC_OK);
	}
	memcpy(intake->accused, tidied.accused, sizeof(intake->accused));
	intake->accused_count = tidied.accused_count;
}

bool
intake_accused_check(const struct intake *intake,
    struct intake_problem *problem)
{
	const struct intake_field *f = intake_field_named("accused");

	if (intake->accused_count > ACCUSED_MAX) {
		intake_problem_limit(problem, f, SAY_INTAKE_ACCUSED_MANY,
		    intake->accused_count, ACCUSED_MAX);
		return false;
	}
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		const char *office = intake->accused[i];

		if (!office_code_is_shaped(office)) {
			intake_problem_set(problem, f, SAY_INTAKE_OFFICE,
			    office, NULL);
			return false;
		}
		if (strcmp(office, intake->responsible) == 0) {
			intake_problem_set(problem, f,
			    SAY_INTAKE_ACCUSED_RESPONSIBLE, office, NULL);
			return false;
		}
	}
	return true;
}
