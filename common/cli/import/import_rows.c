/*
 * import_rows - rows of a file, gathered into batches.
 *
 * A batch is one turn of the office, so a file of any length is recorded in
 * steps that each fit one command, and what was recorded stays recorded when
 * a later row stops the import.
 */
#include "cli/import/import_rows.h"

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
	rc = import_map_read(map, r->language, &r->map, &fault);
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

/* What the texts of the row take. */
static size_t
bytes_of(const struct import_row *row)
{
	const struct intake *it = &row->intake;
	size_t total = it->subject.size + it->text.size + it->place.size +
		       it->source.size + it->source_ref.size +
		       it->person_name.size + it->person_document.size +
		       it->person_phone.size + it->person_address.size;

	for (size_t i = 0; i < row->moves_count; i++)
		total += row->moves[i].typed.moved.text.size;
	return total;
}

static void
keep(struct import_rows *r, struct span *text)
{
	uint8_t *at = r->memory + r->used;

	if (text->size > 0)
		memcpy(at, text->at, text->size);
	text->at = at;
	r->used += text->size;
}

/* Those that could be read; the others were reported with the row. */
static void
add_moves(struct import_rows *r, struct import_batch *batch, size_t index)
{
	const struct intake *item = &batch->items[index];

	for (size_t i = 0; i < r->row.moves_count; i++) {
		struct command_move *to = &batch->moves[batch->moves_count];

		if (r->row.moves[i].problem != IMPORT_FINE)
			continue;
		*to = r->row.moves[i].typed;
		keep(r, &to->moved.text);
		to->source = item->source;
		to->source_ref = item->source_ref;
		batch->rows[batch->moves_count++] = index;
	}
}

/* Copy the row behind the others.  False: no room left. */
static bool
add_row(struct import_rows *r, struct import_batch *batch)
{
	struct intake *to = &batch->items[batch->count];
	struct span *const spans[SPANS] = { &to->subject, &to->text, &to->place,
		&to->source, &to->source_ref, &to->person_name,
		&to->person_document, &to->person_phone, &to->person_address };

	if (bytes_of(&r->row) > IMPORT_BATCH_BYTES - r->used ||
	    r->row.moves_count > IMPORT_BATCH_MOVES - batch->moves_count)
		return false;
	*to = r->row.intake;
	for (size_t i = 0; i < SPANS; i++)
		keep(r, spans[i]);
	add_moves(r, batch, batch->count);
	batch->lines[batch->count++] = r->row.line;
	return true;
}

static void
report_moves(const struct import_rows *r, import_refused *refused,
    void *context)
{
	char sentence[IMPORT_SENTENCE_MAX + 1];

	for (size_t i = 0; i < r->row.moves_count; i++) {
		if (r->row.moves[i].problem == IMPORT_FINE)
			continue;
		import_move_sentence(r->reader, &r->row.moves[i], r->language,
		    sentence);
		refused(context, r->row.line, true, sentence);
	}
}

static enum rc
read_row(struct import_rows *r, import_refused *refused, void *context)
{
	char sentence[IMPORT_SENTENCE_MAX + 1];
	enum rc rc;

	while ((rc = import_next(r->reader, &r->row)) == RC_MALFORMED) {
		import_sentence(&r->row, r->language, sentence);
		refused(context, r->row.line, false, sentence);
	}
	if (rc == RC_OK)
		report_moves(r, refused, context);
	return rc;
}

enum rc
import_rows_next(struct import_rows *r, import_refused *refused, void *context,
    struct import_batch *batch)
{
	enum rc rc = RC_OK;

	batch->count = 0;
	batch->moves_count = 0;
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

bool
import_rows_have_moves(const struct import_rows *r)
{
	return import_map_moves(r->map) > 0;
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
