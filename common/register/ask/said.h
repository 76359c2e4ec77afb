/*
 * ask_said - what a hub whose disk was replaced asks: do we still hold what
 * we had said?
 *
 * A record is known by where it was first said and when, whatever carries it
 * now.  Belongs to the thread of its register.
 */
#ifndef REGISTER_ASK_SAID_H
#define REGISTER_ASK_SAID_H

#include <stdbool.h>

#include "contract/record.h"
#include "contract/supervision.h"

struct views;

/*
 * Is a record that `office` said to everybody here?  An arrival is known by
 * its number and its time.  True as well for an arrival that cannot be read
 * and for kinds that are not asked about.  `said` must have a sequence up to
 * INT64_MAX; an unpacked payload is gone afterwards.
 */
bool ask_is_said(struct views *v, const char *office,
    const struct record *said);

/*
 * Is this revision of an escalation here as it is said to everybody, or as it
 * is said to the child on the way to its office (`to_all` false)?
 */
bool ask_is_notice_said(struct views *v, const struct escalated *e,
    bool to_all);

#endif
