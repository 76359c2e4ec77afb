#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "import/import_read.h"

#include "support/unit.h"

#define HEADER "no,way,kind,topic,heads,title,body,when,office,name,phone\n"
#define MAP                                                                    \
	"[import]\nsource = desk\ntime-zone = +08:00\n"                        \
	"[fields]\nchannel = {way}\npurpose = {kind}\ncategory = {topic}\n"    \
	"heads = {heads}\nsubject = {title}\ntext = {body}\n"                  \
	"claimed = {when}\nresponsible = {office}\nperson_name = {name}\n"     \
	"person_phone = {phone}\nsource_ref = {no}\n"                          \
	"[time]\nempty = now\n[skip]\ntitle = test*\n"

struct fixture {
	char path[64];
	struct import_map *map;
	struct import_reader *reader;
	struct import_row row;
	struct import_fault fault;
};

static const uint8_t key[QUERY_KEY_BYTES] = { 1, 2, 3 };

static int
start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	int fd;

	assert_non_null(f);
	assert_int_equal(text_copy(f->path, sizeof(f->path),
			     "/tmp/import_read.XXXXXX"),
	    RC_OK);
	fd = mkstemp(f->path);
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	import_close(f->reader);
	import_map_free(f->map);
	assert_int_equal(unlink(f->path), 0);
	free(f);
	return 0;
}

static enum rc
open_with_key(struct fixture *f, const char *map, const char *rows,
    const uint8_t *with_key)
{
	import_close(f->reader);
	import_map_free(f->map);
	assert_int_equal(import_map_parse(span_of_text(map), "m", LANGUAGE_EN,
			     &f->map, &f->fault),
	    RC_OK);
	assert_int_equal(file_write(f->path, span_of_text(rows), 0600, true),
	    RC_OK);
	return import_open(f->path, f->map, with_key, &f->reader, &f->fault);
}

static void
open_rows(struct fixture *f, const char *map, const char *rows)
{
	if (open_with_key(f, map, rows, key) != RC_OK)
		fail_msg("%s", f->fault.sentence);
}

static void
expect_refused(struct fixture *f, uint64_t line, enum import_problem problem,
    enum import_field field)
{
	assert_int_equal(import_next(f->reader, &f->row), RC_MALFORMED);
	assert_int_equal(f->row.line, line);
	assert_int_equal(f->row.problem, problem);
	assert_int_equal(f->row.field, field);
}

static void
expect_text(struct span text, const char *wanted)
{
	assert_int_equal(text.size, strlen(wanted));
	if (text.size > 0)
		assert_memory_equal(text.at, wanted, text.size);
}

TEST_WITH(test_a_row_becomes_an_intake, start, finish)
{
	struct fixture *f = *state;
	const struct intake *got = &f->row.intake;

	open_rows(f, MAP,
	    HEADER
	    "7,来电,ZX,04,１２人, 标题 ,\"一\n二\",2026-03-01 08:30,990101,"
	    "李四,１３９\n");
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.line, 2);
	assert_int_equal(f->row.last_line, 3);
	assert_string_equal(got->channel, "LD");
	assert_string_equal(got->purpose, "ZX");
	assert_string_equal(got->category, "04");
	assert_int_equal(got->heads, 12);
	expect_text(got->subject, "标题");
	expect_text(got->text, "一\n二");
	assert_int_equal(got->claimed_ms, 1772325000000);
	assert_string_equal(got->responsible, "990101");
	expect_text(got->person_name, "李四");
	expect_text(got->person_phone, "139");
	expect_text(got->source, "desk");
	expect_text(got->source_ref, "7");
	assert_int_equal(import_next(f->reader, &f->row), RC_NONE);
}

TEST_WITH(test_an_empty_subject_is_the_beginning_of_the_text, start, finish)
{
	struct fixture *f = *state;

	open_rows(f, MAP, HEADER "7,LX,,,,,\"第一行\n第二行\",,,,\n");
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	expect_text(f->row.intake.subject, "第一行");
	assert_int_equal(f->row.intake.claimed_ms, 0);
	assert_int_equal(f->row.intake.heads, 0);
}

TEST_WITH(test_each_fault_of_a_row_is_named_and_reading_goes_on, start, finish)
{
	struct fixture *f = *state;

	open_rows(f, MAP,
	    HEADER "1,pigeon,,,,t,,,,,\n"
		   "2,,,,,t,,,,,\n"
		   "3,LX,,17,,t,,,,,\n"
		   "4,LX,,,many,t,,,,,\n"
		   "5,LX,,,0,t,,,,,\n"
		   "6,LX,,,,,,,,,\n"
		   "7,LX,,,,t,,2026-02-30,,,\n"
		   "8,LX,,,,t,,,here,,\n"
		   ",LX,,,,t,,,,,\n"
		   "10,LX,,,,t\n"
		   "11,LX,,,,t,,,,,,extra\n"
		   "12,LX,,0402,,t,,,,,,,,\n"
		   "13,LX,,,,\"t,,,,,\n");
	expect_refused(f, 2, IMPORT_CODE_UNKNOWN, IMPORT_CHANNEL);
	expect_refused(f, 3, IMPORT_FIELD_EMPTY, IMPORT_CHANNEL);
	expect_refused(f, 4, IMPORT_CODE_UNKNOWN, IMPORT_CATEGORY);
	expect_refused(f, 5, IMPORT_NUMBER_WRONG, IMPORT_HEADS);
	expect_refused(f, 6, IMPORT_NUMBER_WRONG, IMPORT_HEADS);
	expect_refused(f, 7, IMPORT_EMPTY, IMPORT_FIELDS);
	expect_refused(f, 8, IMPORT_TIME_WRONG, IMPORT_CLAIMED);
	expect_refused(f, 9, IMPORT_OFFICE_WRONG, IMPORT_RESPONSIBLE);
	expect_refused(f, 10, IMPORT_FIELD_EMPTY, IMPORT_SOURCE_REF);
	expect_refused(f, 11, IMPORT_COLUMNS, IMPORT_FIELDS);
	expect_refused(f, 12, IMPORT_COLUMNS, IMPORT_FIELDS);
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_string_equal(f->row.intake.category, "0402");
	expect_refused(f, 14, IMPORT_OPEN_QUOTE, IMPORT_FIELDS);
	assert_int_equal(import_next(f->reader, &f->row), RC_NONE);
	assert_int_equal(import_progress(f->reader).usable, 1);
	assert_int_equal(import_progress(f->reader).refused, 12);
}

TEST_WITH(test_what_is_too_long_is_refused_and_not_cut, start, finish)
{
	struct fixture *f = *state;
	char rows[2048];

	assert_int_equal(text_format(rows, sizeof(rows),
			     HEADER
			     "1,LX,,,,%0601d,,,,,\n2,LX,,,,%0600d,,,,,\n",
			     1, 2),
	    RC_OK);
	open_rows(f, MAP, rows);
	expect_refused(f, 2, IMPORT_FIELD_TOO_LONG, IMPORT_SUBJECT);
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
}

TEST_WITH(test_the_sentence_says_field_reason_and_value, start, finish)
{
	struct fixture *f = *state;
	char sentence[IMPORT_SENTENCE_MAX + 1];

	open_rows(f, MAP, HEADER "1,pigeon,,,,t,,,,,\n");
	expect_refused(f, 2, IMPORT_CODE_UNKNOWN, IMPORT_CHANNEL);
	import_sentence(&f->row, LANGUAGE_EN, sentence);
	assert_string_equal(sentence, "channel: no such code or name (pigeon)");
	import_sentence(&f->row, LANGUAGE_ZH, sentence);
	assert_string_equal(sentence, "channel: 代码或名称不存在 (pigeon)");
}

TEST_WITH(test_rows_left_out_on_purpose_are_counted, start, finish)
{
	struct fixture *f = *state;

	open_rows(f, MAP,
	    HEADER
	    "1,LX,,,,test 1,,,,,\n2,LX,,,,real,,,,,\n3,LX,,,,test,,,,,\n");
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.line, 3);
	assert_int_equal(import_next(f->reader, &f->row), RC_NONE);
	assert_int_equal(import_progress(f->reader).skipped, 2);
	assert_int_equal(import_progress(f->reader).usable, 1);
}

/* The reference that the first row of these gets. */
static void
reference_of(struct fixture *f, const char *rows, const uint8_t *with_key,
    char out[SOURCE_REF_BYTES_MAX + 1])
{
	static const char map[] =
	    "[import]\nsource = s\n[fields]\n"
	    "channel = LD\nsubject = {t}\nperson_phone = {p}\n";

	assert_int_equal(open_with_key(f, map, rows, with_key), RC_OK);
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(text_copy_span(out, SOURCE_REF_BYTES_MAX + 1,
			     f->row.intake.source_ref),
	    RC_OK);
}

TEST_WITH(test_a_row_without_number_gets_one_that_repeats, start, finish)
{
	struct fixture *f = *state;
	char first[SOURCE_REF_BYTES_MAX + 1], other[SOURCE_REF_BYTES_MAX + 1];
	uint8_t other_key[QUERY_KEY_BYTES] = { 9 };

	reference_of(f, "t,p\na,1\n", key, first);
	reference_of(f, "t,p\r\n\r\na,1\r\n", key, other);
	assert_string_equal(first, other);
	reference_of(f, "t,p\na,2\n", key, other);
	assert_string_not_equal(first, other);
	/* Not to be had without the office's key: it covers the phone. */
	reference_of(f, "t,p\na,1\n", other_key, other);
	assert_string_not_equal(first, other);
}

TEST_WITH(test_a_header_without_a_column_of_the_map_is_refused, start, finish)
{
	struct fixture *f = *state;

	assert_int_equal(open_with_key(f, MAP, "no,way\n1,LX\n", key),
	    RC_MALFORMED);
	assert_non_null(strstr(f->fault.sentence, "'kind'"));
	assert_non_null(strstr(f->fault.sentence, "no, way"));
	assert_int_equal(open_with_key(f, MAP, "", key), RC_MALFORMED);
}

TEST_WITH(test_columns_go_by_number_without_a_header, start, finish)
{
	struct fixture *f = *state;

	open_rows(f,
	    "[import]\nsource = s\nheader = no\ndelimiter = tab\n"
	    "[fields]\nchannel = LD\nsubject = {2}\nsource_ref = {1}\n",
	    "7\tfirst\n8\tsecond\n");
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	expect_text(f->row.intake.subject, "first");
	expect_text(f->row.intake.source_ref, "7");
	assert_int_equal(f->row.line, 1);
}

#define LIFE                                                                   \
	"[import]\nsource = s\ntime-zone = +08:00\n[fields]\nchannel = LX\n"   \
	"subject = {s}\nsource_ref = {n}\n[move.reply]\nwhen = {r}\n"          \
	"text = {t}\nopinion = EXP\n[move.rate]\nwhen = {r} {g|}\n"            \
	"rating = {g}\n[values rate.rating]\ngood = 3\n"                       \
	"[only rate]\ng = good\n\tfine\n[time]\n"                              \
	"formats = %Y-%m-%d | %Y-%m-%d good | %Y-%m-%d fine\nempty = now\n"

TEST_WITH(test_a_row_tells_what_happened_afterwards, start, finish)
{
	struct fixture *f = *state;
	const struct import_move *reply = &f->row.moves[0];
	char sentence[IMPORT_SENTENCE_MAX + 1];

	open_rows(f, LIFE,
	    "n,s,r,t,g\n1,a,2020-01-02,because,good\n"
	    "2,b,,,good\n3,c,2020-02-31,x,bad\n"
	    "4,d,2020-02-03,x,fine\n");
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.moves_count, 2);
	assert_int_equal(reply->problem, IMPORT_FINE);
	assert_string_equal(reply->typed.word, "reply");
	assert_string_equal(reply->typed.moved.opinion, "EXP");
	assert_true(reply->typed.claimed_ms == INT64_C(1577894400000));
	assert_memory_equal(reply->typed.moved.text.at, "because", 7);
	assert_string_equal(f->row.moves[1].typed.moved.rating, "3");

	/* No time, no move: not even where an empty time means now. */
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.moves_count, 1);
	assert_int_equal(f->row.moves[0].problem, IMPORT_TIME_WRONG);

	/* The arrival stays. */
	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.moves_count, 1);
	assert_int_equal(reply->problem, IMPORT_TIME_WRONG);
	import_move_sentence(f->reader, reply, LANGUAGE_EN, sentence);
	assert_non_null(strstr(sentence, "reply.when: "));
	assert_non_null(strstr(sentence, "(2020-02-31)"));

	assert_int_equal(import_next(f->reader, &f->row), RC_OK);
	assert_int_equal(f->row.moves_count, 2);
	assert_int_equal(f->row.moves[1].problem, IMPORT_VALUE_UNKNOWN);
	assert_int_equal(import_next(f->reader, &f->row), RC_NONE);
}
