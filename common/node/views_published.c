/*
 * What hubs publish for the offices below them: rule files, calendars,
 * categories, templates.  Kept by who published it; which one holds for an
 * office is the lawbook's to say (lawbook.h).
 */
#include <string.h>

#include "base/check.h"
#include "node/lawbook.h"
#include "node/views_internal.h"
#include "relay/wire.h"

const char views_published_schema[] =
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

void
views_published_prepare(struct views *v)
{
	v->publish = db_prepare(v->db,
	    "INSERT INTO published VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " ?, ?)");
}

const char *
views_published_fold(struct views *v, const struct relay_entry *entry,
    const struct record *record)
{
	struct stmt *s = v->publish;
	struct published p;

	if (wire_published_unpack(record->payload, &p) != RC_OK)
		return "unreadable publication";
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
