/*
 * csv_file - rows from bytes that somebody else wrote.
 *
 * One window of UTF-8 from the start of the row that is being read: an open
 * quote may swallow the rest of a file, and then the window is what lets us go
 * back to the end of that row's first line, give this one row up and go on
 * behind it (`rereads` bounds how often, so that a file of open quotes ends in
 * time).  A byte that is no text becomes NO_TEXT, which spoils its row only.
 *
 * libcsv splits, and gives no line numbers, so lines are counted here, by the
 * bytes that it was fed.
 */
#include "import/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"

enum {
	CSV_BLOCK_BYTES = 64 * 1024, /* by which libcsv's cell grows */
	STEP_BYTES = 64 * 1024,
	PROBE_BYTES = 1024 * 1024,
	BOM_BYTES = 3,
	NO_TEXT = 0xff, /* never part of UTF-8: marks what was no text */
	SEQUENCE_BYTES_MAX = 4,
	GOOD_IN_TEN = 9,
};

struct csv_file {
	int fd;
	enum csv_file_charset charset;
	iconv_t converter;
	uint64_t bytes_total;
	uint64_t bytes_read;  /* from the file */
	struct buffer raw;    /* read, not yet UTF-8 */
	struct buffer window; /* UTF-8 from the row's start on */
	size_t at;            /* in the window: the next byte to parse */
	size_t row_at;        /* in the window: where the row starts */
	uint64_t line;        /* the line that `at` is on */
	uint64_t row_line;    /* the line that the row starts on */
	size_t rereads;
	struct csv_parser csv;
	struct buffer cell_bytes;
	size_t ends[CSV_FILE_COLUMNS_MAX];
	size_t count; /* of cells so far, also beyond the limit */
	struct span cells[CSV_FILE_COLUMNS_MAX];
	char delimiter;
	bool has_converter; /* the file is not UTF-8 */
	bool is_at_end;     /* of the file */
	bool is_broken;     /* the disk failed */
	bool is_behind_cr;  /* a line just ended with CR alone */
	bool is_skipping;   /* to the end of an endless line */
	bool is_row_done;   /* set by on_row */
	bool has_big_cell;
};

/* --- the parser's calls --- */

static void
on_cell(void *bytes, size_t size, void *context)
{
	struct csv_file *t = context;

	t->has_big_cell |= size > CSV_FILE_CELL_BYTES_MAX;
	if (t->count < CSV_FILE_COLUMNS_MAX) {
		CHECK(buffer_append(&t->cell_bytes, span_of(bytes, size)) ==
		      RC_OK);
		t->ends[t->count] = t->cell_bytes.size;
	}
	t->count++;
}

static void
on_row(int terminator, void *context)
{
	struct csv_file *t = context;

	(void)terminator;
	t->is_row_done = true;
}

static void
parse(struct csv_file *t, const void *bytes, size_t size)
{
	if (csv_parse(&t->csv, bytes, size, on_cell, on_row, t) != size)
		fatal("libcsv: %s", csv_strerror(csv_error(&t->csv)));
}

static void
start_parser(struct csv_file *t)
{
	CHECK(csv_init(&t->csv, 0) == 0);
	csv_set_delim(&t->csv, (unsigned char)t->delimiter);
	/* Its own step is 128 bytes: a long cell would be copied often. */
	csv_set_blk_size(&t->csv, CSV_BLOCK_BYTES);
}

/* A row starts at `at`. */
static void
begin_row(struct csv_file *t)
{
	t->row_at = t->at;
	t->row_line = t->line;
	t->is_row_done = false;
	t->has_big_cell = false;
	t->count = 0;
	buffer_reset(&t->cell_bytes);
}

/* --- opening --- */

/* Bytes of the good sequence at the start of `text`; 0: none. */
static size_t
good_sequence(struct span text)
{
	size_t size =
	    text.size < SEQUENCE_BYTES_MAX ? text.size : SEQUENCE_BYTES_MAX;

	for (size_t i = 1; i <= size; i++) {
		if (text_is_utf8(span_of(text.at, i)))
			return i;
	}
	return 0;
}

static enum csv_file_charset
guess_charset(struct span text)
{
	size_t good = 0, bad = 0;

	while (text.size > 0) {
		size_t size = 1;

		if (text.at[0] >= 0x80) {
			size = good_sequence(text);
			good += size > 0;
			bad += size == 0;
			size += size == 0;
		}
		text.at += size;
		text.size -= size;
	}
	return good * 10 >= (good + bad) * GOOD_IN_TEN ? CSV_FILE_UTF8
						       : CSV_FILE_GB18030;
}

static bool
starts_with(struct span text, const char *bytes, size_t size)
{
	return text.size >= size && memcmp(text.at, bytes, size) == 0;
}

/* UTF-16, a workbook of either kind. */
static bool
is_other_format(struct span text)
{
	return starts_with(text, "\xff\xfe", 2) ||
	       starts_with(text, "\xfe\xff", 2) ||
	       starts_with(text, "PK\x03\x04", 4) ||
	       starts_with(text, "\xd0\xcf\x11\xe0", 4);
}

/* Up to `size` bytes more behind `to`; false: the disk failed. */
static bool
read_step(int fd, struct buffer *to, size_t size, size_t *got)
{
	uint8_t *at = buffer_extend(to, size);
	ssize_t done;

	CHECK(at != NULL);
	do {
		done = read(fd, at, size);
	} while (done < 0 && errno == EINTR);
	*got = done > 0 ? (size_t)done : 0;
	to->size -= size - *got;
	return done >= 0;
}

/* Look at the beginning, settle the charset, and go back behind the mark. */
static enum rc
probe(struct csv_file *t)
{
	struct buffer head = { 0 };
	size_t got = 1;
	off_t start = 0;
	bool is_read = true, is_other;

	while (is_read && got > 0 && head.size < PROBE_BYTES)
		is_read = read_step(t->fd, &head, STEP_BYTES, &got);
	is_other = is_other_format(buffer_span(&head));
	if (starts_with(buffer_span(&head), "\xef\xbb\xbf", BOM_BYTES)) {
		t->charset = CSV_FILE_UTF8;
		start = BOM_BYTES;
	} else if (t->charset == CSV_FILE_AUTO) {
		t->charset = guess_charset(buffer_span(&head));
	}
	buffer_clear(&head);
	if (!is_read || lseek(t->fd, start, SEEK_SET) != start)
		return RC_DENIED;
	t->bytes_read = (uint64_t)start;
	return is_other ? RC_MALFORMED : RC_OK;
}

static enum rc
open_file(struct csv_file *t, const char *path)
{
	struct stat found;

	t->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (t->fd < 0) {
		return errno == ENOENT || errno == ENOTDIR ? RC_NONE
							   : RC_DENIED;
	}
	if (fstat(t->fd, &found) != 0 || !S_ISREG(found.st_mode))
		return RC_DENIED;
	t->bytes_total = (uint64_t)found.st_size;
	return probe(t);
}

static void
open_converter(struct csv_file *t)
{
	if (t->charset != CSV_FILE_GB18030)
		return;
	t->converter = iconv_open("UTF-8", "GB18030");
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): POSIX says so */
	if (t->converter == (iconv_t)-1)
		fatal("iconv knows no GB18030 on this system");
	t->has_converter = true;
}

enum rc
csv_file_open(const char *path, const struct csv_file_format *format,
    struct csv_file **out)
{
	struct csv_file *t = memory_new(1, sizeof(*t));
	enum rc rc;

	t->charset = format->charset;
	t->delimiter = format->delimiter;
	t->line = 1;
	start_parser(t);
	/* So that spans of empty cells have an address. */
	CHECK(buffer_extend(&t->cell_bytes, 1) != NULL);
	begin_row(t);
	rc = open_file(t, path);
	if (rc == RC_OK) {
		open_converter(t);
		*out = t;
		return RC_OK;
	}
	csv_file_close(t);
	*out = NULL;
	return rc;
}

/* --- bytes into the window --- */

static void
put_no_text(struct csv_file *t)
{
	uint8_t mark = NO_TEXT;

	CHECK(buffer_append(&t->window, span_of(&mark, 1)) == RC_OK);
}

/* Drop what the window and the raw bytes no longer need. */
static void
drop_front(struct buffer *b, size_t size)
{
	b->size -= size;
	if (b->size > 0)
		memmove(b->at, b->at + size, b->size);
}

/* All of raw that is complete becomes UTF-8 at the end of the window. */
static void
convert(struct csv_file *t)
{
	char *from = (char *)t->raw.at;
	size_t left = t->raw.size;

	while (left > 0) {
		/* Two bytes of GB18030 become three at most. */
		size_t room = 2 * left + SEQUENCE_BYTES_MAX, free_room = room;
		char *to = (char *)buffer_extend(&t->window, room);
		size_t done =
		    iconv(t->converter, &from, &left, &to, &free_room);
		int error = errno;

		t->window.size -= free_room;
		if (done != (size_t)-1 || (error == EINVAL && !t->is_at_end))
			break;
		put_no_text(t);
		from++;
		left--;
	}
	drop_front(&t->raw, t->raw.size - left);
}

/* False: nothing more will come. */
static bool
refill(struct csv_file *t)
{
	bool is_raw = t->charset == CSV_FILE_GB18030;
	struct buffer *to = is_raw ? &t->raw : &t->window;
	size_t got;

	if (t->is_at_end)
		return false;
	drop_front(&t->window, t->row_at);
	t->at -= t->row_at;
	t->row_at = 0;
	t->is_broken = !read_step(t->fd, to, STEP_BYTES, &got);
	t->is_at_end = got == 0;
	t->bytes_read += got;
	if (is_raw)
		convert(t);
	return true;
}

/* --- lines and rows --- */

/*
 * The bytes at `at` up to and including a line end, or all that there are;
 * at most one row ends in them.  CR LF is one end, unless a step parts them:
 * then the LF comes alone, and count_line knows it by is_behind_cr.
 */
static size_t
line_bytes(const struct csv_file *t)
{
	const uint8_t *start = t->window.at + t->at;
	size_t left = t->window.size - t->at;

	for (size_t i = 0; i < left; i++) {
		if (start[i] == '\r' && i + 1 < left && start[i + 1] == '\n')
			return i + 2;
		if (start[i] == '\n' || start[i] == '\r')
			return i + 1;
	}
	return left;
}

/* Count the `size` bytes before `at` as a line if they end one. */
static void
count_line(struct csv_file *t, size_t size)
{
	uint8_t last = t->window.at[t->at - 1];
	bool is_parted = t->is_behind_cr && size == 1 && last == '\n';

	if ((last == '\n' && !is_parted) || last == '\r')
		t->line++;
	t->is_behind_cr = last == '\r';
}

static bool
is_blank(const uint8_t *at, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (at[i] != ' ' && at[i] != '\t' && at[i] != '\r' &&
		    at[i] != '\n')
			return false;
	}
	return true;
}

static bool
ends_line(const struct csv_file *t)
{
	uint8_t last = t->at > 0 ? t->window.at[t->at - 1] : '\n';

	return last == '\n' || last == '\r';
}

/* Nothing but blanks since the row began: it has not begun. */
static bool
is_row_blank(const struct csv_file *t)
{
	return !t->is_row_done && ends_line(t) &&
	       is_blank(t->window.at + t->row_at, t->at - t->row_at);
}

/* Parse up to the end of the line; may finish the row. */
static void
take_line(struct csv_file *t)
{
	size_t size = line_bytes(t);

	if (!t->is_skipping)
		parse(t, t->window.at + t->at, size);
	t->at += size;
	count_line(t, size);
	if (t->is_skipping || is_row_blank(t)) {
		t->is_skipping = t->is_skipping && !ends_line(t);
		begin_row(t);
	}
}

/*
 * Give up the row, and go on at its second line if it has one in the window.
 */
static void
reread(struct csv_file *t)
{
	csv_free(&t->csv);
	start_parser(t);
	if (t->rereads < CSV_FILE_REREADS_MAX) {
		size_t end = t->at;
		uint64_t line = t->line;

		t->at = t->row_at;
		t->line = t->row_line;
		t->at += line_bytes(t);
		if (ends_line(t)) {
			t->rereads++;
			t->line++;
		} else {
			t->at = end;
			t->line = line;
		}
	}
	t->is_skipping = !ends_line(t);
	begin_row(t);
}

static enum rc
refuse(struct csv_file *t, struct csv_file_row *row,
    enum csv_file_problem problem)
{
	row->problem = problem;
	row->last_line = row->line;
	if (problem == CSV_FILE_OPEN_QUOTE || problem == CSV_FILE_ROW_TOO_BIG) {
		reread(t);
	} else {
		begin_row(t);
	}
	return RC_MALFORMED;
}

static enum csv_file_problem
fill_cells(struct csv_file *t)
{
	size_t start = 0;

	if (t->has_big_cell)
		return CSV_FILE_CELL_TOO_BIG;
	if (t->count > CSV_FILE_COLUMNS_MAX)
		return CSV_FILE_COLUMNS;
	for (size_t i = 0; i < t->count; i++) {
		t->cells[i] =
		    span_of(t->cell_bytes.at + start, t->ends[i] - start);
		start = t->ends[i];
	}
	return text_is_utf8(buffer_span(&t->cell_bytes)) ? CSV_FILE_FINE
							 : CSV_FILE_NOT_TEXT;
}

static enum rc
finish_row(struct csv_file *t, struct csv_file_row *row)
{
	enum csv_file_problem problem = fill_cells(t);

	row->line = t->row_line;
	row->last_line = ends_line(t) ? t->line - 1 : t->line;
	if (problem != CSV_FILE_FINE)
		return refuse(t, row, problem);
	row->cells = t->cells;
	row->count = t->count;
	begin_row(t);
	return RC_OK;
}

/* The file has ended: the last line may lack its end, or a quote. */
static enum rc
finish_file(struct csv_file *t, struct csv_file_row *row)
{
	if (t->is_broken)
		return RC_DAMAGED;
	if (t->row_at == t->at)
		return RC_NONE;
	if (!ends_line(t))
		parse(t, "\n", 1);
	if (t->is_row_done)
		return finish_row(t, row);
	row->line = t->row_line;
	return refuse(t, row, CSV_FILE_OPEN_QUOTE);
}

enum rc
csv_file_next(struct csv_file *t, struct csv_file_row *row)
{
	*row = (struct csv_file_row){ 0 };
	for (;;) {
		if (t->is_row_done)
			return finish_row(t, row);
		if (t->at == t->window.size && !refill(t))
			return finish_file(t, row);
		if (t->at == t->window.size)
			continue;
		take_line(t);
		if (t->at - t->row_at > CSV_FILE_ROW_BYTES_MAX) {
			row->line = t->row_line;
			return refuse(t, row, CSV_FILE_ROW_TOO_BIG);
		}
	}
}

enum csv_file_charset
csv_file_charset(const struct csv_file *file)
{
	return file->charset;
}

uint64_t
csv_file_bytes_done(const struct csv_file *file)
{
	uint64_t waiting = file->window.size - file->at;

	return file->bytes_read > waiting ? file->bytes_read - waiting : 0;
}

uint64_t
csv_file_bytes_total(const struct csv_file *file)
{
	return file->bytes_total;
}

void
csv_file_close(struct csv_file *file)
{
	if (file == NULL)
		return;
	if (file->fd >= 0)
		(void)close(file->fd);
	if (file->has_converter)
		(void)iconv_close(file->converter);
	csv_free(&file->csv);
	buffer_clear(&file->raw);
	buffer_clear(&file->window);
	buffer_clear(&file->cell_bytes);
	free(file);
}
