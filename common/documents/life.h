/*
 * life - where an item stands, how it came there, and who answered for it.
 *
 *	state, state_since, holder, holder_since, holders: [{office, since,
 *	until}], pending, extended, rating, opinion, outcome, merged_into,
 *	crossed (moves that did not count where they came)
 *	moves: [{office, code, move, to, due_at, days, opinion, outcome,
 *	rating, other, text, document, cause, approver, person, role, user,
 *	claimed_at, recorded_at, received_at, counted, state, holder}]; the
 *	last two are where the move led, null when it was not folded
 *
 * Folded when it is asked for: it says what all that is known now comes to,
 * however far the lists are behind.
 */
#ifndef DOCUMENTS_LIFE_H
#define DOCUMENTS_LIFE_H

#include "documents/reading.h"

/* A document with these members; NULL: no such item here. */
json_t *documents_life(const struct reading *r, const char *item);

#endif
