/*
 * parse - from argv to a command with its options, or to a sentence.
 *
 * Options may stand anywhere; those that every command takes are looked for
 * first.  Nothing is guessed: what is unknown is refused, with the nearest
 * word that would have been known.
 */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"

enum {
	NEAR_MAX = 2, /* edits between what was typed and what is meant */
	WORD_MAX = 40,
	HELP_COLUMN = 26, /* where explanations begin */
};

/* -- what was meant? -- */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein distance of two short words; WORD_MAX when one is long. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1], a_size = strlen(a), b_size = strlen(b);

	if (a_size > WORD_MAX || b_size > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= b_size; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_size; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_size; j++) {
			size_t above = row[j];

			row[j] = least(least(row[j - 1], above) + 1,
			    corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[b_size];
}

static void
nearer(const char *typed, const char *name, const char **best, size_t *edits)
{
	size_t found = distance(typed, name);

	if (found < *edits) {
		*edits = found;
		*best = name;
	}
}

/* -- help -- */

static void
print_padded(const char *text)
{
	size_t columns = text_columns(span_of_text(text));

	(void)printf("  %s", text);
	do {
		(void)putchar(' ');
	} while (++columns < HELP_COLUMN);
}

static void
print_option(const struct cli *cli, const struct cli_option *option)
{
	const char *meta = option->meta != NULL ? option->meta : "";
	char text[WORD_MAX * 3];
	enum rc rc;

	if (option->form == CLI_MAYBE) {
		rc = text_format(text, sizeof(text), "--%s [%s]", option->name,
		    meta);
	} else {
		rc = text_format(text, sizeof(text), "--%s%s%s", option->name,
		    meta[0] != '\0' ? " " : "", meta);
	}
	CHECK(rc == RC_OK);
	print_padded(text);
	(void)printf("%s\n", say(cli->language, option->help));
}

static void
print_command_help(const struct cli *cli)
{
	const struct cli_command *command = cli->command;

	(void)printf("%s %s [-C DIR] %s%s%s%s\n\n",
	    say(cli->language, SAY_CLI_USAGE), cli->program->trade->program,
	    command->name, command->options->name != NULL ? " [--...]" : "",
	    command->arguments[0] != '\0' ? " " : "", command->arguments);
	(void)printf("%s\n\n", say(cli->language, command->help));
	for (const struct cli_option *o = command->options; o->name != NULL;
	     o++)
		print_option(cli, o);
}

static void
print_help(const struct cli *cli)
{
	const char *program = cli->program->trade->program;

	(void)printf("%s\n\n%s %s [-C DIR] COMMAND [--...]\n\n",
	    say(cli->language, cli->program->summary),
	    say(cli->language, SAY_CLI_USAGE), program);
	for (const struct cli_command *const *c = cli->program->commands;
	     *c != NULL; c++) {
		print_padded((*c)->name);
		(void)printf("%s\n", say(cli->language, (*c)->help));
	}
	(void)putchar('\n');
	cli_say(cli, stdout, SAY_CLI_HELP_TAIL,
	    SAY_ARGS(program, CLI_DIR_DEFAULT));
}

/* -- finding the command -- */

/* Words of argv that name the command: 1, 2, or 0 when none fits. */
static int
match_command(const struct cli_command *command, int argc, char **argv, int at)
{
	const char *blank = strchr(command->name, ' ');
	size_t first;

	if (blank == NULL)
		return strcmp(command->name, argv[at]) == 0 ? 1 : 0;
	first = (size_t)(blank - command->name);
	if (at + 1 >= argc || strlen(argv[at]) != first ||
	    strncmp(command->name, argv[at], first) != 0)
		return 0;
	return strcmp(blank + 1, argv[at + 1]) == 0 ? 2 : 0;
}

static const char *
suggest_command(const struct cli *cli, const char *typed)
{
	const char *best = NULL;
	size_t edits = NEAR_MAX + 1;

	for (const struct cli_command *const *c = cli->program->commands;
	     *c != NULL; c++) {
		nearer(typed, (*c)->name, &best, &edits);
		/* "directive" alone, or with a word that we do not know */
		if (edits > 0 && strchr((*c)->name, ' ') != NULL &&
		    strncmp((*c)->name, typed, strlen(typed)) == 0 &&
		    best == NULL)
			best = (*c)->name;
	}
	return best;
}

static enum cli_parsed
refuse_command(const struct cli *cli, const char *typed)
{
	const char *best = suggest_command(cli, typed);
	const char *program = cli->program->trade->program;

	if (best != NULL) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_COMMAND_NEAR,
		    SAY_ARGS(typed, best, program));
	} else {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_COMMAND_UNKNOWN,
		    SAY_ARGS(typed, program));
	}
	return CLI_MISTAKEN;
}

/* Sets cli->command; `at` moves behind its words. */
static bool
find_command(struct cli *cli, int argc, char **argv, int *at)
{
	for (const struct cli_command *const *c = cli->program->commands;
	     *c != NULL; c++) {
		int words = match_command(*c, argc, argv, *at);

		if (words > 0) {
			cli->command = *c;
			*at += words;
			return true;
		}
	}
	return false;
}

/* -- options -- */

static size_t
find_option(const struct cli_command *command, const char *name, size_t size)
{
	size_t i = 0;

	for (; command->options[i].name != NULL; i++) {
		if (strlen(command->options[i].name) == size &&
		    strncmp(command->options[i].name, name, size) == 0)
			break;
	}
	return i;
}

static enum cli_parsed
refuse_option(const struct cli *cli, const char *typed)
{
	const char *best = NULL, *program = cli->program->trade->program;
	const struct cli_option *o = cli->command->options;
	size_t edits = NEAR_MAX + 1;

	for (; o->name != NULL; o++)
		nearer(typed + strspn(typed, "-"), o->name, &best, &edits);
	if (best != NULL) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEAR,
		    SAY_ARGS(typed, best, program, cli->command->name));
	} else {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_UNKNOWN,
		    SAY_ARGS(typed, program, cli->command->name));
	}
	return CLI_MISTAKEN;
}

static enum cli_parsed
mistake(const struct cli *cli, enum say id, const char *what)
{
	(void)cli_refuse(cli, EXIT_USAGE, id, SAY_ARGS(what));
	return CLI_MISTAKEN;
}

/* "--name", "--name=value" or "--name" "value" at argv[*at]. */
static enum cli_parsed
take_option(struct cli *cli, int argc, char **argv, int *at)
{
	const char *typed = argv[*at], *equals = strchr(typed, '=');
	size_t size =
	    equals != NULL ? (size_t)(equals - typed) - 2 : strlen(typed) - 2;
	size_t i = find_option(cli->command, typed + 2, size);
	const struct cli_option *option = &cli->command->options[i];
	const char *next = *at + 1 < argc ? argv[*at + 1] : NULL;
	const char **value;

	if (option->name == NULL)
		return refuse_option(cli, typed);
	CHECK(i < CLI_OPTIONS_MAX);
	if (cli->given[i] &&
	    (option->form != CLI_LIST || cli->more_count == CLI_MORE_MAX))
		return mistake(cli, SAY_CLI_OPTION_TWICE, typed);
	if (option->form == CLI_FLAG && equals != NULL)
		return mistake(cli, SAY_CLI_OPTION_NO_VALUE, typed);
	value = cli->given[i] ? &cli->more[cli->more_count++] : &cli->values[i];
	cli->given[i] = true;
	if (equals != NULL) {
		*value = equals + 1;
	} else if (option->form == CLI_VALUE || option->form == CLI_LIST) {
		if (next == NULL)
			return mistake(cli, SAY_CLI_OPTION_VALUE, typed);
		*value = next;
		++*at;
	} else if (option->form == CLI_MAYBE && next != NULL &&
		   next[0] != '-') {
		*value = next;
		++*at;
	}
	return CLI_PARSED;
}

static enum cli_parsed
take_argument(struct cli *cli, const char *argument)
{
	if (cli->arguments_count == cli->command->most)
		return mistake(cli, SAY_CLI_ARGUMENT_SPARE, argument);
	CHECK(cli->arguments_count < CLI_ARGUMENTS_MAX);
	cli->arguments[cli->arguments_count++] = argument;
	return CLI_PARSED;
}

/*
 * What every command takes, in any place: -C DIR, --language CODE,
 * --accept-clock, --help.
 * CLI_MISTAKEN with `is_global` false: it is something else.
 */
static enum cli_parsed
take_global(struct cli *cli, int argc, char **argv, int *at, bool *is_global)
{
	const char *typed = argv[*at];
	bool is_dir = strcmp(typed, "-C") == 0;

	*is_global = true;
	if (strcmp(typed, "--help") == 0 || strcmp(typed, "-h") == 0)
		return CLI_HELPED;
	if (is_dir || strcmp(typed, "--language") == 0) {
		if (*at + 1 >= argc)
			return mistake(cli, SAY_CLI_OPTION_VALUE, typed);
		++*at;
		if (is_dir) {
			cli->dir = argv[*at];
		} else {
			cli->language = language_of_code(argv[*at]);
		}
		return CLI_PARSED;
	}
	*is_global = strcmp(typed, "--accept-clock") == 0;
	if (*is_global)
		cli->accepts_clock = true;
	return CLI_PARSED;
}

static enum cli_parsed
take_rest(struct cli *cli, int argc, char **argv, int at)
{
	bool only_arguments = false;

	for (; at < argc; at++) {
		enum cli_parsed parsed;
		bool is_global = false;

		if (!only_arguments) {
			parsed = take_global(cli, argc, argv, &at, &is_global);
			if (parsed != CLI_PARSED)
				return parsed;
		}
		if (is_global)
			continue;
		if (!only_arguments && strcmp(argv[at], "--") == 0) {
			only_arguments = true;
			continue;
		}
		if (only_arguments || argv[at][0] != '-' ||
		    argv[at][1] == '\0') {
			parsed = take_argument(cli, argv[at]);
		} else if (argv[at][1] != '-') {
			parsed = refuse_option(cli, argv[at]);
		} else {
			parsed = take_option(cli, argc, argv, &at);
		}
		if (parsed != CLI_PARSED)
			return parsed;
	}
	if (cli->arguments_count < cli->command->least) {
		return mistake(cli, SAY_CLI_ARGUMENT_MISSING,
		    cli->command->arguments);
	}
	return CLI_PARSED;
}

/* The options in front of the command. */
static enum cli_parsed
take_front(struct cli *cli, int argc, char **argv, int *at)
{
	for (; *at < argc && argv[*at][0] == '-'; ++*at) {
		bool is_global;
		enum cli_parsed parsed =
		    take_global(cli, argc, argv, at, &is_global);

		if (parsed != CLI_PARSED)
			return parsed;
		if (is_global)
			continue;
		if (strcmp(argv[*at], "--version") == 0) {
			(void)printf("%s %s\n", cli->program->trade->program,
			    PETITION_VERSION);
			return CLI_HELPED;
		}
		return refuse_command(cli, argv[*at]);
	}
	return CLI_PARSED;
}

/* A language that is asked for behind --help counts for the help, too. */
static void
look_for_language(struct cli *cli, int argc, char **argv, int at)
{
	for (; at + 1 < argc; at++) {
		if (strcmp(argv[at], "--language") == 0)
			cli->language = language_of_code(argv[at + 1]);
	}
}

/* All commands; "help COMMAND": that one. */
static enum cli_parsed
help(struct cli *cli, int argc, char **argv, int at)
{
	look_for_language(cli, argc, argv, at);
	if (at < argc && strcmp(argv[at], "help") == 0)
		at++;
	if (at >= argc || argv[at][0] == '-') {
		print_help(cli);
	} else if (find_command(cli, argc, argv, &at)) {
		print_command_help(cli);
	} else {
		return refuse_command(cli, argv[at]);
	}
	return CLI_HELPED;
}

enum cli_parsed
cli_parse(struct cli *cli, int argc, char **argv)
{
	const char *home = getenv("PETITION_HOME"); /* NOLINT: one thread */
	int at = 1;
	enum cli_parsed parsed;

	cli->language = language_of_environment();
	cli->dir = home != NULL && home[0] != '\0' ? home : CLI_DIR_DEFAULT;
	parsed = take_front(cli, argc, argv, &at);
	if (parsed == CLI_HELPED && at < argc &&
	    strcmp(argv[at], "--version") == 0)
		return parsed;
	if (parsed == CLI_PARSED && at == argc) {
		(void)cli_refuse(cli, EXIT_USAGE, SAY_CLI_COMMAND_MISSING,
		    SAY_ARGS(cli->program->trade->program));
		return CLI_MISTAKEN;
	}
	if (parsed == CLI_PARSED && strcmp(argv[at], "help") == 0)
		parsed = CLI_HELPED;
	if (parsed == CLI_HELPED)
		return help(cli, argc, argv, at);
	if (parsed != CLI_PARSED)
		return parsed;
	if (!find_command(cli, argc, argv, &at))
		return refuse_command(cli, argv[at]);
	parsed = take_rest(cli, argc, argv, at);
	if (parsed == CLI_HELPED) {
		look_for_language(cli, argc, argv, at);
		print_command_help(cli);
	}
	return parsed;
}
