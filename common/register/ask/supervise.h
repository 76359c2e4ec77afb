/*
 * supervise - which rung of the ladder is due for which limit.
 *
 * Every open limit that ends within SUPERVISE_AHEAD_DAYS or has ended, is
 * held by an office below, and has by its rule file reached a rung
 * (law/moves/ladder.h, which also says what covers one).  Nothing is
 * remembered: what is due follows from the records.
 *
 * Read in pages, so that no turn takes long.  For the hub that supervises by
 * itself and for the lists that people read (documents/supervise.h).
 *
 * Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_SUPERVISE_H
#define REGISTER_ASK_SUPERVISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "law/moves/ladder.h"

struct views;

enum {
	SUPERVISE_AHEAD_DAYS = 31, /* reminders earlier than this are not */
	SUPERVISE_PAGE = 64,       /* limits looked at at once */
};

struct supervise_row {
	char item[ITEM_NUMBER_MAX + 1];
	char clock[RULES_NAME_MAX + 1];
	unsigned round;
	char holder[OFFICE_CODE_MAX + 1];
	char to[OFFICE_CODE_MAX + 1]; /* our child on the way to the holder */
	int64_t due_ms;
	int64_t days_over; /* < 0: days that are left */
	enum rung rung;
	bool is_covered;
	/* It, or who lies between, was reported: send nothing. */
	bool is_barred;
};

/* Where the reading stands; all zero: the beginning. */
struct supervise_cursor {
	int64_t due_ms;
	char item[ITEM_NUMBER_MAX + 1];
	char clock[RULES_NAME_MAX + 1];
	unsigned round;
	bool is_begun;
	bool is_end;
};

/*
 * Look at the next limits, the oldest first, as they stand at `now_ms` for the
 * office `own`.  A rung above `most` counts as `most`.  Returns how many rows
 * were written: those that have a rung.
 */
size_t supervise_page(struct views *v, const char *own, int64_t now_ms,
    enum rung most, struct supervise_cursor *cursor,
    struct supervise_row out[static SUPERVISE_PAGE]);

#endif
