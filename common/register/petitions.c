/*
 * The table of petitions: where a hub spends its time when districts send.
 *
 * A row is copied into a waiting place and eight are written by one
 * statement; that and having only two indexes is worth a third of the speed.
 *
 * Item numbers are unique but in one case: an office that was restored from
 * an old backup and went on offline has given numbers a second time.  When
 * the fork is settled its petitions are carried over, and two arrivals then
 * bear one number.  Neither may be hidden, so the index is not a unique one
 * and whoever asks for a number must expect several rows.
 *
 * Whom an item reports is a join by nature: with the items of its matter.
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire_payload.h"
#include "petition/codes.h"
#include "register/views_internal.h"

static const char schema[] =
    "CREATE TABLE petition (position INTEGER PRIMARY KEY,"
    " item TEXT NOT NULL, office TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,"
    " channel TEXT NOT NULL, purpose TEXT NOT NULL,"
    " legal_class TEXT NOT NULL, category TEXT NOT NULL,"
    " level TEXT NOT NULL, heads INTEGER NOT NULL,"
    " responsible TEXT NOT NULL, claimed_ms INTEGER NOT NULL,"
    " recorded_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,"
    " subject TEXT NOT NULL, text TEXT NOT NULL, place TEXT NOT NULL,"
    " source TEXT NOT NULL, source_ref TEXT NOT NULL, person_key BLOB,"
    " person_key_version INTEGER NOT NULL, query_hash BLOB,"
    " sealed_identity BLOB, seal_year INTEGER NOT NULL,"
    " earlier_item TEXT NOT NULL, leaf BLOB NOT NULL,"
    " procedure TEXT NOT NULL) STRICT;"
    "CREATE INDEX petition_item ON petition (item);"
    "CREATE INDEX petition_query ON petition (query_hash)"
    " WHERE query_hash IS NOT NULL;"
    "CREATE INDEX petition_office_time ON petition (office, recorded_ms);"
    /* Collective visits: one petition in hundreds. */
    "CREATE INDEX petition_collective ON petition (item)"
    " WHERE " VIEWS_COLLECTIVE(
	"") ";"
	    /* Urgent and major ones: fewer still. */
	    "CREATE INDEX petition_urgent ON petition (item) WHERE procedure = "
	    "'" PROCEDURE_URGENT "';"
	    "CREATE TABLE source_seen (source TEXT NOT NULL,"
	    " source_ref TEXT NOT NULL, item TEXT NOT NULL,"
	    " office TEXT NOT NULL, incarnation INTEGER NOT NULL,"
	    " PRIMARY KEY (source, source_ref)) STRICT, WITHOUT ROWID;"
	    /* Offices that an item reports: they must never see it. */
	    "CREATE TABLE petition_accused (item TEXT NOT NULL,"
	    " office TEXT NOT NULL, origin TEXT NOT NULL,"
	    " incarnation INTEGER NOT NULL, PRIMARY KEY (item, office))"
	    " STRICT, WITHOUT ROWID;"
	    "CREATE INDEX petition_accused_office ON petition_accused (office);"
	    /* Reports about an office above: kept here, never sent (accused.h). */
	    "CREATE TABLE held_back (item TEXT PRIMARY KEY) STRICT, WITHOUT "
	    "ROWID;";

enum {
	ROWS_MAX = 8,       /* written by one statement */
	SPANS = 8,          /* of a petition */
	LARGE_MATTER = 256, /* items of one matter */
};

#define INSERT_PETITION                                                        \
	"INSERT INTO petition (position, item, office, incarnation, sequence," \
	" channel, purpose, legal_class, category, level, heads, responsible," \
	" claimed_ms, recorded_ms, received_ms, subject, text, place, source," \
	" source_ref, person_key, person_key_version, query_hash,"             \
	" sealed_identity, seal_year, earlier_item, leaf, procedure) VALUES"

#define ROW                                                                    \
	"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"         \
	" ?, ?, ?, ?, ?, ?, ?, ?)"

/* A petition that waits for its neighbours; `bytes` holds its spans. */
struct petition_row {
	struct petition petition;
	uint64_t position;
	struct stream_key key;
	uint64_t sequence;
	int64_t claimed_ms, recorded_ms, received_ms;
	uint8_t leaf[HASH_BYTES];
	struct buffer bytes;
};

struct petitions {
	struct petition_row rows[ROWS_MAX]; /* v->waiting of them */
	struct stmt *put_one, *put_eight, *put_source, *put_accused;
	struct stmt *same, *is_accused, *is_accused_large;
};

static void
prepare_petitions(struct views *v)
{
	v->petitions = views_keep(v, sizeof(*v->petitions));
	_Static_assert(ROWS_MAX == 8, "the statement below has eight");
	v->petitions->put_one = db_prepare(v->db, INSERT_PETITION ROW);
	v->petitions->put_eight = db_prepare(v->db, INSERT_PETITION ROW
	    "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW);
	v->petitions->put_source = db_prepare(v->db,
	    "INSERT INTO source_seen (source, source_ref, item, office,"
	    " incarnation) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->petitions->put_accused = db_prepare(v->db,
	    "INSERT INTO petition_accused (item, office, origin, incarnation)"
	    " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
	v->petitions->same = db_prepare(v->db,
	    "SELECT 1 FROM petition WHERE item = ? AND office = ?"
	    " AND recorded_ms = ?");
	/* The same answer, in the order that suits a matter of very many. */
	v->petitions->is_accused_large = db_prepare(v->db,
	    "SELECT 1 FROM petition_accused a WHERE office = ?2"
	    " AND (item = ?1 OR EXISTS (SELECT 1 FROM item_matter m"
	    "  WHERE m.item = +a.item AND m.matter = ?1)) LIMIT 1");
	v->petitions->is_accused = db_prepare(v->db,
	    "SELECT 1 FROM petition_accused WHERE office = ?2 AND (item = ?1"
	    " OR item = coalesce((SELECT matter FROM item_matter"
	    "  WHERE item = ?1), ?1)"
	    " OR item IN (SELECT b.item FROM item_matter a"
	    "  JOIN item_matter b USING (matter) WHERE a.item = ?1)) LIMIT 1");
}

static void
bind_fixed(struct stmt *s, const char *text)
{
	db_bind_span_text(s, span_of_text(text));
}

static void
bind_optional(struct stmt *s, struct span bytes)
{
	if (bytes.size == 0) {
		db_bind_null(s);
	} else {
		db_bind_span(s, bytes);
	}
}

static void
bind_codes(struct stmt *s, const struct petition *p)
{
	bind_fixed(s, p->channel);
	bind_fixed(s, p->purpose);
	bind_fixed(s, p->legal_class);
	bind_fixed(s, p->category);
	bind_fixed(s, p->level);
	db_bind_u64(s, p->heads);
	bind_fixed(s, p->responsible);
}

/* Everything is borrowed from the waiting row, which outlives the step. */
static void
bind_row(struct stmt *s, const struct petition_row *row)
{
	const struct petition *p = &row->petition;

	db_bind_u64(s, row->position);
	bind_fixed(s, p->item);
	bind_fixed(s, row->key.origin);
	db_bind_u64(s, row->key.incarnation);
	db_bind_u64(s, row->sequence);
	bind_codes(s, p);
	db_bind_i64(s, row->claimed_ms);
	db_bind_i64(s, row->recorded_ms);
	db_bind_i64(s, row->received_ms);
	db_bind_span_text(s, p->subject);
	db_bind_span_text(s, p->text);
	db_bind_span_text(s, p->place);
	db_bind_span_text(s, p->source);
	db_bind_span_text(s, p->source_ref);
	bind_optional(s, p->person_key);
	db_bind_u64(s, p->person_key_version);
	bind_optional(s, p->query_hash);
	bind_optional(s, p->sealed_identity);
	db_bind_u64(s, p->seal_year);
	bind_fixed(s, p->earlier_item);
	db_bind_span(s, span_of(row->leaf, HASH_BYTES));
	bind_fixed(s, p->procedure);
}

static void
write_waiting(struct views *v)
{
	bool is_whole = v->waiting == ROWS_MAX;

	for (uint32_t i = 0; i < v->waiting; i++) {
		bind_row(is_whole ? v->petitions->put_eight
				  : v->petitions->put_one,
		    &v->petitions->rows[i]);
		if (!is_whole)
			CHECK(db_run(v->petitions->put_one) == RC_OK);
	}
	if (is_whole)
		CHECK(db_run(v->petitions->put_eight) == RC_OK);
	v->waiting = 0;
}

/* Copy the spans of `p` behind each other into the row's own bytes. */
static void
keep_spans(struct petition_row *row)
{
	struct petition *p = &row->petition;
	struct span *const spans[SPANS] = { &p->subject, &p->text, &p->place,
		&p->source, &p->source_ref, &p->query_hash, &p->person_key,
		&p->sealed_identity };
	size_t total = 0;
	uint8_t *at;

	for (size_t i = 0; i < SPANS; i++)
		total += spans[i]->size;
	buffer_reset(&row->bytes);
	at = buffer_extend(&row->bytes, total + 1); /* never NULL */
	for (size_t i = 0; i < SPANS; i++) {
		if (spans[i]->size > 0)
			memcpy(at, spans[i]->at, spans[i]->size);
		spans[i]->at = at;
		at += spans[i]->size;
	}
}

static void
wait_for_neighbours(struct views *v, const struct relay_entry *entry,
    const struct record *record, const struct petition *p)
{
	struct petition_row *row = &v->petitions->rows[v->waiting++];

	row->petition = *p;
	row->position = entry->position;
	row->key = entry->stream->key;
	row->sequence = entry->record->sequence;
	row->claimed_ms = record->claimed_ms;
	row->recorded_ms = record->recorded_ms;
	row->received_ms = entry->received_ms;
	memcpy(row->leaf, entry->leaf, HASH_BYTES);
	keep_spans(row);
	if (v->waiting == ROWS_MAX)
		write_waiting(v);
}

/* What makes an import repeat-safe: at once, since the next row may ask. */
static void
remember_source(struct views *v, const struct stream_key *key,
    const struct petition *p)
{
	struct stmt *s = v->petitions->put_source;

	db_bind_span_text(s, p->source);
	db_bind_span_text(s, p->source_ref);
	db_bind_text(s, p->item);
	db_bind_text(s, key->origin);
	db_bind_u64(s, key->incarnation);
	CHECK(db_run(s) == RC_OK);
}

static void
remember_accused(struct views *v, const struct stream_key *key,
    const struct petition *p)
{
	for (uint32_t i = 0; i < p->accused_count; i++) {
		db_bind_text(v->petitions->put_accused, p->item);
		db_bind_text(v->petitions->put_accused, p->accused[i]);
		db_bind_text(v->petitions->put_accused, key->origin);
		db_bind_u64(v->petitions->put_accused, key->incarnation);
		CHECK(db_run(v->petitions->put_accused) == RC_OK);
	}
}

bool
views_is_accused(struct views *v, const char *item, const char *office)
{
	char matter[ITEM_NUMBER_MAX + 1];
	struct stmt *s = v->petitions->is_accused;
	bool found;

	views_matter_of(v, item, matter);
	if (views_matter_has(v, matter, LARGE_MATTER)) {
		s = v->petitions->is_accused_large;
		item = matter;
	}
	db_bind_text(s, item);
	db_bind_text(s, office);
	found = db_next(s);
	if (found)
		db_reset(s);
	return found;
}

/*
 * Handed to us once more, after the hand that gave it began anew, or after
 * its office carried it over.  By its time: a number, and a place, may have
 * been given to two arrivals by an office whose disk was replaced.
 */
static bool
is_here(struct views *v, const struct relay_entry *entry,
    const struct record *record, const char *item)
{
	struct stmt *s = v->petitions->same;
	bool found;

	write_waiting(v);
	db_bind_text(s, item);
	db_bind_text(s, entry->stream->key.origin);
	db_bind_i64(s, record->recorded_ms);
	found = db_next(s);
	if (found)
		db_reset(s);
	return found;
}

/* What we keep for ourselves alone; nobody hands us that. */
static bool
is_our_own(const struct views *v, const struct stream_key *key)
{
	return !v->is_handed && strcmp(key->origin, v->own) == 0 &&
	       strcmp(key->audience, v->own) == 0;
}

/* Rare: not worth a statement that is always ready. */
static void
remember_held_back(struct views *v, const char *item)
{
	struct stmt *s = db_prepare(v->db,
	    "INSERT INTO held_back (item) VALUES (?) ON CONFLICT DO NOTHING");

	db_bind_text(s, item);
	CHECK(db_run(s) == RC_OK);
	db_finish(s);
}

static const char *
fold_petition(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	const struct stream_key *key = &entry->stream->key;
	struct petition p;

	if (wire_petition_unpack(record->payload, &p) != RC_OK)
		return "unreadable petition";
	if (key->audience[0] != '\0' && !is_our_own(v, key))
		return "a petition in a stream for one office";
	if (!views_is_number_of(p.item, key->origin))
		return "an item number of another office";
	if (v->is_handed && is_here(v, entry, record, p.item))
		return NULL;
	if (key->audience[0] != '\0')
		remember_held_back(v, p.item);
	wait_for_neighbours(v, entry, record, &p);
	remember_accused(v, key, &p);
	if (p.source_ref.size > 0 && strcmp(key->origin, v->own) == 0)
		remember_source(v, key, &p);
	return NULL;
}

static void
close_petitions(struct views *v)
{
	for (size_t i = 0; i < ROWS_MAX; i++)
		buffer_clear(&v->petitions->rows[i].bytes);
}

static const struct fold_rule folds[] = {
	{ RECORD_PETITION_REGISTERED, fold_petition },
	{ 0, NULL },
};

static const char *const by_hand[] = {
	"DELETE FROM petition_accused WHERE item IN (SELECT item FROM petition"
	" WHERE position" IN_HAND ")",
	"DELETE FROM petition" OF_HAND,
	NULL,
};

static const char *const removals[] = {
	"DELETE FROM petition WHERE office = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	"DELETE FROM source_seen WHERE office = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	"DELETE FROM petition_accused WHERE origin = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	NULL,
};

const struct family petitions_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS petition; "
		"DROP TABLE IF EXISTS source_seen; "
		"DROP TABLE IF EXISTS petition_accused; "
		"DROP TABLE IF EXISTS held_back;",
	.folds = folds,
	.by_hand = by_hand,
	.removals = removals,
	.prepare = prepare_petitions,
	.flush = write_waiting,
	.close = close_petitions,
};
