/*
 * matcher_find - comparing the candidates, and the verdict.
 *
 * The index says who is worth a comparison; here each is compared, and the
 * thresholds decide between certain, likely and nothing.  They are lower where
 * the same person is known to stand behind both, since then a likeness is no
 * accident.  A file that does not read back is damaged: it ends the daemon with
 * a sentence, for it is built again from the journal.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "match/matcher_internal.h"
#include "mech/db.h"

/* Measured: docs/matching.md. */
enum {
	OWN_CERTAIN = 450,
	OWN_LIKELY = 340,
	OTHER_LIKELY = 400,
	NEARLY_IDENTICAL = 900,
};

/* What is on file under one n. */
struct filed {
	struct matcher_candidate c;
	char earlier[ITEM_NUMBER_MAX + 1];
	bool has_person, is_same_person;
};

static void
copy_text(struct stmt *s, int column, char *to, size_t size)
{
	if (text_copy(to, size, db_column_text(s, column)) != RC_OK) {
		fatal("%s: damaged; remove it, it is built again",
		    MATCHER_FILE);
	}
}

/* Its sketch goes to m->filed.  False: not there. */
static bool
load(struct matcher *m, uint32_t n, struct span person, struct filed *f)
{
	struct stmt *s = m->item;
	bool is_there;

	db_bind_u64(s, n);
	is_there = db_next(s);
	if (is_there) {
		struct span filed_person = db_column_span(s, 5);

		f->c.position = db_column_u64(s, 0);
		copy_text(s, 1, f->c.item, sizeof(f->c.item));
		copy_text(s, 2, f->c.office, sizeof(f->c.office));
		copy_text(s, 3, f->earlier, sizeof(f->earlier));
		f->c.claimed_ms = db_column_i64(s, 4);
		f->has_person = filed_person.size == MATCHER_PERSON_BYTES;
		f->is_same_person =
		    f->has_person && span_equal(filed_person, person);
		is_there =
		    likeness_unpack(db_column_span(s, 6), m->filed) == RC_OK;
		db_reset(s);
	}
	return is_there;
}

static bool
is_number(const char *number, const char *wanted)
{
	return number != NULL && number[0] != '\0' &&
	       strcmp(number, wanted) == 0;
}

/* False: nothing that is worth anybody's time. */
static bool
judge(const struct matcher_item *item, const struct likeness *l,
    struct filed *f)
{
	bool is_earlier = is_number(item->earlier_item, f->c.item) ||
			  is_number(f->earlier, item->item);
	bool knows_both =
	    f->has_person && item->person_key.size == MATCHER_PERSON_BYTES;
	uint32_t certain = f->is_same_person ? OWN_CERTAIN
			   : knows_both      ? LIKENESS_FULL + 1
					     : NEARLY_IDENTICAL;
	uint32_t likely = f->is_same_person ? OWN_LIKELY : OTHER_LIKELY;

	f->c.score = f->is_same_person ? l->own_score : l->score;
	f->c.reasons = f->is_same_person ? MATCHER_PERSON : 0;
	if (is_earlier) {
		f->c.reasons |= MATCHER_EARLIER;
		f->c.score = LIKENESS_FULL;
	}
	if (l->score >= OTHER_LIKELY || l->title >= OTHER_LIKELY)
		f->c.reasons |= MATCHER_TEXT;
	if (l->is_same_place)
		f->c.reasons |= MATCHER_PLACE;
	f->c.verdict = is_earlier || f->c.score >= certain ? MATCHER_CERTAIN
							   : MATCHER_LIKELY;
	return is_earlier || f->c.score >= likely;
}

static bool
is_better(const struct matcher_candidate *a, const struct matcher_candidate *b)
{
	if (a->verdict != b->verdict)
		return a->verdict > b->verdict;
	if (a->score != b->score)
		return a->score > b->score;
	return a->position < b->position;
}

static size_t
place_of(const struct matcher_candidate *out, size_t count, const char *item)
{
	size_t at = 0;

	while (at < count && strcmp(out[at].item, item) != 0)
		at++;
	return at;
}

/* Keep the best, each item once; the new count. */
static size_t
insert(struct matcher_candidate *out, size_t count,
    const struct matcher_candidate *c)
{
	size_t at = place_of(out, count, c->item);

	if (at < count) {
		if (!is_better(c, &out[at]))
			return count;
	} else if (count < MATCHER_CANDIDATES_MAX) {
		at = count++;
	} else if (is_better(c, &out[count - 1])) {
		at = count - 1;
	} else {
		return count;
	}
	for (; at > 0 && is_better(c, &out[at - 1]); at--)
		out[at] = out[at - 1];
	out[at] = *c;
	return count;
}

size_t
matcher_find(struct matcher *m, const struct matcher_item *item,
    struct matcher_candidate out[static MATCHER_CANDIDATES_MAX])
{
	struct matcher_entry entries[MATCHER_ENTRIES_MAX];
	size_t count = 0, hits;

	matcher_sketch(m, item);
	hits = matcher_entries(m, item, true, entries);
	hits = matcher_look(m, entries, hits);
	for (size_t i = 0; i < hits; i++) {
		struct filed f;
		struct likeness l;

		if (!load(m, m->hits[i].n, item->person_key, &f) ||
		    strcmp(f.c.item, item->item) == 0)
			continue;
		likeness_compare(m->given, m->filed, m->counts, &l);
		if (judge(item, &l, &f))
			count = insert(out, count, &f.c);
	}
	return count;
}
