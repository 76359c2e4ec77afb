/*
 * The life of a directive at one addressee.
 *
 *	DRF --send--> SNT --(receipt)--> DLV --sign--> SGN --work--> WRK
 *	                                                |             |
 *	        +------------------ extend -------------+-------------+
 *	        v                                       |             |
 *	       EXQ --grant (EXG), refuse (EXR)--> WRK   +---answer----+
 *	        |                                              |
 *	        +------------------- answer ----------------> ANS --close--> CLS
 *	                                                       |
 *	            WRK, EXQ or ANS again <----- RTN <--return-+
 *
 *	cancel (CXL), supersede (SPD) and expire (LPS) from every status that
 *	is not over.  A circular (TB) asks for no answer: it may be closed
 *	once it is delivered.
 */
#include "law/moves/directive_core.h"

#include <string.h>

#include "base/check.h"

#define OPEN "SNT DLV SGN WRK EXQ ANS RTN"

static const struct directive_rule rules[] = {
	{ "SNT", "send", "DRF", "SNT", "", DIRECTIVE_BY_ISSUER, 0 },
	{ "DLV", "", "SNT", "DLV", "", DIRECTIVE_BY_ADDRESSEE, 0 },
	{ "SGN", "sign", "DLV", "SGN", "", DIRECTIVE_BY_ADDRESSEE, 0 },
	{ "WRK", "work", "SGN RTN", "WRK", "", DIRECTIVE_BY_ADDRESSEE, 0 },
	{ "EXQ", "extend", "SGN WRK RTN", "EXQ", "", DIRECTIVE_BY_ADDRESSEE,
	    DIRECTIVE_NEEDS_TEXT | DIRECTIVE_NEEDS_DUE },
	{ "ANS", "answer", "SGN WRK EXQ RTN", "ANS", "", DIRECTIVE_BY_ADDRESSEE,
	    DIRECTIVE_IS_ANSWER },
	{ "EXG", "grant", "EXQ", "WRK", "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_TAKES_DUE },
	{ "EXR", "refuse", "EXQ", "WRK", "", DIRECTIVE_BY_ISSUER, 0 },
	{ "CLS", "close", "ANS", "CLS", "", DIRECTIVE_BY_ISSUER, 0 },
	{ "CLS", "close", "DLV SGN WRK", "CLS", "TB", DIRECTIVE_BY_ISSUER, 0 },
	{ "RTN", "return", "ANS", "RTN", "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_NEEDS_TEXT | DIRECTIVE_NEEDS_DUE },
	{ "CXL", "cancel", "DRF " OPEN, "CXL", "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_NEEDS_TEXT | DIRECTIVE_TAKES_ALL },
	{ "SPD", "supersede", OPEN, "SPD", "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_NEEDS_OTHER | DIRECTIVE_TAKES_ALL },
	{ "LPS", "expire", OPEN, "LPS", "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_TAKES_ALL },
};
enum { RULES = sizeof(rules) / sizeof(*rules) };

/* Codes are of one length each, so that none is a part of another. */
static bool
names(const char *codes, const char *code)
{
	return code[0] != '\0' && strchr(code, ' ') == NULL &&
	       strstr(codes, code) != NULL;
}

static bool
is_any(const char *code, const char *const list[])
{
	for (; *list != NULL; list++) {
		if (strcmp(code, *list) == 0)
			return true;
	}
	return false;
}

const struct directive_rule *
directive_rule_at(size_t index)
{
	return index < RULES ? &rules[index] : NULL;
}

const struct directive_rule *
directive_rule(const char *step, const char *kind, const char *from)
{
	for (size_t i = 0; i < RULES; i++) {
		const struct directive_rule *r = &rules[i];

		if (strcmp(r->step, step) == 0 && names(r->from, from) &&
		    (r->kinds[0] == '\0' || names(r->kinds, kind)))
			return r;
	}
	return NULL;
}

const struct directive_rule *
directive_step_rule(const char *step)
{
	for (size_t i = 0; i < RULES; i++) {
		if (strcmp(rules[i].step, step) == 0)
			return &rules[i];
	}
	return NULL;
}

bool
directive_is_over(const char *status)
{
	return is_any(status,
	    (const char *const[]){ "CLS", "CXL", "SPD", "LPS", NULL });
}

bool
directive_is_suggestion(const char *kind)
{
	return is_any(kind, (const char *const[]){ "IMP", "POL", "ACC", NULL });
}

/* -- one order -- */

/* What has been put into the order so far. */
struct tally {
	size_t answers, returns; /* in all */
	size_t asked, heard;     /* requests for time, in this round */
};

static bool
is_step(const struct directive_said *s, const char *step)
{
	return s != NULL && strcmp(s->step, step) == 0;
}

/* Does the issuer's next step answer something that is still to come? */
static bool
issuer_waits(const struct tally *t, const struct directive_said *issuer)
{
	if (is_step(issuer, "EXG") || is_step(issuer, "EXR"))
		return t->heard >= t->asked;
	if (is_step(issuer, "RTN"))
		return t->returns >= t->answers;
	return false;
}

/* Does the addressee's next step follow a return, or a word about its
 * request? */
static bool
addressee_waits(const struct tally *t, const struct directive_said *addressee)
{
	if (addressee == NULL || is_step(addressee, "DLV"))
		return false;
	if (t->answers > t->returns)
		return true;
	return is_step(addressee, "EXQ") && t->asked > t->heard;
}

static void
count_step(struct tally *t, const struct directive_said *s)
{
	if (is_step(s, "ANS")) {
		t->answers++;
	} else if (is_step(s, "RTN")) {
		t->returns++;
		t->asked = 0;
		t->heard = 0;
	} else if (is_step(s, "EXQ")) {
		t->asked++;
	} else if (is_step(s, "EXG") || is_step(s, "EXR")) {
		t->heard++;
	}
}

static const struct directive_said *
next_of(const struct directive_said *steps, size_t count, size_t *at,
    enum directive_side side)
{
	while (*at < count && steps[*at].side != side)
		++*at;
	return *at < count ? &steps[*at] : NULL;
}

void
directive_order(const struct directive_said *steps, size_t count, size_t *order)
{
	size_t theirs = 0, ours = 0;
	struct tally t = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct directive_said *a = next_of(steps, count, &theirs,
						DIRECTIVE_BY_ADDRESSEE),
					    *b = next_of(steps, count, &ours,
						DIRECTIVE_BY_ISSUER);
		bool is_theirs;

		CHECK(a != NULL || b != NULL);
		if (a == NULL || b == NULL) {
			is_theirs = b == NULL;
		} else if (issuer_waits(&t, b) || addressee_waits(&t, a)) {
			/* Both wait: nobody asked; the addressee goes first. */
			is_theirs = issuer_waits(&t, b);
		} else {
			is_theirs = a->at_ms < b->at_ms;
		}
		order[i] = is_theirs ? theirs++ : ours++;
		count_step(&t, &steps[order[i]]);
	}
}
