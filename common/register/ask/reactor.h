/*
 * ask_reactor - what the wiring of supervision asks: what came of a row of the
 * journal, and which items that touches.
 *
 * Lists of items may be long: those that are read by pages give at most `max`
 * of them, in the order of their numbers, behind the number `behind` ("": from
 * the first), each once.  Fewer than `max`: the end.  Answers are copied into
 * the caller's values.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_REACTOR_H
#define REGISTER_ASK_REACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/limits.h"
#include "register/ask/events.h"

struct views;

/*
 * The event of the row at `position`, as the register took it in; `kind` is
 * event_kind_of that row, not EVENT_NONE.  False: nothing was taken in there.
 */
bool ask_event(struct views *v, uint64_t position, enum event_kind kind,
    struct event *out);

/* Did anybody say anything about the item: a move, a link, an escalation? */
bool ask_is_mentioned(struct views *v, const char *item);

/* The items of a matter, in no order: at most `max`.  The count. */
size_t ask_matter_items(struct views *v, const char *matter,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max);
/* Those of them that `office` recorded and no escalation tells of. */
size_t ask_unescalated(struct views *v, const char *matter, const char *office,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max);
/*
 * The items that this one was ever linked with or split from, the newest
 * first: at most `max`.  The count; `*words` is how often that was said of
 * those.
 */
size_t ask_linked_items(struct views *v, const char *item,
    char (*others)[ITEM_NUMBER_MAX + 1], size_t max, uint64_t *words);

/* Did any addressee of this directive receive it? */
bool ask_is_delivered(struct views *v, const char *id);
/* By pages: items and matters that the directive or notice is about. */
size_t ask_items_of_notice(struct views *v, const char *id, const char *behind,
    char (*items)[ITEM_NUMBER_MAX + 1], size_t max);
/*
 * By pages: items that the office, or one below it, has to do with: that were
 * sent to it, are its own and were moved or linked, are its responsibility, or
 * whose escalation it is notified of.
 */
size_t ask_items_of_office(struct views *v, const char *office,
    const char *behind, char (*items)[ITEM_NUMBER_MAX + 1], size_t max);

#endif
