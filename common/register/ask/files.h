/*
 * ask_files - the files of answers, as far as their parts are here.
 *
 * Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_FILES_H
#define REGISTER_ASK_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/rc.h"
#include "contract/directive.h"

struct views;

/* Did `office` send this very part already, byte for byte? */
bool ask_has_part(struct views *v, const char *office,
    const struct attached *part);

/* What is known of a file by its hash. */
struct ask_file {
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
MUST_USE enum rc ask_file(struct views *v, const char *origin,
    const uint8_t hash[static HASH_BYTES], struct ask_file *out,
    struct buffer *bytes);

#endif
