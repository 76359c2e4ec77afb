/*
 * likeness_compare - what two sketches have in common, weighed.
 *
 * What is rare weighs more: each hash by the logarithm of how many petitions on
 * file hold its cell, so that a form letter's words count for little and a
 * name that stands in two petitions for much.  The constants were found on
 * pairs that are not those of the measurement (docs/matching.md); whoever
 * changes one measures again.
 */
#include "match/likeness_internal.h"

enum {
	/* Before anything is on file every pair is taken to be this rare. */
	PRIOR_PETITIONS = 400,
	PRIOR_SHARE = 5, /* 256ths of them that hold a cell */
	WEIGHT_MIN = 48, /* 256ths of a bit */
	WEIGHT_MAX = 2304,

	RARE_NAME = 1100,    /* weight of a name that tells a place */
	TELLING_NAMES = 900, /* weight of names that can contradict */
	ELSEWHERE = 250,     /* names shared below this: another place */
	OTHER_STEMS = 600,
	TITLES_ALIKE = 200,
	SUBJECT_MOVED = 100,
	SUBJECT_LOST = 240,
	ONE_STEM = 300,
	STEMS_MOVED = 100,
	SURELY_COPIED = 650,
	SHORT_PAIRS = 25, /* a text this short is contained by chance */
};

/* What two sets of hashes weigh, alone and together. */
struct overlap {
	uint64_t one, two, both;
	size_t one_count, two_count; /* pairs that were looked at */
};

/* -- weights -- */

static void
count_all(struct likeness_counts *c, const struct likeness_hashes *h,
    const struct likeness_hashes *but)
{
	for (size_t i = 0, k = 0; i < h->count; i++) {
		uint32_t *cell = &c->cells[h->at[i] & (LIKENESS_CELLS - 1)];

		while (but != NULL && k < but->count && but->at[k] < h->at[i])
			k++;
		if (but != NULL && k < but->count && but->at[k] == h->at[i])
			continue;
		if (*cell < UINT32_MAX)
			++*cell;
	}
}

void
likeness_count(struct likeness_counts *c, const struct likeness_sketch *s)
{
	count_all(c, &s->body, NULL);
	count_all(c, &s->title, &s->body);
	count_all(c, &s->names, NULL);
	c->petitions++;
}

/* log2 in 256ths, linear between powers of two; `value` is at least 1. */
static uint32_t
log2_256(uint64_t value)
{
	uint32_t whole = 63 - (uint32_t)__builtin_clzll(value);
	uint64_t rest = value << (63 - whole) >> 55;

	return whole * 256 + ((uint32_t)rest & 255);
}

uint32_t
likeness_weight(const struct likeness_counts *c, uint32_t hash)
{
	uint64_t petitions = PRIOR_PETITIONS;
	uint64_t holding = (uint64_t)PRIOR_PETITIONS * PRIOR_SHARE;
	uint32_t all, some, weight;

	if (c != NULL) {
		petitions += c->petitions;
		holding +=
		    (uint64_t)c->cells[hash & (LIKENESS_CELLS - 1)] * 256;
	}
	all = log2_256(petitions * 256);
	some = log2_256(holding);
	weight = all > some ? all - some : 0;
	return weight < WEIGHT_MIN   ? WEIGHT_MIN
	       : weight > WEIGHT_MAX ? WEIGHT_MAX
				     : weight;
}

/* -- sets -- */

/* Up to `limit`: where one of the two was cut, what is above is unknown. */
static struct overlap
overlap(const struct likeness_hashes *a, const struct likeness_hashes *b,
    uint32_t limit, const struct likeness_counts *c)
{
	struct overlap o = { 0 };
	size_t i = 0, k = 0;

	for (;;) {
		bool has_a = i < a->count && a->at[i] <= limit;
		bool has_b = k < b->count && b->at[k] <= limit;
		bool is_a = has_a && (!has_b || a->at[i] <= b->at[k]);
		bool is_b = has_b && (!has_a || b->at[k] <= a->at[i]);
		uint32_t weight;

		if (!has_a && !has_b)
			return o;
		weight = likeness_weight(c, is_a ? a->at[i] : b->at[k]);
		o.one += is_a ? weight : 0;
		o.two += is_b ? weight : 0;
		o.both += is_a && is_b ? weight : 0;
		o.one_count += is_a;
		o.two_count += is_b;
		i += is_a;
		k += is_b;
	}
}

static uint32_t
per_mille(uint64_t part, uint64_t whole)
{
	return whole == 0 ? 0 : (uint32_t)(part * LIKENESS_FULL / whole);
}

static uint64_t
smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static bool
holds(const struct likeness_hashes *h, uint32_t hash)
{
	size_t low = 0, high = h->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (h->at[middle] < hash) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < h->count && h->at[low] == hash;
}

/* Of the title of `a`, how much the other petition says anywhere. */
static uint32_t
title_in(const struct likeness_sketch *a, const struct likeness_sketch *b,
    const struct likeness_counts *c)
{
	uint64_t all = 0, found = 0;

	for (size_t i = 0; i < a->title.count; i++) {
		uint32_t hash = a->title.at[i];
		uint32_t weight = likeness_weight(c, hash);

		all += weight;
		if (holds(&b->title, hash) || holds(&b->body, hash))
			found += weight;
	}
	return per_mille(found, all);
}

/* Is the pair surely not in `s`, whose long body is kept in part? */
static bool
lacks(const struct likeness_sketch *s, uint32_t hash)
{
	if (s->is_part && hash > s->body.at[s->body.count - 1])
		return false;
	return !holds(&s->title, hash) && !holds(&s->body, hash);
}

/* Of the stems of `a`, how much `b` never mentions. */
static uint32_t
stems_missing(const struct likeness_sketch *a, const struct likeness_sketch *b,
    const struct likeness_counts *c)
{
	uint64_t all = 0, missing = 0;

	for (size_t i = 0; i < a->stems.count; i++) {
		uint32_t weight = likeness_weight(c, a->stems.at[i]);

		all += weight;
		missing += lacks(b, a->stems.at[i]) ? weight : 0;
	}
	return per_mille(missing, all);
}

/* Of what title and text of `a` both say, how much `b` never does. */
static uint32_t
subject_missing(const struct likeness_sketch *a,
    const struct likeness_sketch *b, const struct likeness_counts *c)
{
	uint64_t all = 0, missing = 0;

	for (size_t i = 0; i < a->title.count; i++) {
		uint32_t hash = a->title.at[i];
		uint32_t weight = likeness_weight(c, hash);

		if (!holds(&a->body, hash))
			continue;
		all += weight;
		missing += lacks(b, hash) ? weight : 0;
	}
	return per_mille(missing, all);
}

static uint32_t
heaviest_shared(const struct likeness_hashes *a,
    const struct likeness_hashes *b, const struct likeness_counts *c)
{
	uint32_t most = 0;

	for (size_t i = 0; i < a->count; i++) {
		uint32_t weight = likeness_weight(c, a->at[i]);

		if (weight > most && holds(b, a->at[i]))
			most = weight;
	}
	return most;
}

/* -- the verdict -- */

static uint32_t
body_limit(const struct likeness_sketch *a, const struct likeness_sketch *b)
{
	uint32_t limit = UINT32_MAX;

	if (a->is_part)
		limit = a->body.at[a->body.count - 1];
	if (b->is_part && b->body.at[b->body.count - 1] < limit)
		limit = b->body.at[b->body.count - 1];
	return limit;
}

static void
compare_texts(const struct likeness_sketch *a, const struct likeness_sketch *b,
    const struct likeness_counts *c, struct likeness *out)
{
	struct overlap o = overlap(&a->body, &b->body, body_limit(a, b), c);
	size_t fewer = smaller(o.one_count, o.two_count);
	uint64_t small = smaller(o.one, o.two);

	out->is_same_text = a->digest != 0 && a->digest == b->digest;
	out->text = per_mille(o.both, o.one + o.two - o.both);
	out->contained = per_mille(o.both, small);
	if (fewer < SHORT_PAIRS) {
		out->contained =
		    (uint32_t)(out->contained * fewer) / SHORT_PAIRS;
	}
	o = overlap(&a->title, &b->title, UINT32_MAX, c);
	out->title = per_mille(o.both, o.one + o.two - o.both);
	out->title_kept = (title_in(a, b, c) + title_in(b, a, c)) / 2;
}

/*
 * Other places: another district; or no name in common; or titles that name
 * what the other never mentions; or titles alike but for a name that the texts
 * speak of too.
 */
static bool
is_elsewhere(const struct likeness *l, uint64_t names)
{
	if (!l->is_same_region)
		return true;
	if (names >= TELLING_NAMES && l->names < ELSEWHERE && !l->is_same_place)
		return true;
	return l->stems >= OTHER_STEMS ||
	       (l->title >= TITLES_ALIKE &&
		   ((l->moved >= SUBJECT_LOST && l->stems_one >= ONE_STEM) ||
		       (l->moved >= SUBJECT_MOVED && l->stems >= STEMS_MOVED)));
}

static void
compare_stems(uint32_t one, uint32_t two, struct likeness *out)
{
	out->stems = one < two ? one : two;
	out->stems_one = one < two ? two : one;
}

/* More than half of them. */
static bool
mentions_most(const struct likeness_hashes *h, const struct likeness_sketch *s)
{
	size_t count = 0;

	for (size_t i = 0; i < h->count; i++)
		count += !lacks(s, h->at[i]);
	return 2 * count > h->count;
}

static void
compare_names(const struct likeness_sketch *a, const struct likeness_sketch *b,
    const struct likeness_counts *c, struct likeness *out)
{
	struct overlap o = overlap(&a->names, &b->names, UINT32_MAX, c);

	out->names = per_mille(o.both, smaller(o.one, o.two));
	out->is_same_place =
	    heaviest_shared(&a->names, &b->names, c) >= RARE_NAME;
	compare_stems(stems_missing(a, b, c), stems_missing(b, a, c), out);
	out->is_same_region = a->regions.count == 0 || b->regions.count == 0 ||
			      mentions_most(&a->regions, b) ||
			      mentions_most(&b->regions, a);
	out->moved = (uint32_t)smaller(subject_missing(a, b, c),
	    subject_missing(b, a, c));
	out->is_elsewhere = is_elsewhere(out, smaller(o.one, o.two));
}

static uint32_t
larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Measured: docs/matching.md. */
static void
judge(struct likeness *out)
{
	uint32_t copy = larger(out->text, out->contained * 8 / 10);
	uint32_t near = out->contained * 40 / 100 + out->title * 25 / 100 +
			out->title_kept * 15 / 100 +
			(out->is_same_place ? out->names * 20 / 100 : 0);

	/* One person's turns of phrase recur; what it is about tells more. */
	near = larger(near, out->contained * 6 / 10);
	if (out->is_other_category)
		near = near * 8 / 10;
	near = near * (LIKENESS_FULL - out->moved * 6 / 10) / LIKENESS_FULL;
	if (out->is_same_text)
		copy = LIKENESS_FULL;
	out->score = copy;
	out->own_score = larger(near, copy >= SURELY_COPIED ? copy : out->text);
	if (out->is_elsewhere) {
		out->score = out->score * 3 / 10;
		if (!out->is_same_text)
			out->own_score = out->own_score * 3 / 10;
	}
}

void
likeness_compare(const struct likeness_sketch *a,
    const struct likeness_sketch *b, const struct likeness_counts *c,
    struct likeness *out)
{
	*out = (struct likeness){ 0 };
	out->is_other_category =
	    a->category != 0 && b->category != 0 && a->category != b->category;
	compare_texts(a, b, c, out);
	compare_names(a, b, c, out);
	judge(out);
}
