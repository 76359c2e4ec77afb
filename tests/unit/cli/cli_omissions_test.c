/*
 * Goal of this test: what must be supervised and was not is told with its
 * ground, and of nothing there is no coverage; what is urgent is seen.
 */
#include "base/clock.h"
#include "base/text.h"
#include "cli/cli.h"
#include "mech/db.h"
#include "register/views.h"

#include "hub.h"
#include "support/office_dir.h"
#include "support/run_program.h"

#define OWN "420100"
#define DAY INT64_C(86400000)

enum { OUTPUT_MAX = 8192 };

static const struct cli_command *const commands[] = { &cli_omissions,
	&cli_petitions, &cli_status, NULL };

static const struct cli_program program = { .trade = &hub_trade,
	.summary = SAY_CLI_SUMMARY_HUB,
	.commands = commands };

struct fixture {
	void *dir;
	char path[FILE_PATH_MAX];
	char out[OUTPUT_MAX];
};

/* What both streams say is in f->out. */
#define RUN(f, ...)                                                            \
	assert_int_equal(run_program(&program,                                 \
			     PROGRAM_WORDS("-C", (f)->path, __VA_ARGS__),      \
			     (f)->out, OUTPUT_MAX),                            \
	    EXIT_DONE)

/* Rows of the register, as if they had been folded. */
static void
put(struct fixture *f, const char *format, ...)
{
	char sql[4096];
	struct views *v;
	va_list args;

	va_start(args, format);
	assert_true(
	    vsnprintf(sql, sizeof(sql), format, args) < (int)sizeof(sql));
	va_end(args);
	assert_int_equal(views_open(f->path, true, &v), RC_OK);
	views_begin(v);
	db_do(views_db(v), sql);
	views_commit(v);
	views_close(v);
}

static int
start(void **state)
{
	struct fixture *f = memory_new(1, sizeof(*f));

	assert_int_equal(office_dir_make(&f->dir), 0);
	office_close(office_dir_office(f->dir, &hub_trade, OWN,
	    "tcp://127.0.0.1:17996"));
	file_join(f->path, f->dir, OWN);
	put(f, "INSERT INTO office VALUES ('420106', 'n', zeroblob(32), '" OWN
	       "', 'enrolled', 0)");
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(office_dir_remove(&f->dir), 0);
	free(f);
	return 0;
}

static void
put_escalation(struct fixture *f, int n, const char *lower)
{
	int64_t at_ms = clock_wall_ms() - 10 * DAY;

	put(f,
	    "INSERT INTO escalation_said VALUES (%d, '" OWN "', 1, '', %d,"
	    " 'E%d', 1, 'M%d', 'I%d', '420106', 'D', 'C', 'LX', 1, 1, %lld,"
	    " '%s', 'NA', 0, 'L%d', '', 0, %lld, 0, '', '')",
	    1000 + n, n, n, n, n, (long long)at_ms, lower, n, (long long)at_ms);
	put(f,
	    "INSERT INTO escalation_now VALUES ('E%d', 'I%d', 1, %lld,"
	    " '420106')",
	    n, n, (long long)at_ms);
}

static void
put_clock(struct fixture *f, const char *item, const char *name)
{
	int64_t due_ms = clock_wall_ms() - 40 * DAY;

	put(f,
	    "INSERT INTO clock VALUES ('%s', '%s', 1, 'ASG', %lld, %lld, 0, 0,"
	    " 0, 0, 0, '420106', 'r', 'c', 'a', 0, 20, 0)",
	    item, name, (long long)(due_ms - 20 * DAY), (long long)due_ms);
}

static void
put_directive(struct fixture *f, int n, const char *item, const char *matter,
    int64_t days_ago)
{
	put(f,
	    "INSERT INTO directive_issue VALUES (%d, '" OWN "', 1, '', %d,"
	    " 'D%d', 'DB', '%s', '%s', 0, '', '', '', '', '', 0, %lld, 0, '',"
	    " '', zeroblob(32))",
	    2000 + n, n, n, item, matter,
	    (long long)(clock_wall_ms() - days_ago * DAY));
}

static void
says(struct fixture *f, const char *text)
{
	if (strstr(f->out, text) == NULL)
		fail_msg("'%s' is not in: %s", text, f->out);
}

TEST_WITH(test_of_nothing_there_is_no_coverage, start, finish)
{
	struct fixture *f = *state;

	RUN(f, "omissions");
	says(f, "Coverage: —");
	assert_null(strstr(f->out, "0 of 0"));
	assert_null(strchr(f->out, '%'));
	RUN(f, "omissions", "--json");
	says(f, "\"count\":0");
	says(f, "\"must\":0");
	/* What went up in good order is nothing to supervise either. */
	put_escalation(f, 1, "TRM");
	put_escalation(f, 2, "RPD");
	put_escalation(f, 3, "NOP");
	RUN(f, "omissions");
	says(f, "Coverage: —");
}

TEST_WITH(test_what_went_up_is_named_with_its_ground, start, finish)
{
	struct fixture *f = *state;

	put_escalation(f, 1, "UNR");
	put_escalation(f, 2, "OVD");
	put_escalation(f, 3, "DEC");
	RUN(f, "omissions", "--json");
	says(f, "\"count\":3");
	says(f, "\"item\":\"I1\",\"office\":\"420106\",\"ground\":\"G3\"");
	says(f, "\"item\":\"I2\",\"office\":\"420106\",\"ground\":\"G1\"");
	says(f, "\"item\":\"I3\",\"office\":\"420106\",\"ground\":\"G3\"");
	RUN(f, "omissions");
	says(f, "Coverage: 0 of 3");
	/* Of the item, the one below, or the matter; not before it went up. */
	put_directive(f, 1, "I1", "", 5);
	put_directive(f, 2, "L2", "", 5);
	put_directive(f, 3, "I3", "", 15);
	RUN(f, "omissions");
	says(f, "Coverage: 2 of 3");
	put_directive(f, 4, "", "M3", 5);
	RUN(f, "omissions");
	says(f, "Coverage: 3 of 3");
	RUN(f, "omissions", "--office", "420111");
	says(f, "Coverage: —");
}

TEST_WITH(test_a_result_that_was_not_fed_back_is_ground_two, start, finish)
{
	struct fixture *f = *state;

	put_clock(f, "A", "feedback");
	put_clock(f, "B", "handle");
	RUN(f, "omissions", "--json");
	says(f, "\"item\":\"A\",\"office\":\"420106\",\"ground\":\"G2\"");
	says(f, "\"item\":\"B\",\"office\":\"420106\",\"ground\":\"G1\"");
	put_directive(f, 1, "A", "", 5);
	RUN(f, "omissions");
	says(f, "Coverage: 1 of 2");
}

static void
put_petition(struct fixture *f, int n, const char *procedure)
{
	put(f,
	    "INSERT INTO petition VALUES (%d, 'P%d', '420106', 1, %d, 'LX',"
	    " 'QJ', '', '', 'D', 1, '420106', 1, 1, 1, 'subject', 'text', '',"
	    " '', '', NULL, 0, NULL, NULL, 0, '', zeroblob(32), '%s')",
	    3000 + n, n, n, procedure);
}

TEST_WITH(test_what_is_urgent_is_counted_until_somebody_has_it_in_hand, start,
    finish)
{
	struct fixture *f = *state;

	put_petition(f, 1, "");
	RUN(f, "status", "--json");
	says(f, "\"urgent_waiting\":0");
	RUN(f, "status");
	assert_null(strstr(f->out, "Urgent"));
	put_petition(f, 2, "U");
	put_petition(f, 3, "S");
	RUN(f, "status", "--json");
	says(f, "\"urgent_waiting\":1");
	RUN(f, "status");
	says(f, "nobody has taken in hand: 1");
	RUN(f, "petitions", "--urgent", "--count");
	says(f, "1\n");
	RUN(f, "petitions");
	says(f, "[urgent] subject");
	put(f, "INSERT INTO item_now VALUES ('P2', 'ACC', '420106', '', '', '',"
	       " 0, 0, -1, '', '', '', 0)");
	RUN(f, "status", "--json");
	says(f, "\"urgent_waiting\":0");
	RUN(f, "petitions", "--urgent", "--count");
	says(f, "0\n");
}
