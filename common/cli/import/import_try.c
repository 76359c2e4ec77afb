/*
 * A dry run: every rule for the arrivals, and for the moves whether there is
 * such a move, dated after the arrival and possible where it comes.  What
 * a move must bring with it is the desk's to judge.
 */
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/import/import_internal.h"
#include "desk/accused.h"
#include "import/import_map.h"
#include "law/moves/lifecycle.h"
#include "petition/intake.h"

/* False: refused. */
static bool
try_row(struct import *im, size_t index)
{
	struct intake intake = im->batch->items[index];
	struct buffer memory = { 0 };
	struct intake_problem problem;
	char sentence[SAY_TEXT_MAX];
	uint32_t masked = 0;
	uint64_t refused = im->refused;

	intake_tidy(&intake, &memory, &masked);
	if (accused_has(&intake, im->settings.office)) {
		accused_say_us(&im->settings, im->cli->language, sentence);
		import_report_refused(im, im->batch->lines[index], false,
		    sentence);
		buffer_clear(&memory);
		return false;
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
		import_report_refused(im, im->batch->lines[index], false,
		    sentence);
	} else if (sources_has_arrival(&im->sources,
		       &(struct sources_key){ intake.source,
			   intake.source_ref })) {
		im->already++;
	} else {
		im->recorded++;
	}
	buffer_clear(&memory);
	return im->refused == refused;
}

/* -- the moves of a row -- */

static bool
is_made(struct import *im, const struct command_move *typed,
    enum life_move move)
{
	const struct sources_key key = { typed->source, typed->source_ref };

	return move != MOVE_COUNT &&
	       sources_has_move(&im->sources, &key, life_move_code(move),
		   typed->claimed_ms);
}

static struct life_event
event_of(const struct import *im, const struct command_move *typed,
    enum life_move move, size_t number)
{
	struct life_event e = { .move = move,
		.claimed_ms = typed->claimed_ms,
		.recorded_ms = (int64_t)number,
		.sequence = number,
		.due_ms = typed->moved.due_ms,
		.days = typed->moved.days,
		.rating = typed->moved.rating[0] != '\0'
			      ? typed->moved.rating[0] - '0'
			      : -1 };

	memcpy(e.office, im->settings.office, sizeof(e.office));
	memcpy(e.to, typed->moved.to, sizeof(e.to));
	memcpy(e.other, typed->moved.other, sizeof(e.other));
	return e;
}

/* Why the move cannot be made; SAY_COUNT: it can. */
static enum say
judge_move(const struct import *im, const struct command_move *typed,
    int64_t arrived_ms, struct life_event *events, size_t count)
{
	enum life_move move = life_move_of_word(typed->word);
	struct life life;

	if (move == MOVE_COUNT || move == MOVE_REGISTER)
		return SAY_CLI_IMPORT_NO_MOVE;
	if (typed->claimed_ms > clock_wall_ms())
		return SAY_ACT_FUTURE;
	if (typed->claimed_ms < arrived_ms)
		return SAY_CLI_IMPORT_BEFORE;
	events[count] = event_of(im, typed, move, count);
	life_fold(&life, events, count + 1);
	return events[count].is_applied ? SAY_COUNT : SAY_CLI_IMPORT_NOT_NOW;
}

static void
try_moves(struct import *im, size_t index, size_t first, size_t count)
{
	struct life_event events[IMPORT_MOVES_MAX + 1];
	struct command_move arrival = {
		.claimed_ms = im->batch->items[index].claimed_ms
	};
	size_t made = 1;

	events[0] = event_of(im, &arrival, MOVE_REGISTER, 0);
	for (size_t i = first; i < first + count; i++) {
		const struct command_move *typed = &im->batch->moves[i];
		enum life_move move = life_move_of_word(typed->word);
		char sentence[SAY_TEXT_MAX];
		enum say why;

		if (is_made(im, typed, move)) {
			im->moves.already++;
			continue;
		}
		why = judge_move(im, typed, arrival.claimed_ms, events, made);
		if (why == SAY_COUNT) {
			im->moves.recorded++;
			made++;
			continue;
		}
		say_to(sentence, sizeof(sentence), im->cli->language, why,
		    SAY_ARGS(typed->word));
		import_refuse_move(im, i, sentence);
	}
}

int
import_try_batch(struct import *im)
{
	const struct import_batch *batch = im->batch;
	size_t first = 0, end = 0;

	for (size_t i = 0; i < batch->count; i++) {
		bool is_good = try_row(im, i);

		for (first = end;
		     end < batch->moves_count && batch->rows[end] == i;)
			end++;
		if (is_good)
			try_moves(im, i, first, end - first);
	}
	return EXIT_DONE;
}

int
import_try_open(struct import *im)
{
	int exit = cli_reading_open(im->cli, &im->look);

	if (exit == EXIT_DONE)
		sources_open(&im->look, &im->sources);
	return exit;
}
