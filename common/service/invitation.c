/*
 * People carry these files by mail and retype them, so reading forgives blanks
 * and line ends and nothing else.  Fields are read and written from one list;
 * the check is over the lines as they stand, so that a later version may add
 * some.
 */
#include "service/invitation.h"

#include <ctype.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"

#define MAGIC "petition-relay-invitation"

enum { FORMAT = 1, LINE_BYTES_MAX = 400, KEY_HEX = 2 * KEY_BYTES };

/* The one list of fields: read and written in this order. */
enum field {
	FIELD_MAGIC,
	FIELD_ID,
	FIELD_OFFICE,
	FIELD_PARENT,
	FIELD_PARENT_NAME,
	FIELD_ADDRESS,
	FIELD_PARENT_KEY,
	FIELD_ONCE_PUBLIC,
	FIELD_ONCE_SECRET,
	FIELD_EXPIRES,
	FIELD_CHECK,
	FIELDS
};

static const char *const field_names[FIELDS] = {
	[FIELD_MAGIC] = MAGIC,
	[FIELD_ID] = "id",
	[FIELD_OFFICE] = "office",
	[FIELD_PARENT] = "parent",
	[FIELD_PARENT_NAME] = "parent-name",
	[FIELD_ADDRESS] = "address",
	[FIELD_PARENT_KEY] = "parent-key",
	[FIELD_ONCE_PUBLIC] = "once-public",
	[FIELD_ONCE_SECRET] = "once-secret",
	[FIELD_EXPIRES] = "expires",
	[FIELD_CHECK] = "check",
};

/* The values as text, and the check as computed over the lines. */
struct form {
	char values[FIELDS][LINE_BYTES_MAX];
	bool has[FIELDS];
	char check[INVITATION_CHECK_HEX + 1];
};

void
invitation_new_keys(struct invitation *invitation)
{
	uint8_t id[INVITATION_ID_HEX / 2];

	CHECK(sodium_init() >= 0);
	random_fill(id, sizeof(id));
	text_hex(span_of(id, sizeof(id)), invitation->id);
	CHECK(crypto_box_keypair(invitation->once_public,
		  invitation->once_secret) == 0);
}

void
invitation_clear(struct invitation *invitation)
{
	sodium_memzero(invitation, sizeof(*invitation));
}

/* --- the check --- */

static void
begin_check(crypto_generichash_state *state)
{
	CHECK(sodium_init() >= 0);
	CHECK(crypto_generichash_init(state, NULL, 0,
		  crypto_generichash_BYTES) == 0);
}

static void
add_to_check(crypto_generichash_state *state, struct span line)
{
	CHECK(crypto_generichash_update(state, line.at, line.size) == 0);
	CHECK(crypto_generichash_update(state, (const uint8_t *)"\n", 1) == 0);
}

static void
end_check(crypto_generichash_state *state,
    char out[static INVITATION_CHECK_HEX + 1])
{
	uint8_t hash[crypto_generichash_BYTES];

	CHECK(crypto_generichash_final(state, hash, sizeof(hash)) == 0);
	text_hex(span_of(hash, INVITATION_CHECK_HEX / 2), out);
}

/* --- writing --- */

static void
fill_key(char *value, const uint8_t key[static KEY_BYTES])
{
	text_hex(span_of(key, KEY_BYTES), value);
}

static void
fill_text(char *value, const char *text)
{
	CHECK(text_copy(value, LINE_BYTES_MAX, text) == RC_OK);
}

static void
fill_form(struct form *form, const struct invitation *inv)
{
	char(*values)[LINE_BYTES_MAX] = form->values;

	CHECK(text_format(values[FIELD_MAGIC], LINE_BYTES_MAX, "%d", FORMAT) ==
	      RC_OK);
	fill_text(values[FIELD_ID], inv->id);
	fill_text(values[FIELD_OFFICE], inv->office);
	fill_text(values[FIELD_PARENT], inv->parent);
	fill_text(values[FIELD_PARENT_NAME], inv->parent_name);
	fill_text(values[FIELD_ADDRESS], inv->address);
	fill_key(values[FIELD_PARENT_KEY], inv->parent_key);
	fill_key(values[FIELD_ONCE_PUBLIC], inv->once_public);
	fill_key(values[FIELD_ONCE_SECRET], inv->once_secret);
	clock_format(inv->expires_ms, values[FIELD_EXPIRES]);
}

__attribute__((format(printf, 3, 4))) static enum rc
put(struct buffer *out, struct span *line, const char *format, ...)
{
	char text[LINE_BYTES_MAX + 40];
	size_t start = out->size;
	va_list args;
	int size;
	enum rc rc;

	va_start(args, format);
	/* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is not */
	size = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	CHECK(size >= 0);
	CHECK((size_t)size < sizeof(text));
	rc = buffer_append(out, span_of(text, (size_t)size));
	sodium_memzero(text, sizeof(text));
	if (rc == RC_OK && line != NULL)
		*line = span_of(out->at + start, (size_t)size - 1);
	return rc;
}

static enum rc
write_comments(const struct invitation *inv, const struct form *form,
    struct buffer *out)
{
	return put(out, NULL,
	    "# 信访通 · 接入邀请书 / Petition Relay: invitation to join\n"
	    "# 发给 / for: %s    有效期至 / valid until: %.16s\n",
	    inv->office, form->values[FIELD_EXPIRES]);
}

static enum rc
write_advice(struct buffer *out)
{
	enum rc rc = put(out, NULL, "%s",
	    "# 请保密：持有本文件者可在有效期内以该机关名义接入，仅限一次。\n"
	    "# Keep it secret: whoever holds it can join as this office, "
	    "once.\n");

	return rc != RC_OK ? rc
			   : put(out, NULL, "%s",
				 "# 接入后请删除。使用方法 / then delete it.  "
				 "To use it:\n"
				 "#     district-node join FILE\n");
}

enum rc
invitation_write(const struct invitation *invitation, struct buffer *out)
{
	crypto_generichash_state state;
	char check[INVITATION_CHECK_HEX + 1];
	struct form form = { 0 };
	enum rc rc;

	fill_form(&form, invitation);
	begin_check(&state);
	rc = write_comments(invitation, &form, out);
	if (rc == RC_OK)
		rc = write_advice(out);
	for (int i = 0; rc == RC_OK && i < FIELD_CHECK; i++) {
		struct span line;

		rc = put(out, &line, "%s = %s\n", field_names[i],
		    form.values[i]);
		if (rc == RC_OK)
			add_to_check(&state, line);
	}
	end_check(&state, check);
	if (rc == RC_OK) {
		rc = put(out, NULL, "%s = %s\n", field_names[FIELD_CHECK],
		    check);
	}
	sodium_memzero(&form, sizeof(form));
	return rc;
}

/* --- reading --- */

static bool
is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct span
trim(struct span text)
{
	while (text.size > 0 && is_blank(text.at[0])) {
		text.at++;
		text.size--;
	}
	while (text.size > 0 && is_blank(text.at[text.size - 1]))
		text.size--;
	return text;
}

/* The next line of `rest`, trimmed; false at the end. */
static bool
next_line(struct span *rest, struct span *line)
{
	const uint8_t *newline;
	size_t size;

	if (rest->size == 0)
		return false;
	newline = memchr(rest->at, '\n', rest->size);
	size = newline != NULL ? (size_t)(newline - rest->at) : rest->size;
	*line = trim(span_of(rest->at, size));
	size += newline != NULL;
	rest->at += size;
	rest->size -= size;
	return true;
}

static enum field
field_of(struct span name)
{
	enum field field = FIELD_MAGIC;

	while (field < FIELDS &&
	       !span_equal(name, span_of_text(field_names[field])))
		field++;
	return field;
}

/* Split "name = value"; FIELDS: a field that we don't know, or none. */
static enum field
split(struct span line, struct span *value)
{
	const uint8_t *equals = memchr(line.at, '=', line.size);
	size_t name_size;

	if (equals == NULL)
		return FIELDS;
	name_size = (size_t)(equals - line.at);
	*value = trim(span_of(equals + 1, line.size - name_size - 1));
	return field_of(trim(span_of(line.at, name_size)));
}

/* The first field of a kind counts: the check covers them all. */
static void
keep(struct form *form, enum field field, struct span value)
{
	if (field == FIELDS || form->has[field] ||
	    memchr(value.at, '\0', value.size) != NULL)
		return;
	form->has[field] =
	    text_copy_span(form->values[field], LINE_BYTES_MAX, value) == RC_OK;
}

/* Collect the fields down to the check line. */
static void
read_form(struct span text, struct form *form)
{
	crypto_generichash_state state;
	struct span line, value;

	begin_check(&state);
	while (!form->has[FIELD_CHECK] && next_line(&text, &line)) {
		enum field field;

		if (line.size == 0 || line.at[0] == '#')
			continue;
		field = split(line, &value);
		keep(form, field, value);
		if (field != FIELD_CHECK)
			add_to_check(&state, line);
	}
	end_check(&state, form->check);
}

static bool
is_code(const char *text)
{
	size_t size = strlen(text);

	for (size_t i = 0; i < size; i++) {
		if (!isalnum((unsigned char)text[i]) && text[i] != '-')
			return false;
	}
	return size >= 1 && size <= OFFICE_CODE_MAX;
}

static bool
is_address(const char *text)
{
	size_t size = strlen(text);

	for (size_t i = 0; i < size; i++) {
		if (!isgraph((unsigned char)text[i]))
			return false;
	}
	return strncmp(text, "tcp://", 6) == 0 && size > 6 &&
	       size <= INVITATION_ADDRESS_MAX;
}

static bool
read_id(const char *text, struct invitation *out)
{
	uint8_t bytes[INVITATION_ID_HEX / 2];

	if (text_unhex(text, bytes, sizeof(bytes)) != RC_OK)
		return false;
	text_hex(span_of(bytes, sizeof(bytes)), out->id);
	return true;
}

static bool
read_code(const char *text, char out[static OFFICE_CODE_MAX + 1])
{
	return is_code(text) &&
	       text_copy(out, OFFICE_CODE_MAX + 1, text) == RC_OK;
}

static bool
read_name(const char *text, struct invitation *out)
{
	return text[0] != '\0' && text_is_utf8(span_of_text(text)) &&
	       text_copy(out->parent_name, sizeof(out->parent_name), text) ==
		   RC_OK;
}

static bool
read_address(const char *text, struct invitation *out)
{
	return is_address(text) &&
	       text_copy(out->address, sizeof(out->address), text) == RC_OK;
}

static bool
read_parent_key(const char *text, struct invitation *out)
{
	uint8_t curve[KEY_BYTES];

	return text_unhex(text, out->parent_key, KEY_BYTES) == RC_OK &&
	       crypto_sign_ed25519_pk_to_curve25519(curve, out->parent_key) ==
		   0;
}

/* FIELD_ONCE_PUBLIC comes before. */
static bool
read_once_secret(const char *text, struct invitation *out)
{
	uint8_t public_key[KEY_BYTES];

	return text_unhex(text, out->once_secret, KEY_BYTES) == RC_OK &&
	       crypto_scalarmult_base(public_key, out->once_secret) == 0 &&
	       sodium_memcmp(public_key, out->once_public, KEY_BYTES) == 0;
}

/* False: the value is not right. */
static bool
read_field(enum field field, const char *text, struct invitation *out)
{
	switch (field) {
	case FIELD_ID:
		return read_id(text, out);
	case FIELD_OFFICE:
		return read_code(text, out->office);
	case FIELD_PARENT:
		return read_code(text, out->parent);
	case FIELD_PARENT_NAME:
		return read_name(text, out);
	case FIELD_ADDRESS:
		return read_address(text, out);
	case FIELD_PARENT_KEY:
		return read_parent_key(text, out);
	case FIELD_ONCE_PUBLIC:
		return text_unhex(text, out->once_public, KEY_BYTES) == RC_OK;
	case FIELD_ONCE_SECRET:
		return read_once_secret(text, out);
	case FIELD_EXPIRES:
		return clock_parse(text, &out->expires_ms) == RC_OK;
	case FIELD_MAGIC:
	case FIELD_CHECK:
	case FIELDS:
		break;
	}
	return true;
}

static enum rc
fail(struct invitation_fault *fault, enum rc rc,
    enum invitation_problem problem, const char *field)
{
	*fault =
	    (struct invitation_fault){ .problem = problem, .field = field };
	return rc;
}

/* Is it an invitation, of this version, whole and unchanged? */
static enum rc
judge(const struct form *form, struct invitation_fault *fault)
{
	int64_t format;

	if (!form->has[FIELD_MAGIC] || number_parse(form->values[FIELD_MAGIC],
					   1, INT32_MAX, &format) != RC_OK)
		return fail(fault, RC_MALFORMED, INVITATION_NOT_ONE, NULL);
	/* First of all: a later version may have another check. */
	if (format > FORMAT)
		return fail(fault, RC_TOO_NEW, INVITATION_TOO_NEW, NULL);
	if (!form->has[FIELD_CHECK] ||
	    strcmp(form->values[FIELD_CHECK], form->check) != 0)
		return fail(fault, RC_DAMAGED, INVITATION_CHANGED, NULL);
	return RC_OK;
}

static enum rc
read_fields(const struct form *form, struct invitation *out,
    struct invitation_fault *fault)
{
	for (enum field i = FIELD_ID; i < FIELD_CHECK; i++) {
		if (!form->has[i]) {
			return fail(fault, RC_MALFORMED,
			    INVITATION_FIELD_MISSING, field_names[i]);
		}
		if (!read_field(i, form->values[i], out)) {
			return fail(fault, RC_MALFORMED, INVITATION_FIELD_WRONG,
			    field_names[i]);
		}
	}
	return fail(fault, RC_OK, INVITATION_FINE, NULL);
}

enum rc
invitation_read(struct span text, struct invitation *out,
    struct invitation_fault *fault)
{
	static const uint8_t bom[] = { 0xef, 0xbb, 0xbf };
	struct form form = { 0 };
	enum rc rc;

	memset(out, 0, sizeof(*out));
	if (text.size > INVITATION_BYTES_MAX)
		return fail(fault, RC_MALFORMED, INVITATION_NOT_ONE, NULL);
	if (text.size >= sizeof(bom) && !memcmp(text.at, bom, sizeof(bom))) {
		text.at += sizeof(bom);
		text.size -= sizeof(bom);
	}
	read_form(text, &form);
	rc = judge(&form, fault);
	if (rc == RC_OK)
		rc = read_fields(&form, out, fault);
	if (rc != RC_OK)
		invitation_clear(out);
	sodium_memzero(&form, sizeof(form));
	return rc;
}

void
invitation_sentence(const struct invitation_fault *fault,
    enum language language, char out[static INVITATION_SENTENCE_MAX + 1])
{
#define ENGLISH(name, english, chinese) english,
#define CHINESE(name, english, chinese) chinese,
	static const char *const english[] = { INVITATION_PROBLEM_LIST(
	    ENGLISH) };
	static const char *const chinese[] = { INVITATION_PROBLEM_LIST(
	    CHINESE) };
#undef ENGLISH
#undef CHINESE
	bool is_chinese = language == LANGUAGE_ZH;

	CHECK(fault->problem < INVITATION_PROBLEMS);
	CHECK(text_format(out, INVITATION_SENTENCE_MAX + 1, "%s%s%s",
		  (is_chinese ? chinese : english)[fault->problem],
		  fault->field == NULL ? ""
		  : is_chinese         ? "："
				       : ": ",
		  fault->field == NULL ? "" : fault->field) == RC_OK);
}

enum rc
enrol_text(struct buffer *out, const char *id, const char *office,
    const uint8_t public_key[static KEY_BYTES],
    const uint8_t parent_key[static KEY_BYTES])
{
	char own[KEY_HEX + 1], parent[KEY_HEX + 1];

	fill_key(own, public_key);
	fill_key(parent, parent_key);
	return put(out, NULL,
	    "invitation %s\noffice %s\nkey %s\nparent-key %s\n", id, office,
	    own, parent);
}
