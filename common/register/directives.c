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
 * Two offices move one directive, and their steps reach a third one in any
 * order between them.  In one office's own order (incarnation, sequence),
 * though, nothing is ever swapped.  So for one addressee:
 *
 *	over		the issuer's first CLS, CXL, SPD or LPS, final
 *	draft		nothing but the issuer's own copy
 *	sent		no step of the addressee yet
 *	its own last step	DLV SGN WRK EXQ ANS; but
 *	  returned	when that is an answer, and as many answers were
 *			returned as were given
 *	  in work	when that is a request for more time, and as many
 *			were granted or refused as were asked, both counted
 *			in the present round
 *
 * A round is what lies between two returns.  The addressee asks in round r
 * when it has given r answers and heard of r returns; the issuer's word on
 * it comes behind its r-th return, and before the next one, which would need
 * another answer.  So requests in round r are the addressee's EXQ behind its
 * r-th ANS, and the words on them the issuer's EXG and EXR with r RTN in
 * front of them, each counted in one office's own order.  A request that the
 * addressee did not wait for (it answered) never meets a word of a later
 * round, and a grant that crosses an answer leaves the answer standing.
 *
 * The date due is the issuer's last word (RTN, EXG), else the directive's.
 * No step's time of arrival is needed to say any of it.
 */
#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "contract/wire_payload.h"
#include "law/moves/directive_core.h"
#include "petition/item_number.h"
#include "register/views_internal.h"

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

    /* Of the copies that an issuer holds, the one for everybody above. */
    "CREATE VIEW directive AS SELECT * FROM directive_issue i"
    " WHERE position = (SELECT position FROM directive_issue o"
    " WHERE o.id = i.id ORDER BY audience, incarnation, sequence LIMIT 1);"

    /* Per addressee: its last own step, and the answers that it gave. */
    "CREATE VIEW directive_last AS SELECT t.id, t.addressee,"
    " (SELECT s.status FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.origin = t.addressee"
    "  ORDER BY s.incarnation DESC, s.sequence DESC LIMIT 1) AS last,"
    " (SELECT count(*) FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.status = 'ANS') AS answers"
    " FROM directive_to t;"

    /*
     * And what was said about it.  Each of the issuer's steps may stand here
     * once for those above and once for the addressee: the larger of the two
     * counts.  `asked` and `heard` are of the present round.
     */
    "CREATE VIEW directive_tally AS SELECT l.*,"
    " (SELECT coalesce(max(sum(s.audience = ''), sum(s.audience <> '')), 0)"
    "  FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee AND s.status = 'RTN') AS returns,"
    " (SELECT count(*) FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee AND s.status = 'EXQ'"
    "  AND NOT EXISTS (SELECT 1 FROM directive_step a WHERE a.id = s.id"
    "   AND a.addressee = s.addressee AND a.status = 'ANS'"
    "   AND (a.incarnation, a.sequence) > (s.incarnation, s.sequence)))"
    "  AS asked,"
    " (SELECT coalesce(max(sum(s.audience = ''), sum(s.audience <> '')), 0)"
    "  FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee AND s.status IN ('EXG', 'EXR')"
    "  AND l.answers = (SELECT count(*) FROM directive_step r"
    "   WHERE r.id = s.id AND r.addressee = s.addressee"
    "   AND r.status = 'RTN' AND r.audience = s.audience AND"
    "   (r.incarnation, r.sequence) < (s.incarnation, s.sequence)))"
    "  AS heard,"
    " (SELECT s.status FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee"
    "  AND s.status IN ('CLS', 'CXL', 'SPD', 'LPS')"
    "  ORDER BY s.audience, s.incarnation, s.sequence LIMIT 1) AS final,"
    " (SELECT s.due_ms FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee AND s.status IN ('RTN', 'EXG')"
    "  AND s.due_ms > 0 ORDER BY s.incarnation DESC, s.sequence DESC,"
    "  s.audience LIMIT 1) AS new_due_ms,"
    " (SELECT s.due_ms FROM directive_step s WHERE s.id = l.id"
    "  AND s.addressee = l.addressee AND s.status = 'EXQ'"
    "  ORDER BY s.incarnation DESC, s.sequence DESC LIMIT 1) AS asked_ms"
    " FROM directive_last l;"

    "CREATE VIEW directive_fold AS SELECT d.id, d.kind, d.origin AS issuer,"
    " y.addressee, CASE WHEN y.final IS NOT NULL THEN y.final"
    "  WHEN d.audience = d.origin THEN 'DRF'"
    "  WHEN y.last IS NULL THEN 'SNT'"
    "  WHEN y.last = 'ANS' AND y.returns >= y.answers THEN 'RTN'"
    "  WHEN y.last = 'EXQ' AND y.heard >= y.asked THEN 'WRK'"
    "  ELSE y.last END AS status,"
    " coalesce(y.new_due_ms, d.due_ms) AS due_ms,"
    " coalesce(y.asked_ms, 0) AS asked_ms, d.item, d.matter,"
    " d.text, d.ground, d.reference, d.clock, d.supersedes,"
    " d.recorded_ms, d.received_ms, d.role, d.actor"
    " FROM directive_tally y JOIN directive d ON d.id = y.id;"

    /* The same, kept: worked out again for each id that something is new of. */
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

#define NOW_COLUMNS                                                            \
	"id, kind, issuer, addressee, status, due_ms, asked_ms, item,"         \
	" matter, text, ground, reference, clock, supersedes, recorded_ms,"    \
	" received_ms, role, actor"

#define FOLD_INTO_NOW                                                          \
	"INSERT OR REPLACE INTO directive_now (" NOW_COLUMNS ")"               \
	" SELECT " NOW_COLUMNS " FROM directive_fold"

struct directives {
	struct stmt *put_issue, *put_target, *put_step, *put_addressee,
	    *put_now, *put_file, *has_step;
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
	v->directives->put_now =
	    db_prepare(v->db, FOLD_INTO_NOW " WHERE id = ?");
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

static void
fold_directive(struct views *v, const char *id)
{
	db_bind_text(v->directives->put_now, id);
	CHECK(db_run(v->directives->put_now) == RC_OK);
}

static void
fold_all_again(struct views *v)
{
	db_do(v->db, "DELETE FROM directive_to");
	db_do(v->db, "INSERT INTO directive_to (id, addressee) SELECT DISTINCT "
		     "i.id, t.addressee"
		     " FROM directive_issue i JOIN directive_target t"
		     " USING (position)");
	db_do(v->db, "DELETE FROM directive_now");
	db_do(v->db, FOLD_INTO_NOW);
}

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
	fold_directive(v, d.id);
	return NULL;
}

static bool
is_one_of(const char *status, const char *const list[])
{
	for (; *list != NULL; list++) {
		if (strcmp(status, *list) == 0)
			return true;
	}
	return false;
}

/*
 * Whose step is it?  NULL: nobody's.  The notice of an escalation is received,
 * signed for and answered, and that is all.
 */
static const char *
taker_of(const struct directive_step *d, const struct item_number *issuer)
{
	static const char *const notice[] = { "DLV", "SGN", "ANS", NULL };
	const struct directive_rule *rule = directive_step_rule(d->status);

	if (issuer->kind == NUMBER_ESCALATION)
		return is_one_of(d->status, notice) ? d->addressee : NULL;
	/* Sending is no step: it is the directive itself. */
	if (rule == NULL || strcmp(d->status, "SNT") == 0)
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
	fold_directive(v, d.id);
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
	.drop = "DROP VIEW IF EXISTS directive;"
		"DROP TABLE IF EXISTS directive_issue;"
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
	.drop = "DROP VIEW IF EXISTS directive_fold;"
		"DROP VIEW IF EXISTS directive_tally;"
		"DROP VIEW IF EXISTS directive_last;"
		"DROP TABLE IF EXISTS directive_now;"
		"DROP TABLE IF EXISTS directive_to;",
	.again = fold_all_again,
};
