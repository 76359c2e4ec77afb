/*
 * item_number - making and reading numbers that carry a check.
 *
 * The check is ISO 7064 MOD 37-2 over digits and capitals, written in
 * Crockford's letters so that I, L, O and U cannot be misread.  Two characters
 * of the tag come from the office's incarnation: after a lost disk the same
 * serial gives another number, so that a slip of before never names a new
 * item.
 */
#include "petition/item_number.h"

#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "petition/office_code.h"
#include "petition/typed.h"

enum {
	CHECK_MODULUS = 37,
	CHECK_RADIX = 2,
	CHECK_SUM = 1,       /* what the sum of a right number comes to */
	TAG_BITS = 9,        /* five in the first character, four in the */
	TAG_SECOND_BITS = 4, /* second, whose lowest bit is free */
	GROUPS = 4,          /* between the dashes */
	YEAR_DIGITS = 4,
	SERIAL_DIGITS_MAX = 9,
};

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char *const prefix[] = {
	[NUMBER_ITEM] = "",
	[NUMBER_DIRECTIVE] = "D",
	[NUMBER_ESCALATION] = "E",
};
static const int serial_width[] = {
	[NUMBER_ITEM] = 6,
	[NUMBER_DIRECTIVE] = 4,
	[NUMBER_ESCALATION] = 4,
};

/* 0-9 A-Z as 0..35; -1 for '-' and whatever else does not count. */
static int
value_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 10;
	return -1;
}

/* ISO 7064, pure system: sum of a(i) * 2^(place from the right, from 0). */
static unsigned
weighted_sum(const char *text)
{
	unsigned sum = 0;

	for (; *text != '\0'; text++) {
		int value = value_of(*text);

		if (value >= 0) {
			sum = (sum * CHECK_RADIX + (unsigned)value) %
			      CHECK_MODULUS;
		}
	}
	return sum;
}

/* What must stand behind a text of this sum; '\0': no character of ours. */
static char
check_character(unsigned sum)
{
	unsigned weighted = sum * CHECK_RADIX % CHECK_MODULUS;
	unsigned value = (CHECK_SUM + CHECK_MODULUS - weighted) % CHECK_MODULUS;

	for (const char *c = crockford; *c != '\0'; c++) {
		if (value_of(*c) == (int)value)
			return *c;
	}
	return '\0';
}

/* The high bits of a product with the golden ratio: neighbouring seconds land
 * far apart. */
static unsigned
tag_of(uint32_t incarnation)
{
	uint32_t mixed = incarnation * UINT32_C(2654435769);

	return mixed >> (32 - TAG_BITS);
}

/* The number with this last group; false: too long to be one. */
static bool
write_number(const struct item_number *n, int width, const char *tail,
    char out[static ITEM_NUMBER_MAX + 1])
{
	return text_format(out, ITEM_NUMBER_MAX + 1, "%s%s-%04d-%0*u-%s",
		   prefix[n->kind], n->office, n->year, width,
		   (unsigned)n->serial, tail) == RC_OK;
}

/* The sum over the number, every serial in the same nine places: whatever
 * width it was printed or typed with, no other character moves. */
static unsigned
sum_of(const struct item_number *n, const char *tail)
{
	char text[ITEM_NUMBER_MAX + 1];
	bool fits = write_number(n, SERIAL_DIGITS_MAX, tail, text);

	CHECK(fits);
	return weighted_sum(text);
}

/* Two tag characters and the check; one of the two free bits has one. */
static void
write_tag(const struct item_number *n, unsigned tag,
    char tail[static ITEM_TAG_SIZE + 2])
{
	tail[0] = crockford[tag >> TAG_SECOND_BITS];
	tail[ITEM_TAG_SIZE] = '\0';
	for (unsigned bit = 0; bit < 2; bit++) {
		tail[1] = crockford[(tag << 1 | bit) % 32];
		tail[2] = check_character(sum_of(n, tail));
		if (tail[2] != '\0')
			break;
		CHECK(bit == 0);
	}
	tail[ITEM_TAG_SIZE + 1] = '\0';
}

void
item_number_format(const struct item_number *n, uint32_t incarnation,
    char out[static ITEM_NUMBER_MAX + 1])
{
	char tail[ITEM_TAG_SIZE + 2];
	bool fits;

	CHECK(office_code_is_shaped(n->office));
	CHECK(n->year >= ITEM_YEAR_MIN && n->year <= ITEM_YEAR_MAX);
	CHECK(n->serial >= 1 && n->serial <= ITEM_SERIAL_MAX);
	write_tag(n, tag_of(incarnation), tail);
	fits = write_number(n, serial_width[n->kind], tail, out);
	CHECK(fits);
}

/* The four groups between the dashes, as borrowed text. */
struct groups {
	struct span head, year, serial, tail;
};

static bool
split(const char *text, struct groups *g)
{
	struct span *const to[GROUPS] = { &g->head, &g->year, &g->serial,
		&g->tail };

	for (size_t i = 0; i < GROUPS; i++) {
		size_t size = strcspn(text, "-");

		*to[i] = span_of(text, size);
		text += size;
		if (*text != (i + 1 < GROUPS ? '-' : '\0'))
			return false;
		text += i + 1 < GROUPS;
	}
	return g->year.size == YEAR_DIGITS &&
	       g->serial.size <= SERIAL_DIGITS_MAX &&
	       g->tail.size == ITEM_TAG_SIZE + 1;
}

/* O, I and L mean digits in the last group; U has no meaning there. */
static bool
write_tail(struct span typed, char out[static ITEM_TAG_SIZE + 2])
{
	for (size_t i = 0; i < typed.size; i++) {
		char c = (char)typed.at[i];

		if (c == 'O')
			c = '0';
		if (c == 'I' || c == 'L')
			c = '1';
		if (strchr(crockford, c) == NULL)
			return false;
		out[i] = c;
	}
	out[typed.size] = '\0';
	return true;
}

static bool
read_number(struct span digits, int64_t min, int64_t max, int64_t *value)
{
	char text[SERIAL_DIGITS_MAX + 1];

	return text_copy_span(text, sizeof(text), digits) == RC_OK &&
	       number_parse(text, min, max, value) == RC_OK;
}

/* No office code begins with D or E: there they tell the kind of number. */
static bool
read_head(struct span head, struct item_number *n)
{
	uint8_t first = head.size > 0 ? head.at[0] : 0;
	size_t skip = first == 'D' || first == 'E';

	n->kind = NUMBER_ITEM;
	if (first == 'D')
		n->kind = NUMBER_DIRECTIVE;
	if (first == 'E')
		n->kind = NUMBER_ESCALATION;
	head = span_of(head.at + skip, head.size - skip);
	return text_copy_span(n->office, sizeof(n->office), head) == RC_OK &&
	       office_code_is_shaped(n->office);
}

static bool
read_typed(const char *typed, struct item_number *n,
    char tail[static ITEM_TAG_SIZE + 2])
{
	struct groups g;
	char plain[ITEM_NUMBER_MAX + 1];
	int64_t year, serial;

	if (typed_number(span_of_text(typed), true, plain, sizeof(plain)) !=
		RC_OK ||
	    !split(plain, &g) || !read_head(g.head, n) ||
	    !write_tail(g.tail, tail) ||
	    !read_number(g.year, ITEM_YEAR_MIN, ITEM_YEAR_MAX, &year) ||
	    !read_number(g.serial, 1, ITEM_SERIAL_MAX, &serial))
		return false;
	n->year = (int)year;
	n->serial = (uint32_t)serial;
	memcpy(n->tag, tail, ITEM_TAG_SIZE);
	n->tag[ITEM_TAG_SIZE] = '\0';
	return true;
}

enum rc
item_number_normalise(const char *typed, char out[static ITEM_NUMBER_MAX + 1])
{
	struct item_number n;
	char tail[ITEM_TAG_SIZE + 2];

	if (read_typed(typed, &n, tail) &&
	    write_number(&n, serial_width[n.kind], tail, out))
		return RC_OK;
	out[0] = '\0';
	return RC_MALFORMED;
}

enum rc
item_number_parse(const char *typed, struct item_number *out)
{
	struct item_number n;
	char tail[ITEM_TAG_SIZE + 2];

	if (!read_typed(typed, &n, tail))
		return RC_MALFORMED;
	if (sum_of(&n, tail) != CHECK_SUM)
		return RC_DAMAGED;
	if (out != NULL)
		*out = n;
	return RC_OK;
}
