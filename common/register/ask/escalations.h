/*
 * ask_escalations - what a hub asks to judge an escalation.
 *
 * The items of a matter are the one that it is named after, and those that
 * are grouped with it.  Times are UTC milliseconds, 0: none.  Answers are
 * copied into the caller's values.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_ESCALATIONS_H
#define REGISTER_ASK_ESCALATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/petition.h"
#include "contract/supervision.h"

struct views;

/* An item as the office that recorded it took it in. */
struct ask_arrival {
	char item[ITEM_NUMBER_MAX + 1];
	char matter[ITEM_NUMBER_MAX + 1];
	char level; /* at which it arrived, N P C D T V */
	char channel[CODE_MAX + 1];
	char category[CODE_MAX + 1];
	char responsible[OFFICE_CODE_MAX + 1]; /* "": not said */
	uint32_t heads;
	int64_t recorded_ms;
};
/* False: `office` recorded no such item. */
bool ask_arrival(struct views *v, const char *item, const char *office,
    struct ask_arrival *out);

/*
 * Who below has the matter: the office in the tree, other than `own`, that
 * recorded an item of it last.  False: nobody.
 */
bool ask_matter_office(struct views *v, const char *matter, const char *own,
    char office[static OFFICE_CODE_MAX + 1]);

/*
 * Items of the arrival's matter, without itself, that the office recorded or
 * was sent, by their numbers: at most `max`.  The count.
 */
size_t ask_lower_items(struct views *v, const struct ask_arrival *a,
    const char *office, char (*items)[ITEM_NUMBER_MAX + 1], size_t max);

/*
 * When something about the matter was first delivered to the office: a notice
 * of another item, or a directive.
 */
int64_t ask_notified_ms(struct views *v, const struct ask_arrival *a,
    const char *office);

/* Which arrival of its matter at this office, level and channel it is, from 1. */
uint32_t ask_batch(struct views *v, const struct ask_arrival *a,
    const char *office);

/* Has `office` judged the item already? */
bool ask_is_escalated(struct views *v, const char *item, const char *office);

/*
 * The newest finding of `office` about each item of the matter, by their
 * numbers: at most `max`.  The count.
 */
size_t ask_findings(struct views *v, const char *matter, const char *office,
    struct escalated *out, size_t max);

#endif
