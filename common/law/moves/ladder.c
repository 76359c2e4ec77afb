/*
 * ladder - from a missed limit to the rung it has reached.
 *
 * A rung comes at a moment: the beginning of the n-th day behind the limit, as
 * the rule file counts days.  Whether something was done about it is read off
 * the directives that were issued, one by one; nothing is remembered, so a
 * directive that comes late still covers what it is about.
 */
#include "law/moves/ladder.h"

#include <string.h>

static const char *const kinds[] = {
	[RUNG_NONE] = "",
	[RUNG_REMIND] = "CB",
	[RUNG_CB] = "CB",
	[RUNG_DB] = "DB",
	[RUNG_GP] = "GP",
};

enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS };

/*
 * When what is due `amount` units after the limit has come: the moment at
 * which that day begins.
 */
static int64_t
comes_ms(const struct rules *r, const struct calendar *c, int64_t due_ms,
    unsigned amount)
{
	int offset_min = rules_offset_min(r);
	int64_t day = calendar_day_of(due_ms, offset_min);
	bool is_provisional = false;

	if (rules_ladder(r)->unit == RULES_HOUR)
		return due_ms + (int64_t)amount * HOUR_MS;
	if (rules_ladder(r)->unit == RULES_WORKING_DAY) {
		day = calendar_add_working(c, day, amount, &is_provisional);
	} else {
		day += amount;
	}
	return calendar_end_of(day - 1, offset_min) + 1;
}

static bool
has_come(const struct rules *r, const struct calendar *c, int64_t due_ms,
    unsigned amount, int64_t now_ms)
{
	return amount > 0 && now_ms >= comes_ms(r, c, due_ms, amount);
}

/* Before the end, and near enough to it for a reminder. */
static bool
is_near(const struct rules_ladder *l, int64_t due_ms, int64_t now_ms)
{
	int64_t unit_ms = l->unit == RULES_HOUR ? HOUR_MS : DAY_MS;

	return l->remind_before > 0 &&
	       now_ms > due_ms - (int64_t)l->remind_before * unit_ms;
}

enum rung
ladder_rung(const struct rules *r, const struct calendar *c,
    const struct clock_row *clock, int64_t now_ms)
{
	const struct rules_ladder *l = rules_ladder(r);

	if (clock->met_ms != 0 || clock->stopped_ms != 0 ||
	    clock->holder[0] == '\0')
		return RUNG_NONE;
	if (now_ms <= clock->due_ms) {
		return is_near(l, clock->due_ms, now_ms) ? RUNG_REMIND
							 : RUNG_NONE;
	}
	if (has_come(r, c, clock->due_ms, l->list, now_ms))
		return RUNG_GP;
	if (has_come(r, c, clock->due_ms, l->supervise, now_ms))
		return RUNG_DB;
	if (has_come(r, c, clock->due_ms, l->reminder, now_ms))
		return RUNG_CB;
	return RUNG_NONE;
}

bool
ladder_covers(const struct ladder_issued *d, enum rung rung, const char *clock,
    int64_t start_ms, int64_t due_ms)
{
	enum rung sent = ladder_of_kind(d->kind);
	bool is_reminder = sent == RUNG_CB && d->recorded_ms <= due_ms;

	if (d->is_draft || d->recorded_ms < start_ms || sent == RUNG_NONE ||
	    (d->clock[0] != '\0' && strcmp(d->clock, clock) != 0))
		return false;
	return rung == RUNG_REMIND || (sent >= rung && !is_reminder);
}

const char *
ladder_kind(enum rung rung)
{
	return kinds[rung];
}

enum rung
ladder_of_kind(const char *kind)
{
	for (enum rung rung = RUNG_CB; rung <= RUNG_GP; rung++) {
		if (strcmp(kinds[rung], kind) == 0)
			return rung;
	}
	return RUNG_NONE;
}
