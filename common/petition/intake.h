/*
 * intake - what is taken in at the counter, made fit to be recorded.
 *
 * From whatever source (command line, JSON, import, web console) an arrival
 * goes the same way:
 *
 *	intake_set      field by field, by the name of the field
 *	intake_tidy     one spelling of the same text, numbers masked
 *	intake_check    every rule; the first breach, or none
 *	intake_advise   what is allowed but worth a second look
 *
 * A problem names field, reason and way out, and renders into one sentence
 * in either language.
 *
 * Sources: Regulations on petition work (2022), Article 20 (at most five
 * representatives of a group), Articles 29 to 31 (legal classes).  Five
 * people make a collective visit in the statistics.
 *
 * Pure; any thread.  The spans of an intake are borrowed throughout.
 */
#ifndef PETITION_INTAKE_H
#define PETITION_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/petition.h"
#include "petition/codes.h"
#include "words/catalogue.h"

/* From so many visitors on a visit is collective; SQL says it, too. */
#define INTAKE_COLLECTIVE_HEADS 5

enum {
	INTAKE_REPRESENTATIVES_MAX = 5,
	INTAKE_PROBLEM_ARGS = 2,
	INTAKE_PROBLEM_ARG_BYTES = 256,
	INTAKE_ADVICE_MAX = 2,
};

/* A plain value; valid for as long as it is kept. */
struct intake_problem {
	const char *field; /* as in proto/command.proto; lives for ever */
	enum say label;    /* what a person calls the field: {1} */
	enum say what;     /* the sentence */
	size_t item;       /* which of several, from 1; 0: the only one */
	/* {2} and {3}; made safe to print, cut where they are too long. */
	char args[INTAKE_PROBLEM_ARGS][INTAKE_PROBLEM_ARG_BYTES];
};

enum intake_kind {
	INTAKE_CODE,
	INTAKE_SPAN,
	INTAKE_NUMBER,
	INTAKE_TIME,
	INTAKE_TIME_MS,
	INTAKE_OFFICES /* codes with commas or blanks between them */
};

/* One field by name: for flags, column maps, help texts. */
struct intake_field {
	const char *name; /* "channel"; snake_case */
	enum say label;
	enum intake_kind kind;
	size_t offset;    /* in struct intake */
	size_t bytes_max; /* of the value, without a NUL; 0: no text */
	int list;         /* enum codes_list, or -1 */
	bool is_line;     /* spans: no line breaks inside */
	bool is_masked;   /* spans: numbers of persons are taken out */
};

/* The fields in the order of a form; NULL behind the last. */
const struct intake_field *intake_field_at(size_t index);
const struct intake_field *intake_field_named(const char *name);

/*
 * Set one field from text.  Spans are borrowed from `value`; codes may also
 * be given by their Chinese or English name; claimed_at is RFC 3339 or a
 * date; accused is a list.  An empty value leaves the field unset.
 * RC_NONE: no field of that name.  RC_TOO_BIG, RC_MALFORMED: not a value for
 * it.  `problem` then says so.
 */
MUST_USE enum rc intake_set(struct intake *intake, const char *field,
    struct span value, struct intake_problem *problem);

/*
 * One spelling for the same text: NFC, line ends as LF, control and invisible
 * characters out (line breaks and tabs become blanks where a field is one
 * line), blanks of all kinds off both ends, numbers of persons masked in
 * subject, text and place.  heads 0 becomes 1; earlier_item takes its printed
 * form; of the accused, each office once, in capitals.  A field that is no
 * UTF-8 or over its limit is left for the check.
 *
 * All changed spans point into `memory` (any limit is lifted), which must
 * live as long as the intake and not be appended to; `*masked` grows by the
 * count of numbers.
 */
void intake_tidy(struct intake *intake, struct buffer *memory,
    uint32_t *masked);

/*
 * Every rule on a tidied intake.  `now_ms` is UTC.  RC_REFUSED: `problem`
 * holds the first breach.
 */
MUST_USE enum rc intake_check(const struct intake *intake, int64_t now_ms,
    struct intake_problem *problem);

/* What a checked intake is worth asking back about; the count in `advice`. */
size_t intake_advise(const struct intake *intake,
    struct intake_problem advice[static INTAKE_ADVICE_MAX]);

/* A visit of five or more. */
bool intake_is_collective(const char *channel, uint32_t heads);

/* The sentence; `size` bytes with the NUL, SAY_TEXT_MAX is enough. */
void intake_problem_say(char *out, size_t size, enum language language,
    const struct intake_problem *problem);

/*
 * Fill in a problem about `field` (NULL: about none in particular) from
 * other readers, such as intake_json.  `second`, `third` may be NULL.
 */
void intake_problem_set(struct intake_problem *problem,
    const struct intake_field *field, enum say what, const char *second,
    const char *third);

#endif
