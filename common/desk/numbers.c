/*
 * numbers - the next number of an item, a directive, an escalation.
 *
 * The counter is a value of the journal, so it stands where the records stand
 * that used it.  After a lost disk it may begin again below numbers that come
 * back from above: what the register has already is passed over.
 */
#include "desk/numbers.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "office/office.h"
#include "register/ask/items.h"
#include "relay/journal.h"

static const char *const counters[] = {
	[NUMBER_ITEM] = "item",
	[NUMBER_DIRECTIVE] = "directive",
	[NUMBER_ESCALATION] = "escalation",
};

void
desk_next_number(struct office *o, enum number_kind kind,
    struct desk_number *out)
{
	struct item_number next = { .kind = kind,
		.year = clock_year(o->now.wall_ms) };
	uint32_t incarnation = relay_incarnation(o->relay);
	enum rc rc =
	    text_format(out->counter, sizeof(out->counter), "serial.%s.%d.%u",
		counters[kind], next.year, (unsigned)incarnation);

	CHECK(rc == RC_OK);
	memcpy(next.office, o->settings.office, sizeof(next.office));
	out->serial = journal_get_u64(o->journal, out->counter, 0);
	do {
		next.serial = (uint32_t)++out->serial;
		item_number_format(&next, incarnation, out->text);
	} while (ask_number_is_used(o->views, out->text));
}

void
desk_number_used(struct office *o, const struct desk_number *n)
{
	journal_put_u64(o->journal, n->counter, n->serial);
}
