#include "desk/accused.h"

#include <string.h>

#include "base/check.h"
#include "base/mutants.h"
#include "base/text.h"
#include "mech/db.h"
#include "petition/office_code.h"
#include "register/views.h"

enum {
	CHAIN_MAX = 8, /* offices above one another: N P C D T V, and room */
	ABOVE_TEXT_MAX = OFFICE_NAME_MAX + OFFICE_CODE_MAX + 2,
};

struct chain {
	char offices[CHAIN_MAX][OFFICE_CODE_MAX + 1];
	size_t count;
};

/* The offices above `office`, from the next one on; by codes but the first. */
static void
climb(const char *office, const char *parent, struct chain *out)
{
	out->count = 0;
	while (out->count < CHAIN_MAX) {
		char *above = out->offices[out->count];

		if (office_code_parent(office, parent, above) != RC_OK)
			return;
		out->count++;
		office = above;
		parent = NULL;
	}
}

static size_t
find(const struct chain *c, const char *office)
{
	size_t i = 0;

	while (i < c->count && strcmp(c->offices[i], office) != 0)
		i++;
	return i;
}

bool
accused_has(const struct intake *intake, const char *office)
{
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		if (strcmp(intake->accused[i], office) == 0)
			return true;
	}
	return false;
}

bool
accused_is_above(const struct office_settings *own, const char *office)
{
	struct chain named, by_code;

	climb(own->office, own->parent, &named);
	/* An office may be run by another than the one its code names. */
	climb(own->office, NULL, &by_code);
	return find(&named, office) < named.count ||
	       find(&by_code, office) < by_code.count;
}

bool
accused_holds_back(const struct office_settings *own,
    const struct intake *intake)
{
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		if (accused_is_above(own, intake->accused[i]))
			return true;
	}
	return false;
}

enum rc
accused_hand_to(const struct office_settings *own, const struct intake *intake,
    char out[static OFFICE_CODE_MAX + 1])
{
	struct chain above;
	size_t next = 0;

	out[0] = '\0';
	climb(own->office, own->parent, &above);
	for (uint32_t i = 0; i < intake->accused_count; i++) {
		size_t at = find(&above, intake->accused[i]);

		if (at < above.count && at + 1 > next)
			next = at + 1;
	}
	if (next == 0 || next >= above.count)
		return RC_NONE;
	return text_copy(out, OFFICE_CODE_MAX + 1, above.offices[next]);
}

void
accused_say_us(const struct office_settings *own, enum language language,
    char out[static SAY_TEXT_MAX])
{
	char above[ABOVE_TEXT_MAX];

	if (own->parent[0] == '\0') {
		say_to(out, SAY_TEXT_MAX, language, SAY_DESK_ACCUSED_IS_US,
		    SAY_ARGS(say(language, SAY_DESK_NEXT_ABOVE)));
		return;
	}
	CHECK(
	    text_format(above, sizeof(above), "%s%s%s", own->parent_name,
		own->parent_name[0] != '\0' ? " " : "", own->parent) == RC_OK);
	say_to(out, SAY_TEXT_MAX, language, SAY_DESK_ACCUSED_IS_US,
	    SAY_ARGS(above));
}

bool
accused_keeps_here(struct office *o, const char *item)
{
	struct stmt *s = db_prepare(views_db(o->views),
	    "SELECT 1 FROM held_back WHERE item = ?");
	bool is_held_back;

	db_bind_text(s, item);
	is_held_back = db_next(s);
	db_finish(s);
	return is_held_back;
}

const char *
accused_audience(struct office *o, const char *item)
{
	if (mutant_is(MUTANT_SECRET_CLIMBS))
		return "";
	return accused_keeps_here(o, item) ? o->settings.office : "";
}
