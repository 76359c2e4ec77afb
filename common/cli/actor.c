/*
 * Who acts?  In an office without users: whoever --role and --user say, as a
 * note.  In one with users: the one named by --as, who knows the password, or
 * the one that the system's user is mapped to.
 */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "keys/people.h"

enum { ENTRY_BYTES_MAX = 1024 };

const char *
cli_system_user(char out[static ACTOR_MAX + 1])
{
	char room[ENTRY_BYTES_MAX];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(getuid(), &entry, room, sizeof(room), &found) != 0 ||
	    found == NULL || text_copy(out, ACTOR_MAX + 1, found->pw_name))
		(void)memcpy(out, "-", 2);
	return out;
}

static int
check_password(const struct cli *cli, const struct person *person)
{
	/* Commands that set a password have another name for the own one. */
	const char *option = cli_takes(cli, "as-password-file")
				 ? "as-password-file"
				 : "password-file";
	struct cli_password password;
	enum rc rc;

	if (!cli_password_of(cli, option, person->id, &password))
		return EXIT_REFUSED;
	rc = people_check_password(cli->dir, person,
	    span_of(password.text, password.size), clock_wall_ms());
	cli_password_wipe(&password);
	if (rc == RC_OK)
		return EXIT_DONE;
	if (rc == RC_REFUSED) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_WRONG_PASSWORD,
		    SAY_ARGS(person->id));
	}
	if (rc == RC_BUSY) {
		return cli_refuse(cli, EXIT_TRY_AGAIN, SAY_PEOPLE_LOCKED,
		    SAY_ARGS(person->id));
	}
	return cli_refuse(cli, EXIT_TRY_AGAIN, SAY_PEOPLE_NO_TRIES,
	    SAY_ARGS(cli->dir));
}

/* The system's own user needs no password to be who it is mapped to. */
static int
find_actor(const struct cli *cli, const struct people *people,
    const struct person **out)
{
	char system_user[ACTOR_MAX + 1];
	const char *id = cli_value(cli, "as");
	const struct person *mapped =
	    people_of_system_user(people, cli_system_user(system_user));

	*out = id != NULL ? people_find(people, id) : mapped;
	if (id == NULL && mapped == NULL) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_WHO,
		    SAY_ARGS(system_user));
	}
	if (*out == NULL || (*out)->is_disabled) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_NOT_KNOWN,
		    SAY_ARGS(*out != NULL ? (*out)->id : id));
	}
	return *out == mapped ? EXIT_DONE : check_password(cli, *out);
}

static int
resolve_among(struct cli *cli, const struct people *people)
{
	const struct person *actor;
	int exit;

	if (people->count == 0 && cli_has(cli, "as")) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_NO_USERS,
		    SAY_ARGS(cli->program->trade->program));
	}
	if (people->count == 0)
		return EXIT_DONE;
	if (cli_takes(cli, "user") &&
	    (cli_has(cli, "role") || cli_has(cli, "user")))
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_NO_ROLE, NULL);
	exit = find_actor(cli, people, &actor);
	if (exit != EXIT_DONE)
		return exit;
	CHECK(text_copy(cli->actor_role, sizeof(cli->actor_role),
		  actor->role) == RC_OK);
	CHECK(text_copy(cli->actor, sizeof(cli->actor), actor->id) == RC_OK);
	return EXIT_DONE;
}

int
cli_actor_resolve(struct cli *cli)
{
	struct people people;
	int exit;

	if (!cli_takes(cli, "as"))
		return EXIT_DONE;
	if (people_load(cli->dir, &people) != RC_OK) {
		return cli_refuse(cli, EXIT_CONFIG, SAY_PEOPLE_UNREADABLE,
		    SAY_ARGS(cli->dir));
	}
	exit = resolve_among(cli, &people);
	people_clear(&people);
	return exit;
}
