/*
 * The roster: which offices there are, in whose words, and in which state.
 *
 * Each office opens its own streams (OfficeOpened) and its parent enrols and
 * revokes it.  Every event is kept; an office's row is what they come to in
 * the order of their positions, by the rule of who may come in (the hub's
 * roster keeps the same one for its doors):
 *
 *   1. our own office's word about an office goes before all others;
 *   2. else an office is below whoever enrolled it first, until that one
 *      revokes it: no office takes another's away;
 *   3. nobody enrols itself, an office that it is below, us, or the office
 *      above us.
 *
 *	state	own		opened, and never enrolled by anybody we know
 *		enrolled	by its parent
 *		revoked		by its parent, later than enrolled
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "register/views_internal.h"

enum { DEPTH_MAX = 8 }; /* levels below one office */

enum office_state { OFFICE_OWN, OFFICE_ENROLLED, OFFICE_REVOKED };

static const char *const state_names[] = { "own", "enrolled", "revoked" };

/* An event, or the row that came of them. */
struct office_word {
	struct child said;
	enum office_state state;
	int64_t recorded_ms;
};

static const char schema[] =
    "CREATE TABLE office_event (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " office TEXT NOT NULL, name TEXT NOT NULL, public_key BLOB NOT NULL,"
    " parent TEXT NOT NULL, state TEXT NOT NULL,"
    " recorded_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE office (code TEXT PRIMARY KEY, name TEXT NOT NULL,"
    " public_key BLOB NOT NULL, parent TEXT NOT NULL,"
    " state TEXT NOT NULL, since_ms INTEGER NOT NULL)"
    " STRICT, WITHOUT ROWID;";

struct offices {
	struct stmt *event, *find, *put, *has_below;
};

static void
prepare_offices(struct views *v)
{
	v->offices = views_keep(v, sizeof(*v->offices));
	v->offices->event = db_prepare(v->db,
	    "INSERT INTO office_event (position, origin, incarnation,"
	    " audience, sequence, office, name, public_key, parent, state,"
	    " recorded_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	v->offices->has_below =
	    db_prepare(v->db, "SELECT 1 FROM office WHERE parent = ? LIMIT 1");
	v->offices->find = db_prepare(v->db,
	    "SELECT code, name, public_key, parent, state, since_ms"
	    " FROM office WHERE code = ?");
	v->offices->put = db_prepare(v->db,
	    "INSERT OR REPLACE INTO office (code, name, public_key, parent,"
	    " state, since_ms) VALUES (?, ?, ?, ?, ?, ?)");
}

/* -- rows -- */

/* Columns: office, name, key, parent, state, time. */
static void
read_word(struct stmt *s, struct office_word *out)
{
	struct span key = db_column_span(s, 2);
	const char *state = db_column_text(s, 4);
	struct child *said = &out->said;

	*out = (struct office_word){ .recorded_ms = db_column_i64(s, 5) };
	CHECK(text_copy(said->office, sizeof(said->office),
		  db_column_text(s, 0)) == RC_OK);
	CHECK(text_copy(said->name, sizeof(said->name), db_column_text(s, 1)) ==
	      RC_OK);
	CHECK(text_copy(said->parent, sizeof(said->parent),
		  db_column_text(s, 3)) == RC_OK);
	if (key.size == KEY_BYTES)
		memcpy(said->public_key, key.at, KEY_BYTES);
	while (strcmp(state_names[out->state], state) != 0) {
		CHECK(out->state < OFFICE_REVOKED);
		out->state++;
	}
}

static bool
find_row(struct views *v, const char *office, struct office_word *out)
{
	bool is_there;

	db_bind_text(v->offices->find, office);
	is_there = db_next(v->offices->find);
	if (is_there) {
		read_word(v->offices->find, out);
		db_reset(v->offices->find);
	}
	return is_there;
}

static void
put_row(struct views *v, const struct office_word *row)
{
	db_bind_text(v->offices->put, row->said.office);
	db_bind_text(v->offices->put, row->said.name);
	db_bind_span(v->offices->put, span_of(row->said.public_key, KEY_BYTES));
	db_bind_text(v->offices->put, row->said.parent);
	db_bind_text(v->offices->put, state_names[row->state]);
	db_bind_i64(v->offices->put, row->recorded_ms);
	CHECK(db_run(v->offices->put) == RC_OK);
}

/* -- the rule -- */

bool
views_is_below(struct views *v, const char *office, const char *above)
{
	char code[OFFICE_CODE_MAX + 1];
	struct office_word row;

	CHECK(text_copy(code, sizeof(code), office) == RC_OK);
	for (int depth = 0; depth <= DEPTH_MAX; depth++) {
		if (strcmp(code, above) == 0)
			return true;
		if (!find_row(v, code, &row))
			return false;
		memcpy(code, row.said.parent, sizeof(code));
	}
	return false;
}

bool
views_has_below(struct views *v, const char *office)
{
	db_bind_text(v->offices->has_below, office);
	return db_has_row(v->offices->has_below);
}

bool
views_knows_office(struct views *v, const char *office)
{
	struct office_word row;

	return find_row(v, office, &row);
}

void
views_parent_of(struct views *v, const char *office,
    char parent[static OFFICE_CODE_MAX + 1])
{
	struct office_word row;

	if (strcmp(office, v->own) == 0) {
		bool is_known = strcmp(v->above, "?") != 0;

		CHECK(text_copy(parent, OFFICE_CODE_MAX + 1,
			  is_known ? v->above : "") == RC_OK);
	} else if (find_row(v, office, &row)) {
		memcpy(parent, row.said.parent, OFFICE_CODE_MAX + 1);
	} else {
		parent[0] = '\0';
	}
}

static bool
is_absurd(struct views *v, const struct child *said)
{
	return strcmp(said->office, v->own) == 0 ||
	       strcmp(said->office, v->above) == 0 ||
	       views_is_below(v, said->parent, said->office);
}

/* `row`: what stood before; NULL: nothing. */
static bool
is_heeded(struct views *v, const struct office_word *word,
    const struct office_word *row)
{
	bool is_same_parent =
	    row != NULL && strcmp(row->said.parent, word->said.parent) == 0;

	switch (word->state) {
	case OFFICE_OWN:
		return row == NULL || row->state == OFFICE_OWN ||
		       row->said.name[0] == '\0';
	case OFFICE_REVOKED:
		return is_same_parent && row->state != OFFICE_OWN;
	case OFFICE_ENROLLED:
		break;
	}
	if (row != NULL && row->state == OFFICE_ENROLLED && !is_same_parent &&
	    strcmp(word->said.parent, v->own) != 0)
		return false;
	return !is_absurd(v, &word->said);
}

static void
heed(struct views *v, const struct office_word *word)
{
	struct office_word row;
	bool is_known = find_row(v, word->said.office, &row);
	struct office_word next = *word;

	if (!is_heeded(v, word, is_known ? &row : NULL))
		return;
	/* Its own opening only adds the name to what its parent said. */
	if (word->state == OFFICE_OWN && is_known && row.state != OFFICE_OWN) {
		next = row;
		next.said = word->said;
		memcpy(next.said.parent, row.said.parent,
		    sizeof(next.said.parent));
	}
	/* A revocation need not repeat the name and the key. */
	if (is_known && next.said.name[0] == '\0') {
		next.said = row.said;
		memcpy(next.said.parent, word->said.parent,
		    sizeof(next.said.parent));
	}
	put_row(v, &next);
	if (!is_known || strcmp(next.said.parent, row.said.parent) != 0)
		views_on_office(v, next.said.office, !is_known);
}

static void
work_out_roster(struct views *v)
{
	struct stmt *all = db_prepare(v->db, "DELETE FROM office");
	struct office_word word;

	CHECK(db_run(all) == RC_OK);
	db_finish(all);
	all = db_prepare(v->db,
	    "SELECT office, name, public_key, parent, state, recorded_ms"
	    " FROM office_event ORDER BY position");
	while (db_next(all)) {
		read_word(all, &word);
		heed(v, &word);
	}
	db_finish(all);
}

/* -- the events -- */

static void
keep_event(struct views *v, const struct relay_entry *entry,
    const struct office_word *word)
{
	struct stmt *s = v->offices->event;

	db_bind_u64(s, entry->position);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, entry->record->sequence);
	db_bind_text(s, word->said.office);
	db_bind_text(s, word->said.name);
	db_bind_span(s, span_of(word->said.public_key, KEY_BYTES));
	db_bind_text(s, word->said.parent);
	db_bind_text(s, state_names[word->state]);
	db_bind_i64(s, word->recorded_ms);
	CHECK(db_run(s) == RC_OK);
	heed(v, word);
}

static const char *
fold_opened(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct office_word word = { .state = OFFICE_OWN,
		.recorded_ms = record->recorded_ms };
	struct child *said = &word.said;
	struct office_opened opened;

	if (wire_office_opened_unpack(record->payload, &opened) != RC_OK)
		return "unreadable opening of an office";
	if (strcmp(opened.office, entry->stream->key.origin) != 0)
		return "opens another office";
	memcpy(said->office, opened.office, sizeof(said->office));
	memcpy(said->name, opened.name, sizeof(said->name));
	memcpy(said->public_key, opened.public_key, KEY_BYTES);
	keep_event(v, entry, &word);
	return NULL;
}

static const char *
fold_child(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct office_word word = { .state = OFFICE_REVOKED,
		.recorded_ms = record->recorded_ms };

	if (record->kind == RECORD_CHILD_ENROLLED)
		word.state = OFFICE_ENROLLED;
	if (wire_child_unpack(record->payload, &word.said) != RC_OK)
		return "unreadable entry of the roster";
	if (strcmp(word.said.parent, entry->stream->key.origin) != 0)
		return "an office below another one";
	keep_event(v, entry, &word);
	return NULL;
}

static const struct fold_rule folds[] = {
	{ RECORD_OFFICE_OPENED, fold_opened },
	{ RECORD_CHILD_ENROLLED, fold_child },
	{ RECORD_CHILD_REVOKED, fold_child },
	{ 0, NULL },
};

static const char *const removals[] = {
	"DELETE FROM office_event" OF_STREAM,
	NULL,
};

const struct family offices_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS office_event; "
		"DROP TABLE IF EXISTS office;",
	.folds = folds,
	.removals = removals,
	.prepare = prepare_offices,
	.again = work_out_roster,
	.on_above = work_out_roster,
};
