/*
 * accused - a report of wrongdoing never reaches whom it is about.
 *
 * Regulations on petition work (2022), Article 30.  Three things follow for
 * an office that takes in a report (what it may be given to is judged where
 * it is forwarded):
 *
 *	about this office      it is not taken in here
 *	about an office above  it is taken in, but never climbs: it is
 *	                       recorded for this office alone (audience: its
 *	                       own code), and no link carries that stream
 *	about any other        as every petition
 *
 * Pure, but for accused_audience; any thread.
 */
#ifndef DESK_ACCUSED_H
#define DESK_ACCUSED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "contract/petition.h"
#include "office/office.h"

/* Is `office` among the accused? */
bool accused_has(const struct intake *intake, const char *office);

/*
 * Must it stay here?  One of the accused is above this office: its parent,
 * or by codes above that or above its own.
 */
bool accused_holds_back(const struct office_settings *own,
    const struct intake *intake);

/*
 * The first office above all of the accused that are above this one.
 * RC_NONE: the codes do not say it; `out` is "".
 */
MUST_USE enum rc accused_hand_to(const struct office_settings *own,
    const struct intake *intake, char out[static OFFICE_CODE_MAX + 1]);

/* Why this office does not take a report about itself: a sentence. */
void accused_say_us(const struct office_settings *own, enum language language,
    char out[static SAY_TEXT_MAX]);

/*
 * For whom records about `item` are: "" (everybody above), or this office's
 * own code when the item is kept here alone.  Lives as long as the office.
 */
const char *accused_audience(struct office *o, const char *item);

/*
 * Is the item kept here alone?  Then it is forwarded to nobody, is a matter
 * by itself, and no record for others names it.
 */
bool accused_keeps_here(struct office *o, const char *item);

#endif
