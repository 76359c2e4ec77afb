/*
 * given - the options of the command that was found, by their names.
 *
 * A name that the command has no option for is our bug, not the person's: the
 * parser has refused what was typed wrong.
 */
#include <string.h>

#include "base/check.h"
#include "cli/cli_internal.h"

static size_t
place_of(const struct cli *cli, const char *option)
{
	size_t i = 0;

	while (cli->command->options[i].name != NULL &&
	       strcmp(cli->command->options[i].name, option) != 0)
		i++;
	CHECK(cli->command->options[i].name != NULL);
	return i;
}

bool
cli_takes(const struct cli *cli, const char *option)
{
	const struct cli_option *o = cli->command->options;

	while (o->name != NULL && strcmp(o->name, option) != 0)
		o++;
	return o->name != NULL;
}

bool
cli_has(const struct cli *cli, const char *option)
{
	return cli->given[place_of(cli, option)];
}

const char *
cli_value(const struct cli *cli, const char *option)
{
	return cli->values[place_of(cli, option)];
}

const char *
cli_text(const struct cli *cli, const char *option, const char *otherwise)
{
	const char *value = cli_value(cli, option);

	return value != NULL ? value : otherwise;
}
