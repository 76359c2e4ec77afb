/*
 * replay_main - a fuzz target as an ordinary test.
 *
 * Usage: fuzz_NAME RUNS FOLDER...
 * Every file of the folders goes to the target once; then RUNS inputs made by
 * a fixed pseudo-random sequence: a corpus file, or random bytes, with a few
 * bytes changed, cut or repeated.  The same inputs on every machine; no
 * libFuzzer, hence any compiler.  A folder that is not there counts as empty.
 */
#include <dirent.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	INPUTS_MAX = 4096,
	INPUT_BYTES_MAX = 64 * 1024,
	RANDOM_BYTES_MAX = 512,
	CHANGES_MAX = 8,
};

struct input {
	uint8_t *at;
	size_t size;
};

struct corpus {
	struct input inputs[INPUTS_MAX];
	size_t count;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* xorshift64*: the whole sequence follows from the seed. */
static uint64_t
draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static size_t
draw_below(uint64_t *state, size_t limit)
{
	return (size_t)(draw(state) >> 16) % limit;
}

/* The copy has exactly the input's size, so that the sanitizer sees its end. */
static void
feed(const uint8_t *at, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	if (copy == NULL)
		abort();
	memcpy(copy, at, size);
	(void)LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void
load_file(struct corpus *corpus, const char *path)
{
	struct input *input;
	struct stat about;
	FILE *file;

	if (corpus->count == INPUTS_MAX || stat(path, &about) != 0 ||
	    !S_ISREG(about.st_mode))
		return;
	file = fopen(path, "rb");
	if (file == NULL)
		return;
	input = &corpus->inputs[corpus->count];
	input->at = malloc(INPUT_BYTES_MAX);
	if (input->at == NULL)
		abort();
	input->size = fread(input->at, 1, INPUT_BYTES_MAX, file);
	(void)fclose(file);
	corpus->count++;
}

/* In the order of the names: the sequence must not depend on the disk. */
static void
load_folder(struct corpus *corpus, const char *folder)
{
	struct dirent **entries;
	char path[4096];
	int count = scandir(folder, &entries, NULL, alphasort);
	int length;

	for (int i = 0; i < count; i++) {
		length = snprintf(path, sizeof(path), "%s/%s", folder,
		    entries[i]->d_name);
		if (length > 0 && (size_t)length < sizeof(path))
			load_file(corpus, path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

static size_t
make_random(uint8_t *at, uint64_t *state)
{
	size_t size = draw_below(state, RANDOM_BYTES_MAX);

	for (size_t i = 0; i < size; i++)
		at[i] = (uint8_t)(draw(state) >> 32);
	return size;
}

/* One small damage; returns the new size. */
static size_t
change(uint8_t *at, size_t size, uint64_t *state)
{
	size_t place = draw_below(state, size);
	size_t run = 1 + draw_below(state, size - place);

	switch (draw_below(state, 5)) {
	case 0: /* one bit */
		at[place] ^= (uint8_t)(1U << draw_below(state, 8));
		return size;
	case 1: /* one byte */
		at[place] = (uint8_t)(draw(state) >> 32);
		return size;
	case 2: /* an extreme length or tag */
		at[place] = draw_below(state, 2) == 0 ? 0xff : 0x00;
		return size;
	case 3: /* cut out */
		memmove(at + place, at + place + run, size - place - run);
		return size - run;
	default: /* repeat */
		if (run > INPUT_BYTES_MAX - size)
			run = INPUT_BYTES_MAX - size;
		memmove(at + place + run, at + place, size - place);
		return size + run;
	}
}

static void
mutate(const struct corpus *corpus, uint64_t runs)
{
	uint64_t state = UINT64_C(0x9e3779b97f4a7c15);
	uint8_t *at = malloc(INPUT_BYTES_MAX);

	if (at == NULL)
		abort();
	for (uint64_t run = 0; run < runs; run++) {
		/* An eighth without any model, all of them when there is none. */
		size_t pick = draw_below(&state, corpus->count * 8 / 7 + 1);
		size_t size;

		if (pick < corpus->count) {
			size = corpus->inputs[pick].size;
			memcpy(at, corpus->inputs[pick].at, size);
		} else {
			size = make_random(at, &state);
		}
		for (size_t left = 1 + draw_below(&state, CHANGES_MAX);
		     left > 0 && size > 0; left--)
			size = change(at, size, &state);
		feed(at, size);
	}
	free(at);
}

int
main(int argc, char **argv)
{
	static struct corpus corpus;
	uint64_t runs;
	char *end;

	if (argc < 2) {
		(void)fprintf(stderr, "usage: %s RUNS FOLDER...\n", argv[0]);
		return 2;
	}
	runs = strtoull(argv[1], &end, 10);
	if (*end != '\0') {
		(void)fprintf(stderr, "RUNS must be a number\n");
		return 2;
	}
	for (int i = 2; i < argc; i++)
		load_folder(&corpus, argv[i]);
	for (size_t i = 0; i < corpus.count; i++)
		feed(corpus.inputs[i].at, corpus.inputs[i].size);
	mutate(&corpus, runs);
	printf("%zu corpus files, %" PRIu64 " mutations\n", corpus.count, runs);
	for (size_t i = 0; i < corpus.count; i++)
		free(corpus.inputs[i].at);
	return 0;
}
