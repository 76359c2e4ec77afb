/*
 * naive - the statutory limits, worked out once more and simply.
 *
 * From the records of the whole world, as they lie on the disks, and by the
 * text of the Regulations (2022) as the tables of the trade repeat it; it
 * shares nothing with law/clocks.c but which moves counted and the list of
 * working days.
 */
#ifndef SIM_NAIVE_H
#define SIM_NAIVE_H

#include "world.h"

/* The clocks at `top`, which hears of everything, are these. */
void check_clocks(const struct node *top, struct world *w);

#endif
