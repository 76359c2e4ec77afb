/*
 * Who knocks at a listener in vain.  libzmq turns strangers away by itself
 * and says nothing, except on a monitor; each line here sums up what came since the
 * last.
 *
 * An end of a connection does not say whether its handshake had succeeded,
 * so what was hung up on without a word (no ZMTP at all, a frame larger than
 * allowed) comes from counting: everybody accepted has been admitted or
 * refused, or is refused silently, or is still shaking hands.  The last is
 * nobody among those who came a while ago, nor among those who left again.
 */
#include <string.h>
#include <zmq.h>

#include "base/clock.h"
#include "base/log.h"
#include "mech/bus_internal.h"

enum {
	EVENTS_PER_WATCH_MAX = 256,
	DECIDED_MS = BUS_HANDSHAKE_MS + 2000, /* by then, one way or another */
};

void
bus_door_open(struct bus_socket *s)
{
	s->door.mark_ms = clock_steady_ms();
	bus_monitor_start(s, ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED |
				 ZMQ_EVENT_HANDSHAKE_SUCCEEDED |
				 ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
				 ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
				 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH);
}

static void
count_event(struct bus_door *d, unsigned event)
{
	switch (event) {
	case ZMQ_EVENT_ACCEPTED:
		d->accepted++;
		break;
	case ZMQ_EVENT_DISCONNECTED:
		d->left++;
		break;
	case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
		d->admitted++;
		break;
	case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
		d->refused.denied++;
		break;
	case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
		d->refused.malformed++;
		break;
	case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
		d->refused.unfinished++;
		break;
	default:
		break;
	}
}

static void
count_silent(struct bus_door *d, int64_t now_ms)
{
	const struct bus_refused *r = &d->refused;
	uint64_t told = d->admitted + r->denied + r->malformed + r->unfinished;
	uint64_t decided;

	if (now_ms - d->mark_ms >= DECIDED_MS) {
		d->accepted_before = d->accepted_mark;
		d->accepted_mark = d->accepted;
		d->mark_ms = now_ms;
	}
	decided = d->left > d->accepted_before ? d->left : d->accepted_before;
	if (decided > told && decided - told > r->silent)
		d->refused.silent = decided - told;
}

static uint64_t
sum_refused(const struct bus_refused *r)
{
	return r->denied + r->malformed + r->unfinished + r->silent;
}

static void
log_refused(struct bus_socket *s, int64_t now_ms)
{
	struct bus_door *d = &s->door;
	const struct bus_refused *now = &d->refused, *told = &d->told;
	char endpoint[BUS_ENDPOINT_MAX + 1];

	if (sum_refused(now) == sum_refused(told) ||
	    !log_rarely(&d->log, now_ms, NULL))
		return;
	bus_endpoint(s, endpoint);
	log_warn("listen=%s event=handshakes_refused count=%llu denied=%llu "
		 "malformed=%llu unfinished=%llu not_ours=%llu",
	    endpoint,
	    (unsigned long long)(sum_refused(now) - sum_refused(told)),
	    (unsigned long long)(now->denied - told->denied),
	    (unsigned long long)(now->malformed - told->malformed),
	    (unsigned long long)(now->unfinished - told->unfinished),
	    (unsigned long long)(now->silent - told->silent));
	d->told = d->refused;
}

static void
read_events(struct bus_socket *s)
{
	uint16_t event;

	for (int i = 0;
	     i < EVENTS_PER_WATCH_MAX && bus_monitor_read(s->monitor, &event);
	     i++)
		count_event(&s->door, event);
}

void
bus_door_opened(struct bus_socket *s)
{
	read_events(s);
	s->door.told = s->door.refused;
}

void
bus_door_watch(struct bus_socket *s)
{
	int64_t now_ms = clock_steady_ms();

	read_events(s);
	count_silent(&s->door, now_ms);
	log_refused(s, now_ms);
}
