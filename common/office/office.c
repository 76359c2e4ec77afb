/*
 * office - opening a directory is a ladder: each rung needs those below, and
 * closing goes down it again from wherever opening stopped.
 *
 *	settings   is there an office at all?
 *	lock       are we its only writer?
 *	mark       did the last writer stop in order?
 *	keys
 *	ledger     checked page by page if it did not
 *	journal, relay, clock
 *	views      caught up with the journal
 *	trade      roster and whatever else only one program has
 *	links      to the parent, to the children
 */
#include "office/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "keys/seal.h"
#include "mech/daemon.h"
#include "mech/db.h"
#include "office/office_internal.h"
#include "office/office_keys.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/store_sqlite.h"

enum {
	SPACE_SLACK_DIVISOR = 8, /* full ends a little above the reserve */
};

static const char accepted_name[] = "clock_accepted_ms";

/* -- faults -- */

void
office_fault_say(struct office_fault *fault, enum exit_status exit,
    enum language language, enum say id, const char *const args[])
{
	fault->exit = exit;
	say_to(fault->sentence, sizeof(fault->sentence), language, id, args);
}

enum rc
office_fail(struct office_fault *fault, enum rc rc, enum exit_status exit,
    enum language language, enum say id, const char *what)
{
	office_fault_say(fault, exit, language, id, SAY_ARGS(what));
	return rc;
}

/* A database or a folder could not be opened. */
enum rc
office_fail_file(struct office_fault *fault, enum rc rc, enum language language,
    const char *path)
{
	switch (rc) {
	case RC_DAMAGED:
		return office_fail(fault, rc, EXIT_CONFIG, language,
		    SAY_OFFICE_DAMAGED, path);
	case RC_TOO_NEW:
		return office_fail(fault, rc, EXIT_CONFIG, language,
		    SAY_OFFICE_TOO_NEW, path);
	case RC_FULL:
		return office_fail(fault, rc, EXIT_TRY_AGAIN, language,
		    SAY_OFFICE_NO_SPACE, path);
	case RC_BUSY:
		return office_fail(fault, rc, EXIT_TRY_AGAIN, language,
		    SAY_OFFICE_FILE_BUSY, path);
	case RC_OK:
	case RC_NONE:
	case RC_DUPLICATE:
	case RC_MALFORMED:
	case RC_TOO_BIG:
	case RC_REFUSED:
	case RC_DENIED:
	case RC_COUNT:
		break;
	}
	return office_fail(fault, rc, EXIT_CONFIG, language, SAY_OFFICE_DENIED,
	    path);
}

enum rc
office_fail_keys(struct office_fault *fault, enum rc rc, enum language language,
    const char *dir)
{
	if (rc == RC_REFUSED) {
		return office_fail(fault, rc, EXIT_CONFIG, language,
		    SAY_OFFICE_KEYS_OPEN, dir);
	}
	if (rc == RC_NONE) {
		return office_fail(fault, RC_DAMAGED, EXIT_CONFIG, language,
		    SAY_OFFICE_KEYS_NONE, dir);
	}
	return office_fail_file(fault, rc, language, dir);
}

/* -- the rungs -- */

enum rc
office_take_lock(struct office *o, struct office_fault *fault)
{
	char pid_text[24];
	int64_t pid;
	enum rc rc = daemon_lock(o->dir, &o->lock_fd, &pid);

	if (rc == RC_OK)
		return RC_OK;
	if (rc != RC_BUSY)
		return office_fail_file(fault, rc, o->language, o->dir);
	(void)snprintf(pid_text, sizeof(pid_text), "%lld", (long long)pid);
	office_fault_say(fault, EXIT_TRY_AGAIN, o->language, SAY_OFFICE_BUSY,
	    SAY_ARGS(o->dir, pid_text));
	return rc;
}

enum rc
office_set_mark(struct office *o, struct office_fault *fault)
{
	enum rc rc;

	o->was_clean = daemon_was_clean(o->dir);
	rc = daemon_mark_running(o->dir);
	if (rc != RC_OK)
		return office_fail_file(fault, rc, o->language, o->dir);
	o->is_marked = true;
	return RC_OK;
}

enum rc
office_open_ledger(struct office *o, struct office_fault *fault)
{
	char path[FILE_PATH_MAX];
	enum rc rc;

	file_join(path, o->dir, OFFICE_LEDGER_FILE);
	rc = store_sqlite_open(path, &o->store);
	if (rc == RC_OK && !o->was_clean) {
		log_info("office=%s event=ledger_check", o->settings.office);
		rc = db_check(store_sqlite_db(o->store));
	}
	if (rc != RC_OK)
		return office_fail_file(fault, rc, o->language, path);
	o->journal = journal_open(&store_sqlite_ops, o->store);
	return RC_OK;
}

/* When our newest record of any incarnation was stored; 0: none. */
static int64_t
newest_own_ms(struct office *o)
{
	int64_t newest_ms = 0;

	for (uint32_t id = 1; id <= journal_stream_count(o->journal); id++) {
		const struct stream *s = journal_stream(o->journal, id);
		struct store_row row;

		if (strcmp(s->key.origin, o->settings.office) != 0 ||
		    s->tree.size == 0)
			continue;
		journal_walk_stream(o->journal, s, s->tree.size);
		if (journal_next_in_stream(o->journal, &row) &&
		    row.received_ms > newest_ms)
			newest_ms = row.received_ms;
		journal_stop_stream(o->journal);
	}
	return newest_ms;
}

static void
accept_clock(struct office *o, int64_t newest_ms)
{
	log_warn("office=%s event=clock_accepted", o->settings.office);
	journal_begin(o->journal);
	journal_put_u64(o->journal, accepted_name, (uint64_t)newest_ms);
	journal_commit(o->journal);
}

static enum rc
check_clock(struct office *o, const struct office_options *options,
    struct office_fault *fault)
{
	int64_t newest_ms = newest_own_ms(o);
	int64_t accepted_ms =
	    (int64_t)journal_get_u64(o->journal, accepted_name, 0);
	char now_text[CLOCK_TEXT_MAX + 1], newest_text[CLOCK_TEXT_MAX + 1];

	if (o->now.wall_ms + OFFICE_CLOCK_BACK_MS_MAX >= newest_ms ||
	    newest_ms <= accepted_ms)
		return RC_OK;
	if (options->accept_clock) {
		accept_clock(o, newest_ms);
		return RC_OK;
	}
	clock_format(o->now.wall_ms, now_text);
	clock_format(newest_ms, newest_text);
	office_fault_say(fault, EXIT_CONFIG, o->language, SAY_OFFICE_CLOCK,
	    SAY_ARGS(now_text, newest_text));
	return RC_REFUSED;
}

/* -- life -- */

static void
link_up(struct office *o)
{
	if (o->settings.parent_key[0] != '\0')
		(void)relay_set_parent(o->relay, o->settings.parent, o->now);
	if (o->trade->settle != NULL)
		o->trade->settle(o->trade_state);
}

static enum rc
climb(struct office *o, const struct office_options *options,
    struct office_fault *fault)
{
	enum rc rc = office_take_lock(o, fault);

	if (rc == RC_OK)
		rc = office_set_mark(o, fault);
	if (rc == RC_OK) {
		rc = office_keys_load(o->dir, &o->identity);
		if (rc != RC_OK)
			rc = office_fail_keys(fault, rc, o->language, o->dir);
	}
	if (rc == RC_OK)
		rc = office_open_ledger(o, fault);
	if (rc == RC_OK)
		rc = check_clock(o, options, fault);
	if (rc == RC_OK)
		rc = office_open_views(o, fault);
	if (rc != RC_OK)
		return rc;
	office_open_relay(o);
	o->seal = seal_new(o->dir);
	if (o->trade->open != NULL)
		o->trade_state = o->trade->open(o);
	return RC_OK;
}

struct office *
office_new(const char *dir, const struct office_trade *trade,
    const struct office_options *options)
{
	struct office *o = memory_new(1, sizeof(*o));

	if (text_copy(o->dir, sizeof(o->dir), dir) != RC_OK)
		fatal("the path of the directory is too long");
	o->language = options->language;
	o->is_daemon = options->is_daemon;
	o->trade = trade;
	o->lock_fd = -1;
	/* At a command line the sentence is what counts; the log warns. */
	if (!o->is_daemon)
		log_set_level(LOG_LEVEL_WARN);
	office_tick(o);
	return o;
}

enum rc
office_open(const char *dir, const struct office_trade *trade,
    const struct office_options *options, struct office **out,
    struct office_fault *fault)
{
	struct office *o = office_new(dir, trade, options);
	enum rc rc =
	    office_settings_load(dir, o->language, &o->settings, fault);

	if (rc == RC_OK && strcmp(o->settings.program, trade->program) != 0) {
		office_fault_say(fault, EXIT_CONFIG, o->language,
		    SAY_OFFICE_OTHER_PROGRAM,
		    SAY_ARGS(dir, o->settings.program));
		rc = RC_REFUSED;
	}
	if (rc == RC_OK)
		rc = climb(o, options, fault);
	if (rc == RC_OK) {
		o->is_open = true;
		link_up(o);
		office_check_space(o);
	} else {
		office_close(o);
		o = NULL;
	}
	*out = o;
	return rc;
}

void
office_close(struct office *o)
{
	if (o == NULL)
		return;
	if (o->trade_state != NULL && o->trade->close != NULL)
		o->trade->close(o->trade_state);
	seal_free(o->seal);
	relay_close(o->relay);
	views_close(o->views);
	journal_close(o->journal);
	store_sqlite_close(o->store);
	office_keys_free(o->identity);
	/* A ledger that was not found sound is to be checked again. */
	if (o->is_marked && (o->is_open || o->was_clean))
		(void)!daemon_mark_clean(o->dir);
	daemon_unlock(o->lock_fd);
	free(o);
}

/* -- at work -- */

void
office_tick(struct office *o)
{
	o->now = (struct relay_now){ .steady_ms = clock_steady_ms(),
		.wall_ms = clock_wall_ms() };
}

void
office_check_space(struct office *o)
{
	uint64_t reserve = (uint64_t)o->settings.disk_reserve_bytes;
	uint64_t left;
	bool is_full;

	if (db_space_left(o->dir, &left) != RC_OK)
		return;
	if (o->is_full)
		reserve += reserve / SPACE_SLACK_DIVISOR;
	is_full = left < reserve;
	if (is_full != o->is_full) {
		log_warn("office=%s event=%s free_bytes=%llu",
		    o->settings.office, is_full ? "disk_full" : "disk_has_room",
		    (unsigned long long)left);
	}
	o->is_full = is_full;
	relay_set_full(o->relay, is_full);
}

enum rc
office_record(struct office *o, const char *audience, uint32_t kind,
    struct span payload, const char *actor_role, const char *actor)
{
	struct record draft = { .kind = kind,
		.claimed_ms = o->now.wall_ms,
		.payload = payload };
	uint64_t position;

	CHECK(text_copy(draft.actor_role, sizeof(draft.actor_role),
		  actor_role) == RC_OK);
	CHECK(text_copy(draft.actor, sizeof(draft.actor), actor) == RC_OK);
	return relay_record(o->relay, audience, &draft, o->now, &position,
	    NULL);
}
