/*
 * directive - what a level above asks of one below, as plain values.
 *
 * The directive, each step of one addressee (an answer among them), and the
 * files that belong to an answer, part by part.
 */
#ifndef CONTRACT_DIRECTIVE_H
#define CONTRACT_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/limits.h"

struct directive {
	char id[DIRECTIVE_ID_MAX + 1];
	char kind[CODE_MAX + 1];
	const char (*to)[OFFICE_CODE_MAX + 1]; /* borrowed array */
	uint32_t to_count;
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	int64_t due_ms; /* 0: none */
	struct span text;
	char ground[CODE_MAX + 1];
	char reference[DIRECTIVE_ID_MAX + 1];
	char clock[LIMIT_NAME_MAX + 1];
	char supersedes[DIRECTIVE_ID_MAX + 1];
	bool is_draft; /* of a command: not to be sent yet */
};

struct directive_step {
	char id[DIRECTIVE_ID_MAX + 1];
	char addressee[OFFICE_CODE_MAX + 1];
	char status[CODE_MAX + 1];
	struct span text;
	int64_t due_ms;
	char verdict[CODE_MAX + 1];
	struct span done, report;
	uint8_t attachments[ATTACHMENTS_MAX][HASH_BYTES];
	uint32_t attachments_count;
	char other[DIRECTIVE_ID_MAX + 1];
};

/* One part of a file; the whole is found by its hash. */
struct attached {
	uint8_t hash[HASH_BYTES]; /* SHA-256 of the whole file */
	char name[ATTACHMENT_NAME_MAX + 1];
	uint64_t size;        /* of the whole file */
	uint32_t part, parts; /* part from 1 */
	struct span data;     /* at most ATTACHMENT_PART_BYTES */
};

#endif
