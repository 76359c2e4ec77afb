/*
 * rights - which role may ask for what, and is this really somebody?
 *
 * The command line has found out who acts (cli/actor.c); the desk looks
 * once more at keys/people, so that no other way to the control socket gets
 * round it.  An office without users takes anybody's word.
 *
 *	clerk		registers, moves items, works on directives, asks to
 *			open an identity
 *	supervisor	the same, issues and judges directives, agrees to open
 *	head		as a supervisor
 *	auditor		looks
 *	administrator	invitations, forks, rules and calendars, keys, users
 *
 * Status, districts and the petitioner's own query are open to everybody.
 * Which move of an item which role may make says law/lifecycle.h besides.
 *
 * Belongs to one thread.
 */
#ifndef DESK_RIGHTS_H
#define DESK_RIGHTS_H

#include <stdbool.h>

struct command;
struct desk_command;
struct office;
struct people;
struct reply_writer;

bool desk_role_is_known(const char *role);
/* "clerk supervisor head auditor administrator" */
const char *desk_roles_all(void);

/* May somebody of this role give this command, which goes by this row? */
bool desk_role_allows(const struct desk_command *row, const char *role,
    const struct command *c);

/*
 * Is the actor of `c` an enabled user with the role that it names, and may
 * that role do this?  Always, as long as the office has no users.
 * False: refused, with a sentence.
 */
bool desk_actor_is_known(struct office *o, const struct desk_command *row,
    const struct command *c, struct reply_writer *reply);

/* Has this office named its people?  Then roles count. */
bool desk_has_people(const struct office *o);
/*
 * May this user of ours approve what only a head may?  Anybody who is named,
 * as long as the office has no users.
 */
bool desk_may_approve(const struct office *o, const char *user);

/*
 * For what needs two people.  The office's users; the caller clears them.
 * False: refused, for there are none or they cannot be read.
 */
bool desk_people_needed(struct office *o, struct people *people,
    struct reply_writer *reply);

/*
 * Neither the item nor the matter ("": none) is one that who gives the
 * command withdrew from (ask_is_recused): who has may neither act on it, nor
 * look at it, nor open its identity.  False: refused.
 */
bool desk_judge_recusal(struct office *o, const struct command *c,
    const char *item, const char *matter, struct reply_writer *reply);

#endif
