/*
 * office_keys - what the daemons do with an office's keys: come in, vouch,
 * hand the matching secret down.
 *
 * The same keys as identity.h, in the shapes that the link needs.
 *
 * Belongs to the thread that holds the office.
 */
#ifndef OFFICE_OFFICE_KEYS_H
#define OFFICE_OFFICE_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"
#include "contract/frame.h"
#include "mech/bus.h"

struct identity;

enum {
	OFFICE_KEY_BYTES = 32, /* Ed25519 public key */
	OFFICE_SIGNATURE_BYTES = 64,
	OFFICE_VERSIONS_PER_LEVEL = 1000,
};

/* Results of identity_make: RC_DUPLICATE when there is one already. */
MUST_USE enum rc office_keys_make(const char *dir);
/* Results of identity_load; free with office_keys_free. */
MUST_USE enum rc office_keys_load(const char *dir, struct identity **out);
void office_keys_free(struct identity *identity); /* NULL is fine */

/* Lives as long as the identity. */
const uint8_t *office_keys_public(const struct identity *identity);
/* Wipe them after use. */
void office_keys_for_bus(const struct identity *identity, struct bus_keys *out);
/* RC_MALFORMED: never an office's key. */
MUST_USE enum rc
office_keys_curve_of(const uint8_t public_key[static OFFICE_KEY_BYTES],
    uint8_t out[static BUS_KEY_BYTES]);

void office_keys_sign(const struct identity *identity, const char *domain,
    struct span message, uint8_t signature[static OFFICE_SIGNATURE_BYTES]);
MUST_USE bool
office_keys_verify(const uint8_t public_key[static OFFICE_KEY_BYTES],
    const char *domain, struct span message,
    const uint8_t signature[static OFFICE_SIGNATURE_BYTES]);

/*
 * A topmost office makes the matching secret.  Secrets are numbered by the
 * level of the office that made them (D 1001, C 2001, P 3001, N 4001), so
 * that an office which finds a parent later can hold both, and the newest is
 * the one of the highest level.  RC_OK also when there is one already.
 */
MUST_USE enum rc office_keys_make_matching(const char *dir, char level);

/*
 * The matching secrets of `dir` with a version above `after` (0: all), the
 * newest `max` if there are more, ascending, sealed to the office with this
 * key.  Returns how many.
 */
size_t office_keys_hand_down(const char *dir, uint32_t after,
    const uint8_t public_key[static OFFICE_KEY_BYTES],
    struct sealed_secret *out, size_t max);

/* The newest version that we hold; 0: none. */
uint32_t office_keys_newest_matching(const char *dir);

/*
 * Keep what our parent handed down.  RC_DAMAGED: not sealed for us.
 * RC_DUPLICATE: we hold another secret of that version.  Else as
 * matching_save.
 */
MUST_USE enum rc office_keys_take(const char *dir,
    const struct identity *identity, uint32_t version, struct span sealed);

#endif
