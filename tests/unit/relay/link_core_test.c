/* The rules that relay/link_core.h lists, each with a try to break it. */
#include <stddef.h>
#include <stdint.h>

#include "relay/link_core.h"

#include "support/unit.h"

enum { OURS = 1, THEIRS = 2, SESSION = 77 };

static const struct link_settings settings = { .dial_ms = 10000,
	.greeting_ms = 5000,
	.silence_ms = 15000,
	.ack_ms = 30000,
	.backoff_first_ms = 200,
	.backoff_max_ms = 1600,
	.window_bytes = 1000 };

static struct link_todo
step(struct link_core *l, struct link_event event)
{
	struct link_todo todo;

	link_core_step(l, &event, &todo);
	return todo;
}

/* A child in session at time 0, the peer holding nothing. */
static void
stream_as_child(struct link_core *l)
{
	link_core_init(l, LINK_CHILD, &settings, 0);
	link_core_stream(l, OURS, 10, true, true);
	assert_true(step(l, (struct link_event){ .kind = LINK_TICK }).dial);
	assert_true(
	    step(l, (struct link_event){ .kind = LINK_UP, .random = SESSION })
		.send_hello);
	(void)step(l, (struct link_event){ .kind = LINK_GREETED,
			  .session = SESSION,
			  .window_bytes = 500 });
	assert_int_equal(l->state, LINK_STREAMING);
}

static void
stream_as_parent(struct link_core *l)
{
	link_core_init(l, LINK_PARENT, &settings, 0);
	link_core_stream(l, THEIRS, 4, true, true);
	assert_true(step(l, (struct link_event){ .kind = LINK_GREETED,
				.session = SESSION,
				.window_bytes = 500 })
			.send_welcome);
}

static struct link_event
batch(uint64_t session, uint64_t first, uint32_t count)
{
	return (struct link_event){ .kind = LINK_BATCH,
		.session = session,
		.stream = THEIRS,
		.first = first,
		.count = count,
		.bytes = 100 };
}

TEST(test_link_drops_a_frame_of_an_older_session)
{
	struct link_core l;
	struct link_todo todo;

	(void)state;
	stream_as_parent(&l);
	(void)step(&l,
	    (struct link_event){ .kind = LINK_GREETED, .session = 78 });
	todo = step(&l, batch(SESSION, 5, 1));
	assert_false(todo.take);
	assert_int_equal(todo.refuse, REFUSE_STALE_SESSION);
	assert_true(step(&l, batch(78, 5, 1)).take);
	link_core_clear(&l);
}

TEST(test_link_refuses_a_batch_after_a_gap)
{
	struct link_core l;
	struct link_todo todo;

	(void)state;
	stream_as_parent(&l);
	todo = step(&l, batch(SESSION, 6, 1));
	assert_false(todo.take);
	assert_int_equal(todo.refuse, REFUSE_GAP);
	link_core_clear(&l);
}

TEST(test_link_takes_only_what_it_does_not_hold)
{
	struct link_core l;
	struct link_todo todo;

	(void)state;
	stream_as_parent(&l);
	todo = step(&l, batch(SESSION, 3, 2));
	assert_false(todo.take);
	assert_true(link_core_ack_due(&l)); /* the first ack may be lost */
	todo = step(&l, batch(SESSION, 3, 4));
	assert_true(todo.take);
	assert_int_equal(todo.skip, 2);
	link_core_clear(&l);
}

TEST(test_link_refuses_a_stream_out_of_its_scope)
{
	struct link_core l;

	(void)state;
	stream_as_parent(&l);
	link_core_stream(&l, THEIRS, 4, false, false);
	assert_int_equal(step(&l, batch(SESSION, 5, 1)).refuse, REFUSE_SCOPE);
	link_core_clear(&l);
}

TEST(test_link_counts_as_held_only_what_the_peer_said)
{
	struct link_core l;
	struct link_mark mark = { OURS, 3 };
	uint32_t stream, bytes;
	uint64_t first;

	(void)state;
	stream_as_child(&l);
	assert_true(link_core_next_batch(&l, &stream, &first, &bytes));
	assert_int_equal(first, 1);
	link_core_sent(&l, OURS, 5, 100, 1);
	assert_int_equal(l.streams[OURS - 1].peer, 0);
	(void)step(&l, (struct link_event){ .kind = LINK_ACK,
			   .session = SESSION,
			   .window_bytes = 500,
			   .marks = &mark,
			   .marks_count = 1 });
	assert_int_equal(l.streams[OURS - 1].peer, 3);
	assert_int_equal(l.flight_count, 1); /* not the whole batch yet */
	mark.size = 5000;                    /* more than there is: a lie */
	(void)step(&l, (struct link_event){ .kind = LINK_ACK,
			   .session = SESSION,
			   .window_bytes = 500,
			   .marks = &mark,
			   .marks_count = 1 });
	assert_int_equal(l.streams[OURS - 1].peer, 3);
	link_core_clear(&l);
}

TEST(test_link_stays_within_the_window)
{
	struct link_core l;
	uint32_t stream, bytes;
	uint64_t first;

	(void)state;
	stream_as_child(&l);
	assert_true(link_core_next_batch(&l, &stream, &first, &bytes));
	assert_int_equal(bytes, 500);
	link_core_sent(&l, OURS, 2, 400, 1);
	assert_true(link_core_next_batch(&l, &stream, &first, &bytes));
	assert_int_equal(bytes, 100);
	link_core_sent(&l, OURS, 3, 100, 1);
	assert_false(link_core_next_batch(&l, &stream, &first, &bytes));
	link_core_clear(&l);
}

TEST(test_link_refuses_more_than_its_window)
{
	struct link_core l;
	struct link_event flood = batch(SESSION, 5, 1);

	(void)state;
	stream_as_parent(&l);
	flood.bytes = 600;
	assert_int_equal(step(&l, flood).refuse, REFUSE_NOT);
	assert_int_equal(step(&l, flood).refuse, REFUSE_NOT);
	assert_int_equal(step(&l, flood).refuse, REFUSE_CREDIT);
	link_core_acked(&l, 1);
	assert_int_equal(step(&l, flood).refuse, REFUSE_NOT);
	link_core_clear(&l);
}

TEST(test_link_pings_and_then_gives_a_silent_peer_up)
{
	struct link_core l;
	struct link_event tick = { .kind = LINK_TICK, .now_ms = 5000 };

	(void)state;
	stream_as_child(&l);
	assert_int_equal(link_core_wake_ms(&l), 5000);
	assert_true(step(&l, tick).send_ping);
	link_core_spoke(&l, 5000);
	tick.now_ms = 15000;
	assert_true(step(&l, tick).hang_up);
	assert_int_equal(l.state, LINK_DOWN);
	link_core_clear(&l);
}

TEST(test_link_gives_up_a_peer_that_stops_acknowledging)
{
	struct link_core l;

	(void)state;
	stream_as_child(&l);
	link_core_sent(&l, OURS, 5, 100, 0);
	for (int64_t now_ms = 4000; now_ms < 30000; now_ms += 4000) {
		(void)step(&l, (struct link_event){ .kind = LINK_PONG,
				   .session = SESSION,
				   .now_ms = now_ms });
		assert_false(step(&l,
		    (struct link_event){ .kind = LINK_TICK, .now_ms = now_ms })
				 .hang_up);
	}
	assert_true(
	    step(&l, (struct link_event){ .kind = LINK_TICK, .now_ms = 30000 })
		.hang_up);
	link_core_clear(&l);
}

TEST(test_link_backs_off_with_jitter_up_to_its_limit)
{
	struct link_core l;
	int64_t now_ms = 0, waits[6];

	(void)state;
	link_core_init(&l, LINK_CHILD, &settings, 0);
	for (int i = 0; i < 6; i++) {
		(void)step(&l,
		    (struct link_event){ .kind = LINK_TICK, .now_ms = now_ms });
		assert_int_equal(l.state, LINK_DIALING);
		(void)step(&l, (struct link_event){ .kind = LINK_LOST,
				   .now_ms = now_ms,
				   .random = UINT64_MAX - 7 });
		waits[i] = link_core_wake_ms(&l) - now_ms;
		now_ms = link_core_wake_ms(&l);
	}
	for (int i = 0; i < 6; i++) {
		int64_t full_ms = 200 << i;

		if (full_ms > 1600)
			full_ms = 1600;
		assert_true(waits[i] >= full_ms / 2);
		assert_true(waits[i] <= full_ms);
	}
	link_core_clear(&l);
}

TEST(test_link_waits_long_where_nothing_will_change)
{
	struct link_core l;

	(void)state;
	stream_as_child(&l);
	assert_true(step(&l, (struct link_event){ .kind = LINK_REFUSED,
				 .session = SESSION,
				 .code = REFUSE_REVOKED })
			.hang_up);
	assert_true(link_core_wake_ms(&l) >= 800);
	link_core_clear(&l);
}

TEST(test_link_halts_a_forked_stream_and_goes_on_with_others)
{
	struct link_core l;
	uint32_t stream, bytes;
	uint64_t first;

	(void)state;
	stream_as_child(&l);
	link_core_stream(&l, THEIRS, 3, true, false);
	(void)step(&l,
	    (struct link_event){ .kind = LINK_FORKED, .stream = OURS });
	assert_true(link_core_next_batch(&l, &stream, &first, &bytes));
	assert_int_equal(stream, THEIRS);
	(void)step(&l,
	    (struct link_event){ .kind = LINK_TICK, .now_ms = 14000 });
	assert_true(l.streams[OURS - 1].is_halted);
	link_core_clear(&l);
}

TEST(test_link_tries_a_stream_out_of_scope_again_later)
{
	struct link_core l;

	(void)state;
	stream_as_child(&l);
	link_core_sent(&l, OURS, 5, 100, 0);
	(void)step(&l, (struct link_event){ .kind = LINK_REFUSED,
			   .session = SESSION,
			   .stream = OURS,
			   .code = REFUSE_SCOPE });
	assert_int_equal(l.flight_count, 0);
	(void)step(&l, (struct link_event){ .kind = LINK_PONG,
			   .session = SESSION,
			   .now_ms = 14000 });
	(void)step(&l,
	    (struct link_event){ .kind = LINK_TICK, .now_ms = 16000 });
	assert_false(l.streams[OURS - 1].is_halted);
	assert_int_equal(l.streams[OURS - 1].sent, 0);
	link_core_clear(&l);
}

TEST(test_link_does_not_send_back_what_it_was_sent)
{
	struct link_core l;
	uint32_t stream, bytes;
	uint64_t first;

	(void)state;
	stream_as_parent(&l);
	link_core_stream(&l, THEIRS, 0, true, true);
	assert_true(step(&l, batch(SESSION, 1, 6)).take);
	link_core_stream(&l, THEIRS, 6, true, true);
	link_core_peer_holds(&l, THEIRS, 6);
	assert_false(link_core_next_batch(&l, &stream, &first, &bytes));
	link_core_clear(&l);
}
