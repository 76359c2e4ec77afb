#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_command.h"
#include "contract/wire_payload.h"
#include "desk/reply.h"
#include "office/office.h"
#include "office/orders.h"
#include "register/views.h"
#include "relay/journal.h"
#include "service/turn.h"

#include "district.h"
#include "support/office_dir.h"
#include "support/turn.h"

static const char code[] = "420106";

static struct office *
open_district(const char *dir)
{
	return office_dir_office(dir, &district_trade, code, "");
}

static enum rc
try_to_open(const char *dir, bool accept_clock, struct office_fault *fault)
{
	struct office_options options = { .language = LANGUAGE_EN,
		.accept_clock = accept_clock };
	struct office *o;
	char path[FILE_PATH_MAX];
	enum rc rc;

	file_join(path, dir, code);
	rc = office_open(path, &district_trade, &options, &o, fault);
	office_close(o);
	return rc;
}

static void
write_conf(const char *dir, const char *text)
{
	char path[FILE_PATH_MAX];

	file_join(path, dir, "420106/conf.d");
	assert_int_equal(file_make_folder(path), RC_OK);
	file_join(path, dir, "420106/conf.d/99-test.conf");
	assert_int_equal(file_write(path, span_of_text(text), 0600, true),
	    RC_OK);
}

/* -- making -- */

TEST_WITH(test_a_new_office_has_a_history_of_one_record, office_dir_make,
    office_dir_remove)
{
	struct office *o = open_district(*state);
	struct stat st;

	assert_int_equal(journal_end(o->journal), 1);
	assert_int_equal(views_applied(o->views), 1);
	assert_true(relay_has_begun(o->relay));
	assert_string_equal(o->settings.parent, "420100");
	assert_string_equal(o->settings.level, "D");
	assert_null(relay_parent(o->relay));
	assert_int_equal(stat(o->dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	office_close(o);
}

TEST_WITH(test_an_office_is_made_once, office_dir_make, office_dir_remove)
{
	struct office_make wish = { .office = code, .name = "Other" };
	struct office_fault fault;
	char path[FILE_PATH_MAX];

	office_close(open_district(*state));
	file_join(path, *state, code);
	assert_int_equal(office_make(path, &district_trade, &wish, &fault),
	    RC_DUPLICATE);
	assert_int_equal(fault.exit, EXIT_REFUSED);
}

TEST_WITH(test_a_history_without_its_settings_is_not_begun_anew,
    office_dir_make, office_dir_remove)
{
	struct office_make wish = { .office = code, .name = "Office" };
	struct office_fault fault;
	struct office *o = open_district(*state);
	struct buffer reply = { .limit = REPLY_BYTES_MAX };
	struct intake item = { .channel = "LX",
		.purpose = "QJ",
		.subject = span_of_text("x"),
		.text = span_of_text("y") };
	struct command c = { .kind = COMMAND_REGISTER,
		.registering = { .items = &item, .items_count = 1 } };
	char path[FILE_PATH_MAX];

	office_do(o, &c, &reply);
	assert_int_equal(journal_end(o->journal), 2);
	buffer_clear(&reply);
	office_close(o);
	file_join(path, *state, "420106/office.ini");
	assert_int_equal(unlink(path), 0);
	file_join(path, *state, code);
	assert_int_equal(office_make(path, &district_trade, &wish, &fault),
	    RC_DUPLICATE);
}

TEST_WITH(test_a_making_that_was_cut_short_is_finished, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct office_make wish = { .office = code, .name = "Office" };
	struct office_fault fault;

	office_close(open_district(*state));
	file_join(path, *state, "420106/office.ini");
	assert_int_equal(unlink(path), 0);
	file_join(path, *state, code);
	assert_int_equal(office_make(path, &district_trade, &wish, &fault),
	    RC_OK);
}

/* -- opening -- */

TEST_WITH(test_a_second_process_is_told_who_has_the_lock, office_dir_make,
    office_dir_remove)
{
	struct office *o = open_district(*state);
	struct office_fault fault;
	char pid[24];

	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	assert_int_equal(try_to_open(*state, false, &fault), RC_BUSY);
	assert_int_equal(fault.exit, EXIT_TRY_AGAIN);
	assert_non_null(strstr(fault.sentence, pid));
	office_close(o);
	assert_int_equal(try_to_open(*state, false, &fault), RC_OK);
}

TEST_WITH(test_a_clock_set_back_is_refused_until_accepted, office_dir_make,
    office_dir_remove)
{
	struct office_fault fault;

	office_close(open_district(*state));
	assert_int_equal(setenv("PETITION_TEST_CLOCK_SHIFT_S", "-86400", 1), 0);
	assert_int_equal(try_to_open(*state, false, &fault), RC_REFUSED);
	assert_int_equal(fault.exit, EXIT_CONFIG);
	assert_int_equal(try_to_open(*state, true, &fault), RC_OK);
	assert_int_equal(try_to_open(*state, false, &fault), RC_OK);
	assert_int_equal(setenv("PETITION_TEST_CLOCK_SHIFT_S", "-500", 1), 0);
	assert_int_equal(try_to_open(*state, false, &fault), RC_OK);
	assert_int_equal(unsetenv("PETITION_TEST_CLOCK_SHIFT_S"), 0);
}

TEST_WITH(test_a_register_that_is_gone_is_made_again, office_dir_make,
    office_dir_remove)
{
	struct office *o;
	char path[FILE_PATH_MAX];

	office_close(open_district(*state));
	file_join(path, *state, "420106/register.db");
	assert_int_equal(unlink(path), 0);
	o = open_district(*state);
	assert_int_equal(views_applied(o->views), 1);
	office_close(o);
}

TEST_WITH(test_a_damaged_ledger_is_refused, office_dir_make, office_dir_remove)
{
	struct office_fault fault;
	char path[FILE_PATH_MAX];

	office_close(open_district(*state));
	file_join(path, *state, "420106/ledger.db");
	assert_int_equal(file_write(path,
			     span_of_text("this was a database once"), 0600,
			     true),
	    RC_OK);
	assert_int_equal(try_to_open(*state, false, &fault), RC_DAMAGED);
	assert_int_equal(fault.exit, EXIT_CONFIG);
}

TEST_WITH(test_an_opening_that_fails_keeps_the_mark_of_an_unclean_stop,
    office_dir_make, office_dir_remove)
{
	struct office_fault fault;
	char mark[FILE_PATH_MAX], path[FILE_PATH_MAX];

	office_close(open_district(*state));
	file_join(mark, *state, "420106/running");
	assert_false(file_exists(mark));
	assert_int_equal(file_write(mark, span_of_text("x"), 0600, true),
	    RC_OK);
	file_join(path, *state, "420106/keys/identity.key");
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(try_to_open(*state, false, &fault), RC_REFUSED);
	assert_true(file_exists(mark));
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(try_to_open(*state, false, &fault), RC_OK);
	assert_false(file_exists(mark));
}

TEST_WITH(test_an_unknown_option_is_named, office_dir_make, office_dir_remove)
{
	struct office_fault fault;

	office_close(open_district(*state));
	write_conf(*state, "nonsense = 3\n");
	assert_int_equal(try_to_open(*state, false, &fault), RC_MALFORMED);
	assert_non_null(strstr(fault.sentence, "nonsense"));
}

/* -- at work -- */

TEST_WITH(test_a_full_disk_refuses_what_records_and_answers_what_asks,
    office_dir_make, office_dir_remove)
{
	struct buffer packed = { .limit = REPLY_BYTES_MAX };
	struct command c = { .kind = COMMAND_SETTLE, .language = "en" };
	struct reply reply;
	struct office *o;

	office_close(open_district(*state));
	write_conf(*state, "disk_reserve_bytes = 4000000000G\n");
	o = open_district(*state);
	assert_true(o->is_full);
	office_do(o, &c, &packed);
	assert_int_equal(wire_reply_unpack(buffer_span(&packed), &reply),
	    RC_OK);
	assert_int_equal(reply.exit, EXIT_TRY_AGAIN);
	buffer_reset(&packed);
	c.kind = COMMAND_STATUS;
	office_do(o, &c, &packed);
	assert_int_equal(wire_reply_unpack(buffer_span(&packed), &reply),
	    RC_OK);
	assert_int_equal(reply.exit, EXIT_DONE);
	buffer_clear(&packed);
	office_close(o);
}

/* A directive of `origin` for us, as a batch would bring it. */
static void
receive_directive(struct office *o, const char *origin)
{
	static const char to[1][OFFICE_CODE_MAX + 1] = { "420106" };
	const struct stream_key key = stream_of(origin, code);
	struct directive d = { .id = "D420100-2026-0001-687",
		.kind = "DB",
		.to = to,
		.to_count = 1,
		.text = span_of_text("answer, please") };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	wire_directive_pack(&payload, &d);
	office_hears(o, &key, RECORD_DIRECTIVE_ISSUED, 1, &payload);
}

TEST_WITH(test_a_directive_is_receipted_once, office_dir_make,
    office_dir_remove)
{
	struct office *o = open_district(*state);

	receive_directive(o, "420100");
	assert_int_equal(journal_end(o->journal), 3);
	assert_true(
	    views_has_step(o->views, "D420100-2026-0001-687", code, "DLV"));
	receive_directive(o, "420100");
	assert_int_equal(journal_end(o->journal), 4);
	office_close(o);
}

TEST_WITH(test_a_stranger_gets_no_receipt, office_dir_make, office_dir_remove)
{
	struct office *o = open_district(*state);

	receive_directive(o, "430100");
	assert_int_equal(journal_end(o->journal), 2);
	office_close(o);
}
