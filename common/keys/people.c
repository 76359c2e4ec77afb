/*
 * people - the list of users, and the count of wrong passwords.
 *
 * One checked text file each, written whole (base/file.h), so that a crash
 * leaves the old list or the new one.  A list that cannot be read lets nobody
 * in.  Wrong tries are kept in a file of their own: they change often, and
 * losing them must not lose a user.
 */
#include "keys/people.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "keys/key_file.h"

#define MAGIC      "petition-relay-people "
#define VERSION    "1"
#define FILE_NAME  "people"
#define TRIES_NAME "people-tries"

enum {
	PEOPLE_MODE = 0600,
	LINE_BYTES_MAX = 256,
	FILE_BYTES_MAX = (PEOPLE_MAX + 4) * LINE_BYTES_MAX,
	CHECK_BYTES = 8,
	FIELDS = 5,
	TRIES_FIELDS = 3,
	COUNT_MAX = 1000000, /* wrong tries that are told apart */
};

static const char enabled[] = "enabled", disabled[] = "disabled";

_Static_assert(PERSON_HASH_MAX + 1 == crypto_pwhash_STRBYTES,
    "one size of hash");

static void
file_path(char out[static FILE_PATH_MAX], const char *dir, const char *name)
{
	char folder[FILE_PATH_MAX];

	key_file_folder(folder, dir);
	file_join(out, folder, name);
}

bool
person_id_is_fit(const char *id)
{
	size_t size = strlen(id);

	return size > 0 && size <= PERSON_ID_MAX &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size;
}

static bool
is_fit(const struct person *p)
{
	size_t role = strlen(p->role);

	return person_id_is_fit(p->id) && role > 0 &&
	       strspn(p->role, "abcdefghijklmnopqrstuvwxyz") == role &&
	       p->hash[0] != '\0' && strpbrk(p->hash, " \n") == NULL &&
	       (p->system_user[0] == '\0' ||
		   (strcmp(p->system_user, "-") != 0 &&
		       strpbrk(p->system_user, " \t\r\n") == NULL));
}

/* -- lines -- */

/* The next line of `text`, without its end; NULL: there is none. */
static char *
next_line(char **text)
{
	char *line = *text, *end = strchr(line, '\n');

	if (end == NULL)
		return NULL;
	*end = '\0';
	*text = end + 1;
	return line;
}

/* Cut a line at its blanks into exactly `count` words. */
static bool
cut(char *line, char *words[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *blank = strchr(line, ' ');

		words[i] = line;
		if ((blank == NULL) != (i == count - 1) || *line == '\0')
			return false;
		if (blank != NULL) {
			*blank = '\0';
			line = blank + 1;
		}
	}
	return true;
}

static void
check_of(const char *text, size_t size, char hex[static 2 * CHECK_BYTES + 1])
{
	uint8_t hash[crypto_generichash_BYTES];

	CHECK(crypto_generichash(hash, sizeof(hash), (const uint8_t *)text,
		  size, NULL, 0) == 0);
	text_hex(span_of(hash, CHECK_BYTES), hex);
}

/* Fields that do not fit leave an empty one, which is_fit refuses. */
static bool
read_person(char *line, struct person *p)
{
	char *words[FIELDS];

	*p = (struct person){ 0 };
	if (!cut(line, words, FIELDS))
		return false;
	p->is_disabled = strcmp(words[2], disabled) == 0;
	if (!p->is_disabled && strcmp(words[2], enabled) != 0)
		return false;
	return text_copy(p->id, sizeof(p->id), words[0]) == RC_OK &&
	       text_copy(p->role, sizeof(p->role), words[1]) == RC_OK &&
	       text_copy(p->system_user, sizeof(p->system_user),
		   strcmp(words[3], "-") == 0 ? "" : words[3]) == RC_OK &&
	       text_copy(p->hash, sizeof(p->hash), words[4]) == RC_OK;
}

/* Cuts the last line off when it is the check of all before it. */
static bool
take_check(char *text, size_t size)
{
	char hex[2 * CHECK_BYTES + 1];
	size_t covered = size - sizeof(hex); /* the check and its line end */

	if (size <= sizeof(hex) || text[size - 1] != '\n' ||
	    text[covered - 1] != '\n')
		return false;
	check_of(text, covered, hex);
	if (memcmp(text + covered, hex, sizeof(hex) - 1) != 0)
		return false;
	text[covered] = '\0';
	return true;
}

static enum rc
read_people(char *text, size_t size, struct people *out)
{
	struct person p;
	char *line;

	if (strncmp(text, MAGIC, strlen(MAGIC)) != 0)
		return RC_DAMAGED;
	if (strncmp(text, MAGIC VERSION "\n", strlen(MAGIC VERSION) + 1) != 0)
		return RC_TOO_NEW;
	if (!take_check(text, size))
		return RC_DAMAGED;
	(void)next_line(&text);
	while ((line = next_line(&text)) != NULL) {
		if (!read_person(line, &p) || people_add(out, &p) != RC_OK)
			return RC_DAMAGED;
	}
	return *text == '\0' ? RC_OK : RC_DAMAGED;
}

/* -- the file -- */

/* Append DIR/keys/NAME and a NUL; nothing when there is no such file. */
static enum rc
read_text(const char *dir, const char *name, struct buffer *out)
{
	char path[FILE_PATH_MAX];
	enum rc rc;

	key_file_folder(path, dir);
	rc = key_file_check(path);
	file_path(path, dir, name);
	if (rc == RC_OK)
		rc = key_file_check(path);
	if (rc == RC_OK)
		rc = file_read(path, out);
	if (rc == RC_OK)
		rc = buffer_append(out, span_of("", 1));
	if (rc == RC_TOO_BIG)
		rc = RC_DAMAGED;
	return rc;
}

static enum rc
write_text(const char *dir, const char *name, const struct buffer *text)
{
	char path[FILE_PATH_MAX];
	enum rc rc;

	key_file_folder(path, dir);
	rc = file_make_folder(path);
	if (rc == RC_OK)
		rc = key_file_check(path);
	if (rc != RC_OK)
		return rc;
	file_path(path, dir, name);
	return file_write(path, buffer_span(text), PEOPLE_MODE, true);
}

enum rc
people_load(const char *dir, struct people *out)
{
	struct buffer text = { .limit = FILE_BYTES_MAX };
	enum rc rc;

	CHECK(sodium_init() >= 0);
	*out = (struct people){ 0 };
	rc = read_text(dir, FILE_NAME, &text);
	if (rc == RC_NONE) {
		rc = RC_OK;
	} else if (rc == RC_OK && text.size > 1) {
		rc = read_people((char *)text.at, text.size - 1, out);
	}
	buffer_clear(&text);
	if (rc != RC_OK)
		people_clear(out);
	return rc;
}

static void
add_line(struct buffer *text, const char *line)
{
	CHECK(buffer_append(text, span_of_text(line)) == RC_OK);
}

enum rc
people_save(const char *dir, const struct people *people)
{
	char line[LINE_BYTES_MAX];
	char hex[2 * CHECK_BYTES + 1];
	struct buffer text = { 0 };
	enum rc rc;

	CHECK(sodium_init() >= 0);
	add_line(&text, MAGIC VERSION "\n");
	for (size_t i = 0; i < people->count; i++) {
		const struct person *p = &people->list[i];

		CHECK(is_fit(p));
		CHECK(text_format(line, sizeof(line), "%s %s %s %s %s\n", p->id,
			  p->role, p->is_disabled ? disabled : enabled,
			  p->system_user[0] != '\0' ? p->system_user : "-",
			  p->hash) == RC_OK);
		add_line(&text, line);
	}
	check_of((const char *)text.at, text.size, hex);
	add_line(&text, hex);
	add_line(&text, "\n");
	rc = write_text(dir, FILE_NAME, &text);
	buffer_clear(&text);
	return rc;
}

void
people_clear(struct people *people)
{
	free(people->list);
	*people = (struct people){ 0 };
}

enum rc
people_lock(const char *dir, int *fd)
{
	char path[FILE_PATH_MAX];

	key_file_folder(path, dir);
	*fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0)
		return RC_DENIED;
	if (flock(*fd, LOCK_EX) == 0)
		return RC_OK;
	people_unlock(*fd);
	*fd = -1;
	return RC_DENIED;
}

void
people_unlock(int fd)
{
	if (fd >= 0)
		(void)close(fd);
}

/* -- who is there -- */

struct person *
people_find(const struct people *people, const char *id)
{
	for (size_t i = 0; i < people->count; i++) {
		if (strcmp(people->list[i].id, id) == 0)
			return &people->list[i];
	}
	return NULL;
}

struct person *
people_of_system_user(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->count; i++) {
		if (name[0] != '\0' &&
		    strcmp(people->list[i].system_user, name) == 0)
			return &people->list[i];
	}
	return NULL;
}

size_t
people_count_role(const struct people *people, const char *role)
{
	size_t count = 0;

	for (size_t i = 0; i < people->count; i++) {
		count += !people->list[i].is_disabled &&
			 strcmp(people->list[i].role, role) == 0;
	}
	return count;
}

enum rc
people_add(struct people *people, const struct person *person)
{
	if (!is_fit(person))
		return RC_MALFORMED;
	if (people_find(people, person->id) != NULL ||
	    people_of_system_user(people, person->system_user) != NULL)
		return RC_DUPLICATE;
	if (people->count == PEOPLE_MAX)
		return RC_TOO_BIG;
	people->list =
	    memory_grow(people->list, people->count + 1, sizeof(*people->list));
	people->list[people->count++] = *person;
	return RC_OK;
}

/* -- passwords -- */

enum rc
person_set_password(struct person *person, struct span password)
{
	if (password.size < PASSWORD_BYTES_MIN ||
	    password.size > PASSWORD_BYTES_MAX || !text_is_utf8(password))
		return RC_MALFORMED;
	CHECK(sodium_init() >= 0);
	if (crypto_pwhash_str(person->hash, (const char *)password.at,
		password.size, crypto_pwhash_OPSLIMIT_INTERACTIVE,
		crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		fatal("out of memory while hashing a password");
	return RC_OK;
}

/* Wrong passwords in a row: "<id> <how many> <when the last, UTC ms>". */
struct tries {
	int64_t count;
	int64_t last_ms;
};

/* Takes the lines of others to `others`.  A file that is broken counts none:
 * whoever can write it needs no password. */
static enum rc
read_tries(const char *dir, const char *id, struct tries *out,
    struct buffer *others)
{
	struct buffer text = { .limit = FILE_BYTES_MAX };
	enum rc rc = read_text(dir, TRIES_NAME, &text);
	char *rest = (char *)text.at, *line, *words[TRIES_FIELDS];

	*out = (struct tries){ 0 };
	while (rc == RC_OK && (line = next_line(&rest)) != NULL) {
		struct tries t;

		if (!cut(line, words, TRIES_FIELDS) ||
		    number_parse(words[1], 1, COUNT_MAX, &t.count) != RC_OK ||
		    number_parse(words[2], 0, INT64_MAX, &t.last_ms) != RC_OK)
			continue;
		if (strcmp(words[0], id) == 0) {
			*out = t;
			continue;
		}
		for (size_t i = 0; i < TRIES_FIELDS; i++) {
			add_line(others, words[i]);
			add_line(others, i + 1 < TRIES_FIELDS ? " " : "\n");
		}
	}
	buffer_clear(&text);
	return rc == RC_NONE || rc == RC_DAMAGED ? RC_OK : rc;
}

static enum rc
write_tries(const char *dir, const char *id, const struct tries *tries,
    struct buffer *others)
{
	char line[LINE_BYTES_MAX];

	if (tries->count > 0) {
		CHECK(text_format(line, sizeof(line), "%s %lld %lld\n", id,
			  (long long)tries->count,
			  (long long)tries->last_ms) == RC_OK);
		add_line(others, line);
	}
	return write_text(dir, TRIES_NAME, others);
}

/* The count is on disk before the password is looked at: whoever stops the
 * process in between has had a try. */
static enum rc
try_password(const char *dir, const struct person *person, struct span password,
    int64_t now_ms)
{
	struct buffer others = { 0 };
	struct tries tries;
	size_t size;
	enum rc rc = read_tries(dir, person->id, &tries, &others);

	if (rc == RC_OK && tries.count >= PEOPLE_TRIES_MAX &&
	    now_ms >= tries.last_ms &&
	    now_ms - tries.last_ms < PEOPLE_LOCKED_MS)
		rc = RC_BUSY;
	size = others.size;
	if (rc == RC_OK) {
		tries.count += tries.count < COUNT_MAX;
		tries.last_ms = now_ms;
		rc = write_tries(dir, person->id, &tries, &others);
	}
	if (rc == RC_OK && crypto_pwhash_str_verify(person->hash,
			       (const char *)password.at, password.size) != 0)
		rc = RC_REFUSED;
	if (rc == RC_OK) {
		others.size = size;
		tries.count = 0;
		rc = write_tries(dir, person->id, &tries, &others);
	}
	buffer_clear(&others);
	return rc;
}

enum rc
people_check_password(const char *dir, const struct person *person,
    struct span password, int64_t now_ms)
{
	enum rc rc;
	int fd;

	CHECK(sodium_init() >= 0);
	rc = people_lock(dir, &fd);
	if (rc != RC_OK)
		return rc;
	rc = try_password(dir, person, password, now_ms);
	people_unlock(fd);
	return rc;
}
