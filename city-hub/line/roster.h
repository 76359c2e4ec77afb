/*
 * roster - which offices are below us, and who may come in.
 *
 * A fold of the CHILD_ENROLLED and CHILD_REVOKED records: our own make an
 * office our child; those of hubs below tell what lies further down, at any
 * depth.  Kept in a table of the ledger, in the transaction of the records,
 * and in memory.  Invitations are not records: they stand in a table beside.
 *
 * Rules:
 *   1. only our own records make an office our child; whose child any other
 *      office is, and stays when it is revoked, is law/offices/tree.h's to say;
 *   2. a revoked office does not come in any more, though its history climbs;
 *   3. an unknown key is refused; so is that of a revoked office; a one-time
 *      key comes in as its invitation, and may only enrol.
 *
 * User ids (bus.h): "o:CODE:TAG" for an office, TAG being the start of its
 * key, so that a session under an earlier key can be told; "i:ID" for an
 * invitation.
 *
 * Belongs to one thread.
 */
#ifndef LINE_ROSTER_H
#define LINE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/command.h"
#include "contract/frame.h"
#include "mech/bus.h"

struct command;
struct office;
struct relay_entry;
struct reply_writer;
struct roster;
struct tree;

enum {
	ROSTER_TAG_BYTES = 4,
	ROSTER_KEEP_DAYS = 180, /* an invitation after its end */
};

struct roster_child {
	char office[OFFICE_CODE_MAX + 1];
	char name[OFFICE_NAME_MAX + 1];
	char parent[OFFICE_CODE_MAX + 1]; /* who enrolled it */
	uint8_t public_key[KEY_BYTES];    /* Ed25519 */
	uint8_t curve[KEY_BYTES];         /* derived; zero when revoked */
	bool is_revoked;
	bool key_changed; /* since roster_settled */
};

/* Reads the tables, which are made when missing.  Never NULL. */
struct roster *roster_open(struct office *o);
void roster_close(struct roster *r);

/* Inside the transaction, for every appended record. */
void roster_on_record(struct roster *r, const struct relay_entry *entry);

/* Who stands above whom, among them.  Lives as long as the roster. */
const struct tree *roster_tree(const struct roster *r);

/* NULL: unknown.  Lives until the next record. */
const struct roster_child *roster_find(const struct roster *r,
    const char *office);
size_t roster_count(const struct roster *r);
const struct roster_child *roster_at(const struct roster *r, size_t index);
/* Our own child, not revoked. */
bool roster_is_child(const struct roster *r, const struct roster_child *c);

/* Something changed since roster_settled was last called? */
bool roster_is_changed(const struct roster *r);
void roster_settled(struct roster *r);

/* -- at the door -- */

/* As bus_admit. */
enum rc roster_admit(void *roster, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1]);

/*
 * What a user id stands for.  RC_OK: `office` is an enrolled child and the
 * key that it came with still counts.  RC_REFUSED: revoked, or an earlier
 * key.  RC_NONE: an invitation, whose id is then in `invitation`.
 */
MUST_USE enum rc roster_user(const struct roster *r, const char *user,
    char office[OFFICE_CODE_MAX + 1], char invitation[INVITATION_ID_MAX + 1]);

/* -- invitations and enrolment (roster_invite.c); inside the turn -- */

/*
 * Matching secrets that reached us after a child had enrolled (we found a
 * parent later than it found us): record them for each child that lacks them,
 * sealed to it.
 */
void roster_hand_down(struct roster *r);

/*
 * Judge an ENROL that came in as `invitation`; record the child when all is
 * right.  `answer` becomes ENROLLED or REFUSE, to be sent after the commit.
 */
void roster_enrol(struct roster *r, const char *invitation,
    const struct frame_enrol *enrol, struct frame *answer);

/* {"invitation": text of the file, "id", "office", "address", "expires"} */
void roster_invite(struct roster *r, const struct command *c,
    struct reply_writer *reply);
/* {"office"} */
void roster_revoke(struct roster *r, const struct command *c,
    struct reply_writer *reply);

#endif
