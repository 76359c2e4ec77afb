#include "petition/attachment.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "mech/db.h"

uint32_t
attachment_parts(uint64_t size)
{
	return (uint32_t)((size + ATTACHMENT_PART_BYTES - 1) /
			  ATTACHMENT_PART_BYTES);
}

bool
attachment_part_fits(const struct attached *a)
{
	uint64_t before = (uint64_t)(a->part - 1) * ATTACHMENT_PART_BYTES;
	uint64_t left;

	if (a->size == 0 || a->parts != attachment_parts(a->size) ||
	    a->part < 1 || a->part > a->parts || a->name[0] == '\0')
		return false;
	left = a->size - before;
	return a->data.size ==
	       (left < ATTACHMENT_PART_BYTES ? left : ATTACHMENT_PART_BYTES);
}

/* What is being put together. */
struct whole {
	crypto_hash_sha256_state hash;
	uint64_t size;       /* as the first part says */
	uint64_t read_bytes; /* so far */
	uint32_t next;       /* part that comes next, from 1 */
	struct attachment *out;
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
			CHECK(text_copy(w->out->name, sizeof(w->out->name),
				  db_column_text(s, 1)) == RC_OK);
		}
	}
	w->next++;
	w->read_bytes += data.size;
	CHECK(crypto_hash_sha256_update(&w->hash, data.at, data.size) == 0);
	if (w->bytes != NULL)
		CHECK(buffer_append(w->bytes, data) == RC_OK);
}

static enum rc
read_from(struct db *db, const char *origin, const uint8_t *hash,
    struct whole *w)
{
	uint8_t found[crypto_hash_sha256_BYTES];
	/* Of what one office said twice, the later word comes first. */
	struct stmt *s = db_prepare(db,
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
	db_finish(s);
	if (w->next == 1 || w->read_bytes < w->size)
		return RC_NONE;
	CHECK(crypto_hash_sha256_final(&w->hash, found) == 0);
	return w->read_bytes == w->size && memcmp(found, hash, HASH_BYTES) == 0
		   ? RC_OK
		   : RC_DAMAGED;
}

enum rc
attachment_read(struct db *db, const char *origin,
    const uint8_t hash[static HASH_BYTES], struct attachment *out,
    struct buffer *bytes)
{
	struct whole w = { .out = out, .bytes = bytes };
	enum rc rc = RC_NONE, best = RC_NONE;
	struct stmt *s = db_prepare(db,
	    "SELECT DISTINCT origin FROM attachment WHERE hash = ?1"
	    " AND (?2 = '' OR origin = ?2) ORDER BY origin");

	db_bind_span(s, span_of(hash, HASH_BYTES));
	db_bind_text(s, origin);
	while (rc != RC_OK && db_next(s)) {
		rc = read_from(db, db_column_text(s, 0), hash, &w);
		if (rc != RC_NONE)
			best = rc;
		if (rc == RC_OK && out != NULL) {
			CHECK(text_copy(out->origin, sizeof(out->origin),
				  db_column_text(s, 0)) == RC_OK);
		}
	}
	db_finish(s);
	return best;
}
