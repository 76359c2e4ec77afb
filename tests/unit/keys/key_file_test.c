#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "keys/key_file.h"

#include "support/unit.h"

enum { SIZE = 32 };

struct fixture {
	char dir[64];
	uint8_t secret[SIZE];
};

static int
make_dir(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	assert_int_equal(text_copy(f->dir, sizeof(f->dir),
			     "/tmp/key_file.XXXXXX"),
	    RC_OK);
	assert_non_null(mkdtemp(f->dir));
	for (size_t i = 0; i < SIZE; i++)
		f->secret[i] = (uint8_t)i;
	*state = f;
	return 0;
}

static void
path_of(const struct fixture *f, const char *name, char *out)
{
	char folder[FILE_PATH_MAX];

	key_file_folder(folder, f->dir);
	file_join(out, folder, name);
}

static int
remove_dir(void **state)
{
	struct fixture *f = *state;
	char path[FILE_PATH_MAX];

	path_of(f, "a.key", path);
	(void)unlink(path);
	path_of(f, "b.key", path);
	(void)unlink(path);
	key_file_folder(path, f->dir);
	(void)rmdir(path);
	assert_int_equal(rmdir(f->dir), 0);
	free(f);
	return 0;
}

static void
write_a(struct fixture *f)
{
	assert_int_equal(key_file_write(f->dir, "a.key",
			     span_of(f->secret, SIZE)),
	    RC_OK);
}

TEST_WITH(test_a_key_comes_back_as_it_was_written, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t back[SIZE];

	write_a(f);
	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE), RC_OK);
	assert_memory_equal(back, f->secret, SIZE);
}

TEST_WITH(test_a_missing_key_is_none, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t back[SIZE];

	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE), RC_NONE);
	write_a(f);
	assert_int_equal(key_file_read(f->dir, "b.key", back, SIZE), RC_NONE);
}

TEST_WITH(test_a_key_is_never_replaced, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t other[SIZE] = { 9 }, back[SIZE];

	write_a(f);
	assert_int_equal(key_file_write(f->dir, "a.key", span_of(other, SIZE)),
	    RC_DUPLICATE);
	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE), RC_OK);
	assert_memory_equal(back, f->secret, SIZE);
}

TEST_WITH(test_the_folder_and_the_file_are_for_the_owner_alone, make_dir,
    remove_dir)
{
	struct fixture *f = *state;
	char path[FILE_PATH_MAX];
	struct stat found;

	write_a(f);
	key_file_folder(path, f->dir);
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0700);
	path_of(f, "a.key", path);
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
}

TEST_WITH(test_a_key_that_others_can_read_is_refused, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t back[SIZE];
	char path[FILE_PATH_MAX];

	write_a(f);
	path_of(f, "a.key", path);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE),
	    RC_REFUSED);
	assert_int_equal(chmod(path, 0600), 0);
	key_file_folder(path, f->dir);
	assert_int_equal(chmod(path, 0755), 0);
	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE),
	    RC_REFUSED);
	assert_int_equal(key_file_write(f->dir, "b.key",
			     span_of(f->secret, SIZE)),
	    RC_REFUSED);
}

/* Replace the file by its text with one byte changed, at every place. */
TEST_WITH(test_every_changed_byte_is_noticed, make_dir, remove_dir)
{
	struct fixture *f = *state;
	struct buffer text = { .limit = 4096 };
	uint8_t back[SIZE];
	char path[FILE_PATH_MAX];

	write_a(f);
	path_of(f, "a.key", path);
	assert_int_equal(file_read(path, &text), RC_OK);
	for (size_t i = 0; i < text.size; i++) {
		enum rc rc;

		text.at[i] ^= 1;
		assert_int_equal(file_write(path, buffer_span(&text), 0600,
				     true),
		    RC_OK);
		rc = key_file_read(f->dir, "a.key", back, SIZE);
		assert_true(rc == RC_DAMAGED || rc == RC_TOO_NEW);
		text.at[i] ^= 1;
	}
	buffer_clear(&text);
}

TEST_WITH(test_a_key_copied_over_another_is_noticed, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t back[SIZE];
	char from[FILE_PATH_MAX], to[FILE_PATH_MAX];

	write_a(f);
	path_of(f, "a.key", from);
	path_of(f, "b.key", to);
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(key_file_read(f->dir, "b.key", back, SIZE),
	    RC_DAMAGED);
}

TEST_WITH(test_another_size_is_damage, make_dir, remove_dir)
{
	struct fixture *f = *state;
	uint8_t back[SIZE];

	write_a(f);
	assert_int_equal(key_file_read(f->dir, "a.key", back, SIZE - 1),
	    RC_DAMAGED);
}
