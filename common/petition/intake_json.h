/*
 * intake_json - arrivals from a JSON file: one object, or a list of objects.
 *
 *	{ "channel": "LX", "subject": "…", "text": "…",
 *	  "claimed_at": "2026-03-01T09:30:00+08:00", "heads": 1 }
 *
 * The keys are the names of intake_field_at.  heads and claimed_ms are whole
 * numbers, all else is text; null is the same as leaving a key out.  A key
 * that we do not know is refused by name: a mistyped "person_phne" must not
 * be lost silently.
 *
 * Only shape and types are looked at; intake_tidy and intake_check follow.
 * Belongs to one thread.
 */
#ifndef PETITION_INTAKE_JSON_H
#define PETITION_INTAKE_JSON_H

#include <stddef.h>

#include "base/rc.h"
#include "base/span.h"
#include "petition/intake.h"

enum {
	INTAKE_JSON_ITEMS_MAX = 10000,
	INTAKE_JSON_BYTES_MAX = 16 * 1024 * 1024,
};

/* Zero-initialise; release with intake_list_clear. */
struct intake_list {
	struct intake *items; /* their spans live until the clear */
	size_t count;
	void *memory; /* the parsed file */
};

/*
 * Read `json`, which may go away afterwards.
 * RC_MALFORMED, RC_TOO_BIG, RC_NONE (unknown key): `problem` names the item
 * and the field; `list` is then empty.
 */
MUST_USE enum rc intake_json_read(struct span json, struct intake_list *list,
    struct intake_problem *problem);

void intake_list_clear(struct intake_list *list);

#endif
