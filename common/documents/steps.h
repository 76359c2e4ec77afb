/*
 * steps - what was done about one directive, or about one notice, at one
 * addressee: each step with its times and who took it.
 *
 * One step:
 *	status, office, text, due_at, claimed_at, recorded_at, received_at,
 *	role, user; of an answer also verdict, done, report, attachments
 *	([{hash, name, size}], size null until the file came); other, when the
 *	step names another directive
 *
 * For the other files of documents/.
 */
#ifndef DOCUMENTS_STEPS_H
#define DOCUMENTS_STEPS_H

#include <jansson.h>

#include "law/moves/directive_core.h"

struct db;

/*
 * All steps of a directive at this addressee as an array, each once, in one
 * order: an answer to something stands behind what it answers.
 */
json_t *steps_of_directive(struct db *db, const char *id,
    const char *addressee);

/*
 * The same of the notice of an escalation, in the order of time.  Its steps
 * have no due_at and none of an answer's members.
 */
json_t *steps_of_notice(struct db *db, const char *id, const char *office);

/* The first or the last step of this status, the array's own, or NULL. */
const json_t *steps_first(const json_t *steps, enum directive_code status);
const json_t *steps_last(const json_t *steps, enum directive_code status);

#endif
