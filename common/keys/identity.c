/*
 * identity - making and reading the office's secrets.
 *
 * identity.key is written last: where it is there, the others are, so a crash
 * in the middle leaves an office that can be made again and never half of one.
 * A key file whose public half does not follow from its secret is damaged, and
 * said so, since an office that signs with the wrong key is refused by all.
 */
#include "keys/identity.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/number.h"
#include "base/random.h"
#include "base/text.h"
#include "keys/key_file.h"

#define IDENTITY_FILE   "identity.key"
#define QUERY_FILE      "query.key"
#define MATCHING_PREFIX "matching-"
#define MATCHING_SUFFIX ".key"

_Static_assert(IDENTITY_SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "size");
_Static_assert(IDENTITY_SIGNATURE_BYTES == crypto_sign_BYTES, "size");
_Static_assert(IDENTITY_SEALED_EXTRA == crypto_box_SEALBYTES, "size");

/* Fill in what follows from the secret key; false: it contradicts itself. */
static bool
derive(struct identity *id)
{
	uint8_t again[IDENTITY_SECRET_BYTES];
	bool is_same;

	CHECK(crypto_sign_seed_keypair(id->public_key, again, id->secret_key) ==
	      0);
	is_same = sodium_memcmp(again, id->secret_key, sizeof(again)) == 0;
	sodium_memzero(again, sizeof(again));
	CHECK(crypto_sign_ed25519_sk_to_curve25519(id->curve_secret,
		  id->secret_key) == 0);
	CHECK(crypto_sign_ed25519_pk_to_curve25519(id->curve_public,
		  id->public_key) == 0);
	return is_same;
}

static enum rc
make_query_key(const char *dir)
{
	uint8_t key[QUERY_KEY_BYTES];
	enum rc rc;

	random_fill(key, sizeof(key));
	rc = key_file_write(dir, QUERY_FILE, span_of(key, sizeof(key)));
	sodium_memzero(key, sizeof(key));
	return rc == RC_DUPLICATE ? RC_OK : rc;
}

enum rc
identity_make(const char *dir, struct identity *out)
{
	enum rc rc;

	CHECK(sodium_init() >= 0);
	/* identity.key is written last: where it is, the rest is too. */
	rc = make_query_key(dir);
	if (rc != RC_OK)
		return rc;
	crypto_sign_keypair(out->public_key, out->secret_key);
	rc = key_file_write(dir, IDENTITY_FILE,
	    span_of(out->secret_key, sizeof(out->secret_key)));
	if (rc == RC_OK) {
		CHECK(derive(out));
	} else {
		identity_clear(out);
	}
	return rc;
}

enum rc
identity_load(const char *dir, struct identity *out)
{
	enum rc rc;

	CHECK(sodium_init() >= 0);
	memset(out, 0, sizeof(*out));
	rc = key_file_read(dir, IDENTITY_FILE, out->secret_key,
	    sizeof(out->secret_key));
	if (rc == RC_OK && !derive(out))
		rc = RC_DAMAGED;
	if (rc != RC_OK)
		identity_clear(out);
	return rc;
}

void
identity_clear(struct identity *identity)
{
	sodium_memzero(identity, sizeof(*identity));
}

enum rc
identity_curve_of(const uint8_t public_key[static KEY_BYTES],
    uint8_t out[static KEY_BYTES])
{
	if (crypto_sign_ed25519_pk_to_curve25519(out, public_key) == 0)
		return RC_OK;
	memset(out, 0, KEY_BYTES);
	return RC_MALFORMED;
}

/* DOMAIN 00 message; release with buffer_clear. */
static struct buffer
separated(const char *domain, struct span message)
{
	struct buffer bytes = { 0 };

	CHECK(domain[0] != '\0');
	CHECK(buffer_append(&bytes, span_of(domain, strlen(domain) + 1)) ==
	      RC_OK);
	CHECK(buffer_append(&bytes, message) == RC_OK);
	return bytes;
}

void
identity_sign(const struct identity *identity, const char *domain,
    struct span message, uint8_t signature[static IDENTITY_SIGNATURE_BYTES])
{
	struct buffer bytes = separated(domain, message);

	CHECK(crypto_sign_detached(signature, NULL, bytes.at, bytes.size,
		  identity->secret_key) == 0);
	buffer_clear(&bytes);
}

bool
identity_verify(const uint8_t public_key[static KEY_BYTES], const char *domain,
    struct span message,
    const uint8_t signature[static IDENTITY_SIGNATURE_BYTES])
{
	struct buffer bytes = separated(domain, message);
	bool is_genuine = crypto_sign_verify_detached(signature, bytes.at,
			      bytes.size, public_key) == 0;

	buffer_clear(&bytes);
	return is_genuine;
}

enum rc
identity_seal_to(const uint8_t curve_public[static KEY_BYTES],
    struct span plain, struct buffer *out)
{
	size_t size = plain.size + IDENTITY_SEALED_EXTRA;
	uint8_t *at = buffer_extend(out, size);

	CHECK(sodium_init() >= 0);
	if (at == NULL)
		return RC_TOO_BIG;
	if (crypto_box_seal(at, plain.at, plain.size, curve_public) == 0)
		return RC_OK;
	out->size -= size;
	return RC_MALFORMED;
}

enum rc
identity_open_sealed(const struct identity *identity, struct span sealed,
    struct buffer *out)
{
	size_t size;
	uint8_t *at;

	if (sealed.size < IDENTITY_SEALED_EXTRA)
		return RC_DAMAGED;
	size = sealed.size - IDENTITY_SEALED_EXTRA;
	at = buffer_extend(out, size);
	if (at == NULL)
		return RC_TOO_BIG;
	if (crypto_box_seal_open(at, sealed.at, sealed.size,
		identity->curve_public, identity->curve_secret) == 0)
		return RC_OK;
	out->size -= size;
	return RC_DAMAGED;
}

enum rc
identity_load_query_key(const char *dir, uint8_t out[static QUERY_KEY_BYTES])
{
	CHECK(sodium_init() >= 0);
	return key_file_read(dir, QUERY_FILE, out, QUERY_KEY_BYTES);
}

/* --- matching secrets --- */

static void
matching_name(char out[static KEY_FILE_NAME_MAX + 1], uint32_t version)
{
	CHECK(text_format(out, KEY_FILE_NAME_MAX + 1,
		  MATCHING_PREFIX "%04u" MATCHING_SUFFIX, version) == RC_OK);
}

static bool
is_version(uint32_t version)
{
	return version >= 1 && version <= MATCHING_VERSION_MAX;
}

void
matching_make(uint32_t version, struct matching_secret *out)
{
	CHECK(is_version(version));
	out->version = version;
	random_fill(out->key, sizeof(out->key));
}

enum rc
matching_save(const char *dir, const struct matching_secret *secret)
{
	char name[KEY_FILE_NAME_MAX + 1];
	struct matching_secret old;
	bool is_same;
	enum rc rc;

	CHECK(sodium_init() >= 0);
	if (!is_version(secret->version))
		return RC_MALFORMED;
	matching_name(name, secret->version);
	rc = key_file_write(dir, name,
	    span_of(secret->key, sizeof(secret->key)));
	if (rc != RC_DUPLICATE)
		return rc;
	rc = matching_load(dir, secret->version, &old);
	if (rc != RC_OK)
		return rc;
	is_same = sodium_memcmp(old.key, secret->key, sizeof(old.key)) == 0;
	sodium_memzero(&old, sizeof(old));
	return is_same ? RC_OK : RC_DUPLICATE;
}

enum rc
matching_load(const char *dir, uint32_t version, struct matching_secret *out)
{
	char name[KEY_FILE_NAME_MAX + 1];

	CHECK(sodium_init() >= 0);
	if (!is_version(version))
		return RC_NONE;
	matching_name(name, version);
	out->version = version;
	return key_file_read(dir, name, out->key, sizeof(out->key));
}

enum rc
matching_load_newest(const char *dir, struct matching_secret *out)
{
	uint32_t versions[MATCHING_SECRETS_MAX];
	size_t count;
	enum rc rc = matching_versions(dir, versions, &count);

	if (rc != RC_OK)
		return rc;
	if (count == 0)
		return RC_NONE;
	return matching_load(dir, versions[count - 1], out);
}

/* 0: the name of something else. */
static uint32_t
version_of(const char *name)
{
	char digits[8];
	char again[KEY_FILE_NAME_MAX + 1];
	size_t prefix = strlen(MATCHING_PREFIX);
	size_t suffix = strlen(MATCHING_SUFFIX);
	size_t size = strlen(name);
	int64_t version;

	if (size < prefix + suffix ||
	    strncmp(name, MATCHING_PREFIX, prefix) != 0 ||
	    text_copy_span(digits, sizeof(digits),
		span_of(name + prefix, size - prefix - suffix)) != RC_OK ||
	    number_parse(digits, 1, MATCHING_VERSION_MAX, &version) != RC_OK)
		return 0;
	matching_name(again, (uint32_t)version);
	return strcmp(again, name) == 0 ? (uint32_t)version : 0;
}

static int
compare_versions(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

enum rc
matching_versions(const char *dir,
    uint32_t versions[static MATCHING_SECRETS_MAX], size_t *count)
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
		uint32_t version = version_of(entry->d_name);

		if (version > 0 && *count == MATCHING_SECRETS_MAX) {
			rc = RC_TOO_BIG;
		} else if (version > 0) {
			versions[(*count)++] = version;
		}
	}
	(void)closedir(folder);
	qsort(versions, *count, sizeof(*versions), compare_versions);
	return rc;
}
