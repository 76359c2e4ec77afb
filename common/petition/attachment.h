/*
 * attachment - files that belong to answers, named by their SHA-256.
 *
 * A file travels as records of at most ATTACHMENT_PART_BYTES each (kind
 * ATTACHED), climbing like any other record, in front of the answer that
 * names its hash.  Every part but the last is full, so that size and number
 * of parts say how long each one is.
 *
 * Pure; any thread.  The register puts files together (register/ask/files.h).
 */
#ifndef PETITION_ATTACHMENT_H
#define PETITION_ATTACHMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "contract/directive.h"

/* How many parts a file of `size` bytes (> 0) has. */
uint32_t attachment_parts(uint64_t size);
/* Size, number and length agree. */
bool attachment_part_fits(const struct attached *a);

#endif
