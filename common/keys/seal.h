/*
 * seal - petitioners' identities, readable only where they were taken.
 *
 * A name, document number, phone and address travel to the city and the
 * province inside the record, but sealed under a key that never leaves the
 * office: DIR/keys/seal-YYYY.key, one per year.  Deleting that file when the
 * retention time is over makes every copy of that year's identities, in all
 * backups and at all levels, unreadable at once.
 *
 * Sealed form:
 *
 *	1 byte    version, 1
 *	24 bytes  nonce, random
 *	rest      XChaCha20-Poly1305 (IETF) of the packed Identity, padded
 *	          (ISO 7816-4) to a multiple of 128 bytes so that the length
 *	          tells nothing about the name
 *
 * The item number is bound in as additional data: a sealed identity moved to
 * another item does not open.
 *
 * Invariant: a year's key is on disk before anything is sealed under it.
 *
 * Belongs to one thread.
 */
#ifndef KEYS_SEAL_H
#define KEYS_SEAL_H

#include <stddef.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

struct seal;

/* `dir` is the office's directory; copied.  Never NULL.  Touches no file. */
struct seal *seal_new(const char *dir);
/* Wipes the keys that it remembers.  NULL is fine. */
void seal_free(struct seal *seal);

/*
 * Append the sealed form of `plain` (the packed Identity) to `out`.
 * `year` is the local year of recording; its key is made when missing.
 * RC_TOO_BIG: over SEALED_BYTES_MAX or out->limit.  Else as key_file_read
 * and key_file_write: RC_REFUSED, RC_DENIED, RC_FULL, RC_DAMAGED, RC_TOO_NEW.
 * If a year's key was deleted a new one is made; what the old one sealed is
 * then RC_DAMAGED, for nothing tells the two keys apart.
 */
MUST_USE enum rc seal_identity(struct seal *seal, int year, const char *item,
    struct span plain, struct buffer *out);

/*
 * Append the packed Identity to `out` (wipe it after use).
 * RC_NONE: that year's key is gone; the identity is lost for good, on purpose.
 * RC_DAMAGED: changed, of another item, or sealed by another office.
 * RC_TOO_NEW: sealed form of a later version.  Else as key_file_read.
 */
MUST_USE enum rc seal_open(struct seal *seal, int year, const char *item,
    struct span sealed, struct buffer *out);

/*
 * Destroy a year's key: overwritten, unlinked, both on disk when this returns
 * RC_OK.  What it sealed is then lost, wherever there is a copy, but for a
 * copy of the key itself.  A file system that writes elsewhere (flash, copy on
 * write) may keep the old bytes for a while.
 * RC_NONE: there is no such key.  RC_DENIED, RC_FULL: it could not be done.
 */
MUST_USE enum rc seal_destroy(struct seal *seal, int year);

/*
 * The years that `dir` has a key of, ascending.
 * RC_TOO_BIG: more than SEAL_YEARS_MAX.  RC_DENIED.
 */
enum { SEAL_YEARS_MAX = 200 };
MUST_USE enum rc seal_years(const char *dir, int years[static SEAL_YEARS_MAX],
    size_t *count);

#endif
