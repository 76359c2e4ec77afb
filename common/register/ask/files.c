/*
 * Files of answers, put together again from the parts that are here.
 *
 * A row of `attachment` proves nothing by itself: parts come in any order and
 * from any office, so the whole is held against its hash at every use.
 */
#include "register/ask/files.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "register/ask/internal.h"

bool
ask_has_part(struct views *v, const char *office, const struct attached *part)
{
	struct stmt *s = ask_prepared(v, ASK_PART,
	    "SELECT data FROM attachment WHERE origin = ? AND hash = ?"
	    " AND part = ? AND audience = '' AND size = ?"
	    " ORDER BY incarnation DESC LIMIT 1");
	struct span data;
	bool is_same;

	db_bind_text(s, office);
	db_bind_span(s, span_of(part->hash, HASH_BYTES));
	db_bind_u64(s, part->part);
	db_bind_u64(s, part->size);
	if (!db_next(s))
		return false;
	data = db_column_span(s, 0);
	is_same = data.size == part->data.size &&
		  memcmp(data.at, part->data.at, data.size) == 0;
	db_reset(s);
	return is_same;
}

/* What is being put together. */
struct whole {
	crypto_hash_sha256_state hash;
	uint64_t size;       /* as the first part says */
	uint64_t read_bytes; /* so far */
	uint32_t next;       /* part that comes next, from 1 */
	struct ask_file *out;
	struct buffer *bytes;
};

/* The columns of one row: part, name, size, data. */
static void
take_part(struct whole *w, struct stmt *s)
{
	struct span data = db_column_span(s, 3);

	if (db_column_u64(s, 0) != w->next)
		return; /* said before by the same office, or out of turn */
	if (w->next == 1) {
		w->size = db_column_u64(s, 2);
		if (w->out != NULL) {
			w->out->size = w->size;
			db_column_copy(s, 1, w->out->name,
			    sizeof(w->out->name));
		}
	}
	w->next++;
	w->read_bytes += data.size;
	CHECK(crypto_hash_sha256_update(&w->hash, data.at, data.size) == 0);
	if (w->bytes != NULL)
		CHECK(buffer_append(w->bytes, data) == RC_OK);
}

static enum rc
read_from(struct views *v, const char *origin, const uint8_t *hash,
    struct whole *w)
{
	uint8_t found[crypto_hash_sha256_BYTES];
	/* Of what one office said twice, the later word comes first. */
	struct stmt *s = ask_prepared(v, ASK_FILE_PARTS,
	    "SELECT part, name, size, data FROM attachment"
	    " WHERE hash = ? AND origin = ? ORDER BY part, incarnation DESC,"
	    " position DESC");

	CHECK(crypto_hash_sha256_init(&w->hash) == 0);
	w->next = 1;
	w->read_bytes = 0;
	if (w->bytes != NULL)
		buffer_reset(w->bytes);
	db_bind_span(s, span_of(hash, HASH_BYTES));
	db_bind_text(s, origin);
	while (db_next(s))
		take_part(w, s);
	if (w->next == 1 || w->read_bytes < w->size)
		return RC_NONE;
	CHECK(crypto_hash_sha256_final(&w->hash, found) == 0);
	return w->read_bytes == w->size && memcmp(found, hash, HASH_BYTES) == 0
		   ? RC_OK
		   : RC_DAMAGED;
}

enum rc
ask_file(struct views *v, const char *origin,
    const uint8_t hash[static HASH_BYTES], struct ask_file *out,
    struct buffer *bytes)
{
	struct whole w = { .out = out, .bytes = bytes };
	enum rc rc = RC_NONE, best = RC_NONE;
	struct stmt *s = ask_prepared(v, ASK_FILE_OFFICES,
	    "SELECT DISTINCT origin FROM attachment WHERE hash = ?1"
	    " AND (?2 = '' OR origin = ?2) ORDER BY origin");

	db_bind_span(s, span_of(hash, HASH_BYTES));
	db_bind_text(s, origin);
	while (rc != RC_OK && db_next(s)) {
		rc = read_from(v, db_column_text(s, 0), hash, &w);
		if (rc != RC_NONE)
			best = rc;
		if (rc == RC_OK && out != NULL) {
			db_column_copy(s, 0, out->origin, sizeof(out->origin));
		}
	}
	db_reset(s);
	return best;
}
