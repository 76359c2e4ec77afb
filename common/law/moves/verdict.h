/*
 * verdict - what is said of two items: one matter, or not.
 *
 *	LINK	the item belongs to the matter	the hub when it is certain,
 *						or a person
 *	SPLIT	it does not any more		a person
 *	REJECT	it never did			a person
 *	PROPOSE	it may				the hub when it is likely
 *
 * Of one item the last LINK or SPLIT holds; a REJECT or SPLIT keeps the hub
 * from linking or proposing the two again.
 *
 * Pure; any thread.
 */
#ifndef LAW_MOVES_VERDICT_H
#define LAW_MOVES_VERDICT_H

#include <stdbool.h>

/* Literals, so that SQL may repeat them. */
#define VERDICT_LINK_CODE    "LINK"
#define VERDICT_SPLIT_CODE   "SPLIT"
#define VERDICT_REJECT_CODE  "REJECT"
#define VERDICT_PROPOSE_CODE "PROPOSE"

#define VERDICT_LIST(X)                                                        \
	X(VERDICT_LINK, VERDICT_LINK_CODE)                                     \
	X(VERDICT_SPLIT, VERDICT_SPLIT_CODE)                                   \
	X(VERDICT_REJECT, VERDICT_REJECT_CODE)                                 \
	X(VERDICT_PROPOSE, VERDICT_PROPOSE_CODE)

#define X(name, code) name,
enum verdict { VERDICT_LIST(X) VERDICTS };
#undef X

/* "LINK".  Lives for ever. */
const char *verdict_code(enum verdict verdict);
/* VERDICTS: no code of ours. */
enum verdict verdict_of_code(const char *code);

/* LINK, SPLIT: they say to which matter the item belongs. */
bool verdict_regroups(enum verdict verdict);
/* The same, for SQL to say IN. */
#define VERDICTS_REGROUPING_SQL                                                \
	"('" VERDICT_LINK_CODE "', '" VERDICT_SPLIT_CODE "')"

#endif
