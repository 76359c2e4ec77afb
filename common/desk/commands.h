/*
 * commands - what a command is to the desk: who may give it, and what is done.
 *
 * One row a command.  The rows that every office takes stand in desk.c; what
 * only one program takes, in the table of its trade (office.h).  A command
 * without a row is refused as "not here".  So a new command is its message in
 * proto/, a row, its file at the desk and its file at the command line.
 */
#ifndef DESK_COMMANDS_H
#define DESK_COMMANDS_H

#include "contract/command.h"

struct office;
struct reply_writer;

/* Sets of roles; the bits are those of enum life_role (lifecycle.h). */
enum desk_roles {
	DESK_CLERK = 1 << 0,
	DESK_SUPERVISOR = 1 << 1,
	DESK_HEAD = 1 << 2,
	DESK_ADMINISTRATOR = 1 << 4,
	DESK_LEADERS = DESK_SUPERVISOR | DESK_HEAD,
	DESK_STAFF = DESK_CLERK | DESK_LEADERS,
	DESK_EVERYBODY = -1, /* without asking who it is */
};

struct desk_command {
	enum command_kind kind;
	enum desk_roles roles; /* who may give it */
	/* Who may give this one, where it depends on its step; else NULL. */
	enum desk_roles (*roles_of)(const struct command *c);
	/*
	 * Judge and record, or refuse, inside the turn's transaction; the
	 * actor is known and has one of the roles.  Not NULL, but in the row
	 * that ends a table.
	 */
	void (*handle)(struct office *o, const struct command *c,
	    struct reply_writer *reply);
};

/* Takes the place of a last row. */
#define DESK_COMMANDS_END                                                      \
	{                                                                      \
		.handle = NULL                                                 \
	}

/* The row for commands of this kind in this office; NULL: not here. */
const struct desk_command *desk_command_of(const struct office *o,
    enum command_kind kind);

#endif
