/*
 * petition - an arrival, and what happens to it, as plain values.
 *
 * As typed at the counter (intake), as recorded (petition), and each move
 * afterwards (moved).  The identity never stands in a record but sealed.
 * Code tables (channel, purpose ...) are in petition/codes.h.
 *
 * Sources of the fields: Regulations on petition work (信访工作条例, 2022),
 * and the field's own statistics forms; see docs/design.md.
 */
#ifndef CONTRACT_PETITION_H
#define CONTRACT_PETITION_H

#include <stdint.h>

#include "base/span.h"
#include "contract/limits.h"

/*
 * What an arrival says, as typed and as recorded alike: one list.  Both
 * structs below have each member under its own name, and all of them together
 * as `arrival`, for copying.
 */
#define ARRIVAL_MEMBERS                                                        \
	char channel[CODE_MAX + 1];                                            \
	char purpose[CODE_MAX + 1];                                            \
	char legal_class[CODE_MAX + 1];                                        \
	char category[CODE_MAX + 1];                                           \
	char level[CODE_MAX + 1];                                              \
	uint32_t heads; /* of an intake, 0: not said; becomes 1 */             \
	char responsible[OFFICE_CODE_MAX + 1];                                 \
	struct span subject, text, place;                                      \
	struct span source, source_ref;                                        \
	char earlier_item[ITEM_NUMBER_MAX + 1];                                \
	char accused[ACCUSED_MAX][OFFICE_CODE_MAX + 1];                        \
	uint32_t accused_count;                                                \
	char procedure[CODE_MAX + 1]; /* "", S, U */

struct arrival_members {
	ARRIVAL_MEMBERS
};

struct petition {
	union {
		struct arrival_members arrival;
		struct {
			ARRIVAL_MEMBERS
		};
	};
	char item[ITEM_NUMBER_MAX + 1];
	struct span query_hash;      /* HASH_BYTES or empty */
	struct span person_key;      /* HASH_BYTES or empty */
	uint32_t person_key_version; /* 0: no person key */
	struct span sealed_identity;
	uint32_t seal_year;
};

/* One move in the life of an item (law/lifecycle.h). */
struct moved {
	char item[ITEM_NUMBER_MAX + 1];
	char move[CODE_MAX + 1];
	char to[OFFICE_CODE_MAX + 1];
	int64_t due_ms;
	uint32_t days;
	struct span text;
	char document[DOCUMENT_NUMBER_MAX + 1];
	char opinion[CODE_MAX + 1];
	char outcome[CODE_MAX + 1];
	char rating[CODE_MAX + 1]; /* "": none */
	char cause[CODE_MAX + 1];
	char other[ITEM_NUMBER_MAX + 1];
	char approver[ACTOR_MAX + 1];
	char person[ACTOR_MAX + 1];
};

/* As typed at the counter or read from a file: unsealed, unmasked. */
struct intake {
	union {
		struct arrival_members arrival;
		struct {
			ARRIVAL_MEMBERS
		};
	};
	int64_t claimed_ms; /* 0: now */
	struct span person_name, person_document, person_phone, person_address;
};

struct identity_fields {
	struct span name, document, phone, address;
};

#endif
