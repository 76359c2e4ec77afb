/*
 * rights - is this really somebody of the office, and may they ask for that?
 *
 * The row of the command (commands.h) says which roles; here they are held
 * against the list of people.  An office without people takes any word.
 */
#include "desk/rights.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/command.h"
#include "desk/commands.h"
#include "desk/reply.h"
#include "keys/people.h"
#include "law/moves/lifecycle.h"
#include "office/office.h"
#include "register/ask/items.h"

enum { ROLES_TEXT_MAX = 80 };

_Static_assert(DESK_CLERK == 1 << ROLE_CLERK &&
		   DESK_SUPERVISOR == 1 << ROLE_SUPERVISOR &&
		   DESK_HEAD == 1 << ROLE_HEAD &&
		   DESK_ADMINISTRATOR == 1 << ROLE_ADMINISTRATOR,
    "commands.h says these bits again");

static const char *const role_words[ROLE_COUNT] = {
	[ROLE_CLERK] = "clerk",
	[ROLE_SUPERVISOR] = "supervisor",
	[ROLE_HEAD] = "head",
	[ROLE_AUDITOR] = "auditor",
	[ROLE_ADMINISTRATOR] = "administrator",
};

/* A bit of the above; 0: no such role. */
static int
role_bit(const char *role)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(role_words[i], role) == 0)
			return 1 << i;
	}
	return 0;
}

bool
desk_role_is_known(const char *role)
{
	return role_bit(role) != 0;
}

const char *
desk_roles_all(void)
{
	return "clerk supervisor head auditor administrator";
}

/* -- who may what -- */

static enum desk_roles
roles_of(const struct desk_command *row, const struct command *c)
{
	return row->roles_of != NULL ? row->roles_of(c) : row->roles;
}

bool
desk_role_allows(const struct desk_command *row, const char *role,
    const struct command *c)
{
	int roles = roles_of(row, c);

	return roles == DESK_EVERYBODY || (roles & role_bit(role)) != 0;
}

static void
list_roles(int roles, char out[static ROLES_TEXT_MAX])
{
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; i < ROLE_COUNT; i++) {
		if ((roles & 1 << i) == 0)
			continue;
		CHECK(text_format(out + used, ROLES_TEXT_MAX - used, "%s%s",
			  used > 0 ? ", " : "", role_words[i]) == RC_OK);
		used += strlen(out + used);
	}
}

/* -- is it somebody? -- */

static bool
load(struct office *o, struct people *people, struct reply_writer *reply)
{
	if (people_load(o->dir, people) == RC_OK)
		return true;
	reply_refuse(reply, EXIT_CONFIG, SAY_PEOPLE_UNREADABLE,
	    SAY_ARGS(o->dir));
	return false;
}

static bool
is_enabled(const struct people *people, const struct command *c)
{
	const struct person *p = people_find(people, c->actor);

	return p != NULL && !p->is_disabled &&
	       strcmp(p->role, c->actor_role) == 0;
}

bool
desk_actor_is_known(struct office *o, const struct desk_command *row,
    const struct command *c, struct reply_writer *reply)
{
	char roles[ROLES_TEXT_MAX];
	struct people people;
	bool is_known = true;

	if (roles_of(row, c) == DESK_EVERYBODY)
		return true;
	if (!load(o, &people, reply))
		return false;
	if (people.count > 0 && !is_enabled(&people, c)) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PEOPLE_NOT_KNOWN,
		    SAY_ARGS(c->actor));
		is_known = false;
	} else if (people.count > 0 &&
		   !desk_role_allows(row, c->actor_role, c)) {
		list_roles((int)roles_of(row, c), roles);
		reply_refuse(reply, EXIT_REFUSED, SAY_PEOPLE_MAY_NOT,
		    SAY_ARGS(c->actor, c->actor_role, roles));
		is_known = false;
	}
	people_clear(&people);
	return is_known;
}

/* A list that cannot be read is a list. */
bool
desk_has_people(const struct office *o)
{
	struct people people;
	bool has_people =
	    people_load(o->dir, &people) != RC_OK || people.count > 0;

	people_clear(&people);
	return has_people;
}

bool
desk_may_approve(const struct office *o, const char *user)
{
	struct people people;
	const struct person *p;
	bool may = false;

	if (people_load(o->dir, &people) == RC_OK) {
		p = people_find(&people, user);
		may = people.count == 0 ? user[0] != '\0'
					: p != NULL && !p->is_disabled &&
					      strcmp(p->role, "head") == 0;
	}
	people_clear(&people);
	return may;
}

bool
desk_people_needed(struct office *o, struct people *people,
    struct reply_writer *reply)
{
	*people = (struct people){ 0 };
	if (!load(o, people, reply))
		return false;
	if (people->count > 0)
		return true;
	reply_refuse(reply, EXIT_REFUSED, SAY_PEOPLE_NEEDED,
	    SAY_ARGS(o->trade->program));
	return false;
}

/* -- recusal -- */

bool
desk_judge_recusal(struct office *o, const struct command *c, const char *item,
    const char *matter, struct reply_writer *reply)
{
	const char *numbers[] = { item, matter };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (!ask_is_recused(o->views, numbers[i], c->actor))
			continue;
		reply_refuse(reply, EXIT_REFUSED, SAY_ACT_RECUSED,
		    SAY_ARGS(c->actor, numbers[i]));
		return false;
	}
	return true;
}
