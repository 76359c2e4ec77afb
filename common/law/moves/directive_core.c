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
#include "mech/states.h"

#define X(name, code) [name] = (code),
static const char *const codes[DIRECTIVE_CODES] = { DIRECTIVE_CODE_LIST(X) };
#undef X

enum {
	OPEN = BIT(DIRECTIVE_SNT) | BIT(DIRECTIVE_DLV) | BIT(DIRECTIVE_SGN) |
	       BIT(DIRECTIVE_WRK) | BIT(DIRECTIVE_EXQ) | BIT(DIRECTIVE_ANS) |
	       BIT(DIRECTIVE_RTN),
	OVER = BIT(DIRECTIVE_CLS) | BIT(DIRECTIVE_CXL) | BIT(DIRECTIVE_SPD) |
	       BIT(DIRECTIVE_LPS),
};

static const struct directive_rule rules[] = {
	{ DIRECTIVE_SNT, "send", BIT(DIRECTIVE_DRF), DIRECTIVE_SNT, "",
	    DIRECTIVE_BY_ISSUER, 0 },
	{ DIRECTIVE_DLV, "", BIT(DIRECTIVE_SNT), DIRECTIVE_DLV, "",
	    DIRECTIVE_BY_ADDRESSEE, 0 },
	{ DIRECTIVE_SGN, "sign", BIT(DIRECTIVE_DLV), DIRECTIVE_SGN, "",
	    DIRECTIVE_BY_ADDRESSEE, 0 },
	{ DIRECTIVE_WRK, "work", BIT(DIRECTIVE_SGN) | BIT(DIRECTIVE_RTN),
	    DIRECTIVE_WRK, "", DIRECTIVE_BY_ADDRESSEE, 0 },
	{ DIRECTIVE_EXQ, "extend",
	    BIT(DIRECTIVE_SGN) | BIT(DIRECTIVE_WRK) | BIT(DIRECTIVE_RTN),
	    DIRECTIVE_EXQ, "", DIRECTIVE_BY_ADDRESSEE,
	    DIRECTIVE_NEEDS_TEXT | DIRECTIVE_NEEDS_DUE },
	{ DIRECTIVE_ANS, "answer",
	    BIT(DIRECTIVE_SGN) | BIT(DIRECTIVE_WRK) | BIT(DIRECTIVE_EXQ) |
		BIT(DIRECTIVE_RTN),
	    DIRECTIVE_ANS, "", DIRECTIVE_BY_ADDRESSEE, DIRECTIVE_IS_ANSWER },
	{ DIRECTIVE_EXG, "grant", BIT(DIRECTIVE_EXQ), DIRECTIVE_WRK, "",
	    DIRECTIVE_BY_ISSUER, DIRECTIVE_TAKES_DUE },
	{ DIRECTIVE_EXR, "refuse", BIT(DIRECTIVE_EXQ), DIRECTIVE_WRK, "",
	    DIRECTIVE_BY_ISSUER, 0 },
	{ DIRECTIVE_CLS, "close", BIT(DIRECTIVE_ANS), DIRECTIVE_CLS, "",
	    DIRECTIVE_BY_ISSUER, 0 },
	{ DIRECTIVE_CLS, "close",
	    BIT(DIRECTIVE_DLV) | BIT(DIRECTIVE_SGN) | BIT(DIRECTIVE_WRK),
	    DIRECTIVE_CLS, "TB", DIRECTIVE_BY_ISSUER, 0 },
	{ DIRECTIVE_RTN, "return", BIT(DIRECTIVE_ANS), DIRECTIVE_RTN, "",
	    DIRECTIVE_BY_ISSUER, DIRECTIVE_NEEDS_TEXT | DIRECTIVE_NEEDS_DUE },
	{ DIRECTIVE_CXL, "cancel", BIT(DIRECTIVE_DRF) | OPEN, DIRECTIVE_CXL, "",
	    DIRECTIVE_BY_ISSUER, DIRECTIVE_NEEDS_TEXT | DIRECTIVE_TAKES_ALL },
	{ DIRECTIVE_SPD, "supersede", OPEN, DIRECTIVE_SPD, "",
	    DIRECTIVE_BY_ISSUER, DIRECTIVE_NEEDS_OTHER | DIRECTIVE_TAKES_ALL },
	{ DIRECTIVE_LPS, "expire", OPEN, DIRECTIVE_LPS, "", DIRECTIVE_BY_ISSUER,
	    DIRECTIVE_TAKES_ALL },
};
enum { RULES = sizeof(rules) / sizeof(*rules) };

const char *
directive_code(enum directive_code code)
{
	CHECK(code < DIRECTIVE_CODES);
	return codes[code];
}

enum directive_code
directive_code_of(const char *text)
{
	enum directive_code code = 0;

	while (code < DIRECTIVE_CODES && strcmp(codes[code], text) != 0)
		code++;
	return code;
}

const struct directive_rule *
directive_rule_at(size_t index)
{
	return index < RULES ? &rules[index] : NULL;
}

const struct directive_rule *
directive_rule(const char *step, const char *kind, const char *from)
{
	enum directive_code what = directive_code_of(step);
	enum directive_code where = directive_code_of(from);

	for (size_t i = 0; i < RULES && where < DIRECTIVE_CODES; i++) {
		const struct directive_rule *r = &rules[i];

		if (r->step == what && (r->from & BIT(where)) != 0 &&
		    (r->kind[0] == '\0' || strcmp(r->kind, kind) == 0))
			return r;
	}
	return NULL;
}

const struct directive_rule *
directive_rule_of(enum directive_code step)
{
	for (size_t i = 0; i < RULES; i++) {
		if (rules[i].step == step)
			return &rules[i];
	}
	return NULL;
}

const struct directive_rule *
directive_step_rule(const char *step)
{
	return directive_rule_of(directive_code_of(step));
}

bool
directive_is_over(enum directive_code status)
{
	return status < DIRECTIVE_CODES && (OVER & BIT(status)) != 0;
}

bool
directive_is_awaited(enum directive_code status)
{
	return status < DIRECTIVE_CODES && status != DIRECTIVE_ANS &&
	       (OPEN & BIT(status)) != 0;
}

bool
directive_is_suggestion(const char *kind)
{
	static const char *const suggestions[] = { "IMP", "POL", "ACC" };

	for (size_t i = 0; i < sizeof(suggestions) / sizeof(*suggestions);
	     i++) {
		if (strcmp(kind, suggestions[i]) == 0)
			return true;
	}
	return false;
}

/* -- one order -- */

/* What has been put into the order so far. */
struct tally {
	size_t answers, returns; /* in all */
	size_t asked, heard;     /* requests for time, in this round */
};

static bool
is_step(const struct directive_said *s, enum directive_code step)
{
	return s != NULL && s->step == step;
}

/* Does the issuer's next step answer something that is still to come? */
static bool
issuer_waits(const struct tally *t, const struct directive_said *issuer)
{
	if (is_step(issuer, DIRECTIVE_EXG) || is_step(issuer, DIRECTIVE_EXR))
		return t->heard >= t->asked;
	if (is_step(issuer, DIRECTIVE_RTN))
		return t->returns >= t->answers;
	return false;
}

/* Does the addressee's next step follow a return, or a word about its
 * request? */
static bool
addressee_waits(const struct tally *t, const struct directive_said *addressee)
{
	if (addressee == NULL || is_step(addressee, DIRECTIVE_DLV))
		return false;
	if (t->answers > t->returns)
		return true;
	return is_step(addressee, DIRECTIVE_EXQ) && t->asked > t->heard;
}

static void
count_step(struct tally *t, const struct directive_said *s)
{
	if (is_step(s, DIRECTIVE_ANS)) {
		t->answers++;
	} else if (is_step(s, DIRECTIVE_RTN)) {
		t->returns++;
		t->asked = 0;
		t->heard = 0;
	} else if (is_step(s, DIRECTIVE_EXQ)) {
		t->asked++;
	} else if (is_step(s, DIRECTIVE_EXG) || is_step(s, DIRECTIVE_EXR)) {
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
