/*
 * Escalations: a matter recorded at a higher level, as the hub that recorded
 * it judged it; a later revision restates an earlier one and both are kept.
 * Its number may have been given to another item before, by a hub whose disk
 * was replaced: an escalation is a number and an item.
 *
 * When the notice reached the office below, was acknowledged and answered is
 * read from directive_step, whose ids of kind E are notices.
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire_payload.h"
#include "law/offices/tree.h"
#include "petition/item_number.h"
#include "register/views_internal.h"

static const char schema[] =
    "CREATE TABLE escalation_said (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " id TEXT NOT NULL, revision INTEGER NOT NULL, matter TEXT NOT NULL,"
    " item TEXT NOT NULL, office TEXT NOT NULL, from_level TEXT NOT NULL,"
    " to_level TEXT NOT NULL, channel TEXT NOT NULL,"
    " batch INTEGER NOT NULL, heads INTEGER NOT NULL,"
    " at_ms INTEGER NOT NULL, lower_state TEXT NOT NULL,"
    " lawfulness TEXT NOT NULL, knew_before INTEGER NOT NULL,"
    " lower_item TEXT NOT NULL, category TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL,"
    " UNIQUE (origin, incarnation, audience, sequence, recorded_ms))"
    " STRICT;"
    "CREATE INDEX escalation_id ON escalation_said (id, revision);"
    "CREATE INDEX escalation_matter ON escalation_said (matter);"
    "CREATE INDEX escalation_item ON escalation_said (item);"
    /* Said twice: to all and to one child, or again after a lost disk. */
    "CREATE VIEW escalation AS SELECT * FROM escalation_said e"
    " WHERE position = (SELECT position FROM escalation_said o"
    " WHERE o.id = e.id AND o.item = e.item AND o.revision = e.revision"
    " ORDER BY recorded_ms, audience, incarnation, sequence LIMIT 1);"
    /* The newest revision of each, by time. */
    "CREATE TABLE escalation_now (id TEXT NOT NULL, item TEXT NOT NULL,"
    " revision INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
    " office TEXT NOT NULL, PRIMARY KEY (id, item)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX escalation_now_at ON escalation_now (at_ms);"
    "CREATE INDEX escalation_now_office ON escalation_now (office, at_ms);";

struct escalations {
	struct stmt *put, *put_now;
};

static void
prepare_escalations(struct views *v)
{
	v->escalations = views_keep(v, sizeof(*v->escalations));
	v->escalations->put = db_prepare(v->db,
	    "INSERT INTO escalation_said (position, origin, incarnation,"
	    " audience, sequence, id, revision, matter, item, office,"
	    " from_level, to_level, channel, batch, heads, at_ms, lower_state,"
	    " lawfulness, knew_before, lower_item, category, claimed_ms,"
	    " recorded_ms, received_ms, role, actor) VALUES (?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON"
	    " CONFLICT DO NOTHING");
	v->escalations->put_now = db_prepare(v->db,
	    "INSERT OR REPLACE INTO escalation_now"
	    " (id, item, revision, at_ms, office)"
	    " SELECT id, item, revision, at_ms, office FROM escalation"
	    " WHERE id = ? AND item = ?"
	    " ORDER BY revision DESC LIMIT 1");
}

static void
put_now(struct views *v, const struct escalated *e)
{
	struct stmt *s = v->escalations->put_now;

	db_bind_text(s, e->id);
	db_bind_text(s, e->item);
	CHECK(db_run(s) == RC_OK);
}

static const char *
judge(struct views *v, const char *origin, const struct escalated *e)
{
	const struct tree *tree = views_tree(v);
	struct item_number n;

	if (item_number_parse(e->id, &n) != RC_OK ||
	    n.kind != NUMBER_ESCALATION || strcmp(n.office, origin) != 0)
		return "an escalation's number of another office";
	/* Whoever is named by one is given the item: only the recorder's. */
	if (item_number_parse(e->item, &n) != RC_OK || n.kind != NUMBER_ITEM ||
	    strcmp(n.office, origin) != 0)
		return "an escalation of another office's item";
	if (strcmp(origin, v->own) != 0 && tree_knows(tree, origin) &&
	    tree_knows(tree, e->office) &&
	    !tree_is_below(tree, e->office, origin))
		return "an escalation of an office that is not below";
	return NULL;
}

static const char *
fold_escalation(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->escalations->put;
	struct escalated e;
	const char *reason;

	if (wire_escalated_unpack(record->payload, &e) != RC_OK)
		return "unreadable escalation";
	reason = judge(v, entry->stream->key.origin, &e);
	if (reason != NULL)
		return reason;
	views_bind_place(s, entry);
	db_bind_text(s, e.id);
	db_bind_u64(s, e.revision);
	db_bind_text(s, e.matter);
	db_bind_text(s, e.item);
	db_bind_text(s, e.office);
	db_bind_text(s, e.from_level);
	db_bind_text(s, e.to_level);
	db_bind_text(s, e.channel);
	db_bind_u64(s, e.batch);
	db_bind_u64(s, e.heads);
	db_bind_i64(s, e.at_ms);
	db_bind_text(s, e.lower_state);
	db_bind_text(s, e.lawfulness);
	db_bind_i64(s, e.knew_before);
	db_bind_text(s, e.lower_item);
	db_bind_text(s, e.category);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	put_now(v, &e);
	/* Whoever is told of an item may speak about it. */
	views_mark_stale(v, e.item);
	return NULL;
}

static void
fold_newest_again(struct views *v)
{
	static const char *const steps[] = { "DELETE FROM escalation_now",
		"INSERT INTO escalation_now (id, item, revision, at_ms,"
		" office) SELECT id, item, max(revision), at_ms, office"
		" FROM escalation GROUP BY id, item" };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		db_do(v->db, steps[i]);
}

static const struct fold_rule folds[] = {
	{ RECORD_ESCALATED, fold_escalation },
	{ 0, NULL },
};

static const char *const by_hand[] = {
	"DELETE FROM escalation_said" OF_HAND,
	NULL,
};

static const char *const removals[] = {
	"DELETE FROM escalation_said" OF_STREAM,
	NULL,
};

const struct family escalations_family = {
	.schema = schema,
	.drop = "DROP VIEW IF EXISTS escalation; "
		"DROP TABLE IF EXISTS escalation_said; "
		"DROP TABLE IF EXISTS escalation_now;",
	.folds = folds,
	.by_hand = by_hand,
	.removals = removals,
	.prepare = prepare_escalations,
	.again = fold_newest_again,
};
