/* directive_fold - where a directive stands, against a slow second opinion. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "law/moves/directive_fold.h"

#include "support/unit.h"

enum { STEPS_MAX = 40, RANDOM_RUNS = 20000, DEPTH_MAX = 10 };

/* Steps as they come, each office's in its own order. */
struct script {
	struct directive_taken steps[STEPS_MAX];
	size_t count;
};

static struct directive_taken *
add(struct script *s, enum directive_code step, const char *audience,
    int64_t due_ms)
{
	struct directive_taken *t = &s->steps[s->count++];

	assert_true(s->count <= STEPS_MAX);
	*t = (struct directive_taken){ .step = step,
		.incarnation = 1,
		.sequence = s->count,
		.due_ms = due_ms };
	assert_int_equal(text_copy(t->audience, sizeof(t->audience), audience),
	    RC_OK);
	return t;
}

/* "SGN EXQ:70 EXG:70/1": a step, the date it brings, only for the addressee */
static void
write_script(struct script *s, const char *text)
{
	s->count = 0;
	while (*text != '\0') {
		size_t size = strcspn(text, " ");
		char code[4] = { text[0], text[1], text[2], '\0' };
		const char *date = memchr(text, ':', size);
		bool is_copy = memchr(text, '/', size) != NULL;

		add(s, directive_code_of(code), is_copy ? "420106" : "",
		    date != NULL ? strtoll(date + 1, NULL, 10) : 0);
		text += size;
		text += strspn(text, " ");
	}
}

/* -- the slow second opinion: each word of the rule by itself -- */

static bool
is_behind(const struct directive_taken *a, const struct directive_taken *b)
{
	return a->incarnation > b->incarnation ||
	       (a->incarnation == b->incarnation && a->sequence > b->sequence);
}

static size_t
count_of(const struct script *s, enum directive_code step)
{
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++)
		count += s->steps[i].step == step;
	return count;
}

/* In one of the two copies. */
static size_t
count_copy(const struct script *s, bool is_for_all, bool words)
{
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct directive_taken *w = &s->steps[i];
		size_t before = 0;

		if ((w->audience[0] == '\0') != is_for_all)
			continue;
		if (!words) {
			count += w->step == DIRECTIVE_RTN;
			continue;
		}
		if (w->step != DIRECTIVE_EXG && w->step != DIRECTIVE_EXR)
			continue;
		for (size_t j = 0; j < s->count; j++) {
			const struct directive_taken *r = &s->steps[j];

			before += r->step == DIRECTIVE_RTN &&
				  strcmp(r->audience, w->audience) == 0 &&
				  is_behind(w, r);
		}
		count += before == count_of(s, DIRECTIVE_ANS);
	}
	return count;
}

static size_t
most(const struct script *s, bool words)
{
	size_t all = count_copy(s, true, words);
	size_t one = count_copy(s, false, words);

	return all > one ? all : one;
}

static const struct directive_taken *
last_of_addressee(const struct script *s, enum directive_code only)
{
	const struct directive_taken *last = NULL;

	for (size_t i = 0; i < s->count; i++) {
		const struct directive_taken *w = &s->steps[i];
		const struct directive_rule *rule = directive_rule_of(w->step);

		if (rule != NULL && rule->side == DIRECTIVE_BY_ADDRESSEE &&
		    (only == DIRECTIVE_CODES || w->step == only) &&
		    (last == NULL || is_behind(w, last)))
			last = w;
	}
	return last;
}

/* Requests that no answer of the addressee has left behind. */
static size_t
count_asked(const struct script *s)
{
	const struct directive_taken *answer =
	    last_of_addressee(s, DIRECTIVE_ANS);
	size_t count = 0;

	for (size_t i = 0; i < s->count; i++) {
		count += s->steps[i].step == DIRECTIVE_EXQ &&
			 (answer == NULL || is_behind(&s->steps[i], answer));
	}
	return count;
}

static enum directive_code
first_end(const struct script *s)
{
	const struct directive_taken *first = NULL;

	for (size_t i = 0; i < s->count; i++) {
		const struct directive_taken *w = &s->steps[i];
		int order;

		if (!directive_is_over(w->step))
			continue;
		order =
		    first != NULL ? strcmp(w->audience, first->audience) : -1;
		if (order < 0 || (order == 0 && is_behind(first, w)))
			first = w;
	}
	return first != NULL ? first->step : DIRECTIVE_CODES;
}

static int64_t
last_date(const struct script *s)
{
	const struct directive_taken *last = NULL;

	for (size_t i = 0; i < s->count; i++) {
		const struct directive_taken *w = &s->steps[i];

		if ((w->step != DIRECTIVE_RTN && w->step != DIRECTIVE_EXG) ||
		    w->due_ms <= 0)
			continue;
		if (last == NULL || is_behind(w, last) ||
		    (!is_behind(last, w) &&
			strcmp(w->audience, last->audience) < 0))
			last = w;
	}
	return last != NULL ? last->due_ms : 0;
}

static struct directive_stand
second_opinion(const struct script *s, bool is_draft)
{
	const struct directive_taken *last =
	    last_of_addressee(s, DIRECTIVE_CODES);
	const struct directive_taken *asked =
	    last_of_addressee(s, DIRECTIVE_EXQ);
	struct directive_stand stand = { .status = first_end(s),
		.due_ms = last_date(s),
		.asked_ms = asked != NULL ? asked->due_ms : 0 };

	if (stand.status != DIRECTIVE_CODES)
		return stand;
	if (is_draft) {
		stand.status = DIRECTIVE_DRF;
	} else if (last == NULL) {
		stand.status = DIRECTIVE_SNT;
	} else if (last->step == DIRECTIVE_ANS &&
		   most(s, false) >= count_of(s, DIRECTIVE_ANS)) {
		stand.status = DIRECTIVE_RTN;
	} else if (last->step == DIRECTIVE_EXQ &&
		   most(s, true) >= count_asked(s)) {
		stand.status = DIRECTIVE_WRK;
	} else {
		stand.status = last->step;
	}
	return stand;
}

static struct directive_stand
fold(const struct script *s, bool is_draft)
{
	struct directive_taken steps[STEPS_MAX];
	struct directive_stand stand;

	memcpy(steps, s->steps, sizeof(steps));
	directive_fold(steps, s->count, is_draft, &stand);
	return stand;
}

static void
assert_same(struct directive_stand a, struct directive_stand b)
{
	assert_string_equal(directive_code(a.status), directive_code(b.status));
	assert_int_equal(a.due_ms, b.due_ms);
	assert_int_equal(a.asked_ms, b.asked_ms);
}

/* -- histories written out -- */

TEST(test_each_step_leads_where_the_rule_says)
{
	static const struct {
		const char *steps;
		enum directive_code status;
		int64_t due_ms, asked_ms;
	} rows[] = {
		{ "", DIRECTIVE_SNT, 0, 0 },
		{ "DLV", DIRECTIVE_DLV, 0, 0 },
		{ "DLV SGN", DIRECTIVE_SGN, 0, 0 },
		{ "DLV SGN WRK", DIRECTIVE_WRK, 0, 0 },
		{ "DLV SGN EXQ:70", DIRECTIVE_EXQ, 0, 70 },
		{ "DLV SGN ANS", DIRECTIVE_ANS, 0, 0 },
		/* Granted, refused; and a date that was granted stays. */
		{ "SGN EXQ:70 EXG:60", DIRECTIVE_WRK, 60, 70 },
		{ "SGN EXQ:70 EXR", DIRECTIVE_WRK, 0, 70 },
		{ "SGN EXQ:70 EXG:60 EXQ:80", DIRECTIVE_EXQ, 60, 80 },
		{ "SGN EXQ:70 EXG:60 EXQ:80 EXR", DIRECTIVE_WRK, 60, 80 },
		{ "SGN EXQ:70 EXG:60 EXQ:80 EXG:80", DIRECTIVE_WRK, 80, 80 },
		/* Two requests, one word. */
		{ "EXQ:70 EXQ:80 EXG:70", DIRECTIVE_EXQ, 70, 80 },
		/* Returned as often as answered. */
		{ "SGN ANS RTN:90", DIRECTIVE_RTN, 90, 0 },
		{ "SGN ANS RTN:90 WRK", DIRECTIVE_WRK, 90, 0 },
		{ "SGN ANS RTN:90 ANS", DIRECTIVE_ANS, 90, 0 },
		{ "SGN ANS RTN:90 ANS RTN:95", DIRECTIVE_RTN, 95, 0 },
		{ "ANS ANS RTN:90", DIRECTIVE_ANS, 90, 0 },
		/* A grant that crosses an answer leaves it standing... */
		{ "EXQ:70 ANS EXG:70", DIRECTIVE_ANS, 70, 70 },
		/* ...and is no word on what is asked in the next round. */
		{ "EXQ:70 ANS EXG:70 RTN:80 EXQ:90", DIRECTIVE_EXQ, 80, 90 },
		{ "EXQ:70 ANS EXG:70 RTN:80 EXQ:90 EXR", DIRECTIVE_WRK, 80,
		    90 },
		/* The first end, and nothing behind it. */
		{ "ANS CLS", DIRECTIVE_CLS, 0, 0 },
		{ "ANS CLS CXL SPD LPS WRK", DIRECTIVE_CLS, 0, 0 },
		{ "CXL", DIRECTIVE_CXL, 0, 0 },
		{ "SPD CXL", DIRECTIVE_SPD, 0, 0 },
		{ "LPS ANS", DIRECTIVE_LPS, 0, 0 },
		/* Only the copy for the addressee has come, or one came first. */
		{ "ANS RTN:90/", DIRECTIVE_RTN, 90, 0 },
		{ "ANS RTN:90 RTN:90/", DIRECTIVE_RTN, 90, 0 },
		{ "ANS ANS RTN:90 RTN:90/", DIRECTIVE_ANS, 90, 0 },
		{ "EXQ:70 EXG:70/", DIRECTIVE_WRK, 70, 70 },
		{ "EXQ:70 EXQ:75 EXG:70 EXG:70/", DIRECTIVE_EXQ, 70, 75 },
		/* The copy for everybody decides how it ended. */
		{ "CXL/ CLS", DIRECTIVE_CLS, 0, 0 },
		/* What is no move of a directive does not count. */
		{ "DLV SNT DRF XYZ", DIRECTIVE_DLV, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct script s;
		struct directive_stand stand;

		write_script(&s, rows[i].steps);
		stand = fold(&s, false);
		if (stand.status != rows[i].status ||
		    stand.due_ms != rows[i].due_ms ||
		    stand.asked_ms != rows[i].asked_ms)
			fail_msg("%s: %s", rows[i].steps,
			    directive_code(stand.status));
		assert_same(second_opinion(&s, false), stand);
	}
}

TEST(test_a_draft_is_one_until_it_is_sent_or_over)
{
	struct script s;

	write_script(&s, "");
	assert_int_equal(fold(&s, true).status, DIRECTIVE_DRF);
	write_script(&s, "CXL");
	assert_int_equal(fold(&s, true).status, DIRECTIVE_CXL);
}

/* A lost disk begins a new incarnation: it stands behind the old one. */
TEST(test_a_later_incarnation_goes_on)
{
	struct script s;

	write_script(&s, "ANS WRK");
	s.steps[0].incarnation = 2;
	assert_int_equal(fold(&s, false).status, DIRECTIVE_ANS);
	write_script(&s, "RTN:90 EXG:80 ANS");
	s.steps[0].incarnation = 2;
	assert_int_equal(fold(&s, false).due_ms, 90);
	s.steps[1].incarnation = 3;
	assert_int_equal(fold(&s, false).due_ms, 80);
}

/* -- every history that two careful offices can make -- */

struct history {
	struct script all; /* in the order in which they were said */
	size_t runs;       /* how many histories were looked at */
};

static size_t
side_of(enum directive_code step)
{
	return directive_rule_of(step)->side;
}

/* Where it stands for one who knows so many of each side's steps. */
static enum directive_code
status_for(const struct script *all, const size_t known[2], bool is_doubled,
    struct directive_stand *out)
{
	struct script s = { .count = 0 };
	size_t seen[2] = { 0, 0 };

	for (size_t i = 0; i < all->count; i++) {
		const struct directive_taken *w = &all->steps[i];
		size_t side = side_of(w->step);

		if (seen[side]++ >= known[side])
			continue;
		add(&s, w->step, "", w->due_ms);
		if (is_doubled && side == DIRECTIVE_BY_ISSUER)
			add(&s, w->step, "420106", w->due_ms);
	}
	*out = fold(&s, false);
	assert_same(second_opinion(&s, false), *out);
	return out->status;
}

/* However much of it is known: both copies say as much as one. */
static void
check_history(const struct script *all, const size_t said[2])
{
	for (size_t a = 0; a <= said[0]; a++) {
		for (size_t b = 0; b <= said[1]; b++) {
			const size_t known[2] = { a, b };
			struct directive_stand one, two;

			status_for(all, known, false, &one);
			status_for(all, known, true, &two);
			assert_same(one, two);
		}
	}
}

/* `knows`: of the addressee's steps the issuer's, and the other way round. */
static void
go_on(struct history *h, const size_t said[2], const size_t knows[2])
{
	const struct directive_rule *r;

	h->runs++;
	check_history(&h->all, said);
	if (h->all.count == DEPTH_MAX)
		return;
	for (size_t side = 0; side < 2; side++) {
		size_t known[2], next[2] = { knows[0], knows[1] };

		/* It hears of nothing more, or of everything, and moves. */
		for (int all = 0; all < 2; all++) {
			struct directive_stand stand;

			if (all != 0 && knows[side] == said[1 - side])
				continue;
			if (all != 0)
				next[side] = said[1 - side];
			known[side] = said[side];
			known[1 - side] = next[side];
			status_for(&h->all, known, false, &stand);
			for (size_t i = 0; (r = directive_rule_at(i)) != NULL;
			     i++) {
				const size_t more[2] = { said[0] + (side == 0),
					said[1] + (side == 1) };

				if (r->side != side ||
				    r->step == DIRECTIVE_SNT ||
				    r->step == DIRECTIVE_CXL ||
				    r->step == DIRECTIVE_LPS ||
				    directive_rule(directive_code(r->step),
					"DB",
					directive_code(stand.status)) != r)
					continue;
				add(&h->all, r->step, "",
				    (int64_t)h->all.count + 50);
				go_on(h, more, next);
				h->all.count--;
			}
		}
	}
}

TEST(test_every_short_history_of_two_offices)
{
	struct history *h = calloc(1, sizeof(*h));
	const size_t none[2] = { 0, 0 };

	assert_non_null(h);
	go_on(h, none, none);
	assert_true(h->runs > 2000);
	free(h);
}

/* -- and any words at all, in any order -- */

static unsigned
roll(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % below;
}

TEST(test_any_steps_in_any_order_come_to_the_same)
{
	static const char *const audiences[] = { "", "420106", "420100" };
	unsigned seed = 1;

	for (int run = 0; run < RANDOM_RUNS; run++) {
		struct script s = { .count = 0 };
		size_t count = roll(&seed, 20);
		struct directive_stand stand;

		while (s.count < count) {
			enum directive_code step = roll(&seed, DIRECTIVE_CODES);
			const struct directive_rule *r =
			    directive_rule_of(step);
			bool is_ours =
			    r != NULL && r->side == DIRECTIVE_BY_ISSUER;
			struct directive_taken *t = add(&s, step,
			    audiences[is_ours ? roll(&seed, 3) : 0],
			    roll(&seed, 4));

			t->incarnation = 1 + roll(&seed, 2);
		}
		stand = fold(&s, run % 2 != 0);
		assert_same(second_opinion(&s, run % 2 != 0), stand);
		for (size_t i = s.count; i > 1; i--) {
			size_t j = roll(&seed, (unsigned)i);
			struct directive_taken t = s.steps[i - 1];

			s.steps[i - 1] = s.steps[j];
			s.steps[j] = t;
		}
		assert_same(fold(&s, run % 2 != 0), stand);
	}
}
