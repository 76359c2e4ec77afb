/*
 * user - the people of the office.
 *
 * The first one makes the office an office with users and must be an
 * administrator; from then on only administrators change the list, but for
 * everybody's own password.
 */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"
#include "desk/reply.h"
#include "desk/rights.h"
#include "keys/people.h"
#include "words/table.h"

#define ADMINISTRATOR "administrator"

#define AS_OPTIONS                                                             \
	{ "as", CLI_VALUE, "USER", SAY_CLI_OPTION_AS },                        \
	{                                                                      \
		"as-password-file", CLI_VALUE, "FILE",                         \
		    SAY_CLI_OPTION_PASSWORD_FILE                               \
	}

static const struct cli_option change_options[] = {
	AS_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

/* -- one change -- */

/* What a command does to the list, once it may: EXIT_DONE to save it. */
struct change {
	struct cli *cli;
	const char *id;    /* who is changed */
	const char *role;  /* "": not that */
	bool is_own_to_do; /* also one's own */
	struct cli_password password;
	int (*make)(struct change *change, struct people *people);
};

static int
refuse_id(const struct change *change, enum say id)
{
	return cli_refuse(change->cli, EXIT_REFUSED, id, SAY_ARGS(change->id));
}

/* In the list as it is now, whatever it was when the actor was found. */
static int
judge_actor(const struct change *change, const struct people *people)
{
	const struct cli *cli = change->cli;
	const struct person *actor = people_find(people, cli->actor);

	if (people->count == 0)
		return EXIT_DONE;
	if (actor == NULL || actor->is_disabled) {
		return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_NOT_KNOWN,
		    SAY_ARGS(cli->actor));
	}
	if (strcmp(actor->role, ADMINISTRATOR) == 0 ||
	    (change->is_own_to_do && strcmp(actor->id, change->id) == 0))
		return EXIT_DONE;
	return cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_ADMINISTRATOR,
	    SAY_ARGS(actor->id, actor->role));
}

static int
load_people(const struct cli *cli, struct people *people)
{
	struct office_settings settings;
	struct office_fault fault;

	*people = (struct people){ 0 };
	if (office_settings_load(cli->dir, cli->language, &settings, &fault) !=
	    RC_OK)
		return cli_fault(&fault);
	if (people_load(cli->dir, people) == RC_OK)
		return EXIT_DONE;
	return cli_refuse(cli, EXIT_CONFIG, SAY_PEOPLE_UNREADABLE,
	    SAY_ARGS(cli->dir));
}

/* Before a password is asked for. */
static int
judge_early(const struct change *change)
{
	struct people people;
	int exit = load_people(change->cli, &people);

	if (exit == EXIT_DONE)
		exit = judge_actor(change, &people);
	people_clear(&people);
	return exit;
}

static int
refuse_unsaved(const struct change *change)
{
	return cli_refuse(change->cli, EXIT_TRY_AGAIN, SAY_PEOPLE_UNSAVED,
	    SAY_ARGS(change->cli->dir));
}

/* Load, judge, change, save, with other command lines kept out. */
static int
change_list(struct change *change)
{
	struct people people = { 0 };
	int exit, fd;

	if (people_lock(change->cli->dir, &fd) != RC_OK)
		return refuse_unsaved(change);
	exit = load_people(change->cli, &people);
	if (exit == EXIT_DONE)
		exit = judge_actor(change, &people);
	if (exit == EXIT_DONE)
		exit = change->make(change, &people);
	if (exit == EXIT_DONE &&
	    people_save(change->cli->dir, &people) != RC_OK)
		exit = refuse_unsaved(change);
	people_unlock(fd);
	people_clear(&people);
	return exit;
}

/* Somebody has to be left who may change the list. */
static int
judge_administrators(const struct change *change, const struct people *people)
{
	return people_count_role(people, ADMINISTRATOR) > 0
		   ? EXIT_DONE
		   : refuse_id(change, SAY_PEOPLE_LAST);
}

static int
judge_role(const struct cli *cli, const char *role)
{
	if (desk_role_is_known(role))
		return EXIT_DONE;
	return cli_refuse(cli, EXIT_USAGE, SAY_CLI_CODE,
	    SAY_ARGS("role", role, desk_roles_all()));
}

/* Carry it out on somebody who must be there, and say so. */
static int
change_one(struct change *change)
{
	int exit = judge_early(change);

	if (exit == EXIT_DONE)
		exit = change_list(change);
	if (exit == EXIT_DONE) {
		cli_say(change->cli, stdout, SAY_PEOPLE_CHANGED,
		    SAY_ARGS(change->id));
	}
	return exit;
}

/* -- add -- */

static const struct cli_option add_options[] = {
	{ "role", CLI_VALUE, "ROLE", SAY_CLI_OPTION_NEW_ROLE },
	{ "system-user", CLI_VALUE, "NAME", SAY_CLI_OPTION_SYSTEM_USER },
	{ "password-file", CLI_VALUE, "FILE",
	    SAY_CLI_OPTION_NEW_PASSWORD_FILE },
	AS_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
set_password(const struct change *change, struct person *person)
{
	if (person_set_password(person,
		span_of(change->password.text, change->password.size)) == RC_OK)
		return EXIT_DONE;
	return cli_refuse(change->cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_SIZE,
	    NULL);
}

static int
refuse_added(const struct change *change, enum rc rc)
{
	if (rc == RC_DUPLICATE)
		return refuse_id(change, SAY_PEOPLE_TAKEN);
	if (rc == RC_TOO_BIG) {
		return cli_refuse(change->cli, EXIT_REFUSED,
		    SAY_PEOPLE_TOO_MANY, NULL);
	}
	return refuse_id(change, SAY_PEOPLE_ID);
}

static int
make_added(struct change *change, struct people *people)
{
	struct person person = { 0 };
	enum rc rc;
	int exit;

	if (people->count == 0 && strcmp(change->role, ADMINISTRATOR) != 0) {
		return cli_refuse(change->cli, EXIT_REFUSED, SAY_PEOPLE_FIRST,
		    NULL);
	}
	if (people_find(people, change->id) != NULL)
		return refuse_id(change, SAY_PEOPLE_TAKEN);
	if (text_copy(person.id, sizeof(person.id), change->id) != RC_OK ||
	    text_copy(person.role, sizeof(person.role), change->role) !=
		RC_OK ||
	    text_copy(person.system_user, sizeof(person.system_user),
		cli_text(change->cli, "system-user", "")) != RC_OK)
		return refuse_id(change, SAY_PEOPLE_ID);
	exit = set_password(change, &person);
	if (exit != EXIT_DONE)
		return exit;
	rc = people_add(people, &person);
	return rc == RC_OK ? EXIT_DONE : refuse_added(change, rc);
}

static int
run_add(struct cli *cli)
{
	struct change change = { .cli = cli,
		.id = cli->arguments[0],
		.role = cli_text(cli, "role", ""),
		.make = make_added };
	int exit;

	if (!cli_has(cli, "role")) {
		return cli_refuse(cli, EXIT_USAGE, SAY_CLI_OPTION_NEEDED,
		    SAY_ARGS("--role ROLE"));
	}
	if (!person_id_is_fit(change.id))
		return refuse_id(&change, SAY_PEOPLE_ID);
	exit = judge_role(cli, change.role);
	if (exit == EXIT_DONE)
		exit = judge_early(&change);
	if (exit == EXIT_DONE &&
	    !cli_password_new(cli, change.id, &change.password))
		exit = EXIT_REFUSED;
	if (exit == EXIT_DONE)
		exit = change_list(&change);
	cli_password_wipe(&change.password);
	if (exit == EXIT_DONE) {
		cli_say(cli, stdout, SAY_PEOPLE_ADDED,
		    SAY_ARGS(change.id, change.role));
	}
	return exit;
}

const struct cli_command cli_user_add = {
	.name = "user add",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_USER_ADD,
	.options = add_options,
	.run = run_add,
};

/* -- list -- */

static const struct cli_option list_options[] = {
	{ "json", CLI_FLAG, NULL, SAY_CLI_OPTION_JSON },
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static void
print_people_json(const struct people *people)
{
	json_t *list = json_array();

	for (size_t i = 0; i < people->count; i++) {
		const struct person *p = &people->list[i];

		doc_add(list,
		    json_pack("{s:s, s:s, s:o, s:b}", "id", p->id, "role",
			p->role, "system_user", doc_text(p->system_user),
			"enabled", !p->is_disabled));
	}
	cli_print_json(list);
	json_decref(list);
}

static void
print_people_table(const struct cli *cli, const struct people *people)
{
	struct table *t;

	t = table_new((const char *const[]){ cli_word(cli, SAY_CLI_HEAD_USER),
	    cli_word(cli, SAY_CLI_HEAD_ROLE), cli_word(cli, SAY_CLI_HEAD_STATE),
	    cli_word(cli, SAY_CLI_HEAD_SYSTEM_USER), NULL });
	for (size_t i = 0; i < people->count; i++) {
		const struct person *p = &people->list[i];

		table_row(t,
		    (const char *const[]){ p->id, p->role,
			cli_word(cli, p->is_disabled ? SAY_CLI_DISABLED
						     : SAY_CLI_ENABLED),
			p->system_user, NULL });
	}
	cli_print_table(t);
}

static int
run_list(struct cli *cli)
{
	struct people people;
	int exit = load_people(cli, &people);

	if (exit == EXIT_DONE && cli_has(cli, "json")) {
		print_people_json(&people);
	} else if (exit == EXIT_DONE && people.count == 0) {
		cli_say(cli, stdout, SAY_PEOPLE_NONE, NULL);
	} else if (exit == EXIT_DONE) {
		print_people_table(cli, &people);
	}
	people_clear(&people);
	return exit;
}

const struct cli_command cli_user_list = {
	.name = "user list",
	.arguments = "",
	.help = SAY_CLI_USER_LIST,
	.options = list_options,
	.run = run_list,
};

/* -- role -- */

static int
make_role(struct change *change, struct people *people)
{
	struct person *p = people_find(people, change->id);

	if (p == NULL)
		return refuse_id(change, SAY_PEOPLE_NOT_KNOWN);
	CHECK(text_copy(p->role, sizeof(p->role), change->role) == RC_OK);
	return judge_administrators(change, people);
}

static int
run_role(struct cli *cli)
{
	struct change change = { .cli = cli,
		.id = cli->arguments[0],
		.role = cli->arguments[1],
		.make = make_role };
	int exit = judge_role(cli, change.role);

	return exit == EXIT_DONE ? change_one(&change) : exit;
}

const struct cli_command cli_user_role = {
	.name = "user role",
	.arguments = "ID ROLE",
	.least = 2,
	.most = 2,
	.help = SAY_CLI_USER_ROLE,
	.options = change_options,
	.run = run_role,
};

/* -- password -- */

static const struct cli_option password_options[] = {
	{ "password-file", CLI_VALUE, "FILE",
	    SAY_CLI_OPTION_NEW_PASSWORD_FILE },
	AS_OPTIONS,
	{ NULL, CLI_FLAG, NULL, SAY_COUNT },
};

static int
make_password(struct change *change, struct people *people)
{
	struct person *p = people_find(people, change->id);

	if (p == NULL)
		return refuse_id(change, SAY_PEOPLE_NOT_KNOWN);
	return set_password(change, p);
}

static int
run_password(struct cli *cli)
{
	struct change change = { .cli = cli,
		.id = cli->arguments[0],
		.role = "",
		.is_own_to_do = true,
		.make = make_password };
	int exit = judge_early(&change);

	if (exit == EXIT_DONE &&
	    !cli_password_new(cli, change.id, &change.password))
		exit = EXIT_REFUSED;
	if (exit == EXIT_DONE)
		exit = change_one(&change);
	cli_password_wipe(&change.password);
	return exit;
}

const struct cli_command cli_user_password = {
	.name = "user password",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_USER_PASSWORD,
	.options = password_options,
	.run = run_password,
};

/* -- disable, enable -- */

static int
make_able(struct change *change, struct people *people)
{
	struct person *p = people_find(people, change->id);

	if (p == NULL)
		return refuse_id(change, SAY_PEOPLE_NOT_KNOWN);
	p->is_disabled = change->cli->command == &cli_user_disable;
	return judge_administrators(change, people);
}

static int
run_able(struct cli *cli)
{
	struct change change = { .cli = cli,
		.id = cli->arguments[0],
		.role = "",
		.make = make_able };

	return change_one(&change);
}

const struct cli_command cli_user_disable = {
	.name = "user disable",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_USER_DISABLE,
	.options = change_options,
	.run = run_able,
};

const struct cli_command cli_user_enable = {
	.name = "user enable",
	.arguments = "ID",
	.least = 1,
	.most = 1,
	.help = SAY_CLI_USER_ENABLE,
	.options = change_options,
	.run = run_able,
};
