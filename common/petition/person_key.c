/*
 * person_key - one spelling of a number before it is hashed.
 *
 * The key must come out alike however a number was typed: compatible forms are
 * brought together (NFKC), blanks and marks go, letters become capitals.
 * Fillers (0000000) and what is too short to name one person give no key: a
 * key that many strangers share would join their matters.
 */
#include "petition/person_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/check.h"
#include "base/text.h"
#include "petition/person_number.h"
#include "petition/typed.h"

enum {
	DOCUMENT_MIN = 5,        /* characters */
	DOCUMENT_DIGITS_MIN = 4, /* fewer name no one person */
	DISTINCT_MIN = 3,        /* 0000000 and 1212121 are fillers */
};

/* NFKC of the field, closed by NUL, for free(); NULL: empty, or unfit. */
static char *
compatible_form(struct span field)
{
	utf8proc_uint8_t *text = NULL;

	if (field.size == 0 || field.size > PERSON_FIELD_BYTES_MAX ||
	    !text_is_utf8(field))
		return NULL;
	if (utf8proc_map(field.at, (utf8proc_ssize_t)field.size, &text,
		UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE) < 0)
		return NULL;
	return (char *)text;
}

static bool
is_mark(uint32_t plain)
{
	return plain == ' ' || plain == '-' || plain == '(' || plain == ')' ||
	       plain == '.' || plain == 0xb7 || plain == '_' || plain == ':';
}

/* Without blanks and marks, ASCII letters in capitals. */
static enum rc
write_bare(struct span text, char out[static PERSON_NUMBER_MAX + 1])
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t used = 0;

	while (at < end) {
		const uint8_t *from = at;
		uint32_t plain = typed_plain(text_next(&at, end));

		if (is_mark(plain))
			continue;
		if (plain == '*' || used + 4 > PERSON_NUMBER_MAX)
			return RC_NONE;
		if (plain >= 'a' && plain <= 'z')
			plain -= 'a' - 'A';
		if (plain < 0x80) {
			out[used++] = (char)plain;
			continue;
		}
		memcpy(out + used, from, (size_t)(at - from));
		used += (size_t)(at - from);
	}
	out[used] = '\0';
	return RC_OK;
}

static bool
names_one_person(const char *text)
{
	unsigned seen = 0, digits = 0, distinct = 0;

	for (const char *c = text; *c != '\0'; c++) {
		if (!typed_is_digit((uint8_t)*c))
			continue;
		digits++;
		seen |= 1U << (*c - '0');
	}
	for (; seen != 0; seen &= seen - 1)
		distinct++;
	return strlen(text) >= DOCUMENT_MIN && digits >= DOCUMENT_DIGITS_MIN &&
	       distinct >= DISTINCT_MIN;
}

static bool
is_digits(const char *text, size_t size)
{
	return strlen(text) == size && strspn(text, "0123456789") == size;
}

enum rc
person_document_normalise(struct span document,
    char out[static PERSON_NUMBER_MAX + 1])
{
	char *text = compatible_form(document);
	enum rc rc = RC_NONE;

	out[0] = '\0';
	if (text == NULL)
		return RC_NONE;
	if (write_bare(span_of_text(text), out) == RC_OK &&
	    names_one_person(out))
		rc = RC_OK;
	free(text);
	if (rc != RC_OK) {
		out[0] = '\0';
	} else if (is_digits(out, RESIDENT_ID_OLD_SIZE) &&
		   resident_old_id_is_likely(out)) {
		char old[RESIDENT_ID_OLD_SIZE];

		memcpy(old, out, sizeof(old));
		resident_upgrade(old, out);
	}
	return rc;
}

/* Drop 0086, 86 and the 0 that some put before a mobile number. */
static const char *
without_country(const char *digits)
{
	size_t size;

	if (strncmp(digits, "0086", 4) == 0)
		digits += 4;
	size = strlen(digits);
	if (strncmp(digits, "86", 2) == 0 && size > 10)
		digits += 2;
	if (strlen(digits) == MOBILE_SIZE + 1 && digits[0] == '0' &&
	    mobile_is_likely(digits + 1))
		digits++;
	return digits;
}

/* `digits` into the form that is hashed; false: no number we can use. */
static bool
write_phone(const char *digits, char out[static PERSON_NUMBER_MAX + 1])
{
	char full[PERSON_NUMBER_MAX + 1];
	const char *bare = without_country(digits);
	size_t area;

	if (strlen(bare) == MOBILE_SIZE && mobile_is_likely(bare))
		return text_copy(out, PERSON_NUMBER_MAX + 1, bare) == RC_OK;
	/* +86 27 ...: the country code has taken the place of the 0. */
	if (text_format(full, sizeof(full), "%s%s",
		bare != digits && *bare != '0' ? "0" : "", bare) != RC_OK)
		return false;
	area = strlen(full) > 4 ? area_code_size(full) : 0;
	if (area == 0 ||
	    !local_number_is_likely(full + area, strlen(full + area)))
		return false;
	return text_copy(out, PERSON_NUMBER_MAX + 1, full) == RC_OK;
}

/* The first of several numbers in one field that can be used. */
static enum rc
first_phone(struct span text, char out[static PERSON_NUMBER_MAX + 1])
{
	char digits[PERSON_NUMBER_MAX + 1] = { 0 };
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t used = 0;

	for (;;) {
		uint32_t plain =
		    at < end ? typed_plain(text_next(&at, end)) : '\0';

		if (typed_is_digit(plain) && used < PERSON_NUMBER_MAX) {
			digits[used++] = (char)plain;
			continue;
		}
		if (is_mark(plain) || plain == '+')
			continue;
		digits[used] = '\0';
		if (plain != '*' && write_phone(digits, out))
			return RC_OK;
		if (plain == '\0')
			return RC_NONE;
		used = 0;
	}
}

enum rc
person_phone_normalise(struct span phone,
    char out[static PERSON_NUMBER_MAX + 1])
{
	char *text = compatible_form(phone);
	enum rc rc;

	out[0] = '\0';
	if (text == NULL)
		return RC_NONE;
	rc = first_phone(span_of_text(text), out);
	if (rc == RC_OK && !names_one_person(out))
		rc = RC_NONE;
	if (rc != RC_OK)
		out[0] = '\0';
	free(text);
	return rc;
}

static void
hash(const char *domain, const char *number,
    const uint8_t secret[static PERSON_SECRET_BYTES],
    uint8_t out[static HASH_BYTES])
{
	crypto_generichash_state state;

	CHECK(crypto_generichash_init(&state, secret, PERSON_SECRET_BYTES,
		  HASH_BYTES) == 0);
	CHECK(crypto_generichash_update(&state, (const uint8_t *)domain,
		  strlen(domain)) == 0);
	CHECK(crypto_generichash_update(&state, (const uint8_t *)number,
		  strlen(number)) == 0);
	CHECK(crypto_generichash_final(&state, out, HASH_BYTES) == 0);
	sodium_memzero(&state, sizeof(state));
}

enum rc
person_key(struct span document, struct span phone,
    const uint8_t secret[static PERSON_SECRET_BYTES],
    uint8_t out[static HASH_BYTES])
{
	char number[PERSON_NUMBER_MAX + 1];
	enum rc rc = RC_OK;

	if (person_document_normalise(document, number) == RC_OK) {
		hash("doc:", number, secret, out);
	} else if (person_phone_normalise(phone, number) == RC_OK) {
		hash("tel:", number, secret, out);
	} else {
		rc = RC_NONE;
	}
	sodium_memzero(number, sizeof(number));
	return rc;
}
