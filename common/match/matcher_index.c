/*
 * Entries stand in one table of integers:
 *
 *	13 bits		segment: 262,144 items, in the order in which they came
 *	32 bits		hash, the kind in it
 *	18 bits		item within the segment
 *
 * So all entries of one hash in one segment are neighbours, an entry costs
 * about 15 bytes, and adding touches the newest segment alone, which fits
 * the cache; a single b-tree over everything would write a page for nearly
 * every entry.  Looking asks each segment once per hash.
 *
 * Buckets are never full: of one hash and segment only the newest
 * BUCKET_ROWS are read, and the more there are the less each counts.  What
 * everybody writes finds nobody in particular, while a text that came five
 * hundred times finds the last of its kind.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "match/matcher_internal.h"
#include "mech/db.h"

enum {
	SEGMENT_BITS = 18,
	SEGMENT_ITEMS = 1 << SEGMENT_BITS,
	SEGMENTS_MAX = 1 << 13,
	BUCKET_ROWS = 24,
	PERSON_ROWS = 96,
	HITS_MAX = MATCHER_SLOTS * 3 / 4,
	WEIGHT_SURE = 1 << 20, /* person or number: always compared */
	WEIGHT_TEXT = 1 << 16, /* before any number of samples */
	WEIGHT_ONE = 1 << 10,
};

const char matcher_index_schema[] =
    "CREATE TABLE entry (key INTEGER PRIMARY KEY) STRICT;";

void
matcher_index_prepare(struct matcher *m)
{
	m->entries =
	    db_prepare(m->db, "SELECT key FROM entry WHERE key BETWEEN ? AND ?"
			      " ORDER BY key DESC LIMIT ?");
	if (m->is_writer) {
		m->put_entry = db_prepare(m->db,
		    "INSERT OR IGNORE INTO entry (key) VALUES (?)");
	}
}

/* Of a person key or an item's number. */
static uint32_t
hash_bytes(struct span bytes)
{
	uint32_t h = 0x811c9dc5U;

	for (size_t i = 0; i < bytes.size; i++)
		h = (h ^ bytes.at[i]) * 0x01000193U;
	return h ^ h >> 15;
}

/* -- which entries -- */

/* The `max` rarest names, rarest first. */
static size_t
rarest_names(const struct matcher *m, const struct likeness_hashes *names,
    size_t max, uint32_t out[static MATCHER_NAMES_ASKED])
{
	uint32_t weights[MATCHER_NAMES_ASKED];
	size_t count = 0;

	for (size_t i = 0; i < names->count; i++) {
		uint32_t weight = likeness_weight(m->counts, names->at[i]);
		size_t at = count < max ? count++ : max;

		for (; at > 0 && weights[at - 1] < weight; at--) {
			if (at < max) {
				weights[at] = weights[at - 1];
				out[at] = out[at - 1];
			}
		}
		if (at < max) {
			weights[at] = weight;
			out[at] = names->at[i];
		}
	}
	return count;
}

static void
push(struct matcher_entry *out, size_t *count, enum matcher_entry_kind kind,
    uint32_t hash)
{
	CHECK(*count < MATCHER_ENTRIES_MAX);
	out[(*count)++] = (struct matcher_entry){ .kind = kind, .hash = hash };
}

size_t
matcher_entries(const struct matcher *m, const struct matcher_item *item,
    bool asking, struct matcher_entry out[static MATCHER_ENTRIES_MAX])
{
	const struct likeness_sketch *s = m->given;
	uint32_t names[MATCHER_NAMES_ASKED];
	size_t names_count = rarest_names(m, &s->names,
	    asking ? MATCHER_NAMES_ASKED : MATCHER_NAMES_FILED, names);
	size_t count = 0;

	push(out, &count, ENTRY_NUMBER, hash_bytes(span_of_text(item->item)));
	if (item->earlier_item != NULL && item->earlier_item[0] != '\0') {
		push(out, &count, ENTRY_NUMBER,
		    hash_bytes(span_of_text(item->earlier_item)));
	}
	if (item->person_key.size == MATCHER_PERSON_BYTES)
		push(out, &count, ENTRY_PERSON, hash_bytes(item->person_key));
	if (s->digest != 0) {
		push(out, &count, ENTRY_TEXT,
		    (uint32_t)(s->digest ^ s->digest >> 32));
	}
	for (size_t i = 0; i < s->samples_count; i++)
		push(out, &count, ENTRY_SAMPLE, s->samples[i]);
	for (size_t i = 0; i < names_count; i++)
		push(out, &count, ENTRY_NAME, names[i]);
	return count;
}

/* -- filing -- */

static int64_t
key_of(uint64_t segment, const struct matcher_entry *e, uint32_t low)
{
	uint32_t hash = (e->hash ^ (uint32_t)e->kind * 0x9e3779b9U);

	return (int64_t)(segment << (32 + SEGMENT_BITS) |
			 (uint64_t)hash << SEGMENT_BITS | low);
}

void
matcher_file(struct matcher *m, uint64_t n, const struct matcher_entry *entries,
    size_t count)
{
	uint64_t segment = n >> SEGMENT_BITS;

	CHECK(segment < SEGMENTS_MAX);
	for (size_t i = 0; i < count; i++) {
		db_bind_i64(m->put_entry,
		    key_of(segment, &entries[i],
			(uint32_t)(n & (SEGMENT_ITEMS - 1))));
		CHECK(db_run(m->put_entry) == RC_OK);
	}
}

/* -- looking -- */

static void
hit(struct matcher *m, size_t *count, uint32_t n, uint32_t weight)
{
	size_t at = (n * 0x9e3779b1U) >> 17;

	while (m->slots[at].n != 0 && m->slots[at].n != n)
		at = (at + 1) % MATCHER_SLOTS;
	if (m->slots[at].n == 0) {
		if (*count == HITS_MAX)
			return;
		m->slots[at].n = n;
		m->hits[(*count)++].n = (uint32_t)at;
	}
	m->slots[at].weight += weight;
}

/* One hash in one segment; the rows that were read. */
static size_t
look_in(struct matcher *m, uint64_t segment, const struct matcher_entry *e,
    size_t rows, size_t *count)
{
	static const uint32_t weights[ENTRY_KINDS] = {
		[ENTRY_SAMPLE] = WEIGHT_ONE,
		[ENTRY_TEXT] = WEIGHT_TEXT,
		[ENTRY_NAME] = WEIGHT_ONE,
		[ENTRY_PERSON] = WEIGHT_SURE,
		[ENTRY_NUMBER] = WEIGHT_SURE,
	};
	uint32_t found[PERSON_ROWS], weight;
	size_t n = 0;

	CHECK(rows <= PERSON_ROWS);
	db_bind_i64(m->entries, key_of(segment, e, 0));
	db_bind_i64(m->entries, key_of(segment, e, SEGMENT_ITEMS - 1));
	db_bind_u64(m->entries, rows);
	while (db_next(m->entries)) {
		uint64_t key = db_column_u64(m->entries, 0);

		found[n++] = (uint32_t)(segment << SEGMENT_BITS |
					(key & (SEGMENT_ITEMS - 1)));
	}
	weight = weights[e->kind];
	if (e->kind == ENTRY_SAMPLE || e->kind == ENTRY_NAME)
		weight /= (uint32_t)(1 + n / 2);
	for (size_t i = 0; i < n; i++)
		hit(m, count, found[i], weight);
	return n;
}

static void
look_for(struct matcher *m, const struct matcher_entry *e, size_t *count)
{
	size_t left = PERSON_ROWS;

	for (uint64_t s = (m->items >> SEGMENT_BITS) + 1; s > 0 && left > 0;
	     s--) {
		if (e->kind == ENTRY_SAMPLE || e->kind == ENTRY_NAME) {
			(void)look_in(m, s - 1, e, BUCKET_ROWS, count);
		} else {
			left -= look_in(m, s - 1, e, left, count);
		}
	}
}

static int
by_weight(const void *one, const void *two)
{
	const struct matcher_hit *a = one, *b = two;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->n > b->n ? -1 : a->n < b->n;
}

size_t
matcher_look(struct matcher *m, const struct matcher_entry *entries,
    size_t count)
{
	size_t hits = 0;

	for (size_t i = 0; i < count; i++)
		look_for(m, &entries[i], &hits);
	for (size_t i = 0; i < hits; i++) {
		size_t at = m->hits[i].n;

		m->hits[i] = m->slots[at];
		m->slots[at] = (struct matcher_hit){ 0 };
	}
	qsort(m->hits, hits, sizeof(*m->hits), by_weight);
	return hits < MATCHER_COMPARED_MAX ? hits : MATCHER_COMPARED_MAX;
}
