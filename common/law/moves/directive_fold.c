/*
 * Where a directive stands at one addressee.
 *
 *	DRF --sent--> SNT --the addressee's last step--> DLV SGN WRK EXQ ANS
 *
 *	ANS --as many answers returned as given------------------------> RTN
 *	EXQ --each request of this round granted or refused------------> WRK
 *	any --the issuer's first CLS, CXL, SPD or LPS------------------> that
 *
 * Two offices move one directive, and their steps reach a third one in any
 * order between them.  In one office's own order, though, nothing is ever
 * swapped: so the steps of each are counted in its own order, and no step's
 * time of arrival is needed to say any of it.
 *
 * A round is what lies between two returns.  The addressee asks in round r
 * when it has given r answers and heard of r returns; the issuer's word on
 * it comes behind its r-th return, and before the next one, which would need
 * another answer.  So requests in this round are the addressee's EXQ behind
 * its last ANS, and the words on them the issuer's EXG and EXR that have as
 * many RTN in front of them as the addressee has given answers.  A request
 * that the addressee did not wait for (it answered) never meets a word of a
 * later round, and a grant that crosses an answer leaves the answer standing.
 *
 * Of the issuer's two copies of everything the longer one counts: one of them
 * may have come further than the other.
 */
#include "law/moves/directive_fold.h"

#include <stdlib.h>
#include <string.h>

/* What the addressee said, in its own order. */
struct theirs {
	enum directive_code last; /* DIRECTIVE_CODES: nothing yet */
	size_t answers;
	size_t asked; /* since the last answer */
	int64_t asked_ms;
};

/* What the issuer said in its streams for all, and in those for one. */
struct copy {
	size_t returns;
	size_t words; /* on requests of this round */
};

/* What the issuer said. */
struct ours {
	struct copy copies[2];
	enum directive_code end;             /* DIRECTIVE_CODES: it goes on */
	const struct directive_taken *dated; /* the last that brings a date */
};

/* -- the order -- */

static bool
is_theirs(const struct directive_taken *s)
{
	const struct directive_rule *rule = directive_rule_of(s->step);

	return rule != NULL && rule->side == DIRECTIVE_BY_ADDRESSEE;
}

static int
compare_places(const struct directive_taken *a, const struct directive_taken *b)
{
	if (a->incarnation != b->incarnation)
		return a->incarnation < b->incarnation ? -1 : 1;
	return a->sequence < b->sequence ? -1 : a->sequence > b->sequence;
}

/* The addressee's first; the issuer's stream by stream. */
static int
compare_steps(const void *left, const void *right)
{
	const struct directive_taken *a = left, *b = right;
	bool is_a = is_theirs(a);
	int order = is_theirs(b) - is_a;

	if (order == 0 && !is_a)
		order = strcmp(a->audience, b->audience);
	if (order == 0)
		order = compare_places(a, b);
	if (order == 0)
		order = strcmp(a->audience, b->audience);
	return order != 0 ? order : (int)a->step - (int)b->step;
}

/* -- the addressee -- */

static void
fold_theirs(struct theirs *t, const struct directive_taken *s)
{
	t->last = s->step;
	if (s->step == DIRECTIVE_ANS) {
		t->answers++;
		t->asked = 0;
	} else if (s->step == DIRECTIVE_EXQ) {
		t->asked++;
		t->asked_ms = s->due_ms;
	}
}

/* -- the issuer -- */

/* `returns`: those in front of it in its own stream. */
static void
fold_ours(struct ours *o, const struct theirs *t,
    const struct directive_taken *s, size_t returns)
{
	struct copy *c = &o->copies[s->audience[0] != '\0'];
	bool is_word = s->step == DIRECTIVE_EXG || s->step == DIRECTIVE_EXR;

	c->returns += s->step == DIRECTIVE_RTN;
	c->words += is_word && returns == t->answers;
	if (directive_is_over(s->step) && o->end == DIRECTIVE_CODES)
		o->end = s->step;
	if ((s->step == DIRECTIVE_RTN || s->step == DIRECTIVE_EXG) &&
	    s->due_ms > 0 &&
	    (o->dated == NULL || compare_places(s, o->dated) > 0))
		o->dated = s;
}

static size_t
longer(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* -- both -- */

static enum directive_code
stands_at(const struct theirs *t, const struct ours *o, bool is_draft)
{
	size_t returns = longer(o->copies[0].returns, o->copies[1].returns);
	size_t words = longer(o->copies[0].words, o->copies[1].words);

	if (o->end != DIRECTIVE_CODES)
		return o->end;
	if (is_draft)
		return DIRECTIVE_DRF;
	if (t->last == DIRECTIVE_CODES)
		return DIRECTIVE_SNT;
	if (t->last == DIRECTIVE_ANS && returns >= t->answers)
		return DIRECTIVE_RTN;
	if (t->last == DIRECTIVE_EXQ && words >= t->asked)
		return DIRECTIVE_WRK;
	return t->last;
}

void
directive_fold(struct directive_taken *steps, size_t count, bool is_draft,
    struct directive_stand *out)
{
	struct theirs t = { .last = DIRECTIVE_CODES };
	struct ours o = { .end = DIRECTIVE_CODES };
	size_t returns = 0;

	if (count > 0)
		qsort(steps, count, sizeof(*steps), compare_steps);
	for (size_t i = 0; i < count; i++) {
		const struct directive_taken *s = &steps[i];

		if (is_theirs(s)) {
			fold_theirs(&t, s);
			continue;
		}
		if (i == 0 || strcmp(s->audience, s[-1].audience) != 0)
			returns = 0;
		fold_ours(&o, &t, s, returns);
		returns += s->step == DIRECTIVE_RTN;
	}
	out->status = stands_at(&t, &o, is_draft);
	out->due_ms = o.dated != NULL ? o.dated->due_ms : 0;
	out->asked_ms = t.asked_ms;
}
