/*
 * tree - who stands above whom.
 *
 * What an office knows of the others: who enrolled whom, who is above itself,
 * and what their codes say.  The same events in the same order give the same
 * tree; nothing else goes in.  Who is above an office follows from one list
 * here, and everybody who has to know asks it: the hub's doors, the register,
 * the rule whose word counts, the ways down to a child.
 *
 * Who may come in:
 *
 *	1. our own word about an office goes before all others;
 *	2. else an office is below whoever enrolled it first, until that one
 *	   revokes it: no office takes another's away;
 *	3. nobody enrols itself, an office that it is below, us, or the office
 *	   above us;
 *	4. a revoked office stays below whoever it was below: its history
 *	   still climbs.
 *
 * Bounded: TREE_OFFICES_MAX offices, of which TREE_DEPTH_MAX stand above one
 * another.  A question costs at most that many searches in a sorted list.
 *
 * Pure: no clock, no file.  Belongs to one thread; questions about codes
 * alone (tree_climb, tree_may_be_higher) to any.
 */
#ifndef LAW_OFFICES_TREE_H
#define LAW_OFFICES_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "contract/record.h"

enum {
	TREE_OFFICES_MAX = 65536,
	TREE_DEPTH_MAX = 8, /* levels between an office and one above it */
};

struct tree;

struct tree *tree_new(void);
/* NULL is fine. */
void tree_free(struct tree *t);

/*
 * Forget every office.  `own` is this one; `above` is who is above it: "" for
 * nobody, NULL when nobody has said it yet.
 */
void tree_begin(struct tree *t, const char *own, const char *above);

/* -- what happens -- */

/*
 * `office` opened its own streams: it is known from now on, below nobody
 * until somebody enrols it.  RC_DUPLICATE: it was known.  RC_FULL: no room.
 */
MUST_USE enum rc tree_open(struct tree *t, const char *office);
/*
 * `by` enrolled `office`.  RC_DENIED: it is below another one (rule 2).
 * RC_REFUSED: rule 3.  RC_FULL: no room.  Nothing changed then.
 */
MUST_USE enum rc tree_enrol(struct tree *t, const char *office, const char *by);
/* `by` revoked `office`.  RC_NONE: it had not enrolled it. */
MUST_USE enum rc tree_revoke(struct tree *t, const char *office,
    const char *by);
/*
 * An office as it was written down when the rules had been asked: for reading
 * a table into the tree.  `parent` "": it only opened.
 */
MUST_USE enum rc tree_put(struct tree *t, const char *office,
    const char *parent, bool is_revoked);

/* -- asking -- */

/* This office.  Lives until tree_begin. */
const char *tree_own(const struct tree *t);
bool tree_knows(const struct tree *t, const char *office);
/* "": nobody, or not known.  Lives until the tree changes. */
const char *tree_parent_of(const struct tree *t, const char *office);
/* Does `office` stand below `above`, or is it `above` itself? */
bool tree_is_below(const struct tree *t, const char *office, const char *above);
/*
 * Does `office` stand above `below`, another one, as far as anybody here can
 * tell?  We know the tree below ourselves; of who is above us beyond our
 * parent, and of two that are not below us, only the codes tell, and what
 * they cannot deny is believed: our parent has judged it.
 */
bool tree_stands_above(const struct tree *t, const char *office,
    const char *below);

/* Offices that stand above one another, the lowest first. */
struct tree_way {
	char offices[TREE_DEPTH_MAX + 1][OFFICE_CODE_MAX + 1];
	size_t count;
	bool is_whole; /* nothing is missing at the upper end */
};

/*
 * The way between `above` and `office`: itself, who is above it, and so on,
 * the last one being a child of `above`.  Not whole: it is not below, and
 * these are the offices known to be above it.  Nothing, and whole, when the
 * two are one.
 */
void tree_way_to(const struct tree *t, const char *office, const char *above,
    struct tree_way *out);

/*
 * Who is above `office` by codes: first `parent`, where somebody named it
 * (NULL and "" : nobody did), then whom each code names.  Whole: up to the
 * national office.
 */
void tree_climb(const char *office, const char *parent, struct tree_way *out);

/* Where `office` is on the way; `count`: it is not on it. */
size_t tree_way_find(const struct tree_way *way, const char *office);

/*
 * By their codes alone: may `office` be of a higher level than `below`?
 * What the codes do not say may be.
 */
bool tree_may_be_higher(const char *office, const char *below);

#endif
