/*
 * latency - from asking a district to register until the city can read it.
 *
 *	latency DISTRICT-DIR HUB-DIR COUNT
 *
 * Both daemons run and are connected.  Each item goes through the district's
 * control socket as any command line's would (without starting a process),
 * and is then looked for in the hub's register by a reader of its own.
 * Prints one JSON object, milliseconds.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "mech/db.h"
#include "register/views.h"
#include "service/control.h"

#include "district.h"

enum {
	COUNT_MAX = 100000,
	PAUSE_US = 20000, /* idle between two items */
	GIVE_UP_US = 10000000,
	PERCENT = 100,
	US_PER_MS = 1000,
	NS_PER_US = 1000,
};

static void
rest(int64_t us)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = (long)(us * NS_PER_US) },
	    NULL);
}

static void
register_one(struct door *door, int i, char item[ITEM_NUMBER_MAX + 1])
{
	char subject[64];
	struct intake intake = { .channel = "WX", .purpose = "QJ" };
	struct command c = { .kind = COMMAND_REGISTER,
		.language = "en",
		.actor_role = "clerk" };
	struct reply reply;
	json_t *result, *first;

	CHECK(text_format(subject, sizeof(subject), "latency %d", i) == RC_OK);
	intake.subject = span_of_text(subject);
	intake.text = intake.subject;
	c.registering.items = &intake;
	c.registering.items_count = 1;
	door_ask(door, &c, &reply);
	if (reply.exit != EXIT_DONE) {
		(void)fprintf(stderr, "not recorded: %.*s\n",
		    (int)reply.sentence.size, (const char *)reply.sentence.at);
		exit(EXIT_REFUSED); /* NOLINT: no thread of ours */
	}
	result =
	    json_loadb((const char *)reply.json.at, reply.json.size, 0, NULL);
	first = json_array_get(json_object_get(result, "items"), 0);
	CHECK(json_is_string(json_object_get(first, "item")));
	CHECK(text_copy(item, ITEM_NUMBER_MAX + 1,
		  json_string_value(json_object_get(first, "item"))) == RC_OK);
	json_decref(result);
}

static void
wait_visible(struct stmt *find, const char *item)
{
	int64_t start_us = clock_steady_us();
	bool found = false;

	while (!found) {
		db_bind_text(find, item);
		found = db_next(find);
		db_reset(find);
		if (clock_steady_us() - start_us > GIVE_UP_US) {
			(void)fprintf(stderr, "%s never arrived\n", item);
			exit(EXIT_REFUSED); /* NOLINT: no thread of ours */
		}
		if (!found)
			rest(30);
	}
}

static int
by_size(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static double
percentile_ms(int64_t *took_us, size_t count, size_t percent)
{
	size_t at = (count - 1) * percent / PERCENT;

	qsort(took_us, count, sizeof(*took_us), by_size);
	return (double)took_us[at] / US_PER_MS;
}

static void
measure(struct door *door, struct stmt *find, size_t count)
{
	int64_t *visible_us = memory_new(count, sizeof(int64_t));
	int64_t *recorded_us = memory_new(count, sizeof(int64_t));
	char item[ITEM_NUMBER_MAX + 1];

	for (size_t i = 0; i < count; i++) {
		int64_t start_us = clock_steady_us();

		register_one(door, (int)i, item);
		recorded_us[i] = clock_steady_us() - start_us;
		wait_visible(find, item);
		visible_us[i] = clock_steady_us() - start_us;
		rest(PAUSE_US);
	}
	(void)printf("{\"count\": %zu, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
		     "\"recorded_p50_ms\": %.3f, \"recorded_p99_ms\": %.3f}\n",
	    count, percentile_ms(visible_us, count, 50),
	    percentile_ms(visible_us, count, 99),
	    percentile_ms(recorded_us, count, 50),
	    percentile_ms(recorded_us, count, 99));
	free(visible_us);
	free(recorded_us);
}

int
main(int argc, char **argv)
{
	struct office_options options = { .language = LANGUAGE_EN };
	struct door *door;
	struct views *hub;
	struct stmt *find;
	int64_t count;

	if (argc != 4 || number_parse(argv[3], 1, COUNT_MAX, &count) != RC_OK) {
		(void)fprintf(stderr,
		    "usage: latency DISTRICT-DIR HUB-DIR COUNT\n");
		return EXIT_USAGE;
	}
	CHECK(views_open(argv[2], false, &hub) == RC_OK);
	find =
	    db_prepare(views_db(hub), "SELECT 1 FROM petition WHERE item = ?");
	door = door_new(argv[1], &district_trade, &options);
	measure(door, find, (size_t)count);
	door_free(door);
	db_finish(find);
	views_close(hub);
	return EXIT_DONE;
}
