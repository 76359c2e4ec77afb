/*
 * likeness_text - what a petition says, as units.
 *
 * A Chinese character is one unit, a word or a number in other letters is one.
 * Formulas of politeness, which stand in every second petition, are taken out
 * first; letters and digits are brought to one form (utf8proc), so that full
 * width and capitals make no difference.
 */
#include <stdlib.h>
#include <uchar.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/text.h"
#include "match/likeness_internal.h"

enum { FIRST_OF_SINGLES = 0x2e80, WORD_SEED = 0x9e3779b9 & 0x3fffffff };

/*
 * Said in every second petition, whatever it is about.  Longer ones first
 * where they begin alike.
 */
static const char16_t *const formulas[] = { u"尊敬的各位领导",
	u"尊敬的政府领导", u"尊敬的领导", u"敬爱的领导", u"各级领导",
	u"各位领导", u"领导您好", u"领导你好", u"领导们好", u"领导好", u"您好",
	u"你好", u"百忙之中", u"万分感谢", u"不胜感激", u"非常感谢",
	u"十分感谢", u"谢谢领导", u"感谢领导", u"谢谢", u"感谢", u"此致敬礼",
	u"此致", u"敬礼", u"恳请领导", u"希望领导", u"请领导", u"望领导",
	u"恳请", u"恳求", u"希望有关部门", u"希望相关部门", u"请有关部门",
	u"请相关部门", u"有关部门", u"相关部门", u"请求政府", u"给予解决",
	u"予以解决", u"尽快解决", u"帮忙解决", u"给予答复", u"尽快答复",
	u"给予回复", u"望回复", u"盼回复", u"盼复", u"请问", u"网友", u"市民" };

enum { FORMULAS = sizeof(formulas) / sizeof(*formulas) };

/* Units of `formula` that stand at `at`; 0: it does not. */
static size_t
formula_length(const char16_t *formula, const uint32_t *at, size_t left)
{
	size_t i = 0;

	while (i < left && formula[i] != 0 && formula[i] == at[i])
		i++;
	return formula[i] == 0 ? i : 0;
}

/* One bit per low six bits of a formula's first character. */
static uint64_t
first_characters(void)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < FORMULAS; i++)
		bits |= UINT64_C(1) << (formulas[i][0] & 63);
	return bits;
}

static size_t
formula_at(const uint32_t *at, size_t left)
{
	for (size_t i = 0; i < FORMULAS; i++) {
		size_t length = formulas[i][0] == at[0]
				    ? formula_length(formulas[i], at, left)
				    : 0;

		if (length > 0)
			return length;
	}
	return 0;
}

static void
drop_formulas(struct likeness_units *units)
{
	uint64_t firsts = first_characters();
	size_t kept = 0, i = 0;

	while (i < units->count) {
		const uint32_t *at = units->at + i;
		size_t length = 0;

		if ((firsts >> (*at & 63) & 1) != 0)
			length = formula_at(at, units->count - i);
		if (length == 0) {
			units->at[kept++] = *at;
			length = 1;
		}
		i += length;
	}
	units->count = kept;
}

static bool
is_letter_or_digit(uint32_t point)
{
	utf8proc_category_t category =
	    utf8proc_category((utf8proc_int32_t)point);

	/* Letters, their marks and numbers stand together in the list. */
	return category >= UTF8PROC_CATEGORY_LU &&
	       category <= UTF8PROC_CATEGORY_NO;
}

/* The word that is being read, if any, becomes a unit. */
static void
end_word(struct likeness_units *units, uint32_t *word)
{
	if (*word != 0 && units->count < LIKENESS_UNITS_MAX)
		units->at[units->count++] = *word | LIKENESS_WORD_BIT;
	*word = 0;
}

static void
split(struct span text, struct likeness_units *units)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	uint32_t word = 0;

	while (at < end && units->count < LIKENESS_UNITS_MAX) {
		uint32_t point = text_next(&at, end);

		if (!is_letter_or_digit(point)) {
			end_word(units, &word);
		} else if (point < FIRST_OF_SINGLES) {
			word =
			    likeness_mix(word == 0 ? WORD_SEED : word, point) &
			    (LIKENESS_WORD_BIT - 1);
			word |= word == 0;
		} else {
			end_word(units, &word);
			if (units->count < LIKENESS_UNITS_MAX)
				units->at[units->count++] = point;
		}
	}
	end_word(units, &word);
}

void
likeness_read(struct span text, struct likeness_units *out)
{
	utf8proc_uint8_t *plain = NULL;
	utf8proc_ssize_t size = 0;

	out->count = 0;
	if (text.size == 0)
		return;
	size = utf8proc_map(text.at, (utf8proc_ssize_t)text.size, &plain,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
		UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	if (size == UTF8PROC_ERROR_NOMEM)
		fatal("out of memory");
	if (size <= 0) {
		free(plain);
		return;
	}
	split(span_of(plain, (size_t)size), out);
	free(plain);
	drop_formulas(out);
}
