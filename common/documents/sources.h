/*
 * sources - what was recorded already of another system's files: the
 * questions of a dry run of an import.
 *
 * Asked once per row of files of any length, so the statements are kept.
 */
#ifndef DOCUMENTS_SOURCES_H
#define DOCUMENTS_SOURCES_H

#include "base/span.h"
#include "documents/reading.h"

struct stmt;

/* Where a row comes from. */
struct sources_key {
	struct span source;     /* the other system's name */
	struct span source_ref; /* its number there */
};

struct sources {
	struct stmt *arrivals, *moves;
};

/* Close it before the register is closed; a zero one is fine. */
void sources_open(const struct reading *r, struct sources *out);
void sources_close(struct sources *s);

/* Has the arrival been recorded? */
bool sources_has_arrival(struct sources *s, const struct sources_key *key);
/* A move of it: its code, and when it is said to have happened. */
bool sources_has_move(struct sources *s, const struct sources_key *key,
    const char *move, int64_t claimed_ms);

#endif
