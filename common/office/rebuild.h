/*
 * rebuild - the register anew, from the journal.
 *
 * The new register grows in a file beside the old one and takes its place in
 * one step when it is complete, so that whoever reads meanwhile reads the old
 * one and a rebuild that is cut short leaves it as it was.
 *
 * Belongs to one thread.
 */
#ifndef OFFICE_REBUILD_H
#define OFFICE_REBUILD_H

#include <stdint.h>

#include "base/rc.h"
#include "office/office.h"

struct rebuild_result {
	uint64_t records;     /* folded */
	uint64_t quarantined; /* of these */
};

/* Called now and then: `done` of `all` records are folded. */
typedef void rebuild_progress(void *context, uint64_t done, uint64_t all);

/*
 * Rebuild the register of the office in `dir`; takes the directory's lock
 * while it works.  `progress` may be NULL.
 * RC_BUSY: a daemon or another command works there.  Else as office_open;
 * `fault` has the sentence.
 */
MUST_USE enum rc rebuild_register(const char *dir, enum language language,
    rebuild_progress *progress, void *context, struct rebuild_result *result,
    struct office_fault *fault);

#endif
