/*
 * A turn of an office as tests want it.  Relies on the order of service/turn.c
 * (journal, views, settle) and on the relay's own way of appending what a
 * batch brought: a test would else need two offices and a line between them
 * to make one of them hear a single record.
 */
#include "support/turn.h"

#include <string.h>

#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "mech/merkle.h"
#include "office/office.h"
#include "register/views.h"
#include "relay/journal.h"
#include "relay/relay_internal.h"

#include "support/unit.h"

enum { INCARNATION = 7, TURNS_MAX = 200 };

void
in_turn(struct office *o, void (*act)(void *context), void *context)
{
	office_tick(o);
	journal_begin(o->journal);
	views_begin(o->views);
	act(context);
	relay_commit(o->relay, o->now);
	views_commit(o->views);
	if (o->trade->settle != NULL)
		o->trade->settle(o->trade_state);
}

/* -- time -- */

struct idle {
	struct office *office;
	int64_t until_ms;
	bool is_more;
};

static void
pass_time(void *context)
{
	struct idle *i = context;
	struct office *o = i->office;

	while (views_follow(o->views, INT64_MAX)) {
		/* all of it */
	}
	i->is_more = o->trade->tick != NULL &&
		     o->trade->tick(o->trade_state, i->until_ms);
}

bool
turn_idle(struct office *o, int64_t until_ms)
{
	struct idle i = { .office = o, .until_ms = until_ms };

	in_turn(o, pass_time, &i);
	return i.is_more;
}

void
turns_until_idle(struct office *o)
{
	int turns = 0;

	while (turn_idle(o, INT64_MAX))
		assert_true(++turns < TURNS_MAX);
}

/* -- records -- */

struct utterance {
	struct office *office;
	const struct stream_key *key; /* of somebody else; NULL: ours */
	uint32_t kind;
	int64_t at_ms;
	struct span payload;
};

static void
record_own(void *context)
{
	const struct utterance *u = context;

	assert_int_equal(office_record(u->office, "", u->kind, u->payload,
			     "clerk", "wang"),
	    RC_OK);
}

void
office_says(struct office *o, uint32_t kind, struct buffer *payload)
{
	struct utterance u = { .office = o,
		.kind = kind,
		.payload = buffer_span(payload) };

	in_turn(o, record_own, &u);
	buffer_clear(payload);
}

static void
append_heard(void *context)
{
	const struct utterance *u = context;
	struct office *o = u->office;
	struct buffer bytes = { .limit = RECORD_BYTES_MAX };
	uint8_t leaf[HASH_BYTES];
	struct record r = { .key = *u->key,
		.schema = RECORD_SCHEMA,
		.kind = u->kind,
		.claimed_ms = u->at_ms,
		.recorded_ms = u->at_ms,
		.payload = u->payload };
	struct stream *s;

	assert_int_equal(journal_open_stream(o->journal, u->key, &s), RC_OK);
	r.sequence = s->tree.size + 1;
	wire_record_pack(&bytes, &r);
	merkle_leaf(buffer_span(&bytes), leaf);
	(void)relay_append(o->relay, s, buffer_span(&bytes), &r, leaf, o->now);
	buffer_clear(&bytes);
}

void
office_hears(struct office *o, const struct stream_key *key, uint32_t kind,
    int64_t at_ms, struct buffer *payload)
{
	struct utterance u = { .office = o,
		.key = key,
		.kind = kind,
		.at_ms = at_ms,
		.payload = buffer_span(payload) };

	in_turn(o, append_heard, &u);
	buffer_clear(payload);
}

struct stream_key
stream_of(const char *origin, const char *audience)
{
	struct stream_key key = { .incarnation = INCARNATION };

	assert_int_equal(text_copy(key.origin, sizeof(key.origin), origin),
	    RC_OK);
	assert_int_equal(text_copy(key.audience, sizeof(key.audience),
			     audience),
	    RC_OK);
	return key;
}

void
office_child(struct office *o, const char *by, uint32_t kind,
    const char *office, int64_t at_ms)
{
	struct stream_key key = stream_of(by, "");
	struct buffer payload = { 0 };
	struct child c = { .name = "某某区信访局" };

	memset(c.public_key, office[5] + office[strlen(office) - 1], KEY_BYTES);
	assert_int_equal(text_copy(c.office, sizeof(c.office), office), RC_OK);
	assert_int_equal(text_copy(c.parent, sizeof(c.parent), by), RC_OK);
	wire_child_pack(&payload, &c);
	if (strcmp(by, o->settings.office) == 0) {
		office_says(o, kind, &payload);
	} else {
		office_hears(o, &key, kind, at_ms, &payload);
	}
}

bool
is_sent_to_anybody(struct office *o, const char *audience)
{
	struct stream_key key = stream_of(o->settings.office, audience);
	struct relay_link *link;
	bool is_sent = false;

	key.incarnation = relay_incarnation(o->relay);
	for (size_t i = 0; (link = relay_each_link(o->relay, i)) != NULL; i++)
		is_sent = is_sent || relay_in_scope(o->relay, link, &key);
	return is_sent;
}
