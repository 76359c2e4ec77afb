#include "cli/items/petition.h"

#include <string.h>

#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "mech/db.h"
#include "petition/item_number.h"

enum { TYPED_MAX = 64 };

/* How a column is written down. */
enum form { FORM_TEXT, FORM_NUMBER, FORM_TIME, FORM_FLAG, FORM_HEX };

struct member {
	const char *key;
	enum form form;
};

static const struct member members[] = {
	[CLI_PETITION_ITEM] = { "item", FORM_TEXT },
	[CLI_PETITION_OFFICE] = { "office", FORM_TEXT },
	[CLI_PETITION_POSITION] = { "position", FORM_NUMBER },
	[CLI_PETITION_INCARNATION] = { "incarnation", FORM_NUMBER },
	[CLI_PETITION_SEQUENCE] = { "sequence", FORM_NUMBER },
	[CLI_PETITION_CHANNEL] = { "channel", FORM_TEXT },
	[CLI_PETITION_PURPOSE] = { "purpose", FORM_TEXT },
	[CLI_PETITION_LEGAL_CLASS] = { "legal_class", FORM_TEXT },
	[CLI_PETITION_CATEGORY] = { "category", FORM_TEXT },
	[CLI_PETITION_LEVEL] = { "level", FORM_TEXT },
	[CLI_PETITION_STATE] = { "state", FORM_TEXT },
	[CLI_PETITION_HEADS] = { "heads", FORM_NUMBER },
	[CLI_PETITION_RESPONSIBLE] = { "responsible", FORM_TEXT },
	[CLI_PETITION_CLAIMED] = { "claimed_at", FORM_TIME },
	[CLI_PETITION_RECORDED] = { "recorded_at", FORM_TIME },
	[CLI_PETITION_RECEIVED] = { "received_at", FORM_TIME },
	[CLI_PETITION_SUBJECT] = { "subject", FORM_TEXT },
	[CLI_PETITION_TEXT] = { "text", FORM_TEXT },
	[CLI_PETITION_PLACE] = { "place", FORM_TEXT },
	[CLI_PETITION_SOURCE] = { "source", FORM_TEXT },
	[CLI_PETITION_SOURCE_REF] = { "source_ref", FORM_TEXT },
	[CLI_PETITION_EARLIER_ITEM] = { "earlier_item", FORM_TEXT },
	[CLI_PETITION_HAS_PERSON_KEY] = { "has_person_key", FORM_FLAG },
	[CLI_PETITION_HAS_IDENTITY] = { "has_identity", FORM_FLAG },
	[CLI_PETITION_LEAF] = { "leaf", FORM_HEX },
	[CLI_PETITION_HELD_BACK] = { "held_back", FORM_FLAG },
	[CLI_PETITION_PROCEDURE] = { "procedure", FORM_TEXT },
};
enum { MEMBERS = sizeof(members) / sizeof(*members) };

static json_t *
column_json(struct stmt *s, int column)
{
	struct span bytes;

	switch (members[column].form) {
	case FORM_TEXT:
		return doc_text(db_column_text(s, column));
	case FORM_NUMBER:
		return json_integer(db_column_i64(s, column));
	case FORM_TIME:
		return doc_time(db_column_i64(s, column));
	case FORM_FLAG:
		return json_boolean(db_column_i64(s, column) != 0);
	case FORM_HEX:
		bytes = db_column_span(s, column);
		return doc_hex(bytes.at, bytes.size);
	}
	return json_null();
}

json_t *
cli_petition_json(struct stmt *s)
{
	json_t *document = json_object();

	for (int i = 0; i < MEMBERS; i++)
		doc_set(document, members[i].key, column_json(s, i));
	return document;
}

/* A number that was typed with blanks between its groups. */
static void
dash_blanks(const char *typed, char out[static TYPED_MAX])
{
	if (strchr(typed, '-') != NULL ||
	    text_copy(out, TYPED_MAX, typed) != RC_OK) {
		out[0] = '\0';
		return;
	}
	for (char *c = out; *c != '\0'; c++) {
		if (*c == ' ')
			*c = '-';
	}
}

bool
cli_item(const struct cli *cli, const char *typed,
    char item[static ITEM_NUMBER_MAX + 1])
{
	char dashed[TYPED_MAX];
	struct item_number n;
	enum rc rc = item_number_parse(typed, &n);

	if (rc == RC_MALFORMED) {
		dash_blanks(typed, dashed);
		rc = item_number_parse(dashed, &n);
	}
	if (rc == RC_OK && n.kind == NUMBER_ITEM &&
	    (item_number_normalise(typed, item) == RC_OK ||
		item_number_normalise(dashed, item) == RC_OK))
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED,
	    rc == RC_DAMAGED ? SAY_ITEM_NUMBER_MISTYPED
			     : SAY_ITEM_NUMBER_MALFORMED,
	    SAY_ARGS(typed, "420106-2026-000123-7QK"));
	return false;
}
