/*
 * file - small whole files: keys, invitations, forms, maps.
 *
 * Writing is atomic (temporary name, fsync, rename, fsync of the folder), so
 * a crash leaves the old file or the new one.  Any thread.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "base/rc.h"
#include "base/span.h"

enum { FILE_PATH_MAX = 1024 };

/*
 * Append the file's bytes to `out`, whose limit must be set.
 * RC_NONE: no such file.  RC_DENIED.  RC_TOO_BIG: over out->limit.
 */
MUST_USE enum rc file_read(const char *path, struct buffer *out);

/*
 * `mode` as for chmod.  RC_DENIED: not writable (also a read-only file
 * system).  RC_FULL: no space.  RC_DUPLICATE: exists and `replace` is false.
 */
MUST_USE enum rc file_write(const char *path, struct span bytes, unsigned mode,
    bool replace);

/* DIR/NAME; too long is fatal (paths come from the administrator). */
void file_join(char out[static FILE_PATH_MAX], const char *dir,
    const char *name);

/* mkdir -p with mode 0700 for what is missing. */
MUST_USE enum rc file_make_folder(const char *path);

bool file_exists(const char *path);

#endif
