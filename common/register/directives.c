/*
 * Directives: the events as they came, and where each one stands.
 *
 * An issuer records a directive once for everybody above (all addressees)
 * and once for each addressee in the stream for that child (this addressee
 * alone).  So the issuer itself sees 1 + n issues with one id, the addressee
 * one and the offices above one; all say the same but for the addressees.
 * The issuer's later steps are doubled in the same way.  A draft stands in
 * the stream that the issuer keeps for itself (audience: its own code).
 *
 * Where it stands at one addressee is law/moves/directive_fold.h's to say,
 * by the steps of that addressee and of the issuer.  Each issue and each step
 * has it said anew for whom it concerns, at once, so that what a desk records
 * is judged by everything that was recorded before, in the same turn too.
 *
 * Bounded: of one addressee's steps so many are kept of one stream as are
 * folded at most.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "contract/wire_payload.h"
#include "law/moves/directive_core.h"
#include "law/moves/directive_fold.h"
#include "petition/item_number.h"
#include "register/views_internal.h"

enum { STEPS_ROOM = 16 }; /* of an addressee, to begin with */

static const char schema[] =
    "CREATE TABLE directive_issue (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " id TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL,"
    " matter TEXT NOT NULL, due_ms INTEGER NOT NULL, text TEXT NOT NULL,"
    " ground TEXT NOT NULL, reference TEXT NOT NULL,"
    " clock TEXT NOT NULL, supersedes TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;"
    "CREATE INDEX directive_issue_id ON directive_issue (id);"
    "CREATE INDEX directive_issue_item ON directive_issue (item);"
    "CREATE INDEX directive_issue_reference"
    " ON directive_issue (reference);"
    "CREATE INDEX directive_issue_matter ON directive_issue (matter);"

    "CREATE TABLE directive_target (position INTEGER NOT NULL,"
    " addressee TEXT NOT NULL, PRIMARY KEY (position, addressee))"
    " STRICT, WITHOUT ROWID;"

    "CREATE TABLE directive_step (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " id TEXT NOT NULL, addressee TEXT NOT NULL, status TEXT NOT NULL,"
    " text TEXT NOT NULL, due_ms INTEGER NOT NULL,"
    " verdict TEXT NOT NULL, done TEXT NOT NULL, report TEXT NOT NULL,"
    " other TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL) STRICT;"
    "CREATE INDEX directive_step_id ON directive_step (id, addressee);"

    /* The files that a step names, in its order (table attachment). */
    "CREATE TABLE directive_file (position INTEGER NOT NULL,"
    " place INTEGER NOT NULL, hash BLOB NOT NULL,"
    " PRIMARY KEY (position, place)) STRICT, WITHOUT ROWID;";

static const char now_schema[] =
    "CREATE TABLE directive_to (id TEXT NOT NULL, addressee TEXT NOT NULL,"
    " PRIMARY KEY (id, addressee)) STRICT, WITHOUT ROWID;"

    /* Written by the fold, once for each addressee. */
    "CREATE TABLE directive_now (id TEXT NOT NULL, kind TEXT NOT NULL,"
    " issuer TEXT NOT NULL, addressee TEXT NOT NULL, status TEXT NOT NULL,"
    " due_ms INTEGER NOT NULL, asked_ms INTEGER NOT NULL,"
    " item TEXT NOT NULL, matter TEXT NOT NULL, text TEXT NOT NULL,"
    " ground TEXT NOT NULL, reference TEXT NOT NULL, clock TEXT NOT NULL,"
    " supersedes TEXT NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL, PRIMARY KEY (id, addressee))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX directive_now_time ON directive_now (recorded_ms);"
    "CREATE INDEX directive_now_item ON directive_now (item);"
    "CREATE INDEX directive_now_matter ON directive_now (matter);";

struct directives {
	struct stmt *put_issue, *put_target, *put_step, *put_addressee,
	    *put_now, *put_file, *has_step;
	struct stmt *first, *has_addressee, *steps, *addressees, *steps_of_one;
};

static void
prepare_directives(struct views *v)
{
	v->directives = views_keep(v, sizeof(*v->directives));
	v->directives->put_issue = db_prepare(v->db,
	    "INSERT INTO directive_issue (position, origin, incarnation,"
	    " audience, sequence, id, kind, item, matter, due_ms, text,"
	    " ground, reference, clock, supersedes, claimed_ms, recorded_ms,"
	    " received_ms, role, actor, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	v->directives->put_target = db_prepare(v->db,
	    "INSERT INTO directive_target (position, addressee) VALUES (?, ?)"
	    " ON CONFLICT DO NOTHING");
	v->directives->put_step = db_prepare(v->db,
	    "INSERT INTO directive_step (position, origin, incarnation,"
	    " audience, sequence, id, addressee, status, text, due_ms,"
	    " verdict, done, report, other, claimed_ms, recorded_ms,"
	    " received_ms, role, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	v->directives->put_addressee = db_prepare(v->db,
	    "INSERT INTO directive_to (id, addressee) VALUES (?, ?) ON"
	    " CONFLICT DO NOTHING");
	/* Of the copies that an issuer holds, the one for everybody above. */
	v->directives->first = db_prepare(v->db,
	    "SELECT position, audience = origin FROM directive_issue"
	    " WHERE id = ? ORDER BY audience, incarnation, sequence LIMIT 1");
	v->directives->has_addressee = db_prepare(v->db,
	    "SELECT 1 FROM directive_to WHERE id = ? AND addressee = ?");
	v->directives->steps = db_prepare(v->db,
	    "SELECT status, audience, incarnation, sequence, due_ms"
	    " FROM directive_step WHERE id = ? AND addressee = ?");
	v->directives->put_now = db_prepare(v->db,
	    "INSERT OR REPLACE INTO directive_now (id, kind, issuer,"
	    " addressee, status, due_ms, asked_ms, item, matter, text, ground,"
	    " reference, clock, supersedes, recorded_ms, received_ms, role,"
	    " actor) SELECT id, kind, origin, ?2, ?3,"
	    " CASE WHEN ?4 > 0 THEN ?4 ELSE due_ms END, ?5, item, matter,"
	    " text, ground, reference, clock, supersedes, recorded_ms,"
	    " received_ms, role, actor FROM directive_issue"
	    " WHERE position = ?1");
	v->directives->addressees = db_prepare(v->db,
	    "SELECT addressee FROM directive_to WHERE id = ?");
	v->directives->steps_of_one = db_prepare(v->db,
	    "SELECT count(*) FROM (SELECT 1 FROM directive_step WHERE id = ?"
	    " AND addressee = ? AND origin = ? AND incarnation = ?"
	    " AND audience = ? LIMIT ?)");
	v->directives->put_file = db_prepare(v->db,
	    "INSERT INTO directive_file (position, place, hash) VALUES (?, ?,"
	    " ?)");
	v->directives->has_step = db_prepare(v->db,
	    "SELECT 1 FROM directive_step WHERE id = ? AND addressee = ?"
	    " AND status = ? LIMIT 1");
}

bool
views_has_step(struct views *v, const char *id, const char *addressee,
    const char *status)
{
	struct stmt *s = v->directives->has_step;

	db_bind_text(s, id);
	db_bind_text(s, addressee);
	db_bind_text(s, status);
	return db_has_row(s);
}

/* -- where it stands -- */

/* All steps of one addressee; the caller frees. */
static struct directive_taken *
read_steps(struct views *v, const char *id, const char *addressee,
    size_t *count)
{
	struct stmt *s = v->directives->steps;
	struct directive_taken *steps = NULL;
	size_t room = 0;

	*count = 0;
	db_bind_text(s, id);
	db_bind_text(s, addressee);
	while (db_next(s)) {
		struct directive_taken *t;

		if (*count == room) {
			room = room > 0 ? 2 * room : STEPS_ROOM;
			steps = memory_grow(steps, room, sizeof(*steps));
		}
		t = &steps[(*count)++];
		*t = (struct directive_taken){
			.step = directive_code_of(db_column_text(s, 0)),
			.incarnation = (uint32_t)db_column_u64(s, 2),
			.sequence = db_column_u64(s, 3),
			.due_ms = db_column_i64(s, 4),
		};
		db_column_copy(s, 1, t->audience, sizeof(t->audience));
	}
	return steps;
}

static void
put_stand(struct views *v, uint64_t position, const char *addressee,
    const struct directive_stand *stand)
{
	struct stmt *s = v->directives->put_now;

	db_bind_u64(s, position);
	db_bind_text(s, addressee);
	db_bind_text(s, directive_code(stand->status));
	db_bind_i64(s, stand->due_ms);
	db_bind_i64(s, stand->asked_ms);
	CHECK(db_run(s) == RC_OK);
}

/* The copy that says what the directive is; false: none has come. */
static bool
find_first(struct views *v, const char *id, uint64_t *position, bool *is_draft)
{
	struct stmt *s = v->directives->first;

	db_bind_text(s, id);
	if (!db_next(s))
		return false;
	*position = db_column_u64(s, 0);
	*is_draft = db_column_i64(s, 1) != 0;
	db_reset(s);
	return true;
}

/* An addressee's row anew, once the directive itself has come. */
static void
refresh(struct views *v, const char *id, const char *addressee)
{
	struct directive_taken *steps;
	struct directive_stand stand;
	uint64_t position;
	bool is_draft;
	size_t count;

	if (!find_first(v, id, &position, &is_draft))
		return;
	steps = read_steps(v, id, addressee, &count);
	directive_fold(steps, count, is_draft, &stand);
	free(steps);
	put_stand(v, position, addressee, &stand);
}

static void
refresh_all(struct views *v, const char *id)
{
	char addressee[OFFICE_CODE_MAX + 1];

	db_bind_text(v->directives->addressees, id);
	while (db_next(v->directives->addressees)) {
		db_column_copy(v->directives->addressees, 0, addressee,
		    sizeof(addressee));
		refresh(v, id, addressee);
	}
}

static void
fold_all_again(struct views *v)
{
	struct stmt *s;

	db_do(v->db, "DELETE FROM directive_to");
	db_do(v->db, "INSERT INTO directive_to (id, addressee) SELECT DISTINCT "
		     "i.id, t.addressee"
		     " FROM directive_issue i JOIN directive_target t"
		     " USING (position)");
	db_do(v->db, "DELETE FROM directive_now");
	s = db_prepare(v->db, "SELECT id, addressee FROM directive_to");
	while (db_next(s))
		refresh(v, db_column_text(s, 0), db_column_text(s, 1));
	db_finish(s);
}

/* -- the events -- */

static void
add_addressee(struct views *v, uint64_t position, const char *id,
    const char *addressee)
{
	db_bind_u64(v->directives->put_target, position);
	db_bind_text(v->directives->put_target, addressee);
	CHECK(db_run(v->directives->put_target) == RC_OK);
	db_bind_text(v->directives->put_addressee, id);
	db_bind_text(v->directives->put_addressee, addressee);
	CHECK(db_run(v->directives->put_addressee) == RC_OK);
}

/* A copy that goes before all others says what the directive is, to all. */
static void
refresh_issue(struct views *v, uint64_t position, const struct directive *d)
{
	uint64_t first;
	bool is_draft;

	CHECK(find_first(v, d->id, &first, &is_draft));
	if (first == position) {
		refresh_all(v, d->id);
		return;
	}
	for (size_t i = 0; i < d->to_count; i++)
		refresh(v, d->id, d->to[i]);
}

/* A step may come before its directive, or of somebody it never went to. */
static void
refresh_step(struct views *v, const struct directive_step *d)
{
	db_bind_text(v->directives->has_addressee, d->id);
	db_bind_text(v->directives->has_addressee, d->addressee);
	if (db_has_row(v->directives->has_addressee))
		refresh(v, d->id, d->addressee);
}

/* The number of a directive or an escalation names the office behind it. */
static bool
issuer_of(const char *id, struct item_number *issuer)
{
	return item_number_parse(id, issuer) == RC_OK &&
	       issuer->kind != NUMBER_ITEM;
}

static const char *
fold_issue(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct item_number issuer;
	struct directive d;
	struct stmt *s = v->directives->put_issue;

	if (wire_directive_unpack(record->payload, &d) != RC_OK)
		return "unreadable directive";
	if (!issuer_of(d.id, &issuer) || issuer.kind != NUMBER_DIRECTIVE ||
	    strcmp(issuer.office, entry->stream->key.origin) != 0)
		return "a directive's id of another office";
	views_bind_place(s, entry);
	db_bind_text(s, d.id);
	db_bind_text(s, d.kind);
	db_bind_text(s, d.item);
	db_bind_text(s, d.matter);
	db_bind_i64(s, d.due_ms);
	db_bind_span_text(s, d.text);
	db_bind_text(s, d.ground);
	db_bind_text(s, d.reference);
	db_bind_text(s, d.clock);
	db_bind_text(s, d.supersedes);
	views_bind_times(s, entry, record);
	db_bind_span(s, span_of(entry->leaf, HASH_BYTES));
	CHECK(db_run(s) == RC_OK);
	for (size_t i = 0; i < d.to_count; i++)
		add_addressee(v, entry->position, d.id, d.to[i]);
	refresh_issue(v, entry->position, &d);
	return NULL;
}

/*
 * Whose step is it?  NULL: nobody's.  The notice of an escalation is received,
 * signed for and answered, and that is all.
 */
static const char *
taker_of(const struct directive_step *d, const struct item_number *issuer)
{
	enum directive_code step = directive_code_of(d->status);
	const struct directive_rule *rule = directive_rule_of(step);

	if (issuer->kind == NUMBER_ESCALATION) {
		return step == DIRECTIVE_DLV || step == DIRECTIVE_SGN ||
			       step == DIRECTIVE_ANS
			   ? d->addressee
			   : NULL;
	}
	/* Sending is no step: it is the directive itself. */
	if (rule == NULL || step == DIRECTIVE_SNT)
		return NULL;
	return rule->side == DIRECTIVE_BY_ADDRESSEE ? d->addressee
						    : issuer->office;
}

/* The copy for one office taken for the one for all. */
static void
bind_step_place(struct stmt *s, const struct relay_entry *entry)
{
	struct stream_key key = entry->stream->key;

	if (mutant_is(MUTANT_STEP_TWICE))
		key.audience[0] = '\0';
	db_bind_u64(s, entry->position);
	views_bind_key(s, &key);
	db_bind_u64(s, entry->record->sequence);
}

static void
write_files(struct views *v, const struct relay_entry *entry,
    const struct directive_step *d)
{
	for (uint32_t i = 0; i < d->attachments_count; i++) {
		db_bind_u64(v->directives->put_file, entry->position);
		db_bind_u64(v->directives->put_file, i);
		db_bind_span(v->directives->put_file,
		    span_of(d->attachments[i], HASH_BYTES));
		CHECK(db_run(v->directives->put_file) == RC_OK);
	}
}

/* In the order of its own stream, so the same ones everywhere. */
static bool
is_full(struct views *v, const struct relay_entry *entry,
    const struct directive_step *d)
{
	struct stmt *s = v->directives->steps_of_one;
	bool is_at_limit;

	db_bind_text(s, d->id);
	db_bind_text(s, d->addressee);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, DIRECTIVE_STEPS_MAX);
	CHECK(db_next(s));
	is_at_limit = db_column_u64(s, 0) == DIRECTIVE_STEPS_MAX;
	db_reset(s);
	return is_at_limit;
}

static const char *
fold_step(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct item_number issuer;
	struct directive_step d;
	const char *taker;
	struct stmt *s = v->directives->put_step;

	if (wire_directive_step_unpack(record->payload, &d) != RC_OK)
		return "unreadable step of a directive";
	if (!issuer_of(d.id, &issuer))
		return "a step of no directive";
	taker = taker_of(&d, &issuer);
	if (taker == NULL)
		return "a step that this version does not know";
	if (strcmp(taker, entry->stream->key.origin) != 0)
		return "a step that is another office's";
	if (is_full(v, entry, &d))
		return "too many steps of one directive";
	bind_step_place(s, entry);
	db_bind_text(s, d.id);
	db_bind_text(s, d.addressee);
	db_bind_text(s, d.status);
	db_bind_span_text(s, d.text);
	db_bind_i64(s, d.due_ms);
	db_bind_text(s, d.verdict);
	db_bind_span_text(s, d.done);
	db_bind_span_text(s, d.report);
	db_bind_text(s, d.other);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	write_files(v, entry, &d);
	refresh_step(v, &d);
	return NULL;
}

static const struct fold_rule folds[] = {
	{ RECORD_DIRECTIVE_ISSUED, fold_issue },
	{ RECORD_DIRECTIVE_STEP, fold_step },
	{ 0, NULL },
};

static const char *const removals[] = {
	"DELETE FROM directive_target WHERE position IN (SELECT position"
	" FROM directive_issue" OF_STREAM ")",
	"DELETE FROM directive_issue" OF_STREAM,
	"DELETE FROM directive_file WHERE position IN (SELECT position"
	" FROM directive_step" OF_STREAM ")",
	"DELETE FROM directive_step" OF_STREAM,
	NULL,
};

const struct family directives_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS directive_issue;"
		"DROP TABLE IF EXISTS directive_target;"
		"DROP TABLE IF EXISTS directive_step;"
		"DROP TABLE IF EXISTS directive_file;",
	.folds = folds,
	.removals = removals,
	.prepare = prepare_directives,
};

/* Where they stand, which follows from the events alone. */
const struct family standings_family = {
	.schema = now_schema,
	.drop = "DROP TABLE IF EXISTS directive_now;"
		"DROP TABLE IF EXISTS directive_to;",
	.again = fold_all_again,
};
