/*
 * cli_internal - what the commands need of the command line.
 *
 * Its files, lowest first; each calls only what stands above it here:
 *
 *	given.c, print.c	options by name; what a person sees
 *	parse.c, password.c, ask.c, filters.c
 *	actor.c, listing.c
 *	the commands, one file for each subject
 *	cli.c			the whole
 *
 * A function that returns an exit status has printed its sentence when it is
 * not EXIT_DONE.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_CLI_INTERNAL_H
#define CLI_CLI_INTERNAL_H

#include <jansson.h>
#include <stdio.h>

#include "base/memory.h"
#include "cli/cli.h"
#include "contract/command.h"
#include "documents/reading.h"
#include "keys/people.h"
#include "words/doc.h"

struct db;
struct table;
struct views;

struct cli {
	const struct cli_program *program;
	const struct cli_command *command;
	enum language language;
	const char *dir;
	bool accepts_clock; /* it was set back, and is right now */
	/* By the place of the option in the command's table. */
	bool given[CLI_OPTIONS_MAX];
	const char *values[CLI_OPTIONS_MAX]; /* NULL: none */
	const char *arguments[CLI_ARGUMENTS_MAX];
	size_t arguments_count;
	const char *more[CLI_MORE_MAX]; /* a CLI_LIST's values but the first */
	size_t more_count;
	struct buffer storage; /* of the last answer (cli_ask) */
	/* While the register is read: */
	struct office *office; /* ours, under its lock, or NULL */
	struct views *reader;  /* beside a daemon that has it, or NULL */
	/* In an office with users: who acts; "" in one without. */
	char actor_role[ACTOR_MAX + 1];
	char actor[ACTOR_MAX + 1];
};

enum cli_parsed {
	CLI_PARSED,   /* go on */
	CLI_HELPED,   /* help or version was printed */
	CLI_MISTAKEN, /* a sentence was printed */
};

/* Fill `cli`; its program must be set.  Prints what it has to say. */
enum cli_parsed cli_parse(struct cli *cli, int argc, char **argv);

/* -- what was given (given.c) -- */

/* Has the command this option at all? */
bool cli_takes(const struct cli *cli, const char *option);
/* CHECKed: the command has this option. */
bool cli_has(const struct cli *cli, const char *option);
const char *cli_value(const struct cli *cli, const char *option);
/* The value, or `otherwise`. */
const char *cli_text(const struct cli *cli, const char *option,
    const char *otherwise);

/* -- saying (print.c) -- */

/* One sentence on stderr.  Returns `exit`. */
int cli_refuse(const struct cli *cli, enum exit_status exit, enum say id,
    const char *const args[]);
/* A ready sentence on stderr. */
int cli_complain(enum exit_status exit, struct span sentence);
int cli_fault(const struct office_fault *fault);

/* A sentence on stdout, with a line end. */
void cli_say(const struct cli *cli, FILE *to, enum say id,
    const char *const args[]);
const char *cli_word(const struct cli *cli, enum say id);

/* -- who acts (actor.c, password.c) -- */

/*
 * Find out who acts, when the command has --as and the office has users.
 * EXIT_DONE, or the exit status of a sentence that was printed.
 */
int cli_actor_resolve(struct cli *cli);
/* The system's user who runs us; "-": nobody knows. */
const char *cli_system_user(char out[static ACTOR_MAX + 1]);

/* One byte more than a password may have, to see that it is too long. */
struct cli_password {
	char text[PASSWORD_BYTES_MAX + 1];
	size_t size;
};

/*
 * The password of `user`: from the file that `option` names, from
 * $PETITION_PASSWORD_FILE, or typed.  Wipe it after use.
 * False: a sentence was printed.
 */
bool cli_password_of(const struct cli *cli, const char *option,
    const char *user, struct cli_password *out);
/* A new one: --password-file, typed twice, or standard input. */
bool cli_password_new(const struct cli *cli, const char *user,
    struct cli_password *out);
void cli_password_wipe(struct cli_password *p);

/* -- asking the office (ask.c) -- */

struct office_options cli_office_options(const struct cli *cli);
/* Kind, language and who does it, when the command has options for that. */
void cli_command_init(const struct cli *cli, enum command_kind kind,
    struct command *out);
/*
 * Ask once.  A refusal is printed, its exit status returned and `result` is
 * NULL; else `result` is the document (json_decref) or NULL if there is none.
 */
int cli_ask(struct cli *cli, const struct command *c, json_t **result);

/*
 * Open the register for questions (documents/): beside a running daemon, or
 * with the directory's lock, so that it stands where the journal stands.
 * EXIT_DONE, or the exit status of a sentence that was printed.  One at a
 * time, and closed again before the office is asked (cli_ask).
 */
int cli_reading_open(struct cli *cli, struct reading *out);
/* Also when it could not be opened. */
void cli_reading_close(struct cli *cli);

/* -- documents and tables (print.c) -- */

/* On stdout, as wide as the terminal.  Takes the table. */
void cli_print_table(struct table *t);

/* Write one document and a line end. */
void cli_print_json(const json_t *document);

/* Of a command that is somebody's doing. */
#define CLI_ACTOR_OPTIONS                                                      \
	{ "as", CLI_VALUE, "USER", SAY_CLI_OPTION_AS },                        \
	    { "password-file", CLI_VALUE, "FILE",                              \
		    SAY_CLI_OPTION_PASSWORD_FILE },                            \
	    { "role", CLI_VALUE, "ROLE", SAY_CLI_OPTION_ROLE },                \
	{                                                                      \
		"user", CLI_VALUE, "USER", SAY_CLI_OPTION_USER                 \
	}

#endif
