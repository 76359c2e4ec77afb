/* supervise, lawbook - which rung, whose way, who is spared; and which file
 * holds when it comes late, or twice. */
#include "mech/db.h"
#include "register/ask/supervise.h"
#include "register/lawbook.h"
#include "register/views.h"
#include "relay/journal.h"

#include "support/office_dir.h"

#define DAY INT64_C(86400000)
#define T0  INT64_C(1767196800000) /* 2026-01-01 in Beijing */
#define END (T0 + 20 * DAY - 1)
#define OWN "420100"

static const struct office_trade trade = {
	.program = "city-hub",
	.has_children = true,
};

static const char rules_text[] =
    "[rules]\nname = t\nversion = %d\neffective = %s\n"
    "utc_offset = +08:00\nrest_day_end = keep\n"
    "[limit.handle]\ntitle_zh = 办\ntitle_en = h\narticle = a\n"
    "start = register\nstop = reply\nlimit = 20\nunit = day\n"
    "holder = recorder\n"
    "[ladder]\nremind_before = 5\nCB = 1\nDB = 10\nGP = 30\nunit = day\n"
    "suggestion_days = 30\n";

static struct office *
begin(void **state)
{
	struct office *o =
	    office_dir_office(*state, &trade, OWN, "tcp://127.0.0.1:17998");

	views_begin(o->views);
	return o;
}

static void
end(struct office *o)
{
	views_rollback(o->views);
	office_close(o);
}

static void
put(struct office *o, const char *format, ...)
{
	char sql[4096];
	va_list args;

	va_start(args, format);
	assert_true(
	    vsnprintf(sql, sizeof(sql), format, args) < (int)sizeof(sql));
	va_end(args);
	db_do(views_db(o->views), sql);
}

static void
/* NOLINTNEXTLINE(readability-function-size): a row, as a line of a table */
publish(struct office *o, int position, const char *audience, int version,
    const char *effective, int64_t effective_ms, int64_t recorded_ms)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), rules_text, version, effective);
	put(o,
	    "INSERT INTO published VALUES (%d, '" OWN "', 1, '%s', %d,"
	    " 'RULES', 't %d', %lld, '%s', 0, %lld, 0, '', '')",
	    position, audience, position, version, (long long)effective_ms,
	    text, (long long)recorded_ms);
	lawbook_forget(views_lawbook(o->views));
}

static void
put_office(struct office *o, const char *code, const char *parent)
{
	put(o,
	    "INSERT INTO office VALUES ('%s', 'n', zeroblob(32), '%s',"
	    " 'enrolled', 0)",
	    code, parent);
}

static void
put_clock(struct office *o, const char *item, const char *holder)
{
	put(o,
	    "INSERT INTO clock VALUES ('%s', 'handle', 1, 'REG', %lld, %lld, 0,"
	    " 0, 0, 0, 0, '%s', 't 1', 'c', 'a', 0, 20, 0)",
	    item, (long long)T0, (long long)END, holder);
}

static void
/* NOLINTNEXTLINE(readability-function-size): a row, as a line of a table */
put_directive(struct office *o, int position, const char *item,
    const char *kind, const char *clock, int64_t recorded_ms,
    const char *audience)
{
	put(o,
	    "INSERT INTO directive_issue VALUES (%d, '" OWN "', 1, '%s', %d,"
	    " 'D', '%s', '%s', '', 0, '', '', '', '%s', '', 0, %lld, 0, '', '',"
	    " zeroblob(32))",
	    position, audience, position, kind, item, clock,
	    (long long)recorded_ms);
}

static size_t
page(struct office *o, int64_t now_ms, enum rung most,
    struct supervise_row *rows)
{
	struct supervise_cursor cursor = { 0 };
	size_t count =
	    supervise_page(o->views, OWN, now_ms, most, &cursor, rows);

	assert_true(cursor.is_end);
	return count;
}

static void
rung_is(struct office *o, int64_t now_ms, enum rung rung, bool is_covered)
{
	struct supervise_row rows[SUPERVISE_PAGE];

	assert_int_equal(page(o, now_ms, RUNG_GP, rows), 1);
	assert_int_equal(rows[0].rung, rung);
	assert_int_equal(rows[0].is_covered, is_covered);
}

TEST_WITH(test_rungs_and_cover, office_dir_make, office_dir_remove)
{
	struct office *o = begin(state);
	struct supervise_row rows[SUPERVISE_PAGE];

	publish(o, 1, "", 1, "2020-01-01", T0 - 2000 * DAY, T0);
	put_office(o, "420106", OWN);
	put_clock(o, "A", "420106");
	assert_int_equal(page(o, T0, RUNG_GP, rows), 0);
	rung_is(o, END - DAY, RUNG_REMIND, false);
	rung_is(o, END + 2 * DAY, RUNG_CB, false);
	rung_is(o, END + 11 * DAY, RUNG_DB, false);
	rung_is(o, END + 31 * DAY, RUNG_GP, false);
	assert_int_equal(page(o, END + 31 * DAY, RUNG_CB, rows), 1);
	assert_int_equal(rows[0].rung, RUNG_CB);
	/* Before it began, a draft, another limit: these do not count. */
	put_directive(o, 1, "A", "GP", "handle", T0 - 1, "");
	put_directive(o, 2, "A", "GP", "handle", END, OWN);
	put_directive(o, 3, "A", "GP", "notice", END, "");
	put_directive(o, 4, "B", "GP", "handle", END, "");
	rung_is(o, END - DAY, RUNG_REMIND, false);
	put_directive(o, 5, "A", "CB", "handle", END - DAY, "");
	rung_is(o, END - DAY, RUNG_REMIND, true);
	rung_is(o, END + 2 * DAY, RUNG_CB, false);
	put_directive(o, 6, "A", "DB", "", END + 2 * DAY, "");
	rung_is(o, END + 2 * DAY, RUNG_CB, true);
	rung_is(o, END + 11 * DAY, RUNG_DB, true);
	rung_is(o, END + 31 * DAY, RUNG_GP, false);
	end(o);
}

TEST_WITH(test_ways_and_reports, office_dir_make, office_dir_remove)
{
	struct office *o = begin(state);
	struct supervise_row rows[SUPERVISE_PAGE];

	publish(o, 1, "", 1, "2020-01-01", T0 - 2000 * DAY, T0);
	put_office(o, "420106", OWN);
	put_office(o, "420106003", "420106");
	put_clock(o, "A", "420106003"); /* further down */
	put_clock(o, "B", OWN);         /* ours */
	put_clock(o, "C", "420999");    /* nobody's below us */
	put_clock(o, "D", "420106003"); /* reports who lies between */
	put(o, "INSERT INTO petition_accused VALUES ('D', '420106', '', 1)");
	assert_int_equal(page(o, END + 2 * DAY, RUNG_GP, rows), 2);
	assert_string_equal(rows[0].item, "A");
	assert_string_equal(rows[0].to, "420106");
	assert_string_equal(rows[0].holder, "420106003");
	assert_false(rows[0].is_barred);
	assert_string_equal(rows[1].item, "D");
	assert_true(rows[1].is_barred);
	end(o);
}

TEST_WITH(test_pages, office_dir_make, office_dir_remove)
{
	struct office *o = begin(state);
	struct supervise_row rows[SUPERVISE_PAGE];
	struct supervise_cursor cursor = { 0 };
	size_t all = 0;
	char item[16];

	publish(o, 1, "", 1, "2020-01-01", T0 - 2000 * DAY, T0);
	put_office(o, "420106", OWN);
	for (int i = 0; i < 3 * SUPERVISE_PAGE; i++) {
		(void)snprintf(item, sizeof(item), "I%04d", i);
		put_clock(o, item, "420106");
	}
	while (!cursor.is_end) {
		size_t count = supervise_page(o->views, OWN, END + 2 * DAY,
		    RUNG_GP, &cursor, rows);

		for (size_t i = 0; i < count; i++, all++) {
			(void)snprintf(item, sizeof(item), "I%04zu", all);
			assert_string_equal(rows[i].item, item);
		}
	}
	assert_int_equal(all, 3 * SUPERVISE_PAGE);
	end(o);
}

static void
holds(struct office *o, int64_t at_ms, const char *version)
{
	assert_string_equal(rules_version(lawbook_rules(views_lawbook(o->views),
				OWN, at_ms)),
	    version);
}

TEST_WITH(test_only_from_its_date, office_dir_make, office_dir_remove)
{
	struct office *o = begin(state);
	struct lawbook_source next;

	holds(o, T0, "cn 2022.1");
	/* Published long after its date, and long before. */
	publish(o, 1, "", 1, "2026-01-01", T0, T0 + 500 * DAY);
	publish(o, 2, "", 2, "2026-04-11", T0 + 100 * DAY, T0 - 500 * DAY);
	holds(o, T0 - 1, "cn 2022.1");
	holds(o, T0, "t 1");
	holds(o, T0 + 100 * DAY - 1, "t 1");
	holds(o, T0 + 100 * DAY, "t 2");
	assert_true(
	    lawbook_next(views_lawbook(o->views), OWN, T0, true, &next));
	assert_string_equal(next.version, "t 2");
	assert_false(lawbook_next(views_lawbook(o->views), OWN, T0 + 100 * DAY,
	    true, &next));
	/* A copy for a child that came late does not make 1 the newer one. */
	publish(o, 3, "", 3, "2026-01-01", T0, T0 + 501 * DAY);
	publish(o, 4, "420106", 1, "2026-01-01", T0, T0 + 600 * DAY);
	holds(o, T0, "t 3");
	end(o);
}
