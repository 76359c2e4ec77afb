/*
 * Directives: the events as they came, and where each one stands.
 *
 * An issuer records a directive once for everybody above (all addressees)
 * and once for each addressee in the stream for that child (this addressee
 * alone).  So the issuer itself sees 1 + n issues with one id, the addressee
 * one and the offices above one; all say the same but for the addressees.
 * The issuer's later steps (CLS, RTN, CXL) are doubled in the same way.
 *
 * Two offices move one directive, and their steps reach a third one in any
 * order between them.  In one office's own order (incarnation, sequence),
 * though, nothing is ever swapped.  So for one addressee:
 *
 *	cancelled, closed	once said by the issuer, final
 *	its own last step	DLV SGN WRK ANS, the addressee's order; but
 *	returned		when that is an answer, and as many answers
 *				were returned as were given
 *	sent			nothing yet
 *
 * and no step's time of arrival is needed to say it.
 */
#include <string.h>

#include "base/check.h"
#include "node/views_internal.h"
#include "petition/item_number.h"
#include "relay/wire.h"

const char views_directive_schema[] =
    "CREATE TABLE directive_issue (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " id TEXT NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL,"
    " matter TEXT NOT NULL, due_ms INTEGER NOT NULL, text TEXT NOT NULL,"
    " ground TEXT NOT NULL, reference TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;"
    "CREATE INDEX directive_issue_id ON directive_issue (id);"
    "CREATE INDEX directive_issue_item ON directive_issue (item);"
    "CREATE INDEX directive_issue_reference"
    " ON directive_issue (reference);"

    "CREATE TABLE directive_target (position INTEGER NOT NULL,"
    " addressee TEXT NOT NULL, PRIMARY KEY (position, addressee))"
    " STRICT, WITHOUT ROWID;"

    "CREATE TABLE directive_step (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " id TEXT NOT NULL, addressee TEXT NOT NULL, status TEXT NOT NULL,"
    " text TEXT NOT NULL, due_ms INTEGER NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL) STRICT;"
    "CREATE INDEX directive_step_id ON directive_step (id, addressee);"

    /* Of the copies that an issuer holds, the one for everybody above. */
    "CREATE VIEW directive AS SELECT * FROM directive_issue i"
    " WHERE position = (SELECT position FROM directive_issue o"
    " WHERE o.id = i.id ORDER BY audience, incarnation, sequence LIMIT 1);"

    "CREATE VIEW directive_to AS SELECT DISTINCT i.id, t.addressee"
    " FROM directive_issue i JOIN directive_target t USING (position);"

    /*
     * Per addressee: its last own step, answers given, answers returned
     * (once in each of the issuer's copies), and the latest date set.
     */
    "CREATE VIEW directive_tally AS SELECT t.id, t.addressee,"
    " (SELECT s.status FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.origin = t.addressee"
    "  ORDER BY s.incarnation DESC, s.sequence DESC LIMIT 1) AS last,"
    " (SELECT count(*) FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.status = 'ANS') AS answers,"
    " (SELECT coalesce(max(sum(s.audience = ''), sum(s.audience <> '')), 0)"
    "  FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.status = 'RTN') AS returns,"
    " (SELECT min(s.status) FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee"
    "  AND s.status IN ('CLS', 'CXL')) AS final,"
    " (SELECT s.due_ms FROM directive_step s WHERE s.id = t.id"
    "  AND s.addressee = t.addressee AND s.status = 'RTN'"
    "  AND s.due_ms > 0 ORDER BY s.incarnation DESC, s.sequence DESC,"
    "  s.audience LIMIT 1) AS new_due_ms"
    " FROM directive_to t;"

    "CREATE VIEW directive_now AS SELECT d.id, d.kind, d.origin AS issuer,"
    " y.addressee, CASE WHEN y.final IS NOT NULL THEN y.final"
    "  WHEN y.last IS NULL THEN 'SNT'"
    "  WHEN y.last = 'ANS' AND y.returns >= y.answers THEN 'RTN'"
    "  ELSE y.last END AS status,"
    " coalesce(y.new_due_ms, d.due_ms) AS due_ms, d.item, d.matter,"
    " d.text, d.ground, d.reference, d.recorded_ms, d.received_ms"
    " FROM directive_tally y JOIN directive d ON d.id = y.id;";

void
views_directive_prepare(struct views *v)
{
	v->issue = db_prepare(v->db,
	    "INSERT INTO directive_issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	v->target =
	    db_prepare(v->db, "INSERT INTO directive_target VALUES (?, ?)"
			      " ON CONFLICT DO NOTHING");
	v->step = db_prepare(v->db,
	    "INSERT INTO directive_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?)");
	v->has_step = db_prepare(v->db,
	    "SELECT 1 FROM directive_step WHERE id = ? AND addressee = ?"
	    " AND status = ? LIMIT 1");
}

/* The number of a directive or an escalation names the office behind it. */
static bool
issuer_of(const char *id, struct item_number *issuer)
{
	return item_number_parse(id, issuer) == RC_OK &&
	       issuer->kind != NUMBER_ITEM;
}

static void
bind_place(struct stmt *s, const struct relay_entry *entry)
{
	db_bind_u64(s, entry->position);
	views_bind_key(s, &entry->stream->key);
	db_bind_u64(s, entry->record->sequence);
}

static void
bind_times(struct stmt *s, const struct relay_entry *entry,
    const struct record *record)
{
	db_bind_i64(s, record->claimed_ms);
	db_bind_i64(s, record->recorded_ms);
	db_bind_i64(s, entry->received_ms);
	db_bind_text(s, record->actor_role);
	db_bind_text(s, record->actor);
}

const char *
views_issue_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct item_number issuer;
	struct directive d;
	struct stmt *s = v->issue;

	if (wire_directive_unpack(record->payload, &d) != RC_OK)
		return "unreadable directive";
	if (!issuer_of(d.id, &issuer) || issuer.kind != NUMBER_DIRECTIVE ||
	    strcmp(issuer.office, entry->stream->key.origin) != 0)
		return "a directive's id of another office";
	bind_place(s, entry);
	db_bind_text(s, d.id);
	db_bind_text(s, d.kind);
	db_bind_text(s, d.item);
	db_bind_text(s, d.matter);
	db_bind_i64(s, d.due_ms);
	db_bind_span_text(s, d.text);
	db_bind_text(s, d.ground);
	db_bind_text(s, d.reference);
	bind_times(s, entry, record);
	db_bind_span(s, span_of(entry->leaf, HASH_BYTES));
	CHECK(db_run(s) == RC_OK);
	for (size_t i = 0; i < d.to_count; i++) {
		db_bind_u64(v->target, entry->position);
		db_bind_text(v->target, d.to[i]);
		CHECK(db_run(v->target) == RC_OK);
	}
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
	static const char *const theirs[] = { "DLV", "SGN", "ANS", "WRK",
		NULL };
	static const char *const notice[] = { "DLV", "SGN", "ANS", NULL };
	static const char *const ours[] = { "CLS", "RTN", "CXL", NULL };

	if (issuer->kind == NUMBER_ESCALATION)
		return is_one_of(d->status, notice) ? d->addressee : NULL;
	if (is_one_of(d->status, theirs))
		return d->addressee;
	return is_one_of(d->status, ours) ? issuer->office : NULL;
}

const char *
views_step_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct item_number issuer;
	struct directive_step d;
	const char *taker;
	struct stmt *s = v->step;

	if (wire_directive_step_unpack(record->payload, &d) != RC_OK)
		return "unreadable step of a directive";
	if (!issuer_of(d.id, &issuer))
		return "a step of no directive";
	taker = taker_of(&d, &issuer);
	if (taker == NULL)
		return "a step that this version does not know";
	if (strcmp(taker, entry->stream->key.origin) != 0)
		return "a step that is another office's";
	bind_place(s, entry);
	db_bind_text(s, d.id);
	db_bind_text(s, d.addressee);
	db_bind_text(s, d.status);
	db_bind_span_text(s, d.text);
	db_bind_i64(s, d.due_ms);
	bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}
