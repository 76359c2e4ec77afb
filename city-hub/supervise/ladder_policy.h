/*
 * ladder_policy - a hub that supervises by itself.
 *
 * office.ini says how far (supervise_policy = none, remind, CB or DB): every
 * limit of a child that has reached a rung gets a directive of it, once, in
 * this office's name, ground G1, words from the templates.  Never GP, never
 * to an office that the item reports, never past a child: what lies further
 * down is that child's to supervise.
 *
 * One pass over the open limits a minute, a page in each turn; after a crash
 * the pass begins again and the records say what was sent.
 *
 * Inside the turn's transaction.  Belongs to one thread.
 */
#ifndef SUPERVISE_LADDER_POLICY_H
#define SUPERVISE_LADDER_POLICY_H

#include <stdbool.h>
#include <stdint.h>

#include "register/ask/supervise.h"

struct office;

enum {
	LADDER_EVERY_MS = 60 * 1000, /* between two passes */
	LADDER_PER_TURN_MAX = SUPERVISE_PAGE,
};

/* All zero at first. */
struct ladder_policy {
	struct supervise_cursor cursor;
	int64_t next_ms; /* steady: when the next pass begins */
};

/* A page of a pass, when it is time.  True: more is left. */
bool ladder_policy_run(struct ladder_policy *p, struct office *o);

#endif
