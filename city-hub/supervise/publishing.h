/*
 * publishing - rule files, calendars, categories and templates on their way
 * down.
 *
 * What an office publishes is recorded once for everybody above (audience
 * "") and once for each child.  What its own parent published for it, it
 * publishes again as its own, with the same text.  Who must be given what is
 * read from the register (table published), not remembered: each copy is
 * recorded once, whatever was interrupted, and a child that enrols later
 * gets all of it in the same order.  All, because a limit that began under
 * an earlier rule file is counted by that one on every level.
 *
 * A version is one text: the same again is "already", another is refused.
 *
 * Inside the turn's transaction.  Belongs to one thread.
 */
#ifndef SUPERVISE_PUBLISHING_H
#define SUPERVISE_PUBLISHING_H

#include <jansson.h>
#include <stdbool.h>

struct command;
struct office;
struct publishing;
struct relay_entry;
struct reply_writer;

enum {
	PUBLISHING_PER_TURN_MAX = 32, /* records of up to 64 KiB each */
};

struct publishing *publishing_open(struct office *o);
void publishing_close(struct publishing *p); /* NULL is fine */

/* For every record, after the register has it. */
void publishing_on_record(struct publishing *p,
    const struct relay_entry *entry);

/* Record what a child lacks.  True: more is left for the next turn. */
bool publishing_run(struct publishing *p);

/*
 * What was given to `child`: [{"sort", "version", "delivered"}]; delivered:
 * its link has confirmed it.
 */
json_t *publishing_of(struct publishing *p, const char *child);

/* {"outcome": "published"|"already", "sort", "version", "effective"} */
void publishing_handle(struct publishing *p, const struct command *c,
    struct reply_writer *reply);

#endif
