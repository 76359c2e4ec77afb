/*
 * What makes a write safe is its order: the bytes are on disk before the name
 * is, and the name before anybody is told.  Without the folder's fsync a crash
 * may bring the old file back after we said that the new one is there.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"

enum { READ_STEP = 8192, FOLDER_MODE = 0700 };

static enum rc
errno_rc(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
		return RC_NONE;
	case EEXIST:
		return RC_DUPLICATE;
	case ENOSPC:
	case EDQUOT:
		return RC_FULL;
	case ENOMEM:
		fatal("out of memory");
	default:
		return RC_DENIED;
	}
}

static enum rc
read_all(int fd, struct buffer *out)
{
	uint8_t step[READ_STEP];

	for (;;) {
		ssize_t got = read(fd, step, sizeof(step));

		if (got < 0)
			return errno_rc(errno);
		if (got == 0)
			return RC_OK;
		if (buffer_append(out, span_of(step, (size_t)got)) != RC_OK)
			return RC_TOO_BIG;
	}
}

enum rc
file_read(const char *path, struct buffer *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum rc rc;

	CHECK(out->limit > 0);
	if (fd < 0)
		return errno_rc(errno);
	rc = read_all(fd, out);
	(void)close(fd);
	return rc;
}

static enum rc
write_all(int fd, struct span bytes)
{
	while (bytes.size > 0) {
		ssize_t put = write(fd, bytes.at, bytes.size);

		if (put < 0)
			return errno_rc(errno);
		bytes.at += put;
		bytes.size -= (size_t)put;
	}
	return fsync(fd) == 0 ? RC_OK : errno_rc(errno);
}

static enum rc
sync_folder_of(const char *path)
{
	char folder[FILE_PATH_MAX];
	char *slash;
	int fd;
	enum rc rc;

	if (text_copy(folder, sizeof(folder), path) != RC_OK)
		return RC_TOO_BIG;
	slash = strrchr(folder, '/');
	if (slash != NULL)
		slash[slash == folder] = '\0';
	fd = open(slash != NULL ? folder : ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno_rc(errno);
	rc = fsync(fd) == 0 ? RC_OK : errno_rc(errno);
	(void)close(fd);
	return rc;
}

enum rc
file_write(const char *path, struct span bytes, unsigned mode, bool replace)
{
	char temporary[FILE_PATH_MAX];
	enum rc rc;
	int fd;

	if (!replace && file_exists(path))
		return RC_DUPLICATE;
	if (text_format(temporary, sizeof(temporary), "%s.new", path) != RC_OK)
		return RC_TOO_BIG;
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    (mode_t)mode);
	if (fd < 0)
		return errno_rc(errno);
	rc = write_all(fd, bytes);
	if (close(fd) != 0 && rc == RC_OK)
		rc = errno_rc(errno);
	if (rc == RC_OK && rename(temporary, path) != 0)
		rc = errno_rc(errno);
	if (rc != RC_OK) {
		(void)unlink(temporary);
		return rc;
	}
	return sync_folder_of(path);
}

void
file_join(char out[static FILE_PATH_MAX], const char *dir, const char *name)
{
	if (text_format(out, FILE_PATH_MAX, "%s/%s", dir, name) != RC_OK)
		fatal("the path %s/%s is too long", dir, name);
}

enum rc
file_make_folder(const char *path)
{
	char part[FILE_PATH_MAX];

	if (text_copy(part, sizeof(part), path) != RC_OK)
		return RC_TOO_BIG;
	for (char *slash = strchr(part + 1, '/');; slash = strchr(slash, '/')) {
		if (slash != NULL)
			*slash = '\0';
		if (mkdir(part, FOLDER_MODE) != 0 && errno != EEXIST)
			return errno_rc(errno);
		if (slash == NULL)
			return RC_OK;
		*slash++ = '/';
	}
}

bool
file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}
