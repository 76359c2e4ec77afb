/*
 * desk_number - the next number of an item, a directive, an escalation.
 *
 * Dense per office, year and incarnation: the counter moves in the same
 * transaction as the record that uses the number.
 */
#ifndef DESK_NUMBERS_H
#define DESK_NUMBERS_H

#include <stdint.h>

#include "petition/item_number.h"

struct office;

/*
 * The next number of this office, year and incarnation; the caller says
 * whether it was used (desk_number_used), so that refusals cost none.
 */
struct desk_number {
	char counter[64]; /* name of the journal's value */
	uint64_t serial;
	char text[ITEM_NUMBER_MAX + 1];
};

void desk_next_number(struct office *o, enum number_kind kind,
    struct desk_number *out);
void desk_number_used(struct office *o, const struct desk_number *n);

#endif
