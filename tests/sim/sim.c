/*
 * sim - live many histories; show that the rules hold, and that each
 * deliberate fault (relay/mutants.h) is found.
 *
 *	sim --seeds N [--first S | --random] [--json]
 *	sim --seed S [--verbose]
 *	sim --mutants [--seconds PER] [--json]     (a build with mutants)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mutants.h"
#include "base/number.h"
#include "base/random.h"

#include "world.h"

enum { US_PER_S = 1000000, MUTANT_SECONDS = 60, FIRST_MAX = 1000000000 };

#ifdef PETITION_MUTANTS
enum mutant mutant_active = MUTANT_NONE;
void (*mutant_pause_hook)(void);
#endif

struct options {
	int64_t seeds, first, seed, seconds;
	bool json, verbose, mutants, random;
};

static double
seconds_since(int64_t start_us)
{
	return (double)(clock_steady_us() - start_us) / US_PER_S;
}

static void
quiet(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

static int
run_seeds(const struct options *o)
{
	int64_t start_us = clock_steady_us(), failures = 0, first_bad = -1;
	char why[WORLD_WHY_MAX];

	for (int64_t i = 0; i < o->seeds; i++) {
		if (!o->json && i % 500 == 0 && isatty(STDERR_FILENO)) {
			(void)fprintf(stderr, "\r%lld of %lld seeds",
			    (long long)i, (long long)o->seeds);
		}
		int64_t seed = o->first + i;

		if (world_live((uint64_t)seed, false, why))
			continue;
		if (failures++ == 0)
			first_bad = seed;
		(void)fprintf(stderr, "seed %" PRId64 ": %s\n", seed, why);
	}
	if (o->json) {
		char bad[32] = "null";

		if (first_bad >= 0) {
			(void)snprintf(bad, sizeof(bad), "%lld",
			    (long long)first_bad);
		}
		(void)printf("{\"seeds\": %lld, \"first\": %lld, "
			     "\"failures\": %lld, "
			     "\"seconds\": %.2f, \"first_failing_seed\": %s}\n",
		    (long long)o->seeds, (long long)o->first,
		    (long long)failures, seconds_since(start_us), bad);
	} else {
		(void)printf("%lld seeds (%lld..%lld), %lld failed, %.1f s\n",
		    (long long)o->seeds, (long long)o->first,
		    (long long)(o->first + o->seeds - 1), (long long)failures,
		    seconds_since(start_us));
	}
	return failures == 0 ? EXIT_DONE : EXIT_REFUSED;
}

#ifdef PETITION_MUTANTS
static const struct {
	const char *name, *text;
} mutants[MUTANT_COUNT] = {
#define MUTANT_ROW(name, text) [name] = { #name, text },
	MUTANT_LIST(MUTANT_ROW)
#undef MUTANT_ROW
};

struct catch
{
	bool is_caught;
	int64_t seed;
	double seconds;
	char why[WORLD_WHY_MAX];
};

/* In a process of its own: a fault may as well end in a failed CHECK. */
static void
hunt_here(enum mutant m, int64_t limit_us, int out)
{
	struct catch c = { .is_caught = false };

	mutant_active = m;
	while (!c.is_caught && clock_steady_us() < limit_us)
		c.is_caught = !world_live((uint64_t)++c.seed, false, c.why);
	if (write(out, &c, sizeof(c)) != (ssize_t)sizeof(c))
		_exit(EXIT_USAGE);
	_exit(EXIT_DONE);
}

static struct catch hunt(enum mutant m, const struct options *o)
{
	int64_t start_us = clock_steady_us();
	struct catch c = { .is_caught = false };
	int ends[2], status;
	pid_t pid;

	CHECK(pipe(ends) == 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		hunt_here(m, start_us + o->seconds * US_PER_S, ends[1]);
	(void)close(ends[1]);
	if (read(ends[0], &c, sizeof(c)) != (ssize_t)sizeof(c)) {
		c.is_caught = true;
		(void)snprintf(c.why, sizeof(c.why), "a CHECK stopped it");
	}
	(void)close(ends[0]);
	CHECK(waitpid(pid, &status, 0) == pid);
	c.seconds = seconds_since(start_us);
	return c;
}

static int
run_mutants(const struct options *o)
{
	bool all = true;

	if (o->json)
		(void)printf("{\"mutants\": [");
	for (unsigned m = MUTANT_NONE + 1; m < MUTANT_COUNT; m++) {
		struct catch c = hunt((enum mutant)m, o);

		all &= c.is_caught;
		if (o->json)
			(void)printf("%s{\"name\": \"%s\", \"caught\": %s, "
				     "\"seconds\": %.2f, \"seed\": %lld}",
			    m > MUTANT_NONE + 1 ? ", " : "", mutants[m].name,
			    c.is_caught ? "true" : "false", c.seconds,
			    (long long)c.seed);
		else
			(void)printf("%-28s %-10s %6.2f s  seed %-5lld %s\n"
				     "    %s\n",
			    mutants[m].name, c.is_caught ? "caught" : "ESCAPED",
			    c.seconds, (long long)c.seed, mutants[m].text,
			    c.why);
		(void)fflush(stdout);
	}
	if (o->json)
		(void)printf("]}\n");
	return all ? EXIT_DONE : EXIT_REFUSED;
}
#else
static int
run_mutants(const struct options *o)
{
	(void)o;
	(void)fprintf(stderr, "This build has no mutants: run "
			      "./dev sim --mutants, which builds them in.\n");
	return EXIT_USAGE;
}
#endif

/* Seeds that nobody has seen; said first, so that they can be run again. */
static void
draw_first(struct options *o)
{
	o->first = 1 + (int64_t)(random_u64() % (uint64_t)FIRST_MAX);
	(void)fprintf(stderr, "first seed: %lld\n", (long long)o->first);
}

static bool
parse_number(const char *text, int64_t *out)
{
	return text != NULL && number_parse(text, 0, INT32_MAX, out) == RC_OK;
}

static bool
parse(int argc, char **argv, struct options *o)
{
	for (int i = 1; i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool ok = true, took = false;

		if (strcmp(argv[i], "--json") == 0) {
			o->json = true;
		} else if (strcmp(argv[i], "--verbose") == 0) {
			o->verbose = true;
		} else if (strcmp(argv[i], "--mutants") == 0) {
			o->mutants = true;
		} else if (strcmp(argv[i], "--random") == 0) {
			o->random = true;
		} else if ((took = strcmp(argv[i], "--seeds") == 0)) {
			ok = parse_number(next, &o->seeds);
		} else if ((took = strcmp(argv[i], "--first") == 0)) {
			ok = parse_number(next, &o->first);
		} else if ((took = strcmp(argv[i], "--seed") == 0)) {
			ok = parse_number(next, &o->seed);
		} else if ((took = strcmp(argv[i], "--seconds") == 0)) {
			ok = parse_number(next, &o->seconds);
		} else {
			ok = false;
		}
		if (!ok)
			return false;
		i += took;
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct options o = { .seeds = 1000,
		.first = 1,
		.seed = -1,
		.seconds = MUTANT_SECONDS };
	char why[WORLD_WHY_MAX];

	if (!parse(argc, argv, &o)) {
		(void)fprintf(stderr,
		    "usage: sim [--seeds N] [--first S | --random] [--json] | "
		    "--seed S [--verbose] | --mutants [--seconds N] "
		    "[--json]\n");
		return EXIT_USAGE;
	}
	if (o.random)
		draw_first(&o);
	if (!o.verbose)
		log_set_sink(quiet);
	if (o.mutants)
		return run_mutants(&o);
	if (o.seed < 0)
		return run_seeds(&o);
	if (world_live((uint64_t)o.seed, o.verbose, why)) {
		(void)printf("seed %lld: all rules held\n", (long long)o.seed);
		return EXIT_DONE;
	}
	(void)printf("seed %lld: %s\n", (long long)o.seed, why);
	return EXIT_REFUSED;
}
