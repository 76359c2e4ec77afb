/*
 * reply - the answer to a command while it is being written.
 *
 * Starts as "done, no result".  A handler sets the result, or refuses with a
 * sentence of the catalogue in the language of the command; the first
 * refusal stays.  Results are for machines: one JSON document with stable
 * snake_case keys; the command line makes tables of it.
 *
 * A reply is spoken only after the turn's commit.
 *
 * Belongs to one thread.
 */
#ifndef DESK_REPLY_H
#define DESK_REPLY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/check.h"
#include "base/memory.h"
#include "words/catalogue.h"

struct reply_writer {
	enum language language; /* of the command */
	enum exit_status exit;  /* EXIT_DONE until refused */
	char sentence[SAY_TEXT_MAX];
	json_t *result; /* ours; NULL: none */
	bool is_secret; /* it holds an identity: wipe what it was made of */
};

/* `language` as a command carries it: "zh" or "en". */
void reply_init(struct reply_writer *w, const char *language);
void reply_clear(struct reply_writer *w);

/* reply_refuse(w, EXIT_REFUSED, SAY_X, SAY_ARGS(a, b)); SAY_ARGS or NULL. */
void reply_refuse(struct reply_writer *w, enum exit_status exit, enum say id,
    const char *const args[]);
bool reply_is_refused(const struct reply_writer *w);

/* Takes `result`; replaces an earlier one.  Also allowed after a refusal. */
void reply_result(struct reply_writer *w, json_t *result);
/* The same for a result with an identity in it; leaves no copies behind. */
void reply_secret(struct reply_writer *w, json_t *result);

/* Overwrite every text in `document`, which is good for nothing then. */
void reply_wipe(json_t *document);

/*
 * Append the packed Reply (wire_reply_pack).  A result that does not fit
 * into REPLY_BYTES_MAX becomes a refusal.
 */
void reply_pack(struct reply_writer *w, struct buffer *out);

#endif
