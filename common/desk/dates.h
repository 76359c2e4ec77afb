/*
 * dates - the dates that are due for one item, as people are told them: on
 * the slip, in the answer to a query code.
 *
 * Only what runs, and only what an office owes or a petitioner may still ask
 * for; when it was met, stopped or missed is in the list of limits (due).
 *
 * Belongs to the thread of its register.
 */
#ifndef DESK_DATES_H
#define DESK_DATES_H

#include <jansson.h>

struct views;

/*
 * [{"clock", "title_zh", "title_en", "due", "article", "holder",
 *   "provisional"}], soonest first; "holder" is "" where it is the
 * petitioner's own.  Reads the item anew: for a writer.
 */
json_t *dates_of(struct views *v, const char *item);

#endif
