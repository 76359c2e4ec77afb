/*
 * keys - sealed identities by office and year, beside the keys there are.
 *
 * A year is `missing` when identities were sealed under its key and neither
 * the key nor its end is known: somebody has to look for it.
 */
#include "documents/keys.h"

#include "mech/db.h"
#include "words/doc.h"

static const char select_years[] =
    "SELECT y.office, y.year,"
    " (SELECT count(*) FROM petition p WHERE p.office = y.office"
    "  AND p.seal_year = y.year AND p.sealed_identity IS NOT NULL),"
    " coalesce((SELECT max(d.recorded_ms) FROM key_destroyed d"
    "  WHERE d.origin = y.office AND d.year = y.year), 0),"
    " coalesce((SELECT d.reason FROM key_destroyed d"
    "  WHERE d.origin = y.office AND d.year = y.year"
    "  ORDER BY d.position DESC LIMIT 1), ''),"
    " y.office = ?1"
    " FROM (SELECT office, seal_year AS year FROM petition"
    "   WHERE sealed_identity IS NOT NULL AND office = ?1"
    "  UNION SELECT origin, year FROM key_destroyed) y"
    " ORDER BY y.office, y.year";

static bool
has_key(const struct keys_kept *kept, int64_t year)
{
	for (size_t i = 0; i < kept->count; i++) {
		if (kept->years[i] == year)
			return true;
	}
	return false;
}

static json_t *
present_row(struct stmt *s, const struct keys_kept *kept)
{
	int64_t year = db_column_i64(s, 1), destroyed_ms = db_column_i64(s, 3);
	const char *state = destroyed_ms > 0 ? "destroyed" : "missing";
	json_t *key = json_object();

	/* A key may be there again: of identities recorded since. */
	if (db_column_i64(s, 5) != 0 && has_key(kept, year))
		state = "kept";
	doc_set(key, "office", doc_text(db_column_text(s, 0)));
	doc_set(key, "year", json_integer(year));
	doc_set(key, "state", json_string(state));
	doc_set(key, "identities", json_integer(db_column_i64(s, 2)));
	doc_set(key, "destroyed_at", doc_time(destroyed_ms));
	doc_set(key, "reason", doc_text(db_column_text(s, 4)));
	return key;
}

static json_t *
unused_key(const char *office, int year)
{
	json_t *key = json_object();

	doc_set(key, "office", json_string(office));
	doc_set(key, "year", json_integer(year));
	doc_set(key, "state", json_string("kept"));
	doc_set(key, "identities", json_integer(0));
	doc_set(key, "destroyed_at", json_null());
	doc_set(key, "reason", json_string(""));
	return key;
}

/* Has the register anything about this year of ours? */
static bool
year_is_known(struct stmt *s, const char *office, int year)
{
	db_bind_text(s, office);
	db_bind_i64(s, year);
	return db_has_row(s);
}

static void
add_unused(const struct reading *r, const struct keys_kept *kept,
    documents_row *row, void *context)
{
	struct stmt *s = db_prepare(r->db,
	    "SELECT 1 FROM petition WHERE office = ?1 AND seal_year = ?2"
	    " AND sealed_identity IS NOT NULL"
	    " UNION SELECT 1 FROM key_destroyed WHERE origin = ?1"
	    " AND year = ?2");

	for (size_t i = 0; i < kept->count; i++) {
		if (!year_is_known(s, r->office, kept->years[i]))
			row(context, unused_key(r->office, kept->years[i]));
	}
	db_finish(s);
}

bool
documents_keys(const struct reading *r, const struct keys_kept *kept,
    documents_row *row, void *context)
{
	struct stmt *s = db_prepare(r->db, select_years);

	db_bind_text(s, r->office);
	while (db_next(s))
		row(context, present_row(s, kept));
	db_finish(s);
	add_unused(r, kept, row, context);
	return false;
}
