/*
 * The bus wants CURVE keys, the wire wants signatures, both from the one Ed25519
 * pair of identity.h.  Secrets live on the stack as short as can be and are
 * wiped.
 */
#include "office/office_keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "keys/identity.h"
#include "petition/office_code.h"

_Static_assert((int)OFFICE_KEY_BYTES == (int)KEY_BYTES, "one size of key");
_Static_assert((int)OFFICE_SIGNATURE_BYTES == (int)IDENTITY_SIGNATURE_BYTES,
    "one size of signature");
_Static_assert((int)SEALED_SECRET_BYTES ==
		   (int)MATCHING_KEY_BYTES + (int)IDENTITY_SEALED_EXTRA,
    "a sealed secret fits");

enum rc
office_keys_make(const char *dir)
{
	struct identity identity;
	enum rc rc = identity_make(dir, &identity);

	identity_clear(&identity);
	return rc;
}

enum rc
office_keys_load(const char *dir, struct identity **out)
{
	struct identity *identity = memory_new(1, sizeof(*identity));
	enum rc rc = identity_load(dir, identity);

	*out = identity;
	if (rc != RC_OK) {
		office_keys_free(identity);
		*out = NULL;
	}
	return rc;
}

void
office_keys_free(struct identity *identity)
{
	if (identity == NULL)
		return;
	identity_clear(identity);
	free(identity);
}

const uint8_t *
office_keys_public(const struct identity *identity)
{
	return identity->public_key;
}

void
office_keys_for_bus(const struct identity *identity, struct bus_keys *out)
{
	memcpy(out->public_key, identity->curve_public, BUS_KEY_BYTES);
	memcpy(out->secret_key, identity->curve_secret, BUS_KEY_BYTES);
}

enum rc
office_keys_curve_of(const uint8_t public_key[static OFFICE_KEY_BYTES],
    uint8_t out[static BUS_KEY_BYTES])
{
	return identity_curve_of(public_key, out);
}

void
office_keys_sign(const struct identity *identity, const char *domain,
    struct span message, uint8_t signature[static OFFICE_SIGNATURE_BYTES])
{
	identity_sign(identity, domain, message, signature);
}

bool
office_keys_verify(const uint8_t public_key[static OFFICE_KEY_BYTES],
    const char *domain, struct span message,
    const uint8_t signature[static OFFICE_SIGNATURE_BYTES])
{
	return identity_verify(public_key, domain, message, signature);
}

/* -- the matching secret -- */

static uint32_t
first_version(char level)
{
	enum office_level of = (enum office_level)level;
	int steps = of == OFFICE_LEVEL_UNKNOWN
			? 0
			: office_level_steps(OFFICE_LEVEL_DISTRICT, of);

	if (steps < 0)
		steps = 0;
	return (uint32_t)(steps + 1) * OFFICE_VERSIONS_PER_LEVEL + 1;
}

enum rc
office_keys_make_matching(const char *dir, char level)
{
	struct matching_secret secret;
	enum rc rc = matching_load_newest(dir, &secret);

	if (rc == RC_NONE) {
		matching_make(first_version(level), &secret);
		rc = matching_save(dir, &secret);
	}
	explicit_bzero(&secret, sizeof(secret));
	return rc;
}

static bool
seal_one(const char *dir, const uint8_t curve[static KEY_BYTES],
    struct sealed_secret *out)
{
	struct buffer sealed = { .limit = SEALED_SECRET_BYTES };
	struct matching_secret secret;
	bool is_done = false;

	if (matching_load(dir, out->version, &secret) == RC_OK &&
	    identity_seal_to(curve, span_of(secret.key, sizeof(secret.key)),
		&sealed) == RC_OK) {
		CHECK(sealed.size == SEALED_SECRET_BYTES);
		memcpy(out->sealed, sealed.at, SEALED_SECRET_BYTES);
		is_done = true;
	}
	explicit_bzero(&secret, sizeof(secret));
	buffer_clear(&sealed);
	return is_done;
}

size_t
office_keys_hand_down(const char *dir, uint32_t after,
    const uint8_t public_key[static OFFICE_KEY_BYTES],
    struct sealed_secret *out, size_t max)
{
	uint32_t versions[MATCHING_SECRETS_MAX];
	uint8_t curve[KEY_BYTES];
	size_t count = 0, done = 0;

	if (identity_curve_of(public_key, curve) != RC_OK ||
	    matching_versions(dir, versions, &count) != RC_OK)
		return 0;
	for (size_t i = count > max ? count - max : 0; i < count; i++) {
		if (versions[i] <= after)
			continue;
		out[done].version = versions[i];
		if (seal_one(dir, curve, &out[done])) {
			done++;
		} else {
			log_error("event=matching_secret_unreadable version=%u",
			    (unsigned)versions[i]);
		}
	}
	return done;
}

uint32_t
office_keys_newest_matching(const char *dir)
{
	struct matching_secret secret;
	uint32_t version = 0;

	if (matching_load_newest(dir, &secret) == RC_OK)
		version = secret.version;
	explicit_bzero(&secret, sizeof(secret));
	return version;
}

enum rc
office_keys_take(const char *dir, const struct identity *identity,
    uint32_t version, struct span sealed)
{
	struct buffer plain = { .limit = MATCHING_KEY_BYTES };
	struct matching_secret secret = { .version = version };
	enum rc rc = identity_open_sealed(identity, sealed, &plain);

	if (rc == RC_OK && plain.size != MATCHING_KEY_BYTES)
		rc = RC_DAMAGED;
	if (rc == RC_OK) {
		memcpy(secret.key, plain.at, MATCHING_KEY_BYTES);
		rc = matching_save(dir, &secret);
	}
	if (plain.at != NULL)
		explicit_bzero(plain.at, plain.capacity);
	explicit_bzero(&secret, sizeof(secret));
	buffer_clear(&plain);
	return rc;
}
