/*
 * Beside the old register, under the lock, and put in its place when whole:
 * whoever reads meanwhile reads the old one.
 */
#include "office/rebuild.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "mech/daemon.h"
#include "mech/db.h"
#include "office/office_internal.h"
#include "register/ask/items.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/store_sqlite.h"

enum { ROWS_PER_TURN = 5000, FOLLOW_MS_PER_TURN = 1000 };

#define NEW_FILE VIEWS_FILE ".new"

/* What is open while a register is rebuilt. */
struct work {
	const char *dir;
	int lock_fd;
	struct store_sqlite *store;
	struct journal *journal;
	struct views *views;
};

static void
fold_all(struct work *w, rebuild_progress *progress, void *context)
{
	uint64_t end = journal_end(w->journal);
	struct store_row row;

	journal_walk(w->journal, 1);
	while (views_applied(w->views) < end) {
		views_begin(w->views);
		for (int i = 0;
		     i < ROWS_PER_TURN && journal_next(w->journal, &row); i++)
			office_fold_row(w->views, w->journal, &row);
		views_commit(w->views);
		if (progress != NULL)
			progress(context, views_applied(w->views), end);
	}
	journal_stop(w->journal);
}

/* The slow views, until nothing is left. */
static void
follow_all(struct work *w, rebuild_progress *progress, void *context)
{
	bool is_left = true;

	while (is_left) {
		views_begin(w->views);
		is_left = views_follow(w->views,
		    clock_steady_ms() + FOLLOW_MS_PER_TURN);
		views_commit(w->views);
		if (progress != NULL && is_left) {
			progress(context, views_followed(w->views),
			    views_applied(w->views));
		}
	}
}

/*
 * The old register goes whole before the new one takes its name; an office
 * without a register makes it again at its next opening.
 */
static enum rc
swap_registers(const char *dir)
{
	char from[FILE_PATH_MAX], to[FILE_PATH_MAX];
	int fd;

	file_join(from, dir, NEW_FILE);
	file_join(to, dir, VIEWS_FILE);
	db_remove_file(to);
	if (rename(from, to) != 0)
		return RC_DENIED;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
	return RC_OK;
}

/* -- opening -- */

static enum rc
open_all(struct work *w, const char *above)
{
	char path[FILE_PATH_MAX];
	int64_t pid;
	enum rc rc = daemon_lock(w->dir, &w->lock_fd, &pid);

	if (rc != RC_OK)
		return rc;
	file_join(path, w->dir, OFFICE_LEDGER_FILE);
	rc = store_sqlite_open(path, &w->store);
	if (rc != RC_OK)
		return rc;
	w->journal = journal_open(&store_sqlite_ops, w->store);
	file_join(path, w->dir, NEW_FILE);
	db_remove_file(path);
	rc = views_open_file(path, true, &w->views);
	if (rc == RC_OK)
		views_set_above(w->views, above);
	return rc;
}

static void
close_all(struct work *w)
{
	views_close(w->views);
	journal_close(w->journal);
	store_sqlite_close(w->store);
	w->views = NULL;
	w->journal = NULL;
	w->store = NULL;
}

static enum rc
say_fault(enum rc rc, const char *dir, enum language language,
    struct office_fault *fault)
{
	bool is_busy = rc == RC_BUSY || rc == RC_FULL;

	office_fault_say(fault, is_busy ? EXIT_TRY_AGAIN : EXIT_CONFIG,
	    language, rc == RC_BUSY ? SAY_REBUILD_BUSY : SAY_REBUILD_FAILED,
	    SAY_ARGS(dir));
	return rc;
}

enum rc
rebuild_register(const char *dir, enum language language,
    rebuild_progress *progress, void *context, struct rebuild_result *result,
    struct office_fault *fault)
{
	struct office_settings settings;
	struct work w = { .dir = dir, .lock_fd = -1 };
	enum rc rc = office_settings_load(dir, language, &settings, fault);

	*result = (struct rebuild_result){ 0 };
	if (rc != RC_OK)
		return rc;
	rc = open_all(&w, settings.parent);
	if (rc == RC_OK) {
		fold_all(&w, progress, context);
		follow_all(&w, progress, context);
		result->records = views_applied(w.views);
		result->quarantined = ask_quarantined(w.views);
	}
	close_all(&w);
	if (rc == RC_OK)
		rc = swap_registers(dir);
	daemon_unlock(w.lock_fd);
	return rc == RC_OK ? RC_OK : say_fault(rc, dir, language, fault);
}
