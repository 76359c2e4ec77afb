#include "cli/cli_import_rows.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "import/import_read.h"

enum {
	PERCENT = 100,
	SPANS = 9, /* of an intake */
};

struct import_rows {
	struct import_map *map;
	struct import_reader *reader;
	enum language language;
	struct import_row row;
	bool is_held;    /* `row` was read but did not fit the last batch */
	enum rc ended;   /* RC_OK: there may be more */
	uint8_t *memory; /* IMPORT_BATCH_BYTES: texts of the batch */
	size_t used;
};

static enum rc
open_reader(struct import_rows *r, const char *dir, const char *file,
    const char *map, char sentence[static SAY_TEXT_MAX])
{
	uint8_t key[QUERY_KEY_BYTES];
	struct import_fault fault = { "" };
	enum rc rc = identity_load_query_key(dir, key);

	if (rc != RC_OK) {
		say_to(sentence, SAY_TEXT_MAX, r->language, SAY_DESK_NO_KEYS,
		    SAY_ARGS(dir));
		return rc;
	}
	rc = import_map_read(map, &r->map, &fault);
	if (rc == RC_OK)
		rc = import_open(file, r->map, key, &r->reader, &fault);
	sodium_memzero(key, sizeof(key));
	CHECK(text_copy(sentence, SAY_TEXT_MAX, fault.sentence) == RC_OK);
	return rc;
}

enum rc
import_rows_open(const char *dir, const char *file, const char *map,
    enum language language, struct import_rows **out,
    char sentence[static SAY_TEXT_MAX])
{
	struct import_rows *r = memory_new(1, sizeof(*r));
	enum rc rc;

	r->language = language;
	r->memory = memory_new(IMPORT_BATCH_BYTES, 1);
	rc = open_reader(r, dir, file, map, sentence);
	if (rc != RC_OK) {
		import_rows_close(r);
		r = NULL;
	}
	*out = r;
	return rc;
}

void
import_rows_close(struct import_rows *r)
{
	if (r == NULL)
		return;
	import_close(r->reader);
	import_map_free(r->map);
	/* Names and numbers of persons stood here. */
	sodium_memzero(r->memory, IMPORT_BATCH_BYTES);
	free(r->memory);
	free(r);
}

/* Copy the row behind the others.  False: no room left. */
static bool
add_row(struct import_rows *r, struct import_batch *batch)
{
	struct intake *to = &batch->items[batch->count];
	struct span *const spans[SPANS] = { &to->subject, &to->text, &to->place,
		&to->source, &to->source_ref, &to->person_name,
		&to->person_document, &to->person_phone, &to->person_address };
	size_t total = 0;

	*to = r->row.intake;
	for (size_t i = 0; i < SPANS; i++)
		total += spans[i]->size;
	if (total > IMPORT_BATCH_BYTES - r->used)
		return false;
	for (size_t i = 0; i < SPANS; i++) {
		uint8_t *at = r->memory + r->used;

		if (spans[i]->size > 0)
			memcpy(at, spans[i]->at, spans[i]->size);
		spans[i]->at = at;
		r->used += spans[i]->size;
	}
	batch->lines[batch->count++] = r->row.line;
	return true;
}

static enum rc
read_row(struct import_rows *r, import_refused *refused, void *context)
{
	char sentence[IMPORT_SENTENCE_MAX + 1];
	enum rc rc;

	while ((rc = import_next(r->reader, &r->row)) == RC_MALFORMED) {
		import_sentence(&r->row, r->language, sentence);
		refused(context, r->row.line, sentence);
	}
	return rc;
}

enum rc
import_rows_next(struct import_rows *r, import_refused *refused, void *context,
    struct import_batch *batch)
{
	enum rc rc = RC_OK;

	batch->count = 0;
	r->used = 0;
	while (batch->count < IMPORT_BATCH_ROWS) {
		if (r->ended != RC_OK) {
			rc = r->ended;
		} else if (!r->is_held) {
			rc = read_row(r, refused, context);
		}
		if (rc != RC_OK)
			break;
		r->is_held = !add_row(r, batch);
		if (r->is_held)
			break;
	}
	/* One row always fits: the reader's limits are far below ours. */
	CHECK(!r->is_held || batch->count > 0);
	if (rc != RC_OK)
		r->ended = rc;
	return batch->count > 0 ? RC_OK : rc;
}

struct import_counts
import_rows_counts(const struct import_rows *r)
{
	struct import_progress p = import_progress(r->reader);

	return (struct import_counts){
		.read = p.usable + p.refused + p.skipped,
		.refused = p.refused,
		.skipped = p.skipped,
		.percent =
		    p.bytes_total == 0
			? PERCENT
			: (unsigned)(p.bytes_done * PERCENT / p.bytes_total),
	};
}
