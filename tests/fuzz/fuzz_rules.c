/*
 * A rule file or a calendar that anybody may have written: it is refused with
 * a sentence, or every question to it has an answer within bounds.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "law/moves/ladder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t moments[] = { INT64_MIN, -1, 0, INT64_C(1709251200000),
	INT64_C(1830297600000), INT64_MAX };

enum {
	MOMENTS = sizeof(moments) / sizeof(moments[0]),
	EVENTS = 2 * MOVE_COUNT,
};

static void
check_fault(enum rc rc, const struct law_fault *fault)
{
	CHECK(rc == RC_MALFORMED || rc == RC_TOO_BIG);
	CHECK(fault->text[0] != '\0');
	CHECK(strlen(fault->text) < LAW_FAULT_MAX);
}

static void
ask_calendar(const struct calendar *c)
{
	CHECK(strlen(calendar_version(c)) <= CALENDAR_VERSION_MAX);
	for (size_t i = 0; i < MOMENTS; i++) {
		int64_t day = calendar_day_of(moments[i], 480);
		bool is_provisional = false;
		int64_t end = calendar_add_working(c, day, 25, &is_provisional);

		CHECK(calendar_working_from(c, end, &is_provisional) == end);
	}
}

static void
ask_limit(const struct rules *r, const struct rules_limit *l,
    const struct calendar *c)
{
	static const struct rules_subject subject = { "LX", "QJ", "C6", "S" };

	(void)rules_apply(r, l, &subject);
	CHECK(l->start != 0 && l->stop != 0);
	CHECK(text_is_utf8(span_of_text(l->title[LANGUAGE_ZH])));
	for (size_t i = 0; i < MOMENTS; i++) {
		bool is_provisional = false;
		struct clock_row row = { .holder = "420106",
			.due_ms = rules_due(r, l, c, moments[i], 30,
			    &is_provisional) };

		CHECK(row.due_ms > calendar_clamp(moments[i]));
		for (size_t k = 0; k < MOMENTS; k++)
			CHECK(ladder_rung(r, c, &row, moments[k]) <= RUNG_GP);
	}
}

static const struct rules *
same_rules(void *context, const char *office, int64_t at_ms)
{
	(void)office;
	(void)at_ms;
	return context;
}

static const struct calendar *
default_calendar(void *context, const char *office, int64_t at_ms)
{
	(void)context;
	(void)office;
	(void)at_ms;
	return calendar_default();
}

/* Every move twice, at moments of no reason. */
static void
ask_clocks(const struct rules *r)
{
	struct life_event events[EVENTS] = { 0 };
	const struct rules_subject subject = { 0 };
	struct clock_row rows[CLOCKS_MAX];
	union {
		const struct rules *in;
		void *out;
	} context = { .in = r };
	const struct clocks_law law = { same_rules, default_calendar,
		context.out };
	size_t count;

	for (size_t i = 0; i < EVENTS; i++) {
		events[i].move = (enum life_move)(i % MOVE_COUNT);
		events[i].claimed_ms = moments[i % MOMENTS];
		events[i].due_ms = moments[(i + 1) % MOMENTS];
		events[i].days = UINT32_MAX;
		events[i].is_applied = true;
		memcpy(events[i].office, "420106", 7);
		memcpy(events[i].to, "420111", 7);
	}
	count = clocks_compute(events, EVENTS, &subject, &law, rows);
	CHECK(count <= CLOCKS_MAX);
	for (size_t i = 0; i < count; i++)
		CHECK(rows[i].round <= CLOCKS_ROUND_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = span_of(data, size);
	struct law_fault fault;
	struct calendar *c;
	struct rules *r;
	enum rc rc = calendar_parse(text, &c, &fault);

	if (rc == RC_OK) {
		ask_calendar(c);
	} else {
		check_fault(rc, &fault);
	}
	calendar_free(c);
	rc = rules_parse(text, &r, &fault);
	if (rc == RC_OK) {
		for (size_t i = 0; i < rules_count(r); i++)
			ask_limit(r, rules_at(r, i), calendar_default());
		ask_clocks(r);
	} else {
		check_fault(rc, &fault);
	}
	rules_free(r);
	return 0;
}
