/*
 * A making can be cut short at any step and is then made again: office.ini is
 * written last, so without it there is no office, and what is left over is used
 * if it is ours and untouched.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/file.h"
#include "office/office_internal.h"
#include "office/office_keys.h"
#include "register/views.h"
#include "relay/journal.h"

static enum rc
fail_made(const char *dir, const struct office_make *wish,
    struct office_fault *fault)
{
	return office_fail(fault, RC_DUPLICATE, EXIT_REFUSED, wish->language,
	    SAY_OFFICE_EXISTS, dir);
}

/* A ledger without office.ini: of a making that was cut short, or lost? */
static bool
is_left_over(struct office *o)
{
	uint64_t end = journal_end(o->journal);

	return end == 0 ||
	       (end == 1 && strcmp(journal_stream(o->journal, 1)->key.origin,
				o->settings.office) == 0);
}

static enum rc
begin_history(struct office *o, struct office_fault *fault)
{
	enum rc rc = office_open_ledger(o, fault);

	if (rc == RC_OK && !is_left_over(o)) {
		rc = office_fail(fault, RC_DUPLICATE, EXIT_REFUSED, o->language,
		    SAY_OFFICE_EXISTS, o->dir);
	}
	if (rc == RC_OK)
		rc = office_open_views(o, fault);
	if (rc != RC_OK)
		return rc;
	office_open_relay(o);
	if (!relay_has_begun(o->relay)) {
		journal_begin(o->journal);
		views_begin(o->views);
		relay_begin(o->relay, o->now);
		relay_commit(o->relay, o->now);
		views_commit(o->views);
	}
	return RC_OK;
}

static enum rc
make_keys(struct office *o, struct office_fault *fault)
{
	enum rc rc = office_keys_make(o->dir);

	/* Left by a making that was cut short. */
	if (rc == RC_DUPLICATE)
		rc = RC_OK;
	if (rc == RC_OK)
		rc = office_keys_load(o->dir, &o->identity);
	if (rc == RC_OK && o->trade->has_children) {
		rc = office_keys_make_matching(o->dir, o->settings.level[0]);
	}
	return rc == RC_OK ? RC_OK
			   : office_fail_keys(fault, rc, o->language, o->dir);
}

static enum rc
make_all(struct office *o, struct office_fault *fault)
{
	enum rc rc = file_make_folder(o->dir);

	if (rc != RC_OK)
		return office_fail_file(fault, rc, o->language, o->dir);
	(void)chmod(o->dir, 0700);
	rc = office_take_lock(o, fault);
	if (rc == RC_OK)
		rc = office_set_mark(o, fault);
	if (rc == RC_OK)
		rc = make_keys(o, fault);
	if (rc == RC_OK)
		rc = begin_history(o, fault);
	if (rc != RC_OK)
		return rc;
	/* Last: with office.ini there the office is made. */
	rc = office_settings_write(o->dir, &o->settings);
	return rc == RC_OK ? RC_OK
			   : office_fail_file(fault, rc, o->language, o->dir);
}

enum rc
office_make(const char *dir, const struct office_trade *trade,
    const struct office_make *wish, struct office_fault *fault)
{
	struct office_options options = { .language = wish->language };
	struct office *o;
	char path[FILE_PATH_MAX];
	enum rc rc;

	file_join(path, dir, "office.ini");
	if (file_exists(path))
		return fail_made(dir, wish, fault);
	o = office_new(dir, trade, &options);
	rc = office_settings_from(wish, trade, &o->settings, fault);
	if (rc == RC_OK)
		rc = make_all(o, fault);
	o->is_open = rc == RC_OK;
	office_close(o);
	return rc;
}
