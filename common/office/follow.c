/*
 * The register is a fold of the journal and may be behind it (a crash between
 * the two commits, a new version) or, when the ledger was restored from a
 * backup, ahead of it.  Behind is caught up; ahead cannot be mended and is made
 * again from nothing.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "contract/wire.h"
#include "mech/db.h"
#include "office/office_internal.h"
#include "register/views.h"
#include "relay/journal.h"

enum {
	CATCH_UP_SHOWN = 20000, /* rows; fewer take no time */
	FOLLOW_MS = 500,        /* of the slow views; the turns do the rest */
};

static void
show_progress(const struct office *o, uint64_t done, uint64_t all)
{
	char done_text[24], all_text[24], line[SAY_TEXT_MAX];

	(void)snprintf(done_text, sizeof(done_text), "%llu",
	    (unsigned long long)done);
	(void)snprintf(all_text, sizeof(all_text), "%llu",
	    (unsigned long long)all);
	say_to(line, sizeof(line), o->language, SAY_OFFICE_CATCH_UP,
	    SAY_ARGS(done_text, all_text));
	(void)fprintf(stderr, "\r%s%s", line, done == all ? "\n" : "");
}

void
office_fold_row(struct views *v, struct journal *j, const struct store_row *row)
{
	struct record record;
	bool is_readable = row->kind != RECORD_UNREADABLE &&
			   wire_record_unpack(row->bytes, &record) == RC_OK;

	views_apply(v, &(struct relay_entry){ .position = row->position,
			   .received_ms = row->received_ms,
			   .stream = journal_stream(j, row->stream),
			   .record = is_readable ? &record : NULL,
			   .bytes = row->bytes,
			   .leaf = row->leaf });
}

/* Fold some rows in one transaction.  False: none were left. */
static bool
fold_some(struct office *o)
{
	struct store_row row;
	int count = 0;

	views_begin(o->views);
	journal_walk(o->journal, views_applied(o->views) + 1);
	while (count < OFFICE_CATCH_UP_ROWS && journal_next(o->journal, &row)) {
		office_fold_row(o->views, o->journal, &row);
		count++;
	}
	journal_stop(o->journal);
	views_commit(o->views);
	return count > 0;
}

static void
catch_up(struct office *o)
{
	uint64_t end = journal_end(o->journal);
	uint64_t from = views_applied(o->views);
	bool is_shown = end - from >= CATCH_UP_SHOWN && isatty(STDERR_FILENO);

	if (from == end)
		return;
	log_info("office=%s event=views_catch_up from=%llu to=%llu",
	    o->settings.office, (unsigned long long)from,
	    (unsigned long long)end);
	while (views_applied(o->views) < end && fold_some(o)) {
		if (is_shown)
			show_progress(o, views_applied(o->views), end);
	}
}

enum rc
office_open_views(struct office *o, struct office_fault *fault)
{
	char path[FILE_PATH_MAX];
	enum rc rc = views_open(o->dir, true, &o->views);

	file_join(path, o->dir, VIEWS_FILE);
	/* A register of a longer journal (the ledger was restored from a
	 * backup), or a damaged one: it is only a view, so make it again. */
	if (rc == RC_DAMAGED || (rc == RC_OK && views_applied(o->views) >
						    journal_end(o->journal))) {
		log_warn("office=%s event=register_made_again",
		    o->settings.office);
		if (rc == RC_OK)
			views_close(o->views);
		o->views = NULL;
		db_remove_file(path);
		rc = views_open(o->dir, true, &o->views);
	}
	if (rc != RC_OK)
		return office_fail_file(fault, rc, o->language, path);
	views_set_above(o->views, o->settings.parent);
	catch_up(o);
	views_begin(o->views);
	(void)views_follow(o->views, clock_steady_ms() + FOLLOW_MS);
	views_commit(o->views);
	return RC_OK;
}
