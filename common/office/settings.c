/*
 * The one table of settings.  What init is told and what join learns are written
 * through it; everything else is the administrator's to write.
 */
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/text.h"
#include "mech/config.h"
#include "office/office.h"
#include "petition/office_code.h"

#define SECONDS(n) (INT64_C(1000) * (n))
#define MINUTES(n) (INT64_C(60000) * (n))
#define KIB(n)     (INT64_C(1024) * (n))
#define MIB(n)     (INT64_C(1048576) * (n))

enum { PARENT_FILE_BYTES_MAX = 4096 };

#define ITEM struct office_settings
static const struct config_item items[] = {
	CONFIG_TEXT(ITEM, program, "", "the program whose office this is"),
	CONFIG_TEXT(ITEM, office, "", "code of this office (GB/T 2260)"),
	CONFIG_TEXT(ITEM, name, "", "its name, as people write it"),
	CONFIG_TEXT(ITEM, level, "", "N P C D T V; empty: as the code says"),
	CONFIG_TEXT(ITEM, parent, "", "code of the office above"),
	CONFIG_TEXT(ITEM, parent_name, "", "its name (written by join)"),
	CONFIG_TEXT(ITEM, parent_address, "", "its address (written by join)"),
	CONFIG_TEXT(ITEM, parent_key, "", "its Ed25519 key (written by join)"),
	CONFIG_TEXT(ITEM, listen, "",
	    "where offices below reach this one: tcp://HOST:PORT"),
	CONFIG_TEXT(ITEM, address, "",
	    "what invitations say instead of `listen`"),
	CONFIG_TEXT(ITEM, supervise_policy, "none",
	    "how far a hub supervises by itself: none, remind, CB, DB"),
	CONFIG_BYTES(ITEM, disk_reserve_bytes, MIB(64), MIB(1), INT64_MAX / 2,
	    "nothing is recorded any more below this much free space"),
	CONFIG_BYTES(ITEM, attach_max_bytes, MIB(2), 1, MIB(48),
	    "the largest file that may go with an answer"),
	CONFIG_MS(ITEM, dial_ms, SECONDS(10), SECONDS(1), SECONDS(20),
	    "give up an attempt to connect after this"),
	CONFIG_MS(ITEM, greeting_ms, SECONDS(10), SECONDS(1), MINUTES(5),
	    "no WELCOME after this: hang up"),
	CONFIG_MS(ITEM, silence_ms, SECONDS(15), SECONDS(1), MINUTES(10),
	    "a peer counts as gone after this"),
	CONFIG_MS(ITEM, ack_ms, SECONDS(30), SECONDS(1), MINUTES(10),
	    "nothing acknowledged after this: hang up"),
	CONFIG_MS(ITEM, backoff_first_ms, SECONDS(1), 50, MINUTES(1),
	    "wait before connecting again, doubling"),
	CONFIG_MS(ITEM, backoff_max_ms, SECONDS(30), 100, MINUTES(60),
	    "the longest such wait"),
	CONFIG_BYTES(ITEM, window_bytes, MIB(4), KIB(256), MIB(64),
	    "bytes of records that a peer may have under way to us"),
};
#undef ITEM
enum { ITEMS = sizeof(items) / sizeof(items[0]) };

static const char parent_file[] = "conf.d/50-parent.conf";

/* -- from what init was told -- */

static void
complain(struct office_fault *fault, const struct office_make *wish,
    enum say id, const char *about)
{
	office_fault_say(fault, EXIT_USAGE, wish->language, id,
	    SAY_ARGS(about));
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static enum rc
place_in_tree(const struct office_make *wish, struct office_settings *out,
    struct office_fault *fault)
{
	const char *parent = or_empty(wish->parent);
	enum office_level level;
	enum rc rc;

	if (wish->office == NULL || !office_code_is_shaped(wish->office)) {
		complain(fault, wish, SAY_OFFICE_CODE_MALFORMED,
		    or_empty(wish->office));
		return RC_MALFORMED;
	}
	rc = office_code_parent(wish->office, parent, out->parent);
	if (rc == RC_MALFORMED) {
		complain(fault, wish, SAY_OFFICE_CODE_PARENT_NEEDED,
		    wish->office);
		return rc;
	}
	CHECK(
	    text_copy(out->office, sizeof(out->office), wish->office) == RC_OK);
	level = office_code_level(wish->office, out->parent);
	if (level != OFFICE_LEVEL_UNKNOWN) {
		CHECK(text_copy(out->level, sizeof(out->level),
			  office_level_code(level)) == RC_OK);
	}
	return RC_OK;
}

static bool
is_one_line(const char *text)
{
	return strpbrk(text, "\r\n;#") == NULL &&
	       text_is_utf8(span_of_text(text));
}

static bool
is_address(const char *text)
{
	return text[0] == '\0' ||
	       (strncmp(text, "tcp://", 6) == 0 && is_one_line(text) &&
		   strrchr(text + 6, ':') != NULL);
}

enum rc
office_settings_from(const struct office_make *wish,
    const struct office_trade *trade, struct office_settings *out,
    struct office_fault *fault)
{
	const char *name = or_empty(wish->name);

	config_defaults(items, ITEMS, out);
	if (place_in_tree(wish, out, fault) != RC_OK)
		return RC_MALFORMED;
	CHECK(text_copy(out->program, sizeof(out->program), trade->program) ==
	      RC_OK);
	if (name[0] == '\0' || !is_one_line(name) ||
	    text_copy(out->name, sizeof(out->name), name) != RC_OK) {
		complain(fault, wish, SAY_OFFICE_NAME_NEEDED, name);
		return RC_MALFORMED;
	}
	if (!is_address(or_empty(wish->listen)) ||
	    text_copy(out->listen, sizeof(out->listen),
		or_empty(wish->listen)) != RC_OK) {
		complain(fault, wish, SAY_OFFICE_ADDRESS, wish->listen);
		return RC_MALFORMED;
	}
	if (!is_address(or_empty(wish->address)) ||
	    text_copy(out->address, sizeof(out->address),
		or_empty(wish->address)) != RC_OK) {
		complain(fault, wish, SAY_OFFICE_ADDRESS, wish->address);
		return RC_MALFORMED;
	}
	return RC_OK;
}

/* -- files -- */

enum rc
office_settings_write(const char *dir, const struct office_settings *s)
{
	return config_write(dir, items, ITEMS, s);
}

static bool
is_policy(const char *text)
{
	return strcmp(text, "none") == 0 || strcmp(text, "remind") == 0 ||
	       strcmp(text, "CB") == 0 || strcmp(text, "DB") == 0;
}

enum rc
office_settings_load(const char *dir, enum language language,
    struct office_settings *out, struct office_fault *fault)
{
	char problem[CONFIG_PROBLEM_MAX + 1];
	enum rc rc = config_load(dir, items, ITEMS, out, problem);

	if (rc == RC_OK && !office_code_is_shaped(out->office)) {
		office_fault_say(fault, EXIT_CONFIG, language,
		    SAY_OFFICE_CODE_MALFORMED, SAY_ARGS(out->office));
		return RC_MALFORMED;
	}
	if (rc == RC_OK && !is_policy(out->supervise_policy)) {
		office_fault_say(fault, EXIT_CONFIG, language,
		    SAY_OFFICE_POLICY, SAY_ARGS(out->supervise_policy));
		return RC_MALFORMED;
	}
	if (rc == RC_NONE) {
		office_fault_say(fault, EXIT_CONFIG, language, SAY_OFFICE_NONE,
		    SAY_ARGS(dir));
	} else if (rc != RC_OK) {
		office_fault_say(fault, EXIT_CONFIG, language,
		    SAY_OFFICE_CONFIG, SAY_ARGS(problem));
	}
	return rc;
}

enum rc
office_settings_write_parent(const char *dir, const struct office_settings *s)
{
	struct buffer text = { .limit = PARENT_FILE_BYTES_MAX };
	char path[FILE_PATH_MAX];
	char line[512];
	enum rc rc;

	file_join(path, dir, "conf.d");
	rc = file_make_folder(path);
	if (rc != RC_OK)
		return rc;
	CHECK(text_format(line, sizeof(line),
		  "; written by join\nparent = %s\nparent_address = %s\n"
		  "parent_key = %s\n",
		  s->parent, s->parent_address, s->parent_key) == RC_OK);
	CHECK(buffer_append(&text, span_of_text(line)) == RC_OK);
	/* A name is for show: one that the file cannot hold is left out. */
	if (s->parent_name[0] != '\0' && is_one_line(s->parent_name) &&
	    text_format(line, sizeof(line), "parent_name = %s\n",
		s->parent_name) == RC_OK)
		CHECK(buffer_append(&text, span_of_text(line)) == RC_OK);
	file_join(path, dir, parent_file);
	rc = file_write(path, buffer_span(&text), 0600, true);
	buffer_clear(&text);
	return rc;
}
