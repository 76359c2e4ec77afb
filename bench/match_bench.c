/*
 * match_bench - the matching index, driven line by line; for match.py.
 *
 *	match_bench FILE
 *
 * Lines on standard input, their cells separated by tabs:
 *
 *	add  ITEM USER MS PLACE CATEGORY TITLE BODY	put it on file
 *	find ITEM USER MS PLACE CATEGORY TITLE BODY	what looks like it?
 *	both ...					find, then add
 *	commit						end the transaction
 *	stats						and start counting anew
 *
 * `find` and `both` answer with one line per candidate (ITEM, score, verdict,
 * reasons), then a line with a point.  `commit` and `stats` answer with one
 * line.  CPU time is that of the calls alone, commits included.  The user
 * stands for the person key: its hash; empty means nobody known.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "base/number.h"
#include "match/matcher.h"

enum { CELLS = 8, ITEMS_PER_COMMIT = 4096 };

struct bench {
	struct matcher *m;
	uint64_t position;
	uint64_t added, found, open; /* items since stats; in the transaction */
	double add_s, find_s;
};

static double
cpu_s(void)
{
	struct timespec t;

	CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
split(char *line, char *cells[static CELLS])
{
	for (size_t i = 0; i < CELLS; i++) {
		cells[i] = line;
		line = strchr(line, '\t');
		if (line == NULL)
			return i == CELLS - 1;
		*line++ = '\0';
	}
	return false;
}

static struct matcher_item
item_of(char *cells[static CELLS], uint8_t person[static MATCHER_PERSON_BYTES])
{
	struct matcher_item item = { .item = cells[1],
		.office = "990101",
		.place = span_of_text(cells[4]),
		.category = cells[5],
		.subject = span_of_text(cells[6]),
		.text = span_of_text(cells[7]) };

	if (number_parse(cells[3], INT64_MIN, INT64_MAX, &item.claimed_ms) !=
	    RC_OK)
		fatal("'%s' is no time", cells[3]);
	if (cells[2][0] != '\0') {
		CHECK(crypto_generichash(person, MATCHER_PERSON_BYTES,
			  (const uint8_t *)cells[2], strlen(cells[2]), NULL,
			  0) == 0);
		item.person_key = span_of(person, MATCHER_PERSON_BYTES);
	}
	return item;
}

static void
commit(struct bench *b)
{
	double start = cpu_s();

	if (b->open > 0)
		matcher_commit(b->m);
	b->open = 0;
	b->add_s += cpu_s() - start;
}

static void
add(struct bench *b, struct matcher_item *item)
{
	double start = cpu_s();

	if (b->open++ == 0)
		matcher_begin(b->m);
	item->position = ++b->position;
	matcher_add(b->m, item);
	b->add_s += cpu_s() - start;
	b->added++;
	if (b->open == ITEMS_PER_COMMIT)
		commit(b);
}

static void
find(struct bench *b, const struct matcher_item *item)
{
	struct matcher_candidate found[MATCHER_CANDIDATES_MAX];
	double start = cpu_s();
	size_t count = matcher_find(b->m, item, found);

	b->find_s += cpu_s() - start;
	b->found++;
	for (size_t i = 0; i < count; i++) {
		printf("%s\t%u\t%s\t%u\n", found[i].item, found[i].score,
		    found[i].verdict == MATCHER_CERTAIN ? "certain" : "likely",
		    found[i].reasons);
	}
	printf(".\n");
	(void)fflush(stdout);
}

static void
stats(struct bench *b)
{
	printf("{\"items\": %llu, \"bytes\": %lld, \"added\": %llu, "
	       "\"add_s\": %.6f, \"found\": %llu, \"find_s\": %.6f}\n",
	    (unsigned long long)matcher_items(b->m),
	    (long long)matcher_bytes(b->m), (unsigned long long)b->added,
	    b->add_s, (unsigned long long)b->found, b->find_s);
	(void)fflush(stdout);
	b->added = b->found = 0;
	b->add_s = b->find_s = 0;
}

static void
obey(struct bench *b, char *line)
{
	char *cells[CELLS];
	uint8_t person[MATCHER_PERSON_BYTES];
	struct matcher_item item;

	if (strcmp(line, "stats") == 0) {
		stats(b);
		return;
	}
	if (strcmp(line, "commit") == 0) {
		commit(b);
		printf("ok\n");
		(void)fflush(stdout);
		return;
	}
	if (!split(line, cells))
		fatal("this line does not have %d cells", CELLS);
	item = item_of(cells, person);
	if (strcmp(cells[0], "add") != 0)
		find(b, &item);
	if (strcmp(cells[0], "find") != 0)
		add(b, &item);
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	if (argc != 2) {
		(void)fprintf(stderr, "usage: match_bench FILE\n");
		return EXIT_USAGE;
	}
	CHECK(sodium_init() >= 0);
	if (matcher_open_file(argv[1], true, &b.m) != RC_OK)
		fatal("%s cannot be opened", argv[1]);
	b.position = matcher_applied(b.m);
	while ((length = getline(&line, &size, stdin)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		obey(&b, line);
	}
	commit(&b);
	matcher_close(b.m);
	free(line);
	return EXIT_DONE;
}
