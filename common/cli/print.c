/*
 * print - what people are shown: sentences on either stream, documents,
 * tables, times and numbers.
 *
 * Everything that a person sees passes here, so that what was typed and is no
 * text never reaches a terminal as it came.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "words/table.h"

/* -- saying -- */

const char *
cli_word(const struct cli *cli, enum say id)
{
	return say(cli->language, id);
}

/* What was typed may be no text, and is repeated in a sentence. */
static void
replace_what_is_no_text(char *text)
{
	enum { CHARACTER_BYTES_MAX = 4 };
	size_t size = strlen(text);

	for (size_t at = 0; at < size;) {
		size_t bytes = 1;

		while (bytes <= CHARACTER_BYTES_MAX && at + bytes <= size &&
		       !text_is_utf8(span_of(text + at, bytes)))
			bytes++;
		if (bytes > CHARACTER_BYTES_MAX || at + bytes > size) {
			text[at] = '?';
			bytes = 1;
		}
		at += bytes;
	}
}

void
cli_say(const struct cli *cli, FILE *to, enum say id, const char *const args[])
{
	char text[SAY_TEXT_MAX];

	say_to(text, sizeof(text), cli->language, id, args);
	replace_what_is_no_text(text);
	(void)fprintf(to, "%s\n", text);
}

int
cli_refuse(const struct cli *cli, enum exit_status exit, enum say id,
    const char *const args[])
{
	cli_say(cli, stderr, id, args);
	return (int)exit;
}

int
cli_complain(enum exit_status exit, struct span sentence)
{
	(void)fprintf(stderr, "%.*s\n", (int)sentence.size,
	    (const char *)sentence.at);
	return (int)exit;
}

int
cli_fault(const struct office_fault *fault)
{
	return cli_complain(fault->exit, span_of_text(fault->sentence));
}

/* -- documents and tables -- */

void
cli_print_json(const json_t *document)
{
	if (json_dumpf(document, stdout, JSON_COMPACT) != 0)
		fatal("cannot write the result");
	(void)putchar('\n');
}

void
cli_print_table(struct table *t)
{
	struct buffer out = { 0 };
	enum rc rc =
	    table_print(t, table_terminal_columns(STDOUT_FILENO), &out);

	CHECK(rc == RC_OK);
	(void)fwrite(out.at, 1, out.size, stdout);
	buffer_clear(&out);
	table_free(t);
}
