/*
 * desk - the dispatcher: whose command it is, and which row it goes by.
 *
 * What every office takes stands here; the rest is the program's
 * (office_trade).  No kind is in both tables: the first row found counts.
 */
#include "desk/desk.h"

#include "base/check.h"
#include "contract/command.h"
#include "desk/commands.h"
#include "desk/desk_internal.h"
#include "desk/rights.h"
#include "petition/item_number.h"

/* A notice of an escalation moves as a directive does: its number says it. */
static void
move_by_number(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct item_number n;

	if (item_number_parse(c->step.id, &n) == RC_OK &&
	    n.kind == NUMBER_ESCALATION) {
		desk_escalation_move(o, c, reply);
	} else {
		desk_directive_move(o, c, reply);
	}
}

static const struct desk_command commands[] = {
	{ COMMAND_REGISTER, DESK_STAFF, NULL, desk_register },
	{ COMMAND_ACT, DESK_STAFF, NULL, desk_act },
	{ COMMAND_ATTACH, DESK_STAFF, NULL, desk_attach },
	{ COMMAND_QUERY, DESK_EVERYBODY, NULL, desk_query },
	{ COMMAND_IDENTITY, 0, desk_roles_of_identity, desk_identity },
	{ COMMAND_DESTROY_KEY, DESK_ADMINISTRATOR, NULL, desk_destroy_key },
	{ COMMAND_DIRECTIVE_ISSUE, DESK_LEADERS, NULL, desk_directive_issue },
	{ COMMAND_DIRECTIVE_MOVE, 0, desk_roles_of_step, move_by_number },
	DESK_COMMANDS_END,
};

static const struct desk_command *
find_row(const struct desk_command *table, enum command_kind kind)
{
	for (; table != NULL && table->handle != NULL; table++) {
		if (table->kind == kind)
			return table;
	}
	return NULL;
}

const struct desk_command *
desk_command_of(const struct office *o, enum command_kind kind)
{
	const struct desk_command *row = find_row(commands, kind);

	return row != NULL ? row : find_row(o->trade->commands, kind);
}

void
desk_issue_by_itself(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	desk_directive_issue(o, c, reply);
}

void
desk_handle(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	const struct desk_command *row = desk_command_of(o, c->kind);

	if (row == NULL) {
		reply_refuse(reply, EXIT_REFUSED, SAY_OFFICE_NOT_HERE,
		    SAY_ARGS(o->trade->program));
		return;
	}
	if (desk_actor_is_known(o, row, c, reply))
		row->handle(o, c, reply);
}
