/*
 * key_file - one secret, one small file, in the office's keys folder.
 *
 * DIR/keys is 0700 and every file in it 0600.  A secret that others on the
 * machine may read is not a secret any more: reading it is refused until the
 * administrator has decided what to do, as ssh does with its keys.
 *
 * Format, text, one line each:
 *
 *	petition-relay-key 1
 *	<name of the file>
 *	<the secret, lower-case hex>
 *	<first 8 bytes of BLAKE2b over the three lines above, hex>
 *
 * The name inside shows a file that was copied over another; the last line
 * shows a damaged one.
 *
 * Belongs to one thread at a time per folder (the holder of the office lock).
 */
#ifndef KEYS_KEY_FILE_H
#define KEYS_KEY_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "base/rc.h"
#include "base/span.h"

enum { KEY_FILE_BYTES_MAX = 64, KEY_FILE_NAME_MAX = 60 };

/* DIR/keys, for messages and for listing. */
void key_file_folder(char out[static FILE_PATH_MAX], const char *dir);

/*
 * Is this file, or folder, its owner's alone?  RC_NONE: it is not there.
 * RC_REFUSED: others may read or write it.  RC_DENIED: nobody can tell us.
 */
MUST_USE enum rc key_file_check(const char *path);

/*
 * Write DIR/keys/NAME, on disk when this returns RC_OK; the folder is made
 * when missing.  Never replaces: RC_DUPLICATE.  RC_REFUSED: the folder is
 * open to others.  RC_DENIED, RC_FULL: as file_write.
 */
MUST_USE enum rc key_file_write(const char *dir, const char *name,
    struct span secret);

/*
 * Read DIR/keys/NAME, which must hold exactly `size` bytes.
 * RC_NONE: no such key.  RC_REFUSED: the file or the folder can be read or
 * written by group or others (chmod -R go= DIR/keys mends it).  RC_DENIED:
 * not readable by us.  RC_DAMAGED: not what was written, or another's name.
 * RC_TOO_NEW: the format of a later version.
 */
MUST_USE enum rc key_file_read(const char *dir, const char *name, uint8_t *out,
    size_t size);

#endif
