#include "register/views.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "mech/merkle.h"
#include "register/lawbook.h"
#include "register/views_internal.h"

enum {
	CARRIED_DEPTH_MAX = 8, /* a branch of a branch of a branch ... */
	MARK_MAX = 48,
};

static const char core_schema[] =
    "CREATE TABLE applied (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " position INTEGER NOT NULL, office TEXT NOT NULL,"
    " above TEXT NOT NULL) STRICT;"
    "INSERT INTO applied VALUES (1, 0, '', '?');"
    "CREATE TABLE stream (id INTEGER PRIMARY KEY, origin TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, audience TEXT NOT NULL) STRICT;"
    "CREATE TABLE quarantine (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " reason TEXT NOT NULL) STRICT;"
    "CREATE TABLE unknown_kind (origin TEXT NOT NULL,"
    " incarnation INTEGER NOT NULL, audience TEXT NOT NULL,"
    " kind INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (origin, incarnation, audience, kind))"
    " STRICT, WITHOUT ROWID;";

/*
 * Version 3 begins anew: what versions 1 and 2 had is thrown away and folded
 * again from the journal.  A later version does the same with these tables.
 */
static const char drop_schema[] =
    "DROP VIEW IF EXISTS directive_now; DROP VIEW IF EXISTS directive_tally;"
    "DROP VIEW IF EXISTS directive_last;"
    "DROP VIEW IF EXISTS directive_to; DROP VIEW IF EXISTS directive;"
    "DROP TABLE IF EXISTS applied; DROP TABLE IF EXISTS stream;"
    "DROP TABLE IF EXISTS quarantine; DROP TABLE IF EXISTS unknown_kind;"
    "DROP TABLE IF EXISTS petition; DROP TABLE IF EXISTS source_seen;"
    "DROP TABLE IF EXISTS held_back;"
    "DROP TABLE IF EXISTS directive_issue;"
    "DROP TABLE IF EXISTS directive_target;"
    "DROP TABLE IF EXISTS directive_step;"
    "DROP TABLE IF EXISTS directive_file; DROP TABLE IF EXISTS attachment;"
    "DROP TABLE IF EXISTS office_event; DROP TABLE IF EXISTS office;"
    "DROP TABLE IF EXISTS identity_step;"
    "DROP TABLE IF EXISTS key_destroyed;";

/* The tables that hold rows of single streams, for putting one aside. */
#define HANDED                                                                 \
	" (SELECT position FROM handed WHERE giver = ? AND given = ?"          \
	" AND audience = ?)"

static const char *const removals[] = {
	/* What was taken in from its hand. */
	"DELETE FROM petition_accused WHERE item IN (SELECT item FROM petition"
	" WHERE position IN" HANDED ")",
	"DELETE FROM petition WHERE position IN" HANDED,
	"DELETE FROM move WHERE position IN" HANDED,
	"DELETE FROM matter_link WHERE position IN" HANDED,
	"DELETE FROM escalation_said WHERE position IN" HANDED,
	"DELETE FROM published WHERE position IN" HANDED,
	"DELETE FROM handed WHERE giver = ? AND given = ? AND audience = ?",
	"DELETE FROM petition WHERE office = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	"DELETE FROM source_seen WHERE office = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	"DELETE FROM petition_accused WHERE origin = ? AND incarnation = ?"
	" AND ? = '' AND item NOT IN (SELECT item FROM held_back)",
	"DELETE FROM directive_target WHERE position IN (SELECT position"
	" FROM directive_issue WHERE origin = ? AND incarnation = ?"
	" AND audience = ?)",
	"DELETE FROM directive_issue WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM directive_file WHERE position IN (SELECT position"
	" FROM directive_step WHERE origin = ? AND incarnation = ?"
	" AND audience = ?)",
	"DELETE FROM directive_step WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM attachment WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM identity_step WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM key_destroyed WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM office_event WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM move WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM matter_link WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM escalation_said WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM published WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM quarantine WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM unknown_kind WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
	"DELETE FROM stream WHERE origin = ? AND incarnation = ?"
	" AND audience = ?",
};

void
views_bind_key(struct stmt *s, const struct stream_key *key)
{
	db_bind_text(s, key->origin);
	db_bind_u64(s, key->incarnation);
	db_bind_text(s, key->audience);
}

void
views_bind_place(struct stmt *s, const struct relay_entry *entry)
{
	db_bind_u64(s, entry->position);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, entry->record->sequence);
}

void
views_bind_times(struct stmt *s, const struct relay_entry *entry,
    const struct record *record)
{
	db_bind_i64(s, record->claimed_ms);
	db_bind_i64(s, record->recorded_ms);
	db_bind_i64(s, entry->received_ms);
	db_bind_text(s, record->actor_role);
	db_bind_text(s, record->actor);
}

void
views_bind_said(struct stmt *s, const struct record *record)
{
	db_bind_u64(s, record->key.incarnation);
	db_bind_u64(s, record->sequence);
}

/* -- opening -- */

static void
know_stream(struct views *v, uint32_t id)
{
	if (id >= v->streams_count) {
		uint32_t room = id * 2 + 64;

		v->streams = memory_grow(v->streams, room, 1);
		memset(v->streams + v->streams_count, 0,
		    room - v->streams_count);
		v->streams_count = room;
	}
	v->streams[id] = 1;
}

static bool
is_known_stream(const struct views *v, uint32_t id)
{
	return id < v->streams_count && v->streams[id] != 0;
}

/* What we hold in memory is what the file says. */
static void
load(struct views *v)
{
	struct stmt *s =
	    db_prepare(v->db, "SELECT position, office, above FROM applied");

	CHECK(db_next(s));
	v->applied = db_column_u64(s, 0);
	CHECK(text_copy(v->own, sizeof(v->own), db_column_text(s, 1)) == RC_OK);
	CHECK(text_copy(v->above, sizeof(v->above), db_column_text(s, 2)) ==
	      RC_OK);
	db_finish(s);
	if (v->streams_count > 0)
		memset(v->streams, 0, v->streams_count);
	s = db_prepare(v->db, "SELECT id FROM stream");
	while (db_next(s))
		know_stream(v, (uint32_t)db_column_u64(s, 0));
	db_finish(s);
	s = db_prepare(v->db, "SELECT position FROM followed");
	CHECK(db_next(s));
	v->followed = db_column_u64(s, 0);
	db_finish(s);
}

static void
prepare(struct views *v)
{
	v->quarantine = db_prepare(v->db,
	    "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?)");
	v->unknown = db_prepare(v->db,
	    "INSERT INTO unknown_kind VALUES (?, ?, ?, ?, 1) ON CONFLICT"
	    " DO UPDATE SET count = count + 1");
	v->stream = db_prepare(v->db, "INSERT INTO stream VALUES (?, ?, ?, ?)");
	v->applied_put = db_prepare(v->db,
	    "UPDATE applied SET position = ?, office = ? WHERE one = 1");
	views_petition_prepare(v);
	views_directive_prepare(v);
	views_attachment_prepare(v);
	views_office_prepare(v);
	views_move_prepare(v);
	views_case_prepare(v);
	views_hear_prepare(v);
	views_published_prepare(v);
	views_matter_prepare(v);
	views_escalation_prepare(v);
	v->scratch = memory_new(1, sizeof(*v->scratch));
	v->lawbook = lawbook_new(v);
	views_identity_prepare(v);
}

/* -- is it ours? -- */

/*
 * The tables' text, in a number that the file keeps: a register that another
 * version of the program made is made again from the journal.
 */
static uint32_t
mark_of(struct span sql)
{
	uint32_t mark = 2166136261U; /* FNV-1a */

	for (size_t i = 0; i < sql.size; i++)
		mark = (mark ^ sql.at[i]) * 16777619U;
	return mark & INT32_MAX;
}

static bool
has_mark(struct db *db, const char *mark)
{
	struct stmt *s = db_prepare(db, "PRAGMA application_id");
	char found[MARK_MAX];
	bool is_same;

	CHECK(db_next(s));
	CHECK(text_format(found, sizeof(found), "PRAGMA application_id = %lld;",
		  (long long)db_column_i64(s, 0)) == RC_OK);
	is_same = strcmp(found, mark) == 0;
	db_finish(s);
	return is_same;
}

enum rc
views_open_file(const char *path, bool writer, struct views **out)
{
	char mark[MARK_MAX];
	static const char *const parts[] = { drop_schema, core_schema,
		views_petition_schema, views_directive_schema,
		views_directive_now_schema, views_attachment_schema,
		views_office_schema, views_move_schema, views_case_schema,
		views_published_schema, views_matter_schema,
		views_escalation_schema, views_identity_schema };
	struct buffer sql = { 0 };
	const char *steps[] = { "SELECT 1", "SELECT 1", NULL };
	struct db_schema schema = { .steps = steps,
		.steps_count = sizeof(steps) / sizeof(*steps) };
	struct views *v = memory_new(1, sizeof(*v));
	enum rc rc;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		CHECK(buffer_append(&sql, span_of_text(parts[i])) == RC_OK);
	CHECK(text_format(mark, sizeof(mark), "PRAGMA application_id = %u;",
		  mark_of(buffer_span(&sql))) == RC_OK);
	CHECK(buffer_append(&sql, span_of(mark, strlen(mark) + 1)) == RC_OK);
	steps[2] = (const char *)sql.at;
	v->is_writer = writer;
	*out = NULL;
	rc = db_open(path, writer ? DB_REGISTER : DB_READER, &schema, &v->db);
	if (rc == RC_OK && !has_mark(v->db, mark))
		rc = writer ? RC_DAMAGED : RC_BUSY;
	buffer_clear(&sql);
	if (rc != RC_OK) {
		views_close(v);
		return rc;
	}
	load(v);
	if (writer) {
		prepare(v);
	} else {
		/* What is asked of a reader, too. */
		views_petition_prepare(v);
		views_matter_prepare(v);
		views_office_prepare(v);
		views_case_prepare(v);
		views_hear_prepare(v);
		v->lawbook = lawbook_new(v);
	}
	*out = v;
	return RC_OK;
}

enum rc
views_open(const char *dir, bool writer, struct views **out)
{
	char path[FILE_PATH_MAX];

	file_join(path, dir, VIEWS_FILE);
	return views_open_file(path, writer, out);
}

void
views_close(struct views *v)
{
	if (v == NULL)
		return;
	lawbook_free(v->lawbook);
	db_close(v->db);
	free(v->scratch);
	buffer_clear(&v->handed_bytes);
	for (size_t i = 0; i < VIEWS_ROWS_MAX; i++)
		buffer_clear(&v->rows[i].bytes);
	free(v->streams);
	free(v);
}

void
views_set_above(struct views *v, const char *office)
{
	struct stmt *s;

	if (strcmp(v->above, office) == 0)
		return;
	CHECK(text_copy(v->above, sizeof(v->above), office) == RC_OK);
	db_begin(v->db);
	s = db_prepare(v->db, "UPDATE applied SET above = ?");
	db_bind_text(s, office);
	CHECK(db_run(s) == RC_OK);
	db_finish(s);
	views_office_refresh(v);
	views_follow_anew(v);
	db_commit(v->db);
}

/* -- the transaction -- */

void
views_begin(struct views *v)
{
	CHECK(v->rows_count == 0);
	db_begin(v->db);
}

void
views_commit(struct views *v)
{
	views_petition_flush(v);
	db_bind_u64(v->applied_put, v->applied);
	db_bind_text(v->applied_put, v->own);
	CHECK(db_run(v->applied_put) == RC_OK);
	db_commit(v->db);
}

void
views_rollback(struct views *v)
{
	views_petition_drop(v);
	db_rollback(v->db);
	load(v);
	lawbook_forget(v->lawbook);
}

/* -- folding -- */

void
views_quarantine(struct views *v, uint64_t position,
    const struct stream_key *key, uint64_t sequence, const char *reason)
{
	struct stmt *s = v->quarantine;

	log_warn("position=%llu event=quarantined origin=%s sequence=%llu "
		 "reason=\"%s\"",
	    (unsigned long long)position, key->origin,
	    (unsigned long long)sequence, reason);
	db_bind_u64(s, position);
	views_bind_key(s, key);
	db_bind_u64(s, sequence);
	db_bind_text(s, reason);
	CHECK(db_run(s) == RC_OK);
}

static void
count_unknown(struct views *v, const struct relay_entry *entry, uint32_t kind)
{
	views_bind_key(v->unknown, &entry->stream->key);
	db_bind_u64(v->unknown, kind);
	CHECK(db_run(v->unknown) == RC_OK);
}

static const char *fold(struct views *v, const struct relay_entry *entry,
    const struct record *record, int depth);

/*
 * What stood in a branch that was put aside, at the place of its carrier but
 * with its own leaf: that is on the slip which somebody holds.
 */
static const char *
fold_carried(struct views *v, const struct relay_entry *entry,
    const struct record *record, int depth)
{
	struct relay_entry own = *entry;
	uint8_t leaf[HASH_BYTES];
	struct record inner;
	struct span bytes;

	if (depth == CARRIED_DEPTH_MAX)
		return "carried too often";
	if (wire_carried_unpack(record->payload, &bytes) != RC_OK)
		return "carries something unreadable";
	merkle_leaf(bytes, leaf);
	own.leaf = leaf;
	if (wire_record_unpack(bytes, &inner) != RC_OK)
		return "carries something unreadable";
	if (inner.sequence > INT64_MAX)
		return "its sequence is no number of ours";
	if (strcmp(inner.key.origin, entry->stream->key.origin) != 0 ||
	    strcmp(inner.key.audience, entry->stream->key.audience) != 0)
		return "carries a record of another stream";
	return fold(v, &own, &inner, depth + 1);
}

static const char *
fold_handed(struct views *v, const struct relay_entry *entry,
    const struct record *record, int depth)
{
	struct relay_entry as_if;
	struct stream stream;
	struct record inner;
	uint8_t leaf[HASH_BYTES];
	const char *reason;

	if (depth == CARRIED_DEPTH_MAX)
		return "handed over too often";
	reason = views_handed_fold(v, entry, record, &inner, &as_if, &stream);
	if (reason != NULL || as_if.record == NULL)
		return reason;
	merkle_leaf(as_if.bytes, leaf);
	as_if.leaf = leaf;
	v->is_handed = true;
	reason = fold(v, &as_if, &inner, depth + 1);
	v->is_handed = false;
	return reason;
}

static const char *
fold(struct views *v, const struct relay_entry *entry,
    const struct record *record, int depth)
{
	switch (record->kind) {
	case RECORD_OFFICE_OPENED:
		return views_opened_fold(v, entry, record);
	case RECORD_PETITION_REGISTERED:
		return views_petition_fold(v, entry, record);
	case RECORD_DIRECTIVE_ISSUED:
		return views_issue_fold(v, entry, record);
	case RECORD_DIRECTIVE_STEP:
		return views_step_fold(v, entry, record);
	case RECORD_ATTACHED:
		return views_attached_fold(v, entry, record);
	case RECORD_CHILD_ENROLLED:
	case RECORD_CHILD_REVOKED:
		return views_child_fold(v, entry, record);
	case RECORD_PETITION_MOVED:
		return views_move_fold(v, entry, record);
	case RECORD_MATTER_LINKED:
		return views_link_fold(v, entry, record);
	case RECORD_ESCALATED:
		return views_escalation_fold(v, entry, record);
	case RECORD_PUBLISHED:
		return views_published_fold(v, entry, record);
	case RECORD_HANDED:
		return fold_handed(v, entry, record, depth);
	case RECORD_IDENTITY_STEP:
		return views_identity_fold(v, entry, record);
	case RECORD_KEY_DESTROYED:
		return views_destroyed_fold(v, entry, record);
	case RECORD_SECRET_HANDED:
		return NULL; /* nothing that anybody looks at */
	case RECORD_CARRIED:
		return fold_carried(v, entry, record, depth);
	default:
		count_unknown(v, entry, record->kind);
		return NULL;
	}
}

/* The views of `key` go; what its offices had said is worked out again. */
void
views_set_aside(struct views *v, const struct stream_key *key)
{
	views_petition_flush(v);
	if (mutant_is(MUTANT_BRANCH_STAYS))
		return;
	for (size_t i = 0; i < sizeof(removals) / sizeof(*removals); i++) {
		struct stmt *s = db_prepare(v->db, removals[i]);

		views_bind_key(s, key);
		CHECK(db_run(s) == RC_OK);
		db_finish(s);
	}
	views_office_refresh(v);
	lawbook_forget(v->lawbook);
	views_matter_again(v);
	views_escalation_again(v);
	views_directive_again(v);
	views_case_again(v);
}

/*
 * A stream that we see for the first time; when its key is known, the one
 * that had it was put aside.
 */
static void
meet_stream(struct views *v, const struct stream *stream)
{
	struct stmt *s = db_prepare(v->db,
	    "SELECT id FROM stream WHERE origin = ? AND incarnation = ?"
	    " AND audience = ?");
	bool is_new;

	views_bind_key(s, &stream->key);
	is_new = !db_next(s);
	db_finish(s);
	if (!is_new)
		views_set_aside(v, &stream->key);
	db_bind_u64(v->stream, stream->id);
	views_bind_key(v->stream, &stream->key);
	CHECK(db_run(v->stream) == RC_OK);
	know_stream(v, stream->id);
}

static const char *
apply(struct views *v, const struct relay_entry *entry)
{
	if (entry->record == NULL)
		return "not readable as a record";
	if (!stream_key_equal(&entry->record->key, &entry->stream->key))
		return "names another stream than the one it stands in";
	if (entry->record->sequence > INT64_MAX)
		return "its sequence is no number of ours";
	return fold(v, entry, entry->record, 0);
}

void
views_apply(struct views *v, const struct relay_entry *entry)
{
	const char *reason;
	uint64_t sequence = 0;

	if (entry->position <= v->applied)
		return;
	/* A gap would be a hole in the register for ever. */
	CHECK(entry->position == v->applied + 1);
	v->applied = entry->position;
	/* The first row of a journal is this office's own beginning, also
	 * when that history was put aside. */
	if (entry->position == 1)
		memcpy(v->own, entry->stream->key.origin, sizeof(v->own));
	if (entry->stream->branch > 0)
		return;
	if (!is_known_stream(v, entry->stream->id))
		meet_stream(v, entry->stream);
	if (entry->record != NULL)
		sequence = entry->record->sequence;
	reason = apply(v, entry);
	if (reason != NULL) {
		views_quarantine(v, entry->position, &entry->stream->key,
		    sequence <= INT64_MAX ? sequence : 0, reason);
	}
}

/* -- asking -- */

uint64_t
views_applied(const struct views *v)
{
	return v->applied;
}

bool
views_has_step(struct views *v, const char *id, const char *addressee,
    const char *status)
{
	struct stmt *s = v->has_step;
	bool found;

	db_bind_text(s, id);
	db_bind_text(s, addressee);
	db_bind_text(s, status);
	found = db_next(s);
	if (found)
		db_reset(s);
	return found;
}

struct lawbook *
views_lawbook(struct views *v)
{
	return v->lawbook;
}

struct db *
views_db(struct views *v)
{
	if (v->is_writer && v->rows_count > 0)
		views_petition_flush(v);
	return v->db;
}
