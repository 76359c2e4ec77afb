/*
 * ask_matters - what a hub asks to group arrivals, and to forward records.
 *
 * What a walk gives is borrowed until its next step; a walk is over when it
 * says false, or is stopped.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_MATTERS_H
#define REGISTER_ASK_MATTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "contract/limits.h"
#include "contract/record.h"

struct views;

/* Was the last word about the two, in either direction, that they differ? */
bool ask_is_ruled_out(struct views *v, const char *item, const char *other);
/* Has anybody said anything about this item and this matter? */
bool ask_is_proposed(struct views *v, const char *item, const char *matter);
/* What the item points to, which a split takes back.  False: to nothing. */
bool ask_link(struct views *v, const char *item,
    char target[static ITEM_NUMBER_MAX + 1]);

/* What makes arrivals look alike.  Texts may be "". */
struct ask_likeness {
	uint64_t position;
	const char *item, *office, *earlier_item, *category;
	int64_t claimed_ms; /* UTC */
	struct span person_key, subject, text, place;
};
/* The arrivals at positions `from` to `to`, both included, in their order. */
void ask_walk_arrivals(struct views *v, uint64_t from, uint64_t to);
bool ask_next_arrival(struct views *v, struct ask_likeness *out);
void ask_stop_arrivals(struct views *v);

/* One record about an item, by its stream and its place here. */
struct ask_piece {
	uint64_t position;
	char origin[OFFICE_CODE_MAX + 1];
	uint32_t incarnation;
	char audience[OFFICE_CODE_MAX + 1];
	uint64_t sequence;
	int64_t recorded_ms; /* by its office: two may stand at one place */
	bool is_move;
	char other[ITEM_NUMBER_MAX + 1]; /* that it names as well, or "" */
};
/*
 * Its arrival, moves, links and splits that are for everybody above their
 * office, in the order of their positions.
 */
void ask_walk_pieces(struct views *v, const char *item);
bool ask_next_piece(struct views *v, struct ask_piece *out);
void ask_stop_pieces(struct views *v);
/* Did we forward this record to the child before? */
bool ask_was_forwarded(struct views *v, const struct ask_piece *p,
    const char *child);

/* The offices that an item reports. */
void ask_walk_accused(struct views *v, const char *item);
bool ask_next_accused(struct views *v, char office[static OFFICE_CODE_MAX + 1]);
void ask_stop_accused(struct views *v);

#endif
