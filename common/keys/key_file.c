/*
 * key_file - the text around one secret, and its check.
 *
 * A name, the secret in hex and eight bytes of a hash over both: enough to find
 * a damaged or a swapped file, no protection against who may write it.  Files
 * that others may read are refused when opened, not mended: they may have been
 * read already.
 */
#include "keys/key_file.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"

#define MAGIC   "petition-relay-key "
#define VERSION "1"

enum { CHECK_BYTES = 8, FILE_BYTES_MAX = 512, KEY_MODE = 0600 };

/* The lines that the check covers, and its hex; all of it NUL-terminated. */
struct key_text {
	char body[FILE_BYTES_MAX];
	char check[2 * CHECK_BYTES + 1];
};

static void
compose(struct key_text *text, const char *name, struct span secret)
{
	char hex[2 * KEY_FILE_BYTES_MAX + 1];
	uint8_t hash[crypto_generichash_BYTES];

	CHECK(secret.size <= KEY_FILE_BYTES_MAX);
	CHECK(strlen(name) <= KEY_FILE_NAME_MAX);
	text_hex(secret, hex);
	CHECK(text_format(text->body, sizeof(text->body),
		  MAGIC VERSION "\n%s\n%s\n", name, hex) == RC_OK);
	crypto_generichash(hash, sizeof(hash), (const uint8_t *)text->body,
	    strlen(text->body), NULL, 0);
	text_hex(span_of(hash, CHECK_BYTES), text->check);
	sodium_memzero(hex, sizeof(hex));
}

void
key_file_folder(char out[static FILE_PATH_MAX], const char *dir)
{
	file_join(out, dir, "keys");
}

enum rc
key_file_check(const char *path)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return file_exists(path) ? RC_DENIED : RC_NONE;
	return (found.st_mode & (S_IRWXG | S_IRWXO)) == 0 ? RC_OK : RC_REFUSED;
}

static void
key_path(char out[static FILE_PATH_MAX], const char *dir, const char *name)
{
	char folder[FILE_PATH_MAX];

	key_file_folder(folder, dir);
	file_join(out, folder, name);
}

enum rc
key_file_write(const char *dir, const char *name, struct span secret)
{
	char path[FILE_PATH_MAX];
	char whole[FILE_BYTES_MAX + 2 * CHECK_BYTES + 2];
	struct key_text text;
	enum rc rc;

	key_file_folder(path, dir);
	rc = file_make_folder(path);
	if (rc == RC_OK)
		rc = key_file_check(path);
	if (rc != RC_OK)
		return rc;
	compose(&text, name, secret);
	CHECK(text_format(whole, sizeof(whole), "%s%s\n", text.body,
		  text.check) == RC_OK);
	key_path(path, dir, name);
	rc = file_write(path, span_of_text(whole), KEY_MODE, false);
	sodium_memzero(whole, sizeof(whole));
	sodium_memzero(&text, sizeof(text));
	return rc;
}

/* The third line of `whole`, as bytes; then it must compose to `whole`. */
static enum rc
decode(char *whole, const char *name, uint8_t *out, size_t size)
{
	char *name_line, *hex, *check, *end;
	struct key_text text;
	bool is_same;

	if (strncmp(whole, MAGIC, strlen(MAGIC)) != 0)
		return RC_DAMAGED;
	if (strncmp(whole, MAGIC VERSION "\n", strlen(MAGIC VERSION) + 1) != 0)
		return RC_TOO_NEW;
	name_line = strchr(whole, '\n') + 1;
	hex = strchr(name_line, '\n');
	check = hex != NULL ? strchr(hex + 1, '\n') : NULL;
	end = check != NULL ? strchr(check + 1, '\n') : NULL;
	if (end == NULL)
		return RC_DAMAGED;
	*hex++ = *check++ = *end = '\0';
	if (text_unhex(hex, out, size) != RC_OK)
		return RC_DAMAGED;
	compose(&text, name, span_of(out, size));
	is_same =
	    strcmp(name_line, name) == 0 && strcmp(check, text.check) == 0;
	sodium_memzero(&text, sizeof(text));
	return is_same ? RC_OK : RC_DAMAGED;
}

enum rc
key_file_read(const char *dir, const char *name, uint8_t *out, size_t size)
{
	char path[FILE_PATH_MAX];
	/* All the room at once: growing would leave a copy behind. */
	struct buffer bytes = { .limit = FILE_BYTES_MAX };
	enum rc rc;

	CHECK(size <= KEY_FILE_BYTES_MAX);
	key_file_folder(path, dir);
	rc = key_file_check(path);
	key_path(path, dir, name);
	if (rc == RC_OK)
		rc = key_file_check(path);
	if (rc != RC_OK)
		return rc;
	CHECK(buffer_extend(&bytes, FILE_BYTES_MAX) != NULL);
	memset(bytes.at, 0, FILE_BYTES_MAX);
	buffer_reset(&bytes);
	rc = file_read(path, &bytes);
	if (rc == RC_TOO_BIG || (rc == RC_OK && bytes.size == FILE_BYTES_MAX))
		rc = RC_DAMAGED;
	if (rc == RC_OK)
		rc = decode((char *)bytes.at, name, out, size);
	if (rc != RC_OK)
		sodium_memzero(out, size);
	sodium_memzero(bytes.at, FILE_BYTES_MAX);
	buffer_clear(&bytes);
	return rc;
}
