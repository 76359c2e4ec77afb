/*
 * relay_settle - after a fork: keep both histories and go on.
 *
 * A stream forks when its office was restored from an old backup and recorded
 * something before it heard that its peers hold more.  Settling puts our copy
 * aside as a branch, takes the peer's copy from the start, and then, if the
 * stream is our own, records everything that only the branch had once more,
 * wrapped, in the present incarnation.  Nothing is truncated or overwritten.
 */
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/mutants.h"
#include "contract/wire.h"
#include "relay/relay_internal.h"

/* The marks have to be exchanged anew: end the sessions that share `s`. */
static void
end_sessions(struct relay *r, const struct stream_key *key,
    struct relay_now now)
{
	struct relay_link *link;

	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++) {
		if (!relay_in_scope(r, link, key))
			continue;
		if (link->core.state == LINK_STREAMING && !link->is_parent) {
			struct hearing h = relay_in_session(r, link, now);

			relay_refuse(&h, REFUSE_STALE_SESSION, NULL, NULL);
		}
		relay_link_lost(r, link, "", now);
	}
}

enum rc
relay_settle(struct relay *r, const struct stream_key *key,
    struct relay_now now)
{
	struct stream *s = journal_find(r->journal, key);
	struct relay_link *link;

	if (s == NULL || !s->is_forked)
		return RC_NONE;
	/*
	 * Another office's stream is ours to give up only for our parent's
	 * copy of what climbs; orders are settled by whoever gave them.
	 */
	if (strcmp(key->origin, r->settings.office) != 0 &&
	    (key->audience[0] != '\0' || r->parent == NULL ||
		strcmp(s->forked_with, r->parent->office) != 0))
		return RC_REFUSED;
	end_sessions(r, key, now);
	relay_stream_grew(r, journal_set_aside(r->journal, s));
	r->has_set_aside = true;
	for (size_t i = 0; (link = relay_each_link(r, i)) != NULL; i++)
		link_core_reset_stream(&link->core, s->id);
	log_warn("office=%s event=settled origin=%s incarnation=%u "
		 "set_aside=%llu",
	    r->settings.office, key->origin, (unsigned)key->incarnation,
	    (unsigned long long)s->tree.size);
	return RC_OK;
}

/* Copy one row of the branch: recording may move what the walk points at. */
static bool
read_row(struct relay *r, const struct stream *s, uint64_t sequence,
    uint8_t leaf[static HASH_BYTES], struct buffer *bytes)
{
	struct store_row row;
	bool found;

	journal_walk_stream(r->journal, s, sequence);
	found = journal_next_in_stream(r->journal, &row) &&
		row.sequence == sequence;
	if (found) {
		memcpy(leaf, row.leaf, HASH_BYTES);
		if (bytes != NULL) {
			buffer_reset(bytes);
			CHECK(buffer_append(bytes, row.bytes) == RC_OK);
		}
	}
	journal_stop_stream(r->journal);
	return found;
}

static void
carry_one(struct relay *r, struct stream *branch, const struct stream *main,
    struct relay_now now)
{
	uint64_t sequence = ++branch->carried, position;
	uint8_t leaf[HASH_BYTES], other[HASH_BYTES];
	struct record draft = { .kind = RECORD_CARRIED };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	journal_touch(r->journal, branch);
	CHECK(read_row(r, branch, sequence, leaf, &r->carried));
	if (read_row(r, main, sequence, other, NULL) &&
	    memcmp(leaf, other, HASH_BYTES) == 0)
		return; /* both histories have it */
	wire_carried_pack(&payload, buffer_span(&r->carried));
	draft.claimed_ms = now.wall_ms;
	draft.payload = buffer_span(&payload);
	if (relay_record(r, branch->key.audience, &draft, now, &position,
		NULL) != RC_OK) {
		log_error("office=%s event=not_carried branch=%u sequence=%llu",
		    r->settings.office, (unsigned)branch->id,
		    (unsigned long long)sequence);
	}
	buffer_clear(&payload);
}

/*
 * Our parent's copy of another office's stream is here whole.  Whoever else
 * holds one, maybe that which we put aside, has to compare it anew: the sizes
 * alone may agree.
 */
static void
compare_anew(struct relay *r, struct stream *branch, struct relay_now now)
{
	const struct stream *main = journal_find(r->journal, &branch->key);

	if (main == NULL || main->tree.size < branch->peer_size)
		return;
	branch->carried = branch->tree.size;
	journal_touch(r->journal, branch);
	end_sessions(r, &branch->key, now);
}

void
relay_carry(struct relay *r, struct relay_now now)
{
	uint32_t done = 0;

	r->is_carrying = false;
	if (mutant_is(MUTANT_FORGET_CARRY))
		return;
	for (uint32_t id = 1; id <= journal_stream_count(r->journal); id++) {
		struct stream *branch = journal_stream(r->journal, id);
		const struct stream *main;

		if (branch->branch == 0 || branch->carried == branch->tree.size)
			continue;
		if (strcmp(branch->key.origin, r->settings.office) != 0) {
			compare_anew(r, branch, now);
			continue;
		}
		/* First the other history has to be here whole. */
		main = journal_find(r->journal, &branch->key);
		if (main == NULL || main->tree.size < branch->peer_size)
			continue;
		while (branch->carried < branch->tree.size &&
		       done++ < RELAY_CARRY_MAX)
			carry_one(r, branch, main, now);
		r->is_carrying |= branch->carried < branch->tree.size;
	}
}
