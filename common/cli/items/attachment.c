/*
 * Files that go with an answer: sending them, and writing them down again.
 */
#include "petition/attachment.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "cli/supervision/directive.h"
#include "register/ask/files.h"
#include "register/views.h"

enum {
	FILE_BYTES_MAX = ATTACHMENT_PARTS_MAX * ATTACHMENT_PART_BYTES,
	HASH_HEX = 2 * HASH_BYTES,
};

/* -- sending -- */

/* The last part of the path; the name goes with the file. */
static bool
read_name(const struct cli *cli, const char *path,
    char name[static ATTACHMENT_NAME_MAX + 1])
{
	const char *slash = strrchr(path, '/');
	const char *last = slash != NULL ? slash + 1 : path;

	if (last[0] != '\0' &&
	    text_copy(name, ATTACHMENT_NAME_MAX + 1, last) == RC_OK &&
	    text_is_utf8(span_of_text(name)))
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED, SAY_CLI_ATTACH_NAME,
	    SAY_ARGS(path));
	return false;
}

static bool
read_whole(const struct cli *cli, const char *path, struct buffer *bytes)
{
	enum rc rc;

	bytes->limit = FILE_BYTES_MAX;
	rc = file_read(path, bytes);
	if (rc == RC_OK && bytes->size > 0)
		return true;
	(void)cli_refuse(cli, EXIT_REFUSED,
	    rc == RC_OK        ? SAY_CLI_ATTACH_EMPTY
	    : rc == RC_TOO_BIG ? SAY_CLI_ATTACH_TOO_BIG
			       : SAY_CLI_ATTACH_UNREADABLE,
	    SAY_ARGS(path));
	return false;
}

/* All parts of one file, in order; `c` names and describes it. */
static int
send_parts(struct cli *cli, struct command *c, struct span bytes)
{
	int exit = EXIT_DONE;

	c->attach.size = bytes.size;
	c->attach.parts = attachment_parts(bytes.size);
	for (uint32_t part = 1; part <= c->attach.parts && exit == EXIT_DONE;
	     part++) {
		size_t from = (size_t)(part - 1) * ATTACHMENT_PART_BYTES;
		size_t left = bytes.size - from;
		json_t *result = NULL;

		c->attach.part = part;
		c->attach.data = span_of(bytes.at + from,
		    left < ATTACHMENT_PART_BYTES ? left
						 : ATTACHMENT_PART_BYTES);
		exit = cli_ask(cli, c, &result);
		json_decref(result);
	}
	return exit;
}

static int
send_file(struct cli *cli, const char *path, uint8_t hash[static HASH_BYTES])
{
	struct buffer bytes = { 0 };
	struct command ask;
	int exit = EXIT_REFUSED;

	cli_command_init(cli, COMMAND_ATTACH, &ask);
	if (read_name(cli, path, ask.attach.name) &&
	    read_whole(cli, path, &bytes)) {
		CHECK(crypto_hash_sha256(ask.attach.hash, bytes.at,
			  bytes.size) == 0);
		memcpy(hash, ask.attach.hash, HASH_BYTES);
		exit = send_parts(cli, &ask, buffer_span(&bytes));
	}
	buffer_clear(&bytes);
	return exit;
}

/* "a.pdf,b.jpg": each of them; a name with a comma when it is a file. */
static int
send_list(struct cli *cli, const char *list, struct directive_step *step)
{
	char path[FILE_PATH_MAX];
	int exit = EXIT_DONE;

	while (*list != '\0' && exit == EXIT_DONE) {
		size_t size =
		    file_exists(list) ? strlen(list) : strcspn(list, ",");

		if (step->attachments_count == ATTACHMENTS_MAX) {
			return cli_refuse(cli, EXIT_USAGE, SAY_CLI_ATTACH_MANY,
			    NULL);
		}
		if (text_copy_span(path, sizeof(path), span_of(list, size)) !=
		    RC_OK) {
			return cli_refuse(cli, EXIT_USAGE, SAY_CLI_TOO_LONG,
			    SAY_ARGS("attach"));
		}
		if (size > 0) {
			exit = send_file(cli, path,
			    step->attachments[step->attachments_count]);
			step->attachments_count++;
		}
		list += size;
		list += *list == ',';
	}
	return exit;
}

int
cli_attach(struct cli *cli, struct directive_step *step)
{
	int exit = send_list(cli, cli_text(cli, "attach", ""), step);

	for (size_t i = 0; i < cli->more_count && exit == EXIT_DONE; i++)
		exit = send_list(cli, cli->more[i], step);
	return exit;
}

/* -- attachment -- */

static const struct cli_option attachment_options[] = {
	{ "out", CLI_VALUE, "FILE", SAY_CLI_OPTION_OUT },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* The name that came with it is only told: somebody else chose it. */
static int
write_out(const struct cli *cli, const struct ask_file *found,
    struct span bytes)
{
	const char *path = cli_value(cli, "out");

	if (file_write(path, bytes, 0600, false) != RC_OK) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_ATTACH_NOT_WRITTEN,
		    SAY_ARGS(path));
	}
	cli_say(cli, stdout, SAY_CLI_ATTACH_WRITTEN,
	    SAY_ARGS(found->name, path));
	return EXIT_DONE;
}

static int
run_attachment(struct cli *cli)
{
	const char *hex = cli->arguments[0];
	uint8_t hash[HASH_BYTES];
	struct ask_file found = { 0 };
	struct buffer bytes = { 0 };
	struct reading r;
	enum rc rc;
	int exit;

	if (!cli_has(cli, "out")) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--out FILE"));
	}
	if (text_unhex(hex, hash, HASH_BYTES) != RC_OK) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_CLI_ATTACH_NO_HASH,
		    SAY_ARGS(hex));
	}
	exit = cli_reading_open(cli, &r);
	if (exit != EXIT_DONE)
		return exit;
	rc = ask_file(r.views, "", hash, &found, &bytes);
	cli_reading_close(cli);
	if (rc == RC_OK) {
		exit = write_out(cli, &found, buffer_span(&bytes));
	} else {
		exit = cli_refuse(cli, EXIT_REFUSED,
		    rc == RC_NONE ? SAY_CLI_ATTACH_MISSING
				  : SAY_CLI_ATTACH_DAMAGED,
		    SAY_ARGS(hex));
	}
	buffer_clear(&bytes);
	return exit;
}

const struct cli_command cli_attachment = {
	.name = "attachment",
	.arguments = "HASH",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_ATTACHMENT,
	.options = attachment_options,
	.run = run_attachment,
};
