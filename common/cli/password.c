/*
 * Passwords: from a file, from standard input, or typed without an echo.
 *
 * While one is typed, the terminal sends each key as it comes and no signals,
 * so that every way out of here restores it.
 */
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/check.h"
#include "base/text.h"
#include "cli/cli_internal.h"

enum {
	KEY_CTRL_C = 3,
	KEY_CTRL_D = 4,
	KEY_BACKSPACE = 8,
	KEY_CTRL_U = 21,
	KEY_DELETE = 127,
	UTF8_MORE_MASK = 0xC0, /* the bits of a byte that goes on */
	UTF8_MORE = 0x80,
};

void
cli_password_wipe(struct cli_password *p)
{
	sodium_memzero(p, sizeof(*p));
}

/* -- typed -- */

static void
rub_out(struct cli_password *p)
{
	while (p->size > 0 && ((unsigned char)p->text[--p->size] &
				  UTF8_MORE_MASK) == UTF8_MORE)
		;
}

/* True: go on. */
static bool
take_key(struct cli_password *p, char key, bool *is_done)
{
	switch (key) {
	case '\r':
	case '\n':
	case KEY_CTRL_D:
		*is_done = true;
		return false;
	case KEY_CTRL_C:
		return false;
	case KEY_BACKSPACE:
	case KEY_DELETE:
		rub_out(p);
		return true;
	case KEY_CTRL_U:
		p->size = 0;
		return true;
	default:
		/* One byte too many is kept: it makes the whole too long. */
		if (p->size < sizeof(p->text))
			p->text[p->size++] = key;
		return true;
	}
}

/* What is typed after the prompt counts: it comes when nothing echoes. */
static bool
type_keys(int fd, const char *prompt, struct cli_password *p)
{
	struct termios old, quiet;
	bool is_done = false;
	char key;

	if (tcgetattr(fd, &old) != 0)
		return false;
	quiet = old;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	if (tcsetattr(fd, TCSAFLUSH, &quiet) != 0)
		return false;
	(void)!write(fd, prompt, strlen(prompt));
	while (read(fd, &key, 1) == 1 && take_key(p, key, &is_done))
		;
	(void)tcsetattr(fd, TCSAFLUSH, &old);
	return is_done;
}

/* At the terminal, wherever standard input comes from. */
static bool
type_password(const struct cli *cli, enum say prompt, const char *user,
    struct cli_password *out)
{
	char text[SAY_TEXT_MAX];
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool is_typed;

	if (fd < 0)
		return false;
	say_to(text, sizeof(text), cli->language, prompt, SAY_ARGS(user));
	is_typed = type_keys(fd, text, out);
	(void)!write(fd, "\n", 1);
	(void)close(fd);
	if (!is_typed)
		cli_password_wipe(out);
	return is_typed;
}

/* -- read -- */

/* The first line. */
static bool
read_line(int fd, struct cli_password *out)
{
	char byte;
	ssize_t got;

	while ((got = read(fd, &byte, 1)) == 1 && byte != '\n') {
		if (out->size == sizeof(out->text))
			break;
		out->text[out->size++] = byte;
	}
	if (out->size > 0 && out->text[out->size - 1] == '\r')
		out->size--;
	return got >= 0;
}

/* A password that others can read is none; a pipe is nobody else's. */
static bool
read_file(const struct cli *cli, const char *path, struct cli_password *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat found;
	bool is_read = fd >= 0 && fstat(fd, &found) == 0 &&
		       (!S_ISREG(found.st_mode) ||
			   (found.st_mode & (S_IRWXG | S_IRWXO)) == 0) &&
		       read_line(fd, out);

	if (fd >= 0)
		(void)close(fd);
	if (is_read)
		return true;
	cli_password_wipe(out);
	(void)cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_FILE,
	    SAY_ARGS(path));
	return false;
}

/* -- whose? -- */

bool
cli_password_of(const struct cli *cli, const char *option, const char *user,
    struct cli_password *out)
{
	const char *path = cli_value(cli, option);
	char typed[32];

	*out = (struct cli_password){ 0 };
	if (path == NULL) {
		path =
		    getenv("PETITION_PASSWORD_FILE"); /* NOLINT: one thread */
	}
	if (path != NULL && path[0] != '\0')
		return read_file(cli, path, out);
	if (type_password(cli, SAY_PEOPLE_PROMPT, user, out))
		return true;
	CHECK(text_format(typed, sizeof(typed), "--%s", option) == RC_OK);
	(void)cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_HOW,
	    SAY_ARGS(typed));
	return false;
}

static bool
type_twice(const struct cli *cli, const char *user, struct cli_password *out)
{
	struct cli_password again = { 0 };
	bool is_same;

	if (!type_password(cli, SAY_PEOPLE_PROMPT_NEW, user, out) ||
	    !type_password(cli, SAY_PEOPLE_PROMPT_AGAIN, user, &again)) {
		cli_password_wipe(out);
		(void)cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_HOW,
		    SAY_ARGS("--password-file"));
		return false;
	}
	is_same = out->size == again.size &&
		  sodium_memcmp(out->text, again.text, sizeof(out->text)) == 0;
	cli_password_wipe(&again);
	if (!is_same) {
		cli_password_wipe(out);
		(void)cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_DIFFERS,
		    NULL);
	}
	return is_same;
}

bool
cli_password_new(const struct cli *cli, const char *user,
    struct cli_password *out)
{
	const char *path = cli_value(cli, "password-file");

	*out = (struct cli_password){ 0 };
	if (path != NULL)
		return read_file(cli, path, out);
	if (isatty(STDIN_FILENO) != 0)
		return type_twice(cli, user, out);
	if (read_line(STDIN_FILENO, out))
		return true;
	cli_password_wipe(out);
	(void)cli_refuse(cli, EXIT_REFUSED, SAY_PEOPLE_PASSWORD_HOW,
	    SAY_ARGS("--password-file"));
	return false;
}
