/*
 * Files that belong to answers: their parts, as each office sent them.
 *
 * A part is kept under its office, the hash of the whole file and its number;
 * said again by the same office the later word counts, so that a part that
 * was damaged on its way in can be given again.  Whether the parts together
 * are what the hash says is looked at when the file is used
 * (ask_file): a row here proves nothing yet.
 */
#include "base/check.h"
#include "contract/wire_payload.h"
#include "petition/attachment.h"
#include "register/views_internal.h"

static const char schema[] =
    "CREATE TABLE attachment (origin TEXT NOT NULL, hash BLOB NOT NULL,"
    " part INTEGER NOT NULL, incarnation INTEGER NOT NULL,"
    " audience TEXT NOT NULL, position INTEGER NOT NULL,"
    " name TEXT NOT NULL, size INTEGER NOT NULL, parts INTEGER NOT NULL,"
    " data BLOB NOT NULL,"
    " PRIMARY KEY (origin, hash, part, incarnation, audience)) STRICT;"
    "CREATE INDEX attachment_hash ON attachment (hash);";

struct attachments {
	struct stmt *put;
};

static void
prepare_attachments(struct views *v)
{
	v->attachments = views_keep(v, sizeof(*v->attachments));
	v->attachments->put = db_prepare(v->db,
	    "INSERT OR REPLACE INTO attachment (origin, hash, part,"
	    " incarnation, audience, position, name, size, parts, data) VALUES"
	    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
}

static const char *
fold_attached(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	const struct stream_key *key = &entry->stream->key;
	struct stmt *s = v->attachments->put;
	struct attached a;

	if (wire_attached_unpack(record->payload, &a) != RC_OK)
		return "unreadable part of a file";
	if (!attachment_part_fits(&a))
		return "a part that does not fit its file";
	db_bind_text(s, key->origin);
	db_bind_span(s, span_of(a.hash, HASH_BYTES));
	db_bind_u64(s, a.part);
	db_bind_u64(s, key->incarnation);
	db_bind_text(s, key->audience);
	db_bind_u64(s, entry->position);
	db_bind_text(s, a.name);
	db_bind_u64(s, a.size);
	db_bind_u64(s, a.parts);
	db_bind_span(s, a.data);
	CHECK(db_run(s) == RC_OK);
	return NULL;
}

static const struct fold_rule folds[] = {
	{ RECORD_ATTACHED, fold_attached },
	{ 0, NULL },
};

static const char *const removals[] = {
	"DELETE FROM attachment" OF_STREAM,
	NULL,
};

const struct family attachments_family = {
	.schema = schema,
	.drop = "DROP TABLE IF EXISTS attachment;",
	.folds = folds,
	.removals = removals,
	.prepare = prepare_attachments,
};
