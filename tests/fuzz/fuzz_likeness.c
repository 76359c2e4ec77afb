/*
 * Any bytes as subject and text, and as a packed sketch: nothing breaks, a
 * sketch is like itself, and what was unpacked packs to the same bytes.
 */
#include "base/check.h"
#include "match/likeness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct likeness_sketch sketch, back;
	uint8_t packed[LIKENESS_PACKED_MAX];
	size_t half = size / 2;
	struct likeness_petition p = { .subject = span_of(data, half),
		.text = span_of(data + half, size - half),
		.place = span_of(data, half / 2) };
	struct likeness l;
	size_t bytes;

	likeness_sketch(&p, &sketch);
	bytes = likeness_pack(&sketch, packed);
	CHECK(likeness_unpack(span_of(packed, bytes), &back) == RC_OK);
	likeness_compare(&sketch, &back, NULL, &l);
	CHECK(l.is_same_text == (sketch.digest != 0));
	CHECK(l.score <= LIKENESS_FULL && l.own_score <= LIKENESS_FULL);
	if (likeness_unpack(span_of(data, size), &back) == RC_OK) {
		bytes = likeness_pack(&back, packed);
		CHECK(bytes == size);
		likeness_compare(&sketch, &back, NULL, &l);
		CHECK(l.score <= LIKENESS_FULL && l.own_score <= LIKENESS_FULL);
	}
	return 0;
}
