#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "contract/limits.h"
#include "keys/seal.h"

#include "support/office_dir.h"
#include "support/unit.h"

#define ITEM "990101-2026-000001-ABC"

enum { YEAR = 2026 };

struct fixture {
	void *dir;
	struct seal *seal;
	struct buffer sealed;
	struct buffer plain;
};

static int
start(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	assert_int_equal(office_dir_make(&f->dir), 0);
	f->seal = seal_new(f->dir);
	*state = f;
	return 0;
}

static int
finish(void **state)
{
	struct fixture *f = *state;

	seal_free(f->seal);
	buffer_clear(&f->sealed);
	buffer_clear(&f->plain);
	assert_int_equal(office_dir_remove(&f->dir), 0);
	free(f);
	return 0;
}

static void
seal_text(struct fixture *f, const char *text)
{
	buffer_reset(&f->sealed);
	assert_int_equal(seal_identity(f->seal, YEAR, ITEM, span_of_text(text),
			     &f->sealed),
	    RC_OK);
}

static enum rc
open_again(struct fixture *f, int year, const char *item)
{
	buffer_reset(&f->plain);
	return seal_open(f->seal, year, item, buffer_span(&f->sealed),
	    &f->plain);
}

TEST_WITH(test_an_identity_opens_where_it_was_sealed, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "李某");
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
	assert_true(span_equal(buffer_span(&f->plain), span_of_text("李某")));
}

TEST_WITH(test_an_empty_identity_opens_too, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "");
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
	assert_int_equal(f->plain.size, 0);
}

TEST_WITH(test_an_identity_opens_after_a_restart, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "李某");
	seal_free(f->seal);
	f->seal = seal_new(f->dir);
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
}

TEST_WITH(test_the_length_of_a_name_does_not_show, start, finish)
{
	struct fixture *f = *state;
	size_t size;

	seal_text(f, "");
	size = f->sealed.size;
	seal_text(f, "a rather long name of some forty letters");
	assert_int_equal(f->sealed.size, size);
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
	assert_int_equal(f->plain.size, 40);
}

TEST_WITH(test_an_identity_of_another_item_does_not_open, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "李某");
	assert_int_equal(open_again(f, YEAR, "990101-2026-000002-ABC"),
	    RC_DAMAGED);
}

TEST_WITH(test_every_changed_byte_is_noticed, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "李某");
	for (size_t i = 0; i < f->sealed.size; i++) {
		enum rc rc;

		f->sealed.at[i] ^= 0x40;
		rc = open_again(f, YEAR, ITEM);
		assert_true(rc == RC_DAMAGED || (i == 0 && rc == RC_TOO_NEW));
		assert_int_equal(f->plain.size, 0);
		f->sealed.at[i] ^= 0x40;
	}
}

TEST_WITH(test_every_shortened_form_is_noticed, start, finish)
{
	struct fixture *f = *state;

	seal_text(f, "李某");
	while (f->sealed.size > 0) {
		f->sealed.size--;
		assert_int_equal(open_again(f, YEAR, ITEM), RC_DAMAGED);
	}
}

TEST_WITH(test_a_destroyed_year_is_gone_at_once, start, finish)
{
	struct fixture *f = *state;
	char path[FILE_PATH_MAX];

	seal_text(f, "李某");
	file_join(path, f->dir, "keys/seal-2026.key");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(open_again(f, YEAR, ITEM), RC_NONE);
	assert_int_equal(open_again(f, YEAR + 1, ITEM), RC_NONE);
}

TEST_WITH(test_each_year_has_its_own_key, start, finish)
{
	struct fixture *f = *state;
	struct buffer next = { 0 };

	seal_text(f, "李某");
	assert_int_equal(seal_identity(f->seal, YEAR + 1, ITEM,
			     span_of_text("王某"), &next),
	    RC_OK);
	assert_int_equal(open_again(f, YEAR + 1, ITEM), RC_DAMAGED);
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
	buffer_clear(&next);
}

TEST_WITH(test_the_key_is_on_disk_before_anything_is_sealed, start, finish)
{
	struct fixture *f = *state;
	char path[FILE_PATH_MAX];

	/* A folder that is open to others takes no key: nothing is sealed. */
	file_join(path, f->dir, "keys");
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(chmod(path, 0755), 0);
	assert_int_equal(seal_identity(f->seal, YEAR, ITEM,
			     span_of_text("李某"), &f->sealed),
	    RC_REFUSED);
	assert_int_equal(f->sealed.size, 0);
	assert_int_equal(chmod(path, 0700), 0);
	seal_text(f, "李某");
	file_join(path, f->dir, "keys/seal-2026.key");
	assert_true(file_exists(path));
}

TEST_WITH(test_the_largest_identity_fits_and_a_larger_is_refused, start, finish)
{
	struct fixture *f = *state;
	uint8_t plain[SEALED_BYTES_MAX] = { 0 };

	assert_int_equal(seal_identity(f->seal, YEAR, ITEM,
			     span_of(plain, 4 * PERSON_FIELD_BYTES_MAX + 16),
			     &f->sealed),
	    RC_OK);
	assert_true(f->sealed.size <= SEALED_BYTES_MAX);
	assert_int_equal(open_again(f, YEAR, ITEM), RC_OK);
	assert_int_equal(seal_identity(f->seal, YEAR, ITEM,
			     span_of(plain, sizeof(plain)), &f->sealed),
	    RC_TOO_BIG);
}
