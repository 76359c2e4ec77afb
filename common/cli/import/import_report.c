/*
 * What an import reports: refused rows and moves, query codes, how far it
 * has come and what became of everything.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/import/import_internal.h"
#include "words/doc.h"

enum {
	REFUSED_SHOWN = 20,    /* sentences on the screen */
	REFUSED_LISTED = 1000, /* in the JSON document */
	FILE_MODE = 0600,
};

/*
 * One cell of a CSV file.  A text that a spreadsheet would take for a formula
 * gets an apostrophe in front.
 */
static void
write_cell(FILE *to, const char *text, const char *end)
{
	bool is_formula =
	    strchr("=+-@\t\r", text[0]) != NULL && text[0] != '\0';

	(void)fputc('"', to);
	if (is_formula)
		(void)fputc('\'', to);
	for (; *text != '\0'; text++) {
		if (*text == '"')
			(void)fputc('"', to);
		(void)fputc(*text, to);
	}
	(void)fputc('"', to);
	(void)fputs(end, to);
}

static void
list_refused(json_t *list, uint64_t line, const char *sentence)
{
	if (json_array_size(list) < REFUSED_LISTED) {
		doc_add(list, json_pack("{s:I, s:s}", "line", (json_int_t)line,
				  "sentence", sentence));
	}
}

void
import_report_refused(void *context, uint64_t line, bool is_move,
    const char *sentence)
{
	struct import *im = context;
	uint64_t *count = is_move ? &im->moves.refused : &im->refused;
	char number[DOC_DIGITS_MAX + 1];

	(*count)++;
	list_refused(is_move ? im->moves.refused_list : im->refused_rows, line,
	    sentence);
	if (im->refused_file != NULL) {
		(void)fprintf(im->refused_file, "%llu,",
		    (unsigned long long)line);
		write_cell(im->refused_file, sentence, "\r\n");
	} else if (*count <= REFUSED_SHOWN) {
		CHECK(text_format(number, sizeof(number), "%llu",
			  (unsigned long long)line) == RC_OK);
		cli_say(im->cli, stderr,
		    is_move ? SAY_CLI_IMPORT_MOVE_REFUSED
			    : SAY_CLI_IMPORT_REFUSED,
		    SAY_ARGS(number, sentence));
	}
}

/* A new file, readable by its owner alone. */
static FILE *
make_file(struct cli *cli, const char *path, const char *head)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;

	if (file == NULL) {
		(void)cli_refuse(cli, EXIT_REFUSED,
		    errno == EEXIST ? SAY_CLI_FILE_EXISTS
				    : SAY_CLI_FILE_UNWRITABLE,
		    SAY_ARGS(path));
		return NULL;
	}
	(void)fputs("\xef\xbb\xbf", file); /* for Excel and WPS */
	(void)fputs(head, file);
	return file;
}

/* A code exists only here: on the disk before we go on. */
bool
import_report_save_codes(const struct import *im)
{
	return im->codes_file == NULL ||
	       (fflush(im->codes_file) == 0 &&
		   fsync(fileno(im->codes_file)) == 0);
}

void
import_report_code(struct import *im, size_t index, const json_t *outcome)
{
	struct span ref = im->batch->items[index].source_ref;
	char text[SOURCE_REF_BYTES_MAX + 1];

	if (im->codes_file == NULL)
		return;
	if (text_copy_span(text, sizeof(text), ref) != RC_OK)
		text[0] = '\0';
	(void)fprintf(im->codes_file, "%llu,%s,%s,",
	    (unsigned long long)im->batch->lines[index],
	    doc_member(outcome, "item"), doc_member(outcome, "query_code"));
	write_cell(im->codes_file, text, "\r\n");
}

void
import_report_progress(const struct import *im, bool is_end)
{
	struct import_counts counts = import_rows_counts(im->rows);
	char rows[DOC_DIGITS_MAX + 1], percent[DOC_DIGITS_MAX + 1];
	char line[SAY_TEXT_MAX];

	if (isatty(STDERR_FILENO) == 0)
		return;
	CHECK(text_format(rows, sizeof(rows), "%llu",
		  (unsigned long long)counts.read) == RC_OK);
	CHECK(text_format(percent, sizeof(percent), "%u", counts.percent) ==
	      RC_OK);
	say_to(line, sizeof(line), im->cli->language, SAY_CLI_IMPORT_PROGRESS,
	    SAY_ARGS(rows, percent));
	(void)fprintf(stderr, "\r%s%s", line, is_end ? "\n" : "");
}

int
import_report_open(struct import *im)
{
	const char *refused = cli_value(im->cli, "refused");
	const char *codes = cli_value(im->cli, "query-codes");

	im->refused_rows = json_array();
	im->moves.refused_list = json_array();
	if (refused != NULL) {
		im->refused_file =
		    make_file(im->cli, refused, "line,reason\r\n");
		if (im->refused_file == NULL)
			return EXIT_REFUSED;
	}
	if (codes != NULL && !cli_has(im->cli, "dry-run")) {
		im->codes_file = make_file(im->cli, codes,
		    "line,item,query_code,source_ref\r\n");
		if (im->codes_file == NULL)
			return EXIT_REFUSED;
	}
	return EXIT_DONE;
}

static void
say_moves(const struct import *im)
{
	const uint64_t numbers[] = { im->moves.recorded, im->moves.already,
		im->moves.refused };
	char texts[3][DOC_DIGITS_MAX + 1];

	if (!import_rows_have_moves(im->rows))
		return;
	for (size_t i = 0; i < 3; i++) {
		CHECK(text_format(texts[i], sizeof(texts[i]), "%llu",
			  (unsigned long long)numbers[i]) == RC_OK);
	}
	cli_say(im->cli, stdout,
	    cli_has(im->cli, "dry-run") ? SAY_CLI_IMPORT_MOVES_TRIED
					: SAY_CLI_IMPORT_MOVES_DONE,
	    SAY_ARGS(texts[0], texts[1], texts[2]));
}

static void
set_moves(const struct import *im, json_t *document)
{
	const struct import_moves *m = &im->moves;

	if (!import_rows_have_moves(im->rows))
		return;
	doc_set(document, "moves",
	    json_pack("{s:I, s:I, s:I}", "recorded", (json_int_t)m->recorded,
		"already", (json_int_t)m->already, "refused",
		(json_int_t)m->refused));
	CHECK(json_object_set(document, "refused_moves", m->refused_list) == 0);
}

void
import_report_summary(const struct import *im, int exit)
{
	struct import_counts counts = import_rows_counts(im->rows);
	json_t *document =
	    json_pack("{s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:O}", "read",
		(json_int_t)counts.read, "recorded", (json_int_t)im->recorded,
		"already", (json_int_t)im->already, "refused",
		(json_int_t)im->refused, "skipped", (json_int_t)counts.skipped,
		"complete", exit == EXIT_DONE, "dry_run",
		cli_has(im->cli, "dry-run"), "refused_rows", im->refused_rows);
	static const char *const keys[] = { "read", "recorded", "already",
		"refused", "skipped" };
	char texts[5][DOC_DIGITS_MAX + 1];

	set_moves(im, document);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		(void)doc_digits(document, keys[i], texts[i]);
	if (cli_has(im->cli, "json")) {
		cli_print_json(document);
	} else {
		cli_say(im->cli, stdout,
		    cli_has(im->cli, "dry-run") ? SAY_CLI_IMPORT_TRIED
						: SAY_CLI_IMPORT_DONE,
		    SAY_ARGS(texts[0], texts[1], texts[2], texts[3], texts[4]));
		say_moves(im);
	}
	json_decref(document);
	if ((im->refused > REFUSED_SHOWN ||
		im->moves.refused > REFUSED_SHOWN) &&
	    im->refused_file == NULL)
		cli_say(im->cli, stderr, SAY_CLI_IMPORT_MORE_REFUSED, NULL);
}

static int
close_file(FILE *file)
{
	return file == NULL || fclose(file) == 0 ? EXIT_DONE : EXIT_REFUSED;
}

int
import_report_close(struct import *im)
{
	int exit = close_file(im->refused_file);

	if (close_file(im->codes_file) != EXIT_DONE)
		exit = EXIT_REFUSED;
	if (exit != EXIT_DONE) {
		(void)cli_refuse(im->cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
		    SAY_ARGS("--refused"));
	}
	json_decref(im->refused_rows);
	json_decref(im->moves.refused_list);
	return exit;
}
