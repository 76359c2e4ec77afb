/*
 * offices - records about offices themselves, as plain values: that one
 * begins a history, and that one joined the tree or was cut off.
 */
#ifndef CONTRACT_OFFICES_H
#define CONTRACT_OFFICES_H

#include <stdint.h>

#include "contract/limits.h"

struct office_opened {
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	uint8_t public_key[KEY_BYTES];
	uint32_t previous_incarnation; /* 0: this is the first */
	uint64_t previous_size;
	uint8_t previous_root[HASH_BYTES];
};

struct child {
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	uint8_t public_key[KEY_BYTES];
	char parent[OFFICE_CODE_MAX + 1];
	char invitation[OFFICE_CODE_MAX + 1 + 24];
	char reason[CHILD_REASON_MAX + 1]; /* of a revocation */
};

#endif
