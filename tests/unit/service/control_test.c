#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/reply.h"
#include "service/control.h"
#include "service/enrol.h"

#include "district.h"
#include "hub.h"
#include "support/office_dir.h"

/* Real daemons on a real socket: each is forked before any bus is opened. */

static const struct office_options english = { .language = LANGUAGE_EN };
static const struct command status_command = { .kind = COMMAND_STATUS,
	.language = "en" };

static void
make(const char *path, const struct office_trade *trade, const char *code,
    const char *listen)
{
	struct office_make wish = { .office = code,
		.name = "Office",
		.listen = listen,
		.language = LANGUAGE_EN };
	struct office_fault fault;

	assert_int_equal(office_make(path, trade, &wish, &fault), RC_OK);
}

static pid_t
start(int (*run)(const char *dir), const char *path)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		log_set_sink(office_dir_sink);
		_exit(run(path));
	}
	return pid;
}

static void
stop(pid_t pid, int signal, int *status)
{
	assert_int_equal(kill(pid, signal), 0);
	assert_int_equal(waitpid(pid, status, 0), pid);
}

/* The answer's number under `key`; -1: there is none. */
static long long
number_in(const struct reply *r, const char *key)
{
	json_t *json =
	    json_loadb((const char *)r->json.at, r->json.size, 0, NULL);
	json_t *value = json_object_get(json, key);
	long long number = -1;

	if (json_is_integer(value)) {
		number = json_integer_value(value);
	} else if (json_is_boolean(value)) {
		number = json_is_true(value);
	}
	json_decref(json);
	return number;
}

/* Its socket is there soon after it has the lock. */
static void
wait_for_daemon(const char *path)
{
	int64_t until_ms = clock_steady_ms() + 10000;
	struct timespec pause = { .tv_nsec = 5000000 };
	char file[FILE_PATH_MAX];

	file_join(file, path, OFFICE_CONTROL_FILE);
	while (!file_exists(file) && clock_steady_ms() < until_ms)
		(void)nanosleep(&pause, NULL);
	assert_true(file_exists(file));
}

static void
ask_daemon(const char *path, const struct office_trade *trade,
    const struct command *c, struct buffer *storage, struct reply *out)
{
	wait_for_daemon(path);
	door_ask_once(path, trade, &english, c, storage, out);
	assert_int_equal(out->exit, EXIT_DONE);
}

TEST_WITH(test_a_door_opens_the_office_once_when_nobody_has_it, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct reply reply;
	struct door *d;

	file_join(path, *state, "d");
	make(path, &district_trade, "420106", "");
	d = door_new(path, &district_trade, &english);
	for (int i = 0; i < 3; i++) {
		door_ask(d, &status_command, &reply);
		assert_int_equal(reply.exit, EXIT_DONE);
		assert_int_equal(number_in(&reply, "running"), 0);
	}
	door_free(d);
}

TEST_WITH(test_a_door_without_an_office_says_so, office_dir_make,
    office_dir_remove)
{
	struct buffer storage = { .limit = REPLY_BYTES_MAX };
	struct reply reply;

	door_ask_once(*state, &district_trade, &english, &status_command,
	    &storage, &reply);
	assert_int_equal(reply.exit, EXIT_CONFIG);
	assert_true(reply.sentence.size > 0);
	buffer_clear(&storage);
}

TEST_WITH(test_a_door_asks_the_daemon_and_notices_its_end, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct buffer storage = { .limit = REPLY_BYTES_MAX };
	struct reply reply;
	int status;
	pid_t pid;

	file_join(path, *state, "d");
	make(path, &district_trade, "420106", "");
	pid = start(district_run, path);
	ask_daemon(path, &district_trade, &status_command, &storage, &reply);
	assert_int_equal(number_in(&reply, "running"), 1);
	stop(pid, SIGTERM, &status);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_DONE);
	door_ask_once(path, &district_trade, &english, &status_command,
	    &storage, &reply);
	assert_int_equal(number_in(&reply, "running"), 0);
	buffer_clear(&storage);
}

TEST_WITH(test_two_daemons_do_not_share_a_directory, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct buffer storage = { .limit = REPLY_BYTES_MAX };
	struct reply reply;
	int status;
	pid_t first, second;

	file_join(path, *state, "d");
	make(path, &district_trade, "420106", "");
	first = start(district_run, path);
	ask_daemon(path, &district_trade, &status_command, &storage, &reply);
	second = start(district_run, path);
	assert_int_equal(waitpid(second, &status, 0), second);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_TRY_AGAIN);
	stop(first, SIGTERM, &status);
	buffer_clear(&storage);
}

/* -- enrolment, over the line -- */

static void
write_invitation(const char *hub, const char *office, const char *file)
{
	struct command c = { .kind = COMMAND_INVITE, .language = "en" };
	struct buffer storage = { .limit = REPLY_BYTES_MAX };
	struct reply reply;
	json_t *json;

	assert_int_equal(text_copy(c.invite.office, sizeof(c.invite.office),
			     office),
	    RC_OK);
	door_ask_once(hub, &hub_trade, &english, &c, &storage, &reply);
	assert_int_equal(reply.exit, EXIT_DONE);
	json =
	    json_loadb((const char *)reply.json.at, reply.json.size, 0, NULL);
	assert_int_equal(file_write(file,
			     span_of_text(json_string_value(
				 json_object_get(json, "invitation"))),
			     0600, true),
	    RC_OK);
	json_decref(json);
	buffer_clear(&storage);
}

static enum rc
join(const char *district, const char *file, struct office_fault *fault)
{
	struct enrol_options options = { .language = LANGUAGE_EN };
	struct enrol_result result;

	return enrol_join(district, &district_trade, file, &options, &result,
	    fault);
}

/* A free port: the system's choice, given back at once. */
static void
free_address(char out[BUS_ENDPOINT_MAX + 1])
{
	struct bus_keys keys;
	struct bus_socket *s;
	struct bus *bus = bus_open(NULL, NULL);

	bus_keys_make(&keys);
	assert_int_equal(bus_listen(bus, "tcp://127.0.0.1:*", &keys, &s),
	    RC_OK);
	bus_endpoint(s, out);
	bus_close(bus);
}

TEST_WITH(test_an_office_joins_and_its_records_arrive, office_dir_make,
    office_dir_remove)
{
	char hub[FILE_PATH_MAX], a[FILE_PATH_MAX], b[FILE_PATH_MAX];
	char file[FILE_PATH_MAX], address[BUS_ENDPOINT_MAX + 1];
	struct buffer storage = { .limit = REPLY_BYTES_MAX };
	struct office_fault fault;
	struct reply reply;
	int64_t until_ms;
	int status;
	pid_t hub_pid, pid;

	file_join(hub, *state, "h");
	file_join(a, *state, "a");
	file_join(b, *state, "b");
	file_join(file, *state, "invitation");
	free_address(address);
	make(hub, &hub_trade, "420100", address);
	make(a, &district_trade, "420106", "");
	make(b, &district_trade, "420106", "");
	write_invitation(hub, "420106", file);
	assert_int_equal(join(a, file, &fault), RC_BUSY);
	hub_pid = start(hub_run, hub);
	ask_daemon(hub, &hub_trade, &status_command, &storage, &reply);
	assert_int_equal(join(a, file, &fault), RC_OK);
	assert_int_equal(join(a, file, &fault), RC_OK);
	assert_int_equal(join(b, file, &fault), RC_REFUSED);
	assert_int_equal(fault.exit, EXIT_REFUSED);
	pid = start(district_run, a);
	until_ms = clock_steady_ms() + 10000;
	do { /* two records of the hub, one of the district */
		ask_daemon(hub, &hub_trade, &status_command, &storage, &reply);
	} while (number_in(&reply, "journal_records") < 3 &&
		 clock_steady_ms() < until_ms);
	assert_int_equal(number_in(&reply, "journal_records"), 3);
	stop(pid, SIGTERM, &status);
	stop(hub_pid, SIGTERM, &status);
	buffer_clear(&storage);
}
