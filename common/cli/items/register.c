/*
 * register - one arrival from flags, or some from a JSON file.
 *
 * What is typed after --person-... stands in the list of processes while the
 * command runs; a file, or - for standard input, does not.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "petition/intake.h"
#include "petition/intake_json.h"
#include "petition/slip.h"
#include "service/control.h"

enum {
	SLIP_MODE = 0600,
	STEP_BYTES = 64 * 1024,
	COMMAND_SPANS_MAX = 600 * 1024, /* bytes of texts in one command */
};

static const struct cli_option options[] = {
	{ "channel", CLI_VALUE, "CODE", SAY_CLI_OPTION_CHANNEL },
	{ "purpose", CLI_VALUE, "CODE", SAY_CLI_OPTION_PURPOSE },
	{ "legal-class", CLI_VALUE, "CODE", SAY_CLI_OPTION_LEGAL_CLASS },
	{ "category", CLI_VALUE, "CODE", SAY_CLI_OPTION_CATEGORY },
	{ "level", CLI_VALUE, "CODE", SAY_CLI_OPTION_LEVEL },
	{ "heads", CLI_VALUE, "N", SAY_CLI_OPTION_HEADS },
	{ "responsible", CLI_VALUE, "CODE", SAY_CLI_OPTION_RESPONSIBLE },
	{ "subject", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_TITLE },
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_WORDS },
	{ "place", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_PLACE },
	{ "source", CLI_VALUE, "NAME", SAY_CLI_OPTION_REG_SOURCE },
	{ "source-ref", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_SOURCE_REF },
	{ "claimed-at", CLI_VALUE, "TIME", SAY_CLI_OPTION_REG_CLAIMED_AT },
	{ "earlier-item", CLI_VALUE, "NUMBER",
	    SAY_CLI_OPTION_REG_EARLIER_ITEM },
	{ "accused", CLI_VALUE, "CODE,...", SAY_CLI_OPTION_ACCUSED },
	{ "procedure", CLI_VALUE, "CODE", SAY_CLI_OPTION_PROCEDURE },
	{ "person-name", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_PERSON_NAME },
	{ "person-document", CLI_VALUE, "TEXT",
	    SAY_CLI_OPTION_REG_PERSON_DOCUMENT },
	{ "person-phone", CLI_VALUE, "TEXT", SAY_CLI_OPTION_REG_PERSON_PHONE },
	{ "person-address", CLI_VALUE, "TEXT",
	    SAY_CLI_OPTION_REG_PERSON_ADDRESS },
	{ "file", CLI_VALUE, "FILE", SAY_CLI_OPTION_FILE },
	{ "no-query-code", CLI_FLAG, NULL, SAY_CLI_OPTION_NO_CODE },
	{ "slip", CLI_MAYBE, "FILE", SAY_CLI_OPTION_SLIP },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	CLI_ACTOR_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};
enum { FIELD_OPTIONS = 20 };

/* -- what is to be registered -- */

struct input {
	struct intake one;       /* from flags */
	struct intake_list list; /* from a file */
	const struct intake *items;
	size_t count;
	bool is_single; /* answered by one object, not by a list */
};

static bool
refuse_problem(const struct cli *cli, const struct intake_problem *problem)
{
	char sentence[SAY_TEXT_MAX];

	intake_problem_say(sentence, sizeof(sentence), cli->language, problem);
	(void)cli_complain(EXIT_REFUSED, span_of_text(sentence));
	return false;
}

/* "legal-class" -> "legal_class" */
static void
field_name(const char *option, char name[static SOURCE_BYTES_MAX])
{
	CHECK(text_copy(name, SOURCE_BYTES_MAX, option) == RC_OK);
	for (char *c = name; *c != '\0'; c++) {
		if (*c == '-')
			*c = '_';
	}
}

static bool
read_flags(const struct cli *cli, struct input *in)
{
	struct intake_problem problem;
	char name[SOURCE_BYTES_MAX];

	for (size_t i = 0; i < FIELD_OPTIONS; i++) {
		if (!cli->given[i])
			continue;
		field_name(options[i].name, name);
		if (intake_set(&in->one, name, span_of_text(cli->values[i]),
			&problem) != RC_OK)
			return refuse_problem(cli, &problem);
	}
	in->items = &in->one;
	in->count = 1;
	in->is_single = true;
	return true;
}

static bool
any_field(const struct cli *cli)
{
	for (size_t i = 0; i < FIELD_OPTIONS; i++) {
		if (cli->given[i])
			return true;
	}
	return false;
}

static enum rc
read_stdin(struct buffer *out)
{
	for (;;) {
		size_t used = out->size;
		uint8_t *room = buffer_extend(out, STEP_BYTES);
		ssize_t got;

		if (room == NULL)
			return RC_TOO_BIG;
		got = read(STDIN_FILENO, room, STEP_BYTES);
		out->size = used + (got > 0 ? (size_t)got : 0);
		if (got <= 0)
			return got == 0 ? RC_OK : RC_DENIED;
	}
}

static bool
read_bytes(const struct cli *cli, const char *path, struct buffer *out)
{
	enum rc rc =
	    strcmp(path, "-") == 0 ? read_stdin(out) : file_read(path, out);

	if (rc == RC_OK)
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED,
	    rc == RC_TOO_BIG ? SAY_CLI_FILE_TOO_BIG : SAY_CLI_FILE_UNREADABLE,
	    SAY_ARGS(path));
	return false;
}

static bool
read_file(const struct cli *cli, const char *path, struct input *in)
{
	struct buffer bytes = { .limit = INTAKE_JSON_BYTES_MAX };
	struct intake_problem problem;
	bool is_read = read_bytes(cli, path, &bytes);

	if (is_read &&
	    intake_json_read(buffer_span(&bytes), &in->list, &problem) != RC_OK)
		is_read = refuse_problem(cli, &problem);
	if (is_read && in->list.count == 0) {
		(void)cli_refuse(cli, EXIT_REFUSED, SAY_INTAKE_JSON_SHAPE,
		    NULL);
		is_read = false;
	}
	buffer_clear(&bytes);
	in->items = in->list.items;
	in->count = in->list.count;
	in->is_single = in->count == 1;
	return is_read;
}

static bool
read_input(const struct cli *cli, struct input *in)
{
	const char *path = cli_value(cli, "file");

	if (path == NULL)
		return read_flags(cli, in);
	return read_file(cli, path, in);
}

/* -- the slip -- */

enum {
	SLIP_DUE_MAX = 8,
	SLIP_DATE_MAX = 10, /* 2026-03-01 */
};

struct slips {
	bool is_wanted;
	const char *path; /* NULL: standard output */
	char office[OFFICE_NAME_MAX + 1];
	struct buffer text;
};

/* What an office owes, by when. */
static size_t
read_due(const json_t *outcome, struct slip_due *out,
    char (*dates)[SLIP_DATE_MAX + 1])
{
	const json_t *list = json_object_get(outcome, "due"), *one;
	size_t count = 0;

	for (size_t i = 0;
	     (one = json_array_get(list, i)) != NULL && count < SLIP_DUE_MAX;
	     i++) {
		const char *due = doc_member(one, "due");

		if (doc_member(one, "holder")[0] == '\0' ||
		    text_copy_span(dates[count], SLIP_DATE_MAX + 1,
			span_of(due, SLIP_DATE_MAX)) != RC_OK)
			continue;
		out[count] = (struct slip_due){
			.what = doc_member(one, "title_zh"),
			.date = dates[count],
			.article = doc_member(one, "article"),
		};
		count++;
	}
	return count;
}

/* The words as they were recorded: tidied, numbers masked. */
static void
add_slip(const struct cli *cli, struct slips *slips, const struct intake *typed,
    const json_t *outcome)
{
	struct intake intake = *typed;
	struct buffer memory = { 0 };
	uint32_t masked = 0;
	uint8_t leaf[HASH_BYTES];
	struct slip slip = { .language = LANGUAGE_ZH,
		.is_bilingual = cli->language == LANGUAGE_EN,
		.office = slips->office,
		.item = doc_member(outcome, "item"),
		.query_code = doc_member(outcome, "query_code"),
		.fingerprint = leaf };

	struct slip_due due[SLIP_DUE_MAX];
	char dates[SLIP_DUE_MAX][SLIP_DATE_MAX + 1];

	slip.due = due;
	slip.due_count = read_due(outcome, due, dates);
	intake_tidy(&intake, &memory, &masked);
	slip.channel = intake.channel;
	slip.heads = intake.heads;
	slip.subject = intake.subject;
	slip.responsible = intake.responsible;
	slip.claimed_ms = intake.claimed_ms;
	CHECK(text_unhex(doc_member(outcome, "leaf"), leaf, sizeof(leaf)) ==
	      RC_OK);
	if (clock_parse(doc_member(outcome, "recorded_at"),
		&slip.recorded_ms) != RC_OK)
		slip.recorded_ms = 0;
	CHECK(slip_print(&slip, &slips->text) == RC_OK);
	buffer_clear(&memory);
}

static int
give_slips(const struct cli *cli, struct slips *slips)
{
	enum rc rc = RC_OK;

	if (!slips->is_wanted || slips->text.size == 0)
		return EXIT_DONE;
	if (slips->path == NULL) {
		(void)fwrite(slips->text.at, 1, slips->text.size, stdout);
	} else {
		rc = file_write(slips->path, buffer_span(&slips->text),
		    SLIP_MODE, true);
	}
	if (rc == RC_OK)
		return EXIT_DONE;
	/* Recorded all the same: the number has been printed. */
	return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
	    SAY_ARGS(slips->path));
}

/*
 * What would only fail after the petition was recorded, when a clerk who sees
 * it refused might register it a second time.
 */
static bool
may_write(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[FILE_PATH_MAX] = ".";
	struct stat found;

	if (slash != NULL &&
	    text_copy_span(folder, sizeof(folder),
		span_of(path, slash == path ? 1 : (size_t)(slash - path))) !=
		RC_OK)
		return false;
	if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return false;
	return access(folder, W_OK | X_OK) == 0;
}

static int
prepare_slips(const struct cli *cli, struct slips *slips)
{
	struct office_settings settings;
	struct office_fault fault;

	slips->is_wanted = cli_has(cli, "slip");
	slips->path = cli_value(cli, "slip");
	if (!slips->is_wanted)
		return EXIT_DONE;
	if (slips->path == NULL && cli_has(cli, "json")) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_SLIP_NEEDS_FILE,
		    NULL);
	}
	if (slips->path != NULL && !may_write(slips->path)) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_FILE_UNWRITABLE,
		    SAY_ARGS(slips->path));
	}
	if (office_settings_load(cli->dir, cli->language, &settings, &fault) !=
	    RC_OK)
		return cli_fault(&fault);
	memcpy(slips->office, settings.name, sizeof(slips->office));
	return EXIT_DONE;
}

/* -- outcomes -- */

static void
advise(const struct cli *cli, const struct intake *intake)
{
	struct intake_problem advice[INTAKE_ADVICE_MAX];
	size_t count = intake_advise(intake, advice);

	for (size_t i = 0; i < count; i++)
		(void)refuse_problem(cli, &advice[i]);
}

static void
print_refused(const struct cli *cli, const struct input *in, size_t index,
    const json_t *outcome)
{
	char number[DOC_DIGITS_MAX + 1];

	CHECK(text_format(number, sizeof(number), "%zu", index + 1) == RC_OK);
	if (in->is_single) {
		(void)cli_complain(EXIT_REFUSED,
		    span_of_text(doc_member(outcome, "sentence")));
	} else {
		cli_say(cli, stderr, SAY_INTAKE_OF_SEVERAL,
		    SAY_ARGS(number, doc_member(outcome, "sentence")));
	}
}

/* One outcome for the person; true when it was not refused. */
static bool
print_outcome(const struct cli *cli, const struct input *in, size_t index,
    const json_t *outcome)
{
	const char *what = doc_member(outcome, "outcome");
	const char *code = doc_member(outcome, "query_code");
	bool is_quiet = cli_has(cli, "json");

	if (strcmp(what, "refused") == 0) {
		print_refused(cli, in, index, outcome);
		return false;
	}
	if (strcmp(what, "recorded") == 0)
		advise(cli, &in->items[index]);
	if (is_quiet)
		return true;
	if (strcmp(what, "already") == 0) {
		cli_say(cli, stdout, SAY_CLI_ALREADY,
		    SAY_ARGS(doc_member(outcome, "item")));
	} else if (code[0] != '\0') {
		cli_say(cli, stdout, SAY_CLI_RECORDED_CODE,
		    SAY_ARGS(doc_member(outcome, "item"), code));
	} else {
		cli_say(cli, stdout, SAY_CLI_RECORDED,
		    SAY_ARGS(doc_member(outcome, "item")));
	}
	return true;
}

/* What must now go by hand; said also where the rest is JSON. */
static void
print_held_back(const struct cli *cli, const json_t *outcome)
{
	if (!json_is_true(json_object_get(outcome, "held_back")))
		return;
	(void)fprintf(cli_has(cli, "json") ? stderr : stdout, "%s\n",
	    doc_member(outcome, "sentence"));
}

static int
take_outcomes(const struct cli *cli, const struct input *in, size_t first,
    json_t *outcomes, struct slips *slips)
{
	json_t *outcome;
	int exit = EXIT_DONE;

	for (size_t i = 0; (outcome = json_array_get(outcomes, i)) != NULL;
	     i++) {
		if (!print_outcome(cli, in, first + i, outcome)) {
			exit = EXIT_REFUSED;
			continue;
		}
		print_held_back(cli, outcome);
		if (slips->is_wanted &&
		    strcmp(doc_member(outcome, "outcome"), "recorded") == 0) {
			add_slip(cli, slips, &in->items[first + i], outcome);
		}
	}
	return exit;
}

/* -- the command -- */

static size_t
span_bytes(const struct intake *i)
{
	return i->subject.size + i->text.size + i->place.size + i->source.size +
	       i->source_ref.size + i->person_name.size +
	       i->person_document.size + i->person_phone.size +
	       i->person_address.size;
}

/* How many of the items from `first` on fit into one command. */
static size_t
fitting(const struct input *in, size_t first)
{
	size_t count = 0, bytes = 0;

	while (first + count < in->count && count < COMMAND_ITEMS_MAX) {
		bytes += span_bytes(&in->items[first + count]);
		if (count > 0 && bytes > COMMAND_SPANS_MAX)
			break;
		count++;
	}
	return count;
}

static int
register_some(struct cli *cli, const struct input *in, size_t first,
    size_t count, json_t *all, struct slips *slips)
{
	struct command ask;
	json_t *result, *outcomes;
	int exit;

	cli_command_init(cli, COMMAND_REGISTER, &ask);
	ask.registering.items = in->items + first;
	ask.registering.items_count = (uint32_t)count;
	ask.registering.want_query_codes = !cli_has(cli, "no-query-code");
	exit = cli_ask(cli, &ask, &result);
	if (exit != EXIT_DONE)
		return exit;
	outcomes = json_object_get(result, "items");
	exit = take_outcomes(cli, in, first, outcomes, slips);
	(void)json_array_extend(all, outcomes);
	json_decref(result);
	return exit;
}

static int
register_all(struct cli *cli, const struct input *in, json_t *all,
    struct slips *slips)
{
	int worst = EXIT_DONE;

	for (size_t first = 0; first < in->count;) {
		size_t count = fitting(in, first);
		int exit = register_some(cli, in, first, count, all, slips);

		if (exit > worst)
			worst = exit;
		if (exit > EXIT_REFUSED)
			break;
		first += count;
	}
	return worst;
}

static int
run_register(struct cli *cli)
{
	struct input in = { 0 };
	struct slips slips = { 0 };
	json_t *all = json_array();
	int exit = prepare_slips(cli, &slips), given;

	if (cli_has(cli, "file") && any_field(cli)) {
		exit = cli_refuse(cli, EXIT_USAGE, SAY_CLI_FILE_OR_FLAGS, NULL);
	}
	if (exit == EXIT_DONE && !read_input(cli, &in))
		exit = EXIT_REFUSED;
	if (exit == EXIT_DONE)
		exit = register_all(cli, &in, all, &slips);
	if (cli_has(cli, "json") && json_array_size(all) > 0)
		cli_print_json(in.is_single ? json_array_get(all, 0) : all);
	given = give_slips(cli, &slips);
	if (exit == EXIT_DONE)
		exit = given;
	intake_list_clear(&in.list);
	buffer_clear(&slips.text);
	json_decref(all);
	return exit;
}

const struct cli_command cli_register = {
	.name = "register",
	.arguments = "",
	.help = SAY_CLI_REGISTER,
	.options = options,
	.run = run_register,
};
