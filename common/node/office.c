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
#include "node/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/text.h"
#include "mech/daemon.h"
#include "mech/db.h"
#include "node/journal.h"
#include "node/office_keys.h"
#include "node/orders.h"
#include "node/reply.h"
#include "node/seal.h"
#include "node/store_sqlite.h"
#include "node/views.h"
#include "node/wire.h"

enum {
	UNWRAP_MAX = 16,	/* a record carried over that often */
	CATCH_UP_SHOWN = 20000, /* rows; fewer take no time */
	SPACE_EVERY_MS = 1000,
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

static enum rc
fail(struct office_fault *fault, enum rc rc, enum exit_status exit,
    enum language language, enum say id, const char *what)
{
	office_fault_say(fault, exit, language, id, SAY_ARGS(what));
	return rc;
}

/* A database or a folder could not be opened. */
static enum rc
fail_file(struct office_fault *fault, enum rc rc, enum language language,
    const char *path)
{
	switch (rc) {
	case RC_DAMAGED:
		return fail(
		    fault, rc, EXIT_CONFIG, language, SAY_OFFICE_DAMAGED, path);
	case RC_TOO_NEW:
		return fail(
		    fault, rc, EXIT_CONFIG, language, SAY_OFFICE_TOO_NEW, path);
	case RC_FULL:
		return fail(fault, rc, EXIT_TRY_AGAIN, language,
		    SAY_OFFICE_NO_SPACE, path);
	case RC_BUSY:
		return fail(fault, rc, EXIT_TRY_AGAIN, language,
		    SAY_OFFICE_FILE_BUSY, path);
	case RC_OK:
	case RC_NONE:
	case RC_DUPLICATE:
	case RC_MALFORMED:
	case RC_TOO_BIG:
	case RC_REFUSED:
	case RC_DENIED:
	case RC_GAP:
	case RC_FORK:
	case RC_COUNT:
		break;
	}
	return fail(
	    fault, rc, EXIT_CONFIG, language, SAY_OFFICE_DENIED, path);
}

static enum rc
fail_keys(struct office_fault *fault, enum rc rc, enum language language,
    const char *dir)
{
	if (rc == RC_REFUSED)
		return fail(fault, rc, EXIT_CONFIG, language,
		    SAY_OFFICE_KEYS_OPEN, dir);
	if (rc == RC_NONE)
		return fail(fault, RC_DAMAGED, EXIT_CONFIG, language,
		    SAY_OFFICE_KEYS_NONE, dir);
	return fail_file(fault, rc, language, dir);
}

/* -- what the relay asks of us -- */

const struct record *
office_unwrap(const struct relay_entry *entry, struct record *storage)
{
	struct span bytes = entry->bytes;

	if (entry->record == NULL || entry->record->kind != RECORD_CARRIED)
		return entry->record;
	for (int depth = 0; depth < UNWRAP_MAX; depth++) {
		if (wire_record_unpack(bytes, storage) != RC_OK ||
		    strcmp(storage->key.origin, entry->stream->key.origin) != 0)
			return NULL;
		if (storage->kind != RECORD_CARRIED)
			return storage;
		if (wire_carried_unpack(storage->payload, &bytes) != RC_OK)
			return NULL;
	}
	return NULL;
}

static bool
is_below(void *context, const char *office, const char *child)
{
	const struct office *o = context;

	if (o->trade->is_below == NULL || o->trade_state == NULL)
		return strcmp(office, child) == 0;
	return o->trade->is_below(o->trade_state, office, child);
}

/* Views first: what follows asks them. */
static void
on_record(void *context, const struct relay_entry *entry)
{
	struct office *o = context;

	views_apply(o->views, entry);
	if (o->trade->on_record != NULL && o->trade_state != NULL)
		o->trade->on_record(o->trade_state, entry);
	orders_on_record(o, entry);
}

static void
on_incarnation(void *context, const struct stream *previous)
{
	struct office *o = context;
	struct office_opened opened = { 0 };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	CHECK(text_copy(opened.office, sizeof(opened.office),
		  o->settings.office) == RC_OK);
	CHECK(text_copy(opened.name, sizeof(opened.name), o->settings.name) ==
	    RC_OK);
	memcpy(opened.public_key, office_keys_public(o->identity), KEY_BYTES);
	if (previous != NULL) {
		opened.previous_incarnation = previous->key.incarnation;
		opened.previous_size = previous->tree.size;
		merkle_root(&previous->tree, opened.previous_root);
	}
	wire_office_opened_pack(&payload, &opened);
	CHECK(office_record(o, "", RECORD_OFFICE_OPENED, buffer_span(&payload),
		  "system", "") == RC_OK);
	buffer_clear(&payload);
}

static void
on_fork(
    void *context, struct relay_link *link, const struct stream *stream)
{
	/* The relay has logged it, and status shows it until it is settled. */
	(void)context;
	(void)link;
	(void)stream;
}

static void
send(void *context, struct relay_link *link, uint64_t route, struct span frame)
{
	const struct office *o = context;

	if (o->transport.send != NULL)
		o->transport.send(o->transport.context, link, route, frame);
}

static void
dial(void *context, struct relay_link *link)
{
	const struct office *o = context;

	if (o->transport.dial != NULL)
		o->transport.dial(o->transport.context, link);
}

static void
hang_up(void *context, struct relay_link *link)
{
	const struct office *o = context;

	if (o->transport.hang_up != NULL)
		o->transport.hang_up(o->transport.context, link);
}

static uint64_t
give_random(void *context)
{
	(void)context;
	return random_u64();
}

static void
open_relay(struct office *o)
{
	const struct office_settings *s = &o->settings;
	struct relay_settings settings = {
		.link = { .dial_ms = s->dial_ms,
		    .greeting_ms = s->greeting_ms,
		    .silence_ms = s->silence_ms,
		    .ack_ms = s->ack_ms,
		    .backoff_first_ms = s->backoff_first_ms,
		    .backoff_max_ms = s->backoff_max_ms,
		    .window_bytes = (uint32_t)s->window_bytes },
	};
	struct relay_hooks hooks = { .context = o,
		.is_below = is_below,
		.on_record = on_record,
		.on_incarnation = on_incarnation,
		.on_fork = on_fork,
		.send = send,
		.dial = dial,
		.hang_up = hang_up,
		.random = give_random };

	CHECK(text_copy(settings.office, sizeof(settings.office), s->office) ==
	    RC_OK);
	CHECK(text_format(settings.software, sizeof(settings.software),
		  "petition-relay %s", PETITION_VERSION) == RC_OK);
	o->relay = relay_open(o->journal, &settings, &hooks);
}

/* -- the rungs -- */

static enum rc
take_lock(struct office *o, struct office_fault *fault)
{
	char pid_text[24];
	int64_t pid;
	enum rc rc = daemon_lock(o->dir, &o->lock_fd, &pid);

	if (rc == RC_OK)
		return RC_OK;
	if (rc != RC_BUSY)
		return fail_file(fault, rc, o->language, o->dir);
	(void)snprintf(pid_text, sizeof(pid_text), "%lld", (long long)pid);
	office_fault_say(fault, EXIT_TRY_AGAIN, o->language, SAY_OFFICE_BUSY,
	    SAY_ARGS(o->dir, pid_text));
	return rc;
}

static enum rc
set_mark(struct office *o, struct office_fault *fault)
{
	enum rc rc;

	o->was_clean = daemon_was_clean(o->dir);
	rc = daemon_mark_running(o->dir);
	if (rc != RC_OK)
		return fail_file(fault, rc, o->language, o->dir);
	o->is_marked = true;
	return RC_OK;
}

static enum rc
open_ledger(struct office *o, struct office_fault *fault)
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
		return fail_file(fault, rc, o->language, path);
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

/* -- views -- */

static void
show_progress(const struct office *o, uint64_t done, uint64_t all)
{
	char done_text[24], all_text[24], line[SAY_TEXT_MAX];

	(void)snprintf(done_text, sizeof(done_text), "%llu",
	    (unsigned long long)done);
	(void)snprintf(
	    all_text, sizeof(all_text), "%llu", (unsigned long long)all);
	say_to(line, sizeof(line), o->language, SAY_OFFICE_CATCH_UP,
	    SAY_ARGS(done_text, all_text));
	(void)fprintf(stderr, "\r%s%s", line, done == all ? "\n" : "");
}

static void
fold_row(struct office *o, const struct store_row *row)
{
	struct record record;
	bool is_readable = row->kind != RECORD_UNREADABLE &&
	    wire_record_unpack(row->bytes, &record) == RC_OK;

	views_apply(o->views,
	    &(struct relay_entry){ .position = row->position,
		.received_ms = row->received_ms,
		.stream = journal_stream(o->journal, row->stream),
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
	while (count < OFFICE_CATCH_UP_ROWS &&
	    journal_next(o->journal, &row)) {
		fold_row(o, &row);
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

static void
drop_register(const struct office *o)
{
	static const char *const names[] = { VIEWS_FILE, VIEWS_FILE "-wal",
		VIEWS_FILE "-shm" };
	char path[FILE_PATH_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		file_join(path, o->dir, names[i]);
		(void)unlink(path);
	}
}

static enum rc
open_views(struct office *o, struct office_fault *fault)
{
	char path[FILE_PATH_MAX];
	enum rc rc = views_open(o->dir, true, &o->views);

	/* A register of a longer journal (the ledger was restored from a
	 * backup), or a damaged one: it is only a view, so make it again. */
	if (rc == RC_DAMAGED ||
	    (rc == RC_OK && views_applied(o->views) > journal_end(o->journal))) {
		log_warn("office=%s event=register_made_again",
		    o->settings.office);
		if (rc == RC_OK)
			views_close(o->views);
		o->views = NULL;
		drop_register(o);
		rc = views_open(o->dir, true, &o->views);
	}
	file_join(path, o->dir, VIEWS_FILE);
	if (rc != RC_OK)
		return fail_file(fault, rc, o->language, path);
	catch_up(o);
	return RC_OK;
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
	enum rc rc = take_lock(o, fault);

	if (rc == RC_OK)
		rc = set_mark(o, fault);
	if (rc == RC_OK) {
		rc = office_keys_load(o->dir, &o->identity);
		if (rc != RC_OK)
			rc = fail_keys(fault, rc, o->language, o->dir);
	}
	if (rc == RC_OK)
		rc = open_ledger(o, fault);
	if (rc == RC_OK)
		rc = check_clock(o, options, fault);
	if (rc == RC_OK)
		rc = open_views(o, fault);
	if (rc != RC_OK)
		return rc;
	open_relay(o);
	o->seal = seal_new(o->dir);
	if (o->trade->open != NULL)
		o->trade_state = o->trade->open(o);
	return RC_OK;
}

static struct office *
new_office(const char *dir, const struct office_trade *trade,
    const struct office_options *options)
{
	struct office *o = memory_new(1, sizeof(*o));

	if (text_copy(o->dir, sizeof(o->dir), dir) != RC_OK)
		fatal("the path of the directory is too long");
	o->language = options->language;
	o->is_daemon = options->is_daemon;
	o->trade = trade;
	o->lock_fd = -1;
	o->space_asked_ms = INT64_MIN / 2;
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
	struct office *o = new_office(dir, trade, options);
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

/* -- making one -- */

static enum rc
fail_made(const char *dir, const struct office_make *wish,
    struct office_fault *fault)
{
	return fail(fault, RC_DUPLICATE, EXIT_REFUSED, wish->language,
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
	enum rc rc = open_ledger(o, fault);

	if (rc == RC_OK && !is_left_over(o))
		rc = fail(fault, RC_DUPLICATE, EXIT_REFUSED, o->language,
		    SAY_OFFICE_EXISTS, o->dir);
	if (rc == RC_OK)
		rc = open_views(o, fault);
	if (rc != RC_OK)
		return rc;
	open_relay(o);
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
	if (rc == RC_OK && o->trade->has_children)
		rc = office_keys_make_matching(
		    o->dir, o->settings.level[0]);
	return rc == RC_OK ? RC_OK :
			     fail_keys(fault, rc, o->language, o->dir);
}

static enum rc
make_all(struct office *o, struct office_fault *fault)
{
	enum rc rc = file_make_folder(o->dir);

	if (rc != RC_OK)
		return fail_file(fault, rc, o->language, o->dir);
	(void)chmod(o->dir, 0700);
	rc = take_lock(o, fault);
	if (rc == RC_OK)
		rc = set_mark(o, fault);
	if (rc == RC_OK)
		rc = make_keys(o, fault);
	if (rc == RC_OK)
		rc = begin_history(o, fault);
	if (rc != RC_OK)
		return rc;
	/* Last: with office.ini there the office is made. */
	rc = office_settings_write(o->dir, &o->settings);
	return rc == RC_OK ? RC_OK :
			     fail_file(fault, rc, o->language, o->dir);
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
	o = new_office(dir, trade, &options);
	rc = office_settings_from(wish, trade, &o->settings, fault);
	if (rc == RC_OK)
		rc = make_all(o, fault);
	o->is_open = rc == RC_OK;
	office_close(o);
	return rc;
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

	if (o->now.steady_ms - o->space_asked_ms < SPACE_EVERY_MS)
		return;
	o->space_asked_ms = o->now.steady_ms;
	if (db_space_left(o->dir, &left) != RC_OK)
		return;
	if (o->is_full)
		reserve += reserve / SPACE_SLACK_DIVISOR;
	is_full = left < reserve;
	if (is_full != o->is_full)
		log_warn("office=%s event=%s free_bytes=%llu",
		    o->settings.office,
		    is_full ? "disk_full" : "disk_has_room",
		    (unsigned long long)left);
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
	return relay_record(
	    o->relay, audience, &draft, o->now, &position, NULL);
}
