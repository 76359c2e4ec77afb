/*
 * How it works.  mask_scan cuts the text into groups of digits and says what
 * lies between them.  From every group on, the longest run of neighbouring
 * groups that is a number of a person is covered; then the search goes on
 * behind it.  Covering may bring strangers together, so the text is scanned
 * again until nothing is found: that makes masking a second time change
 * nothing.  Each round covers digits for good, so the rounds end.
 */
#include "petition/mask.h"

#include <string.h>

#include "base/text.h"
#include "petition/mask_internal.h"
#include "petition/person_number.h"
#include "petition/typed.h"

enum {
	KEPT_DIGITS = 2,
	ANNOUNCED_MIN = 7,
	ANNOUNCED_MAX = 10,
	ANNOUNCED_LETTERS_MAX = 2,
	ANNOUNCED_WINDOW = 30, /* bytes between the word and the number */
};

/* Cover groups first..last but for the last two digits. */
static void
cover(struct mask_scan *s, size_t first, size_t last, bool with_x)
{
	const struct group *g = &s->groups[last];
	size_t end = g->first + g->count + with_x;
	size_t kept =
	    end - g->first < KEPT_DIGITS ? end - g->first : KEPT_DIGITS;

	for (size_t i = s->groups[first].first; i < end - kept; i++)
		s->digits[i].masked = true;
}

/* Cover the longest number that begins with group `first`.
 * Returns the count of its groups; 0: none does. */
static size_t
cover_from(struct mask_scan *s, size_t first)
{
	struct candidate c = { .is_chinese = s->groups[first].is_chinese,
		.is_fraction = s->groups[first].is_fraction };
	size_t found = 0;
	bool with_x = false;

	for (size_t i = first; i < s->group_count; i++) {
		const struct group *g = &s->groups[i];

		if (i > first &&
		    (g->gap == GAP_BREAK || g->is_chinese != c.is_chinese))
			break;
		if (!candidate_extend(&c, s, g))
			break;
		if (candidate_is_of_a_person(&c)) {
			found = i - first + 1;
			with_x = candidate_ends_in_x(&c);
		}
	}
	if (found > 0)
		cover(s, first, first + found - 1, with_x);
	return found;
}

/* Bytes of the code point that ends right before `at`. */
static size_t
step_back(struct span text, size_t at)
{
	size_t bytes = 1;

	while (bytes < at && bytes < 4 && (text.at[at - bytes] & 0xc0) == 0x80)
		bytes++;
	return at > 0 ? bytes : 0;
}

static uint32_t
plain_before(struct span text, size_t at)
{
	const uint8_t *from = text.at + at - step_back(text, at);

	return at > 0 ? typed_plain(text_next(&from, text.at + at)) : '\0';
}

static bool
is_letter(uint32_t plain)
{
	return (plain >= 'A' && plain <= 'Z') || (plain >= 'a' && plain <= 'z');
}

/* Is `word` the last thing in the window that is no filler? */
static bool
ends_with_word(struct span window, const char *word)
{
	size_t size = strlen(word);

	for (size_t at = window.size; at >= size; at--) {
		const uint8_t *c = window.at + at - size;

		if (memcmp(c, word, size) == 0)
			return true;
		if (window.at[at - 1] == '\n' ||
		    typed_is_digit(window.at[at - 1]))
			return false;
	}
	return false;
}

/* Does one of the words stand in front of `at`, with little in between? */
static bool
is_announced(struct span text, size_t at)
{
	static const char *const words[] = { "护照", "通行证", "回乡证",
		"台胞证", "passport", "Passport", "PASSPORT" };
	size_t from = at > ANNOUNCED_WINDOW ? at - ANNOUNCED_WINDOW : 0;
	struct span window = span_of(text.at + from, at - from);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (ends_with_word(window, words[i]))
			return true;
	}
	return false;
}

/* A passport or a permit: E12345678, EA1234567, C12345678, H1234567800. */
static bool
is_permit(const struct mask_scan *s, size_t index, struct span text)
{
	const struct group *g = &s->groups[index];
	const struct digit *first = &s->digits[g->first];
	size_t at = first->at, letters = 0;
	char date[ANNOUNCED_MAX + 1] = "";

	if (g->count < ANNOUNCED_MIN || g->count > ANNOUNCED_MAX ||
	    g->is_chinese || first->masked)
		return false;
	while (letters <= ANNOUNCED_LETTERS_MAX &&
	       is_letter(plain_before(text, at))) {
		at -= step_back(text, at);
		letters++;
	}
	if (plain_before(text, at) == ' ')
		at -= step_back(text, at);
	for (size_t i = 0; i < g->count; i++)
		date[i] = first[i].value;
	if (letters == 0 && g->count == 8 && birth_date_is_plausible(date))
		return false;
	return letters <= ANNOUNCED_LETTERS_MAX && is_announced(text, at);
}

/* Cover what the scan of `text` found; the count of numbers. */
static uint32_t
cover_all(struct mask_scan *s, struct span text)
{
	uint32_t numbers = 0;

	for (size_t i = 0; i < s->group_count;) {
		size_t groups = cover_from(s, i);

		if (groups == 0 && is_permit(s, i, text)) {
			cover(s, i, i, false);
			groups = 1;
		}
		numbers += groups > 0;
		i += groups > 0 ? groups : 1;
	}
	return numbers;
}

/* Write `text` over `out`, '*' for what is covered; the bytes written. */
static size_t
write_covered(const struct mask_scan *s, struct span text, uint8_t *out)
{
	size_t used = 0, from = 0;

	for (size_t i = 0; i < s->digit_count; i++) {
		const struct digit *d = &s->digits[i];

		if (!d->masked)
			continue;
		/* In place: what is written lies at or before what is read. */
		memmove(out + used, text.at + from, d->at - from);
		used += d->at - from;
		out[used++] = '*';
		from = d->at + d->bytes;
	}
	memmove(out + used, text.at + from, text.size - from);
	return used + (text.size - from);
}

enum rc
mask_text(struct span utf8, struct buffer *out, uint32_t *masked)
{
	struct mask_scan s = { 0 };
	size_t start = out->size;
	uint32_t found;

	if (utf8.size == 0)
		return RC_OK;
	if (buffer_append(out, utf8) != RC_OK)
		return RC_TOO_BIG;
	do {
		struct span text = span_of(out->at + start, out->size - start);

		mask_scan_text(&s, text);
		found = cover_all(&s, text);
		*masked += found;
		out->size = start + write_covered(&s, text, out->at + start);
	} while (found > 0);
	mask_scan_clear(&s);
	return RC_OK;
}
