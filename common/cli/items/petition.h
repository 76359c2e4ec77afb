/*
 * cli_petition - one row of the table of petitions, for the commands that
 * show it.
 */
#ifndef CLI_ITEMS_PETITION_H
#define CLI_ITEMS_PETITION_H

#include <jansson.h>
#include <stdbool.h>

#include "contract/limits.h"

struct cli;
struct stmt;

#define CLI_PETITION_COLUMNS                                                   \
	"item, office, position, incarnation, sequence, channel, purpose,"     \
	" legal_class, category, level,"                                       \
	" coalesce((SELECT n.state FROM item_now n"                            \
	"  WHERE n.item = petition.item), 'REG') AS state, heads, "            \
	"responsible,"                                                         \
	" claimed_ms, recorded_ms, received_ms, subject, text, place,"         \
	" source, source_ref, earlier_item, person_key IS NOT NULL,"           \
	" sealed_identity IS NOT NULL, leaf,"                                  \
	" item IN (SELECT item FROM held_back), procedure"

/* In the order above. */
enum cli_petition_column {
	CLI_PETITION_ITEM,
	CLI_PETITION_OFFICE,
	CLI_PETITION_POSITION,
	CLI_PETITION_INCARNATION,
	CLI_PETITION_SEQUENCE,
	CLI_PETITION_CHANNEL,
	CLI_PETITION_PURPOSE,
	CLI_PETITION_LEGAL_CLASS,
	CLI_PETITION_CATEGORY,
	CLI_PETITION_LEVEL,
	CLI_PETITION_STATE,
	CLI_PETITION_HEADS,
	CLI_PETITION_RESPONSIBLE,
	CLI_PETITION_CLAIMED,
	CLI_PETITION_RECORDED,
	CLI_PETITION_RECEIVED,
	CLI_PETITION_SUBJECT,
	CLI_PETITION_TEXT,
	CLI_PETITION_PLACE,
	CLI_PETITION_SOURCE,
	CLI_PETITION_SOURCE_REF,
	CLI_PETITION_EARLIER_ITEM,
	CLI_PETITION_HAS_PERSON_KEY,
	CLI_PETITION_HAS_IDENTITY,
	CLI_PETITION_LEAF,
	CLI_PETITION_HELD_BACK,
	CLI_PETITION_PROCEDURE,
};

/* The present row as a document; no identity, no key of a person. */
json_t *cli_petition_json(struct stmt *s);

/* An item number as typed, brought into its form; else a sentence. */
bool cli_item(const struct cli *cli, const char *typed,
    char item[static ITEM_NUMBER_MAX + 1]);

#endif
