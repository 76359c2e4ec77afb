/*
 * escalation - an item of ours tells that a matter of an office below went
 * up: judge what that office had done, and tell it at once.
 *
 * The judgement is law/escalation_core.h's; here its facts are gathered from
 * the register, as they were when the item was recorded.  When records come
 * later that change the picture (an offline office had registered after all)
 * it is judged again, and a changed judgement is a new revision: both stay.
 *
 * The notice is the record itself, in the stream for the child on the way to
 * that office; its receipt, acknowledgement and answer are steps as those of
 * a directive, under the escalation's number.
 *
 * Reactors (reactor.h).  Inside the turn's transaction.  One thread.
 */
#ifndef SUPERVISE_ESCALATION_H
#define SUPERVISE_ESCALATION_H

struct office;
struct roster;

enum {
	ESCALATION_LOWER_MAX = 64, /* items of the office below that count */
	ESCALATION_REVISIONS_MAX = 200, /* then the last one stands */
	ESCALATION_AGAIN_MAX = 256,     /* judged again because of one record */
};

/* `item` was recorded by us; nothing happens when it is no escalation. */
void escalation_of_item(struct office *o, const struct roster *r,
    const char *item);
/* Something of this item, or of its matter, changed. */
void escalation_again(struct office *o, const struct roster *r,
    const char *item);

#endif
