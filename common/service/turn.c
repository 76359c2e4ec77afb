/*
 * The promise of the whole system in one place: what came is recorded in one
 * transaction, and only when that is on disk is anything said about it.  The
 * register commits after the journal; a crash in between is made good at the
 * next opening (office/follow.c).
 */
#include "service/turn.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "contract/command.h"
#include "desk/desk.h"
#include "desk/reply.h"
#include "office/office.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay.h"

enum {
	FOLLOW_IDLE_MS = 20, /* for the slow views, when nobody waits */
	FOLLOW_BUSY_MS = 2,
	SLEEP_MS_MAX = 60 * 1000,
	FULL_SLEEP_MS_MAX = 1000, /* how soon a freed disk is noticed */
};

struct turn {
	struct office *office;
	struct turn_part parts[TURN_PARTS_MAX];
	size_t parts_count;
	struct bus_frame frames[TURN_FRAMES_MAX];
	size_t part_of[TURN_FRAMES_MAX]; /* who took frames[i] */
	size_t frames_count;
	bool is_behind;    /* the slow views have more to do */
	size_t first_part; /* asked first: a flood at one must not starve
			      the others */
};

struct turn *
turn_new(struct office *o)
{
	struct turn *t = memory_new(1, sizeof(*t));

	t->office = o;
	return t;
}

void
turn_free(struct turn *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < TURN_FRAMES_MAX; i++)
		bus_frame_clear(&t->frames[i]);
	free(t);
}

void
turn_add(struct turn *t, struct turn_part part)
{
	CHECK(t->parts_count < TURN_PARTS_MAX);
	t->parts[t->parts_count++] = part;
}

/* -- gather -- */

static bool
take_from(struct turn *t, size_t index, size_t *bytes)
{
	const struct turn_part *part = &t->parts[index];
	struct bus_frame *frame = &t->frames[t->frames_count];

	if (part->receive == NULL ||
	    part->receive(part->context, frame) != RC_OK)
		return false;
	t->part_of[t->frames_count++] = index;
	*bytes += frame->bytes.size;
	return true;
}

static void
gather(struct turn *t)
{
	int64_t until_ms = clock_steady_ms() + TURN_GATHER_MS_MAX;
	size_t bytes = 0;
	size_t empty = 0;

	t->frames_count = 0;
	for (size_t i = t->first_part;
	     empty < t->parts_count && t->frames_count < TURN_FRAMES_MAX &&
	     bytes < TURN_BYTES_MAX;
	     i++) {
		if (take_from(t, i % t->parts_count, &bytes)) {
			empty = 0;
		} else {
			empty++;
		}
		if (clock_steady_ms() > until_ms)
			break;
	}
	t->first_part =
	    t->parts_count > 0 ? (t->first_part + 1) % t->parts_count : 0;
}

/* -- record -- */

static void
begin(struct office *o)
{
	journal_begin(o->journal);
	views_begin(o->views);
}

#ifdef PETITION_TEST_HOOKS
/* Die between the two commits of the n-th turn, as a power cut might. */
static void
crash_when_told(void)
{
	static long turns_left = -1;
	static bool is_read;
	const char *wish;

	if (!is_read) {
		is_read = true;
		/* NOLINTNEXTLINE(concurrency-mt-unsafe): in tests only */
		wish = getenv("PETITION_TEST_CRASH_AFTER_TURNS");
		if (wish != NULL)
			turns_left = strtol(wish, NULL, 10);
	}
	if (turns_left > 0 && --turns_left == 0)
		_exit(137);
}
#else
static void
crash_when_told(void)
{
}
#endif

/* The journal is on disk; now what people look at. */
static void
publish(struct office *o)
{
	crash_when_told();
	views_commit(o->views);
	if (o->trade->settle != NULL)
		o->trade->settle(o->trade_state);
}

static void
hear_frames(struct turn *t)
{
	for (size_t i = 0; i < t->frames_count; i++) {
		const struct turn_part *part = &t->parts[t->part_of[i]];

		if (part->hear != NULL)
			part->hear(part->context, &t->frames[i]);
	}
}

/* What need not be done at once: it waits for the disk, too. */
static void
follow(struct turn *t)
{
	int64_t now_ms = clock_steady_ms();
	int ms = t->frames_count > 0 ? FOLLOW_BUSY_MS : FOLLOW_IDLE_MS;
	struct office *o = t->office;

	t->is_behind = views_follow(o->views, now_ms + ms / 2);
	if (o->trade->tick != NULL)
		t->is_behind |= o->trade->tick(o->trade_state, now_ms + ms);
}

static void
record(struct turn *t)
{
	struct office *o = t->office;

	begin(o);
	hear_frames(t);
	for (size_t i = 0; i < t->parts_count; i++) {
		if (t->parts[i].watch != NULL)
			t->parts[i].watch(t->parts[i].context);
	}
	t->is_behind = false;
	if (!o->is_full)
		follow(t);
	relay_tick(o->relay, o->now);
	relay_commit(o->relay, o->now);
}

/* -- answer -- */

static void
answer(struct turn *t)
{
	struct office *o = t->office;

	/* Peers are promised the journal alone; people will look things up. */
	relay_answer(o->relay, o->now);
	publish(o);
	for (size_t i = 0; i < t->parts_count; i++) {
		if (t->parts[i].answer != NULL)
			t->parts[i].answer(t->parts[i].context);
	}
	for (size_t i = 0; i < t->frames_count; i++)
		bus_frame_clear(&t->frames[i]);
}

void
turn_run(struct turn *t)
{
	office_tick(t->office);
	office_check_space(t->office);
	gather(t);
	record(t);
	answer(t);
}

int
turn_sleep_ms(const struct turn *t)
{
	int64_t wake_ms = relay_wake_ms(t->office->relay);
	int64_t now_ms = clock_steady_ms();
	int64_t most_ms = t->office->is_full ? FULL_SLEEP_MS_MAX : SLEEP_MS_MAX;

	for (size_t i = 0; i < t->parts_count; i++) {
		const struct turn_part *part = &t->parts[i];
		int64_t at_ms = part->wake_ms != NULL
				    ? part->wake_ms(part->context)
				    : INT64_MAX;

		if (at_ms < wake_ms)
			wake_ms = at_ms;
	}
	if (wake_ms <= now_ms || t->is_behind)
		return 0;
	return wake_ms - now_ms < most_ms ? (int)(wake_ms - now_ms)
					  : (int)most_ms;
}

/* -- commands -- */

static bool
only_asks(const struct command *c)
{
	return c->kind == COMMAND_STATUS || c->kind == COMMAND_DISTRICTS;
}

void
turn_command(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	if (o->is_full && !only_asks(c)) {
		reply_refuse(reply, EXIT_TRY_AGAIN, SAY_OFFICE_DISK_FULL,
		    SAY_ARGS(o->dir));
		return;
	}
	desk_handle(o, c, reply);
}

void
office_do(struct office *o, const struct command *c, struct buffer *reply)
{
	struct reply_writer w;

	reply_init(&w, c->language);
	office_tick(o);
	office_check_space(o);
	begin(o);
	turn_command(o, c, &w);
	if (o->trade->tick != NULL) {
		(void)o->trade->tick(o->trade_state,
		    clock_steady_ms() + FOLLOW_IDLE_MS);
	}
	(void)views_follow(o->views, clock_steady_ms() + FOLLOW_IDLE_MS);
	relay_commit(o->relay, o->now);
	publish(o);
	reply_pack(&w, reply);
	reply_clear(&w);
}
