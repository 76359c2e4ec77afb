/*
 * people - who works in this office, and how they prove it.
 *
 * DIR/keys/people, mode 0600, one line per person between a head and a check:
 *
 *	petition-relay-people 1
 *	<id> <role> <enabled|disabled> <system user, or -> <Argon2id hash>
 *	<first 8 bytes of BLAKE2b over the lines above, hex>
 *
 * A file that is not there, or is empty, is an office without users.  It is
 * replaced as a whole, so a crash leaves the old one or the new one.
 *
 * DIR/keys/people-tries counts wrong passwords in a row.  After
 * PEOPLE_TRIES_MAX of them a person is locked for a minute, and after each
 * further one again.
 *
 * Passwords are hashed with Argon2id at libsodium's INTERACTIVE limits (64
 * MiB, two passes: a tenth of a second).  The next step up (256 MiB, 0.7 s)
 * would be paid by every single command, on the smallest machines of all; it
 * is the length of a password that keeps it from being guessed.
 *
 * Who may read this file may read the office's keys, too: people keep records
 * honest about who did what.  They are no wall against the folder's owner.
 *
 * Roles are words here; what each may do is the desk's business
 * (desk/rights.h).
 *
 * Belongs to one thread.  Processes keep out of each other's way by a lock on
 * the folder (people_lock).
 */
#ifndef KEYS_PEOPLE_H
#define KEYS_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/span.h"

enum {
	PEOPLE_MAX = 1000,
	PERSON_ID_MAX = 32,
	PERSON_ROLE_MAX = 16,
	PERSON_SYSTEM_USER_MAX = 32,
	PERSON_HASH_MAX = 127,
	PASSWORD_BYTES_MIN = 8,
	PASSWORD_BYTES_MAX = 256,
	PEOPLE_TRIES_MAX = 10, /* wrong passwords in a row */
	PEOPLE_LOCKED_MS = 60 * 1000,
};

struct person {
	char id[PERSON_ID_MAX + 1];                   /* [a-z0-9._-] */
	char role[PERSON_ROLE_MAX + 1];               /* [a-z] */
	char system_user[PERSON_SYSTEM_USER_MAX + 1]; /* "": none */
	char hash[PERSON_HASH_MAX + 1];               /* Argon2id */
	bool is_disabled;
};

/* In the order in which they were added.  Zero-initialise. */
struct people {
	struct person *list;
	size_t count;
};

/* Is it fit to be a user's id, or the name of a system user? */
bool person_id_is_fit(const char *id);

/*
 * Read the file; the caller clears `out` in any case.  An office without
 * users is RC_OK and a count of 0.  RC_REFUSED, RC_DENIED, RC_DAMAGED,
 * RC_TOO_NEW as key_file_read.
 */
MUST_USE enum rc people_load(const char *dir, struct people *out);
/* As key_file_write, but for RC_DUPLICATE: the old file is replaced. */
MUST_USE enum rc people_save(const char *dir, const struct people *people);
void people_clear(struct people *people);

/* Keep other command lines out from reading to saving.  RC_DENIED. */
MUST_USE enum rc people_lock(const char *dir, int *fd);
void people_unlock(int fd);

/* NULL: nobody.  Disabled ones are found as well. */
struct person *people_find(const struct people *people, const char *id);
struct person *people_of_system_user(const struct people *people,
    const char *name);
/* Enabled ones with this role. */
size_t people_count_role(const struct people *people, const char *role);

/*
 * Add `person` (copied).  RC_DUPLICATE: the id, or the system user, is
 * another one's.  RC_MALFORMED: a name that does not fit.  RC_TOO_BIG.
 */
MUST_USE enum rc people_add(struct people *people, const struct person *person);

/* RC_MALFORMED: shorter or longer than the limits, or not UTF-8. */
MUST_USE enum rc person_set_password(struct person *person,
    struct span password);

/*
 * Is this the password of `person`?  Counts the wrong ones.
 * RC_REFUSED: no.  RC_BUSY: locked after too many wrong ones; not even
 * looked at.  RC_DENIED, RC_FULL: the tries cannot be kept, so nobody is let
 * in.
 */
MUST_USE enum rc people_check_password(const char *dir,
    const struct person *person, struct span password, int64_t now_ms);

#endif
