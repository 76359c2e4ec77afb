/*
 * ask_items - what the desk asks about items: numbers, sources, moves, slips.
 *
 * Times are UTC milliseconds.  Answers are copied into the caller's values;
 * spans of a walk are borrowed until its next step.  For a writer and for a
 * reader; belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_ITEMS_H
#define REGISTER_ASK_ITEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "contract/petition.h"

struct views;

/* Does an item, a directive or an escalation bear this number? */
bool ask_number_is_used(struct views *v, const char *number);
bool ask_has_item(struct views *v, const char *item);
/* Is the item kept at this office alone (it reports an office above)? */
bool ask_is_held_back(struct views *v, const char *item);

/* What an arrival of this office became, by where it came from. */
struct ask_source {
	char item[ITEM_NUMBER_MAX + 1];
	int64_t position; /* 0: its row is gone */
};
/* False: nothing came from there. */
bool ask_source(struct views *v, struct span source, struct span source_ref,
    struct ask_source *out);

/* Has `office` made this move (a code) of the item, claimed at this time? */
bool ask_move_was_made(struct views *v, const char *item, const char *office,
    const char *move, int64_t claimed_ms);

/*
 * Has this user of the register's own office withdrawn from the item?  A
 * user's id says something in its own office only.  "" has withdrawn from
 * nothing.
 */
bool ask_is_recused(struct views *v, const char *item, const char *user);

/* What a slip is about: an item that `office` took in. */
struct ask_slip {
	char item[ITEM_NUMBER_MAX + 1];
	char subject[SUBJECT_BYTES_MAX + 1];
	int64_t claimed_ms, recorded_ms;
	uint8_t leaf[HASH_BYTES];
};
/* By the keyed hash of the query code.  False: nobody was given it. */
bool ask_slip(struct views *v, const uint8_t hash[static HASH_BYTES],
    const char *office, struct ask_slip *out);

/*
 * What a petitioner was told in writing about an item: replies, opinions on
 * review, and why it was not accepted, in the order in which they were
 * recorded; also such moves as do not count.  Borrowed.
 */
struct ask_answer {
	const char *office, *opinion, *document, *text, *move;
	int64_t claimed_ms;
	uint32_t incarnation;
	uint64_t sequence;
};
void ask_walk_answers(struct views *v, const char *item);
/* False: there is no more, and the walk is over. */
bool ask_next_answer(struct views *v, struct ask_answer *out);

/* Records that could not be applied. */
uint64_t ask_quarantined(struct views *v);
/* Urgent and major, and nobody has done anything about it (R22 Art 25). */
uint64_t ask_urgent_waiting(struct views *v);

#endif
