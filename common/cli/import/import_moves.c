/*
 * The moves behind a batch of arrivals: once these are recorded (or were
 * before) their moves are, in the order of the file.  A move that was made by
 * an earlier import is answered with "already".
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/import/import_internal.h"
#include "words/doc.h"

/* Those of one command: places in the batch. */
struct sending {
	struct command_move moves[COMMAND_MOVES_MAX];
	size_t places[COMMAND_MOVES_MAX];
	uint32_t count;
};

void
import_refuse_move(struct import *im, size_t index, const char *sentence)
{
	char line[SAY_TEXT_MAX];

	say_to(line, sizeof(line), im->cli->language, SAY_CLI_IMPORT_MOVE,
	    SAY_ARGS(im->batch->moves[index].word, sentence));
	import_report_refused(im, im->batch->lines[im->batch->rows[index]],
	    true, line);
}

static void
take_outcome(struct import *im, size_t index, const json_t *outcome)
{
	const char *what = doc_member(outcome, "outcome");

	if (strcmp(what, "recorded") == 0) {
		im->moves.recorded++;
	} else if (strcmp(what, "already") == 0) {
		im->moves.already++;
	} else {
		import_refuse_move(im, index, doc_member(outcome, "sentence"));
	}
}

static int
take_reply(struct import *im, const struct sending *sending, struct span json)
{
	json_t *result = json_loadb((const char *)json.at, json.size, 0, NULL);
	const json_t *outcomes = json_object_get(result, "moves");
	int exit = EXIT_DONE;

	if (json_array_size(outcomes) != sending->count) {
		exit = cli_refuse(im->cli, EXIT_TRY_AGAIN,
		    SAY_CLI_ANSWER_UNREADABLE, NULL);
	}
	for (size_t i = 0; exit == EXIT_DONE && i < sending->count; i++) {
		take_outcome(im, sending->places[i],
		    json_array_get(outcomes, i));
	}
	json_decref(result);
	return exit;
}

static int
send_moves(struct import *im, struct sending *sending)
{
	struct command ask;
	struct reply reply;
	int exit;

	if (sending->count == 0)
		return EXIT_DONE;
	cli_command_init(im->cli, COMMAND_ACT, &ask);
	ask.act.moves = sending->moves;
	ask.act.moves_count = sending->count;
	import_ask(im, &ask, &reply);
	exit = reply.exit != EXIT_DONE
		   ? cli_complain((enum exit_status)reply.exit, reply.sentence)
		   : take_reply(im, sending, reply.json);
	sending->count = 0;
	return exit;
}

int
import_send_moves(struct import *im)
{
	const struct import_batch *batch = im->batch;
	struct sending *sending = memory_new(1, sizeof(*sending));
	int exit = EXIT_DONE;

	for (size_t i = 0; i < batch->moves_count && exit == EXIT_DONE; i++) {
		if (im->is_out[batch->rows[i]])
			continue;
		sending->moves[sending->count] = batch->moves[i];
		sending->places[sending->count++] = i;
		if (sending->count == COMMAND_MOVES_MAX)
			exit = send_moves(im, sending);
	}
	if (exit == EXIT_DONE)
		exit = send_moves(im, sending);
	free(sending);
	return exit;
}
