/*
 * likeness - from units of text to sketches, and their bytes.
 *
 * A sketch keeps the smallest hashes of each of its sets: two texts that share
 * much share small hashes, and how many were left out is known.  The packed
 * form is kept in match.db; what it does not understand is another version's
 * and makes the index be built again.
 */
#include "likeness.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "match/likeness_internal.h"

enum {
	PACKED_VERSION = 1,
	SETS = 5, /* of hashes in a sketch */
	PACKED_HEAD = 1 + 1 + 8 + 4 + 2 + 2 * SETS,
	PACKED_HASH = LIKENESS_HASH_BITS / 8,
	SAMPLE_SEED = 0x51ab,
	TITLE_SAMPLE_SEED = 0x7171,
	CATEGORY_SEED = 0xca7e,
	RUN = 4, /* units of a sample */
	TITLE_RUN = 3,
	SAMPLES_MIN = 10,
	PAIRS_PER_SAMPLE = 8,
};

/* -- hashes in order -- */

/* Keep the `max` smallest; true: something was left out. */
static bool
keep(uint32_t *at, size_t *count, size_t max, uint32_t hash)
{
	size_t low = 0, high = *count;

	if (*count == max && hash > at[max - 1])
		return true;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (at[middle] < hash) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	if (low < *count && at[low] == hash)
		return false;
	if (*count == max) {
		memmove(at + low + 1, at + low, (max - 1 - low) * sizeof(*at));
		at[low] = hash;
		return true;
	}
	memmove(at + low + 1, at + low, (*count - low) * sizeof(*at));
	at[low] = hash;
	(*count)++;
	return false;
}

/* -- the sketch -- */

/* One unit alone is a pair with nothing. */
static bool
add_pairs(const struct likeness_units *u, struct likeness_hashes *h, size_t max)
{
	bool is_part = false;

	if (u->count == 1) {
		(void)keep(h->at, &h->count, max,
		    likeness_hash(LIKENESS_PAIR_SEED, u->at[0], 0));
	}
	for (size_t i = 1; i < u->count; i++) {
		is_part |= keep(h->at, &h->count, max,
		    likeness_hash(LIKENESS_PAIR_SEED, u->at[i - 1], u->at[i]));
	}
	return is_part;
}

/* Runs of `run` units (a shorter text: all of it), the `max` smallest. */
static void
add_samples(const struct likeness_units *u, size_t run, uint32_t seed,
    size_t max, struct likeness_sketch *s)
{
	uint32_t found[LIKENESS_SAMPLES_MAX];
	size_t count = 0;

	CHECK(max <= LIKENESS_SAMPLES_MAX);
	if (run > u->count)
		run = u->count;
	if (run == 0)
		return;
	for (size_t i = 0; i + run <= u->count; i++) {
		uint32_t h = seed;

		for (size_t k = 0; k < run; k++)
			h = likeness_mix(h, u->at[i + k]);
		(void)keep(found, &count, max, h);
	}
	memcpy(s->samples + s->samples_count, found, count * sizeof(*found));
	s->samples_count += count;
}

static void
read_text(const struct likeness_units *u, struct likeness_sketch *s,
    struct likeness_names *names)
{
	size_t samples = u->count / PAIRS_PER_SAMPLE;

	for (size_t i = 0; i < u->count; i++)
		s->digest = (s->digest ^ u->at[i]) * 0x100000001b3U + 1;
	s->units = (uint32_t)u->count;
	s->is_part = add_pairs(u, &s->body, LIKENESS_BODY_MAX);
	samples = samples < SAMPLES_MIN            ? SAMPLES_MIN
		  : samples > LIKENESS_SAMPLES_MAX ? LIKENESS_SAMPLES_MAX
						   : samples;
	add_samples(u, RUN, SAMPLE_SEED, samples, s);
	likeness_names(u, false, names);
}

/* A place without any ending that we know is a name as it stands. */
static void
read_place(const struct likeness_units *u, struct likeness_names *names)
{
	uint32_t h = LIKENESS_PAIR_SEED;

	likeness_names(u, true, names);
	if (names->all.count > 0 || u->count == 0)
		return;
	for (size_t i = 0; i < u->count; i++)
		h = likeness_mix(h, u->at[i]);
	names->all.at[names->all.count++] = likeness_hash(h, 0, 0);
}

static void
sort_into(const struct likeness_hashes *from, struct likeness_hashes *to)
{
	for (size_t i = 0; i < from->count; i++)
		(void)keep(to->at, &to->count, from->count, from->at[i]);
}

static uint16_t
category_hash(const char *category)
{
	uint32_t h = CATEGORY_SEED;

	if (category == NULL || category[0] == '\0')
		return 0;
	/* The first level is two digits. */
	for (size_t i = 0; i < 2 && category[i] != '\0'; i++)
		h = likeness_mix(h, (uint8_t)category[i]);
	return (uint16_t)(h | 1);
}

void
likeness_sketch(const struct likeness_petition *p, struct likeness_sketch *out)
{
	struct likeness_units units = {
		.at = memory_grow(NULL, LIKENESS_UNITS_MAX, sizeof(*units.at))
	};
	struct likeness_names names = { 0 };

	memset(out, 0, sizeof(*out));
	/* The nearest names first: there is room for only so many. */
	likeness_read(p->place, &units);
	read_place(&units, &names);
	likeness_read(p->subject, &units);
	(void)add_pairs(&units, &out->title, LIKENESS_TITLE_MAX);
	likeness_names(&units, true, &names);
	add_samples(&units, TITLE_RUN, TITLE_SAMPLE_SEED,
	    LIKENESS_TITLE_SAMPLES_MAX, out);
	likeness_read(p->text, &units);
	read_text(&units, out, &names);
	sort_into(&names.all, &out->names);
	sort_into(&names.stems, &out->stems);
	sort_into(&names.regions, &out->regions);
	out->category = category_hash(p->category);
	free(units.at);
}

/* -- packed -- */

static uint8_t *
put_hashes(uint8_t *at, const struct likeness_hashes *h)
{
	for (size_t i = 0; i < h->count; i++) {
		*at++ = (uint8_t)(h->at[i] >> 16);
		*at++ = (uint8_t)(h->at[i] >> 8);
		*at++ = (uint8_t)h->at[i];
	}
	return at;
}

size_t
likeness_pack(const struct likeness_sketch *s,
    uint8_t out[static LIKENESS_PACKED_MAX])
{
	const struct likeness_hashes *sets[] = { &s->body, &s->title, &s->names,
		&s->stems, &s->regions };
	uint8_t *at = out + PACKED_HEAD;

	out[0] = PACKED_VERSION;
	out[1] = s->is_part;
	number_put_u64(out + 2, s->digest);
	number_put_u32(out + 10, s->units);
	out[14] = (uint8_t)(s->category >> 8);
	out[15] = (uint8_t)s->category;
	for (size_t i = 0; i < SETS; i++) {
		out[16 + 2 * i] = (uint8_t)(sets[i]->count >> 8);
		out[17 + 2 * i] = (uint8_t)sets[i]->count;
		at = put_hashes(at, sets[i]);
	}
	return (size_t)(at - out);
}

static const uint8_t *
get_hashes(const uint8_t *at, struct likeness_hashes *h)
{
	for (size_t i = 0; i < h->count; i++, at += PACKED_HASH)
		h->at[i] = (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
	return at;
}

enum rc
likeness_unpack(struct span packed, struct likeness_sketch *out)
{
	static const size_t max[] = { LIKENESS_BODY_MAX, LIKENESS_TITLE_MAX,
		LIKENESS_NAMES_MAX, LIKENESS_STEMS_MAX, LIKENESS_REGIONS_MAX };
	struct likeness_hashes *sets[] = { &out->body, &out->title, &out->names,
		&out->stems, &out->regions };
	const uint8_t *at = packed.at;
	size_t hashes = 0;

	if (packed.size < PACKED_HEAD || at[0] != PACKED_VERSION)
		return RC_MALFORMED;
	out->is_part = at[1] != 0;
	out->digest = number_get_u64(at + 2);
	out->units = number_get_u32(at + 10);
	out->category = (uint16_t)(at[14] << 8 | at[15]);
	out->samples_count = 0;
	for (size_t i = 0; i < SETS; i++) {
		sets[i]->count = (size_t)at[16 + 2 * i] << 8 | at[17 + 2 * i];
		hashes += sets[i]->count;
		if (sets[i]->count > max[i])
			return RC_MALFORMED;
	}
	if (packed.size != PACKED_HEAD + hashes * PACKED_HASH)
		return RC_MALFORMED;
	at += PACKED_HEAD;
	for (size_t i = 0; i < SETS; i++)
		at = get_hashes(at, sets[i]);
	return out->is_part && out->body.count == 0 ? RC_MALFORMED : RC_OK;
}
