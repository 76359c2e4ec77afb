/*
 * invitation - the small text file by which an office joins its parent.
 *
 * `city-hub invite CODE` prints it, a person carries it (file, mail, paper is
 * possible), `district-node join FILE` reads it.  It holds a one-time CURVE
 * key pair that is good for one enrolment: whoever holds the file can join
 * as that office until it is used, expires, or is replaced.
 *
 *	# comment lines, in Chinese and English
 *	petition-relay-invitation = 1
 *	id = 16 hex digits, random
 *	office = code of the office invited
 *	parent = code of the inviting office
 *	parent-name = its name
 *	address = tcp://host:port
 *	parent-key = its Ed25519 public key, hex
 *	once-public = one-time CURVE public key, hex
 *	once-secret = one-time CURVE secret key, hex
 *	expires = RFC 3339 with zone
 *	check = first 8 hex digits of BLAKE2b (32 bytes) over the lines above
 *
 * What the check covers: every line above that is neither blank nor a
 * comment, without the blanks around it, each followed by one newline.  So a
 * mail program's line ends, indents and broken comments do no harm, and any
 * change to a field is noticed.  Fields that this version does not know are
 * covered too, and ignored.
 *
 * What an office signs when it enrols (identity_sign with ENROL_DOMAIN) is
 * this text, each line ended by one newline:
 *
 *	invitation ID
 *	office CODE
 *	key HEX of the office's new Ed25519 public key
 *	parent-key HEX of the parent's Ed25519 public key
 *
 * so the signature cannot be used for another invitation, office or parent.
 *
 * Pure, but for invitation_new_keys (randomness).  Any thread.
 */
#ifndef SERVICE_INVITATION_H
#define SERVICE_INVITATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"
#include "contract/record.h"
#include "words/catalogue.h"

#define ENROL_DOMAIN "petition-relay/enrol/1"

enum {
	INVITATION_ID_HEX = 16,
	INVITATION_ADDRESS_MAX = 200,
	INVITATION_BYTES_MAX = 8192,
	INVITATION_CHECK_HEX = 8,
};

struct invitation {
	char id[INVITATION_ID_HEX + 1];
	char office[OFFICE_CODE_MAX + 1];
	char parent[OFFICE_CODE_MAX + 1];
	char parent_name[OFFICE_NAME_MAX + 1];
	char address[INVITATION_ADDRESS_MAX + 1]; /* of the parent */
	uint8_t parent_key[KEY_BYTES];            /* Ed25519 */
	uint8_t once_public[KEY_BYTES];           /* CURVE, one use */
	uint8_t once_secret[KEY_BYTES];
	int64_t expires_ms; /* wall time, UTC */
};

#define INVITATION_PROBLEM_LIST(X)                                             \
	X(INVITATION_FINE, "good", "邀请书有效")                               \
	X(INVITATION_NOT_ONE, "this file is not an invitation",                \
	    "该文件不是邀请书")                                                \
	X(INVITATION_TOO_NEW,                                                  \
	    "the invitation was made by a newer version of the program; "      \
	    "upgrade this one first",                                          \
	    "邀请书由更新版本的程序生成，请先升级本程序")                      \
	X(INVITATION_CHANGED,                                                  \
	    "the invitation was cut or changed on its way; copy the whole "    \
	    "file again",                                                      \
	    "邀请书内容不完整或被改动，请重新完整复制该文件")                  \
	X(INVITATION_FIELD_MISSING, "the invitation lacks a field",            \
	    "邀请书缺少字段")                                                  \
	X(INVITATION_FIELD_WRONG, "a field of the invitation is not right",    \
	    "邀请书的字段内容有误")

#define INVITATION_PROBLEM_NAME(name, english, chinese) name,
enum invitation_problem {
	INVITATION_PROBLEM_LIST(INVITATION_PROBLEM_NAME) INVITATION_PROBLEMS
};
#undef INVITATION_PROBLEM_NAME

struct invitation_fault {
	enum invitation_problem problem;
	const char *field; /* which, with FIELD_*; else NULL; static */
};

enum { INVITATION_SENTENCE_MAX = 200 };

/* Fill in a random id and a fresh one-time key pair. */
void invitation_new_keys(struct invitation *invitation);

/* Wipe it. */
void invitation_clear(struct invitation *invitation);

/*
 * Append the text, comments included.  The invitation must be one that
 * invitation_read would accept.  RC_TOO_BIG: over out->limit.
 */
MUST_USE enum rc invitation_write(const struct invitation *invitation,
    struct buffer *out);

/*
 * RC_OK, or RC_MALFORMED, RC_DAMAGED or RC_TOO_NEW with `fault` saying what
 * is wrong.  Whether it has expired is not judged here.
 */
MUST_USE enum rc invitation_read(struct span text, struct invitation *out,
    struct invitation_fault *fault);

/* One sentence for the person at the screen. */
void invitation_sentence(const struct invitation_fault *fault,
    enum language language, char out[static INVITATION_SENTENCE_MAX + 1]);

/*
 * Append the text to be signed at enrolment.  RC_TOO_BIG: over out->limit.
 * `id` and `office` as they stand in the invitation.
 */
MUST_USE enum rc enrol_text(struct buffer *out, const char *id,
    const char *office, const uint8_t public_key[static KEY_BYTES],
    const uint8_t parent_key[static KEY_BYTES]);

#endif
