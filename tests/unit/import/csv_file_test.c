#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "import/csv_file.h"

#include "support/unit.h"

enum { PATH_MAX_HERE = 64 };

/* A file with these bytes, opened; the row just read. */
struct fixture {
	char path[PATH_MAX_HERE];
	struct csv_file *file;
	struct csv_file_row row;
};

static int
start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	int fd;

	assert_non_null(f);
	assert_int_equal(text_copy(f->path, sizeof(f->path),
			     "/tmp/csv_file.XXXXXX"),
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

	csv_file_close(f->file);
	assert_int_equal(unlink(f->path), 0);
	free(f);
	return 0;
}

static enum rc
open_bytes(struct fixture *f, struct span bytes)
{
	struct csv_file_format format = { CSV_FILE_AUTO, ',' };

	csv_file_close(f->file);
	assert_int_equal(file_write(f->path, bytes, 0600, true), RC_OK);
	return csv_file_open(f->path, &format, &f->file);
}

static void
open_text(struct fixture *f, const char *text)
{
	assert_int_equal(open_bytes(f, span_of_text(text)), RC_OK);
}

/* The next row is on `line` and its cells, joined by "|", are `cells`. */
static void
expect_row(struct fixture *f, uint64_t line, const char *cells)
{
	char joined[1024] = "";
	size_t used = 0;

	assert_int_equal(csv_file_next(f->file, &f->row), RC_OK);
	for (size_t i = 0; i < f->row.count; i++) {
		used += (size_t)snprintf(joined + used, sizeof(joined) - used,
		    "%s%.*s", i > 0 ? "|" : "", (int)f->row.cells[i].size,
		    f->row.cells[i].at);
	}
	assert_string_equal(joined, cells);
	assert_int_equal(f->row.line, line);
}

static void
expect_refused(struct fixture *f, uint64_t line, enum csv_file_problem problem)
{
	assert_int_equal(csv_file_next(f->file, &f->row), RC_MALFORMED);
	assert_int_equal(f->row.line, line);
	assert_int_equal(f->row.problem, problem);
}

static void
expect_end(struct fixture *f)
{
	assert_int_equal(csv_file_next(f->file, &f->row), RC_NONE);
	assert_int_equal(csv_file_next(f->file, &f->row), RC_NONE);
}

TEST_WITH(test_rows_come_with_their_lines, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "a,b\n1,\"x\ny\"\n\n  \n2,z");
	expect_row(f, 1, "a|b");
	expect_row(f, 2, "1|x\ny");
	assert_int_equal(f->row.last_line, 3);
	expect_row(f, 6, "2|z");
	assert_int_equal(f->row.last_line, 6);
	expect_end(f);
}

TEST_WITH(test_every_kind_of_line_end_counts_once, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "a\r\nb\rc\n\"d\r\ne\"\r\nf\r\n");
	expect_row(f, 1, "a");
	expect_row(f, 2, "b");
	expect_row(f, 3, "c");
	expect_row(f, 4, "d\r\ne");
	expect_row(f, 6, "f");
	expect_end(f);
}

/* Rows of a size that puts CR and LF into different steps now and then. */
TEST_WITH(test_line_ends_parted_by_a_step_count_once, start, finish)
{
	struct fixture *f = *state;
	struct buffer text = { 0 };
	uint64_t line = 0;

	for (int i = 0; i < 40000; i++) {
		assert_int_equal(buffer_append(&text,
				     span_of_text("ab,c\r\n\r\n")),
		    RC_OK);
	}
	assert_int_equal(buffer_append(&text, span_of_text("x")), RC_OK);
	assert_int_equal(open_bytes(f, buffer_span(&text)), RC_OK);
	for (int i = 0; i < 40000; i++, line += 2)
		expect_row(f, line + 1, "ab|c");
	expect_row(f, line + 1, "x");
	expect_end(f);
	buffer_clear(&text);
}

TEST_WITH(test_a_byte_order_mark_is_not_a_letter, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "\xef\xbb\xbfname\n");
	expect_row(f, 1, "name");
	assert_int_equal(csv_file_charset(f->file), CSV_FILE_UTF8);
}

TEST_WITH(test_gb18030_becomes_utf8, start, finish)
{
	struct fixture *f = *state;

	/* "来电,噪声" and a four-byte character, U+2000B */
	open_text(f, "\xc0\xb4\xb5\xe7,\xd4\xeb\xc9\xf9\n\x95\x32\x83\x37\n");
	expect_row(f, 1, "来电|噪声");
	expect_row(f, 2, "\xf0\xa0\x80\x8b");
	assert_int_equal(csv_file_charset(f->file), CSV_FILE_GB18030);
	expect_end(f);
}

TEST_WITH(test_one_bad_byte_spoils_one_row, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "来电来信来访网信传真,1\n噪\xe5,2\n来电,3\n");
	expect_row(f, 1, "来电来信来访网信传真|1");
	expect_refused(f, 2, CSV_FILE_NOT_TEXT);
	expect_row(f, 3, "来电|3");
	expect_end(f);
}

TEST_WITH(test_one_bad_byte_in_gb18030_spoils_one_row, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "\xc0\xb4\xb5\xe7,1\n\xc0\xb4\xff,2\n\xd4\xeb,3\n\xc0");
	expect_row(f, 1, "来电|1");
	expect_refused(f, 2, CSV_FILE_NOT_TEXT);
	expect_row(f, 3, "噪|3");
	expect_refused(f, 4, CSV_FILE_NOT_TEXT);
	expect_end(f);
}

TEST_WITH(test_an_open_quote_costs_one_row, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "a,b\n1,\"open\n2,x\n3,y\n");
	expect_row(f, 1, "a|b");
	expect_refused(f, 2, CSV_FILE_OPEN_QUOTE);
	expect_row(f, 3, "2|x");
	expect_row(f, 4, "3|y");
	expect_end(f);
}

TEST_WITH(test_an_open_quote_in_a_large_file_costs_one_row, start, finish)
{
	struct fixture *f = *state;
	struct buffer text = { 0 };

	assert_int_equal(buffer_append(&text, span_of_text("1,\"open\n")),
	    RC_OK);
	for (int i = 0; i < 400000; i++) {
		assert_int_equal(buffer_append(&text, span_of_text("ab,cd\n")),
		    RC_OK);
	}
	assert_int_equal(open_bytes(f, buffer_span(&text)), RC_OK);
	expect_refused(f, 1, CSV_FILE_ROW_TOO_BIG);
	for (uint64_t i = 0; i < 400000; i++)
		expect_row(f, i + 2, "ab|cd");
	expect_end(f);
	assert_int_equal(csv_file_bytes_done(f->file),
	    csv_file_bytes_total(f->file));
	buffer_clear(&text);
}

TEST_WITH(test_a_file_of_open_quotes_ends_in_time, start, finish)
{
	struct fixture *f = *state;
	struct buffer text = { 0 };
	uint64_t last = 0;
	size_t refused = 0;
	enum rc rc;

	for (int i = 0; i < 500000; i++) {
		assert_int_equal(buffer_append(&text,
				     span_of_text("\"\"\"ab,c\n")),
		    RC_OK);
	}
	assert_int_equal(open_bytes(f, buffer_span(&text)), RC_OK);
	while ((rc = csv_file_next(f->file, &f->row)) != RC_NONE) {
		assert_int_not_equal(rc, RC_DAMAGED);
		assert_true(f->row.line > last);
		last = f->row.line;
		refused += rc == RC_MALFORMED;
	}
	assert_true(refused >= CSV_FILE_REREADS_MAX);
	buffer_clear(&text);
}

TEST_WITH(test_limits_refuse_a_row_and_nothing_else, start, finish)
{
	struct fixture *f = *state;
	struct buffer text = { 0 };
	uint8_t *at;

	assert_int_equal(buffer_append(&text, span_of_text("a\n")), RC_OK);
	at = buffer_extend(&text, CSV_FILE_CELL_BYTES_MAX + 1);
	memset(at, 'x', CSV_FILE_CELL_BYTES_MAX + 1);
	assert_int_equal(buffer_append(&text, span_of_text("\nb\n")), RC_OK);
	at = buffer_extend(&text, CSV_FILE_COLUMNS_MAX);
	memset(at, ',', CSV_FILE_COLUMNS_MAX);
	assert_int_equal(buffer_append(&text, span_of_text("\nc\n")), RC_OK);
	at = buffer_extend(&text, 3 * (size_t)CSV_FILE_ROW_BYTES_MAX);
	memset(at, 'y', 3 * (size_t)CSV_FILE_ROW_BYTES_MAX);
	assert_int_equal(buffer_append(&text, span_of_text("\nd")), RC_OK);
	assert_int_equal(open_bytes(f, buffer_span(&text)), RC_OK);
	expect_row(f, 1, "a");
	expect_refused(f, 2, CSV_FILE_CELL_TOO_BIG);
	expect_row(f, 3, "b");
	expect_refused(f, 4, CSV_FILE_COLUMNS);
	expect_row(f, 5, "c");
	expect_refused(f, 6, CSV_FILE_ROW_TOO_BIG);
	expect_row(f, 7, "d");
	expect_end(f);
	buffer_clear(&text);
}

TEST_WITH(test_other_kinds_of_file_are_refused, start, finish)
{
	struct fixture *f = *state;
	struct csv_file_format format = { CSV_FILE_AUTO, ',' };

	assert_int_equal(open_bytes(f, span_of("\xff\xfe"
					       "a\0",
					   4)),
	    RC_MALFORMED);
	assert_int_equal(open_bytes(f, span_of("PK\x03\x04zip", 7)),
	    RC_MALFORMED);
	assert_int_equal(csv_file_open("/tmp/no/such/file", &format, &f->file),
	    RC_NONE);
	assert_int_equal(csv_file_open("/tmp", &format, &f->file), RC_DENIED);
}

TEST_WITH(test_an_empty_file_has_no_rows, start, finish)
{
	struct fixture *f = *state;

	open_text(f, "");
	expect_end(f);
	open_text(f, "\n\r\n \n");
	expect_end(f);
}
