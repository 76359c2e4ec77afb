/*
 * involved - which offices an item involves, and whose word about it counts.
 *
 * Any office that is linked to us can write any item number into a move.
 * What counts is what comes from an office that the item has to do with:
 *
 *	as what		who				word	sends it
 *	home		the office that the number names	counts	counts
 *	sent		whom it was sent to, by an office
 *			that may send it		counts	counts
 *	above		above one that is home or sent	counts	counts
 *	notified	an escalation of it names it	counts	ignored
 *	above notified	above one that is notified	counts	ignored
 *	not ours	an office that is not below us	counts	counts
 *	not involved	everybody else			ignored	ignored
 *
 * The same everywhere.  A hub knows the tree below itself, and judges what
 * comes from there: every office that is at or below the first hub above all
 * involved ones is below that hub.  Of all others it has only what its parent
 * forwarded to it, and the parent forwards only what counts for itself.  So
 * of an office that is not below us everything counts here: that was judged
 * above, by the same rule, by somebody who knows it.  An office that lacks
 * some of the records ignores more until they come.
 *
 * How it is asked: involved_begin, then every sending by an office that
 * involved_may_send, again and again until a round adds nobody, since each
 * round may let somebody send it who could not before; then those who are
 * notified.
 *
 * Bounded: INVOLVED_MAX offices; what comes behind them is ignored, in the
 * order of the codes within a round, so for everybody the same ones.
 *
 * Pure; the thread that owns the tree.
 */
#ifndef LAW_OFFICES_INVOLVED_H
#define LAW_OFFICES_INVOLVED_H

#include <stdbool.h>
#include <stddef.h>

#include "contract/record.h"

struct tree;

enum { INVOLVED_MAX = 64 };

struct involved {
	char offices[INVOLVED_MAX][OFFICE_CODE_MAX + 1];
	size_t count;
	size_t sent_count; /* the first so many: home and sent */
	bool has_home;     /* the first one is home */
};

enum involved_part {
	INVOLVED_HOME,
	INVOLVED_SENT,
	INVOLVED_ABOVE,
	INVOLVED_NOTIFIED,
	INVOLVED_ABOVE_NOTIFIED,
	INVOLVED_NOT_OURS,
	INVOLVED_NOT,
	INVOLVED_PARTS
};

/* The home office alone.  `item` that is no number: nobody. */
void involved_begin(struct involved *in, const char *item);
/* It was sent to `office`, by one that may send it; before any notification. */
void involved_add_sent(struct involved *in, const char *office);
void involved_add_notified(struct involved *in, const char *office);

/* As what the item involves an office, as far as it is known so far. */
enum involved_part involved_as(const struct involved *in, const struct tree *t,
    const char *office);
/* Does what this office says about the item count? */
bool involved_counts(const struct involved *in, const struct tree *t,
    const char *office);
/* Does it involve others when this office sends it to them? */
bool involved_may_send(const struct involved *in, const struct tree *t,
    const char *office);

#endif
