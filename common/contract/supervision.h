/*
 * supervision - what levels know of each other's items, as plain values:
 * matters, escalations, published rules, identities that were opened.
 */
#ifndef CONTRACT_SUPERVISION_H
#define CONTRACT_SUPERVISION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/limits.h"

struct matter_linked {
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	char verdict[CODE_MAX + 1]; /* law/moves/verdict.h */
	char reasons[REASONS_MAX + 1];
	uint32_t score; /* 0..1000 */
	struct span text;
};

struct escalated {
	char id[DIRECTIVE_ID_MAX + 1];
	uint32_t revision; /* from 1 */
	char matter[ITEM_NUMBER_MAX + 1];
	char item[ITEM_NUMBER_MAX + 1];
	char office[OFFICE_CODE_MAX + 1];
	char from_level[CODE_MAX + 1];
	char to_level[CODE_MAX + 1];
	char channel[CODE_MAX + 1];
	uint32_t batch;
	uint32_t heads;
	int64_t at_ms;
	char lower_state[CODE_MAX + 1];
	char lawfulness[CODE_MAX + 1];
	bool knew_before;
	char lower_item[ITEM_NUMBER_MAX + 1];
	char category[CODE_MAX + 1];
};

struct published {
	char sort[SORT_MAX + 1];
	char version[PUBLISHED_VERSION_MAX + 1];
	int64_t effective_ms;
	struct span text;
};

/* The steps towards an identity; literals, so that SQL may repeat them. */
#define IDENTITY_REQUEST "REQUEST"
#define IDENTITY_APPROVE "APPROVE"
#define IDENTITY_REFUSE  "REFUSE"
#define IDENTITY_SHOW    "SHOW"

struct identity_step {
	char item[ITEM_NUMBER_MAX + 1];
	char step[CODE_MAX + 1]; /* one of those */
	struct span reason;
	char requester[ACTOR_MAX + 1];
};

struct key_destroyed {
	uint32_t year;
	struct span reason;
};

#endif
