#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "keys/people.h"

#include "support/office_dir.h"
#include "support/unit.h"

enum { NOW_MS = 1700000000, BYTES_MAX = 4096 };

static struct person
person(const char *id, const char *role, const char *password)
{
	struct person p = { 0 };

	assert_int_equal(text_copy(p.id, sizeof(p.id), id), RC_OK);
	assert_int_equal(text_copy(p.role, sizeof(p.role), role), RC_OK);
	assert_int_equal(person_set_password(&p, span_of_text(password)),
	    RC_OK);
	return p;
}

/* Two people in DIR. */
static void
save_two(const char *dir)
{
	struct people people = { 0 };
	struct person wang = person("wang", "clerk", "correct horse");
	struct person li = person("li.2", "administrator", "battery staple");

	memcpy(wang.system_user, "desk1", 6);
	li.is_disabled = true;
	assert_int_equal(people_add(&people, &wang), RC_OK);
	assert_int_equal(people_add(&people, &li), RC_OK);
	assert_int_equal(people_save(dir, &people), RC_OK);
	people_clear(&people);
}

TEST_WITH(test_what_was_saved_is_read_again, office_dir_make, office_dir_remove)
{
	struct people people;
	const struct person *p;

	assert_int_equal(people_load(*state, &people), RC_OK);
	assert_int_equal(people.count, 0);
	people_clear(&people);
	save_two(*state);
	assert_int_equal(people_load(*state, &people), RC_OK);
	assert_int_equal(people.count, 2);
	p = people_find(&people, "wang");
	assert_non_null(p);
	assert_string_equal(p->role, "clerk");
	assert_false(p->is_disabled);
	assert_ptr_equal(people_of_system_user(&people, "desk1"), p);
	assert_null(people_of_system_user(&people, ""));
	assert_true(people_find(&people, "li.2")->is_disabled);
	assert_int_equal(people_count_role(&people, "clerk"), 1);
	assert_int_equal(people_count_role(&people, "administrator"), 0);
	assert_null(people_find(&people, "zhao"));
	people_clear(&people);
}

static void
people_path(const char *dir, char path[static FILE_PATH_MAX])
{
	file_join(path, dir, "keys/people");
}

TEST_WITH(test_others_may_not_read_it, office_dir_make, office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct people people;
	struct stat found;

	save_two(*state);
	people_path(*state, path);
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(people_load(*state, &people), RC_REFUSED);
	assert_int_equal(people.count, 0);
}

TEST_WITH(test_any_changed_byte_is_found, office_dir_make, office_dir_remove)
{
	struct buffer whole = { .limit = BYTES_MAX };
	char path[FILE_PATH_MAX];
	struct people people;

	save_two(*state);
	people_path(*state, path);
	assert_int_equal(file_read(path, &whole), RC_OK);
	for (size_t i = 0; i < whole.size; i++) {
		whole.at[i] ^= 1;
		assert_int_equal(file_write(path, buffer_span(&whole), 0600,
				     true),
		    RC_OK);
		assert_int_not_equal(people_load(*state, &people), RC_OK);
		whole.at[i] ^= 1;
	}
	for (size_t size = 1; size < whole.size; size++) {
		assert_int_equal(file_write(path, span_of(whole.at, size), 0600,
				     true),
		    RC_OK);
		assert_int_not_equal(people_load(*state, &people), RC_OK);
	}
	buffer_clear(&whole);
}

TEST_WITH(test_a_later_version_is_not_guessed_at, office_dir_make,
    office_dir_remove)
{
	char path[FILE_PATH_MAX];
	struct people people;

	save_two(*state);
	people_path(*state, path);
	assert_int_equal(file_write(path,
			     span_of_text("petition-relay-people 2\n"), 0600,
			     true),
	    RC_OK);
	assert_int_equal(people_load(*state, &people), RC_TOO_NEW);
	/* An empty file is an office without users. */
	assert_int_equal(file_write(path, span_of_text(""), 0600, true), RC_OK);
	assert_int_equal(people_load(*state, &people), RC_OK);
	assert_int_equal(people.count, 0);
}

TEST_WITH(test_ids_and_system_users_are_unique_and_fit, office_dir_make,
    office_dir_remove)
{
	struct people people = { 0 };
	struct person p = person("a-b_c.9", "head", "long enough");

	(void)state;
	memcpy(p.system_user, "a", 2);
	assert_int_equal(people_add(&people, &p), RC_OK);
	assert_int_equal(people_add(&people, &p), RC_DUPLICATE);
	memcpy(p.id, "other", 6);
	assert_int_equal(people_add(&people, &p), RC_DUPLICATE);
	memcpy(p.system_user, "b c", 4);
	assert_int_equal(people_add(&people, &p), RC_MALFORMED);
	p.system_user[0] = '\0';
	memcpy(p.id, "A", 2);
	assert_int_equal(people_add(&people, &p), RC_MALFORMED);
	assert_false(person_id_is_fit(""));
	assert_false(person_id_is_fit("a b"));
	assert_false(person_id_is_fit("123456789012345678901234567890123"));
	assert_true(person_id_is_fit("12345678901234567890123456789012"));
	people_clear(&people);
}

TEST_WITH(test_there_is_a_limit, office_dir_make, office_dir_remove)
{
	struct people people = { 0 };
	struct person p = person("x", "clerk", "long enough");

	for (int i = 0; i < PEOPLE_MAX; i++) {
		assert_int_equal(text_format(p.id, sizeof(p.id), "u%d", i),
		    RC_OK);
		assert_int_equal(people_add(&people, &p), RC_OK);
	}
	memcpy(p.id, "more", 5);
	assert_int_equal(people_add(&people, &p), RC_TOO_BIG);
	assert_int_equal(people_save(*state, &people), RC_OK);
	people_clear(&people);
	assert_int_equal(people_load(*state, &people), RC_OK);
	assert_int_equal(people.count, PEOPLE_MAX);
	people_clear(&people);
}

TEST_WITH(test_passwords_have_limits, office_dir_make, office_dir_remove)
{
	struct person p = { 0 };
	char text[PASSWORD_BYTES_MAX + 2];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(person_set_password(&p, span_of(text, 7)),
	    RC_MALFORMED);
	assert_int_equal(person_set_password(&p,
			     span_of(text, PASSWORD_BYTES_MAX + 1)),
	    RC_MALFORMED);
	assert_int_equal(person_set_password(&p,
			     span_of_text("\xff\xfe\xff"
					  "\xfe\xff\xfe\xff\xfe")),
	    RC_MALFORMED);
	assert_int_equal(person_set_password(&p, span_of(text, 8)), RC_OK);
	assert_memory_equal(p.hash, "$argon2id$", 10);
}

TEST_WITH(test_ten_wrong_passwords_lock_for_a_minute, office_dir_make,
    office_dir_remove)
{
	struct person p = person("wang", "clerk", "correct horse");
	struct person other = person("li", "clerk", "battery staple");
	struct span right = span_of_text("correct horse");
	struct span wrong = span_of_text("correct house");
	int64_t now_ms = NOW_MS;

	save_two(*state);
	assert_int_equal(people_check_password(*state, &p, right, now_ms),
	    RC_OK);
	for (int i = 0; i < PEOPLE_TRIES_MAX; i++) {
		assert_int_equal(people_check_password(*state, &p, wrong,
				     now_ms),
		    RC_REFUSED);
	}
	assert_int_equal(people_check_password(*state, &p, right, now_ms + 1),
	    RC_BUSY);
	/* Nobody else is locked out with him. */
	assert_int_equal(people_check_password(*state, &other,
			     span_of_text("battery staple"), now_ms + 1),
	    RC_OK);
	now_ms += PEOPLE_LOCKED_MS;
	assert_int_equal(people_check_password(*state, &p, wrong, now_ms),
	    RC_REFUSED);
	/* One more is enough to be locked again. */
	assert_int_equal(people_check_password(*state, &p, right, now_ms),
	    RC_BUSY);
	now_ms += PEOPLE_LOCKED_MS;
	assert_int_equal(people_check_password(*state, &p, right, now_ms),
	    RC_OK);
	assert_int_equal(people_check_password(*state, &p, wrong, now_ms),
	    RC_REFUSED);
}
