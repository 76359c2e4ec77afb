/*
 * desk_keys - the secrets that the desk needs for one command.
 *
 * Loaded for a command and wiped after it.  A matching secret may be missing
 * (the office has not joined yet): then nobody gets a person key.
 *
 * Belongs to the thread that holds the office.
 */
#ifndef DESK_SECRETS_H
#define DESK_SECRETS_H

#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "contract/record.h"
#include "petition/query_code.h"

struct desk_keys {
	uint8_t query[QUERY_CODE_KEY_BYTES];
	uint8_t matching[KEY_BYTES];
	uint32_t matching_version; /* 0: none */
};

/* As identity_load_query_key, matching_load_newest. */
MUST_USE enum rc desk_keys_load(const char *dir, struct desk_keys *out);
void desk_keys_wipe(struct desk_keys *keys);

/* RC_NONE: no secret, or neither number says anything about a person. */
MUST_USE enum rc desk_keys_person(const struct desk_keys *keys,
    struct span document, struct span phone, uint8_t out[static HASH_BYTES]);

#endif
