/*
 * seal - one key per year, and what is locked with it.
 *
 * Padded to blocks of 128 bytes before it is sealed, so that the length of a
 * name does not show.  The number of the item is bound to the sealed bytes:
 * what was cut out of one record does not open in another.  The key of
 * the last year used is remembered, since an import seals thousands in a row;
 * destroying a key forgets it at once.
 */
#include "keys/seal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"
#include "contract/limits.h"
#include "keys/key_file.h"

enum {
	VERSION = 1,
	YEAR_MIN = 1970,
	YEAR_MAX = 9999,
	PAD_BLOCK = 128,
	SEAL_KEY_BYTES = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
	NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	HEAD_BYTES = 1 + NONCE_BYTES,
	PADDED_MAX =
	    (SEALED_BYTES_MAX - HEAD_BYTES - TAG_BYTES) / PAD_BLOCK * PAD_BLOCK,
};

struct seal {
	char *dir;
	int year; /* of `key`; 0: none remembered */
	uint8_t key[SEAL_KEY_BYTES];
};

struct seal *
seal_new(const char *dir)
{
	struct seal *seal = memory_new(1, sizeof(*seal));

	CHECK(sodium_init() >= 0);
	seal->dir = memory_text(dir);
	return seal;
}

void
seal_free(struct seal *seal)
{
	if (seal == NULL)
		return;
	free(seal->dir);
	sodium_memzero(seal, sizeof(*seal));
	free(seal);
}

static void
key_name(char out[static KEY_FILE_NAME_MAX + 1], int year)
{
	CHECK(text_format(out, KEY_FILE_NAME_MAX + 1, "seal-%04d.key", year) ==
	      RC_OK);
}

static void
key_path(char out[static FILE_PATH_MAX], const char *dir, int year)
{
	char name[KEY_FILE_NAME_MAX + 1];
	char folder[FILE_PATH_MAX];

	key_name(name, year);
	key_file_folder(folder, dir);
	file_join(out, folder, name);
}

/* Is the key that we remember still the office's?  It may be deleted. */
static bool
is_remembered(const struct seal *seal, int year)
{
	char path[FILE_PATH_MAX];

	if (seal->year != year)
		return false;
	key_path(path, seal->dir, year);
	return file_exists(path);
}

static enum rc
load_key(struct seal *seal, int year)
{
	char name[KEY_FILE_NAME_MAX + 1];
	enum rc rc;

	if (is_remembered(seal, year))
		return RC_OK;
	key_name(name, year);
	seal->year = 0;
	rc = key_file_read(seal->dir, name, seal->key, sizeof(seal->key));
	if (rc == RC_OK)
		seal->year = year;
	return rc;
}

static enum rc
load_or_make_key(struct seal *seal, int year)
{
	char name[KEY_FILE_NAME_MAX + 1];
	enum rc rc = load_key(seal, year);

	if (rc != RC_NONE)
		return rc;
	key_name(name, year);
	random_fill(seal->key, sizeof(seal->key));
	rc = key_file_write(seal->dir, name,
	    span_of(seal->key, sizeof(seal->key)));
	if (rc == RC_OK)
		seal->year = year;
	return rc;
}

static void
check_call(int year, const char *item)
{
	CHECK(year >= YEAR_MIN);
	CHECK(year <= YEAR_MAX);
	CHECK(item[0] != '\0');
}

/* Encrypt `padded` behind the head at `at`. */
static void
encrypt_padded(const struct seal *seal, const char *item, struct span padded,
    uint8_t *at)
{
	at[0] = VERSION;
	random_fill(at + 1, NONCE_BYTES);
	CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(at + HEAD_BYTES, NULL,
		  padded.at, padded.size, (const uint8_t *)item, strlen(item),
		  NULL, at + 1, seal->key) == 0);
}

enum rc
seal_identity(struct seal *seal, int year, const char *item, struct span plain,
    struct buffer *out)
{
	uint8_t padded[PADDED_MAX];
	size_t size = 0;
	uint8_t *at;
	enum rc rc;

	check_call(year, item);
	if (plain.size >= PADDED_MAX)
		return RC_TOO_BIG;
	rc = load_or_make_key(seal, year);
	if (rc != RC_OK)
		return rc;
	if (plain.size > 0)
		memcpy(padded, plain.at, plain.size);
	CHECK(sodium_pad(&size, padded, plain.size, PAD_BLOCK,
		  sizeof(padded)) == 0);
	at = buffer_extend(out, HEAD_BYTES + size + TAG_BYTES);
	if (at != NULL)
		encrypt_padded(seal, item, span_of(padded, size), at);
	sodium_memzero(padded, sizeof(padded));
	return at != NULL ? RC_OK : RC_TOO_BIG;
}

/* Into `padded`, of PADDED_MAX bytes; `size` receives the unpadded size. */
static enum rc
decrypt_padded(const struct seal *seal, const char *item, struct span sealed,
    uint8_t *padded, size_t *size)
{
	unsigned long long got = 0;

	if (crypto_aead_xchacha20poly1305_ietf_decrypt(padded, &got, NULL,
		sealed.at + HEAD_BYTES, sealed.size - HEAD_BYTES,
		(const uint8_t *)item, strlen(item), sealed.at + 1,
		seal->key) != 0)
		return RC_DAMAGED;
	if (sodium_unpad(size, padded, (size_t)got, PAD_BLOCK) != 0)
		return RC_DAMAGED;
	return RC_OK;
}

enum rc
seal_open(struct seal *seal, int year, const char *item, struct span sealed,
    struct buffer *out)
{
	uint8_t padded[PADDED_MAX];
	size_t size = 0;
	enum rc rc;

	if (sealed.size > 0 && sealed.at[0] > VERSION)
		return RC_TOO_NEW;
	/* The year stands in a record: it may be anybody's. */
	if (year < YEAR_MIN || year > YEAR_MAX ||
	    sealed.size < HEAD_BYTES + PAD_BLOCK + TAG_BYTES ||
	    sealed.size > SEALED_BYTES_MAX || sealed.at[0] != VERSION)
		return RC_DAMAGED;
	rc = load_key(seal, year);
	if (rc != RC_OK)
		return rc;
	rc = decrypt_padded(seal, item, sealed, padded, &size);
	if (rc == RC_OK && size > 0)
		rc = buffer_append(out, span_of(padded, size));
	sodium_memzero(padded, sizeof(padded));
	return rc;
}

/* -- the end of a key -- */

/* Noise over the whole file, and on disk. */
static enum rc
overwrite(int fd)
{
	uint8_t noise[KEY_FILE_BYTES_MAX];
	struct stat found;
	off_t done = 0;

	if (fstat(fd, &found) != 0)
		return RC_DENIED;
	while (done < found.st_size) {
		size_t size = sizeof(noise);
		ssize_t put;

		if ((off_t)size > found.st_size - done)
			size = (size_t)(found.st_size - done);
		random_fill(noise, size);
		put = pwrite(fd, noise, size, done);
		if (put <= 0)
			return errno == ENOSPC ? RC_FULL : RC_DENIED;
		done += put;
	}
	return fsync(fd) == 0 ? RC_OK : RC_DENIED;
}

static enum rc
sync_folder(const char *dir)
{
	char folder[FILE_PATH_MAX];
	enum rc rc;
	int fd;

	key_file_folder(folder, dir);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return RC_DENIED;
	rc = fsync(fd) == 0 ? RC_OK : RC_DENIED;
	(void)close(fd);
	return rc;
}

enum rc
seal_destroy(struct seal *seal, int year)
{
	char path[FILE_PATH_MAX];
	enum rc rc;
	int fd;

	if (year < YEAR_MIN || year > YEAR_MAX)
		return RC_NONE;
	key_path(path, seal->dir, year);
	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? RC_NONE : RC_DENIED;
	rc = overwrite(fd);
	if (close(fd) != 0 && rc == RC_OK)
		rc = RC_DENIED;
	if (rc == RC_OK && unlink(path) != 0)
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = sync_folder(seal->dir);
	seal->year = 0;
	sodium_memzero(seal->key, sizeof(seal->key));
	return rc;
}

/* "seal-2026.key" -> 2026; 0: the name of something else. */
static int
year_of(const char *name)
{
	char again[KEY_FILE_NAME_MAX + 1], digits[5];
	size_t head = strlen("seal-");
	int64_t year;

	if (strlen(name) <= head ||
	    text_copy_span(digits, sizeof(digits),
		span_of(name + head, strcspn(name + head, "."))) != RC_OK ||
	    number_parse(digits, YEAR_MIN, YEAR_MAX, &year) != RC_OK)
		return 0;
	key_name(again, (int)year);
	return strcmp(again, name) == 0 ? (int)year : 0;
}

static int
compare_years(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

enum rc
seal_years(const char *dir, int years[static SEAL_YEARS_MAX], size_t *count)
{
	char path[FILE_PATH_MAX];
	const struct dirent *entry;
	enum rc rc = RC_OK;
	DIR *folder;

	*count = 0;
	key_file_folder(path, dir);
	folder = opendir(path);
	if (folder == NULL)
		return errno == ENOENT ? RC_OK : RC_DENIED;
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone */
	while (rc == RC_OK && (entry = readdir(folder)) != NULL) {
		int year = year_of(entry->d_name);

		if (year > 0 && *count == SEAL_YEARS_MAX) {
			rc = RC_TOO_BIG;
		} else if (year > 0) {
			years[(*count)++] = year;
		}
	}
	(void)closedir(folder);
	qsort(years, *count, sizeof(*years), compare_years);
	return rc;
}
