#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/cli_internal.h"
#include "cli/filters.h"

#include "support/unit.h"

enum { ARGV_MAX = 16, WORD_MAX = 64, OUTPUT_MAX = 8192 };

static const struct cli_option options[] = {
	{ "text", CLI_VALUE, "TEXT", SAY_CLI_OPTION_STEP_TEXT },
	{ "slip", CLI_MAYBE, "FILE", SAY_CLI_OPTION_SLIP },
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
run(struct cli *cli)
{
	(void)cli;
	return EXIT_DONE;
}

static const struct cli_command sign = { .name = "paper sign",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_SHOW,
	.options = options,
	.run = run };
static const struct cli_command list = { .name = "papers",
	.arguments = "",
	.help = SAY_CLI_SHOW,
	.options = options,
	.run = run };
static const struct cli_command *const commands[] = { &sign, &list, NULL };

static const struct office_trade trade = { .program = "city-hub" };
static const struct cli_program program = { .trade = &trade,
	.summary = SAY_CLI_SUMMARY_HUB,
	.commands = commands };

/* Parse words that end with NULL.  Values live until the next parse. */
static enum cli_parsed
parse(struct cli *cli, const char *const words[])
{
	static char copies[ARGV_MAX][WORD_MAX];
	char *argv[ARGV_MAX + 1] = { 0 };
	int argc = 0;

	for (; words[argc] != NULL; argc++) {
		assert_true(argc < ARGV_MAX);
		assert_int_equal(text_copy(copies[argc], WORD_MAX, words[argc]),
		    RC_OK);
		argv[argc] = copies[argc];
	}
	*cli = (struct cli){ .program = &program };
	return cli_parse(cli, argc, argv);
}

#define WORDS(...) ((const char *const[]){ "city-hub", __VA_ARGS__, NULL })

/* What is printed on `from` while a test looks. */
struct watch {
	FILE *from;
	int kept;
	FILE *file;
	char text[OUTPUT_MAX];
};

static void
watch_start(struct watch *w, FILE *from)
{
	w->from = from;
	w->file = tmpfile();
	assert_non_null(w->file);
	(void)fflush(from);
	w->kept = dup(fileno(from));
	assert_true(dup2(fileno(w->file), fileno(from)) >= 0);
}

static void
watch_stop(struct watch *w)
{
	size_t size;

	(void)fflush(w->from);
	assert_true(dup2(w->kept, fileno(w->from)) >= 0);
	(void)close(w->kept);
	rewind(w->file);
	size = fread(w->text, 1, OUTPUT_MAX - 1, w->file);
	w->text[size] = '\0';
	(void)fclose(w->file);
}

static void
assert_mistake(const char *const words[], const char *said)
{
	struct watch w;
	struct cli cli;
	enum cli_parsed parsed;

	watch_start(&w, stderr);
	parsed = parse(&cli, words);
	watch_stop(&w);
	assert_int_equal(parsed, CLI_MISTAKEN);
	assert_non_null(strstr(w.text, said));
	/* One sentence, one line. */
	assert_ptr_equal(strchr(w.text, '\n'), w.text + strlen(w.text) - 1);
}

static int
start(void **state)
{
	(void)state;
	(void)setenv("LANG", "en_US.UTF-8", 1); /* NOLINT */
	(void)unsetenv("LC_ALL");               /* NOLINT */
	(void)unsetenv("LC_MESSAGES");          /* NOLINT */
	(void)unsetenv("PETITION_HOME");        /* NOLINT */
	return 0;
}

TEST_WITH(test_a_command_of_two_words_takes_options_in_any_place, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("-C", "here", "paper", "sign",
					 "--text", "yes", "D1", "--json")),
	    CLI_PARSED);
	assert_ptr_equal(cli.command, &sign);
	assert_string_equal(cli.dir, "here");
	assert_string_equal(cli_value(&cli, "text"), "yes");
	assert_true(cli_has(&cli, "json"));
	assert_string_equal(cli.arguments[0], "D1");
	assert_int_equal(parse(&cli, WORDS("paper", "sign", "D1", "--text=a=b",
					 "-C", "there")),
	    CLI_PARSED);
	assert_string_equal(cli_value(&cli, "text"), "a=b");
	assert_string_equal(cli.dir, "there");
}

TEST_WITH(test_a_value_may_begin_with_a_dash, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("papers", "--text", "--json")),
	    CLI_PARSED);
	assert_string_equal(cli_value(&cli, "text"), "--json");
	assert_false(cli_has(&cli, "json"));
}

TEST_WITH(test_an_option_may_go_without_its_value, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("papers", "--slip", "--json")),
	    CLI_PARSED);
	assert_true(cli_has(&cli, "slip"));
	assert_null(cli_value(&cli, "slip"));
	assert_true(cli_has(&cli, "json"));
	assert_int_equal(parse(&cli, WORDS("papers", "--slip", "file")),
	    CLI_PARSED);
	assert_string_equal(cli_value(&cli, "slip"), "file");
}

TEST_WITH(test_two_dashes_end_the_options, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("paper", "sign", "--", "--json")),
	    CLI_PARSED);
	assert_string_equal(cli.arguments[0], "--json");
	assert_false(cli_has(&cli, "json"));
}

TEST_WITH(test_a_dash_alone_is_an_argument, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("paper", "sign", "-")), CLI_PARSED);
	assert_string_equal(cli.arguments[0], "-");
}

TEST_WITH(test_what_is_unknown_is_refused_with_the_way_out, start, NULL)
{
	(void)state;
	assert_mistake(WORDS("papres"), "Did you mean 'papers'");
	assert_mistake(WORDS("paper"), "Did you mean");
	assert_mistake(WORDS("zebra"), "city-hub --help");
	assert_mistake(WORDS("papers", "--txet", "a"), "Did you mean --text");
	assert_mistake(WORDS("papers", "--zebra"), "papers --help");
	assert_mistake(WORDS("papers", "-x"), "papers --help");
	assert_mistake(WORDS("--zebra"), "city-hub --help");
}

TEST_WITH(test_missing_and_spare_parts_are_refused, start, NULL)
{
	const char *const nothing[] = { "city-hub", NULL };

	(void)state;
	assert_mistake(nothing, "--help");
	assert_mistake(WORDS("paper", "sign"), "ID");
	assert_mistake(WORDS("paper", "sign", "a", "b"), "'b'");
	assert_mistake(WORDS("papers", "--text"), "--text");
	assert_mistake(WORDS("papers", "--json", "--json"), "--json");
	assert_mistake(WORDS("papers", "--json=yes"), "--json");
	assert_mistake(WORDS("papers", "-C"), "-C");
}

TEST_WITH(test_the_directory_comes_from_the_environment, start, NULL)
{
	struct cli cli;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("papers")), CLI_PARSED);
	assert_string_equal(cli.dir, CLI_DIR_DEFAULT);
	(void)setenv("PETITION_HOME", "/somewhere", 1); /* NOLINT */
	assert_int_equal(parse(&cli, WORDS("papers")), CLI_PARSED);
	assert_string_equal(cli.dir, "/somewhere");
}

static void
assert_help(const char *const words[], const char *part)
{
	struct watch w;
	struct cli cli;
	enum cli_parsed parsed;

	watch_start(&w, stdout);
	parsed = parse(&cli, words);
	watch_stop(&w);
	assert_int_equal(parsed, CLI_HELPED);
	assert_non_null(strstr(w.text, part));
}

TEST_WITH(test_help_comes_in_both_languages, start, NULL)
{
	(void)state;
	assert_help(WORDS("--help"), "paper sign");
	assert_help(WORDS("paper", "sign", "--help"), "--slip [FILE]");
	assert_help(WORDS("--language", "zh", "papers", "--help"), "用法");
	assert_help(WORDS("--version"), PETITION_VERSION);
}

TEST_WITH(test_a_bare_date_can_mean_its_end, start, NULL)
{
	struct cli cli;
	int64_t begin_ms = 0, end_ms = 0;

	(void)state;
	assert_int_equal(parse(&cli, WORDS("papers", "--text", "2026-03-01")),
	    CLI_PARSED);
	assert_true(cli_date(&cli, "text", false, &begin_ms));
	assert_true(cli_date(&cli, "text", true, &end_ms));
	assert_int_equal(end_ms - begin_ms, 24 * 60 * 60 * 1000 - 1);
}
