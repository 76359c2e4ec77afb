/*
 * cli - the command line of both programs.
 *
 *	PROGRAM [-C DIR] COMMAND [OPTIONS] [ARGUMENTS]
 *
 * Commands and their options stand in tables; from them come parsing, the
 * refusal of what is unknown, and --help in both languages.  What a command
 * prints on stdout is a table for people or, with --json, one document for
 * scripts; errors are one sentence on stderr with a way out.
 *
 * Exit: 0 done, 1 refused, 2 not understood, 75 try again, 78 configuration.
 *
 * DIR: -C, else $PETITION_HOME, else CLI_DIR_DEFAULT.
 *
 * Belongs to the main thread.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "office/office.h"
#include "words/catalogue.h"

#define CLI_DIR_DEFAULT "/var/lib/petition-relay"

enum {
	CLI_OPTIONS_MAX = 40, /* of one command */
	CLI_ARGUMENTS_MAX = 8,
	CLI_MORE_MAX = 32, /* further values of a CLI_LIST */
};

struct cli;

enum cli_form {
	CLI_FLAG,  /* --json */
	CLI_VALUE, /* --text TEXT, --text=TEXT */
	CLI_MAYBE, /* --slip, --slip FILE, --slip=FILE */
	CLI_LIST,  /* --attach FILE --attach FILE: as often as wanted */
};

struct cli_option {
	const char *name; /* without the dashes; NULL ends a table */
	enum cli_form form;
	const char *meta; /* what stands for the value in the help */
	enum say help;
};

struct cli_command {
	const char *name;      /* one word or two: "directive issue" */
	const char *arguments; /* as the help shows them, or "" */
	size_t least, most;    /* arguments */
	enum say help;         /* one line */
	const struct cli_option *options;
	int (*run)(struct cli *cli); /* the exit status */
};

/* What makes one program differ from the other. */
struct cli_program {
	const struct office_trade *trade;
	enum say summary;
	const struct cli_command *const *commands; /* NULL at the end */
	/* The daemon, until it is told to stop: the exit status. */
	int (*run)(const char *dir);
};

/* Parse, find the command, run it.  The process's exit status. */
int cli_main(const struct cli_program *program, int argc, char **argv);

/* -- the commands that exist (cli_*.c) -- */

extern const struct cli_command cli_init, cli_join, cli_run, cli_status,
    cli_settle, cli_rebuild, cli_register, cli_import, cli_petitions, cli_show,
    cli_directives, cli_directive_issue, cli_directive_sign, cli_directive_work,
    cli_directive_answer, cli_directive_close, cli_directive_return,
    cli_directive_cancel, cli_invite, cli_revoke, cli_districts, cli_act,
    cli_due, cli_directive_extend, cli_directive_send, cli_directive_grant,
    cli_directive_refuse, cli_directive_supersede, cli_directive_expire,
    cli_suggest, cli_attachment, cli_rules, cli_rules_show, cli_rules_check,
    cli_rules_publish, cli_supervise_list, cli_omissions, cli_escalations,
    cli_escalation_sign, cli_escalation_answer, cli_matters, cli_match,
    cli_user_add, cli_user_list, cli_user_role, cli_user_password,
    cli_user_disable, cli_user_enable, cli_identity_request,
    cli_identity_approve, cli_identity_refuse, cli_identity_show,
    cli_identity_list, cli_query_code, cli_keys_list, cli_keys_destroy;

/* For the tables of both programs. */
#define CLI_PEOPLE_COMMANDS                                                    \
	&cli_query_code, &cli_identity_request, &cli_identity_approve,         \
	    &cli_identity_refuse, &cli_identity_show, &cli_identity_list,      \
	    &cli_user_add, &cli_user_list, &cli_user_role, &cli_user_password, \
	    &cli_user_disable, &cli_user_enable, &cli_keys_list,               \
	    &cli_keys_destroy

#endif
