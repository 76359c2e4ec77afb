/*
 * ask_directives - what the desk asks about directives and notices.
 *
 * Times are UTC milliseconds, 0: none.  Answers are copied into the caller's
 * values.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_DIRECTIVES_H
#define REGISTER_ASK_DIRECTIVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "contract/directive.h"

struct views;

/* Where a directive stands at one addressee. */
struct ask_standing {
	char office[OFFICE_CODE_MAX + 1];
	char status[CODE_MAX + 1];
	int64_t due_ms;   /* in force now */
	int64_t asked_ms; /* that the addressee asks for */
};

/*
 * One addressee of the directive, or all of them when `only` is "", in the
 * order of their codes: at most DIRECTIVE_TO_MAX, for which `out` has room.
 * The count.
 */
size_t ask_standing(struct views *v, const char *id, const char *only,
    struct ask_standing *out);

/* Kind, item and matter of the directive.  False: nobody issued it here. */
bool ask_directive(struct views *v, const char *id, struct directive *out);

/*
 * A draft but for its addressees; `text` receives the words, which
 * `out->text` borrows.  False: no draft.
 */
bool ask_draft(struct views *v, const char *id, struct directive *out,
    struct buffer *text);

/* Did `office` issue it, and is it no draft any more? */
bool ask_is_sent(struct views *v, const char *id, const char *office);
/* Did it go to this office? */
bool ask_is_addressed(struct views *v, const char *id, const char *office);

/*
 * The office that the notice of an escalation is about; `own` when there are
 * several and that is one of them.  False: no such notice.
 */
bool ask_notice_office(struct views *v, const char *id, const char *own,
    char office[static OFFICE_CODE_MAX + 1]);

/* The items that its revisions name.  `lower` may be "". */
struct ask_notice_items {
	char item[ITEM_NUMBER_MAX + 1], lower[ITEM_NUMBER_MAX + 1];
};
void ask_walk_notice_items(struct views *v, const char *id);
/* False: there is no more, and the walk is over. */
bool ask_next_notice_items(struct views *v, struct ask_notice_items *out);
void ask_stop_notice_items(struct views *v);

#endif
