/*
 * clocks - every statutory limit of one item: what it is, who holds it, when
 * it ends, whether it was met.
 *
 * Computed from the item's applied events (lifecycle.h) and the rule set in
 * force at each start event; nothing here depends on the time of day.
 *
 *	- A clock starts with its start event, as claimed, and is met by the
 *	  first stop event.
 *	- It is stopped (neither met nor missed) when the item is withdrawn or
 *	  merged, or by what the limit says ends it: an objection, a forward
 *	  to somebody else.  Stopped after its end it stays missed.
 *	- An unmerge takes the merge back: what that stopped runs on to the
 *	  same end.
 *	- A limit that starts again (a second forward) gives another clock,
 *	  `round` counts them; the earlier one stays as it was.  While a clock
 *	  of the same limit and holder still runs none is begun: a second
 *	  acceptance gains no time.
 *	- MOVE_EXTEND lengthens an extendable clock once, by no more than the
 *	  limit allows, and not after its end; hearings lengthen likewise.
 *	- A date set by the move that sent the item (assign) binds the
 *	  addressee even when it passes the item on.  After a refused
 *	  objection it is later by the time that the objection waited.
 *	- No clock runs because a petitioner is silent, and what is the
 *	  petitioner's or an office's right has no holder: nobody is late.
 *
 * Moments are clamped as in calendar.h.
 *
 * Pure; any thread.
 */
#ifndef LAW_LIMITS_CLOCKS_H
#define LAW_LIMITS_CLOCKS_H

#include "law/limits/rules.h"

enum {
	CLOCKS_MAX = 48,      /* of one item */
	CLOCKS_ROUND_MAX = 8, /* of one limit; later ones are not begun */
};

enum clock_state { CLOCK_RUNNING, CLOCK_MET, CLOCK_MISSED, CLOCK_STOPPED };

struct clock_row {
	char name[RULES_NAME_MAX + 1]; /* of the limit */
	unsigned round;                /* from 1 */
	enum life_move start;
	int64_t start_ms; /* as claimed */
	int64_t started_recorded_ms;
	int64_t due_ms; /* last millisecond */
	int64_t met_ms; /* as claimed; 0: not met */
	int64_t met_recorded_ms;
	int64_t stopped_ms;               /* 0: not stopped */
	unsigned extra_days;              /* extension, hearings */
	char holder[OFFICE_CODE_MAX + 1]; /* "": the petitioner's, nobody's */
	char rules[RULES_VERSION_MAX + 1];
	char calendar[CALENDAR_VERSION_MAX + 1];
	char article[RULES_ARTICLE_MAX + 1];
	enum rules_unit unit;
	unsigned amount;
	enum rules_holder held_by; /* whose right it is when holder is "" */
	bool is_provisional;
};

/*
 * Which rule set and calendar hold for `office` at a moment; never NULL, and
 * both live until clocks_compute returns.
 */
struct clocks_law {
	const struct rules *(
	    *rules)(void *context, const char *office, int64_t at_ms);
	const struct calendar *(
	    *calendar)(void *context, const char *office, int64_t at_ms);
	void *context;
};

/* `events` as life_fold left them.  Returns how many rows were written. */
size_t clocks_compute(const struct life_event *events, size_t count,
    const struct rules_subject *subject, const struct clocks_law *law,
    struct clock_row out[static CLOCKS_MAX]);

/*
 * Missed: not met by its end, or met or stopped too late.  What happens after
 * `now_ms`, as claimed, has not happened yet.
 */
enum clock_state clock_state_at(const struct clock_row *c, int64_t now_ms);
/*
 * Days from today to the day of the end, in the zone of the rules; 0: today,
 * < 0: past, by the hour too.
 */
int64_t clock_days_left(const struct clock_row *c, int64_t now_ms,
    int offset_min);
const char *clock_state_word(enum clock_state s); /* "running" ... */

#endif
