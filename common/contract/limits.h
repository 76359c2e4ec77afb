/*
 * limits - how long, how many, from when: of what records carry.
 *
 * One list for the plain values, for the wire, and for the desk that judges
 * what was typed.  Bytes are those of UTF-8.  A limit may grow (older offices
 * then refuse what is longer), and never shrinks.
 */
#ifndef CONTRACT_LIMITS_H
#define CONTRACT_LIMITS_H

#include "contract/record.h"

enum {
	CODE_MAX = 8,         /* bytes of a channel, category ... code */
	ITEM_NUMBER_MAX = 32, /* 420106-2026-000123-7QK and room */
	DIRECTIVE_ID_MAX = 32,
	SUBJECT_BYTES_MAX = 600,
	TEXT_BYTES_MAX = 64 * 1024,
	PLACE_BYTES_MAX = 600,
	SOURCE_BYTES_MAX = 64,
	SOURCE_REF_BYTES_MAX = 128,
	PERSON_FIELD_BYTES_MAX = 300,
	SEALED_BYTES_MAX = 2048,
	HEADS_MAX = 100000,     /* people in one visit */
	DIRECTIVE_TO_MAX = 512, /* addressees of one directive */
	DIRECTIVE_TEXT_BYTES_MAX = 32 * 1024,
	CHILD_REASON_MAX = 240, /* bytes: why an office was cut off */
	ACCUSED_MAX = 8,        /* offices reported by one petition */
	MOVE_TEXT_BYTES_MAX = 32 * 1024,
	DOCUMENT_NUMBER_MAX = 120, /* bytes: 江信答〔2026〕12号 */
	REASONS_MAX = 60,
	LIMIT_NAME_MAX = 23, /* of a statutory limit: "handle" */
	LINK_TEXT_BYTES_MAX = 2000,
	ATTACHMENTS_MAX = 16, /* files of one answer */
	ATTACHMENT_NAME_MAX = 240,
	ATTACHMENT_PART_BYTES = 48 * 1024,
	ATTACHMENT_PARTS_MAX = 1024, /* 48 MiB */
	PUBLISHED_TEXT_BYTES_MAX = 64 * 1024,
	PUBLISHED_VERSION_MAX = 40,
	KEY_YEAR_MIN = 1949, /* of a yearly key that was destroyed */
	KEY_YEAR_MAX = 2999,
	SORT_MAX = 12, /* RULES, CALENDAR, CATEGORIES, TEMPLATES */
};

#endif
