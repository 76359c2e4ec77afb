/*
 * import - a table becomes arrivals, a few hundred rows per command.
 *
 * An interrupted import is resumed by running it again: the desk knows each
 * row by its source and number there and answers "already".  So a batch whose
 * answer was lost (the daemon was killed) is simply asked again.
 *
 * Exit 1 when rows were refused: a script is not to overlook them.  All
 * others have been recorded all the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_import_rows.h"
#include "cli/cli_internal.h"
#include "mech/db.h"
#include "node/accused.h"
#include "node/control.h"
#include "petition/intake.h"

enum {
	RETRIES_MAX = 20, /* of one batch whose answer was lost */
	RETRY_PAUSE_MS = 500,
	REFUSED_SHOWN = 20,    /* sentences on the screen */
	REFUSED_LISTED = 1000, /* in the JSON document */
	FILE_MODE = 0600,
	NS_PER_MS = 1000000,
};

static const struct cli_option options[] = {
	{ "map", CLI_VALUE, "MAP.ini", SAY_CLI_OPTION_MAP },
	{ "dry-run", CLI_FLAG, NULL, SAY_CLI_OPTION_DRY_RUN },
	{ "query-codes", CLI_VALUE, "FILE", SAY_CLI_OPTION_QUERY_CODES },
	{ "refused", CLI_VALUE, "FILE", SAY_CLI_OPTION_REFUSED },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

struct import {
	struct cli *cli;
	struct door *door;
	struct import_rows *rows;
	struct import_batch *batch;
	uint64_t recorded, already;
	uint64_t refused; /* by the map or by the desk */
	json_t *refused_rows;
	FILE *refused_file;              /* NULL: on the screen */
	FILE *codes_file;                /* NULL: no query codes */
	struct cli_register look;        /* of a dry run */
	struct stmt *seen;               /* of a dry run */
	struct office_settings settings; /* of a dry run */
};

/* -- Ctrl-C ends the import behind the present batch -- */

static volatile sig_atomic_t stop_asked;

static void
ask_to_stop(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = ask_to_stop };

	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
}

static void
pause_ms(int64_t ms)
{
	struct timespec wait = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * NS_PER_MS };

	(void)nanosleep(&wait, NULL);
}

/* -- reports -- */

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
refuse_row(void *context, uint64_t line, const char *sentence)
{
	struct import *im = context;

	im->refused++;
	if (json_array_size(im->refused_rows) < REFUSED_LISTED) {
		CHECK(json_array_append_new(im->refused_rows,
			  json_pack("{s:I, s:s}", "line", (json_int_t)line,
			      "sentence", sentence)) == 0);
	}
	if (im->refused_file != NULL) {
		(void)fprintf(im->refused_file, "%llu,",
		    (unsigned long long)line);
		write_cell(im->refused_file, sentence, "\r\n");
	} else if (im->refused <= REFUSED_SHOWN) {
		char number[CLI_NUMBER_MAX + 1];

		CHECK(text_format(number, sizeof(number), "%llu",
			  (unsigned long long)line) == RC_OK);
		cli_say(im->cli, stderr, SAY_CLI_IMPORT_REFUSED,
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
static bool
save_codes(struct import *im)
{
	return im->codes_file == NULL ||
	       (fflush(im->codes_file) == 0 &&
		   fsync(fileno(im->codes_file)) == 0);
}

static void
write_code(struct import *im, size_t index, const json_t *outcome)
{
	struct span ref = im->batch->items[index].source_ref;
	char text[SOURCE_REF_BYTES_MAX + 1];

	if (im->codes_file == NULL)
		return;
	if (text_copy_span(text, sizeof(text), ref) != RC_OK)
		text[0] = '\0';
	(void)fprintf(im->codes_file, "%llu,%s,%s,",
	    (unsigned long long)im->batch->lines[index],
	    cli_member(outcome, "item"), cli_member(outcome, "query_code"));
	write_cell(im->codes_file, text, "\r\n");
}

static void
show_progress(const struct import *im, bool is_end)
{
	struct import_counts counts = import_rows_counts(im->rows);
	char rows[CLI_NUMBER_MAX + 1], percent[CLI_NUMBER_MAX + 1];
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

/* -- one batch -- */

static void
take_outcome(struct import *im, size_t index, const json_t *outcome)
{
	const char *what = cli_member(outcome, "outcome");

	if (strcmp(what, "recorded") == 0) {
		im->recorded++;
		write_code(im, index, outcome);
		if (json_is_true(json_object_get(outcome, "held_back"))) {
			(void)fprintf(stderr, "%s\n",
			    cli_member(outcome, "sentence"));
		}
	} else if (strcmp(what, "already") == 0) {
		im->already++;
	} else {
		refuse_row(im, im->batch->lines[index],
		    cli_member(outcome, "sentence"));
	}
}

static void
take_outcomes(struct import *im, const json_t *outcomes)
{
	const json_t *outcome;

	for (size_t i = 0; (outcome = json_array_get(outcomes, i)) != NULL; i++)
		take_outcome(im, i, outcome);
}

static int
take_reply(struct import *im, struct span json)
{
	json_t *result = json_loadb((const char *)json.at, json.size, 0, NULL);
	const json_t *outcomes = json_object_get(result, "items");
	int exit = EXIT_DONE;

	if (json_array_size(outcomes) != im->batch->count) {
		exit = cli_refuse(im->cli, EXIT_TRY_AGAIN,
		    SAY_CLI_ANSWER_UNREADABLE, NULL);
	} else {
		take_outcomes(im, outcomes);
	}
	json_decref(result);
	if (exit == EXIT_DONE && !save_codes(im)) {
		exit =
		    cli_refuse(im->cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
			SAY_ARGS(cli_value(im->cli, "query-codes")));
	}
	return exit;
}

/* Recording twice is not possible, so asking twice does no harm. */
static int
send_batch(struct import *im)
{
	struct command ask;
	struct reply reply;
	int tries = 0;

	cli_command_init(im->cli, COMMAND_REGISTER, &ask);
	ask.registering.items = im->batch->items;
	ask.registering.items_count = (uint32_t)im->batch->count;
	ask.registering.want_query_codes = im->codes_file != NULL;
	for (;;) {
		door_ask(im->door, &ask, &reply);
		if (reply.exit != EXIT_TRY_AGAIN || stop_asked ||
		    ++tries > RETRIES_MAX)
			break;
		pause_ms(RETRY_PAUSE_MS);
	}
	if (reply.exit != EXIT_DONE) {
		return cli_complain((enum exit_status)reply.exit,
		    reply.sentence);
	}
	return take_reply(im, reply.json);
}

/* -- a dry run: every rule, and nothing recorded -- */

static bool
is_seen(struct import *im, const struct intake *intake)
{
	bool found;

	if (intake->source_ref.size == 0)
		return false;
	db_bind_span_text(im->seen, intake->source);
	db_bind_span_text(im->seen, intake->source_ref);
	found = db_next(im->seen);
	if (found)
		db_reset(im->seen);
	return found;
}

static void
try_row(struct import *im, size_t index)
{
	struct intake intake = im->batch->items[index];
	struct buffer memory = { 0 };
	struct intake_problem problem;
	char sentence[SAY_TEXT_MAX];
	uint32_t masked = 0;

	intake_tidy(&intake, &memory, &masked);
	if (accused_has(&intake, im->settings.office)) {
		accused_say_us(&im->settings, im->cli->language, sentence);
		refuse_row(im, im->batch->lines[index], sentence);
		buffer_clear(&memory);
		return;
	}
	if (intake.level[0] == '\0') {
		CHECK(text_copy(intake.level, sizeof(intake.level),
			  im->settings.level) == RC_OK);
	}
	if (intake.responsible[0] == '\0') {
		memcpy(intake.responsible, im->settings.office,
		    sizeof(intake.responsible));
	}
	if (intake_check(&intake, clock_wall_ms(), &problem) != RC_OK) {
		intake_problem_say(sentence, sizeof(sentence),
		    im->cli->language, &problem);
		refuse_row(im, im->batch->lines[index], sentence);
	} else if (is_seen(im, &intake)) {
		im->already++;
	} else {
		im->recorded++;
	}
	buffer_clear(&memory);
}

static int
try_batch(struct import *im)
{
	for (size_t i = 0; i < im->batch->count; i++)
		try_row(im, i);
	return EXIT_DONE;
}

static int
open_dry_run(struct import *im)
{
	int exit = cli_register_open(im->cli, &im->look);

	if (exit == EXIT_DONE) {
		im->seen = db_prepare(im->look.db,
		    "SELECT 1 FROM source_seen WHERE source = ?"
		    " AND source_ref = ?");
	}
	return exit;
}

/* -- the whole file -- */

static int
work_through(struct import *im)
{
	bool is_dry = cli_has(im->cli, "dry-run");
	enum rc rc = RC_OK;
	int exit = EXIT_DONE;

	while (exit == EXIT_DONE && stop_asked == 0) {
		rc = import_rows_next(im->rows, refuse_row, im, im->batch);
		if (rc != RC_OK)
			break;
		exit = is_dry ? try_batch(im) : send_batch(im);
		show_progress(im, false);
	}
	show_progress(im, true);
	if (exit == EXIT_DONE && rc == RC_DAMAGED) {
		exit = cli_refuse(im->cli, EXIT_REFUSED,
		    SAY_CLI_FILE_UNREADABLE, SAY_ARGS(im->cli->arguments[0]));
	}
	if ((exit == EXIT_DONE || exit == EXIT_TRY_AGAIN) && stop_asked != 0 &&
	    rc == RC_OK) {
		exit = cli_refuse(im->cli, EXIT_TRY_AGAIN,
		    SAY_CLI_IMPORT_STOPPED, NULL);
	}
	return exit;
}

static void
print_summary(const struct import *im, int exit)
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
	char texts[5][CLI_NUMBER_MAX + 1];

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		(void)cli_number(document, keys[i], texts[i]);
	if (cli_has(im->cli, "json")) {
		cli_print_json(document);
	} else {
		cli_say(im->cli, stdout,
		    cli_has(im->cli, "dry-run") ? SAY_CLI_IMPORT_TRIED
						: SAY_CLI_IMPORT_DONE,
		    SAY_ARGS(texts[0], texts[1], texts[2], texts[3], texts[4]));
	}
	json_decref(document);
	if (im->refused > REFUSED_SHOWN && im->refused_file == NULL)
		cli_say(im->cli, stderr, SAY_CLI_IMPORT_MORE_REFUSED, NULL);
}

static int
open_files(struct import *im)
{
	const char *refused = cli_value(im->cli, "refused");
	const char *codes = cli_value(im->cli, "query-codes");

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

static int
open_rows(struct import *im)
{
	struct cli *cli = im->cli;
	char sentence[SAY_TEXT_MAX];

	if (cli_value(cli, "map") == NULL) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--map MAP.ini"));
	}
	if (import_rows_open(cli->dir, cli->arguments[0], cli_value(cli, "map"),
		cli->language, &im->rows, sentence) != RC_OK)
		return cli_complain(EXIT_REFUSED, span_of_text(sentence));
	return EXIT_DONE;
}

static int
open_all(struct import *im)
{
	struct office_options how = cli_office_options(im->cli);
	struct office_fault fault;
	int exit = EXIT_DONE;

	/* First whatever says best that there is no office here. */
	if (office_settings_load(im->cli->dir, im->cli->language, &im->settings,
		&fault) != RC_OK)
		exit = cli_fault(&fault);
	if (exit == EXIT_DONE && cli_has(im->cli, "dry-run"))
		exit = open_dry_run(im);
	if (exit == EXIT_DONE)
		exit = open_rows(im);
	if (exit == EXIT_DONE)
		exit = open_files(im);
	im->batch = memory_new(1, sizeof(*im->batch));
	im->refused_rows = json_array();
	im->door = door_new(im->cli->dir, im->cli->program->trade, &how);
	return exit;
}

static int
close_file(FILE *file)
{
	return file == NULL || fclose(file) == 0 ? EXIT_DONE : EXIT_REFUSED;
}

static int
close_all(struct import *im)
{
	int exit = close_file(im->refused_file);

	if (close_file(im->codes_file) != EXIT_DONE)
		exit = EXIT_REFUSED;
	if (exit != EXIT_DONE) {
		(void)cli_refuse(im->cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
		    SAY_ARGS("--refused"));
	}
	if (im->seen != NULL)
		db_finish(im->seen);
	cli_register_close(&im->look);
	door_free(im->door);
	import_rows_close(im->rows);
	json_decref(im->refused_rows);
	free(im->batch);
	return exit;
}

static int
run(struct cli *cli)
{
	struct import im = { .cli = cli };
	int exit = open_all(&im), closed;

	if (exit == EXIT_DONE) {
		catch_signals();
		exit = work_through(&im);
		print_summary(&im, exit);
		if (exit == EXIT_DONE && im.refused > 0)
			exit = EXIT_REFUSED;
	}
	closed = close_all(&im);
	return exit != EXIT_DONE ? exit : closed;
}

const struct cli_command cli_import = {
	.name = "import",
	.arguments = "FILE",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_IMPORT,
	.options = options,
	.run = run,
};
