/*
 * attachment - files that belong to answers, named by their SHA-256.
 *
 * A file travels as records of at most ATTACHMENT_PART_BYTES each (kind
 * ATTACHED), climbing like any other record, in front of the answer that
 * names its hash.  Every part but the last is full, so that size and number
 * of parts say how long each one is.
 *
 * Belongs to the thread of the database that is asked.
 */
#ifndef PETITION_ATTACHMENT_H
#define PETITION_ATTACHMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "contract/directive.h"

struct db;

/* How many parts a file of `size` bytes (> 0) has. */
uint32_t attachment_parts(uint64_t size);
/* Size, number and length agree. */
bool attachment_part_fits(const struct attached *a);

/* What is known of a file by its hash. */
struct attachment {
	char origin[OFFICE_CODE_MAX + 1]; /* the office that sent it */
	char name[ATTACHMENT_NAME_MAX + 1];
	uint64_t size;
};

/*
 * Is the file here, sent by `origin` ("": by anybody)?  RC_OK: all parts are,
 * and together they are what the hash says; `out` (may be NULL) describes it
 * and `bytes` (may be NULL; without a limit) receives it.
 * RC_NONE: parts are missing.  RC_DAMAGED: all are here and do not fit.
 */
MUST_USE enum rc attachment_read(struct db *db, const char *origin,
    const uint8_t hash[static HASH_BYTES], struct attachment *out,
    struct buffer *bytes);

#endif
