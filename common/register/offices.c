/*
 * The roster: which offices there are, in whose words, and in which state.
 *
 * Each office opens its own streams (OfficeOpened) and its parent enrols and
 * revokes it.  Every event is kept; an office's row is what they come to in
 * the order of their positions, by the rule of who may come in, which is
 * law/offices/tree.h's.  The tree is kept in memory beside the table, and is
 * read from it when somebody first asks.
 *
 *	state	own		opened, and never enrolled by anybody we know
 *		enrolled	by its parent
 *		revoked		by its parent, later than enrolled
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "law/offices/tree.h"
#include "register/views_internal.h"

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

/* What the table says, which was judged when it was written. */
static void
read_tree(struct views *v)
{
	struct stmt *s = db_prepare(v->db,
	    "SELECT code, parent, state FROM office ORDER BY code");

	tree_begin(v->tree, v->own,
	    strcmp(v->above, "?") != 0 ? v->above : NULL);
	while (db_next(s)) {
		CHECK(tree_put(v->tree, db_column_text(s, 0),
			  db_column_text(s, 1),
			  strcmp(db_column_text(s, 2),
			      state_names[OFFICE_REVOKED]) == 0) == RC_OK);
	}
	db_finish(s);
	v->has_tree = true;
}

bool
views_has_below(struct views *v, const char *office)
{
	db_bind_text(v->offices->has_below, office);
	return db_has_row(v->offices->has_below);
}

const struct tree *
views_tree(struct views *v)
{
	if (!v->has_tree)
		read_tree(v);
	return v->tree;
}

/* `row`: what stood before; NULL: nothing. */
static bool
is_taken_in(struct views *v, const struct office_word *word,
    const struct office_word *row)
{
	const struct child *said = &word->said;

	(void)views_tree(v);
	switch (word->state) {
	case OFFICE_OWN:
		if (row != NULL)
			return row->state == OFFICE_OWN ||
			       row->said.name[0] == '\0';
		return tree_open(v->tree, said->office) == RC_OK;
	case OFFICE_REVOKED:
		return tree_revoke(v->tree, said->office, said->parent) ==
		       RC_OK;
	case OFFICE_ENROLLED:
		break;
	}
	return tree_enrol(v->tree, said->office, said->parent) == RC_OK;
}

static void
apply_word(struct views *v, const struct office_word *word)
{
	struct office_word row;
	bool is_known = find_row(v, word->said.office, &row);
	struct office_word next = *word;

	if (!is_taken_in(v, word, is_known ? &row : NULL))
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
	v->has_tree = false;
	all = db_prepare(v->db,
	    "SELECT office, name, public_key, parent, state, recorded_ms"
	    " FROM office_event ORDER BY position");
	while (db_next(all)) {
		read_word(all, &word);
		apply_word(v, &word);
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
	apply_word(v, word);
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
