/*
 * What hubs publish for the offices below them: rule files, calendars,
 * categories, templates.  Kept by who published it; which one holds for an
 * office is the lawbook's to say (lawbook.h).
 */
#include <string.h>

#include "base/check.h"
#include "contract/wire_payload.h"
#include "register/lawbook.h"
#include "register/views_internal.h"

enum {
	PUBLISHED_OF_OFFICE_MAX = 512, /* by one office, in one stream */
};

static const char schema[] =
    "CREATE TABLE published (position INTEGER PRIMARY KEY,"
    " origin TEXT NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, sequence INTEGER NOT NULL,"
    " sort TEXT NOT NULL, version TEXT NOT NULL,"
    " effective_ms INTEGER NOT NULL, text TEXT NOT NULL,"
    " claimed_ms INTEGER NOT NULL, recorded_ms INTEGER NOT NULL,"
    " received_ms INTEGER NOT NULL, role TEXT NOT NULL,"
    " actor TEXT NOT NULL) STRICT;"
    "CREATE INDEX published_sort ON published (sort, origin, effective_ms);"
    "CREATE INDEX published_copy ON published (origin, audience, sort,"
    " version);";

struct publications {
	struct stmt *count, *put;
};

static void
prepare_publications(struct views *v)
{
	v->publications = views_keep(v, sizeof(*v->publications));
	v->lawbook = lawbook_new(v);
	v->publications->count =
	    db_prepare(v->db, "SELECT count(*) FROM published WHERE origin = ?"
			      " AND incarnation = ? AND audience = ?");
	v->publications->put = db_prepare(v->db,
	    "INSERT INTO published (position, origin, incarnation, audience,"
	    " sequence, sort, version, effective_ms, text, claimed_ms,"
	    " recorded_ms, received_ms, role, actor) VALUES (?, ?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?)");
}

/* Of one stream: an office's own copies for its children do not add up. */
static uint64_t
count_of(struct views *v, const struct stream_key *key)
{
	struct stmt *s = v->publications->count;
	uint64_t count;

	views_bind_key(s, key);
	CHECK(db_next(s));
	count = db_column_u64(s, 0);
	db_reset(s);
	return count;
}

static const char *
fold_published(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->publications->put;
	struct published p;

	if (wire_published_unpack(record->payload, &p) != RC_OK)
		return "unreadable publication";
	/* Each one works every limit out again. */
	if (count_of(v, &entry->stream->key) >= PUBLISHED_OF_OFFICE_MAX)
		return "publishes too much";
	views_bind_place(s, entry);
	db_bind_text(s, p.sort);
	db_bind_text(s, p.version);
	db_bind_i64(s, p.effective_ms);
	db_bind_span_text(s, p.text);
	views_bind_times(s, entry, record);
	CHECK(db_run(s) == RC_OK);
	/* A copy that we gave to a child says nothing new here. */
	if (entry->stream->key.audience[0] != '\0' &&
	    strcmp(entry->stream->key.origin, v->own) == 0)
		return NULL;
	/* Every limit may have moved. */
	lawbook_forget(v->lawbook);
	views_follow_anew(v);
	return NULL;
}

static void
forget_lawbook(struct views *v)
{
	lawbook_forget(v->lawbook);
}

/* Whose rules hold for whom may have changed. */
static void
move_in_tree(struct views *v, const char *office, bool is_new)
{
	(void)office;
	(void)is_new;
	lawbook_forget(v->lawbook);
	if (db_exists(v->db, "SELECT 1 FROM published LIMIT 1", NULL))
		views_follow_anew(v);
}

static void
close_publications(struct views *v)
{
	lawbook_free(v->lawbook);
}

struct lawbook *
views_lawbook(struct views *v)
{
	return v->lawbook;
}

static const struct fold_rule folds[] = {
	{ RECORD_PUBLISHED, fold_published },
	{ 0, NULL },
};

static const char *const by_hand[] = {
	"DELETE FROM published" OF_HAND,
	NULL,
};

static const char *const removals[] = {
	"DELETE FROM published" OF_STREAM,
	NULL,
};

const struct family published_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS published;",
	.folds = folds,
	.by_hand = by_hand,
	.removals = removals,
	.prepare = prepare_publications,
	.reload = forget_lawbook,
	.again = forget_lawbook,
	.on_office = move_in_tree,
	.close = close_publications,
};
