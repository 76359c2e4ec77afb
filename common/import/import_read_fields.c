/*
 * The fields of a row as one arrival: codes, figures, moments and texts, each
 * within its limits.
 */
#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/text.h"
#include "import/import_read_internal.h"
#include "petition/codes.h"
#include "petition/intake.h"
#include "petition/office_code.h"

enum { SUBJECT_CHARACTERS = 40 /* taken from the text */ };

/* How long a field may be; 0: judged elsewhere. */
static const size_t bytes_max[IMPORT_FIELDS] = {
	[IMPORT_SUBJECT] = SUBJECT_BYTES_MAX,
	[IMPORT_TEXT] = TEXT_BYTES_MAX,
	[IMPORT_PLACE] = PLACE_BYTES_MAX,
	[IMPORT_SOURCE_REF] = SOURCE_REF_BYTES_MAX,
	[IMPORT_EARLIER_ITEM] = ITEM_NUMBER_MAX,
	[IMPORT_PERSON_NAME] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_DOCUMENT] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_PHONE] = PERSON_FIELD_BYTES_MAX,
	[IMPORT_PERSON_ADDRESS] = PERSON_FIELD_BYTES_MAX,
};

/* The field's text after [values]. */
static enum rc
get(const struct import_reader *r, enum import_field field,
    struct import_row *row, struct span *text)
{
	struct span cell = import_filled(r, field);

	if (import_map_value(r->map, field, cell, text) != RC_OK)
		return import_refuse(row, IMPORT_VALUE_UNKNOWN, field, cell);
	if (bytes_max[field] > 0 && text->size > bytes_max[field]) {
		return import_refuse(row, IMPORT_FIELD_TOO_LONG, field,
		    span_of("", 0));
	}
	return RC_OK;
}

/* A deeper category keeps its digits: 0402 under 04. */
static bool
is_deeper_category(const char *text)
{
	char first[3] = { 0 };
	size_t size = strlen(text);

	if (size <= 2 || size > CODE_MAX || strspn(text, "0123456789") != size)
		return false;
	memcpy(first, text, 2);
	return codes_known(CODES_CATEGORY, first);
}

static enum rc
get_code(const struct import_reader *r, enum import_field field,
    enum codes_list list, struct import_row *row, char out[CODE_MAX + 1])
{
	char text[FIELD_TEXT_MAX];
	const char *code;
	struct span cell;
	enum rc rc = get(r, field, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(text, sizeof(text), cell) != RC_OK)
		return import_refuse(row, IMPORT_CODE_UNKNOWN, field, cell);
	code = codes_find(list, text);
	if (code == NULL && list == CODES_CATEGORY && is_deeper_category(text))
		code = text;
	if (code == NULL || text_copy(out, CODE_MAX + 1, code) != RC_OK)
		return import_refuse(row, IMPORT_CODE_UNKNOWN, field, cell);
	return RC_OK;
}

static enum rc
get_codes(const struct import_reader *r, struct import_row *row)
{
	struct intake *to = &row->intake;
	const struct {
		enum import_field field;
		enum codes_list list;
		char *out;
	} codes[] = {
		{ IMPORT_CHANNEL, CODES_CHANNEL, to->channel },
		{ IMPORT_PURPOSE, CODES_PURPOSE, to->purpose },
		{ IMPORT_LEGAL_CLASS, CODES_LEGAL_CLASS, to->legal_class },
		{ IMPORT_CATEGORY, CODES_CATEGORY, to->category },
		{ IMPORT_LEVEL, CODES_LEVEL, to->level },
		{ IMPORT_PROCEDURE, CODES_PROCEDURE, to->procedure },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		enum rc rc = get_code(r, codes[i].field, codes[i].list, row,
		    codes[i].out);

		if (rc != RC_OK)
			return rc;
	}
	if (to->channel[0] == '\0') {
		return import_refuse(row, IMPORT_FIELD_EMPTY, IMPORT_CHANNEL,
		    span_of("", 0));
	}
	return RC_OK;
}

/* "12", "12人", "12 人次"; empty: not said. */
static enum rc
get_heads(const struct import_reader *r, struct import_row *row)
{
	static const char *const units[] = { "", "人", "人次", "名", "people" };
	char text[FIELD_TEXT_MAX];
	const char *unit;
	int64_t heads;
	size_t digits;
	struct span cell;
	enum rc rc = get(r, IMPORT_HEADS, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(text, sizeof(text), cell) != RC_OK) {
		return import_refuse(row, IMPORT_NUMBER_WRONG, IMPORT_HEADS,
		    cell);
	}
	digits = strspn(text, "0123456789");
	unit = text + digits + strspn(text + digits, " ");
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(unit, units[i]) != 0)
			continue;
		text[digits] = '\0';
		if (number_parse(text, 1, HEADS_MAX, &heads) != RC_OK)
			break;
		row->intake.heads = (uint32_t)heads;
		return RC_OK;
	}
	return import_refuse(row, IMPORT_NUMBER_WRONG, IMPORT_HEADS, cell);
}

static enum rc
get_responsible(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc = get(r, IMPORT_RESPONSIBLE, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (text_copy_span(row->intake.responsible,
		sizeof(row->intake.responsible), cell) != RC_OK ||
	    !office_code_is_shaped(row->intake.responsible)) {
		return import_refuse(row, IMPORT_OFFICE_WRONG,
		    IMPORT_RESPONSIBLE, cell);
	}
	return RC_OK;
}

/* "420106,420107" */
static enum rc
get_accused(const struct import_reader *r, struct import_row *row)
{
	struct intake_problem problem;
	struct span cell;
	enum rc rc = get(r, IMPORT_ACCUSED, row, &cell);

	if (rc != RC_OK || cell.size == 0)
		return rc;
	if (intake_set(&row->intake, "accused", cell, &problem) != RC_OK) {
		return import_refuse(row, IMPORT_OFFICE_WRONG, IMPORT_ACCUSED,
		    cell);
	}
	return RC_OK;
}

static enum rc
get_claimed(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc;

	if (!import_map_has(r->map, IMPORT_CLAIMED))
		return RC_OK;
	rc = get(r, IMPORT_CLAIMED, row, &cell);
	if (rc != RC_OK)
		return rc;
	rc = import_map_time(r->map, cell, &row->intake.claimed_ms);
	if (rc == RC_NONE) {
		return import_refuse(row, IMPORT_FIELD_EMPTY, IMPORT_CLAIMED,
		    cell);
	}
	return rc == RC_OK ? RC_OK
			   : import_refuse(row, IMPORT_TIME_WRONG,
				 IMPORT_CLAIMED, cell);
}

static enum rc
get_earlier_item(const struct import_reader *r, struct import_row *row)
{
	struct span cell;
	enum rc rc = get(r, IMPORT_EARLIER_ITEM, row, &cell);

	if (rc == RC_OK) {
		rc = text_copy_span(row->intake.earlier_item,
		    sizeof(row->intake.earlier_item), cell);
	}
	return rc;
}

static enum rc
get_texts(const struct import_reader *r, struct import_row *row)
{
	struct intake *to = &row->intake;
	const struct {
		enum import_field field;
		struct span *out;
	} texts[] = {
		{ IMPORT_SUBJECT, &to->subject },
		{ IMPORT_TEXT, &to->text },
		{ IMPORT_PLACE, &to->place },
		{ IMPORT_SOURCE_REF, &to->source_ref },
		{ IMPORT_PERSON_NAME, &to->person_name },
		{ IMPORT_PERSON_DOCUMENT, &to->person_document },
		{ IMPORT_PERSON_PHONE, &to->person_phone },
		{ IMPORT_PERSON_ADDRESS, &to->person_address },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		enum rc rc = get(r, texts[i].field, row, texts[i].out);

		if (rc != RC_OK)
			return rc;
	}
	to->source = span_of_text(import_map_source(r->map));
	return RC_OK;
}

/* The first line of the text, or the beginning of it. */
static struct span
begin_of(struct span text)
{
	const uint8_t *at = text.at, *end = text.at + text.size;
	size_t size = 0;

	for (int i = 0; i < SUBJECT_CHARACTERS && at < end; i++) {
		if (text_next(&at, end) == '\n')
			break;
		size = (size_t)(at - text.at);
	}
	return span_of(text.at, size);
}

/* A reference from the whole row, so that a repeat is recognised. */
static void
make_reference(struct import_reader *r, const struct csv_file_row *cells)
{
	crypto_generichash_state state;
	uint8_t hash[REF_HASH_BYTES];

	CHECK(crypto_generichash_init(&state, r->key, sizeof(r->key),
		  sizeof(hash)) == 0);
	for (size_t i = 0; i < cells->count; i++) {
		uint8_t size[8];

		number_put_u64(size, cells->cells[i].size);
		CHECK(
		    crypto_generichash_update(&state, size, sizeof(size)) == 0);
		CHECK(crypto_generichash_update(&state, cells->cells[i].at,
			  cells->cells[i].size) == 0);
	}
	CHECK(crypto_generichash_final(&state, hash, sizeof(hash)) == 0);
	memcpy(r->reference, "row-", 4);
	text_hex(span_of(hash, sizeof(hash)), r->reference + 4);
}

/* What must be there, and what stands in where it may be missing. */
static enum rc
complete(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	struct intake *to = &row->intake;

	if (to->subject.size == 0)
		to->subject = begin_of(to->text);
	if (to->subject.size == 0) {
		return import_refuse(row, IMPORT_EMPTY, IMPORT_FIELDS,
		    span_of("", 0));
	}
	if (!import_map_has(r->map, IMPORT_SOURCE_REF)) {
		make_reference(r, cells);
		to->source_ref = span_of_text(r->reference);
	}
	if (to->source_ref.size == 0) {
		return import_refuse(row, IMPORT_FIELD_EMPTY, IMPORT_SOURCE_REF,
		    span_of("", 0));
	}
	return RC_OK;
}

enum rc
import_make_intake(struct import_reader *r, const struct csv_file_row *cells,
    struct import_row *row)
{
	enum rc rc;

	rc = get_codes(r, row);
	if (rc == RC_OK)
		rc = get_heads(r, row);
	if (rc == RC_OK)
		rc = get_responsible(r, row);
	if (rc == RC_OK)
		rc = get_accused(r, row);
	if (rc == RC_OK)
		rc = get_claimed(r, row);
	if (rc == RC_OK)
		rc = get_earlier_item(r, row);
	if (rc == RC_OK)
		rc = get_texts(r, row);
	if (rc == RC_OK)
		rc = complete(r, cells, row);
	return rc;
}
