/*
 * The secrets of one command.
 *
 * They are read from the office's folder anew for each command: they are in
 * memory no longer than needed, and a matching secret that came from above a
 * moment ago counts at once.
 */
#include "desk/secrets.h"

#include <sodium.h>
#include <string.h>

#include "keys/identity.h"
#include "petition/person_key.h"

_Static_assert((int)QUERY_CODE_KEY_BYTES == (int)QUERY_KEY_BYTES,
    "one size of query key");
_Static_assert((int)KEY_BYTES == (int)MATCHING_KEY_BYTES,
    "one size of matching secret");

enum rc
desk_keys_load(const char *dir, struct desk_keys *out)
{
	struct matching_secret secret = { 0 };
	enum rc rc = identity_load_query_key(dir, out->query);

	out->matching_version = 0;
	if (rc != RC_OK)
		return rc;
	rc = matching_load_newest(dir, &secret);
	if (rc == RC_OK) {
		memcpy(out->matching, secret.key, sizeof(out->matching));
		out->matching_version = secret.version;
	}
	sodium_memzero(&secret, sizeof(secret));
	return rc == RC_NONE ? RC_OK : rc;
}

void
desk_keys_wipe(struct desk_keys *keys)
{
	sodium_memzero(keys, sizeof(*keys));
}

enum rc
desk_keys_person(const struct desk_keys *keys, struct span document,
    struct span phone, uint8_t out[static HASH_BYTES])
{
	if (keys->matching_version == 0)
		return RC_NONE;
	return person_key(document, phone, keys->matching, out);
}
