/*
 * An import file and its map when anybody may have written either.
 *
 * Input: the map, a zero byte, the table.  Without a zero byte the whole is a
 * table, read through a map that uses every kind of entry.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "import/import_read.h"

static const char usual_map[] =
    "[import]\nsource = s\n[fields]\nchannel = {1}\npurpose = QJ\n"
    "heads = {2}\nsubject = {3|none} {1}\ntext = {4}\nclaimed = {2}\n"
    "person_phone = {3}\n[time]\nempty = now\n[values channel]\n"
    "a* = LX\n* = LD\n[skip]\n4 = skip*\n[import]\nheader = no\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every row either is an intake within its limits or says why not. */
static void
read_rows(struct import_reader *reader)
{
	const uint64_t total = import_progress(reader).bytes_total;
	struct import_row row;
	uint64_t line = 0;
	enum rc rc;

	while ((rc = import_next(reader, &row)) != RC_NONE) {
		char sentence[IMPORT_SENTENCE_MAX + 1];

		CHECK(rc == RC_OK || rc == RC_MALFORMED);
		CHECK(row.line > line);
		CHECK(row.last_line >= row.line);
		line = row.line;
		if (rc == RC_MALFORMED) {
			CHECK(row.problem != IMPORT_FINE);
			import_sentence(&row, LANGUAGE_ZH, sentence);
			continue;
		}
		CHECK(row.intake.channel[0] != '\0');
		CHECK(row.intake.subject.size > 0);
		CHECK(row.intake.subject.size <= SUBJECT_BYTES_MAX);
		CHECK(text_is_utf8(row.intake.subject));
		CHECK(text_is_utf8(row.intake.text));
		CHECK(row.intake.source_ref.size > 0);
	}
	CHECK(import_progress(reader).bytes_done == total);
}

static void
read_table(const struct import_map *map, struct span table)
{
	static const uint8_t key[QUERY_KEY_BYTES] = { 1 };
	struct import_reader *reader;
	struct import_fault fault;
	char path[64];

	CHECK(text_format(path, sizeof(path), "/tmp/fuzz_import.%d.csv",
		  (int)getpid()) == RC_OK);
	CHECK(file_write(path, table, 0600, true) == RC_OK);
	if (import_open(path, map, key, &reader, &fault) == RC_OK) {
		read_rows(reader);
		import_close(reader);
	}
	CHECK(unlink(path) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *zero = size > 0 ? memchr(data, 0, size) : NULL;
	struct span map_text = span_of_text(usual_map);
	struct span table = span_of(data, size);
	struct import_fault fault;
	struct import_map *map;

	if (zero != NULL) {
		map_text = span_of(data, (size_t)(zero - data));
		table = span_of(zero + 1, size - map_text.size - 1);
	}
	if (import_map_parse(map_text, "map", LANGUAGE_EN, &map, &fault) !=
	    RC_OK)
		return 0;
	read_table(map, table);
	import_map_free(map);
	return 0;
}
