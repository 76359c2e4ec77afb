/*
 * The children in memory and in the ledger, from the records that say so; the
 * invitations are roster_invite.c's.  The table is written in the transaction
 * of the record, so it needs no catching up.
 */
#include "line/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire_payload.h"
#include "law/offices/tree.h"
#include "line/roster_internal.h"
#include "mech/db.h"
#include "office/office.h"
#include "office/office_keys.h"
#include "relay/relay.h"
#include "relay/store_sqlite.h"

static const char *const tables[] = {
	"CREATE TABLE IF NOT EXISTS roster_child ("
	"  office TEXT PRIMARY KEY,"
	"  name TEXT NOT NULL,"
	"  parent TEXT NOT NULL,"
	"  public_key BLOB NOT NULL,"
	"  is_revoked INTEGER NOT NULL,"
	"  position INTEGER NOT NULL" /* of the record that said so */
	") STRICT, WITHOUT ROWID",
	"CREATE TABLE IF NOT EXISTS roster_invitation ("
	"  id TEXT PRIMARY KEY,"
	"  office TEXT NOT NULL,"
	"  once_public BLOB NOT NULL UNIQUE,"
	"  expires_ms INTEGER NOT NULL,"
	"  state INTEGER NOT NULL," /* enum invitation_state */
	"  used_key BLOB"           /* of the office that used it */
	") STRICT, WITHOUT ROWID",
};

/* -- life -- */

static bool
has_tables(struct db *db)
{
	struct stmt *s = db_prepare(db,
	    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND "
	    "name IN ('roster_child', 'roster_invitation')");
	bool has = db_next(s) && db_column_i64(s, 0) == 2;

	db_finish(s);
	return has;
}

static void
make_tables(struct db *db)
{
	if (has_tables(db))
		return;
	db_begin(db);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		db_do(db, tables[i]);
	db_commit(db);
}

static void
prepare(struct roster *r)
{
	r->save = db_prepare(r->db,
	    "INSERT OR REPLACE INTO roster_child (office, name, parent,"
	    " public_key, is_revoked, position) VALUES (?, ?, ?, ?, ?, ?)");
	r->admit = db_prepare(r->db,
	    "SELECT id FROM roster_invitation WHERE once_public = ?");
	r->invite = db_prepare(r->db,
	    "INSERT INTO roster_invitation (id, office, once_public,"
	    " expires_ms, state, used_key) VALUES (?, ?, ?, ?, 0, NULL)");
	r->replace = db_prepare(r->db, "UPDATE roster_invitation SET state = 2 "
				       "WHERE office = ? AND state = 0");
	r->forget = db_prepare(r->db,
	    "DELETE FROM roster_invitation WHERE expires_ms < ?");
	r->invitation =
	    db_prepare(r->db, "SELECT office, expires_ms, state, used_key "
			      "FROM roster_invitation WHERE id = ?");
	r->use = db_prepare(r->db,
	    "UPDATE roster_invitation SET state = 1, used_key = ? "
	    "WHERE id = ?");
}

/* Where `office` is, or would have to be put in. */
static size_t
place_of(const struct roster *r, const char *office, bool *is_there)
{
	size_t low = 0;
	size_t high = r->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(r->children[middle].office, office) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	*is_there =
	    low < r->count && strcmp(r->children[low].office, office) == 0;
	return low;
}

/* The tree has the same offices, and the limit of how many. */
static struct roster_child *
find_or_add(struct roster *r, const char *office)
{
	bool is_there;
	size_t place = place_of(r, office, &is_there);

	if (is_there)
		return &r->children[place];
	if (r->count == r->capacity) {
		r->capacity = r->capacity > 0 ? 2 * r->capacity : 16;
		r->children =
		    memory_grow(r->children, r->capacity, sizeof(*r->children));
	}
	memmove(&r->children[place + 1], &r->children[place],
	    (r->count - place) * sizeof(*r->children));
	r->count++;
	memset(&r->children[place], 0, sizeof(*r->children));
	CHECK(text_copy(r->children[place].office,
		  sizeof(r->children[place].office), office) == RC_OK);
	return &r->children[place];
}

static void
derive_curve(struct roster_child *c)
{
	memset(c->curve, 0, sizeof(c->curve));
	if (!c->is_revoked &&
	    office_keys_curve_of(c->public_key, c->curve) != RC_OK)
		log_error("office=%s event=key_unusable", c->office);
}

static void
load(struct roster *r)
{
	struct stmt *s = db_prepare(r->db,
	    "SELECT office, name, parent, public_key, is_revoked "
	    "FROM roster_child ORDER BY office");

	while (db_next(s)) {
		struct roster_child *c = find_or_add(r, db_column_text(s, 0));
		struct span key = db_column_span(s, 3);

		CHECK(key.size == KEY_BYTES);
		db_column_copy(s, 1, c->name, sizeof(c->name));
		db_column_copy(s, 2, c->parent, sizeof(c->parent));
		memcpy(c->public_key, key.at, KEY_BYTES);
		c->is_revoked = db_column_i64(s, 4) != 0;
		derive_curve(c);
		CHECK(tree_put(r->tree, c->office, c->parent, c->is_revoked) ==
		      RC_OK);
	}
	db_finish(s);
}

struct roster *
roster_open(struct office *o)
{
	struct roster *r = memory_new(1, sizeof(*r));

	r->office = o;
	r->db = store_sqlite_db(o->store);
	make_tables(r->db);
	prepare(r);
	r->tree = tree_new();
	tree_begin(r->tree, o->settings.office, o->settings.parent);
	load(r);
	r->is_changed = true; /* the relay knows nobody yet */
	return r;
}

void
roster_close(struct roster *r)
{
	if (r == NULL)
		return;
	db_finish(r->save);
	db_finish(r->admit);
	db_finish(r->invite);
	db_finish(r->replace);
	db_finish(r->forget);
	db_finish(r->invitation);
	db_finish(r->use);
	tree_free(r->tree);
	free(r->children);
	free(r);
}

/* -- the fold -- */

static void
save(struct roster *r, const struct roster_child *c, uint64_t position)
{
	db_bind_text(r->save, c->office);
	db_bind_text(r->save, c->name);
	db_bind_text(r->save, c->parent);
	db_bind_span(r->save, span_of(c->public_key, KEY_BYTES));
	db_bind_i64(r->save, c->is_revoked);
	db_bind_u64(r->save, position);
	CHECK(db_run(r->save) == RC_OK);
	r->is_changed = true;
}

static void
enrolled(struct roster *r, const struct child *said, uint64_t position)
{
	struct roster_child *c;
	enum rc rc = tree_enrol(r->tree, said->office, said->parent);

	if (rc == RC_DENIED) {
		log_warn("office=%s event=claim_ignored by=%s below=%s",
		    said->office, said->parent,
		    tree_parent_of(r->tree, said->office));
		return;
	}
	if (rc != RC_OK) {
		log_warn("office=%s event=enrolment_ignored by=%s",
		    said->office, said->parent);
		return;
	}
	c = find_or_add(r, said->office);
	c->key_changed |=
	    memcmp(c->public_key, said->public_key, KEY_BYTES) != 0;
	memcpy(c->public_key, said->public_key, KEY_BYTES);
	CHECK(text_copy(c->name, sizeof(c->name), said->name) == RC_OK);
	CHECK(text_copy(c->parent, sizeof(c->parent), said->parent) == RC_OK);
	c->is_revoked = false;
	derive_curve(c);
	save(r, c, position);
	log_info("office=%s event=enrolled by=%s", c->office, c->parent);
}

static void
revoked(struct roster *r, const struct child *said, uint64_t position)
{
	struct roster_child *c;

	if (tree_revoke(r->tree, said->office, said->parent) != RC_OK)
		return;
	c = find_or_add(r, said->office);
	c->is_revoked = true;
	derive_curve(c);
	save(r, c, position);
	log_info("office=%s event=revoked by=%s", c->office, c->parent);
}

void
roster_on_record(struct roster *r, const struct relay_entry *entry)
{
	struct record unwrapped;
	const struct record *record = office_unwrap(entry, &unwrapped);
	struct child said;

	if (record == NULL || (record->kind != RECORD_CHILD_ENROLLED &&
				  record->kind != RECORD_CHILD_REVOKED))
		return;
	/* An office speaks of its own children only. */
	if (wire_child_unpack(record->payload, &said) != RC_OK ||
	    strcmp(said.parent, entry->stream->key.origin) != 0) {
		log_warn("position=%llu event=roster_record_ignored",
		    (unsigned long long)entry->position);
		return;
	}
	if (record->kind == RECORD_CHILD_ENROLLED) {
		enrolled(r, &said, entry->position);
	} else {
		revoked(r, &said, entry->position);
	}
}

/* -- asking -- */

const struct roster_child *
roster_find(const struct roster *r, const char *office)
{
	bool is_there;
	size_t place = place_of(r, office, &is_there);

	return is_there ? &r->children[place] : NULL;
}

const struct tree *
roster_tree(const struct roster *r)
{
	return r->tree;
}

size_t
roster_count(const struct roster *r)
{
	return r->count;
}

const struct roster_child *
roster_at(const struct roster *r, size_t index)
{
	CHECK(index < r->count);
	return &r->children[index];
}

bool
roster_is_child(const struct roster *r, const struct roster_child *c)
{
	return !c->is_revoked &&
	       strcmp(c->parent, r->office->settings.office) == 0;
}

bool
roster_is_changed(const struct roster *r)
{
	return r->is_changed;
}

void
roster_settled(struct roster *r)
{
	r->is_changed = false;
	for (size_t i = 0; i < r->count; i++)
		r->children[i].key_changed = false;
}

/* -- at the door -- */

static void
tag_of(const struct roster_child *c, char out[2 * ROSTER_TAG_BYTES + 1])
{
	text_hex(span_of(c->public_key, ROSTER_TAG_BYTES), out);
}

static bool
admit_invitation(struct roster *r, const uint8_t key[BUS_KEY_BYTES], char *user)
{
	bool is_known;

	db_bind_span(r->admit, span_of(key, BUS_KEY_BYTES));
	is_known =
	    db_next(r->admit) && text_format(user, BUS_USER_MAX + 1, "i:%s",
				     db_column_text(r->admit, 0)) == RC_OK;
	db_reset(r->admit);
	return is_known;
}

enum rc
roster_admit(void *roster, const uint8_t key[BUS_KEY_BYTES],
    char user[BUS_USER_MAX + 1])
{
	struct roster *r = roster;
	char tag[2 * ROSTER_TAG_BYTES + 1];

	for (size_t i = 0; i < r->count; i++) {
		const struct roster_child *c = &r->children[i];

		if (!roster_is_child(r, c) ||
		    memcmp(c->curve, key, BUS_KEY_BYTES) != 0)
			continue;
		tag_of(c, tag);
		return text_format(user, BUS_USER_MAX + 1, "o:%s:%s", c->office,
		    tag);
	}
	return admit_invitation(r, key, user) ? RC_OK : RC_DENIED;
}

enum rc
roster_user(const struct roster *r, const char *user,
    char office[OFFICE_CODE_MAX + 1], char invitation[INVITATION_ID_MAX + 1])
{
	char tag[2 * ROSTER_TAG_BYTES + 1];
	const struct roster_child *c;
	const char *colon;

	office[0] = invitation[0] = '\0';
	if (strncmp(user, "i:", 2) == 0) {
		CHECK(text_copy(invitation, INVITATION_ID_MAX + 1, user + 2) ==
		      RC_OK);
		return RC_NONE;
	}
	CHECK(strncmp(user, "o:", 2) == 0);
	colon = strchr(user + 2, ':');
	CHECK(colon != NULL);
	CHECK(text_copy_span(office, OFFICE_CODE_MAX + 1,
		  span_of(user + 2, (size_t)(colon - user - 2))) == RC_OK);
	c = roster_find(r, office);
	if (c == NULL || !roster_is_child(r, c))
		return RC_REFUSED;
	tag_of(c, tag);
	return strcmp(tag, colon + 1) == 0 ? RC_OK : RC_REFUSED;
}
