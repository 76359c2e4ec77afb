/*
 * The core of the register: the file, the transaction, and for each row of the
 * journal the fold of its kind.
 *
 * What is kept of a kind, and in which tables, is known to its family alone
 * (views_internal.h, families.c); here are only the tables that speak of the
 * journal itself: how far it is applied, which streams were seen, what could
 * not be applied.  Rows come in the order of their positions, each once; a
 * gap would be a hole in the register for ever, so it is CHECKed.
 *
 * A register that another version of the program made is recognized by a mark
 * over the text of all tables, and is made again from the journal.
 */
#include "register/views.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mutants.h"
#include "base/text.h"
#include "contract/wire.h"
#include "law/offices/tree.h"
#include "register/views_internal.h"

enum {
	MARK_MAX = 48,
};

static const char core_schema[] =
    "CREATE TABLE applied (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " position INTEGER NOT NULL, office TEXT NOT NULL,"
    " above TEXT NOT NULL) STRICT;"
    "INSERT INTO applied (one, position, office, above)"
    " VALUES (1, 0, '', '?');"
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
 * Version 3 began anew: what versions 1 and 2 had is thrown away and folded
 * again from the journal.
 */
static const char core_drop[] =
    "DROP TABLE IF EXISTS applied; DROP TABLE IF EXISTS stream;"
    "DROP TABLE IF EXISTS quarantine; DROP TABLE IF EXISTS unknown_kind;";

static const char *const core_removals[] = {
	"DELETE FROM quarantine" OF_STREAM,
	"DELETE FROM unknown_kind" OF_STREAM,
	"DELETE FROM stream" OF_STREAM,
	NULL,
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

bool
views_is_number_of(const char *item, const char *office)
{
	size_t size = strlen(office);

	return strncmp(item, office, size) == 0 && item[size] == '-';
}

/* -- opening -- */

void *
views_keep(struct views *v, size_t size)
{
	CHECK(v->kept_count < FAMILIES_MAX);
	v->kept[v->kept_count] = memory_new(1, size);
	return v->kept[v->kept_count++];
}

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
read_state(struct views *v)
{
	struct stmt *s =
	    db_prepare(v->db, "SELECT position, office, above FROM applied");

	CHECK(db_next(s));
	v->applied = db_column_u64(s, 0);
	db_column_copy(s, 1, v->own, sizeof(v->own));
	db_column_copy(s, 2, v->above, sizeof(v->above));
	db_finish(s);
	if (v->streams_count > 0)
		memset(v->streams, 0, v->streams_count);
	s = db_prepare(v->db, "SELECT id FROM stream");
	while (db_next(s))
		know_stream(v, (uint32_t)db_column_u64(s, 0));
	db_finish(s);
}

static void
prepare_all(struct views *v)
{
	v->quarantine = db_prepare(v->db,
	    "INSERT INTO quarantine (position, origin, incarnation, audience,"
	    " sequence, reason) VALUES (?, ?, ?, ?, ?, ?)");
	v->unknown = db_prepare(v->db,
	    "INSERT INTO unknown_kind (origin, incarnation, audience, kind,"
	    " count) VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count ="
	    " count + 1");
	v->stream = db_prepare(v->db,
	    "INSERT INTO stream (id, origin, incarnation, audience) VALUES (?,"
	    " ?, ?, ?)");
	v->applied_put = db_prepare(v->db,
	    "UPDATE applied SET position = ?, office = ? WHERE one = 1");
	for (size_t i = 0; views_families[i] != NULL; i++) {
		if (views_families[i]->prepare != NULL)
			views_families[i]->prepare(v);
	}
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

static void
add_part(struct buffer *sql, const char *part)
{
	if (part != NULL)
		CHECK(buffer_append(sql, span_of_text(part)) == RC_OK);
}

/* All tables, and the number that tells them from another version's. */
static void
write_schema(struct buffer *sql, char mark[static MARK_MAX])
{
	add_part(sql, core_drop);
	for (size_t i = 0; views_families[i] != NULL; i++)
		add_part(sql, views_families[i]->drop);
	add_part(sql, core_schema);
	for (size_t i = 0; views_families[i] != NULL; i++)
		add_part(sql, views_families[i]->schema);
	CHECK(text_format(mark, MARK_MAX, "PRAGMA application_id = %u;",
		  mark_of(buffer_span(sql))) == RC_OK);
	CHECK(buffer_append(sql, span_of(mark, strlen(mark) + 1)) == RC_OK);
}

enum rc
views_open_file(const char *path, bool writer, struct views **out)
{
	char mark[MARK_MAX];
	struct buffer sql = { 0 };
	const char *steps[] = { "SELECT 1", "SELECT 1", NULL };
	struct db_schema schema = { .steps = steps,
		.steps_count = sizeof(steps) / sizeof(*steps) };
	struct views *v = memory_new(1, sizeof(*v));
	enum rc rc;

	v->tree = tree_new();
	write_schema(&sql, mark);
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
	read_state(v);
	prepare_all(v);
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
	/* Nothing is prepared when the file could not be opened. */
	for (size_t i = 0; v->kept_count > 0 && views_families[i] != NULL;
	     i++) {
		if (views_families[i]->close != NULL)
			views_families[i]->close(v);
	}
	tree_free(v->tree);
	db_close(v->db);
	for (size_t i = 0; i < v->kept_count; i++)
		free(v->kept[i]);
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
	for (size_t i = 0; views_families[i] != NULL; i++) {
		if (views_families[i]->on_above != NULL)
			views_families[i]->on_above(v);
	}
	db_commit(v->db);
}

/* -- the transaction -- */

void
views_begin(struct views *v)
{
	CHECK(v->waiting == 0);
	db_begin(v->db);
}

void
views_flush(struct views *v)
{
	if (v->waiting == 0)
		return;
	for (size_t i = 0; views_families[i] != NULL; i++) {
		if (views_families[i]->flush != NULL)
			views_families[i]->flush(v);
	}
}

void
views_commit(struct views *v)
{
	views_flush(v);
	db_bind_u64(v->applied_put, v->applied);
	db_bind_text(v->applied_put, v->own);
	CHECK(db_run(v->applied_put) == RC_OK);
	db_commit(v->db);
}

void
views_rollback(struct views *v)
{
	v->waiting = 0;
	db_rollback(v->db);
	read_state(v);
	v->has_tree = false;
	for (size_t i = 0; views_families[i] != NULL; i++) {
		if (views_families[i]->reload != NULL)
			views_families[i]->reload(v);
	}
}

/* -- folding -- */

static void
quarantine(struct views *v, uint64_t position, const struct stream_key *key,
    uint64_t sequence, const char *reason)
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

/* NULL: this version knows no such kind. */
static const struct fold_rule *
find_rule(uint32_t kind)
{
	for (size_t i = 0; views_families[i] != NULL; i++) {
		const struct fold_rule *rule = views_families[i]->folds;

		for (; rule != NULL && rule->kind != 0; rule++) {
			if (rule->kind == kind)
				return rule;
		}
	}
	return NULL;
}

const char *
views_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	const struct fold_rule *rule = find_rule(record->kind);

	if (rule != NULL)
		return rule->fold(v, entry, record);
	count_unknown(v, entry, record->kind);
	return NULL;
}

void
views_on_office(struct views *v, const char *office, bool is_new)
{
	for (size_t i = 0; views_families[i] != NULL; i++) {
		if (views_families[i]->on_office != NULL)
			views_families[i]->on_office(v, office, is_new);
	}
}

static void
remove_rows(struct views *v, const char *const *removals,
    const struct stream_key *key)
{
	for (; removals != NULL && *removals != NULL; removals++) {
		struct stmt *s = db_prepare(v->db, *removals);

		views_bind_key(s, key);
		CHECK(db_run(s) == RC_OK);
		db_finish(s);
	}
}

/*
 * The views of `key` go; what its offices had said is worked out again.  What
 * came by its hand goes first: `handed` says what that was.
 */
void
views_set_aside(struct views *v, const struct stream_key *key)
{
	const struct family *const *f;

	views_flush(v);
	if (mutant_is(MUTANT_BRANCH_STAYS))
		return;
	for (f = views_families; *f != NULL; f++)
		remove_rows(v, (*f)->by_hand, key);
	for (f = views_families; *f != NULL; f++)
		remove_rows(v, (*f)->removals, key);
	remove_rows(v, core_removals, key);
	for (f = views_families; *f != NULL; f++) {
		if ((*f)->again != NULL)
			(*f)->again(v);
	}
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
fold_row(struct views *v, const struct relay_entry *entry)
{
	if (entry->record == NULL)
		return "not readable as a record";
	if (!stream_key_equal(&entry->record->key, &entry->stream->key))
		return "names another stream than the one it stands in";
	if (entry->record->sequence > INT64_MAX)
		return "its sequence is no number of ours";
	return views_fold(v, entry, entry->record);
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
	if (entry->position == 1) {
		memcpy(v->own, entry->stream->key.origin, sizeof(v->own));
		v->has_tree = false;
	}
	if (entry->stream->branch > 0)
		return;
	if (!is_known_stream(v, entry->stream->id))
		meet_stream(v, entry->stream);
	if (entry->record != NULL)
		sequence = entry->record->sequence;
	reason = fold_row(v, entry);
	if (reason != NULL) {
		quarantine(v, entry->position, &entry->stream->key,
		    sequence <= INT64_MAX ? sequence : 0, reason);
	}
}

/* -- asking -- */

uint64_t
views_applied(const struct views *v)
{
	return v->applied;
}

struct db *
views_db(struct views *v)
{
	views_flush(v);
	return v->db;
}
