/*
 * Folders for tests, below TMPDIR, so that a run that dies leaves nothing in
 * the source tree.
 */
#include "support/office_dir.h"

#include <ftw.h>

void
office_dir_sink(enum log_level level, const char *line)
{
	(void)level;
	(void)line;
}

int
office_dir_make(void **state)
{
	const char *temporary = getenv("TMPDIR");
	char path[FILE_PATH_MAX];

	file_join(path, temporary != NULL ? temporary : "/tmp",
	    "petition-office.XXXXXX");
	log_set_sink(office_dir_sink);
	assert_non_null(mkdtemp(path));
	*state = memory_text(path);
	return 0;
}

static int
office_dir_unlink(const char *path, const struct stat *found, int kind,
    struct FTW *walk)
{
	(void)found;
	(void)kind;
	(void)walk;
	return remove(path);
}

int
office_dir_remove(void **state)
{
	assert_int_equal(nftw(*state, office_dir_unlink, 8,
			     FTW_DEPTH | FTW_PHYS),
	    0);
	free(*state);
	log_set_sink(NULL);
	return 0;
}

struct office *
office_dir_office(const char *dir, const struct office_trade *trade,
    const char *code, const char *listen)
{
	struct office_options options = { .language = LANGUAGE_EN };
	struct office_make wish = { .office = code,
		.name = "Office",
		.listen = listen,
		.language = LANGUAGE_EN };
	struct office_fault fault;
	struct office *o;
	char path[FILE_PATH_MAX];

	file_join(path, dir, code);
	if (!file_exists(path))
		assert_int_equal(office_make(path, trade, &wish, &fault),
		    RC_OK);
	assert_int_equal(office_open(path, trade, &options, &o, &fault), RC_OK);
	return o;
}
