/*
 * The rules that link_core.h numbers, one function per event.  What breaks them
 * silently is the order of things: a session ends before the next begins, what
 * the peer holds is believed only from its own mouth, and credit is given back
 * only by an acknowledgement.
 */
#include "relay/link_core.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "mech/states.h"

static const struct state_rule rules[LINK_STATE_COUNT] = {
	[LINK_DOWN] = { "down", BIT(LINK_DIALING) | BIT(LINK_STREAMING) },
	[LINK_DIALING] = { "dialing", BIT(LINK_GREETING) | BIT(LINK_DOWN) },
	[LINK_GREETING] = { "greeting", BIT(LINK_STREAMING) | BIT(LINK_DOWN) },
	[LINK_STREAMING] = { "streaming",
	    BIT(LINK_DOWN) | BIT(LINK_STREAMING) },
};

const char *
link_state_name(enum link_state state)
{
	return states_name(rules, LINK_STATE_COUNT, state);
}

static void
move(struct link_core *l, enum link_state to, int64_t now_ms)
{
	l->state = states_move(rules, LINK_STATE_COUNT, l->state, to);
	l->entered_ms = now_ms;
	l->heard_ms = now_ms;
	l->spoke_ms = now_ms;
	l->progress_ms = now_ms;
}

void
link_core_init(struct link_core *l, enum link_role role,
    const struct link_settings *settings, int64_t now_ms)
{
	*l = (struct link_core){ .role = role,
		.state = LINK_DOWN,
		.settings = *settings,
		.entered_ms = now_ms,
		.dial_at_ms = now_ms };
	backoff_init(&l->backoff, settings->backoff_first_ms,
	    settings->backoff_max_ms);
}

void
link_core_clear(struct link_core *l)
{
	free(l->streams);
	*l = (struct link_core){ .state = LINK_DOWN };
}

/* -- the shared streams -- */

static struct link_stream *
stream_at(struct link_core *l, uint32_t stream)
{
	if (stream < 1 || stream > l->streams_count)
		return NULL;
	return &l->streams[stream - 1];
}

void
link_core_stream(struct link_core *l, uint32_t stream, uint64_t local,
    bool is_shared, bool is_first)
{
	struct link_stream *s;

	CHECK(stream >= 1);
	if (stream > l->streams_count) {
		l->streams =
		    memory_grow(l->streams, stream, sizeof(struct link_stream));
		memset(l->streams + l->streams_count, 0,
		    (stream - l->streams_count) * sizeof(struct link_stream));
		l->streams_count = stream;
	}
	s = stream_at(l, stream);
	s->local = local;
	s->is_shared = is_shared;
	s->is_first = is_first;
}

/* What a peer holds need not be sent to it. */
static void
peer_holds(struct link_stream *s, uint64_t size)
{
	if (s->peer < size)
		s->peer = size;
	if (s->sent < size)
		s->sent = size;
}

void
link_core_peer_holds(struct link_core *l, uint32_t stream, uint64_t size)
{
	struct link_stream *s = stream_at(l, stream);

	CHECK(s != NULL);
	peer_holds(s, size);
}

void
link_core_reset_stream(struct link_core *l, uint32_t stream)
{
	struct link_stream *s = stream_at(l, stream);

	if (s != NULL)
		*s = (struct link_stream){ 0 };
}

/* -- sessions -- */

static void
forget_session(struct link_core *l)
{
	l->session = 0;
	l->flight_count = 0;
	l->flight_bytes = 0;
	l->taken_bytes = 0;
	for (uint32_t i = 0; i < l->streams_count; i++) {
		l->streams[i].peer = 0;
		if (!mutant_is(MUTANT_SENT_SURVIVES))
			l->streams[i].sent = 0;
		l->streams[i].is_halted = false;
		l->streams[i].ack_due = false;
	}
}

static void
go_down(struct link_core *l, const struct link_event *e, struct link_todo *todo)
{
	todo->hang_up = l->role == LINK_CHILD;
	forget_session(l);
	move(l, LINK_DOWN, e->now_ms);
	l->dial_at_ms = e->now_ms + backoff_next(&l->backoff, e->random);
}

/* Is this frame of the session that counts? */
static bool
is_current(const struct link_core *l, const struct link_event *e)
{
	if (mutant_is(MUTANT_STALE_SESSION))
		return l->state == LINK_STREAMING;
	return l->state == LINK_STREAMING && e->session == l->session;
}

static void
start_streaming(struct link_core *l, const struct link_event *e)
{
	l->peer_window = e->window_bytes;
	for (uint32_t i = 0; i < l->streams_count; i++) {
		if (mutant_is(MUTANT_UNLISTED_IS_HELD))
			l->streams[i].sent = l->streams[i].local;
	}
	for (uint32_t i = 0; i < e->marks_count; i++) {
		struct link_stream *s = stream_at(l, e->marks[i].stream);

		if (s == NULL)
			continue;
		s->peer = e->marks[i].size;
		if (!mutant_is(MUTANT_SENT_SURVIVES))
			s->sent = e->marks[i].size;
	}
	move(l, LINK_STREAMING, e->now_ms);
	backoff_reset(&l->backoff);
}

static void
step_greeted(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	if (l->role == LINK_PARENT) {
		forget_session(l);
		l->session = e->session;
		start_streaming(l, e);
		todo->send_welcome = true;
		return;
	}
	if (l->state == LINK_GREETING && e->session == l->session)
		start_streaming(l, e);
}

/* Streams that the peer would not take may be welcome by now. */
static void
retry_halted(struct link_core *l, int64_t now_ms)
{
	for (uint32_t i = 0; i < l->streams_count; i++) {
		struct link_stream *s = &l->streams[i];

		if (!s->is_halted || now_ms < s->retry_ms)
			continue;
		s->is_halted = false;
		s->sent = s->peer;
	}
}

static void
step_tick_streaming(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	bool is_stuck = l->flight_count > 0 &&
			e->now_ms - l->progress_ms >= l->settings.ack_ms;

	if (mutant_is(MUTANT_NO_ACK_TIMEOUT))
		is_stuck = false;
	if (is_stuck || e->now_ms - l->heard_ms >= l->settings.silence_ms) {
		go_down(l, e, todo);
		return;
	}
	retry_halted(l, e->now_ms);
	todo->send_ping = e->now_ms - l->spoke_ms >=
			  l->settings.silence_ms / LINK_PINGS_PER_SILENCE;
}

static void
step_tick(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	int64_t in_state_ms = e->now_ms - l->entered_ms;

	switch (l->state) {
	case LINK_DOWN:
		if (l->role == LINK_CHILD && e->now_ms >= l->dial_at_ms) {
			move(l, LINK_DIALING, e->now_ms);
			todo->dial = true;
		}
		break;
	case LINK_DIALING:
		if (in_state_ms >= l->settings.dial_ms)
			go_down(l, e, todo);
		break;
	case LINK_GREETING:
		if (in_state_ms >= l->settings.greeting_ms)
			go_down(l, e, todo);
		break;
	case LINK_STREAMING:
		step_tick_streaming(l, e, todo);
		break;
	case LINK_STATE_COUNT:
		break;
	}
}

static void
step_up(struct link_core *l, const struct link_event *e, struct link_todo *todo)
{
	if (l->state != LINK_DIALING)
		return;
	forget_session(l);
	l->session = e->random != 0 ? e->random : 1;
	move(l, LINK_GREETING, e->now_ms);
	todo->send_hello = true;
}

/* -- batches in, acknowledgements out -- */

static void
step_batch(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	struct link_stream *s = stream_at(l, e->stream);
	uint64_t last = e->first + e->count - 1;

	if (s == NULL || !s->is_shared) {
		todo->refuse = REFUSE_SCOPE;
		return;
	}
	if (s->is_halted)
		return;
	if (e->first > s->local + 1) {
		todo->refuse = REFUSE_GAP;
		return;
	}
	if (l->taken_bytes > l->settings.window_bytes) {
		todo->refuse = REFUSE_CREDIT;
		return;
	}
	l->taken_bytes += e->bytes;
	s->ack_due = true;
	if (last <= s->local) {
		peer_holds(s, last);
		return;
	}
	todo->take = true;
	todo->skip =
	    e->first > s->local ? 0 : (uint32_t)(s->local + 1 - e->first);
}

/* Batches leave the flight in the order in which they entered it. */
static void
land(struct link_core *l)
{
	while (l->flight_count > 0) {
		struct link_flight *f = &l->flight[l->flight_first];
		struct link_stream *s = stream_at(l, f->stream);

		if (s != NULL && !s->is_halted && f->last > s->peer)
			return;
		l->flight_bytes -= f->bytes;
		l->flight_first = (l->flight_first + 1) % LINK_FLIGHT_MAX;
		l->flight_count--;
	}
}

static void
step_ack(struct link_core *l, const struct link_event *e)
{
	l->peer_window = e->window_bytes;
	l->progress_ms = e->now_ms;
	for (uint32_t i = 0; i < e->marks_count; i++) {
		struct link_stream *s = stream_at(l, e->marks[i].stream);

		/* More than we ever sent cannot be true: not believed. */
		if (s == NULL || e->marks[i].size > s->local)
			continue;
		peer_holds(s, e->marks[i].size);
	}
	land(l);
}

bool
link_core_ack_due(const struct link_core *l)
{
	if (l->state != LINK_STREAMING)
		return false;
	for (uint32_t i = 0; i < l->streams_count; i++) {
		if (l->streams[i].ack_due)
			return true;
	}
	return false;
}

void
link_core_acked(struct link_core *l, int64_t now_ms)
{
	for (uint32_t i = 0; i < l->streams_count; i++)
		l->streams[i].ack_due = false;
	l->taken_bytes = 0;
	link_core_spoke(l, now_ms);
}

void
link_core_spoke(struct link_core *l, int64_t now_ms)
{
	l->spoke_ms = now_ms;
}

/* -- refusals -- */

static void
halt(struct link_core *l, uint32_t stream, int64_t retry_ms)
{
	struct link_stream *s = stream_at(l, stream);

	if (s == NULL)
		return;
	s->is_halted = true;
	s->retry_ms = retry_ms;
	s->ack_due = false;
	land(l);
}

static void
step_refused(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	switch (e->code) {
	case REFUSE_FORK:
		halt(l, e->stream, INT64_MAX);
		return;
	case REFUSE_SCOPE:
		halt(l, e->stream, e->now_ms + l->settings.silence_ms);
		return;
	case REFUSE_VERSION:
	case REFUSE_OFFICE:
	case REFUSE_REVOKED:
	case REFUSE_NO_SPACE:
		/* Nothing will change soon: wait as long as we ever wait. */
		l->backoff.next_ms = l->backoff.max_ms;
		break;
	case REFUSE_NOT:
	case REFUSE_STALE_SESSION:
	case REFUSE_GAP:
	case REFUSE_MALFORMED:
	case REFUSE_CREDIT:
	case REFUSE_INVITATION_USED:
	case REFUSE_INVITATION_EXPIRED:
	case REFUSE_INVITATION_OFFICE:
		break;
	}
	if (l->state != LINK_DOWN)
		go_down(l, e, todo);
}

/*
 * A frame of another session is none of our business at the child, whose
 * connection is its session.  The parent says so: the child may believe that
 * its session stands.
 */
static void
step_frame(struct link_core *l, const struct link_event *e,
    struct link_todo *todo)
{
	if (!is_current(l, e)) {
		if (l->role == LINK_PARENT && e->kind != LINK_REFUSED)
			todo->refuse = REFUSE_STALE_SESSION;
		return;
	}
	l->heard_ms = e->now_ms;
	if (e->kind == LINK_BATCH) {
		step_batch(l, e, todo);
	} else if (e->kind == LINK_ACK) {
		step_ack(l, e);
	} else if (e->kind == LINK_PING) {
		todo->send_pong = true;
	} else if (e->kind == LINK_REFUSED) {
		step_refused(l, e, todo);
	}
}

void
link_core_step(struct link_core *l, const struct link_event *event,
    struct link_todo *todo)
{
	*todo = (struct link_todo){ .refuse = REFUSE_NOT };
	switch (event->kind) {
	case LINK_TICK:
		step_tick(l, event, todo);
		break;
	case LINK_UP:
		step_up(l, event, todo);
		break;
	case LINK_LOST:
		if (l->state != LINK_DOWN)
			go_down(l, event, todo);
		break;
	case LINK_GREETED:
		step_greeted(l, event, todo);
		break;
	case LINK_FORKED:
		halt(l, event->stream, INT64_MAX);
		break;
	case LINK_REFUSED:
		/* A HELLO may be refused before there is a session. */
		if (l->state == LINK_GREETING && event->session == l->session) {
			step_refused(l, event, todo);
			break;
		}
		step_frame(l, event, todo);
		break;
	case LINK_BATCH:
	case LINK_ACK:
	case LINK_PING:
	case LINK_PONG:
		step_frame(l, event, todo);
		break;
	}
}

/* -- batches out -- */

static bool
has_unsent(const struct link_stream *s)
{
	return s->is_shared && !s->is_halted && s->local > s->sent;
}

/* The child's own streams first: they enrol those whose records follow. */
static uint32_t
pick_stream(const struct link_core *l)
{
	for (uint32_t i = 0; i < l->streams_count; i++) {
		if (l->streams[i].is_first && has_unsent(&l->streams[i]))
			return i + 1;
	}
	for (uint32_t i = 0; i < l->streams_count; i++) {
		uint32_t at = (l->next_stream + i) % l->streams_count;

		if (has_unsent(&l->streams[at]))
			return at + 1;
	}
	return 0;
}

bool
link_core_next_batch(const struct link_core *l, uint32_t *stream,
    uint64_t *first, uint32_t *bytes_max)
{
	uint32_t room;

	if (l->state != LINK_STREAMING || l->flight_count == LINK_FLIGHT_MAX)
		return false;
	/* One batch may always be out, whatever the window. */
	if (l->flight_count > 0 && l->flight_bytes >= l->peer_window &&
	    !mutant_is(MUTANT_NO_WINDOW))
		return false;
	*stream = pick_stream(l);
	if (*stream == 0)
		return false;
	*first = l->streams[*stream - 1].sent + 1;
	room = l->peer_window > l->flight_bytes
		   ? l->peer_window - l->flight_bytes
		   : 1;
	*bytes_max = room < BATCH_BYTES_MAX ? room : BATCH_BYTES_MAX;
	return true;
}

void
link_core_sent(struct link_core *l, uint32_t stream, uint64_t last,
    uint32_t bytes, int64_t now_ms)
{
	struct link_stream *s = stream_at(l, stream);
	uint32_t at = (l->flight_first + l->flight_count) % LINK_FLIGHT_MAX;

	CHECK(s != NULL && last > s->sent && last <= s->local);
	CHECK(l->flight_count < LINK_FLIGHT_MAX);
	if (l->flight_count == 0)
		l->progress_ms = now_ms;
	s->sent = last;
	if (mutant_is(MUTANT_SENT_IS_HELD)) {
		s->peer = last;
		link_core_spoke(l, now_ms);
		return;
	}
	l->flight[at] = (struct link_flight){ stream, last, bytes };
	l->flight_count++;
	l->flight_bytes += bytes;
	l->next_stream = stream % (l->streams_count);
	link_core_spoke(l, now_ms);
}

int64_t
link_core_wake_ms(const struct link_core *l)
{
	int64_t ping_ms, silence_ms, ack_ms, wake_ms;

	switch (l->state) {
	case LINK_DOWN:
		return l->role == LINK_CHILD ? l->dial_at_ms : INT64_MAX;
	case LINK_DIALING:
		return l->entered_ms + l->settings.dial_ms;
	case LINK_GREETING:
		return l->entered_ms + l->settings.greeting_ms;
	case LINK_STREAMING:
		break;
	case LINK_STATE_COUNT:
		return INT64_MAX;
	}
	ping_ms = l->spoke_ms + l->settings.silence_ms / LINK_PINGS_PER_SILENCE;
	silence_ms = l->heard_ms + l->settings.silence_ms;
	wake_ms = ping_ms < silence_ms ? ping_ms : silence_ms;
	ack_ms = l->progress_ms + l->settings.ack_ms;
	if (l->flight_count > 0 && ack_ms < wake_ms)
		wake_ms = ack_ms;
	return wake_ms;
}
