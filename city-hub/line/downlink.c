/*
 * Every frame first names its sender: the user that admission gave its
 * connection (roster_admit).  libzmq loses what it cannot deliver without a
 * word, and so may we: the links' own silence and acknowledgements find out.
 * Whoever is no child of ours (any more) is answered outside the relay, after
 * the commit, and never more than DOWNLINK_ANSWERS_MAX of them a turn.
 */
#include "line/downlink.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire.h"
#include "line/roster.h"
#include "office/office.h"
#include "office/office_keys.h"
#include "relay/relay.h"

static const char not_a_frame[] = "not_a_frame";
static const char reads_too_slowly[] = "reads_too_slowly";

enum { ROUTE_BYTES_MAX = 7, ROUTE_SIZE_SHIFT = 56, BITS_PER_BYTE = 8 };

/* What the listener remembers of a child: the owner of its link. */
struct peer {
	struct downlink *line;
	const char *office; /* the link's */
	uint64_t route;     /* of its last frame */
	uint64_t session;   /* of its last frame */
};

/* Who makes trouble of which kind, so as to log it rarely. */
struct nuisance {
	char peer[BUS_USER_MAX + 1]; /* "": a free place */
	const char *event;           /* a literal */
	struct log_rarely log;
};

/* An answer outside any session: enrolment, refusal. */
struct answer {
	uint64_t route;
	struct frame frame;
};

struct downlink {
	struct office *office;
	struct roster *roster;
	struct bus_socket *socket;
	struct answer *answers; /* DOWNLINK_ANSWERS_MAX */
	size_t answers_count;
	struct buffer packed;
	struct nuisance nuisances[DOWNLINK_NUISANCES_MAX];
	size_t next_nuisance; /* the place to be given up next */
};

/* -- trouble, logged rarely per peer and kind -- */

static struct nuisance *
nuisance_of(struct downlink *d, const char *peer, const char *event)
{
	struct nuisance *n;

	for (size_t i = 0; i < DOWNLINK_NUISANCES_MAX; i++) {
		n = &d->nuisances[i];
		if (n->event == event && strcmp(n->peer, peer) == 0)
			return n;
	}
	n = &d->nuisances[d->next_nuisance];
	d->next_nuisance = (d->next_nuisance + 1) % DOWNLINK_NUISANCES_MAX;
	*n = (struct nuisance){ .event = event };
	CHECK(text_copy(n->peer, sizeof(n->peer), peer) == RC_OK);
	return n;
}

static void
complain(struct downlink *d, const char *peer, const char *event)
{
	struct nuisance *n = nuisance_of(d, peer, event);
	uint64_t passed_over;

	if (!log_rarely(&n->log, d->office->now.steady_ms, &passed_over))
		return;
	log_warn("peer=%s event=%s count=%llu", peer, event,
	    (unsigned long long)passed_over + 1);
}

/* -- routes: libzmq's automatic ids are 5 bytes -- */

static uint64_t
route_number(const struct bus_route *route)
{
	uint64_t number = (uint64_t)route->size << ROUTE_SIZE_SHIFT;

	CHECK(route->size <= ROUTE_BYTES_MAX);
	for (size_t i = 0; i < route->size; i++)
		number |= (uint64_t)route->bytes[i] << (BITS_PER_BYTE * i);
	return number;
}

static void
number_route(uint64_t number, struct bus_route *out)
{
	*out = (struct bus_route){ .size = number >> ROUTE_SIZE_SHIFT };
	CHECK(out->size <= ROUTE_BYTES_MAX);
	for (size_t i = 0; i < out->size; i++)
		out->bytes[i] = (uint8_t)(number >> (BITS_PER_BYTE * i));
}

static void
send_to(struct downlink *d, const char *peer, uint64_t route, struct span frame)
{
	struct bus_route to;

	number_route(route, &to);
	/*
	 * A peer that is gone shows as silent, and its next HELLO starts anew.
	 * To one that does not read nothing more is queued: what it misses it
	 * asks for, or the link gives it up for not acknowledging.
	 */
	if (bus_send(d->socket, &to, frame) == RC_BUSY)
		complain(d, peer, reads_too_slowly);
}

static void
send_to_child(void *owner, uint64_t route, struct span frame)
{
	struct peer *peer = owner;

	send_to(peer->line, peer->office, route, frame);
}

/* A child dials by itself; nothing is said to it before it has spoken. */
static const struct relay_transport downlink_transport = {
	.send_frame = send_to_child,
};

static struct peer *
peer_of(struct downlink *d, struct relay_link *link)
{
	struct peer *peer = relay_link_owner(link);

	if (peer == NULL) {
		peer = memory_new(1, sizeof(*peer));
		peer->line = d;
		peer->office = relay_link_office(link);
		relay_attach(link, &downlink_transport, peer);
	}
	return peer;
}

static void
forget_peer(struct relay_link *link)
{
	free(relay_link_owner(link));
	relay_detach(link);
}

/* -- life -- */

enum rc
downlink_open(struct bus *bus, struct office *o, struct roster *roster,
    struct downlink **out)
{
	struct downlink *d;
	struct bus_keys keys;
	struct bus_socket *socket;
	enum rc rc;

	if (o->settings.listen[0] == '\0')
		return RC_NONE;
	office_keys_for_bus(o->identity, &keys);
	rc = bus_listen(bus, o->settings.listen, &keys, &socket);
	explicit_bzero(&keys, sizeof(keys));
	if (rc != RC_OK)
		return rc;
	d = memory_new(1, sizeof(*d));
	d->office = o;
	d->roster = roster;
	d->socket = socket;
	d->answers = memory_new(DOWNLINK_ANSWERS_MAX, sizeof(*d->answers));
	d->packed.limit = FRAME_BYTES_MAX;
	*out = d;
	return RC_OK;
}

void
downlink_close(struct downlink *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < relay_child_count(d->office->relay); i++) {
		forget_peer(relay_child_at(d->office->relay, i));
	}
	bus_socket_close(d->socket);
	buffer_clear(&d->packed);
	free(d->answers);
	free(d);
}

/* -- answers outside sessions -- */

static struct frame *
new_answer(struct downlink *d, uint64_t route)
{
	struct answer *a;

	if (d->answers_count == DOWNLINK_ANSWERS_MAX)
		return NULL; /* whoever asks again will be heard */
	a = &d->answers[d->answers_count++];
	a->route = route;
	a->frame = (struct frame){ .type = FRAME_REFUSE };
	return &a->frame;
}

static void
refuse_revoked(struct downlink *d, uint64_t route, uint64_t session)
{
	struct frame *f = new_answer(d, route);

	if (f == NULL)
		return;
	f->session = session;
	f->refuse = (struct frame_refuse){ .code = REFUSE_REVOKED };
	CHECK(text_copy(f->refuse.reason, sizeof(f->refuse.reason),
		  "this office has been cut off") == RC_OK);
}

static void
send_answer(struct downlink *d, uint64_t route, const struct frame *f)
{
	buffer_reset(&d->packed);
	wire_frame_pack(&d->packed, f);
	send_to(d, "outside_sessions", route, buffer_span(&d->packed));
}

void
downlink_cut(struct downlink *d, struct relay_link *link)
{
	struct peer *peer = relay_link_owner(link);

	if (peer == NULL)
		return;
	refuse_revoked(d, peer->route, peer->session);
	forget_peer(link);
}

/* -- the turn -- */

static enum rc
receive_frame(void *context, struct bus_frame *frame)
{
	return bus_receive(((struct downlink *)context)->socket, frame);
}

static void
hear_invited(struct downlink *d, const char *invitation, uint64_t route,
    const struct bus_frame *frame)
{
	struct frame *answer;
	struct frame f;

	if (wire_frame_unpack(frame->bytes, &f) != RC_OK ||
	    f.type != FRAME_ENROL) {
		/* Not even refused, so as not to be an echo. */
		complain(d, frame->user, not_a_frame);
		return;
	}
	answer = new_answer(d, route);
	if (answer != NULL)
		roster_enrol(d->roster, invitation, &f.enrol, answer);
}

static void
hear_child(struct downlink *d, const char *office, uint64_t route,
    uint64_t session, const struct bus_frame *frame)
{
	struct office *o = d->office;
	struct relay_link *link = relay_child(o->relay, office);
	struct peer *peer;

	/* Enrolled in this very turn: the office will come again. */
	if (link == NULL)
		return;
	peer = peer_of(d, link);
	peer->route = route;
	peer->session = session;
	relay_hear(o->relay, link, route, frame->bytes, o->now);
}

static void
hear_frame(void *context, const struct bus_frame *frame)
{
	struct downlink *d = context;
	char invitation[INVITATION_ID_MAX + 1];
	char office[OFFICE_CODE_MAX + 1];
	uint64_t route = route_number(&frame->route);
	uint64_t session;
	enum frame_type type;
	enum rc who;

	if (wire_frame_peek(frame->bytes, &type, &session) != RC_OK) {
		complain(d, frame->user, not_a_frame);
		return;
	}
	who = roster_user(d->roster, frame->user, office, invitation);
	if (who == RC_NONE) {
		hear_invited(d, invitation, route, frame);
	} else if (who == RC_OK) {
		hear_child(d, office, route, session, frame);
	} else {
		refuse_revoked(d, route, session);
	}
}

static void
send_answers(void *context)
{
	struct downlink *d = context;

	for (size_t i = 0; i < d->answers_count; i++)
		send_answer(d, d->answers[i].route, &d->answers[i].frame);
	d->answers_count = 0;
}

struct turn_part
downlink_part(struct downlink *d)
{
	return (struct turn_part){ .context = d,
		.receive = receive_frame,
		.hear = hear_frame,
		.answer = send_answers };
}
