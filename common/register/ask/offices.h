/*
 * ask_offices - what the desk asks about offices, and what they published.
 *
 * Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_OFFICES_H
#define REGISTER_ASK_OFFICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/record.h"

struct views;

/*
 * Is the office enrolled directly below `parent`?  Directly below ourselves
 * is who we said is: a row that names us comes of our own word alone.
 */
bool ask_is_child(struct views *v, const char *office, const char *parent);

/* Those enrolled directly below `parent`, in the order of their codes. */
void ask_walk_children(struct views *v, const char *parent);
/* False: there is no more, and the walk is over. */
bool ask_next_child(struct views *v, char office[static OFFICE_CODE_MAX + 1]);
void ask_stop_children(struct views *v);

/* The name of an office, or its code when no name is known. */
void ask_office_name(struct views *v, const char *office,
    char name[static OFFICE_NAME_MAX + 1]);

/*
 * The newest text of this sort that `office` published and that is in force
 * at `now_ms`, appended to `out`.  False: none.
 */
bool ask_published_text(struct views *v, const char *sort, const char *office,
    int64_t now_ms, struct buffer *out);

#endif
