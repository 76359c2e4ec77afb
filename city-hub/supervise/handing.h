/*
 * handing - giving a child the records of others that it has to do with.
 *
 * A district sees its own records and what the city says to it alone.  An
 * item that is forwarded to it, or that tells of a matter of its own, was
 * recorded elsewhere; so the hub hands it over: the bytes of the original
 * record inside one of its own, for that child.  Once, in the order in which
 * we hold them, and again down the next level by the hub there.
 *
 * What is never handed over: anything of an item, or of a matter, to an
 * office that it reports or to one below that (R22 Art 30).
 *
 * Reactors: they act once because of a record (reactor.h).  Inside the
 * turn's transaction.  Belongs to one thread.
 */
#ifndef SUPERVISE_HANDING_H
#define SUPERVISE_HANDING_H

#include <stdbool.h>

#include "contract/record.h"

struct office;
struct roster;

enum {
	HANDING_CHILDREN_MAX = 64, /* involved in one item */
	HANDING_RECORDS_MAX = 600, /* of one item */
};

/* Bring every child that is involved in `item` up to what we hold of it. */
void handing_item(struct office *o, const struct roster *r, const char *item);
/* A notice from above for an office below us. */
void handing_notice(struct office *o, const struct roster *r,
    const char *office, uint64_t position);

/*
 * The child of ours on the way to `office`, which may be that child itself.
 * False: it is not below us.
 */
bool handing_way(const struct roster *r, const char *office,
    char child[static OFFICE_CODE_MAX + 1]);

/* Does what lies between us and `office`, or it itself, stand accused? */
bool handing_is_barred(struct office *o, const struct roster *r,
    const char *item, const char *office);

#endif
