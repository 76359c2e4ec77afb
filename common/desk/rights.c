#include "desk/rights.h"

#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "contract/command.h"
#include "desk/reply.h"
#include "keys/people.h"
#include "law/moves/lifecycle.h"
#include "mech/db.h"
#include "office/office.h"
#include "register/views.h"

enum {
	CLERK = 1 << ROLE_CLERK,
	SUPERVISOR = 1 << ROLE_SUPERVISOR,
	HEAD = 1 << ROLE_HEAD,
	ADMINISTRATOR = 1 << ROLE_ADMINISTRATOR,
	LEADERS = SUPERVISOR | HEAD,
	STAFF = CLERK | LEADERS,
	EVERYBODY = ~0,
	ROLES_TEXT_MAX = 80,
};

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

/* The addressee's steps are everyday work, the issuer's are judgements. */
static int
roles_of_step(const char *status)
{
	static const char *const own[] = { "SGN", "WRK", "EXQ", "ANS" };

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
		if (strcmp(own[i], status) == 0)
			return STAFF;
	}
	return LEADERS;
}

static int
roles_of_identity(const char *step)
{
	return strcmp(step, "APPROVE") == 0 || strcmp(step, "REFUSE") == 0
		   ? LEADERS
		   : STAFF;
}

static int
roles_of(const struct command *c)
{
	switch (c->kind) {
	case COMMAND_STATUS:
	case COMMAND_DISTRICTS:
	case COMMAND_QUERY:
		return EVERYBODY;
	case COMMAND_REGISTER:
	case COMMAND_ACT:
	case COMMAND_MATCH:
	case COMMAND_ATTACH:
		return STAFF;
	case COMMAND_DIRECTIVE_ISSUE:
		return LEADERS;
	case COMMAND_DIRECTIVE_MOVE:
		return roles_of_step(c->step.status);
	case COMMAND_IDENTITY:
		return roles_of_identity(c->identity.step);
	case COMMAND_INVITE:
	case COMMAND_REVOKE:
	case COMMAND_SETTLE:
	case COMMAND_PUBLISH:
	case COMMAND_DESTROY_KEY:
		return ADMINISTRATOR;
	}
	return 0;
}

bool
desk_role_allows(const char *role, const struct command *c)
{
	int roles = roles_of(c);

	return roles == EVERYBODY || (roles & role_bit(role)) != 0;
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
desk_actor_is_known(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	char roles[ROLES_TEXT_MAX];
	struct people people;
	bool is_known = true;

	if (roles_of(c) == EVERYBODY)
		return true;
	if (!load(o, &people, reply))
		return false;
	if (people.count > 0 && !is_enabled(&people, c)) {
		reply_refuse(reply, EXIT_REFUSED, SAY_PEOPLE_NOT_KNOWN,
		    SAY_ARGS(c->actor));
		is_known = false;
	} else if (people.count > 0 && !desk_role_allows(c->actor_role, c)) {
		list_roles(roles_of(c), roles);
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
desk_is_recused_in(struct db *db, const char *item, const char *user)
{
	/* A user's id says something in its own office only. */
	struct stmt *s = db_prepare(db,
	    "SELECT 1 FROM move WHERE item = ? AND person = ?"
	    " AND move = 'RCS' AND origin = (SELECT office FROM applied)"
	    " LIMIT 1");
	bool found;

	db_bind_text(s, item);
	db_bind_text(s, user);
	found = user[0] != '\0' && db_next(s);
	db_finish(s);
	return found;
}

bool
desk_is_recused(struct office *o, const char *item, const char *user)
{
	return desk_is_recused_in(views_db(o->views), item, user);
}

bool
desk_judge_recusal(struct office *o, const struct command *c, const char *item,
    const char *matter, struct reply_writer *reply)
{
	const char *numbers[] = { item, matter };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (!desk_is_recused(o, numbers[i], c->actor))
			continue;
		reply_refuse(reply, EXIT_REFUSED, SAY_ACT_RECUSED,
		    SAY_ARGS(c->actor, numbers[i]));
		return false;
	}
	return true;
}
