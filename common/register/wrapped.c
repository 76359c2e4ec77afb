/*
 * Records inside records: what an office carried over from a branch of its
 * own stream that was put aside, and what our parent forwarded to us out of
 * the streams of others.
 *
 * Both are folded at the place of what wraps them, as if they had come by
 * themselves, but with their own leaf: that is on the slip which somebody
 * holds.  A forwarded record that comes to us stands in the stream of its own
 * office; by whose hand it came is kept in `handed`, so that it goes with that
 * hand's stream when this is put aside, and so that no hub forwards the same
 * twice.
 *
 * A wrapping can be made to lie in another without end; WRAPPINGS_MAX ends it.
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire.h"
#include "mech/merkle.h"
#include "register/views_internal.h"

enum {
	WRAPPINGS_MAX = 8, /* a branch of a branch of a branch ... */
};

struct wrapped {
	struct buffer bytes; /* a carried record, out of a forwarded one */
	struct stmt *handed;
};

static void
prepare_wrapped(struct views *v)
{
	v->wrapped = views_keep(v, sizeof(*v->wrapped));
	v->wrapped->handed = db_prepare(v->db,
	    "INSERT INTO handed (position, giver, given, audience, origin,"
	    " incarnation, said_to, sequence, recorded_ms)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
}

static void
close_wrapped(struct views *v)
{
	buffer_clear(&v->wrapped->bytes);
}

static const char *
fold_inside(struct views *v, const struct relay_entry *entry,
    const struct record *inner)
{
	const char *reason;

	v->wrappings++;
	reason = views_fold(v, entry, inner);
	v->wrappings--;
	return reason;
}

/* -- carried over -- */

static const char *
fold_carried(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct relay_entry own = *entry;
	uint8_t leaf[HASH_BYTES];
	struct record inner;
	struct span bytes;

	if (v->wrappings == WRAPPINGS_MAX)
		return "carried too often";
	if (wire_carried_unpack(record->payload, &bytes) != RC_OK)
		return "carries something unreadable";
	/* Unpacking takes the memory that `bytes` lie in. */
	merkle_leaf(bytes, leaf);
	own.leaf = leaf;
	if (wire_record_unpack(bytes, &inner) != RC_OK)
		return "carries something unreadable";
	if (inner.sequence > INT64_MAX)
		return "its sequence is no number of ours";
	if (strcmp(inner.key.origin, entry->stream->key.origin) != 0 ||
	    strcmp(inner.key.audience, entry->stream->key.audience) != 0)
		return "carries a record of another stream";
	return fold_inside(v, &own, &inner);
}

/* -- forwarded -- */

static bool
may_be_forwarded(uint32_t kind)
{
	return kind == RECORD_PETITION_REGISTERED ||
	       kind == RECORD_PETITION_MOVED || kind == RECORD_CARRIED ||
	       kind == RECORD_MATTER_LINKED || kind == RECORD_ESCALATED ||
	       kind == RECORD_PUBLISHED;
}

/* When a record was made, however often it was carried over since. */
static int64_t
made_ms(struct span bytes)
{
	struct record record;
	int64_t at_ms = 0;

	while (wire_record_unpack(bytes, &record) == RC_OK) {
		at_ms = record.recorded_ms;
		if (record.kind != RECORD_CARRIED ||
		    wire_carried_unpack(record.payload, &bytes) != RC_OK)
			break;
	}
	return at_ms;
}

static void
remember_handed(struct views *v, const struct relay_entry *entry,
    const struct record *inner, int64_t at_ms)
{
	db_bind_u64(v->wrapped->handed, entry->position);
	views_bind_key(v->wrapped->handed, &entry->stream->key);
	views_bind_key(v->wrapped->handed, &inner->key);
	db_bind_u64(v->wrapped->handed, inner->sequence);
	db_bind_i64(v->wrapped->handed, at_ms);
	CHECK(db_run(v->wrapped->handed) == RC_OK);
}

/*
 * The giver has what it gives; the receiver, and nobody else, takes it in as
 * if it had come in its own stream.  What we made ourselves is in our own
 * journal, and no parent's word adds to it.
 */
static const char *
open_forwarded(struct views *v, const struct relay_entry *entry,
    const struct record *record, struct record *inner,
    struct relay_entry *as_if, struct stream *stream)
{
	const struct stream_key *key = &entry->stream->key;
	struct span bytes;
	int64_t at_ms;

	if (wire_handed_unpack(record->payload, &bytes) != RC_OK ||
	    wire_record_unpack(bytes, inner) != RC_OK ||
	    inner->sequence > INT64_MAX)
		return "hands over something unreadable";
	if (!may_be_forwarded(inner->kind))
		return "hands over what is not for handing over";
	at_ms = inner->recorded_ms;
	if (inner->kind == RECORD_CARRIED) {
		/* Looking inside takes the memory that `bytes` lie in. */
		buffer_reset(&v->wrapped->bytes);
		CHECK(buffer_append(&v->wrapped->bytes, bytes) == RC_OK);
		bytes = buffer_span(&v->wrapped->bytes);
		at_ms = made_ms(bytes);
		CHECK(wire_record_unpack(bytes, inner) == RC_OK);
	}
	remember_handed(v, entry, inner, at_ms);
	as_if->record = NULL;
	if (strcmp(key->audience, v->own) != 0 ||
	    strcmp(key->origin, v->above) != 0 ||
	    strcmp(inner->key.origin, v->own) == 0)
		return NULL;
	*stream = (struct stream){ .id = entry->stream->id, .key = inner->key };
	*as_if = *entry;
	as_if->stream = stream;
	as_if->record = inner;
	as_if->bytes = bytes;
	return NULL;
}

static const char *
fold_forwarded(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct relay_entry as_if;
	struct stream stream;
	struct record inner;
	uint8_t leaf[HASH_BYTES];
	const char *reason;

	if (v->wrappings == WRAPPINGS_MAX)
		return "handed over too often";
	reason = open_forwarded(v, entry, record, &inner, &as_if, &stream);
	if (reason != NULL || as_if.record == NULL)
		return reason;
	merkle_leaf(as_if.bytes, leaf);
	as_if.leaf = leaf;
	v->is_handed = true;
	reason = fold_inside(v, &as_if, &inner);
	v->is_handed = false;
	return reason;
}

static const struct fold_rule folds[] = {
	{ RECORD_CARRIED, fold_carried },
	{ RECORD_HANDED, fold_forwarded },
	{ 0, NULL },
};

static const char *const removals[] = {
	"DELETE FROM handed WHERE giver = ? AND given = ? AND audience = ?",
	NULL,
};

const struct family wrapped_family = {
	.schema =
	    /*
     * Which records of others went to which child, so that none goes twice,
     * and in whose stream, so that they go with it when it is put aside;
     * `said_to` is the audience of the stream they stand in.  After a lost
     * disk a place may be taken by another record: its time tells.
     */
	"CREATE TABLE handed (position INTEGER PRIMARY KEY,"
	" giver TEXT NOT NULL, given INTEGER NOT NULL,"
	" audience TEXT NOT NULL, origin TEXT NOT NULL,"
	" incarnation INTEGER NOT NULL, said_to TEXT NOT NULL,"
	" sequence INTEGER NOT NULL, recorded_ms INTEGER NOT NULL) STRICT;"
	"CREATE INDEX handed_record ON handed (audience, origin, incarnation,"
	" said_to, sequence);"
	"CREATE INDEX handed_giver ON handed (giver, given, audience);",
	.drop = "DROP TABLE IF EXISTS handed;",
	.folds = folds,
	.removals = removals,
	.prepare = prepare_wrapped,
	.close = close_wrapped,
};
