/*
 * import - a table becomes arrivals, a few hundred rows per command.
 *
 * An interrupted import is resumed by running it again: the desk knows each
 * row by its source and number there and answers "already".  So a batch whose
 * answer was lost (the daemon was killed) is simply asked again.
 *
 * Behind each batch of arrivals come the moves that its rows tell of, likewise
 * known when they come again.
 *
 * Exit 1 when rows or moves were refused: a script is not to overlook them.  All
 * others have been recorded all the same.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/import/import_internal.h"
#include "service/control.h"
#include "words/doc.h"

enum {
	RETRIES_MAX = 20, /* of one batch whose answer was lost */
	RETRY_PAUSE_MS = 500,
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

/* -- one batch -- */

static void
take_outcome(struct import *im, size_t index, const json_t *outcome)
{
	const char *what = doc_member(outcome, "outcome");

	if (strcmp(what, "recorded") == 0) {
		im->recorded++;
		import_report_code(im, index, outcome);
		if (json_is_true(json_object_get(outcome, "held_back"))) {
			(void)fprintf(stderr, "%s\n",
			    doc_member(outcome, "sentence"));
		}
	} else if (strcmp(what, "already") == 0) {
		im->already++;
	} else {
		im->is_out[index] = true;
		import_report_refused(im, im->batch->lines[index], false,
		    doc_member(outcome, "sentence"));
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
	if (exit == EXIT_DONE && !import_report_save_codes(im)) {
		exit =
		    cli_refuse(im->cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
			SAY_ARGS(cli_value(im->cli, "query-codes")));
	}
	return exit;
}

/* Recording twice is not possible, so asking twice does no harm. */
void
import_ask(struct import *im, const struct command *ask, struct reply *reply)
{
	int tries = 0;

	for (;;) {
		door_ask(im->door, ask, reply);
		if (reply->exit != EXIT_TRY_AGAIN || stop_asked ||
		    ++tries > RETRIES_MAX)
			break;
		pause_ms(RETRY_PAUSE_MS);
	}
}

static int
send_arrivals(struct import *im)
{
	struct command ask;
	struct reply reply;

	memset(im->is_out, 0, sizeof(im->is_out));
	cli_command_init(im->cli, COMMAND_REGISTER, &ask);
	ask.registering.items = im->batch->items;
	ask.registering.items_count = (uint32_t)im->batch->count;
	ask.registering.want_query_codes = im->codes_file != NULL;
	import_ask(im, &ask, &reply);
	if (reply.exit != EXIT_DONE) {
		return cli_complain((enum exit_status)reply.exit,
		    reply.sentence);
	}
	return take_reply(im, reply.json);
}

static int
send_batch(struct import *im)
{
	int exit = send_arrivals(im);

	return exit == EXIT_DONE ? import_send_moves(im) : exit;
}

/* -- the whole file -- */

static int
work_through(struct import *im)
{
	bool is_dry = cli_has(im->cli, "dry-run");
	enum rc rc = RC_OK;
	int exit = EXIT_DONE;

	while (exit == EXIT_DONE && stop_asked == 0) {
		rc = import_rows_next(im->rows, import_report_refused, im,
		    im->batch);
		if (rc != RC_OK)
			break;
		exit = is_dry ? import_try_batch(im) : send_batch(im);
		import_report_progress(im, false);
	}
	import_report_progress(im, true);
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
		exit = import_try_open(im);
	if (exit == EXIT_DONE)
		exit = open_rows(im);
	if (exit == EXIT_DONE)
		exit = import_report_open(im);
	im->batch = memory_new(1, sizeof(*im->batch));
	im->door = door_new(im->cli->dir, im->cli->program->trade, &how);
	return exit;
}

static int
close_all(struct import *im)
{
	int exit = import_report_close(im);

	sources_close(&im->sources);
	cli_reading_close(im->cli);
	door_free(im->door);
	import_rows_close(im->rows);
	free(im->batch);
	return exit;
}

static int
run_import(struct cli *cli)
{
	struct import im = { .cli = cli };
	int exit = open_all(&im), closed;

	if (exit == EXIT_DONE) {
		catch_signals();
		exit = work_through(&im);
		import_report_summary(&im, exit);
		if (exit == EXIT_DONE &&
		    (im.refused > 0 || im.moves.refused > 0))
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
	.run = run_import,
};
